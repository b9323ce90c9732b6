"""What a name is about that nothing of ours has: the food words in it, and which of them it is.

The thing itself stands last in English: ``"trader joes cauliflower gnocchi"`` is gnocchi. What only
says of what a dish is, or how it tastes, is not the thing: ``"ramen pack chicken flavor"``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foods.name_words import name_words, without_state, without_talk, word_sets
from foods.recipe_line import read_words
from planner.diary.diary import FOOD
from planner.diary.names import NameBook

_TOKEN = re.compile(r"[^\s,;()/]+")
_MOST = 12  # words of a name that are looked at
_LETTERS = 3  # of a name: "up" is none
_FLAVOR, _SEASONING, _FILLING, _THING = range(4)


@dataclass(frozen=True, slots=True)
class _Span:
    """Words of a name that are a name themselves."""

    text: str
    kind: int


def cores(name: str, book: NameBook, is_meal: Callable[[str], bool]) -> tuple[str, ...]:
    """Give the foods that a name is about, the main one first; empty where only flavors are known.

    Parameters
    ----------
    name
        What nothing is called.
    book
        What has names.
    is_meal
        Whether a text is a meal of several foods.
    """
    words = _unflavored(_TOKEN.findall(name)[:_MOST])
    packed = [place for place, word in enumerate(words) if place and _is_packing(word)]
    if packed and packed[0] < len(words) - 1:  # "tuna pouch lemon pepper"
        front, bare = " ".join(words[: packed[0]]), [*words]
        del bare[packed[0]]
        front = " ".join(bare) if book.is_ours(" ".join(bare)) else front
        found = cores(front, book, is_meal) or ((front,) if book.is_ours(front) else ())
        return (f"{words[packed[0]]} of {found[0]}",) if found else ()
    spans, is_whole = _spans(words, book, is_meal)
    last = spans[-1].text.split() if spans else []
    is_other = bool({*name_words(" ".join(words[-1:]))} & word_sets()["other_things"])
    if is_other and (last[-1:] != [*words[-1:]] or len(last) == 1):
        return ()  # "fish oil" is no fish
    things = [one for one in spans if one.kind == _THING]
    if things:
        is_beside = is_whole and spans[-1].kind == _SEASONING and spans[-2:-1] == things[-1:]
        return (things[-1].text, *([spans[-1].text] if is_beside else []))
    fillings = [one.text for one in spans if one.kind == _FILLING]
    if fillings:
        return tuple(fillings) if is_whole else (fillings[-1],)
    made = book.made_by(name)
    return (made,) if made else tuple(one.text for one in spans[-1:] if one.kind == _SEASONING)


def _is_packing(word: str) -> bool:
    return word.casefold() in read_words()["words"]["packings"]


def named_parts(text: str, book: NameBook) -> list[str]:
    """Part words into names without a word left over: "ham cheese tomato"; empty where one is."""
    spans, is_whole = _spans(_TOKEN.findall(text), book, lambda _: False)
    return [one.text for one in spans] if is_whole else []


def _unflavored(words: Sequence[str]) -> list[str]:
    """Leave out the word before "flavor", and that itself."""
    flavor = {*read_words()["words"]["flavor"]}
    bare = [word.casefold() for word in words]
    at = [place for place, word in enumerate(bare) if word in flavor]
    out = {place - back for place in at for back in (0, 1) if place}
    return [word for place, word in enumerate(words) if place not in out]


def _spans(
    words: Sequence[str], book: NameBook, is_meal: Callable[[str], bool]
) -> tuple[list[_Span], bool]:
    """Part words into the longest names, from the last word on, and whether none is left over."""
    found, is_whole, end = list[_Span](), True, len(words)
    while end > 0:
        start = next((at for at in range(end) if _is_name(words[at:end], book, is_meal)), -1)
        if start >= 0:
            text = " ".join(words[start:end])
            found.append(_Span(text, _kind(text, book)))
        elif without_talk(name_words(words[end - 1])):
            is_whole = False
        end = start if start >= 0 else end - 1
    return found[::-1], is_whole


def _is_name(words: Sequence[str], book: NameBook, is_meal: Callable[[str], bool]) -> bool:
    text = " ".join(words)
    told = without_talk(without_state(name_words(text)))
    if len("".join(told)) < _LETTERS:
        return False
    is_kind = {*told} <= word_sets()["kinds"] and not book.is_usual(text)
    is_food = not is_kind and book.is_ours(text) and bool(book.find(text).item_id)
    return is_food or is_meal(text)


def _kind(text: str, book: NameBook) -> int:
    """Give what words may be of a name: a thing, of what it is, or how it tastes."""
    told, sets = {*without_talk(without_state(name_words(text)))}, word_sets()
    if told & sets["made_of"]:
        return _THING
    if told <= sets["fillings"]:
        return _FILLING
    if told <= sets["flavors"] | sets["fatness"]:
        return _FLAVOR
    found = book.find(text)
    is_food = found.kind == FOOD and bool(found.item_id)
    group = book.food(found.item_id).group if is_food else ""
    if group == "plant_drink":
        return _FILLING  # "iced mocha oat milk"
    return _SEASONING if group in read_words()["words"]["seasoning_groups"] else _THING
