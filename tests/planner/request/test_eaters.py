"""Who sits at the table, what is usual there, and in which wishes two requests differ."""

import tomllib
from dataclasses import replace

import pytest

from planner.cli.options import build_request, change_table
from planner.errors import ConfigError
from planner.meals.habits import known_habits
from planner.request.eater_tables import read_eater
from planner.request.edit import edit_request, wish_text, wishes_between
from planner.request.habits import read_habit
from planner.request.lay_over import lay_over
from planner.request.meal_phrases import read_guests, read_meal_out
from planner.request.read import read_request, request_from_dict, request_to_dict, write_request
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.targets.derive import targets_of
from planner.targets.eaters import eater_requests
from tests.rows import rows


def test_an_eater_is_read_as_an_entry_of_the_file():
    body = "name=Ben, sex=m, age=40, height=1.78 m, weight=80"
    assert read_eater(f"{body}, without=peanut, without=soy, like=tofu:3") == {
        "name": "Ben",
        "profile": {"sex": "m", "age": 40, "height_cm": 178.0, "weight_kg": 80.0},
        "preferences": {"without": ["peanut", "soy"], "like": {"tofu": 3}},
    }


def test_bounds_of_an_eater_are_those_of_the_flags_and_are_laid_over_a_file():
    told = read_eater("name=Ole,macros=40/25/35,target=iron_mg>=15")
    targets = {
        "carbohydrate_pct_energy": {"lower": 35.0, "upper": 45.0},
        "protein_pct_energy": {"lower": 20.0, "upper": 30.0},
        "fat_pct_energy": {"lower": 30.0, "upper": 40.0},
        "iron_mg": {"lower": 15.0},
    }
    assert told["targets"] == targets
    before = {"zinc_mg": {"lower": 15.0}}
    laid = lay_over({"eaters": [{"name": "Ole", "targets": before}]}, {"eater": (told,)})
    assert laid["eaters"][0]["targets"] == before | targets


@rows(__file__, "what_is_no_eater_is_said")
def test_what_is_no_eater_is_said(text, message):
    with pytest.raises(ConfigError, match=message):
        read_eater(text)


def test_who_is_there_on_some_days_says_which():
    for said, days in (
        ("days=fri-sun", ["fri-sun"]),
        ("on=sat sun", ["sat", "sun"]),
        ("days=1+3", [1, 3]),
        ("days=every day", ["every day"]),
        ("away=mon-wed+sat", ["every day but mon-wed+sat"]),
    ):
        assert [*map(str, days)] == read_eater(f"name=Kid,age=8,{said}")["days"]
    for wrong, message in (
        ("days=fri,away=mon", "away stands there twice"),
        ("away=2026-03-02", "weekday"),
        ("skip=mon", "days=fri-sun or away=mon"),
    ):
        with pytest.raises(ConfigError, match=message):
            read_eater(f"name=Kid,age=8,{wrong}")
    assert read_guests("sat,sun:dinner=1")["count"] == 1


def test_what_flags_say_of_a_mother_and_her_child_is_said_of_an_eater_too():
    told = "name=Mum,sex=f,age=32,state=lactating,lactation-month=4"
    month = read_eater(told)["profile"]["lactation_month"]
    assert (month, type(month)) == (4, int)  # as a request file has it
    assert (
        read_eater("name=Ann,state=pregnant,gestation_week=20")["profile"]["gestation_week"] == 20
    )
    assert read_eater("name=Mia,age=18 months")["profile"]["age"] == 1


