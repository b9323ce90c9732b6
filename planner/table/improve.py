"""The fewest changes of a diary, each way counted anew without the solver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from foods.nutrient import known_nutrients
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.select import select_candidates
from planner.candidates.servings import mass_per_food
from planner.diary.analysis import LEFT_OUT, analyse_diary, taken_beside
from planner.diary.diary import Diary
from planner.errors import ConfigError
from planner.faults import fault
from planner.improve.change import Choice, ComesAtMost, OfferedDish, rules, with_changes
from planner.improve.model import (
    FewChanges,
    FoundWays,
    Improvement,
    Option,
    Question,
    find_ways,
    holds_all,
)
from planner.meals.rules import read_meal_rules
from planner.model.input import Wishes
from planner.request.request import PlanRequest
from planner.table.choice import (
    as_asked,
    constrained_of,
    cooked_for,
    foods_left_out,
    may_not_stay,
    needs_free_from,
    selection_of,
    wishes_of,
)
from planner.targets.derive import TargetSet, targets_of
from planner.targets.taken import check_taken_allowed


def improve_diary(
    diary: Diary,
    request: PlanRequest,
    foods: FoodTable,
    dishes: Sequence[Dish],
    meet: Iterable[str] = (),
    most: int | None = None,
    count: int | None = None,
) -> Improvement:
    """Find the fewest and gentlest changes that bring a diary where it should be.

    Parameters
    ----------
    diary
        What is eaten; all its days together, each with changes of its own.
    request
        Who eats it, with diet, allergies, wishes, conditions, medicines and targets.
    foods, dishes
        What may come; the tap water of the request is in the table.
    meet
        Keys of targets to be met beside magnesium, calcium, their ratio and those asked for.
    most, count
        Most changes a day, and ways for each number; usual ones when left out.

    Raises
    ------
    UserFacingError
        When something in the request is to be mended, or a safety rule refuses.
    """
    targets = targets_of(request)
    check_taken_allowed(request, targets.targets)
    met = _met(targets, request, meet)
    usual = rules()["meet"]
    taken: dict[str, float] = {}
    for intake in taken_beside(diary, request):
        taken[intake.nutrient] = taken.get(intake.nutrient, 0.0) + intake.nutrient_per_day
    choice = choice_of(diary, request, targets, foods, dishes)
    question = Question(diary, choice, targets, frozenset(met), taken)
    eaten = before = analyse_diary(diary, request, targets, foods)
    if any(advice.code == LEFT_OUT for advice in eaten.advice):
        before = analyse_diary(question.kept, request, targets, foods)
    most = most or usual["most_changes"]
    ways = FoundWays(0.0, (), 0, 0)
    if not holds_all(before, met):
        ways = find_ways(question, most, count or usual["ways"])
    options = [
        _option(question, request, met, number, way)
        for number, rung in enumerate(ways.rungs, start=1)
        for way in rung
    ]
    richest = None if ways.richest is None else _option(question, request, met, most, ways.richest)
    counts = most, ways.offered, ways.left_out
    return Improvement(eaten, before, met, tuple(options), *counts, richest)


def choice_of(
    diary: Diary,
    request: PlanRequest,
    targets: TargetSet,
    foods: FoodTable,
    dishes: Sequence[Dish],
    kinds: Iterable[str] = (),
) -> Choice:
    """Gather what may come to the plate of an eater, and how much it is liked.

    Dishes are of the kinds that were eaten, and of ``kinds``.
    """
    wishes = wishes_of(request, foods, dishes)
    is_free = needs_free_from(request, foods, dishes)
    selection = selection_of(request, targets, foods, dishes)
    selection = as_asked(selection, request, wishes, foods, is_free_from=is_free)
    recipes = {dish.dish_id: dish for dish in dishes}
    eaten = {recipes[entry.item_id].kind for entry in diary.entries() if entry.item_id in recipes}
    like = [dish for dish in dishes if dish.kind in {*eaten, *kinds}]
    cooked = {dish.dish_id: dish for dish in cooked_for({"": request}, foods, like)}
    found = select_candidates(foods, cooked.values(), read_meal_rules(), selection)
    never, known = _never_liked(wishes), constrained_of(targets)
    out = foods_left_out(request, foods, dishes) | never
    return Choice(
        foods,
        recipes,
        frozenset(
            food.food_id
            for food in foods
            if food.food_id not in out and all(food.per_100g.get(key) is not None for key in known)
        ),
        may_not_stay(request, foods, dishes),
        {
            one.source_id: OfferedDish(
                cooked[one.source_id], tuple(serving.portion for serving in one.servings)
            )
            for one in found.candidates
            if one.traits.is_dish and not one.traits.is_leftover
            if never.isdisjoint((one.source_id, *mass_per_food(cooked[one.source_id])))
        },
        liked=_liked(wishes),
        at_most=tuple(_at_most(diary, wishes)),
    )


def _liked(wishes: Wishes) -> dict[str, float]:
    """Return the points that likes and dislikes lay on what comes."""
    points: dict[str, float] = {}
    for sort, wanted in (("like", wishes.likes), ("dislike", wishes.dislikes)):
        by_grade = rules()["points"][sort]
        for meaning, grade in wanted:
            for own_id in (*meaning.food_ids, *meaning.dish_ids):
                points[own_id] = points.get(own_id, 0.0) + by_grade[grade]
    return points


def _never_liked(wishes: Wishes) -> frozenset[str]:
    """Return the ids of what is disliked so much that nobody would make a change to it."""
    least = rules()["meet"]["dislike_never"]
    meant = (meaning for meaning, grade in wishes.dislikes if grade >= least)
    return frozenset(own_id for own in meant for own_id in (*own.food_ids, *own.dish_ids))


def _at_most(diary: Diary, wishes: Wishes) -> Iterator[ComesAtMost]:
    """Return what a wish allows beside what is eaten already."""
    eaten = [{food_id for food_id, _ in entry.ingredients} for entry in diary.entries()]
    for rule in wishes.frequencies:
        if rule.sense == "<=":
            ids = frozenset(rule.meaning.food_ids)
            yield ComesAtMost(ids, max(rule.count - sum(bool(ids & meal) for meal in eaten), 0))


def _met(targets: TargetSet, request: PlanRequest, meet: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of what is to be met; of the usual ones those that are held to a hard band.

    Raises
    ------
    ConfigError
        When a key is asked for that has no target.
    """
    bands = [one for one in targets.targets if one.lower is not None or one.upper is not None]
    known, hard = {band.nutrient for band in bands}, {band.nutrient for band in bands if band.hard}
    asked = [*meet, *(override.nutrient for override in request.overrides)]
    for key in asked:
        if key not in known:
            raise fault(ConfigError, "no_target_to_meet", key=key, names=", ".join(sorted(known)))
    wanted = {*asked, *(key for key in rules()["meet"]["nutrients"] if key in hard)}
    order = [key for key in (*known_nutrients(), *sorted(known)) if key in wanted]
    return tuple(dict.fromkeys(order))


def _option(
    question: Question, request: PlanRequest, met: tuple[str, ...], number: int, way: FewChanges
) -> Option:
    changed = with_changes(question.kept, way.changes)
    after = analyse_diary(changed, request, question.targets, question.choice.foods)
    return Option(number, way, after, holds_all(after, met))
