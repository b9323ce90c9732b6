"""What a food contains hands on its allergens, its origin and the flags that safety reads."""

from collections import defaultdict

import pytest

from foods.embedded import read_lookup_foods

FOODS = {food.food_id: food for food in read_lookup_foods()}
BASES = defaultdict(list)
for one in FOODS.values():
    BASES[one.base].append(one)
FLAGS = {  # flag → what does not hand it on, and why
    "additive_phosphate": {},
    "added_salt": {},
    "alcohol": {"vanilla": "a few drops of its extract"},
    "caffeine": {},
    "cold_cuts": dict.fromkeys(
        ("chorizo", "corned_beef", "ham", "pepperoni", "salami", "turkey"),
        "in pizza, soups and bakes it is heated through; sandwiches stand by themselves",
    ),
    "high_fructose": {"grape": "stands for wine and vinegar too; raisins stand by themselves"},
    "high_mercury": {},
    "histamine_rich": {"vinegar": "in a dressing or a pickle: mostly distilled, and little of it"},
    "legume": {
        "lupin_beans": "their flour, a little in a dough",
        "soybeans": "mostly their lecithin or oil; foods of soy stand by themselves",
    },
    "liver": {},
    "mould_ripened": {},
    "raw_egg": {},
    "unpasteurised": {},
}
EXCEPTIONS = {  # (food, what it lacks): why
    ("dark_chocolate_70_85", "dairy"): "milk of other batches: for an allergy, not for a diet",
    ("cola_diet", "high_fructose"): "sweetened without sugar",
    ("gelatine", "meat"): "its own name says so",
    ("hibiscus_tea", "high_fructose"): "an infusion",
    ("kimchi", "additive_phosphate"): "of its shrimp paste, a trace",
    ("kimchi", "sulphites"): "of its shrimp paste, a trace",
    ("vegetable_stock", "histamine_rich"): "tomato boiled out in much water",
    ("vinegar_cider", "high_fructose"): "fermented until no sugar is left",
    ("yogurt_fruit_lowfat", "meat"): "of its gelatine, which is said",
}
SALTED_FROM_MG = 200
SALT_OF_THEIR_OWN = {  # groups whose foods can hold as much without any added
    "baking", "egg", "fish", "herb_spice", "leafy_greens", "shellfish",
}  # fmt: skip


def held_by(food):
    """Give each word of what it contains with all foods that the word can mean."""
    for word in food.contains - {food.base, food.food_id}:
        meant = BASES.get(word) or [FOODS[word]] if word in BASES or word in FOODS else []
        meant = [one for one in meant if one is not food]
        if meant:
            yield word, meant


def lacking(trait, let_go=()):
    """Name (food, what it lacks, of which content) for what all foods of a word have."""
    return {
        (food.food_id, lost, word)
        for food in FOODS.values()
        for word, meant in held_by(food)
        if word not in let_go
        for lost in frozenset.intersection(*map(trait, meant)) - trait(food)
        if (food.food_id, lost) not in EXCEPTIONS
    }


def test_every_allergen_of_what_a_food_contains_stands_on_it():
    assert lacking(lambda food: food.allergens) == set()


def test_it_is_of_all_that_its_contents_are_of():
    assert lacking(lambda food: food.origin - {"plant"}) == set()


@pytest.mark.parametrize("flag", FLAGS)
def test_a_flag_of_what_a_food_contains_stands_on_it(flag):
    assert lacking(lambda food: food.flags & {flag}, FLAGS[flag]) == set()


def test_what_holds_much_salt_is_flagged_as_salted():
    found = {
        food.food_id
        for food in FOODS.values()
        if (food.per_100g["sodium_mg"] or 0) >= SALTED_FROM_MG
        and food.group not in SALT_OF_THEIR_OWN
    }
    assert found - {one for one in found if "added_salt" in FOODS[one].flags} == set()


def test_every_exception_is_needed():
    used = {
        (food.food_id, lost)
        for food in FOODS.values()
        for _word, meant in held_by(food)
        for trait in ("allergens", "origin", "flags")
        for lost in frozenset.intersection(*(getattr(one, trait) for one in meant))
        - getattr(food, trait)
    }
    assert set(EXCEPTIONS) <= used
