import re
from dataclasses import replace
from datetime import date

import click
import pytest
from click.testing import CliRunner

from foods.errors import UserFacingError
from planner.cli import cli
from planner.cli.ends import run as end
from planner.cli.options import build_request, request_argument, request_options
from planner.cli.said import as_said
from planner.errors import ConfigError, ExportError
from planner.request.day_words import NamedDay
from planner.request.eater_phrases import read_eater
from planner.request.override import TargetOverride
from planner.request.phrases import FrequencyRule
from planner.request.read import read_request
from planner.request.request import PlanRequest
from planner.safety.intake import SupplementIntake
from planner.settings import names_in, read_text


@click.command()
@request_argument
@request_options
def probe(request_path, **flags):
    probe.seen = build_request(request_path, **flags)


def flagged(*args):
    """Give the request that the flags make; errors come out as they were raised."""
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


def test_no_flags_give_the_sample_person():
    assert flagged().is_sample_profile


def test_flags_say_who_eats():
    profile = flagged(
        "--sex", "m", "--age", "40", "--height", "5 ft 10 in", "--weight", "180 lb"
    ).profile
    assert (profile.sex, profile.age_y) == ("m", 40)
    assert profile.height_cm == pytest.approx(177.8)  # 70 in x 2.54 cm
    assert profile.weight_kg == pytest.approx(81.6466, abs=1e-4)  # 180 x 0.45359237 kg


def test_a_body_that_nobody_gave_fits_sex_and_age():
    request = flagged("--sex", "m", "--age", "10")
    assert (request.profile.height_cm, request.profile.weight_kg) == (139, 32)
    assert request.assumed == ("height_cm", "weight_kg", "activity")


def test_flags_say_how_meals_are_built_and_what_was_eaten_before():
    request = flagged(
        "--pattern", "east_asian", "--history", "a.json", "--history", "b.json",
        "--max-minutes-weekday", "25", "--start", "2026-03-02",
        "--hemisphere", "south",
    )  # fmt: skip
    assert (request.week.pattern, request.week.hemisphere) == ("east_asian", "south")
    assert request.preferences.history == ("a.json", "b.json")
    assert request.preferences.max_minutes_weekday == 25


def test_a_zero_is_a_value_that_was_given():
    assert flagged("--age", "0").profile.age_y == 0
    assert flagged("--egfr", "0").profile.egfr == 0


def test_flags_say_what_the_eater_wants():
    preferences = flagged(
        *("--diet", "vegan", "--without", "nuts", "--without", "soy", "--like", "oats:3"),
        *("--dislike", "kale", "--per-week", "beans>=4", "--min-days-between", "tofu=2"),
        *("--max-minutes", "30", "--budget", "80", "--with-alcohol"),
    ).preferences
    assert (preferences.diet, preferences.without) == ("vegan", ("nuts", "soy"))
    assert (preferences.like, preferences.dislike) == ({"oats": 3}, {"kale": 2})
    assert preferences.per_week == (FrequencyRule("beans", ">=", 4),)
    assert preferences.min_days_between == {"tofu": 2}
    assert (preferences.max_minutes, preferences.budget_per_week) == (30, 80)
    assert preferences.alcohol


def test_flags_say_which_days_and_how_long():
    request = flagged(
        *("--days", "3", "--start", "2026-03-02", "--units", "metric", "--standard", "eu"),
        *("--time-limit", "5", "--gap", "0.1", "--seed", "7", "--tap-water", "mg=12"),
    )
    assert (request.week.days, request.week.start) == (3, date(2026, 3, 2))
    assert (request.units, request.standard) == ("metric", "eu")
    solve = request.solve
    assert (solve.time_limit_s, solve.gap, solve.seed) == (5, 0.1, 7)
    assert request.water.magnesium_mg_per_l == 12


def test_two_bounds_of_one_nutrient_make_one_band():
    request = flagged("--target", "zinc>=8", "--target", "zinc_mg<=20", "--ratio-max", "2.6")
    assert request.overrides == (
        TargetOverride("zinc_mg", 8, 20),
        TargetOverride("ca_mg_ratio", None, 2.6),
    )


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


def test_flags_say_what_a_clinic_knows():
    request = flagged(
        *("--egfr", "75", "--serum-mg", "2", "--condition", "osteoporosis", "--condition", "gout"),
        *("--medicine", "metformin", "--supplement", "magnesium oxide:400mg_compound x2"),
        *("--supplement", "calcium carbonate:500mg_elemental", "--allow-supplements"),
    )
    profile = request.profile
    assert (profile.egfr, profile.serum_mg_mg_dl) == (75, 2)
    assert (profile.conditions, profile.medicines) == (("osteoporosis", "gout"), ("metformin",))
    assert request.supplements[0] == SupplementIntake("magnesium oxide", 400, "compound", 2)
    assert request.allow_supplements


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


