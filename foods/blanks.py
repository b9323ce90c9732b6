"""Figures that a release leaves open, filled in by rule when the catalogue is read.

Nothing known is not nothing in it: a food flagged as rich in oxalate counts by the richest food of
its kind. What is next to nothing in a food named for that is counted as none.

Source: ``foods/data/estimates.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from foods.food import Food
from foods.table import FoodTable

OXALATE = "oxalate_mg"


def fill_blanks(table: FoodTable, estimates: Mapping[str, Any]) -> FoodTable:
    """Return the table with these figures; ``estimates`` is the text of the rules."""
    none = estimates["counted_as_none"]
    known = with_oxalate_of_kind(table, estimates["oxalate_of_kind"])
    filled = (_counting_none(one, none) if one.food_id in none["foods"] else one for one in known)
    return replace(table, foods={food.food_id: food for food in filled})


def _counting_none(food: Food, rule: Mapping[str, Any]) -> Food:
    """Give a food that has none of what is next to nothing in it and that its release leaves open.

    ``rule`` is ``[counted_as_none]`` of ``estimates.toml``.
    """
    keys = [key for key in rule["keys"] if food.per_100g.get(key) is None]
    return replace(
        food,
        per_100g=dict(food.per_100g) | dict.fromkeys(keys, 0.0),
        overlay=dict(food.overlay) | dict.fromkeys(keys, f"own:{rule['rules'][0]}"),
    )


def with_oxalate_of_kind(foods: Iterable[Food], rule: Mapping[str, Any]) -> Iterator[Food]:
    """Return the foods; one flagged as rich without a figure has that of the richest of its kind.

    Its kind is the same thing in another form, else its food group; what is mostly water takes the
    least that counts as rich.

    Parameters
    ----------
    foods
        Foods with their figures.
    rule
        ``[oxalate_of_kind]`` of ``estimates.toml``.
    """
    every = list(foods)
    by_base, by_group = _richest(every, "base"), _richest(every, "group")
    least, mark = rule["at_least_mg"], f"own:{rule['rules'][0]}"
    for food in every:
        if food.flags.isdisjoint(rule["flags"]) or food.per_100g.get(OXALATE) is not None:
            yield food
            continue
        amount = by_base.get(food.base, by_group.get(food.group, least))
        amount = least if food.group in rule["diluted_groups"] else max(amount, least)
        yield replace(
            food,
            per_100g=dict(food.per_100g) | {OXALATE: float(amount)},
            overlay=dict(food.overlay) | {OXALATE: mark},
        )


def _richest(foods: Iterable[Food], word: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for food in foods:
        amount = food.per_100g.get(OXALATE)
        if amount is not None:
            kind = getattr(food, word)
            found[kind] = max(amount, found.get(kind, 0.0))
    return found
