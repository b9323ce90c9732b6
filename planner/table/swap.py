"""Swap one thing of a common table: for one eater, or for all who share it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

from planner.errors import ConfigError
from planner.plan.diff import compare_households
from planner.plan.locks import (
    find_item,
)
from planner.plan.replacements import (
    HouseholdReplacement,
    HouseholdReplacements,
    Replacement,
    Replacements,
)
from planner.solve.household import HouseholdOutcome, add_up
from planner.solve.outcome import Outcome
from planner.solve.swap import apply_swap
from planner.table.editing import rank_replacements
from planner.table.prepare import (
    report_household,
)
from planner.table.session import WeekSession, check_seated, judge_choices
from planner.table.session_of_all import (
    HouseholdEditReport,
    HouseholdSession,
    find_eater,
    with_note,
)


def rank_table_replacements(
    session: HouseholdSession,
    day: int,
    slot: str,
    name: str | None = None,
    eater: str | None = None,
) -> HouseholdReplacements:
    """Rank what may stand in the place of one thing, for one eater or for all who share it.

    What is shared is replaced for all its eaters, each in the portion with the fewest points, and
    ranked by their sum; only what keeps everybody's rules is offered.

    Parameters
    ----------
    session
        The plan.
    day, slot
        Day from 1, and meal.
    name
        Id or name of the thing; the first of the meal when left out.
    eater
        Whose it is; may be left out where it is shared, or only one eater's.

    Raises
    ------
    ConfigError
        When the plan has no such thing or eater, it is not said whose, or the plan holds what may
        not be planned any more.
    """
    for who, one in session.eaters.items():
        _check_own(who, one)
    item_id, names = _whose(session, day, slot, name, eater)
    ranked = {who: rank_replacements(session.eaters[who], day, slot, item_id) for who in names}
    if len(names) == 1:
        offers = [_offer({names[0]: one}) for one in ranked[names[0]].offers]
    else:
        offers = _common_offers(ranked, item_id)
    offers.sort(key=lambda one: (one.points, one.candidate_id))
    return HouseholdReplacements(
        day=day,
        slot=slot,
        eaters=ranked,
        offers=tuple(replace(one, rank=rank) for rank, one in enumerate(offers, start=1)),
        cost_before=session.plan.cost,
    )


def apply_table_replacement(
    session: HouseholdSession, chosen: HouseholdReplacement
) -> HouseholdEditReport:
    """Make a replacement and judge the whole table anew."""
    started = time.perf_counter()
    outcomes: dict[str, Outcome] = {}
    for name, own in session.eaters.items():
        choices = [one.seating.choices for one in own.weeks]
        if name in chosen.each:
            week = chosen.each[name].week
            choices[week] = apply_swap(choices[week], chosen.each[name].swap)
        outcomes[name] = judge_choices(own, choices, started)
    solved = HouseholdOutcome(add_up(outcomes.values()), outcomes)
    report = with_note(report_household(session.table, solved), ())
    before = {name: own.points() for name, own in session.eaters.items()}
    assert report.plan is not None
    difference = compare_households(session.plan, report.plan, session.eaters)
    return HouseholdEditReport(report, difference, before)


def _check_own(name: str, session: WeekSession) -> None:
    try:
        check_seated(session)
    except ConfigError as error:
        raise ConfigError(error.what, f"{name}, {error.where}", error.remedy) from None


def _whose(
    session: HouseholdSession, day: int, slot: str, name: str | None, eater: str | None
) -> tuple[str, tuple[str, ...]]:
    """Give the id of the thing, and the names of those for whom it is replaced."""
    if eater is not None:
        eater = find_eater(eater, list(session.eaters))
        _, item = find_item(session.eaters[eater].plan, day, slot, name)
        return item.item_id, _sharers(session, day, slot, item.item_id, eater)
    _, item = find_item(session.plan, day, slot, name)
    holders = [share.eater for share in item.shares]
    names = _sharers(session, day, slot, item.item_id, holders[0])
    if len(holders) > len(names):
        raise ConfigError(
            f"{' and '.join(holders)} each have {item.name} of their own at {slot} on day {day}",
            "--eater",
            f"say whose is replaced: --eater {holders[0]}",
        )
    if name is None and len(names) == 1 and len(session.eaters) > 1:
        raise ConfigError(
            f"at {slot} on day {day} each eater has something of one's own",
            "--eater",
            f"say whose is replaced, one of {', '.join(session.eaters)}",
        )
    return item.item_id, names


def _sharers(
    session: HouseholdSession, day: int, slot: str, item_id: str, eater: str
) -> tuple[str, ...]:
    """Name those who have a thing from the same pot; the eater alone where it is not shared."""
    own = session.eaters[eater]
    of_day, item = find_item(own.plan, day, slot, item_id)
    if item.is_beside:
        return (eater,)
    week, _, column = own.seat_of(of_day, slot, item)
    place = own.weeks[week].parts.arrays.places[column]
    names = session.table.shared.get(place, ())
    if eater not in names:
        return (eater,)
    for name in names:
        if not _has_there(session.eaters[name], day, slot, item_id, place):
            raise ConfigError(
                f"{' and '.join(names)} do not have the same main dish at {slot} on day {day}",
                "plan",
                "`magplan replan` puts it right",
            )
    return tuple(names)


def _has_there(session: WeekSession, day: int, slot: str, item_id: str, place: str) -> bool:
    """Whether an eater has a thing on a place."""
    try:
        of_day, item = find_item(session.plan, day, slot, item_id)
    except ConfigError:
        return False
    week, _, column = session.seat_of(of_day, slot, item)
    return session.weeks[week].parts.arrays.places[column] == place


def _common_offers(ranked: Mapping[str, Replacements], item_id: str) -> list[HouseholdReplacement]:
    """Give the dishes that keep everybody's rules, for each eater in the best portion."""
    best: dict[str, dict[str, Replacement]] = {}
    for name, found in ranked.items():
        for one in found.offers:  # the portion with the fewest points comes first
            if one.column.candidate.source_id != item_id:
                best.setdefault(one.column.candidate.candidate_id, {}).setdefault(name, one)
    return [_offer(each) for each in best.values() if len(each) == len(ranked)]


def _offer(each: Mapping[str, Replacement]) -> HouseholdReplacement:
    return HouseholdReplacement(0, sum(one.swap.points for one in each.values()), each)
