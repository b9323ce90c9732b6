"""Days, meals of days and hours, as people write them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.cli.options import build_request
from planner.errors import ConfigError
from planner.request.day_words import (
    NamedDay,
    date_meant,
    day_label,
    day_meant,
    days_meant,
    days_told,
    find_day,
    read_day,
    today,
)
from planner.request.days import (
    check_days,
    missed_slots,
    planned_share,
)
from planner.request.meal_phrases import (
    read_meal_hours,
    read_meal_of_day,
    read_meal_out,
    read_start,
)
from planner.request.put import kept_day, read_days_off
from planner.request.read import request_from_dict
from planner.request.request import PlanRequest, WeekOptions
from tests.rows import rows

MONDAY = date(2026, 3, 2)


@rows(__file__, "a_day_is_a_number_a")
def test_a_day_is_a_number_a_weekday_or_a_date(text, number):
    assert day_meant(read_day(text), 7, MONDAY) == number


@pytest.mark.parametrize("text", ["", "0", "-1", "soon", "mar", "32 mar", "mon tue", "day"])
def test_what_is_neither_is_told(text):
    with pytest.raises(ConfigError, match="is no day — write a number, a weekday or a date"):
        read_day(text)


def test_a_printed_label_is_read_back():
    for number in range(400):
        when = MONDAY + timedelta(days=number)
        assert read_day(day_label(when)).is_on(when)


def test_the_first_day_is_the_next_one_that_is_so_called():
    assert date_meant(NamedDay(weekday=0), date(2026, 3, 3)) == date(2026, 3, 9)
    assert date_meant(NamedDay(weekday=1), date(2026, 3, 3)) == date(2026, 3, 3)
    assert date_meant(NamedDay(day=31, month=2), MONDAY) is None
    second, third = (NamedDay(weekday=4, nth=number) for number in (2, 3))
    assert date_meant(second, date(2026, 11, 30)) == date(2026, 12, 11)
    assert date_meant(third, date(2026, 11, 30)) == date(2026, 12, 18)
    assert read_start("today") == today()
    assert read_start("2024-02-29") == date(2024, 2, 29)


def test_days_in_a_row_begin_today_or_tomorrow(monkeypatch):
    monkeypatch.setattr("planner.request.day_words.today", lambda: MONDAY)
    for text, days in (
        ("today-wed", (1, 2, 3)),
        ("tomorrow to Thursday", (2, 3, 4)),
        ("today – tomorrow", (1, 2)),
        ("tomorrow-2026-03-05", (2, 3, 4)),
        ("2026-03-03 to 4 Mar", (2, 3)),
        ("tomorrow-mon", (2, 3, 4, 5, 6, 7, 8)),
    ):
        word = read_day(text)
        assert days_told(word, 14, MONDAY) == days  # of a week only, and of dates only
        assert read_day(kept_day(word)) == word
        with pytest.raises(ConfigError, match="have no dates"):
            days_told(word, 14, None)
    assert kept_day(read_day("today-wed")) == "2026-03-02 to 2026-03-04"
    assert read_days_off("tomorrow-wed,sat") == ["2026-03-03 to 2026-03-04", "sat"]
    assert read_meal_of_day("today-wed:dinner")[1] == "dinner"
    for text in ("today-3", "today-weekend", "tomorrow-today", "today-", "today-dinner"):
        assert find_day(text) is None
    with pytest.raises(ConfigError, match="today-wed"):
        read_start("today-wed")


def test_a_request_file_names_days_as_people_do():
    skip = [{"day": "tue", "slot": "lunch"}, {"day": date(2026, 3, 6), "slot": "dinner"}]
    week = {"start": MONDAY, "skip": skip, "holidays": ["sat", "2026-12-25"]}
    read = request_from_dict({"week": week}).week
    assert read.skip == ((2, "lunch"), (5, "dinner"))
    assert read.holidays == (6, date(2026, 12, 25))
    with pytest.raises(ConfigError, match="'sat' is no day of the plan — it has Mon 2 Mar to Wed"):
        request_from_dict({"week": {"days": 3, "start": MONDAY, "holidays": ["sat"]}})


def test_a_request_file_names_meals_that_are_missed_as_the_flags_do():
    flags = {
        "skip": [read_meal_of_day(text) for text in ("wed", "mon,tue:breakfast")],
        "eat_out": [read_meal_out(text) for text in ("sat,sun", "thu:dinner=pizza")],
    }
    asked = build_request(**flags).week
    out = ["sat,sun", "thu:dinner=pizza"]
    for whole in ("wed", {"day": "wed"}, {"day": 3, "eaten": "out"}):
        week = {"skip": [whole, "mon,tue:breakfast"], "eat_out": out}
        read = request_from_dict({"week": week}).week
        assert set(read.skip) == set(asked.skip)
        assert set(read.not_eaten) == set(asked.not_eaten) == {(1, "breakfast"), (2, "breakfast")}
        assert read.put == asked.put


def test_a_country_stands_for_its_public_holidays():
    week = {"start": date(2026, 11, 23), "holidays": ["us", "fri"]}
    assert request_from_dict({"week": week}).week.holidays == (date(2026, 11, 26), 5)
    week = {"start": date(2026, 10, 28), "holidays": ["de-by"]}
    assert request_from_dict({"week": week}).week.holidays == (date(2026, 11, 1),)
    with pytest.raises(ConfigError, match="the public holidays of US need the date of the first"):
        request_from_dict({"week": {"holidays": ["us"]}})
    for unknown in ("us-xx", "xx"):
        with pytest.raises(ConfigError, match="is no day"):
            request_from_dict({"week": {"start": MONDAY, "holidays": [unknown]}})


@rows(__file__, "meals_of_all_days_but_some")
def test_meals_of_all_days_but_some_are_read_in_either_order(text):
    day, slot = read_meal_of_day(text)
    assert (days_meant(day, 7, None), slot) == ((1, 2, 4, 5, 6), "breakfast")
    assert read_day(day.said).among == day.among  # as a request file has it


@rows(__file__, "days_meant")
def test_a_word_means_these_days_of_the_plan(text, count, start, meant):
    assert days_meant(read_day(text), count, date.fromisoformat(start) if start else None) == meant


def test_what_is_no_day_or_not_a_single_one_is_told():
    for text in ("5-3", "every second fri"):
        assert find_day(text) is None
    with pytest.raises(ConfigError, match=r"'tue' is day 2 \(Tue 3 Mar\) and day 9 \(Tue 10 Mar\)"):
        day_meant(read_day("tue"), 14, MONDAY)
    with pytest.raises(ConfigError, match="is a date, but the plan's days have no dates"):
        days_meant(read_day("4 mar"), 7, None)
    with pytest.raises(ConfigError):
        days_meant(read_day("Good Friday"), 7, date(2027, 2, 8))


OUT = WeekOptions(days=28, cycle=14, skip=((3, "dinner"), (3, "snack")), not_eaten=((3, "snack"),))
BANDS = {"breakfast": (0.2, 0.3), "lunch": (0.2, 0.4), "dinner": (0.3, 0.5), "snack": (0.0, 0.1)}


def request(**week):
    return replace(PlanRequest(), week=WeekOptions(**week))


def test_what_is_eaten_elsewhere_takes_its_usual_share_and_what_is_not_eaten_none():
    # middles 0.25, 0.3, 0.4, 0.05; without the snack 0.95 are eaten, 0.55 of them as planned
    assert planned_share(OUT, 3, BANDS) == pytest.approx(0.55 / 0.95)
    assert planned_share(OUT, 4, BANDS) == 1.0
    fasted = replace(OUT, not_eaten=OUT.skip)
    assert planned_share(fasted, 3, BANDS) == 1.0


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


@rows(__file__, "a_day_away_is_away_where")
def test_a_day_away_is_away_where_a_meal_of_every_day_is_not_eaten(out, skipped, away):
    asked = build_request(eat_out=[read_meal_out(out)], skip=[read_meal_of_day(skipped)])
    check_days(asked, "request")
    whole = {day for day in range(1, 8) if missed_slots(asked.week, day) == asked.week.slots}
    assert whole == away


@rows(__file__, "several_days_are_named_at_once")
def test_several_days_are_named_at_once(text, days):
    word, slot = read_meal_of_day(text)
    assert days_meant(word, 14, None) == days
    assert slot == ("lunch" if "lunch" in text else "")


@pytest.mark.parametrize("text", ["dinner", "0:dinner", "3:tea", "x:lunch", "3:", "every tea"])
def test_what_is_no_meal_of_a_day_is_told(text):
    with pytest.raises(ConfigError, match="write DAY:MEAL"):
        read_meal_of_day(text)


@rows(__file__, "an_hour_of_a_meal_is")
def test_an_hour_of_a_meal_is_read_as_people_write_it(text, meal):
    assert read_meal_hours(text) == meal


def test_a_dinner_in_the_morning_is_asked_about():
    check_days(request(meals_at={"breakfast": 6.0, "dinner": 17.0}), "r")
    check_days(request(meals_at={"breakfast": 18.0, "lunch": 23.0, "dinner": 4.0}), "r")
    with pytest.raises(ConfigError, match=r"dinner at 06:30 is not after lunch at 12:30"):
        check_days(request(meals_at={"dinner": 6.5}), "r")
    check_days(request(meals_at={"dinner": 2.0}), "r")  # in the night that follows


@rows(__file__, "hours_that_do_not_go_together")
def test_hours_that_do_not_go_together_are_told(hours, told):
    with pytest.raises(ConfigError, match=told):
        check_days(request(meals_at=hours), "r")
