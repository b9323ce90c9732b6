import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.document.terminal import as_plain
from planner.export.dish import diets_of, dish_answer, dish_told
from tests.told import WIDTH

FOODS = read_embedded_foods()
DISHES = read_embedded_dishes()


@pytest.mark.parametrize("units", ["us", "metric"])
def test_every_recipe_fits_the_page(units):
    for dish in DISHES:
        for line in as_plain(dish_told(dish, FOODS, 3, units)).splitlines():
            assert len(line) <= WIDTH, dish.dish_id


def test_other_servings_scale_the_ingredients_and_not_the_content():
    dish = DISHES[0]
    one, two = (dish_answer(dish, FOODS, count).json_values() for count in (1, 2))
    assert two["ingredients"][0]["mass_g"] == pytest.approx(2 * one["ingredients"][0]["mass_g"])
    assert one["per_serving"] == two["per_serving"]


def test_a_diet_fits_only_where_nothing_in_the_dish_is_excluded():
    for dish in DISHES:
        if dish.protein in ("fish", "beef", "poultry"):
            assert not {"vegan", "vegetarian"} & set(diets_of(dish, FOODS))
