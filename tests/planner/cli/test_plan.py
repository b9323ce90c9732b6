import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.errors import ExportError, RefusedError
from planner.request.read import read_request
from tests.one_eater import of_one
from tests.reports import make_refusal, make_report


@pytest.fixture
def answer(monkeypatch):
    """Answer every request with a report made by hand."""
    answers = {"report": make_report()}
    monkeypatch.setattr("planner.pipeline.plan_meals", lambda request: of_one(answers["report"]))
    return answers


def run(*args):
    """Run ``magplan plan …``; errors a person can mend come out as raised."""
    result = CliRunner().invoke(cli, ["plan", *map(str, args)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_plan_is_printed_and_ends_with_0(answer):
    result = run()
    assert result.exit_code == 0
    assert result.stdout.startswith("Planned for a sample person")
    assert result.stderr == ""


def test_one_day_is_printed_alone(answer):
    assert run("--day", 3).stdout.startswith("Day 3\n")


def test_json_is_a_plan(answer):
    assert json.loads(run("--json").stdout)["schema"] == "magplan/plan/1"


def test_no_plan_ends_with_3_and_writes_nothing(answer, tmp_path):
    answer["report"] = make_refusal()
    result = run("--out", tmp_path / "week")
    assert result.exit_code == 3
    assert result.stdout.startswith("No plan")
    assert not (tmp_path / "week").exists()


def test_a_plan_that_fails_its_check_ends_with_3(answer):
    answer["report"] = make_report(passed=False)
    assert run().exit_code == 3


def test_a_folder_gets_plan_request_and_shopping_list(answer, tmp_path):
    result = run("--out", tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"plan.json", "request.toml", "shopping.csv"}
    assert read_request(tmp_path / "request.toml") == answer["report"].request
    assert "wrote plan.json" in result.stderr
    assert "wrote" not in result.stdout


def test_a_foreign_file_stops_before_planning(tmp_path, monkeypatch):
    monkeypatch.setattr("planner.pipeline.plan_meals", lambda request: pytest.fail("planned"))
    (tmp_path / "plan.json").write_text("{}")
    with pytest.raises(ExportError, match=r"plan\.json there was not written by magplan"):
        run("--out", tmp_path)


def test_the_plan_of_somebody_else_is_asked_about(answer, tmp_path, monkeypatch):
    report = answer["report"]
    asked = replace(report.request, assumed=())
    answer["report"] = replace(report, request=asked)
    run("--out", tmp_path)
    run("--sex", asked.profile.sex, "--age", asked.profile.age_y, "--out", tmp_path)
    monkeypatch.setattr("planner.pipeline.plan_meals", lambda request: pytest.fail("planned"))
    with pytest.raises(ExportError, match=r"the plan there is for .*--force to write over it"):
        run("--sex", "m", "--age", 71, "--out", tmp_path)


def test_a_day_beyond_the_plan_is_refused():
    with pytest.raises(ExportError, match="the plan has 2 days, not a day 3"):
        run("--days", 2, "--day", 3)


def test_shop_reads_a_plan_file(tmp_path, monkeypatch, answer):
    run("--out", tmp_path)
    monkeypatch.setattr(
        "planner.candidates.at_hand.read_embedded_foods", lambda: answer["report"].foods
    )
    shop = CliRunner().invoke(
        cli, ["shop", str(tmp_path / "plan.json"), "--json"], catch_exceptions=False
    )
    assert {line["food_id"] for line in json.loads(shop.stdout)["lines"]} == {
        "apple",
        "beans",
        "milk",
        "oats",
    }


def test_an_unknown_format_is_a_wrong_use():
    result = CliRunner().invoke(cli, ["export", "plan.json", "--to", "docx", "--out", "x"])
    assert result.exit_code == 2
    assert "'docx' is not one of md, csv, json, pdf, ics" in result.stderr


def test_a_plan_that_fails_its_check_is_not_exported(tmp_path, answer):
    # three dishes by hand and an apple reach 38 % of the energy
    run("--out", tmp_path)
    args = ["export", str(tmp_path / "plan.json"), "--to", "md", "--out", str(tmp_path / "md")]
    with pytest.raises(RefusedError, match="the plan does not pass its check"):
        CliRunner().invoke(cli, args, catch_exceptions=False)
    assert not (tmp_path / "md").exists()


def test_a_plan_that_is_written_is_printed_from_its_first_line_too(answer, tmp_path):
    assert run("--out", tmp_path).stdout.startswith("Planned for a sample person")
    assert run("--day", 3, "--out", tmp_path).stdout.startswith("Day 3\n")


def test_everything_is_printed_with_full_alone(answer):
    short, whole = run().stdout, run("--full").stdout
    assert "Please read" in short
    assert "\nNotes\n" not in short
    assert "\nNotes\n" in whole
