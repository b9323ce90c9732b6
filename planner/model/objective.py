"""What is better: points per column; 0 is a column with nothing to dislike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from foods.nutrient import known_nutrients
from foods.supplement import find_supplement
from foods.units import convert
from planner.candidates.beside import BESIDE_SLOTS, CHOSEN
from planner.candidates.names import Meaning
from planner.model.board import Column, Plate, Vector
from planner.model.variety import serves
from planner.request.request import Weights

_SCALED = ("main", "breakfast")  # who eats more has more of these, and another thing of the rest


def column_points(
    columns: Iterable[Column],
    points: Mapping[str, Any],
    weights: Weights,
    dislikes: Iterable[tuple[Meaning, float]],
    liked: Iterable[Meaning],
    line_g: float,
    usual: float,
    *,
    weekend: bool,
) -> dict[str, Vector]:
    """Give the points of each column by term, on a weekday or at the weekend.

    What is taken already and water that is drunk are no choice and have none, so that 0 stays a
    week with nothing to dislike; a supplement has those of its dose and its price.
    """
    columns = tuple(columns)
    again = points["variety"]["leftover"]
    taste = np.array([_taste(c, points["taste"]["grade"]) for c in columns])
    taste += again * np.array([c.candidate.traits.is_leftover for c in columns])
    taste += np.array([points["taste"]["place"].get(c.place, 0.0) for c in columns])
    for meaning in liked:
        taste[np.array(serves(columns, meaning, line_g)) > 0] = 0.0
    for meaning, disliked in dislikes:
        taste += disliked * np.array(serves(columns, meaning, line_g))
    cost = np.array([c.serving.cost_usd for c in columns]) * points["cost"]["per_usd"]
    effort = np.array([_effort(c, points["effort"], weekend=weekend) for c in columns])
    portion = np.array([_portion(c, points["portion"], usual) for c in columns])
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


def _taste(column: Column, grades: list[float]) -> float:
    return grades[column.candidate.traits.grade - 1]


def _effort(column: Column, effort: Mapping[str, Any], *, weekend: bool) -> float:
    """Points of the work for one thing: on a workday each minute counts more, beyond a few much."""
    traits = column.candidate.traits
    if weekend:
        return float(traits.active_minutes * effort["per_active_minute_weekend"])
    late = effort["weekend_dish_on_weekday"] if traits.is_weekend else 0.0
    most = effort["workday_minutes"].get(column.slot, traits.active_minutes)
    late += effort["workday_extra"] * max(0, traits.active_minutes - most)
    return float(traits.active_minutes * effort["per_active_minute_weekday"] + late)


def _supplement(column: Column, points: Mapping[str, Any]) -> float:
    """Food first: points of a chosen supplement for being taken, and by its amount and salt."""
    if column.candidate.traits.kind != CHOSEN:
        return 0.0
    compound = find_supplement(column.candidate.source_id)
    amount = column.serving.portion.servings * compound.doses[0]
    amount_mg = convert(amount, known_nutrients()[compound.nutrient].unit, "mg")
    by_mass = points["per_100_mg"] * amount_mg / 100
    return float(points["per_dose"] + by_mass + points["rank"][compound.absorption_rank - 1])


def _portion(column: Column, portion: Mapping[str, float], usual: float) -> float:
    """Points of a line on the table, and of more or less of it than is usual for the eater."""
    if not column.candidate.traits.is_dish:
        return portion["per_line"]
    offered = [one.portion.servings for one in column.candidate.servings]
    wanted = min(usual if column.candidate.traits.kind in _SCALED else 1.0, max(offered))
    return portion["per_line"] + portion["odd_serving"] * abs(
        column.serving.portion.servings - wanted
    )
