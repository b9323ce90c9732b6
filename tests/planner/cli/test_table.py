"""The commands on a household's plan, which is written once."""

import json
import re

import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.errors import ConfigError

EATERS = ("--eater", "name=Ann,sex=f,age=40,diet=vegan", "--eater", "name=Tom,sex=m,age=30")


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
    listed = json.loads(run("shop", folder / "plan.json", "--json"))["total"]
    till = json.loads((folder / "plan.json").read_text(encoding="utf-8"))["till"]
    assert listed.pop("weeks") == pytest.approx(till.pop("weeks"))
    assert listed == pytest.approx(till)


def test_documents_are_written_for_all(folder, tmp_path):
    run("export", folder / "plan.json", "--to", "md,csv,json", "--out", tmp_path)
    assert "## Tom" in (tmp_path / "week.md").read_text(encoding="utf-8")
    assert "2 guests" in (tmp_path / "week.csv").read_text(encoding="utf-8")


def test_a_plan_differs_from_itself_in_nothing(folder):
    assert run("diff", folder / "plan.json", folder / "plan.json").strip() == "Nothing differs."


def first_dinner(folder):
    raw = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    meals = {meal["slot"]: meal["items"] for meal in raw["days"][0]["meals"]}
    return meals["dinner"][0]


def test_swap_of_a_shared_dish_is_for_all_and_ends_with_3_where_nothing_holds_for_all(folder):
    args = ("swap", str(folder / "plan.json"), "--day", "1", "--slot", "dinner", "--json")
    outcome = CliRunner().invoke(cli, args)
    answer = json.loads(outcome.stdout)
    assert [one["name"] for one in answer["eaters"]] == ["Ann", "Tom"]
    assert outcome.exit_code == (0 if answer["options"] else 3)


def test_a_swap_of_what_was_put_by_a_word_says_that_it_was(tmp_path):
    person = ("--sex", "f", "--age", 40, "--days", 1)
    run("plan", *person, "--put", "1:dinner=lentil", "--out", tmp_path / "put")
    for slot, is_put in (("dinner", True), ("lunch", False)):
        args = ("swap", str(tmp_path / "put/plan.json"), "--day", "1", "--slot", slot)
        told = CliRunner().invoke(cli, args).stderr
        assert ('`magplan replan PLAN.json --put "1:dinner=DISH"`' in told) == is_put


def test_a_swap_is_written_as_a_plan_that_holds(folder, tmp_path):
    args = ("swap", folder / "plan.json", "--day", 1, "--slot", "lunch", "--eater", "Tom")
    best = json.loads(run(*args, "--json"))["options"][0]
    told = json.loads(run(*args, "--apply", 1, "--json", "--out", tmp_path / "new"))["difference"]
    assert best["points"] == pytest.approx(sum(one["points"] for one in best["eaters"]))
    ann, tom = told["eaters"]
    assert ann["changes"] == []
    assert tom["changes"][0]["to"]["id"] == best["id"]
    assert "2 of 2 eaters" in run("check", tmp_path / "new" / "plan.json")


def test_swap_for_one_eater_is_the_list_of_that_eater(folder):
    args = ("swap", folder / "plan.json", "--day", 1, "--slot", "lunch", "--eater", "tom")
    assert run(*args).startswith("Day 1, lunch of Tom: ")


def test_replan_moves_what_is_banned_for_one_and_says_what_it_costs_whom(folder, tmp_path):
    dish = first_dinner(folder)["id"]
    args = ("replan", folder / "plan.json", "--eater", "Tom", "--not-again", dish, "--json")
    answer = json.loads(run(*args, "--out", tmp_path / "new"))
    assert [one["name"] for one in answer["difference"]["eaters"]] == ["Ann", "Tom"]
    moved = answer["difference"]["eaters"][0]["changes"]
    assert dish in [one["from"]["id"] for one in moved if one["from"]]
    ann, tom = answer["plan"]["request"]["eaters"]
    assert tom["preferences"]["without"] == [dish]
    assert ann["preferences"]["without"] == []
    assert "2 of 2 eaters" in run("check", tmp_path / "new" / "plan.json")
    differs = json.loads(
        run("diff", folder / "plan.json", tmp_path / "new" / "plan.json", "--json")
    )
    assert [one["name"] for one in differs["eaters"]] == ["Ann", "Tom"]


