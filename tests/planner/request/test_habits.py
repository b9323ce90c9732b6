"""Habits: what is understood, what is asked about, and what a request keeps of them."""

import tomllib
from dataclasses import replace

import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.cli.eater_flags import change_table
from planner.cli.options import build_request, change_request
from planner.errors import ConfigError
from planner.export.wishes import own_wishes_text, wishes_text
from planner.meals.habits import habit_said, known_habits
from planner.request.edit import edit_request
from planner.request.habits import HabitsTable, read_habit, read_habits
from planner.request.read import (
    read_request,
    request_from_dict,
    request_to_dict,
    write_request,
)
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.targets.derive import targets_of
from planner.targets.eaters import eater_requests

HABITS = known_habits()
NO_SAFETY = {"menus", "practice"}  # sources of rules.toml for what a habit may change
TEXT = """\
# For Ann.
schema = "magplan/request/1"

[habits]
milk_glasses_a_day = 2  # she likes it

[week]
days = 5
"""
AT_A_TABLE = """\
[habits]
desserts_a_day = 0
nuts_a_day_g = 30

[[eaters]]
name = "Ann"
[eaters.profile]
sex = "f"
age = 40

[[eaters]]
name = "Tom"  # our boy
[eaters.profile]
sex = "m"
age = 10
[eaters.habits]
desserts_a_day = 1
"""


def request_of(text, tmp_path):
    path = tmp_path / "request.toml"
    path.write_text(text, encoding="utf-8")
    return read_request(path), path


@pytest.mark.parametrize("name", HABITS)
def test_a_habit_is_a_figure_of_the_rules_of_meals_within_its_range_and_with_a_source(name):
    habit, rules = HABITS[name], read_settings("meals/rules.toml")
    assert habit.sense in ("<=", ">=")
    assert 0 <= habit.low < habit.high
    assert habit.keys
    for rule, threshold in habit.keys:
        assert rules[rule]["source"] in NO_SAFETY
        assert isinstance(rules[rule][threshold], int | float)
        assert habit.low <= rules[rule][threshold] <= habit.high
    row = read_settings("meals/habits.toml")[name]
    assert row["source"] in read_settings("meals/habits.toml")["sources"]
    assert "{count}" in habit.says


def test_every_row_of_the_data_is_a_habit_and_no_word_means_two():
    assert {*HABITS, "sources"} == {*read_settings("meals/habits.toml")}
    words = [word for name, one in HABITS.items() for word in (name.replace("_", " "), *one.also)]
    assert len(words) == len(set(words))
    keys = [key for one in HABITS.values() for key in one.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("pulse meals a day<=2", ("pulse_meals_a_day", 2)),
        ("pulse_meals_a_day=2", ("pulse_meals_a_day", 2)),
        ("Pulse meals per day ≤ 2 meals", ("pulse_meals_a_day", 2)),
        ("nuts a day<=30 g", ("nuts_a_day_g", 30)),
        ("nuts_a_day_g=30g", ("nuts_a_day_g", 30)),
        ("dinners with a side a week>=3", ("side_dinners_a_week", 3)),
        ("desserts a day<=0", ("desserts_a_day", 0)),
        ("milk a day=usual", ("milk_glasses_a_day", None)),
    ],
)
def test_a_phrase_is_understood_exactly(text, meant):
    assert read_habit(text) == meant


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pulses per day<=2", "unknown habit 'pulses per day' — the nearest: pulses_a_day_g, "),
        ("xyz=1", "unknown habit 'xyz' — known: pulse_meals_a_day, "),
        ("nuts a day=500", "nuts_a_day_g can be 0 to 100 g"),
        ("nuts a day<=2 cups", "nuts_a_day_g is counted in g"),
        ("nuts a day>=30", "nuts_a_day_g can only be set as a maximum — write <= or ="),
        ("sides a week<=3", "side_dinners_a_week can only be set as a minimum — write >= or ="),
        ("desserts a day<=1.5", "is no habit — write desserts a day<=0, a whole number"),
        ("desserts a day", "is no habit — write "),
        ("desserts a day<=-1", "is no habit — write "),
        ("nuts a day=usual g", "nuts_a_day_g is counted in g"),
    ],
)
def test_what_is_not_understood_is_asked_about(text, told):
    with pytest.raises(ConfigError) as caught:
        read_habit(text)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_all_faults_of_the_flags_are_told_at_once():
    with pytest.raises(ConfigError) as caught:
        read_habits(["nuts a day=500", "desserts a day<=0", "xyz=1", "milk"], "--habit")
    assert len(caught.value.faults) == 3
    words = ["--habit", "nuts a day=500", "--habit", "xyz=1"]
    failed = CliRunner().invoke(cli, ["request", "new", *words])
    assert isinstance(failed.exception, ConfigError)
    assert len(failed.exception.faults) == 2


def test_all_faults_of_a_file_are_told_at_once_with_near_names_and_ranges():
    table = {
        "preferences": {"juices_a_day": 2},
        "habits": {"nuts_a_day_g": 500, "milk": 3, "desserts_a_day": "no", "juices_a_day": -1},
        "eaters": [{"name": "Ann", "habits": {"same_breakfast_a_week": 0}}],
    }
    with pytest.raises(ConfigError) as caught:
        request_from_dict(table)
    assert list(caught.value.faults) == [
        "[preferences] juices_a_day: unknown key here — it belongs into [habits]",
        "[habits] nuts_a_day_g: must be at most 100, but is 500",
        "[habits] desserts_a_day: must be a whole number, but is 'no'",
        "[habits] juices_a_day: must be at least 0, but is -1",
        "[habits] milk: unknown key — the nearest: milk_glasses_a_day",
        "[eaters] entry 1, habits, same_breakfast_a_week: must be at least 1, but is 0",
    ]


