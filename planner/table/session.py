"""A plan that may be changed: each eater's days in the columns of the models they come from.

A session holds what the weeks of one request are made from, so that in a running process a list of
replacements takes milliseconds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from foods.errors import raise_collected
from foods.table import nearest_names
from planner.errors import ConfigError, RefusedError
from planner.explain.table_report import TableReport
from planner.faults import fault
from planner.plan.diff import TableDifference
from planner.plan.outcome import Outcome
from planner.plan.plan import Day, Item, Plan
from planner.plan.shares import own_plan
from planner.request.days import DAYS_PER_WEEK
from planner.request.request import PlanRequest
from planner.rhythm.weeks import StandingPlan
from planner.search.evaluate import Choices, FoundWeek, evaluate_week
from planner.solve.parts import (
    WeekParts,
    bounded_weeks,
    build_week_like,
    build_week_near,
    judge_week,
)
from planner.solve.seating import Seating, Served, seat_week
from planner.solve.weeks import Days, Horizon, joined
from planner.table.had import dishes_before
from planner.table.prepare import PreparedEater, PreparedTable, prepare_table


class EarlierPlan(Protocol):
    """A plan that is changed: its file, or what was reported of it."""

    @property
    def request(self) -> PlanRequest:
        """The request that it answers."""

    @property
    def plan(self) -> Plan:
        """Its days."""

    @property
    def points(self) -> Mapping[str, float | None]:
        """Name → points."""


@dataclass(frozen=True, slots=True)
class SeatedWeek:
    """One week of a plan: its model, and the days in its columns."""

    parts: WeekParts
    seating: Seating

    def judged(self) -> FoundWeek:
        """Judge the days by all rules and points."""
        return evaluate_week(self.parts.arrays, self.parts.between, self.seating.choices)


@dataclass(frozen=True, slots=True)
class EaterSession:
    """A plan, and everything that changes to it are made from.

    Parameters
    ----------
    plan
        The plan as it stands.
    week
        What its request is planned from.
    weeks
        Each week that has a menu of its own.
    """

    plan: Plan
    week: PreparedEater
    weeks: tuple[SeatedWeek, ...]

    @property
    def menus(self) -> int:
        """Days that have a menu of their own."""
        return sum(len(one.weekend) for one in self.week.horizon.weeks)

    def place_of(self, number: int) -> tuple[int, int]:
        """Return the week, and the day in it, whose menu is eaten on day ``number``; all from 0."""
        menu = number % self.menus if self.week.request.week.cycle else number
        return divmod(menu, DAYS_PER_WEEK)

    def seat_of(self, of_day: Day, slot: str, item: Item) -> tuple[int, int, int]:
        """Return week and day, from 0, and column of one thing that may still be planned."""
        week, number = self.place_of(self.plan.days.index(of_day))
        column = next(
            column
            for served, column in self.weeks[week].seating.days[number]
            if column is not None and (served.slot, served.source_id) == (slot, item.item_id)
        )
        return week, number, column

    def points(self) -> float:
        """Return the points of the plan as it stands."""
        return sum(one.judged().objective for one in self.weeks)


def seat_plan(plan: Plan, week: PreparedEater, like: EaterSession | None = None) -> EaterSession:
    """Find the columns of an earlier plan in the models of the weeks that are planned now."""
    weeks: list[SeatedWeek] = []
    for number, source in enumerate(week.horizon.weeks):
        if weeks:
            days = [_columns_of(one) for one in weeks]
            parts = week.horizon.build(number, days, [one.parts for one in weeks])
        else:
            parts = build_week_near(None if like is None else like.weeks[0].parts, source)
        first = number * DAYS_PER_WEEK
        is_last = number + 1 == len(week.horizon.weeks)
        # days that the new request does not have stay with the last week, so that locks find them
        after = first + len(source.weekend) if week.request.week.cycle or not is_last else None
        served = [_served(day) for day in plan.days[first:after]]
        weeks.append(SeatedWeek(parts, seat_week(parts, served)))
    known = _among_others(week.horizon, weeks) if len(weeks) > 1 else weeks
    return EaterSession(plan, week, tuple(known))


def _among_others(horizon: Horizon, weeks: Sequence[SeatedWeek]) -> Iterator[SeatedWeek]:
    """Let each week know the days of all others, so that a change in one keeps what they share."""
    days = {number: _columns_of(one) for number, one in enumerate(weeks)}
    for number, one in enumerate(weeks):
        known = replace(horizon.elsewhere(number, days, one.parts), band_used=1.0)
        source = replace(one.parts.model.source, elsewhere=known)
        yield replace(one, parts=build_week_like(one.parts, source))


def judge_choices(
    session: EaterSession,
    choices: Sequence[Choices],
    started: float,
    found: Outcome | None = None,
    *,
    with_bound: bool = True,
) -> Outcome:
    """Judge each week by its own points, those after a changed one by what they now follow.

    ``found`` says how they were searched. Without a bound, which takes most of the time, nothing is
    proven of them.
    """
    known = found or blank_outcome(session, started)
    unproven = replace(known, bound=None, weeks=(), terms={}, days=())
    outcomes: list[Outcome] = []
    built = [one.parts for one in session.weeks]
    for number, chosen in enumerate(choices):
        parts = session.week.horizon.build(number, [one.days for one in outcomes], built)
        blank = unproven
        if with_bound:
            proof = bounded_weeks({"": parts})[""].answer
            blank = replace(blank, bound=proof.bound, solver=proof.solver, version=proof.version)
        week = evaluate_week(parts.arrays, parts.between, chosen)
        outcomes.append(judge_week(blank, parts, week))
    return joined(outcomes)


def check_seated(session: EaterSession) -> None:
    """Refuse to swap in a plan that its own request would not allow today.

    Raises
    ------
    ConfigError
        When something in it may not be planned any more, or it has another number of days.
    """
    days = session.plan.days
    gone = "day {week} {slot}: {source_id} may not be planned any more"
    faults = []
    for week, one in enumerate(session.weeks):
        for number, served in one.seating.missing:
            day = week * DAYS_PER_WEEK + number + 1
            faults.append(gone.format(week=day, slot=served.slot, source_id=served.source_id))
    if len(days) != session.week.request.week.days:
        other = "the plan has {count} days, its request asks for another number"
        faults.append(other.format(count=len(days)))
    raise_collected(ConfigError, faults, "plan: `magplan replan` plans around it")


def blank_outcome(session: EaterSession, started: float) -> Outcome:
    """Return an outcome without a week yet."""
    return Outcome.without_week(
        started,
        considered=len(session.weeks[0].parts.model.table),
        build_s=sum(one.parts.build_s for one in session.weeks),
    )


def _columns_of(week: SeatedWeek) -> Days:
    columns = week.parts.model.table.columns
    return tuple(tuple(columns[index] for index in day) for day in week.seating.choices)


def _served(day: Day) -> list[Served]:
    """Return what the meals of a day serve; what stands beside them is seated by itself."""
    return [
        Served(meal.slot, item.item_id, item.servings, item.leftover_of is not None)
        for meal, item in day.served()
        if not item.is_beside
    ]


@dataclass(frozen=True, slots=True)
class TableSession:
    """The plan of a table, and everything that changes to it are made from.

    Parameters
    ----------
    plan
        The common table as it stands.
    table
        What its request is planned from.
    eaters
        Name → the session of that eater's own plan.
    roles
        The plan as its rhythm has it; ``None`` where each meal was chosen by itself.
    """

    plan: Plan
    table: PreparedTable
    eaters: Mapping[str, EaterSession]
    roles: StandingPlan | None = None


@dataclass(frozen=True, slots=True)
class EditReport:
    """What came of a change to a plan.

    Parameters
    ----------
    report
        The new plan, or why there is none.
    difference
        What moved, on the table and for each eater; ``None`` without a plan.
    before
        Name → points of that eater's plan before, in the new models where all of it may still be
        planned, else as it states them; ``None`` where it states none.
    notes
        Why more moved than was asked for, and what became of second meals.
    """

    report: TableReport
    difference: TableDifference | None
    before: Mapping[str, float | None]
    notes: tuple[str, ...] = ()


def open_for_swaps(document: EarlierPlan) -> TableSession:
    """Open a plan as ``open_table``, by its roles where it is one of a rhythm."""
    if document.request.week.rhythm is None:
        return open_table(document)
    table = prepare_table(document.request, had=dishes_before(document.plan, document.request))
    return TableSession(document.plan, table, {}, StandingPlan.to_come(document.plan, table))


def open_table(document: EarlierPlan) -> TableSession:
    """Open a plan for changes under its own request.

    Raises
    ------
    UserFacingError
        When its request cannot be planned.
    """
    had = dishes_before(document.plan, document.request)
    table = prepare_table(document.request, had=had)
    if table.horizon.refused(0, time.perf_counter()) is not None:
        raise RefusedError("nothing is left for a meal", "plan", "plan anew with `magplan plan`")
    return seat_table(document.plan, table)


def seat_table(plan: Plan, table: PreparedTable, like: TableSession | None = None) -> TableSession:
    """Find what each eater of an earlier plan has in the models that are planned now.

    ``like``: a session whose models are taken where they are alike.
    """
    near = {} if like is None else like.eaters
    eaters = {
        name: seat_plan(own_plan(plan, name), week, near.get(name))
        for name, week in table.weeks.items()
    }
    return TableSession(plan, table, eaters)


def find_eater(name: str, known: Sequence[str]) -> str:
    """Return the name as it stands at the table, found without regard to case.

    Raises
    ------
    ConfigError
        When nobody has it.
    """
    for one in known:
        if one.casefold() == name.strip().casefold():
            return one
    near = nearest_names(name, known)
    hint = f"did you mean {near[0]}? " if near else ""
    raise fault(ConfigError, "nobody_called", name=name, hint=hint, names=", ".join(known))
