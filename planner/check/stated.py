"""What a plan file states of itself, held to its request and to sums over what is printed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from planner.check.days import DaysAsked, stated_day_faults
from planner.check.lines import JudgedTable
from planner.check.week import is_stated, ratio_faults, totals_faults
from planner.plan.plan import Plan
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.targets.derive import targets_of
from planner.targets.taken import check_meals_missed, check_taken_allowed
from planner.targets.target import Target
from planner.wire.document import PlanDocument

if TYPE_CHECKING:
    from planner.wire.days import WeekSums

_SAME_KEY = ("nutrient", "period", "basis")
_SAME_BAND = (
    *("lower", "upper", "hard", "unit", "preferred_lower", "preferred_upper", "lowered_from"),
    *("rule", "source", "confidence"),
)


def derive_for(request: PlanRequest) -> tuple[Target, ...]:
    """Derive the targets of one eater's request.

    Raises
    ------
    ConfigError, TargetsError, RefusedError
        When nothing may be planned for this person, with these pills or without these meals.
    """
    found = targets_of(request)
    check_taken_allowed(request, found.targets)
    check_meals_missed(request.week, found.clinical)
    return found.targets


def target_faults(stated: Sequence[Target], derived: Sequence[Target]) -> Iterator[str]:
    """Compare the targets that a plan states with those that its request means."""
    by_key = {_key(target): target for target in stated}
    if len(by_key) < len(stated):
        yield "The plan states a target twice."
    for target in derived:
        found = by_key.pop(_key(target), None)
        if found is None:
            yield f"The plan does not state {_named(target)}."
            continue
        for name in _SAME_BAND:
            says, means = getattr(found, name), getattr(target, name)
            if not _is_same(says, means):
                band = f"{name} of {_named(target)}"
                yield f"The plan states {says} as {band}, the request means {means}."
    for target in by_key.values():
        yield f"The plan states {_named(target)}, which the request does not mean."


def plan_faults(
    document: PlanDocument, table: JudgedTable, cost_of: Callable[[JudgedTable], float | None]
) -> Iterator[str]:
    """Compare what a plan states of its days together with sums over what is printed.

    Parameters
    ----------
    document, table
        The file, and what is on the table.
    cost_of
        Gives what some days cost [USD]; ``None`` where that is not known.
    """
    plan = document.plan
    yield from sums_faults("Week", "Mean of the week", plan, table, cost_of(table))
    parts, weeks = table.weeks(), document.printed.weeks
    if weeks and [week.days for week in weeks] != [part.numbers for part in parts]:
        yield "The weeks of the plan do not match its days in groups of seven."
        weeks = []
    for number, (week, part) in enumerate(zip(weeks, parts, strict=False), start=1):
        where = f"Week {number}"
        mean = f"Mean of week {number}"
        yield from sums_faults(where, mean, week, part, cost_of(part))
    asked = DaysAsked.of(document.request.week)
    for day in plan.days:
        yield from stated_day_faults(day, asked)
        found_usd = cost_of(table.on_day(day.day))
        yield from cost_faults(f"Day {day.day}", day.cost, found_usd)


def sums_faults(
    where: str,
    mean: str,
    stated: Plan | WeekSums,
    table: JudgedTable,
    cost_usd: float | None,
) -> Iterator[str]:
    """Compare stated totals, means, Ca:Mg and cost with sums over what is printed.

    Parameters
    ----------
    where, mean
        How to name the days, and a day of them on average.
    stated, table
        What is stated of the days, and what is on the table.
    cost_usd
        What they cost [USD]; ``None`` where that is not known.
    """
    pills = table.supplements_on(None)
    yield from totals_faults(where, stated.totals, table.lines, pills)
    yield from totals_faults(mean, stated.means, table.lines, pills, len(table.present) or 1)
    yield from ratio_faults(where, stated.ca_mg_ratio, table.lines, pills)
    yield from cost_faults(where, stated.cost, cost_usd)


def cost_faults(where: str, stated_usd: float, cost_usd: float | None) -> Iterator[str]:
    """Compare a stated cost with that of what is printed; an unknown one is no fault."""
    if cost_usd is not None and not is_stated(stated_usd, cost_usd):
        yield f"{where}: states a cost of {stated_usd:.2f} USD, not {cost_usd:.2f} USD."


def _key(target: Target) -> tuple[str, ...]:
    return tuple(getattr(target, name) for name in _SAME_KEY)


def _named(target: Target) -> str:
    basis = "" if target.basis == "total" else f", {target.basis}"
    told = "the target of {nutrient} per day{basis}"
    if target.period != "day":
        told = "the target of {nutrient} per week{basis}"
    return told.format(nutrient=target.nutrient, basis=basis)


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=read_settings("check.toml")["tolerance"]["sum"])
    return one == other
