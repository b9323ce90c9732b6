"""What is asked for while a week runs is left out on the days to come alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from foods.errors import raise_collected
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.names import Meaning, find_left_out, find_meaning, with_states
from planner.candidates.select import (
    AS_ASKED,
    BREAKFAST,
    TAKES,
    TAKES_EARLY,
    takes_long_at_breakfast,
)
from planner.candidates.servings import mass_per_food
from planner.errors import CandidatesError
from planner.kitchen.pantry import is_staple
from planner.meals.rules import read_meal_rules
from planner.request.days import menu_days, puts_by_day, weekend_days
from planner.request.next_week import MINUTES_ON, days_before, days_since
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.put import Put, days_without
from planner.request.request import PlanRequest
from planner.shops import named
from planner.table.day_limits import day_limits
from planner.targets.eaters import eater_requests

_WATER = "water"
Find = Callable[[Sequence[Dish], FoodTable], Meaning]
"""Dishes and foods → what is left out."""


@dataclass(frozen=True, slots=True)
class LeftOutSince:
    """What a wish leaves out on days.

    Parameters
    ----------
    name
        What it is called in the model.
    days
        Their numbers.
    meaning
        Dishes and foods → what is left out.
    """

    name: str
    days: frozenset[int]
    meaning: Find


def held_throughout(wanted: Preferences, key: str) -> Any:
    """Return a wish that holds on all days; ``None`` where it holds from one on, or is none."""
    return None if key in wanted.since else getattr(wanted, key)


def left_out_since(request: PlanRequest) -> Iterator[LeftOutSince]:
    """Return what is left out from a day on: dishes that take long, and what was had too often."""
    wanted, week = request.preferences, request.week

    def renamed(find: Find, name: str, *, is_anew: bool) -> Find:
        return lambda dishes, foods: replace(find(dishes, foods), name=name, is_anew=is_anew)

    for key, find in _LEFT_OUT.items():
        if key in wanted.since and (most := getattr(wanted, key)) is not None:
            held = range(len(days_before(wanted.since, key, week)) + 1, week.days + 1)
            found = renamed(partial(find, most), f"since.{key}", is_anew=True)
            yield LeftOutSince(f"since.{key}", frozenset(held), found)
    for rule in wanted.per_week:
        if rule.sense == "<=" and (name := str(rule)) in wanted.since:
            found = renamed(partial(counted, rule), name, is_anew=False)
            yield LeftOutSince(name, days_since(wanted.since, name, week), found)


def check_puts_to_come(
    request: PlanRequest,
    meant: Mapping[Put, Sequence[str]],
    foods: FoodTable,
    dishes: Sequence[Dish],
    had: Collection[str],
) -> None:
    """Refuse what is put on a day from which on it is left out; what was ``had`` comes again.

    Raises
    ------
    CandidatesError
        With what leaves it out.
    """
    by_day, faults = puts_by_day(request.week), list[str]()
    for whose, own in eater_requests(request).items() if by_day else ():
        for days, out in _left_out_to_come(own, foods, dishes):
            puts = {put for day in days for put in by_day.get(day, ()) if not put.is_out}
            for put in sorted(puts, key=str):
                why = [_why_out(out, dish_id, dishes) for dish_id in meant[put]]
                is_whose = put.eater.casefold() in ("", whose.casefold())
                is_again = out.is_anew and not set(meant[put]).isdisjoint(had)
                if is_whose and out.slot in ("", put.slot) and all(why) and not is_again:
                    told = AS_ASKED.format(name=why[0])
                    faults.append(f"{put.where}: {named(put.dish)} is {told}")
    raise_collected(CandidatesError, list(dict.fromkeys(faults)), "--put")


def _left_out_to_come(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]
) -> Iterator[tuple[frozenset[int], Meaning]]:
    """Return what is left out from a day on, and on which days."""
    wanted, week = request.preferences, request.week
    yield from ((since.days, since.meaning(dishes, foods)) for since in left_out_since(request))
    yield from _short_of_time(request, foods, dishes)
    for name in wanted.names_lasting:
        on = days_without(wanted.without_on[name], menu_days(week), week.start)
        yield on, find_left_out(name, foods, dishes, "--without-on")


def _short_of_time(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]
) -> Iterator[tuple[frozenset[int], Meaning]]:
    """Yield what takes too long for weekdays, or for some meals, where that holds from a day on.

    A second meal is only warmed up.
    """
    wanted, week = request.preferences, request.week
    taking = partial(_taking, TAKES, dishes=dishes, _foods=foods)
    if (most := wanted.max_minutes_weekday) and (key := "max_minutes_weekday") in wanted.since:
        free = weekend_days(week, read_meal_rules())
        count = len(days_before(wanted.since, key, week))
        on = (day for day, is_free in enumerate(free, start=1) if day > count and not is_free)
        yield frozenset(on), replace(taking("", most), is_anew=True)
    for limit in day_limits(request) if MINUTES_ON in wanted.since else ():
        if limit.slot in week.slots and (minutes := limit.most or 0) > 0:
            yield limit.days, replace(taking("", minutes), slot=limit.slot, is_anew=True)


def _why_out(out: Meaning, own_id: str, dishes: Sequence[Dish]) -> str:
    """Describe what of a meaning leaves a dish or food out; empty where nothing does."""
    held = {own_id}.union(*(mass_per_food(dish) for dish in dishes if dish.dish_id == own_id))
    if own_id not in out.dish_ids and held.isdisjoint(out.food_ids):
        return ""
    return dict(out.needs).get(own_id) or (out.said or out.name)


def foods_lasting(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> frozenset[str]:
    """Name the foods that are left out from a day on: the dishes to come are cooked without."""
    found = set[str]()
    for name in request.preferences.names_lasting:
        with suppress(CandidatesError):  # told with the names of all wishes
            found |= find_left_out(name, foods, dishes).food_ids
    return frozenset(found)


def counted(rule: FrequencyRule, dishes: Sequence[Dish], foods: FoodTable) -> Meaning:
    """Return what a limit of so many a week counts."""
    return with_states(find_meaning(rule.name, foods, dishes, "--per-week"), foods)


def many_ingredients(most: int, dishes: Sequence[Dish], foods: FoodTable) -> Meaning:
    """Return the dishes of more ingredients, beside what most kitchens have, and water."""
    bought = {one.food_id for one in foods if not (one.group == _WATER or is_staple(one.food_id))}
    out = (dish.dish_id for dish in dishes if len(bought & mass_per_food(dish).keys()) > most)
    reason = f"at most {most} ingredients a dish"
    return Meaning(reason, frozenset(), frozenset(out), said=reason)


def _taking(
    pattern: str, slot: str, most: int, dishes: Sequence[Dish], _foods: FoodTable
) -> Meaning:
    """Return the dishes that take longer than they may, at any meal or at breakfast."""
    out = (
        dish
        for dish in dishes
        if (takes_long_at_breakfast(dish, most) if slot else dish.minutes > most)
    )
    told = {dish.dish_id: pattern.format(minutes=dish.minutes, most=most) for dish in out}
    return Meaning("", frozenset(), frozenset(told), slot=slot, needs=tuple(told.items()))


_LEFT_OUT: Mapping[str, Callable[[int, Sequence[Dish], FoodTable], Meaning]] = {
    "max_minutes": partial(_taking, TAKES, ""),
    "max_minutes_breakfast": partial(_taking, TAKES_EARLY, BREAKFAST),
    "max_ingredients": many_ingredients,
}