def test_replan_prints_what_is_shared_once_and_then_each_eaters_own(folder):
    dish = first_dinner(folder)["id"]
    text = run("replan", folder / "plan.json", "--ban", dish, "--lock", "1:breakfast")
    assert "Day 1  dinner: Ann, Tom: " in text
    assert "The whole table: $" in text
    assert max(map(len, text.splitlines())) <= 80


def test_what_cannot_stay_ends_with_3_and_names_the_eater(folder):
    dish = first_dinner(folder)["id"]
    args = ("--eater", "Tom", "--ban", dish, "--lock", "1:dinner", "--json")
    answer = json.loads(run("replan", folder / "plan.json", *args, code=3))
    assert {one["eater"] for one in answer["conflict"]} == {"Tom"}
    assert "cannot stay: left out as asked" in answer["conflict"][0]["text"]


def test_a_bound_of_one_eater_is_written_and_read_again(folder, tmp_path):
    args = ("--eater", "Ann", "--target", "iron_mg>=20", "--out", tmp_path / "new")
    run("replan", folder / "plan.json", *args)
    assert "[eaters.targets.iron_mg]\nlower = 20" in (tmp_path / "new" / "request.toml").read_text()
    run("request", "check", tmp_path / "new" / "request.toml")


def test_what_an_eater_asks_for_may_change_in_one_phrase(folder):
    args = ("replan", folder / "plan.json", "--eater", "name=Tom,age=11,without=tofu", "--json")
    ann, tom = json.loads(run(*args))["plan"]["request"]["eaters"]
    assert tom["profile"]["age"] == 11
    assert tom["preferences"]["without"] == ["tofu"]
    assert ann["preferences"]["diet"] == "vegan"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--eater", "Tim", "--ban", "tofu"), "nobody at the table is called 'Tim'"),
        (("--age", "41"), "--age: whose"),
        (("--eater", "Tom", "--lock", "1:lunch:soap"), "Tom: day 1 has no 'soap' at lunch"),
        (("--eater", "Tom", "--diet", "carnivore"), "no diet 'carnivore'|carnivore"),
    ],
)
def test_what_the_table_does_not_have_is_said(folder, args, message):
    outcome = CliRunner().invoke(cli, ["replan", str(folder / "plan.json"), *args])
    assert isinstance(outcome.exception, ConfigError)
    assert re.search(message, str(outcome.exception))


def test_a_keyboard_interrupt_before_the_first_weeks_ends_with_130(folder, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("planner.table.replan.solve_edit", stop)
    answer = json.loads(run("replan", folder / "plan.json", "--ban", "tofu", "--json", code=130))
    assert answer["stopped"] is True


def test_alternatives_are_written_into_folders_of_their_own(tmp_path):
    args = ("--days", 1, "--alternatives", 2, "--out", tmp_path / "plans", "--json")
    plans = json.loads(run("plan", *EATERS, *args))["plans"]
    assert len(plans) == 2
    for number in (1, 2):
        run("check", tmp_path / "plans" / str(number) / "plan.json")


def test_the_plan_of_one_knows_no_eaters(planned_once):
    one = planned_once("--days", 1)
    for command in (("replan",), ("swap", "--day", "1", "--slot", "dinner")):
        args = [command[0], str(one / "plan.json"), *command[1:], "--eater", "Tom"]
        outcome = CliRunner().invoke(cli, args)
        assert "the plan is that of one eater" in str(outcome.exception)


def test_targets_are_shown_for_each_eater(folder):
    answer = json.loads(run("targets", folder / "request.toml", "--json"))
    assert [one["name"] for one in answer["eaters"]] == ["Ann", "Tom"]
    assert "Tom\nTargets for a man, 30" in run("targets", folder / "request.toml")
