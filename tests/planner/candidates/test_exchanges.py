"""What may stand for what in a recipe, and what is safe for a small child."""

import itertools
import re
from dataclasses import replace

import pytest

from foods.embedded import parse_toml_once, read_data_text, read_embedded_foods
from planner.candidates.dish import Dish, Ingredient, allergens_of, read_embedded_dishes
from planner.candidates.exchanges import (
    exchanges_for,
    foods_better_without,
    hot_foods,
    read_exchanges,
    standing_for,
    with_exchanges,
)
from planner.candidates.servings import mass_per_food, odd_pieces
from planner.candidates.small_children import CHEWING, CHOKING, hazards_of, is_free_of
from planner.request.diets import find_diet
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.table.choice import cooked_for
from tests.exchanged import AVOIDED, foods_in, those_without
from tests.rows import rows
from tests.runs import IS_HARD

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
BY_ID = {dish.dish_id: dish for dish in DISHES}
WORDS_OF = {  # words of steps that name what is left out, and words before which they do not
    "milk": (
        r"milk|butter|yogurt|cream|parmesan|cheddar",
        "soy|oat|rice|coconut|peanut|almond|seed|cashew|ice|tofu",
    ),
    "gluten": (
        r"flour|soy sauce|worcestershire sauce|crispbreads?|crackers|egg noodles",
        "rice|corn|chickpea|buckwheat",
    ),
    "nuts": (r"walnuts?|almonds?|cashews?|peanuts?|pecans?|hazelnuts?|pistachios?|pine nuts", ""),
    "sesame": (r"sesame|tahini", ""),
    "fish": (r"fish sauce|worcestershire sauce|anchov\w+", ""),
}


def exchanged(name):
    """Give the dishes in which another food stands for who leaves that out."""
    out = AVOIDED[name]
    held = [dish for dish in those_without(name) if foods_in(BY_ID[dish.dish_id]) & out]
    return [dish for dish in held if not foods_in(dish) & out]


@pytest.mark.parametrize("name", AVOIDED)
def test_a_dish_is_exchanged_wholly_or_stays_as_it_is_written(name):
    rows = (row for row in read_exchanges() if row.is_usual or row.is_one_of_a_kind)
    usual = {row.instead for row in rows}
    assert exchanged(name)
    for dish in those_without(name):
        came = foods_in(dish) - foods_in(BY_ID[dish.dish_id]) - usual
        assert not came or not foods_in(dish) & AVOIDED[name]


PAIRS = [*itertools.combinations(AVOIDED, 2)][:: 1 if IS_HARD else 7]  # all before a release


@pytest.mark.parametrize("pair", PAIRS, ids=" ".join)
def test_allergens_are_those_of_what_is_in_it_for_two_wishes_at_once_too(pair):
    avoided = AVOIDED[pair[0]] | AVOIDED[pair[1]]
    for one in with_exchanges(DISHES, [avoided]):
        held = frozenset().union(*(FOODS[line.food_id].allergens for line in one.ingredients))
        assert allergens_of(one, FOODS) == held
        is_written = foods_in(one) == foods_in(BY_ID[one.dish_id])
        assert is_written or not foods_in(one) & avoided or exchanges_for(one, avoided) is None


@pytest.mark.parametrize("name", WORDS_OF)
def test_no_step_names_what_is_no_longer_there(name):
    words, before = WORDS_OF[name]
    apart = "".join(rf"(?<!{word} )" for word in before.split("|") if word)
    wrong = re.compile(rf"(?<!-){apart}\b(?:{words})\b(?! beans| seed| shell)", re.IGNORECASE)
    said = [
        (dish.dish_id, found[0])
        for dish in exchanged(name)
        for text in (dish.name, *dish.steps)
        for found in wrong.finditer(text)
        if not names_what_is_held(found[0], dish)
    ]
    assert not said


def names_what_is_held(word, dish):
    """Whether a food of the dish has the word in its name: sesame oil where the seeds went."""
    return any(word.lower().rstrip("s") in FOODS[food].name.lower() for food in foods_in(dish))


def test_the_name_says_what_stands_there():
    free, vegan = those_without("gluten"), those_without("vegan")
    names = {dish.dish_id: dish.name for dish in (*vegan, *free)}
    assert names["spaghetti_bolognese_beef"] == "Spaghetti bolognese, with gluten-free pasta"
    assert names["rye_bread_dill_butter"] == "Gluten-free bread with butter and dill"
    names = {dish.dish_id: dish.name for dish in vegan}
    wanted = "Corn flakes with soy drink, banana and strawberries"
    assert names["corn_flakes_milk_banana"] == wanted


@rows(__file__, "white_and_whole_grain_stand_for")
def test_white_and_whole_grain_stand_for_each_other(name, dish_id, went, came, called):
    made = next(dish for dish in those_without(name) if dish.dish_id == dish_id)
    assert went not in foods_in(made)
    assert came in foods_in(made)
    assert made.name == called
    held = went.removesuffix("_cooked").replace("whole_wheat", "whole-wheat").replace("_", " ")
    assert held == "pasta" or not any(held in step.lower() for step in made.steps)


