"""Why no week of a rhythm is around what stays, in plain words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import ConfigError
from planner.explain.asked import LEFT_OUT_WORDS, why_left_out
from planner.explain.offers import (
    NO_ROOM,
    NO_ROOM_FOR_ALL,
    NOT_BESIDE_PAST,
    amount_said,
    explain_gone,
    lock_words,
)
from planner.explain.refusal import (
    offer_apart,
    offer_of_band,
    offer_of_budget,
    offer_of_ratio,
    offer_of_rule,
)
from planner.explain.report import HARDEST, SHARED, Collision, Concession, Refusal
from planner.faults import fault
from planner.model.input import ModelInput
from planner.plan.locks import Lock
from planner.plan.outcome import Outcome, TableOutcome
from planner.request.days import DAYS_PER_WEEK
from planner.request.override import RATIO, read_shares
from planner.request.phrases import FrequencyRule
from planner.request.request import PlanRequest
from planner.rhythm.conflict import (
    BUDGET,
    MIN,
    OF_RHYTHM,
    Breach,
    breach_told,
    can_hold,
    find_conflict,
)
from planner.rhythm.plan import build_week, freest
from planner.rhythm.rhythms import MAIN, SETTINGS, read_rhythm, rhythm_of
from planner.rhythm.table import TableWeek
from planner.rhythm.weeks import ChangedWeeks, StandingPlan, change_weeks
from planner.settings import read_settings
from planner.shops import named, price_as
from planner.targets.target import said_on, said_within
from planner.wording import capital, listed

if TYPE_CHECKING:
    from planner.table.prepare import PreparedEater, PreparedTable

SHARE = (
    "{meals}: {names} share the main dish there; each could have a plan alone, but what is listed "
    "below for {whose} makes a plan with the same dishes impossible"
)
ALONE = (
    "{name} has a plan alone, but not with only those main dishes for {slots} that {others} may "
    "have too"
)
_HARDEST = 6  # rows that are named where none is proven to collide
_WHOLE = 1e-6  # of a whole number: tolerance of the solver, not a serving
_MOST_LOCKS = 6  # that are tried one by one
_MOST_ROWS = 4


@dataclass(frozen=True)
class NoWeek:
    """Why there is no week.

    Parameters
    ----------
    is_proven
        Whether not even fractions of recipes hold all rows, none of which is of the rhythm alone.
    of_table, each
        What is in the way of a table as a whole, and name → of an eater.
    collide
        Name → the rows of that eater that collide, or that were hardest to keep.
    """

    is_proven: bool
    of_table: Refusal | None
    each: Mapping[str, Refusal]
    collide: Mapping[str, Sequence[Breach]]


def explain_none(table: PreparedTable, outcome: TableOutcome) -> NoWeek:
    """Explain why a table has no week: what cannot hold together, or what was hardest to keep."""
    number = max(0, len(outcome.total.weeks) - 1)
    sources = {name: own.sources[number] for name, own in table.weeks.items()}
    empty = {name: own for name, source in sources.items() if (own := _empty_places(source))}
    if empty:
        each = {name: _nothing_left(own, sources[name]) for name, own in empty.items()}
        return NoWeek(True, None, each, dict.fromkeys(each, ()))
    rhythm = freest(rhythm_of(table.request))
    week = eased_week(table, rhythm, number)
    found = find_conflict(week)
    if not found:
        missed = {name: [*map(breach_told, own.broken)] for name, own in outcome.each.items()}
        missed = {name: own for name, own in missed.items() if own or not any(missed.values())}
        each = {name: _hardest(own, sources[name]) for name, own in missed.items()}
        return NoWeek(False, None, each, missed)
    is_proven = all(breach.kind not in OF_RHYTHM for breach in found)
    own_rows = {name: [breach for breach in found if breach.whose == name] for name in sources}
    collide = {name: own for name, own in own_rows.items() if own}
    each = {
        name: _colliding_rows(own, sources[name], table.weeks[name])
        for name, own in collide.items()
    }
    first = next((source, table.weeks[name]) for name, source in sources.items())
    common = () if "" in sources else [breach for breach in found if breach.whose == ""]
    if any(breach.kind == SHARED for breach in common):
        return NoWeek(is_proven, _shared(table, [*collide]), each, collide)
    each = {name: _beside_sharing(own, name, table, number, rhythm) for name, own in each.items()}
    of_table = _colliding_rows(common, *first) if common else None
    return NoWeek(is_proven, of_table, each, collide)


def eased_week(table: PreparedTable, rhythm: str, number: int) -> TableWeek:
    """Return week ``number``, from 0, in which habits give way as in the last that is tried."""
    week = build_week(table, rhythm, number, ())
    return replace(week, whole=week.whole.eased())


def _empty_places(source: ModelInput) -> list[str]:
    """Name the required places on which nothing may stand."""
    served = {place for candidate in source.candidates.candidates for place in candidate.places}
    places = source.rules.places
    return [place.place_id for place in places if place.required and place.place_id not in served]


def _nothing_left(places: Sequence[str], source: ModelInput) -> Refusal:
    conflict = []
    for place in places:
        slot, role = place.split(".")
        thing = "dish" if role == MAIN else role
        text = f"no {thing} is left for {slot}: {_left_out(source)}"
        conflict.append(Collision(f"{slot} {thing}", "0 candidates", text))
    return Refusal(tuple(conflict), ())


def _left_out(source: ModelInput) -> str:
    """Count what is left out, by its reasons."""
    known = [one.code for one in source.candidates.left_out if one.code in LEFT_OUT_WORDS]
    counted = ", ".join(f"{n} {LEFT_OUT_WORDS[code]}" for code, n in Counter(known).most_common())
    return f"of all dishes and foods {counted} are left out"


def _hardest(missed: Sequence[Breach], source: ModelInput) -> Refusal:
    """Name the rows that the best week misses, where none is proven to collide."""
    told = dict.fromkeys(row_asked(breach, source) for breach in missed)
    rows = [Collision(what, HARDEST, f"hardest to keep: {text}") for what, _, text in told]
    return Refusal(tuple(rows[:_HARDEST]), ())


def _colliding_rows(found: Sequence[Breach], source: ModelInput, week: PreparedEater) -> Refusal:
    """Name rows that cannot hold together, and what of each alone would open a way."""
    asked_first = sorted(found, key=lambda one: -one.rank)
    told = [*dict.fromkeys(row_asked(breach, source) for breach in asked_first)]
    for breach in found:
        if breach.kind == "frequency" and breach.side == MIN:
            meaning = source.wishes.frequencies[int(breach.name) - 1].meaning
            told += why_left_out(meaning, source.candidates, week.dishes)
    offers = [offer for breach in found if (offer := _offer(breach, source)) is not None]
    return Refusal(tuple(told), tuple(offers), is_proven=True)


def row_asked(one: Breach, source: ModelInput) -> Collision:
    """Return what rows ask: what it is about, how much, and as a sentence."""
    days = len(source.weekend)
    if one.is_band:
        name = said_on(one.nutrient, one.name.partition(".")[2] or "total")
        edge = _edge(one, source)
        sign = "at least" if one.side == MIN else "at most"
        value = sign if edge is None else f"{sign} {amount_said(one.nutrient, edge)}"
        is_amount = one.nutrient != RATIO and one.nutrient not in read_shares()
        when = "a day over the week" if is_amount else "over the week"
        is_daily = one.rows and "band_week" not in one.rows
        return Collision(name.lower(), value, f"{name}: {value} {'each day' if is_daily else when}")
    if one.kind == BUDGET:
        value = f"at most {price_as(source.wishes.budget_usd or 0.0)} a week"
        return Collision(BUDGET, value, f"the budget: {value}")
    if one.kind == "frequency":
        wish = source.wishes.frequencies[int(one.name) - 1]
        sign = "at least" if one.side == MIN else "at most"
        count = wish.count * days / DAYS_PER_WEEK
        count = math.floor(count) if one.side == MIN else math.ceil(count)
        text = f"{named(wish.meaning.name)}: {sign} {count} times in {days} days, as asked for"
        return Collision(wish.meaning.name, f"{sign} {count}", text)
    if one.kind == "one" and one.side == MIN:
        role = re.sub(r" \d+$", "", one.name)
        return Collision(role, "", f"too few dishes are left for {role}: {_left_out(source)}")
    text = row_told(f"{one.kind}.{one.name}")
    return Collision(text, "", text)


def _edge(one: Breach, source: ModelInput) -> float | None:
    """Return the end of the band as it is held, of the week where there is one."""
    side = "lower" if one.side == MIN else "upper"
    held = [target for target in source.targets if target.nutrient == one.nutrient and target.hard]
    held.sort(key=lambda target: target.period != "week")
    return next((edge for target in held if (edge := getattr(target, side)) is not None), None)


def _offer(one: Breach, source: ModelInput) -> Concession | None:
    """Return one change that makes the week possible, with the flag that asks for it."""
    side, sign = ("lower", -1.0) if one.side == MIN else ("upper", 1.0)
    days, edge = len(source.weekend), _edge(one, source) if one.is_band else None
    if one.nutrient in read_shares():
        return None if edge is None else offer_of_band(one.nutrient, side, edge)
    if one.share is None or "." in one.name:  # such as a level on supplements alone
        return None
    if one.nutrient == RATIO:
        return offer_of_ratio() if sign > 0 else None
    if edge is not None:
        return offer_of_band(one.nutrient, side, edge * (1.0 + sign * one.share))
    value = one.limit * (1.0 + sign * one.share) * DAYS_PER_WEEK / days
    if one.kind == BUDGET:
        return offer_of_budget(value)
    if one.kind == "frequency":
        whole = math.ceil(value - _WHOLE) if sign > 0 else math.floor(value + _WHOLE)
        name = source.wishes.frequencies[int(one.name) - 1].meaning.name
        return offer_of_rule(FrequencyRule(name, "<=" if sign > 0 else ">=", whole))
    return None


def _shared(table: PreparedTable, whose: Sequence[str]) -> Refusal:
    """Return a refusal that says sharing is in the way: each could have a plan alone."""
    by_names: dict[tuple[str, ...], list[str]] = {}
    for place, names in table.shared.items():
        by_names.setdefault(tuple(names), []).append(place.split(".")[0])
    found, offers = [], []
    for names, own in by_names.items():
        text = SHARE.format(meals=listed(own), names=listed(names), whose=listed(whose))
        found.append(Collision(listed(own), SHARED, text))
        offers += [offer_apart(name, [slot]) for slot in own for name in whose if name in names]
    return Refusal(tuple(found), tuple(offers))


def _beside_sharing(
    refusal: Refusal, name: str, table: PreparedTable, number: int, rhythm: str
) -> Refusal:
    """Return a refusal that tells if sharing dishes with others is what leaves an eater no week."""
    own = {place: names for place, names in table.shared.items() if name in names}
    if not own:
        return refusal
    alone = replace(table, weeks={name: table.alone[name]}, shared={})
    if not can_hold(eased_week(alone, rhythm, number)):
        return refusal
    slots = [place.split(".")[0] for place in own]
    others = listed([other for other in dict.fromkeys(chain(*own.values())) if other != name])
    text = ALONE.format(name=name, slots=", ".join(slots), others=others)
    conflict = (Collision(f"{', '.join(slots)} with {others}", SHARED, text), *refusal.conflict)
    offers = (*refusal.relaxations, offer_apart(name, slots))
    return replace(refusal, conflict=conflict, relaxations=offers)


def explain_change(standing: StandingPlan, changed: ChangedWeeks, started: float) -> Refusal | None:
    """Explain which locks leave no week, and which rows are in the way; ``None`` if locks do not.

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
    words = [lock_words(standing.plan, lock) for lock in locks]
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
        rest = [other_lock for other_lock in kept if other_lock != lock]
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
    text = text if known else re.sub(r"(,| of| on) day \{day\}", "", text)
    text = text if name else text.replace(": {name}", "")
    told = text.format(name=name, day=listed(known) if known else "")
    return f"{whose}: {told}" if whose else told


