"""Run a sweep: plan every way in its rhythm, let neighbours exchange what they found, judge all.

Each point is searched with the same work and seed, alone at first. Where it has one week, that of
each point is weighed in the programme of every other: a point takes the best of those that hold
there, and searches on from those of its neighbours. So what is allowed and better under a tighter
wish is never worse under a looser one, and chance of the search does not show as a step.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from foods.errors import UserFacingError
from planner.export.shopping import over_budget_usd
from planner.plan.outcome import TableOutcome, joined_weeks
from planner.request.request import PlanRequest
from planner.rhythm.bath import Bath
from planner.rhythm.choices import Choices
from planner.rhythm.exact import lower_bound
from planner.rhythm.options import Option
from planner.rhythm.plan import build_week, found_week, outcome_together, plan_weeks
from planner.rhythm.table import TableWeek
from planner.shops import shopping_in
from planner.sweep.curve import STOPPED, Sweep, SweepPoint
from planner.sweep.way import Axis, SweepWay, without_ratio
from planner.table.prepare import PreparedTable, prepare_table
from planner.table.report import report_table

Told = Callable[[int, int], object]
"""Told how many points are searched, and of how many."""
Seat = tuple[str, str, str]
"""Name of a role, part of a meal, and id of the candidate."""
Menu = Mapping[str, Sequence[tuple[Seat, float]]]
"""Eater → what takes which role, and how many servings."""


@dataclass(slots=True)
class _Point:
    """A way under work: where it stands, what it is planned from, why not, and what was found.

    ``ranked`` are the weeks of all points that hold here, the fewest points first.
    """

    way: SweepWay
    seat: tuple[int, ...]
    table: PreparedTable | None = None
    error: UserFacingError | None = None
    outcome: TableOutcome | None = None
    week: TableWeek | None = None
    ranked: list[tuple[float, Option]] = field(default_factory=list)

    def add(self, week: TableWeek, taken: Option) -> None:
        """Rank a week where all rules hold."""
        x = week.whole.taking(taken)
        if not week.whole.broken(x):
            self.ranked = sorted({*self.ranked, (week.whole.value(x), taken)})

    @property
    def menu(self) -> Menu | None:
        """The best week known, in words that other points understand."""
        if self.week is None or not self.ranked:
            return None
        return _menu_of(self.week, self.ranked[0][1])


def run_sweep(
    request: PlanRequest,
    axes: Sequence[Axis],
    ways: Sequence[SweepWay],
    told: Told | None = None,
    compares_points: bool = True,
) -> Sweep:
    """Plan each way and give the curve of all.

    Parameters
    ----------
    request
        What was varied.
    axes, ways
        What was varied, and a request for each value, as of ``ways_of``.
    told
        Told how far it is. Ctrl-C ends the work with what is finished.
    compares_points
        As of ``Sweep``.

    Raises
    ------
    UserFacingError
        When every way is refused; the error of the first.
    KeyboardInterrupt
        When it comes before the first way is planned.
    """
    seats = product(*(range(len(axis.values)) for axis in axes))
    points = [_Point(way, seat) for way, seat in zip(ways, seats, strict=True)]
    is_stopped = False
    with shopping_in(request.shops):
        try:
            for done, point in enumerate(points, start=1):
                _find(point)
                if told is not None:
                    told(done, len(points))
            _exchange(points)
        except KeyboardInterrupt:
            is_stopped = True
            if points[0].table is None and points[0].error is None:
                raise
        errors = [point.error for point in points if point.error is not None]
        if len(errors) == len(points):
            raise errors[0]
        answers = tuple(_answer(point) for point in points)
    return Sweep(request, tuple(axes), answers, compares_points, is_stopped)


def _find(point: _Point) -> None:
    """Plan a way without knowing of others."""
    try:
        table = prepare_table(point.way.request)
        table = without_ratio(table) if point.way.is_ratio_free else table
        outcome, rhythm = plan_weeks(table, time.perf_counter())
    except UserFacingError as error:
        point.error = error
        return
    point.table, point.outcome = table.in_rhythm(rhythm), outcome
    if table.count > 1:
        return
    point.week = week = build_week(table, rhythm, 0, ())
    if outcome.total.has_plan:
        eaten = {
            week.first[name] + column.index
            for name, own in outcome.each.items()
            for day in own.days
            for column in day
            if column.index >= 0
        }
        point.add(week, tuple(sorted(eaten)))


def _exchange(points: Sequence[_Point]) -> None:
    """Weigh the week of each point at every other, and search on from those of neighbours."""
    _lend(points, [point.menu for point in points])
    _lend(points, [_search_on(points, point) for point in points])


def _lend(points: Sequence[_Point], menus: Sequence[Menu | None]) -> None:
    for point in points:
        for menu in menus if point.week is not None else ():
            if point.week is not None and menu is not None:
                taken, is_whole = _seated(point.week, menu)
                if is_whole:
                    point.add(point.week, taken)


def _search_on(points: Sequence[_Point], point: _Point) -> Menu | None:
    """Search from the weeks of neighbours that have a better one, else from its own.

    What is better there may hold here after small changes.
    """
    week, solve = point.week, point.way.request.solve
    if week is None:
        return None
    least = min(point.ranked, default=(float("inf"), ()))[0]
    around = [one for one in points if one.ranked and _are_next(one, point)]
    begun = [one.menu for one in around if one.ranked[0][0] < least] or [point.menu]
    bath = Bath(week.whole, week.decisions, effort=solve.effort)
    for menu in begun:
        if menu is not None:
            point.add(week, bath.search(solve.seed, start=_seated(week, menu)[0]))
    return point.menu


def _are_next(one: _Point, other: _Point) -> bool:
    """Whether points are one step from each other along an axis."""
    return sum(abs(x - y) for x, y in zip(one.seat, other.seat, strict=True)) == 1


def _menu_of(week: TableWeek, taken: Option) -> Menu:
    menu = {}
    for name, choices in week.choices.items():
        seats = ((_seat(choices, at), choices.plate(at)) for at in week.own(name, taken))
        menu[name] = [(seat, plate.serving.portion.servings) for seat, plate in seats]
    return menu


def _seat(choices: Choices, at: int) -> Seat:
    choice = choices.choices[at]
    role = choices.rhythm.roles[choice.role].name
    return role, choice.part, choices.candidate(at).candidate_id


def _seated(week: TableWeek, menu: Menu) -> tuple[Option, bool]:
    """Return the binaries of a week that are what a menu has, and whether nothing of it lacks.

    Portions are the nearest ones.
    """
    taken, lacks = list[int](), False
    for name, choices in week.choices.items():
        known: dict[Seat, list[int]] = {}
        for at in range(len(choices.choices)):
            known.setdefault(_seat(choices, at), []).append(at)
        for seat, servings in menu[name]:
            able = known.get(seat, [])
            lacks |= not able
            sizes = {at: choices.plate(at).serving.portion.servings for at in able}
            near = sorted(able, key=lambda at: abs(sizes[at] - servings))[:1]
            taken += [week.first[name] + at for at in near]
    return tuple(sorted(taken)), not lacks


def _answer(point: _Point) -> SweepPoint:
    """Judge the best week of a point that its budget pays for, or say why there is none."""
    if point.error is not None:
        return SweepPoint(point.way, "refused", told=str(point.error))
    if point.table is None:
        return SweepPoint(point.way, STOPPED)
    for outcome in _outcomes(point):
        report = report_table(point.table, outcome)
        if report.passed and over_budget_usd(report) <= 0.0:
            return SweepPoint(point.way, report.outcome.status, report)
    week = point.week
    proven = week is not None and not point.ranked and lower_bound(week.whole) is None
    return SweepPoint(point.way, "infeasible" if proven else "no_plan_in_time")


def _outcomes(point: _Point) -> Iterator[TableOutcome]:
    """Return the weeks of a point, the best first."""
    week, started = point.week, time.perf_counter()
    if week is None:
        if point.outcome is not None and point.outcome.total.has_plan:
            yield point.outcome
        return
    for _, taken in point.ranked:
        yield joined_weeks([outcome_together(found_week(week, taken), started)])
