"""Why what is locked cannot stay, in the reader's words."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from planner.candidates.candidate import CandidateSet
from planner.explain.report import Collision, Concession, Refusal
from planner.explain.words import edge_of, names_in_words, names_of, row_in_words
from planner.plan.plan import Item, Plan
from planner.shops import named
from planner.solve.locks import Lock
from planner.solve.parts import WeekParts
from planner.wording import capital

NO_ROOM = "{locks} cannot stay: {why}"
NOT_BESIDE_PAST = "What days that are past have leaves no room for all that follows."
NO_ROOM_FOR_ALL = "{locks} cannot all stay: {why}"
LEFT_OVER = (
    "{food} is eaten on the first {count} days; until then no dish cooks it anew or has a second "
    "meal, and after them none has more of it in that week"
)
MOST_ROWS = 4  # rules named as being in the way


def lock_words(plan: Plan, lock: Lock) -> str:
    """Name what is locked: ``"day 3 dinner: Baked salmon"``."""
    if lock.day >= len(plan.days):
        return f"day {lock.day + 1}"
    day = plan.days[lock.day]
    place = "day {number}" if lock.slot is None else "day {number} {slot}"
    where = place.format(number=day.day, slot=lock.slot or "")
    names = [
        named(item.name)
        for meal, item in day.served()
        if lock.slot == meal.slot and lock.source_id in (None, item.item_id)
    ]
    return "{where}: {names}".format(where=where, names=", ".join(names)) if names else where


def explain_gone(plan: Plan, locks: Sequence[Lock], candidates: CandidateSet, days: int) -> Refusal:
    """Say of each lock why what it holds may not be planned any more; ``days`` are planned."""
    reasons = {one.candidate_id: one.told for one in candidates.left_out}
    conflict = []
    for lock in locks:
        reason: str = "it is no longer offered in that portion size"
        if lock.day >= days:
            reason = "the new plan has no such day"
        for item in _held(plan, lock):
            reason = reasons.get(item.item_id, reason)
        words = lock_words(plan, lock)
        text = f"{capital(words)} cannot stay: {reason}"
        conflict.append(Collision(words, "locked", text))
    return Refusal(tuple(conflict), _let_go(plan, locks))


def explain_locks(
    plan: Plan,
    locks: Sequence[Lock],
    parts: WeekParts,
    in_the_way: Sequence[str],
    kept_by: Sequence[str] = (),
    past: Collection[int] = (),
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
    past
        Days that are over: nothing of them can be let go.
    """
    rules = [row_words(parts, name) for name in in_the_way[:MOST_ROWS]]
    if rules and all(plan.days[one.day].day in past for one in locks):
        return Refusal((Collision("locks", "", NOT_BESIDE_PAST), *rules), ())
    words = [lock_words(plan, lock) for lock in locks]
    pattern = NO_ROOM_FOR_ALL if len(words) > 1 else NO_ROOM
    why = _of_left_over(plan, locks, parts) or "the rules allow no plan that includes it"
    if kept_by:
        why = f"{names_in_words(kept_by)} would keep what is shared, and {why}"
    sentence = pattern.format(locks=capital(" and ".join(words)), why=why)
    return Refusal((Collision("locks", "", sentence), *rules), _let_go(plan, locks))


def _of_left_over(plan: Plan, locks: Sequence[Lock], parts: WeekParts) -> str | None:
    """Say which food that is left over and cooked already keeps what is locked from its day."""
    for use in (one for one in parts.model.source.wishes.uses if one.is_leftover):
        for lock, item in ((one, item) for one in locks for item in _held(plan, one)):
            is_made = lock.day < (use.days or len(plan.days)) and item.leftover_of is None
            is_off = not is_made or item.item_id in use.anew
            if is_off and any(use.per_g.get(food_id) for food_id, _ in item.ingredients):
                return LEFT_OVER.format(food=use.name, count=use.days)
    return None


def row_words(parts: WeekParts, name: str) -> Collision:
    """Say what a row of a model asks, by its name."""
    key = parts.model.keys[name]
    rows = next(rows for rows in (parts.arrays.day, parts.arrays.link) if name in rows.names)
    limit = float(rows.limits[rows.names.index(name)])
    limit = -limit if key.side == "min" else limit
    source = parts.model.source
    days, edge = len(source.weekend), edge_of(key, source)
    return Collision(*row_in_words(key, limit, days, names_of(source), edge))


def _let_go(plan: Plan, locks: Sequence[Lock]) -> tuple[Concession, ...]:
    return tuple(Concession(f"let go of {lock_words(plan, lock)}", let_go=lock) for lock in locks)


def _held(plan: Plan, lock: Lock) -> list[Item]:
    if lock.day >= len(plan.days):
        return []
    return [
        item
        for meal in plan.days[lock.day].meals
        for item in meal.items
        if lock.slot in (None, meal.slot) and lock.source_id in (None, item.item_id)
    ]
