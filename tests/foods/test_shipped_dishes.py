"""What the shipped dishes promise: names, amounts, steps, salt and variety."""

import math
import re
import tomllib
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import (
    BRACES,
    allergens_of,
    amount_per_serving,
    check_dishes_against,
    origin_of,
    read_embedded_dishes,
    states_water,
)
from planner.candidates.exchanges import with_exchanges
from planner.candidates.servings import dish_portions, mass_per_food, odd_pieces
from planner.kitchen.bought import recipe_lines
from planner.kitchen.measures import grams_per, kitchen_amount, steps_for
from planner.meals.rules import read_meal_rules
from planner.request.diets import read_allergens, read_diets
from tests.each import for_each
from tests.exchanged import DIETS, NAMES, those_without
from tests.foods.step_words import NUMBER, names, said_in, singular, taken_of, words_in
from tests.foods.step_words import food_words as words_of_steps
from tests.rows import rows

DEMANDS = tomllib.loads(files("configs").joinpath("dishes.toml").read_text(encoding="utf-8"))
FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
PLATES = [dish for dish in DISHES.values() if dish.kind in ("main", "breakfast")]
SENTENCE = re.compile(r"[.!?](?:\s|$)")
TIME = re.compile(r"\d (?:more )?(?:minutes?|hours?|seconds?)")


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
        (dish.dish_id, other.dish_id)
        for index, (dish, first) in enumerate(found)
        for other, second in found[:index]
        if not may_be_alike(dish, other) and cosine(first, second) > DEMANDS["alike"]["most_cosine"]
    ]
    assert alike == []


def test_no_two_dishes_have_the_same_steps_once_foods_are_masked():
    found = [(dish.dish_id, masked(dish.steps)) for dish in DISHES.values()]
    most, alike = DEMANDS["alike"]["most_steps_ratio"], []
    for index, (dish_id, words) in enumerate(found):
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(words)
        alike += [(dish_id, o) for o, first in found[:index] if steps_alike(first, matcher, most)]
    assert alike == []


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
    assert [dish_id for dish_id, share in shares_known.items() if share < 1] == []


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


@rows(__file__, "a_dish_names_what_a_cook")
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
    asked = [dish_id for dish_id, text in texts.items() if is_asked(rule, DISHES[dish_id], text)]
    words = [word.lower() for word in rule["any"]]
    assert [dish_id for dish_id in asked if not any(word in texts[dish_id] for word in words)] == []
    assert asked, "the rule meets no dish: is a food renamed?"


def test_beans_that_start_dry_are_soaked_and_boiled_hard():
    for dish in DISHES.values():
        text = " ".join(dish.steps)
        # mung beans hold little of the lectin and are soft before ten minutes would matter
        if re.search(r"\bdry (?!mung)(?:\w+ )?(?:beans|ones|chickpeas)\b", text):
            assert re.search(r"boil(?:ed)? (?:them )?hard", text), dish.dish_id


SHIPPED_VARIETY_DISHES = read_embedded_dishes()
LEAST = {"breakfast": 25, "lunch": 30, "dinner": 40}


def meals_of(dishes) -> Counter:
    """Count breakfasts, and mains by the meals that they fit."""
    counts = Counter()
    for dish in dishes:
        if dish.kind in ("breakfast", "main"):
            counts.update(dish.slots)
    return counts


@pytest.mark.parametrize("diet", sorted(read_diets()))
def test_each_diet_leaves_enough(diet):
    without = read_diets()[diet].without_origin
    left = meals_of(d for d in SHIPPED_VARIETY_DISHES if not origin_of(d, FOODS) & set(without))
    assert all(left[meal] >= least for meal, least in LEAST.items()), left


@pytest.mark.parametrize("allergen", sorted(read_allergens()))
def test_each_single_allergen_leaves_enough(allergen):
    words = read_allergens()[allergen].words
    left = meals_of(d for d in SHIPPED_VARIETY_DISHES if not allergens_of(d, FOODS) & words)
    assert all(left[meal] >= least for meal, least in LEAST.items()), left


