"""What the shipped dishes leave to choose from, for each diet and each single allergen."""

from collections import Counter

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import allergens_of, origin_of, read_embedded_dishes
from planner.request.diets import read_allergens, read_diets

FOODS = read_embedded_foods()
DISHES = read_embedded_dishes()
LEAST = {"breakfast": 25, "lunch": 30, "dinner": 40}


def meals_of(dishes) -> Counter:
    """Count breakfasts, and mains by the meals that they fit."""
    counts = Counter()
    for dish in dishes:
        if dish.kind in ("breakfast", "main"):
            counts.update(dish.slots)
    return counts


def test_there_are_dishes_enough_each_counted_once():
    kinds = Counter(dish.kind for dish in DISHES)
    only_lunch = sum(d.kind == "main" and d.slots == ("lunch",) for d in DISHES)
    only_dinner = sum(d.kind == "main" and d.slots == ("dinner",) for d in DISHES)
    either = kinds["main"] - only_lunch - only_dinner
    assert kinds["breakfast"] >= 70
    assert kinds["main"] >= 100 + 140
    # the dishes that fit both can be dealt out so that both counts hold
    assert max(0, 100 - only_lunch) + max(0, 140 - only_dinner) <= either
    assert kinds["side"] + kinds["snack"] + kinds["dessert"] >= 50
    assert len(DISHES) >= 360


def test_there_are_foods_and_kitchens_enough():
    assert len(FOODS) >= 650
    assert len({dish.cuisine for dish in DISHES} - {"any"}) >= 12


def test_there_are_quick_dishes_and_dishes_that_keep():
    assert sum(dish.minutes <= 15 for dish in DISHES) >= 60
    assert sum(dish.keeps_days >= 2 for dish in DISHES) >= 60
    assert sum("freezable" in dish.tags for dish in DISHES) >= 40
    assert sum("lunchbox" in dish.tags for dish in DISHES) >= 20


@pytest.mark.parametrize("diet", sorted(read_diets()))
def test_each_diet_leaves_enough(diet):
    without = read_diets()[diet].without_origin
    left = meals_of(d for d in DISHES if not origin_of(d, FOODS) & set(without))
    assert all(left[meal] >= least for meal, least in LEAST.items()), left


@pytest.mark.parametrize("allergen", sorted(read_allergens()))
def test_each_single_allergen_leaves_enough(allergen):
    words = read_allergens()[allergen].words
    left = meals_of(d for d in DISHES if not allergens_of(d, FOODS) & words)
    assert all(left[meal] >= least for meal, least in LEAST.items()), left
