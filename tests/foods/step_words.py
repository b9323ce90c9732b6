"""Which foods the steps of a recipe name, and how much; words: ``foods/data/step_words.toml``."""

import re
import tomllib
from fractions import Fraction
from functools import cache
from pathlib import Path

from foods.embedded import read_embedded_foods
from foods.water import TAP_WATER
from planner.kitchen.measures import CUPS_PER_SPOON, ML_PER_CUP, grams_per

TABLE = tomllib.loads((Path(__file__).parent / "data/step_words.toml").read_text("utf-8"))
FOODS = read_embedded_foods()
ENDINGS = (("ies", "y"), ("oes", "o"), ("ches", "ch"), ("shes", "sh"), ("s", ""))


def singular(word):
    """Give the word without its plural, well enough to compare two words."""
    for ending, instead in ENDINGS:
        if word.endswith(ending) and not word.endswith("ss"):
            return word.removesuffix(ending) + instead
    return word


def words_in(text):
    """Give the words of a text, each in the singular; the two of a compound are one."""
    said = " ".join(singular(word) for word in re.findall(r"[^\W\d_]+", text.lower()))
    for compound in TABLE["compounds"]:
        said = re.sub(rf"\b{compound}\b", compound.replace(" ", "_"), said)
    return set(said.split())


NO_NAME = {singular(word) for word in TABLE["no_name"]}


@cache
def own_names(food_id):
    """Words that name this food and its like alone: whoever says one has it in the list."""
    food = FOODS[food_id]
    return words_in(f"{food.name} {food.base.replace('_', ' ')}") - NO_NAME


@cache
def names(food_id):
    """Every word by which a cook may call a food of the list."""
    food = FOODS[food_id]
    also = [TABLE["also"].get(key, ()) for key in {food_id, food.base, food.group}]
    return own_names(food_id).union(*(words_in(word) for words in also for word in words))


@cache
def food_words():
    """Words that name some food of the table."""
    return frozenset().union(*(own_names(food.food_id) for food in FOODS))


def said_in(dish):
    """Words of a dish's steps, but for what is only likened to a food or made in the dish."""
    text = " ".join(dish.steps).lower()
    for likeness in TABLE["likenesses"]:
        text = text.replace(likeness, " ")
    return words_in(text) - words_in(" ".join(TABLE["made"].get(dish.dish_id, ())))


NUMBER = r"(?:\d+ )?\d+/\d+|\d+(?:\.\d+)?"
_PARTS = {
    "half": 1 / 2, "third": 1 / 3, "a third": 1 / 3, "one third": 1 / 3, "two thirds": 2 / 3,
    "quarter": 1 / 4, "a quarter": 1 / 4, "three quarters": 3 / 4, "a fifth": 1 / 5,
    "four fifths": 4 / 5,
}  # fmt: skip
_PART = re.compile(
    rf"\b((?:the other|another|remaining|the second) )?({'|'.join(sorted(_PARTS, key=len)[::-1])})"
    r"(?: each)?(?: of)?(?: the| it)? ([a-z][a-z -]*)"
)
_OF_TIME = re.compile(
    r"half (?:an hour|a minute|covered)|in half|one half|half-moons?|a quarter of an hour"
)
_THE_REST = re.compile(
    r"\b(?:rest|remaining|remains|remainder|other|others|last|left)\b(?=((?: [a-z,-]+){0,8}))"
)
_UNNAMED = re.compile(
    r"\bthe remainder|\bthe other (?:half|third)|\bthe rest (?:of (?:it|both)|on the|over)|"
    r"with (?:the rest|what is left)[.,;]|\bwhat (?:oil )?is left|on the rest|the rest\."
)
_NEAR_ONE = 0.01


def taken_of(dish, steps):
    """(food id, mass [g]) of each ``1 Tbsp of the oil``, ``60 g of the banana``; no water."""
    told = re.compile(rf"({NUMBER}) (ml|tbsp|tsp|g) of (?:the )?((?:[\w-]+ ){{0,2}}[\w-]+)")
    for number, unit, words in told.findall(" ".join(steps)):
        meant = [i for i in dish.ingredients if names(i.food_id) & words_in(words)]
        if meant and meant[0].food_id != TAP_WATER:
            food = FOODS[meant[0].food_id]
            count = float(sum(Fraction(part) for part in number.split()))
            if unit == "g":
                yield food.food_id, count
                continue
            cup_g = grams_per(food, "cup") or 0.0
            share = 1 / ML_PER_CUP if unit == "ml" else CUPS_PER_SPOON[unit]
            yield meant[0].food_id, count * share * cup_g


def parts_of(dish, steps):
    """Food id → the shares of it that the steps name, each (share, whether of what is left)."""
    text = _OF_TIME.sub("~", " ".join(steps).lower())
    found = {}
    for again, part, words in _PART.findall(text):
        if part in ("third", "quarter") and not again:  # cut in four
            continue
        words = re.split(r" (?:and|in|into|on|over|with|for|to|until|of) ", words)[0]
        for line in dish.ingredients:
            if names(line.food_id) & words_in(words):
                rest = bool(again) or bool(re.search(r"\b(?:remaining|rest|other)\b", words))
                found.setdefault(line.food_id, []).append((_PARTS[part], rest))
    return found


def part_faults(dish, steps, groups):
    """Foods of groups of which steps take more than all, or say of no rest where it goes."""
    text = " ".join(steps).lower()
    for food_id, parts in parts_of(dish, steps).items():
        told = sum(part for part, rest in parts if not rest)
        if told > 1 + _NEAR_ONE:
            yield food_id, "more than all of it"
        is_open = told < 1 - _NEAR_ONE and not any(rest for _, rest in parts)
        if is_open and FOODS[food_id].group in groups and not _UNNAMED.search(text):
            after = (words for words in _THE_REST.findall(text))
            if not any(names(food_id) & words_in(words) for words in after):
                yield food_id, "nobody says where the rest goes"
