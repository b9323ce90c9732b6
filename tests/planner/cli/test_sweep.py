import json

import click
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from planner.cli import cli
from planner.cli.sweep import FILES, command, read_vary
from planner.errors import ConfigError
from planner.export.files import check_folder
from planner.request.request import PlanRequest
from planner.solve.options import polish_work, sweep_work
from planner.sweep import run as running
from planner.wire.sweep import SweepAnswer
from tests.schemas import schema_of

FLAGS = {one.name: one for one in command.params if isinstance(one, click.Option)}
BASE = PlanRequest()


def run(*args):
    return CliRunner().invoke(cli, ["sweep", *args])


def asked(text, value):
    return read_vary(text, FLAGS).change(BASE, value)


@pytest.fixture
def _little_work(monkeypatch):
    def little(work):
        return work.shorter(0.1)

    monkeypatch.setattr(running, "sweep_work", lambda *given: little(sweep_work(*given)))
    monkeypatch.setattr(running, "polish_work", lambda *given: little(polish_work(*given)))


@pytest.mark.parametrize(
    ("text", "value", "found"),
    [
        ("ratio_max=1.6..2.6", 1.8, lambda r: r.overrides[0].upper),
        ("--ratio-max=1.6..2.6", 1.8, lambda r: r.overrides[0].upper),
        ("ratio=1.6..2.6", 1.8, lambda r: r.overrides[0].upper),
        ("magnesium_mg>=350..600", 450, lambda r: r.overrides[0].lower),
        ("mg=350..600", 450, lambda r: r.overrides[0].lower),
        ("mg<=350..600", 450, lambda r: r.overrides[0].upper),
        ("targets.calcium_mg.lower=900..1200", 1000, lambda r: r.overrides[0].lower),
        ("energy=1800..2400", 1900, lambda r: r.profile.energy_kcal),
        ("budget=60..120", 90, lambda r: r.preferences.budget_per_week),
        ("fish>=0..4", 2, lambda r: r.preferences.per_week[0].count),
        ("dislike=kale:1..3", 2, lambda r: r.preferences.dislike["kale"]),
        ("min_days_between=salmon=1..4", 3, lambda r: r.preferences.min_days_between["salmon"]),
        ("max_minutes=20..60", 45, lambda r: r.preferences.max_minutes),
        ("weights.cost=0..4", 2.5, lambda r: r.weights.cost),
        ("taste=0..4", 2.5, lambda r: r.weights.taste),
        ("age=30..80", 61, lambda r: r.profile.age_y),
        ("days=1..7", 3, lambda r: r.week.days),
    ],
)
def test_any_number_of_a_request_can_be_varied(text, value, found):
    assert found(asked(text, float(value))) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ratio_max=2", "no range LOW..HIGH"),
        ("ratio_max=2.6..1.6", "begin below its end"),
        ("1..2", "say what is varied"),
        ("ratio_mx=1..2", "the nearest: ratio_max"),
        ("gap=0.1..0.2", "no number of a request"),
        ("magnesium_mg=350..600", 'takes a side: "magnesium_mg>=350..600"'),
        ("profile.sex.what=1..2", "holds no further keys"),
    ],
)
def test_what_is_not_understood_is_said_with_a_way_out(text, said):
    with pytest.raises(ConfigError) as refused:
        read_vary(text, FLAGS).change(BASE, 1.0)
    assert said in str(refused.value)


@pytest.mark.usefixtures("_little_work")
def test_a_sweep_is_printed_and_written(tmp_path):
    out = tmp_path / "curve"
    args = ("--vary", "mg=400..600", "--points", "2", "--days", "1", "--out", str(out))
    result = run(*args, "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    Draft202012Validator(schema_of(SweepAnswer, "answer:1")).validate(answer)
    assert [one["magnesium_mg>="] for one in answer["points"]] == [400.0, 600.0]
    assert all(one["passed"] for one in answer["points"])
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
