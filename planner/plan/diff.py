"""What differs between two plans: per day and meal, and in the figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import Literal

from planner.plan.plan import Day, Item, Plan
from planner.plan.shares import eaters_of, own_plan, present_days
from planner.request.request import NAMELESS

Action = Literal["swap", "add", "remove", "amount"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs.

    Parameters
    ----------
    day, slot
        Day from 1, and meal.
    action
        ``"swap"``: another thing; ``"amount"``: another portion of the same; ``"add"``,
        ``"remove"``.
    before, after
        What stood there and what stands there now; ``None`` where nothing does.
    """

    day: int
    slot: str
    action: Action
    before: Item | None
    after: Item | None


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What a day, or the mean day of a plan, brings.

    Parameters
    ----------
    magnesium_mg, calcium_mg, energy_kcal
        Amounts a day; ``None`` where unknown.
    ca_mg_ratio
        Calcium to magnesium, of a plan sum over sum.
    cost
        Usual price a day [USD].
    """

    magnesium_mg: float | None
    calcium_mg: float | None
    ca_mg_ratio: float | None
    energy_kcal: float | None
    cost: float


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """What differs between two plans.

    Parameters
    ----------
    changes
        By day and meal.
    days
        (day, figures before, after) for each day of either plan; ``None`` where a plan lacks it.
    before, after
        Figures of the mean day.
    cost_before, cost_after
        Usual price of all days [USD].
    dates
        Number of a day → its date, where it is the same in every plan that has the day.
    guests_before, guests_after
        Plates of guests, over all meals.
    """

    changes: tuple[Change, ...]
    days: tuple[tuple[int, DayFigures | None, DayFigures | None], ...]
    before: DayFigures
    after: DayFigures
    cost_before: float
    cost_after: float
    dates: Mapping[int, date] = field(default_factory=dict)
    guests_before: int = 0
    guests_after: int = 0


@dataclass(frozen=True, slots=True)
class TableDifference:
    """What differs between two plans of a table.

    Parameters
    ----------
    table
        The common table, figures being sums over all eaters.
    eaters
        Name → what differs in that eater's own plan, for those who are in both.
    come, gone
        Names of those who are in the later plan alone, and in the earlier one alone.
    """

    table: PlanDifference
    eaters: Mapping[str, PlanDifference]
    come: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def compare_tables(before: Plan, after: Plan) -> TableDifference:
    """Describe what differs on the table, and for each of the eaters who is in both plans.

    A plan of one eater without a name differs as a whole from whatever it is compared with.
    """
    whole, old, new = compare_plans(before, after), eaters_of(before), eaters_of(after)
    if NAMELESS in (*old, *new):
        return TableDifference(whole, {NAMELESS: whole})
    eaters = {
        name: compare_plans(own_plan(before, name), own_plan(after, name))
        for name in new
        if name in old
    }
    come = tuple(name for name in new if name not in old)
    gone = tuple(name for name in old if name not in new)
    return TableDifference(whole, eaters, come, gone)


def compare_plans(before: Plan, after: Plan) -> PlanDifference:
    """Describe what differs; days are compared by their number, meals by their slot."""
    old, new = ({day.day: day for day in plan.days} for plan in (before, after))
    numbers = sorted({*old, *new})
    was, now = ({at: day_figures(day) for at, day in side.items()} for side in (old, new))
    return PlanDifference(
        changes=tuple(
            change
            for number in numbers
            for change in _changes(number, old.get(number), new.get(number))
        ),
        days=tuple((number, was.get(number), now.get(number)) for number in numbers),
        before=_mean_figures(before),
        after=_mean_figures(after),
        cost_before=before.cost,
        cost_after=after.cost,
        dates=_same_dates(old, new),
        guests_before=_plates(before),
        guests_after=_plates(after),
    )


def _same_dates(old: Mapping[int, Day], new: Mapping[int, Day]) -> dict[int, date]:
    """Return the dates of days that no plan has on another date."""
    told = {number: {days[number].date for days in (old, new) if number in days}
            for number in (*old, *new)}  # fmt: skip
    return {number: when for number, (when, *more) in told.items() if when and not more}


def day_figures(day: Day) -> DayFigures:
    """Return the figures of a day."""
    return _figures(day.totals, day.ca_mg_ratio, day.cost)


def _mean_figures(plan: Plan) -> DayFigures:
    return _figures(plan.means, plan.ca_mg_ratio, plan.cost / len(present_days(plan.days)))


def _figures(amounts: Mapping[str, float | None], ratio: float | None, cost: float) -> DayFigures:
    magnesium, calcium = amounts.get("magnesium_mg"), amounts.get("calcium_mg")
    return DayFigures(magnesium, calcium, ratio, amounts.get("energy_kcal"), cost)


def _meals(day: Day | None) -> dict[str, tuple[Item, ...]]:
    return {meal.slot: meal.items for meal in day.meals} if day else {}


def _changes(number: int, before: Day | None, after: Day | None) -> Iterator[Change]:
    old, new = _meals(before), _meals(after)
    for slot in dict.fromkeys([*old, *new]):
        for pair in _pairs(old.get(slot, ()), new.get(slot, ())):
            yield Change(number, slot, *pair)


def _pairs(
    before: Sequence[Item], after: Sequence[Item]
) -> Iterator[tuple[Action, Item | None, Item | None]]:
    """Pair what a meal lost with what it gained, other portions of the same first."""
    gone, come = _without(before, after), _without(after, before)
    for item in list(gone):
        same = next((other for other in come if _thing(other) == _thing(item)), None)
        if same is not None:
            gone.remove(item)
            come.remove(same)
            yield "amount", item, same
    for old, new in zip_longest(gone, come):
        yield "remove" if new is None else "add" if old is None else "swap", old, new


def _without(items: Iterable[Item], others: Sequence[Item]) -> list[Item]:
    """Return the items that the others do not have in the same portion, each counted once."""
    rest = list(others)
    left = []
    for item in items:
        same = next((other for other in rest if _portion(other) == _portion(item)), None)
        if same is None:
            left.append(item)
        else:
            rest.remove(same)
    return left


def _thing(item: Item) -> tuple[str, str, bool]:
    return item.kind, item.item_id, item.leftover_of is None


def _portion(item: Item) -> tuple[object, ...]:
    return *_thing(item), item.ingredients, item.measure


def _plates(plan: Plan) -> int:
    """Count the plates of guests over all meals."""
    meals = [meal for day in plan.days for meal in day.meals]
    return sum(
        max((item.guests.count for item in meal.items if item.guests), default=0) for meal in meals
    )
