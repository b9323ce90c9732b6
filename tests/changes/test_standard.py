"""A standard is its two data files: an invented one, of rows of the US one, does everything."""

import csv
import json

import pytest
from jsonschema import Draft202012Validator

from tests.changes.copying import copy_of_project, recipe, run

pytestmark = pytest.mark.harden

ABOUT = """\
place = 5
name = "Nordland"
title = "Invented values of Nordland"

[sources.nord]
short = "Nordland 2024"
cite = "Invented for a test."
read_in = "invented"

[[remarks]]
nutrient = "vitamin_a"
kind = "RDA"
told = "Vitamin A"
text = "In units of Nordland."
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = copy_of_project(tmp_path_factory.mktemp("standard"), "configs")
    standards = folder / "configs" / "standards"
    with (standards / "us.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (standards / "nord.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "source": "nord"} for row in rows)
    (standards / "nord.toml").write_text(ABOUT, encoding="utf-8")
    return folder


def test_the_recipe_names_two_data_files_and_the_second_reading():
    assert len(recipe("A standard")) == 3


def test_it_is_offered_and_gives_targets_with_its_source(copy):
    assert "US|EU|UK|WHO|NORD|FILE.CSV" in run(copy, "plan", "--help")
    said = run(copy, "targets", "--standard", "nord")
    assert "Nordland 2024" in said
    assert "in units of Nordland" in said


def test_a_day_is_planned_by_it_and_its_file_is_valid(copy):
    plan = json.loads(run(copy, "plan", "--days", 1, "--standard", "nord", "--json").strip())
    schema = json.loads((copy / "configs/schemas/plan-1.schema.json").read_text())
    Draft202012Validator(schema).validate(plan)
    assert plan["standard"] == "nord"
    assert plan["check"]["passed"]


def test_it_needs_no_place_in_python(copy):
    assert "us, eu, uk, who, nord" in run(copy, "plan", "--standard", "sud", code=2)
