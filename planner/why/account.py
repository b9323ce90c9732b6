"""The account of a kept plan: every eater's prices, sources, things, wishes and answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.errors import ConfigError
from planner.explain.account import Account, BoundPrice, EaterAccount, RuleRoom, WeekAccount
from planner.explain.reasons import main_sources
from planner.kitchen.shopping import shop_once
from planner.model.keys import RULES
from planner.plan.plan import Plan
from planner.plan.shares import own_plan, plan_of
from planner.request.days import DAYS_PER_WEEK
from planner.request.request import NAMELESS
from planner.rhythm.account import RoleAccount
from planner.search.evaluate import TOLERANCE, evaluate_week
from planner.settings import read_settings
from planner.solve.parts import WeekParts
from planner.table.session import (
    SeatedWeek,
    TableSession,
    check_seated,
    find_eater,
    open_for_swaps,
)
from planner.targets.eaters import eater_requests
from planner.why.bounds import price_bounds
from planner.why.ledger import Ledger, week_figures
from planner.why.things import WhichThings, reasons_of_items
from planner.why.why_not import why_not
from planner.why.wishes import Base, cost_of_wishes
from planner.wire.document import PlanDocument

ALWAYS = ("magnesium_mg", "calcium_mg")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a plan.

    Parameters
    ----------
    nutrients
        Nutrients beside magnesium and calcium.
    why_not
        Foods and dishes that somebody misses.
    day, slot
        The one day, from 1, and the meal, of it or for what is missed; 0 and empty: all.
    eater
        Whose account is asked for; empty: everybody's.
    """

    nutrients: tuple[str, ...] = ()
    why_not: tuple[str, ...] = ()
    day: int = 0
    slot: str = ""
    eater: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Nutrients that are told of."""
        return tuple(dict.fromkeys((*ALWAYS, *self.nutrients)))


def account_of(document: PlanDocument, asked: Asked) -> Account:
    """Describe why a kept plan is as it is.

    Raises
    ------
    UserFacingError
        When its request cannot be planned any more, or the plan holds what may not be, or it has
        no such eater; or when nothing is called as what somebody misses.
    """
    session = open_for_swaps(document)
    known = list(session.table.weeks)
    if asked.eater and NAMELESS in known:
        raise ConfigError("the plan is that of one eater", "--eater", "leave it out")
    names = [find_eater(asked.eater, known)] if asked.eater else known
    numbers = (asked.day,) if asked.day else tuple(day.day for day in session.plan.days)
    eaters, missed, ledgers = {}, {}, list[Ledger]()
    roles = {} if session.roles is None else RoleAccount.of_table(session.roles)
    for name in names:
        if name in roles:
            asked_of = (roles[name].why_not(one, numbers, asked.slot) for one in asked.why_not)
            missed[name] = tuple(asked_of)
        else:
            own = session.eaters[name]
            check_seated(own)
            ledgers = [Ledger.of_week(one.parts) for one in own.weeks]
            asked_of = (why_not(own, one, numbers, ledgers, asked.slot) for one in asked.why_not)
            missed[name] = tuple(asked_of)
        if not asked.why_not:
            eaters[name] = _account(session, name, asked, numbers, roles.get(name) or ledgers)
    foods, folders = session.table.weeks[known[0]].foods, document.request.dish_folders
    shopping = shop_once(session.plan, document.request, foods, folders)
    return Account(numbers, eaters, missed, shopping, asked.slot)


def prices_at(session: TableSession, bases: Mapping[str, Any]) -> dict[str, tuple[BoundPrice, ...]]:
    """Return each eater's bounds that cost the first week something, at the prices of its best mix.

    None is moved, so that one linear program of each eater is enough; the first cost the most.
    ``bases``: name → where the solver ended for a week that is nearly the same, for some.
    """
    prices = {}
    for name, own in session.eaters.items():
        ledger = Ledger.of_week(own.weeks[0].parts, bases.get(name))
        choices = own.weeks[0].seating.choices
        prices[name] = price_bounds(ledger, choices, (), 0) if ledger.program.best else ()
    return prices


def _account(
    session: TableSession,
    name: str,
    asked: Asked,
    numbers: Sequence[int],
    ledgers: Sequence[Ledger] | RoleAccount,
) -> EaterAccount:
    told, eaten = read_settings("explain.toml")["told"], session.table.weeks[name]
    plan, foods = _days_of(own_plan(session.plan, name), numbers), eaten.foods
    sources = {key: tuple(main_sources(plan, foods, key)[: told["sources"]]) for key in asked.keys}
    means = {key: plan.means[key] for key in asked.keys}
    if isinstance(ledgers, RoleAccount):
        plain, is_day = EaterAccount(sources, means, (), ()), bool(asked.day)
        return ledgers.account(plain, numbers, asked.keys, asked.slot, is_day=is_day)
    own = session.eaters[name]
    menus = {own.place_of(number - 1) for number in numbers}
    weeks = []
    for number in sorted({week for week, _ in menus}):
        seated, ledger = own.weeks[number], ledgers[number]
        days = number * DAYS_PER_WEEK + 1, len(seated.seating.choices)
        weeks.append(_priced(seated, ledger, days, asked.keys, _rooms(seated, ledger)))
    of_day = None
    if asked.day:
        week, day = own.place_of(asked.day - 1)
        seated = own.weeks[week]
        ledger = Ledger.of_day(seated.parts, seated.seating.choices, day)
        of_day = _priced(seated, ledger, (asked.day, 1), asked.keys)
    few = len(numbers) * (1 if asked.eater else len(session.eaters)) <= told["days"]
    which: WhichThings = "every" if asked.day else "main" if few else "none"
    request = eater_requests(session.table.request)[name]
    what = request, foods, eaten.dishes, ledgers[0], own.weeks[0].seating.choices
    base = Base(*what, is_alone=name == NAMELESS)
    return EaterAccount(
        sources,
        means,
        tuple(reasons_of_items(own, numbers, asked.keys, which, asked.slot)),
        tuple(weeks),
        of_day,
        tuple(cost_of_wishes(base)) if not asked.day else (),
    )


def _days_of(plan: Plan, numbers: Sequence[int]) -> Plan:
    """Return a plan of some days alone; its sums are those of these days."""
    days = tuple(day for day in plan.days if day.day in numbers)
    return plan if len(days) == len(plan.days) else plan_of(days, plan.distinct_foods)


def _priced(
    seated: SeatedWeek,
    ledger: Ledger,
    days: tuple[int, int],
    keys: Sequence[str],
    rooms: Iterable[RuleRoom] = (),
) -> WeekAccount:
    """Price what holds a week, or one day of it; ``days`` are the first one and how many."""
    choices, best = seated.seating.choices, ledger.program.best
    told = read_settings("explain.toml")["told"]["prices"]
    return WeekAccount(
        *days,
        week_figures(seated.parts, choices)[0],
        None if best is None else ledger.figures(best),
        price_bounds(ledger, choices, keys, told) if best is not None else (),
        tuple(rooms),
    )


def _rooms(seated: SeatedWeek, ledger: Ledger) -> Iterator[RuleRoom]:
    """Say of every rule how much room it leaves."""
    parts, choices = seated.parts, seated.seating.choices
    points = evaluate_week(parts.arrays, parts.between, choices).terms
    rows = dict(_hard_rows(parts, choices))
    priced = _priced_rules(ledger)
    for rule in RULES:
        own = rows.get(rule, [])
        if own or rule in points or rule in priced:
            tight = sum(own)
            yield RuleRoom(rule, len(own), tight, rule in priced, points.get(rule, 0.0))


def _hard_rows(
    parts: WeekParts, choices: Sequence[Sequence[int]]
) -> Iterator[tuple[str, list[bool]]]:
    """Return rule → for each row that must hold whether a week stands at its limit."""
    arrays, found = parts.arrays, dict[str, list[bool]]()
    chosen = [column for day in choices for column in day]
    blocks = [(arrays.rows_of(day), list(own)) for day, own in enumerate(choices)]
    near = read_settings("explain.toml")["told"]["near"]
    for rows, columns in (*blocks, (arrays.link, chosen)):
        activity = rows.coefficients[:, columns].sum(axis=1)
        size = np.where(np.isfinite(rows.limits), np.abs(rows.limits), 0.0)
        for row in np.flatnonzero(rows.hard & np.isfinite(rows.limits)).tolist():
            rule = parts.model.keys[rows.names[row]].rule
            slack = near * size[row] if RULES[rule].is_band else TOLERANCE * max(1.0, size[row])
            is_tight = activity[row] >= rows.limits[row] - slack
            found.setdefault(rule, []).append(bool(is_tight))
    yield from found.items()


def _priced_rules(ledger: Ledger) -> set[str]:
    best, keys = ledger.program.best, ledger.parts.model.keys
    if best is None:
        return set()
    return {
        keys[placed.rows.names[row]].rule
        for number, placed in enumerate(ledger.program.placed)
        for row in np.flatnonzero(ledger.program.prices_of(best, number) < -TOLERANCE).tolist()
    }
