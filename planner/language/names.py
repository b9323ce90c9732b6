"""Names of foods, dishes and measures in a language, by the words that English has for them.

A language names them in tables of its folder. What is not in a table keeps its English name, as a
dish of one's own has one name alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from planner.language.figures import number_text
from planner.language.shops import shops
from planner.language.spoken import (
    ENGLISH,
    FOLDER,
    Said,
    _,
    is_english,
    known_languages,
    language,
    mark,
    said,
)
from planner.settings import read_rows, read_settings

_AMOUNT = re.compile(r"(?:(scant|generous|about) )?([\d,]+(?:\.\d+)?(?: \d/\d)?|\d/\d)(?: (\D+))?")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ONE = 1.0
_OF = " of "
_WITH, _AND, _COMMA = ", with ", " and ", ", "
OWN = "Your "
"""Begins the name of a meal of somebody's own, before its main foods."""
OUT, PLUS = mark(" (eaten out; estimated)"), " + "
"""Ends the name of a meal eaten elsewhere, and stands between its things."""
LEFTOVER = mark("leftover {name}")
_LEFTOVER = re.compile(LEFTOVER.format(name="(.+)"))
LEFT = mark(" (left over; estimated)")
"""Ends the name of a meal of a dish of which portions are left."""
STATES: Mapping[str, str] = MappingProxyType(
    {
        "taken already": mark("taken already"),
        "added": mark("added by the plan"),
        "through the day": mark("through the day"),
        "only at the hours for it": mark("only at the hours for it"),
    }
)


def named(name: str) -> str:
    """Name a food or dish in the language that is spoken, in English as its shops call it."""
    if is_english():
        return called(name)
    mild = f", {read_settings('exchanges.toml')['mild']['called']}"
    if name.endswith(mild):
        return _("{dish}, mild").format(dish=named(name.removesuffix(mild)))
    for guessed in (one for one in (OUT, LEFT) if name.endswith(one)):
        parts = name.removesuffix(guessed).split(PLUS)
        return PLUS.join(_(named(one)) for one in parts) + _(guessed)
    known = _names(language())
    if name.startswith(OWN):
        return _own(name)
    if left := _LEFTOVER.fullmatch(name):
        return _(LEFTOVER).format(name=named(left[1]))
    head, comma, state = name.rpartition(", ")
    if name not in known and head in known and state in STATES:
        return f"{known[head]}{comma}{_(STATES[state])}"
    words = [_word_for(language()).get(one, "") for one in name.split(_COMMA)]
    return known.get(name) or (_COMMA.join(words) if all(words) else _with_exchanged(name))


@cache
def _word_for(tongue: str, table: str = "words") -> Mapping[str, str]:
    """Return English word → what people call it, the first that is listed."""
    return {row["english"]: row["word"] for row in reversed(rows_of(tongue, table))}


def facts_words() -> Mapping[str, str]:
    """Return English topic of facts → what it is called; empty where that is English."""
    return {} if is_english() else _word_for(language(), "facts")


def short_name(name: str) -> str:
    """Give an English name within a list, without what stands behind a comma or in brackets."""
    short = _shortened(name)
    return f"{short[:1].lower()}{short[1:]}"


def _shortened(name: str) -> str:
    return name.split(_COMMA)[0].split(" (")[0]


def _own(name: str) -> str:
    """Name a meal of somebody's own by its foods; one that is not known keeps its English name."""
    foods = _short(language())
    parts = (foods.get(one, one) for one in name.removeprefix(OWN).split(_COMMA))
    return _("Your {foods}").format(foods=_COMMA.join(parts))


def _with_exchanged(name: str) -> str:
    """Name a dish that another food stands in, ``"…, with soy drink"``; else the English name."""
    dishes, foods = _names(language()), _of_table(language(), "exchanges")
    head, _with, tail = name.rpartition(_WITH)
    *others, last = tail.split(_AND)
    parts = [*(one for other in others for one in other.split(_COMMA)), last]
    if head not in dishes or any(one not in foods for one in parts):
        return name
    *before, last = (foods[one] for one in parts)
    if not before:
        return _("{dish}, with {food}").format(dish=dishes[head], food=last)
    listed = _COMMA.join(before)
    return _("{dish}, with {foods} and {food}").format(dish=dishes[head], foods=listed, food=last)


def called(text: str) -> str:
    """Say a name, or a text about food, in the English of the shops: ``"coriander"`` in the UK."""
    words = _english(shops())
    if not words:
        return text

    def as_there(found: re.Match[str]) -> str:
        word = words[found[0].casefold()]
        return f"{word[:1].upper()}{word[1:]}" if found[0][:1].isupper() else word

    return _any_of(tuple(words)).sub(as_there, text)


def lowered(name: str) -> str:
    """Say a name or title within a sentence, where English begins it small."""
    return f"{name[:1].lower()}{name[1:]}" if is_english() else name


def listed(names: Sequence[str]) -> str:
    """Say names one after another: ``"a, b and c"``."""
    return _(" and ").join(filter(None, (", ".join(names[:-1]), names[-1])))


class Named(str):
    """A name of a food or dish within a sentence that ``said`` makes."""

    __slots__ = ()

    def __format__(self, how: str) -> str:
        return format(named(str(self)), how)


class Shortened(tuple[str, ...]):
    """Names within a sentence, each once and without what stands behind a comma."""

    __slots__ = ()

    def __format__(self, how: str) -> str:
        return ", ".join(dict.fromkeys(named(one).partition(",")[0] for one in self))


class Packed(tuple[str, str]):
    """What is taken off the shelf within a sentence, and the id of the food."""

    __slots__ = ()

    def __format__(self, how: str) -> str:
        return packed(*self)