def _words(kind: str, parts: Sequence[str]) -> Iterator[str]:
    for number, part in enumerate(parts):
        is_nutrient = kind in ("band_day", "band_week", "cautious") and number == 0
        if part not in ("min", "max", "soft"):
            yield said_within(part) if is_nutrient else part.replace("_", " ")


@dataclass(frozen=True)
class Edit:
    """What came of changing a plan: its weeks, the rhythm they have, or what eaters are told."""

    outcome: TableOutcome
    rhythm: str
    refused: Mapping[str, Refusal] = field(default_factory=dict)


def edit_weeks(
    standing: StandingPlan, started: float, where: Path, *, is_new: bool, is_trial: bool = False
) -> Edit:
    """Change the weeks of a plan; where its rhythm has none around what stays, in a freer one.

    Parameters
    ----------
    standing, started, is_new
        As of ``change_weeks``.
    where
        Where the plan lies.
    is_trial
        Whether nobody asks why there is none.

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
            {lock.day + 1 for own in gone.values() for lock in own},
            where,
        )
        days, blank = table.request.week.days, Outcome.without_week(started)
        told = {
            name: explain_gone(plan, own, table.weeks[name].candidates, days)
            for name, own in gone.items()
        }
        outcome = TableOutcome(blank, dict.fromkeys(table.weeks, blank))
        return Edit(outcome, standing.rhythm, told)
    first = changed = change_weeks(standing, started, is_new=is_new)
    rhythm, tried = standing.rhythm, {standing.rhythm, ""}
    while not changed.outcome.total.has_plan and (freer := read_rhythm(rhythm).freer) not in tried:
        rhythm, tried = freer, {*tried, freer}
        changed = change_weeks(replace(standing, rhythm=rhythm), started, is_new=is_new)
    if changed.outcome.total.has_plan or is_trial:
        return Edit(changed.outcome, rhythm)
    refusal = explain_change(standing, first, started)
    return Edit(changed.outcome, rhythm, {next(iter(table.weeks)): refusal} if refusal else {})


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
