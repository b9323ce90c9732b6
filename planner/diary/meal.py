"""Meals that are several foods: which these are, and how much of them a line says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from foods.name_words import Words, in_order, name_words, without_talk
from foods.recipe_line import LineAmount, ParsedLine, read_words
from planner.diary.amounts import SERVING
from planner.diary.names import NameBook
from planner.diary.part import LinePart, part_of


def told_as(text: str, book: NameBook) -> str:
    """Give the foods that a meal is, as a diary would list them; blank for no such meal."""
    for name in (text, part_of(text, book).name):
        foods = _meals(is_joined=True).get(in_order(name_words(name)), "")
        if not foods and not book.is_usual(name):  # cheese and crackers, but no cheese crackers
            foods = _meals(is_joined=False).get(_meal_words(name), "")
        if foods:
            return foods
    return ""


def share_of(line: ParsedLine, parts: Iterable[LinePart]) -> float:
    """Give how much of a meal a line says, as its foods are listed; 1 where that is not known."""
    amount, words = line.amount, read_words()
    if amount is None or amount.unit in ("", "piece", SERVING):
        return amount.count if amount else 1.0
    grams: Mapping[str, float] = {**words["volume_ml"], **words["mass_g"]}
    inside = [one.line.amount for one in parts]
    if amount.unit not in grams or any(one is None or one.unit not in grams for one in inside):
        return 1.0
    whole_g = sum(one.count * grams[one.unit] for one in inside if one is not None)
    return amount.count * grams[amount.unit] / whole_g


def times(line: ParsedLine, share: float) -> ParsedLine:
    """Give an amount so many times; where none is said, of a serving."""
    if share == 1.0:
        return line
    amount = line.amount or LineAmount(1.0, SERVING)
    return replace(line, amount=LineAmount(amount.count * share, amount.unit))


@cache
def _meals(*, is_joined: bool) -> Mapping[Words, str]:
    """Give the words of a meal, with what joins them or without → the foods that it is."""
    told = read_words()["spelled_out"].items()
    meals = {
        in_order(name_words(one)) if is_joined else _meal_words(one): foods for one, foods in told
    }
    return {words: foods for words, foods in meals.items() if words}


def _meal_words(text: str) -> Words:
    return in_order(without_talk(name_words(left_out().sub("", text))))


@cache
def left_out() -> re.Pattern[str]:
    """Give the pattern of what a line says is left out, up to the next food."""
    words = "|".join(map(re.escape, read_words()["words"]["left_out"]))
    return re.compile(rf"(?<=\w)[\s,(]+(?:{words})\s(?!fat\b)(?:(?! with )[^,+])*", re.IGNORECASE)
