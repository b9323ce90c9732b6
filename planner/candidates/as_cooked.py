"""Dishes as a table cooks them: with the usual for what is free from gluten, with less salt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from planner.candidates.dish import Dish, Ingredient, read_embedded_dishes
from planner.settings import read_settings
from planner.targets.target import Target

ALL = 1.0


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
    said = f"Sodium is tight here: dishes are cooked with {share:.0%} of the salt of their recipes."
    return () if share == ALL else (said,)


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


def with_usual(dishes: tuple[Dish, ...], left_out: Collection[str]) -> tuple[Dish, ...]:
    """Give the dishes with the usual food where their recipe names one for who avoids something.

    A shipped recipe with tamari, gluten-free oats or a soy drink suits everybody; where nobody at
    the table avoids what is usual, soy sauce, rolled oats and milk stand in it. Own dishes stay as
    they are.

    Parameters
    ----------
    dishes
        As written.
    left_out
        Foods that somebody at the table does not eat.

    Source: ``[[usual]]`` of ``configs/dishes.toml``.
    """
    rows = enumerate(read_settings("dishes.toml")["usual"])
    return _usual(dishes, tuple(at for at, row in rows if row["usual"] not in left_out))


@lru_cache(maxsize=4)
def _usual(dishes: tuple[Dish, ...], numbers: tuple[int, ...]) -> tuple[Dish, ...]:
    every = read_settings("dishes.toml")["usual"]
    rows, shipped = [every[at] for at in numbers], set(read_embedded_dishes())
    return tuple(_with_foods(one, rows) if one in shipped else one for one in dishes)


def _with_foods(dish: Dish, rows: Sequence[Mapping[str, Any]]) -> Dish:
    own = [row for row in rows if dish.kind in row.get("kinds", [dish.kind])]
    foods = {free: row["usual"] for row in own for free in row["free"]}
    if not any(line.food_id in foods for line in dish.ingredients):
        return dish
    words = [row["words"] for row in own]
    lines = (
        replace(
            line,
            food_id=foods.get(line.food_id, line.food_id),
            measure=_reworded(line.measure, words),
        )
        for line in dish.ingredients
    )
    return replace(
        dish,
        name=_reworded(dish.name, words),
        ingredients=tuple(lines),
        steps=tuple(_reworded(one, words) for one in dish.steps),
    )


def _reworded(step: str, words: Sequence[Mapping[str, str]]) -> str:
    for pairs in words:
        for free, usual in pairs.items():
            step = step.replace(free, usual)
    return step
