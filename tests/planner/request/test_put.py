"""Dishes that are put on meals, and what is to be used up: read, laid over and written."""

import re
from datetime import date

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.at_hand import foods_at_hand
from planner.candidates.dish import read_embedded_dishes
from planner.cli.options import build_request, change_table
from planner.errors import CandidatesError, ConfigError
from planner.kitchen.leftovers import asked_uses
from planner.request.meal_phrases import read_guests, read_holiday, read_meal_of_day, read_meal_out
from planner.request.put import days_put, days_without, on_days, portions_left, read_put, read_use
from planner.request.read import read_request, request_from_dict, request_to_dict, write_request
from tests.rows import rows

MONDAY = date(2026, 3, 2)
TABLE = {"eaters": [{"name": "Ann"}, {"name": "Ben"}]}


@pytest.mark.parametrize(
    ("day", "count", "start", "days"),
    [
        ("fri", 7, None, (5,)),
        ("every fri", 14, None, (5, 12)),
        ("every fri", 14, date(2026, 3, 5), (2, 9)),  # from Thursday on
        ("every day", 3, None, (1, 2, 3)),
        ("2026-03-03", 7, MONDAY, (2,)),
        (4, 7, None, (4,)),
    ],
)
def test_a_day_means_the_days_of_the_plan_that_are_called_so(day, count, start, days):
    assert days_put(day, count, start) == days


def test_a_weekday_of_two_weeks_is_asked_about():
    with pytest.raises(ConfigError, match='day 5 and day 12 — name one, or write "every fri"'):
        days_put("fri", 14, None)
    with pytest.raises(ConfigError, match=r"day 5 \(Fri 11 Dec\) and day 12 \(Fri 18 Dec\) — name"):
        days_put("fri", 14, date(2026, 12, 7))
    for flags in (
        {"skip": [read_meal_of_day("fri:dinner")]},
        {"eat_out": [read_meal_of_day("fri")]},
        {"guests": [read_guests("fri:dinner=1")]},
        {"holiday": [read_holiday("fri")]},
    ):
        with pytest.raises(ConfigError, match=r"day 5 and day 12 — name one, or write"):
            build_request(days=14, **flags)
    for text in ("every fri:dinner", "fridays:dinner"):
        asked = build_request(days=14, skip=[read_meal_of_day(text)])
        assert asked.week.skip == ((5, "dinner"), (12, "dinner"))


@pytest.mark.parametrize("text", ["spinach:300g by wednesday", "spinach by wednesday:300g"])
def test_what_is_good_until_a_day_is_not_planned_behind_it(text):
    request = request_from_dict({"preferences": {"use": dict([read_use(text)])}} | TABLE)
    wanted = request.preferences
    assert dict(wanted.use) == {"Fresh spinach": 300}
    (days,) = wanted.without_on.values()
    assert days_without(days, 7, None) == {4, 5, 6, 7}
    assert not days_without(days, 2, None)
    assert request_from_dict(request_to_dict(request)) == request
    longer = change_table(request, "plan", (), {"use": (read_use("spinach:300g by fri"),)})
    assert dict(longer.preferences.without_on) == {"Fresh spinach": ["after fri"]}
    assert on_days("Fresh spinach", days) == "no Fresh spinach after wednesday"


def test_what_is_asked_for_is_written_and_read_back(tmp_path):
    week = {"put": [{"day": "every fri", "slot": "dinner", "dish": "pizza", "eater": "Ben"}]}
    request = request_from_dict({"week": week, "preferences": {"use": {"rice": 300}}} | TABLE)
    assert request_from_dict(request_to_dict(request)) == request
    file = tmp_path / "request.toml"
    file.write_text(write_request(request), encoding="utf-8")
    assert read_request(file) == request
    assert 'day = "every fri"' in file.read_text(encoding="utf-8")


def test_a_flag_takes_the_place_of_what_the_file_puts_on_the_meal(tmp_path):
    file = tmp_path / "request.toml"
    file.write_text(
        '[week]\nput = [{day = "fri", slot = "dinner", dish = "pizza"}, '
        '{day = 2026-03-03, slot = "lunch", dish = "soup"}]\nstart = 2026-03-02\n'
    )
    other = build_request(file, put=(read_put("fri:dinner=stew"),)).week.put
    assert [put.dish for put in other] == ["soup", "stew"]
    for said in (
        "fri:dinner=none",
        "5:dinner=none",
        "2026-03-06:dinner=none",
        "every fri:dinner=none",
    ):
        gone = build_request(file, put=(read_put(said),)).week.put
        assert [put.dish for put in gone] == ["soup"]


@rows(__file__, "a_put_on_a_meal_that")
def test_a_put_on_a_meal_that_is_not_planned_is_refused(week, fault):
    put = [{"day": 4, "slot": "dinner", "dish": "pizza"}]
    with pytest.raises(ConfigError, match=f"--put 4:dinner=pizza: {fault}"):
        request_from_dict({"week": {**week, "put": put}})


def test_guests_are_read_as_people_count_them_and_the_example_has_their_words():
    assert read_guests("fri:dinner=2 vegetarians")["diet"] == "vegetarian"
    for said in ("4 guests on sat evening", "sat dinner: 4"):
        assert read_guests(said) == read_guests("sat:dinner=4")
    assert read_guests("6:dinner=2 guests, vegan")["diet"] == "vegan"
    assert read_guests("sat dinner 2 vegetarians") == read_guests("sat:dinner=2,vegetarian")


