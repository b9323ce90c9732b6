"""Blocks as text: plain, or in the styles of a terminal. Nothing is told by a style alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from textwrap import wrap
from types import MappingProxyType

import click
from rich.console import Console, ConsoleOptions, JustifyMethod, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table as Columns
from rich.text import Text

from planner.document.blocks import (
    CHECKED,
    MEAL,
    PLAIN,
    QUIET,
    STRONG,
    TITLE,
    WARNING,
    Block,
    Bullets,
    CheckList,
    Document,
    Items,
    ListLine,
    Menu,
    MenuDish,
    Paragraph,
    Recipe,
    Section,
    Table,
)  # fmt: skip
from planner.document.program import page_width

BOX = "[ ]"
_GAP = 2
_STYLES = MappingProxyType(
    {PLAIN: "", STRONG: "bold", TITLE: "bold", QUIET: "dim", WARNING: "bold", CHECKED: ""}
)
_HEADING = "bold cyan"
_APART = (Table, Menu, CheckList, Section)  # blank lines before and behind
_AMOUNT, _MASS, _BUY, _PRICE, _DAYS = 16, 8, 25, 7, 9  # letters of columns
_FIRST = 10  # letters that a heading of a row keeps before other texts
_ITEM, _INSIDE = 2, 6  # blanks before a thing of a meal, and before what goes into it


def as_plain(blocks: Iterable[Block], width: int | None = None) -> str:
    """Return blocks as plain text, without blanks at line ends; ``width`` as of the page."""
    return _text(blocks, width or page_width(), is_styled=False)


def print_blocks(blocks: Iterable[Block], *, is_styled: bool) -> None:
    """Print blocks, with the styles of a terminal or without."""
    click.echo(_text(blocks, page_width(), is_styled=is_styled), color=is_styled or None)


def document_blocks(document: Document) -> tuple[Block, ...]:
    """Return a document as blocks below each other."""
    return (Paragraph(document.title, TITLE), *document.lead, *document.sections)


def _text(blocks: Iterable[Block], width: int, *, is_styled: bool) -> str:
    console = Console(
        file=StringIO(), width=width, highlight=False, markup=False, emoji=False,
        force_terminal=is_styled, color_system="standard" if is_styled else None,
        legacy_windows=False, no_color=False,
    )  # fmt: skip
    with console.capture() as captured:
        for piece in _shown(tuple(blocks), 0):
            console.print(piece, overflow="ignore", crop=False)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def _shown(blocks: Sequence[Block], depth: int) -> Iterator[RenderableType]:
    """Return blocks with blank lines around tables and sections."""
    is_behind = False
    for number, block in enumerate(blocks):
        is_apart = isinstance(block, _APART)
        if number and (is_apart or is_behind):
            yield ""
        yield from _of(block, depth)
        is_behind = is_apart


def _of(block: Block, depth: int) -> Iterator[RenderableType]:
    match block:
        case Paragraph(text, tone, label):
            yield _Wrapped(f"{label}: {text}" if label else text, _STYLES[tone])
        case Bullets(texts, is_numbered):
            marks = [f"{number}. " if is_numbered else "- " for number in range(1, len(texts) + 1)]
            yield _listed(zip(marks, texts, strict=True))
        case Items():
            yield _Wrapped(block.text)
        case Table():
            yield _Fitted(block)
        case Menu():
            yield from _menu(block)
        case CheckList(groups):
            yield from _check_list(groups)
        case Recipe():
            yield from _recipe(block)
        case Section(title, inner, _key, kind):
            yield _Wrapped(title, "" if kind == MEAL else _HEADING if not depth else "bold")
            yield from _shown(inner, depth + 1)


class _Wrapped:
    """A text whose lines end at the ends of words; an address or a path is never cut."""

    def __init__(self, text: str, style: str = "") -> None:
        self.text, self.style = _seen(text), style

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        """Return the lines for a width."""
        lines = wrap(self.text, options.max_width, break_long_words=False, break_on_hyphens=False)
        yield Text("\n".join(lines), self.style, no_wrap=True, overflow="ignore")


def _seen(text: str) -> str:
    """Leave out what no page shows, since a terminal may take it for an order."""
    return text if text.isprintable() else "".join(filter(str.isprintable, text))


def _cell(text: str, style: str = "") -> Text:
    """Return the text of a cell, whose lines stand as they are."""
    return Text("\n".join(map(_seen, text.split("\n"))), style, overflow="fold")


def _listed(pairs: Iterable[tuple[str, str]]) -> Columns:
    grid = Columns.grid()
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for mark, text in pairs:
        grid.add_row(mark, _cell(text))
    return grid


class _Fitted:
    """A table in the width that there is: texts are broken, and never figures."""

    def __init__(self, block: Table) -> None:
        self.block = block

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        """Return the table for a width."""
        block = self.block
        grid = Columns(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style=_HEADING,
                       show_header=any(block.head))  # fmt: skip
        for place, width in enumerate(_widths(block, options.max_width)):
            is_word = not place or place in block.words
            justify: JustifyMethod = "left" if is_word else "right"
            grid.add_column(_cell(block.head[place]), justify=justify, width=width, overflow="fold")
        for row in block.rows:
            grid.add_row(*map(_cell, row))
        yield grid
        if block.below:
            yield _Wrapped(block.below)


def _widths(block: Table, most: int) -> list[int]:
    """Return the widths of columns: as wide as their texts, else the widest text is narrowed.

    Words are broken where nothing else is left to narrow, and never figures.
    """
    columns = list(zip(block.head, *block.rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    least = [_least(block, place, column) for place, column in enumerate(columns)]
    while sum(widths) + _GAP * (len(widths) - 1) > most:
        wide = [place for place, width in enumerate(widths) if width > least[place]]
        wide = wide or [place for place in block.words if widths[place] > 1]
        if not wide:
            break
        widths[max(wide, key=lambda place: (widths[place] - _FIRST * (not place), place))] -= 1
    return widths


def _least(block: Table, place: int, column: Sequence[str]) -> int:
    """Return the least width of a column: its figures, or the longest word of its texts."""
    head, *texts = column
    words = head.split()
    is_word = not place or place in block.words
    words += [word for text in texts for word in text.split()] if is_word else texts
    return max(map(len, words), default=0)


def _menu(menu: Menu) -> Iterator[RenderableType]:
    if menu.number:
        yield _Wrapped(f"{menu.number}: {menu.title}", "bold")
    grid = Columns(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style=_HEADING,
                   expand=True)  # fmt: skip
    grid.add_column("", no_wrap=True)
    for name in menu.meals:
        grid.add_column(_cell(name), ratio=1, overflow="fold")
    for day in menu.days:
        meals = zip(day.meals, day.missed, strict=True)
        cells = ["\n".join(map(_dish, dishes)) or missed for dishes, missed in meals]
        grid.add_row(_cell(day.label.replace(", ", "\n")), *map(_cell, cells))
    yield grid


def _dish(one: MenuDish) -> str:
    return f"{one.text} ({one.again})" if one.again else one.text


def _check_list(groups: Sequence[tuple[str, Sequence[ListLine]]]) -> Iterator[RenderableType]:
    for number, (aisle, things) in enumerate(groups):
        yield from [""] if number else []
        yield _Wrapped(aisle, _HEADING)
        for thing in things:
            grid = Columns.grid(padding=(0, 1, 0, 0), expand=True, pad_edge=False)
            grid.add_column(width=len(BOX))
            grid.add_column(ratio=1, overflow="fold")
            grid.add_column(width=_BUY, overflow="fold")
            grid.add_column(min_width=_PRICE, justify="right")
            grid.add_column(width=_DAYS, overflow="fold")
            grid.add_row(BOX, *map(_cell, (thing.name, thing.amount, thing.price, thing.days)))
            yield grid
            if thing.meals:
                yield Padding(_Wrapped(thing.meals, "dim"), (0, 0, 0, _INSIDE))


def _recipe(one: Recipe) -> Iterator[RenderableType]:
    yield _taken([(one.title, one.amount, one.mass)], _ITEM)
    for text in filter(None, (one.people, one.again, one.at_once, one.note)):
        yield Padding(_Wrapped(text), (0, 0, 0, _INSIDE))
    if one.takes:
        yield _taken(one.takes, _INSIDE)
    if one.steps:
        head = f"How to make it ({one.clock}):" if one.clock else ""
        for text in filter(None, (head or "How to make it:", one.hint)):
            yield Padding(_Wrapped(text), (0, 0, 0, _ITEM))
        marks = (f"{number}. " for number in range(1, len(one.steps) + 1))
        yield Padding(_listed(zip(marks, one.steps, strict=True)), (0, 0, 0, _ITEM))
    for text in one.ways:
        yield Padding(_Wrapped(text), (0, 0, 0, _ITEM))
    for text in filter(None, (one.lacks, one.same_as)):
        yield Padding(_Wrapped(text), (0, 0, 0, _INSIDE))


def _taken(rows: Iterable[tuple[str, str, str]], indent: int) -> Padding:
    """Return name, amount and mass in columns."""
    rows = tuple(rows)
    grid = Columns.grid(padding=(0, 1, 0, 0), expand=True, pad_edge=False)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(width=max(_AMOUNT, *(len(words) for _name, words, _mass in rows)))
    grid.add_column(width=_MASS, justify="right")
    for row in rows:
        grid.add_row(*map(_cell, row))
    return Padding(grid, (0, 0, 0, indent))
