"""Answers as JSON and workbook, differences, targets of standards, and what weights were worth."""

import json
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO

import pytest
from openpyxl import load_workbook

from foods.embedded import read_embedded_foods
from planner.check.judge import CheckResult, Finding
from planner.check.table import TableCheck
from planner.document.blocks import Table
from planner.document.terminal import as_plain
from planner.export.diff import other_people, summary_blocks, vegetables_in
from planner.export.documents import PageLayout
from planner.export.figures import number_as_text
from planner.export.formats import FORMATS
from planner.export.shopping import name_text
from planner.export.spreadsheets import as_xlsx, cell_text
from planner.export.targets import (
    Comparison,
    comparison_answer,
    comparison_told,
    own_targets,
    reference_ratio,
    targets_told,
)
from planner.export.why import worths_of, worths_told
from planner.plan.diff import compare_plans
from planner.plan.plan import Meal
from planner.request.profile import Profile
from planner.request.read import request_from_dict
from planner.request.request import NAMELESS, PlanRequest, SolveOptions, Weights
from planner.shops import named
from planner.standards.ids import standard_ids
from planner.targets.derive import derive_targets
from planner.wire.document import PlanDocument, parse_plan_document
from planner.wire.plan_file import PlanFile, WrittenWhy
from planner.wire.targets import TargetsAnswer
from tests import rows as tables
from tests.documents import golden_week, make_pair, make_week, renamed
from tests.one_eater import as_json, difference_as_json, difference_blocks, report_as_json
from tests.reports import make_item, make_plan, make_refusal, make_report
from tests.told import printed

SHEETS = ["Plan", "Meals", "Nutrients", "Shopping", "Targets", "About"]
MONDAY = date(2026, 3, 2)
FORMULAS = ["=cmd()", "=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://a.b")']


def read(week):
    return load_workbook(BytesIO(as_xlsx(week)))


@cache
def golden():
    return read(golden_week(MONDAY))


def rows(page):
    """Return each row of a sheet as head → value."""
    heads, *found = page.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in found]


def test_the_sheets_have_heads_in_sight_filters_and_widths():
    book = golden()
    assert (book.sheetnames, book.properties.title) == (SHEETS, "A week of meals")
    for page in book:
        assert page.freeze_panes == "A2"  # the head stays
        assert page.auto_filter.ref.startswith("A1:")
        widths = [page.column_dimensions[cell.column_letter].width for cell in page[1]]
        assert all(7 <= width <= 60 for width in widths)


def test_a_workbook_is_known_again():
    content = as_xlsx(make_week()).decode("utf-8-sig", "replace")
    assert FORMATS["xlsx"].is_own(content)
    assert not FORMATS["xlsx"].is_own(content.replace("magplan", "another"))


def test_every_item_has_its_row_and_figures_are_numbers():
    week = golden_week(MONDAY)
    items = [item for day in week.plan.days for item in day.items()]
    found = rows(golden()["Plan"])
    assert [row["Dish or food"] for row in found] == [named(item.name) for item in items]
    assert sum(row["Magnesium, mg"] for row in found) == pytest.approx(
        week.plan.totals["magnesium_mg"]
    )
    assert found[0]["Date"] == datetime(2026, 3, 2)  # noqa: DTZ001 - a day has no zone
    assert {type(row["Mass, g"]) for row in found} <= {int, float}
    held = rows(golden()["Meals"])
    assert len(held) == sum(len(day.meals) for day in week.plan.days)
    for head, key in (("Magnesium, mg", "magnesium_mg"), ("Sodium, mg", "sodium_mg")):
        assert sum(row[head] or 0 for row in held) == pytest.approx(week.plan.totals[key])


def test_eaters_and_guests_of_a_table_have_rows_of_their_own():
    found = rows(read(make_pair())["Plan"])
    stew = [row for row in found if row["Day"] == 1 and row["Meal"] == "dinner"]
    assert [(row["Who"], row["Mass, g"]) for row in stew] == [
        ("Ann", 250), ("Ben", 500), ("guests", 500),
    ]  # fmt: skip
    assert stew[2]["Magnesium, mg"] is None  # guests count in no total
    assert "Who" not in rows(read(make_week())["Plan"])[0]
    targets = [row for row in rows(read(make_pair())["Targets"]) if row["Nutrient"]]
    assert {row["Who"] for row in targets} == {"Ann", "Ben"}


def bands(*findings):
    """Return the sheet of nutrients where these are the findings."""
    check = TableCheck({NAMELESS: CheckResult(True, findings, ())}, ())
    return read(replace(make_week(), check=check))["Nutrients"]


def finding(day, value, lower, upper, holds, hard=True):
    period = "week" if day is None else "day"
    return Finding("zinc_mg", period, day, value, lower, upper, holds, 1.0, hard, "total")


