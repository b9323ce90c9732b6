"""Why no week of a rhythm is around what stays, in plain words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from planner.errors import ConfigError
from planner.explain.offers import (
    NO_ROOM,
    NO_ROOM_FOR_ALL,
    NOT_BESIDE_PAST,
    explain_gone,
    lock_words,
)
from planner.explain.report import Collision, Concession, Refusal
from planner.faults import fault
from planner.plan.locks import Lock
from planner.plan.outcome import Outcome, TableOutcome
from planner.request.request import PlanRequest
from planner.rhythm.rhythms import SETTINGS
from planner.rhythm.weeks import ChangedWeeks, StandingPlan, change_weeks
from planner.settings import read_settings
from planner.targets.target import said_within
from planner.wording import capital, listed

_MOST_LOCKS = 6  # that are tried one by one
_MOST_ROWS = 4


def explain_change(standing: StandingPlan, changed: ChangedWeeks, started: float) -> Refusal | None:
    """Say which locks leave no week, and which rows are in the way; ``None``: it is not them.

    Parameters
    ----------
    standing
        The plan, and what stays of it.
    changed
        What came of it, without a plan.
    started
        As of ``change_weeks``.
    """
    rows = [*map(row_told, changed.last.in_the_way(standing.table.request.solve.seed))]
    told = [Collision(one, "", capital(one)) for one in dict.fromkeys(rows)][:_MOST_ROWS]
    locks = colliding(standing, started)
    words = [lock_words(standing.plan, one) for one in locks]
    if words:
        pattern = NO_ROOM_FOR_ALL if len(words) > 1 else NO_ROOM
        why = "the rules allow no plan that includes it"
        text = pattern.format(locks=capital(" and ".join(words)), why=why)
        offers = (
            Concession(f"let go of {lock_words(standing.plan, one)}", let_go=one) for one in locks
        )
        return Refusal((Collision("locks", "", text), *told), tuple(offers))
    if standing.past:
        return Refusal((Collision("locks", "", NOT_BESIDE_PAST), *told), ())
    return None


def colliding(standing: StandingPlan, started: float) -> tuple[Lock, ...]:
    """Return a smallest set of locks that leave no week; empty where others are in the way.

    Locks of days that are past stay in any case.
    """
    own = [
        one for one in dict.fromkeys(chain(*standing.locks.values())) if not _is_past(standing, one)
    ]
    if not own or len(own) > _MOST_LOCKS or not _has_plan(_without(standing, own), started):
        return tuple(own) if len(own) > _MOST_LOCKS else ()
    kept = list(own)
    for lock in own:
        rest = [one for one in kept if one != lock]
        if not _has_plan(_without(standing, [one for one in own if one not in rest]), started):
            kept = rest
    return tuple(kept)


def _is_past(standing: StandingPlan, lock: Lock) -> bool:
    return standing.plan.days[lock.day].day in standing.past


def _without(standing: StandingPlan, locks: Sequence[Lock]) -> StandingPlan:
    for lock in locks:
        standing = standing.without(lock)
    return standing


def _has_plan(standing: StandingPlan, started: float) -> bool:
    return change_weeks(standing, started, is_new=False).outcome.total.has_plan


def row_told(name: str) -> str:
    """Return what a row asks in words, by its name: ``"sodium of day 3"``."""
    return next(iter(rows_told([name])))


def rows_told(names: Iterable[str]) -> dict[str, int]:
    """Return what rows ask in words, those that differ in their day once, and how many each is."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for name in names:
        whose, _, row = name.rpartition(": ")
        kind, *parts = row.split(".")
        day = parts.pop() if parts and parts[-1].isdigit() else ""
        found.setdefault((whose, kind, " ".join(_words(kind, parts))), []).append(day)
    return {_row_told(*what, days): len(days) for what, days in found.items()}


def _row_told(whose: str, kind: str, name: str, days: Collection[str]) -> str:
    text = str(read_settings(SETTINGS)["rows"][kind])
    known = sorted({*days}, key=int) if all(days) else []
    text = text.replace("day {day}", "days {day}") if len(known) > 1 else text
    text = text if known else text.replace(", day {day}", "").replace(" of day {day}", "")
    text = text if name else text.replace(": {name}", "")
    told = text.format(name=name, day=listed(known) if known else "")
    return f"{whose}: {told}" if whose else told


def _words(kind: str, parts: Sequence[str]) -> Iterator[str]:
    for number, part in enumerate(parts):
        is_nutrient = kind in ("band_day", "band_week", "cautious") and number == 0
        if part not in ("min", "max", "soft"):
            yield said_within(part) if is_nutrient else part.replace("_", " ")


def edit_weeks(
    standing: StandingPlan, started: float, where: Path, *, is_new: bool
) -> tuple[TableOutcome, Mapping[str, Refusal]]:
    """Change the weeks of a plan; without a plan with what eaters are told, if anything.

    Parameters
    ----------
    standing, started, is_new
        As of ``change_weeks``.
    where
        Where the plan lies.

    Raises
    ------
    ConfigError
        When past days have what may not be planned any more.
    """
    table, plan = standing.table, standing.plan
    if gone := standing.gone():
        check_past(
            table.request,
            standing.past,
            {one.day + 1 for own in gone.values() for one in own},
            where,
        )
        days, blank = table.request.week.days, Outcome.without_week(started)
        told = {
            name: explain_gone(plan, own, table.weeks[name].candidates, days)
            for name, own in gone.items()
        }
        return TableOutcome(blank, dict.fromkeys(table.weeks, blank)), told
    changed = change_weeks(standing, started, is_new=is_new)
    if changed.outcome.total.has_plan:
        return changed.outcome, {}
    refusal = explain_change(standing, changed, started)
    return changed.outcome, {next(iter(table.weeks)): refusal} if refusal else {}


def check_past(
    request: PlanRequest, past: Collection[int], days: Collection[int], where: Path
) -> None:
    """Refuse a wish that what was eaten on ``past`` days, some of ``days``, does not keep.

    Raises
    ------
    ConfigError
        With these days.
    """
    if broken := sorted(set(days).intersection(past)):
        left = request.week.days - len(past)
        told = {"days": ", ".join(map(str, broken)), "plan": where, "left": left}
        raise fault(
            ConfigError, "past_day_in_the_way", **told, request=where.with_name("request.toml")
        )