TABLE = tomllib.loads((Path(__file__).parent / "data/dish_titles.toml").read_text("utf-8"))
SALAD, STIR_FRY = TABLE["salad"], TABLE["stir_fry"]
ROUNDED = 1e-6


def keys(food_id):
    """Words by which a row of the table may name a food."""
    food = FOODS[food_id]
    return {food.food_id, food.base, food.group}


def grams(dish, rows):
    """Mass per serving of the foods that are named by id, base or group [g]."""
    return sum(i.mass_g for i in dish.ingredients if keys(i.food_id) & set(rows)) / dish.servings


def without(dish, *food_ids):
    lines = tuple(line for line in dish.ingredients if line.food_id not in food_ids)
    return replace(dish, ingredients=lines)


def every(faults_of, dishes=None):
    """Say of each dish that has faults its id, its title and all of them, one in a line."""
    found = ((dish, list(faults_of(dish))) for dish in dishes or DISHES.values())
    lines = [f"{d.dish_id}, {d.name}: {', '.join(faults)} missing" for d, faults in found if faults]
    return "\n".join(sorted(lines))


def title_of(dish):
    """Give the title without phrases that name no ingredient."""
    title = dish.name.lower()
    for phrase in TABLE["names"]["phrases"]:
        title = title.replace(phrase, " , ")
    return title


def pairs_in(text):
    """Words of a text that follow each other, each in the singular."""
    for part in re.split("[,;]", text.lower()):
        words = [singular(word) for word in re.findall(r"[^\W\d_]+", part)]
        yield from (" ".join(pair) for pair in pairwise(words))


@cache
def base_pairs():
    """Pairs of words that are in the id or the base of a food together."""
    texts = (text.replace("_", " ") for food in FOODS for text in (food.food_id, food.base))
    pairs = {pair for text in texts for pair in pairs_in(text)}
    return frozenset(pairs - set(TABLE["names"]["not_pairs"]))


@cache
def all_words(food_id):
    """All words of a food's name and base, those too that it shares with many."""
    food = FOODS[food_id]
    return words_in(f"{food.name} , {food.base.replace('_', ' ')}") | names(food_id)


@cache
def keeps(food_id, promise):
    """Whether a food is what a word, or two, of a title promise."""
    rows = TABLE["words"].get(promise) or TABLE["pairs"].get(promise)
    if rows:
        return bool(keys(food_id) & set(rows))
    if " " in promise:
        return words_in(promise) <= all_words(food_id)
    return promise in names(food_id)


@cache
def least_g(food_id):
    """Give the least amount per serving of a food that a title names [g]."""
    fits = (row["least_g"] for row in TABLE["less"] if keys(food_id) & set(row["foods"]))
    return next(fits, TABLE["least_g"])


def promises(dish):
    """Words and pairs of words of a title that name something to eat."""
    title = title_of(dish)
    words = words_in(title) & (words_of_steps() | set(TABLE["words"]))
    return sorted(words | (set(pairs_in(title)) & (base_pairs() | set(TABLE["pairs"]))))


def kept_share(dish, promise):
    """Give how much of the least amount is there: 1 and above keep the promise."""
    own = [row["least_g"] for row in TABLE["dish"]
           if (row["id"], row["word"]) == (dish.dish_id, promise)]  # fmt: skip
    held = [line for line in dish.ingredients if keeps(line.food_id, promise)]
    least = {line.food_id: own[0] if own else least_g(line.food_id) for line in held}
    return sum(line.mass_g / least[line.food_id] for line in held) / dish.servings


def not_kept(dish):
    return [promise for promise in promises(dish) if kept_share(dish, promise) < 1 - ROUNDED]


def test_what_a_title_names_is_in_the_list():
    assert sum(bool(promises(dish)) for dish in DISHES.values()) > 0.95 * len(DISHES)
    assert not (missing := every(not_kept)), missing


@rows(__file__, "what_is_taken_out_is_missed")
def test_what_is_taken_out_is_missed_by_the_title(dish_id, foods, missing):
    dish = DISHES[dish_id]
    assert not_kept(dish) == []
    assert missing in not_kept(without(dish, *foods))


