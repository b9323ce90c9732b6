"""What the shipped dishes promise; thresholds and sources stand in ``configs/dishes.toml``."""

import math
import re
import tomllib
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import (
    allergens_of,
    amount_per_serving,
    check_dishes_against,
    origin_of,
    read_embedded_dishes,
)
from planner.meals.rules import read_meal_rules

DEMANDS = tomllib.loads(files("configs").joinpath("dishes.toml").read_text(encoding="utf-8"))
FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
PLATES = [dish for dish in DISHES.values() if dish.kind in ("main", "breakfast")]
SENTENCE = re.compile(r"[.!?](?:\s|$)")
TIME = re.compile(r"\d (?:more )?(?:minutes?|hours?|seconds?)")


# What is in a dish


def parts(dish):
    """Foods of a dish with their mass per serving [g]."""
    return [(FOODS[line.food_id], line.mass_g / dish.servings) for line in dish.ingredients]


def text_of(dish):
    return " ".join([*dish.steps, *(line.measure for line in dish.ingredients)]).lower()


def protein_family(food):
    rules = DEMANDS["protein"]
    return rules["bases"].get(food.base) or rules["groups"].get(food.group)


@cache
def starch_bases():
    rules = read_meal_rules().rules["starch_families"]
    shared = {base: name for name, row in rules.items() if isinstance(row, list) for base in row}
    return shared | DEMANDS["starch"]["bases"]


def starch_family(food):
    rules = DEMANDS["starch"]
    named = rules["foods"].get(food.food_id) or starch_bases().get(food.base)
    return named or rules["groups"].get(food.group)


def shares(dish, family_of, amount_of):
    """Amount per family of what is in the dish, nothing for foods without one."""
    found = Counter()
    for food, mass_g in parts(dish):
        if family := family_of(food):
            found[family] += amount_of(food, mass_g)
    return found


def protein_g(food, mass_g):
    return (food.per_100g["protein_g"] or 0.0) * mass_g / 100


def mass_only(food, mass_g):
    return mass_g


# Counts and names


def test_there_are_enough_breakfasts_lunches_dinners_and_sides_each_dish_counted_once():
    least = DEMANDS["count"]
    meals = Counter(frozenset(dish.slots) for dish in PLATES if dish.kind == "main")
    kinds = Counter(dish.kind for dish in DISHES.values())
    missing = [max(0, least[m] - meals[frozenset({m})]) for m in ("lunch", "dinner")]
    assert kinds["breakfast"] >= least["breakfast"]
    assert kinds["side"] + kinds["snack"] >= least["side_or_snack"]
    assert sum(missing) <= meals[frozenset({"lunch", "dinner"})]


def test_every_name_stands_once_and_names_one_dish():
    names = Counter(dish.name.lower() for dish in DISHES.values())
    assert [name for name, count in names.items() if count > 1] == []
    assert [name for name in names if re.search(r"\bor\b|/|\boptional\b", name)] == []


def test_dishes_come_from_several_kitchens():
    assert len({dish.cuisine for dish in PLATES} - {"any"}) >= 10


# No dish twice


def masses(dish):
    """Mass per serving [g] of what tells dishes apart; tap water is heavy and tastes of nothing."""
    rules, found = DEMANDS["alike"], Counter()
    for food, mass_g in parts(dish):
        if food.group not in rules["apart"]:
            found[food.food_id] += mass_g
    return {food_id: mass_g for food_id, mass_g in found.items() if mass_g >= rules["least_mass_g"]}


def cosine(first, second):
    dot = sum(mass * second.get(food, 0.0) for food, mass in first.items())
    return dot / math.sqrt(sum(m * m for m in first.values()) * sum(m * m for m in second.values()))


@cache
def food_words():
    """Words of food names, singular and plural, that steps share without being alike."""
    named = " ".join(f"{food.name} {food.food_id.replace('_', ' ')}" for food in FOODS).lower()
    shortest = DEMANDS["alike"]["shortest_food_word"]
    words = {word for word in re.findall("[a-z]+", named) if len(word) >= shortest}
    return words | {f"{word}s" for word in words}


def masked(steps):
    return [w for w in re.findall("[a-z]+", " ".join(steps).lower()) if w not in food_words()]


def steps_alike(first, matcher, most):
    matcher.set_seq1(first)
    return (
        matcher.real_quick_ratio() > most
        and matcher.quick_ratio() > most
        and matcher.ratio() > most
    )


# Sliced apple and what goes with it: three snacks that people know apart, and an apple is heavy.
WITH_APPLE = {"apple_celery_peanut_butter", "apple_cheddar_slices", "apple_peanut_butter"}


def may_be_alike(first, second):
    """Plain starches are known by how they are cooked, sides of one vegetable by their kitchens."""
    if {first.dish_id, second.dish_id} <= WITH_APPLE:
        return True
    kitchens = first.kind == second.kind == "side" and first.cuisine != second.cuisine
    return kitchens or "starch" in (first.role, second.role)


