"""A plan counts beans from a can as boiled without salt, so the list asks for such cans."""

import pytest

from foods.embedded import read_embedded_foods
from planner.kitchen.sold import shelves_of
from planner.settings import read_rows

MOST_SODIUM_MG = 20.0  # in 100 g of beans boiled without salt; those of a salted can have some 200


@pytest.mark.parametrize("country", ["us", "uk", "eu"])
def test_a_can_is_without_salt_where_its_beans_are_counted_without(country):
    foods, shelves = read_embedded_foods(), shelves_of(country)
    names = [
        package.name
        for row in read_rows("shop/sold_as.csv")
        if "from a can" in row["said"] and foods[row["food_id"]].group == "legumes"
        and (foods[row["food_id"]].per_100g["sodium_mg"] or 0.0) <= MOST_SODIUM_MG
        for package in shelves[row["sold_as"]]
        if package.pack == "can"
    ]  # fmt: skip
    assert len(names) >= 13
    assert [name for name in names if not name.endswith(", no salt added")] == []
