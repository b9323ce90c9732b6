import json

import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.errors import RefusedError, TargetsError


def run(*args):
    result = CliRunner().invoke(cli, ["targets", *args])
    if result.exception is not None:
        raise result.exception
    return result.output


def test_the_sample_person_is_said_to_be_assumed():
    output = run()
    assert "Targets for a woman, 55, 165 cm, 65 kg, low active" in output
    assert "Assumed, since not given: sex, age, height, weight, activity" in output


def test_the_example_of_the_help_runs():
    assert "Targets for a man, 40" in run("--sex", "m", "--age", "40", "--standard", "eu")


def test_json_says_what_was_asked_for():
    answer = json.loads(run("--json", "--age", "60", "--ratio-max", "2.6", "--standard", "uk"))
    ratio = [one for one in answer["targets"] if one["nutrient"] == "ca_mg_ratio"]
    assert answer["standard"] == "uk"
    assert [one["upper"] for one in ratio] == [2.6, 2.6]


@pytest.mark.parametrize("args", [("--age", "4"), ("--energy-kcal", "1100")])
def test_what_is_unsafe_is_refused_with_code_3(args):
    with pytest.raises(RefusedError) as refused:
        run(*args)
    assert refused.value.exit_code == 3


def test_bands_are_shown_to_whom_no_plan_is_made_with_the_reason_first():
    result = CliRunner().invoke(cli, ["targets", "--json", "--condition", "dialysis"])
    assert result.exit_code == 3
    answer = json.loads(result.output)
    assert "no plan" in answer["stop"]
    assert "no plan" in answer["notes"][0]
    assert {one["upper"] for one in answer["targets"] if one["nutrient"] == "phosphorus_mg"} == {
        None
    }
    pills = [one for one in answer["targets"] if "supplement" in one["basis"]]
    assert [one["upper"] for one in pills if one["nutrient"] == "magnesium_mg"] == [0.0]
    potassium = [one for one in answer["targets"] if one["nutrient"] == "potassium_mg"]
    assert [one["lower"] for one in potassium] == [None]


def test_a_band_that_cannot_be_is_code_1():
    with pytest.raises(TargetsError, match="UL of 2000 mg") as error:
        run("--target", "calcium>=2600")
    assert error.value.exit_code == 1


def test_standards_stand_side_by_side_as_text_and_as_json():
    assert "US, EFSA for one woman of 55" in run("--compare", "us,eu,us")
    answer = json.loads(run("--compare", "us,eu,uk,who", "--age", "40", "--json"))
    assert answer["standards"] == ["us", "eu", "uk", "who"]
    assert answer["profile"]["age"] == 40


@pytest.mark.parametrize("names", ["us,au", "", "us,eu,uk,who,mine.csv"])
def test_standards_that_cannot_be_compared_are_a_wrong_use(names):
    with pytest.raises(SystemExit) as ended:
        run("--compare", names)
    assert ended.value.code == 2


def test_an_own_standard_stands_beside_a_shipped_one(tmp_path):
    path = tmp_path / "mine.csv"
    header = "nutrient,kind,sex,age_min_y,age_max_y,state,value,unit,applies_to,condition"
    row = "magnesium,RNI,both,19,120,none,400,mg,total,,clinic,handout,policy"
    path.write_text(f"{header},source,locator,confidence\n{row}\n", encoding="utf-8")
    output = run("--compare", f"us,{path}")
    assert ">= 320" in output
    assert ">= 400" in output
    assert "Own standard, mine.csv" in output
