"""The diet problem as handed to the solver: names, scales, rows."""

import numpy as np
import pytest

from planner.basket.bands import BasketFood, BasketTable, NutrientBand, list_rows
from planner.basket.model import build_basket, build_elastic


def small_table(**changes):
    """Two foods, iron at least 8 and at most 16, zinc exactly 4: powers of two, so scales show."""
    values = {
        "foods": (BasketFood("spinach", 2.0, 1, 4), BasketFood("bread", 0.5)),
        "nutrients": ("iron", "zinc"),
        "content": np.array([[4.0, 0.0], [2.0, 1.0]]),
        "bands": (NutrientBand("iron", 8, 16), NutrientBand("zinc", 4, 4)),
    }
    return BasketTable(**(values | changes))


def rows_of(model):
    return {row.name: row for row in model.problem.constraints()}


def test_every_side_of_a_band_is_a_named_row():
    model = build_basket(small_table())
    assert list(rows_of(model)) == ["nutrient.0000.max", "nutrient.0000.min", "nutrient.0001.equal"]
    assert [model.rows[name].text for name in rows_of(model)] == [
        "iron <= 16",
        "iron >= 8",
        "zinc = 4",
    ]


def test_amounts_are_numbered_by_name_whatever_the_order_of_the_file():
    model = build_basket(small_table())
    assert [amount.name for amount in model.amounts] == ["amount.000001", "amount.000000"]


def test_scales_bring_bounds_to_one_and_lose_no_digit():
    model = build_basket(small_table())
    # iron / 8; spinach fills half of that in one unit, so that 2 units are one scaled unit
    assert model.scales.nutrient == {"iron": 1 / 8, "zinc": 1 / 4}
    assert model.scales.food.tolist() == [2, 4]
    spinach, bread = model.amounts
    assert rows_of(model)["nutrient.0000.min"][spinach] == 4 * 2 / 8
    assert rows_of(model)["nutrient.0000.min"][bread] == 2 * 4 / 8
    assert rows_of(model)["nutrient.0000.max"].constant == -2
    assert (spinach.lowBound, spinach.upBound, bread.upBound) == (0.5, 2, None)


def test_a_zero_content_is_no_term():
    model = build_basket(small_table())
    assert list(rows_of(model)["nutrient.0001.equal"].keys()) == [model.amounts[1]]


def test_whole_units_are_not_scaled():
    model = build_basket(small_table(), integer=True)
    assert model.scales.food.tolist() == [1, 1]
    assert model.problem.isMIP()


def test_soft_rows_carry_slack_on_the_sides_that_may_give_way():
    table = small_table()
    model = build_elastic(table, (), list_rows(table))
    slacks = {row.text: len(names) for row, names in model.slacks.items()}
    expected = {
        "iron <= 16": 1,
        "iron >= 8": 1,
        "zinc = 4": 2,
        "spinach <= 4": 1,
        "spinach >= 1": 1,
    }
    assert slacks == expected
    assert model.amounts[0].upBound is None
    assert len(model.problem.objective) == 6


def test_without_soft_rows_nothing_is_minimised():
    table = small_table()
    assert len(build_elastic(table, list_rows(table)).problem.objective) == 0


@pytest.mark.parametrize("need", [0.0, 1e-9, 1e9])
def test_scales_are_finite_for_any_bound(need):
    table = small_table(
        content=np.zeros((2, 2)), bands=(NutrientBand("iron", need), NutrientBand("zinc", 0, 0))
    )
    scales = build_basket(table).scales
    assert np.isfinite([*scales.nutrient.values(), *scales.food, scales.cost]).all()


@pytest.mark.parametrize("iron", [-1e308, 1e-308, 1e308])
def test_bounds_are_numbers_for_any_content(iron):
    model = build_basket(small_table(content=np.array([[iron, 0.0], [2.0, 1.0]])))
    bounds = [bound for one in model.amounts for bound in (one.lowBound, one.upBound)]
    assert all(bound is None or np.isfinite(bound) for bound in bounds)
