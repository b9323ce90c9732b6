"""Blocks as a page: for a browser, where it asks for nothing else, and on paper, in PDF.

Templates and style for a browser are in ``configs/page``; what is written in a block is escaped,
whatever it is. For paper Python hands over values and never writes markup, so that whatever a name
holds stays a name. The same document gives the same bytes: no date and no font of the system goes
into it.
"""

from __future__ import annotations

import json
import warnings
from base64 import b64encode
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from planner.document.blocks import Document, Pictures
from planner.document.fonts import DOCUMENTS, TAGGED, Svg, document_fonts, printable
from planner.document.program import PROGRAM, program_version
from planner.errors import ExportWarning
from planner.pictures.saved import as_svg
from planner.settings import read_settings, read_text
from planner.wording import plural

if TYPE_CHECKING:
    from jinja2 import Environment

HTML_MARK = "<!-- magplan page -->"
_FOLDER = "page"


def as_page(document: Document) -> str:
    """Return a document as HTML; pictures stand inside as SVG."""
    ticks = shipped_template("ticks.js")
    return (
        page_environment()
        .get_template("page.html")
        .render(
            page=document,
            look=read_settings("pictures.toml"),
            mark=HTML_MARK,
            ticks=ticks,
            ticks_hash=b64encode(sha256(ticks.encode()).digest()).decode(),
            program=f"{PROGRAM} {program_version()}",
        )
    )


def _kind(block: Any) -> str:
    return type(block).__name__


def shipped_template(name: str) -> str:
    """Return the text of a template of ``configs/page``."""
    return read_text(f"{_FOLDER}/{name}")


def page_environment(read: Callable[[str], str] = shipped_template) -> Environment:
    """Return what fills templates; a name that a template has and the values lack is an error.

    Parameters
    ----------
    read
        Name of a template → its text.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    page = Environment(
        loader=FunctionLoader(read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page.globals |= {"plural": plural, "kind": _kind, "as_svg": as_svg}
    return page


PDF_MARK = "<dc:creator><rdf:Seq><rdf:li>magplan"
_STYLE = "documents/style.typ"
WORDS = {
    "day": "Day",
    "contents": "What is in it",
    "page": "page",
}


def as_paper(document: Document, template: str) -> bytes:
    """Return a document as PDF.

    Letters that no font has are replaced, with an ``ExportWarning``.

    Parameters
    ----------
    document
        What is set.
    template
        File of ``configs/documents``.
    """
    import typst

    values, missing = printable(_values(document))
    for text in missing:
        warnings.warn(text, ExportWarning, stacklevel=2)
    fonts, families = document_fonts()
    page = {
        "paper": read_settings(DOCUMENTS)["paper"][document.paper],
        "fonts": families,
        "missing": missing,
        "words": WORDS,
        "author": PROGRAM,
    }
    source = f"{read_text(_STYLE)}\n{read_text(f'documents/{template}')}"
    return typst.compile(
        source.encode(),
        font_paths=fonts,
        sys_inputs={"data": json.dumps(values | page)},
        pdf_standards=[TAGGED],
    )


def _values(block: Any) -> Any:
    """Return a block as JSON values, each with its kind."""
    if isinstance(block, Pictures):
        drawn = [{"svg": Svg(as_svg(picture)), "text": f"{picture.title}. {picture.text}"}
                 for picture in block.pictures]  # fmt: skip
        return {"block": "pictures", "pictures": drawn}
    if is_dataclass(block):
        own = {field.name: _values(getattr(block, field.name)) for field in fields(block)}
        return {"block": type(block).__name__.lower(), **own}
    return list(map(_values, block)) if isinstance(block, (tuple, list)) else block
