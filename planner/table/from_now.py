"""New wishes of a running week: what its past days do not keep holds for the days to come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from foods.table import FoodTable
from planner.candidates.as_cooked import with_amounts
from planner.candidates.at_hand import foods_at_hand
from planner.candidates.dish import Dish
from planner.candidates.names import find_left_out
from planner.errors import CandidatesError, ConfigError
from planner.language.faults import fault
from planner.plan.plan import Item, Plan
from planner.plan.shares import own_plan
from planner.request.days import more_on
from planner.request.diets import name_against
from planner.request.equipment import equipment_in, missing_equipment
from planner.request.preferences import Preferences
from planner.request.put import FROM
from planner.request.request import NAMELESS, PlanRequest
from planner.table.choice import cooked_for, foods_used
from planner.table.prepare import dishes_at_hand
from planner.table.session import EarlierPlan
from planner.targets.eaters import eater_requests

Wishes = dict[str, dict[str, Any]]


def for_days_to_come(
    request: PlanRequest, before: PlanRequest, plan: Plan, past: Collection[int]
) -> PlanRequest:
    """Give a request that leaves out from now on what days that are past hold.

    What a condition leaves out is no wish, and stays.

    Parameters
    ----------
    request, before
        What is asked for now, and what the plan was asked with.
    plan, past
        The plan, and the numbers of its days that are past.

    Raises
    ------
    ConfigError
        When more energy is asked for on a day that is past.
    """
    _check_energy(request, before, past)
    day = next((one for one in plan.days if one.day not in past), None)
    if not past or day is None or day.date is None:
        return request
    words, strict = (FROM.format(day=day.date),), _never_had(request)
    foods = foods_at_hand(request)
    dishes = dishes_at_hand(request, foods)

    def asked(now: Preferences, earlier: Preferences, name: str) -> Preferences:
        had = [one for day in own_plan(plan, name).days if day.day in past for one in day.items()]
        broken = {
            name: row
            for name, row in _new(now, earlier, strict).items()
            if _holds(had, name, foods, dishes)
        }
        return _from(now, broken, words)

    known = {one.name: one.preferences for one in before.eaters}
    eaters = tuple(
        replace(one, preferences=asked(one.preferences, known[one.name], one.name))
        if one.name in known
        else one
        for one in request.eaters
    )
    wanted = asked(request.preferences, before.preferences, NAMELESS)
    return replace(request, preferences=wanted, eaters=eaters)


def dishes_had(document: EarlierPlan, past: Collection[int]) -> dict[str, Dish]:
    """Give the dishes (by id) of days that are past as they were cooked, whatever is asked now."""
    items = [one for day in document.plan.days if day.day in past for one in day.items()]
    held = {one.item_id: {food for food, _ in one.ingredients} for one in reversed(items)}
    if not held:
        return {}
    request = document.request
    foods = foods_at_hand(request)
    written = dishes_at_hand(request, foods)
    used = foods_used(request, foods, written)
    each = eater_requests(request)
    by_request = cooked_for(each, foods, written, used)
    week, nothing = replace(request.week, pantry=()), Preferences()  # as before an earlier wish
    bare = {name: replace(one, week=week, preferences=nothing) for name, one in each.items()}
    usual = cooked_for(bare, foods, written)
    found = {one.dish_id: one for one in by_request if one.dish_id in held}
    for one in (*written, *usual, *by_request):
        if {line.food_id for line in one.ingredients} == held.get(one.dish_id):
            found[one.dish_id] = one
    return {one.dish_id: one for one in with_amounts([*found.values()], request.week.amounts)}


def _check_energy(request: PlanRequest, before: PlanRequest, past: Collection[int]) -> None:
    """Refuse more energy on a day that is past: nothing is eaten on it any more."""
    earlier = eater_requests(before)
    for name, own in eater_requests(request).items():
        had, now = earlier.get(name, own).preferences.more_energy, own.preferences.more_energy
        for day in past:
            if more_on(now, request.week, day) != more_on(had, before.week, day):
                raise fault(ConfigError, "more_energy_past", day=day)


def _never_had(request: PlanRequest) -> frozenset[str]:
    each = eater_requests(request).values()
    return frozenset(name for one in each for name in one.patient.names_left_out)


def _new(now: Preferences, before: Preferences, strict: Set[str]) -> Wishes:
    """Give each name that is newly left out, and what is wished for where it is not."""
    new = {name for name in now.without if name not in before.without} - strict
    things = {name for name in new if equipment_in(name)}
    found: Wishes = {name: {"without": {name}} for name in new - things}
    lacks = missing_equipment(now.without, now.kitchen)
    if lacks != missing_equipment(before.without, before.kitchen):
        found[lacks] = {"without": things, "kitchen": before.kitchen}
    if now.diet != before.diet:
        found[name_against(now.diet)] = {"diet": before.diet}
    found.pop("", None)
    return found


def _from(now: Preferences, broken: Wishes, words: tuple[str, ...]) -> Preferences:
    """Give wishes by which what days that are past have is left out from a day on."""
    gone = frozenset[str]().union(*(row.pop("without", ()) for row in broken.values()))
    for row in broken.values():
        now = replace(now, **row)
    on = MappingProxyType({**dict.fromkeys(sorted(broken), words), **now.without_on})
    return replace(now, without=tuple(one for one in now.without if one not in gone), without_on=on)


def _holds(had: Iterable[Item], name: str, foods: FoodTable, dishes: Sequence[Dish]) -> bool:
    with suppress(CandidatesError):  # told with the names of all wishes
        out = find_left_out(name, foods, dishes, "--without-on")
        return any(
            one.item_id in out.dish_ids or any(food in out.food_ids for food, _ in one.ingredients)
            for one in had
        )
    return False
