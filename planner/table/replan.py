"""Plan again from a plan: around what stays, moving as little as possible.

Whatever comes out is judged like any other plan, each eater by itself.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from foods.errors import raise_collected
from foods.table import nearest_names
from planner.candidates.dish import Dish
from planner.errors import ConfigError
from planner.explain.offers import lock_words
from planner.explain.report import Concession
from planner.explain.table_report import TableReport, with_change_note, with_notes
from planner.faults import fault
from planner.plan.diff import compare_tables
from planner.plan.locks import (
    Lock,
    LockWish,
    Stay,
    day_of_plan,
    find_locks,
    items_called,
    wishes_held,
)
from planner.plan.plan import Plan
from planner.plan.shares import own_plan
from planner.request.days import told_on
from planner.request.request import PlanRequest, WeekOptions
from planner.rhythm.refusal import check_past, edit_weeks
from planner.rhythm.rhythms import rhythm_of
from planner.rhythm.weeks import StandingPlan
from planner.shops import shopping_in
from planner.table.accepted import plan_or_ways_out
from planner.table.from_now import boxes_left, from_now
from planner.table.had import dishes_had
from planner.table.prepare import PreparedTable, prepare_table
from planner.table.report import lay_refusals, refuse_eater, report_table
from planner.table.session import (
    EarlierPlan,
    EditReport,
    find_eater,
)
from planner.table.ways_tried import Planning, let_go_in, pills_after

Locks = Mapping[str, tuple[Lock, ...]]
EVERYTHING = Stay()


def replan_table(
    document: EarlierPlan,
    request: PlanRequest,
    stay: Stay = EVERYTHING,
    accept: int | None = None,
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
    again = _Again(document, stay, dishes_had(document.plan, document.request, stay.past))
    with shopping_in(request.shops):
        results: list[EditReport] = []

        def plan(asked: PlanRequest, offer: Concession) -> Sequence[TableReport]:
            results.append(again.plan(asked, let_go_in(offer)))
            return [results[-1].report]

        (report,) = plan_or_ways_out(request, plan, again.trials_after, accept)
    gone = () if report.plan is None else (*boxes_left(document.plan, report.plan, stay.past),)
    return replace(results[-1], report=with_notes(report, *gone), notes=gone)


@dataclass(frozen=True, slots=True)
class _Again:
    """What is planned again, around what stays; and dishes that are cooked as they were, by id."""

    document: EarlierPlan
    stay: Stay
    had: Mapping[str, Dish]

    def trials_after(self, refused: TableReport) -> Planning:
        """Return what quickly plans what an offer asks for; it changes no past day."""

        def plan(asked: PlanRequest, offer: Concession) -> TableReport:
            let_go = let_go_in(offer)
            if any(lock.day + 1 in self.stay.past for lock in let_go):
                return refused
            return self.plan(pills_after(refused, asked, offer), let_go, is_trial=True).report

        return plan

    def plan(
        self, request: PlanRequest, let_go: Collection[Lock] = (), *, is_trial: bool = False
    ) -> EditReport:
        """Plan again, around what stays but for ``let_go``; a trial does not say why not."""
        started, table = time.perf_counter(), prepare_table(request, had=self.had)
        plan, stated = self.document.plan, self.document.points
        wishes = _wishes(self.document, table, self.stay)
        locks = {
            name: tuple(lock for lock in _as_locks(own_plan(plan, name), own) if lock not in let_go)
            for name, own in wishes.items()
        }
        before = self.document.request
        rhythm = request.week.rhythm or before.week.rhythm or rhythm_of(request)
        standing = StandingPlan(plan, table, rhythm, locks, self.stay.past)
        edit = edit_weeks(
            standing, started, self.stay.path, is_new=request != before, is_trial=is_trial
        )
        total = edit.outcome.total
        if edit.refused:
            each = {name: (table.weeks[name], total, one) for name, one in edit.refused.items()}
            own = {name: refuse_eater(*entry) for name, entry in each.items()}
            return EditReport(lay_refusals(table, own, total), None, stated)
        if is_trial and not total.has_plan:
            return EditReport(lay_refusals(table, {}, total), None, stated)
        report = report_table(table.in_rhythm(edit.rhythm), edit.outcome)
        if report.plan is None:
            check_past(request, self.stay.past, self.stay.past, self.stay.path)
            return EditReport(report, None, stated)
        changed = with_change_note(report, _words(plan, self.stay, wishes))
        return EditReport(changed, compare_tables(plan, report.plan), stated)


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
    locks = [Lock(numbers.index(wish.day), wish.slot, wish.item) for wish in wishes]
    return tuple(dict.fromkeys(locks))


def _words(plan: Plan, stay: Stay, wishes: Mapping[str, Sequence[LockWish]]) -> list[str]:
    """Name what was asked to stay, and whose where it is not everybody's."""
    if stay.told:
        return [stay.told]
    whose = "{names}: ".format(names=" and ".join(stay.names)) if stay.names else ""
    every = dict.fromkeys(wish for own in wishes.values() for wish in own)
    return [f"{whose}{lock_words(plan, lock)}" for lock in _as_locks(plan, list(every))]
