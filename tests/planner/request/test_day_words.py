import re
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
from planner.request.meal_phrases import (
    read_guests,
    read_meal_of_day,
    read_meal_out,
    read_start,
)
from planner.request.put import kept_day, read_days_off
from planner.request.read import request_from_dict

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3), ("day 3", 3), ("wed", 3), ("Wednesday", 3), ("2026-03-04", 3), ("4 Mar", 3),
        ("March 4, 2026", 3), ("Wed 4 Mar", 3), ("weds", 3),
    ],
)  # fmt: skip
def test_a_day_is_a_number_a_weekday_or_a_date(text, number):
    assert day_meant(read_day(text), 7, MONDAY) == number


@pytest.mark.parametrize("text", ["", "0", "-1", "soon", "mar", "32 mar", "mon tue", "day"])
def test_what_is_neither_is_told(text):
    with pytest.raises(ConfigError, match="is no day — write a number, a weekday or a date"):
        read_day(text)


def test_a_weekday_is_each_day_of_the_plan_that_is_so_called():
    assert days_meant(read_day("tue"), 14, MONDAY) == (2, 9)
    with pytest.raises(ConfigError, match=r"'tue' is day 2 \(Tue 3 Mar\) and day 9 \(Tue 10 Mar\)"):
        day_meant(read_day("tue"), 14, MONDAY)
    assert days_meant(read_day("mon"), 7, date(2026, 3, 4)) == (6,)


def test_days_without_dates_count_from_monday_and_have_no_date():
    assert days_meant(read_day("sun"), 14, None) == (7, 14)
    with pytest.raises(ConfigError, match="is a date, but the plan's days have no dates"):
        days_meant(read_day("4 mar"), 7, None)


def test_a_day_outside_the_plan_is_answered_with_its_days():
    with pytest.raises(ConfigError, match="no day of the plan — it has Mon 2 Mar to Wed 4 Mar"):
        days_meant(read_day("fri"), 3, MONDAY)
    with pytest.raises(ConfigError, match="no day of the plan — it has Mon 2 Mar to Sun 8 Mar"):
        days_meant(read_day("Tue 4 Mar"), 7, MONDAY)  # a Wednesday: asked about, never guessed


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
        ("heute-Mittwoch", (1, 2, 3)),
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
        "skip": [read_meal_of_day(one) for one in ("wed", "mon,tue:breakfast")],
        "eat_out": [read_meal_out(one) for one in ("sat,sun", "thu:dinner=pizza")],
    }
    asked = build_request(**flags).week
    out = ["sat,sun", "thu:dinner=pizza"]
    for whole in ("wed", {"day": "wed"}, {"day": 3, "eaten": "out"}):
        week = {"skip": [whole, "mon,tue:breakfast"], "eat_out": out}
        read = request_from_dict({"week": week}).week
        assert set(read.skip) == set(asked.skip)
        assert set(read.not_eaten) == set(asked.not_eaten) == {(1, "breakfast"), (2, "breakfast")}
        assert read.put == asked.put


@pytest.mark.parametrize(
    ("week", "told"),
    [
        ({"skip": ["wednsday"]}, "'wednsday'"),
        ({"skip": [3]}, "must be a table"),
        ({"skip": [{"day": "wed", "eaten": "nothing"}]}, "slot: is missing"),
        ({"days": 2, "skip": ["wed"]}, "'wed' is no day of the plan"),
        ({"eat_out": ["dinner"]}, "'dinner'"),
        ({"eat_out": "wed"}, "eat_out: unknown key"),
    ],
)
def test_what_is_no_meal_of_a_request_file_is_said(week, told):
    with pytest.raises(ConfigError, match=told):
        request_from_dict({"week": week})


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


@pytest.mark.parametrize("when", ["9999-12-31", "0001-01-01"])
def test_a_first_day_too_far_away_is_told(when):
    for given in (when, date.fromisoformat(when)):
        with pytest.raises(ConfigError, match="the years go from 1900 to 2200"):
            request_from_dict({"week": {"start": given}})


@pytest.mark.parametrize("text", ["tue-fri", "Tuesday to Friday", "Tue – Fri"])
def test_days_from_one_to_another(text):
    assert days_meant(read_day(text), 7, MONDAY) == (2, 3, 4, 5)
    assert days_meant(read_day("sat-mon"), 7, MONDAY) == (1, 6, 7)


@pytest.mark.parametrize("text", ["3-5", "days 3 to 5", "day 3 – 5"])
def test_numbers_of_days_from_one_to_another_end_with_the_plan(text):
    assert days_meant(read_day(text), 7, None) == (3, 4, 5)
    assert days_meant(read_day(text), 4, None) == (3, 4)
    assert find_day("5-3") is None


def test_feasts_are_reckoned_by_easter():
    start = date(2027, 2, 8)
    assert days_meant(read_day("Ash  Wednesday"), 7, start) == (3,)
    assert days_meant(read_day("Karfreitag"), 7, date(2027, 3, 22)) == (5,)
    with pytest.raises(ConfigError):
        days_meant(read_day("Good Friday"), 7, start)
    with pytest.raises(ConfigError):
        days_meant(read_day("Good Friday"), 7, None)


@pytest.mark.parametrize(
    "text",
    ["2 gluten-free friends on sunday lunch", "2 glutenfreie Freunde am Sonntagmittag"],
)
def test_friends_are_guests_and_what_they_leave_out_is_hinted_at(text):
    with pytest.raises(ConfigError, match="is no diet") as raised:
        read_guests(text)
    (example,) = re.findall('write "(.+)"', str(raised.value))
    assert read_guests(example)["without"] == ["gluten"]
    assert read_guests(example)["count"] == 2


@pytest.mark.parametrize(
    "text",
    [
        "breakfast every day but sun+wed",
        "every day but sun+wed:breakfast",
        "Frühstück every day but so+mi",
        "Frühstück jeden Tag außer so+mi",
        "täglich bis auf so und mi:frühstück",
        "breakfast on all days but sun and wed",
        "breakfast except on sundays and wednesdays",
        "Frühstück an allen Tagen außer So und Mi",
        "Frühstück außer so+mi",
        "every breakfast except sundays and wednesdays",
        "jeden Tag Frühstück außer So und Mi",
    ],
)
def test_meals_of_all_days_but_some_are_read_in_either_order(text):
    day, slot = read_meal_of_day(text)
    assert (days_meant(day, 7, None), slot) == ((1, 2, 4, 5, 6), "breakfast")
    assert read_day(day.said).among == day.among  # as a request file has it


@pytest.mark.parametrize("text", ["every second fri", "jeden zweiten Freitag"])
def test_every_second_is_not_the_second(text):
    assert find_day(text) is None
