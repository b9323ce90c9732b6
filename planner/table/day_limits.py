"""What the hours and minutes of days leave out on them: dishes that do not travel or take long.

A whole day has none of these dishes, so that the meal that was meant keeps its limit for sure: its
main dish is there in time, and nothing that is work stands beside it; where a main dish is put that
is not cooked, or in one pot, nothing beside it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from foods.food import Food
from foods.packages import bought_for
from foods.table import FoodTable
from planner.candidates.candidate import CandidateSet
from planner.candidates.dish import Dish
from planner.candidates.names import Meaning
from planner.errors import CandidatesError
from planner.faults import fault
from planner.kitchen.counter import days_too_late, trips_of
from planner.kitchen.sold import keeping_of
from planner.request.days import DAYS_PER_WEEK, closed_days, hours_on, menu_day, puts_by_day
from planner.request.meal_phrases import DAY, is_at_night
from planner.request.next_week import minutes_on
from planner.request.request import PlanRequest
from planner.settings import read_settings

_MAIN, _BESIDE, SHOP = "main", -1, "shop"
_MAINS = {"breakfast": "breakfast", "lunch": _MAIN, "dinner": _MAIN, "snack": "snack"}


@dataclass(frozen=True, slots=True)
class DayLimit:
    """What is left out on some days with a menu of their own.

    Parameters
    ----------
    slot, most
        Meal that is meant, or ``"day"`` for all together, and the most minutes to make it, or
        ``"shop"`` and for how many days from the store food keeps;
        ``None``: what is eaten at night; 0: nothing is cooked for it; below 0: nothing is cooked
        beside its main dish.
    days
        Their numbers.
    leaves_out
        Whether a dish is left out; at 0 minutes starch that is cooked by itself is, too.
    """

    slot: str
    most: int | None
    days: frozenset[int]
    leaves_out: Callable[[Dish], bool]

    @property
    def name(self) -> str:
        """What it is called in the model."""
        return f"limit.{self.slot}.{self.most}"

    def meaning(self, dishes: Sequence[Dish], foods: FoodTable) -> Meaning:
        """Return it as what is left out by name."""
        rules = read_settings("meals/rules.toml")
        if self.slot == SHOP:
            gone = (food.food_id for food in foods if _is_gone(food, foods, self.most or 0))
            return Meaning(self.name, frozenset(gone), frozenset(), is_anew=True)
        out = frozenset(dish.dish_id for dish in dishes if self.leaves_out(dish))
        if self.most == 0:
            boiled = rules["starch_work"]["minutes"]
            out |= {food.food_id for food in foods if food.base in boiled}
        is_anew = self.most == 0 or (self.most or 0) >= rules["leftover"]["minutes"]
        return Meaning(self.name, frozenset(), out, is_anew=is_anew)


def day_limits(request: PlanRequest) -> Iterator[DayLimit]:
    """Return what the days of one eater leave out."""
    week, wanted = request.week, request.preferences
    on: dict[tuple[str, int | None], set[int]] = {}
    for day in range(1, week.days + 1):
        hours = hours_on(week, day)
        found: list[tuple[str, int | None]] = [
            *((slot, None) for slot in ("lunch", "dinner") if is_at_night(slot, hours)),
            *minutes_on(wanted, week, day).items(),
        ]
        if week.trips:
            found.append((SHOP, _days_from_shop(request, day)))
        for limit in found:
            on.setdefault(limit, set()).add(menu_day(week, day))
    for day, puts in puts_by_day(week).items():
        for put in puts:
            if put.is_alone:
                on.setdefault((put.slot, _BESIDE), set()).add(day)
    for (slot, most), days in on.items():
        yield DayLimit(slot, most, frozenset(days), _rule_of(slot, most))


def minutes_a_day(request: PlanRequest) -> dict[str, int]:
    """Return the name of each limit of whole days → the most minutes of all their meals."""
    return {one.name: one.most for one in day_limits(request) if one.slot == DAY and one.most}


def check_days_served(
    request: PlanRequest, chosen: CandidateSet, dishes: Sequence[Dish], foods: FoodTable
) -> None:
    """Make sure that something is left for each meal that has little time on some days.

    Where a second meal can be warmed up in that time, it may be all that is left.

    Raises
    ------
    CandidatesError
        When no main dish of a meal keeps its minutes.
    """
    for limit in day_limits(request):
        if (meaning := limit.meaning(dishes, foods)).is_anew:
            continue
        out, place = meaning.dish_ids, f"{limit.slot}.{_MAIN}"
        mains = {each.source_id for each in chosen.candidates if place in each.places}
        if mains and limit.most and mains <= out:
            raise fault(CandidatesError, "nothing_on_days", slot=limit.slot, minutes=limit.most)


def _rule_of(slot: str, most: int | None) -> Callable[[Dish], bool]:
    if most is None:
        return _stays_home
    if slot == SHOP:
        return lambda _: False
    if slot == DAY:
        return partial(_takes_all_day, most)
    if most > 0:
        return partial(_takes_longer, slot, most)
    return partial(_is_cooked, slot, beside=most == _BESIDE)


def _days_from_shop(request: PlanRequest, day: int) -> int:
    """Return how long food keeps that is eaten on a day, counted by stages of a week."""
    week, closed = request.week, closed_days(request.week, request.shops)
    starts = trips_of(range(1, week.days + 1), week.trips or 1, closed)
    weeks, rest = divmod(day - max(start for start in starts if start <= day), DAYS_PER_WEEK)
    stages: Sequence[int] = read_settings("request/limits.toml")["trips"]["stages"]
    return weeks * DAYS_PER_WEEK + next(stage for stage in stages if rest < stage)


def _is_gone(food: Food, foods: FoodTable, days: int) -> bool:
    """Whether a food as it is bought is past its days by then, and is not frozen."""
    keeping = keeping_of(bought_for(food, foods)[0])
    return not keeping.freezes and bool(days_too_late(keeping, 1, [days]))


def _stays_home(dish: Dish) -> bool:
    return dish.kind == _MAIN and read_settings("meals/rules.toml")["lunch"]["box"] not in dish.tags


def _is_cooked(slot: str, dish: Dish, *, beside: bool) -> bool:
    cold = read_settings("meals/cooking.toml")["heat"]["cold"]
    is_meant = not beside or dish.kind not in _MAINS.values()
    return is_meant and slot in dish.slots and cold not in dish.tags


def _takes_all_day(most: int, dish: Dish) -> bool:
    return dish.minutes > most


def _takes_longer(slot: str, most: int, dish: Dish) -> bool:
    """Whether a dish may stand at a meal and does not fit into its minutes."""
    if dish.kind == _MAINS[slot]:
        return dish.minutes > most and slot in dish.slots
    return slot in dish.slots and dish.active_minutes > 0
