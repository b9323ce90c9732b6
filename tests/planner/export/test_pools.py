"""Two pools in print and in plan.json: what is from food, and what is from supplements."""

import json
from dataclasses import replace

from planner.export.meals import figures_text, item_amount, pools_text
from planner.plan.plan import Item
from tests.one_eater import as_json
from tests.plates import food, item, table
from tests.reports import make_report
from tests.told import screen

PILL = Item(
    "supplement", "trimagnesium_dicitrate_anhydrous", "Magnesium citrate, added", 1.0,
    "1 dose of 100 mg", 0.0, (), {"magnesium_mg": 100.0}, 0.0, 0, beside="added",
)  # fmt: skip


def report_with_pill():
    """Give a report whose days hold 377.5 mg of magnesium from food and 100 mg from a pill."""
    report = make_report()
    days = []
    for day in report.plan.days:
        *others, snack = day.meals
        meals = (*others, replace(snack, items=(*snack.items, PILL)))
        totals = {**day.totals, "magnesium_mg": 477.5}
        days.append(
            replace(day, meals=meals, totals=totals, supplement_totals={"magnesium_mg": 100.0})
        )
    return replace(report, plan=replace(report.plan, days=tuple(days)))


def test_a_day_says_food_and_supplement_apart():
    report = report_with_pill()
    day = report.plan.days[0]
    assert pools_text(day, "magnesium_mg") == "478 mg (food 378, supplement 100)"
    assert figures_text(day).startswith("Magnesium 478 mg (food 378, supplement 100), calc")
    assert pools_text(make_report().plan.days[0], "magnesium_mg") == "378 mg"




def test_the_first_screen_says_what_is_added():
    report = report_with_pill()
    lines = screen(report).splitlines()
    assert "magnesium citrate 100 mg a day added" in lines[1].lower()


def test_plan_json_holds_the_supplements_of_each_day():
    day = json.loads(as_json(report_with_pill()))["days"][0]
    assert day["supplement_totals"] == {"magnesium_mg": 100.0}
    assert day["totals"]["magnesium_mg"] == 477.5
    (pill,) = [one for meal in day["meals"] for one in meal["items"] if one["kind"] == "supplement"]
    assert (pill["ingredients"], pill["nutrients"]) == ([], {"magnesium_mg": 100.0})


def test_water_for_the_day_is_said_in_litres_whatever_the_units():
    foods = table(food("water_hepar", group="water", magnesium_mg=11.9))
    drunk = replace(
        item("water_hepar", {"water_hepar": 1000.0}, "food"),
        measure="1 L (4 glasses)",
        beside="drunk",
    )
    for units in ("us", "metric"):
        assert item_amount(drunk, foods, units) == "1 L (4 glasses)"
