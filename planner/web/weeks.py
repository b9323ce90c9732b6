"""The weeks that are open: what is made for them, each with its steps, to be undone."""

from __future__ import annotations

import secrets
import sys
import threading
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, TypeVar

from foods.errors import UserFacingError
from planner.errors import ConfigError
from planner.explain.replacements import TableReplacements
from planner.explain.report import Report
from planner.explain.table_report import TableReport
from planner.export.as_json import as_json
from planner.faults import fault
from planner.pipeline import plan_meals
from planner.plan.diff import TableDifference, compare_tables
from planner.plan.locks import LockWish, Stay
from planner.plan.stop import StoppedError, new_flag, stopped_by
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import PlanRequest
from planner.shops import NEUTRAL, shopping_in
from planner.sweep.run import Sweep
from planner.table.made import ReportedPlan
from planner.table.replan import replan_table
from planner.table.session import EditReport, TableSession, open_table
from planner.table.swap import apply_replacement, rank_replacements
from planner.web.fields import web_settings

WAITING, RUNNING, DONE, FAILED, DROPPED = "waiting", "running", "done", "failed", "dropped"


@dataclass(slots=True)
class Job:
    """Something that is being worked on.

    Parameters
    ----------
    work, then
        What makes the result, and what takes it.
    what
        What is being done, in words.
    state
        ``"waiting"``, ``"running"``, ``"done"``, ``"failed"`` or ``"dropped"``.
    asked_at
        When it was asked for [s].
    stop
        Set to 1, it ends what is searched.
    said
        Says how far it is; empty where that is not known.
    error
        What came in its way.
    """

    work: Callable[[], Any]
    then: Callable[[Any], None]
    what: str
    state: str = WAITING
    asked_at: float = field(default_factory=time.monotonic)
    stop: Any = field(default_factory=new_flag)
    said: Callable[[], str] = str
    error: Exception | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody waits for it."""
        return self.state in (WAITING, RUNNING)

    @property
    def seconds(self) -> int:
        """How long somebody has waited [s]."""
        return int(time.monotonic() - self.asked_at)


class Desk:
    """Few workers for all: jobs in their order, those that were asked again replaced."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._changed = threading.Condition()
        self._closed = False
        count = web_settings()["server"]["workers"]
        self._workers = [
            threading.Thread(target=self._work, daemon=True, name="desk") for _ in range(count)
        ]
        for worker in self._workers:
            worker.start()

    def ask(self, whose: str, job: Job) -> None:
        """Take a job; an older one of the same week is dropped."""
        with self._changed:
            self.drop(whose)
            self._jobs[whose] = job
            self._jobs.move_to_end(whose)  # whoever asks again stands behind who waits
            self._changed.notify_all()

    def drop(self, whose: str) -> None:
        """Let go of what is being done for a week."""
        with self._changed:
            before = self._jobs.get(whose)
            if before is not None and before.is_open:
                before.state = DROPPED
                before.stop[0] = 1

    def close(self) -> None:
        """Let go of everything; what was being worked on has ended then, or soon does."""
        with self._changed:
            for whose in self._jobs:
                self.drop(whose)
            self._closed = True
            self._changed.notify_all()
        for worker in self._workers:
            worker.join(web_settings()["server"]["close_s"])

    def forget(self, whose: str) -> None:
        """Let go of all that is known of a week."""
        with self._changed:
            self.drop(whose)
            self._jobs.pop(whose, None)

    def of(self, whose: str) -> Job | None:
        """Return the newest job of a week."""
        return self._jobs.get(whose)

    def _next(self) -> Job | None:
        with self._changed:
            while not self._closed:
                for job in self._jobs.values():
                    if job.state == WAITING:
                        job.state = RUNNING
                        return job
                self._changed.wait()
        return None

    def _work(self) -> None:
        while (job := self._next()) is not None:
            self._do(job)

    def _do(self, job: Job) -> None:
        try:
            with shopping_in(NEUTRAL), stopped_by(job.stop):
                result = job.work()
            self._take(job, result)
        except StoppedError:
            return
        except UserFacingError as error:
            job.error = error
        except Exception as error:  # a fault of the program must not end the worker
            tell_fault(error)
            job.error = error
        with self._changed:
            if job.error is not None and job.is_open:
                job.state = FAILED
            self._changed.notify_all()

    def _take(self, job: Job, result: Any) -> None:
        """Show what came of a job, unless nobody waits for it any more."""
        with self._changed:
            if job.state == RUNNING:
                job.then(result)
                job.state = DONE


