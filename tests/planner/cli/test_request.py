"""Requests at the prompt: what flags ask for, files that are begun and checked, what is mended."""

import csv
import re
import shlex
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.cli.ends import as_said
from planner.cli.ends import run as end
from planner.cli.options import build_request, request_argument, request_options
from planner.errors import ConfigError, ExportError
from planner.request.eater_tables import read_eater
from planner.request.override import TargetOverride
from planner.request.phrases import FrequencyRule
from planner.request.read import read_request
from planner.request.request import PlanRequest
from planner.settings import names_in, read_text
from tests.rows import rows

ROWS = [*csv.DictReader(Path(__file__).with_name("flags.csv").read_text("utf-8").splitlines())]


@click.command()
@request_argument
@request_options
def probe(request_path, **flags):
    probe.seen = build_request(request_path, **flags)


def flagged(*args):
    """Return the request that the flags make; errors come out as they were raised."""
    result = CliRunner().invoke(probe, args, standalone_mode=False)
    if result.exception:
        raise result.exception
    return probe.seen


@pytest.fixture
def request_file(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text(
        '[profile]\nage = 29\nstate = "pregnant"\ngestation_week = 20\n'
        '[preferences]\nwithout = ["peanut"]\nlike = { tofu = 1 }\nper_week = ["fish >= 2"]\n'
        "[targets.ca_mg_ratio]\nlower = 1.2\n"
    )
    return str(path)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['words']} {row['where']}" for row in ROWS])
def test_a_flag_is_what_is_asked_for(row):
    found = flagged(*shlex.split(row["words"]))
    for name in row["where"].split("."):
        found = found[int(name)] if name.isdigit() else getattr(found, name)
    if isinstance(found, float):
        assert found == pytest.approx(float(row["value"]), abs=1e-4)
    else:
        assert str(dict(found) if isinstance(found, Mapping) else found) == row["value"]


def test_flags_override_the_file_and_add_to_its_lists(request_file):
    request = flagged(
        *(request_file, "--age", "31", "--without", "milk", "--dislike", "tofu:3"),
        *("--per-week", "fish>=3", "--ratio-max", "2"),
    )
    preferences = request.preferences
    assert (request.profile.age_y, request.profile.gestation_week) == (31, 20)
    assert preferences.without == ("peanut", "milk")
    assert (preferences.like, preferences.dislike) == ({}, {"tofu": 3})
    assert preferences.per_week == (
        FrequencyRule("fish", ">=", 3),
        FrequencyRule("oily fish", "<=", 2),  # by the rule of pregnancy
    )
    assert request.overrides == (TargetOverride("ca_mg_ratio", 1.2, 2),)