def test_nutrients_stand_by_day_beside_their_bands_with_a_verdict():
    page = bands(
        finding(1, 7.5, 8.0, 40.0, False),
        finding(2, 41.0, 8.0, 40.0, False),
        finding(None, 8.25, 11.0, None, False, hard=False),
    )
    heads = ["Nutrient", "Of", "At least", "At most", "Day 1", "Day 2", "Mean", "Against the bands"]
    assert [cell.value for cell in page[1]] == heads
    found = [[*row.values()] for row in rows(page) if row["Nutrient"] == "Zinc, mg"]
    assert found == [
        ["Zinc, mg", "each day", 8, 40, 7.5, 41, None, "Day 1 short, Day 2 over"],
        ["Zinc, mg", "mean of the week", 11, None, None, None, 8.25, "Mean short (soft)"],
    ]


def test_nutrients_without_a_band_show_their_days_and_what_is_unknown_is_blank():
    days = make_week().plan.days
    (row,) = [row for row in rows(bands()) if row["Nutrient"] == "Magnesium, mg"]
    assert [row["Day 1"], row["Day 2"]] == [pytest.approx(d.totals["magnesium_mg"]) for d in days]
    assert row["Mean"] == pytest.approx(sum(d.totals["magnesium_mg"] for d in days) / 2)
    (iron,) = [row for row in rows(bands()) if row["Nutrient"] == "Iron, mg"]
    assert (iron["Day 1"], iron["Mean"]) == (None, None)


def test_the_list_is_that_of_the_shop_and_sums_to_the_till():
    week = golden_week(MONDAY)
    shopping = week.table.shopping
    found = [row for row in rows(golden()["Shopping"]) if row["Food"]]
    assert [row["Food"] for row in found] == [name_text(line) for line in shopping.lines]
    assert sum(row["Price, USD"] for row in found) == pytest.approx(shopping.total_usd)
    assert any("At checkout" in str(cell.value) for cell in golden()["Shopping"]["A"])


def test_what_a_clinic_must_see_stands_first():
    week = make_week()
    profile = replace(week.request.profile, conditions=("heart failure",))
    book = read(replace(week, request=replace(week.request, profile=profile)))
    assert book.sheetnames == ["About", *SHEETS[:-1]]
    assert book.active.title == "About"
    assert rows(book["About"])[0]["Please read"].startswith("SHOW THIS PLAN TO YOUR CLINIC")


@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_never_becomes_a_formula_and_stays_what_it_is(name):
    week = replace(make_week(), layout=PageLayout(name=name))
    book = read(replace(week, plan=renamed(week.plan, name)))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    named = [cell for cell in cells if cell.value == name]
    assert {cell.data_type for cell in named} == {"s"}
    assert all(cell.quotePrefix for cell in named)  # nor when somebody edits the cell


@tables.rows(__file__, "strange_names_are_shown_or")
def test_strange_names_are_shown_or_have_a_visible_substitute(name, shown):
    assert cell_text(name) == shown
    week = make_week()
    found = rows(read(replace(week, plan=renamed(week.plan, name)))["Plan"])
    assert found[0]["Dish or food"] == shown


def test_amounts_are_unrounded_and_unknown_ones_null():
    day = report_as_json(make_report())["days"][0]
    assert day["ca_mg_ratio"] == pytest.approx(678.3 / 377.5)
    assert day["totals"]["iron_mg"] is None
    assert day["supplement_totals"] == {}


def test_a_written_plan_reads_back_as_the_same_plan():
    report = make_report(sex="m", age=40)
    document = parse_plan_document(as_json(report), "plan.json")
    assert document.plan == report.plan
    assert document.request == report.request
    assert document.targets == report.targets.targets


def test_the_request_in_a_plan_can_be_run_again():
    report = make_report(diet="vegan", without=("peanut",))
    assert request_from_dict(report_as_json(report)["request"]) == report.request


