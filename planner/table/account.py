"""The account of a kept plan: every eater's sources, things, what holds the weeks, and answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foods.table import FoodTable
from planner.errors import ConfigError
from planner.explain.account import Account, EaterAccount
from planner.explain.reasons import main_sources
from planner.kitchen.shopping import shop_once
from planner.plan.plan import Plan
from planner.plan.shares import own_plan, plan_of
from planner.request.request import NAMELESS
from planner.rhythm.account import RoleAccount
from planner.settings import read_settings
from planner.table.session import find_eater, open_table
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
        When its request cannot be planned any more, it was made without a rhythm, or the plan holds
        what may not be, or it has no such eater; or when nothing is called as what somebody misses.
    """
    request, plan = document.request, document.plan
    if request.week.rhythm is None:
        raise ConfigError(
            "the plan was made before weeks had a rhythm", "plan", "`magplan plan` plans it anew"
        )
    session = open_table(document)
    table, known = session.table, list(session.table.weeks)
    if asked.eater and NAMELESS in known:
        raise ConfigError("the plan is that of one eater", "--eater", "leave it out")
    names = [find_eater(asked.eater, known)] if asked.eater else known
    numbers = (asked.day,) if asked.day else tuple(day.day for day in plan.days)
    roles = RoleAccount.of_table(session.roles)
    missed = {
        name: tuple(roles[name].why_not(dish, numbers, asked.slot) for dish in asked.why_not)
        for name in names
    }
    eaters = {}
    for name in names if not asked.why_not else ():
        plain = _plainly(own_plan(plan, name), table.weeks[name].foods, asked, numbers)
        eaters[name] = roles[name].account(
            plain, numbers, asked.keys, asked.slot, is_day=bool(asked.day)
        )
    shopping = shop_once(plan, request, table.weeks[known[0]].foods, request.dish_folders)
    return Account(numbers, eaters, missed, shopping, asked.slot)


def _plainly(plan: Plan, foods: FoodTable, asked: Asked, numbers: Sequence[int]) -> EaterAccount:
    """Return what is known without a model of some days of a plan: sources and means."""
    days = tuple(day for day in plan.days if day.day in numbers)
    if len(days) < len(plan.days):
        plan = plan_of(days, plan.distinct_foods)
    most = read_settings("explain.toml")["told"]["sources"]
    sources = {key: tuple(main_sources(plan, foods, key)[:most]) for key in asked.keys}
    return EaterAccount(sources, {key: plan.means[key] for key in asked.keys}, (), ())