def test_a_serum_has_the_unit_of_the_standard_or_its_own(tmp_path):
    assert flagged("--serum-mg", "0.85 mmol/L", "--standard", "uk").profile.serum_mg_mg_dl == 2.0659
    with pytest.raises(ConfigError, match="the unit is missing"):
        flagged("--serum-mg", "2.0", "--standard", "uk")
    path = tmp_path / "request.toml"
    path.write_text("[profile]\nserum_mg_mg_dl = 3.0\n", encoding="utf-8")
    assert flagged(str(path), "--serum-mg", "2 mg/dL").profile.serum_mg_mg_dl == 2
    path.write_text('[profile]\nserum_mg_mg_dl = 3.0\nserum_mg = "2 mg/dL"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="both given"):
        flagged(str(path))


def test_days_that_flags_name_are_those_of_the_days_that_are_planned(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[week]\nskip = [{day = "fri", slot = "lunch"}]\n', encoding="utf-8")
    assert build_request(path).week.skip == ((5, "lunch"),)
    moved = flagged(str(path), "--start", "2026-03-04", "--skip", "fri:lunch").week
    assert (moved.skip, moved.not_eaten) == (((3, "lunch"),), ((3, "lunch"),))
    with pytest.raises(ConfigError, match=r"--eat-out: .* no day of the plan"):
        flagged("--days", "2", "--eat-out", "fri:lunch")


@pytest.mark.parametrize(("eaten", "start"), [("[4]", 30), ("[4]", 27), ("[]", 29)])
def test_what_is_told_of_single_days_of_a_running_week_is_not_asked_of_others(
    tmp_path, capsys, eaten, start
):
    path = tmp_path / "request.toml"
    skip = 'skip = [{day = 4, slot = "dinner", eaten = "nothing"}]'
    path.write_text(f"[week]\nstart = 2026-11-26\neaten = {eaten}\n{skip}\n")
    assert flagged(str(path), "--start", "2026-11-26").week.skip == ((4, "dinner"),)
    days = build_request(path, start=date(2026, 11, start), days=3).week
    assert (days.eaten, days.skip, days.not_eaten) == ((), (), ())
    assert "single meals that were not planned" in capsys.readouterr().err


def test_a_request_for_any_week_is_asked_of_a_week_of_other_dates(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text('[week]\nstart = 2026-11-19\nskip = [{day = 4, slot = "dinner"}]\n')
    assert flagged(str(path), "--start", "2026-11-26").week.skip == ((4, "dinner"),)


def run(*args):
    """Run ``magplan request …`` and give its standard output; errors come out as raised."""
    result = CliRunner().invoke(cli, ["request", *map(str, args)], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.stdout


def test_new_writes_a_file_for_its_owner_only_and_over_another_when_told_to(tmp_path):
    path = tmp_path / "request.toml"
    assert run("new", "--out", path) == ""
    assert read_request(path).is_sample_profile
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("# mine\n")
    with pytest.raises(ExportError, match="exists already — add --force"):
        run("new", "--out", path)
    assert path.read_text() == "# mine\n"
    run("new", "--out", path, "--force")
    assert "[profile]" in path.read_text()


FAULTS = """[profile]
age = 130
[preferences]
per_week = ["fish >> 2", "blurb >= 1", 3, "blorb <= 2"]
without = ["qqq", "", "milk"]
like = {vvv = 2, oats = 9}
min_days_between = {uuu = 2}
history = ["no_such.json"]
[water]
drink = "tttt"
litres_per_day = "x"
[targets.magnesiun_mg]
lower = 3
[[supplements]]
name = "magnesium citrate"
[week]
days = 0
put = [{day = 1, slot = "brunch", dish = "pizza"}, {day = 1, slot = "dinner", dish = "wwww"}]
pantry = [{food = "ssss", amount = 500, unit = "g"}]
[[eaters]]
name = "Ben"
preferences.without = ["yyy", 3]
profile.age = 400
"""


def test_check_tells_all_faults_of_shape_and_all_names_that_are_not_known(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text(FAULTS, encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        run("check", path)
    for part in (
        *("fish >> 2", "per_week, entry 3", "without, entry 2", "oats", "amount_mg", "kind", "age"),
        *("brunch", "blurb", "blorb", "qqq", "vvv", "wwww", "yyy", "uuu", "no_such.json", "tttt"),
        *("[week] days", "litres_per_day", "magnesiun_mg", "ssss"),
    ):
        assert part in str(told.value), part


@pytest.mark.parametrize("name", names_in("presets", ".toml"))
def test_a_preset_is_a_request_that_flags_win_over(tmp_path, name):
    path, whole = tmp_path / "request.toml", tmp_path / "preset.toml"
    path.write_text(run("new", "--preset", name, "--max-minutes-weekday", 55), encoding="utf-8")
    whole.write_text(read_text(f"presets/{name}.toml"), encoding="utf-8")
    preset = read_request(whole)
    longer = replace(preset.preferences, max_minutes_weekday=55)
    assert read_request(path) == replace(preset, preferences=longer)
    assert preset != PlanRequest()
    with pytest.raises(ConfigError, match="begins a request, and so does a file"):
        build_request(path, preset=name)


def test_check_says_whose_name_or_condition_is_not_known(tmp_path):
    path = tmp_path / "request.toml"
    ann = '[[eaters]]\nname = "Ann"\nprofile = {sex = "f", conditions = ["kidney failur"]}\n'
    ben = '[[eaters]]\nname = "Ben"\npreferences = {like = {zzz = 1}}\n'
    path.write_text(ann + ben, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"(?s)Ben, --like: .*'zzz'.*Ann, .*kidney failur"):
        run("check", path)


@rows(__file__, "what_is_to_be_mended")
def test_what_is_to_be_mended_is_named_as_it_was_typed(text, words, said):
    assert as_said(f"magplan: {text}", words).startswith(f"magplan: {said}")


def test_a_body_beside_a_table_is_answered_with_the_whole_command_that_works(capsys):
    typed = "plan --preset family --age=38 --condition celiac --sex f --days 3"
    assert end(typed.split()) == 1
    whole = "magplan plan --preset family --days 3 --eater name=Anna,sex=f,age=38,condition=celiac"
    assert capsys.readouterr().err.strip().endswith(f": {whole}")
    asked = build_request(preset="family", days=3, eater=(read_eater(whole.split()[-1]),))
    assert [eater.profile.conditions for eater in asked.eaters] == [("celiac",), (), ()]
    assert len(asked.eaters) == 3


@rows(__file__, "a_body_beside_an_eater")
@pytest.mark.parametrize("joined", [" ", "="])
def test_a_body_beside_an_eater_who_was_typed_is_hers_or_one_eaters_more(
    typed, eaters, joined, capsys
):
    tom = "--eater name=Tom,sex=m,age=9"
    line = f"plan --days 2 --sex f --age 38 {tom} --eater{joined}{typed}"
    assert end(line.split()) == 1
    said = capsys.readouterr().err.strip().partition("write: magplan ")[2]
    rest = "".join(f" --eater {eater}" for eater in eaters[1:])
    assert said == f"plan --days 2 {tom} --eater{joined}{eaters[0]}{rest}"
    read = [read_eater(text)["name"] for text in re.findall(r"name=\S+", said)]
    assert len({name.casefold() for name in read}) == 1 + len(eaters)


@rows(__file__, "whose_a_body_is_that")
def test_whose_a_body_is_that_may_be_of_several_is_asked(flags, ann, whose, capsys):
    first, tom = f"name=Ann,sex=f,age=40{ann}", "name=Tom,sex=m,age=42"
    assert end(f"plan --eater {first} --eater {tom} {flags}".split()) == 1
    told = [one for one in capsys.readouterr().err.splitlines() if "at the command line" in one]
    said = ",{}={}".format(*flags.removeprefix("--").split()[-2:]).replace("--", "")
    assert [re.findall(rf"name=(\w+)[^ ]*{said}", one) for one in told] == [[one] for one in whose]
    asked = [re.findall(r"if that is (\w+),", line) for line in told]
    assert asked == ([[name] for name in whose] if len(whose) > 1 else [[]])


def test_nothing_that_is_said_of_a_body_is_lost_in_the_command(capsys):
    sick = "--condition hypertension --condition gout --medicine ramipril"
    line = f"plan --sex f --age 61 {sick} --eater name=A,sex=m,age=60 --eater name=Me"
    assert end(line.split()) == 1
    told = "name=Me,sex=f,age=61,condition=hypertension,condition=gout,medicine=ramipril"
    assert capsys.readouterr().err.strip().endswith(told)
    assert [*read_eater(told)["profile"]["conditions"]] == ["hypertension", "gout"]


@rows(__file__, "no_command_is_offered_that")
def test_no_command_is_offered_that_would_be_read_otherwise(said, capsys):
    line = ["plan", "--sex", "f", *said, "--eater", "name=A,sex=m,age=60", "--eater", "name=B"]
    assert end(line) == 1
    told = capsys.readouterr().err
    assert "belongs to one of them" in told
    assert "at the command line" not in told