def is_salad(dish):
    named = words_in(dish.name) & set(SALAD["titles"])
    is_one = dish.role == "salad" or "salad" in dish.tags or named
    return bool(is_one) and dish.kind not in SALAD["not_kinds"]


def fat_g(dish):
    """Fat per serving of what dresses a salad [g]."""
    lines = (line for line in dish.ingredients if keys(line.food_id) & set(SALAD["fat"]))
    fats = ((FOODS[line.food_id].per_100g["fat_g"] or 0.0) * line.mass_g / 100 for line in lines)
    return sum(fats) / dish.servings


def sourless(dish):
    if is_salad(dish) and grams(dish, SALAD["cultured"]) < SALAD["least_cultured_g"]:
        yield from ["acid"] * (grams(dish, SALAD["sour"]) < SALAD["least_sour_g"] - ROUNDED)


def undressed(dish):
    if is_salad(dish) and fat_g(dish) < SALAD["least_fat_g"]:
        yield "fat"
    yield from sourless(dish)


def test_every_salad_has_fat_and_acid():
    assert sum(map(is_salad, DISHES.values())) > len(DISHES) / 10
    assert not (missing := every(undressed)), missing


def is_stir_fry(dish):
    text = " ".join((dish.name, *dish.steps)).lower()
    return any(re.search(rf"\b{word}", text) for word in STIR_FRY["words"])


def bland(dish):
    least = STIR_FRY["least_g"] - ROUNDED
    if is_stir_fry(dish):
        yield from (part for part in ("sauce", "aromatic") if grams(dish, STIR_FRY[part]) < least)


def test_every_stir_fry_has_a_sauce_and_something_aromatic():
    assert sum(map(is_stir_fry, DISHES.values())) > len(DISHES) / 50
    assert not (missing := every(bland)), missing


def garnished(dish):
    """Name the tofu or tempeh of which a main dish of soy has too little to be one."""
    if (dish.kind, dish.protein) == ("main", "soy"):
        held = {food_id: grams(dish, [food_id]) for food_id in TABLE["soy"]}
        yield from (food_id for food_id, g in held.items() if 0 < g < TABLE["soy"][food_id])


def test_tofu_of_a_main_dish_is_more_than_a_garnish():
    assert not (missing := every(garnished)), missing
    dish = DISHES["tofu_pad_thai"]
    few = tuple(replace(one, mass_g=one.mass_g * 0.75) for one in dish.ingredients)
    assert list(garnished(replace(dish, ingredients=few))) == ["tofu"]


def empty_words(dish):
    """Words of a title that nothing in the list keeps, however little of it."""
    return [promise for promise in promises(dish) if not kept_share(dish, promise)]


@pytest.mark.parametrize("faults_of", [empty_words, bland, sourless])
def test_what_stands_for_another_food_keeps_the_title(faults_of):
    usual = with_exchanges(tuple(DISHES.values()), [frozenset()])
    given = {dish for name in (*NAMES, *DIETS) for dish in those_without(name)}
    assert not (missing := every(faults_of, {*usual, *given})), missing


SALT, COOKED = DEMANDS["salt"], DEMANDS["cooked"]


def is_savoury(dish):
    """Mains and sides are, and breakfasts that are not tagged sweet."""
    return dish.kind in ("main", "side") or (dish.kind == "breakfast" and "sweet" not in dish.tags)


def salt_g_per_100g(dish):
    """Salt that holds as much sodium as the dish [g per 100 g of what is ready]."""
    sodium_mg = sum(
        (FOODS[line.food_id].per_100g["sodium_mg"] or 0.0) * line.mass_g / 100
        for line in dish.ingredients
    )
    return sodium_mg / 1000 * SALT["g_per_g_sodium"] / dish.yield_g * 100


def test_every_savoury_dish_is_salted():
    found = {d.dish_id: salt_g_per_100g(d) for d in DISHES.values() if is_savoury(d)}
    assert len(found) > len(DISHES) / 2
    assert {dish_id: g for dish_id, g in found.items() if g < SALT["least_g_per_100g"]} == {}


