"""Every entry of the data files that are followed ends at a table, a row and a citation."""

import csv
import tomllib
from importlib.resources import files

import pytest

from foods.embedded import read_embedded_foods
from foods.nutrient import known_nutrients
from planner.explain.trace import entries, trace_entry, trace_food, trace_nutrient
from planner.request.override import RATIO, SHARE_KEYS
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.settings import read_settings
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
def test_every_nutrient_is_traced_to_a_row_that_stands_there(standard, profile):
    targets = derive_targets(Profile(**profile), standard)
    bands = {target.nutrient for target in targets.targets}
    for key in (*known_nutrients(), *SHARE_KEYS, RATIO):
        found = trace_nutrient(key, targets, Preferences())
        assert found.definition.cite
        assert all(rule.row > 0 and rule.text for rule in found.rules)
        assert all(row.cite and line_of(row) == dict(row.cells) for row in found.rows), key
        assert key not in bands or (found.targets and (found.rows or found.rules)), key


@pytest.mark.parametrize(
    ("key", "place", "text"),
    [
        ("magnesium_mg", "[[floors]] number 1", "day = 1.0, week = 1.0, hard = true"),
        ("calcium_mg", "[[floors]] number 3", "day = 0.8, week = 1.0, hard = true"),
        ("magnesium_mg", "[ceilings], for UL", "upper_level_day = 1.0"),
        ("energy_kcal", "[energy]", "day = 0.1, day_preferred = 0.05, day_apart = 0.03, "
         "week = 0.03, few_meals = day 0.2; week 0.1"),
    ],
)  # fmt: skip
def test_the_rule_that_makes_the_band_is_named(key, place, text):
    rules = {rule.place: rule.text for rule in trace(key).rules}
    assert rules[place] == text


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


def test_a_condition_that_changes_a_band_is_a_rule_of_the_trace():
    rules = {rule.place: rule for rule in trace("sodium_mg", conditions=("hypertension",)).rules}
    rule = rules["[[effect]] hypertension"]
    assert rule.file == "configs/safety/effects.toml"
    assert rule.text.startswith("upper bound, day, hard; upper bound, week, soft. Source: National")
    assert any(
        rule.text.startswith("no floor") for rule in trace("potassium_mg", egfr=50, age_y=40).rules
    )


def test_an_overlaid_figure_names_both_analyses():
    found = trace_food(FOODS["tahini"], "magnesium_mg")
    assert found.origin == "overlay"
    assert "foundation_2024-10" in found.cite
    assert found.cite.endswith("id 2262073")
    # Standard Reference prints 95 mg; the newer analysis is the one used
    assert any("has 95 mg: kept, not used" in note for note in found.notes)


def test_an_estimate_names_its_rule_source_and_confidence():
    found = trace_food(FOODS["almonds"], "oxalate_mg")
    assert found.origin == "estimate"
    assert "Chai W, Liebman M (2005)" in found.cite
    assert any("rule oxalate_typical" in note for note in found.notes)
    assert any("range in secondary sources" in note for note in found.notes)


def test_every_figure_of_the_catalogue_can_be_traced():
    for food in FOODS:
        for key in ("magnesium_mg", "calcium_mg", "phytate_mg", "niacin_ne_mg"):
            found = trace_food(food, key)
            assert found.cite
            assert found.value == food.per_100g.get(key)
            assert (found.origin == "unknown") == (found.value is None)


TABLES = read_settings("trace.toml")["table"]
FILES = sorted({table["file"] for table in TABLES})


def lines_of(file):
    folder, _, rest = file.partition("/")
    return files(folder).joinpath(rest).read_text("utf-8").splitlines()


def entries_of(file):
    return [entry for entry in entries() if entry.row.file == file]


def rows_in(file):
    """Count the entries of a file, read by itself."""
    if file.endswith(".csv"):
        return len(lines_of(file)) - 1
    values = tomllib.loads("\n".join(lines_of(file)))
    kinds = [table["entry"] for table in TABLES if table["file"] == file]
    if kinds == ["*"]:
        return sum(isinstance(one, dict) for name, one in values.items() if name != "sources")
    return sum(len(values[kind]) for kind in kinds)


@pytest.mark.parametrize("file", FILES)
def test_every_entry_of_a_table_has_its_row_and_a_citation(file):
    found = entries_of(file)
    assert len(found) == rows_in(file)
    assert not [entry.place for entry in found if not entry.row.cite.strip(". ")]
    assert all(entry.kind and entry.row.cells for entry in found)


@pytest.mark.parametrize("file", FILES)
def test_every_entry_is_found_by_each_of_its_names_and_by_its_place(file):
    for entry in entries_of(file):
        for name in (*entry.names, entry.full_place):
            places = [(row.file, row.row) for row in trace_entry(name).rows]
            assert (entry.row.file, entry.row.row) in places, name


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("R05", {"rules.csv", "findings.toml"}),
        ("magnesium citrate", {"supplements.csv", "supplement_prices.csv", "atomic_masses.csv"}),
        ("warfarin", {"interactions.csv", "effects.toml"}),
        ("brittle bones", {"conditions.toml", "effects.toml"}),
        ("coeliac disease", {"conditions.toml", "effects.toml"}),
        ("caffeine_mg", {"caps.toml", "nutrients.csv"}),
        ("us.csv:17", {"us.csv"}),
        ("tahini", {"catalogue.csv"}),
        ("warfarin, lisinopril", {"interactions.csv", "effects.toml"}),
    ],
)
def test_a_name_leads_to_all_that_hangs_on_it(name, places):
    assert places <= {row.file.rpartition("/")[2] for row in trace_entry(name).rows}