@pytest.mark.parametrize("name", HABITS)
def test_a_habit_survives_write_and_edit_and_read(name, tmp_path):
    asked = build_request(habit={name: HABITS[name].high})
    assert asked.habits == {name: HABITS[name].high}
    text = write_request(asked)
    assert tomllib.loads(text)["habits"] == asked.habits
    read, path = request_of(text, tmp_path)
    assert read == asked
    assert request_from_dict(request_to_dict(asked)) == asked
    lower = replace(asked, habits={name: HABITS[name].low})
    edited, _ = request_of(edit_request(path, lower), tmp_path)
    assert edited == lower


def test_an_edit_keeps_what_its_writer_wrote(tmp_path):
    asked, path = request_of(TEXT, tmp_path)
    assert edit_request(path, asked) == TEXT
    more = build_request(path, habit={"milk_glasses_a_day": 3, "desserts_a_day": 0})
    changed = {*edit_request(path, more).splitlines()} ^ {*TEXT.splitlines()}
    assert changed == {
        *("milk_glasses_a_day = 2  # she likes it", "milk_glasses_a_day = 3  # she likes it"),
        "desserts_a_day = 0",
    }
    none = build_request(path, habit={"milk_glasses_a_day": None})
    assert none.habits == {}
    assert request_of(edit_request(path, none), tmp_path)[0] == none


def test_habits_are_added_to_a_file_that_has_none(tmp_path):
    _, path = request_of("# Mine.\n[week]\ndays = 5  # a workweek\n", tmp_path)
    asked = build_request(path, habit={"desserts_a_day": 0})
    text = edit_request(path, asked)
    assert "days = 5  # a workweek" in text
    assert request_of(text, tmp_path)[0] == asked


def test_at_a_table_a_habit_of_an_eater_is_the_eaters_and_the_others_are_everybodys(tmp_path):
    asked, path = request_of(AT_A_TABLE, tmp_path)
    own = {name: one.habits for name, one in eater_requests(asked).items()}
    assert own == {
        "Ann": {"desserts_a_day": 0, "nuts_a_day_g": 30},
        "Tom": {"desserts_a_day": 1, "nuts_a_day_g": 30},
    }
    assert request_of(write_request(asked), tmp_path)[0] == asked
    _, path = request_of(AT_A_TABLE, tmp_path)
    changed = change_table(asked, "x", ("Ann",), {"habit": {"milk_glasses_a_day": 2}})
    assert changed.habits == asked.habits
    assert [one.habits for one in changed.eaters] == [
        {"milk_glasses_a_day": 2},
        {"desserts_a_day": 1},
    ]
    text = edit_request(path, changed)
    assert "# our boy" in text
    assert request_of(text, tmp_path)[0] == changed
    every = change_table(asked, "x", (), {"habit": {"desserts_a_day": None}})
    assert every.habits == {"nuts_a_day_g": 30}


def test_an_eater_is_described_with_a_habit():
    words = ["--eater", "name=Tom,sex=m,age=10,habit=milk a day<=2"]
    words += ["--eater", "name=Ann,sex=f,age=40", "--habit", "desserts a day<=0"]
    text = CliRunner().invoke(cli, ["request", "new", *words]).stdout
    asked = request_from_dict(tomllib.loads(text))
    assert asked.habits == {"desserts_a_day": 0}
    assert [one.habits for one in asked.eaters] == [{"milk_glasses_a_day": 2}, {}]
    assert "glasses of milk at most 2 a day" in own_wishes_text(asked.eaters[0])


def test_replan_lays_a_habit_over_and_lets_it_go():
    asked = PlanRequest(habits={"desserts_a_day": 0})
    changed = change_request(asked, "x", habit={"desserts_a_day": None, "juices_a_day": 0})
    assert changed.habits == {"juices_a_day": 0}


def test_a_request_without_habits_is_what_it_was():
    assert "habits" not in request_to_dict(PlanRequest())
    assert PlanRequest().habits == {}
    assert wishes_text(PlanRequest()) == ""


def test_a_written_request_offers_every_habit_with_the_usual_figure_and_range():
    text = write_request(PlanRequest())
    for name, one in HABITS.items():
        line = next(line for line in text.splitlines() if line.startswith(f"# {name} = "))
        assert line.startswith(f"# {name} = {one.usual}  # ")
        assert f"{one.low} to {one.high} {one.unit}" in line
    assert set(HabitsTable.model_fields) == set(HABITS)


def test_a_plan_says_habits_where_it_says_wishes_in_german_too():
    asked = PlanRequest(habits={"pulse_meals_a_day": 2, "nuts_a_day_g": 30})
    assert wishes_text(asked) == (
        "meals with pulses at most 2 a day if possible; nuts and seeds, "
        "not counting nut and seed butters, at most 30 g a day"
    )
    assert habit_said("desserts_a_day", 0) == "desserts at most 0 a day"


@pytest.mark.parametrize("side", ["low", "high"])
def test_habits_move_no_target_and_no_safety_rule(side):
    every = {name: getattr(one, side) for name, one in HABITS.items()}
    if side == "low":  # four meals of 150 kcal are no day: refused
        every["energy_a_meal_kcal"] = 600
    usual, changed = (targets_of(PlanRequest(habits=habits)) for habits in ({}, every))
    assert usual.targets == changed.targets
    stricter = changed.clinical.meal_upper  # of carbohydrate, for who asks for it
    assert replace(usual.clinical, meal_upper=stricter) == changed.clinical
    assert usual.clinical.meal_upper.items() <= stricter.items()
    assert usual.energy == changed.energy