@rows(__file__, "guests_without_a_meal_are_asked")
def test_guests_without_a_meal_are_asked_about_with_what_is_read_as_printed(text, example):
    with pytest.raises(ConfigError, match=f'"{example}"') as raised:
        read_guests(text)
    for printed in re.findall('"(.*?)"', raised.value.remedy):
        assert read_guests(printed)["count"] == 2


@rows(__file__, "halves_and_pieces_are_counted")
def test_halves_and_pieces_are_counted(text, count, thing):
    put = read_put(f"fri:dinner={text}")
    assert (put.count, put.thing) == (count, thing)


@rows(__file__, "puts")
def test_a_put_is_read_as_people_write_it(text, day, slot, dish, eater):
    put = read_put(text)
    assert (str(put.day), put.slot, put.dish, put.eater or "") == (day, slot, dish, eater)


@rows(__file__, "puts_refused")
def test_another_form_of_put_is_refused_with_an_example(text, told):
    with pytest.raises(ConfigError, match=told):
        read_put(text)


@rows(__file__, "uses")
def test_what_is_to_be_used_up_is_read_as_people_write_it(text, name, grams):
    found, mass_g = read_use(text)
    assert found == name or (grams is None and found.startswith(name))
    assert 100 < mass_g < 500 if grams is None else mass_g == pytest.approx(grams, abs=1.0)


@rows(__file__, "uses_refused")
def test_what_tells_no_amount_that_is_eaten_is_refused_with_what_to_write(text, told):
    with pytest.raises(ConfigError, match=re.escape(told)):
        read_use(text)


def test_a_put_of_nobody_at_the_table_or_of_no_day_is_refused():
    put = [{"day": 4, "slot": "dinner", "dish": "pizza", "eater": "Tom"}]
    with pytest.raises(ConfigError, match="nobody is called 'Tom' — one of Ann, Ben"):
        request_from_dict({"week": {"put": put}} | TABLE)
    with pytest.raises(ConfigError, match="there are 7 days, not a day 9"):
        build_request(put=(read_put("9:dinner=none"),))


STEW = "leftover lentil stew"


@rows(__file__, "portions_stand_on_the_next_lunches")
def test_portions_stand_on_the_next_lunches(text):
    assert portions_left(text)[:2] == ("lentil stew", 3)
    request = build_request(use=(read_use(text),))
    told = [(put.day, put.slot, put.dish, put.is_out) for put in request.week.put]
    assert told == [(day, "lunch", STEW, True) for day in (1, 2, 3)]
    assert not request.preferences.use
    food = foods_at_hand(request)["out_leftover_lentil_stew"]
    assert food.name == "Lentil stew (left over; estimated)"
    assert "oxalate_green" not in food.flags


@rows(__file__, "left_over")
def test_an_example_of_what_is_left_over_is_taken(text):
    with pytest.raises(ConfigError, match="says no amount") as raised:
        read_use(text)
    (example,) = re.findall(r'write FOOD:GRAMS, "(.+)"', str(raised.value))
    given = {"use": (read_use(example),)}
    request = build_request(**given)
    assert request.week.put or request.preferences.use
    foods = foods_at_hand(request)
    assert all(use.mass_g for _, use in asked_uses(request, foods, read_embedded_dishes()))


@rows(__file__, "a_piece_that_is_left_of")
def test_a_piece_that_is_left_of_a_cake_is_a_snack(text, count, thing):
    request = build_request(use=(read_use(text),))
    assert [(put.day, put.slot) for put in request.week.put] == [
        (day, "snack") for day in range(1, count + 1)
    ]
    foods = foods_at_hand(request)
    names = {foods[put.thing].name for put in request.week.put}
    assert thing is None or names == {f"{thing} (left over; estimated)"}


@pytest.mark.parametrize(("portions", "eaters"), [(1, 2), (2, 3)])
def test_too_few_portions_for_the_table_are_not_counted_for_each(portions, eaters):
    table = [{"name": f"Eater {number}", "profile": {"age": 40}} for number in range(eaters)]
    use = (read_use(f"{portions} portion of leftover lasagne"),)
    with pytest.raises(ConfigError, match=rf"{portions} of {eaters} portions") as refused:
        build_request(use=use, eater=table)
    assert '--eat-out "1:lunch" for' in str(refused.value)
    grams = build_request(use=(read_use("leftover lasagna:300g"),), eater=table)
    with pytest.raises(CandidatesError, match=rf"1 of {eaters} portions"):
        asked_uses(grams, read_embedded_foods(), read_embedded_dishes())


def test_what_keeps_no_longer_is_frozen_and_the_advice_is_read():
    with pytest.raises(ConfigError, match=r"freeze today .*\(portions: 2\)") as refused:
        build_request(use=(read_use("leftover chili:5 portions"),))
    flags = [f'--eat-out "{day}:lunch=leftover chili"' for day in (1, 2, 3)]
    assert all(flag in refused.value.what for flag in flags)
    assert "keeps 4 days" in refused.value.what
    told = build_request(eat_out=(read_meal_out("1:lunch=leftover chili"),))
    assert foods_at_hand(told)["out_leftover_chili"].name.endswith("(left over; estimated)")
