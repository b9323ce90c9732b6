"""Exchange two days or two meals of a plan: all else stays where it can; what moved is told."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce

from foods.errors import UserFacingError, raise_collected
from planner.candidates.at_hand import foods_at_hand
from planner.errors import ConfigError
from planner.explain.locks import MOST_ROWS, row_words
from planner.explain.offers import WEEKDAY, asked_with, is_allowed
from planner.explain.refusal import offer_of_band
from planner.explain.report import Concession
from planner.explain.table_report import TableReport, with_change_note, with_notes
from planner.explain.words import amount_said
from planner.export.shopping import over_budget_usd
from planner.language.names import Named
from planner.language.spoken import listed_said, mark, said
from planner.meals.patterns import SLOTS
from planner.meals.rules import read_meal_rules
from planner.model.keys import NUTRIENT, RULES, RowKey
from planner.model.meals import MAIN_MEALS
from planner.plan.diff import compare_tables
from planner.plan.exchange import ExchangedPlan, SecondMeal, exchange_days
from planner.plan.locks import LockWish, Stay
from planner.plan.plan import Plan
from planner.request.days import menu_days, puts_by_day, weekend_days
from planner.request.put import Put
from planner.request.request import PlanRequest
from planner.request.shares import RATIO
from planner.request.since import minutes_on
from planner.table.from_now import from_now
from planner.table.had import dishes_had
from planner.table.made import LastMade, ReportedPlan
from planner.table.prepare import dishes_at_hand, prepare_table
from planner.table.replan import EVERYTHING, replan_table
from planner.table.session import EarlierPlan, EditReport, SeatedWeek, TableSession, seat_table
from planner.table.swap import choices_of, report_choices
from planner.table.ways import of_eater
from planner.targets.absorbable import CALCIUM, MAGNESIUM
from planner.targets.eaters import eater_requests

WHERE = "--exchange"
_TOO_LONG = mark(
    "{name} takes {minutes} minutes, and day {target} has {minutes_2} — exchange other days, or "
    "allow more with {flag}"
)
_SIDES = {"min": "lower", "max": "upper"}
_WEEKDAY = RULES[WEEKDAY].sentence


def exchange_table(
    document: EarlierPlan,
    request: PlanRequest,
    days: tuple[int, int],
    slots: Collection[str] = SLOTS,
    stay: Stay = EVERYTHING,
) -> EditReport:
    """Exchange two days of everybody at the table, or a meal of them, and judge the plan anew.

    Second meals move along with what they are left over from; where they cannot, something else
    comes in their place. All other meals stay where every rule holds so; else the main dishes of
    what changed places stay, and the rest moves as little as possible; what is in the way is told.

    Parameters
    ----------
    document, request
        The earlier plan, and what is asked for now.
    days
        Numbers of the days, from 1.
    slots
        The meals that change places.
    stay
        The days that are past.

    Raises
    ------
    UserFacingError
        When the days cannot be exchanged; else as ``replan_table``.
    """
    one, other = sorted(days)
    document, request = from_now(document, request, stay)
    faults = list(_faults(document.plan, request, days, slots))
    raise_collected(ConfigError, faults, WHERE)
    dishes = dishes_at_hand(request, foods_at_hand(request))
    keeps = {dish.dish_id: dish.keeps_days for dish in dishes if dish.kind == "main"}
    try:
        exchanged = exchange_days(document.plan, one, other, keeps, slots)
    except ConfigError as error:
        raise error.at(WHERE) from None
    turned = ReportedPlan(document.request, exchanged.plan, document.points)
    puts = _puts_moved(request, one, other, slots)
    asked = replace(request, week=replace(request.week, put=puts))
    had = dishes_had(document.plan, document.request, stay.past)
    session = seat_table(exchanged.plan, prepare_table(asked, had=had))
    if _holds(session):
        report = with_change_note(report_choices(session, choices_of(session)), ())
        if over_budget_usd(report) <= 0.0:
            return _told(document, report, exchanged)
    told = said("main dishes of days {one} and {other}", one=one, other=other)
    stay = replace(stay, locks=tuple(_held(exchanged, days, slots)), told=told)
    result = replan_table(turned, asked, stay, made=LastMade(had=had))
    if result.report.plan is None:
        return replace(result, before=document.points)
    notes = (*result.notes, *_in_the_way(session, exchanged.plan, asked))
    return _told(document, result.report, exchanged, notes)


def _holds(session: TableSession) -> bool:
    """Whether the weeks keep every rule as they stand."""
    return all(
        not one.seating.missing
        and len(one.seating.days) == len(one.parts.model.source.weekend)
        and not one.judged().broken
        for own in session.eaters.values()
        for one in own.weeks
    )


def _in_the_way(session: TableSession, plan: Plan, request: PlanRequest) -> Iterator[str]:
    """Say which rules the days would break if only what was asked for changed places.

    Where bounds of the request are in the way, and others would do, their flags are named.
    """
    texts: dict[str, None] = {}
    offers: dict[tuple[str, str, str], list[float]] = {}
    are_bands = True
    for name, own in session.eaters.items():
        for one in own.weeks:
            for row, day in _broken(one):
                key = one.parts.model.keys.get(row)
                if key is None or not _is_bound(key):
                    are_bands = False
                    texts[row_words(one.parts, row).text if key else said(_WEEKDAY)] = None
                    continue
                reached = _reached(one, key, day)
                told = said(
                    mark("{rule}, and it would be {amount}"),
                    rule=row_words(one.parts, row).text,
                    amount=amount_said(key.subject, reached),
                )
                texts[told] = None
                offers.setdefault((name, key.subject, _SIDES[key.side]), []).append(reached)
    if not texts:
        return
    told = listed_said(list(texts)[:MOST_ROWS], "; ")
    yield said("More had to change, since else this would not hold: {rules}.", rules=told)
    ways = [
        of_eater(offer_of_band(nutrient, side, (min if side == "lower" else max)(values)), name)
        for (name, nutrient, side), values in offers.items()
    ]
    if are_bands and _would_hold(ways, plan, request):
        flags = " ".join(one.flag for one in ways)
        yield said("With {flags} beside --exchange all else would stay.", flags=flags)
    else:
        yield said(
            "No other bound alone lets all else stay: exchange other days, or first `swap` what "
            "stands beside these meals."
        )


def _would_hold(ways: Sequence[Concession], plan: Plan, request: PlanRequest) -> bool:
    """Whether other bounds are allowed, and are all that the exchanged days need."""
    if not all(is_allowed(one.band, request) for one in ways):
        return False
    try:
        prepared = prepare_table(reduce(asked_with, ways, request))
    except UserFacingError:
        return False
    return _holds(seat_table(plan, prepared))


def _broken(one: SeatedWeek) -> Iterator[tuple[str, int]]:
    """Give the rules of single days that a week breaks, and of which day, from 0."""
    for name in one.judged().broken:
        row, _, day = name.rpartition("@")
        if day.isdecimal() and (row in one.parts.model.keys or row == WEEKDAY):
            yield row, int(day) - 1


def _is_bound(key: RowKey) -> bool:
    is_one = key.subject == RATIO or NUTRIENT in RULES[key.rule].marks
    return is_one and not key.basis and key.side in _SIDES


def _reached(one: SeatedWeek, key: RowKey, day: int) -> float:
    """Give what a day has of a nutrient, or its ratio."""
    table, chosen = one.parts.model.table, list(one.seating.choices[day])

    def of(nutrient: str) -> float:
        return float(table.content(nutrient)[chosen].sum())

    return of(CALCIUM) / of(MAGNESIUM) if key.subject == RATIO else of(key.subject)


def _faults(
    plan: Plan, request: PlanRequest, days: tuple[int, int], slots: Collection[str]
) -> Iterator[str]:
    """Say which days are none, and which dishes a weekday has no time for."""
    most = min(menu_days(request.week), len(plan.days))
    wrong = [number for number in days if not 1 <= number <= most]
    for n in wrong:
        yield said("there are {most} days with a menu of their own, not a day {n}", most=most, n=n)
    for number, target in () if wrong else (days, days[::-1]):
        for meal in plan.days[number - 1].meals:
            if meal.slot not in slots:
                continue
            limit, flag = _limit(request, target, meal.slot)
            told = {"target": target, "minutes_2": limit, "flag": flag}
            for one in meal.items:
                if one.leftover_of is None and one.minutes > limit:
                    yield said(_TOO_LONG, name=Named(one.name), minutes=one.minutes, **told)


def _limit(request: PlanRequest, day: int, slot: str) -> tuple[float, str]:
    """Give the most minutes that a meal of a day has for anybody, and the flag that says so."""
    found: list[tuple[float, str]] = [(math.inf, "")]
    free = weekend_days(request.week, read_meal_rules(request.week.pattern))[day - 1]
    for one in eater_requests(request).values():
        most = one.preferences.max_minutes_weekday
        found += [(most, "--max-minutes-weekday")] if most is not None and not free else []
        own = minutes_on(one.preferences, request.week, day)
        found += [(own[slot], "--max-minutes-on")] if slot in own else []
    return min(found)


def _held(
    exchanged: ExchangedPlan, days: Sequence[int], slots: Collection[str]
) -> Iterator[LockWish]:
    """Give the first thing of each main meal that moved, but for what second meals left open."""
    open_meals, held = exchanged.open_meals(), MAIN_MEALS if slots == SLOTS else slots
    for day in exchanged.plan.days:
        for meal in day.meals if day.day in days else ():
            if meal.slot in held and (day.day, meal.slot) not in open_meals:
                yield LockWish(day.day, meal.slot, meal.items[0].item_id)


def _puts_moved(
    request: PlanRequest, one: int, other: int, slots: Collection[str]
) -> tuple[Put, ...]:
    """Let what is put on one of the days move along; of what comes every week each day is named.

    What is put on both stays as it was asked for.
    """
    turned = {one: other, other: one}
    by_day = puts_by_day(request.week)
    on_one = {*by_day.get(one, ())}.symmetric_difference(by_day.get(other, ()))
    moved = {put for put in on_one if put.slot in slots}
    kept = [put for put in request.week.put if put not in moved]
    for day in sorted(by_day, key=lambda day: turned.get(day, day)):
        own = (put for put in by_day[day] if put in moved)
        kept += [replace(put, day=turned.get(day, day)) for put in own]
    return tuple(kept)


def _told(
    document: EarlierPlan,
    report: TableReport,
    exchanged: ExchangedPlan,
    notes: Iterable[str] = (),
) -> EditReport:
    """Tell what moved, against the plan as it was before."""
    assert report.plan is not None
    notes = [*notes, *(_second_text(report.plan, one) for one in exchanged.second_meals)]
    difference = compare_tables(document.plan, report.plan)
    return EditReport(with_notes(report, *notes), difference, document.points, tuple(notes))


def _second_text(plan: Plan, one: SecondMeal) -> str:
    """Say what became of a second meal whose first one moved."""
    again = [
        (day.day, meal.slot)
        for day, meal, item in plan.served()
        if (item.item_id, item.leftover_of) == (one.item.item_id, one.cooked)
    ]
    cooked = said("{name}, cooked on day {cooked},", name=Named(one.item.name), cooked=one.cooked)
    if again:
        (day, slot) = again[0]
        told = mark("{cooked} is eaten again at {slot} of day {day}.")
        return said(told, cooked=cooked, slot=said(slot), day=day)
    told = mark("{cooked} is not eaten again: something else stands at {slot} of day {day}.")
    return said(told, cooked=cooked, slot=said(one.slot), day=one.day)
