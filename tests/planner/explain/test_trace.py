import csv
from importlib.resources import files

import pytest

from foods.embedded import read_embedded_foods
from planner.explain.trace import trace_nutrient
from planner.explain.trace_food import trace_food
from planner.plan.water import foods_with_water
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import Water
from planner.standards.ids import standard_ids
from planner.targets.derive import derive_targets

FOODS = read_embedded_foods()


def trace(key, standard="us", **profile):
    return trace_nutrient(key, derive_targets(Profile(**profile), standard), Preferences())


def line_of(row):
    """Give the row of the shipped file that a trace names, read by itself."""
    folder, _, rest = row.file.partition("/")
    lines = files(folder).joinpath(rest).read_text("utf-8").splitlines()
    return dict(
        zip(next(csv.reader([lines[0]])), next(csv.reader([lines[row.row - 1]])), strict=True)
    )


def test_magnesium_leads_to_standard_table_row_and_citation():
    found = trace("magnesium_mg")
    rda = next(row for row in found.rows if row.cells["kind"] == "RDA")
    assert found.standard == "Dietary Reference Intakes of the United States and Canada"
    assert rda.file == "configs/standards/us.csv"
    assert (rda.cells["value"], rda.cells["age_min_y"], rda.cells["sex"]) == ("320", "51", "F")
    assert "National Academies of Sciences" in rda.cite
    assert "10.17226/25353" in rda.cite


@pytest.mark.parametrize("standard", standard_ids())
@pytest.mark.parametrize(
    "profile", [{}, {"sex": "m", "age_y": 10}, {"age_y": 29, "state": "pregnant"}]
)
def test_every_band_of_a_standard_is_traced_to_a_row_that_stands_there(standard, profile):
    targets = derive_targets(Profile(**profile), standard)
    for key in {target.nutrient for target in targets.targets}:
        found = trace_nutrient(key, targets, Preferences())
        assert found.rows or found.rules, key
        assert found.targets
        for row in found.rows:
            assert row.cite
            assert line_of(row) == dict(row.cells)


@pytest.mark.parametrize(
    ("key", "place", "text"),
    [
        ("magnesium_mg", "[[floors]] number 1", "day = 1.0, week = 1.0, hard = true"),
        ("calcium_mg", "[[floors]] number 3", "day = 0.8, week = 1.0, hard = true"),
        ("magnesium_mg", "[ceilings], for UL", "upper_level_day = 1.0"),
        (
            "energy_kcal",
            "[energy]",
            "day = 0.1, day_preferred = 0.05, day_apart = 0.03, week = 0.03, "
            "few_meals = day 0.2; week 0.1",
        ),
    ],
)
def test_the_rule_that_makes_the_band_is_named(key, place, text):
    rules = {rule.place: rule.text for rule in trace(key).rules}
    assert rules[place] == text


def test_a_row_of_another_state_or_age_says_so():
    notes = {row.note for row in trace("copper_mg", "uk", age_y=29, state="pregnant").rows}
    assert notes == {"no row for this state: the row without a state applies"}


def test_fat_is_traced_to_its_share_and_a_thin_standard_to_the_us_row_that_shapes_it():
    found = trace("fat_g", "who")
    assert found.nutrient == "fat_pct_energy"
    assert {row.file for row in found.rows} == {"configs/standards/us.csv"}


@pytest.mark.parametrize(
    ("profile", "states"),
    [
        ({}, ["none"]),
        ({"age_y": 29, "state": "pregnant", "gestation_week": 20}, ["pregnant"]),
        ({"age_y": 29, "state": "pregnant", "gestation_week": 5}, ["none"]),
        ({"age_y": 29, "state": "lactating"}, ["none", "lactating"]),
        ({"energy_equation": "mifflin"}, ["none"]),
    ],
)
def test_energy_hangs_on_the_rows_of_the_equation_that_add_up(profile, states):
    rows = trace("energy_kcal", **profile).rows
    assert [row.cells["state"] for row in rows] == states
    assert all(line_of(row) == dict(row.cells) for row in rows)


def test_a_row_is_read_at_the_age_that_a_condition_asks_for():
    found = trace("iron_mg", age_y=45, conditions=("postmenopause",))
    rda = next(row for row in found.rows if row.cells["kind"] == "RDA")
    assert (rda.cells["age_min_y"], rda.cells["value"]) == ("51", "8")
    assert any("read at another age: at least 51" in rule.text for rule in found.rules)


def test_a_condition_that_changes_a_band_is_a_rule_of_the_trace():
    rules = {rule.place: rule for rule in trace("sodium_mg", conditions=("hypertension",)).rules}
    rule = rules["[[effect]] hypertension"]
    assert rule.file == "configs/safety/effects.toml"
    assert rule.text.startswith("upper bound, day, hard; upper bound, week, soft. Source: National")
    assert any(
        rule.text.startswith("no floor") for rule in trace("potassium_mg", egfr=50, age_y=40).rules
    )


def test_calcium_with_weak_kidneys_is_traced_to_the_band_that_stands_in_its_place():
    rules = [rule for rule in trace("calcium_mg", egfr=50).rules if "kidney" in rule.place]
    (rule,) = rules
    assert rule.place == "[[effect]] kidney_calcium"
    assert "in place of what is recommended" in rule.text
    assert "KDOQI" in rule.text


def test_an_overlaid_figure_names_both_analyses():
    found = trace_food(FOODS["tahini"], "magnesium_mg")
    assert found.origin == "overlay"
    assert "foundation_2024-10" in found.cite
    assert found.cite.endswith("id 2262073")
    # Standard Reference prints 95 mg; the newer analysis is the one used
    assert any("has 95 mg: kept, not used" in note for note in found.notes)


def test_a_figure_of_the_release_names_release_and_id():
    found = trace_food(FOODS["halibut_cooked"], "magnesium_mg")
    assert (found.origin, found.value, found.ndb_no) == ("release", 28, "15037")
    assert "Standard Reference, Release 28" in found.cite
    assert line_of(found.rows[0])["magnesium_mg"] == "28"


def test_an_estimate_names_its_rule_source_and_confidence():
    found = trace_food(FOODS["almonds"], "oxalate_mg")
    assert found.origin == "estimate"
    assert "Chai W, Liebman M (2005)" in found.cite
    assert any("rule oxalate_typical" in note for note in found.notes)
    assert any("range in secondary sources" in note for note in found.notes)


def test_unknown_is_said_and_is_not_zero():
    found = trace_food(FOODS["acorn_squash_baked"], "oxalate_mg")
    assert (found.origin, found.value) == ("unknown", None)
    assert "which is not 0" in found.notes[0]


def test_every_figure_of_the_catalogue_can_be_traced():
    for food in FOODS:
        for key in ("magnesium_mg", "calcium_mg", "phytate_mg", "niacin_ne_mg"):
            found = trace_food(food, key)
            assert found.cite
            assert found.value == food.per_100g.get(key)
            assert (found.origin == "unknown") == (found.value is None)


def test_a_persons_own_water_is_an_analysis_of_their_own():
    water = foods_with_water(FOODS, Water(magnesium_mg_per_l=12))["tap_water"]
    found = trace_food(water, "magnesium_mg")
    assert (found.origin, found.cite) == ("estimate", "own rule tap_water_analysis")
