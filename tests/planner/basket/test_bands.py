"""The values of the diet problem refuse what cannot be."""

import numpy as np
import pytest

from planner.basket.bands import (
    BasketFood,
    BasketRow,
    BasketTable,
    NutrientBand,
    format_number,
    list_rows,
)
from planner.errors import TargetsError

RICE = BasketFood("rice", 1.0, most=4)


def test_a_food_refuses_swapped_and_negative_bounds():
    with pytest.raises(TargetsError, match="rice: min 5 is above max 4"):
        BasketFood("rice", 1.0, 5, 4)
    with pytest.raises(TargetsError, match="rice: min -1 is below 0"):
        BasketFood("rice", 1.0, -1)


def test_a_band_refuses_swapped_bounds():
    with pytest.raises(TargetsError, match="iron: lower 9 is above upper 8 — raise `upper`"):
        NutrientBand("iron", 9, 8)


@pytest.mark.parametrize(
    ("content", "nutrient", "message"),
    [
        ([[1.0, 2.0]], "iron", "do not fit"),
        ([[1.0]], "zinc", "no food column for the nutrient 'zinc'"),
        ([[np.nan]], "iron", "iron: a food has no figure"),
    ],
)
def test_a_table_refuses_what_does_not_fit(content, nutrient, message):
    with pytest.raises(TargetsError, match=message):
        BasketTable((RICE,), ("iron",), np.array(content), (NutrientBand(nutrient, 1),))


def test_rows_are_what_was_asked_for_sorted_by_name_foods_first():
    foods = (BasketFood("rice", 1.0, 1, 4), BasketFood("milk", 1.0))
    bands = (NutrientBand("zinc", 8, 8), NutrientBand("iron", 2, 9), NutrientBand("fat"))
    table = BasketTable(foods, ("iron", "zinc", "fat"), np.ones((2, 3)), bands)
    assert [row.text for row in list_rows(table)] == [
        "rice <= 4",
        "rice >= 1",
        "iron <= 9",
        "iron >= 2",
        "zinc = 8",
    ]


@pytest.mark.parametrize(
    ("number", "text"), [(12.0, "12"), (0.1, "0.1"), (1e-6, "1e-06"), (1e20, "1e+20"), (3, "3")]
)
def test_a_number_is_written_as_a_person_would(number, text):
    assert format_number(number) == text
    assert BasketRow("food", "rice", "<=", number).text == f"rice <= {text}"
