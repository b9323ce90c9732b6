"""Names as somebody writes them in another language, in the words that English has for them.

Nothing is guessed: a word that might mean several things is asked about, and one that no table of
the language has stays as it is, so that it is looked up in English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from foods.table import FoodTable
from planner.candidates.names import bare_words, is_known
from planner.errors import CandidatesError
from planner.language.faults import fault
from planner.language.names import rows_of
from planner.language.spoken import is_english, language, said

_SHOWN = 6  # names that are offered where a word may mean several things


@dataclass(frozen=True, slots=True)
class SpokenReading:
    """How a word was read.

    Parameters
    ----------
    word, english
        As written, and what it stands for in English.
    names
        What it covers, by the names of the language; empty for a word that means a whole kind.
    """

    word: str
    english: str
    names: tuple[str, ...] = ()


def read_spoken(word: str, foods: FoodTable, where: str = "") -> SpokenReading | None:
    """Read a word in the language that is spoken; ``None`` where it is to be read in English.

    A word of ``words.csv`` means what stands there, a full name its food or dish. A word within
    names of foods means them where all are of one base, as English would; else it is asked about,
    but for a word that the English names of all these have too.

    Raises
    ------
    CandidatesError
        When it may mean several things, with their names.
    """
    key = _plain(word)
    if is_english() or not key:
        return None
    kinds = dict(_words(language()))
    if key in kinds:
        return SpokenReading(word, kinds[key])
    if is_known(word, foods):
        return None
    named = _foods(language())
    exact = [one for one in named if one.padded == f" {key} " and " " in key]
    called = [] if exact else [one for one in named if f" {key} " in one.padded]
    bases = {foods[one.own_id].base for one in called if one.own_id in foods}
    if len(bases) == 1:
        names = tuple(dict.fromkeys(one.name for one in called))
        return SpokenReading(word, bases.pop().replace("_", " "), names)
    if not bases:
        dishes = _dishes(language())
        called = exact or [one for one in dishes if one.padded == f" {key} "]
        called = called or [one for one in dishes if f" {key} " in one.padded]
    own = {one.own_id: one for one in called}
    if len(own) > 1 and all(f" {key} " in f" {_plain(one.english)} " for one in called):
        return None  # English has the word too, for the same
    if len(own) > 1:
        _ask(word, called, where)
    for one in called:
        english = foods[one.own_id].name if one.own_id in foods else one.english
        return SpokenReading(word, english, (one.name,))
    return None


@dataclass(frozen=True, slots=True)
class _Named:
    own_id: str
    english: str
    name: str
    padded: str


def _ask(word: str, called: Sequence[_Named], where: str) -> None:
    names = list(dict.fromkeys(one.name for one in called))
    more = said(" and {count} more", count=len(names) - _SHOWN) if len(names) > _SHOWN else ""
    raise fault(
        CandidatesError,
        "several_things",
        where,
        word=word,
        names="; ".join(names[:_SHOWN]),
        more=more,
    )


def _plain(text: str) -> str:
    return bare_words(text.casefold(), "-")


@cache
def _words(name: str) -> tuple[tuple[str, str], ...]:
    return tuple((_plain(row["word"]), row["english"]) for row in rows_of(name, "words"))


@cache
def _foods(name: str) -> tuple[_Named, ...]:
    return tuple(_named(rows_of(name, "foods"), "food_id"))


@cache
def _dishes(name: str) -> tuple[_Named, ...]:
    return tuple(_named(rows_of(name, "dishes"), "dish_id"))


def _named(rows: Iterable[Mapping[str, str]], key: str) -> Iterator[_Named]:
    for row in rows:
        yield _Named(row[key], row["english"], row["name"], f" {_plain(row['name'])} ")
