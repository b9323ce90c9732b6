"""Allergens read a second time, by name and make-up, blind to the flags of the catalogue.

Two readings stand against the flags, and either finds a flag that is gone or too many:
``data/allergens_judged.csv`` holds what a person says who reads the whole table food by food, and
``WORDS``, ``MADE_OF`` and ``NOT_IT`` say it again by words of names. A food that is new, or made of
something else than its name says, has to be judged in both.
"""

import csv
import re
from pathlib import Path

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import allergens_of, read_embedded_dishes
from tests.each import for_each

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
FLAGS = {food.food_id: frozenset(food.allergens) for food in FOODS}
JUDGED = Path(__file__).parent / "data" / "allergens_judged.csv"

WHEAT = (
    r"wheat|flour|bread|breadcrumbs|toast|rolls?|bagel|pita|naan|tortillas?|muffins?|crackers?|"
    r"pretzels?|pasta|spaghetti|penne|linguine|rotini|ziti|noodles?|couscous|bulgur|spelt|farro|"
    r"kamut|soba|cakes?|cookies?|matzo|seitan|gingerbread|pizza|sandwich"
)
WORDS = {  # what a name says by itself
    "tree_nut": r"almonds?|walnuts?|pecans?|pistachios?|cashews?|hazelnuts?|macadamia|brazil nuts?|"
    r"pine nuts?|chestnuts?|nuts?|praline|marzipan|pesto",
    "peanut": r"peanuts?|satay",
    "wheat": WHEAT,
    "gluten": rf"{WHEAT}|barley|rye|oats?|oatmeal|beer|malt|pumpernickel|crispbread",
    "milk": r"milk|cheese|butter|buttermilk|cream|yogurt|whey|ghee|kefir|brie|cheddar|feta|gouda|"
    r"gruyere|jack|mozzarella|paneer|parmesan|provolone|queso|ricotta|half-and-half|tzatziki|"
    r"quesadillas?|custard|raita|pesto",
    "egg": r"eggs?|omelet|omelette|frittata|mayonnaise|meringue|shakshuka",
    "fish": r"anchov\w+|catfish|cod|haddock|halibut|herring|mackerel|perch|pollock|salmon|"
    r"sardines?|bass|swordfish|tilapia|trout|tuna|fish",
    "crustaceans": r"crab|shrimps?|prawns?|lobster",
    "molluscs": r"clams?|mussels?|oysters?|scallops?|squid",
    "soy": r"soy|soybeans?|tofu|tempeh|edamame|miso|natto|tamari",
    "sesame": r"sesame|tahini|hummus|za'atar|halva",
    "mustard": r"mustard|mayonnaise",
    "celery": r"celery|celeriac|stock",
    "lupin": r"lupins?",
    "sulphites": r"wine|balsamic",
}
MADE_OF = {  # food, or a word of its name: allergens that it is usually made with, and why
    "angel food cake": ("egg", "whipped egg white"),
    "apple rings": ("sulphites", "dried pale fruit keeps its colour by them"),
    "barbecue sauce": ("mustard", "mustard flour is among its spices"),
    "bran flakes": ("gluten wheat", "wheat bran and malt"),
    "bread_gluten_free_white": ("egg lupin", "egg white holds it together; lupin flour is usual"),
    "bread_multigrain": ("milk soy sesame", "milk powder, soy flour, seeds on the crust"),
    "bread_oatmeal": ("milk soy", "milk powder and soy flour of sandwich loaves"),
    "bread_white": ("soy", "soy flour or lecithin of sandwich loaves"),
    "bread_whole_wheat": ("soy", "soy flour or lecithin of sandwich loaves"),
    "breadcrumbs": ("milk soy", "made of sandwich loaves, whey among them"),
    "caesar dressing": ("egg fish milk mustard", "egg yolk, anchovy, parmesan, mustard"),
    "chicken gravy": ("wheat gluten milk soy celery", "flour, milk powder, seasoned stock"),
    "chocolate": ("milk soy", "lecithin; dark chocolate shares its machines with milk chocolate"),
    "corn flakes": ("gluten", "barley malt"),
    "curry powder": ("mustard", "mustard seed is among its spices"),
    "dried apricots": ("sulphites", "kept bright by them"),
    "dried mango": ("sulphites", "kept bright by them"),
    "egg_fried": ("milk", "fried in margarine or butter"),
    "egg_scrambled": ("milk", "stirred with milk"),
    "omelet": ("milk", "made with butter or milk"),
    "english muffin": ("milk soy", "milk powder and soy of soft breads"),
    "fig bars": ("gluten wheat milk soy", "wheat dough with whey and lecithin"),
    "fruit and nut bar": ("peanut soy gluten sulphites", "mixed nuts, lecithin, oats, apricots"),
    "gingerbread": ("egg milk", "a cake with egg and milk"),
    "graham crackers": ("soy", "lecithin"),
    "granola bar": ("gluten soy peanut tree_nut", "oats and lecithin; nuts on the same machines"),
    "granola(?! bar)": ("gluten wheat tree_nut", "oats, wheat germ, almonds"),
    "hoisin sauce": ("gluten wheat soy sesame", "fermented soy with wheat, sesame oil"),
    "horseradish": ("sulphites", "kept white by them"),
    "hot cocoa": ("milk", "made with milk"),
    "ketchup": ("celery", "celery is among its spices"),
    "kimchi": ("fish crustaceans", "fish sauce and shrimp paste"),
    "margarine": ("milk soy", "whey and lecithin"),
    "mashed potatoes": ("milk", "mashed with milk"),
    "miso": ("gluten", "often started on barley"),
    "mixed nuts": ("peanut", "peanuts are the first of them"),
    "naan": ("milk", "yogurt in the dough"),
    "cookies": ("egg milk soy", "butter, egg, lecithin"),
    "oyster sauce": ("gluten wheat soy", "thickened with flour, made with soy sauce"),
    "peanut sauce": ("gluten wheat soy", "made with soy sauce"),
    "pickles": ("mustard", "mustard seed in the jar"),
    "pork sausage": ("gluten wheat sulphites", "rusk and sulphites of British sausages"),
    "puffed wheat": ("gluten", "wheat"),
    "italian dressing": ("mustard", "mustard keeps oil and vinegar together"),
    "lemon juice": ("sulphites", "bottled juice is kept by them"),
    "lime juice": ("sulphites", "bottled juice is kept by them"),
    "ranch dressing": ("egg milk mustard", "buttermilk and egg yolk, mustard among its spices"),
    "roll_white": ("milk soy", "milk powder and soy flour or lecithin of soft rolls"),
    "roll_whole_wheat": ("soy", "soy flour or lecithin of soft rolls"),
    "shrimp": ("sulphites", "dipped against black spots"),
    "soy sauce": ("gluten wheat", "brewed with wheat"),
    "sun-dried tomatoes": ("sulphites", "kept red by them"),
    "teriyaki sauce": ("gluten wheat soy", "made with soy sauce"),
    "toasted oat rings": ("gluten wheat", "oats, often with wheat starch"),
    "trail mix": ("peanut tree_nut", "mixed nuts"),
    "tuna_canned": ("soy", "vegetable broth with soy in the can"),
    "vinaigrette": ("mustard sulphites", "mustard keeps it together; wine vinegar"),
    "worcestershire sauce": ("fish gluten", "anchovies, malt vinegar"),
}
GLUTEN_FREE, PLANT_MILK = "of grain without gluten", "of plants: no milk in it"
NOT_IT = {  # food → allergens that its name suggests and that it does not hold, and why
    "almond_butter": ("milk", PLANT_MILK),
    "bread_gluten_free_white": ("wheat gluten", GLUTEN_FREE),
    "cashew_butter": ("milk", PLANT_MILK),
    "coconut_milk_canned": ("milk", PLANT_MILK),
    "corn_pasta_cooked": ("wheat gluten", GLUTEN_FREE),
    "corn_pasta_dry": ("wheat gluten", GLUTEN_FREE),
    "flour_brown_rice": ("wheat gluten", GLUTEN_FREE),
    "flour_buckwheat": ("wheat gluten", "buckwheat is no wheat"),
    "flour_chickpea": ("wheat gluten", "chickpeas"),
    "flour_corn": ("wheat gluten", GLUTEN_FREE),
    "flour_rye": ("wheat", "rye alone"),
    "flour_soy": ("wheat gluten", "soybeans"),
    "oatmeal_gluten_free_cooked": ("gluten", "oats kept apart from other grain"),
    "peanut_butter": ("milk", PLANT_MILK),
    "peanut_butter_unsalted": ("milk", PLANT_MILK),
    "rice_cakes": ("wheat gluten", GLUTEN_FREE),
    "rice_noodles_cooked": ("wheat gluten", GLUTEN_FREE),
    "rice_noodles_dry": ("wheat gluten", GLUTEN_FREE),
    "rolled_oats_gluten_free": ("gluten", "oats kept apart from other grain"),
    "soy_yogurt": ("milk", PLANT_MILK),
    "sunflower_seed_butter": ("milk", PLANT_MILK),
    "tamari": ("wheat gluten", "its name says wheat-free"),
    "tomato_pasta_sauce": ("wheat gluten", "a sauce for pasta, without it"),
    "tortilla_chips": ("wheat gluten", "corn"),
    "tortilla_corn": ("wheat gluten", "corn"),
    "water_chestnuts_canned": ("tree_nut", "the tuber of a sedge, no nut"),
}


