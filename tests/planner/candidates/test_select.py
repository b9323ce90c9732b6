"""Who is a candidate, in which portions and how salted, and why the others are not."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from foods.food import Measure, UsualServing
from planner.candidates.as_cooked import ALL, salt_share, with_salt
from planner.candidates.dish import Dish, Ingredient, read_embedded_dishes
from planner.candidates.names import Meaning
from planner.candidates.select import FoodExclusion, Selection, select_candidates
from planner.candidates.servings import (
    dish_portions,
    in_words,
    kitchen_mass,
    odd_pieces,
)
from planner.check.judge import check_plan
from planner.check.lines import KnownFood
from planner.check.printed import time_alone
from planner.meals.patterns import Place
from planner.meals.rules import MealRules, read_meal_rules
from planner.meals.rules import Place as Place_of_left_out
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.settings import read_settings
from tests.kitchen import band
from tests.one_eater import prepare_week
from tests.plates import CUP as LEFT_OUT_CUP
from tests.plates import day, food, item, request, table, target
from tests.rows import rows

CUP = Measure("cup", 100.0)
FOODS = (
    food("beans", group="legumes", energy_kcal=130.0, magnesium_mg=70.0, calcium_mg=60.0),
    food("rice", group="whole_grains", energy_kcal=120.0, magnesium_mg=40.0, calcium_mg=10.0),
    food("chard", group="leafy_greens", words=("flag:oxalate_green",), energy_kcal=20.0,
         magnesium_mg=86.0, calcium_mg=58.0),
    food("ham", group="processed_meat", words=("origin:meat",), energy_kcal=150.0,
         magnesium_mg=20.0, calcium_mg=10.0),
    food("herbs", group="herb_spice", energy_kcal=0.0, magnesium_mg=None, calcium_mg=None),
    replace(food("apple", group="fruit", energy_kcal=50.0, magnesium_mg=5.0, calcium_mg=6.0),
            roles=frozenset({"fruit"}),
            serving=UsualServing(Measure("medium", 150.0), 0.5, 0.5, 2, 7, frozenset({"snack"}))),
    replace(food("yogurt", group="yogurt", words=("allergen:milk", "origin:dairy"),
                 energy_kcal=60.0, magnesium_mg=12.0, calcium_mg=120.0),
            roles=frozenset({"dairy"}),
            serving=UsualServing(CUP, 1, 1, 2, 7, frozenset({"snack", "lunch"}))),
)  # fmt: skip
BEANS_AND_RICE = Dish(
    "beans_and_rice", "Beans and rice", "main", ("lunch", "dinner"), "mexican", "", 2, 800.0, 30,
    10, "legume", "rice", frozenset(), 2, 1, "half",
    (Ingredient("beans", 300.0, "2 cups"), Ingredient("rice", 400.0, "2 cups"),
     Ingredient("chard", 100.0, "1 cup"), Ingredient("herbs", 4.0, "1 tsp")),
    ("Cook it for 20 minutes.",),
)  # fmt: skip


def lean():
    """Give a dish of three fifths of the usual one."""
    less = tuple(replace(one, mass_g=one.mass_g * 0.6) for one in BEANS_AND_RICE.ingredients)
    return replace(BEANS_AND_RICE, ingredients=less)


def select(*dishes, foods=FOODS, rules=None, **selection):
    rules = rules or read_meal_rules()
    return select_candidates(table(*foods), dishes, rules, Selection(**selection))


def found(result, candidate_id):
    return next(one for one in result.candidates if one.candidate_id == candidate_id)


def why_not(result, candidate_id):
    out = next(omission for omission in result.left_out if omission.candidate_id == candidate_id)
    return out.code, out.reason


def test_every_dish_and_food_is_a_candidate_or_left_out_with_a_reason():
    result = select(BEANS_AND_RICE)
    ids = [candidate.candidate_id for candidate in result.candidates]
    assert ids == ["apple", "beans_and_rice", "beans_and_rice.leftover", "yogurt"]
    assert result.count_sources() + len(result.left_out) == len(FOODS) + 1
    assert all(omission.reason for omission in result.left_out)


def one_serving(candidate):
    return next(serving for serving in candidate.servings if serving.portion.servings == 1)


def test_the_numbers_of_a_serving_are_sums_over_its_ingredients():
    # one of two servings: 150 g beans, 200 g rice, 50 g chard, 2 g herbs of unknown content
    result = select(BEANS_AND_RICE)
    serving = one_serving(found(result, "beans_and_rice"))
    at = result.nutrients.index("magnesium_mg")
    assert serving.amounts[at] == pytest.approx(1.5 * 70 + 2 * 40 + 0.5 * 86)
    assert serving.unknown_g[at] == 2.0
    assert (serving.food_g, serving.vegetables_g) == (402.0, 50.0)
    assert (serving.greens_g, serving.greens_calcium_mg) == (50.0, pytest.approx(29))
    assert serving.cost_usd == pytest.approx(4.02)


def test_more_than_one_serving_of_a_dish_is_no_mountain_and_no_second_sandwich():
    # 241 g a serving; with 400 g of apples one and a quarter are 801 g, beyond the 700 g of a plate
    small = lean()
    wrap = replace(small, dish_id="wrap", tags=frozenset({"handheld"}))
    vast = replace(small, dish_id="vast", ingredients=(
        *small.ingredients, Ingredient("apple", 800.0, "5 apples")))  # fmt: skip
    result = select(small, wrap, vast)
    told = {dish_id: [s.portion.servings for s in found(result, dish_id).servings]
            for dish_id in ("beans_and_rice", "wrap", "vast")}  # fmt: skip
    assert told == {"beans_and_rice": [0.75, 1.0, 1.25], "wrap": [1.0], "vast": [0.75, 1.0]}


def test_a_diet_leaves_out_what_holds_an_origin_and_says_where_it_stands():
    no_meat = FoodExclusion(frozenset({"meat"}), "not in a vegetarian diet", "diet")
    ham = replace(
        BEANS_AND_RICE, ingredients=(*BEANS_AND_RICE.ingredients, Ingredient("ham", 20.0, ""))
    )
    result = select(ham, exclusions=(no_meat,))
    assert why_not(result, "beans_and_rice") == ("diet", "not in a vegetarian diet (it holds Ham)")
    assert why_not(result, "ham") == ("diet", "not in a vegetarian diet")


@pytest.mark.parametrize(("is_allergen", "code"), [(True, "allergen"), (False, "wish")])
def test_without_a_food_its_dishes_are_out_too(is_allergen, code):
    meaning = Meaning("chard", frozenset({"chard"}), is_allergen=is_allergen)
    result = select(BEANS_AND_RICE, without=(meaning,))
    reason = "left out as asked: without chard (it holds Chard)"
    assert why_not(result, "beans_and_rice") == (code, reason)


@pytest.mark.parametrize(("most", "is_out"), [(0.004, True), (0.006, False)])
def test_a_dish_may_lack_figures_for_a_small_share_of_its_mass(most, is_out):
    # herbs without magnesium: 4 of 804 g, 0.5 %
    result = select(BEANS_AND_RICE, constrained=("magnesium_mg",), most_unknown=most)
    out = [one.code for one in result.left_out if one.candidate_id == "beans_and_rice"]
    assert out == (["unknown"] if is_out else [])


def test_a_starch_by_itself_takes_its_cooking_as_the_judge_knows_it():
    foods = read_embedded_foods()
    place = Place(
        "dinner.starch", "dinner", required=False, dishes=(), foods=("starch",), groups=()
    )
    shared = read_meal_rules()
    rules = MealRules((place,), shared.rules)
    chosen = select_candidates(foods, (), rules, Selection()).candidates
    minutes = {one.candidate_id: (one.traits.minutes, one.traits.active_minutes) for one in chosen}
    assert minutes["white_rice_cooked"] == (20, 3)
    assert minutes["potato_boiled"] == (25, 5)
    assert minutes["roll_whole_wheat"] == (0, 0)
    for minute in (foods[name] for name in minutes):
        known = KnownFood(minute.food_id, minute.name, minute.group, minute.per_100g, minute)
        assert time_alone(known) == minutes[minute.food_id], minute.food_id
    uncooked = {foods[name].group for name, (took, _) in minutes.items() if not took}
    assert uncooked == {"bread"}


def test_a_dish_that_no_plate_holds_is_left_out_with_the_figure_that_is_too_much():
    rice = replace(BEANS_AND_RICE, ingredients=(Ingredient("rice", 1800.0, "9 cups"),))
    (out,) = [one for one in select(rice).left_out if one.candidate_id == rice.dish_id]
    assert out.reason == (
        "a serving has 900 g of whole grains, and one plate 266 g at most: write its recipe for "
        "more servings"
    )
    pasta = replace(BEANS_AND_RICE, ingredients=(Ingredient("rice", 480.0, "2 1/2 cups"),))
    own = replace(pasta, dish_id="own_rice")  # 240 g a serving, of which its cook knows best
    offered = {candidate.source_id for candidate in select(own).candidates}
    assert "own_rice" in offered


SHIPPED = read_meal_rules()
SNACK = Place_of_left_out("snack.main", "snack", True, (), ("fruit",), ())
RULES = MealRules((SNACK,), SHIPPED.rules)


def snack(food_id, words=(), **per_100g):
    made = food(food_id, words=words, **per_100g)
    return replace(
        made,
        roles=frozenset({"fruit"}),
        serving=UsualServing(LEFT_OUT_CUP, 1, 1, 2, 7, frozenset({"snack"})),
    )


LEFT_OUT_FOODS = table(
    snack("apple", iron_mg=0.5, magnesium_mg=8.0),
    snack("pear", iron_mg=None, magnesium_mg=7.0),
    snack("jelly", words=["origin:gelatine"], iron_mg=0.0, magnesium_mg=1.0),
)


def select_of_left_out(**selection):
    found = select_candidates(LEFT_OUT_FOODS, (), RULES, Selection(**selection))
    return {candidate.candidate_id for candidate in found.candidates}, {
        candidate.candidate_id: candidate for candidate in found.left_out
    }


def test_a_food_that_lacks_a_constrained_nutrient_is_left_out_with_the_reason():
    kept, left_out = select_of_left_out(constrained=("iron_mg",))
    assert kept == {"apple", "jelly"}
    assert left_out["pear"].reason.startswith("Iron is unknown for 100%")


@pytest.mark.parametrize("servings", [1, 2])
def test_a_portion_holds_what_the_judge_finds_in_its_grams(servings):
    found = select_candidates(LEFT_OUT_FOODS, (), RULES, Selection())
    (apple,) = [candidate for candidate in found.candidates if candidate.candidate_id == "apple"]
    portion = apple.servings[servings - 1]
    served = item("apple", dict(portion.portion.ingredients), "food")
    days = [day(1, LEFT_OUT_FOODS, snack=served)]
    (judged,) = check_plan(days, [target("magnesium_mg", 0.0)], LEFT_OUT_FOODS, request()).findings
    amount = portion.amounts[found.nutrients.index("magnesium_mg")]
    assert amount == pytest.approx(judged.value)  # 8 mg per cup of 100 g
    assert judged.value == pytest.approx(8.0 * servings)


SOUP = Dish(
    "soup", "Soup", "main", ("lunch",), "any", "", 4, 1000.0, 30, 10, "none", "none",
    frozenset(), 2, 1, "half",
    (Ingredient("beans", 500.0, "3 cups"), Ingredient("oil", 10.0, "2 tsp"),
     Ingredient("bay_leaf", 0.2, "1 leaf"), Ingredient("oil", 6.0, "1 tsp")),
    ("Cook it for 20 minutes.",),
)  # fmt: skip
PITA = replace(food("pita", group="bread"), measures=(Measure("pita", 60.0),))
EGG = replace(food("egg_fried", group="egg"), measures=(Measure("large", 50.0),))
TABLE = table(food("beans"), food("oil"), food("bay_leaf"), PITA, EGG)


def soup_with(food_id, mass_g, measure, **words):
    """Give the soup for four with one more thing in it."""
    line = Ingredient(food_id, mass_g, measure, **words)
    return replace(SOUP, ingredients=(*SOUP.ingredients, line))


def offered(dish):
    return [portion.servings for portion in dish_portions(dish, TABLE)]


def test_a_dish_is_served_by_quarters_of_a_serving():
    portions = dish_portions(SOUP, TABLE)
    assert [portion.servings for portion in portions] == [0.5, 0.75, 1.0, 1.25, 1.5, 2.0]
    assert [portion.measure for portion in portions] == [
        "1/2 serving",
        "3/4 serving",
        "1 serving",
        "1 1/4 servings",
        "1 1/2 servings",
        "2 servings",
    ]


def test_bread_comes_in_whole_pieces():
    # 4 pitas for 4: one or two; 8: a half of a serving is one, one and a half are three
    assert offered(soup_with("pita", 240.0, "4 pitas")) == [1.0, 2.0]
    assert offered(soup_with("pita", 480.0, "8 pitas")) == [0.5, 1.0, 1.5, 2.0]
    assert odd_pieces(soup_with("pita", 360.0, "6 pitas"), TABLE, 0.5) == ("pita",)


def test_every_rule_of_pieces_names_its_source():
    settings = read_settings("meals/portions.toml")
    rows = [settings["servings"], settings["count"], *settings["pieces"], settings["alone"]]
    assert {row["source"] for row in rows} == set(settings["sources"])


@pytest.mark.parametrize(
    ("mass_g", "printed_g"),
    [(0.01, 0.1), (0.25, 0.2), (3.14, 3.1), (9.96, 10.0), (10.4, 10.0), (123.6, 124.0)],
)
def test_a_mass_is_whole_grams_or_tenths_below_ten_and_never_nothing(mass_g, printed_g):
    assert kitchen_mass(mass_g) == printed_g


@rows(__file__, "an_amount_is_written_as_a")
def test_an_amount_is_written_as_a_cook_would(number, measure, words):
    assert in_words(number, measure) == words


@pytest.mark.parametrize(("most_mg", "kcal", "share"), [(2300, 2000, ALL), (1500, 2000, 0.5)])
def test_sodium_is_tight_where_little_of_it_is_left_for_the_energy(most_mg, kcal, share):
    # 2300 mg of 2000 kcal are 1.15 mg per kcal, 1500 mg are 0.75; tight is below 0.9
    assert salt_share([band("sodium_mg", upper=most_mg)], kcal) == share


def test_half_of_the_salt_leaves_every_other_line_as_it_was():
    dishes = read_embedded_dishes()
    for dish, less in zip(dishes, with_salt(dishes, 0.5), strict=True):
        for line, other_line in zip(dish.ingredients, less.ingredients, strict=True):
            share = 0.5 if line.food_id == "salt" else 1.0
            assert other_line.mass_g == pytest.approx(line.mass_g * share)
            assert (other_line.measure == line.measure) == (share == 1.0)
    assert with_salt(dishes, ALL) is dishes


def test_with_high_blood_pressure_every_portion_holds_half_of_the_salt():
    prepared = prepare_week(PlanRequest(Profile("f", 60, conditions=("hypertension",))))
    dishes, seen = {dish.dish_id: dish for dish in read_embedded_dishes()}, 0
    for candidate in prepared.candidates.candidates:
        dish = dishes.get(candidate.source_id)
        for serving in candidate.servings if dish else ():
            salt_g = dict(serving.portion.ingredients).get("salt", 0.0)
            whole_g = sum(line.mass_g for line in dish.ingredients if line.food_id == "salt")
            assert salt_g <= whole_g * serving.portion.servings / dish.servings * 0.5 + 0.1
            seen += salt_g > 0
    assert seen > 100
