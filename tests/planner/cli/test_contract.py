"""``--json`` of each command has agreed keys; help names each flag; sweeps vary any number."""

import json
import shlex
from collections.abc import Mapping

import click
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from planner.cli import cli
from planner.cli.group import COMMANDS
from planner.cli.plan import command as plan
from planner.cli.sweep import FILES, command, read_vary
from planner.errors import ConfigError
from planner.export.files import check_folder
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.sweep import run as running
from planner.wire.sweep import SweepAnswer
from tests import stored
from tests.commands import ended
from tests.planner.sweep.sweeps import made_sweep
from tests.rows import rows
from tests.schemas import schema_of

GOLDEN = stored.folder("woman_55") / "plan.json"
FOUND = {"nutrient", "period", "day", "value", "lower", "upper", "holds", "coverage"}


@pytest.fixture
def answer(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d.csv").write_text("day,meal,food,amount,unit\n1,lunch,rolled oats,60,g\n")
    (tmp_path / "f.csv").write_text("name,cost,max,iron\nspinach,2,2,3\nbread,1,4,1\n")
    (tmp_path / "t.csv").write_text("nutrient,lower,upper\niron,6.5,\n")

    def answered(line, code=0):
        found, out, err = ended(*shlex.split(line), "--json")
        assert found in (code, 3), err
        return json.loads(out)

    return answered


@rows(__file__, "an_answer_has_its_agreed_keys")
def test_an_answer_has_its_agreed_keys(line, keys, answer):
    assert {*keys.split()} <= set(answer(line.format(week=GOLDEN)))


def test_parts_of_answers_have_their_keys(answer):
    assert set(answer(f"check {GOLDEN}")["findings"][0]) >= FOUND
    found = answer("safety --age 40 --medicine levothyroxine@07:00")
    assert {"code", "level", "text", "source"} <= set(found["findings"][0])
    assert {"item", "earliest", "latest", "hours_apart_from"} <= set(found["schedule"][-1])
    line = answer(f"shop {GOLDEN}")["lines"][0]
    assert {"aisle", "food_id", "name", "need_g", "buy", "packages", "surplus_g", "price"} < {*line}


def test_a_refusal_is_json_and_ends_with_3():
    code, out, err = ended("plan", "--condition", "kidney disease", "--json")
    assert code == 3
    assert json.loads(out)["status"] == "refused"
    assert json.loads(out)["refused"]["what"]
    assert err.startswith("magplan: ")


def test_a_basket_is_bought_in_parts_or_in_whole_units(answer, tmp_path):
    line = "basket --foods f.csv --targets t.csv"
    assert answer(line)["amounts"] == {"spinach": 2, "bread": 0.5}
    assert answer(line)["prices"] == {"iron": 1}
    assert answer(f"{line} --integer")["amounts"] == {"spinach": 2, "bread": 1}
    words = [*shlex.split(line), "--json", "--out", "basket.json"]
    assert ended(*words)[:2] == (0, "")
    assert json.loads((tmp_path / "basket.json").read_text("utf-8"))["objective"] == 4.5


def test_bands_are_shown_to_whom_no_plan_is_made_with_the_reason_first(answer):
    found = answer("targets --condition dialysis", code=3)
    assert "no plan" in found["stop"]
    assert "no plan" in found["notes"][0]

    def bands(nutrient, side, *bases):
        return {target[side] for target in found["targets"]
                if target["nutrient"] == nutrient and target["basis"] in bases}  # fmt: skip

    assert bands("phosphorus_mg", "upper", "total") == {None}
    assert bands("potassium_mg", "lower", "total") == {None}
    assert bands("magnesium_mg", "upper", "supplement", "supplement_and_fortified") == {0.0}
    ratio = answer("targets --ratio-max 2.6 --standard uk")
    assert {target["upper"] for target in ratio["targets"]
            if target["nutrient"] == "ca_mg_ratio"} == {2.6}  # fmt: skip


def test_facts_name_their_sources_and_stand_beside_what_contradicts_them(answer):
    found = answer("facts --topic 'supplement dose'")
    assert [fact["fact_id"] for fact in found["facts"]] == ["AF044", "AF045", "AF046"]
    assert all(fact["sources"] and fact["shown"] for fact in found["facts"])
    pairs = [[side["fact_id"] for side in conflict["between"]] for conflict in found["conflicts"]]
    assert pairs == [["AF043", "AF046"], ["AF044", "AF086"]]


def help_of(*words):
    return CliRunner().invoke(cli, [*words, "--help"]).stdout


def test_help_has_groups_and_the_flags_that_most_people_use_first():
    text = help_of("plan")
    titles = [line for line in text.splitlines() if line.endswith(":") and line[:1].isupper()]
    assert titles[0] == "Most used:"
    assert text.index("--without") < text.index("--egfr") < text.index("--seed")


def test_every_flag_stands_in_the_help_once():
    own = [param.opts[0] for param in plan.params if isinstance(param, click.Option)]
    text = help_of("plan")
    assert all(
        sum(text.count(f"\n  {flag}{end}") for end in (" ", "\n", ", ")) == 1 for flag in own
    )


def test_commands_that_are_called_otherwise_say_what_to_write():
    for name, ways in read_settings("request/instead.toml")["commands"].items():
        assert name not in COMMANDS
        for way in map(str.split, ways):
            assert way[0] == "magplan"
            command = cli if way[1].startswith("-") else cli.get_command(None, way[1])
            if isinstance(command, click.Group) and not way[1].startswith("-"):
                command = command.commands[way[2]]
            flags = {"--help"} | {flag for param in command.params for flag in param.opts}
            assert {word for word in way if word.startswith("-")} <= flags, way


def test_options_that_are_called_otherwise_say_what_to_write():
    flags = {flag for param in cli.get_command(None, "plan").params for flag in param.opts}
    for name, ways in read_settings("request/instead.toml")["options"].items():
        assert f"--{name}" not in flags
        assert all(way.split()[0] in flags | {"magplan"} for way in ways)


FLAGS = {param.name: param for param in command.params if isinstance(param, click.Option)}
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
    assert [point["magnesium_mg>="] for point in answer["points"]] == [1.0, 2.0]
    assert sorted(path.name for path in out.iterdir()) == sorted(FILES)
    check_folder(out, FILES)  # which are known again
    (out / "sweep.csv").write_text("mine", encoding="utf-8")
    assert "--force" in str(run(*args).exception)


def test_ctrl_c_before_the_first_plan_is_one_line(monkeypatch):
    def stopped(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "plan_weeks", stopped)
    result = run("--vary", "mg=400..600", "--points", "2")
    assert result.exit_code == 130
    assert result.stderr.count("\n") == 1
