"""A sheet: headings, sentences, tables and pictures in a row, as text, Markdown, page and PDF."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from planner.errors import ExportWarning
from planner.export.as_html import HTML_MARK, page_environment
from planner.export.as_json import program_version
from planner.export.as_md import MARKDOWN_MARK
from planner.export.as_pdf import set_pages
from planner.export.md_table import bullets as md_bullets
from planner.export.md_table import literal, table_lines
from planner.export.page import BLANK, TITLE, Line, as_columns, bullets, section, wrapped
from planner.export.pdf_text import Svg, printable
from planner.language.spoken import language
from planner.pictures.picture import Picture
from planner.pictures.saved import as_svg
from planner.settings import read_settings

TEMPLATE = "sheet.typ"
_FIGURE = re.compile(r"[\d.,–]+")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences, each a paragraph; or a list, where they are ``listed``."""

    texts: tuple[str, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """A table: its name, its head, and rows as long as it."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = Sentences | Cells | Picture


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading and what stands below it."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """What is shown.

    Parameters
    ----------
    title
        Its heading.
    lead
        What stands below it before the first chapter.
    chapters
        The chapters.
    paper
        What it is printed on: ``"letter"`` or ``"A4"``.
    """

    title: str
    lead: tuple[Part, ...]
    chapters: tuple[Chapter, ...] = ()
    paper: str = "A4"


def sheet_lines(sheet: ShownSheet) -> list[Line]:
    """Give a sheet as lines of text; pictures are left out, whose figures stand in its tables."""
    lines = [*wrapped(sheet.title), *_lines_of(sheet.lead)]
    lines[0] = Line(lines[0].text, TITLE)
    for one in sheet.chapters:
        lines += section(one.title, _lines_of(one.parts))
    return lines


def sheet_markdown(sheet: ShownSheet) -> str:
    """Give a sheet as Markdown; pictures are named as files beside it, with their words."""
    parts = [MARKDOWN_MARK, f"# {literal(sheet.title)}", *chain(*map(_markdown_of, sheet.lead))]
    for one in sheet.chapters:
        parts += ["", f"## {literal(one.title)}", *chain(*map(_markdown_of, one.parts))]
    return "\n".join([*parts, ""])


def sheet_page(sheet: ShownSheet) -> str:
    """Give a sheet as one page for a browser: it asks for nothing else, and runs no script."""
    template = page_environment().get_template("sheet.html")
    return template.render(
        page={
            "language": language(),
            "title": sheet.title,
            "lead": list(map(_in_page, sheet.lead)),
            "chapters": [(one.title, list(map(_in_page, one.parts))) for one in sheet.chapters],
            "paper": sheet.paper,
        },
        look=read_settings("pictures.toml"),
        mark=HTML_MARK,
        program=f"magplan {program_version()}",
    )


def sheet_pdf(sheet: ShownSheet) -> bytes:
    """Give a sheet as PDF; letters that no font has are replaced, with an ``ExportWarning``."""
    chapters = [
        {"title": one.title, "parts": list(map(_in_page, one.parts))} for one in sheet.chapters
    ]
    lead = list(map(_in_page, sheet.lead))
    values, missing = printable({"title": sheet.title, "lead": lead, "chapters": chapters})
    for text in missing:
        warnings.warn(text, ExportWarning, stacklevel=2)
    return set_pages(TEMPLATE, values, missing, sheet.paper.lower())


def _lines_of(parts: Sequence[Part]) -> list[Line]:
    return [line for part in parts for line in _text_of(part)]


def _text_of(part: Part) -> list[Line]:
    match part:
        case Sentences(()):
            return []
        case Sentences(texts, listed):
            return [BLANK, *(bullets(texts) if listed else chain(*map(wrapped, texts)))]
        case Cells(_, head, rows):
            right = range(1, len(head) - 1)
            return [BLANK, *map(Line, as_columns([head, *rows], right))]
    return []


def _markdown_of(part: Part) -> list[str]:
    match part:
        case Sentences(()):
            return []
        case Sentences(texts, listed):
            own = md_bullets(texts) if listed else [x for one in texts for x in ("", literal(one))]
            return ["", *own]
        case Cells(_, head, rows):
            cells = [
                [one if _FIGURE.fullmatch(one) else literal(one) for one in row] for row in rows
            ]
            return ["", *table_lines([*map(literal, head)], cells)]
        case Picture(name):
            return ["", f"![{literal(part.text)}]({name}.svg)"]


def _in_page(part: Part) -> dict[str, Any]:
    """Give a part as values for the template."""
    match part:
        case Sentences(texts, listed):
            return {"kind": "listed" if listed else "words", "texts": texts}
        case Cells(name, head, rows):
            return {"kind": "cells", "name": name, "head": head, "rows": rows}
        case Picture():
            return {"kind": "picture", "svg": Svg(as_svg(part)), "text": part.text}
