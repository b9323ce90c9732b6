"""What is done on the evening before, what lies in the freezer, and boxes to take along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from planner.candidates.dish import Dish
from planner.candidates.used_up import UsedUp
from planner.kitchen.batch import ChildBox, Cooking, Key, is_served_hot, is_thawed
from planner.kitchen.errand import FreezerDay, ShoppingLine, ShoppingList
from planner.kitchen.sold import kept_by
from planner.meals.rules import read_meal_rules
from planner.plan.plan import Day, Plan
from planner.request.days import menu_day, weekend_days
from planner.request.preferences import COLD
from planner.request.request import NAMELESS, PlanRequest, WeekOptions
from planner.settings import read_settings
from planner.targets.eaters import eater_requests

Pot = Mapping[str, float]
THAW, BOX, SOAK, DO, MAKE = "thaw", "box", "soak", "do", "make"


@dataclass(frozen=True, slots=True)
class Chore:
    """Something for the evening before a day.

    Parameters
    ----------
    kind
        ``"thaw"``: to be taken out of the freezer; ``"soak"``: dry beans; ``"do"``: what a recipe
        says in words; ``"make"``: a whole dish.
    what
        Name of a food or dish, or the words of the recipe.
    day, slot
        The meal that it is for; of what is thawed the first one of the day.
    minutes
        Time with hands on it, of a whole dish [min].
    mass_g
        How much is soaked [g].
    """

    kind: str
    what: str
    day: int
    slot: str
    minutes: int = 0
    mass_g: float = 0.0


def boxed_days(request: PlanRequest) -> frozenset[int]:
    """Return the days on which somebody takes lunch along: weekdays; it waits in the fridge."""
    along = any(plan_request.takes_lunch_along for plan_request in eater_requests(request).values())
    if not along or not kept_by(request).has_fridge:
        return frozenset()
    return work_days(request.week)


def work_days(week: WeekOptions) -> frozenset[int]:
    """Return the days without the time of a weekend."""
    free = weekend_days(week, read_meal_rules(week.pattern))
    return frozenset(day for day in range(1, week.days + 1) if not free[menu_day(week, day) - 1])


def evening_chores(
    plan: Plan,
    dishes: Mapping[str, Dish],
    shopping: ShoppingList,
    boxed: Collection[int] = (),
    pots: Mapping[Key, Pot] = MappingProxyType({}),
    begun: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Mapping[int, tuple[Chore, ...]]:
    """Return number of a day → what is done in its evening for the next; the first may be day 0.

    Parameters
    ----------
    plan
        The plan.
    dishes
        Dish id → recipe, those at hand.
    shopping
        Its list, which says what goes into the freezer until when.
    boxed
        Days on which somebody takes lunch along: what travels and is not left from a dinner is made
        before.
    pots
        (Day, slot, dish id) → what is soaked for it: (name, mass [g]).
    begun
        As ``WeekOptions`` has it.
    """
    found = defaultdict[int, list[Chore]](list)
    for day in begun_in(plan, begun).days:
        ahead_of = [*_begun(day, dishes, day.day in boxed)]
        made = {(chore.slot, chore.what) for chore in ahead_of if chore.kind == MAKE}
        is_over = str(day.day - 1) in begun
        for ahead, thawed in _thawed(shopping, day, made, is_known=str(day.day) in begun):
            found[day.day - (1 if is_over else ahead)].append(thawed)
        found[day.day - 1] += (*_boxes(day, dishes), *_soaked(day, pots), *ahead_of)
    return {
        number: tuple(sorted(own, key=lambda one: one.kind != THAW))
        for number, own in found.items()
        if own
    }


def begun_in(plan: Plan, begun: Mapping[str, Collection[str]]) -> Plan:
    """Return a plan without what was put on a day when the evening before it was over."""

    def early(day: Day) -> Day:
        known = begun.get(str(day.day))
        if known is None:
            return day
        meals = (
            replace(meal, items=tuple(item for item in meal.items if item.item_id in known))
            for meal in day.meals
        )
        return replace(day, meals=tuple(meals))

    return replace(plan, days=tuple(map(early, plan.days)))


def _thawed(
    shopping: ShoppingList, day: Day, made: Set[tuple[str, str]], *, is_known: bool
) -> Iterator[tuple[int, Chore]]:
    """Return what is thawed for a day, and how many days ahead: two where some is ``made`` on one.

    Where it ``is_known`` what was begun, nothing is thawed for other things.
    """
    own = {(meal.slot, item.name) for meal, item in day.served()}
    for line in shopping.lines if shopping.boxes != 0 else ():
        if day.day in line.freeze or day.day in line.thaw:
            uses = [(use.slot, use.item) for use in line.uses if use.day == day.day]
            if is_known and uses and own.isdisjoint(uses):
                continue
            ahead = 1 if made.isdisjoint(uses) or day.day == 1 else 2
            yield ahead, Chore(THAW, line.name, day.day, uses[0][0] if uses else "")


def _boxes(day: Day, dishes: Mapping[str, Dish]) -> Iterator[Chore]:
    for meal, item in day.served():
        dish = dishes.get(item.item_id)
        if dish and is_thawed(dish, item.leftover_of, day.day):
            yield Chore(BOX, dish.name, day.day, meal.slot)


def _soaked(day: Day, pots: Mapping[Key, Pot]) -> Iterator[Chore]:
    for meal, item in day.served():
        for name, mass_g in pots.get((day.day, meal.slot, item.item_id), {}).items():
            yield Chore(SOAK, name, day.day, meal.slot, mass_g=mass_g)


def _begun(day: Day, dishes: Mapping[str, Dish], is_boxed: bool) -> Iterator[Chore]:
    box = read_settings("meals/rules.toml")["lunch"]["box"]
    for meal, item in day.served():
        dish = dishes.get(item.item_id)
        is_lunch = is_boxed and meal.slot == "lunch" and bool(dish and box in dish.tags)
        if dish and (dish.ahead or is_lunch) and item.leftover_of is None:
            if dish.is_made_before or is_lunch:
                yield Chore(MAKE, dish.name, day.day, meal.slot, dish.active_minutes)
            else:
                yield Chore(DO, dish.ahead, day.day, meal.slot)


def freezer_days(
    lines: Iterable[ShoppingLine], cook: Iterable[Cooking], starts: Sequence[int], last: int
) -> tuple[FreezerDay, ...]:
    """Tell the freezer evening by evening, each on which something goes in or comes out.

    Parameters
    ----------
    lines, starts
        A shopping list, and the first day of each trip: one shops on the day before.
    cook
        What is cooked double.
    last
        The last day; what is cooked for the freezer stays in it.
    """
    begins = min(starts, default=1) - 1
    boxes = [
        (cooking.made_day, last + 1, (cooking.name, 0))
        for cooking in cook
        if cooking.frozen_servings and not cooking.is_given
    ]
    for line in lines:
        bought = starts[line.trip - 1] - 1
        boxes += [(bought, day - 1, (line.name, day)) for day in line.freeze]
        boxes += [(begins, max(begins, day - 1), (line.name, day)) for day in line.stored]
    moved = {day for since, until, _what in boxes for day in (since, until)} - {last + 1}
    return tuple(
        FreezerDay(
            day,
            tuple(what for since, _until, what in boxes if since == day),
            tuple(what for _since, until, what in boxes if until == day),
            sum(since <= day < until for since, until, _what in boxes),
        )
        for day in sorted(moved)
    )


def fits_freezer(
    lines: Iterable[ShoppingLine],
    starts: Sequence[int],
    last: int,
    uses: Iterable[UsedUp],
    taken: Callable[[UsedUp], float],
    boxes: int | None,
) -> Callable[[Cooking, Sequence[Cooking]], bool]:
    """Return whether one more dish may be cooked for the freezer, beside others.

    It may where the freezer has room for it, and where it takes of what somebody has no more than
    the meals of the plan leave; of what was cooked before, none.

    Parameters
    ----------
    lines, starts, last
        As of ``freezer_days``, without what is cooked for the freezer.
    uses, taken
        What is to be used up, and how much of it the meals take [g].
    boxes
        How many boxes it holds; ``None``: nobody said.
    """
    left_g = [
        (use, 0.0 if use.is_leftover else use.mass_g - taken(use))
        for use in uses
        if not use.is_stock
    ]
    known = tuple(lines)

    def fits(more: Cooking, others: Sequence[Cooking]) -> bool:
        cook = (*others, more)
        for use, rest_g in left_g:
            own_g = [use.taken_by(cooking.dish_id, cooking.frozen_parts) for cooking in cook]
            if own_g[-1] and sum(own_g) > rest_g:
                return False
        told = freezer_days(known, cook, starts, last) if boxes is not None else ()
        return boxes is None or all(day.boxes <= boxes for day in told)

    return fits


THE_CHILD = "the child"


def child_boxes(
    plan: Plan, dishes: Mapping[str, Dish], request: PlanRequest
) -> Mapping[Key, ChildBox]:
    """Return (day, slot, dish id) → how children take it along, for dishes that are eaten hot.

    Source: ``configs/meals/second_meal.toml``.
    """
    rule, found = read_settings("meals/second_meal.toml")["child"], dict[Key, ChildBox]()
    children = [name for name, own in eater_requests(request).items() if _is_child(own, rule)]
    days = work_days(request.week) if children else frozenset[int]()
    for day, meal, item in plan.served():
        dish = dishes.get(item.item_id)
        who = [share.eater for share in item.shares] or [NAMELESS]
        names = [name for name in who if name in children]
        is_lunch = day.day in days and meal.slot == rule["slot"] and names
        if is_lunch and dish and dish.kind == "main" and is_served_hot(dish):
            is_boxed = not dish.tags.isdisjoint(rule["box"]["tags"])
            says = str(rule["box" if is_boxed else "thermos"]["says"])
            told = " and ".join([name or THE_CHILD for name in names])
            is_all = names == who and not item.guests
            found[day.day, meal.slot, item.item_id] = ChildBox(says.format(names=told), is_all)
    return found


def _is_child(own: PlanRequest, rule: Mapping[str, Any]) -> bool:
    is_young = own.profile.age_y < rule["below_y"]
    return is_young and own.takes_lunch_along and own.preferences.lunch != COLD
