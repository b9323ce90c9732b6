"""What a composite food contains: told of every one, and in agreement with its allergens."""

import pytest

from foods.embedded import read_embedded_foods
from planner.request.diets import read_allergens

FOODS = read_embedded_foods()
BASES = {}
for one in FOODS:
    BASES.setdefault(one.base, []).append(one)
COMPOSITE = {"sauce", "bread", "baked_sweet", "snack", "alcohol"}
ONE_THING = {"tortilla_chips"}  # of its own base
TRACES = {("kimchi", "sulphites")}  # of the shrimp paste


@pytest.mark.parametrize(
    ("food_id", "held"),
    [("hummus", "chickpeas sesame garlic lemon"), ("salsa", "tomato onion chili"),
     ("tortilla_corn", "corn"), ("corn_flakes", "corn"), ("cornstarch", "corn"),
     ("polenta_dry", "corn"), ("grits_dry", "corn"), ("hominy_canned", "corn"),
     ("popcorn", "corn"), ("corn_pasta_dry", "corn"), ("rice_noodles_dry", "white_rice"),
     ("rice_cakes", "brown_rice"), ("rice_drink", "white_rice"), ("flour_brown_rice", "brown_rice"),
     ("puffed_rice", "white_rice"), ("granola", "oats honey almond"), ("oat_bran_dry", "oats"),
     ("oat_drink", "oats"), ("oat_rings", "oats"), ("vinaigrette", "mustard garlic"),
     ("chicken_stock", "chicken celery"), ("bread_rye", "rye wheat_flour yeast"),
     ("pesto", "garlic basil parmesan pine_nut"), ("caesar_dressing", "parmesan anchovy egg"),
     ("milk_chocolate", "cocoa"), ("shallot", "onion"), ("feta", "goat_milk sheep_milk"),
     ("bread_gluten_free_white", "lupin_beans"), ("red_lentils_dry", "lentils"),
     ("ketchup", "tomato"), ("barbecue_sauce", "tomato"), ("tomato_pasta_sauce", "tomato"),
     ("egg_noodles_dry", "egg"), ("guacamole", "avocado"), ("worcestershire_sauce", "anchovy")],
)  # fmt: skip
def test_a_composite_food_contains_what_it_is_usually_made_of(food_id, held):
    assert set(held.split()) <= FOODS[food_id].contains


def test_no_composite_food_is_without_its_list():
    assert not [
        food.food_id
        for food in FOODS
        if food.group in COMPOSITE and not food.contains and food.food_id not in ONE_THING
    ]


def test_what_a_food_contains_brings_its_allergens_and_its_own_contents():
    for food in FOODS:
        for word in food.contains & BASES.keys():
            every = frozenset.intersection(*(one.allergens for one in BASES[word]))
            lost = {one for one in every - food.allergens if (food.food_id, one) not in TRACES}
            assert not lost, (food.food_id, word)
            within = frozenset.intersection(*(one.contains for one in BASES[word]))
            assert within - {food.base} <= food.contains, (food.food_id, word)


# What allergens.toml tells of foods that hold an allergen unsaid → foods of the catalogue that are
# called so.
DERIVED = {
    "celery": {"most stock and bouillon": "chicken_stock vegetable_stock"},
    "egg": {"mayonnaise": "mayonnaise mayonnaise_light", "fresh pasta and egg noodles":
            "egg_noodles_dry", "many cakes and batters": "gingerbread angel_food_cake"},
    "fish": {"fish sauce": "fish_sauce", "Worcestershire sauce": "worcestershire_sauce",
             "Caesar dressing": "caesar_dressing"},
    "gluten": {"soy sauce": "soy_sauce soy_sauce_reduced_salt", "beer": "beer",
               "malt and malt vinegar": "corn_flakes",
               "wheat germ and bran": "wheat_germ wheat_bran",
               "couscous, bulgur, semolina, farro, spelt and kamut":
               "couscous_dry bulgur_dry farro_dry kamut_dry",
               "many stocks and sauces thickened with flour": "chicken_gravy",
               "ordinary oats": "rolled_oats oatmeal_cooked"},
    "lupin": {"lupin flour in gluten-free bread and pasta": "bread_gluten_free_white"},
    "milk": {"butter and ghee": "butter ghee", "pesto": "pesto",
             "cheese": "cheddar feta goat_cheese_soft", "yogurt and kefir": "yogurt_whole kefir",
             "cream": "heavy_cream sour_cream half_and_half", "whey and casein": "bread_multigrain",
             "milk chocolate": "milk_chocolate", "many breads and margarines": "margarine_soft"},
    "molluscs": {"oyster sauce": "oyster_sauce"},
    "mustard": {"mayonnaise": "mayonnaise mayonnaise_light", "curry powder": "curry_powder",
                "salad dressings": "italian_dressing vinaigrette ranch_dressing caesar_dressing",
                "pickles": "dill_pickles sweet_pickles"},
    "peanut": {"peanut butter": "peanut_butter peanut_butter_unsalted", "satay sauce":
               "peanut_sauce", "some mixed nuts and muesli": "mixed_nuts trail_mix"},
    "sesame": {"tahini": "tahini", "hummus": "hummus", "sesame oil": "sesame_oil",
               "many breads and burger buns": "bread_multigrain"},
    "soy": {"tofu and tempeh": "tofu_firm tempeh_raw", "miso": "miso", "edamame": "edamame_frozen",
            "soy sauce and tamari": "soy_sauce tamari", "soy drink": "soy_drink",
            "soy lecithin": "milk_chocolate chocolate_chips",
            "textured vegetable protein": "textured_soy_protein"},
    "sulphites": {"wine": "red_wine white_wine", "bottled lemon juice": "lemon_juice lime_juice",
                  "most bright dried apricots and other pale dried fruit":
                  "apricots_dried apples_dried mango_dried",
                  "wine vinegar": "vinegar_red_wine vinegar_balsamic vinaigrette"},
    "tree_nut": {"nut butters and nut drinks": "almond_butter almond_drink_unsweetened",
                 "pesto": "pesto", "granola and muesli": "granola granola_bar"},
    "wheat": {"couscous, bulgur, semolina, farro, spelt and kamut":
              "couscous_dry bulgur_dry farro_dry kamut_dry",
              "flour-thickened sauces": "chicken_gravy", "soy sauce": "soy_sauce",
              "bread, pasta and noodles": "bread_white pasta_dry",
              "wheat germ and bran": "wheat_germ wheat_bran"},
}  # fmt: skip

NOT_AT_HAND = {  # the catalogue has nothing of them
    "celery salt", "many soups and spice mixes", "tomato juice cocktails", "shrimp paste",
    "many fish stocks and Thai curry pastes", "surimi", "aioli", "meringue", "anchovy paste",
    "dashi", "seitan", "lupin protein", "squid ink pasta", "piccalilli", "halva",
    "cold-pressed peanut oil", "za'atar", "marzipan", "praline and nut chocolate",
    "some pickles",  # those with sulphites; of the catalogue's, none is told to have them
}  # fmt: skip


def test_every_name_of_what_holds_an_allergen_unsaid_is_looked_for():
    told = {name for row in read_allergens().values() for name in row.derived}
    found = {name for names in DERIVED.values() for name in names}
    assert told == found | NOT_AT_HAND


@pytest.mark.parametrize("allergen", DERIVED)
def test_what_holds_an_allergen_without_saying_so_is_flagged(allergen):
    row = read_allergens()[allergen]
    for name, food_ids in DERIVED[allergen].items():
        assert name in row.derived
        assert all(allergen in FOODS[food_id].allergens for food_id in food_ids.split()), name
