"""The two files of a basket are read with every fault told at once; answers as text and JSON."""

import numpy as np
import pandas as pd
import pytest

from planner.basket.bands import BasketFood, BasketTable, NutrientBand
from planner.basket.read import read_basket
from planner.basket.show import basket_as_text
from planner.basket.solve import solve_basket
from planner.errors import ConfigError
from planner.wire.basket import WrittenBasket
from tests.rows import rows

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


def test_a_blank_is_unknown_and_never_zero_where_a_target_needs_it(tmp_path):
    foods = FOODS.replace("rice,1.5,,4,2,0.5", "rice,1.5,,4,2,")
    assert np.isnan(read(tmp_path, foods, "nutrient,lower,upper\niron,8,\n").content[0, 1])
    with pytest.raises(ConfigError, match=r"row 2, zinc: blank, which is unknown.*write 0"):
        read(tmp_path, foods)


@rows(__file__, "a_faulty_file_is_refused")
def test_a_faulty_file_is_refused_with_place_and_remedy(tmp_path, file, text, message):
    with pytest.raises(ConfigError, match=message):
        read(tmp_path, **{file: text})


@pytest.mark.parametrize(
    ("foods", "message"),
    [
        ("name,cost,iron,zinc\nmaté,1,2,3\n".encode("latin-1"), "line 2 is not encoded as UTF-8"),
        ("name,cost,iron,zinc\n".encode("utf-16"), "is encoded as UTF-16"),
        (b"name,cost\0\0,iron,zinc\n", "not a text file"),
    ],
)
def test_another_encoding_is_named(tmp_path, foods, message):
    with pytest.raises(ConfigError, match=message):
        read(tmp_path, foods)


def test_faults_of_both_files_come_together(tmp_path):
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, FOODS.replace("0.8", "dear"), TARGETS.replace("8", "much"))
    lines = str(caught.value).strip().splitlines()
    assert len(lines) == 2
    assert "foods.csv, row 3, cost" in lines[0]
    assert "targets.csv, row 2, lower" in lines[1]


def shop(iron=(6.0, None)):
    """Rice has 1.5 mg of iron and an unknown amount of zinc, water nothing."""
    foods = (BasketFood("rice", 1.5, 1, 4.0), BasketFood("water", 0.0))
    content = np.array([[1.5, np.nan], [0.0, 0.0]])
    return BasketTable(foods, ("iron", "zinc"), content, (NutrientBand("iron", *iron),))


def test_the_json_answer_is_complete_and_unrounded():
    table = shop(iron=(5.0, None))
    answer = WrittenBasket.of_answer(table, solve_basket(table)).json_values()
    assert answer.pop("solver")
    assert answer == {
        "status": "optimal", "objective": 5.0, "bound": 5.0,
        "amounts": {"rice": 5 / 1.5, "water": 0.0}, "nutrients": {"iron": 5.0, "zinc": None},
        "prices": {"iron": 1.0}, "conflict": [], "relaxations": [], "unlimited": [], "notes": [],
    }  # fmt: skip


def test_the_text_is_a_table_and_of_no_basket_says_what_to_change():
    table = shop()
    text = basket_as_text(table, solve_basket(table))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert lines[0] == "Cheapest basket: cost 6, 1 of 2 foods"
    assert {"rice 4 6 1 4", "iron 6 6 1", "zinc unknown"} <= set(lines)
    table = shop(iron=(12, None))
    text = basket_as_text(table, solve_basket(table))
    assert "These cannot all hold:\n  rice <= 4\n  iron >= 12\n" in text
    assert "  iron >= 12: change 12 to 6" in text
