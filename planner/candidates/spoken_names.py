"""Names, and wishes with names, as somebody writes them in another language, in English words.

Nothing is guessed: a word that might mean several things is asked about, and one that no table of
the language has stays as it is, so that it is looked up in English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.find import search_foods
from foods.food import Food
from foods.packages import bought_for
from foods.recipe_line import parse_line
from foods.table import FoodTable
from foods.usual import usual_id
from planner.candidates.at_hand import meal_called, things_of
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import bare_words, find_meaning, is_known, more_text
from planner.candidates.put_names import things_joined
from planner.candidates.used_up import EATEN
from planner.errors import CandidatesError
from planner.language.faults import fault
from planner.language.names import PLUS, in_english_words, rows_of
from planner.language.spoken import (
    ENGLISH,
    _,
    is_english,
    known_languages,
    language,
    speaking,
)
from planner.request.leftover_dish import LeftDish, cooked_name, said_as_left
from planner.request.meal_phrases import EatenOut
from planner.request.phrases import FrequencyRule
from planner.request.put import Put, without_article
from planner.request.tables import WISHES
from planner.request.use_phrases import GOOD_UNTIL, use_by

_TOLD = re.compile(r"[,(]")
WITH = " with "
_AT_MEALS = ("put", "eat_out")  # flags of what a meal brings, which diaries have words for, too
_ONE_THING = re.compile(r"(?:\d+ g )?(?P<what>[^\d,]+)")  # a diary lists meals of several
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
    food_ids
        Foods of these that are called so, and do not only hold it: no oats "mit Wasser".
    """

    word: str
    english: str
    names: tuple[str, ...] = ()
    food_ids: tuple[str, ...] = ()


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
    named = _names(language(), "foods", "food_id")
    exact = [one for one in named if one.padded == f" {key} " and " " in key]
    called = [] if exact else [one for one in named if f" {key} " in one.padded]
    bases = {foods[one.own_id].base for one in called if one.own_id in foods}
    if len(bases) == 1:
        names = tuple(dict.fromkeys(one.name for one in called))
        own_ids = _called_so(called, key, foods)
        return SpokenReading(word, bases.pop().replace("_", " "), names, own_ids)
    if not bases:
        dishes = _names(language(), "dishes", "dish_id")
        called = exact or [one for one in dishes if one.padded == f" {key} "]
        called = called or [one for one in dishes if f" {key} " in one.padded]
    own = {one.own_id: one for one in called}
    if len(own) > 1 and all(f" {key} " in f" {_plain(one.english)} " for one in called):
        return None  # English has the word too, for the same
    if len(own) > 1:
        raise _several(word, (one.name for one in called), where)
    for one in called:
        english = foods[one.own_id].name if one.own_id in foods else one.english
        return SpokenReading(word, english, (one.name,), _called_so(called, key, foods))
    return None


def read_in_any(word: str, foods: FoodTable, where: str = "") -> SpokenReading | None:
    """Read a word as ``read_spoken`` does; one that English has not, in any language.

    Raises
    ------
    CandidatesError
        When it may mean several things, with their names.
    """
    if not is_english() or _is_english_name(word, foods):
        return read_spoken(word, foods, where)
    for name in known_languages():
        with speaking(name):
            if (reading := read_spoken(word, foods, where)) is not None:
                return reading
    return None


def kitchen_name(word: str, foods: FoodTable) -> str:
    """Give the English name of the one food that a word of any language is bought as.

    Not all of its kind, which ``read_in_any`` gives: lemon juice is no lemon. Empty where no
    language has it.

    Raises
    ------
    CandidatesError
        When it may mean several foods, with their names.
    """
    reading = read_in_any(word, foods)
    return "" if reading is None else _bought_as(reading, foods)


def _bought_as(reading: SpokenReading, foods: FoodTable, where: str = "") -> str:
    if not reading.names:
        return reading.english
    sold = {bought_for(foods[one], foods)[0].food_id for one in reading.food_ids}
    if len(sold) > 1:
        raise _several(reading.word, reading.names, where)
    return foods[sold.pop()].name if sold else ""


def _whole_name(reading: SpokenReading, foods: FoodTable) -> str:
    """Give the food whose whole name a word is, not its base: scrambled eggs are no raw ones."""
    is_whole = any(_plain(one) == _plain(reading.word) for one in reading.names)
    own = [foods[one] for one in reading.food_ids if is_whole and foods[one].state == EATEN]
    return own[0].name if len(reading.food_ids) == len(own) == 1 else ""


