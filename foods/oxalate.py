"""Oxalate of foods that are known to be rich in it, where no table gives them a figure.

Nothing known is not nothing in it: a food flagged as rich counts by the richest food of its kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from foods.food import Food
from foods.table import FoodTable

OXALATE = "oxalate_mg"


def fill_oxalate(table: FoodTable, estimates: Mapping[str, Any]) -> FoodTable:
    """Return the table with what is known to be rich; ``estimates`` is the text of the rules."""
    rule, none = estimates["oxalate_of_kind"], estimates["counted_as_none"]
    filled = {food.food_id: food for food in with_oxalate_of_kind(table, rule)}
    for own_id in filled.keys() & set(none["foods"]):
        filled[own_id] = _counting_none(filled[own_id], none)
    return replace(table, foods=filled)


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
