"""Cook once, eat twice: what is cooked double or at once, frozen, labeled and served again.

Second meals stand in the plan. What goes into the freezer is not eaten in these days: it is in no
total of the plan, but it is bought and cooked with them, so it stands on the shopping list, and a
budget has to pay for it.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.later import fresh_parts, may_freeze
from planner.kitchen.measures import is_heated
from planner.meals.patterns import SLOTS
from planner.plan.guests import parts_beside, pot_of
from planner.plan.plan import Day, Item, Meal, Plan
from planner.settings import read_settings
from planner.wording import joined

DAYS_PER_WEEK, MONTHS_PER_YEAR = 7, 12
FRIDGE, FREEZER = "refrigerator", "freezer"


@dataclass(frozen=True, slots=True)
class Cooking:
    """A dish that is cooked double.

    Parameters
    ----------
    day, date, slot
        Meal it is cooked for; ``date`` is ``None`` in a plan without dates.
    dish_id, name
        The dish.
    servings
        Servings eaten at that meal, those of guests among them.
    again
        (day, slot, servings) of its second meals in the plan.
    frozen_servings
        Servings for the freezer, beside what the plan eats.
    frozen_parts
        (food id, mass [g]) of everything in them.
    frozen_usd
        Usual price of it [USD].
    is_heated
        Whether any of it is cooked, so that what is kept has to cool.
    is_made_before
        Whether it is made on the evening before ``day``.
    is_given
        Whether the freezer does not take what would be for it: nobody eats that.
    thaw_on
        Days of those second meals for which it does not keep, so that they are frozen.
    """

    day: int
    date: date | None
    slot: str
    dish_id: str
    name: str
    servings: float
    again: tuple[tuple[int, str, float], ...]
    frozen_servings: float = 0.0
    frozen_parts: tuple[tuple[str, float], ...] = ()
    frozen_usd: float = 0.0
    is_heated: bool = True
    is_made_before: bool = False
    is_given: bool = False
    thaw_on: frozenset[int] = frozenset()

    @property
    def made_day(self) -> int:
        """Day on which it is made; 0 is the evening before the first."""
        return self.day - self.is_made_before

    @property
    def portions(self) -> tuple[float, ...]:
        """Servings of its meal, of each second meal, and for the freezer where any go there."""
        frozen = (self.frozen_servings,) if self.frozen_servings else ()
        return (self.servings, *(count for _, _, count in self.again), *frozen)

    @property
    def cooked_servings(self) -> float:
        """Everything to be cooked at once."""
        return sum(self.portions)


@dataclass(frozen=True, slots=True)
class CookedItem:
    """Something of a plan, on the day on which its packages are opened.

    Parameters
    ----------
    on
        Day on which it is cooked; of a second meal that of the first, maybe of an earlier plan.
    day, slot, item_id, name
        The meal it is for; what goes into the freezer is for the meal that it is cooked with.
    ingredients, people
        (food id, mass [g]) as planned, and how many times that.
    is_frozen
        Whether it goes into the freezer.
    """

    on: int
    day: int
    slot: str
    item_id: str
    name: str
    ingredients: tuple[tuple[str, float], ...]
    people: float
    is_frozen: bool = False

    def opened(self, on: int, dish: Dish | None) -> Iterator[tuple[int, str, float]]:
        """Yield (day, food id, mass [g]) of what is opened for one person, cooked on day ``on``.

        What is added fresh to a portion from the freezer is opened on the day it is eaten.
        """
        lines = dish.ingredients if dish and is_thawed(dish, on, self.day) else ()
        fresh = fresh_parts(lines, self.ingredients)
        added_g = dict(fresh)
        yield from ((self.day, food_id, mass_g) for food_id, mass_g in fresh)
        for food_id, mass_g in self.ingredients:
            if rest_g := mass_g - added_g.get(food_id, 0.0):
                yield on, food_id, rest_g


@dataclass(frozen=True, slots=True)
class Label:
    """What to write on a box.

    Parameters
    ----------
    dish_id, name, servings
        What is in it, and how much.
    cooked_day, cooked_on
        When it was made; day 0 is the evening before the first.
    store
        ``"refrigerator"`` or ``"freezer"``.
    keeps, unit
        How long it keeps: ``4, "days"`` or ``3, "months"``.
    use_by
        Last date; ``None`` in a plan without dates.
    eat_on
        (day, slot) of the meal it is for; ``None`` in the freezer.
    """

    dish_id: str
    name: str
    servings: float
    cooked_day: int
    cooked_on: date | None
    store: str
    keeps: int
    unit: str
    use_by: date | None
    eat_on: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """Everything that is cooked double, in the order of the days, and the labels for it."""

    cook: tuple[Cooking, ...]
    labels: tuple[Label, ...]

    @property
    def frozen_usd(self) -> float:
        """Usual price of what goes into the freezer [USD]."""
        return sum(cooking.frozen_usd for cooking in self.cook)


def all_cooked(plan: Plan, people: float, batch: BatchPlan | None) -> Iterator[CookedItem]:
    """Return everything that a plan cooks or serves, for eaters, guests and the freezer.

    Parameters
    ----------
    plan
        The plan.
    people
        How many times as many eat it as the plan is for; guests count once.
    batch
        What is cooked double; ``None``: nothing for the freezer.
    """
    for day, meal, item in plan.served():
        on = day.day if item.leftover_of is None else item.leftover_of
        told = (on, day.day, meal.slot, item.item_id, item.name)
        yield CookedItem(*told, item.ingredients, people)
        for parts, times in zip(parts_beside(item), (people, 1), strict=True):
            yield CookedItem(*told, tuple(parts.items()), times)
    for cooking in batch.cook if batch else ():
        told = (cooking.day, cooking.day, cooking.slot, cooking.dish_id, cooking.name)
        yield CookedItem(*told, cooking.frozen_parts, people, is_frozen=not cooking.is_given)


def plan_batch(
    plan: Plan,
    dishes: Iterable[Dish],
    budget_per_week: float | None = None,
    fits: Callable[[Cooking, Sequence[Cooking]], bool] = lambda _more, _others: True,
    cooked_more: Mapping[str, float] = MappingProxyType({}),
) -> BatchPlan:
    """Describe what to cook double on which day: for second meals, and for the freezer.

    Parameters
    ----------
    plan
        The plan; its second meals name the day they were cooked on.
    dishes
        The dishes with their tags and the days they keep; what is not among them is not frozen.
    budget_per_week
        What a week may cost with the freezer's share [USD]; ``None`` leaves that open.
    fits
        Whether one more dish may be cooked for the freezer, beside others.
    cooked_more
        What was cooked on days that are past, as ``WeekOptions`` has it.
    """
    most_usd = math.inf if budget_per_week is None else budget_per_week / DAYS_PER_WEEK
    room_usd = most_usd * len(plan.days) - plan.cost
    known = {dish.dish_id: dish for dish in dishes}
    pots = {(meal.day, meal.dish_id): meal for meal in _second_meals(plan)}
    taken = {pot.dish_id for pot in pots.values()}
    for cooking in _left_of(plan, pots, cooked_more):
        frozen = [each for each in pots.values() if each.frozen_servings and not each.is_given]
        dish = known.get(cooking.dish_id)
        is_frozen = dish is not None and may_freeze(dish.tags) and fits(cooking, frozen)
        pots[cooking.day, cooking.dish_id] = replace(cooking, is_given=not is_frozen)
    left = [pot for pot in pots.values() if pot.frozen_servings]
    fitting = _may_be_doubled(plan, known, {*taken, *(one.dish_id for one in left)}, cooked_more)
    cook = sorted(
        [*pots.values(), *_for_the_freezer(plan, known, fitting, left, room_usd, fits)],
        key=lambda one: (one.day, SLOTS.index(one.slot), one.dish_id),
    )
    cook = [
        replace(
            one,
            is_heated=is_heated(dish),
            is_made_before=dish.is_made_before,
            thaw_on=frozenset(day for day, *_ in one.again if is_thawed(dish, one.day, day)),
        )
        if (dish := known.get(one.dish_id))
        else one
        for one in cook
    ]
    return BatchPlan(tuple(cook), tuple(_labels(cook, known)))


def _second_meals(plan: Plan) -> Iterator[Cooking]:
    again: dict[tuple[int, str], list[tuple[int, str, float]]] = {}
    for day in plan.days:
        for slot, item in _dishes_of(day):
            if item.leftover_of is not None:
                meal = (day.day, slot, item.servings_cooked)
                again.setdefault((item.leftover_of, item.item_id), []).append(meal)
    for day in plan.days:
        for slot, item in _dishes_of(day):
            later = again.get((day.day, item.item_id))
            if later and item.leftover_of is None:
                yield _cooking(day, slot, item, tuple(later))


def _left_of(
    plan: Plan, pots: Mapping[tuple[int, str], Cooking], cooked_more: Mapping[str, float]
) -> Iterator[Cooking]:
    """Return what was cooked on days that are past of which a part is for no meal any more."""
    for day in plan.days:
        for slot, item in _dishes_of(day):
            own = pots.get((day.day, item.item_id)) or _cooking(day, slot, item, ())
            more = cooked_more.get(more_key(day.day, item.item_id), 0.0)
            left = more - sum(own.portions[1:])
            if left > 0.0 and item.leftover_of is None:
                share = left / item.servings
                yield replace(
                    own,
                    frozen_servings=left,
                    frozen_parts=tuple((id_, round(g * share, 1)) for id_, g in item.ingredients),
                    frozen_usd=item.cost * share,
                )


def more_key(day: int, dish_id: str) -> str:
    """Name a dish that was cooked on a day, as it stands among what was."""
    return f"{day}:{dish_id}"


def _may_be_doubled(
    plan: Plan, dishes: Mapping[str, Dish], taken: Set[str], cooked_more: Mapping[str, float]
) -> list[tuple[Day, str, Item]]:
    """Return the freezable dishes that are not cooked yet, those that are most work first."""
    rule = read_settings("meals/freezer.toml")["double"]
    fitting = [
        (day, slot, item)
        for day in plan.days
        for slot, item in _dishes_of(day)
        if item.leftover_of is None
        and item.servings >= rule["least_servings"]
        and item.item_id not in taken
        and more_key(day.day, item.item_id) not in cooked_more
        and item.item_id in dishes
        and may_freeze(dishes[item.item_id].tags)
    ]
    return sorted(fitting, key=lambda one: (-dishes[one[2].item_id].active_minutes, one[0].day))


def _for_the_freezer(
    plan: Plan,
    dishes: Mapping[str, Dish],
    fitting: Iterable[tuple[Day, str, Item]],
    left: Sequence[Cooking],
    room_usd: float,
    fits: Callable[[Cooking, Sequence[Cooking]], bool],
) -> list[Cooking]:
    """Pick the dishes that save the most work when cooked once for two meals, beside ``left``."""
    rule = read_settings("meals/freezer.toml")["double"]
    most = math.ceil(rule["most"] * len(plan.days) / DAYS_PER_WEEK) - len(left)
    room_usd -= sum(cooking.frozen_usd for cooking in left)
    found: list[Cooking] = []
    for day, slot, item in fitting:
        # As much again as is eaten: the same masses, at the same price.
        one = replace(
            _cooking(day, slot, item, ()),
            frozen_servings=item.servings,
            frozen_parts=item.ingredients,
            frozen_usd=item.cost,
            is_made_before=dishes[item.item_id].is_made_before,
        )
        if len(found) < most and item.cost <= room_usd and fits(one, [*left, *found]):
            room_usd -= item.cost
            found.append(one)
    return found


def _cooking(day: Day, slot: str, item: Item, again: tuple[tuple[int, str, float], ...]) -> Cooking:
    servings = item.servings_cooked
    return Cooking(day.day, day.date, slot, item.item_id, item.name, servings, again)


def _labels(cook: Iterable[Cooking], dishes: Mapping[str, Dish]) -> Iterator[Label]:
    for one in cook:
        dish = dishes.get(one.dish_id)
        made = (one.made_day, one.date and one.date - timedelta(days=one.is_made_before))
        what = (one.dish_id, one.name)
        for day, slot, servings in one.again:
            if dish and day in one.thaw_on:
                months = freezer_months(dish.protein)
                use_by = months_later(one.date, months) if one.date else None
                yield Label(*what, servings, *made, FREEZER, months, "months", use_by, (day, slot))
                continue
            keeps = dish.keeps_days if dish else day - one.day
            use_by = one.date + timedelta(days=keeps) if one.date else None
            told = (keeps + one.is_made_before, "days")  # from the evening on which it is made
            yield Label(*what, servings, *made, FRIDGE, *told, use_by, (day, slot))
        if one.frozen_servings and dish and not one.is_given:
            keeps = freezer_months(dish.protein)
            use_by = months_later(one.date, keeps) if one.date else None
            yield Label(*what, one.frozen_servings, *made, FREEZER, keeps, "months", use_by, None)


def is_thawed(dish: Dish | None, cooked_on: int | None, day: int) -> bool:
    """Whether a second meal comes from the freezer: where it is later than the dish keeps."""
    return dish is not None and cooked_on is not None and day - cooked_on > dish.keeps_days


def freezer_months(protein: str) -> int:
    """Return the months for which a dish of this protein family is worth freezing."""
    months: Mapping[str, Any] = read_settings("meals/freezer.toml")["months"]
    return int(months.get(protein, months["usual"]))


def months_later(when: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month."""
    years, month = divmod(when.month - 1 + months, MONTHS_PER_YEAR)
    year, month = when.year + years, month + 1
    return date(year, month, min(when.day, calendar.monthrange(year, month)[1]))


