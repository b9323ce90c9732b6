"""Plan again from a plan: around what stays, moving as little as possible.

Whatever comes out is judged like any other plan, each eater by itself.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from foods.errors import raise_collected
from foods.table import nearest_names
from planner.errors import ConfigError
from planner.explain.offers import explain_gone, explain_locks, lock_words
from planner.explain.refusal import cut_short
from planner.explain.report import Concession, Refusal
from planner.explain.table_report import TableReport, with_change_note, with_notes
from planner.faults import fault
from planner.plan.diff import compare_tables
from planner.plan.locks import LockWish, Stay, day_of_plan, find_locks, items_called, wishes_held
from planner.plan.plan import Plan
from planner.plan.shares import own_plan
from planner.request.days import DAYS_PER_WEEK, told_on
from planner.request.request import PlanRequest, WeekOptions
from planner.rhythm.refusal import check_past, edit_weeks
from planner.rhythm.weeks import StandingPlan
from planner.shops import shopping_in
from planner.solve.compose import TableOutcome, add_up
from planner.solve.edit import EaterEdit, EditOptions, EditOutcome, TableEdit, solve_edit
from planner.solve.locks import Lock
from planner.solve.options import EditWork, edit_work, still_edit_work, trial_edit_work
from planner.solve.seating import Seating
from planner.solve.weeks import joined_weeks
from planner.table.accepted import plan_or_ways_out
from planner.table.from_now import boxes_left, from_now
from planner.table.had import dishes_had
from planner.table.made import LastMade
from planner.table.prepare import PreparedTable
from planner.table.report import lay_refusals, refuse_eater, report_table
from planner.table.session import (
    EarlierPlan,
    EaterSession,
    EditReport,
    TableSession,
    blank_outcome,
    find_eater,
)
from planner.table.till import hold_at_till
from planner.table.untouched import begun_in_time, check_eaten, is_gone, nearest_first, with_puts
from planner.table.ways_tried import Planning, let_go_in, pills_after, work_after

Before = Mapping[str, float | None]
Locks = Mapping[str, tuple[Lock, ...]]
EVERYTHING = Stay()


def replan_table(
    document: EarlierPlan,
    request: PlanRequest,
    stay: Stay = EVERYTHING,
    accept: int | None = None,
    made: LastMade | None = None,
) -> EditReport:
    """Plan again from an earlier plan, moving as little as possible.

    Parameters
    ----------
    document
        The earlier plan.
    request
        What is asked for now; bans stand in the ``without`` of all or of an eater.
    stay
        Parts of the plan that stay, and whose.
    accept
        Where there is no plan, plan with the way out of this number, from 1, and say so.
    made
        What was made when this plan was changed last; takes what is made now.

    Raises
    ------
    UserFacingError
        When a lock names what is not in the plan, something in the request is to be mended, a
        safety rule refuses, or no way out of that number is offered.
    KeyboardInterrupt
        When it comes before first weeks were found.
    """
    if request.eaters and not document.request.eaters:
        raise fault(ConfigError, "plan_of_one_for_several")
    document, request = from_now(document, request, stay)
    made = made or LastMade(had=dishes_had(document.plan, document.request, stay.past))
    again = _Again(document, stay, made)
    with shopping_in(request.shops):
        results: list[EditReport] = []

        def plan(asked: PlanRequest, offer: Concession) -> Sequence[TableReport]:
            results.append(again.plan(asked, edit_work, let_go_in(offer)))
            return [results[-1].report]

        (report,) = plan_or_ways_out(request, plan, again.trials_after, accept)
    gone = () if report.plan is None else (*boxes_left(document.plan, report.plan, stay.past),)
    return replace(results[-1], report=with_notes(report, *gone), notes=gone)


@dataclass(frozen=True, slots=True)
class _Again:
    """What is planned again, around what stays; and from what."""

    document: EarlierPlan
    stay: Stay
    made: LastMade

    def trials_after(self, refused: TableReport) -> Planning:
        """Give what plans with the work of a trial what an offer asks for; no day that is past."""
        work = partial(trial_edit_work, work_after(refused))

        def plan(asked: PlanRequest, offer: Concession) -> TableReport:
            let_go = let_go_in(offer)
            if any(one.day + 1 in self.stay.past for one in let_go):
                return refused
            asked = pills_after(refused, asked, offer)
            return self.plan(asked, work, let_go, is_trial=True).report

        return plan

    def plan(
        self,
        request: PlanRequest,
        work: EditWork,
        let_go: Collection[Lock] = (),
        *,
        is_trial: bool = False,
    ) -> EditReport:
        """Plan again, around what stays but for ``let_go``, within the budget at the till."""
        first = self._once(request, work, let_go, is_trial=is_trial)
        report = hold_at_till(first.report, self.made.table(request))
        if report is first.report:
            return first
        return EditReport(report, None, self.document.points)

    def _moves_little(self, request: PlanRequest) -> bool:
        """Whether something else is asked for, but not other dishes than were had."""
        before = self.document.request
        return request != before and request.preferences.history == before.preferences.history

    def _work(self, request: PlanRequest, work: EditWork) -> EditWork:
        """Return the work of planning again: none for a week that holds and is asked again."""
        if request != self.document.request:
            return work

        def still(*asked: Any) -> EditOptions:
            options = work(*asked)
            return replace(options, near=options.near.at_rest())

        return still

    def _once(
        self, request: PlanRequest, work: EditWork, let_go: Collection[Lock], *, is_trial: bool
    ) -> EditReport:
        """Plan again as the request weighs money; a trial does not say why not."""
        started, made = time.perf_counter(), LastMade(had=self.made.had) if is_trial else self.made
        table = made.table(request)
        wishes = _wishes(self.document, table, self.stay)
        plan, stated = self.document.plan, self.document.points
        refusal = table.horizon.refused(0, started)
        if refusal is not None:
            return EditReport(report_table(table, refusal), None, stated)
        plans = {name: own_plan(self.document.plan, name) for name in wishes}
        locks = {
            name: tuple(one for one in _as_locks(own, wishes[name]) if one not in let_go)
            for name, own in plans.items()
        }
        told = _words(self.document.plan, self.stay, wishes)
        if (changed := self._in_rhythm(table, locks, told, started)) is not None:
            return changed
        session = begun_in_time(made.seated(plan, table.in_rhythm(None)), self.stay.past)
        check_eaten(session, locks, self.stay)
        if gone := _gone(session, locks):
            return EditReport(_refuse_gone(session, gone, started), None, stated)
        work, laid = self._work(request, work), with_puts(session, locks)
        stay_most = [] if is_trial else [*nearest_first(laid, locks)]
        is_new = not (is_trial or any(_places(one) == _places(locks) for one in stay_most))
        stay_most += [locks] if is_new and self._moves_little(request) else []
        # what need not move stays, where a week is found so
        for stay, how in [*((stay, still_edit_work) for stay in stay_most), (locks, work)]:
            edits = _solve(laid, stay, how, made, started)
            if edits[-1].total.has_plan:
                break
        if is_trial and not edits[-1].total.has_plan:
            return EditReport(lay_refusals(table, {}, edits[-1].total), None, stated)
        is_same = _seats(laid) == _seats(session)
        known = _points_before(session, edits, stated) if is_same else stated
        return _reported(session, edits, known, told, self.stay.past)

    def _in_rhythm(
        self, table: PreparedTable, locks: Locks, told: Sequence[str], started: float
    ) -> EditReport | None:
        """Change a plan by its roles; ``None`` where it has none, or no week around what stays."""
        plan, stated, rhythm = self.document.plan, self.document.points, table.request.week.rhythm
        rhythm = rhythm or self.document.request.week.rhythm
        if rhythm is None or self.document.request.week.rhythm is None:
            return None
        standing = StandingPlan(plan, table, rhythm, locks, self.stay.past)
        is_new = table.request != self.document.request
        outcome, refused = edit_weeks(standing, started, self.stay.path, is_new=is_new)
        if refused:
            each = {name: (table.weeks[name], outcome.total, one) for name, one in refused.items()}
            own = {name: refuse_eater(*one) for name, one in each.items()}
            return EditReport(lay_refusals(table, own, outcome.total), None, stated)
        if not outcome.total.has_plan:
            return None
        report = report_table(table.in_rhythm(rhythm), outcome)
        if report.plan is None:
            check_past(table.request, self.stay.past, self.stay.past, self.stay.path)
        return _edited(plan, report, told, stated)


def _places(locks: Locks) -> dict[str, frozenset[Lock]]:
    return {name: frozenset(own) for name, own in locks.items()}


def _seats(session: TableSession) -> list[Seating]:
    return [week.seating for own in session.eaters.values() for week in own.weeks]


def _refuse_gone(session: TableSession, gone: Mapping[str, Refusal], started: float) -> TableReport:
    """Report that what is locked may not be planned any more."""
    weeks, blank = session.table.weeks, session.eaters
    reports = {
        name: refuse_eater(weeks[name], blank_outcome(blank[name], started), one)
        for name, one in gone.items()
    }
    return lay_refusals(session.table, reports, add_up(one.outcome for one in reports.values()))


def _wishes(document: EarlierPlan, table: PreparedTable, stay: Stay) -> dict[str, list[LockWish]]:
    """Return for each eater the parts of the plan that stay; what nobody has is a fault."""
    plan, known = document.plan, list(table.weeks)
    names = tuple(find_eater(name, known) for name in stay.names) or tuple(known)
    plans = {name: own_plan(plan, name) for name in names}
    weeks = document.request.week, table.request.week
    found = {name: list(_past(plan, *weeks, name, stay.past)) for name in known}
    for name, own in plans.items():
        if stay.names:
            found[name] += find_locks(own, stay.locks, f"--lock, {name}")
        else:
            found[name] += wishes_held(own, find_locks(plan, stay.locks))
    faults, week = [], next(iter(table.weeks.values()))
    line_g = week.source.rules.rules["line"]["lower"]
    for word in stay.keep:
        held = {
            name: items_called(own, word, week.foods, week.dishes, line_g)
            for name, own in plans.items()
        }
        for name, own_wishes in held.items():
            found[name] += own_wishes
        if not any(held.values()):
            things = dict.fromkeys(item.name for _, _, item in plan.served())
            near = ", ".join(nearest_names(word, things)) or "none"
            told = "nothing in the plan is called {word!r}, the nearest: {near}"
            faults.append(told.format(word=word, near=near))
    raise_collected(ConfigError, faults, "--keep")
    return found


def _past(
    plan: Plan, before: WeekOptions, week: WeekOptions, name: str, past: Collection[int]
) -> Iterator[LockWish]:
    """Return what stays of the days that are past: all but meals that went otherwise."""
    for day in past:
        changed = told_on(before, day) ^ told_on(week, day)
        slots = {slot for slot, _, eater in changed if eater in ("", name)}
        had = [meal.slot for meal in day_of_plan(plan, day).meals]
        yield from (
            (LockWish(day, slot) for slot in had if slot not in slots)
            if slots
            else (LockWish(day),)
        )


def _as_locks(plan: Plan, wishes: Sequence[LockWish]) -> tuple[Lock, ...]:
    numbers = [day.day for day in plan.days]
    locks = [Lock(numbers.index(one.day), one.slot, one.item) for one in wishes]
    return tuple(dict.fromkeys(locks))


def _gone(session: TableSession, locks: Locks) -> dict[str, Refusal]:
    """Say which locks hold what may not be planned any more, under the eater whose rules say so."""
    table, days = session.table, session.table.request.week.days
    blamed: dict[str, dict[Lock, None]] = {}
    for name, own in locks.items():
        for lock in own:
            if is_gone(session.eaters[name], lock):
                blamed.setdefault(_at_fault(session, name, lock), {})[lock] = None
    told = {}
    for name, gone in blamed.items():
        plan, candidates = session.eaters[name].plan, table.weeks[name].candidates
        told[name] = explain_gone(plan, tuple(gone), candidates, days)
    return told


def _at_fault(session: TableSession, name: str, lock: Lock) -> str:
    """Name the eater who may not have what is locked: oneself first, then those who share it."""
    own = session.eaters[name].plan
    held = {
        item.item_id
        for meal in own.days[lock.day].meals
        for item in meal.items
        if lock.slot in (None, meal.slot) and lock.source_id in (None, item.item_id)
    }
    sharers = [one for names in session.table.shared.values() if name in names for one in names]
    for one in dict.fromkeys((name, *sharers)):
        if any(out.candidate_id in held for out in session.table.weeks[one].candidates.left_out):
            return one
    return name


def _solve(
    session: TableSession, locks: Locks, work: EditWork, made: LastMade, started: float
) -> list[TableEdit]:
    """Solve the weeks again, one after another; the last one may have no plan."""
    table, horizon = session.table, session.table.horizon
    change = next(iter(table.weeks.values())).source.rules.points["change"]
    options = work(table.request.solve, change, len(session.eaters))
    built = [
        {name: own.weeks[number].parts for name, own in session.eaters.items()}
        for number in range(horizon.count)
    ]
    edits: list[TableEdit] = []
    for number in range(horizon.count):
        days = {name: [edit.each[name].outcome.days for edit in edits] for name in session.eaters}
        parts = horizon.build(number, days, built)
        eaters = {}
        for name, own in session.eaters.items():
            seating, stay = own.weeks[number].seating, _in_week(own, locks[name], number)
            eaters[name] = EaterEdit(parts[name], seating, stay, made.basis(name, number))
        edits.append(solve_edit(eaters, table.shared, options, started))
        made.ended(number, edits[-1].bases)
        if not edits[-1].total.has_plan:
            break
    return edits


def _points_before(
    session: TableSession, edits: Sequence[TableEdit], stated: Before
) -> dict[str, float | None]:
    """Give each eater's points before: in the new models where they can be told, else as stated."""
    points = {}
    for name in session.eaters:
        known = [edit.each[name].before for edit in edits if name in edit.each]
        told = [one for one in known if one is not None]
        all_told = len(told) == session.table.horizon.count
        points[name] = sum(told) if all_told else stated.get(name)
    return points


