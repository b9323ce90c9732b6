"""Blocks as Markdown: whatever a name holds, it is shown as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from planner.document.blocks import (
    QUIET,
    STRONG,
    TITLE,
    WARNING,
    Block,
    Bullets,
    CheckList,
    Document,
    Items,
    Menu,
    Paragraph,
    Pictures,
    Recipe,
    Section,
    Table,
)  # fmt: skip

MARKDOWN_MARK = "<!-- magplan -->"
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_MARKS = re.compile(r"([\\`*\[\]#~]|(?<![^\W_])_|_(?![^\W_]))")  # in a word it marks nothing
_BEGINS = re.compile(r"^([-+=])(?=[-+=\s]|$)|^(\d+)([.)])(?=\s|$)")
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=[\w-]+\.)", re.IGNORECASE)
_NOTHING = "<!-- -->"  # cuts an address, so that no reader makes a link of it
_FIGURE = re.compile(r"[+-]?[\d.,]+|[–-]")
_AROUND = {STRONG: "**", TITLE: "**", WARNING: "**", QUIET: "*"}


def as_markdown(document: Document) -> str:
    """Return a document as Markdown; pictures are named as files beside it, with their words."""
    head = [MARKDOWN_MARK, f"# {literal(document.title)}"]
    lead = [line for block in document.lead for line in _of(block, 2)]
    sections = [line for section in document.sections for line in _of(section, 2)]
    end = ["", literal(document.sources)] if document.sources else []
    return "\n".join([*head, *lead, *sections, *end, ""])


def literal(text: str) -> str:
    """Return a text so that Markdown shows it as it is.

    Nothing of it becomes markup, HTML or a link, wherever in a line it stands. A bar is left as it
    is; within a table ``table_lines`` escapes it.
    """
    line = _MARKS.sub(r"\\\1", " ".join(text.split()).translate(_ENTITIES))
    return _ADDRESS.sub(_NOTHING, _BEGINS.sub(r"\2\\\1\3", line))


def table_lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table with its head; a bar within a cell is escaped."""

    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"

    return [line(head), line(["---"] * len(head)), *map(line, rows)]


def _of(block: Block, level: int) -> Iterator[str]:
    """Return the lines of a block, a blank one before them; ``level`` is that of its headings."""
    match block:
        case Menu():
            yield from _menu(block, level)
        case CheckList(groups):
            for aisle, things in groups:
                yield from ("", f"{'#' * level} {literal(aisle)}", "")
                texts = (f"{one.name}: {one.amount}, {one.price} ({one.days})" for one in things)
                yield from (f"- [ ] {literal(text)}" for text in texts)
        case Recipe():
            yield from _recipe(block)
        case Pictures(pictures):
            for picture in pictures:
                yield from ("", f"![{literal(picture.text)}]({picture.name}.svg)")
        case Section(title, inner):
            yield from ("", f"{'#' * level} {literal(title)}")
            for child, before in zip(inner, (None, *inner), strict=False):
                follows = _is_bare(child) and _is_bare(before)
                yield from list(_of(child, level + 1))[follows:]
        case _:
            yield from ("", *_plain(block))


def _plain(block: Block) -> Iterator[str]:
    """Return the lines of a block without headings."""
    match block:
        case Paragraph(text, tone, label):
            around = _AROUND.get(tone, "")
            behind = f"{around}{literal(text)}{around}"
            yield f"**{literal(label)}:** {behind}" if label else behind
        case Bullets(texts, is_numbered):
            for number, text in enumerate(texts, start=1):
                yield f"{number}. {literal(text)}" if is_numbered else f"- {literal(text)}"
        case Items():
            yield literal(block.text)
        case Table():
            yield from table_lines(_cells(block.head), map(_cells, block.rows))
            yield from ("", literal(block.below)) if block.below else ()


def _cells(row: Sequence[str]) -> list[str]:
    return [cell if _FIGURE.fullmatch(cell) else literal(cell) for cell in row]


def _menu(menu: Menu, level: int) -> Iterator[str]:
    if menu.number:
        yield from ("", f"{'#' * level} {literal(f'{menu.number}: {menu.title}')}")
    rows = [
        [day.label, *("; ".join(dish.text for dish in dishes) or missed
                      for dishes, missed in zip(day.meals, day.missed, strict=True))]
        for day in menu.days
    ]  # fmt: skip
    yield from ("", *table_lines(["Day", *menu.meals], map(_cells, rows)))


def _is_bare(block: Block | None) -> bool:
    """Whether it is a thing that nobody cooks: those of a meal stand in one list."""
    return isinstance(block, Recipe) and not (
        block.takes
        or block.steps
        or block.again
        or block.at_once
        or block.same_as
        or block.lacks
        or block.note
    )


def _recipe(one: Recipe) -> Iterator[str]:
    if _is_bare(one):
        whose = f": {literal(one.people)}" if one.people else ""
        yield from ("", f"- {literal(one.title)} ({one.amounts}){whose}")
        return
    yield from ("", f"**{literal(one.title)}** ({one.amounts})")
    yield from ("", f"*{literal(one.people)}*") if one.people else ()
    for text in filter(None, (one.again, one.at_once, one.note)):
        yield from ("", literal(text))
    takes = (f"- {literal(name)}: {f'{words} ({mass})' if words else mass}"
             for name, words, mass in one.takes)  # fmt: skip
    yield from ("", *takes) if one.takes else ()
    yield from ("", f"*{literal(one.hint)}*") if one.hint else ()
    steps = (f"{number}. {literal(step)}" for number, step in enumerate(one.steps, start=1))
    yield from ("", *steps) if one.steps else ()
    for text in one.ways:
        yield from ("", literal(text))
    yield from ("", literal(one.same_as)) if one.same_as else ()
    yield from ("", f"*{literal(one.lacks)}*") if one.lacks else ()
