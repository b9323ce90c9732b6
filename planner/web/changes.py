"""What a click does to a week: each by the function that the command of its name calls."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TypeVar

from planner.errors import ConfigError
from planner.explain.replacements import TableReplacements
from planner.explain.report import Report
from planner.explain.table_report import TableReport
from planner.export.as_json import as_json
from planner.pipeline import plan_meals
from planner.plan.diff import TableDifference, compare_tables
from planner.plan.locks import LockWish, Stay
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import PlanRequest
from planner.search.search import Progress
from planner.shops import NEUTRAL, shopping_in
from planner.table.made import LastMade, ReportedPlan
from planner.table.replan import replan_table
from planner.table.session import EditReport, TableSession, open_table
from planner.table.swap import apply_replacement, rank_replacements
from planner.web.desk import Watcher

AGAIN = "Planning around what stays …"
NOTING = "Notes"
Kind = TypeVar("Kind", Report, TableReport)


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """One thing of a week.

    Parameters
    ----------
    day, slot
        Day from 1, and meal.
    item
        Its id; empty for the whole meal.
    eater
        Whose it is; empty where it is shared, or one eats.
    """

    day: int
    slot: str
    item: str = ""
    eater: str = ""

    @property
    def lock(self) -> LockWish:
        """The wish that it stays."""
        return LockWish(self.day, self.slot, self.item or None)


@dataclass(frozen=True)
class WeekStep:
    """A week as it stood after a change, or why there is none.

    Parameters
    ----------
    report
        The week, checked, or why there is none.
    what
        What was done, in words.
    answers
        The fields that ask for it.
    readings
        How words in another language were read.
    mark
        By which a form says that it is about this week and no later one.
    difference
        What moved; ``None`` for a first week.
    """

    report: TableReport
    what: str
    answers: Mapping[str, str]
    readings: tuple[str, ...] = ()
    difference: TableDifference | None = None
    mark: str = field(default_factory=partial(secrets.token_urlsafe, 6))

    @cached_property
    def standing(self) -> ReportedPlan:
        """The week that changes are made from."""
        return ReportedPlan.of(self.report)

    @cached_property
    def text(self) -> str:
        """The text of plan.json."""
        return f"{as_json(self.report)}\n"

    @cached_property
    def session(self) -> TableSession:
        """What replacements are ranked in."""
        with shopping_in(NEUTRAL):
            return open_table(self.standing)

    def ranked(self, place: ItemPlace) -> TableReplacements:
        """Rank what may stand in the place of one thing.

        Raises
        ------
        ConfigError
            When there is no such thing, or it may not be replaced alone.
        """
        with shopping_in(self.report.request.shops), shopping_in(NEUTRAL):
            return rank_replacements(
                self.session, place.day, place.slot, place.item or None, place.eater or None
            )

    def swapped(self, place: ItemPlace, rank: int) -> EditReport:
        """Make a replacement.

        Raises
        ------
        ConfigError
            As ``ranked``, or when there is none of this rank.
        """
        offers = self.ranked(place).offers
        if not 1 <= rank <= len(offers):
            raise ConfigError(f"there are {len(offers)} replacements, not {rank}")
        with shopping_in(self.report.request.shops):
            return apply_replacement(self.session, offers[rank - 1])

    def replanned(
        self,
        request: PlanRequest,
        locks: tuple[LockWish, ...],
        made: LastMade,
        _progress: Progress,
        _watch: Watcher,
        accept: int | None,
    ) -> EditReport:
        """Plan again for what is asked now, moving as little as possible.

        Raises
        ------
        UserFacingError
            As ``replan_table``.
        """
        return replan_table(self.standing, request, Stay(locks), accept=accept, made=made)


def planned(
    request: PlanRequest,
    before: WeekStep | None,
    progress: Progress,
    watch: Watcher,
    accept: int | None,
) -> EditReport:
    """Plan a week from what is asked alone; ``watch`` is shown weeks on the way.

    ``before`` is the week that it takes the place of, to say what differs.
    """

    def beside(report: TableReport) -> EditReport:
        if before is None or report.plan is None:
            return EditReport(report, None, {})
        plan, points = before.standing.plan, before.standing.points
        return EditReport(report, compare_tables(plan, report.plan), points)

    def seen(report: TableReport) -> None:
        if report.passed:
            watch(beside(report))

    return beside(plan_meals(request, progress=progress, accept=accept, watch=seen))


def noted(step: WeekStep, request: PlanRequest) -> WeekStep:
    """Return a week with the notes of a request; nothing is planned for that."""

    def asked(report: Kind) -> Kind:
        week = replace(report.request.week, notes=request.week.notes)
        return replace(report, request=replace(report.request, week=week))

    own = {name: asked(one) for name, one in step.report.reports.items()}
    report = replace(asked(step.report), reports=own)
    return replace(step, report=report, what=NOTING, difference=None)


def without(request: PlanRequest, name: str) -> PlanRequest:
    """Return a request with one more thing that may not occur."""
    wanted = request.preferences
    return replace(
        request,
        preferences=replace(wanted, without=tuple(dict.fromkeys((*wanted.without, name)))),
    )


def left_out(request: PlanRequest, place: ItemPlace, how: str) -> PlanRequest:
    """Return a request with one more meal that is not planned: eaten elsewhere, or by nobody.

    Raises
    ------
    ConfigError
        When nothing would be left of a day, or of all of them.
    """
    table = dict(request_to_dict(request))
    before = table["week"]["skip"]
    others = [one for one in before if (one["day"], one["slot"]) != (place.day, place.slot)]
    skip = [*others, {"day": place.day, "slot": place.slot, "eaten": how}]
    return request_from_dict({**table, "week": {**table["week"], "skip": skip}})
