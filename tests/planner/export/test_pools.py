"""Food and supplements apart, carbohydrate and lactose by meal, figures not confirmed."""

from dataclasses import replace

from planner.check.judge import CheckResult, Finding
from planner.explain.days import amounts_by_meal
from planner.export.bands import UNSURE_LEGEND, day_bands, week_bands
from planner.export.meals import figures_text, pools_text
from planner.plan.plan import Item
from planner.targets.clinical import ClinicalRules, clinical_rules
from tests.one_eater import report_as_json
from tests.reports import make_plan, make_report
from tests.told import printed, screen, week_of

PILL = Item(
    "supplement", "trimagnesium_dicitrate_anhydrous", "Magnesium citrate, added", 1.0,
    "1 dose of 100 mg", 0.0, (), {"magnesium_mg": 100.0}, 0.0, 0, beside="added",
)  # fmt: skip


def report_with_pill():
    """Give a report whose days hold 377.5 mg of magnesium from food and 100 mg from a pill."""
    report = make_report()
    days = []
    for each in report.plan.days:
        *others, snack = each.meals
        meals = (*others, replace(snack, items=(*snack.items, PILL)))
        totals = {**each.totals, "magnesium_mg": 477.5}
        days.append(
            replace(each, meals=meals, totals=totals, supplement_totals={"magnesium_mg": 100.0})
        )
    return replace(report, plan=replace(report.plan, days=tuple(days)))


def test_a_day_says_food_and_supplement_apart():
    report = report_with_pill()
    day = report.plan.days[0]
    assert pools_text(day, "magnesium_mg") == "478 mg (food 378, supplement 100)"
    assert figures_text(day).startswith("Magnesium 478 mg (food 378, supplement 100), calc")
    assert pools_text(make_report().plan.days[0], "magnesium_mg") == "378 mg"
    added = "magnesium citrate 100 mg a day added"
    assert added in screen(report).splitlines()[1].lower()


def test_plan_json_holds_the_supplements_of_each_day():
    day = report_as_json(report_with_pill())["days"][0]
    assert day["supplement_totals"] == {"magnesium_mg": 100.0}
    assert day["totals"]["magnesium_mg"] == 477.5
    (pill,) = [one for meal in day["meals"] for one in meal["items"] if one["kind"] == "supplement"]
    assert (pill["ingredients"], pill["nutrients"]) == ([], {"magnesium_mg": 100.0})


CARBOHYDRATE = ClinicalRules(meal_carbohydrate_spread_g=15.0)


def filled(day):
    """Return the day with half a gram of carbohydrate in each gram of its items."""
    meals = [
        replace(meal, items=tuple(
            replace(item, nutrients={"carbohydrate_g": item.mass_g / 2}) for item in meal.items))
        for meal in day.meals
    ]  # fmt: skip
    return replace(day, meals=tuple(meals))


def test_each_meal_has_its_amount_and_one_that_is_not_served_has_none():
    first, second = map(filled, make_plan(2).days)
    plan = replace(make_plan(2), days=(first, replace(second, meals=second.meals[:1])))
    (found,) = amounts_by_meal(plan, CARBOHYDRATE)
    assert found.slots == ("breakfast", "lunch", "dinner", "snack")
    assert found.days == ((150.0, 100.0, 125.0, 90.0), (150.0, None, None, None))
    assert "any two days within 15 g" in found.title
    assert amounts_by_meal(plan, ClinicalRules()) == ()


def test_json_shows_lactose_of_each_meal():
    report = make_report(2, condition=("lactose intolerance",))
    (amounts,) = report_as_json(report)["by_meal"]
    assert amounts["text"] == "Lactose of each meal: at most 12 g"
    (found,) = amounts_by_meal(report.plan, clinical_rules(report.request.patient))
    served = [dict(zip(found.slots, row, strict=True)) for row in found.days]
    assert [one["meals"] for one in amounts["days"]] == served
    assert "by_meal" not in report_as_json(make_report())


def week(nutrient, lower=None, upper=None):
    return Finding(nutrient, "week", None, 9.0, lower, upper, True, 1.0, True, "total")


def told(bands, *findings):
    report = make_report(1, sex="f", age=40, standard="eu")
    return printed(bands(week_of(replace(report, check=CheckResult(True, findings, ()))).table))


def test_iron_of_efsa_is_marked_and_its_magnesium_is_not():
    # drv overview 2017: iron read in a secondary copy; magnesium 2015 in its abstract
    lines = told(week_bands, week("iron_mg", 8.0), week("magnesium_mg", 8.0))
    iron, magnesium, legend = lines.splitlines()[1:]
    assert "at least 8.0*" in iron
    assert "*" not in magnesium
    assert legend == UNSURE_LEGEND
    assert UNSURE_LEGEND not in told(week_bands, week("magnesium_mg", 8.0))


def test_each_bound_of_a_day_is_marked_and_the_line_stays_on_the_page():
    one = Finding("selenium_ug", "day", 1, 60.0, 49.0, 255.0, True, 1.0, True, "total")
    text = told(day_bands, one)
    assert "49*" in text
    assert "255*" in text
    assert max(map(len, text.splitlines())) <= 80
