"""As much of a thing as was put: pieces weigh what diaries know, as the judge reads them."""

import pytest

from planner.check.dish_notes import read_dish_notes
from planner.check.put_amounts import is_as_much
from planner.plan.plan import Item
from planner.request.put import read_put


def pizza(mass_g, servings):
    return Item(
        item_id="pizza_margherita",
        name="Pizza Margherita",
        kind="dish",
        servings=servings,
        measure="",
        mass_g=mass_g,
        ingredients=(),
        nutrients={},
        cost=0.0,
        minutes=0,
    )


@pytest.mark.parametrize(
    ("text", "mass_g", "servings", "is_so"),
    [
        ("2 slices of pizza", 238.0, 0.84, True),
        ("2 slices of pizza", 357.0, 1.25, False),
        ("2 pizzas", 238.0, 0.84, False),
        ("2 pizzas", 568.0, 2.0, True),
    ],
)
def test_pieces_of_a_dish_weigh_what_diaries_know(text, mass_g, servings, is_so):
    put = read_put(f"fri:dinner={text}")
    assert is_as_much(put, pizza(mass_g, servings), read_dish_notes()) is is_so
