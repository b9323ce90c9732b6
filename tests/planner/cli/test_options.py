from datetime import date

import click
import pytest
from click.testing import CliRunner

from planner.cli.options import build_request, request_argument, request_options
from planner.errors import ConfigError, TargetsError
from planner.request.day_words import NamedDay
from planner.request.override import TargetOverride
from planner.request.phrases import FrequencyRule
from planner.safety.intake import SupplementIntake


@click.command()
@request_argument
@request_options
def probe(request_path, **flags):
    probe.seen = build_request(request_path, **flags)


def run(*args):
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
    assert run().is_sample_profile


def test_flags_say_who_eats():
    profile = run(
        "--sex", "m", "--age", "40", "--height", "5 ft 10 in", "--weight", "180 lb"
    ).profile
    assert (profile.sex, profile.age_y) == ("m", 40)
    assert profile.height_cm == pytest.approx(177.8)  # 70 in x 2.54 cm
    assert profile.weight_kg == pytest.approx(81.6466, abs=1e-4)  # 180 x 0.45359237 kg


def test_a_body_that_nobody_gave_fits_sex_and_age():
    request = run("--sex", "m", "--age", "10")
    assert (request.profile.height_cm, request.profile.weight_kg) == (139, 32)
    assert request.assumed == ("height_cm", "weight_kg", "activity")


def test_flags_say_how_meals_are_built_and_what_was_eaten_before():
    request = run(
        "--pattern", "east_asian", "--history", "a.json", "--history", "b.json",
        "--max-minutes-weekday", "25", "--start", "2026-03-02",
        "--hemisphere", "south",
    )  # fmt: skip
    assert (request.week.pattern, request.week.hemisphere) == ("east_asian", "south")
    assert request.preferences.history == ("a.json", "b.json")
    assert request.preferences.max_minutes_weekday == 25


def test_an_unknown_pattern_is_a_wrong_use():
    with pytest.raises(click.UsageError, match="no meal pattern is called 'asian'"):
        run("--pattern", "asian")


def test_a_zero_is_a_value_that_was_given():
    assert run("--age", "0").profile.age_y == 0
    assert run("--egfr", "0").profile.egfr == 0