def test_two_runs_differ_in_nothing_but_the_time_of_writing(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert as_json(make_report()) == as_json(make_report())
    assert '"created": "2023-11-14T22:13:20+00:00"' in as_json(make_report())


def test_all_that_is_printed_stands_in_the_json_too():
    plan = report_as_json(make_report())
    assert plan["candidates"] == {"considered": 312, "left_out": 40}
    assert plan["solver"]["objective"] == 4.0
    assert plan["why"]["uncertain_magnesium_share"] == 0.05
    assert "A note." in plan["notes"]
    assert plan["warnings"] == [
        {"code": "kidney", "text": "Ask your clinic.", "source": "own rule"}
    ]


def test_no_plan_is_an_answer_with_conflict_and_relaxations():
    answer = report_as_json(make_refusal())
    assert answer["status"] == "infeasible"
    assert answer["best_effort"] is None
    assert answer["conflict"][0]["wish"] == "calcium"
    assert answer["relaxations"][0]["accept"] == '--target "calcium_mg>=900"'


def test_a_plan_that_fails_its_check_is_only_a_best_effort():
    answer = report_as_json(make_report(passed=False))
    assert "days" not in answer
    assert answer["best_effort"]["check"]["passed"] is False
    assert answer["conflict"] == [{"wish": "plan", "value": None, "text": "Day 1: no lunch."}]


SAMPLE = derive_targets(Profile())


def test_json_is_complete_and_unrounded():
    answer = json.loads(json.dumps(TargetsAnswer.of_set(SAMPLE, ("height_cm",)).json_values()))
    assert answer["energy"]["kcal"] == SAMPLE.energy.kcal
    assert answer["profile"]["assumed"] == ["height_cm"]
    assert len(answer["targets"]) == len(SAMPLE.targets)


def test_every_target_has_a_row_with_day_week_rule_and_source():
    rows = [row for block in targets_told(SAMPLE) if isinstance(block, Table) for row in block.rows]
    places = {(target.nutrient, target.basis) for target in SAMPLE.targets}
    assert sum("preferred" not in row[0] for row in rows) == len(places)
    # Calcium: 0.8 * 1200 and the UL on a day, 1200 over the week
    text = " ".join(printed(targets_told(SAMPLE)).split())
    assert "Calcium, mg 960 to 2000 >= 1200 UL," in text


@pytest.mark.parametrize(
    ("value", "text"), [(10000, "10000"), (0.63, "0.63"), (1861.488, "1861"), (2.0, "2")]
)
def test_numbers_have_four_digits_and_no_exponent(value, text):
    assert number_as_text(value) == text


def test_json_says_what_conditions_ask_of_meals_and_days():
    person = Profile(medicines=("warfarin", "insulin"), conditions=("lactose intolerance",))
    assert TargetsAnswer.of_set(derive_targets(person)).json_values()["meals"] == {
        "upper": {"lactose_g": 12},
        "carbohydrate_within_g": 15,
        "carbohydrate_times": 2,
        "days_within_share_of_mean": {"vitamin_k_ug": 0.25},
    }


def compare(*standards, **profile):
    return Comparison(tuple(derive_targets(Profile(**profile), standard) for standard in standards))


FOUR = compare(*standard_ids())


def test_what_a_standard_lacks_is_blank_and_named_and_not_filled_from_another():
    text = printed(comparison_told(FOUR))
    answer = comparison_answer(FOUR).json_values()
    vitamin_c = next(one for one in answer["nutrients"] if one["nutrient"] == "vitamin_c_mg")
    assert vitamin_c["week"]["who"] is None
    assert {"nutrient": "vitamin_c_mg", "basis": "total"} in answer["lacking"]["who"]
    assert "WHO gives no" in text
    assert "vitamin C" in text.split("WHO gives no")[1]


def test_every_target_of_every_standard_is_in_the_json_unrounded():
    answer = json.loads(json.dumps(comparison_answer(FOUR).json_values()))
    shown = {
        (nutrient["nutrient"], nutrient["basis"], period, standard): nutrient[period][standard]
        for nutrient in answer["nutrients"]
        for period in ("day", "week")
        for standard in answer["standards"]
    }
    for target_set in FOUR.sets:
        for target in own_targets(target_set):
            place = (target.nutrient, target.basis, target.period, target_set.standard)
            assert (shown[place]["lower"], shown[place]["upper"]) == (target.lower, target.upper)


@pytest.mark.parametrize(
    ("standard", "ratio", "implied_mg"),
    # 1200/320 and 1200/2; 950/300 and 950/2; 700/270 and 700/2; 1300/220 and 1300/2
    [("us", 3.75, 600), ("eu", 950 / 300, 475), ("uk", 700 / 270, 350), ("who", 1300 / 220, 650)],
)
def test_the_ratio_of_the_reference_values_is_calcium_over_magnesium(standard, ratio, implied_mg):
    assert reference_ratio(derive_targets(Profile(), standard)) == pytest.approx(ratio)
    answer = comparison_answer(FOUR).json_values()["ratio"][standard]
    assert answer["implied_magnesium_mg"] == pytest.approx(implied_mg)
    assert answer["mode"] == "hard"
    child = comparison_answer(compare(standard, age_y=6)).json_values()["ratio"][standard]
    assert child["implied_magnesium_mg"] is None


BEFORE = make_plan(2)
OATS = make_item("Oats", "food", {"oats": 50.0})


def changed():
    """Return the plan with oats for the apple of day 2, at 6 instead of 5 USD."""
    first, second = BEFORE.days
    meals = tuple(Meal(m.slot, (OATS,)) if m.slot == "snack" else m for m in second.meals)
    return replace(BEFORE, days=(first, replace(second, meals=meals, cost=6.0)), cost=11.0)


def test_what_moved_stands_above_the_figures_of_its_day():
    text = as_plain(difference_blocks(compare_plans(BEFORE, changed()), 4.0, 4.25))
    assert text.startswith("1 thing differs.\nDay 2  snack: Apple (1 serving) → Oats (1 serving)\n")
    assert "5.00 → 6.00" in text  # day 2
    assert "5.00 → 5.50" in text  # the mean of 5 and 6
    assert "Day 1" not in text
    assert text.endswith("Points (fewer are better): 4.00 → 4.25.")


def test_the_same_portion_of_a_dish_says_what_is_other_in_it():
    def differs(old, new):
        days = [
            replace(BEFORE, days=(replace(BEFORE.days[0], meals=(Meal("snack", (item,)),)),))
            for item in (old, new)
        ]
        return as_plain(difference_blocks(compare_plans(*days)))

    milk = make_item("Banana milk", "dish", {"milk": 200.0})
    soy = replace(milk, name="Banana soy drink", ingredients=(("oats", 200.0),))
    assert "Banana milk (1 serving) → Banana soy milk (1 serving)" in differs(milk, soy)
    more = replace(milk, ingredients=(("milk", 250.0),))
    assert "Banana milk: 1 serving, with other amounts in it" in differs(milk, more)


def test_json_tells_changes_days_and_points():
    told = difference_as_json(compare_plans(BEFORE, changed()), 4.0, 4.25)
    change = told["changes"][0]
    assert (change["action"], change["from"]["id"], change["to"]["id"]) == ("swap", "apple", "oats")
    assert told["cost"] == {"before": 10.0, "after": 11.0}
    assert told["objective"] == {"before": 4.0, "after": 4.25}
    assert [day["day"] for day in told["days"]] == [1, 2]


def test_a_day_that_is_on_two_dates_keeps_its_number():
    before, after = make_plan(2, date(2026, 3, 2)), make_plan(2, date(2026, 3, 9))
    assert compare_plans(before, after).dates == {}
    assert compare_plans(before, make_plan(2)).dates == {}
    assert compare_plans(before, make_plan(3, date(2026, 3, 2))).dates[3] == date(2026, 3, 4)


def test_guests_who_come_are_told_where_no_dish_differs():
    same = compare_plans(BEFORE, BEFORE)
    told = as_plain(difference_blocks(replace(same, guests_after=4)))
    assert told == "The dishes are the same. Plates for guests: 0 → 4."


def test_plans_of_other_people_say_so():
    woman, man = PlanRequest(), PlanRequest(Profile(sex="m", age_y=40))
    assert other_people(woman, replace(woman, solve=SolveOptions(seed=3))) == []
    first, second = other_people(woman, man)
    assert first.startswith("These are plans of other people")
    assert "woman, 55" in second.partition("→")[0]
    assert "man, 40" in second.partition("→")[2]


def test_a_difference_is_summed_up_first():
    foods = read_embedded_foods()
    squash = replace(
        OATS, item_id="squash", name="Squash", ingredients=(("acorn_squash_raw", 80.0),)
    )
    first, second = BEFORE.days
    dinner = tuple(Meal(m.slot, (squash,)) if m.slot == "dinner" else m for m in second.meals)
    days = (first, replace(second, meals=dinner, cost=6.0))
    after = replace(BEFORE, days=days, cost=11.0)
    text = " ".join(as_plain(summary_blocks(BEFORE, after, foods)).split())
    assert text.startswith("B against A, a day: as much magnesium as before, Ca:Mg")
    assert "$0.50 dearer; 1 of 2 dinners differ; different vegetables: " in text
    assert len(vegetables_in(after, foods)) == len(vegetables_in(BEFORE, foods)) + 1


def document(terms, **weights):
    printed = PlanFile.model_construct(why=WrittenWhy(terms=terms))
    return PlanDocument(PlanRequest(weights=Weights(**weights)), make_plan(), printed)


def test_points_of_terms_are_those_of_the_weight_that_turns_them():
    found = worths_of(document({"cost": 6.0, "draw": 1.0, "taste": 2.0, "portion": 1.0}, cost=2))
    by = {worth.weight: worth for worth in found}
    assert [worth.weight for worth in found][:3] == ["cost", "taste", "waste"]
    assert (by["cost"].value, by["cost"].points, by["cost"].share) == (2, 6.0, 0.6)
    assert by["taste"].points == 3.0
    assert by["variety"].points == 0.0


def test_points_that_no_weight_turns_are_told_apart():
    found = worths_of(document({"cost": 3.0, "supplement": 1.0}))
    (other,) = [worth for worth in found if worth.value is None]
    assert (other.weight, other.points, other.share) == ("supplement", 1.0, 0.25)
    text = printed(worths_told(found))
    assert "price of the week" in text
