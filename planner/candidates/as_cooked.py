"""Dishes as a table cooks them: with less salt where sodium is tight, and as packages go."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from planner.candidates.dish import Dish, Ingredient
from planner.request.measures import known_ranges
from planner.request.next_week import days_before
from planner.request.preferences import Preferences
from planner.request.request import WeekOptions
from planner.settings import read_settings
from planner.targets.target import Target

ALL, SODIUM = 1.0, "sodium_mg"
LESS_SALT = (
    "Salted lightly: {share} of the usual salt, since the aim is at most {most:,.0f} mg of sodium "
    "a day; salt added at the table is not counted."
)
LESS_SALT_SINCE = (
    "Salted lightly from {day} on: {share} of the usual salt, since the aim is at most "
    "{most:,.0f} mg of sodium a day; salt added at the table is not counted."
)

USED_UP = (
    "In {count} dishes an amount is up to {most} more or less than in the recipe, so that packages "
    "are used up; lists and recipes say the amounts of this plan."
)


def salt_share(targets: Iterable[Target], energy_kcal: float) -> float:
    """Return the share of a recipe's salt that somebody is cooked for with [0 to 1].

    Parameters
    ----------
    targets
        What sodium is held to, or better stays below.
    energy_kcal
        Energy that is needed [kcal/day].

    Source: ``[salt.less]`` of ``configs/dishes.toml``.
    """
    rule = read_settings("dishes.toml")["salt"]["less"]
    is_tight = most_sodium_mg(targets) < rule["below_mg_per_kcal"] * energy_kcal
    return float(rule["share"]) if is_tight else ALL


def most_sodium_mg(targets: Iterable[Target]) -> float:
    """Return what sodium is held to, or better stays below [mg/day]; infinite without any."""
    sodium = [target for target in targets if target.nutrient == SODIUM]
    bounds = (bound for target in sodium for bound in (target.upper, target.preferred_upper))
    return min((bound for bound in bounds if bound is not None), default=math.inf)


def salt_note(
    targets: Sequence[Target], energy_kcal: float, wanted: Preferences, week: WeekOptions
) -> tuple[str, ...]:
    """State that dishes are cooked with less salt, where they are, and since when.

    Targets and energy are as of the share.
    """
    if salt_share(targets, energy_kcal) == ALL:
        return ()
    share = str(read_settings("dishes.toml")["salt"]["less"]["says"])
    told = {"share": share, "most": most_sodium_mg(targets)}
    if days_before(wanted.since, SODIUM, week):
        return (LESS_SALT_SINCE.format(day=wanted.since[SODIUM], **told),)
    return (LESS_SALT.format(**told),)


def amounts_note(amounts: Mapping[str, Mapping[str, float]]) -> tuple[str, ...]:
    """State that some amounts differ from their recipes, where they do."""
    if not amounts:
        return ()
    likely = known_ranges()["recipe_share"]
    most = f"{100 * max(likely.high - ALL, ALL - likely.low):.0f} %"
    return (USED_UP.format(count=len(amounts), most=most),)


def with_salt(dishes: tuple[Dish, ...], share: float) -> tuple[Dish, ...]:
    """Return the dishes with that share of their salt, whatever they hold of it otherwise."""
    return dishes if share == ALL else _cooked(dishes, share)


def with_either_salt(dishes: tuple[Dish, ...]) -> tuple[Dish, ...]:
    """Return the dishes as they are written, and with less salt."""
    less = float(read_settings("dishes.toml")["salt"]["less"]["share"])
    return (*dishes, *with_salt(dishes, less))


@lru_cache(maxsize=2)
def _cooked(dishes: tuple[Dish, ...], share: float) -> tuple[Dish, ...]:
    return tuple(
        replace(dish, ingredients=tuple(_line(one, share) for one in dish.ingredients))
        for dish in dishes
    )


def with_amounts(
    dishes: Sequence[Dish], amounts: Mapping[str, Mapping[str, float]]
) -> tuple[Dish, ...]:
    """Return the dishes with other amounts of some foods, so that packages are used up.

    Parameters
    ----------
    dishes, amounts
        Dishes; dish id → food id → the share of the recipe's amount that is cooked.
    """
    return tuple(
        replace(
            dish,
            ingredients=tuple(
                replace(line, mass_g=line.mass_g * amounts[dish.dish_id].get(line.food_id, ALL))
                for line in dish.ingredients
            ),
        )
        if dish.dish_id in amounts
        else dish
        for dish in dishes
    )


def _line(line: Ingredient, share: float) -> Ingredient:
    if line.food_id not in read_settings("dishes.toml")["salt"]["less"]["foods"]:
        return line
    measure = f"{line.measure}, and of that {share:.0%}"
    return replace(line, mass_g=line.mass_g * share, measure=measure)
