from dataclasses import replace

import pytest

from planner.export.clock import clock_text, day_clock_text, time_text
from planner.plan.plan import Meal
from tests.plates import day, food, item, table

FOODS = table(food("kale"))


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 min"), (35, "35 min"), (60, "1 h"), (95, "1 h 35 min")]
)
def test_a_time_is_told_in_hours_and_minutes(minutes, said):
    assert time_text(minutes) == said


@pytest.mark.parametrize(
    ("active", "minutes", "said"),
    [
        (10, 10, "10 min"),
        (20, 95, "20 min of work, on the table in 1 h 35 min"),
        (0, 5, "on the table in 5 min"),
        (0, 0, ""),
    ],
)
def test_work_and_the_time_to_the_table_are_told_apart(active, minutes, said):
    assert clock_text(active, minutes) == said


def test_a_day_says_its_work_and_how_long_its_longest_meal_takes():
    # 20 of 95 minutes for dinner, 10 of 10 for breakfast
    roast = replace(item("roast", {"kale": 100.0}), minutes=95, active_minutes=20)
    eggs = replace(item("eggs", {"kale": 100.0}), minutes=10, active_minutes=10)
    one = day(1, FOODS, breakfast=eggs, dinner=roast)
    assert day_clock_text(one) == "30 min of work, dinner takes 1 h 35 min"
    assert day_clock_text(replace(one, meals=())) == "0 min of work"
    assert Meal("dinner", (roast,)).minutes == 95