# Dishes: what sounds like an allergen and is none, and foods that stand in its place.
NO_ALLERGEN = (
    r"butter beans?|(?:peanut|almond|seed) butter|soy (?:milk|yogurt)|rice cakes?|"
    r"cabbage rolls|summer rolls|potato (?:tortilla|cakes)|water chestnuts"
)
INSTEAD = {
    r"oats?|oatmeal": {"rolled_oats_gluten_free", "oatmeal_gluten_free_cooked"},
    "noodle": {"rice_noodles_cooked"},
    "tortillas?": {"tortilla_corn"},
    "pasta": {"corn_pasta_cooked"},
    "bread|toast": {"bread_gluten_free_white"},
}
NO_GRAIN_NOR_MILK = sorted(set(WORDS) - {"wheat", "gluten", "milk"})  # in steps, "toast" is a verb
ONLY_SAID = {  # in steps: a likeness or a verb
    ("chicken_vegetable_noodle_soup", "fish"): "fish the chicken out",
    ("jamaican_peanut_porridge_mango", "tree_nut"): "no streaks of nut: peanut butter",
    ("peruvian_quinoa_apple", "fish"): "fish out the cloves",
    ("tofu_salad_sandwich", "egg"): "like chopped egg",
    ("tofu_scramble_burrito", "tree_nut"): "the size of a hazelnut",
}