def _dishes_of(day: Day) -> Iterator[tuple[str, Item]]:
    for meal, item in day.served():
        if item.kind == "dish":
            yield meal.slot, item


Key = tuple[int, str, str]


class ChildBox(NamedTuple):
    """How children take their part of a dish along.

    Parameters
    ----------
    text
        What is said of it.
    is_all
        Whether nobody else has any of it.
    """

    text: str
    is_all: bool


@dataclass(frozen=True, slots=True)
class Cooked:
    """A dish as it is cooked for a meal.

    Parameters
    ----------
    item
        Everything that is cooked of it at once.
    cooking
        What of it is for other meals or the freezer; ``None`` where nothing is.
    """

    item: Item
    cooking: Cooking | None = None


def cooked_dishes(
    plan: Plan, foods: FoodTable, batch: BatchPlan | None, dishes: Mapping[str, Dish]
) -> Mapping[Key, Cooked]:
    """Return (day, slot, dish id) → what is cooked then, if more is cooked than that meal eats.

    ``dishes`` has the recipes at hand by id: what they add to a kept portion when it is eaten is
    not cooked with the rest.
    """
    items = {
        (day.day, meal.slot, item.item_id): pot_of(item, foods) for day, meal, item in plan.served()
    }
    return {
        (one.day, one.slot, one.dish_id): Cooked(_at_once(one, items, dishes.get(one.dish_id)), one)
        for one in (batch.cook if batch else ())
        if (one.day, one.slot, one.dish_id) in items
    }


