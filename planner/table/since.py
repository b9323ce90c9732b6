"""What is asked for while a week runs is left out on the days to come alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.names import Meaning, find_left_out, find_meaning, with_states
from planner.candidates.select import BREAKFAST, TAKES, TAKES_EARLY, takes_long_at_breakfast
from planner.candidates.servings import mass_per_food
from planner.errors import CandidatesError
from planner.kitchen.pantry import is_staple
from planner.language.spoken import mark, said
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.request import PlanRequest
from planner.request.since import days_before, days_since

_WATER = "water"


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
    meaning: Callable[[Sequence[Dish], FoodTable], Meaning]


def held_throughout(wanted: Preferences, key: str) -> Any:
    """Give a wish that holds on all days; ``None`` where it holds from one on, or is none."""
    return None if key in wanted.since else getattr(wanted, key)


def left_out_since(request: PlanRequest) -> Iterator[LeftOutSince]:
    """Give what is left out from a day on: dishes that take long, and what was had too often."""
    wanted, week = request.preferences, request.week

    def dishes_out(key: str, out: Callable[[Sequence[Dish], FoodTable], Meaning]) -> LeftOutSince:
        held = range(len(days_before(wanted.since, key, week)) + 1, week.days + 1)
        name = f"since.{key}"

        def meaning(dishes: Sequence[Dish], foods: FoodTable) -> Meaning:
            return replace(out(dishes, foods), name=name, is_anew=True)

        return LeftOutSince(name, frozenset(held), meaning)

    for key, out in _LEFT_OUT.items():
        if key in wanted.since and (most := getattr(wanted, key)) is not None:
            yield dishes_out(key, out(most))
    for rule in wanted.per_week:
        if rule.sense == "<=" and str(rule) in wanted.since:
            days = days_since(wanted.since, str(rule), week)
            yield LeftOutSince(str(rule), days, _counted_of(rule))


def foods_lasting(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> frozenset[str]:
    """Name the foods that are left out from a day on: the dishes to come are cooked without."""
    found = set[str]()
    for name in request.preferences.names_lasting:
        with suppress(CandidatesError):  # told with the names of all wishes
            found |= find_left_out(name, foods, dishes).food_ids
    return frozenset(found)


def counted(rule: FrequencyRule, dishes: Sequence[Dish], foods: FoodTable) -> Meaning:
    """Give what a limit of so many a week counts."""
    return with_states(find_meaning(rule.name, foods, dishes, "--per-week"), foods)


def many_ingredients(most: int, dishes: Sequence[Dish], foods: FoodTable) -> Meaning:
    """Give the dishes of more ingredients, beside what most kitchens have, and water."""
    bought = {one.food_id for one in foods if not (one.group == _WATER or is_staple(one.food_id))}
    out = (one.dish_id for one in dishes if len(bought & mass_per_food(one).keys()) > most)
    reason = said(mark("at most {count} ingredients a dish"), count=most)
    return Meaning(reason, frozenset(), frozenset(out), said=reason)


def _counted_of(rule: FrequencyRule) -> Callable[[Sequence[Dish], FoodTable], Meaning]:
    return lambda dishes, foods: replace(counted(rule, dishes, foods), name=str(rule))


def _long(most: int) -> Callable[[Sequence[Dish], FoodTable], Meaning]:
    def meaning(dishes: Sequence[Dish], _: FoodTable) -> Meaning:
        out = [one for one in dishes if one.minutes > most]
        needs = tuple((one.dish_id, _takes(TAKES, one, most)) for one in out)
        return Meaning("", frozenset(), frozenset(dict(needs)), needs=needs)

    return meaning


def _long_breakfast(most: int) -> Callable[[Sequence[Dish], FoodTable], Meaning]:
    def meaning(dishes: Sequence[Dish], _: FoodTable) -> Meaning:
        out = [one for one in dishes if takes_long_at_breakfast(one, most)]
        needs = tuple((one.dish_id, _takes(TAKES_EARLY, one, most)) for one in out)
        return Meaning("", frozenset(), frozenset(dict(needs)), slot=BREAKFAST, needs=needs)

    return meaning


def _takes(pattern: str, dish: Dish, most: int) -> str:
    return said(pattern, minutes=dish.minutes, most=most)


def _many(most: int) -> Callable[[Sequence[Dish], FoodTable], Meaning]:
    return lambda dishes, foods: many_ingredients(most, dishes, foods)


_LEFT_OUT = {
    "max_minutes": _long,
    "max_minutes_breakfast": _long_breakfast,
    "max_ingredients": _many,
}
