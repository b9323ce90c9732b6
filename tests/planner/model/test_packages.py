"""Packages of the tiny kitchen: a fish is 1.2 packages, beans 0.625 of one, chard 0.7."""

from dataclasses import replace

import numpy as np
import pytest

from foods.openings import PARTS
from planner.bound.solver import solve_problem
from planner.model.build import build_compact_week
from planner.model.input import Wishes
from planner.model.keys import RowKey
from planner.model.packages import parts_left
from planner.model.sold import FOREVER
from planner.model.sums import Sum
from planner.targets.clinical import ClinicalRules
from tests.kitchen import TARGETS, sold, tiny_input
from tests.rows import rows


def priced_input(points, **changes):
    """The tiny kitchen with these points for a package."""
    source = tiny_input(**changes)
    waste = {**source.rules.points["waste"], "per_package": {"fridge": points}}
    rules = replace(source.rules, points={**source.rules.points, "waste": waste})
    return replace(source, rules=rules)


@pytest.fixture(scope="module")
def packages():
    return build_compact_week(tiny_input()).packages


def left_of(shares, keeps):
    """Packages left over of a food that keeps so long, used in these shares day by day."""
    used = np.array([[int(share * PARTS) for share in shares]])
    return float(parts_left(used, np.array([keeps]))[0]) / PARTS


@pytest.mark.parametrize(("keeps", "left"), [(4, 1.0), (5, 0.0), (FOREVER, 0.0)])
def test_half_a_can_on_the_first_day_is_gone_on_the_sixth(keeps, left):
    # 200 g of a can of 400 g on day 1 and on day 6: after four days another can is opened, and a
    # half of each is left; after five the first can is used up
    assert left_of([0.5, 0, 0, 0, 0, 0.5, 0], keeps) == left


@rows(__file__, "an_open_can_that_keeps")
def test_an_open_can_that_keeps_two_days_is_used_before_the_next(shares, left):
    assert left_of(shares, 2) == left


def second_meal(packages, name="beans"):
    """A column that cooks a dish for later, and the second meal of it."""
    at = packages.names.index(name)
    cooks = np.flatnonzero((packages.cooks >= 0) & (packages.parts[at] > 0))
    needs = np.flatnonzero((packages.needs >= 0) & (packages.parts[at] > 0))
    return int(cooks[0]), int(needs[0])


def test_a_second_meal_uses_packages_on_the_day_that_its_dish_is_cooked(packages):
    first, second = second_meal(packages)
    # 5/16 of a can each, and a can is good on the day after: of one can 6/16 are left; were the
    # second meal cooked on day 3, another can would be opened, with 11/16 left of each
    small = replace(packages, parts=packages.parts // 2)
    kept = replace(small, dish_days=np.array([2]), keeps=np.full(4, 1), points=np.ones(4))
    assert kept.left_points([[first], [], [second]]) == pytest.approx(6 / 16)
    # too late to be from day 1: the day on which it stands counts, and so where none is cooked
    late = replace(kept, dish_days=np.array([1]))
    assert late.left_points([[first], [], [second]]) == pytest.approx(22 / 16)
    assert late.left_points([[], [], [second]]) == pytest.approx(11 / 16)


def four_days(keeps, home=()):
    """The exact model of four days on which everything may come often; one has a second meal."""
    source = priced_input(
        1.0, weekend=(True,) * 4, wishes=Wishes(), clinical=ClinicalRules(), targets=TARGETS[:1],
        sold=sold(keeps, home),
    )  # fmt: skip
    kitchen = source.candidates
    often = [
        replace(one, traits=replace(one.traits, most_per_week=7)) for one in kitchen.candidates
    ]
    kitchen = replace(kitchen, candidates=tuple(often))
    model = build_compact_week(replace(source, candidates=kitchen))
    again = (model.packages.needs >= 0).astype(float)
    total = sum((plate.total(again) for plate in model.plates), Sum())
    model.board.require(RowKey("leftover", "some"), total >= 1)
    return model


@rows(__file__, "the_exact_week_pays_for")
def test_the_exact_week_pays_for_what_is_left(keeps, home):
    model = four_days(keeps, home)
    answer = solve_problem(model.problem, gap=0.0)
    days = [
        [at for at, one in enumerate(plate.variables) if answer.values[one.name] > 0.5]
        for plate in model.plates
    ]
    assert any(model.packages.needs[at] >= 0 for chosen in days for at in chosen)
    left = sum(answer.values[f"short.packages.{name}.soft"] for name in model.packages.names)
    assert left == pytest.approx(float(model.packages.left_points(days)[0]), abs=1e-6)
