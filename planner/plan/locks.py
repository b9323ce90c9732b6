"""Name parts of a plan: a day, a meal, or one thing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from foods.errors import raise_collected
from foods.table import FoodTable, plain_key
from planner.candidates.dish import Dish
from planner.candidates.names import find_meaning, is_in_name
from planner.errors import CandidatesError, ConfigError
from planner.faults import fault
from planner.meals.patterns import SLOTS
from planner.plan.plan import Day, Item, Plan
from planner.request.day_words import (
    DayWord,
    NamedDay,
    day_meant,
    days_told,
    find_day,
    slots_said,
    with_meals,
)

_FORM = "write DAY, DAY:SLOT or DAY:SLOT:ITEM, such as 3:dinner or fri:dinner"


@dataclass(frozen=True, slots=True)
class LockWish:
    """A part of a plan that is to stay.

    Parameters
    ----------
    day
        Day from 1; 0 where it is named.
    slot
        Meal; ``None``: the whole day.
    item
        Id or name of one thing of the meal; ``None``: the whole meal, with nothing added.
    named
        Name of the day: each day of the plan that is called so.
    """

    day: int
    slot: str | None = None
    item: str | None = None
    named: NamedDay | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """Something of the earlier week that stays as it is.

    Parameters
    ----------
    day
        Day from 0.
    slot
        Meal; ``None``: the whole day.
    source_id
        Dish or food of that meal; ``None``: the whole meal, with nothing added.
    """

    day: int
    slot: str | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """What of a plan is to stay.

    Parameters
    ----------
    locks
        Parts of the plan.
    keep
        Names of dishes or foods that stay wherever they stand.
    names
        The eaters for whom they stay; empty: everybody who has them.
    told
        What is said of it instead of naming each part.
    past
        Numbers of the days that are past: they stay for everybody.
    path
        Where the plan lies, with its request beside it.
    """

    locks: tuple[LockWish, ...] = ()
    keep: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    told: str = ""
    past: tuple[int, ...] = ()
    path: Path = Path("plan.json")


def past_days(plan: Plan, now: date) -> tuple[int, ...]:
    """Return the numbers of the days before ``now``; none where all are, or days have no dates."""
    past = tuple(day.day for day in plan.days if day.date is not None and day.date < now)
    return past if len(past) < len(plan.days) else ()


def read_lock(text: str) -> LockWish:
    """Read ``"3:dinner"``, ``"fri:dinner"``, ``"3:dinner:baked_salmon"`` or ``"3"``.

    Raises
    ------
    ConfigError
        When the text has another form.
    """
    day, *rest = [part.strip() for part in text.split(":", 2)]
    word = find_day(day)
    if word is None or "" in rest:
        raise ConfigError(f"{text!r} names no part of a plan", remedy=_FORM)
    slot = with_meals(rest[0]).lower() if rest else None
    if slot is not None and slot not in SLOTS:
        raise fault(ConfigError, "lock_no_meal", rest=rest[0], names=slots_said())
    item = rest[1] if len(rest) > 1 else None
    return LockWish(word, slot, item) if isinstance(word, int) else LockWish(0, slot, item, word)


def find_locks(plan: Plan, wishes: Sequence[LockWish], where: str = "--lock") -> list[LockWish]:
    """Return the wishes with the ids of the things that they name.

    Raises
    ------
    ConfigError
        When the plan has no such day, meal or thing; all faults in one error.
    """
    found, faults = [], []
    for wish in wishes:
        try:
            days = days_told(wish.named or wish.day, len(plan.days), plan.days[0].date)
            found += [_found(plan, replace(wish, day=day)) for day in days]
        except ConfigError as error:
            faults.append(f"{error.what}{f' — {error.remedy}' if error.remedy else ''}")
    raise_collected(ConfigError, faults, where)
    return found


def find_day_number(plan: Plan, word: DayWord, where: str = "--day") -> int:
    """Return the number of the one day of a plan that is called so.

    Raises
    ------
    ConfigError
        When none is, or several are.
    """
    return day_meant(word, len(plan.days), plan.days[0].date, where)


def find_item(plan: Plan, day: int, slot: str, name: str | None = None) -> tuple[Day, Item]:
    """Return a day and one thing of a meal of it, the first where no name is given.

    Raises
    ------
    ConfigError
        When the plan has no such day, meal or thing.
    """
    of_day = day_of_plan(plan, day)
    items = next((meal.items for meal in of_day.meals if meal.slot == slot), ())
    if not items:
        raise ConfigError(f"day {day} has no {slot}", "plan")
    if name is None:
        return of_day, next((dish for dish in items if not dish.is_beside), items[0])
    for item in items:
        if plain_key(name) in (item.item_id, plain_key(item.name)):
            return of_day, item
    called = [item for item in items if is_in_name(name, item.name)]
    if len(called) == 1:
        return of_day, called[0]
    known = ", ".join(f"{item.item_id} ({item.name})" for item in items)
    raise fault(ConfigError, "no_item_at_meal", day=day, name=name, slot=slot, known=known)


def wishes_held(plan: Plan, wishes: Sequence[LockWish]) -> list[LockWish]:
    """Return those of the found wishes of a table that one eater's own plan has something for."""
    held = {(day.day, meal.slot): meal.items for day in plan.days for meal in day.meals}
    return [
        wish
        for wish in wishes
        if wish.slot is None
        or any(wish.item in (None, item.item_id) for item in held.get((wish.day, wish.slot), ()))
    ]


def items_called(
    plan: Plan, name: str, foods: FoodTable, dishes: Sequence[Dish], line_g: float
) -> list[LockWish]:
    """Name every part of a plan that a name covers: by id or name, else by what it is made of.

    Parameters
    ----------
    plan, name
        The plan, and a name as a person wrote it.
    foods, dishes
        What names may mean.
    line_g
        Mass from which a food counts as a part of a dish [g].
    """
    every = [(day.day, meal.slot, item) for day, meal, item in plan.served()]
    word = plain_key(name)
    named = [one for one in every if word in (one[2].item_id, plain_key(one[2].name))]
    if not named:
        try:
            meaning = find_meaning(name, foods, dishes)
        except CandidatesError:
            return []
        named = [
            one
            for one in every
            if one[2].item_id in meaning.dish_ids
            or sum(mass for food, mass in one[2].ingredients if food in meaning.food_ids) >= line_g
        ]
    return [LockWish(day, slot, item.item_id) for day, slot, item in named]


def _found(plan: Plan, wish: LockWish) -> LockWish:
    if wish.slot is None:
        day_of_plan(plan, wish.day)
        return LockWish(wish.day)
    _, item = find_item(plan, wish.day, wish.slot, wish.item)
    return LockWish(wish.day, wish.slot, None if wish.item is None else item.item_id)


def day_of_plan(plan: Plan, number: int) -> Day:
    """Return a day by its number.

    Raises
    ------
    ConfigError
        When the plan has no such day.
    """
    for day in plan.days:
        if day.day == number:
            return day
    last = plan.days[-1].day
    raise fault(ConfigError, "day_outside_plan", number=number, day=plan.days[0].day, last=last)
