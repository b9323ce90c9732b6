"""The food table as a file that people may edit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.embedded import read_embedded_foods
from foods.errors import FoodDataError
from foods.own_csv import as_food_csv, parse_figures, read_food_csv

HEADER = "food_id,name,group,fdc_id,ndb_no,release,overlay,magnesium_mg,calcium_mg"
OATS = "oats,Oats,whole_grains,,1,own,,126.5,46"
MILK = "milk,Milk,milk,,2,own,magnesium_mg=sr28:01077,10,"


def table(*rows, header=HEADER):
    return parse_figures("\n".join([header, *rows, ""]), "foods.csv")


def test_a_blank_is_unknown_and_a_zero_is_zero():
    water = table("water,Water,water,,3,own,,0,")["water"]
    assert water.per_100g == {"magnesium_mg": 0.0, "calcium_mg": None}


def test_rows_may_stand_in_any_order():
    assert table(OATS, MILK) == table(MILK, OATS)
    assert list(table(OATS, MILK)) == ["milk", "oats"]


def test_the_overlay_names_release_and_id_of_a_figure():
    assert table(MILK)["milk"].overlay == {"magnesium_mg": "sr28:01077"}


def test_export_then_read_gives_the_same_figures(tmp_path):
    path = tmp_path / "foods.csv"
    path.write_text(as_food_csv(read_embedded_foods()), encoding="utf-8")
    read = read_food_csv(path)
    assert {key: dict(one.per_100g) for key, one in read.items()} == {
        food.food_id: dict(food.per_100g) for food in read_embedded_foods()
    }


@given(amount=st.none() | st.floats(0, 1e6))
def test_any_amount_survives_export_and_reading(amount):
    oats = replace(read_embedded_foods()["rolled_oats"], per_100g={"magnesium_mg": amount})
    assert parse_figures(as_food_csv([oats]), "f")["rolled_oats"].per_100g["magnesium_mg"] == amount


def test_an_unknown_nutrient_column_is_refused_with_the_nearest_names():
    with pytest.raises(
        FoodDataError, match=r"unknown column 'magnesum_mg' — did you mean 'magnesium_mg'"
    ):
        table(OATS, header=HEADER.replace("magnesium_mg", "magnesum_mg"))


@pytest.mark.parametrize("cell", ["-1", "nan", "inf", "much", "1,5"])
def test_a_figure_must_be_a_number_of_0_or_more(cell):
    quoted = f'"{cell}"'
    with pytest.raises(
        FoodDataError, match=r"row 2, magnesium_mg: .* is not a figure of 0 or more"
    ):
        table(OATS.replace("126.5", quoted))


def test_all_faults_of_a_file_are_named_at_once():
    with pytest.raises(FoodDataError) as caught:
        table(OATS.replace("126.5", "-1"), OATS.replace("46", "x"))
    assert "row 2, magnesium_mg" in str(caught.value)
    assert "row 3, calcium_mg" in str(caught.value)
    assert "row 3, food_id: 'oats' stands in row 2 already" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "no rows"),
        (HEADER + "\noats,Oats\n", "row 2: 2 cells under 9 columns"),
        (HEADER + '\n"oats,Oats', "damaged"),
        ("food_id,magnesium_mg\n", "no column 'name'"),
        (HEADER + ",calcium_mg\n", "two columns are named 'calcium_mg'"),
    ],
)
def test_damaged_files_are_refused_with_the_place(text, fault):
    with pytest.raises(FoodDataError, match=fault):
        parse_figures(text, "foods.csv")


def test_an_id_a_name_and_a_figure_are_enough():
    (food,) = parse_figures("food_id,name,magnesium_mg\nbar,Oat bar,60\n", "foods.csv").values()
    assert (food.name, food.group, food.release) == ("Oat bar", "", "own")
    assert food.per_100g == {"magnesium_mg": 60.0}


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "foods.csv"
    path.write_bytes((HEADER + "\npur\xe9e,Pur\xe9e,,,,own,,1,1\n").encode("latin-1"))
    with pytest.raises(FoodDataError, match=r"is not encoded as UTF-8 — save the file as UTF-8"):
        read_food_csv(path)


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "foods.csv"
    path.write_text(f"{HEADER}\r\n{OATS}\r\n", encoding="utf-8-sig")
    assert "oats" in read_food_csv(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FoodDataError, match=r"nowhere\.csv: no such file"):
        read_food_csv(tmp_path / "nowhere.csv")
