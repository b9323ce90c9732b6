from dataclasses import replace

import pytest

from foods.embedded import read_data_text, read_embedded_foods
from foods.errors import FoodDataError
from foods.food import Measure
from foods.opened import days_once_opened, parse_opened, read_opened
from foods.packages import spoiling_package
from planner.settings import read_settings
from tests.plates import food

CAN, BUNCH = Measure("can", 400.0), Measure("bunch", 200.0)
HEADER = "package,group,base,days_least,days_most,source,confidence\n"


def test_an_open_can_keeps_three_days_and_one_of_tomatoes_five():
    # US Department of Agriculture: 3 to 4 days, high-acid food 5 to 7; the shorter end counts
    beans = food("beans")
    assert days_once_opened(beans, CAN) == 3
    assert days_once_opened(replace(beans, base="tomato"), CAN) == 5


def test_what_is_not_opened_has_no_figure():
    assert days_once_opened(food("kale"), BUNCH) is None


def test_every_shipped_can_jar_and_pot_has_days_and_no_bunch():
    rule, foods = read_settings("packages.toml")["spoil"], read_embedded_foods()
    packages = {one.food_id: spoiling_package(one, rule) for one in foods}
    found = {key: days_once_opened(foods[key], one) for key, one in packages.items() if one}
    days = {key: one for key, one in found.items() if one is not None}
    opened = {key for key, one in packages.items() if one and one.name in rule["opened"]}
    assert set(days) == opened
    assert [days[key] for key in ("chickpeas_canned", "tomatoes_canned", "passata")] == [3, 5, 5]


def test_every_row_names_where_it_is_from():
    lines = read_data_text("opened.csv").splitlines()
    assert lines[0] + "\n" == HEADER
    assert len(read_opened()) == len(lines) - 1
    assert all(line.split(",")[5] and line.split(",")[6] for line in lines[1:])


@pytest.mark.parametrize(
    "row", [",,,3,4", "can,,,4,3", "can,,,x,4", "can,,,,4", "can,,,3,4\ncan,,,5,7"]
)
def test_a_damaged_row_is_named(row):
    with pytest.raises(FoodDataError, match="row"):
        parse_opened(f"{HEADER}{row}\n")
