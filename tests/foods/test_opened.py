from dataclasses import replace

import pytest

from foods.embedded import read_data_text, read_embedded_foods
from foods.errors import FoodDataError
from foods.food import Measure
from foods.opened import advice_once_opened, days_once_opened, parse_opened, read_opened
from tests.plates import food

CAN, BUNCH = Measure("can", 400.0), Measure("bunch", 200.0)
HEADER = "package,group,base,days_least,days_most,source,confidence\n"


def test_an_open_can_keeps_three_days_and_one_of_tomatoes_five():
    # US Department of Agriculture: 3 to 4 days, high-acid food 5 to 7; the shorter end counts
    beans = food("beans")
    assert days_once_opened(beans, CAN) == 3
    assert days_once_opened(replace(beans, base="tomato"), CAN) == 5
    # what is made for tomorrow's lunch opens it this evening: four days are over on the third
    assert advice_once_opened(beans, CAN).days_most == 3


def test_cut_fruit_keeps_three_days_and_what_turns_brown_one():
    foods, each = read_embedded_foods(), Measure("each", 400.0)
    assert [days_once_opened(foods[one], each) for one in ("mango", "pineapple")] == [3, 3]
    assert [days_once_opened(foods[one], each) for one in ("apple", "avocado")] == [1, 1]
    assert days_once_opened(foods["lemon"], each) is None  # the rest is told apart


def test_what_is_not_opened_has_no_figure():
    assert days_once_opened(food("kale"), BUNCH) is None


def test_cans_and_pots_of_the_catalogue_have_days_and_tomatoes_in_any_package():
    foods = read_embedded_foods()
    opened = [(one, pack) for one in foods for pack in one.measures if pack.name in ("can", "pot")]
    eaten = [(one, pack) for one, pack in opened if one.aisle != "drinks"]  # a pot of tea is brewed
    assert all(days_once_opened(one, pack) is not None for one, pack in eaten)
    tomatoes = [Measure(name, 500.0) for name in ("can", "jar", "carton")]
    assert [days_once_opened(foods["passata"], one) for one in tomatoes] == [5, 5, 5]
    assert days_once_opened(foods["chickpeas_canned"], CAN) == 3


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
