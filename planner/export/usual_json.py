"""How near a plan is to a diary, and the path to it, as JSON values."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from planner.usual.meals import OwnMeal
from planner.usual.nearness import Nearness
from planner.usual.notes import read_names
from planner.usual.path import PathWeek, UsualPath


def usual_as_json(near: Nearness) -> dict[str, Any]:
    """Give how near a plan is to a diary, with the meals that may be in it as they are eaten."""
    usual = near.usual
    return {
        "own_meals": near.own,
        "meals": near.meals,
        "energy_share": near.energy_share,
        "dishes": [_meal(one, near) for one in usual.meals],
        "left_out": [asdict(one) for one in near.out],
        "read_as": read_names(usual.diary),
    }


def path_as_json(path: UsualPath) -> dict[str, Any]:
    """Give the weeks from a diary to a plan; week 0 is the diary."""
    return {"step": path.step, "weeks": [_week(one) for one in path.weeks]}


def _meal(meal: OwnMeal, near: Nearness) -> dict[str, Any]:
    dish, days = meal.dish, near.usual.diary.days
    return {
        "id": dish.dish_id,
        "name": dish.name,
        "slot": meal.slot,
        "days": [days[number - 1].day for number in meal.days],
        "minutes": dish.minutes,
        "active_minutes": dish.active_minutes,
        "ingredients": [
            {"food_id": line.food_id, "mass_g": line.mass_g} for line in dish.ingredients
        ],
    }


def _week(week: PathWeek) -> dict[str, Any]:
    return {
        "week": week.number,
        "changes": [asdict(one) for one in week.changes],
        "means": dict(week.means),
        "days": [dict(one) for one in week.days],
    }