def test_guests_are_a_meal_of_a_day_with_a_number():
    assert read_guests("6:dinner=2") == {"day": 6, "slot": "dinner", "count": 2}
    assert read_guests("1:lunch")["count"] == 1
    request = build_request(days=7, guests=(read_guests("weekday lunches=3"),))
    assert [(guest.day, guest.slot, guest.count) for guest in request.week.guests] == [
        (day, "lunch", 3) for day in range(1, 6)
    ]
    every = [read_guests("every dinner=1"), read_guests("6:dinner=3")]  # one day of them is another
    counts = {guest.day: guest.count for guest in build_request(days=7, guests=every).week.guests}
    assert counts == {day: 3 if day == 6 else 1 for day in range(1, 8)}
    every.reverse()  # in whatever order
    assert {one.day: one.count for one in build_request(days=7, guests=every).week.guests} == counts
    twice = [read_guests("6:dinner=4"), read_guests("6:dinner=2,vegetarian")]
    with pytest.raises(ConfigError, match="day 6, dinner stands there twice"):
        build_request(days=7, guests=twice)
    with pytest.raises(ConfigError, match="80 is not 1 to 20 people") as caught:
        read_guests("weekday lunches=80")
    assert "--people 80" in caught.value.remedy


@rows(__file__, "guests_of_every_dinner_do_not")
def test_guests_of_every_dinner_do_not_come_to_one_that_is_not_planned(guests, out, days):
    guests, out = [*map(read_guests, guests)], [read_meal_out(out)]
    planned = request_to_dict(build_request(days=3, guests=guests))
    for make in (
        lambda: build_request(days=3, guests=guests, eat_out=out),
        lambda: request_from_dict(lay_over(planned, {"eat_out": out})),
    ):
        if days is None:
            with pytest.raises(ConfigError, match="no dinner is planned on day"):
                make()
        else:
            assert [guest.day for guest in make().week.guests] == days


@pytest.mark.parametrize(
    "text", ["dinner=2", "6:brunch=2", "6:dinner=some", "99:dinner=1", "0:lunch"]
)
def test_what_is_no_meal_with_guests_is_said(text):
    with pytest.raises(ConfigError, match=r"no meal with guests|is not"):
        read_guests(text)


HABITS = known_habits()
NO_SAFETY = {"menus", "practice"}  # sources of rules.toml for what a habit may change
AT_A_TABLE = """\
[habits]
pulses_a_day_g = 200
nuts_a_day_g = 30

[[eaters]]
name = "Ann"
[eaters.profile]
sex = "f"
age = 40

[[eaters]]
name = "Tom"  # our boy
[eaters.profile]
sex = "m"
age = 10
[eaters.habits]
pulses_a_day_g = 100
"""


def request_of(text, tmp_path):
    path = tmp_path / "request.toml"
    path.write_text(text, encoding="utf-8")
    return read_request(path), path


@pytest.mark.parametrize("name", HABITS)
def test_a_habit_is_a_figure_of_the_rules_of_meals_within_its_range_and_with_a_source(name):
    habit, rules = HABITS[name], read_settings("meals/rules.toml")
    assert habit.sense in ("<=", ">=")
    assert 0 <= habit.low < habit.high
    assert habit.keys
    for rule, threshold in habit.keys:
        assert rules[rule]["source"] in NO_SAFETY
        assert isinstance(rules[rule][threshold], int | float)
        assert habit.low <= rules[rule][threshold] <= habit.high
    row = read_settings("meals/habits.toml")[name]
    assert row["source"] in read_settings("meals/habits.toml")["sources"]
    assert "{count}" in habit.says


@rows(__file__, "a_phrase_is_understood_exactly")
def test_a_phrase_is_understood_exactly(text, meant):
    assert read_habit(text) == meant


@rows(__file__, "what_is_not_understood_is_asked")
def test_what_is_not_understood_is_asked_about(text, told):
    with pytest.raises(ConfigError) as caught:
        read_habit(text)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_all_faults_of_a_file_are_told_at_once_with_near_names_and_ranges():
    table = {
        "preferences": {"freezer_boxes": 2},
        "habits": {"nuts_a_day_g": 500, "nuts": 3, "can_days": "no", "freezer_boxes": -1},
        "eaters": [{"name": "Ann", "habits": {"can_days": 0}}],
    }
    with pytest.raises(ConfigError) as caught:
        request_from_dict(table)
    assert list(caught.value.faults) == [
        "[preferences] freezer_boxes: unknown key here — it belongs into [habits]",
        "[habits] nuts_a_day_g: must be at most 100, but is 500",
        "[habits] freezer_boxes: must be at least 0, but is -1",
        "[habits] can_days: must be a whole number, but is 'no'",
        "[habits] nuts: unknown key — the nearest: nuts_a_day_g",
        "[eaters] entry 1, habits, can_days: must be at least 1, but is 0",
    ]


