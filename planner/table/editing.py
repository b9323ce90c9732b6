"""Change a plan that exists: plan again around what stays, or swap one thing.

Whatever comes out is judged like any other plan.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from foods.errors import raise_collected
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.errors import ConfigError, RefusedError
from planner.explain.locks import explain_gone, explain_locks, lock_words
from planner.explain.report import Report
from planner.model.board import Column
from planner.plan.diff import Figures, PlanDifference, compare_plans, day_figures
from planner.plan.document import PlanDocument
from planner.plan.locks import LockWish, find_item, find_locks, items_called, names_near
from planner.plan.plan import Plan
from planner.plan.replacements import Replacement, Replacements
from planner.request.days import DAYS_PER_WEEK
from planner.request.request import PlanRequest
from planner.solve.edit import EditOutcome, Lock, solve_edit
from planner.solve.horizon import joined
from planner.solve.options import edit_options
from planner.solve.swap import Ranking, apply_swap, rank_swaps
from planner.solve.week import find_empty_places
from planner.table.session import (
    SeatedWeek,
    WeekSession,
    blank_outcome,
    check_seated,
    judge_choices,
    seat_plan,
)
from planner.table.week import PreparedWeek, prepare_week, refuse_week, report_week


@dataclass(frozen=True, slots=True)
class EditReport:
    """What came of a change.

    Parameters
    ----------
    report
        The new plan, or why there is none.
    difference
        What moved; ``None`` without a plan.
    before
        Points of the plan before, in the new model where all of it may still be planned, else as
        it states them; ``None`` where it states none.
    """

    report: Report
    difference: PlanDifference | None
    before: float | None


def replan_meals(
    document: PlanDocument,
    request: PlanRequest,
    wishes: Sequence[LockWish] = (),
    keep: Sequence[str] = (),
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
) -> EditReport:
    """Plan again from an earlier plan, moving as little as possible.

    Parameters
    ----------
    document
        The earlier plan.
    request
        What is asked for now; bans stand in its ``preferences.without``.
    wishes, keep
        Parts of the plan, and names of dishes or foods in it, that stay.
    foods, dishes
        What to plan from; the shipped catalogue and dishes when left out.

    Raises
    ------
    UserFacingError
        When a lock names what is not in the plan, something in the request is to be mended, or a
        safety rule refuses.
    """
    started = time.perf_counter()
    week = prepare_week(request, foods, dishes)
    locks = _locks(document.plan, week, wishes, keep)
    refusal = find_empty_places(week.source, started)
    if refusal is not None:
        return EditReport(report_week(week, refusal), None, document.objective)
    session = seat_plan(document.plan, week)
    return _replan(session, locks, document.objective, started)


def open_session(
    document: PlanDocument, foods: FoodTable | None = None, dishes: Sequence[Dish] | None = None
) -> WeekSession:
    """Open a plan for changes under its own request.

    Raises
    ------
    UserFacingError
        When its request cannot be planned.
    """
    week = prepare_week(document.request, foods, dishes)
    refusal = find_empty_places(week.source, time.perf_counter())
    if refusal is not None:
        raise RefusedError("nothing is left for a meal", "plan", "plan anew with `magplan plan`")
    return seat_plan(document.plan, week)


def rank_replacements(
    session: WeekSession, day: int, slot: str, name: str | None = None
) -> Replacements:
    """Rank what may stand in the place of one thing; all portions are priced at once.

    Parameters
    ----------
    session
        The plan.
    day, slot
        Day from 1, and meal.
    name
        Id or name of the thing; the first of the meal when left out.

    Raises
    ------
    ConfigError
        When the plan has no such thing, or holds what may not be planned any more.
    """
    of_day, item = find_item(session.plan, day, slot, name)
    if item.is_beside:
        raise ConfigError(f"{item.name} stands beside the meals", "plan", "use `magplan replan`")
    check_seated(session)
    week, number, old = session.seat_of(of_day, slot, item)
    parts, seating = session.weeks[week].parts, session.weeks[week].seating
    ranking = rank_swaps(parts, seating.choices, number, old)
    before = day_figures(of_day)
    return Replacements(
        day=day,
        slot=slot,
        item=item,
        day_before=before,
        cost_before=session.plan.cost,
        offers=_offers(session, before, ranking, week),
        considered=ranking.considered,
    )


def apply_replacement(session: WeekSession, chosen: Replacement) -> EditReport:
    """Make a replacement and judge the whole plan anew."""
    started = time.perf_counter()
    choices = [one.seating.choices for one in session.weeks]
    choices[chosen.week] = apply_swap(choices[chosen.week], chosen.swap)
    outcome = judge_choices(session, choices, started)
    report = _with_note(report_week(session.week, outcome), ())
    assert report.plan is not None
    difference = compare_plans(session.plan, report.plan)
    return EditReport(report, difference, session.points())


def _locks(
    plan: Plan, week: PreparedWeek, wishes: Sequence[LockWish], keep: Sequence[str]
) -> tuple[Lock, ...]:
    found, faults = find_locks(plan, wishes), []
    line_g = week.source.rules.rules["line"]["lower"]
    for name in keep:
        held = items_called(plan, name, week.foods, week.dishes, line_g)
        found += held
        if not held:
            faults.append(
                f"nothing in the plan is called {name!r}, the nearest: {names_near(plan, name)}"
            )
    raise_collected(ConfigError, faults, "--keep")
    numbers = [day.day for day in plan.days]
    locks = [Lock(numbers.index(one.day), one.slot, one.item) for one in found]
    return tuple(dict.fromkeys(locks))


def _replan(
    session: WeekSession, locks: Sequence[Lock], stated: float | None, started: float
) -> EditReport:
    week, plan = session.week, session.plan
    gone = [lock for lock in locks if is_gone(session, lock)]
    if gone:
        refusal = explain_gone(plan, gone, week.candidates, week.request.week.days)
        return EditReport(refuse_week(week, blank_outcome(session, started), refusal), None, stated)
    answers: list[EditOutcome] = []
    for number, seated in enumerate(session.weeks):
        days = [one.outcome.days for one in answers]
        parts = week.horizon.build(number, days, [one.parts for one in session.weeks])
        answers.append(_edit(session, SeatedWeek(parts, seated.seating), number, locks, started))
        last = answers[-1]
        if last.colliding:
            first = number * DAYS_PER_WEEK
            held = [replace(lock, day=lock.day + first) for lock in last.colliding]
            refusal = explain_locks(plan, held, parts, last.in_the_way)
            return EditReport(refuse_week(week, last.outcome, refusal), None, stated)
        if not last.outcome.has_plan:
            break
    known = [one.before for one in answers if one.before is not None]
    before = sum(known) if len(known) == len(session.weeks) else stated
    report = report_week(week, joined([one.outcome for one in answers]))
    new = report.plan
    if new is None:
        return EditReport(report, None, before)
    report = _with_note(report, [lock_words(plan, lock) for lock in locks])
    return EditReport(report, compare_plans(plan, new), before)


def _edit(
    session: WeekSession, week: SeatedWeek, number: int, locks: Sequence[Lock], started: float
) -> EditOutcome:
    """Solve one week again around those of the locks that are in it."""
    options = edit_options(session.week.request.solve, session.week.source.rules.points["change"])
    own = locks_in_week(session, locks, number)
    return solve_edit(week.parts, week.seating, own, options, started)


def locks_in_week(session: WeekSession, locks: Sequence[Lock], number: int) -> tuple[Lock, ...]:
    """Give those of the locks that are in week ``number``, from 0; days are those of the week."""
    places = [(session.place_of(lock.day), lock) for lock in locks]
    own = [replace(lock, day=day) for (where, day), lock in places if where == number]
    return tuple(dict.fromkeys(own))


def is_gone(session: WeekSession, lock: Lock) -> bool:
    """Whether something that is locked may not be planned any more."""
    if lock.day >= session.week.request.week.days:
        return True
    week, day = session.place_of(lock.day)
    return any(
        column is None
        and lock.slot in (None, served.slot)
        and lock.source_id in (None, served.source_id)
        for served, column in session.weeks[week].seating.days[day]
    )


def _offers(
    session: WeekSession, before: Figures, ranking: Ranking, week: int
) -> tuple[Replacement, ...]:
    columns = session.weeks[week].parts.model.table.columns
    times = len(session.plan.days) / session.menus  # a menu that comes again is paid for again
    offers = []
    for rank, swap in enumerate(ranking.swaps, start=1):
        cost = sum(
            columns[move.new].serving.cost_usd - columns[move.old].serving.cost_usd
            for move in swap.moves
        )
        cost *= times
        first = swap.moves[0]
        after = _figures_after(session, before, columns[first.old], columns[first.new])
        cost_after = session.plan.cost + cost
        offers.append(Replacement(rank, columns[first.new], swap, after, cost_after, week))
    return tuple(offers)


def _figures_after(session: WeekSession, before: Figures, old: Column, new: Column) -> Figures:
    """Give the figures of a day with one column in the place of another."""
    more = dict(
        zip(
            session.week.candidates.nutrients,
            (new.serving.amounts - old.serving.amounts).tolist(),
            strict=True,
        )
    )
    magnesium = _plus(before.magnesium_mg, more["magnesium_mg"])
    calcium = _plus(before.calcium_mg, more["calcium_mg"])
    return Figures(
        magnesium_mg=magnesium,
        calcium_mg=calcium,
        ca_mg_ratio=calcium / magnesium if calcium is not None and magnesium else None,
        energy_kcal=_plus(before.energy_kcal, more["energy_kcal"]),
        cost=before.cost + new.serving.cost_usd - old.serving.cost_usd,
    )


def _plus(amount: float | None, more: float) -> float | None:
    return None if amount is None else amount + more


def _with_note(report: Report, kept: Sequence[str]) -> Report:
    return replace(report, notes=(*report.notes, change_note(kept)))


def change_note(kept: Sequence[str]) -> str:
    """Say beside a plan that it was changed, and what was asked to stay."""
    stays = f" What was asked to stay: {'; '.join(kept)}." if kept else ""
    return f"Changed from an earlier plan; its request alone may plan another one.{stays}"
