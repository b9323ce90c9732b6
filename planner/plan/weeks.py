"""The weeks of a longer plan: seven days each, the last one shorter where it must be."""

from __future__ import annotations

from foods.table import FoodTable
from planner.errors import ExportError
from planner.faults import fault
from planner.meals.rules import read_meal_rules
from planner.plan.assemble import count_served
from planner.plan.plan import Plan
from planner.plan.shares import plan_of
from planner.request.days import DAYS_PER_WEEK


def cut_weeks(plan: Plan, foods: FoodTable) -> tuple[Plan, ...]:
    """Return each week of a plan as a plan of its own, with its sums; days keep their numbers."""
    line_g = read_meal_rules().rules["line"]["lower"]
    firsts = range(0, len(plan.days), DAYS_PER_WEEK)
    weeks = (plan.days[first : first + DAYS_PER_WEEK] for first in firsts)
    return tuple(plan_of(days, count_served(days, foods, line_g)) for days in weeks)


def find_week(plan: Plan, foods: FoodTable, number: int) -> Plan:
    """Return one week of a plan, counted from 1.

    Raises
    ------
    ExportError
        When the plan has no such week.
    """
    weeks = cut_weeks(plan, foods)
    if number > len(weeks):
        count = f"{len(weeks)} weeks" if len(weeks) > 1 else "1 week"
        raise fault(ExportError, "no_such_week", count=count, number=number)
    return weeks[number - 1]
