"""Foods low and high in FODMAPs: each group, what hides, and nothing that no list names."""

import csv
import tomllib

import pytest

from foods.embedded import (
    data_settings,
    fodmap_lists,
    read_data_text,
    read_embedded_foods,
    read_lookup_foods,
    small_portions,
)
from foods.fodmap import NOT_LOW

FOODS = read_embedded_foods()
LISTS = fodmap_lists()
GROUPS = {"fructans", "gos", "lactose", "fructose", "polyols"}


@pytest.mark.parametrize(
    ("food_id", "group"),
    [
        ("onion_raw", "fructans"), ("garlic", "fructans"), ("bread_whole_wheat", "fructans"),
        ("chickpeas_canned", "gos"), ("cashews", "gos"), ("milk_whole", "lactose"),
        ("yogurt_lowfat", "lactose"), ("honey", "fructose"), ("mango", "fructose"),
        ("apple", "polyols"), ("mushrooms_raw", "polyols"), ("cauliflower_raw", "polyols"),
    ],
)  # fmt: skip
def test_what_is_high_in_a_group_is_marked(food_id, group):
    assert NOT_LOW in FOODS[food_id].flags
    assert group in LISTS.row_of(FOODS[food_id]).groups


@pytest.mark.parametrize(
    "food_id",
    ["white_rice_cooked", "carrot_raw", "cheddar", "milk_lactose_free", "salmon_cooked", "egg_raw",
     "olive_oil", "cumin", "chives_fresh", "tofu_firm", "bread_gluten_free_white", "orange"],
)  # fmt: skip
def test_what_lists_call_low_or_holds_none_by_nature_is_not_marked(food_id):
    assert NOT_LOW not in FOODS[food_id].flags


@pytest.mark.parametrize(
    "food_id",
    ["chicken_stock", "vegetable_stock", "curry_powder", "chili_powder", "ketchup", "mustard",
     "hummus", "salsa", "garlic_powder", "onion_powder", "worcestershire_sauce", "dill_pickles"],
)  # fmt: skip
def test_onion_and_garlic_are_found_where_they_hide(food_id):
    assert NOT_LOW in FOODS[food_id].flags


def test_what_no_list_names_is_marked_whatever_it_is():
    plain = set(data_settings("fodmap.toml")["none_by_nature"])
    unnamed = [food for food in read_lookup_foods() if LISTS.row_of(food) is None]
    assert len(unnamed) > 700
    for food in unnamed:
        assert (NOT_LOW in food.flags) or food.group in plain, food.food_id


def test_each_row_names_a_food_its_groups_and_a_source():
    known = {*FOODS.foods, *(food.base for food in FOODS)}
    papers = tomllib.loads(read_data_text("SOURCES.toml"))["papers"]
    rows = list(csv.DictReader(read_data_text("fodmap.csv").splitlines()))
    assert len({row["food"] for row in rows}) == len(rows)
    for row in rows:
        said = LISTS.rows[row["food"]]
        assert row["food"] in known
        assert said.groups <= GROUPS, row["food"]
        assert said.sources <= set(papers), row["food"]
        assert bool(said.groups) == (said.standing != "low"), row["food"]
        assert (said.portion_g is not None) == (said.standing in ("portion", "shared")), row["food"]


def test_what_shares_a_portion_is_counted_together():
    portions = small_portions()
    assert portions["shared"]["tomato"] == 65
    assert portions["shared"]["zucchini_raw"] == 65
    assert portions["sweet_potato"] == dict.fromkeys(
        ("sweet_potato_baked", "sweet_potato_boiled", "sweet_potato_raw"), 75
    )
    assert "cherry_tomatoes" not in portions["shared"]  # high whatever the amount
