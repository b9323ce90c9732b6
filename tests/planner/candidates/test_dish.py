"""A dish file becomes dishes, every fault is named, and a dish is the sum of its ingredients."""

import pytest

from foods.errors import FoodDataError
from planner.candidates.dish import (
    allergens_of,
    amount_per_serving,
    check_dishes_against,
    origin_of,
    parse_dishes,
)
from tests.plates import food, table

RICE_AND_PEAS = """
[[dish]]
id = "rice_and_peas"
name = "Rice and peas"
kind = "main"
slots = ["lunch", "dinner"]
cuisine = "caribbean"
role = ""
servings = 2
yield_g = 600
minutes = 30
active_minutes = 10
protein = "legume"
starch = "rice"
tags = ["one_pot"]
keeps_days = 2
taste = 1
portions = "half"
ingredients = [
  {food = "rice", mass_g = 400, measure = "2 cups"},
  {food = "peas", mass_g = 200, measure = "1 cup"},
]
steps = ["Cook the rice for 20 minutes.", "Stir in the peas."]
"""
FOODS = table(
    food("rice", magnesium_mg=40.0, calcium_mg=10.0),
    food("peas", words=("allergen:soy",), magnesium_mg=30.0, calcium_mg=None),
    food("butter", words=("allergen:milk", "origin:dairy")),
)


def parse(text=RICE_AND_PEAS, **more):
    return parse_dishes({"own.toml": text, **{f"{name}.toml": one for name, one in more.items()}})


def test_a_file_becomes_dishes_with_lines_and_steps():
    (dish,) = parse()
    assert (dish.dish_id, dish.slots, dish.yield_g) == ("rice_and_peas", ("lunch", "dinner"), 600.0)
    assert [(line.food_id, line.mass_g) for line in dish.ingredients] == [
        ("rice", 400.0),
        ("peas", 200.0),
    ]
    assert dish.tags == {"one_pot"}
    assert len(dish.steps) == 2


def test_dishes_are_sorted_by_id_whatever_the_file():
    other = RICE_AND_PEAS.replace('"rice_and_peas"', '"a_dish"')
    assert [dish.dish_id for dish in parse(z=other)] == ["a_dish", "rice_and_peas"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("minutes = 30\n", "", "own.toml, rice_and_peas: missing key 'minutes'"),
        ("servings = 2", "serves = 2\nservings = 2", "unknown key 'serves'"),
        ('kind = "main"', 'kind = "starter"', "kind 'starter' is not one of breakfast, main"),
        ('cuisine = "caribbean"', 'cuisine = "lunar"', "cuisine 'lunar' is not one of american"),
        ('protein = "legume"', 'protein = "pea"', "protein 'pea' is not one of legume"),
        ('portions = "half"', 'portions = "third"', "portions 'third' is not one of whole, half"),
        ('portions = "half"', "portions = [2, 1]", r"portions \[2, 1\] must ascend"),
        ('portions = "half"', "portions = []", r"portions \[\] must ascend"),
        (
            'measure = "1 cup"',
            'measure = "1 cup", whole = 1',
            "'peas': whole must be true or false",
        ),
        ('role = ""', 'role = "soup"', "a side needs a role, and nothing else has one"),
        ('role = ""', 'role = "bread"', "role 'bread' is not one of vegetable"),
        ('["one_pot"]', '["quick"]', "unknown tag 'quick'"),
        ('["lunch", "dinner"]', '["brunch"]', "unknown slot 'brunch'"),
        ('["lunch", "dinner"]', "[]", "slots must be a list with something in it"),
        ("servings = 2", "servings = 0", "servings must be a number above 0"),
        ("yield_g = 600", "yield_g = true", "yield_g must be a number above 0"),
        ("keeps_days = 2", "keeps_days = -1", "keeps_days must be a number, 0 or above"),
        ("active_minutes = 10", "active_minutes = 31", "active_minutes is above minutes"),
        ("taste = 1", "taste = 4.5", "taste must be a number from 1 to 4"),
        ("mass_g = 200", "mass_g = -1", "ingredient 'peas': mass_g must be a number above 0"),
        ('mass_g = 200, measure = "1 cup"', "mass_g = 200", "needs food, mass_g and measure"),
        ('"Stir in the peas."', "7", "step 7 must be text"),
        ('name = "Rice and peas"', "name = 7", "name must be text"),
    ],
)
def test_a_fault_is_named_with_file_and_dish(old, new, fault):
    with pytest.raises(FoodDataError, match=fault):
        parse(RICE_AND_PEAS.replace(old, new))


def test_the_faults_of_all_files_are_raised_at_once():
    faulty = RICE_AND_PEAS.replace("taste = 1", "taste = 9")
    with pytest.raises(FoodDataError, match=r"(?s)a.toml: not TOML.*own.toml, rice.*taste must"):
        parse(faulty, a="dish = [")


def test_an_id_stands_once():
    with pytest.raises(FoodDataError, match=r"z.toml, rice_and_peas: id stands twice"):
        parse(z=RICE_AND_PEAS)


@pytest.mark.parametrize("text", ["dish = 3", 'dish = ["soup"]', "[dishes]\nid = 'soup'"])
def test_a_file_without_dish_tables_says_where_dishes_stand(text):
    with pytest.raises(FoodDataError, match=r"own.toml: .*dishes stand under \[\[dish\]\]"):
        parse(text)


def test_an_ingredient_that_is_no_food_offers_the_nearest():
    dishes = parse(RICE_AND_PEAS.replace('"peas"', '"pease"'))
    with pytest.raises(FoodDataError, match="rice_and_peas: no food 'pease'; the nearest: peas"):
        check_dishes_against(dishes, FOODS)


def test_allergens_and_origins_come_from_every_ingredient():
    line = '{food = "butter", mass_g = 1, measure = "1/4 tsp"},\n]\nsteps'
    (dish,) = parse(RICE_AND_PEAS.replace("]\nsteps", line))
    assert allergens_of(dish, FOODS) == {"soy", "milk"}
    assert origin_of(dish, FOODS) == {"plant", "dairy"}


def test_an_amount_is_summed_over_the_ingredients_and_shared_among_servings():
    # (4 x 40 + 2 x 30) mg / 2 servings = 110 mg, known for all of it
    (dish,) = parse()
    assert amount_per_serving(dish, FOODS, "magnesium_mg") == (pytest.approx(110), 1.0)


def test_what_has_no_figure_adds_nothing_and_lowers_the_known_share():
    # calcium: 4 x 10 mg / 2 servings = 20 mg; known for 400 g of 600 g
    (dish,) = parse()
    amount, share = amount_per_serving(dish, FOODS, "calcium_mg")
    assert (amount, share) == (pytest.approx(20), pytest.approx(2 / 3))
