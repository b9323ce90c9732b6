"""Figures as they are told: rounded, against their bounds, in hours of work, and what is low."""

from dataclasses import replace

import pytest

from planner.check.judge import Finding
from planner.document.blocks import Paragraph
from planner.export import people
from planner.export.figures import (
    amount_text,
    clock_text,
    finding_texts,
    share_text,
    time_text,
    verdict,
    week_clock_texts,
)
from planner.export.trust import low_words
from tests.documents import make_pair, make_week
from tests.reports import make_plan


def found(key, value, lower=None, upper=None):
    """Give a finding that holds where the value lies within its bounds."""
    within = value is not None and (lower is None or value >= lower)
    within = within and (upper is None or value <= upper)
    return Finding(key, "week", None, value, lower, upper, within, 1.0, True, "total")


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("magnesium_mg", 1319.6, "1,320"),
        ("iron_mg", 8.04, "8.0"),
        ("copper_mg", 0.9, "0.90"),
        ("ca_mg_ratio", 2.04, "2.04"),
        ("fat_pct_energy", 34.96, "35.0"),
        ("zinc_mg", None, "?"),
    ],
)
def test_amounts_are_rounded_as_their_nutrient_asks(key, value, text):
    assert amount_text(key, value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(2.04, "2.04"), (2.004, "2.004"), (2.0000004, "2.0000004"), (1.996, "2.00")]
)
def test_a_value_that_misses_its_bound_does_not_print_as_the_bound(value, text):
    assert finding_texts(found("ca_mg_ratio", value, 1.0, 2.0))[0] == text


@pytest.mark.parametrize(
    ("finding", "word"),
    [
        (found("iron_mg", 8.0, 8.0), "met"),
        (found("iron_mg", 7.99, 8.0), "short"),
        (found("iron_mg", 46.0, None, 45.0), "over"),
        (found("iron_mg", None, 8.0), "unknown"),
        (found("iron_mg", 5.0), "shown"),
    ],
)
def test_every_finding_is_told_in_a_word(finding, word):
    assert verdict(finding) == word


@pytest.mark.parametrize(
    ("value", "bounds", "holds", "text"),
    [
        (319.9, (320.0, None), False, "99 %"),
        (320.0, (320.0, None), True, "100 %"),
        (2300.1, (None, 2300.0), False, "101 %"),
        # the judge allows one part in a thousand million for the order of adding
        (1200.0 * (1 - 1e-12), (1200.0, None), True, "100 %"),
        (1200.0 * (1 - 1e-12), (1200.0, None), False, "99 %"),
        (2300.0 * (1 + 1e-12), (None, 2300.0), True, "100 %"),
        (2300.0 * (1 + 1e-12), (None, 2300.0), False, "101 %"),
    ],
)
def test_a_share_is_of_all_where_the_judge_says_that_it_holds(value, bounds, holds, text):
    assert share_text(replace(found("sodium_mg", value, *bounds), holds=holds)) == text


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


def finding(nutrient, value, week, *, hard=False):
    return Finding(nutrient, "week", None, value, 10.0, None, False, 1.0, hard, "total", week)


def test_the_lowest_week_of_a_nutrient_counts_and_stands_first():
    findings = [
        finding("vitamin_d_ug", 4.0, 1),
        finding("vitamin_c_mg", 3.5, 1),
        finding("vitamin_d_ug", 3.2, 2),
        finding("zinc_mg", 1.0, 2, hard=True),
        finding("iron_mg", 9.0, 2),
    ]
    assert low_words(findings) == (
        "low, though not required: vitamin D 32 %, vitamin C 35 % of the target"
    )
