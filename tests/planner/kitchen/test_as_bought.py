import pytest

from foods.embedded import read_embedded_foods
from foods.packages import bought
from planner.candidates.dish import Ingredient, read_embedded_dishes
from planner.candidates.servings import mass_per_food
from planner.kitchen.as_bought import is_canned, recipe_lines

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}


def line_of(dish_id, food_id, units="us", share=1.0):
    dish = DISHES[dish_id]
    masses = [(one, mass_g * share) for one, mass_g in mass_per_food(dish).items()]
    return next(i for i in recipe_lines(masses, dish, FOODS, units) if i.food_id == food_id)


def test_meat_stands_raw_with_the_yield_of_the_catalogue_and_how_it_is_cut():
    # 380 g braised from 149 g raw per 100 g: 566 g
    line = line_of("beef_stew_carrots_potatoes", "beef_stew_braised")
    assert line.mass_g == 566
    assert (line.name, line.note) == ("Stewing beef, cubed", "in 1 1/4 inch (3 cm) cubes")
    metric = line_of("beef_stew_carrots_potatoes", "beef_stew_braised", "metric")
    assert (metric.note, metric.cooked) == ("in 3 cm cubes", "")


def test_what_swells_stands_dry_with_its_cooked_amount_beside_it():
    dish = DISHES["spaghetti_puttanesca"]
    line = line_of(dish.dish_id, "pasta_cooked", "metric", 1 / dish.servings)
    cooked_g = mass_per_food(dish)["pasta_cooked"] / dish.servings
    assert (line.name, line.note) == ("White pasta, dry", "spaghetti")
    assert line.mass_g == round(cooked_g * 0.43)  # 43 g dry for 100 g cooked
    assert line.cooked == f"{cooked_g:g} g"


def test_beans_from_a_can_stand_as_drained_from_the_can():
    line = line_of("chili_con_carne_kidney_beans", "kidney_beans_cooked")
    assert line.name == "Red kidney beans, canned, drained"
    assert (
        line.mass_g == mass_per_food(DISHES["chili_con_carne_kidney_beans"])["kidney_beans_cooked"]
    )
    without_twin = line_of("mussels_white_beans_leeks", "great_northern_beans_cooked")
    assert without_twin.name == "Great northern beans, canned, drained"


def test_the_kind_that_a_recipe_names_is_the_one_that_is_taken():
    # 535 g boiled from 33 g dry per 100 g: 177 g
    line = line_of("ezogelin_lentil_soup", "lentils_cooked")
    assert (line.name, line.note, line.mass_g) == ("Red lentils, dry", "split", 177.0)


@pytest.mark.parametrize(
    ("dish_id", "food_id", "share", "words"),
    [
        ("hamburger_slaw", "roll_white", 1.0, "4 large buns of 65 g"),
        ("hamburger_slaw", "roll_white", 0.25, "1 large bun of 65 g"),
        ("baked_potato_kidney_bean_chili", "potato_baked", 0.375, "1 1/2 large potatoes of 270 g"),
    ],
)
def test_pieces_of_the_recipes_own_size_are_counted_in_it(dish_id, food_id, share, words):
    assert line_of(dish_id, food_id, share=share).words == words


def test_shells_and_bones_are_weighed_with_the_meat():
    # 180 g of mussel meat: 342 g raw, of which 100 g are in 350 g with the shell
    line = line_of("mussels_white_beans_leeks", "mussels_cooked")
    assert line.mass_g == round(180 * 1.9 * 3.5)
    assert (line.name, line.note) == ("Mussels", "in the shell")


def test_what_is_bought_cooked_stays_cooked():
    assert line_of("roast_beef_rye_beet_salad", "beets_cooked").name.startswith("Cooked beets")
    assert "sliced at the counter" in line_of("roast_beef_rye_beet_salad", "roast_beef").note


def test_without_its_recipe_a_dish_still_has_its_list():
    (line,) = recipe_lines([("brown_rice_cooked", 200.0)], None, FOODS, "us")
    assert (line.name, line.mass_g) == ("Brown rice, dry", 68.0)
    (water,) = recipe_lines([("tap_water", 240.0)], None, FOODS, "metric")
    assert water.mass_g == 240.0


@pytest.mark.parametrize(
    ("measure", "canned"),
    [("2 cups, canned, drained", True), ("2 cups", False), ("1 cup of canned", False)],
)
def test_only_a_measure_that_says_so_is_from_a_can(measure, canned):
    assert is_canned(Ingredient("chickpeas_cooked", 100.0, measure)) is canned


def test_every_bean_that_steps_take_from_a_can_is_listed_so():
    for dish in DISHES.values():
        from_cans = "canned, drained" in " ".join(dish.steps)
        beans = [i for i in dish.ingredients if FOODS[i.food_id].group == "legumes"]
        cooked = [i for i in beans if FOODS[i.food_id].state == "eaten" and "dry" not in i.measure]
        assert not from_cans or any(map(is_canned, cooked)), dish.dish_id


@pytest.mark.parametrize("servings", [1, 2, 4])
def test_every_line_of_every_dish_is_what_the_shopping_list_buys(servings):
    for dish in DISHES.values():
        share = servings / dish.servings
        masses = {food_id: mass_g * share for food_id, mass_g in mass_per_food(dish).items()}
        for line in recipe_lines(masses.items(), dish, FOODS, "us"):
            food, edible_g = bought(FOODS[line.food_id], masses[line.food_id], FOODS)
            told = {masses[line.food_id], edible_g, edible_g * food.bought_g_per_100g / 100}
            assert any(abs(line.mass_g - one) <= 0.51 for one in told), (dish.dish_id, line)


def test_new_potatoes_are_not_counted_as_usual_ones():
    dish = "salmon_new_potatoes_garlic_spinach"
    assert line_of(dish, "potato_boiled", share=0.5).words == "1 2/3 cups"  # 253 g raw of 150 g
    assert line_of(dish, "potato_boiled", "metric").words == ""


def test_peppers_to_be_stuffed_are_counted_and_a_potato_weighs_what_is_taken():
    peppers = line_of("stuffed_peppers_beef_rice", "red_pepper_cooked", share=0.25)
    assert (peppers.words, peppers.mass_g) == ("1 large", 165)
    strips = line_of("bbq_chicken_bean_corn_skillet", "red_pepper_cooked")
    assert not strips.words.endswith("large")
    potato = line_of("baked_potato_smoky_white_beans", "potato_baked", share=0.5)
    assert (potato.words, potato.mass_g) == ("1 potato of 270 g", 268)
