from dataclasses import replace

import pytest

from foods.food import UsualServing
from planner.candidates.candidate import FoodExclusion
from planner.candidates.names import Meaning
from planner.candidates.select import Selection, select_candidates
from planner.check.judge import check_plan
from planner.meals.rules import MealRules, Place, read_meal_rules
from tests.plates import CUP, day, food, item, request, table, target

SHIPPED = read_meal_rules()
SNACK = Place("snack.main", "snack", True, (), ("fruit",), ())
RULES = MealRules((SNACK,), SHIPPED.rules, SHIPPED.points)


def snack(food_id, words=(), **per_100g):
    made = food(food_id, words=words, **per_100g)
    return replace(
        made,
        roles=frozenset({"fruit"}),
        serving=UsualServing(CUP, 1, 1, 2, 7, frozenset({"snack"})),
    )


FOODS = table(
    snack("apple", iron_mg=0.5, magnesium_mg=8.0),
    snack("pear", iron_mg=None, magnesium_mg=7.0),
    snack("jelly", words=["origin:gelatine"], iron_mg=0.0, magnesium_mg=1.0),
)


def select(**selection):
    found = select_candidates(FOODS, (), RULES, Selection(**selection))
    return {one.candidate_id for one in found.candidates}, {
        one.candidate_id: one for one in found.left_out
    }


def test_a_food_that_lacks_a_constrained_nutrient_is_left_out_with_the_reason():
    kept, left_out = select(constrained=("iron_mg",))
    assert kept == {"apple", "jelly"}
    assert left_out["pear"].reason.startswith("Iron is unknown for 100%")


def test_a_food_may_lack_what_nobody_asks_for():
    kept, _ = select(constrained=("magnesium_mg",))
    assert "pear" in kept


def test_an_origin_that_is_excluded_is_left_out_with_the_reason():
    vegan = FoodExclusion(frozenset({"gelatine"}), "not in a vegan diet", "diet")
    kept, left_out = select(exclusions=(vegan,))
    assert kept == {"apple", "pear"}
    assert left_out["jelly"].code == "diet"


def test_what_a_name_means_is_left_out():
    kept, _ = select(without=(Meaning("apple", frozenset({"apple"})),))
    assert kept == {"jelly", "pear"}


@pytest.mark.parametrize("servings", [1, 2])
def test_a_portion_holds_what_the_judge_finds_in_its_grams(servings):
    found = select_candidates(FOODS, (), RULES, Selection())
    (apple,) = [one for one in found.candidates if one.candidate_id == "apple"]
    portion = apple.servings[servings - 1]
    served = item("apple", dict(portion.portion.ingredients), "food")
    days = [day(1, FOODS, snack=served)]
    (judged,) = check_plan(days, [target("magnesium_mg", 0.0)], FOODS, request()).findings
    amount = portion.amounts[found.nutrients.index("magnesium_mg")]
    assert amount == pytest.approx(judged.value)  # 8 mg per cup of 100 g
    assert judged.value == pytest.approx(8.0 * servings)
