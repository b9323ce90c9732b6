import json
import tomllib
from dataclasses import replace

import pytest
from click.testing import CliRunner

from foods.errors import UserFacingError
from planner.cli import cli
from planner.cli.options import build_request
from planner.errors import ConfigError, ExportError
from planner.request.read import read_request
from planner.request.request import PlanRequest
from planner.settings import names_in, read_text


def run(*args):
    """Run ``magplan request …`` and give its standard output; errors come out as raised."""
    result = CliRunner().invoke(cli, ["request", *map(str, args)], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.stdout


def test_new_prints_a_request_that_reads_back(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text(run("new", "--sex", "m", "--age", 40, "--like", "tofu:3"))
    request = read_request(path)
    assert (request.profile.sex, request.profile.age_y) == ("m", 40)
    assert request.preferences.like == {"tofu": 3}


def test_new_writes_a_file_for_its_owner_only(tmp_path):
    path = tmp_path / "request.toml"
    assert run("new", "--out", path) == ""
    assert read_request(path).is_sample_profile
    assert path.stat().st_mode & 0o077 == 0


def test_new_writes_over_a_file_only_when_told_to(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text("# mine\n")
    with pytest.raises(ExportError, match="exists already — add --force"):
        run("new", "--out", path)
    assert path.read_text() == "# mine\n"
    run("new", "--out", path, "--force")
    assert "[profile]" in path.read_text()


def test_new_into_a_folder_that_is_not_there_says_so(tmp_path):
    with pytest.raises(ExportError, match="cannot be written"):
        run("new", "--out", tmp_path / "none" / "request.toml")


def test_check_says_ok_in_one_line(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text('[profile]\nage = 10\nsex = "m"\n[preferences]\nwithout = ["milk"]\n')
    said = run("check", path)
    assert said.startswith("ok: boy, 10 years, 139 cm, 32 kg")
    assert "without milk" in said
    assert said.count("\n") == 1


def test_check_lists_every_fault(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text("[profile]\nage = 130\n[week]\ndays = 0\n")
    with pytest.raises(ConfigError, match=r"(?s)\[profile\] age.*\[week\] days"):
        run("check", path)


def test_the_examples_in_the_help_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "request.toml").write_text("[week]\ndays = 3\n")
    for words in ([], ["new"], ["check"]):
        shown = CliRunner().invoke(cli, ["request", *words, "--help"]).stdout
        example = shown.strip().splitlines()[-1].strip().removeprefix("Example: magplan ")
        assert CliRunner().invoke(cli, example.split()).exit_code == 0


@pytest.mark.parametrize("name", names_in("presets", ".toml"))
def test_a_preset_is_a_request_that_flags_win_over(tmp_path, name):
    path = tmp_path / "request.toml"
    path.write_text(run("new", "--preset", name, "--max-minutes-weekday", 55), encoding="utf-8")
    asked = read_request(path)
    assert asked == read_request(path)
    assert asked.preferences.max_minutes_weekday == 55
    whole = tmp_path / "preset.toml"
    whole.write_text(read_text(f"presets/{name}.toml"), encoding="utf-8")
    preset = read_request(whole)
    longer = replace(preset.preferences, max_minutes_weekday=55)
    assert asked == replace(preset, preferences=longer)
    assert preset != PlanRequest()


def test_a_preset_does_not_go_with_a_file(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text("[week]\ndays = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="begins a request, and so does a file"):
        build_request(path, preset="family")


def test_check_lists_every_fault_of_a_file_at_once(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text(
        "[profile]\nage = 400\nsexx = 'f'\n[weights]\ntaste = -1\ncost = 'much'\n"
        "[week]\ndays = 0\nskip = [{day = 99, slot = 'brunch'}]\n"
        "[preferences]\nper_week = ['fish >> 2']\nmax_minutes = 0\n[targets.magnesiun_mg]\n"
        "lower = 3\n[[eaters]]\nname = ''\n[wishes]\nx = 1\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as told:
        run("check", path)
    text = str(told.value)
    for part in (
        *("[profile] age", "[profile] sexx", "[weights] taste", "[weights] cost", "[week] days"),
        *("brunch", "fish >> 2", "max_minutes", "magnesiun_mg", "name", "wishes"),
    ):
        assert part in text, part


NAMES = """[week]
days = 2
put = [{day = 1, slot = "dinner", dish = "blorb"}]
pantry = [{food = "blurb", amount = 500, unit = "g"}]
[preferences]
without = ["zzz", "milk"]
dislike = {qqq = 2}
per_week = ["fisch >= 2"]
min_days_between = {vvv = 2}
history = ["no_such.json"]
[water]
drink = "wwww"
"""
UNKNOWN = ("blorb", "blurb", "zzz", "qqq", "fisch", "vvv", "no_such.json", "wwww")


def test_check_looks_at_what_is_sound_beside_what_is_not(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text(
        "[preferences]\nper_week = ['fish >> 2', 'blurb >= 1', 3, 'blorb <= 2']\n"
        "without = ['qqq', '', 'zzz']\nlike = {vvv = 2, oats = 9}\n"
        "[[supplements]]\nname = 'magnesium citrate'\n"  # two keys are missing
        "[[supplements]]\nname = 'calcium citrate'\namount_mg = 9000\nkind = 'elemental'\n"
        "[[week.put]]\nday = 1\nslot = 'brunch'\ndish = 'pizza'\n"
        "[[week.put]]\nday = 1\nslot = 'dinner'\ndish = 'wwww'\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as told:
        run("check", path)
    for part in (
        *("fish >> 2", "per_week, entry 3", "without, entry 2", "oats", "amount_mg", "kind"),
        *("brunch", "blurb", "blorb", "qqq", "zzz", "vvv", "wwww"),
    ):
        assert part in str(told.value), part


def test_what_is_sound_of_an_eater_stays(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text(
        "[[eaters]]\nname = 'Ann'\npreferences.without = ['zzz']\nprofile.age = 400\n"
        "[[eaters]]\nname = 'Ben'\npreferences.without = ['qqq', 3]\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as told:
        run("check", path)
    for part in ("age", "zzz", "qqq", "entry 2, preferences"):
        assert part in str(told.value), part


def test_check_lists_every_name_that_a_plan_would_not_know(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text(NAMES, encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        run("check", path)
    text = str(told.value)
    assert all(name in text for name in UNKNOWN), text
    assert "'milk'" not in text


def test_check_looks_up_names_beside_faults_of_shape_too(tmp_path):
    path = tmp_path / "request.toml"
    text = NAMES.replace("days = 2", "days = 0").replace('"wwww"', '"wwww"\nlitres_per_day = "x"')
    path.write_text(text + "[targets.magnesiun_mg]\nlower = 3\n", encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        run("check", path)
    for part in ("[week] days", "litres_per_day", "magnesiun_mg", *UNKNOWN):
        assert part in str(told.value), part


def test_check_says_whose_name_or_condition_is_not_known(tmp_path):
    path = tmp_path / "request.toml"
    ann = '[[eaters]]\nname = "Ann"\nprofile = {sex = "f", conditions = ["kidney failur"]}\n'
    ben = '[[eaters]]\nname = "Ben"\npreferences = {like = {zzz = 1}}\n'
    path.write_text(ann + ben, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"(?s)Ben, --like: .*'zzz'.*Ann, .*kidney failur"):
        run("check", path)
    path.write_text(ann, encoding="utf-8")
    with pytest.raises(UserFacingError, match="kidney failur"):
        run("check", path)


def test_worth_says_what_each_weight_brought(planned_once):
    plan = planned_once("--days", 1)
    told = run("worth", plan / "plan.json")
    answer = json.loads(run("worth", plan / "plan.json", "--json"))
    written = json.loads((plan / "plan.json").read_text(encoding="utf-8"))
    total = sum(one["points"] for one in answer["weights"])
    assert total == pytest.approx(written["solver"]["objective"])
    assert sum(one["share"] for one in answer["weights"]) == pytest.approx(1)
    assert "price of the week" in told


def test_what_cannot_be_read_again_is_not_written(tmp_path):
    out = tmp_path / "me.toml"
    done = CliRunner().invoke(cli, ["request", "new", "--like", "scharfes", "--out", str(out)])
    assert done.exit_code == 1
    assert "scharfes" in str(done.exception)
    assert not out.exists()


def test_a_request_is_commented_in_the_language_and_is_the_same_in_all():
    english, german = (run("new", *lang) for lang in ((), ("--lang", "de")))
    assert "# Wer isst.\n[profile]" in german
    assert "# Tage des Plans, 1 bis 28" in german
    assert "Mahlzeiten, wenn möglich: Mahlzeiten mit Bohnen" in german
    assert "days to plan" not in german
    assert tomllib.loads(english) == tomllib.loads(german)
