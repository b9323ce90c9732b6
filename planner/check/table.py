"""Judge the table that several eaters share: what each of them has, and that it adds up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.check.cost import cost_of
from planner.check.guests import guest_faults, guest_food_faults
from planner.check.hours import minutes_faults
from planner.check.judge import CheckResult, check_plan
from planner.check.lines import FoodSource, JudgedTable, ServedItem, read_table
from planner.check.stated import (
    cost_faults,
    derive_for,
    plan_faults,
    sums_faults,
    target_faults,
)
from planner.check.told import kinds_faults, person_faults, told_faults
from planner.check.week import is_stated, stated_faults
from planner.plan.plan import Day, Item
from planner.plan.shares import days_of, eaters_of
from planner.request.days import absent_days, menu_day
from planner.request.meal_phrases import DAY
from planner.request.next_week import minutes_on
from planner.request.request import NAMELESS, PlanRequest
from planner.request.table import shared_places
from planner.wire.document import PlanDocument
from planner.wire.plan_file import WrittenEater

_MASS_G = 0.05  # masses are printed in tenths of a gram


@dataclass(frozen=True, slots=True)
class TableCheck:
    """What the judge says of a table.

    Parameters
    ----------
    eaters
        Name → verdict on that eater's own plan.
    faults
        What is wrong with the table itself.
    """

    eaters: Mapping[str, CheckResult]
    faults: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every eater's plan holds, and the table is what it says."""
        return not self.faults and all(eater.passed for eater in self.eaters.values())

    def with_faults(self, more: Iterable[tuple[str, str]]) -> TableCheck:
        """Return the verdict where more is not so, each with whose it is; nobody's: the table's."""
        eaters, own = dict(self.eaters), list(self.faults)
        for name, text in more:
            if name in eaters:
                eaters[name] = eaters[name].with_faults([text])
            else:
                own.append(text)
        return TableCheck(eaters, tuple(own))

    def as_one(self) -> CheckResult:
        """Return one verdict for all; where there are several, findings stay with the eaters."""
        if NAMELESS in self.eaters:
            return self.eaters[NAMELESS]
        own = [f"{name}: {fault}" for name, eater in self.eaters.items() for fault in eater.faults]
        return CheckResult(self.passed, (), (*self.faults, *own))


def judge_eater(
    name: str,
    request: PlanRequest,
    document: PlanDocument,
    part: WrittenEater | None,
    foods: FoodSource,
) -> CheckResult:
    """Judge what one of several eaters has, as if that eater ate alone."""
    targets = derive_for(request)
    days = days_of(document.plan, name)
    result = check_plan(days, targets, foods, request)
    if part is None:
        more: tuple[str, ...] = ("The plan states nothing of this eater.",)
    else:
        table = read_table(days, foods, request)
        more = (
            *target_faults([target.to_target() for target in part.targets], targets),
            *_day_faults(part, days),
            *_told_faults(name, request, document, result, table),
            *(
                fault
                for day in days
                for fault in cost_faults(
                    f"Day {day.day}",
                    day.cost,
                    cost_of(table.on_day(day.day), request),
                )
            ),
        )
    return result.with_faults(more)


def _told_faults(
    name: str,
    request: PlanRequest,
    document: PlanDocument,
    result: CheckResult,
    table: JudgedTable,
) -> Iterator[str]:
    """Describe what else is told of an eater that is not so."""
    for eater in (part for part in document.printed.eaters if part.name == name):
        yield from person_faults(eater, request, result)
        yield from kinds_faults(eater.week, eater.weeks, table)
        if eater.week is not None:
            cost_usd = cost_of(table, request)
            yield from sums_faults("Week", "Mean of the week", eater.week, table, cost_usd)
        if [day.day for day in eater.days if day.day is not None] not in ([], [*table.numbers]):
            yield "The plan states other days of this eater than it has."


