from dataclasses import replace

import pytest

from planner.document.blocks import Paragraph
from planner.export import people
from planner.export.figures import clock_text, time_text, week_clock_texts
from tests.documents import make_pair, make_week
from tests.plates import food, table
from tests.reports import make_plan

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




def worked(plan, *minutes):
    """Give a plan with so many minutes of work on each day, all of them at its first dish."""
    days = []
    for one, active in zip(plan.days, minutes, strict=True):
        first, *others = one.meals
        dish = replace(first.items[0], active_minutes=active)
        days.append(replace(one, meals=(replace(first, items=(dish,)), *others)))
    return replace(plan, days=tuple(days))


def test_a_week_says_its_work_and_the_mean_of_its_days():
    # 10 + 20 + ... + 70 = 280 minutes, 40 a day
    assert week_clock_texts(worked(make_plan(7), *range(10, 71, 10))) == [
        "Work in the kitchen: 4 h 40 min, 40 min a day."
    ]
    assert week_clock_texts(worked(make_plan(14), *[30] * 7, *[60] * 7)) == [
        "Work in the kitchen in week 1: 3 h 30 min, 30 min a day.",
        "Work in the kitchen in week 2: 7 h, 1 h a day.",
    ]


@pytest.mark.parametrize("make", [make_week, make_pair])
@pytest.mark.parametrize(
    ("most", "days"), [(30, ["Day 2 31"]), (31, []), (19, ["Day 1 20", "Day 2 31"])]
)
def test_days_of_more_work_than_wished_are_named_for_one_and_for_a_table(make, most, days):
    week = make()
    asked = replace(week.request, habits={"active_minutes_a_day": most})
    week = replace(week, request=asked, plan=worked(week.plan, 20, 31))
    first = " ".join(block.text for block in people.asked(week) if isinstance(block, Paragraph))
    said = f"More work than the {most} minutes a day asked for, if possible: {', '.join(days)}."
    assert (said in first) == bool(days) == ("More work" in first)


