"""What people usually mean: the tables name foods and measures that there are."""

import csv
import re
from collections import Counter
from io import StringIO

import pytest
import tomli

from foods.embedded import read_data_text, read_lookup_foods
from foods.line_mass import ANY, usual_foods, usual_mass_g
from foods.name_reader import name_words
from foods.recipe_line import read_words
from planner.candidates.dish import allergens_of, read_embedded_dishes
from tests.foods.test_allergens_second_reading import WORDS, reads

FOODS = read_lookup_foods()
ROWS = [*csv.DictReader(StringIO(read_data_text("usual_measures.csv")))]
NOT_SAID = {  # words of a diary → what they seem to name, without holding it
    "milk": (
        r"(?:nut|almond|peanut|apple|fruit|pumpkin) butter|butter (?:bean|lettuce)|apple jack"
        r"|(?:cashew|hemp|plant|pea|coconut|almond|oat|soy|hazelnut|macadamia|nut|flax) milk"
        r"|cream (?:soda|of wheat|of rice|wheat|style corn)"
        r"|cream cracker|salad cream|jack (?:and|daniel) coke|.*peanut butter.*|egg white omelet"
        r"|(?:vanilla|califia) almond milk|.*coconut (?:milk|cream|yogurt).*|cream of coconut"
        r"|jack (?:daniel|link)|(?:chocolate|vanilla) soy milk|ripple milk"
        r"|(?:barista|califia) oat milk|butter bean (?:soup|stew)"
        r"|apple jack cereal|snack (?:a )?jack|alpro .*(?:yogurt|milk)|(?:coconut|soy) ice cream"
    ),
    "wheat": (
        r"glutenfree .*|(?:almond|oat) flour|rice (?:cake|noodle)|(?:tootsie|salad|summer|spring"
        r"|cabbage|rice paper) roll|(?:chickpea|lentil) pasta|fruit roll.*|.*vietnamese.*"
        r"|.*noodle soup"
        r"|tortilla (?:chip|espanola|soup)"
        r"|chicken tortilla soup|spanish tortilla|shrimp cracker|zucchini noodle|spaghetti squash"
        r"|(?:chocolate|caramel) rice cake|corn cake|stuffed cabbage roll|ham roll up"
        r"|(?:glass|vermicelli|bean thread|cellophane) noodle|tootsie roll pop"
        r"|(?:pasta|spaghetti) sauce|cracker jack|gingerbread latte|.* spring roll"
    ),
    "gluten": r"(?:(?:bundaberg )?ginger|root) beer.*|beer nut",
    "tree_nut": r"grape nuts?.*|ginger nut|chestnut mushroom|(?:monkey|beer) nut|honey nut peanut",
    "egg": r"(?:mini|kinder|easter|reese) egg",
    "fish": r"swedish fish.*",
    "crustaceans": r"prawn cocktail crisp|red lobster .*biscuit",
    "soy": r"soybean oil",
    "sulphites": r"wine gum",
    "molluscs": r"oyster (?:mushroom|cracker)",
}


def test_a_name_that_says_an_allergen_means_a_food_that_holds_it():
    """Whoever leaves it out must not be told that what they wrote down is free of it."""
    hold = {food.food_id: food.allergens for food in FOODS}
    hold |= {dish.dish_id: allergens_of(dish, FOODS) for dish in read_embedded_dishes()}
    hidden = {
        (row["said"], allergen)
        for row in csv.DictReader(StringIO(read_data_text("usual_foods.csv")))
        for allergen in WORDS
        if reads(WORDS[allergen], row["said"]) and allergen not in hold[row["food_id"]]
    }
    kinds = {"gluten": ("gluten", "wheat")}
    assert {
        pair
        for pair in hidden
        if not any(
            kind in NOT_SAID and re.fullmatch(NOT_SAID[kind], pair[0])
            for kind in kinds.get(pair[1], (pair[1],))
        )
    } == set()


def test_what_is_usually_meant_is_a_food_as_it_is_eaten_or_a_dish():
    dishes = {dish.dish_id for dish in read_embedded_dishes()}
    meant = {food_id for food_id, _sure in usual_foods().values()}
    assert meant <= {*FOODS.foods} | dishes
    cooked = {food.bought_as for food in FOODS}
    raw = [food_id for food_id in meant if food_id in FOODS and FOODS[food_id].state == "raw"]
    assert not cooked.intersection(raw)


def test_a_measure_weighs_something_and_is_of_something_that_there_is():
    known = {ANY, *FOODS.foods, *(food.base for food in FOODS)}
    known |= {*tomli.loads(read_data_text("vocabulary.toml"))["group"]}
    assert {row["of"] for row in ROWS} <= known
    assert all(float(row["mass_g"]) > 0 for row in ROWS)
    assert {row["source"] for row in ROWS} <= {"own", "sr28", "fndds"}
    assert max(Counter((row["measure"], row["of"]) for row in ROWS).values()) == 1


@pytest.mark.parametrize(
    ("food_id", "measure", "mass_g"),
    [("grapes", "piece", 5.0), ("almonds", "handful", 30.0), ("quinoa_cooked", "zzz", None)],
)
def test_what_is_known_of_the_food_goes_before_its_group(food_id, measure, mass_g):
    assert usual_mass_g(FOODS[food_id], measure) == mass_g


def test_spellings_lead_to_words_that_need_no_other_spelling():
    for words in read_words()["same"].values():
        assert name_words(words) == name_words(" ".join(name_words(words)))