def cooked_of(
    cooked: Mapping[Key, Cooked], day: Day, meal: Meal, item: Item, foods: FoodTable
) -> Item:
    """Return everything that is cooked at once of one thing of a meal."""
    found = cooked.get((day.day, meal.slot, item.item_id))
    is_cooked = found is not None and item.leftover_of is None
    return found.item if found and is_cooked else pot_of(item, foods)


def _at_once(one: Cooking, items: Mapping[Key, Item], dish: Dish | None) -> Item:
    """Add up what is eaten then, what is eaten later but for what is added then, and frozen."""
    now = items[one.day, one.slot, one.dish_id]
    masses: dict[str, float] = {}
    later = [_kept(items[day, slot, one.dish_id], dish) for day, slot, _ in one.again]
    for parts in (now.ingredients, *later, one.frozen_parts):
        for food_id, mass_g in parts:
            masses[food_id] = round(masses.get(food_id, 0.0) + mass_g, 1)
    return replace(now, servings=one.cooked_servings, ingredients=tuple(masses.items()))


def _kept(item: Item, dish: Dish | None) -> list[tuple[str, float]]:
    """Return what is cooked of a second meal on the day of the first."""
    fresh = dict(fresh_parts(dish.ingredients, item.ingredients)) if dish else {}
    kept = ((food_id, mass_g - fresh.get(food_id, 0.0)) for food_id, mass_g in item.ingredients)
    return [(food_id, mass_g) for food_id, mass_g in kept if mass_g > 0]