def _day_faults(part: WrittenEater, days: Sequence[Day]) -> Iterator[str]:
    """Compare what is stated of an eater's days with what the shares add up to."""
    if len(part.days) != len(days):
        yield f"The plan states {len(part.days)} days of this eater, and has {len(days)}."
    for day, own in zip(days, part.days, strict=False):
        wrong = [
            key for key, value in own.totals.items() if not is_stated(value, day.totals.get(key))
        ]
        wrong += [
            f"{key} of supplements"
            for key, value in own.supplement_totals.items()
            if not is_stated(value, day.supplement_totals.get(key))
        ]
        wrong += [] if is_stated(own.ca_mg_ratio, day.ca_mg_ratio) else ["ca_mg_ratio"]
        wrong += [] if is_stated(own.cost, day.cost) else ["cost"]
        if wrong:
            yield "Day {day}: states other {wrong} than the shares add up to.".format(
                day=day.day, wrong=", ".join(wrong)
            )


def table_faults(document: PlanDocument, foods: FoodSource) -> Iterator[str]:
    """Describe where the common table is not the sum of what its eaters have."""
    request, plan = document.request, document.plan
    known = [eater.name for eater in request.eaters]
    for name in eaters_of(plan):
        if name not in known:
            yield f"{name} has a share, and is none of the eaters of the request."
    for part in document.printed.eaters:
        if part.name not in known:
            yield f"The plan states {part.name}, who is none of the eaters of the request."
    for day in plan.days:
        each = (minutes_on(eater, request.week, day.day) for eater in request.everybody)
        yield from minutes_faults(day, min((own[DAY] for own in each if DAY in own), default=None))
        for meal in day.meals:
            for item in meal.items:
                yield from _item_faults(ServedItem(day.day, meal.slot, item).said, item)
    yield from _pot_faults(document)
    yield from guest_faults(plan.days, request.week, request.eaters)
    table = read_table(plan.days, foods, request)
    yield from table.faults
    yield from guest_food_faults(plan.days, table, request)
    yield from stated_faults(plan.days, table)
    # What something costs is judged with each eater: a pill that one of them takes already may be
    # added for another.
    costs_usd = {
        day.day: sum(share.cost for item in day.items() for share in item.shares)
        for day in plan.days
    }
    yield from plan_faults(
        document, table, lambda part: sum(costs_usd.get(day, 0.0) for day in part.numbers)
    )
    yield from told_faults(document, table, foods)


def _item_faults(where: str, item: Item) -> Iterator[str]:
    if not math.isclose(item.servings, sum(share.servings for share in item.shares)):
        yield f"{where}: the servings are not the sum of the shares."
    masses = dict.fromkeys((food_id for food_id, _ in item.ingredients), 0.0)
    for share in item.shares:
        for food_id, mass in share.ingredients:
            masses[food_id] = masses.get(food_id, 0.0) + mass
    for food_id, mass in item.ingredients:
        masses[food_id] -= mass
    wrong = [food_id for food_id, rest in masses.items() if abs(rest) > _MASS_G]
    if wrong:
        yield "{where}: {wrong} is not the sum of the shares.".format(
            where=where, wrong=", ".join(wrong)
        )


def _pot_faults(document: PlanDocument) -> Iterator[str]:
    """Describe where those who share a dish have different ones."""
    week = document.request.week
    away = {eater.name: absent_days(week, eater.days) for eater in document.request.eaters}
    for place, names in shared_places(document.request).items():
        slot = place.split(".")[0]
        mains = [_mains(document, name, slot) for name in names]
        for number, each in enumerate(zip(*mains, strict=True), start=1):
            day, at = menu_day(week, number), zip(names, each, strict=True)
            if len({dish for name, dish in at if day not in away[name]}) > 1:
                yield "Day {number}, {slot}: {names} do not have the same main dish.".format(
                    number=number, slot=slot, names=", ".join(names)
                )


def _mains(document: PlanDocument, name: str, slot: str) -> list[str]:
    """Name the first thing of a meal on each day, nothing where the meal is missed."""
    found = []
    for day in days_of(document.plan, name):
        items = [item for meal in day.meals if meal.slot == slot for item in meal.items]
        found.append(items[0].item_id if items else "")
    return found
