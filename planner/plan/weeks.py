"""The weeks of a longer plan: seven days each, the last one shorter where it must be."""

from __future__ import annotations

from collections.abc import Sequence

from foods.table import FoodTable
from planner.errors import ExportError
from planner.language.faults import fault
from planner.language.spoken import said
from planner.meals.rules import read_meal_rules
from planner.plan.assemble import foods_served
from planner.plan.plan import Day, Plan
from planner.plan.shares import ratio_of, sum_amounts
from planner.request.days import DAYS_PER_WEEK


def cut_weeks(plan: Plan, foods: FoodTable) -> tuple[Plan, ...]:
    """Give each week of a plan as a plan of its own, with its sums; days keep their numbers."""
    firsts = range(0, len(plan.days), DAYS_PER_WEEK)
    return tuple(_plan_of(plan.days[first : first + DAYS_PER_WEEK], foods) for first in firsts)


def find_week(plan: Plan, foods: FoodTable, number: int) -> Plan:
    """Give one week of a plan, counted from 1.

    Raises
    ------
    ExportError
        When the plan has no such week.
    """
    weeks = cut_weeks(plan, foods)
    if number > len(weeks):
        count = said("{count} weeks", count=len(weeks)) if len(weeks) > 1 else said("1 week")
        raise fault(ExportError, "no_such_week", count=count, number=number)
    return weeks[number - 1]


def _plan_of(days: Sequence[Day], foods: FoodTable) -> Plan:
    line_g = read_meal_rules().rules["line"]["lower"]
    totals = sum_amounts(day.totals for day in days)
    count = len(days)
    return Plan(
        days=tuple(days),
        totals=totals,
        means={key: None if value is None else value / count for key, value in totals.items()},
        ca_mg_ratio=ratio_of(totals),
        cost=sum(day.cost for day in days),
        distinct_foods=len({food for day in days for food in foods_served(day, foods, line_g)}),
    )
