from dataclasses import replace
from datetime import date

import pytest

from foods.food import Measure
from planner.export.documents import WeekDocument
from planner.export.recipe_text import hint_text, hint_texts
from planner.kitchen.openings import FROZEN, LEFT, OPEN_NEW, USE_UP, PackageHint
from planner.kitchen.sold import Package
from planner.plan.plan import Day, Meal
from tests.one_eater import as_markdown, as_text, report_as_json
from tests.plates import table
from tests.reports import BEANS, FOODS, make_report

PLAIN = Day(5, None, (), {}, None, 0.0)
FRIDAY = replace(PLAIN, date=date(2026, 11, 27))
CANNED = replace(BEANS, aisle="canned_dry_beans", measures=(Measure("can", 500.0),))
TOLD = (
    "Use up the can of beans opened on day 1.",
    "Left over: 1/3 can of beans: freeze rinsed, in a bag by day 5.",
)
REHEAT = "Reheat what is eaten hot until it steams, 165 °F (74 °C) in the middle."


@pytest.fixture
def cans(monkeypatch):
    """Let shops sell beans in cans of 500 g."""
    shelf = {"beans": (Package("beans", "can", "500 g", 500.0, None, ""),)}
    monkeypatch.setattr("planner.kitchen.errand.shelves_of", lambda country: shelf)


def report_of_cans():
    """Two days of beans from cans of 500 g; the second dinner was cooked with the first.

    Day 1 cooks 300 g for lunch and twice 200 g for dinner: two cans, of which 300 g stay. Day 2
    cooks 600 g for lunch: it ends the second can, and 300 of the 500 g of a third, which is opened:
    200 g stay, as the list says.
    """
    report, days = make_report(days=2), []
    for day, beans_g in zip(report.plan.days, (300.0, 600.0), strict=True):
        breakfast, lunch, dinner, snack = day.meals
        served = replace(lunch.items[0], ingredients=(("beans", beans_g),))
        if days:
            dinner = Meal("dinner", (replace(dinner.items[0], leftover_of=1),))
        days.append(replace(day, meals=(breakfast, Meal("lunch", (served,)), dinner, snack)))
    foods = replace(table(*(CANNED if one is BEANS else one for one in FOODS)), sha256="0" * 64)
    return replace(report, plan=replace(report.plan, days=tuple(days)), foods=foods)


def hint(kind, name="Coconut milk, canned", share=0.5, opened_day=2, until=5):
    """Something to be known on day 5."""
    return PackageHint(5, kind, name.lower(), name, "can", share, opened_day, until)


def test_what_stays_over_says_how_much_and_how_long_it_is_good():
    told = [
        (0.9, 8, FRIDAY, "most of a can of coconut milk, good until Monday"),
        (0.3, 8, PLAIN, "1/3 can of coconut milk, good for 3 more days"),
        (0.7, 6, PLAIN, "2/3 can of coconut milk, good for 1 more day"),
        (0.5, 5, FRIDAY, "1/2 can of coconut milk, good today only"),
        (0.5, 12, FRIDAY, "1/2 can of coconut milk, good for 7 more days"),
    ]
    for share, until, day, text in told:
        assert hint_text(hint(LEFT, share=share, until=until), day) == f"Left over: {text}."


def test_nothing_is_cut_off_and_what_is_frozen_or_left_over_stands_in_one_line_each():
    many = [hint(FROZEN), *[hint(USE_UP)] * 2, hint(OPEN_NEW), *[hint(LEFT, until=8)] * 4]
    texts = hint_texts([*many, hint(FROZEN)], PLAIN)
    assert [text.split()[0] for text in texts] == ["Use", "Use", "Use", "Open", "Left"]
    assert texts[0] == "Use the coconut milk and coconut milk that you froze."
    assert texts[-1].count("coconut milk") == 4
    assert hint_texts([], PLAIN) == []


@pytest.mark.usefixtures("cans")
def test_the_printed_day_and_markdown_tell_it_and_how_a_second_meal_is_reheated():
    report = report_of_cans()
    printed = as_text(report, day=2)
    week = WeekDocument(report.plan, report.request, report.check, report.foods, ())
    markdown = as_markdown(week)
    assert all(text in printed and f"- {text}" in markdown for text in TOLD)
    assert printed.count(REHEAT) == as_text(report).count(REHEAT) == markdown.count(REHEAT) == 1
    assert "- [ ] Beans: 3 cans of 500 g, $15.00 (days 1-2)" in markdown


@pytest.mark.usefixtures("cans")
def test_json_tells_it():
    first, second = report_as_json(report_of_cans())["days"]
    assert "packages" not in first
    assert [one["text"] for one in second["packages"]] == list(TOLD)
    assert second["meals"][2]["items"][0]["serve"].startswith(REHEAT[:41])