def test_no_two_dishes_have_the_same_ingredients():
    found = [(dish, masses(dish)) for dish in DISHES.values()]
    alike = [
        (one.dish_id, other.dish_id)
        for index, (one, first) in enumerate(found)
        for other, second in found[:index]
        if not may_be_alike(one, other) and cosine(first, second) > DEMANDS["alike"]["most_cosine"]
    ]
    assert alike == []


def test_more_water_does_not_make_another_dish():
    thick = DISHES["brown_rice_congee_tofu"]
    lines = [
        replace(line, mass_g=2 * line.mass_g) if line.food_id == "tap_water" else line
        for line in thick.ingredients
    ]
    assert any(line.food_id == "tap_water" for line in lines)
    assert cosine(masses(thick), masses(replace(thick, ingredients=tuple(lines)))) == (
        pytest.approx(1.0)
    )


def test_no_two_dishes_have_the_same_steps_once_foods_are_masked():
    found = [(dish.dish_id, masked(dish.steps)) for dish in DISHES.values()]
    most, alike = DEMANDS["alike"]["most_steps_ratio"], []
    for index, (one, words) in enumerate(found):
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(words)
        alike += [(one, o) for o, first in found[:index] if steps_alike(first, matcher, most)]
    assert alike == []


def test_another_vegetable_does_not_make_another_dish_of_the_same_steps():
    dish = DISHES["haddock_chowder"]
    swapped = [step.replace("haddock", "salmon").replace("leeks", "onions") for step in dish.steps]
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(masked(dish.steps))
    assert steps_alike(masked(swapped), matcher, DEMANDS["alike"]["most_steps_ratio"])


# Cookable from its text


def test_every_ingredient_is_a_food_of_the_table():
    check_dishes_against(DISHES.values(), FOODS)


def test_plates_have_enough_ingredients_beside_water_salt_and_spices():
    rules = DEMANDS["ingredients"]
    counts = {
        dish.dish_id: sum(food.group not in rules["apart"] for food, _ in parts(dish))
        for dish in PLATES
    }
    assert [dish_id for dish_id, count in counts.items() if count < rules["least"]] == []


def test_plates_are_told_in_a_few_sentences_with_times():
    least, most = DEMANDS["steps"]["least"], DEMANDS["steps"]["most"]
    for dish in PLATES:
        steps = " ".join(dish.steps)
        assert least <= len(SENTENCE.findall(steps)) <= most, dish.dish_id
        assert TIME.search(steps) or "no_cook" in dish.tags, dish.dish_id


def test_ingredients_stand_in_the_state_in_which_they_are_eaten():
    rules = DEMANDS["ingredients"]
    wrong = [
        (dish.dish_id, food.food_id)
        for dish in DISHES.values()
        for food, _ in parts(dish)
        if food.state not in rules["states"]
        and food.group not in rules["uncooked"]
        and food.base not in rules["uncooked_bases"]
    ]
    assert wrong == []


@pytest.mark.parametrize("nutrient", ["magnesium_mg", "calcium_mg", "energy_kcal"])
def test_nothing_in_a_dish_lacks_the_figures_a_plan_rests_on(nutrient):
    shares_known = {d.dish_id: amount_per_serving(d, FOODS, nutrient)[1] for d in DISHES.values()}
    assert [one for one, share in shares_known.items() if share < 1] == []


def test_what_takes_more_than_an_hour_is_for_the_weekend():
    assert [d.dish_id for d in DISHES.values() if d.minutes > 60 and "weekend" not in d.tags] == []


# Families, diets and allergens


def test_the_named_protein_leads_by_protein_or_by_mass():
    wrong = []
    for dish in DISHES.values():
        by_protein = shares(dish, protein_family, protein_g)
        leads = {max(found, key=found.get) for found in
                 (by_protein, shares(dish, protein_family, mass_only)) if found}  # fmt: skip
        none = max(by_protein.values(), default=0.0) <= DEMANDS["protein"]["most_none_g"]
        if not (none if dish.protein == "none" else dish.protein in leads):
            wrong.append((dish.dish_id, dish.protein, by_protein))
    assert wrong == []


def test_a_main_dish_brings_protein():
    least = DEMANDS["protein"]["least_main_g"]
    mains = [dish for dish in PLATES if dish.kind == "main"]
    assert [d.dish_id for d in mains if amount_per_serving(d, FOODS, "protein_g")[0] < least] == []


def test_the_named_starch_is_the_heaviest_and_the_only_one():
    rules, wrong = DEMANDS["starch"], []
    for dish in DISHES.values():
        found = shares(dish, starch_family, mass_only)
        names = {dish.starch} | {f for f, also in rules["also"].items() if dish.starch in also}
        named = max((found.pop(name, 0.0) for name in names), default=0.0)
        second = max(found.values(), default=0.0)
        limit = rules["most_none_g"] if dish.starch == "none" else rules["most_second_g"]
        too_light = dish.starch != "none" and named < max(rules["least_share"] * second, 1.0)
        if second >= limit or too_light:
            wrong.append((dish.dish_id, dish.starch, named, found))
    assert wrong == []


