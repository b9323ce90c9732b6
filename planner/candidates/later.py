"""What of a dish has a day of its own: made on the evening before, or added when it is eaten.

A line of a recipe that says ``fresh = "cut"`` is not kept with the rest: of a second meal it is
cut, toasted or warmed on the day on which that is eaten. ``fresh_share`` says how much of the line,
where the rest is cooked. ``ahead`` of a dish says what is done on the evening before: ``"all"`` of
it, or in words: ``"soak the mung beans"``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from planner.language.spoken import said, said_at
from planner.meals.patterns import not_one_of
from planner.settings import read_settings

if TYPE_CHECKING:
    from planner.candidates.dish import Dish, Ingredient

ALL = "all"
FRESH_KEYS = frozenset({"fresh", "fresh_share"})


def fresh_ways() -> Mapping[str, Mapping[str, Any]]:
    """Give what may be done with something when it is eaten, with its words and minutes.

    Source: ``configs/meals/second_meal.toml``.
    """
    ways: Mapping[str, Mapping[str, Any]] = read_settings("meals/second_meal.toml")["fresh"]
    return ways


def fresh_faults(line: Mapping[str, Any]) -> Iterator[str]:
    """Say what is wrong with the keys of a recipe's line about the day on which it is eaten."""
    way, share = line.get("fresh", ""), line.get("fresh_share", 1.0)
    if way and way not in fresh_ways():
        of_line = said("ingredient {of[food]!r}", of=line)
        yield said_at(of_line, not_one_of("fresh", way, fresh_ways()))
    is_number = isinstance(share, int | float) and not isinstance(share, bool)
    if not is_number or not 0 < share <= 1 or (not way and "fresh_share" in line):
        yield said(
            "ingredient {of[food]!r}: fresh_share goes beside fresh, above 0 and up to 1", of=line
        )


def fresh_minutes(lines: Iterable[Ingredient]) -> int:
    """Give the minutes with hands on it that a kept portion asks for when it is eaten [min]."""
    return sum(fresh_ways()[way]["minutes"] for way in {one.fresh for one in lines if one.fresh})


def fresh_parts(
    lines: Iterable[Ingredient], parts: Iterable[tuple[str, float]]
) -> tuple[tuple[str, float], ...]:
    """Give of a portion what is not kept with the rest.

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
    for one in lines:
        whole[one.food_id] = whole.get(one.food_id, 0.0) + one.mass_g
        if one.fresh:
            held[one.food_id] = held.get(one.food_id, 0.0) + one.mass_g * one.fresh_share
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
