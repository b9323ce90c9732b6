"""A page of text: lines with the part they play, so that a terminal may show headings in bold.

Nothing is told by colour or weight alone: the plain text says the same.
"""

from __future__ import annotations

import os
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import click

from planner.language.spoken import tongue

USUAL_WIDTH, LEAST_WIDTH, MOST_WIDTH = 80, 60, 200


def page_width(columns: str | None) -> int:
    """Give the width of a page: what ``COLUMNS`` asks for, as far as tables can be read in it."""
    if columns is None or not columns.isdecimal():
        return USUAL_WIDTH
    return min(max(int(columns), LEAST_WIDTH), MOST_WIDTH)


WIDTH = page_width(os.environ.get("COLUMNS"))  # read once, since a page is one width throughout
_LEAST_HEAD = 6  # letters of a name before what tells it apart
TITLE, HEADING, PLAIN, QUIET = "title", "heading", "plain", "quiet"
STYLES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        TITLE: {"bold": True},
        HEADING: {"bold": True, "fg": "cyan"},
        PLAIN: {},
        QUIET: {"dim": True},
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of at most ``WIDTH`` characters and the part it plays."""

    text: str
    part: str = PLAIN


BLANK = Line("")
Section = tuple[str, list[Line]]


def as_plain(lines: Iterable[Line]) -> str:
    """Give the lines as text without styles and without spaces at line ends."""
    return "\n".join(_seen(line.text).rstrip() for line in lines)


def print_page(lines: Iterable[Line]) -> None:
    """Print the lines with styles; for a terminal that wants them."""
    for line in lines:
        click.secho(_seen(line.text).rstrip(), **STYLES[line.part])


def _seen(text: str) -> str:
    """Leave out what no page shows, since a terminal may take it for an order."""
    return text if text.isprintable() else "".join(filter(str.isprintable, text))


def section(title: str, lines: Iterable[Line]) -> list[Line]:
    """Give a heading with a blank line before it; nothing when there is nothing below it."""
    body = list(lines)
    return [BLANK, Line(title, HEADING), *body] if body else []


def wrapped_text(text: str, width: int) -> list[str]:
    """Break a text into lines of ``width`` at the ends of words; at least one line."""
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]


def wrapped(text: str, indent: str = "", bullet: str = "") -> list[Line]:
    """Wrap ``text``; ``bullet`` stands before its first line."""
    hang = indent + " " * len(bullet)
    parts = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent + bullet,
        subsequent_indent=hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [Line(part) for part in parts]


def bullets(texts: Iterable[str]) -> list[Line]:
    """Give each text as an item of a list."""
    return [line for text in texts for line in wrapped(text, bullet="- ")]


def as_columns(
    rows: Sequence[Sequence[str]], right: Iterable[int] = (), gap: str = "  "
) -> list[str]:
    """Align cells in columns; those of ``right`` to the right."""
    to_the_right = set(right)
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        gap.join(
            cell.rjust(width) if place in to_the_right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def shortened(name: str, width: int) -> str:
    """Shorten a name to ``width`` characters, where one would pause, never within a word.

    ``"Rye crispbread with smoked salmon, dill ricotta"`` becomes ``"Rye crispbread"``. Before the
    first ``with``, an ``and`` or a comma is no pause: ``"Black bean and seed burger"`` is no black
    bean. A name without a pause ends at a word with ``…``.
    """
    if len(name) <= width:
        return name
    words = name.split()
    pause, join = _pauses()
    pauses, has_paused = [], False
    for count, following in enumerate(words[1:], start=1):
        head = " ".join(words[:count])
        has_paused = has_paused or following in pause
        if following in pause or (has_paused and (following in join[:1] or head.endswith(","))):
            pauses.append(head.rstrip(",;"))
    fitting = [head for head in pauses if len(head) <= width]
    return fitting[-1] if fitting else cut_at_word(name, width)


def shortened_apart(names: Iterable[str], width: int) -> dict[str, str]:
    """Give name → the name shortened; names that would look alike are told apart where they can be.

    ``"Toast with egg and avocado"`` and ``"Toast with honey and banana"`` are no two ``"Toast"``,
    but ``"Toast with egg…"`` and ``"Toast with honey…"``, a long word before them abbreviated.
    """
    short = {name: shortened(name, width) for name in names}
    alike = Counter(short.values())
    apart = {name: _with_rest(name, one, width) for name, one in short.items() if alike[one] > 1}
    known = Counter([*apart.values(), *short.values()])
    return short | {name: one for name, one in apart.items() if known[one] == 1}


def _with_rest(name: str, short: str, width: int) -> str:
    """Give the beginning of a name, abbreviated where it has to be, and of what follows it."""
    head = short.rstrip("…")
    rest = cut_at_word(name[len(head) :].lstrip(" ,;"), width - _LEAST_HEAD - len(". "))
    room = width - len(rest) - 1
    if len(head) > room:
        first = head[: room - 1].rstrip()
        head = first if head[len(first)] == " " else f"{first}."
    return f"{head} {rest}"


def cut_at_word(text: str, width: int) -> str:
    """Cut a text to ``width`` characters at the end of a word, with ``…`` for what is left out."""
    if len(text) <= width:
        return text
    words = text[:width].split()[:-1] if text[width - 1 : width] != " " else text[:width].split()
    pause, join = _pauses()
    while len(words) > 1 and words[-1].strip(",") in {*pause, *join}:
        words.pop()
    head = " ".join(words).rstrip(",;") or text[: width - 1]
    return f"{head}…"


def _pauses() -> tuple[Sequence[str], Sequence[str]]:
    """Give the words before which one pauses in a name, and those that join, ``and`` first."""
    about = tongue()["names"]
    return about["pauses"], about["joiners"]