def reads(word, text):
    return re.search(rf"\b(?:{word})\b", text, re.IGNORECASE) is not None


def read_again(food):
    """Give the allergens of a food by the words of its name, and by what it is usually made of."""
    text = f"{food.name}; {food.base.replace('_', ' ')}"
    found = {allergen for allergen, words in WORDS.items() if reads(words, text)}
    for what, (allergens, _why) in MADE_OF.items():
        if what == food.food_id or ("_" not in what and reads(what, text)):
            found |= set(allergens.split())
    return found - set(NOT_IT.get(food.food_id, ("", ""))[0].split())


def differences(flags):
    """Say where flags (food id → allergens) differ from either reading."""
    with JUDGED.open(encoding="utf-8") as file:
        judged = {row["food_id"]: set(filter(None, row["allergens"].split(";")))
                  for row in csv.DictReader(file)}  # fmt: skip
    found = [f"{food_id} is judged nowhere" for food_id in flags if food_id not in judged]
    found += [f"{food_id} is no food" for food_id in judged if food_id not in flags]
    for food in FOODS:
        for name, reading in (("judged", judged.get(food.food_id)), ("words", read_again(food))):
            if reading is not None and reading != flags[food.food_id]:
                wrong = sorted(reading ^ flags[food.food_id])
                found.append(f"{food.food_id}, {name}: {', '.join(wrong)}")
    return found


def without_flag(*food_ids, allergen):
    """Give the flags of the catalogue with one allergen taken off some foods."""
    return FLAGS | {food_id: FLAGS[food_id] - {allergen} for food_id in food_ids}


def named_in(text, dish):
    """Give the allergens that a text about a dish names, but those that others stand in for."""
    held = {line.food_id for line in dish.ingredients}
    for words in (NO_ALLERGEN, *(word for word, foods in INSTEAD.items() if foods & held)):
        text = re.sub(rf"\b(?:{words})\b", " ", text, flags=re.IGNORECASE)
    return {allergen for allergen, words in WORDS.items() if reads(words, text)}


def test_every_food_has_the_allergens_that_both_readings_give_it_and_no_others():
    assert differences(FLAGS) == []


def test_every_exception_of_a_reading_has_its_use_and_its_reason():
    for food_id, (allergens, why) in NOT_IT.items():
        food = FOODS[food_id]
        text = f"{food.name}; {food.base.replace('_', ' ')}"
        assert why
        assert all(reads(WORDS[allergen], text) for allergen in allergens.split()), food_id
    for what, (allergens, why) in MADE_OF.items():
        assert allergens
        assert why
        assert any(what == food.food_id or reads(what, food.name) for food in FOODS), what


def test_the_three_nuts_that_once_went_unflagged_would_be_found():
    flags = without_flag("almond_meal", "pecans", "pistachios", allergen="tree_nut")
    found = differences(flags)
    for food_id in ("almond_meal", "pecans", "pistachios"):
        assert f"{food_id}, judged: tree_nut" in found
        assert f"{food_id}, words: tree_nut" in found


@pytest.mark.parametrize("allergen", WORDS)
def test_a_flag_that_is_lost_is_found_by_both_readings(allergen):
    holding = [food_id for food_id, flags in FLAGS.items() if allergen in flags]
    found = differences(without_flag(*holding, allergen=allergen))
    assert holding
    assert len(found) == 2 * len(holding)


@pytest.mark.parametrize("allergen", WORDS)
def test_a_flag_too_many_is_found_by_both_readings(allergen):
    free = [food_id for food_id, flags in FLAGS.items() if allergen not in flags]
    found = differences(FLAGS | {food_id: FLAGS[food_id] | {allergen} for food_id in free})
    assert len(found) == 2 * len(free)


@for_each(DISHES, lambda one: one.dish_id)
def test_a_dish_has_the_allergens_that_its_name_says(dish):
    assert named_in(dish.name, dish) <= allergens_of(dish, FOODS)


@for_each(DISHES, lambda one: one.dish_id)
def test_the_steps_of_a_dish_name_no_allergen_that_it_does_not_hold(dish):
    text = " ".join((*dish.steps, *(line.measure for line in dish.ingredients)))
    missing = named_in(text, dish) - allergens_of(dish, FOODS)
    assert {allergen for allergen in missing if allergen in NO_GRAIN_NOR_MILK} == {
        allergen for dish_id, allergen in ONLY_SAID if dish_id == dish.dish_id
    }
