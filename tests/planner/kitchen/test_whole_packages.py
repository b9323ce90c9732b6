"""Bags of 100 g of spinach and tubs of 200 g of yogurt, eaten in dishes made by hand."""

from dataclasses import replace

import pytest

from planner.candidates.as_cooked import with_amounts
from planner.candidates.dish import Ingredient, read_embedded_dishes
from planner.kitchen.errand import Errand
from planner.kitchen.pantry import Pantry
from planner.kitchen.sold import parse_packages
from planner.kitchen.whole_packages import amounts_with, flexes_of
from planner.plan.plan import Plan
from tests.plates import day, food, item, table

SPINACH, YOGURT, RICE, SODA, LIME = (
    food("spinach", group="leafy_greens", price=5.0),
    food("yogurt", group="yogurt", price=5.0),
    food("rice", group="refined_grains", price=5.0),
    food("soda", group="baking"),
    food("lime_juice", group="fruit", price=5.0),
)
FOODS = table(SPINACH, YOGURT, RICE, SODA, LIME)
SHOP = parse_packages(
    "food_id,pack,label,size_g\nspinach,bag,100 g,100\nyogurt,tub,200 g,200\nrice,bag,500 g,500\n"
    "lime_juice,bottle,100 g,100\n",
    "by hand",
)


def recipe(dish_id, *food_ids, whole=False):
    lines = tuple(Ingredient(one, 10.0, "10 g", whole=whole) for one in food_ids)
    return replace(read_embedded_dishes()[0], dish_id=dish_id, name=dish_id, ingredients=lines)


def changes(*dinners, recipes):
    """(lines, share) of what would use up packages; dinners are (dish id, masses [g])."""
    days = [
        day(number, FOODS, dinner=item(dish_id, masses))
        for number, (dish_id, masses) in enumerate(dinners, start=1)
    ]
    plan = Plan(tuple(days), {}, {}, None, 0.0, 0)
    errand = Errand(own=SHOP, pantry=Pantry(), recipes=tuple(recipes))
    return [(one.lines, one.share) for one in flexes_of(plan, FOODS, errand, None)]


SALAD, SOUP = recipe("salad", "spinach"), recipe("soup", "spinach", "rice")
OF_SALAD = (("salad", "spinach"),)


@pytest.mark.parametrize(
    ("eaten_g", "share"),
    [
        (80, 1.23),  # 20 of 100 g would spoil; a hundredth of the bag is not counted on
        (98, None),  # a spoonful
        (76, 1.3),  # leaves 1.2 g
        (60, None),  # no third more
        (120, 0.83),  # without the second bag
        (150, 1.3),  # two bags: 45 of the 50 g that are left
        (145, None),  # neither one bag nor two
    ],
)
def test_a_recipe_takes_a_bag_more_or_less(eaten_g, share):
    found = changes(("salad", {"spinach": eaten_g}), recipes=[SALAD])
    assert found == ([] if share is None else [(OF_SALAD, share)])


def test_dishes_of_one_bag_change_by_the_same_share():
    dinners = (("salad", {"spinach": 40.0}), ("soup", {"spinach": 45.0, "rice": 90.0}))
    found = changes(*dinners, recipes=[SALAD, SOUP])
    assert found == [((("salad", "spinach"), ("soup", "spinach")), 1.16)]


def test_what_is_eaten_by_itself_stays_as_it_is():
    dinners = (("salad", {"spinach": 40.0}), ("spinach", {"spinach": 50.0}))
    assert changes(*dinners, recipes=[SALAD]) == [(OF_SALAD, 1.22)]


@pytest.mark.parametrize(
    ("dish", "masses"),
    [
        (recipe("muffins", "spinach", "soda"), {"spinach": 80.0, "soda": 5.0}),  # a batter
        (recipe("halves", "spinach", whole=True), {"spinach": 80.0}),  # in whole pieces
        (recipe("limes", "lime_juice"), {"lime_juice": 80.0}),  # the taste hangs on it
        (recipe("plain", "rice"), {"rice": 400.0}),  # rice keeps
    ],
)
def test_some_recipes_and_foods_are_left_as_they_are(dish, masses):
    assert changes((dish.dish_id, masses), recipes=[dish]) == []


def test_a_tub_that_is_past_its_days_is_not_counted_on_for_later():
    recipes = [recipe("dip", "yogurt"), recipe("sauce", "yogurt")]
    empty = [("plain", {"rice": 80.0})] * 8
    dinners = [("dip", {"yogurt": 160.0}), *empty, ("sauce", {"yogurt": 180.0})]
    found = changes(*dinners, recipes=recipes)
    assert sorted(found) == [((("dip", "yogurt"),), 1.23), ((("sauce", "yogurt"),), 1.1)]


def test_the_recipe_is_cooked_with_the_amounts_that_were_found():
    (change,) = flexes_of(
        Plan(
            (day(1, FOODS, dinner=item("soup", {"spinach": 80.0, "rice": 90.0})),),
            {},
            {},
            None,
            0,
            0,
        ),
        FOODS,
        Errand(own=SHOP, pantry=Pantry(), recipes=(SOUP,)),
        None,
    )
    amounts = amounts_with([change])
    cooked, other = with_amounts([SOUP, SALAD], amounts)
    assert [line.mass_g for line in cooked.ingredients] == pytest.approx([12.3, 10.0])
    assert other == SALAD
