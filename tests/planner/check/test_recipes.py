"""What the judge says about a dish in which one food stands for another."""

from types import SimpleNamespace

import pytest

from planner.candidates.dish import read_embedded_dishes
from planner.candidates.exchanges import with_exchanges
from planner.candidates.servings import mass_per_food
from planner.check.names import read_dish_notes
from planner.check.recipes import recipe_faults
from tests.exchanged import AVOIDED, those_without

NOTES = read_dish_notes()


def faults(dish, name="", changed=None):
    """Judge a whole recipe as it would be printed; ``changed`` are other masses [g]."""
    masses = {**mass_per_food(dish), **(changed or {})}
    held = tuple((food_id, mass_g) for food_id, mass_g in masses.items() if mass_g)
    item = SimpleNamespace(
        item_id=dish.dish_id,
        name=name or dish.name,
        servings=dish.servings,
        shares=(),
        ingredients=held,
    )
    return list(recipe_faults(SimpleNamespace(item=item), NOTES[dish.dish_id]))


def of(name, dish_id):
    return next(one for one in those_without(name) if one.dish_id == dish_id)


@pytest.mark.parametrize("name", AVOIDED)
def test_every_dish_that_is_exchanged_is_true(name):
    both = with_exchanges(read_embedded_dishes(), [AVOIDED[name] | AVOIDED["vegan"]])
    assert not [one for dish in (*those_without(name), *both) for one in faults(dish)]


@pytest.mark.parametrize("name", ["", *AVOIDED])
def test_every_dish_that_is_made_mild_is_true(name):
    avoided = AVOIDED.get(name, frozenset())
    made = with_exchanges(read_embedded_dishes(), [avoided], [True])
    assert any(one.name.endswith(", mild") for one in made)
    assert not [fault for dish in made for fault in faults(dish)]


def test_what_is_mild_is_called_so_and_nothing_else_is():
    dishes = with_exchanges(read_embedded_dishes(), [frozenset()], [True])
    mild = next(one for one in dishes if one.dish_id == "chana_masala_kale")
    (fault,) = faults(mild, "Chana masala with kale")
    assert "is called 'Chana masala with kale, mild'" in fault
    hot = next(one for one in read_embedded_dishes() if one.dish_id == mild.dish_id)
    assert "is called 'Chana masala with kale'" in faults(hot, mild.name)[0]


def test_a_dish_that_does_not_say_what_stands_in_it_is_called_otherwise():
    bolognese = of("gluten", "spaghetti_bolognese_beef")
    (fault,) = faults(bolognese, "Spaghetti bolognese")
    assert "is called 'Spaghetti bolognese, with gluten-free pasta'" in fault
    written = next(one for one in read_embedded_dishes() if one.dish_id == bolognese.dish_id)
    assert faults(written, bolognese.name)


def test_what_stands_for_another_has_the_mass_of_the_table():
    # 0.8 g of oil for a gram of butter
    potatoes = of("milk", "boiled_potatoes_butter")
    oil_g = mass_per_food(potatoes)["olive_oil"]
    assert "olive_oil" in faults(potatoes, changed={"olive_oil": oil_g + 5})[0]


def test_what_no_row_exchanges_is_another_dish():
    bolognese = of("gluten", "spaghetti_bolognese_beef")
    beef_g = mass_per_food(bolognese)["ground_beef_lean_cooked"]
    changed = {"ground_beef_lean_cooked": 0.0, "lentils_cooked": beef_g}
    assert any("than the recipe" in one for one in faults(bolognese, changed=changed))