class NamedWithin(str):
    """A name of a food or supplement as English has it within a sentence: in small letters."""

    __slots__ = ()

    def __format__(self, how: str) -> str:
        return lowered(named(str(self)))


class Measured(str):
    """An amount of a kitchen within a sentence that ``said`` makes."""

    __slots__ = ()

    def __format__(self, how: str) -> str:
        return measured(str(self))


def said_name(name: str) -> Said:
    """Give the name of a food or dish, to be said in any language later."""
    return said("{name}", name=Named(name))


def slot_name(slot: str) -> str:
    """Name a meal of the day as a heading: ``"Breakfast"``."""
    return _(slot.capitalize())


def slot_within(slot: str) -> str:
    """Name a meal of the day within a sentence: ``"breakfast"``."""
    return _(slot)


def cut(note: str) -> str:
    """Say how a food is cut or chosen: ``"chopped"``."""
    if is_english() or not note:
        return called(note)
    known = _of_table(language(), "cuts")
    return known.get(note) or ", ".join(known.get(one, one) for one in note.split(", "))


def measured(words: str, food_id: str = "") -> str:
    """Say an amount of a kitchen: ``"1 1/2 cups"``; one in other words keeps them."""
    return words if is_english() else _of_each(words, "measures", food_id)


def packed(words: str, food_id: str = "") -> str:
    """Say what is taken off the shelf: ``"2 cans of 400 g"``, ``"3 (370 g)"``, ``"half a can"``."""
    return words if is_english() else _of_each(words, "packs", food_id)


def pack(word: str, food_id: str = "") -> str:
    """Name a package: ``"can"``."""
    return word if is_english() else _unit("packs", word, food_id, _ONE)


def _of_each(words: str, table: str, food_id: str) -> str:
    """Say an amount, and behind it what each of it holds, where that is said."""
    head, of, label = words.partition(_OF)
    amount = _amount(head, table, food_id)
    if not of:
        return amount
    held = _("of {count} pieces") if label.isdigit() else _("of {label}")
    return f"{amount} {held.format(count=label, label=_number(label))}"


def _amount(words: str, table: str, food_id: str) -> str:
    outer, bracket, inner = words.removesuffix(")").partition(" (")
    if bracket and words.endswith(")"):
        return f"{_amount(outer, table, food_id)} ({_amount(inner, table, food_id)})"
    found = _AMOUNT.fullmatch(words)
    if found is None:
        return _number(_(words))
    nearly, number, unit = found.groups()
    parts = [_(nearly) if nearly else "", _number(number)]
    parts += [_unit(table, unit, food_id, _value(number))] if unit else []
    return " ".join(filter(None, parts))


def _unit(table: str, unit: str, food_id: str, count: float) -> str:
    rows = _units(language(), table)
    row = rows.get((unit, food_id)) or rows.get((unit, ""))
    return unit if row is None else row[count > _ONE]


def _value(number: str) -> float:
    whole, *part = number.replace(",", "").replace("/", " ").split()
    if "/" not in number:
        return float(whole)
    return float(whole) + _ONE / 2 if len(part) > 1 else _ONE / 2


def _number(words: str) -> str:
    return _NUMBER.sub(lambda found: number_text(found[0]), words)


def rows_of(name: str, table: str) -> Sequence[Mapping[str, str]]:
    """Give the rows of a table of a language."""
    return read_rows(f"{FOLDER}/{name}/{table}.csv")


def names_spoken() -> tuple[str, ...]:
    """Give the names of foods, and words for kinds of them, in the language that is spoken.

    None where it is English.
    """
    if is_english():
        return ()
    foods = [row["name"] for row in rows_of(language(), "foods")]
    return tuple(dict.fromkeys([*(row["word"] for row in rows_of(language(), "words")), *foods]))


def in_english_words(text: str, table: str = "words") -> str:
    """Give a text with the English words for those that a table of any language has."""
    words = _meant(table)
    return _any_of(tuple(words)).sub(lambda found: words[found[0].lower()], text)


def english_of(table: str) -> frozenset[str]:
    """Give the English words that a table of any language has words for."""
    return frozenset(_meant(table).values())


@cache
def _meant(table: str) -> Mapping[str, str]:
    others = (rows_of(name, table) for name in known_languages() if name != ENGLISH)
    listed = [row for rows in others for row in rows]
    return {
        word: row["english"]
        for row in listed
        for word in (row["word"].lower(), row["word"].casefold())
    }


@cache
def _english(country: str) -> Mapping[str, str]:
    """Give what is called otherwise in the English of a country."""
    name = read_settings("shop/shop.toml")["words"].get(country)
    rows = rows_of("en", name) if name else ()
    return {row["written"]: row["called"] for row in rows}


@cache
def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])", re.IGNORECASE)


@cache
def _names(name: str) -> Mapping[str, str]:
    foods, dishes, pills = (_of_table(name, one) for one in ("foods", "dishes", "supplements"))
    return {**_word_for(name), **foods, **dishes, **pills}


@cache
def _short(name: str) -> Mapping[str, str]:
    """Give the short English name of a food, small → its short name, as in the first row of it."""
    found: dict[str, str] = {}
    for row in rows_of(name, "foods"):
        found.setdefault(short_name(row["english"]), _shortened(row["name"]))
    return found


@cache
def _of_table(name: str, table: str) -> Mapping[str, str]:
    return {row["english"]: row["name"] for row in rows_of(name, table)}


@cache
def _units(name: str, table: str) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Give (measure, in English as one or many, and food id) → one and many of it."""
    found = {}
    for row in rows_of(name, table):
        for unit in (row["english"], row["english_many"]):
            found[unit, row["food_id"]] = (row["one"], row["many"])
    return found
