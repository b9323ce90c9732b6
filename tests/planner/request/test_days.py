from dataclasses import replace
from datetime import date

import pytest

from planner.cli.options import build_request
from planner.errors import ConfigError
from planner.request.day_words import NamedDay, days_meant
from planner.request.days import (
    check_days,
    fasted_slots,
    is_holiday,
    menu_day,
    missed_slots,
    planned_share,
)
from planner.request.meal_hours import read_meal_hours
from planner.request.meal_phrases import read_holiday, read_meal_of_day, read_meal_out
from planner.request.preferences import Preferences
from planner.request.request import PlanRequest, WeekOptions

OUT = WeekOptions(days=28, cycle=14, skip=((3, "dinner"), (3, "snack")), not_eaten=((3, "snack"),))
BANDS = {"breakfast": (0.2, 0.3), "lunch": (0.2, 0.4), "dinner": (0.3, 0.5), "snack": (0.0, 0.1)}


def request(**week):
    return replace(PlanRequest(), week=WeekOptions(**week))


def test_a_menu_and_what_it_misses_come_again():
    assert [menu_day(OUT, day) for day in (1, 14, 15, 28)] == [1, 14, 1, 14]
    assert missed_slots(OUT, 17) == ("dinner", "snack")
    assert fasted_slots(OUT, 17) == ("snack",)
    assert missed_slots(OUT, 4) == ()


def test_what_is_eaten_elsewhere_takes_its_usual_share_and_what_is_not_eaten_none():
    # middles 0.25, 0.3, 0.4, 0.05; without the snack 0.95 are eaten, 0.55 of them as planned
    assert planned_share(OUT, 3, BANDS) == pytest.approx(0.55 / 0.95)
    assert planned_share(OUT, 4, BANDS) == 1.0
    fasted = replace(OUT, not_eaten=OUT.skip)
    assert planned_share(fasted, 3, BANDS) == 1.0


def test_a_holiday_is_named_by_number_or_date():
    week = WeekOptions(start=date(2026, 12, 21), holidays=(2, date(2026, 12, 25)))
    assert [day for day in range(1, 8) if is_holiday(week, day)] == [2, 5]


@pytest.mark.parametrize(
    ("week", "message"),
    [
        ({"skip": ((8, "lunch"),)}, "has 7 days, not a day 8"),
        ({"skip": ((1, "lunch"), (1, "lunch"))}, "stands there twice"),
        ({"skip": ((1, "snack"),), "slots": ("lunch", "dinner")}, "no snack is planned"),
        (
            {"skip": ((1, "lunch"),), "slots": ("lunch",), "not_eaten": ((1, "lunch"),)},
            "day 1 has no meal left",
        ),
        ({"skip": ((1, "lunch"),), "slots": ("lunch",), "days": 1}, "no day has a meal left"),
        ({"days": 28, "cycle": 14, "skip": ((15, "lunch"),)}, "the menu of day 1"),
        ({"days": 28, "cycle": 10}, "not whole weeks"),
        ({"days": 20, "cycle": 14}, "20 days are not whole weeks"),
        ({"days": 7, "cycle": 14}, "does not repeat within 7"),
        ({"holidays": (8,)}, "not a day 8"),
        ({"holidays": (date(2026, 12, 25),)}, "needs the date of the first day"),
    ],
)
def test_days_that_do_not_go_together_are_told(week, message):
    with pytest.raises(ConfigError, match=message):
        check_days(request(**week), "request")


@pytest.mark.parametrize(
    ("out", "skipped", "away"),
    [
        ("wed", "every snack", {3}), ("3", "every breakfast", {3}),
        ("weekends", "every breakfast", {6, 7}), ("mi", "jedes Frühstück", {3}),
    ],
)  # fmt: skip
def test_a_day_away_is_away_where_a_meal_of_every_day_is_not_eaten(out, skipped, away):
    asked = build_request(eat_out=[read_meal_out(out)], skip=[read_meal_of_day(skipped)])
    check_days(asked, "request")
    whole = {day for day in range(1, 8) if missed_slots(asked.week, day) == asked.week.slots}
    assert whole == away


def test_a_cycle_of_one_week_keeps_no_days_between_servings():
    wish = Preferences(min_days_between={"salmon": 3})
    with pytest.raises(ConfigError, match="from one round"):
        check_days(replace(request(days=14, cycle=7), preferences=wish), "request")
    check_days(replace(request(days=28, cycle=14), preferences=wish), "request")


