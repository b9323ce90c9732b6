"""Recipes that take what is left over and cooked already."""

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.export.recipe_text import recipe_book
from planner.kitchen.errand import Errand
from planner.kitchen.left_over import with_left_over
from planner.kitchen.shopping import list_shopping
from planner.kitchen.used_up import asked_uses
from planner.plan.plan import Plan
from planner.request.preferences import Preferences
from planner.request.request import PlanRequest
from tests.plates import day, item

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
SIDE, PUT_COLD = "fluffy_basmati_rice_butter", "or put it cold into what is eaten cold."
RISOTTO = "mushroom_risotto_parmesan"


def entries(food, mass_g, *dinners):
    """The recipes of one dish for each day, of (dish id, food id → mass)."""
    request = PlanRequest(preferences=Preferences(use={f"leftover {food}": mass_g}))
    uses = [use for _, use in asked_uses(request, FOODS, DISHES.values())]
    days = [day(at, FOODS, dinner=item(*one)) for at, one in enumerate(dinners, start=1)]
    plan = Plan(tuple(days), {}, {}, None, 0.0, 1)
    shopping = list_shopping(plan, FOODS, Errand("metric"), None)
    book = recipe_book(plan, FOODS, "metric", DISHES.values(), None, shopping, uses=uses)
    return [book.entry(one, one.meals[0], one.meals[0].items[0]) for one in days]


def test_a_recipe_lists_what_is_left_over_cooked_and_does_not_cook_it():
    rice = (SIDE, {"basmati_rice_cooked": 150.0})
    first, second, third, late = entries("rice", 200.0, rice, rice, rice, rice)
    assert first.takes == (("White basmati rice, cooked, left over", "", "150 g"),)
    assert first.steps[0].startswith("Take all of the white basmati rice from what is left over")
    assert first.steps[0].endswith(PUT_COLD)
    assert "Warm the rice up with the butter and the salt." in first.steps
    assert not any("boil" in step for step in first.steps)
    left, dry = second.takes
    assert (left[0], left[2]) == ("White basmati rice, cooked, left over", "50 g")
    assert dry[0].startswith("White basmati rice, dry")
    assert second.steps[0].startswith("Take 50 g of the white basmati rice from what is left over")
    assert any("to a boil" in step for step in second.steps)  # the rest is cooked
    assert third.takes == late.takes
    assert not any("left over" in text for text in (*third.steps, *map(str, third.takes)))


def test_what_is_past_its_days_or_boiled_in_a_pot_with_other_things_is_cooked_anew():
    rice = (SIDE, {"basmati_rice_cooked": 150.0})
    water = (SIDE, {"butter": 5.0})
    *_, fifth = entries("rice", 200.0, *[water] * 4, rice)
    (risotto,) = entries("rice", 200.0, (RISOTTO, {"white_rice_cooked": 150.0}))
    for one in (fifth, risotto):
        assert not any("left over" in text for text in (*one.steps, *map(str, one.takes)))


@pytest.mark.parametrize(
    ("dish", "food", "gone", "said"),
    [
        ("stuffed_peppers_beef_rice", "white_rice_cooked", "Boil the white rice", ""),
        ("beef_taco_rice_bowl", "brown_rice_cooked", "Boil the brown rice", "Take the rice and"),
        ("lemon_herb_couscous", "couscous_cooked", "boiling water over", "Warm the couscous up"),
        ("linguine_shrimp_scampi", "pasta_cooked", "", "do here only what is said of all else"),
        ("cod_tomato_potatoes_olives", "potato_boiled", "Boil the peeled", "Heat the oven"),
    ],
)
def test_steps_that_boil_it_alone_go_and_the_others_say_that_it_is_cooked(dish, food, gone, said):
    steps = " ".join(with_left_over(DISHES[dish], [food], FOODS).steps)
    assert said in steps
    assert not gone or gone not in steps


def test_what_comes_from_a_can_is_simmered_as_ever():
    dish = DISHES["chili_con_carne_kidney_beans"]
    assert with_left_over(dish, ["kidney_beans_cooked"], FOODS) == dish


@pytest.mark.parametrize(
    ("dish", "said"),
    [
        ("spaghetti_tuna_cherry_tomatoes", "Make the sauce meanwhile."),
        ("mushroom_walnut_bolognese", "Mix the spaghetti with the sauce and a splash"),
        ("minestrone_white_beans", "Stir the pasta in at the end so that it does not"),
        ("penne_pesto_green_beans", "Boil the beans for 6 minutes, and the penne, cooked already,"),
    ],
)
def test_pasta_that_is_left_over_has_a_step_of_its_own_and_is_not_boiled(dish, said):
    own = DISHES[dish]
    pasta = next(one.food_id for one in own.ingredients if "pasta" in one.food_id)
    told = " ".join(with_left_over(own, [pasta], FOODS).steps)
    assert said in told
    assert "do here only" not in told
    assert said not in " ".join(own.steps)