def cooked_lines(dish):
    """Lines of grain, pasta and potatoes in the state in which they are eaten."""
    return [
        line
        for line in dish.ingredients
        if (food := FOODS[line.food_id]).state == "eaten"
        and (food.group in COOKED["groups"] or food.base in COOKED["bases"])
    ]


def told(dish, line):
    """Steps from the first that names a food to the one after the last, with its measure."""
    at = [i for i, step in enumerate(dish.steps) if names(line.food_id) & words_in(step)]
    steps = dish.steps[at[0] : at[-1] + 2] if at else ()
    return " ".join((*steps, line.measure)).lower()


def presupposed(dish):
    """Foods of a dish that no step cooks, or that its steps take as cooked already."""
    texts = {line.food_id: told(dish, line) for line in cooked_lines(dish)}
    return [
        food_id
        for food_id, text in texts.items()
        if not any(word in text for word in COOKED["any"])
        or any(phrase in text for phrase in COOKED["never"])
    ]


def test_no_dish_presupposes_cooked_grain_or_potatoes():
    found = {dish.dish_id: presupposed(dish) for dish in DISHES.values()}
    assert sum(bool(cooked_lines(dish)) for dish in DISHES.values()) > len(DISHES) / 4
    assert {dish_id: foods for dish_id, foods in found.items() if foods} == {}


def test_a_dish_whose_rice_is_there_already_is_found():
    dish = DISHES["nasi_goreng_egg_cabbage"]
    rice = "Loosen the rice with wet hands."
    uncooked = replace(dish, steps=(rice, "Serve it cold."))
    leftover = replace(dish, steps=(rice, "Boil the peas; use leftover rice of the day before."))
    assert presupposed(dish) == []
    assert presupposed(uncooked) == presupposed(leftover) == ["brown_rice_cooked"]


COOK_THROUGH_DISHES = read_embedded_dishes()
NUTRIENTS = ("energy_kcal", "protein_g", "magnesium_mg", "calcium_mg", "sodium_mg")
each_dish = for_each(COOK_THROUGH_DISHES, lambda dish: dish.dish_id)


@each_dish
def test_what_goes_in_comes_out(dish):
    least, most = DEMANDS["yield"]["least"], DEMANDS["yield"]["most"]
    eaten_g = [portion.mass_g / portion.servings for portion in dish_portions(dish, FOODS)]
    recipe_g = sum(line.mass_g for line in dish.ingredients)
    assert least * recipe_g <= dish.yield_g <= most * recipe_g
    slack = DEMANDS["rounding"]["most"]
    assert eaten_g == pytest.approx([recipe_g / dish.servings] * len(eaten_g), rel=slack)


@each_dish
def test_a_serving_has_the_energy_of_its_kind(dish):
    least, most = DEMANDS["energy_kcal"][dish.kind]
    assert least <= amount_per_serving(dish, FOODS, "energy_kcal")[0] <= most


@each_dish
def test_what_is_eaten_is_its_share_of_the_recipe(dish):
    slack, salt_mg = DEMANDS["rounding"]["most"], DEMANDS["rounding"]["most_salt_mg"]
    for nutrient in NUTRIENTS:
        one, _ = amount_per_serving(dish, FOODS, nutrient)
        least = salt_mg if nutrient == "sodium_mg" else 0.0
        for portion in dish_portions(dish, FOODS):
            parts = ((FOODS[name].per_100g[nutrient] or 0, g) for name, g in portion.ingredients)
            eaten = sum(per_100g * mass_g / 100 for per_100g, mass_g in parts)
            assert eaten == pytest.approx(portion.servings * one, rel=slack, abs=least), nutrient


@each_dish
def test_every_amount_that_may_be_printed_can_be_measured(dish):
    for portion in dish_portions(dish, FOODS):
        odd = [
            (portion.servings, food_id, mass_g)
            for food_id, mass_g in portion.ingredients
            if mass_g >= DEMANDS["measured"]["least_g"]
            and FOODS[food_id].group not in DEMANDS["measured"]["apart"]
            and not kitchen_amount(FOODS[food_id], mass_g)
        ]  # fmt: skip
        assert odd == []


