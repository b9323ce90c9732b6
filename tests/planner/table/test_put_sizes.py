"""A dish that somebody puts on a meal by hand brings its own size with it."""

from planner.model.build import build_average_day
from planner.request.habits import read_habit
from planner.request.read import request_from_dict
from planner.table.prepare import prepare_table

PORRIDGE = {"day": "every day", "slot": "breakfast", "dish": "creamy oat porridge with banana"}


def sizes(put):
    asked = {"profile": {"sex": "m", "age": 47}, "week": {"days": 1, "put": put}}
    request = request_from_dict({"schema": "magplan/request/1", **asked}, "request.toml")
    (week,) = prepare_table(request).weeks.values()
    keys = build_average_day(week.source).keys.values()
    return {(key.subject, key.side) for key in keys if key.rule == "meal_energy"}


def test_its_meal_has_no_share_of_energy_and_the_others_keep_theirs():
    free, put = sizes([]), sizes([PORRIDGE])
    assert free - put == {("breakfast", "min"), ("breakfast", "max")}
    assert put < free


def test_a_serving_that_is_put_is_as_large_as_it_is_written():
    put = [{"day": 1, "slot": "dinner", "dish": "fish and chips"}]  # more potatoes than on a plate
    asked = {"profile": {"sex": "m", "age": 45}, "week": {"days": 1, "put": put}}
    (week,) = prepare_table(request_from_dict(asked)).weeks.values()
    (served,) = week.source.puts[0]
    assert served.name == "oven_fish_chips_peas"


def test_that_all_dinners_differ_can_be_wished():
    assert read_habit("dinner repeats<=0") == ("dinners_eaten_twice_a_week", 0)
