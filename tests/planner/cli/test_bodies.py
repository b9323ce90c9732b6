"""Thin, small and mistaken bodies, and people without a plan: every command says the same."""

import json
import re

import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.errors import ConfigError, RefusedError

DIARY = "day,meal,food,amount,unit\n1,breakfast,oats_rolled_dry,60,g\n1,lunch,white_bread,100,g\n"
COHORT = "name,sex,age,height,weight\nA,f,24,168,36\n"


@pytest.fixture(scope="module")
def diary(tmp_path_factory):
    path = tmp_path_factory.mktemp("diary") / "diary.csv"
    path.write_text(DIARY, encoding="utf-8")
    return str(path)


def commands(diary):
    return {
        "plan": ["plan", "--days", "1"],
        "targets": ["targets"],
        "targets --compare": ["targets", "--compare", "us,eu"],
        "safety": ["safety"],
        "analyse": ["analyse", diary],
        "analyse --next": ["analyse", diary, "--next"],
        "improve": ["improve", diary],
        "sweep": ["sweep", "--vary", "ratio_max=1.6..2.0", "--days", "1"],
    }


def invoke(*words):
    """Run a command; gives its code, and what it says wherever it says it."""
    result = CliRunner().invoke(cli, list(words))
    error = result.exception
    if isinstance(error, ConfigError | RefusedError):
        return error.exit_code, f"{error} {getattr(error, 'faults', '')}"
    if error is not None and not isinstance(error, SystemExit):
        raise error
    return result.exit_code, result.output


STOPPED = [
    (("--egfr", "12"), "R06: no plan"),
    (("--condition", "dialysis"), "R06: no plan"),
    (("--condition", "PKU"), "C12: no plan"),
    (("--serum-mg", "12.5 mg/dL"), "M06: no plan"),
    (("--sex", "f", "--age", "24", "--height", "168", "--weight", "36"), "13 is an emergency"),
    (("--sex", "f", "--age", "24", "--height", "168", "--weight", "43"), "index under 16"),
    (("--sex", "f", "--age", "13", "--height", "160", "--weight", "30"), "less than 70 %"),
    (("--sex", "m", "--age", "17", "--height", "175", "--weight", "43.5"), "less than 70 %"),
    (("--sex", "m", "--age", "7", "--height", "122", "--weight", "12"), "less than 70 %"),
    (("--age", "4"), "under 5"),
    (("--energy-kcal", "700"), "below 1200 kcal"),
]
ASKED = [
    (("--sex", "f", "--height", "57"), '"5 ft 7 in"'),
    (("--sex", "m", "--height", "175", "--weight", "11"), '"11 kg"'),
    (("--height", "250", "--weight", "40"), '"250 cm"'),
    (("--height", "170", "--weight", "150"), '"150 lb" or "150 kg"'),
    (("--age", "8", "--height", "128", "--weight", "60"), '"60 lb" or "60 kg"'),
    (("--height", "205"), "give --weight too"),
    (("--energy-kcal", "8400"), '"8400 kJ" or "8400 kcal"'),
    (("--sex", "m", "--age", "40", "--energy-kcal", "4600"), '"4600 kJ"'),
    (("--egfr", "250"), "above 150"),
    (("--age", "62", "--state", "pregnant", "--gestation-week", "20"), "pregnant at 62"),
    (("--age", "70", "--state", "lactating"), "breastfeeding at 70"),
]


@pytest.mark.parametrize(("person", "why"), STOPPED)
def test_every_command_refuses_the_same_people(diary, person, why):
    for name, words in commands(diary).items():
        code, said = invoke(*words, *person)
        assert (name, code) == (name, 3)
        assert why in " ".join(said.split()), name


@pytest.mark.parametrize(("person", "why"), ASKED)
def test_every_command_asks_the_same_people(diary, person, why):
    for name, words in commands(diary).items():
        code, said = invoke(*words, *person)
        assert (name, code) == (name, 1)
        assert why in " ".join(said.split()), name


def test_a_pregnancy_at_11_is_asked_about_and_never_planned(diary):
    for name, words in commands(diary).items():
        code, said = invoke(*words, "--age", "11", "--state", "pregnant")
        why = "before 15" if code == 3 else "pregnant at 11"
        assert code in (1, 3), name
        assert why in " ".join(said.split()), name


@pytest.mark.parametrize(
    "person",
    [
        ("--height", "170", "--weight", "150 kg"),
        ("--height", "170", "--weight", "150 lb"),
        ("--height", "98 cm", "--weight", "25"),
        ("--energy-kcal", "8400 kJ"),
        ("--sex", "m", "--age", "25", "--energy-kcal", "5200 kcal"),
        ("--egfr", "160 mL/min"),
        ("--age", "58 years", "--state", "pregnant"),
    ],
)
def test_who_writes_the_unit_means_it(person):
    assert invoke("targets", *person)[0] == 0


def test_a_figure_once_meant_stays_so_in_a_request(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text('[profile]\nheight_cm = 170\nweight_kg = "150 kg"\n', encoding="utf-8")
    assert invoke("targets", str(path))[0] == 0
    assert invoke("targets", str(path), "--weight", "151")[0] == 1


@pytest.mark.parametrize("person", [("--egfr", "12"), ("--condition", "PKU")])
def test_who_gets_no_plan_is_not_told_to_eat_more_magnesium(diary, person):
    answer = json.loads(invoke("analyse", diary, "--next", "--json", *person)[1])
    assert "no plan" in answer["stop"]
    assert "no plan" in answer["next"]["why"]
    assert {one["lower"] for one in answer["targets"] if one["nutrient"] == "magnesium_mg"} == {
        None
    }


def test_the_stop_stands_above_everything_else(diary):
    for words in (["targets"], ["analyse", diary]):
        assert invoke(*words, "--egfr", "12")[1].startswith("safety rule R06: no plan.")
    said = invoke("targets", "--egfr", "12")[1]
    assert "Potassium, mg" not in said
    assert "Phosphorus, mg" not in said
    assert re.search(r"^Magnesium from +<= 0 ", said, re.M)


def test_a_thin_child_is_planned_for_and_sent_to_a_doctor():
    person = ("--sex", "f", "--age", "16", "--height", "160", "--weight", "38.7")  # 72 % of 20.89
    code, said = invoke("safety", *person)
    assert code == 0
    assert "low for this age and height" in said
    assert "low for this age and height" in invoke("targets", *person)[1]


def test_a_child_is_not_judged_by_the_index_of_adults():
    person = ("--sex", "f", "--age", "8", "--height", "128", "--weight", "25")  # 15.3; median 15.9
    assert "18.5" not in invoke("targets", *person)[1]


def test_a_child_of_five_has_one_limit_of_magnesium_pills_under_eu_values():
    person = ("--age", "5", "--standard", "eu")
    assert "Upper level: 110 mg" in invoke("safety", *person)[1]
    answer = json.loads(invoke("targets", *person, "--json")[1])
    pills = {
        one["upper"]
        for one in answer["targets"]
        if one["nutrient"] == "magnesium_mg" and one["basis"] != "total"
    }
    assert pills == {110}
    assert "UL of 250" not in " ".join(answer["notes"])


def test_a_vitamin_d_deficiency_asks_for_the_figure_and_the_pill():
    person = ("--age", "40", "--condition", "vitamin D deficiency")
    answer = json.loads(invoke("targets", *person, "--json")[1])
    week = [one for one in answer["targets"] if one["nutrient"] == "vitamin_d_ug"]
    assert 20 in {one["lower"] for one in week}
    assert "25-OH vitamin D" in invoke("safety", *person)[1]
