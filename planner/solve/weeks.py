"""Plans of any length: weeks of seven days one after another, each knowing the weeks before.

Why not all days at once: what links days is said per week (repeats, means, budget), so a week is
the natural piece, and a month costs four weeks. A later week leaves the dishes of the earlier ones
for later by the points of the history. Its bound holds given those weeks, not for the month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from planner.candidates.candidate import CandidateSet, Column
from planner.candidates.later import may_freeze
from planner.model.asked import left_to_use
from planner.model.clinical import Elsewhere, spreads_of
from planner.model.input import ModelInput
from planner.model.sold import Sold
from planner.plan.outcome import joined as joined
from planner.plan.outcome import joined_weeks as joined_weeks
from planner.request.days import DAYS_PER_WEEK
from planner.search.search import Progress
from planner.search.work import SearchOptions
from planner.settings import read_settings
from planner.solve.compose import (
    TableOutcome,
    Watch,
    compose_table,
    refused_for_empty_places,
)
from planner.solve.parts import (
    EaterWeek,
    Shared,
    WeekParts,
    bounded_weeks,
    build_week,
    build_week_like,
    has_same_rows,
)

Days = tuple[tuple[Column, ...], ...]


def weeks_of(source: ModelInput) -> tuple[ModelInput, ...]:
    """Cut the days of a model's input into weeks, the last one shorter where it must be."""
    if len(source.weekend) <= DAYS_PER_WEEK:
        return (source,)
    firsts = range(0, len(source.weekend), DAYS_PER_WEEK)
    return tuple(
        replace(
            source,
            weekend=source.weekend[first : first + DAYS_PER_WEEK],
            absences=source.absences[first : first + DAYS_PER_WEEK],
            elsewhere=Elsewhere(band_used=_band_used(number, len(firsts))),
        )
        for number, first in enumerate(firsts)
    )


def _band_used(number: int, count: int) -> float:
    """Return the part of a band around the mean for week ``number``, from 0: all of it at last."""
    first: float = read_settings("search.toml")["weeks"]["band_of_first"]
    return first + (1.0 - first) * number / (count - 1)


@dataclass(frozen=True, slots=True)
class Horizon:
    """The weeks of a plan that are planned one after another.

    Parameters
    ----------
    weeks
        Input of the model of each.
    is_cycle
        Whether the first week follows the last one.
    """

    weeks: tuple[ModelInput, ...]
    is_cycle: bool = False

    def knowing(self, number: int, days: Sequence[Days], parts: WeekParts | None) -> ModelInput:
        """Return the input of week ``number``, from 0, with what it must know of the weeks before.

        Parameters
        ----------
        number
            Week, from 0.
        days
            For each week before it the columns of its days.
        parts
            The model of one of them; ``None`` for the first week.
        """
        source = self.weeks[number]
        if parts is None or not days:
            return source
        eaten = [_dishes_of(week) for week in reversed(days)]
        is_last = self.is_cycle and number + 1 == len(self.weeks)
        around = _around(parts, days, is_last=is_last)
        return replace(
            source,
            candidates=_with_frozen(source, days),
            wishes=replace(source.wishes, uses=left_to_use(source.wishes.uses, chain(*days))),
            history=(*eaten, *source.history),
            around=around,
            sold=_with_open(source.sold, days, parts),
            elsewhere=self.elsewhere(number, dict(enumerate(days)), parts),
        )

    def elsewhere(self, number: int, days: Mapping[int, Days], parts: WeekParts) -> Elsewhere:
        """Return what week ``number``, from 0, is told of the days of other weeks.

        Parameters
        ----------
        number
            Week, from 0.
        days
            Week, from 0 → the columns of its days; the week itself may stand there too.
        parts
            The model of one of them.
        """
        amounts: dict[str, tuple[float, ...]] = {}
        for other, columns in days.items():
            source = self.weeks[other]
            for one in spreads_of(parts.model.table, source.clinical, source.absences):
                known = amounts.get(one.label, ())
                amounts[one.label] = (*known, *(one.on(columns) if other != number else ()))
        return Elsewhere(amounts, self.weeks[number].elsewhere.band_used)

    def build(self, number: int, days: Sequence[Days], built: Sequence[WeekParts]) -> WeekParts:
        """Build week ``number``, from one of the same kinds of days where there is one.

        Parameters
        ----------
        number, days
            As of ``knowing``.
        built
            Models of weeks that were built before.
        """
        source = self.knowing(number, days, built[0] if built else None)
        for parts in built:
            if has_same_rows(parts.model.source, source):
                return build_week_like(parts, source)
        return build_week(source)


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

    def refused(self, number: int, started: float) -> TableOutcome | None:
        """State that week ``number``, from 0, has nothing for somebody's place; else ``None``."""
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