def _is_english_name(word: str, foods: FoodTable) -> bool:
    """Whether English has a name, for what is planned or what diaries know: frankfurter."""
    try:
        find_meaning(word, foods, read_embedded_dishes())
    except CandidatesError:
        return bool(usual_id(word))
    return True


def search_in_any(foods: FoodTable, text: str) -> list[Food]:
    """Search foods by English words; where there are none, by words of names in any language."""
    if found := search_foods(foods, text):
        return found
    words, others = _plain(text).split(), [one for one in known_languages() if one != ENGLISH]
    named = [one for other in others for one in _names(other, "foods", "food_id")]
    called = {one.own_id for one in named if all(f" {word}" in one.padded for word in words)}
    likely = [foods[one] for one in called if one in foods]
    likely.sort(key=lambda one: (one.popularity, one.food_id))
    return likely or search_foods(foods, in_english_words(text))


def read_eaten(name: str) -> str:
    """Give what a diary in the language that is spoken means by a name; blank where it is none.

    A word of ``diary.csv`` means what stands there: a food in English, or, with commas or figures,
    a meal as a diary would list it. Elsewhere the whole name of one food or dish means its id.
    """
    key = _plain(name)
    if is_english() or not key:
        return ""
    tables = (("foods", "food_id"), ("dishes", "dish_id"))
    named = (one for table in tables for one in _names(language(), *table))
    whole = {one.own_id for one in named if one.padded == f" {key} "}
    return dict(_words(language(), "diary")).get(key) or (whole.pop() if len(whole) == 1 else "")


def _eaten_in_any(word: str) -> str:
    """Give the food or dish that a diary in another language means by a word; empty without one."""
    for name in known_languages():
        with speaking(name):
            if (one := _ONE_THING.fullmatch(read_eaten(word))) is not None:
                known = read_lookup_foods().foods.get(one["what"])
                return known.name if known else one["what"]
    return ""


@dataclass(frozen=True, slots=True)
class _Named:
    own_id: str
    english: str
    name: str
    padded: str

    def is_called(self, key: str) -> bool:
        """Whether its name begins with a word, or ends with it before what is told of it."""
        head = f" {_plain(_TOLD.split(self.name)[0])} "
        return self.padded.startswith(f" {key} ") or head.endswith(f" {key} ")


def _called_so(called: Iterable[_Named], key: str, foods: FoodTable) -> tuple[str, ...]:
    """Give the foods whose whole name a word is; where there are none, those called so."""
    own = [one for one in called if one.own_id in foods and one.is_called(key)]
    whole = [one for one in own if one.padded == f" {key} "]
    return tuple(one.own_id for one in whole or own)


def _several(word: str, called: Iterable[str], where: str) -> CandidatesError:
    names = list(dict.fromkeys(called))
    shown, more = "; ".join(names[:_SHOWN]), more_text(len(names), _SHOWN)
    return fault(CandidatesError, "several_things", where, word=word, names=shown, more=more)


def _plain(text: str) -> str:
    return bare_words(text.casefold(), "-")


@cache
def _words(name: str, table: str = "words") -> tuple[tuple[str, str], ...]:
    return tuple((_plain(row["word"]), row["english"]) for row in rows_of(name, table))


@cache
def _names(language_name: str, table: str, key: str) -> tuple[_Named, ...]:
    return tuple(
        _Named(row[key], row["english"], row["name"], f" {_plain(row['name'])} ")
        for row in rows_of(language_name, table)
    )


Read = Callable[[str, str], str]
Tell = Callable[[str], object]


