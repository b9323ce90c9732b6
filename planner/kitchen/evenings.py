"""What is done on the evening before a day: taken out of the freezer, soaked, made overnight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from types import MappingProxyType

from planner.candidates.dish import Dish
from planner.kitchen.batch import is_thawed
from planner.kitchen.cooked import Key
from planner.kitchen.errand import ShoppingList
from planner.kitchen.kept import kept_by
from planner.meals.rules import read_meal_rules
from planner.plan.plan import Day, Plan
from planner.request.days import menu_day, weekend_days
from planner.request.request import PlanRequest, WeekOptions
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
    """Give the days on which somebody takes lunch along: weekdays; it waits in the fridge."""
    along = any(one.takes_lunch_along for one in eater_requests(request).values())
    if not along or not kept_by(request).has_fridge:
        return frozenset()
    return work_days(request.week)


def work_days(week: WeekOptions) -> frozenset[int]:
    """Give the days without the time of a weekend."""
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
    """Give number of a day → what is done in its evening for the next; the first may be day 0.

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
        made = {(one.slot, one.what) for one in ahead_of if one.kind == MAKE}
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
    """Give a plan without what was put on a day when the evening before it was over."""

    def early(day: Day) -> Day:
        known = begun.get(str(day.day))
        if known is None:
            return day
        meals = (
            replace(meal, items=tuple(one for one in meal.items if one.item_id in known))
            for meal in day.meals
        )
        return replace(day, meals=tuple(meals))

    return replace(plan, days=tuple(map(early, plan.days)))


def _thawed(
    shopping: ShoppingList, day: Day, made: Set[tuple[str, str]], *, is_known: bool
) -> Iterator[tuple[int, Chore]]:
    """Give what is thawed for a day, and how many days ahead: two where some is ``made`` on one.

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
