"""Why what somebody asks for by its name cannot be planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from operator import attrgetter

from foods.table import plain_key
from planner.candidates.candidate import CandidateSet, LeftOut
from planner.candidates.dish import Dish
from planner.candidates.name_index import words_for_tags
from planner.candidates.names import Meaning
from planner.explain.report import Collision
from planner.kitchen.batch import FREEZER, BatchPlan
from planner.model.input import Wishes
from planner.model.meals import MAIN_MEALS
from planner.plan.plan import Plan
from planner.request.meal_hours import DAY, cooks_ahead
from planner.request.request import PlanRequest
from planner.request.since import minutes_on
from planner.shops import named

LEFT_OUT_WORDS = {
    "diet": "by the diet",
    "allergen": "for what they hold",
    "wish": "as asked",
    "safety": "for safety",
    "child": "as too hot for a child",
    "minutes": "for the time they take",
    "unknown": "for unknown figures",
}
LEFT_OUT = "left out"
NOT_PLANNED = "Asked for and not planned: {reason}."
NOT_SERVED = (
    "Liked, and in no meal: {name}, since other dishes bring the goals together better; "
    "--put DAY:MEAL={name} sets it on a meal."
)
NOT_AGAIN_YET = (
    "Liked, and in no meal: {name}, since a plan before this one has it, and its dishes are left "
    "for later; --put DAY:MEAL={name} sets it on a meal all the same."
)
STILL_SERVED = (
    "Disliked, and still planned (days: {days}): {name}. A dislike is weighed against the goals; "
    "--without leaves it out."
)
SERVED_KIND = (
    "Liked: {name}, at {count} of {meals} lunches and dinners; {known} of the dishes here are so. "
    'A like is weighed against the goals; --put "every dinner={name}" sets it on every dinner.'
)
SECOND_LUNCHES = (
    "Lunch is the dinner of the evening before, cooked double, on {count} of {days} workdays."
)
LUNCH_ANEW = "Lunch is made anew on {days}: no dinner of the evening before fit there."
COOKED_AHEAD = (
    "Of {meals} lunches and dinners on days with little time to cook, {count} are only warmed up; "
    "the others are {others}."
)
FREEZE = (
    "Freeze at once, when they are cooked, the portions for {meals} (in the freezer they are good "
    "for {months} months), and thaw each the evening before; those for the other meals stand in "
    'the refrigerator. Each portion has its label under "Cook once, eat twice" with --full.'
)
FOR_MEAL = "{slot} of day {number}"
MORE_REASONS = "{name} is left out for {count} more reasons of this kind"
_SHOWN = 3  # reasons that are named of one wish


def unmet_wishes(
    wishes: Wishes, candidates: CandidateSet, dishes: Sequence[Dish]
) -> tuple[str, ...]:
    """Say of each like and frequency why nothing of it is in a plan; empty where something may be.

    Parameters
    ----------
    wishes
        What is asked for.
    candidates, dishes
        What could be eaten and why not the rest, and the dishes that were looked at.
    """
    asked = [what for what, _ in wishes.likes]
    asked += [one.meaning for one in wishes.frequencies if one.sense == ">=" and one.count]
    found = (one for what in asked for one in why_left_out(what, candidates, dishes))
    return tuple(dict.fromkeys(NOT_PLANNED.format(reason=one.text) for one in found))


def unserved_likes(
    plan: Plan,
    wishes: Wishes,
    candidates: CandidateSet,
    dishes: Sequence[Dish],
    lately: Set[str] = frozenset(),
) -> tuple[str, ...]:
    """Say which likes no meal of a plan has, though it could, and why.

    Parameters
    ----------
    plan, wishes, candidates, dishes
        The plan, and what else ``unmet_wishes`` takes.
    lately
        Ids of dishes of earlier plans, which come again later.
    """

    def why(what: Meaning) -> str:
        return NOT_AGAIN_YET if what.dish_ids and what.dish_ids <= lately else NOT_SERVED

    return tuple(
        why(what).format(name=named(what.name.replace("_", " ")))
        for what, _ in wishes.likes
        if not _days_with(what, plan) and not any(why_left_out(what, candidates, dishes))
    )


def served_kinds(plan: Plan, wishes: Wishes) -> tuple[str, ...]:
    """Say of liked kinds of dishes, such as one pot, how many main meals have one."""
    mains = [meal for day in plan.days for meal in day.meals if meal.slot in MAIN_MEALS]
    known = {*map(plain_key, words_for_tags())}
    kinds = [what for what, _ in wishes.likes if plain_key(what.name) in known]
    return tuple(
        SERVED_KIND.format(
            name=named(what.name.replace("_", " ")),
            count=sum(meal.items[0].item_id in what.dish_ids for meal in mains),
            meals=len(mains),
            known=len(what.dish_ids),
        )
        for what in kinds
        if _days_with(what, plan)
    )


def served_dislikes(plan: Plan, wishes: Wishes) -> tuple[str, ...]:
    """Say which dislikes a plan serves all the same, and on which days."""
    return tuple(
        STILL_SERVED.format(days=", ".join(map(str, days)), name=named(what.name.replace("_", " ")))
        for what, _ in wishes.dislikes
        if (days := _days_with(what, plan))
    )


def second_lunches(plan: Plan, workdays: Sequence[int]) -> tuple[str, ...]:
    """Say on which workdays, by number, lunch is the dinner of the evening before."""
    of_day = {day.day: day for day in plan.days if day.day in workdays}
    anew = [
        f"day {number}"
        for number, day in of_day.items()
        if all(item.leftover_of is None for meal in day.meals for item in meal.items
               if meal.slot == "lunch")
    ]  # fmt: skip
    told = SECOND_LUNCHES.format(count=len(of_day) - len(anew), days=len(of_day))
    return (told, LUNCH_ANEW.format(days=" and ".join(anew))) if anew else (told,)


def cooked_ahead(plan: Plan, request: PlanRequest, batch: BatchPlan) -> tuple[str, ...]:
    """Say how many meals of days without time to cook were cooked before, where there are any.

    ``batch`` says which of them are kept in the freezer until then.
    """
    wanted = request.preferences
    if not cooks_ahead(wanted.max_minutes_on):
        return ()
    short = {day.day: minutes_on(wanted, request.week, day.day) for day in plan.days}
    meals = {
        (day.day, one.slot): one for day in plan.days for one in day.meals
        if one.slot in MAIN_MEALS and short[day.day].keys() & {one.slot, DAY}
    }  # fmt: skip
    again = [one for one in meals.values() if one.items and one.items[0].leftover_of is not None]
    is_cold = not any(short[day].get(slot, short[day].get(DAY)) for day, slot in meals)
    others = "cold" if is_cold else "cold or quick"
    told = COOKED_AHEAD.format(meals=len(meals), count=len(again), others=others)
    frozen = [one for one in batch.labels if one.eat_on in meals and one.store == FREEZER]
    if not frozen:
        return (told,)
    named = [FOR_MEAL.format(slot=one.eat_on[1], number=one.eat_on[0])
             for one in sorted(frozen, key=attrgetter("eat_on")) if one.eat_on]  # fmt: skip
    months = min(one.keeps for one in frozen)
    return told, FREEZE.format(meals=", ".join(named), months=months)


def _days_with(what: Meaning, plan: Plan) -> list[int]:
    """Give the numbers of the days that have a food or a dish of a name."""
    return [
        day.day
        for day in plan.days
        if what.food_ids & {food_id for food_id, _ in day.ingredients()}
        or what.dish_ids & {item.item_id for item in day.items()}
    ]


def why_left_out(
    meaning: Meaning, candidates: CandidateSet, dishes: Sequence[Dish]
) -> Iterator[Collision]:
    """Say which rules leave out all that a name covers; nothing where some of it may be planned.

    Parameters
    ----------
    meaning
        What the name stands for.
    candidates, dishes
        As of ``unmet_wishes``.
    """
    served = {
        food_id
        for one in candidates.candidates
        for serving in one.servings[:1]
        for food_id, _ in serving.portion.ingredients
    }
    sources = {one.source_id for one in candidates.candidates}
    if meaning.food_ids & served or meaning.dish_ids & sources:
        return
    name = meaning.name.replace("_", " ")
    reasons = list(dict.fromkeys(one.told for one in _grounds(meaning, candidates, dishes)))
    for reason in reasons[:_SHOWN]:
        yield Collision(
            meaning.name,
            LEFT_OUT,
            f"{named(name)} is {reason}",
        )
    if len(reasons) > _SHOWN:
        text = MORE_REASONS.format(name=named(name), count=len(reasons) - _SHOWN)
        yield Collision(meaning.name, LEFT_OUT, text)


def _grounds(
    meaning: Meaning, candidates: CandidateSet, dishes: Sequence[Dish]
) -> Sequence[LeftOut]:
    """Give why foods are left out; else dishes of the name; else those that hold the foods."""
    out = {one.candidate_id: one for one in candidates.left_out}
    holding = {
        dish.dish_id
        for dish in dishes
        if any(line.food_id in meaning.food_ids for line in dish.ingredients)
    }
    levels = (meaning.food_ids, meaning.dish_ids, holding)
    known = [[out[own_id] for own_id in sorted(ids) if own_id in out] for ids in levels]
    by_rule = ([one for one in level if one.code in LEFT_OUT_WORDS] for level in known)
    return next((level for level in (*by_rule, *known) if level), [])
