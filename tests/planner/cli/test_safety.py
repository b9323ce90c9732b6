"""Safety at the prompt: who is stopped or asked, weak kidneys, and hours of medicines."""

import json
import re
import shlex

import pytest

from tests.commands import ended
from tests.prepared import answer
from tests.rows import rows

DIARY = "day,meal,food,amount,unit\n1,breakfast,oats_rolled_dry,60,g\n1,lunch,white_bread,100,g\n"


@pytest.fixture
def commands(tmp_path):
    path = tmp_path / "diary.csv"
    path.write_text(DIARY, encoding="utf-8")
    return {
        "plan": ["plan", "--days", "1"],
        "targets": ["targets"],
        "safety": ["safety"],
        "analyse": ["analyse", path],
        "improve": ["improve", path],
        "sweep": ["sweep", "--vary", "ratio_max=1.6..2.0", "--days", "1"],
    }


def said(*words):
    """Return how a command ends, and what it says wherever it says it."""
    code, out, err = ended(*words)
    return code, " ".join(f"{out} {err}".split())


@rows(__file__, "every_command_refuses_and_asks")
def test_every_command_refuses_and_asks_the_same_people(commands, person, says, code):
    for name, words in commands.items():
        found, text = said(*words, *shlex.split(person))
        assert (name, found) == (name, code)
        assert says in text, name


def test_a_pregnancy_at_11_is_asked_about_and_never_planned(commands):
    for name, words in commands.items():
        code, text = said(*words, "--age", "11", "--state", "pregnant")
        assert code in (1, 3), name
        assert ("before 15" if code == 3 else "pregnant at 11") in text, name


def test_a_figure_once_meant_stays_so_in_a_request(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text('[profile]\nheight_cm = 170\nweight_kg = "150 kg"\n', encoding="utf-8")
    assert said("targets", path)[0] == 0
    assert said("targets", path, "--weight", "151")[0] == 1


@pytest.mark.parametrize("person", [("--egfr", "12"), ("--condition", "PKU")])
def test_who_gets_no_plan_is_told_so_first_and_not_to_eat_more_magnesium(commands, person):
    found = json.loads(ended(*commands["analyse"], "--next", "--json", *person)[1])
    assert "no plan" in found["stop"]
    assert "no plan" in found["next"]["why"]
    assert {target["lower"] for target in found["targets"]
            if target["nutrient"] == "magnesium_mg"} == {None}  # fmt: skip
    for words in (["targets"], commands["analyse"]):
        assert re.match(r"safety rule \w+: no plan\.", ended(*words, *person)[1])
    text = ended("targets", "--egfr", "12")[1]
    assert "Potassium, mg" not in text
    assert "Phosphorus, mg" not in text
    assert re.search(r"^Magnesium from +<= 0 ", text, re.M)


def test_children_are_judged_as_children():
    child = ("--sex", "f", "--age", "8", "--height", "128", "--weight", "25")  # 15.3; median 15.9
    assert "18.5" not in said("targets", *child)[1]
    found = json.loads(ended("targets", "--age", "5", "--standard", "eu", "--json")[1])
    uppers = {target["upper"] for target in found["targets"]
              if target["nutrient"] == "magnesium_mg" and target["basis"] != "total"}  # fmt: skip
    assert uppers == {110}
    assert "UL of 250" not in " ".join(found["notes"])


@rows(__file__, "no_day_may_hold_more")
def test_no_day_may_hold_more_than_the_clinics_figure_or_the_recommended_intake(who, most):
    found = answer("plan", *shlex.split(who), "--days", 2)
    assert found.week.upper("potassium_mg") <= most
    assert "otassium" in found.text


def test_each_day_of_a_plan_holds_what_weak_kidneys_ask_for():
    kidneys = ("--sex", "f", "--age", 68, "--height", 160, "--weight", 64, "--egfr", 38)
    clinic = ("--clinic", "potassium_mg<=2800", "--clinic", "phosphorus_mg<=1200")
    words = (*kidneys, *clinic, "--condition", "osteoporosis", "--days", 2, "--effort", "quick")
    code, out, err = ended("plan", *words, "--json")
    assert code == 0, err
    for day in json.loads(out)["days"]:
        assert day["totals"]["potassium_mg"] <= 2800
        assert day["totals"]["phosphorus_mg"] <= 1200
        assert day["totals"]["calcium_mg"] <= 1100
        assert day["totals"]["protein_g"] <= 1.3 * 64


@rows(__file__, "a_dose_has_the_hour")
def test_a_dose_has_the_hour_its_person_gave_and_a_refused_pill_none(person, item, hours):
    words = ("safety", *shlex.split(person))
    found = json.loads(ended(*words, "--json")[1])
    assert [line["earliest"] for line in found["schedule"] if line["item"] == item] == hours
    assert (item in found["no_time_for"]) == (hours == [])
    assert bool(re.search(rf"\d\d:\d\d +{item}", said(*words)[1])) == bool(hours)


def test_the_text_holds_every_sentence_and_answer_of_the_json():
    words = (
        "safety", "--age", "70", "--medicine", "warfarin", "--medicine", "alendronate:sun",
        "--condition", "ulcerative colitis", "--condition", "sarcoidosis",
        "--supplement", "vitamin D3:1000 IU",
    )  # fmt: skip
    found, text = json.loads(ended(*words, "--json")[1]), said(*words)[1]
    for finding in found["findings"]:
        assert finding["text"] in text
        assert finding["source"] in text
    for told in (*found["questions"], *found["schedule_notes"], found["upper_level_source"]):
        assert told in text
    for line in found["schedule"]:
        assert line["earliest"] in text
        assert line["latest"] in text
    assert f"Compounds to avoid: {', '.join(found['avoided_compounds'])}" in text


def test_an_emergency_is_said_first():
    first = ended("safety", "--serum-mg", "12.5")[1].splitlines()[0]
    assert "This is an emergency: get help now." in first
