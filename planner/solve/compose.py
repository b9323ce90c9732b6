"""Solve the weeks of a table: of one eater, or of several who share some dishes.

Each eater has a model, a linear program and a bound of one's own, with every shared place held to
what all of its eaters may have. Points add up, so the sum of the bounds is a bound for all of them
together: no weeks that share these dishes have fewer points.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from planner.model.input import ModelInput
from planner.plan.outcome import Outcome
from planner.plan.outcome import TableOutcome as TableOutcome
from planner.plan.outcome import add_up as add_up
from planner.request.days import DAYS_PER_WEEK
from planner.search.evaluate import FoundWeek, evaluate_week
from planner.search.search import Progress, Sight, Weeks, WeekSearch
from planner.search.work import ListedMeals, SearchOptions
from planner.solve.linked import may_share_dishes
from planner.solve.menus import served_eaters
from planner.solve.parts import (
    EaterWeek,
    Shared,
    Steering,
    average_weeks,
    empty_places,
    judge_week,
    without_week,
)
from planner.solve.together import points_beside, table_prices, terms_beside

Watch = Callable[[TableOutcome], object]
"""Shown what was found so far, while better weeks are searched."""


@dataclass(frozen=True, slots=True)
class _Searched:
    """The weeks that were found, whether rows of theirs are broken, and the columns searched.

    ``is_cut`` says that time was over before it was known whether there are weeks at all.
    """

    weeks: dict[str, FoundWeek]
    broken: bool
    columns: Mapping[str, int]
    is_cut: bool = False


def solve_table(
    sources: Mapping[str, ModelInput],
    shared: Shared,
    options: SearchOptions,
    started: float,
    progress: Progress | None = None,
) -> TableOutcome:
    """Compose the weeks of all eaters and prove how far they can be from the best.

    Parameters
    ----------
    sources
        Name → input of that eater's model, as of ``share_places``.
    shared
        Who shares which places.
    options
        Work to do.
    started
        Reading of ``time.perf_counter`` from which time is counted.
    progress
        Told the best weeks after each round.

    Raises
    ------
    SolverError
        When the solver fails, or a week comes out below its bound.
    KeyboardInterrupt
        When it comes before first weeks were found.
    """
    refusal = refused_for_empty_places(sources, started)
    if refusal is not None:
        return refusal
    weeks = average_weeks(sources)
    return compose_table(weeks, shared, options, started, progress=progress)


def refused_for_empty_places(
    sources: Mapping[str, ModelInput], started: float
) -> TableOutcome | None:
    """State that there are no weeks where nothing may stand on somebody's place; else ``None``."""
    refused = {
        name: Outcome.without_week(started, broken=tuple(f"place.{place}" for place in empty))
        for name, source in sources.items()
        if (empty := empty_places(source))
    }
    return TableOutcome(add_up(refused.values()), refused) if refused else None


