"""Dishes as a table cooks them: with less salt where sodium is tight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from planner.candidates.dish import Dish, Ingredient
from planner.language.spoken import mark, said
from planner.settings import read_settings
from planner.targets.target import Target

ALL = 1.0
LESS_SALT = mark(
    "Sodium is tight here: dishes are cooked with {share:.0%} of the salt of their recipes."
)


def salt_share(targets: Iterable[Target], energy_kcal: float) -> float:
    """Give the share of a recipe's salt that somebody is cooked for with [0 to 1].

    Parameters
    ----------
    targets
        What sodium is held to, or better stays below.
    energy_kcal
        Energy that is needed [kcal/day].

    Source: ``[salt.less]`` of ``configs/dishes.toml``.
    """
    rule = read_settings("dishes.toml")["salt"]["less"]
    sodium = [one for one in targets if one.nutrient == "sodium_mg"]
    bounds = [bound for one in sodium for bound in (one.upper, one.preferred_upper)]
    most = [bound for bound in bounds if bound is not None]
    is_tight = bool(most) and min(most) < rule["below_mg_per_kcal"] * energy_kcal
    return float(rule["share"]) if is_tight else ALL


def salt_note(share: float) -> tuple[str, ...]:
    """Say that dishes are cooked with less salt, where they are."""
    return () if share == ALL else (said(LESS_SALT, share=float(share)),)


def with_salt(dishes: tuple[Dish, ...], share: float) -> tuple[Dish, ...]:
    """Give the dishes with that share of their salt, whatever they hold of it otherwise."""
    return dishes if share == ALL else _cooked(dishes, share)


@lru_cache(maxsize=2)
def _cooked(dishes: tuple[Dish, ...], share: float) -> tuple[Dish, ...]:
    return tuple(
        replace(dish, ingredients=tuple(_line(one, share) for one in dish.ingredients))
        for dish in dishes
    )


def _line(line: Ingredient, share: float) -> Ingredient:
    if line.food_id not in read_settings("dishes.toml")["salt"]["less"]["foods"]:
        return line
    measure = f"{line.measure}, and of that {share:.0%}"
    return replace(line, mass_g=line.mass_g * share, measure=measure)
