"""A person's own foods in plans: in an own dish, put on a meal, and in a plan file by itself."""

import os
from dataclasses import replace

import pytest

from foods.food import UNKNOWN, Measure
from foods.library.keep import keep_foods
from foods.library.store import SERVING
from foods.nutrient import known_nutrients
from planner.candidates.at_hand import foods_at_hand
from planner.check.document import check_document, notes_on
from planner.errors import CandidatesError
from planner.kitchen.shopping import shop_once
from planner.request.read import request_from_dict
from planner.table.kept import report_kept
from planner.table.prepare import prepare_table
from planner.wire.document import parse_plan_document
from tests.kept import kept
from tests.one_eater import as_json, as_text, plan_meals
from tests.rows import rows

FIGURES = dict.fromkeys(known_nutrients(), 1.0) | {
    "magnesium_mg": 120.0,
    "calcium_mg": 90.0,
    "energy_kcal": 380.0,
}
BAR = replace(
    kept("own_oat_bar", "Oat bar", "baked_sweet", **FIGURES),
    contains=frozenset({"gluten", "milk"}),
    origin=frozenset({"plant", "dairy"}),
    measures=(Measure(SERVING, 55.0),),
)
SILENT = replace(
    kept("own_silent_bar", "Silent bar", **FIGURES), measures=(Measure(SERVING, 55.0),)
)
LABEL = replace(
    kept("own_label_bar", "Label bar", magnesium_mg=120.0, calcium_mg=90.0),
    measures=(Measure(SERVING, 55.0),),
)
BOWL = """
[[dish]]
id = "own_bar_bowl"
name = "Crumbled bar with yogurt"
kind = "breakfast"
slots = ["breakfast"]
servings = 1
minutes = 5
active_minutes = 5
tags = []
keeps_days = 0
taste = 1
portions = [1.0]
ingredients = [
  {food = "oat bar", mass_g = 55, measure = "1 bar"},
  {food = "yogurt_lowfat", mass_g = 150, measure = "150 g"},
]
steps = ["Crumble the bar over the yogurt."]
"""


def put(*meals, **wanted):
    """Give a request of a day with foods put on meals: ``("snack", "oat bar")``."""
    puts = [{"day": 1, "slot": slot, "dish": dish} for slot, dish in meals]
    return request_from_dict({"week": {"days": 1, "put": puts}, "preferences": wanted})


@pytest.fixture
def library():
    keep_foods([BAR, SILENT, LABEL], "mine", accept=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bowls")
    (folder / "bowl.toml").write_text(BOWL)
    return folder


@pytest.fixture(scope="module")
def report(folder, tmp_path_factory):
    before, os.environ["MAGPLAN_HOME"] = (
        os.environ["MAGPLAN_HOME"],
        str(tmp_path_factory.mktemp("home")),
    )
    keep_foods([BAR], "mine", accept=True)
    meals = ("snack", "Oat bar"), ("breakfast", "own_bar_bowl")
    made = plan_meals(put(*meals, dishes=[str(folder)]))
    os.environ["MAGPLAN_HOME"] = before
    return made


@pytest.fixture
def document(report):
    """Read the plan where nothing is kept."""
    return parse_plan_document(as_json(report), "plan.json")


def of_bar(plan, kind):
    """Give the amounts of the bar in things of a kind on the day."""
    items = [day for day in plan.days[0].items() if day.kind == kind]
    return [g for item in items for food_id, g in item.ingredients if food_id == "own_oat_bar"]


def test_a_kept_food_is_served_where_it_is_put_and_in_an_own_dish(report):
    assert report.check.passed, report.check.faults
    assert of_bar(report.plan, "food") == [55.0]
    assert of_bar(report.plan, "dish") == [55.0]
    assert "Oat bar" in as_text(report)


def test_a_plan_is_whole_where_nothing_is_kept(document):
    foods = foods_at_hand(document.request)
    assert foods["own_oat_bar"].per_100g["magnesium_mg"] == 120.0
    assert check_document(document, foods).passed
    assert "figures of your own" in " ".join(notes_on(document, foods))
    assert report_kept(document).passed


def test_the_list_says_it_by_name_and_mass(document):
    request, foods = document.request, foods_at_hand(document.request)
    bought = shop_once(document.plan, request, foods, request.dish_folders)
    (line,) = [own_line for own_line in bought.lines if own_line.food_id == "own_oat_bar"]
    assert (line.name, line.packages) == ("Oat bar", None)
    assert line.buy == "2 servings, 110 g"
    assert line.unknown


@pytest.mark.parametrize(
    ("old", "new"),
    [('"magnesium_mg": 120.0', '"magnesium_mg": 240.0'), ('"id": "own_oat_bar"', '"id": "gone"')],
)
def test_a_forged_figure_is_found(report, old, new):
    text = as_json(report)
    at = text.index('"own_foods"')
    forged = parse_plan_document(text[:at] + text[at:].replace(old, new, 1), "plan.json")
    assert not check_document(forged, foods_at_hand(forged.request)).passed


@rows(__file__, "the_judge_leaves_it_to")
def test_the_judge_leaves_it_to_nobody_who_may_not_have_it(document, wanted, profile, told):
    request = document.request
    request = replace(
        request,
        profile=replace(request.profile, **profile),
        preferences=replace(request.preferences, **wanted),
    )
    foods = foods_at_hand(request)
    faults = check_document(replace(document, request=request), foods).as_one().faults
    assert [fault for fault in faults if "Oat bar" in fault and told in fault]


@rows(__file__, "who_may_not_have_it")
def test_who_may_not_have_it_is_told(library, name, wanted, told):
    with pytest.raises(CandidatesError, match=told):
        prepare_table(put(("snack", name), **wanted))


def test_what_may_be_in_it_counts_as_in_it(library):
    traced = replace(BAR, traces=frozenset({"peanut"}))
    keep_foods([traced], "again", accept=True)
    with pytest.raises(CandidatesError, match="without peanut"):
        prepare_table(put(("snack", "oat bar"), without=["peanut"]))


@pytest.mark.parametrize("profile", [{"age_y": 16}, {"conditions": ["stoma"]}])
def test_rules_of_safety_ask_about_it(library, profile):
    request = put(("snack", "oat bar"))
    request = replace(request, profile=replace(request.profile, **profile))
    with pytest.raises(CandidatesError, match=r"Oat bar is left out.* this food of your own"):
        prepare_table(request)


def test_at_a_table_it_is_said_who_may_not_have_it(library):
    tom = {"name": "Tom", "preferences": {"without": ["milk"]}}
    week = {"days": 1, "put": [{"day": 1, "slot": "snack", "dish": "oat bar"}]}
    with pytest.raises(CandidatesError, match="Tom: Oat bar is left out"):
        prepare_table(request_from_dict({"week": week, "eaters": [{"name": "Ann"}, tom]}))


def test_what_nobody_says_is_no_allergen_less(library):
    request = put(("snack", "silent bar"))
    foods = foods_at_hand(request)
    silent = foods["own_silent_bar"]
    assert silent.allergens == silent.origin == silent.flags == {UNKNOWN}


@rows(__file__, "who_may_not_have_what")
def test_who_may_not_have_what_is_looked_up_is_told(wanted, told):
    with pytest.raises(CandidatesError, match=told):
        prepare_table(put(("dinner", "cheeseburger"), **wanted))
