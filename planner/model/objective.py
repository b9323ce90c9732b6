"""What is better: points per column; 0 is a column with nothing to dislike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import numpy as np

from foods.nutrient import convert, known_nutrients
from foods.supplement import find_supplement
from planner.candidates.beside import BESIDE_SLOTS, CHOSEN
from planner.candidates.candidate import SCALED, Column
from planner.candidates.names import Meaning
from planner.candidates.portions import beyond, usual_servings
from planner.model.board import Plate, Vector
from planner.model.variety import serves
from planner.model.weekdays import travels
from planner.request.request import Weights
from planner.settings import read_settings


def column_points(
    columns: Iterable[Column],
    points: Mapping[str, Any],
    weights: Weights,
    dislikes: Iterable[tuple[Meaning, float]],
    liked: Iterable[Meaning],
    line_g: float,
    size: Mapping[str, Any],
    *,
    kitchens: frozenset[str] = frozenset(),
    weekend: bool,
    sharers: int = 1,
) -> dict[str, Vector]:
    """Return the points of each column by term, on a weekday or at the weekend.

    What keeps has the points of its work where it is cooked. What is taken already and water that
    is drunk are no choice and have none, so that 0 stays a week with nothing to dislike; a
    supplement has those of its dose and its price. A main dish of the ``kitchens`` that the meal
    pattern prefers may be of any protein at any meal.
    """
    columns = tuple(columns)
    taste = np.array([_taste(c, points["taste"], kitchens) for c in columns])
    taste += np.array([_place(c, points["taste"], size["usual"]) for c in columns])
    taste += _centres(columns, points["taste"]["centre"], kitchens)
    for meaning in liked:
        taste[np.array(serves(columns, meaning, line_g)) > 0] = 0.0
    for meaning, disliked in dislikes:
        taste += disliked * np.array(serves(columns, meaning, line_g))
    cost = np.array([c.serving.cost_usd for c in columns]) * points["cost"]["per_usd"]
    work = partial(work_points, effort=points["effort"], weekend=weekend, sharers=sharers)
    effort = np.array([0.0 if c.candidate.traits.is_kept else work(c) for c in columns])
    portion = np.array([_portion(c, points["portion"], size) for c in columns])
    in_meals = np.array([c.slot not in BESIDE_SLOTS for c in columns])
    is_choice = in_meals | np.array([c.candidate.traits.kind == CHOSEN for c in columns])
    return {
        "taste": in_meals * taste * weights.taste,
        "cost": is_choice * cost * weights.cost,
        "effort": in_meals * effort * weights.effort,
        "portion": in_meals * portion * weights.waste,
        "supplement": np.array([_supplement(c, points["supplement"]) for c in columns]),
    }


def add_points(plate: Plate, terms: Mapping[str, Vector]) -> None:
    """Put the points of the columns into the objective."""
    total = sum(terms.values())
    for variable, value in zip(plate.variables, total, strict=True):  # type: ignore[arg-type]  # never empty
        if value:
            plate.board.objective.append((variable, plate.price(float(value))))


def _taste(column: Column, points: Mapping[str, Any], kitchens: frozenset[str]) -> float:
    """Return the points of a dish by how well it is liked, of a food by how popular it is.

    A dish of the ``kitchens`` that the meal pattern prefers is liked well by who asked for them.
    """
    traits = column.candidate.traits
    grades, grade = points["grade" if traits.is_dish else "popularity"], traits.grade
    if traits.is_dish and traits.kitchens & kitchens:
        grade = min(grade, points["own_kitchen"])
    return float(np.interp(grade, range(1, len(grades) + 1), grades))


def _place(column: Column, taste: Mapping[str, Any], usual: float) -> float:
    """Points of a place where few want a thing; who eats much would rather have one than more."""
    price = float(taste["place"].get(column.place, 0.0))
    if column.place in taste["place_large"]["places"]:
        price *= max(0.0, 1 - taste["place_large"]["fade"] * max(0.0, usual - 1))
    return price


def _centres(
    columns: Iterable[Column],
    centre: Mapping[str, Mapping[str, float]],
    kitchens: frozenset[str],
) -> Vector:
    """Points of a main dish whose protein people would rather have at another meal.

    They count from the family that costs least of those that the eater may have there: who eats no
    meat pays for none of them. Who asked for ``kitchens`` pays for none of theirs: dal is a dinner.
    """
    least: dict[str, float] = {}
    paid = []
    for column in columns:
        traits = column.candidate.traits
        price = centre.get(column.place, {}).get(traits.protein, 0.0)
        if traits.kitchens & kitchens:
            price = 0.0
        least[column.place] = min(price, least.get(column.place, price))
        paid.append((column.place, price))
    return np.array([price - least[place] for place, price in paid])


def work_points(
    column: Column, effort: Mapping[str, Any], *, weekend: bool, sharers: int = 1
) -> float:
    """Return the points of the work for a thing: on a workday each minute costs more, later much.

    A free day has its main meal made anew. What takes long waits once for all who eat together.
    """
    traits = column.candidate.traits
    if weekend:
        again = effort["weekend_again"].get(column.place, 0.0) if traits.is_leftover else 0.0
        return float(traits.active_minutes * effort["per_active_minute_weekend"] + again)
    minutes = effort["workday_minutes"]
    most = minutes.get(column.place, minutes.get(column.slot, traits.active_minutes))
    late = effort["workday_extra"].get(column.slot, 0.0) * max(0, traits.active_minutes - most)
    clock = effort["workday_clock"].get(column.slot)
    if clock and (more := traits.minutes - clock["minutes"]) > 0:
        late += (clock["points"] + clock["per_minute"] * more) / sharers
    rule = read_settings("meals/rules.toml")["lunch"]
    if column.slot == "lunch" and not travels(column, rule):
        late += effort["workday_at_table"] / sharers
    if column.place == "lunch.main" and not traits.is_leftover:
        late += effort["workday_anew"] / sharers
    return float(traits.active_minutes * effort["per_active_minute_weekday"] + late)


def _supplement(column: Column, points: Mapping[str, Any]) -> float:
    """Food first: points of a chosen supplement for being taken, and by its amount."""
    if column.candidate.traits.kind != CHOSEN:
        return 0.0
    compound = find_supplement(column.candidate.source_id)
    amount = column.serving.portion.servings * compound.doses[0]
    amount_mg = convert(amount, known_nutrients()[compound.nutrient].unit, "mg")
    by_mass = points["per_100_mg"] * amount_mg / 100
    return float(points["per_dose"] + by_mass)


def _portion(column: Column, portion: Mapping[str, float], size: Mapping[str, Any]) -> float:
    """Points of another amount than is usual, and of a heaped plate."""
    if not column.candidate.traits.is_dish:
        return 0.0
    offered = [one.portion.servings for one in column.candidate.servings]
    kind, eaten = column.candidate.traits.kind, column.serving.portion
    least, usual = usual_servings(size, kind) if kind in SCALED else (1.0, 1.0)
    odd = beyond(eaten.servings, (min(least, max(offered)), min(usual, max(offered))))
    heavy_g = max(0.0, eaten.mass_g - size["heavy_g"]) if kind == "main" else 0.0
    return portion["odd_serving"] * odd + portion["heavy_100_g"] * heavy_g / 100
