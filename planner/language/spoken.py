"""The language in which people are told something, and the catalogue of its sentences.

Sentences stand in English where they are made, and are translated where they are shown. What a
catalogue does not have is said in English: a warning is never lost for want of a translation.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from contextlib import ContextDecorator
from contextvars import ContextVar
from datetime import date
from functools import cache
from io import BytesIO
from string import Formatter
from typing import Any, Self

from foods.said import AND as AND
from foods.said import OR as OR
from foods.said import Said as Said
from foods.said import as_said as as_said
from foods.said import folded_said as folded_said
from foods.said import listed_said as listed_said
from foods.said import mark as mark
from foods.said import said as said
from foods.said import said_at as said_at
from planner.settings import folders_in, read_settings, read_text

ENGLISH = "en"
FOLDER = "languages"
NEUTRAL = "us"  # shops whose money and words files are written in
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)
shops_told: ContextVar[str] = ContextVar("shops", default=NEUTRAL)


def language() -> str:
    """Give the language that is spoken now: ``"en"``, ``"de"``."""
    return _language.get()


def is_english() -> bool:
    """Whether it is the language in which everything is written."""
    return _language.get() == ENGLISH


class _Speaking(ContextDecorator):
    """A block in a language; one that is never left, as of a wrong use, ends nothing later on."""

    def __init__(self, name: str) -> None:
        self.name = name

    def _recreate_cm(self) -> Self:
        return type(self)(self.name)

    def __enter__(self) -> None:
        self.before = _language.set(self.name), shops_told.set(NEUTRAL)

    def __exit__(self, *_: object) -> None:
        language_before, shops_before = self.before
        _language.reset(language_before)
        shops_told.reset(shops_before)


def speaking(name: str) -> _Speaking:
    """Speak a language within the block, or within a function that this decorates.

    Files that are read again are made while English is spoken: they are the same in every language,
    and in US dollars. What is told in the shops of a plan says so within (``in_its_shops``).
    """
    return _Speaking(name)


def known_languages() -> tuple[str, ...]:
    """Name the languages that there are: a folder each, and English."""
    return tuple(sorted({ENGLISH, *folders_in(FOLDER)}))


def tongue() -> Mapping[str, Any]:
    """Give what ``language.toml`` says of the language: locale, units, paper, patterns of dates."""
    return read_settings(f"{FOLDER}/{language()}/language.toml")


def _(text: str) -> str:
    """Give a sentence of the catalogue in the language that is spoken."""
    return text if is_english() or not text else _catalogue(language()).gettext(text)


def ngettext(one: str, many: str, count: float) -> str:
    """Give the sentence for a count, by the plural rule of the language."""
    number = 1 if count == 1 else max(2, int(count))
    if is_english():
        return one if number == 1 else many
    return _catalogue(language()).ngettext(one, many, number)


def worded(word: str, heading: str) -> Said:
    """Give a word that English writes otherwise within a sentence than in a heading."""
    text = Said(word)
    text.pattern, text.values = heading, {}
    return text


def capitalised(text: str) -> Said:
    """Give a sentence, or the words of a person, with a capital at its beginning."""
    return said("{text}", text=_Sentence(as_said(text)))


def joined_said(parts: Sequence[Said]) -> Said:
    """Put sentences one behind the other; from the second on they begin with a capital."""
    first, rest = parts[:1], parts[1:]
    return said(
        " ".join(f"{{part_{number}}}" for number in range(len(parts))),
        **{f"part_{number}": part for number, part in enumerate(first)},
        **{f"part_{number}": _Sentence(part) for number, part in enumerate(rest, start=1)},
    )


class _Sentence:
    """A sentence that begins with a capital, in whatever language it is said."""

    def __init__(self, text: Said) -> None:
        self.text = text

    def __format__(self, how: str) -> str:
        return capital(spoken(self.text))


def capital(text: str) -> str:
    """Begin a text with a capital letter; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def spoken(text: str) -> str:
    """Say a sentence that was made before in the language that is spoken.

    In English where the catalogue does not have it.
    """
    if is_english() or not isinstance(text, Said):
        return _(text)
    pattern = _(text.pattern)
    return _Filler().vformat(pattern, (), text.values) if text.values else pattern


def told(pattern: str, **values: Any) -> str:
    """Give a sentence as ``said`` makes it, in the language that is spoken."""
    return spoken(said(pattern, **values))


class _Filler(Formatter):
    """Fills in sentences said anew, and figures and dates as the language has them."""

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        value, first = super().get_field(field_name, args, kwargs)
        return (spoken(value) if isinstance(value, Said) else value), first

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, date) and not format_spec:
            from babel.dates import format_date

            return format_date(value, tongue()["dates"]["date"], locale=tongue()["locale"])
        text: str = super().format_field(value, format_spec)
        return number_text(text) if isinstance(value, (int, float)) else text


def number_text(text: str) -> str:
    """Give an English figure, ``"1,039.5"``, with the marks of the language: ``"1.039,5"``."""
    return text if is_english() else text.translate(_marks(tongue()["locale"]))


@cache
def _marks(locale: str) -> dict[int, str]:
    from babel.numbers import get_decimal_symbol, get_group_symbol

    return {ord("."): get_decimal_symbol(locale), ord(","): get_group_symbol(locale)}


@cache
def _catalogue(name: str) -> gettext.GNUTranslations:
    """Compile the catalogue of a language, as it is read: no file beside it can be out of date."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    write_mo(
        compiled,
        read_po(read_text(f"{FOLDER}/{name}/messages.po").splitlines(), name, abort_invalid=True),
    )
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
