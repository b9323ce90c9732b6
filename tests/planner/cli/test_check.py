import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from foods.embedded import read_embedded_foods
from foods.own_csv import as_food_csv
from planner.cli import cli, main
from planner.request.read import request_from_dict
from planner.request.request import PlanRequest
from tests.one_eater import plan_meals, report_as_json


@pytest.fixture(scope="module")
def plan():
    """Give plan.json, as values, of the sample person's week; planned once, since it takes time."""
    return report_as_json(plan_meals(PlanRequest()))


@pytest.fixture
def judge(tmp_path):
    def run(raw, *flags):
        path = tmp_path / "plan.json"
        path.write_text(json.dumps(raw), encoding="utf-8")
        return CliRunner().invoke(cli, ["check", str(path), *flags])

    return run


def test_a_plan_holds_and_the_verdict_is_the_last_line(plan, judge):
    result = judge(plan)
    *_, legend, last = result.output.splitlines()
    assert result.exit_code == 0
    assert last.startswith("The plan holds: all ")
    assert "! does not hold" in legend


def test_the_table_fits_a_terminal_and_names_each_day_and_the_week(plan, judge):
    lines = judge(plan).output.splitlines()
    assert lines[0].split() == ["Each", "day", "band", *"1234567"]
    assert any(line.startswith("Mean of the week") for line in lines)
    assert any(line.split()[:4] == ["Magnesium,", "mg", ">=", "320"] for line in lines)
    assert max(map(len, lines)) <= 80


def test_an_exported_table_in_another_process_gives_the_same_figures(plan, tmp_path):
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    (tmp_path / "foods.csv").write_text(as_food_csv(read_embedded_foods()), encoding="utf-8")
    command = [sys.executable, "-m", "planner", "check", tmp_path / "plan.json", "--json"]
    command += ["--foods", tmp_path / "foods.csv"]
    done = subprocess.run(command, capture_output=True, check=False)
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["passed"], answer["faults"]) == (0, True, [])
    assert answer["findings"] == [
        {key: found[key] for key in answer["findings"][0]} for found in plan["check"]["findings"]
    ]


def test_a_plan_of_another_table_is_shown_and_that_is_said(plan, tmp_path):
    for sha256, expected in ((plan["data"]["sha256"], ""), ("0" * 64, "000000000000")):
        raw = plan | {"data": plan["data"] | {"sha256": sha256}}
        (tmp_path / "plan.json").write_text(json.dumps(raw), encoding="utf-8")
        result = CliRunner().invoke(cli, ["show", str(tmp_path / "plan.json")])
        assert result.exit_code == 0
        assert expected in result.stderr
        assert ("the two differ, so totals may" in result.stderr) == bool(expected)


def test_the_judge_loads_no_solver(plan, tmp_path):
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; "
        "from foods.embedded import read_embedded_foods; "
        "from planner.check.document import check_document; "
        "from planner.wire.document import read_plan_document; "
        "document = read_plan_document(Path(sys.argv[1])); "
        "assert check_document(document, read_embedded_foods()).passed; "
        "print([name for name in sys.modules if name in ('pulp', 'highspy', 'pandas')])"
    )
    command = [sys.executable, "-c", code, tmp_path / "plan.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_plan_whose_amounts_were_changed_does_not_hold(plan, judge):
    raw = json.loads(json.dumps(plan))
    item = raw["days"][0]["meals"][0]["items"][0]
    largest = max(item["ingredients"], key=lambda one: one["mass_g"])
    largest["mass_g"] += 400
    result = judge(raw)
    assert result.exit_code == 3
    assert "400 g" not in result.output.splitlines()[-1]
    assert f"Day 1, breakfast, {item['name']}:" in result.output
    assert result.output.splitlines()[-1].startswith("The plan does not hold: ")


def test_a_missed_hard_target_is_marked_and_counted(plan, judge):
    raw = json.loads(json.dumps(plan))
    raw["request"]["targets"] = {"magnesium_mg": {"lower": 5000.0}}
    result = judge(raw)
    (row,) = [line for line in result.output.splitlines() if ">= 5000" in line][:1]
    assert row.count("!") == 7
    assert "checks of hard targets fail" in result.output


def test_json_says_everything_that_the_table_says(plan, judge):
    answer = json.loads(judge(plan, "--json").output)
    assert set(answer) == {"passed", "findings", "faults", "notes"}
    assert {"nutrient", "period", "day", "value", "lower", "upper", "holds", "coverage"} <= set(
        answer["findings"][0]
    )


def test_a_file_that_is_no_plan_ends_with_code_1(tmp_path, capsys):
    (tmp_path / "plan.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["check", str(tmp_path / "plan.json")])
    assert end.value.code == 1
    assert "has no schema" in capsys.readouterr().err


def test_a_damaged_food_table_ends_with_code_1(plan, tmp_path, capsys):
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    (tmp_path / "foods.csv").write_text("food_id\nkale\n", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["check", str(tmp_path / "plan.json"), "--foods", str(tmp_path / "foods.csv")])
    assert end.value.code == 1
    assert "foods.csv: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (lambda own: [own[0] | {"kept": False}], "this is not so"),
        (lambda own: [own[0] | {"how": "0 mg"}], "this is not so"),
        (lambda own: [own[0] | {"wish": "without milk"}], "this is not so"),
        (lambda own: [own[0] | {"wish": ""}], "this is missing: Without fish"),
        (lambda _own: [], "this is missing: Without fish"),
        (lambda own: [*own, *own], "this stands there twice: Without fish"),
    ],
)
def test_what_a_file_says_of_wishes_is_judged_too(judge, changed, told):
    asked = request_from_dict({"preferences": {"without": ["fish"]}, "week": {"days": 2}})
    own = report_as_json(plan_meals(asked))
    assert judge(own).exit_code == 0
    silent = {key: value for key, value in own.items() if key != "asked_for"}
    assert judge(silent).exit_code == 0  # as files that were written before it was said
    own["asked_for"] = changed(own["asked_for"])
    result = judge(own)
    assert result.exit_code == 3
    assert f"What you asked for: {told}" in " ".join(result.output.split())
