"""A dish file becomes dishes, every fault is named, and what is added afresh is known."""

import pytest

from foods.embedded import read_embedded_foods
from foods.errors import FoodDataError
from planner.candidates.dish import (
    StepAmount,
    allergens_of,
    amount_per_serving,
    check_dishes_against,
    origin_of,
    parse_dishes,
    read_amount,
    read_embedded_dishes,
    step_faults,
)
from planner.candidates.later import fresh_minutes, is_kept_dish
from planner.check.dish_notes import read_dish_notes
from planner.settings import read_settings
from tests.plates import food, table
from tests.rows import rows

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


@rows(__file__, "a_fault_is_named_with_file")
def test_a_fault_is_named_with_file_and_dish(old, new, fault):
    with pytest.raises(FoodDataError, match=fault):
        parse(RICE_AND_PEAS.replace(old, new))


def test_the_faults_of_all_files_are_raised_at_once():
    faulty = RICE_AND_PEAS.replace("taste = 1", "taste = 9")
    with pytest.raises(FoodDataError, match=r"(?s)a.toml: not TOML.*own.toml, rice.*taste must"):
        parse(faulty, a="dish = [")


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


DISH = """
[[dish]]
id = "toast"
name = "Toast"
kind = "snack"
slots = ["snack"]
cuisine = "any"
servings = 1
yield_g = 30
minutes = 3
active_minutes = 3
protein = "none"
starch = "bread"
keeps_days = 0
taste = 1
portions = "half"
ingredients = [{food = "bread_whole_wheat", mass_g = 30, measure = "1 slice"}]
steps = ["Toast it in %s."]
"""


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("350 ml", StepAmount(350.0, "ml")),
        ("1 1/2 Tbsp", StepAmount(1.5, "Tbsp")),
        ("12 flat patties", StepAmount(12.0, "flat patties")),
        ("33 x 23 cm", StepAmount(33.0, "cm", 23.0)),
        ("28 cm", StepAmount(28.0, "cm")),
    ],
)
def test_an_amount_is_a_number_and_what_it_counts(text, amount):
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    "text", ["", "some water", "3", "0 ml", "1/0 cup", "2 x 3 patties", "2 ml!"]
)
def test_what_is_no_amount_is_a_fault_that_says_how_to_write_one(text):
    assert read_amount(text) is None
    (fault,) = step_faults(f"Add {{{text}}} water.")
    assert "is no amount; write {350 ml}" in fault


def test_a_dish_file_with_a_faulty_amount_is_refused_and_one_without_any_is_fine():
    with pytest.raises(FoodDataError, match=r"toast: step .*is no amount"):
        parse_dishes({"own.toml": DISH % "{a bit of} water"})
    (dish,) = parse_dishes({"own.toml": DISH % "a toaster"})
    assert dish.steps == ("Toast it in a toaster.",)


CATALOGUE = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
LATER_DISH = """
[[dish]]
id = "soup"
name = "Soup"
kind = "main"
slots = ["dinner"]
cuisine = "any"
servings = 2
yield_g = 500
minutes = 20
active_minutes = 10
protein = "legume"
starch = "none"
keeps_days = 2
taste = 1
portions = "half"
ingredients = [{food = "lentils_cooked", mass_g = 500, measure = "2 cups"KEYS}]
steps = ["Heat it."]
"""
# what is in it already when the dish is put away: baked, blended, melted or rolled up
WITHIN = {
    "bread_whole_wheat": {"mushroom_cassoulet_crumbs"},
    "tortilla_corn": {"black_bean_enchiladas"},
    "tortilla_whole_wheat": {"beef_black_bean_burritos", "pinto_kale_freezer_burritos"},
    "romaine_lettuce": {"chicken_pipian_verde", "green_pozole_chicken"},
    "feta": {
        "broccoli_potato_feta_frittata", "greek_greens_pie_feta", "lentil_moussaka",
        "greek_sheet_pan_chicken_potatoes", "zucchini_fava_feta_frittata",
        "white_bean_zucchini_feta_bake", "chard_feta_frittata_rye",
    },
}  # fmt: skip
LEAVES = {"arugula", "lettuce", "salad_greens", "watercress"}
ON_TOP = {"avocado", "feta", "queso_fresco"}


def may_be_kept(dish):
    """Whether a plan may cook it for another day: a second meal, a kept breakfast, the freezer."""
    rules = read_settings("meals/rules.toml")
    rule = rules["leftover"]
    is_again = (
        dish.kind == "main"
        and dish.keeps_days > 0
        and "dinner" in dish.slots
        and dish.protein not in rule["apart_proteins"]
        and dish.dish_id not in rule["apart_dishes"]
        and not dish.tags & set(rule["apart_tags"])
    )
    is_frozen = set(read_settings("meals/freezer.toml")["double"]["tags"]) <= dish.tags
    return is_again or is_frozen or is_kept_dish(dish, rules["kept"])


def spoils_beside_the_rest(line):
    """Whether a food is no good after a day in a box with what it is eaten with."""
    food = CATALOGUE[line.food_id]
    return food.base in LEAVES | ON_TOP or (food.group == "bread" and food.base != "breadcrumbs")


def test_what_does_not_keep_in_a_dish_that_is_kept_is_added_when_it_is_eaten():
    kept = [dish for dish in DISHES.values() if may_be_kept(dish)]
    assert len(kept) > 100
    lacking = {
        (dish.dish_id, line.food_id)
        for dish in kept
        for line in dish.ingredients
        if spoils_beside_the_rest(line) and not line.fresh
    }
    assert lacking == {(dish, food) for food, dishes in WITHIN.items() for dish in dishes}


def test_the_judge_counts_the_same_minutes_by_itself():
    notes = read_dish_notes()
    for dish in DISHES.values():
        assert notes[dish.dish_id].fresh_minutes == fresh_minutes(dish.ingredients)


@rows(__file__, "a_recipe_that_says_it_wrong")
def test_a_recipe_that_says_it_wrong_is_told_so(keys, fault):
    assert parse_dishes({"soup.toml": LATER_DISH.replace("KEYS", ', fresh = "cut"')})[0]
    with pytest.raises(FoodDataError, match=fault):
        parse_dishes({"soup.toml": LATER_DISH.replace("KEYS", keys)})
