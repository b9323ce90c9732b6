"""What can be cooked of what is at hand: what uses most of it and needs least comes first."""

import json

import pytest
from click.testing import CliRunner

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import Meaning, find_meaning
from planner.cli import cli
from planner.cli.dishes import DishFilter, dishes_without, filter_dishes
from planner.kitchen.at_hand import dishes_of, is_sold_in
from planner.kitchen.cooked_already import foods_meant
from planner.kitchen.pantry import is_staple

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()


def meanings(*names):
    return [find_meaning(name, FOODS, ()) for name in names]


def listed(*words):
    done = CliRunner().invoke(cli, ["dishes", "list", *words])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize(
    ("name", "means", "not_meant"),
    [
        ("almonds", "almonds", "almond_butter"),
        ("cashews", "cashews", "cashew_butter"),
        ("peanuts", "peanuts_roasted", "peanut_butter"),
        ("oranges", "orange", "orange_juice"),
        ("chickpeas", "chickpeas_dry", "flour_chickpea"),
    ],
)
def test_a_food_at_home_is_none_that_is_made_of_it(name, means, not_meant):
    found = foods_meant(name, FOODS, DISHES)
    assert means in found
    assert not_meant not in found


def test_what_uses_most_and_needs_least_comes_first():
    found = dishes_of(DISHES, FOODS, meanings("chicken", "rice", "spinach"))
    order = [(-len(one.used), len(one.missing)) for one in found]
    assert order == sorted(order)
    assert found[0].used == ("chicken", "rice", "spinach")
    assert all(one.used for one in found)


def test_nothing_at_hand_and_nothing_that_most_kitchens_have_is_bought():
    for one in dishes_of(DISHES, FOODS, meanings("eggs", "oats")):
        staples = {food.name for food in FOODS if is_staple(food.food_id)}
        assert not staples & set(one.missing)
        assert "Eggs" not in one.missing
        assert not any(name.startswith("Rolled oats") for name in one.missing)


def test_it_is_listed_with_what_is_to_be_bought():
    text = " ".join(listed("--have", "chicken, rice, spinach", "--kind", "main").split())
    assert "Uses chicken, rice, spinach. To buy: " in text
    answer = json.loads(listed("--have", "eggs, oats", "--diet", "vegan", "--json"))
    assert answer
    assert all(one["used"] == ["oats"] and "missing" in one for one in answer)
    assert "used" not in json.loads(listed("--kind", "dessert", "--json"))[0]


def test_a_pantry_is_what_is_at_home(tmp_path):
    pantry = tmp_path / "pantry.csv"
    pantry.write_text("food,amount,unit\nchickpeas dry,2,kg\nspinach,1,lb\n")
    assert listed("--have", str(pantry)) == listed("--have", "chickpeas, spinach")
    assert listed("--from", str(pantry)) == listed("--have", str(pantry))


def test_a_name_that_nobody_knows_is_a_clear_error():
    done = CliRunner().invoke(cli, ["dishes", "list", "--have", "eggs, gobbledy"])
    assert done.exit_code != 0
    assert "gobbledy" in str(done.exception)


def test_what_a_diet_exchanges_stays_exchanged():
    """A drink that stands for milk is not milk again, so no vegan dish is lost."""
    vegan = {"diet": "vegan", "without": ()}
    known = dishes_without(DISHES, FOODS, **vegan)
    cooked = dishes_without(DISHES, FOODS, **vegan, is_cooked=True)
    wanted = DishFilter(None, None, "vegan", (), None)
    assert [one.dish_id for one in filter_dishes(cooked, FOODS, wanted)] == [
        one.dish_id for one in filter_dishes(known, FOODS, wanted)
    ]


def test_red_lentils_are_in_what_a_recipe_takes_of_them():
    assert "ezogelin_lentil_soup" in listed("--with", "red lentils", "--json")
    found = dishes_of(DISHES, FOODS, meanings("red lentils"))
    assert all("Red lentils, dry" not in one.missing for one in found if one.used)
    assert "mujaddara" not in {one.dish.dish_id for one in found}


def test_red_lentils_are_sold_in_what_cooks_them_and_not_in_what_cooks_brown_ones():
    dishes = {dish.dish_id: dish for dish in DISHES}
    red = Meaning("red lentils", frozenset({"red_lentils_dry"}), frozenset())
    assert is_sold_in(dishes["red_lentil_dal_spinach_basmati"], red, FOODS)
    assert not is_sold_in(dishes["polenta_lentil_ragu"], red, FOODS)
