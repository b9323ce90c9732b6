"""The weeks of several eaters, one after another; within a week all of them are solved together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.bound.aggregate import solve_aggregate
from planner.search.search import Progress, SearchOptions
from planner.solve.horizon import Days, Horizon, joined, work_on_week
from planner.solve.household import (
    HouseholdOutcome,
    add_up,
    compose_household,
    refused_for_empty_places,
)
from planner.solve.pots import EaterWeek, PotOptions, Shared
from planner.solve.week import WeekParts


@dataclass(frozen=True, slots=True)
class TableHorizon:
    """The weeks of everybody at a table.

    Parameters
    ----------
    eaters
        Name → the weeks of that eater; all have the same days.
    shared
        Who shares which places.
    """

    eaters: Mapping[str, Horizon]
    shared: Shared

    @property
    def count(self) -> int:
        """Number of weeks."""
        return len(next(iter(self.eaters.values())).weeks)

    def refused(self, number: int, started: float) -> HouseholdOutcome | None:
        """Say that week ``number``, from 0, has nothing for somebody's place; else ``None``."""
        sources = {name: horizon.weeks[number] for name, horizon in self.eaters.items()}
        return refused_for_empty_places(sources, started)

    def build(
        self,
        number: int,
        days: Mapping[str, Sequence[Days]],
        built: Sequence[Mapping[str, WeekParts]],
    ) -> dict[str, WeekParts]:
        """Build week ``number``, from 0, of everybody.

        Parameters
        ----------
        number
            Week, from 0.
        days
            For each eater the days of each week before it.
        built
            Models of weeks that were built before.
        """
        return {
            name: horizon.build(number, days[name], [one[name] for one in built])
            for name, horizon in self.eaters.items()
        }


def solve_household_weeks(
    horizon: TableHorizon,
    options: SearchOptions,
    pots: PotOptions,
    started: float,
    progress: Progress | None = None,
) -> HouseholdOutcome:
    """Plan the weeks one after another; stops at the first one that has no plan for somebody.

    Parameters
    ----------
    horizon
        The weeks of everybody.
    options, pots
        Work to do on each week; a time limit is shared by all of them.
    started, progress
        As of ``planner.solve.horizon.solve_horizon``.

    Raises
    ------
    SolverError
        When the solver fails, or a plan comes out below its bound.
    KeyboardInterrupt
        When it comes before first weeks were found; later, each week left gets one round.
    """
    weeks: list[HouseholdOutcome] = []
    built: list[Mapping[str, WeekParts]] = []
    for number in range(horizon.count):
        refusal = horizon.refused(number, started)
        if refusal is not None:
            weeks.append(refusal)
            break
        parts = horizon.build(number, days_of_weeks(horizon, weeks), built)
        built.append(parts)
        stopped = any(one.total.stopped for one in weeks)
        work = work_on_week(options, number + 1, horizon.count, stopped=stopped)
        table = {
            name: EaterWeek(one, solve_aggregate(one.model.source, one.arrays))
            for name, one in parts.items()
        }
        weeks.append(
            compose_household(table, horizon.shared, (work, pots), started, progress=progress)
        )
        if not weeks[-1].total.has_plan:
            break
    return joined_weeks(weeks)


def days_of_weeks(
    horizon: TableHorizon, weeks: Sequence[HouseholdOutcome]
) -> dict[str, list[Days]]:
    """Give for each eater the days of the weeks that were solved."""
    return {name: [week.each[name].days for week in weeks] for name in horizon.eaters}


def joined_weeks(weeks: Sequence[HouseholdOutcome]) -> HouseholdOutcome:
    """Put weeks together for each eater and for all; the last one may have no plan."""
    each = {
        name: joined([week.each[name] for week in weeks if name in week.each])
        for name in weeks[-1].each
    }
    last = weeks[-1]
    total = replace(add_up(each.values()), broken=last.total.broken)
    bounds = [week.total.bound for week in weeks]
    if last.total.has_plan and None not in bounds:
        # those of all together, which may lie above the sums of the eaters' own
        known = [bound for bound in bounds if bound is not None]
        status = joined([week.total for week in weeks]).status
        total = replace(total, bound=sum(known), status=status)
    return HouseholdOutcome(total, each, last.is_shared_conflict)
