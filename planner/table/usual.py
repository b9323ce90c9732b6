"""What is usually eaten, at a table: read off the diary, and what of it may be planned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from foods.table import FoodTable
from planner.candidates.candidate import CandidateSet
from planner.candidates.dish import Dish
from planner.diary.read import read_diary
from planner.plan.plan import Plan
from planner.request.request import PlanRequest
from planner.usual.meals import MealOut, UsualMeals, own_meals
from planner.usual.nearness import Nearness, nearness_of
from planner.usual.path import UsualPath, usual_path

if TYPE_CHECKING:
    from planner.explain.report import Report


def usual_of(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> UsualMeals | None:
    """Read what is usually eaten; ``None`` where nobody said.

    Raises
    ------
    ConfigError
        With every fault of the diary or of its file of matches.
    """
    asked = request.usual
    if asked is None:
        return None
    diary = read_diary(asked.diary, foods, dishes, asked.matches or None, request.shops)
    return own_meals(diary, foods, dishes)


def near_to_usual(
    plan: Plan, usual: UsualMeals | None, candidates: CandidateSet
) -> Nearness | None:
    """Count how near a plan is to what is usually eaten; ``None`` where nobody said."""
    if usual is None:
        return None
    return nearness_of(plan, usual, tuple(meals_out(usual, candidates)))


def path_to(report: Report, step: int) -> UsualPath:
    """Give the path from what is usually eaten to the plan of a report that has both.

    ``step``: most changes a week.
    """
    assert report.plan is not None
    assert report.usual is not None
    usual, targets = report.usual.usual, report.targets.targets
    return usual_path(report.plan, usual, targets, report.foods, report.request, step)


def meals_out(usual: UsualMeals, candidates: CandidateSet) -> list[MealOut]:
    """Give the meals of the diary that a plan may not have, in the order of the diary."""
    reasons = {one.candidate_id: one.reason for one in candidates.left_out}
    found = list(usual.out)
    for meal in usual.meals:
        if why := reasons.get(meal.dish.dish_id):
            days = (usual.diary.days[number - 1].day for number in meal.days)
            found += [MealOut(day, meal.slot, why) for day in days]
    order = [day.day for day in usual.diary.days]
    return sorted(found, key=lambda one: order.index(one.day))