@each_dish
def test_eggs_slices_and_rolls_come_out_in_pieces(dish):
    numbers = [portion.servings for portion in dish_portions(dish, FOODS)]
    assert 1.0 in numbers
    assert [odd_pieces(dish, FOODS, number) for number in numbers] == [()] * len(numbers)


SERVINGS = (1, 2, 4)
RANGE = rf"(?:{NUMBER})(?: (?:to|or) (?:{NUMBER}))?"
UNCHANGED = re.compile(
    rf"{RANGE}(?: more)?[ -]?(?:minutes?|seconds?|hours?|days?|months?|°C|°F|cm|mm)\b"
    rf"|\b(?:last|for|another|after|than|give(?:s)? (?:it|them)|after the first) {RANGE}"
    rf"(?= (?:more|to cool|off|of them)\b|[,.;:]| in the\b| under\b| and\b)"
    rf"|{RANGE} (?:minutes )?more\b"
)


def outside_braces(step):
    return UNCHANGED.sub("~", BRACES.sub("~", step))


@for_each(DISHES.values(), lambda one: one.dish_id)
def test_every_number_of_a_step_is_worked_out_or_the_same_for_any_servings(dish):
    left = [step for step in map(outside_braces, dish.steps) if re.search(r"\d", step)]
    assert left == []


@pytest.mark.parametrize("servings", SERVINGS)
def test_steps_never_take_more_of_a_food_than_the_list_has(servings):
    checked = 0
    for dish in DISHES.values():
        share = servings / dish.servings
        masses = {food_id: mass_g * share for food_id, mass_g in mass_per_food(dish).items()}
        taken = Counter()
        for food_id, mass_g in taken_of(dish, steps_for(dish.steps, share, "metric")):
            taken[food_id] += mass_g
            checked += 1
        for food_id, mass_g in taken.items():
            spoon_g = grams_per(FOODS[food_id], "tsp") or 0.0
            assert mass_g <= masses[food_id] + spoon_g / 8, (dish.dish_id, food_id)
    assert checked > 20


def test_water_is_told_in_the_steps_and_stands_in_no_list():
    with_water = [d for d in DISHES.values() if "tap_water" in mass_per_food(d)]
    assert len(with_water) > 50
    for dish in with_water:
        assert any(map(states_water, dish.steps)), dish.dish_id
        lines = recipe_lines(mass_per_food(dish).items(), dish, FOODS, "us")
        assert "tap_water" not in {line.food_id for line in lines}, dish.dish_id


def held(dish):
    """Every word by which something in the list may be called."""
    return set().union(*(names(line.food_id) for line in dish.ingredients))


def not_in_the_list(dish):
    """Words of the steps that name a food, and nothing in the list."""
    return (said_in(dish) & words_of_steps()) - held(dish)


def not_in_the_steps(dish):
    """Foods of the list that no word of the steps names."""
    said = said_in(dish)
    return [line.food_id for line in dish.ingredients if not names(line.food_id) & said]


def steps_without(dish, food_id):
    lines = tuple(line for line in dish.ingredients if line.food_id != food_id)
    return replace(dish, ingredients=lines)


def test_every_food_that_the_steps_name_stands_in_the_list():
    found = {dish.dish_id: not_in_the_list(dish) for dish in DISHES.values()}
    assert {dish_id: words for dish_id, words in found.items() if words} == {}


def test_every_line_of_the_list_is_named_in_the_steps():
    found = {dish.dish_id: not_in_the_steps(dish) for dish in DISHES.values()}
    assert {dish_id: foods for dish_id, foods in found.items() if foods} == {}


@rows(__file__, "a_line_that_is_taken_out")
def test_a_line_that_is_taken_out_is_missed_by_its_word(dish_id, food_id, word):
    assert word in not_in_the_list(steps_without(DISHES[dish_id], food_id))