def solve_weeks(
    horizon: TableHorizon,
    work: SearchOptions,
    started: float,
    progress: Progress | None = None,
    first: Mapping[str, EaterWeek] | None = None,
    watch: Watch | None = None,
) -> TableOutcome:
    """Plan the weeks one after another; stops at the first one that has no plan for somebody.

    Parameters
    ----------
    horizon
        The weeks of everybody.
    work
        Work to do on each week; a time limit is shared by all of them.
    started
        Reading of ``time.perf_counter`` from which time is counted.
    progress
        Told the best weeks after each round.
    first
        The first week of each eater, where it is built already.
    watch
        Shown weeks that hold while better ones are searched, where one week is planned.

    Raises
    ------
    SolverError
        When the solver fails, or a plan comes out below its bound.
    KeyboardInterrupt
        When it comes before first weeks were found; later, each week left gets one round.
    """
    weeks: list[TableOutcome] = []
    built: list[Mapping[str, WeekParts]] = []
    before: Mapping[str, EaterWeek] = {}
    for number in range(horizon.count):
        refusal = horizon.refused(number, started)
        if refusal is not None:
            weeks.append(refusal)
            break
        known = first if number == 0 else None
        if known is None:
            parts = horizon.build(number, days_of_weeks(horizon, weeks), built)
            known = bounded_weeks(parts, before)
        before = known
        built.append({name: one.parts for name, one in known.items()})
        stopped = any(one.total.stopped for one in weeks)
        of_week = work_on_week(work, number + 1, horizon.count, stopped=stopped)
        seen = watch if horizon.count == 1 else None
        weeks.append(
            compose_table(known, horizon.shared, of_week, started, progress=progress, watch=seen)
        )
        if not weeks[-1].total.has_plan:
            break
    return joined_weeks(weeks)


def work_on_week(
    options: SearchOptions, number: int, count: int, *, stopped: bool
) -> SearchOptions:
    """Share the time limit, and hurry after an interrupt from the keyboard.

    Parameters
    ----------
    options
        Work to do on each week; the time limit is that of all of them.
    number, count
        Week from 1, and how many there are.
    stopped
        Whether the keyboard interrupted a week before.
    """
    if options.time_limit_s is not None:
        options = replace(options, time_limit_s=options.time_limit_s * number / count)
    if not stopped:
        return options
    return replace(options, searches=1, gap=None)


def _with_open(sold: Mapping[str, Sold], days: Sequence[Days], parts: WeekParts) -> dict[str, Sold]:
    """Return what is sold with what the weeks before leave open of it."""
    weeks = [[[column.index for column in day] for day in week] for week in days]
    left = parts.arrays.packages.open_after(weeks)
    return {name: replace(one, home=left.get(name, 0)) for name, one in sold.items()}


def _with_frozen(source: ModelInput, weeks: Sequence[Days]) -> CandidateSet:
    """Return the candidates of a week with the portions that may come from the freezer in it.

    Those are of pots of the weeks before, one portion of each, of what was not eaten lately.
    """
    rule, known = source.rules.rules["leftover"], source.candidates
    if not rule["most_frozen"]:
        return known
    days = [day for week in weeks for day in week]
    served = [column for day in days for column in day]
    lately = {c.candidate.source_id for day in days[-rule["frozen_gap"] :] for c in day}
    cooked = {
        column.candidate.source_id
        for column in served
        if column.place == rule["cooked_on"] and may_freeze(column.candidate.traits.tags)
    }
    cooked -= lately
    cooked -= {c.candidate.source_id for c in served if c.candidate.traits.is_frozen}
    candidates = tuple(
        replace(one, traits=replace(one.traits, is_frozen=True))
        if one.traits.is_leftover and one.source_id in cooked
        else one
        for one in known.candidates
    )
    return replace(known, candidates=candidates) if cooked else known


def _dishes_of(days: Days) -> frozenset[str]:
    return frozenset(
        column.candidate.source_id
        for day in days
        for column in day
        if column.candidate.traits.is_dish
    )


def _around(
    parts: WeekParts, weeks: Sequence[Days], *, is_last: bool
) -> dict[str, tuple[int | None, int | None]]:
    """For what is kept apart, the days since its last serving, and until its next one."""
    days = [day for week in weeks for day in week]
    around = {}
    for spacing in parts.model.spacings:
        served = [
            number
            for number, day in enumerate(days)
            if any(spacing.columns[column.index] for column in day)
        ]
        since = len(days) - served[-1] if served else None
        until = served[0] + 1 if served and is_last else None
        around[spacing.name] = since, until
    return around


def days_of_weeks(horizon: TableHorizon, weeks: Sequence[TableOutcome]) -> dict[str, list[Days]]:
    """Return for each eater the days of the weeks that were solved."""
    return {name: [week.each[name].days for week in weeks] for name in horizon.eaters}
