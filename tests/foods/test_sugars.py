"""Added sugars and lactose are parts of the sugars, and our estimates are those of the rules."""

import tomllib

import pytest

from foods.embedded import read_data_text, read_lookup_foods
from foods.importers.release import ReleaseFigures
from foods.maintain import CarriedFood, CarryInputs

FOODS = list(read_lookup_foods())
RULES = tomllib.loads(read_data_text("estimates.toml"))
SWEET = {"honey", "molasses", "sugar"}
ROUNDED_G = 0.01  # figures of a release and of ours are rounded apart
TOLD_FROM_G = 1.0


def test_added_sugars_and_lactose_are_never_more_than_the_sugars():
    for food in FOODS:
        parts = [food.per_100g[key] or 0.0 for key in ("added_sugars_g", "lactose_g")]
        sugars = food.per_100g["sugars_g"]
        if sugars is not None and food.is_estimated("added_sugars_g") and parts[0] > 0:
            assert sum(parts) <= sugars + ROUNDED_G, food.food_id


def test_where_sugar_is_an_ingredient_added_sugars_are_not_none():
    wrong = [
        food.food_id
        for food in FOODS
        if food.contains & SWEET
        and (food.per_100g["sugars_g"] or 0) >= TOLD_FROM_G
        and food.per_100g["added_sugars_g"] == 0
    ]
    assert wrong == []


@pytest.mark.parametrize("food_id", ["gouda", "edam", "fontina", "goat_cheese_hard", "cheddar"])
def test_aged_cheese_has_next_to_no_lactose(food_id):
    food = next(one for one in FOODS if one.food_id == food_id)
    assert food.per_100g["lactose_g"] <= 0.15


@pytest.mark.parametrize("key", ["added_sugars_g", "lactose_g", "calcium_added_mg"])
def test_shipped_estimates_are_those_that_the_rules_give(key):
    for food in FOODS:
        if food.is_estimated(key):
            row = {"food_id": food.food_id, "group": food.group, "release": food.release,
                   "source_id": "1", "origin": ";".join(food.origin),
                   "flags": ";".join(food.flags)}  # fmt: skip
            bare = ReleaseFigures(food.release, {"1": {}}, {}, frozenset())
            told = CarriedFood(row, CarryInputs((), {}, {}, RULES, {food.release: bare}, {}))
            known = food.per_100g.items()
            told.amounts = {name: str(g) for name, g in known if name != key and g is not None}
            told.add_estimates()
            amount = float(told.amounts[key])
            assert food.per_100g[key] == pytest.approx(amount, abs=ROUNDED_G), food.food_id
