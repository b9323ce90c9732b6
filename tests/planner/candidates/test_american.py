"""What a US list prints is known again wherever somebody types it, as is what files have."""

import pytest

from foods.embedded import read_embedded_foods
from foods.name_reader import food_reader
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import find_left_out, find_meaning
from planner.candidates.put_names import find_served
from planner.shops import named

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()


@pytest.mark.parametrize(
    ("food_id", "names"),
    [
        ("spring_onion", ("green onions", "scallions", "spring onions")),
        ("soy_drink", ("soy milk", "soy drink")),
        ("passata", ("strained tomatoes", "passata", "tomato passata")),
        ("coriander_seed", ("ground coriander", "coriander seeds")),
    ],
)
def test_names_of_both_kinds_find_the_food_in_searches_and_wishes(food_id, names):
    for name in names:
        assert food_id in food_reader(FOODS).spelled(name), name
        assert food_id in find_left_out(name, FOODS, DISHES).food_ids, name


def test_dishes_are_put_and_liked_by_their_printed_names():
    for dish in DISHES:
        if named(dish.name) != dish.name and dish.slots:
            slot = sorted(dish.slots)[0]
            assert dish.dish_id in find_served(named(dish.name), slot, FOODS, DISHES)
            assert dish.dish_id in find_meaning(named(dish.name), FOODS, DISHES).dish_ids
