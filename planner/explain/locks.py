"""Why what is locked cannot stay, in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence

from planner.candidates.candidate import CandidateSet
from planner.explain.report import Collision, Concession, Refusal
from planner.explain.words import names_in_words, row_in_words
from planner.plan.plan import Plan
from planner.solve.locks import Lock
from planner.solve.parts import WeekParts

MOST_ROWS = 4  # rules named as being in the way


def lock_words(plan: Plan, lock: Lock) -> str:
    """Name what is locked: ``"day 3 dinner: Baked salmon"``."""
    if lock.day >= len(plan.days):
        return f"day {lock.day + 1}"
    day = plan.days[lock.day]
    where = f"day {day.day}" if lock.slot is None else f"day {day.day} {lock.slot}"
    names = [
        item.name
        for meal in day.meals
        for item in meal.items
        if lock.slot == meal.slot and lock.source_id in (None, item.item_id)
    ]
    return f"{where}: {', '.join(names)}" if names else where


def explain_gone(plan: Plan, locks: Sequence[Lock], candidates: CandidateSet, days: int) -> Refusal:
    """Say of each lock why what it holds may not be planned any more; ``days`` are planned."""
    reasons = {one.candidate_id: one.told for one in candidates.left_out}
    conflict = []
    for lock in locks:
        reason = "it is not served in that portion any more"
        if lock.day >= days:
            reason = "the new plan has no such day"
        for item_id in _held(plan, lock):
            reason = reasons.get(item_id, reason)
        words = lock_words(plan, lock)
        text = f"{words[:1].upper()}{words[1:]} cannot stay: {reason}"
        conflict.append(Collision(words, "locked", text))
    return Refusal(tuple(conflict), _let_go(plan, locks))


def explain_locks(
    plan: Plan,
    locks: Sequence[Lock],
    parts: WeekParts,
    in_the_way: Sequence[str],
    kept_by: Sequence[str] = (),
) -> Refusal:
    """Say which locks cannot stay together, and which rules are in the way.

    Parameters
    ----------
    plan, locks
        The plan, and a smallest set of locks that cannot hold.
    parts, in_the_way
        The model, and the names of its rows that give way least if the locks stay.
    kept_by
        Others who keep what is shared of it.
    """
    words = [lock_words(plan, lock) for lock in locks]
    what = " and ".join(words)
    all_of = "cannot all stay" if len(words) > 1 else "cannot stay"
    whose = f"{names_in_words(kept_by)} would keep what is shared, and " if kept_by else ""
    sentence = f"{what[:1].upper()}{what[1:]} {all_of}: {whose}the rules leave no room beside it"
    rules = [_row_words(parts, name) for name in in_the_way[:MOST_ROWS]]
    return Refusal((Collision("locks", "", sentence), *rules), _let_go(plan, locks))


def _row_words(parts: WeekParts, name: str) -> Collision:
    key = parts.model.keys[name]
    rows = next(rows for rows in (parts.arrays.day, parts.arrays.link) if name in rows.names)
    limit = float(rows.limits[rows.names.index(name)])
    limit = -limit if key.side == "min" else limit
    return Collision(*row_in_words(key, limit, len(parts.model.source.weekend)))


def _let_go(plan: Plan, locks: Sequence[Lock]) -> tuple[Concession, ...]:
    return tuple(Concession(f"let go of {lock_words(plan, lock)}", let_go=lock) for lock in locks)


def _held(plan: Plan, lock: Lock) -> list[str]:
    if lock.day >= len(plan.days):
        return []
    return [
        item.item_id
        for meal in plan.days[lock.day].meals
        for item in meal.items
        if lock.slot in (None, meal.slot) and lock.source_id in (None, item.item_id)
    ]