COUNTED = re.compile(r"(\d+) (?:large |small )?(slice|roll|tortilla|pita|muffin|bagel|pot)s?\b")


@pytest.mark.parametrize("name", [*AVOIDED, ""])
def test_what_is_counted_stays_counted_whatever_stands_for_it(name):
    dishes = those_without(name) if name else with_exchanges(DISHES, [frozenset()])
    changed, counted = [variant for variant in dishes if variant not in DISHES], 0
    assert changed
    for dish in changed:
        assert odd_pieces(dish, FOODS, 1.0) == (), dish.dish_id
        for line in set(dish.ingredients) - set(BY_ID[dish.dish_id].ingredients):
            if (said := COUNTED.match(line.measure)) is not None:
                pieces = [measure.mass_g for measure in FOODS[line.food_id].measures]
                pieces += [float(figure) for figure in re.findall(r"(\d+) g", line.measure)]
                piece_g = line.mass_g / int(said[1])
                assert piece_g in [pytest.approx(piece, rel=0.05) for piece in pieces], dish.dish_id
                counted += 1
    assert counted or name not in {"gluten", "whole-wheat bread"}


def test_every_row_is_used_and_names_foods_of_the_table():
    used = {
        row
        for dish in (*DISHES, *with_exchanges(DISHES, [frozenset()]))
        for food_id in foods_in(dish)
        for row in standing_for(food_id, dish)
    }
    for row in read_exchanges():
        assert row.is_usual or row in used, row.instead
        is_spice = set(row.foods) == {"garlic_powder"}  # whose place nothing takes
        assert row.instead in FOODS or (not row.instead and (row.is_mild or is_spice))
        assert set(row.foods) <= set(FOODS.foods)
        assert all(share > 0 for share in row.foods.values())


HOT_WORDS = re.compile(r"\b(?:chil(?:i|ies)|cayenne|jalapeños?|spicy|fiery)\b", re.IGNORECASE)
HOT_OR_NOTHING = {
    "berbere_lentils_teff_collards", "buffalo_tofu_wrap_celery", "edamame_lime_chili",
    "jerk_chicken_rice_pigeon_peas", "kung_pao_tofu_peanuts", "mapo_tofu_mushrooms",
    "pasta_white_beans_kale", "popcorn_chili_pumpkin_seeds",
}  # fmt: skip


def mild_dishes(*avoided):
    """Give (as others have it, for a child) of every dish that is hot."""
    usual = with_exchanges(DISHES, [frozenset()])
    mild = with_exchanges(DISHES, [frozenset(avoided)], [True])
    pairs = zip(usual, mild, strict=True)
    return [(pair, made) for pair, made in pairs if "spicy" in pair.tags]


def test_what_is_hot_is_mild_for_a_child_but_for_what_is_hot_or_nothing():
    assert {dish.dish_id for dish, made in mild_dishes() if "spicy" in made.tags} == HOT_OR_NOTHING
    for dish, made in mild_dishes():
        is_mild = dish.dish_id not in HOT_OR_NOTHING
        assert made.name == (f"{dish.name}, mild" if is_mild else dish.name)
        assert is_mild or foods_in(BY_ID[dish.dish_id]) & hot_foods() <= foods_in(made)


@pytest.mark.parametrize("avoided", [(), ("paprika",), ("red_pepper_raw",), ("green_pepper_raw",)])
def test_nothing_hot_is_left_in_list_steps_or_nutrients_of_a_mild_dish(avoided):
    heat = read_settings("dishes.toml")["heat"]
    for dish, made in mild_dishes(*avoided):
        if "spicy" in made.tags:
            continue
        grams = mass_per_food(made)
        hot_g = sum(heat["foods"].get(food, 0.0) * mass for food, mass in grams.items())
        assert hot_g <= heat["most_mild_g"], dish.dish_id
        assert not hot_foods() & grams.keys()
        went = hot_foods() & mass_per_food(dish).keys()
        assert went, dish.dish_id
        assert made.yield_g - dish.yield_g == pytest.approx(
            sum(line.mass_g for line in made.ingredients)
            - sum(line.mass_g for line in dish.ingredients)
        )
        # a chili stays one that is called so: the pot of beans, never the pod
        pot = re.compile(r"(?:the|For the) chili\b|chilis\b", re.IGNORECASE)
        is_pot = "chili" in dish.name.lower().replace("mild", "")
        for step in made.steps:
            said = pot.sub("", step) if is_pot else step
            assert not HOT_WORDS.search(said), (dish.dish_id, step)


def test_gluten_free_bread_is_not_for_who_avoids_egg_at_the_same_table():
    both = [AVOIDED["egg"], AVOIDED["gluten"]]
    cooked = {exchange.dish_id: exchange for exchange in with_exchanges(DISHES, both)}
    assert "bread_sourdough" in foods_in(cooked["caprese_sourdough"])


def test_who_does_not_bear_lactose_drinks_milk_without_it():
    who = PlanRequest(Profile("f", 41, conditions=("lactose intolerance",)))
    cooked = {dish.dish_id: dish for dish in cooked_for({"": who}, FOODS, DISHES)}
    assert foods_better_without(["lactose_intolerance"])
    assert "milk_lactose_free" in foods_in(cooked["corn_flakes_milk_banana"])