def in_english(given: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """Give wishes, by their flags, with English names, and tell how each was read.

    Raises
    ------
    CandidatesError
        When a name may mean several things.
    """
    readings: list[str] = []
    read = reader_of(readings.append)
    eaters = {"eater": _eaters(given["eater"], read)} if "eater" in given else {}
    changed = {**given, **_read_flags(given, read), **eaters}
    for reading in readings:
        tell(reading)
    return changed if readings else dict(given)


def _read_flags(given: Mapping[str, Any], read: Read) -> dict[str, Any]:
    """Read the names in what flags say: a name, a name with its figure, or a part of a rule."""

    def in_one(one: Any, flag: str) -> Any:
        if isinstance(one, str):
            return read(one, flag)
        if isinstance(one, EatenOut):
            each = things_of(one.dish)
            things = (own if meal_called(own) else _read_thing(own, flag, read) for own in each)
            return one._replace(dish=PLUS.join(things))
        if isinstance(one, Mapping):  # guests
            names = [read(name, flag) for name in one.get("without", ())]
            return {**one, "without": names} if names else one
        if isinstance(one, LeftDish):
            own = meal_called(one.name)
            return one if own else one._replace(name=read(one.name, "eat_out"))
        if isinstance(one, tuple) and isinstance(one[0], str):
            name, day = use_by(one[0])
            name = _read_left(name, flag, read)
            return (GOOD_UNTIL.format(name=name, day=day) if day else name, one[1])
        if isinstance(one, Put):
            amount, name = _amount_and_name(one.dish)
            return replace(one, dish=f"{amount}{read(name, flag)}")
        if isinstance(one, FrequencyRule):
            return replace(one, name=read(one.name, flag))
        return one

    told = {}
    for flag in (one.name for one in WISHES if one.flag.has_names and one.name in given):
        said = given[flag]
        ones = said.items() if isinstance(said, Mapping) else said
        told[flag] = tuple(in_one(one, flag) for one in ones)
    return told


def _amount_and_name(dish: str) -> tuple[str, str]:
    """Split ``"2 slices of pizza"`` into how much it is and what; no amount where none is said."""
    name = (parse_line(dish).name if Put(0, "", dish).count else "") or dish
    return dish.removesuffix(name), name


def _read_thing(said: str, flag: str, read: Read) -> str:
    """Read a thing of a meal, with its amount, or what is left over of it."""
    amount, name = _amount_and_name(without_article(said))
    return f"{amount}{_read_left(name, flag, read)}"


def _read_left(name: str, flag: str, read: Read) -> str:
    """Read a name, or that of what is left over of it: ``"Reis von gestern"``."""
    english, bare = read(name, flag), cooked_name(name)
    if english != name or not bare or (meant := read(bare, flag)) == bare:
        return english
    return said_as_left(name, meant)


def _eaters(eaters: Iterable[Any], read: Read) -> tuple[Any, ...]:
    """Read the wishes within what is said of eaters, as of the flags that say the same."""
    told = []
    for one in eaters:
        if isinstance(one, Mapping) and "preferences" in one:
            wanted = dict(one["preferences"])
            keys = {"without": list, "like": dict, "dislike": dict}
            own = {key: wanted[key] for key in keys if key in wanted}
            read_own = _read_flags(own, read)
            wanted |= {key: keys[key](value) for key, value in read_own.items()}
            one = {**one, "preferences": wanted}
        told.append(one)
    return tuple(told)


def _in_parts(word: str) -> str:
    """Give several things of a meal in English words, each by itself: ``"Toast mit Marmelade"``."""
    each = [one.strip() for one in things_joined(word)]
    english = [in_english_words(one) for one in each]
    return WITH.join(english) if len(each) > 1 and english != each else word


def reader_of(tell: Tell) -> Read:
    """Give what reads a name of a flag in English words, and tells how it was read."""

    def read(word: str, key: str) -> str:
        foods, where = read_embedded_foods(), f"--{key.replace('_', '-')}"
        reading = read_in_any(word, foods, where)
        if reading is not None and key == "use":
            one = _bought_as(reading, foods, where)
            is_so = one or not reading.names or _plain(word) in map(_plain, reading.names)
            reading = replace(reading, english=one or reading.english) if is_so else None
        if reading is not None and key == "put":
            reading = replace(reading, english=_whole_name(reading, foods) or reading.english)
        if reading is None and key in _AT_MEALS and (eaten := _eaten_in_any(word)):
            reading = None if _is_english_name(word, foods) else SpokenReading(word, eaten)
        if reading is None and key == "put" and (joined := _in_parts(word)) != word:
            reading = SpokenReading(word, joined)
        if reading is None or reading.english == _plain(word):
            return word
        told = (
            _("{word}: read as {english} ({names})")
            if reading.names
            else _("{word}: read as {english}")
        )
        names = "; ".join(reading.names)
        tell(told.format(word=word, english=reading.english, names=names))
        return reading.english

    return read
