"""Checked plans as documents are made from them: by hand, and of a golden week."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

from planner.check.table import TableCheck
from planner.export.documents import TableDocument
from planner.plan.plan import GuestShare, Share
from planner.request.read import request_from_dict
from planner.request.request import NAMELESS
from tests import stored
from tests.reports import FOODS, make_plan, make_report

PAIR = [{"name": "Ann", "profile": {"age": 40}}, {"name": "Ben", "profile": {"sex": "m"}}]


def make_week(plan=None):
    """Give a plan of one eater, two days by hand without another one."""
    report = make_report(2)
    check = TableCheck({NAMELESS: report.check}, ())
    return TableDocument(plan or report.plan, report.request, check, FOODS, report.dishes)


def make_pair(start=None):
    """Give two days of two eaters: Ann has one part of everything, Ben two, guests the stew."""
    plan, check = make_plan(2, start), make_report(2).check
    days = tuple(replace(day, meals=tuple(map(_shared, day.meals))) for day in plan.days)
    asked = {"eaters": PAIR, "week": {"days": 2} | ({"start": start} if start else {})}
    both = TableCheck({"Ann": check, "Ben": check}, ())
    return TableDocument(replace(plan, days=days), request_from_dict(asked), both, FOODS, ())


def _shared(meal):
    return replace(meal, items=tuple(_parted(item, meal.slot) for item in meal.items))


def _parted(item, slot):
    def times(part):
        return tuple((food_id, part * mass_g) for food_id, mass_g in item.ingredients)

    shares = tuple(
        Share(name, part, f"{part:g}", part * item.mass_g, times(part), item.nutrients, 1.25)
        for name, part in (("Ann", 1.0), ("Ben", 2.0))
    )
    guests = GuestShare(2, 2.0, times(2.0)) if slot == "dinner" else None
    return replace(
        item, servings=3.0, mass_g=3 * item.mass_g, ingredients=times(3.0), shares=shares,
        guests=guests,
    )  # fmt: skip


@cache
def golden_week(start):
    """Return the stored week of a woman of 55, with dates from ``start`` on."""
    week = stored.week("woman_55")
    days = tuple(replace(day, date=start + timedelta(days=day.day - 1)) for day in week.plan.days)
    return replace(week, plan=replace(week.plan, days=days))


def renamed(plan, name):
    """Give the plan with one name for everything in it."""
    days = []
    for day in plan.days:
        meals = [
            replace(meal, items=tuple(replace(item, name=name) for item in meal.items))
            for meal in day.meals
        ]
        days.append(replace(day, meals=tuple(meals)))
    return replace(plan, days=tuple(days))