@pytest.mark.parametrize("name", HABITS)
def test_a_habit_survives_write_and_edit_and_read(name, tmp_path):
    asked = build_request(habit={name: HABITS[name].high})
    assert asked.habits == {name: HABITS[name].high}
    text = write_request(asked)
    assert tomllib.loads(text)["habits"] == asked.habits
    read, path = request_of(text, tmp_path)
    assert read == asked
    assert request_from_dict(request_to_dict(asked)) == asked
    lower = replace(asked, habits={name: HABITS[name].low})
    edited, _ = request_of(edit_request(path, lower), tmp_path)
    assert edited == lower


def test_at_a_table_a_habit_of_an_eater_is_the_eaters_and_the_others_are_everybodys(tmp_path):
    asked, path = request_of(AT_A_TABLE, tmp_path)
    own = {name: request.habits for name, request in eater_requests(asked).items()}
    assert own == {
        "Ann": {"pulses_a_day_g": 200, "nuts_a_day_g": 30},
        "Tom": {"pulses_a_day_g": 100, "nuts_a_day_g": 30},
    }
    assert request_of(write_request(asked), tmp_path)[0] == asked
    _, path = request_of(AT_A_TABLE, tmp_path)
    changed = change_table(asked, "x", ("Ann",), {"habit": {"freezer_boxes": 2}})
    assert changed.habits == asked.habits
    assert [eater.habits for eater in changed.eaters] == [
        {"freezer_boxes": 2},
        {"pulses_a_day_g": 100},
    ]
    text = edit_request(path, changed)
    assert "# our boy" in text
    assert request_of(text, tmp_path)[0] == changed
    every = change_table(asked, "x", (), {"habit": {"pulses_a_day_g": None}})
    assert every.habits == {"nuts_a_day_g": 30}


@pytest.mark.parametrize("side", ["low", "high"])
def test_habits_move_no_target_and_no_safety_rule(side):
    every = {name: getattr(habit, side) for name, habit in HABITS.items()}
    if side == "low":  # four meals of 150 kcal are no day: refused
        every["energy_a_meal_kcal"] = 600
    usual, changed = (targets_of(PlanRequest(habits=habits)) for habits in ({}, every))
    assert usual.targets == changed.targets
    stricter = changed.clinical.meal_upper  # of carbohydrate, for who asks for it
    assert replace(usual.clinical, meal_upper=stricter) == changed.clinical
    assert usual.clinical.meal_upper.items() <= stricter.items()
    assert usual.energy == changed.energy


BEFORE = request_from_dict({"week": {"days": 3}, "preferences": {"like": {"tofu": 2}}})
AFTER = request_from_dict(
    {
        "week": {"days": 3},
        "preferences": {"like": {"tofu": 2}, "without": ["fish"], "max_minutes": 30},
        "weights": {"cost": 3},
        "targets": {"magnesium_mg": {"lower": 450}},
    }
)


def test_each_wish_that_differs_is_named_as_in_a_file():
    wishes = wishes_between(BEFORE, AFTER)
    assert [wish.name for wish in wishes] == [
        "[preferences] without",
        "[preferences] max_minutes",
        "[targets] magnesium_mg",
        "[weights] cost",
    ]
    assert [wish_text(wish.before) for wish in wishes] == ["–", "–", "–", "1"]
    assert [wish_text(wish.after) for wish in wishes] == ['["fish"]', "30", "{lower = 450}", "3"]