def test_the_serum_of_an_eater_has_its_unit():
    request = flagged("--eater", "name=Ben,serum_mg=0.85 mmol/L", "--standard", "uk")
    assert request.eaters[0].profile.serum_mg_mg_dl == 2.0659
    with pytest.raises(ConfigError, match="the unit is missing"):
        flagged("--eater", "name=Ben,serum_mg=2.0", "--standard", "uk")


def test_a_flag_says_which_drinks_and_how_many_cups_and_the_last_counts():
    request = flagged("--drink", "coffee:2", "--drink", "green tea", "--drink", "coffee:1")
    assert dict(request.preferences.drinks) == {"coffee": 1, "green tea": 1}
    (ann,) = flagged("--eater", "name=Ann,age=40,drink=coffee:2,drink=decaf").eaters
    assert dict(ann.preferences.drinks) == {"coffee": 2, "decaf": 1}


def test_flags_say_which_water_is_drunk_and_how_much():
    request = flagged("--water", "hepar", "--water-litres", "1.5", "--tap-water", "mg=12")
    assert (request.water.name, request.water.litres) == ("hepar", 1.5)
    assert request.water.magnesium_mg_per_l == 12
    assert flagged("--water", "evian").water.litres == 1.0
    assert flagged("--water-litres", "2").water.name == "tap"
    assert not flagged("--tap-water", "mg=12").water.is_drunk


def test_another_state_drops_the_week_of_the_pregnancy(request_file):
    profile = flagged(request_file, "--state", "none").profile
    assert (profile.state, profile.gestation_week) == ("none", None)