def serving_text(item: Item, dishes: Mapping[str, Dish], box: ChildBox | None = None) -> str:
    """Describe how to serve a second meal, and how a child takes a meal along; else empty.

    Parameters
    ----------
    item
        What is on the table.
    dishes
        Dish id → recipe, those at hand; a dish that is not among them is reheated.
    box
        How children take it along; nothing else is said where they have all of it.
    """
    parts = [box.text] if box else []
    if item.leftover_of is None or (box and box.is_all):
        return joined(parts)
    how = _way(item.item_id, dishes.get(item.item_id))
    return joined([str(read_settings("meals/second_meal.toml")[how]["says"]), *parts])


def is_served_hot(dish: Dish) -> bool:
    """Whether a dish is eaten hot: neither as a second meal nor from a box it is eaten as it is."""
    rule = read_settings("meals/rules.toml")["lunch"]
    is_cold = dish.dish_id in rule["cold_dishes"] or dish.tags & set(rule["cold_tags"])
    return not is_cold and _way(dish.dish_id, dish) == "hot"


def _way(dish_id: str, dish: Dish | None) -> str:
    rules: Mapping[str, Any] = read_settings("meals/second_meal.toml")
    ways = ("cold", "kept")
    named = [how for how in ways if dish_id in rules[how]["dishes"]]
    tagged = [how for how in ways if dish and dish.tags & set(rules[how]["tags"])]
    return [*named, *tagged, "hot"][0]
