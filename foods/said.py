"""Sentences with figures in them: English as they stand, and to be said in any language later.

This package knows no language and no catalogue. It keeps the pattern of a sentence beside its
English, so that whoever shows it can say it anew: ``planner/language/spoken.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


class Said(str):
    """A sentence with figures in it: English as a text, and known to be made from a pattern.

    It is a text like any other to files and to whoever compares it; ``spoken`` says it anew in
    another language. What was joined to other words is a plain text again, and stays English.
    """

    __slots__ = ("pattern", "values")

    pattern: str
    values: Mapping[str, Any]

    def format(self, *_args: object, **values: Any) -> Said:
        """Fill in the pattern, as ``said`` does; a field may name an attribute: ``{line.name}``."""
        return said(self.pattern, **values)


def mark(text: str) -> str:
    """Mark a text for the catalogue that is translated later, where it is shown."""
    return text


AND, OR = mark("{first} and {other}"), mark("{first} or {other}")


def said(pattern: str, **values: Any) -> Said:
    """Make a sentence from a pattern of the catalogue, to be said in any language later.

    Of its values sentences and words made by ``said`` are translated too, and ``float`` is written
    with the marks of the language; other texts, such as the names of people, stay as they are.
    """
    text = Said(pattern.format(**values) if values else pattern)
    text.pattern, text.values = pattern, values
    return text


def as_said(text: str) -> Said:
    """Return a sentence as it is, and a person's words so that no catalogue translates them."""
    return text if isinstance(text, Said) else said("{text}", text=text)


def said_at(where: str, fault: str) -> Said:
    """Say what is wrong behind the place of it: ``"Day 3, dinner: no dish"``."""
    return said("{where}: {fault}", where=where, fault=fault)


def listed_said(words: Iterable[str], between: str = ", ") -> Said:
    """Name several things one after another."""
    named = {f"word_{number}": as_said(word) for number, word in enumerate(words)}
    return said(between.join(f"{{{name}}}" for name in named), **named)


def folded_said(words: Iterable[str], pattern: str) -> Said:
    """Put words together two by two, by a pattern of ``{first}`` and ``{other}``."""
    first, *rest = map(as_said, words)
    for other in rest:
        first = said(pattern, first=first, other=other)
    return first
