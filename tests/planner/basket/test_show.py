"""A basket as text and as JSON."""

import json

import numpy as np
import pytest

from planner.basket.answer import BasketAnswer
from planner.basket.bands import BasketFood, BasketTable, NutrientBand
from planner.basket.show import basket_as_text
from planner.basket.solve import solve_basket
from planner.wire.base import json_text
from planner.wire.basket import WrittenBasket


def as_json(table, answer):
    return json_text(WrittenBasket.of_answer(table, answer))


def shop(iron=(6.0, None), most=4.0, cost=1.5):
    """Rice has 1.5 mg of iron and an unknown amount of zinc, water nothing."""
    foods = (BasketFood("rice", cost, 1, most), BasketFood("water", 0.0))
    content = np.array([[1.5, np.nan], [0.0, 0.0]])
    return BasketTable(foods, ("iron", "zinc"), content, (NutrientBand("iron", *iron),))


def shown(table, form):
    return form(table, solve_basket(table))


def test_the_json_answer_is_complete_and_unrounded():
    answer = json.loads(shown(shop(iron=(5.0, None)), as_json))
    assert answer.pop("solver")
    assert answer == {
        "status": "optimal",
        "objective": 5.0,
        "bound": 5.0,
        "amounts": {"rice": 5 / 1.5, "water": 0.0},
        "nutrients": {"iron": 5.0, "zinc": None},
        "prices": {"iron": 1.0},
        "conflict": [],
        "relaxations": [],
        "unlimited": [],
        "notes": [],
    }


def test_the_json_of_no_basket_names_rows_as_the_person_wrote_them():
    answer = json.loads(shown(shop(iron=(12, None)), as_json))
    assert (answer["status"], answer["objective"], answer["amounts"]) == ("infeasible", None, {})
    assert answer["conflict"] == ["rice <= 4", "iron >= 12"]
    assert answer["relaxations"] == [
        {"row": "rice <= 4", "from": 4.0, "to": 8.0},
        {"row": "iron >= 12", "from": 12, "to": 6.0},
    ]


def test_the_text_is_a_table_within_80_columns():
    text = shown(shop(), basket_as_text)
    lines = text.splitlines()
    assert lines[0] == "Cheapest basket: cost 6, 1 of 2 foods"
    single_spaced = [" ".join(line.split()) for line in lines]
    assert {"rice 4 6 1 4", "iron 6 6 1", "zinc unknown"} <= set(single_spaced)
    assert max(map(len, lines)) <= 80


def test_the_text_of_no_basket_says_what_to_change():
    text = shown(shop(iron=(12, None)), basket_as_text)
    assert "These cannot all hold:\n  rice <= 4\n  iron >= 12\n" in text
    assert "  iron >= 12: change 12 to 6" in text


def test_the_text_says_when_no_single_change_is_enough():
    table = shop(iron=(12, None))
    answer = BasketAnswer("infeasible", conflict=solve_basket(table).conflict, notes=("A note.",))
    assert "another conflict remains.\nA note." in basket_as_text(table, answer)


def test_the_text_names_the_food_that_costs_less_than_nothing():
    text = shown(shop(cost=-1.0, most=None), basket_as_text)
    assert "keeps falling as more is added of: rice." in text


def test_a_food_named_like_a_nutrient_says_which_it_is():
    foods = (BasketFood("fat", 1.0, 0, 2),)
    table = BasketTable(foods, ("fat",), np.array([[1.0]]), (NutrientBand("fat", 3),))
    assert "  fat <= 2 (food)\n  fat >= 3\n" in shown(table, basket_as_text)


def test_a_basket_found_in_time_states_its_bound():
    table = shop()
    answer = BasketAnswer("feasible", 6, 5.5, {"rice": 4, "water": 0}, {"iron": 6, "zinc": 1})
    text = basket_as_text(table, answer)
    assert text.startswith("Best basket found in time: cost 6")
    assert "No basket can cost less than 5.5" in text


@pytest.mark.parametrize("form", [basket_as_text, as_json])
def test_no_basket_in_time_is_said(form):
    assert "time" in form(shop(), BasketAnswer("no_plan_in_time"))
