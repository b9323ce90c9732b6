"""What the model allows, the judge accepts: the worst week within one rule keeps that rule.

Each case keeps one rule alone, asks the solver for the week that goes against it as far as it can,
and hands the grams of that week to the judge, who does his own sums.
"""

import pulp
import pytest

from planner.bound.solver import solve_problem
from planner.check.judge import check_plan
from planner.model.build import build_compact_week
from planner.model.input import Wishes
from planner.plan.plan import Day, Item, Meal
from tests.kitchen import NUTRIENTS, band, tiny_candidates, tiny_input
from tests.plates import food, request, table

MOST, LEAST = -1, 1  # the solver minimises


def foods_of_the_kitchen():
    """Give one food per candidate, with the contents of its first portion."""
    made = {}
    for candidate in tiny_candidates().candidates:
        first = candidate.servings[0]
        ((food_id, mass_g),) = first.portion.ingredients
        amounts = zip(NUTRIENTS, first.amounts.tolist(), strict=True)
        per_100g = {key: amount * 100 / mass_g for key, amount in amounts}
        words = ["flag:oxalate_green"] if first.greens_g == mass_g else []
        made[food_id] = food(food_id, words=words, **per_100g)
    return table(*made.values())


FOODS = foods_of_the_kitchen()


def solve_for(target, sign):
    """Give the days that hold the most or the least of the target's key while it is kept."""
    plain = {"wishes": Wishes(), "constrained": (), "conservative": {}}
    model = build_compact_week(tiny_input(targets=(target,), **plain))
    content = model.table.content
    wanted = {
        "ca_mg_ratio": lambda: content("calcium_mg") - 1.5 * content("magnesium_mg"),
        "fat_pct_energy": lambda: 9 * content("fat_g") - 0.25 * content("energy_kcal"),
    }.get(target.nutrient, lambda: content(target.nutrient))()
    model.problem.setObjective(
        pulp.lpSum(plate.total(sign * wanted).in_pulp() for plate in model.plates)
    )
    answer = solve_problem(model.problem)
    assert answer.has_solution
    return [
        served(number, model.table.columns, [answer.values[one.name] for one in plate.variables])
        for number, plate in enumerate(model.plates, start=1)
    ]


def served(number, columns, values):
    chosen = [column for column, value in zip(columns, values, strict=True) if value > 0.5]
    items = tuple(
        Item("dish", column.name, column.name, 1.0, "", column.serving.portion.mass_g,
             column.serving.portion.ingredients, {}, 0.0, 0)
        for column in chosen
    )  # fmt: skip
    return Day(number, None, (Meal("lunch", items),), {}, None, 0.0)


def judge(days, target):
    return check_plan(days, [target], FOODS, request(len(days))).findings


def bound_for(key, sign):
    """Give a bound that the furthest week breaks: a quarter of the way to the other end."""
    open_week = band(key, None, None, period="week")
    near, far = (judge(solve_for(open_week, one), open_week)[0].value for one in (sign, -sign))
    return near + (far - near) / 4


@pytest.mark.parametrize("period", ["day", "week"])
@pytest.mark.parametrize("sign", [LEAST, MOST])
@pytest.mark.parametrize("key", ["ca_mg_ratio", "fat_pct_energy", "magnesium_mg", "calcium_mg"])
def test_the_week_that_goes_furthest_against_a_band_keeps_it(key, sign, period):
    bound = bound_for(key, sign)
    target = band(key, *((bound, None) if sign == LEAST else (None, bound)), period=period)
    assert all(found.holds for found in judge(solve_for(target, sign), target))
    without = solve_for(band(key, None, None), sign)
    assert not all(found.holds for found in judge(without, target))