def _reported(
    session: TableSession,
    edits: Sequence[TableEdit],
    before: Before,
    kept: Sequence[str],
    past: Collection[int],
) -> EditReport:
    table, last = session.table, edits[-1]
    colliding = {name: one for name, one in last.each.items() if one.colliding}
    if colliding:
        reports = {}
        for name, one in colliding.items():
            refusal = _told(session, name, one, len(edits), past)
            reports[name] = refuse_eater(table.weeks[name], one.outcome, refusal)
        return EditReport(lay_refusals(table, reports, last.total), None, before)
    outcomes = []
    for edit in edits:
        each = {name: one.outcome for name, one in edit.each.items()}
        outcomes.append(TableOutcome(edit.total, each, edit.is_shared_conflict))
    return _edited(session.plan, report_table(table, joined_weeks(outcomes)), kept, before)


def _edited(plan: Plan, report: TableReport, kept: Sequence[str], before: Before) -> EditReport:
    """Say what a change moved, and what was to stay."""
    if report.plan is None:
        return EditReport(report, None, before)
    return EditReport(with_change_note(report, kept), compare_tables(plan, report.plan), before)


def _told(
    session: TableSession, name: str, one: EditOutcome, weeks: int, past: Collection[int]
) -> Refusal:
    """Describe which locks of the last of ``weeks`` collide, by the days of the plan."""
    first = (weeks - 1) * DAYS_PER_WEEK
    held = [replace(lock, day=lock.day + first) for lock in one.colliding]
    own, others = session.eaters[name], (one.in_the_way, one.kept_by)
    told = explain_locks(own.plan, held, own.weeks[weeks - 1].parts, *others, past)
    more = () if one.is_smallest else (cut_short(are_named=True),)
    return replace(told, conflict=(*told.conflict, *more))


def _in_week(session: EaterSession, locks: Sequence[Lock], number: int) -> tuple[Lock, ...]:
    """Return those of the locks that are in week ``number``, from 0; days are those of the week."""
    places = [(session.place_of(lock.day), lock) for lock in locks]
    own = [replace(lock, day=day) for (where, day), lock in places if where == number]
    return tuple(dict.fromkeys(own))


def _words(plan: Plan, stay: Stay, wishes: Mapping[str, Sequence[LockWish]]) -> list[str]:
    """Name what was asked to stay, and whose where it is not everybody's."""
    if stay.told:
        return [stay.told]
    whose = "{names}: ".format(names=" and ".join(stay.names)) if stay.names else ""
    every = dict.fromkeys(one for own in wishes.values() for one in own)
    return [f"{whose}{lock_words(plan, lock)}" for lock in _as_locks(plan, list(every))]
