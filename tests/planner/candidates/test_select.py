"""Who is a candidate, in which portions, and why the others are not."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from foods.errors import FoodDataError
from foods.food import Measure, UsualServing
from planner.candidates.dish import Dish, Ingredient, read_embedded_dishes
from planner.candidates.names import Meaning
from planner.candidates.select import (
    NOT_ALONE,
    FoodExclusion,
    Selection,
    check_something_left,
    select_candidates,
)
from planner.check.lines import KnownFood
from planner.check.printed import time_alone
from planner.errors import CandidatesError
from planner.meals.patterns import Place
from planner.meals.rules import MealRules, read_meal_rules
from tests.plates import food, table

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
A_CUP = Measure("cup", 240.0)


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
    out = next(one for one in result.left_out if one.candidate_id == candidate_id)
    return out.code, out.reason


def test_where_nothing_is_left_the_reason_of_most_is_told():
    words = frozenset({"oxalate_green", "dairy"})
    without_apple = [one for one in FOODS if one.food_id != "apple"]
    exclusion = FoodExclusion(words, "you said so", "wish")
    chosen = select(BEANS_AND_RICE, foods=without_apple, exclusions=(exclusion,))
    with pytest.raises(CandidatesError, match=r"3 of 3 .* left out, like Beans and rice: you"):
        check_something_left(chosen)


def test_every_dish_and_food_is_a_candidate_or_left_out_with_a_reason():
    result = select(BEANS_AND_RICE)
    ids = [one.candidate_id for one in result.candidates]
    assert ids == ["apple", "beans_and_rice", "beans_and_rice.leftover", "yogurt"]
    assert result.count_sources() + len(result.left_out) == len(FOODS) + 1
    assert all(one.reason for one in result.left_out)


def test_what_was_chosen_is_known_when_the_same_is_asked_again_and_only_then():
    once = select(BEANS_AND_RICE, most_unknown=0.01)
    assert select(replace(BEANS_AND_RICE), most_unknown=0.01) is once
    assert select(BEANS_AND_RICE, most_unknown=0.01, constrained=("magnesium_mg",)) is not once
    assert select(lean(), most_unknown=0.01) is not once


def test_a_dish_stands_on_the_places_of_its_kind_and_meals():
    assert found(select(BEANS_AND_RICE), "beans_and_rice").places == ("lunch.main", "dinner.main")


def test_a_food_stands_where_its_meals_roles_and_groups_fit():
    # a fruit is a first snack; yogurt a second one, or the end of a lunch
    result = select(BEANS_AND_RICE)
    assert found(result, "apple").places == ("snack.first",)
    assert found(result, "yogurt").places == ("lunch.finish", "snack.second")


def test_portions_of_a_food_lie_in_the_window_of_its_group():
    # fruit 70-180 g: 1 apple of 150 g, not one and a half; a half is none, since it comes whole
    apple = found(select(), "apple")
    assert [one.portion.mass_g for one in apple.servings] == [150.0]


def one_serving(candidate):
    return next(one for one in candidate.servings if one.portion.servings == 1)


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


def test_a_serving_with_more_energy_than_a_plate_holds_is_no_portion():
    # three fifths of 150 x 1.3 + 200 x 1.2 + 50 x 0.2 = 267 kcal; with rice of 600 kcal 843, and
    # one and a quarter of it 1054, beyond the 900 of a main dish
    rich = [replace(one, per_100g={**one.per_100g, "energy_kcal": 600.0}) for one in FOODS[1:2]]
    less = lean()
    usual, dense = (
        found(select(less, foods=foods), "beans_and_rice").servings
        for foods in (FOODS, (FOODS[0], *rich, *FOODS[2:]))
    )
    assert [one.portion.servings for one in usual] == [0.75, 1.0, 1.25]
    assert [one.portion.servings for one in dense] == [0.75, 1.0]


def test_more_than_one_serving_of_a_dish_is_no_mountain_and_no_second_sandwich():
    # 241 g a serving; with 400 g of apples one and a quarter are 801 g, beyond the 700 g of a plate
    small = lean()
    wrap = replace(small, dish_id="wrap", tags=frozenset({"handheld"}))
    vast = replace(small, dish_id="vast", ingredients=(
        *small.ingredients, Ingredient("apple", 800.0, "5 apples")))  # fmt: skip
    result = select(small, wrap, vast)
    told = {one: [s.portion.servings for s in found(result, one).servings]
            for one in ("beans_and_rice", "wrap", "vast")}  # fmt: skip
    assert told == {"beans_and_rice": [0.75, 1.0, 1.25], "wrap": [1.0], "vast": [0.75, 1.0]}


@pytest.mark.parametrize(
    ("least", "told"), [(1.4, [1.0, 1.25, 1.5]), (1.0, [0.75, 1.0, 1.25, 1.5])]
)
def test_who_eats_much_is_offered_portions_near_the_usual_one_and_a_whole_serving(least, told):
    # the second misses meals on some days alone: portions of the other days are offered as well
    rules = read_meal_rules()
    size = rules.rules["servings"]
    usual = {"usual": 1.4, "usual_least": dict.fromkeys(size["most"], least)}
    large = {**rules.rules, "servings": {**size, **usual}}
    result = select(lean(), rules=replace(rules, rules=large))
    found_of = found(result, "beans_and_rice").servings
    assert [one.portion.servings for one in found_of] == told


def test_drinking_water_counts_neither_as_food_nor_as_unknown():
    soup = replace(BEANS_AND_RICE, ingredients=(Ingredient("beans", 300.0, ""),
                                                Ingredient("tap", 500.0, "")))  # fmt: skip
    result = select(soup, foods=(*FOODS, food("tap", group="water")))
    serving = one_serving(found(result, "beans_and_rice"))
    assert serving.food_g == 150.0
    assert serving.unknown_g.max() == 150.0  # what the beans lack, and nothing for the tap


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


def test_a_dish_may_be_left_out_by_its_own_name():
    meaning = Meaning("legumes", frozenset(), frozenset({"beans_and_rice"}))
    result = select(BEANS_AND_RICE, without=(meaning,))
    assert why_not(result, "beans_and_rice") == ("wish", "left out as asked: legumes")


@pytest.mark.parametrize(("limit", "codes"), [(30, []), (29, ["minutes"])])
def test_a_dish_that_takes_longer_than_the_limit_is_out(limit, codes):
    result = select(BEANS_AND_RICE, max_minutes=limit)
    assert [o.code for o in result.left_out if o.candidate_id == "beans_and_rice"] == codes


@pytest.mark.parametrize(("most", "is_out"), [(0.004, True), (0.006, False)])
def test_a_dish_may_lack_figures_for_a_small_share_of_its_mass(most, is_out):
    # herbs without magnesium: 4 of 804 g, 0.5 %
    result = select(BEANS_AND_RICE, constrained=("magnesium_mg",), most_unknown=most)
    out = [one.code for one in result.left_out if one.candidate_id == "beans_and_rice"]
    assert out == (["unknown"] if is_out else [])


def test_a_single_food_may_lack_no_figure_that_a_target_asks_for():
    blank = replace(FOODS[5], per_100g={**FOODS[5].per_100g, "iron_mg": None})
    result = select(foods=(blank,), constrained=("iron_mg",), most_unknown=0.5)
    assert why_not(result, "apple") == ("unknown", "Iron is unknown for 100% of it")


def test_a_dish_that_fits_no_planned_meal_is_left_out():
    rules = read_meal_rules()
    snacks = MealRules(
        tuple(place for place in rules.places if place.slot == "snack"), rules.rules, rules.points
    )
    result = select(BEANS_AND_RICE, rules=snacks)
    assert why_not(result, "beans_and_rice")[0] == "place"
    code, told = why_not(result, "beans")
    assert (code, told) == ("alone", NOT_ALONE.format(where="1:lunch", mass_g=200, name="Beans"))


def test_traits_tell_kitchens_family_and_weeks_limit():
    traits = found(select(BEANS_AND_RICE), "beans_and_rice").traits
    assert (traits.protein, traits.starch, traits.kitchens) == ("legume", "rice", {"latin"})
    assert traits.most_per_week == read_meal_rules().rules["dish_week"]["main"]


def test_only_fortified_drinks_and_calcium_set_tofu_stand_in_for_milk():
    drink = replace(food("oat_drink", group="plant_drink", words=("flag:ca_fortified",)),
                    roles=frozenset({"milk"}),
                    serving=UsualServing(A_CUP, 1, 1, 1, 7, {"breakfast"}))  # fmt: skip
    plain = replace(drink, food_id="rice_drink", name="Rice drink", flags=frozenset())
    result = select(foods=(drink, plain), milks=frozenset({"oat_drink", "rice_drink"}))
    assert found(result, "oat_drink").servings[0].dairy_occasions == 2.0
    assert found(result, "rice_drink").servings[0].dairy_occasions == 0.0


def test_an_ingredient_that_is_no_food_is_a_fault():
    with pytest.raises(FoodDataError, match="beans_and_rice: no food 'chard'"):
        select(BEANS_AND_RICE, foods=FOODS[:2])


def test_the_order_of_foods_and_dishes_changes_nothing():
    other = replace(BEANS_AND_RICE, dish_id="another", name="Another")
    first = select(BEANS_AND_RICE, other)
    second = select(other, BEANS_AND_RICE, foods=FOODS[::-1])
    assert [c.candidate_id for c in first.candidates] == [c.candidate_id for c in second.candidates]
    assert first.left_out == second.left_out


def test_one_kind_of_milk_is_in_the_house_unless_others_are_asked_for():
    milk = replace(food("milk_lowfat", group="milk", energy_kcal=42.0), roles=frozenset({"milk"}),
                   serving=UsualServing(A_CUP, 1, 1, 1, 7, {"breakfast"}))  # fmt: skip
    oat = replace(milk, food_id="oat_drink", base="oat_drink", group="plant_drink")
    both = {"foods": (milk, oat)}
    asked = select(**both, milks=frozenset({"oat_drink"}))
    assert why_not(select(**both), "oat_drink")[0] == "milk"
    assert why_not(asked, "milk_lowfat")[0] == "milk"
    none = FoodExclusion(frozenset({"milk_lowfat"}), "no milk", "wish")
    assert found(select(**both, exclusions=(none,)), "oat_drink")


@pytest.mark.parametrize(
    ("base", "partner"), [("naan", "flatbread"), ("roll", "roll"), ("rye_bread", "bread")]
)
def test_a_written_bread_stands_beside_what_its_bread_stands_beside(base, partner):
    bread = food(base, group="bread", energy_kcal=260.0, magnesium_mg=30.0, calcium_mg=30.0)
    side = replace(
        BEANS_AND_RICE, dish_id="side", kind="side", role="starch", starch="bread", protein="none",
        ingredients=(Ingredient(base, 100.0, "2"),),
    )  # fmt: skip
    assert found(select(side, foods=(*FOODS, bread)), "side").traits.served == partner


def test_a_dish_is_served_as_it_says_or_as_its_tags_and_vegetables_tell():
    own = replace(BEANS_AND_RICE, dish_id="own", served="curry", starch="none")
    soup = replace(BEANS_AND_RICE, dish_id="soup", tags=frozenset({"soup"}))
    bare = replace(BEANS_AND_RICE, dish_id="bare", starch="none")
    result = select(own, soup, bare, BEANS_AND_RICE)
    told = [found(result, one).traits.served for one in ("own", "soup", "bare", "beans_and_rice")]
    assert told == ["curry", "soup", "centre", "one_dish"]  # 50 g of chard are no cup


def test_what_is_no_good_warmed_up_is_not_cooked_double():
    rules = read_meal_rules()
    again = {**rules.rules["leftover"], "apart_dishes": ["beans_and_rice"]}
    apart = replace(rules, rules={**rules.rules, "leftover": again})
    dish = replace(BEANS_AND_RICE, slots=("dinner",))
    ids = {one.candidate_id for one in select(dish).candidates}
    assert "beans_and_rice.leftover" in ids
    assert "beans_and_rice.leftover" not in {
        one.candidate_id for one in select(dish, rules=apart).candidates
    }


def test_what_is_named_in_the_rules_is_a_dish():
    known = {dish.dish_id for dish in read_embedded_dishes()}
    assert set(read_meal_rules().rules["leftover"]["apart_dishes"]) <= known


@pytest.mark.parametrize(
    ("changes", "is_kept"),
    [
        ({"kind": "breakfast", "tags": frozenset({"batch"})}, True),
        ({"kind": "breakfast"}, False),  # cooked for the day
        ({"kind": "side", "role": "starch", "servings": 6}, False),  # made anew
        ({"kind": "breakfast", "tags": frozenset({"batch"}), "keeps_days": 0}, False),
        (
            {"kind": "breakfast", "tags": frozenset({"batch"}), "minutes": 7},
            False,
        ),  # as fast made anew
        ({"kind": "breakfast", "tags": frozenset({"batch"}), "protein": "fish"}, False),
        ({}, False),  # a dinner has its second meal at lunch
    ],
)
def test_what_is_cooked_once_and_eaten_while_it_keeps(changes, is_kept):
    dish = replace(BEANS_AND_RICE, **{"slots": ("breakfast", "lunch", "dinner"), **changes})
    assert BEANS_AND_RICE.keeps_days == 2
    assert found(select(dish), "beans_and_rice").traits.is_kept is is_kept


def test_a_starch_by_itself_takes_its_cooking_as_the_judge_knows_it():
    foods = read_embedded_foods()
    place = Place(
        "dinner.starch", "dinner", required=False, dishes=(), foods=("starch",), groups=()
    )
    shared = read_meal_rules()
    rules = MealRules((place,), shared.rules, shared.points)
    chosen = select_candidates(foods, (), rules, Selection()).candidates
    minutes = {one.candidate_id: (one.traits.minutes, one.traits.active_minutes) for one in chosen}
    assert minutes["white_rice_cooked"] == (20, 3)
    assert minutes["potato_boiled"] == (25, 5)
    assert minutes["roll_whole_wheat"] == (0, 0)
    for one in (foods[name] for name in minutes):
        known = KnownFood(one.food_id, one.name, one.group, one.per_100g, one)
        assert time_alone(known) == minutes[one.food_id], one.food_id
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
    offered = {one.source_id for one in select(own).candidates}
    assert "own_rice" in offered


def test_what_is_put_on_a_meal_may_be_there_though_it_is_for_another():
    noon = replace(BEANS_AND_RICE, dish_id="noon", slots=("lunch",))
    sweet = replace(noon, dish_id="sweet", kind="dessert", slots=("dinner",), starch="none")
    put = {"noon": frozenset({"dinner"}), "sweet": frozenset({"snack"})}
    usual, asked = select(noon, sweet), select(noon, sweet, put=put)
    assert found(usual, "noon").places == ("lunch.main",)
    assert set(found(asked, "noon").places) == {"lunch.main", "dinner.main"}
    assert "snack.first" in found(asked, "sweet").places