def test_days_that_flags_name_are_those_of_the_days_that_are_planned(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[week]\nskip = [{day = "fri", slot = "lunch"}]\n', encoding="utf-8")
    assert build_request(path).week.skip == ((5, "lunch"),)
    wednesday = date(2026, 3, 4)
    moved = build_request(path, start=wednesday, skip=((NamedDay(weekday=4), "lunch"),)).week
    assert (moved.skip, moved.not_eaten) == (((3, "lunch"),), ((3, "lunch"),))
    with pytest.raises(ConfigError, match=r"--eat-out: .* no day of the plan"):
        build_request(days=2, eat_out=((NamedDay(weekday=4, said="fri"), "lunch"),))


def test_a_pantry_file_is_read_once_and_a_name_may_have_its_comma(tmp_path):
    path = tmp_path / "pantry.csv"
    path.write_text('food,amount,unit\n"white rice, dry",500,g\n')
    (rice,) = flagged("--pantry", str(path)).week.pantry
    assert (rice.food, rice.amount, rice.unit) == ("white_rice_dry", 500, "g")


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


def test_new_writes_a_file_for_its_owner_only(tmp_path):
    path = tmp_path / "request.toml"
    assert run("new", "--out", path) == ""
    assert read_request(path).is_sample_profile
    assert path.stat().st_mode & 0o077 == 0


def test_check_tells_what_is_sound_from_what_is_not(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text(
        "[preferences]\nper_week = ['fish >> 2', 'blurb >= 1', 3, 'blorb <= 2']\n"
        "without = ['qqq', '', 'zzz']\nlike = {vvv = 2, oats = 9}\n"
        "[[supplements]]\nname = 'magnesium citrate'\n"  # two keys are missing
        "[[week.put]]\nday = 1\nslot = 'brunch'\ndish = 'pizza'\n"
        "[[week.put]]\nday = 1\nslot = 'dinner'\ndish = 'wwww'\n"
        "[[eaters]]\nname = 'Ben'\npreferences.without = ['yyy', 3]\nprofile.age = 400\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as told:
        run("check", path)
    for part in (
        *("fish >> 2", "per_week, entry 3", "without, entry 2", "oats", "amount_mg", "kind", "age"),
        *("brunch", "blurb", "blorb", "qqq", "zzz", "vvv", "wwww", "yyy"),
    ):
        assert part in str(told.value), part


def test_new_writes_over_a_file_only_when_told_to(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text("# mine\n")
    with pytest.raises(ExportError, match="exists already — add --force"):
        run("new", "--out", path)
    assert path.read_text() == "# mine\n"
    run("new", "--out", path, "--force")
    assert "[profile]" in path.read_text()


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


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("--like: nothing is called 'x'", ["plan", "--like", "x"], "--like: nothing is called 'x'"),
        ("--like: nothing is called 'x'", ["plan", "a.toml"], "[preferences] like: nothing"),
        ("--like: nothing is called 'x'", ["plan", "a.toml", "--like", "y"], "[preferences] like"),
        ("--without: nothing is called 'x'", ["replan", "p.json", "--ban", "x"], "--ban: nothing"),
        ("command line: [week] skip: no day 5", ["plan", "--eat-out=5:lunch"], "--eat-out: no day"),
        ("command line: [profile]: profile, state: no", ["plan", "--state", "none"], "--state: no"),
        (
            "a.toml: \n  [week] skip, entry 1: no",
            ["plan", "a.toml"],
            "a.toml: \n  [week] skip, ent",
        ),
        (
            "[week] holidays: no — give [week] start too",
            ["plan"],
            "--holiday: no — give --start too",
        ),
    ],
)
def test_what_is_to_be_mended_is_named_as_it_was_typed(text, words, said):
    assert as_said(f"magplan: {text}", words).startswith(f"magplan: {said}")


def test_a_body_beside_a_table_is_answered_with_the_whole_command_that_works(capsys):
    typed = "plan --preset family --age=38 --condition celiac --sex f --days 3"
    assert end(typed.split()) == 1
    whole = "magplan plan --preset family --days 3 --eater name=Anna,sex=f,age=38,condition=celiac"
    assert capsys.readouterr().err.strip().endswith(f": {whole}")
    asked = build_request(preset="family", days=3, eater=(read_eater(whole.split()[-1]),))
    assert [one.profile.conditions for one in asked.eaters] == [("celiac",), (), ()]
    assert len(asked.eaters) == 3


@pytest.mark.parametrize(
    ("typed", "eaters"),
    [
        ("name=Mia,sex=f,age=38", ["name=Mia,sex=f,age=38"]),  # told twice
        ("name=mia,diet=vegan", ["name=mia,diet=vegan,sex=f,age=38"]),
        ("name=Mia,sex=f,age=30", ["name=Mia,sex=f,age=30", "name=Me,sex=f,age=38"]),
        ("name=Me,diet=vegan", ["name=Me,diet=vegan,sex=f,age=38"]),
        ("name=me,sex=m,age=50", ["name=me,sex=m,age=50", "name=Myself,sex=f,age=38"]),
    ],
)
@pytest.mark.parametrize("joined", [" ", "="])
def test_a_body_beside_an_eater_who_was_typed_is_hers_or_one_eaters_more(
    typed, eaters, joined, capsys
):
    tom = "--eater name=Tom,sex=m,age=9"
    line = f"plan --days 2 --sex f --age 38 {tom} --eater{joined}{typed}"
    assert end(line.split()) == 1
    said = capsys.readouterr().err.strip().partition("write: magplan ")[2]
    rest = "".join(f" --eater {one}" for one in eaters[1:])
    assert said == f"plan --days 2 {tom} --eater{joined}{eaters[0]}{rest}"
    read = [read_eater(one)["name"] for one in re.findall(r"name=\S+", said)]
    assert len({one.casefold() for one in read}) == 1 + len(eaters)


@pytest.mark.parametrize(
    ("flags", "ann", "whose"),
    [
        ("--height 178 --weight 80", "", ["Ann", "Tom"]),
        ("--condition gout", "", ["Ann", "Tom"]),
        ("--height 178", ",height=165", ["Tom"]),  # hers is known
        ("--sex m --height 178", "", ["Tom"]),
        ("--age 42 --height 178", "", ["Tom"]),
    ],
)
def test_whose_a_body_is_that_may_be_of_several_is_asked(flags, ann, whose, capsys):
    first, tom = f"name=Ann,sex=f,age=40{ann}", "name=Tom,sex=m,age=42"
    assert end(f"plan --eater {first} --eater {tom} {flags}".split()) == 1
    told = [one for one in capsys.readouterr().err.splitlines() if "at the command line" in one]
    said = ",{}={}".format(*flags.removeprefix("--").split()[-2:]).replace("--", "")
    assert [re.findall(rf"name=(\w+)[^ ]*{said}", one) for one in told] == [[one] for one in whose]
    asked = [re.findall(r"if that is (\w+),", one) for one in told]
    assert asked == ([[one] for one in whose] if len(whose) > 1 else [[]])


def test_nothing_that_is_said_of_a_body_is_lost_in_the_command(capsys):
    sick = "--condition hypertension --condition gout --medicine ramipril"
    line = f"plan --sex f --age 61 {sick} --eater name=A,sex=m,age=60 --eater name=Me"
    assert end(line.split()) == 1
    told = "name=Me,sex=f,age=61,condition=hypertension,condition=gout,medicine=ramipril"
    assert capsys.readouterr().err.strip().endswith(told)
    both = read_eater(told)["profile"]
    assert both["conditions"] == ["hypertension", "gout"] or both["conditions"] == (
        "hypertension",
        "gout",
    )


@pytest.mark.parametrize(
    "said",
    [
        ["--clinic", "potassium_mg<=2500"],
        ["--serum-potassium", "4.6 mmol/L"],
        ["--condition", "other: cold hands, numb toes"],
        ["--supplement", "magnesium citrate:100mg_elemental"],
    ],
)
def test_no_command_is_offered_that_would_be_read_otherwise(said, capsys):
    line = ["plan", "--sex", "f", *said, "--eater", "name=A,sex=m,age=60", "--eater", "name=B"]
    assert end(line) == 1
    told = capsys.readouterr().err
    assert "belongs to one of them" in told
    assert "at the command line" not in told
