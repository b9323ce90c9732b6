"""Each habit changes the rows that it says, and no other, over the tiny kitchen."""

import math
from dataclasses import replace

import pytest

from planner.candidates.candidate import CandidateSet
from planner.meals.habits import known_habits, with_habits
from planner.model.build import build_compact_week
from planner.request.profile import Profile
from planner.request.request import NAMELESS, PlanRequest
from planner.table.prepare import prepare_table
from tests.kitchen import minding_fish, plates_input

HABITS = known_habits()
DAYS = 2
WEEK = 7
DAILY = {  # habit → how its rows begin; their limit is its figure
    "pulse_meals_a_day": {"pulses.meals"},
    "pulses_at_a_meal_g": {"pulses.lunch", "pulses.dinner"},
    "pulses_a_day_g": {"pulses.day"},
    "milk_glasses_a_day": {"milk.day"},
    "dairy_servings_a_day": {"dairy"},
    "nuts_a_day_g": {"nuts", "nuts_usual.mass"},
    "vegetables_a_day_g": {"vegetables_day"},
    "fruits_by_themselves_a_day": {"fruit.loose"},
    "desserts_a_day": {"dessert"},
    "juices_a_day": {"juice"},
    "active_minutes_a_day": {"work"},
    "things_to_buy_a_week": {"kinds.all"},  # of seven days or fewer
}
WEEKLY = {  # their limit is its figure for the days of the plan
    "side_dinners_a_week": {"sides_week"},
    "same_breakfast_a_week": {"repeat", "running"},
    "same_main_a_week": {"repeat"},
    "fish_mains_a_week": {"usual.fish"},
    "most_fish_mains_a_week": {"usual.fish"},
    "pulse_mains_a_week": {"usual.legume"},
    "red_meat_mains_a_week": {"usual.red_meat"},
    "same_protein_a_week": {"protein_week"},
    "same_starch_a_week": {"starch_week"},
    "second_meals_a_week": {"leftover.all"},
    "dinners_eaten_twice_a_week": {"leftover.cooked_on"},
}
KITCHEN = {  # of the shopping list, and of what it prices; rows of clinical rules: none of meals
    "can_days", "freezer_boxes", "carbohydrate_a_meal_g", "energy_a_meal_kcal",
    "fat_a_meal_g", "sodium_a_meal_mg",
}  # fmt: skip
MANNERS = {".min", ".max", ".soft", ".d1", ".d2"}


def source_with(habits):
    """The tiny kitchen with rules changed, and with a pork pie."""
    source = plates_input()
    every = [
        replace(one, traits=replace(one.traits, protein="pork"))
        if one.source_id == "chard_pie"
        else one
        for one in source.candidates.candidates
    ]
    candidates = CandidateSet(tuple(every), (), source.candidates.nutrients)
    rules, points = with_habits(source.rules.rules, source.rules.points, habits)
    rules = minding_fish(replace(source.rules, rules=rules, points=points))
    return replace(source, candidates=candidates, rules=rules)


def rows_with(habits):
    """Give row → (terms, sense, limit) of the tiny kitchen with rules changed."""
    model = build_compact_week(source_with(habits))
    return {
        row.name: (
            tuple(sorted((one.name, value) for one, value in row.items())),
            row.sense,
            -row.constant + 0.0,
        )
        for row in model.problem.constraints()
    }


@pytest.fixture(scope="module")
def usual():
    return rows_with({})


def begins(row):
    """What a row is about, without side, softness and day."""
    parts = row.split(".")
    return ".".join(part for part in parts if f".{part}" not in MANNERS)


@pytest.mark.parametrize("name", sorted({*DAILY, *WEEKLY}))
def test_a_habit_changes_its_rows_and_no_other(name, usual):
    habit, about = HABITS[name], {**DAILY, **WEEKLY}[name]
    moved = set()
    for figure in (habit.low, habit.high):
        rows = rows_with({name: figure})
        every = {
            row for row in {*usual, *rows} if not row.startswith("packages.")
        }  # go by the rest
        changed = {row for row in every if usual.get(row) != rows.get(row)}
        for row in changed:
            assert any(begins(row) == one or begins(row).startswith(f"{one}.") for one in about)
            if row in rows:
                is_least = habit.sense == ">=" and ".max" not in row  # a most gives way to it
                scale = math.floor if is_least else math.ceil
                limit = figure if name in DAILY else scale(figure * DAYS / WEEK)
                assert rows[row][2] == limit
        moved |= changed
    assert moved


def test_every_habit_is_tested():
    assert {*DAILY, *WEEKLY, *KITCHEN} == set(HABITS)


@pytest.fixture(scope="module")
def prepared():
    man = PlanRequest(profile=Profile("m", 40, 180, 80))
    habits = {"same_breakfast_a_week": 1, "milk_glasses_a_day": 4, "pulses_a_day_g": 60}
    return {
        name: prepare_table(asked).weeks[NAMELESS]
        for name, asked in {
            "usual": man,
            "changed": replace(man, habits=habits),
            "south asian": replace(
                man, habits=habits, week=replace(man.week, pattern="south_asian")
            ),
        }.items()
    }


def test_a_breakfast_comes_again_as_often_as_asked_for(prepared):
    times = {
        name: {
            one.traits.most_per_week
            for one in week.candidates.candidates
            if one.traits.kind == "breakfast" and one.traits.is_dish
        }
        for name, week in prepared.items()
    }
    assert times["usual"] == {3, 4}
    assert times["changed"] == {1}