def compose_table(
    weeks: Mapping[str, EaterWeek],
    shared: Shared,
    options: SearchOptions,
    started: float,
    steering: Mapping[str, Steering] | None = None,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> TableOutcome:
    """Search the weeks of all eaters together and judge each by the points of its model.

    Parameters
    ----------
    weeks, shared
        The week of each eater, and who shares which places.
    options, started, progress
        As in ``solve_table``.
    steering
        What else leads the search, for each eater; ``None`` for the points of the models alone.
    watch
        Shown weeks that hold on the way; of a proof or a limit of time they know nothing.
    """
    blank = {name: without_week(week, started) for name, week in weeks.items()}
    failed = {name: blank[name] for name, one in weeks.items() if one.answer.bound is None}
    if failed:
        return TableOutcome(add_up(failed.values()), failed)
    bound = sum(week.answer.bound or 0.0 for week in weeks.values())
    deadline = None if options.time_limit_s is None else started + options.time_limit_s
    leads = steering or {name: Steering(week.parts.arrays) for name, week in weeks.items()}
    outcome_of = partial(_outcome, weeks, leads, blank, started)
    sight: Sight | None = None
    if watch is not None:

        def sight(found: Weeks) -> None:
            seen = _Searched(dict(zip(weeks, found, strict=True)), False, dict.fromkeys(weeks, 0))
            watch(outcome_of(seen))

    found = _search(weeks, shared, options, leads, (bound, deadline, progress, sight))
    if found is None:  # each eater has weeks alone, and none share dishes
        return TableOutcome(add_up(blank.values()), blank, is_shared_conflict=True)
    return outcome_of(found)


def _outcome(
    weeks: Mapping[str, EaterWeek],
    leads: Mapping[str, Steering],
    blank: Mapping[str, Outcome],
    started: float,
    found: _Searched,
) -> TableOutcome:
    """Judge what was found."""
    each = {
        name: _judged(week, found, name, leads[name], blank[name]) for name, week in weeks.items()
    }
    each = {name: replace(one, time_s=time.perf_counter() - started) for name, one in each.items()}
    outcome = add_up(
        each.values(), terms_beside(_source(weeks), (one.days for one in each.values()))
    )
    if found.broken:
        rows = tuple(
            f"{name}: {row}" if name else row for name, one in each.items() for row in one.broken
        )
        return TableOutcome(replace(outcome, broken=rows), each)
    return TableOutcome(outcome, each)


def _search(
    weeks: Mapping[str, EaterWeek],
    shared: Shared,
    options: SearchOptions,
    leads: Mapping[str, Steering],
    until: tuple[float, float | None, Progress | None, Sight | None],
) -> _Searched | None:
    """Search among cheap columns, then among more; ``None`` where it is proven that none exist.

    ``until`` is the bound at which a search may end, the reading of the clock at which it must,
    who is told of its progress, and who is shown weeks on the way.
    """
    searched, work, most, may_share = None, 0, options.most_work, None
    if options.any_week:
        most *= min(1.0, len(_source(weeks).weekend) / DAYS_PER_WEEK)
    for listed, attempt in _attempts(options, leads):
        if searched is not None and work >= most:
            break
        eaters = served_eaters(weeks, shared, leads, listed)
        search = WeekSearch(eaters, table_prices(_source(weeks)), points_beside(weeks))
        found = search.run(replace(attempt, most_work=most - work), *until)
        work += search.work
        broken = sum(len(one.broken) for one in found)
        columns = {name: eater.columns for name, eater in zip(weeks, search.eaters, strict=True)}
        searched = _Searched(dict(zip(weeks, found, strict=True)), broken > 0, columns)
        if not broken or (options.any_week and broken > options.stuck):
            break
        if may_share is None:  # a proof takes less than the wider search that would follow
            may_share = may_share_dishes(weeks, shared)
        if may_share == "no":
            return None
    assert searched is not None
    return replace(searched, is_cut=searched.broken and may_share == "out of time")


def cut_by_clock(found: TableOutcome) -> TableOutcome:
    """Say of what came of solving that time was over before all was known."""
    each = {name: replace(one, cut_by_clock=True) for name, one in found.each.items()}
    return replace(found, total=replace(found.total, cut_by_clock=True), each=each)


def _attempts(
    options: SearchOptions, steering: Mapping[str, Steering]
) -> Iterator[tuple[ListedMeals, SearchOptions]]:
    """Return what to search and how: near the start, cheap meals, and more and more of them."""
    first = next((one.first for one in steering.values() if one.first is not None), None)
    if options.short and not options.any_week:
        short = first or options
        yield short.listed[0], short.shortened(options.short)
    if first is not None:
        yield first.listed[0], first
    for further, listed in enumerate(options.listed):
        yield listed, replace(options, seed=options.seed + further)


def _plain(week: EaterWeek, found: FoundWeek, steering: Steering) -> FoundWeek:
    """Return a week with the points of its model, not those that led to it."""
    parts = week.parts
    if steering.arrays is parts.arrays:
        return found
    plain = evaluate_week(parts.arrays, parts.between, found.choices)
    return replace(plain, cut=found.cut, stopped=found.stopped)


def _judged(
    week: EaterWeek, searched: _Searched, name: str, lead: Steering, blank: Outcome
) -> Outcome:
    """Judge one eater's week by its own points; it stands only where everybody's holds."""
    found = _plain(week, searched.weeks[name], lead)
    sought = replace(
        blank,
        bound=week.answer.bound,
        searched=searched.columns[name],
        cut_by_clock=searched.is_cut or any(one.cut for one in searched.weeks.values()),
        stopped=any(one.stopped for one in searched.weeks.values()),
    )
    if searched.broken:
        return replace(sought, status="no_plan_in_time", broken=found.broken)
    return judge_week(sought, week.parts, found)


def _source(weeks: Mapping[str, EaterWeek]) -> ModelInput:
    """Return the input of one eater's model, for what all have in common."""
    return next(iter(weeks.values())).parts.model.source
