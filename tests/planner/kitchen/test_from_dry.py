import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.kitchen.sold import shelves_of, sold_as
from planner.kitchen.used_up import asked_uses, soaked, with_own_dry
from planner.request.read import request_from_dict

FOODS = read_embedded_foods()
(DISH,) = (one for one in read_embedded_dishes() if one.dish_id == "chana_masala_kale")
USE = {"preferences": {"use": {"chickpeas, dry": 500}}}
PANTRY = {"week": {"pantry": [{"food": "chickpeas_dry", "amount": 1, "unit": "kg"}]}}
FIRST = {"week": {**PANTRY["week"], "from_pantry": True}}


def sold_for(request):
    (own,) = with_own_dry([DISH], request_from_dict(request), FOODS)
    food, mass_g = sold_as(FOODS, shelves_of("us"), "chickpeas_cooked", 100.0, own)
    return own, food.food_id, mass_g


@pytest.mark.parametrize("request_", [USE, FIRST])
def test_dry_beans_of_ones_own_stand_for_those_from_a_can(request_):
    own, food_id, mass_g = sold_for(request_)
    assert (food_id, mass_g) == ("chickpeas_dry", 43.0)
    assert soaked(own, [("chickpeas_cooked", 200.0)], FOODS) == {"Chickpeas, dry": 86.0}
    assert "soaked chickpeas" in own.steps[0]
    assert not any("canned" in step for step in own.steps)


@pytest.mark.parametrize("request_", [{}, PANTRY, {"preferences": {"use": {"chickpeas, dry": 10}}}])
def test_a_can_stays_where_dry_beans_are_not_to_be_used_up_or_too_few(request_):
    own, food_id, _ = sold_for(request_)
    assert (own, food_id) == (DISH, "chickpeas_canned")


@pytest.mark.parametrize("name", ["chickpeas", "Chickpeas, canned, drained"])
def test_a_can_that_is_to_be_used_up_counts_in_dishes_that_take_it_from_a_can(name):
    request = request_from_dict({"preferences": {"use": {name: 255}}})
    ((_, use),) = asked_uses(request, FOODS, [DISH])
    assert use.taken_by(DISH.dish_id, [("chickpeas_cooked", 200.0)]) == 200.0
    assert use.taken_by("another", [("chickpeas_cooked", 200.0)]) in (0.0, 86.0)  # bought dry


def test_red_lentils_of_ones_own_stand_for_those_from_a_can_where_they_may_cook_soft():
    dal, salad = (
        one for name in ("dal_tadka_spinach", "french_lentil_salad_walnuts")
        for one in read_embedded_dishes() if one.dish_id == name
    )  # fmt: skip
    request = request_from_dict({"preferences": {"use": {"red lentils": 900}}})
    own, kept = with_own_dry([dal, salad], request, FOODS)
    food, mass_g = sold_as(FOODS, shelves_of("us"), "lentils_cooked", 100.0, own)
    assert (food.food_id, mass_g, kept) == ("red_lentils_dry", 33.0, salad)
    assert "dry red lentils" in own.steps[0]
    assert soaked(own, [("lentils_cooked", 200.0)], FOODS) == {}
