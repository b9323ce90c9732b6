"""The two files of a basket are read with every fault told at once; answers as text and JSON."""

import json

import numpy as np
import pandas as pd
import pytest

from planner.basket.answer import BasketAnswer
from planner.basket.bands import BasketFood, BasketTable, NutrientBand
from planner.basket.read import read_basket
from planner.basket.show import basket_as_text
from planner.basket.solve import solve_basket
from planner.errors import ConfigError
from planner.wire.base import json_text
from planner.wire.basket import WrittenBasket

FOODS = "name,cost,min,max,iron,zinc\nrice,1.5,,4,2,0.5\nmilk,0.8,1,,0.1,1\n"
TARGETS = "nutrient,lower,upper\niron,8,\nzinc,,3\n"


def read(tmp_path, foods=FOODS, targets=TARGETS):
    for name, content in (("foods.csv", foods), ("targets.csv", targets)):
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
    return read_basket(tmp_path / "foods.csv", tmp_path / "targets.csv")


def test_both_files_become_one_table(tmp_path):
    table = read(tmp_path)
    assert table.foods == (BasketFood("rice", 1.5, 0, 4), BasketFood("milk", 0.8, 1, None))
    assert table.nutrients == ("iron", "zinc")
    assert table.content.tolist() == [[2, 0.5], [0.1, 1]]
    assert table.bands == (NutrientBand("iron", 8, None), NutrientBand("zinc", None, 3))


def test_tables_of_pandas_are_read_as_files_are():
    foods = pd.DataFrame({"name": ["rice", "milk"], "Cost": [1.5, 0.8], "iron": [2, None]})
    targets = pd.DataFrame({"nutrient": ["iron"], "lower": [8], "upper": [None]})
    with pytest.raises(ConfigError, match=r"the table, row 3, iron: blank, which is unknown"):
        read_basket(foods, targets)
    table = read_basket(foods.fillna({"iron": 0.1}), targets)
    assert table.content.tolist() == [[2], [0.1]]
    assert table.bands == (NutrientBand("iron", 8, None),)


def test_bounds_of_foods_may_be_left_out(tmp_path):
    table = read(tmp_path, "name,cost,iron,zinc\nrice,1,2,3\n")
    assert table.foods == (BasketFood("rice", 1.0, 0.0, None),)


def test_a_blank_that_no_target_needs_is_unknown(tmp_path):
    foods = FOODS.replace("rice,1.5,,4,2,0.5", "rice,1.5,,4,2,")
    table = read(tmp_path, foods, "nutrient,lower,upper\niron,8,\n")
    assert np.isnan(table.content[0, 1])


def test_a_blank_that_a_target_needs_is_not_zero(tmp_path):
    foods = FOODS.replace("rice,1.5,,4,2,0.5", "rice,1.5,,4,2,")
    with pytest.raises(ConfigError, match=r"row 2, zinc: blank, which is unknown.*write 0"):
        read(tmp_path, foods)


