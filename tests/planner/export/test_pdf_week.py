"""The sheets of a week: when, and who has what."""

from dataclasses import replace
from datetime import date

import pytest

from planner.export.menu import menus
from planner.export.who import span_text
from planner.plan.plan import DayFacts, Plan
from tests.papers import FOODS, document_of, table_of
from tests.plates import day, item
from tests.reports import make_plan


@pytest.mark.parametrize(
    ("start", "days", "text"),
    [
        (date(2026, 3, 2), 7, "Monday 2 to Sunday 8 March 2026"),
        (date(2026, 3, 30), 7, "Monday 30 March to Sunday 5 April 2026"),
        (date(2026, 12, 28), 7, "Monday 28 December 2026 to Sunday 3 January 2027"),
        (date(2026, 3, 2), 1, "Monday 2 March 2026"),
        (None, 7, "Days 1 to 7"),
        (None, 1, "Day 1"),
    ],
)
def test_a_span_says_once_what_its_ends_have_in_common(start, days, text):
    assert span_text(make_plan(days, start).days) == text


def values(week):
    (menu,) = menus(week.table, week.table.book)
    return menu


def test_a_second_meal_names_the_first_though_that_was_made_the_evening_before():
    oats = item("blueberry_almond_overnight_oats", {"apple": 111})
    days = [day(1, FOODS, breakfast=oats), day(2, FOODS, breakfast=replace(oats, leftover_of=1))]
    days = [replace(one, date=date(2026, 3, 1 + one.day)) for one in days]
    plan = Plan(tuple(days), {}, {}, None, 0.0, 1)
    week = document_of(plan).table
    (menu,) = menus(week, week.book)
    assert menu.days[1].meals[0][0].again == "from Monday's breakfast"


def test_dishes_of_their_own_name_whose_they_are():
    (day,) = values(table_of(["Ann", "Ben"], make_plan(1), apart=True)).days
    assert [one.who for one in day.meals[0]] == ["Ann", "Ben"]


def test_a_meal_that_is_missed_says_how():
    plan = make_plan(1)
    facts = DayFacts((("lunch", "out"), ("snack", "nothing")))
    meals = tuple(meal for meal in plan.days[0].meals if meal.slot not in ("lunch", "snack"))
    days = (replace(plan.days[0], meals=meals, facts=facts), *make_plan(2).days[1:])
    menu = values(document_of(replace(plan, days=days)))
    assert menu.meals == ("Breakfast", "Lunch", "Dinner", "Snack")  # in the order of a day
    found = dict(zip(("breakfast", "lunch", "dinner", "snack"), menu.days[0].missed, strict=True))
    assert (found["lunch"], found["snack"]) == ("eaten out", "not eaten")
