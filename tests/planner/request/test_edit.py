"""A request file that is edited keeps what its writer wrote."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given

from foods.errors import UserFacingError
from planner.cli import cli
from planner.cli.options import build_request
from planner.request.edit import edit_request
from planner.request.override import TargetOverride
from planner.request.read import read_request, write_request
from tests.planner.request.test_read import requests

TEXT = """\
# For Ann, who likes it simple.
schema = "magplan/request/1"

[profile]
sex = "f"      # asked on Monday
age = 40
height_cm = "5 ft 5 in"

[preferences]
without = [
    "peanut",  # since 2019
]
like = { oats = 2 }
max_minutes = 30 # no longer!

[targets.magnesium_mg]
lower = 400  # the clinic's wish

[week]
days = 5
skip = [{ day = 1, slot = "dinner" }]
"""


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "me.toml"
    found.write_text(TEXT, encoding="utf-8")
    return found


def test_without_a_change_every_character_stays(path):
    assert edit_request(path, read_request(path)) == TEXT


def test_what_changes_takes_its_value_and_keeps_its_comment(path):
    request = build_request(path, age=41, max_minutes=25, start=date(2026, 3, 2), days=3)
    edited = edit_request(path, request)
    changed = set(edited.splitlines()) ^ set(TEXT.splitlines())
    assert changed == {
        *("age = 40", "age = 41"),
        *("max_minutes = 30 # no longer!", "max_minutes = 25 # no longer!"),
        *("days = 5", "days = 3", "start = 2026-03-02"),
    }


def test_an_assumed_figure_is_not_written_and_a_told_one_is(path):
    edited = edit_request(path, build_request(path, sex="m"))
    assert "weight_kg" not in edited
    told = read_request(path).profile.weight_kg
    edited = edit_request(path, build_request(path, weight=told))
    assert f"weight_kg = {told:g}\n" in edited


def test_a_new_table_is_added_and_a_wish_taken_back_goes(path, tmp_path):
    asked = read_request(path)
    preferences = replace(asked.preferences, max_minutes=None, like={})
    weights = replace(asked.weights, cost=2.5)
    request = replace(asked, preferences=preferences, weights=weights, overrides=())
    edited = tmp_path / "edited.toml"
    edited.write_text(edit_request(path, request), encoding="utf-8")
    assert "max_minutes" not in edited.read_text()
    assert "# For Ann, who likes it simple.\n" in edited.read_text()
    assert tomllib.loads(edited.read_text())["weights"] == {"cost": 2.5}
    assert read_request(edited) == request


def test_paths_that_are_counted_from_the_file_become_whole(tmp_path):
    (tmp_path / "mine").mkdir()
    path = tmp_path / "me.toml"
    path.write_text('[preferences]\ndishes = ["mine"] # my own\n', encoding="utf-8")
    edited = edit_request(path, read_request(path))
    assert edited.endswith(f'[preferences]\ndishes = ["{tmp_path / "mine"}"] # my own\n')


def test_a_file_without_a_mark_gets_the_one_by_which_it_is_known_again(tmp_path):
    path = tmp_path / "me.toml"
    path.write_text("# mine\r\n[week]\r\ndays = 1 # short\r\n", encoding="utf-8")
    edited = edit_request(path, read_request(path))
    assert edited.splitlines() == [
        *("# mine", 'schema = "magplan/request/1"', "", "[week]", "days = 1 # short"),
    ]


def test_eaters_are_edited_one_by_one(tmp_path):
    text = (
        '# the family\n[[eaters]]\nname = "Ann" # me\nprofile = { age = 40 }\n'
        '[[eaters]]\nname = "Tom"\n[eaters.profile]\nage = 10 # in May\n'
    )
    path = tmp_path / "us.toml"
    path.write_text(text, encoding="utf-8")
    asked = read_request(path)
    ann, tom = asked.eaters
    vegan = replace(tom, preferences=replace(tom.preferences, diet="vegan"))
    edited = edit_request(path, replace(asked, eaters=(ann, vegan)))
    assert edited.startswith("# the family")
    assert "age = 10 # in May" in edited
    assert tomllib.loads(edited)["eaters"][1]["preferences"] == {"diet": "vegan"}
    alone = edit_request(path, replace(asked, eaters=(ann, tom, replace(ann, name="Lea"))))
    assert alone.startswith("# What you are asking magplan for.")


@given(one=requests, other=requests)
def test_whatever_changes_the_text_reads_back_as_what_is_asked(one, other, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "edited.toml"
    path.write_text(write_request(one), encoding="utf-8")
    edited = edit_request(path, other)
    path.write_text(edited, encoding="utf-8")
    assert read_request(path) == other


def test_plan_keeps_the_comments_of_the_file_it_was_given(path, tmp_path):
    out = tmp_path / "week"
    result = CliRunner().invoke(cli, ["plan", str(path), "--days", "2", "--out", str(out)])
    assert not isinstance(result.exception, UserFacingError), result.exception
    kept = (out / "request.toml").read_text(encoding="utf-8")
    assert "# since 2019" in kept
    assert "days = 2\n" in kept


@pytest.mark.parametrize(
    "text",
    [
        'profile.sex = "m" # kept\nweek.days = 3\n',
        'profile = { sex = "m" } # kept\n',
        "[preferences.like] # kept\noats = 1\n[profile]\nage = 50\n[preferences]\nalcohol = true\n",
        "[targets] # kept\nmagnesium_mg = { lower = 400 }\n[targets.calcium_mg]\nlower = 1000\n",
    ],
)
@pytest.mark.parametrize(
    "flags",
    [
        {"age": 41},
        {"like": {"tofu": 3}},
        {"dislike": {"kale": 2}, "budget_per_week": 80.0},
        {"target": [TargetOverride("magnesium_mg", 450.0, None)], "days": 5},
    ],
)
def test_however_a_file_is_laid_out_its_comments_stay(tmp_path, text, flags):
    path = tmp_path / "me.toml"
    path.write_text(text, encoding="utf-8")
    asked = build_request(path, **flags)
    path.write_text(edit_request(path, asked), encoding="utf-8")
    assert "# kept\n" in path.read_text(encoding="utf-8")
    assert read_request(path) == asked