@pytest.mark.parametrize(
    ("foods", "message"),
    [
        ("", r"foods\.csv: is empty"),
        ("\n\n", "is empty"),
        ("name,cost,iron,zinc\n", r"no food in it — write one row per food"),
        ("name,price,iron,zinc\nrice,1,2,3\n", "no column 'cost'"),
        ("nam,cost,iron,zinc\nrice,1,2,3\n", r"no column 'name' — did you mean 'nam'\?"),
        ("name;cost;iron\nrice;1,5;2\n", "columns are separated by semicolons"),
        ("name\tcost\tiron\nrice\t1\t2\n", "columns are separated by tabs"),
        ("name,cost,iron,iron,zinc\nrice,1,2,2,3\n", "two columns are named 'iron'"),
        ("name,cost,,iron,zinc\nrice,1,,2,3\n", "column 3 has no name"),
        ("name,cost,iron,zinc\nrice,1,2\n", r"row 2: 3 cells under 4 columns"),
        ("name,cost,iron,zinc\nrice,1,2,3,4\n", r"row 2: 5 cells under 4 columns"),
        ("name,cost,iron,zinc\n,1,2,3\n", "row 2, name: blank"),
        ("name,cost,iron,zinc\nrice,,2,3\n", "row 2, cost: blank — write the price"),
        ("name,cost,iron,zinc\nrice,cheap,2,3\n", "cost: 'cheap' is not a number"),
        ("name,cost,iron,zinc\nrice,nan,2,3\n", "cost: 'nan' is not a number"),
        ("name,cost,iron,zinc\nrice,1,1_0,3\n", "iron: '1_0' is not a number"),
        ('name,cost,iron,zinc\nrice,1,"2,5",3\n', "'2,5' is not a number — write it like 1.5"),
        ("name,cost,max,iron,zinc\nrice,1,inf,2,3\n", "'inf' is not a number — leave it blank"),
        ("name,cost,min,max,iron,zinc\nrice,1,5,4,2,3\n", "row 2: rice: min 5 is above max 4"),
        ("name,cost,min,iron,zinc\nrice,1,-5,2,3\n", "row 2: rice: min -5 is below 0"),
        ("name,cost,max,iron,zinc\nrice,1,-5,2,3\n", "row 2: rice: min 0 is above max -5"),
        ('name,cost,iron,zinc\nrice,1,"2,3\n', "not readable as CSV"),
        ("name,cost,iron,zinc\nmaté,1,2,3\n".encode("latin-1"), r"line 2 is not encoded as UTF-8"),
        ("name,cost,iron,zinc\n".encode("utf-16"), "is encoded as UTF-16"),
        (b"name,cost\0\0,iron,zinc\n", "not a text file"),
    ],
)
def test_a_faulty_food_file_is_refused_with_place_and_remedy(tmp_path, foods, message):
    with pytest.raises(ConfigError, match=message):
        read(tmp_path, foods)


@pytest.mark.parametrize(
    ("targets", "message"),
    [
        ("", r"targets\.csv: is empty"),
        ("nutrient,lower\niron,8\n", "no column 'upper'"),
        ("nutrient,lower,upper,unit\niron,8,,mg\n", "unknown column 'unit'"),
        ("nutrient,lower,upper\nirn,8,\n", r"no food column for 'irn' — did you mean 'iron'"),
        ("nutrient,lower,upper\nxyzzy,8,\n", "name a nutrient column of the food table"),
        ("nutrient,lower,upper\niron,9,8\n", "row 2: iron: lower 9 is above upper 8"),
        ("nutrient,lower,upper\niron,-9,8\n", "row 2, lower: -9 is below 0"),
        ("nutrient,lower,upper\niron,many,\n", "row 2, lower: 'many' is not a number"),
        (
            "nutrient,lower,upper\niron,1,\niron,2,\n",
            "row 3, nutrient: 'iron' stands in row 2",
        ),
        ("nutrient,lower,upper\n,1,2\n", "row 2, nutrient: blank"),
    ],
)
def test_a_faulty_target_file_is_refused_with_place_and_remedy(tmp_path, targets, message):
    with pytest.raises(ConfigError, match=message):
        read(tmp_path, targets=targets)


def test_faults_of_both_files_come_together(tmp_path):
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, FOODS.replace("0.8", "dear"), TARGETS.replace("8", "much"))
    lines = str(caught.value).strip().splitlines()
    assert len(lines) == 2
    assert "foods.csv, row 3, cost" in lines[0]
    assert "targets.csv, row 2, lower" in lines[1]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"nowhere\.csv: no such file — check"):
        read_basket(tmp_path / "nowhere.csv", tmp_path / "nowhere.csv")


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


def test_a_basket_found_in_time_states_its_bound():
    table = shop()
    answer = BasketAnswer("feasible", 6, 5.5, {"rice": 4, "water": 0}, {"iron": 6, "zinc": 1})
    text = basket_as_text(table, answer)
    assert text.startswith("Best basket found in time: cost 6")
    assert "No basket can cost less than 5.5" in text
