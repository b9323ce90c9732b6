"""Carbohydrate and lactose of each meal, where a condition watches them."""

from dataclasses import replace

from planner.explain.meal_amounts import amounts_by_meal
from planner.export.documents import WeekDocument
from planner.plan.plan import Meal, Plan
from planner.targets.clinical import ClinicalRules, clinical_rules
from tests.one_eater import as_markdown, as_text, report_as_json
from tests.plates import day, food, table
from tests.reports import FOODS, make_report

BREAD = table(food("bread", carbohydrate_g=50.0))
RULES = ClinicalRules(meal_carbohydrate_spread_g=15.0)


def filled(one):
    """Give a day whose items state their content of carbohydrate."""
    meals = [
        Meal(m.slot, tuple(replace(i, nutrients={"carbohydrate_g": i.mass_g / 2}) for i in m.items))
        for m in one.meals
    ]
    return replace(one, meals=tuple(meals))


DAYS = (
    filled(day(1, BREAD, breakfast={"bread": 100.0}, lunch={"bread": 150.0})),
    filled(day(2, BREAD, breakfast={"bread": 120.0})),
)
PLAN = Plan(DAYS, {}, {}, None, 0.0, 0)


def test_each_meal_has_its_amount_and_one_that_is_not_served_has_none():
    (found,) = amounts_by_meal(PLAN, RULES)
    assert found.slots == ("breakfast", "lunch")
    assert found.days == ((50.0, 75.0), (60.0, None))
    assert "any two days within 15 g" in found.title




def test_nothing_is_watched_where_no_condition_asks():
    assert amounts_by_meal(PLAN, ClinicalRules()) == ()
    assert "by_meal" not in report_as_json(make_report())


def test_text_markdown_and_json_show_lactose_of_each_meal():
    report = make_report(2, condition=("lactose intolerance",))
    title = "Lactose of each meal: at most 12 g"
    week = WeekDocument(report.plan, report.request, report.check, FOODS, ())
    assert clinical_rules(report.request.patient).meal_upper == {"lactose_g": 12}
    assert title in as_text(report)
    assert f"## {title}" in as_markdown(week)
    (amounts,) = report_as_json(report)["by_meal"]
    assert amounts["text"] == title
    (found,) = amounts_by_meal(report.plan, clinical_rules(report.request.patient))
    served = [dict(zip(found.slots, row, strict=True)) for row in found.days]
    assert [one["meals"] for one in amounts["days"]] == served
