"""Names by which a request means a thing of a plan, alone and among others."""

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.called import asked_name, wider_names
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import find_left_out, find_meaning


def test_each_dish_is_asked_for_by_a_name_that_means_it_alone():
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    for dish in dishes[::20]:
        meant = find_meaning(asked_name(dish.dish_id, dish.name), foods, dishes)
        assert (meant.dish_ids, meant.food_ids) == ({dish.dish_id}, set())


def test_a_dish_is_asked_for_by_its_own_name_and_by_its_id_for_others():
    own = next(one for one in read_embedded_dishes() if one.dish_id == "oat_rings_banana_soy")
    assert asked_name(own.dish_id, own.name) == own.name
    for name in ("Toasted oat rings with milk and banana", "toast"):  # exchanged, and of several
        assert asked_name(own.dish_id, name) == own.dish_id


@pytest.mark.parametrize(
    ("item_id", "names"),
    [
        ("baked_salmon_potatoes_broccoli", ("salmon", "fish")),
        ("milk_lowfat", ("milk",)),
        ("mac_and_cheese", ()),
        ("of_nobody", ()),
    ],
)
def test_a_thing_is_one_of_several(item_id, names):
    assert wider_names(item_id) == names


def test_what_is_named_more_widely_leaves_the_thing_out_too():
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    for dish in dishes[::10]:
        held = {one.food_id for one in dish.ingredients}
        for name in wider_names(dish.dish_id):
            meant = find_left_out(name, foods, dishes)
            assert dish.dish_id in meant.dish_ids or not held.isdisjoint(meant.food_ids), name