def tell_fault(error: Exception) -> None:
    """Write where the program failed, and nothing of whom it was for: no message, no value."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    sys.stderr.write(f"magplan serve: {type(error).__name__}, {at.name}:{at.lineno}\n")


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
        accept: int | None,
    ) -> EditReport:
        """Plan again for what is asked now, moving as little as possible.

        Raises
        ------
        UserFacingError
            As ``replan_table``.
        """
        return replan_table(self.standing, request, Stay(locks), accept=accept)


def planned(
    request: PlanRequest,
    before: WeekStep | None,
    accept: int | None,
) -> EditReport:
    """Plan a week from what is asked alone.

    ``before`` is the week that it takes the place of, to say what differs.
    """

    def beside(report: TableReport) -> EditReport:
        if before is None or report.plan is None:
            return EditReport(report, None, {})
        plan, points = before.standing.plan, before.standing.points
        return EditReport(report, compare_tables(plan, report.plan), points)

    return beside(plan_meals(request, accept=accept))


def noted(step: WeekStep, request: PlanRequest) -> WeekStep:
    """Return a week with the notes of a request; nothing is planned for that."""

    def asked(report: Kind) -> Kind:
        week = replace(report.request.week, notes=request.week.notes)
        return replace(report, request=replace(report.request, week=week))

    own = {name: asked(own_report) for name, own_report in step.report.reports.items()}
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
    others = [meal for meal in before if (meal["day"], meal["slot"]) != (place.day, place.slot)]
    skip = [*others, {"day": place.day, "slot": place.slot, "eaten": how}]
    return request_from_dict({**table, "week": {**table["week"], "skip": skip}})


Again = Callable[[int | None], EditReport]


class NoStepError(Exception):
    """There is no week yet."""


@dataclass(slots=True)
class OpenWeek:
    """The week of somebody, or of a table, that is open.

    Parameters
    ----------
    week_id, name, called, number
        Its id, which nobody can guess, whose it is, what the first of several that follow each
        other was called, and which of them it is.
    request, answers, readings
        What is asked for now, the fields that ask for it, and how words in another language were
        read.
    steps, stays
        The week after each change, the last of them shown, and what is to stay of it when it is
        planned again; of marks that a week stays the same, one step behind the other.
    versions
        Name → a step that was given one.
    refused
        Why there is no week for what was asked last; ``None`` where there is one.
    again
        What was asked last, to be done once more with a way out.
    tried
        What stood in the panel when it was last planned with.
    ticked
        What of the shopping list is ticked.
    made
        What was made for it last, so that the next change makes little anew.
    curve
        What a slider costs, as it was asked last.
    """

    week_id: str
    name: str
    request: PlanRequest
    answers: Mapping[str, str]
    readings: tuple[str, ...] = ()
    steps: list[WeekStep] = field(default_factory=list)
    stays: list[tuple[LockWish, ...]] = field(default_factory=list)
    versions: dict[str, WeekStep] = field(default_factory=dict)
    refused: TableReport | None = None
    again: Any = None
    tried: dict[str, str] = field(default_factory=dict)
    ticked: frozenset[str] = frozenset()
    called: str = ""
    number: int = 1
    curve: Sweep | None = None

    @property
    def step(self) -> WeekStep | None:
        """The step that is shown; ``None`` before the first."""
        return self.steps[-1] if self.steps else None

    def shown_step(self) -> WeekStep:
        """Return the step that is shown.

        Raises
        ------
        NoStepError
            When there is none yet.
        """
        if self.step is None:
            raise NoStepError
        return self.step

    @property
    def can_undo(self) -> bool:
        """Whether there is a step before the one that is shown."""
        return len(self.steps) > 1

    @property
    def locks(self) -> tuple[LockWish, ...]:
        """What is to stay when the step that is shown is planned again."""
        return self.stays[-1] if self.steps else ()

    @property
    def before(self) -> WeekStep | None:
        """The week before the one that is shown; ``None`` where there is none."""
        return next((step for step in self.steps[::-1] if step is not self.step), None)

    def add(self, step: WeekStep, locks: tuple[LockWish, ...] | None = None) -> None:
        """Add a step behind the one that is shown, with what stays in it."""
        most, locks = web_settings()["limits"]["steps"], self.locks if locks is None else locks
        self.steps, self.stays = [*self.steps, step][-most:], [*self.stays, locks][-most:]
        self._ask_as(step)

    def undo(self) -> None:
        """Let go of the step that is shown, where there is one before it."""
        if self.can_undo:
            self.steps, self.stays = self.steps[:-1], self.stays[:-1]
            self._ask_as(self.steps[-1])

    def _ask_as(self, step: WeekStep) -> None:
        """Ask for what a step was asked with."""
        self.refused, self.readings = None, step.readings
        self.request, self.answers = step.report.request, step.answers

    def toggle(self, lock: LockWish) -> None:
        """Let a part of the week stay, or not any more: a step, so that it can be undone."""
        held = tuple(wish for wish in self.locks if wish != lock)
        self.add(self.shown_step(), held if lock in self.locks else (*held, lock))

    @property
    def locks_there(self) -> tuple[LockWish, ...]:
        """What is to stay and still stands there."""
        plan = None if self.step is None else self.step.report.plan
        if plan is None:
            return ()
        there = {
            (day.day, meal.slot, item)
            for day in plan.days
            for meal in day.meals
            for item in (None, *(item.item_id for item in meal.items))
        }
        return tuple(lock for lock in self.locks if (lock.day, lock.slot, lock.item) in there)

    @property
    def changed(self) -> frozenset[tuple[int, str]]:
        """(day, meal) that the last change moved."""
        step = self.step
        if step is None or step.difference is None:
            return frozenset()
        return frozenset((change.day, change.slot) for change in step.difference.table.changes)


class Shelf:
    """All weeks that are open."""

    def __init__(self) -> None:
        self._weeks: dict[str, OpenWeek] = {}
        self.closed: OpenWeek | None = None
        """The week that was closed last, until another is or the program ends."""

    @property
    def most(self) -> int:
        """How many may be open at once."""
        return int(web_settings()["limits"]["clients"])

    def __iter__(self) -> Iterator[OpenWeek]:
        return iter(tuple(self._weeks.values()))

    def get(self, week_id: str) -> OpenWeek | None:
        """Return the week of an id; ``None`` where none is open."""
        return self._weeks.get(week_id)

    def open(self, name: str, request: PlanRequest, answers: Mapping[str, str]) -> OpenWeek:
        """Open a week for somebody.

        Raises
        ------
        ConfigError
            When too many are open.
        """
        if len(self._weeks) >= self.most:
            raise fault(ConfigError, "too_many_weeks", most=self.most)
        week_id = secrets.token_urlsafe(9)
        week = OpenWeek(week_id, name, request, dict(answers), called=name)
        self._weeks[week.week_id] = week
        return week

    def close(self, week_id: str) -> None:
        """Let a week go, with all that was said of whom it is for, once another is closed."""
        self.closed = self._weeks.pop(week_id, None) or self.closed

    def reopen(self) -> OpenWeek | None:
        """Open the week again that was closed last; ``None`` where there is none."""
        week, self.closed = self.closed, None
        if week is not None:
            self._weeks[week.week_id] = week
        return week
