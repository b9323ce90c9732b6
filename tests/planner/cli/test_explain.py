import json

import pytest
from click.testing import CliRunner

from foods.errors import FoodNotFoundError
from planner.cli import cli
from planner.errors import ConfigError


def run(*args):
    result = CliRunner().invoke(cli, ["explain", *args])
    if result.exception is not None:
        raise result.exception
    return result.output


def test_magnesium_is_traced_to_its_table_and_row_for_the_person_named():
    output = run("--source", "magnesium", "--sex", "m", "--age", "40")
    assert "configs/standards/us.csv, row" in output
    assert "value = 420" in output
    assert "each day: at least 420 mg. Rule: RDA." in output


@pytest.mark.parametrize(
    "source", ["magnesium", "ca_mg_ratio", "energy", "fat", "tahini:calcium", "almonds:oxalate"]
)
def test_no_line_is_wider_than_the_page(source):
    for line in run("--source", source, "--standard", "uk").splitlines():
        assert len(line) <= 80


def test_json_holds_every_column_of_the_row():
    answer = json.loads(run("--source", "magnesium", "--standard", "eu", "--json"))
    assert answer["nutrient"] == "magnesium_mg"
    assert set(answer["rows"][0]["cells"]) >= {"age_min_y", "condition", "locator", "confidence"}
    food = json.loads(run("--source", "tahini:magnesium", "--json"))
    assert (food["food_id"], food["origin"], food["unit"]) == ("tahini", "overlay", "mg")


def test_tap_water_entered_by_a_person_is_traced_to_them():
    output = run("--source", "tap_water:magnesium", "--tap-water", "mg=12")
    assert output.startswith("Tap water, magnesium: 1.2 mg in 100 g\nOur own estimate: own rule")


@pytest.mark.parametrize(
    ("source", "error", "words"),
    [
        ("magnesum", ConfigError, "the nearest: magnesium_mg"),
        ("tahinni:calcium", FoodNotFoundError, "tahini"),
        ("tahini:ca_mg_ratio", ConfigError, "a food has no figure"),
    ],
)
def test_what_cannot_be_traced_offers_the_nearest(source, error, words):
    with pytest.raises(error, match=words):
        run("--source", source)


@pytest.mark.parametrize("source", ["R05", "us.csv:17", "magnesium oxide", "osteoporosis"])
def test_rules_rows_compounds_and_conditions_are_traced_too(source):
    answer = json.loads(run("--source", source, "--json"))
    assert answer["name"] == source
    assert all(row["cite"] and row["row"] and row["cells"] for row in answer["rows"])


def test_nothing_to_trace_is_a_wrong_use():
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == 2


@pytest.mark.parametrize(
    "args",
    [
        ("plan.json", "--source", "magnesium"),
        ("plan.json", "--age", "40"),
        ("plan.json", "--slot", "dinner"),
        ("--source", "magnesium", "--why-not", "banana"),
        ("--source", "magnesium", "--day", "2"),
    ],
)
def test_what_does_not_go_together_is_a_wrong_use(args):
    with pytest.raises(SystemExit) as ended:
        run(*args)
    assert ended.value.code == 2


def test_a_plan_that_is_not_there_is_said():
    with pytest.raises(ConfigError, match="no such file"):
        run("missing/plan.json")
