import pytest

from foods.embedded import read_embedded_foods
from foods.name_words import plain_words
from foods.recipe_line import read_words
from foods.recipe_match import (
    DOUBT_NO_AMOUNT,
    DOUBT_NO_FOOD,
    DOUBT_SEVERAL,
    DOUBT_STATE,
    match_line,
)

FOODS = read_embedded_foods()


def grams(food_id, measure):
    return next(one.mass_g for one in FOODS[food_id].measures if one.name == measure)


def test_measures_become_grams_by_the_measures_of_the_food():
    match = match_line("2 tbsp olive oil", FOODS)
    assert (match.food_id, match.is_sure) == ("olive_oil", True)
    assert match.mass_g == pytest.approx(2 * grams("olive_oil", "tbsp"))


def test_a_volume_that_the_food_does_not_have_goes_by_one_it_has():
    # 500 ml of 236.6 ml cups
    match = match_line("500 ml vegetable stock", FOODS)
    assert match.mass_g == pytest.approx(500 / 236.6 * grams("vegetable_stock", "cup"))


def test_dry_rice_becomes_cooked_rice_with_the_mass_it_has_then():
    match = match_line("300 g brown rice", FOODS)
    dry_g_per_100g = FOODS["brown_rice_cooked"].bought_g_per_100g
    assert match.food_id == "brown_rice_cooked"
    assert match.mass_g == pytest.approx(300 * 100 / dry_g_per_100g)
    assert match.measure == "300 g brown rice, dry"


def test_cooked_rice_stays_what_it_is():
    match = match_line("300 g cooked brown rice", FOODS)
    assert (match.food_id, match.mass_g) == ("brown_rice_cooked", 300)


def test_oats_stay_dry_since_the_dish_counts_the_liquid():
    assert match_line("1 cup rolled oats", FOODS).food_id == "rolled_oats"


def test_the_steps_say_what_becomes_of_a_potato():
    baked = match_line("1 kg potatoes", FOODS, "Bake the potatoes for an hour.")
    boiled = match_line("1 kg potatoes", FOODS, "Boil the potatoes for 20 minutes.")
    assert (baked.food_id, boiled.food_id) == ("potato_baked", "potato_boiled")


@pytest.mark.parametrize("text", ["1 (15 oz) can black beans", "1 tin black beans"])
def test_a_can_of_beans_is_counted_drained(text):
    match = match_line(text, FOODS)
    assert match.food_id == "black_beans_canned"
    assert match.mass_g == pytest.approx(255, abs=1)  # 425 g net, 60 % of it beans


def test_a_can_of_tomatoes_is_counted_whole():
    match = match_line("2 x 400g tins chopped tomatoes", FOODS)
    assert (match.food_id, match.mass_g) == ("tomatoes_canned", 800)


@pytest.mark.parametrize(
    ("text", "food_id"),
    [
        ("1 red onion, diced", "onion_raw"),
        ("1 courgette", "zucchini_raw"),
        ("3 scallions", "spring_onion"),
        ("2 large eggs", "egg_in_dish"),
        ("1 cup frozen peas", "green_peas_cooked"),
        ("3 bay leaves", "bay_leaf"),
        ("1 cup dried lentils", "lentils_cooked"),
        ("400 g canned tomatoes", "tomatoes_canned"),
    ],
)
def test_everyday_words_find_the_food(text, food_id):
    match = match_line(text, FOODS)
    assert (match.food_id, match.is_sure) == (food_id, True)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("2 cups black beans", DOUBT_STATE),
        ("1 cup milk", DOUBT_SEVERAL),
        ("2 tsp garam masala", DOUBT_NO_FOOD),
        ("Salt to taste", DOUBT_NO_AMOUNT),
        ("1 handful brown rice", "the catalogue does not say what one handful of it weighs"),
    ],
)
def test_what_is_not_sure_is_a_doubt_and_never_a_guess(text, doubt):
    match = match_line(text, FOODS)
    assert doubt in match.doubts
    assert not match.is_sure


def test_a_doubt_offers_the_nearest_foods():
    assert "milk_whole" in match_line("1 cup milk", FOODS).nearest
    assert match_line("2 cups black beans", FOODS).nearest[0].startswith("black_beans")


def test_words_are_compared_without_accents_and_plurals():
    assert plain_words("Jalapeños, cherry-tomatoes") == ("jalapeno", "cherry", "tomato")
    assert plain_words("Brussels asparagus leaves") == ("brussel", "asparagus", "leaf")


@pytest.mark.parametrize(
    ("text", "food_id", "mass_g"),
    [
        ("3 (5 oz) cod fillets", "cod_raw", 3 * 5 * 28.35),
        ("1 pack cod (trimmed, around 300g-400g)", "cod_raw", 350),
        ("2 chicken breasts (200 g each)", "chicken_breast_raw", 400),
        ("2 cups (300 g) frozen blueberries", "blueberries_frozen", 300),
        ("350 g can chopped tomatoes", "tomatoes_canned", 350),
        ("juice of half a lime", "lime_juice", 22),  # 44 g of one, as SR28 has it
        ("1 T rapeseed oil", "canola_oil", 14),
        ("2 heaping tsp sugar", "sugar", 2 * 1.5 * 4.2),
        ("1/2 stick butter", "butter", 56.5),
        ("4 small zucchini", "zucchini_raw", 4 * 0.75 * 196),
        ("small bunch coriander", "cilantro_fresh", 0.75 * 50),
        ("1 yellow or red onion", "onion_raw", 110),
        ("black pepper, to taste", "black_pepper", 0.3),
        ("1 cup green lentils, rinsed", "lentils_dry", 192),
        ("200 g ground almonds", "almond_meal", 200),
    ],
)
def test_everyday_lines_are_sure(text, food_id, mass_g):
    match = match_line(text, FOODS)
    food = FOODS[match.food_id]
    bought_g = match.mass_g * (food.bought_g_per_100g / 100 if match.is_turned else 1)
    assert match.is_sure
    assert (food.bought_as if match.is_turned else food.food_id) == food_id
    assert bought_g == pytest.approx(mass_g, abs=0.1)


def test_the_sentence_about_a_food_says_how_it_is_cooked():
    steps = "Heat the oven. Boil the potatoes. Bake the pie."
    assert match_line("1 kg floury potatoes", FOODS, steps).food_id == "potato_boiled"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2 tsp garam masala", "curry_powder"),
        ("1/4 cup mirin", "white_wine"),
        ("1 cup beef broth", "chicken_stock"),
        ("10 g xylophone", None),
    ],
)
def test_what_is_offered_could_be_meant(text, first):
    assert next(iter(match_line(text, FOODS).nearest), None) == first


def test_every_food_that_is_offered_or_taken_to_taste_exists():
    words = read_words()
    named = {one for ids in words["near"].values() for one in ids}
    assert {one for one in {*named, *words["to_taste"]} - {"source"} if one not in FOODS} == set()
