"""The commands on a household's plan, which is written once."""

import json

import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.errors import ConfigError, NotBuiltError

EATERS = ("--eater", "name=Ann,sex=f,age=40,diet=vegan", "--eater", "name=Tom,sex=m,age=10")


def run(*args, code=0):
    outcome = CliRunner().invoke(cli, [str(one) for one in args])
    assert outcome.exit_code == code, outcome.output
    return outcome.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("table") / "plan"
    run("plan", *EATERS, "--guests", "1:dinner=2", "--days", 1, "--out", out)
    return out


def test_the_files_of_a_plan_are_written_and_the_request_plans_the_same(folder):
    assert {one.name for one in folder.iterdir()} == {"plan.json", "request.toml", "shopping.csv"}
    again = json.loads(run("plan", folder / "request.toml", "--json"))
    first = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    assert again["days"] == first["days"]
    assert [one["name"] for one in again["eaters"]] == ["Ann", "Tom"]


def test_check_judges_each_eater_and_ends_with_3_where_one_fails(folder, tmp_path):
    text = run("check", folder / "plan.json")
    assert "The household's plan holds: 2 of 2 eaters." in text
    raw = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    raw["eaters"][1]["days"][0]["totals"]["magnesium_mg"] += 50
    (tmp_path / "plan.json").write_text(json.dumps(raw), encoding="utf-8")
    answer = json.loads(run("check", tmp_path / "plan.json", "--json", code=3))
    assert [one["passed"] for one in answer["eaters"]] == [True, False]
    assert "Tom: Day 1: states other magnesium_mg" in " ".join(answer["faults"])


def test_one_list_is_for_all(folder):
    assert "Shopping list for 2 people" in run("shop", folder / "plan.json")


def test_documents_are_written_for_all(folder, tmp_path):
    run("export", folder / "plan.json", "--to", "md,csv,json", "--out", tmp_path)
    assert "## Tom" in (tmp_path / "week.md").read_text(encoding="utf-8")
    assert "2 guests" in (tmp_path / "week.csv").read_text(encoding="utf-8")


def test_a_plan_differs_from_itself_in_nothing(folder):
    assert run("diff", folder / "plan.json", folder / "plan.json").strip() == "Nothing differs."


@pytest.mark.parametrize(
    "args", [("swap", "--day", 1, "--slot", "dinner"), ("replan", "--ban", "tofu")]
)
def test_what_changes_a_plan_of_one_refuses_that_of_several(folder, args):
    name, *more = args
    outcome = CliRunner().invoke(cli, [name, str(folder / "plan.json"), *map(str, more)])
    assert isinstance(outcome.exception, ConfigError)
    assert "is for one eater, but the request has Ann, Tom" in str(outcome.exception)


def test_alternatives_of_several_eaters_are_not_built():
    outcome = CliRunner().invoke(cli, ["plan", *EATERS, "--alternatives", "2"])
    assert isinstance(outcome.exception, NotBuiltError)


def test_targets_are_shown_for_each_eater(folder):
    answer = json.loads(run("targets", folder / "request.toml", "--json"))
    assert [one["name"] for one in answer["eaters"]] == ["Ann", "Tom"]
    assert "Tom\n\nTargets for a boy, 10" in run("targets", folder / "request.toml")
