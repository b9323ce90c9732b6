import json
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from foods.food import Measure
from planner.export.documents import WeekDocument
from planner.export.evenings import evening_text
from planner.export.opened import hint_text, hint_texts
from planner.kitchen.evenings import THAW, Chore
from planner.kitchen.openings import FRESH, FROZEN, LEFT, OPEN_NEW, USE_UP, PackageHint
from planner.kitchen.sold import Package
from planner.language.spoken import speaking
from planner.plan.plan import Day, Meal
from planner.wire.days import WrittenHint
from tests.one_eater import as_json, as_markdown, as_text
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


def test_fruit_is_cut_and_not_opened():
    mango = PackageHint(5, USE_UP, "mango", "Mango", "each", 0.5, 3, 6)
    assert hint_text(mango, PLAIN) == "Use up the mango cut on day 3."
    new = "Cut a new mango: what was cut on day 3 was good until day 6."
    assert hint_text(replace(mango, kind=OPEN_NEW), PLAIN) == new
    left = "Left over: 1/2 mango, good for 1 more day."
    assert hint_text(replace(mango, kind=LEFT), PLAIN) == left


def test_a_day_beyond_a_week_is_named_by_its_date():
    herbs = PackageHint(5, LEFT, "mint", "Fresh mint", "bunch", 0.5, 5, 12, "chopped, in a bag")
    told = "Left over: 1/2 bunch of fresh mint: freeze chopped, in a bag by"
    assert hint_text(herbs, FRIDAY) == f"{told} Fri 4 Dec."
    assert hint_text(herbs, PLAIN) == f"{told} day 12."
    assert "opened on Fri 20 Nov." in hint_text(hint(USE_UP, opened_day=-2), FRIDAY)


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
    report = make_report(days=2)
    first, second = report.plan.days
    *before, dinner, snack = second.meals
    again = Meal("dinner", (replace(dinner.items[0], leftover_of=1),))
    days = (
        _with_lunch(first, 300.0),
        _with_lunch(replace(second, meals=(*before, again, snack)), 600.0),
    )
    foods = table(*(CANNED if one is BEANS else one for one in FOODS))
    return replace(
        report, plan=replace(report.plan, days=days), foods=replace(foods, sha256="0" * 64)
    )


def _with_lunch(day, beans_g):
    breakfast, lunch, *rest = day.meals
    served = replace(lunch.items[0], ingredients=(("beans", beans_g),))
    return replace(day, meals=(breakfast, Meal("lunch", (served,)), *rest))


def hint(kind, name="Coconut milk, canned", share=0.5, opened_day=2, until=5):
    """Something to be known on day 5."""
    return PackageHint(5, kind, name.lower(), name, "can", share, opened_day, until)


def test_the_rest_of_a_can_is_named_by_the_day_on_which_it_was_opened():
    assert hint_text(hint(USE_UP), PLAIN) == "Use up the can of coconut milk opened on day 2."
    assert hint_text(hint(USE_UP), FRIDAY).endswith("opened on Tuesday.")


def test_a_can_past_its_days_is_told_where_another_one_is_opened():
    past = hint(OPEN_NEW, "Canned beets drained", opened_day=1, until=4)
    assert hint_text(past, FRIDAY) == (
        "Open a new can of beets: that of Monday was good until Thursday."
    )


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


def test_what_is_frozen_says_in_which_form_and_by_when_and_later_that_it_is_used():
    told = [
        (8, FRIDAY, "1/2 can of coconut milk: freeze in a box by Monday"),
        (5, FRIDAY, "1/2 can of coconut milk: freeze in a box today"),
    ]
    for until, day, text in told:
        frozen = replace(hint(LEFT, until=until), how="in a box")
        assert hint_text(frozen, day) == f"Left over: {text}."
    assert hint_text(hint(FROZEN), PLAIN) == "Use the coconut milk that you froze."


def test_nothing_is_cut_off_and_what_is_frozen_or_left_over_stands_in_one_line_each():
    many = [hint(FROZEN), *[hint(USE_UP)] * 2, hint(OPEN_NEW), *[hint(LEFT, until=8)] * 4]
    texts = hint_texts([*many, hint(FROZEN)], PLAIN)
    assert [text.split()[0] for text in texts] == ["Use", "Use", "Use", "Open", "Left"]
    assert texts[0] == "Use the coconut milk and coconut milk that you froze."
    assert texts[-1].count("coconut milk") == 4
    assert hint_texts([], PLAIN) == []


def test_json_holds_all_of_it_with_numbers():
    found = hint(LEFT, until=8)
    one = WrittenHint.of(found, text=hint_text(found, PLAIN)).json_values()
    assert (one["kind"], one["share"], one["good_until_day"]) == ("left", 0.5, 8)
    assert one["text"].startswith("Left over: 1/2 can")


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
def test_json_tells_it_and_keeps_to_the_shipped_schema():
    plan = json.loads(as_json(report_of_cans()))
    first, second = plan["days"]
    assert "packages" not in first
    assert [one["text"] for one in second["packages"]] == list(TOLD)
    assert second["meals"][2]["items"][0]["serve"].startswith(REHEAT[:41])
    schema = files("configs").joinpath("schemas", "plan-1.schema.json").read_text(encoding="utf-8")
    assert not list(Draft202012Validator(json.loads(schema)).iter_errors(plan))


@pytest.mark.parametrize(
    ("kind", "name", "english", "german"),
    [
        (FRESH, "Fresh cilantro", "Buy fresh cilantro for today", "frisch kaufen: Koriander."),
        (FROZEN, "Fresh spinach", "Use the spinach that you froze", "nehmen: Spinat."),
        (FROZEN, "Frozen corn", "Use the corn that you froze", "nehmen: Mais"),
    ],
)
def test_what_is_bought_fresh_or_was_frozen_is_not_called_so_a_second_time(
    kind, name, english, german
):
    one = hint(kind, name)
    for told in (hint_text(one, PLAIN), *hint_texts([one], PLAIN)):
        assert told.startswith(english)
    assert german in speaking("de")(hint_text)(one, PLAIN)


def test_what_comes_out_of_the_freezer_is_not_told_as_fresh():
    thawed = [Chore(THAW, "Fresh spinach", 5, "dinner")]
    assert evening_text(thawed, PLAIN) == "This evening: take spinach out of the freezer."