def test_a_vegan_may_have_what_was_exchanged():
    out = find_diet("vegan").without_origin
    for dish in exchanged("vegan"):
        assert not any(FOODS[food_id].origin & out for food_id in foods_in(dish))


def test_where_nobody_avoids_gluten_the_usual_food_stands_in_its_place():
    dishes = DISHES
    free = {"tamari", "rolled_oats_gluten_free", "oatmeal_gluten_free_cooked"}
    usual = with_exchanges(dishes, [frozenset()])
    assert free <= {line.food_id for dish in dishes for line in dish.ingredients}
    assert not free & {line.food_id for dish in usual for line in dish.ingredients}
    told = " ".join(step for dish in usual for step in dish.steps).lower()
    assert "tamari" not in told
    assert "gluten-free oats" not in told


def kept_of(asked=(), avoided=()):
    """Give the dishes of who asks for some foods and avoids others, by id."""
    made = with_exchanges(DISHES, [frozenset(avoided)], (), frozenset(asked))
    return {dish.dish_id: dish for dish in made}


def test_what_is_one_of_its_kind_stands_in_every_dish_that_is_not_named_after_another():
    made = kept_of()
    wrap, salad = made["egg_avocado_breakfast_wrap"], made["arugula_parmesan_lemon"]
    assert "spinach_raw" in foods_in(wrap)
    assert "arugula" not in foods_in(wrap)
    assert "arugula" in foods_in(salad)
    gone = [food_id for dish in made.values() for food_id in foods_in(dish)]
    for food_id in ("milk_reduced_fat", "chicken_stock", "almonds_slivered", "shallot"):
        assert gone.count(food_id) < sum(food_id in foods_in(dish) for dish in DISHES) / 2


PLATE = Dish(
    "plate", "Plate", "snack", ("snack",), "any", "", 1, 100.0, 5, 5, "none", "none",
    frozenset(), 0, 1, "half", (Ingredient("banana", 100.0, "1 small"),), ("Serve it.",),
)  # fmt: skip


def plate_with(food_id, measure="", step="Serve it."):
    line = Ingredient(food_id, 30.0, measure)
    return replace(PLATE, ingredients=(*PLATE.ingredients, line), steps=(step,))


def test_a_dish_without_a_hazard_is_for_small_children_unless_it_is_hot():
    assert is_free_of(CHOKING, PLATE, FOODS)
    assert not is_free_of(CHOKING, replace(PLATE, tags=frozenset({"spicy"})), FOODS)


@pytest.mark.parametrize(
    "food_id", ["grapes", "almonds", "carrot_raw", "popcorn", "raisins", "pumpkin_seeds"]
)
def test_a_hazard_is_named_with_its_remedy(food_id):
    (found,) = hazards_of(plate_with(food_id), FOODS)
    assert (found.food_id, found.name) == (food_id, FOODS[food_id].name)
    assert found.remedy
    assert not is_free_of(CHOKING, plate_with(food_id), FOODS)


@rows(__file__, "what_is_cut_ground_or_soaked")
def test_what_is_cut_ground_or_soaked_is_none(food_id, measure, step):
    assert hazards_of(plate_with(food_id, measure, step), FOODS) == ()


@rows(__file__, "a_word_about_something_else_makes")
def test_a_word_about_something_else_makes_nothing_safe(food_id, step):
    assert hazards_of(plate_with(food_id, "", step), FOODS)


TAGS = [("under_5", CHOKING), ("soft", CHEWING)]


@pytest.mark.parametrize(("tag", "file"), TAGS)
def test_files_say_which_dishes_are_free_of_hazards_and_no_others(tag, file):
    said = {dish.dish_id for dish in BY_ID.values() if tag in dish.tags}
    assert said == {dish.dish_id for dish in BY_ID.values() if is_free_of(file, dish, FOODS)}


@pytest.mark.parametrize(("tag", "file"), TAGS)
def test_no_exchange_brings_a_hazard(tag, file):
    made = [
        exchanged
        for dish in BY_ID.values()
        for line in dish.ingredients
        for exchanged in with_exchanges([dish], [frozenset({line.food_id})])
        if tag in exchanged.tags
    ]
    assert len(made) > 400
    assert not [dish.dish_id for dish in made if hazards_of(dish, FOODS, file)]


@rows(__file__, "what_is_hard_to_chew_is")
def test_what_is_hard_to_chew_is_soft_only_where_the_steps_make_it_so(food_id, step, is_soft):
    assert is_free_of(CHEWING, plate_with(food_id, step=step), FOODS) == is_soft


@pytest.mark.parametrize("file", [CHOKING, CHEWING])
def test_every_hazard_names_its_source_and_foods_that_exist(file):
    rules = parse_toml_once(read_data_text(file))
    named = {food_id for rule in rules["hazard"] for food_id in rule["foods"]}
    assert {rule["source"] for rule in rules["hazard"]} == set(rules["sources"])
    assert named <= {food.food_id for food in FOODS}
