"""The weeks that are open: each with its steps, so that a change can be undone."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from planner.errors import ConfigError
from planner.explain.account import BoundPrice
from planner.explain.table_report import TableReport
from planner.faults import fault
from planner.plan.locks import LockWish
from planner.request.request import PlanRequest
from planner.search.search import Progress
from planner.shops import NEUTRAL, shopping_in
from planner.sweep.curve import Sweep
from planner.table.made import LastMade
from planner.table.session import EditReport
from planner.web.changes import WeekStep
from planner.web.desk import Watcher
from planner.web.settings import web_settings
from planner.why.account import prices_at

Again = Callable[[Progress, Watcher, int | None], EditReport]
Look = Callable[[], EditReport | None]

_PRICING = Lock()  # a program takes some 100 MB


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
    steps, stays, at
        The week after each change, what is to stay of it when it is planned again, and which of
        them is shown; of marks that a week stays the same, one step behind the other.
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
    at: int = -1
    versions: dict[str, WeekStep] = field(default_factory=dict)
    refused: TableReport | None = None
    again: Any = None
    tried: dict[str, str] = field(default_factory=dict)
    ticked: frozenset[str] = frozenset()
    made: LastMade = field(default_factory=LastMade)
    called: str = ""
    number: int = 1
    curve: Sweep | None = None
    _priced: tuple[WeekStep, Mapping[str, tuple[BoundPrice, ...]]] | None = None

    def prices(self) -> Mapping[str, tuple[BoundPrice, ...]]:
        """Give what bounds cost the week that is shown, for each eater; looked up once."""
        step = self.shown_step()
        if self._priced is None or self._priced[0] is not step:
            with _PRICING, shopping_in(NEUTRAL):
                session = self.made.session_of(step.standing)
                bases = {name: self.made.basis(name, 0) for name in session.eaters}
                self._priced = step, prices_at(session, bases)
        return self._priced[1]

    @property
    def step(self) -> WeekStep | None:
        """The step that is shown; ``None`` before the first."""
        return self.steps[self.at] if self.steps else None

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
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Whether a step was undone."""
        return self.at + 1 < len(self.steps)

    @property
    def locks(self) -> tuple[LockWish, ...]:
        """What is to stay when the step that is shown is planned again."""
        return self.stays[self.at] if self.steps else ()

    @property
    def before(self) -> WeekStep | None:
        """The week before the one that is shown; ``None`` where there is none."""
        return next((one for one in self.steps[: self.at][::-1] if one is not self.step), None)

    def add(self, step: WeekStep, instead: WeekStep | None = None) -> None:
        """Add a step behind the one that is shown, or put it in its place; others are let go.

        ``instead`` is what was found on the way to the step.
        """
        locks = self.locks
        if instead is not None and self.step is instead:
            self.at -= 1
        self._add(step, locks)

    def _add(self, step: WeekStep, locks: tuple[LockWish, ...]) -> None:
        most = web_settings()["limits"]["steps"]
        self.steps = [*self.steps[: self.at + 1], step][-most:]
        self.stays = [*self.stays[: self.at + 1], locks][-most:]
        self.go(len(self.steps) - 1)

    def go(self, at: int) -> None:
        """Show a step, and ask for what it was asked with."""
        if 0 <= at < len(self.steps):
            self.at, self.refused = at, None
            step = self.steps[at]
            self.request, self.answers = step.report.request, step.answers
            self.readings = step.readings

    def toggle(self, lock: LockWish) -> None:
        """Let a part of the week stay, or not any more: a step, so that it can be undone."""
        held = tuple(one for one in self.locks if one != lock)
        self._add(self.shown_step(), held if lock in self.locks else (*held, lock))

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
            for item in (None, *(one.item_id for one in meal.items))
        }
        return tuple(one for one in self.locks if (one.day, one.slot, one.item) in there)

    @property
    def changed(self) -> frozenset[tuple[int, str]]:
        """(day, meal) that the last change moved."""
        step = self.step
        if step is None or step.difference is None:
            return frozenset()
        return frozenset((one.day, one.slot) for one in step.difference.table.changes)


class Shelf:
    """All weeks that are open."""

    def __init__(self) -> None:
        self._weeks: dict[str, OpenWeek] = {}
        self._recent: list[LastMade] = []
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
        limits = web_settings()["limits"]
        made = LastMade(self._recent, limits["made"], limits["at_hand"])
        week_id = secrets.token_urlsafe(9)
        week = OpenWeek(week_id, name, request, dict(answers), made=made, called=name)
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
