"""Change a plan that exists: plan again around what stays, or swap one thing.

A session holds what the weeks of one request are made from, so that in a running process a list of
replacements takes milliseconds. Whatever comes out is judged like any other plan.
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
from planner.pipeline import PreparedWeek, prepare_week, refuse_week, report_week
from planner.plan.diff import Figures, PlanDifference, compare_plans, day_figures
from planner.plan.document import PlanDocument
from planner.plan.locks import LockWish, find_item, find_locks, items_called, names_near
from planner.plan.plan import Day, Plan
from planner.plan.replacements import Replacement, Replacements
from planner.solve.aggregate import solve_aggregate
from planner.solve.edit import Lock, solve_edit
from planner.solve.evaluate import evaluate_week
from planner.solve.options import edit_options
from planner.solve.outcome import Outcome
from planner.solve.seating import Seating, Served, seat_week
from planner.solve.swap import Ranking, apply_swap, rank_swaps
from planner.solve.week import WeekParts, build_week, find_empty_places, judge_week
from planner.targets.request import PlanRequest


@dataclass(frozen=True, slots=True)
class WeekSession:
    """A plan, and everything that changes to it are made from.

    Parameters
    ----------
    plan
        The plan as it stands.
    week, parts
        What its request is planned from, and the model of it.
    seating
        The plan in the columns of the model.
    """

    plan: Plan
    week: PreparedWeek
    parts: WeekParts
    seating: Seating


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
    session = _session(document.plan, week)
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
    return _session(document.plan, week)


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
    _check_seated(session)
    number = session.plan.days.index(of_day)
    old = next(
        column
        for served, column in session.seating.days[number]
        if column is not None and (served.slot, served.source_id) == (slot, item.item_id)
    )
    ranking = rank_swaps(session.parts, session.seating.choices, number, old)
    before = day_figures(of_day)
    return Replacements(
        day=day,
        slot=slot,
        item=item,
        day_before=before,
        cost_before=session.plan.cost,
        offers=_offers(session, before, ranking),
        considered=ranking.considered,
    )


def apply_replacement(session: WeekSession, chosen: Replacement) -> EditReport:
    """Make a replacement and judge the whole plan anew."""
    started = time.perf_counter()
    parts, source = session.parts, session.week.source
    choices = apply_swap(session.seating.choices, chosen.swap)
    found = evaluate_week(parts.arrays, parts.between, choices)
    answer = solve_aggregate(source, parts.arrays)
    outcome = replace(
        _outcome(session, started), bound=answer.bound, solver=answer.solver, version=answer.version
    )
    report = _with_note(report_week(session.week, judge_week(outcome, parts, found)), ())
    assert report.plan is not None
    difference = compare_plans(session.plan, report.plan)
    return EditReport(report, difference, found.objective - chosen.swap.points)


def _session(plan: Plan, week: PreparedWeek) -> WeekSession:
    parts = build_week(week.source)
    served = [_served(day) for day in plan.days]
    return WeekSession(plan, week, parts, seat_week(parts, served))


def _served(day: Day) -> list[Served]:
    """Give what the meals of a day serve; what stands beside them is seated by itself."""
    return [
        Served(meal.slot, item.item_id, item.servings, item.leftover_of is not None)
        for meal in day.meals
        for item in meal.items
        if not item.is_beside
    ]


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
    gone = [lock for lock in locks if _is_gone(session, lock)]
    if gone:
        refusal = explain_gone(plan, gone, week.candidates)
        return EditReport(refuse_week(week, _outcome(session, started), refusal), None, stated)
    options = edit_options(week.request.solve, week.source.rules.points["change"])
    answer = solve_edit(session.parts, session.seating, locks, options, started)
    before = stated if answer.before is None else answer.before
    if answer.colliding:
        refusal = explain_locks(plan, answer.colliding, session.parts, answer.in_the_way)
        return EditReport(refuse_week(week, answer.outcome, refusal), None, before)
    report = report_week(week, answer.outcome)
    new = report.plan
    if new is None:
        return EditReport(report, None, before)
    report = _with_note(report, [lock_words(plan, lock) for lock in locks])
    return EditReport(report, compare_plans(plan, new), before)


def _is_gone(session: WeekSession, lock: Lock) -> bool:
    """Whether something that is locked may not be planned any more."""
    if lock.day >= len(session.week.source.weekend):
        return True
    return any(
        column is None
        and lock.slot in (None, served.slot)
        and lock.source_id in (None, served.source_id)
        for served, column in session.seating.days[lock.day]
    )


def _check_seated(session: WeekSession) -> None:
    """Refuse to swap in a plan that its own request would not allow today."""
    days = session.plan.days
    faults = [
        f"day {days[number].day} {served.slot}: {served.source_id} may not be planned any more"
        for number, served in session.seating.missing
    ]
    if len(days) != len(session.week.source.weekend):
        faults.append(f"the plan has {len(days)} days, its request asks for another number")
    raise_collected(ConfigError, faults, "plan: `magplan replan` plans around it")


def _offers(session: WeekSession, before: Figures, ranking: Ranking) -> tuple[Replacement, ...]:
    columns = session.parts.model.table.columns
    offers = []
    for rank, swap in enumerate(ranking.swaps, start=1):
        cost = sum(
            columns[move.new].serving.cost_usd - columns[move.old].serving.cost_usd
            for move in swap.moves
        )
        first = swap.moves[0]
        after = _figures_after(session, before, columns[first.old], columns[first.new])
        offers.append(Replacement(rank, columns[first.new], swap, after, session.plan.cost + cost))
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


def _outcome(session: WeekSession, started: float) -> Outcome:
    """Give an outcome without a week yet."""
    return Outcome(
        status="infeasible",
        days=(),
        objective=None,
        bound=None,
        broken=(),
        solver="",
        version="",
        considered=len(session.parts.model.table),
        searched=0,
        build_s=session.parts.build_s,
        time_s=time.perf_counter() - started,
    )


def _with_note(report: Report, kept: Sequence[str]) -> Report:
    """Say beside the plan that it was changed: its request alone plans another one."""
    stays = f" What was asked to stay: {'; '.join(kept)}." if kept else ""
    note = f"Changed from an earlier plan; its request alone may plan another one.{stays}"
    return replace(report, notes=(*report.notes, note))
