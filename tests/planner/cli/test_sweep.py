import json
from collections.abc import Mapping

import click
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from planner.cli import cli
from planner.cli.sweep import FILES, command, read_vary
from planner.errors import ConfigError
from planner.export.files import check_folder
from planner.request.request import PlanRequest
from planner.sweep import run as running
from planner.wire.sweep import SweepAnswer
from tests.planner.sweep.sweeps import made_sweep
from tests.rows import rows
from tests.schemas import schema_of

FLAGS = {one.name: one for one in command.params if isinstance(one, click.Option)}
BASE = PlanRequest()


def run(*args):
    return CliRunner().invoke(cli, ["sweep", *args])


@rows(__file__, "any_number_can_be_varied")
def test_any_number_of_a_request_can_be_varied(text, value, where):
    found = read_vary(text, FLAGS).change(BASE, float(value))
    for name in where.split("."):
        if isinstance(found, Mapping):
            found = found[name]
        else:
            found = found[int(name)] if name.isdigit() else getattr(found, name)
    assert found == value


@rows(__file__, "what_cannot_be_varied")
def test_what_is_not_understood_is_said_with_a_way_out(text, said):
    with pytest.raises(ConfigError) as refused:
        read_vary(text, FLAGS).change(BASE, 1.0)
    assert said in str(refused.value)


def test_a_sweep_is_printed_and_written(tmp_path, monkeypatch):
    made = made_sweep([9.0, 5.0], name="magnesium_mg>=")
    monkeypatch.setattr(running, "run_sweep", lambda *_, **__: made)
    out = tmp_path / "curve"
    args = ("--vary", "mg=400..600", "--points", "2", "--days", "1", "--out", str(out))
    result = run(*args, "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    Draft202012Validator(schema_of(SweepAnswer, "answer:1")).validate(answer)
    assert [one["magnesium_mg>="] for one in answer["points"]] == [1.0, 2.0]
    assert sorted(one.name for one in out.iterdir()) == sorted(FILES)
    check_folder(out, FILES)  # which are known again
    (out / "sweep.csv").write_text("mine", encoding="utf-8")
    assert "--force" in str(run(*args).exception)


def test_ctrl_c_before_the_first_plan_is_one_line(monkeypatch):
    def stopped(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "_lay", stopped)
    result = run("--vary", "mg=400..600", "--points", "2")
    assert result.exit_code == 130
    assert result.stderr.count("\n") == 1
