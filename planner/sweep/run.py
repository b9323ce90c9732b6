"""Run a sweep: plan every way side by side, let neighbours exchange what they found, judge all.

Each point is searched with the same fixed work, alone at first. Then the plan of each is priced in
the model of every other: a point takes the best of those that it allows, and searches on from it
and from those of its neighbours. So what is allowed and better under a tighter wish is never worse
under a looser one, and chance of the search does not show as a step. Nothing of it hangs on how
many run at a time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass, field
from itertools import product
from typing import TypeVar

from foods.errors import UserFacingError
from planner.export.shopping import over_budget_usd
from planner.model.limits import usable_cores
from planner.request.request import PlanRequest
from planner.shops import shopping_in
from planner.solve.options import polish_work, sweep_work
from planner.sweep.curve import STOPPED, Sweep, SweepPoint
from planner.sweep.laid import LaidWay, Menu, PricedMenu, lay_way, menu_of
from planner.sweep.way import Axis, SweepWay
from planner.table.report import report_table
from planner.table.till import cheaper_requests

Told = Callable[[int, int], None]
"""Told how many pieces of work are done, and of how many."""
Made = TypeVar("Made")


@dataclass(slots=True)
class _Point:
    """A way under work: where it stands, what it is planned from, why not, and what was found.

    ``ranked`` are the menus of all points as far as this one allows them, the fewest points first.
    """

    way: SweepWay
    seat: tuple[int, ...]
    laid: LaidWay | None = None
    error: UserFacingError | None = None
    found: tuple[Menu, ...] = ()
    ranked: list[PricedMenu] = field(default_factory=list)

    @property
    def best(self) -> PricedMenu | None:
        """The best menu known."""
        return self.ranked[0] if self.ranked else None

    @property
    def may_have_plan(self) -> bool:
        """Whether it is built, and nothing proves that it has no plan."""
        return self.laid is not None and self.laid.bound is not None


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
        Told how far it is. Ctrl-C ends the work after the points that are under way.
    compares_points
        As of ``Sweep``.

    Raises
    ------
    UserFacingError
        When every way is refused; the error of the first.
    KeyboardInterrupt
        When it comes before the first way is laid.
    """
    seats = product(*(range(len(axis.values)) for axis in axes))
    points = [_Point(way, seat) for way, seat in zip(ways, seats, strict=True)]
    numbers, work = range(len(points)), _Work(told)
    with shopping_in(request.shops):
        _lay(points[0], None)
        first = points[0].laid
        work.do(lambda at: _find(points[at], first), numbers)
        errors = [one.error for one in points if one.error is not None]
        if len(errors) == len(points):
            raise errors[0]
        found = [menu for one in points for menu in one.found]
        work.do(lambda at: _rank(points[at], found), numbers, is_short=True)
        if not work.is_stopped:
            better = work.do(lambda at: _search_on(points, at), numbers)
            found = [menu for menu in better if menu is not None]
            work.do(lambda at: _rank(points[at], found), numbers, is_short=True)
        answers = work.do(lambda at: _answer(points[at]), numbers, is_short=True)
    told_of = tuple(one for one in answers if one is not None)
    return Sweep(request, tuple(axes), told_of, compares_points, work.is_stopped)


class _Work:
    """Pieces of work side by side, one for each core; Ctrl-C leaves out what has not begun."""

    def __init__(self, told: Told | None) -> None:
        self.told = told
        self.is_stopped = False

    def do(
        self, task: Callable[[int], Made], numbers: Sequence[int], is_short: bool = False
    ) -> list[Made | None]:
        """Do a task for each number; ``None`` stands for what was left out.

        What is short is neither told nor left out.
        """
        done = 0
        with ThreadPoolExecutor(usable_cores()) as pool:
            tasks = [pool.submit(copy_context().run, task, number) for number in numbers]
            waiting = set(tasks)
            while waiting:
                try:
                    waiting = wait(waiting, return_when=FIRST_COMPLETED).not_done
                except KeyboardInterrupt:
                    self.is_stopped = True
                    waiting = {one for one in waiting if is_short or not one.cancel()}
                done = sum(one.done() and not one.cancelled() for one in tasks)
                if self.told is not None and not is_short:
                    self.told(done, len(tasks))
        return [None if one.cancelled() else one.result() for one in tasks]


def _lay(point: _Point, like: LaidWay | None) -> None:
    try:
        point.laid = lay_way(point.way, like)
    except UserFacingError as error:
        point.error = error


def _find(point: _Point, like: LaidWay | None) -> None:
    """Search a way without knowing of others; where its till is too dear, for cheaper weeks too."""
    if point.laid is None and point.error is None:
        _lay(point, like)
    laid = point.laid
    if laid is None or not point.may_have_plan:
        return
    work = sweep_work(point.way.request.solve, len(laid.first))
    outcome = laid.solve(work)
    if not outcome.total.has_plan:
        return
    point.found = (menu_of(outcome),)
    if over_budget_usd(report_table(laid.table, outcome)) > 0.0:
        for request in cheaper_requests(point.way.request):
            cheaper = lay_way(SweepWay(point.way.at, request), like).solve(work)
            point.found += (menu_of(cheaper),) if cheaper.total.has_plan else ()


def _rank(point: _Point, menus: Sequence[Menu]) -> None:
    """Price menus at a point, and rank those that it allows."""
    if point.laid is not None and point.may_have_plan:
        priced = [point.laid.price(menu) for menu in menus]
        point.ranked += [menu for menu in priced if menu is not None]
        point.ranked.sort(key=lambda menu: menu.points)


def _search_on(points: Sequence[_Point], at: int) -> Menu | None:
    """Search from the menus of neighbours that have a better one, else from its own.

    What is better there may hold here after small changes. ``None``: nothing better was found.
    """
    point = points[at]
    if point.laid is None or not point.may_have_plan or point.laid.table.horizon.count > 1:
        return None
    best, points_known = None, math.inf if point.best is None else point.best.points
    around = [one.best for one in _around(points, at) if one.best is not None]
    begun = [one.menu for one in around if one.points < points_known]
    if not begun and point.best is not None:
        begun = [point.best.menu]
    work = polish_work(point.way.request.solve)
    for menu in begun:
        found = point.laid.solve_near(menu, work)
        priced = None if found is None else point.laid.price(found)
        if priced is not None and priced.points < points_known:
            best, points_known = priced.menu, priced.points
    return best


def _around(points: Sequence[_Point], at: int) -> Iterator[_Point]:
    """Return the points one step away from one along an axis."""
    for one in points:
        steps = [abs(x - y) for x, y in zip(one.seat, points[at].seat, strict=True)]
        if sum(steps) == 1:
            yield one


def _answer(one: _Point) -> SweepPoint:
    """Judge the best menu of a point that its budget pays for, or say why there is none."""
    if one.error is not None:
        return SweepPoint(one.way, "refused", told=str(one.error))
    if one.laid is None:
        return SweepPoint(one.way, STOPPED)
    if one.laid.bound is None:
        return SweepPoint(one.way, "infeasible")
    for priced in one.ranked:
        report = report_table(one.laid.table, one.laid.outcome(priced))
        if report.passed and over_budget_usd(report) <= 0.0:
            status, bound = report.outcome.status, report.outcome.bound
            return SweepPoint(one.way, status, bound, report)
    return SweepPoint(one.way, "no_plan_in_time", one.laid.bound)
