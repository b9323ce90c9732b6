"""``--json`` of each command has the keys that scripts rely on; help names each flag once."""

import json
import shlex

import click
import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.cli.group import COMMANDS
from planner.cli.plan import command as plan
from planner.settings import read_settings
from tests.commands import ended
from tests.documents import GOLDEN
from tests.rows import rows

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
    own = [one.opts[0] for one in plan.params if isinstance(one, click.Option)]
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
            flags = {"--help"} | {flag for one in command.params for flag in one.opts}
            assert {word for word in way if word.startswith("-")} <= flags, way


def test_options_that_are_called_otherwise_say_what_to_write():
    flags = {flag for one in cli.get_command(None, "plan").params for flag in one.opts}
    for name, ways in read_settings("request/instead.toml")["options"].items():
        assert f"--{name}" not in flags
        assert all(way.split()[0] in flags | {"magplan"} for way in ways)
