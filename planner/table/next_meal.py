"""The best next meal: which dish would bring a day to its goal, and what with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.diary.analysis import Analysis, analyse_diary
from planner.diary.gap import Gaps, gap_figures
from planner.errors import RefusedError
from planner.improve.next_meal import NextMeal, NextMeals, dishes_for, with_beside
from planner.settings import read_settings
from planner.table.improve import choice_of
from planner.targets.derive import targets_of

_SETTINGS, _MAIN = "next_food.toml", "main"
NO_MEAL = "No dish fits the day without breaking a limit."


def rank_meals(
    analysis: Analysis, number: int, slot: str, foods: FoodTable, dishes: Sequence[Dish]
) -> NextMeals:
    """Rank dishes for a meal of one day by what they would do for the day.

    Diet, allergies, wishes and safety rules of the request leave dishes out as they do of a plan;
    none is offered that takes a hard target of the day out of its band.

    Parameters
    ----------
    analysis
        The diary, held against the targets of its request.
    number, slot
        Number of the day, and the meal, lunch or dinner: what stands there is not counted.
    foods, dishes
        What may come; the tap water of the request is in the table.
    """
    own = next(day for day in analysis.diary.days if day.number == number)
    own = replace(own, meals=tuple(meal for meal in own.meals if meal.slot != slot))
    diary = replace(analysis.diary, days=(own,))
    before = analyse_diary(diary, analysis.request, analysis.targets, foods)
    gaps = Gaps.of(analysis.targets, gap_figures(before.mean.table, foods))
    try:
        targets = targets_of(analysis.request)
    except RefusedError as error:
        return NextMeals(number, slot, gaps, (), str(error))
    choice = choice_of(diary, analysis.request, targets, foods, dishes, [_MAIN])
    rule, offers = read_settings(_SETTINGS)["meal"], list[NextMeal]()
    for entry in dishes_for(choice, slot, gaps)[: rule["tried"]]:
        offer, eaten = with_beside(entry, own, slot, choice, gaps)
        after = analyse_diary(replace(diary, days=(eaten,)), analysis.request, targets, foods)
        if not _missed(after) - _missed(before):
            offers.append(offer)
    offers.sort(key=lambda one: (-one.points, one.dish.name))
    shown = tuple(offers[: rule["shown"]])
    return NextMeals(number, slot, gaps, shown, "" if shown else NO_MEAL)


def _missed(analysis: Analysis) -> set[tuple[str, str, str]]:
    """Return the hard bands that are exceeded: what is short is so before the day is over."""
    return {
        (finding.target.nutrient, finding.target.basis, finding.target.period)
        for finding in analysis.findings
        if finding.target.hard and finding.holds is False and finding.target.upper is not None
        if finding.value is not None and finding.value > finding.target.upper
    }
