"""What people change: the data names foods that there are, and nothing that a plan would not."""

import pytest

from foods.embedded import read_embedded_foods
from planner.improve.habits import ADDITIONS, BY_ENERGY, BY_MEASURE, additions, families, rules
from planner.settings import read_settings

FAMILIES = [pytest.param(one, id=one.name) for one in families()]
ROWS = [pytest.param(one, id=f"{one.kind} {one.says}") for one in additions()]
SHUNNED = {"oxalate_green", "brazil_nut", "liver", "high_mercury", "raw_sprouts", "uncommon"}


def groups_of(food_ids):
    foods = read_embedded_foods()
    return {foods[one].group for one in food_ids}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_names_foods_of_the_catalogue(family):
    foods = read_embedded_foods()
    assert {*family.come, *family.gone} <= {*foods.foods}
    assert family.by in (BY_MEASURE, BY_ENERGY)
    assert family.points >= 0


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_comes_that_only_looks_good_or_that_few_may_have(family):
    foods = read_embedded_foods()
    assert not any(foods[one].flags & SHUNNED for one in family.come)


@pytest.mark.parametrize("row", ROWS)
def test_an_addition_is_eaten_in_a_usual_amount(row):
    foods = read_embedded_foods()
    assert all(foods[one].serving.amounts()[0] <= row.most for one in row.foods)
    assert not any(foods[one].flags & SHUNNED for one in row.foods)
    assert row.meals
    assert row.points >= 0


def test_a_drink_stands_for_a_drink_and_bread_for_bread():
    drinks = {"milk", "plant_drink", "drink", "fruit_juice"}
    for family in families():
        gone, come = groups_of(family.gone), groups_of(family.come)
        if come & {"milk", "plant_drink"}:
            assert gone <= drinks, family.name
        if come & {"bread"}:
            assert gone <= {"bread", "snack"}, family.name
        if gone & {"egg", "fish", "poultry", "red_meat"}:
            assert come <= {"egg", "fish", "poultry", "red_meat"}, family.name


def test_points_and_limits_are_in_their_order():
    points = rules()["points"]
    assert points["amount"] < points["swap"] < points["add"] < points["remove"] < points["dish"]
    assert points["popularity"] == sorted(points["popularity"])
    assert all(read_settings(ADDITIONS)["source"] for _one in additions())