def test_a_dish_has_one_legume():
    limit = DEMANDS["legume"]["most_second_g"]
    for dish in DISHES.values():
        legumes = Counter()
        for food, mass_g in parts(dish):
            if food.group in ("legumes", "soy"):
                legumes[food.base] += mass_g
        assert sum(mass_g >= limit for mass_g in legumes.values()) <= 1, (dish.dish_id, legumes)


def test_no_dish_holds_what_safety_leaves_out_for_everybody_or_many():
    never = set(DEMANDS["flags"]["never"])
    wrong = [
        (d.dish_id, f.food_id) for d in DISHES.values() for f, _ in parts(d) if never & f.flags
    ]
    assert wrong == []


def test_allergens_and_diets_come_from_what_is_in_the_dish():
    for dish in DISHES.values():
        held = {food.food_id for food, _ in parts(dish)}
        if "soy_sauce" in held:
            assert {"wheat", "gluten", "soy"} <= allergens_of(dish, FOODS), dish.dish_id
        if "omelet" in held:
            assert {"egg", "milk"} <= allergens_of(dish, FOODS), dish.dish_id
        if "parmesan" in held:
            assert {"dairy", "rennet"} <= origin_of(dish, FOODS), dish.dish_id


@pytest.mark.parametrize(
    ("dish_id", "allergens", "origins"),
    [
        ("zucchini_fava_feta_frittata", {"egg", "milk"}, {"egg", "dairy"}),
        ("miso_salmon_soba_bok_choy", {"fish", "soy", "sesame", "gluten"}, {"fish", "honey"}),
        ("linguine_clams_broccoli", {"molluscs", "gluten", "wheat"}, {"shellfish"}),
        ("shrimp_edamame_fried_brown_rice", {"crustaceans", "soy"}, {"shellfish"}),
        ("trout_almonds_green_beans", {"fish", "tree_nut"}, {"fish"}),
        ("turkey_meatballs_whole_wheat_spaghetti", {"milk", "wheat"}, {"poultry", "dairy"}),
    ],
)
def test_a_dish_names_what_a_cook_would_warn_of(dish_id, allergens, origins):
    assert allergens <= allergens_of(DISHES[dish_id], FOODS)
    assert origins <= origin_of(DISHES[dish_id], FOODS)


@pytest.mark.parametrize("word", ["vegan", "gluten-free"])
def test_a_name_that_promises_a_diet_keeps_it(word):
    out = {"vegan": {"dairy", "egg", "honey", "meat", "poultry", "fish"}, "gluten-free": {"gluten"}}
    for dish in DISHES.values():
        if word in dish.name.lower():
            held = allergens_of(dish, FOODS) | origin_of(dish, FOODS)
            assert not held & out[word], dish.dish_id


def test_a_hot_dish_is_tagged_and_no_dish_for_children_is_hot():
    rule = DEMANDS["heat"]
    for dish in DISHES.values():
        chili_g = sum(
            rule["foods"].get(line.food_id, 0.0) * line.mass_g / dish.servings
            for line in dish.ingredients
            if "whole" not in line.measure
        )
        assert chili_g <= rule["most_mild_g"] or "spicy" in dish.tags, dish.dish_id
        is_hot = chili_g > 0.0 or any(word in dish.name.lower() for word in rule["names"])
        assert not is_hot or {"spicy", "a_little_hot"} & dish.tags, dish.dish_id
        assert not {"kids", "spicy"} <= dish.tags, dish.dish_id


# Safe to eat


def is_asked(rule, dish, text):
    if rule.get("only_if_kept") and not dish.keeps_days:
        return False
    held = any(
        food.food_id not in rule.get("except", ())
        and (
            food.group in rule.get("groups", ())
            or food.base in rule.get("bases", ())
            or food.food_id in rule.get("foods", ())
        )
        for food, _ in parts(dish)
    )
    return held or any(word in text for word in rule.get("words", ()))


@pytest.mark.parametrize("rule", DEMANDS["safe"], ids=lambda rule: rule["what"].replace(" ", "_"))
def test_the_text_says_what_safe_cooking_needs(rule):
    texts = {dish_id: text_of(dish) for dish_id, dish in DISHES.items()}
    asked = [one for one, text in texts.items() if is_asked(rule, DISHES[one], text)]
    words = [word.lower() for word in rule["any"]]
    assert [one for one in asked if not any(word in texts[one] for word in words)] == []
    assert asked, "the rule meets no dish: is a food renamed?"


def test_beans_that_start_dry_are_soaked_and_boiled_hard():
    for dish in DISHES.values():
        text = " ".join(dish.steps)
        # mung beans hold little of the lectin and are soft before ten minutes would matter
        if re.search(r"\bdry (?!mung)(?:\w+ )?(?:beans|ones|chickpeas)\b", text):
            assert re.search(r"boil(?:ed)? (?:them )?hard", text), dish.dish_id


def test_every_threshold_names_its_source():
    tables = [one for one in DEMANDS.values() if isinstance(one, dict)] + DEMANDS["safe"]
    named = {one["source"] for one in tables if "source" in one}
    assert named == set(DEMANDS["sources"])