def test_meals_and_holidays_are_read_from_the_command_line():
    assert read_meal_of_day("3:dinner") == (3, "dinner")
    assert read_meal_of_day("Fri:Dinner") == (NamedDay(weekday=4), "dinner")
    assert read_meal_of_day("3") == (3, "")  # the whole day
    assert read_meal_of_day("6 Mar dinner") == (NamedDay(day=6, month=3), "dinner")
    assert read_holiday("3") == 3
    assert read_holiday("2026-12-25") == date(2026, 12, 25)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("weekends", (6, 7, 13, 14)), ("sat and sun", (6, 7, 13, 14)), ("every wed", (3, 10)),
        ("weekday lunches", (1, 2, 3, 4, 5, 8, 9, 10, 11, 12)), ("second fri:lunch", (12,)),
        ("every weekday lunch", (1, 2, 3, 4, 5, 8, 9, 10, 11, 12)), ("every fri:lunch", (5, 12)),
    ],
)  # fmt: skip
def test_several_days_are_named_at_once(text, days):
    word, slot = read_meal_of_day(text)
    assert days_meant(word, 14, None) == days
    assert slot == ("lunch" if "lunch" in text else "")


@pytest.mark.parametrize("text", ["dinner", "0:dinner", "3:tea", "x:lunch", "3:", "every tea"])
def test_what_is_no_meal_of_a_day_is_told(text):
    with pytest.raises(ConfigError, match="write DAY:MEAL"):
        read_meal_of_day(text)


@pytest.mark.parametrize(
    ("text", "meal"),
    [
        ("dinner=18:30", ("dinner", (18.5,))),
        ("dinner=20 uhr", ("dinner", (20.0,))),
        ("dinner=20.30 Uhr", ("dinner", (20.5,))),
        ("dinner 6:30 pm", ("dinner", (18.5,))),
        ("breakfast at 7 am", ("breakfast", (7.0,))),
        ("Lunch: 12 p.m.", ("lunch", (12.0,))),
        ("snack=15.75", ("snack", (15.75,))),
        ("snacks=16:00, 10:00", ("snack", (10.0, 16.0))),
        ("mid-morning snack=10", ("snack", (10.0,))),
        ("mon, wed:dinner=02:00", ("mon,wed:dinner", (2.0,))),
        ("3:dinner 5:30 pm", ("3:dinner", (17.5,))),
    ],
)
def test_an_hour_of_a_meal_is_read_as_people_write_it(text, meal):
    assert read_meal_hours(text) == meal


@pytest.mark.parametrize("text", ["dinner", "tea=17:00", "dinner=25", "lunch at noon", "18:30"])
def test_what_is_no_hour_of_a_meal_is_told(text):
    with pytest.raises(ConfigError, match="names no meal and its hour"):
        read_meal_hours(text)


def test_a_dinner_in_the_morning_is_asked_about():
    check_days(request(meals_at={"breakfast": 6.0, "dinner": 17.0}), "r")
    check_days(request(meals_at={"breakfast": 18.0, "lunch": 23.0, "dinner": 4.0}), "r")
    with pytest.raises(ConfigError, match=r"dinner at 06:30 is not after lunch at 12:30"):
        check_days(request(meals_at={"dinner": 6.5}), "r")
    check_days(request(meals_at={"dinner": 2.0}), "r")  # in the night that follows


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ({"snack": 10.0, "snack 2": 13.0, "snack 3": 16.0}, r"3 .* 2 .*one of six_small_meals"),
        ({"mon:dinner": 18.0, "mon,tue:dinner": 19.0}, "given twice"),
        ({"9:dinner": 18.0}, "there are 7 days, not a day 9"),
    ],
)
def test_hours_that_do_not_go_together_are_told(hours, told):
    with pytest.raises(ConfigError, match=told):
        check_days(request(meals_at=hours), "r")


def test_what_is_no_day_is_told():
    with pytest.raises(ConfigError, match=r"is no day — write a number, a weekday or a date"):
        read_holiday("Christmas")


@pytest.mark.parametrize("text", ["next wed:dinner", "this wed dinner", "Mittwoch zum Abendessen"])
def test_the_next_day_that_is_called_so_is_that_day(text):
    word, slot = read_meal_of_day(text)
    assert (days_meant(word, 7, None), slot) == ((3,), "dinner")