def test_flags_say_what_the_eater_wants():
    preferences = run(
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
    request = run(
        *("--days", "3", "--start", "2026-03-02", "--units", "metric", "--standard", "eu"),
        *("--time-limit", "5", "--gap", "0.1", "--seed", "7", "--tap-water", "mg=12"),
    )
    assert (request.week.days, request.week.start) == (3, date(2026, 3, 2))
    assert (request.units, request.standard) == ("metric", "eu")
    solve = request.solve
    assert (solve.time_limit_s, solve.gap, solve.seed) == (5, 0.1, 7)
    assert request.water.magnesium_mg_per_l == 12


def test_two_bounds_of_one_nutrient_make_one_band():
    request = run("--target", "zinc>=8", "--target", "zinc_mg<=20", "--ratio-max", "2.6")
    assert request.overrides == (
        TargetOverride("zinc_mg", 8, 20),
        TargetOverride("ca_mg_ratio", None, 2.6),
    )


def test_flags_override_the_file_and_add_to_its_lists(request_file):
    request = run(
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
    request = run(
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
    assert run("--serum-mg", "0.85 mmol/L", "--standard", "uk").profile.serum_mg_mg_dl == 2.0659
    with pytest.raises(ConfigError, match="the unit is missing"):
        run("--serum-mg", "2.0", "--standard", "uk")
    path = tmp_path / "request.toml"
    path.write_text("[profile]\nserum_mg_mg_dl = 3.0\n", encoding="utf-8")
    assert run(str(path), "--serum-mg", "2 mg/dL").profile.serum_mg_mg_dl == 2
    path.write_text('[profile]\nserum_mg_mg_dl = 3.0\nserum_mg = "2 mg/dL"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="both given"):
        run(str(path))


def test_the_serum_of_an_eater_has_its_unit():
    request = run("--eater", "name=Ben,serum_mg=0.85 mmol/L", "--standard", "uk")
    assert request.eaters[0].profile.serum_mg_mg_dl == 2.0659
    with pytest.raises(ConfigError, match="the unit is missing"):
        run("--eater", "name=Ben,serum_mg=2.0", "--standard", "uk")


def test_a_flag_says_which_drinks_and_how_many_cups_and_the_last_counts():
    request = run("--drink", "coffee:2", "--drink", "green tea", "--drink", "coffee:1")
    assert dict(request.preferences.drinks) == {"coffee": 1, "green tea": 1}
    (ann,) = run("--eater", "name=Ann,age=40,drink=coffee:2,drink=decaf").eaters
    assert dict(ann.preferences.drinks) == {"coffee": 2, "decaf": 1}


def test_flags_say_which_water_is_drunk_and_how_much():
    request = run("--water", "hepar", "--water-litres", "1.5", "--tap-water", "mg=12")
    assert (request.water.name, request.water.litres) == ("hepar", 1.5)
    assert request.water.magnesium_mg_per_l == 12
    assert run("--water", "evian").water.litres == 1.0
    assert run("--water-litres", "2").water.name == "tap"
    assert not run("--tap-water", "mg=12").water.is_drunk


def test_another_state_drops_the_week_of_the_pregnancy(request_file):
    profile = run(request_file, "--state", "none").profile
    assert (profile.state, profile.gestation_week) == ("none", None)


def test_a_file_alone_is_taken_as_it_is(request_file):
    assert run(request_file).preferences.without == ("peanut",)


@pytest.mark.parametrize(
    "args",
    [
        ("--age", "121"),
        ("--age", "-1"),
        ("--age", "x"),
        ("--sex", "x"),
        ("--height", "nan"),
        ("--height", "40"),
        ("--weight", "65 cm"),
        ("--days", "0"),
        ("--days", "400"),
        ("--time-limit", "0"),
        ("--time-limit", "nan"),
        ("--time-limit", "inf"),
        ("--gap", "0"),
        ("--gap", "1"),
        ("--seed", "-1"),
        ("--start", "2026-02-30"),
        ("--like", "tofu:9"),
        ("--per-week", "fish=2"),
        ("--target", "zinc>=x"),
        ("--without", " "),
        ("--budget-per-week", "-1"),
        ("--tap-water", "k=3"),
        ("--water-litres", "0"),
        ("--water-litres", "7"),
        ("--drink", "coffee:13"),
        ("--drink", "coffee:one"),
        ("--supplement", "magnesium oxide:400mg"),
        ("--supplement", "magnesium oxide"),
        ("--no-such-flag",),
    ],
)
def test_what_the_command_line_sees_alone_is_a_usage_error(args):
    assert CliRunner().invoke(probe, args).exit_code == 2


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--sex", "m", "--state", "pregnant"), "does not fit sex 'm'"),
        (("--gestation-week", "20"), "set state to 'pregnant'"),
        (("--ratio-min", "3", "--ratio-max", "2"), "lower 3 is above upper 2"),
        (("--like", "tofu", "--dislike", "tofu"), "liked and disliked at once"),
    ],
)
def test_flags_that_do_not_go_together_are_said_to(args, words):
    with pytest.raises(ConfigError, match=words):
        run(*args)


def test_an_unknown_nutrient_is_a_name_to_mend():
    with pytest.raises(TargetsError, match="nearest: magnesium_mg"):
        run("--target", "magnesum>=3")


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
    (rice,) = run("--pantry", str(path)).week.pantry
    assert (rice.food, rice.amount, rice.unit) == ("white_rice_dry", 500, "g")


@pytest.mark.parametrize(("eaten", "start"), [("[4]", 30), ("[4]", 27), ("[]", 29)])
def test_what_is_told_of_single_days_of_a_running_week_is_not_asked_of_others(
    tmp_path, capsys, eaten, start
):
    path = tmp_path / "request.toml"
    skip = 'skip = [{day = 4, slot = "dinner", eaten = "nothing"}]'
    path.write_text(f"[week]\nstart = 2026-11-26\neaten = {eaten}\n{skip}\n")
    assert run(str(path), "--start", "2026-11-26").week.skip == ((4, "dinner"),)
    days = build_request(path, start=date(2026, 11, start), days=3).week
    assert (days.eaten, days.skip, days.not_eaten) == ((), (), ())
    assert "single meals that were not planned" in capsys.readouterr().err


def test_a_request_for_any_week_is_asked_of_a_week_of_other_dates(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text('[week]\nstart = 2026-11-19\nskip = [{day = 4, slot = "dinner"}]\n')
    assert run(str(path), "--start", "2026-11-26").week.skip == ((4, "dinner"),)
