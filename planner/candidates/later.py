"""What of a kept dish is added when it is eaten, and which dishes are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

from planner.candidates.dish import Dish, Ingredient, fresh_ways
from planner.settings import read_settings


def may_freeze(tags: Set[str]) -> bool:
    """Whether a dish with these tags is worth freezing when it is cooked once for several meals."""
    return set(read_settings("meals/freezer.toml")["double"]["tags"]) <= tags


def fresh_minutes(lines: Iterable[Ingredient]) -> int:
    """Return the minutes with hands on it that a kept portion asks for when it is eaten [min]."""
    return sum(fresh_ways()[way]["minutes"] for way in {line.fresh for line in lines if line.fresh})


def fresh_parts(
    lines: Iterable[Ingredient], parts: Iterable[tuple[str, float]]
) -> tuple[tuple[str, float], ...]:
    """Return of a portion what is not kept with the rest.

    Parameters
    ----------
    lines
        Those of the recipe.
    parts
        (food id, mass [g]) of the portion.

    Returns
    -------
    tuple
        (food id, mass [g]) of what is added when it is eaten.
    """
    whole: dict[str, float] = {}
    held: dict[str, float] = {}
    for line in lines:
        whole[line.food_id] = whole.get(line.food_id, 0.0) + line.mass_g
        if line.fresh:
            held[line.food_id] = held.get(line.food_id, 0.0) + line.mass_g * line.fresh_share
    return tuple(
        (food_id, mass_g * held[food_id] / whole[food_id])
        for food_id, mass_g in parts
        if food_id in held
    )


def is_kept_dish(dish: Dish, rule: Mapping[str, Any]) -> bool:
    """Whether a dish is cooked once and eaten while it keeps; second dinners are told apart."""
    return (
        dish.kind in rule["kinds"]
        and bool(dish.tags & set(rule["tags"]))
        and dish.keeps_days >= 1
        and dish.minutes >= rule["least_minutes"]
        and dish.protein not in rule["apart_proteins"]
    )
