import gzip

import pytest

from foods.errors import FoodDataError
from foods.importers.recipes_fndds import (
    read_changes,
    read_fndds_names,
    read_fndds_recipes,
    read_retention,
)

PLAIN = """food_code,seq,ingredient_code,ingredient_description,ingredient_weight_g,\
retention_code,moisture_change_pct
90000001,1,1001,Sample butter,20,0,-10
90000001,2,90000002,Sample inner dish,80,301,-10
90000003,1,999301,Calcium as ingredient,1,,0
90000003,2,100271,Sample seed paste,9,0,0
"""
OFFICIAL = """"FNDDS Ingredients
A title of two lines",,,,,,,,,
Food code,Main food description,WWEIA Category number,WWEIA Category description,Seq num,Ingredient code,Ingredient description,Ingredient weight (g),Retention code,"Moisture change
(%)"
90000001,Sample dish,1,Dishes,1,1001,Sample butter,20,0,-10
"""  # noqa: E501 - the official header


def test_a_copy_packed_with_gzip_is_read(tmp_path):
    with gzip.open(tmp_path / "ingredients.csv.gz", "wt", encoding="utf-8") as file:
        file.write(PLAIN)
    recipes = read_fndds_recipes(tmp_path)
    first = recipes["90000001"]
    assert [line.code for line in first.lines] == ["01001", "90000002"]
    assert first.moisture_change_pct == -10
    assert first.lines[1].retention_code == "301"
    kinds = [line.kind for recipe in recipes.values() for line in recipe.lines]
    assert kinds == ["sr", "fndds", "special", "foundation"]


def test_the_official_sheet_with_its_title_and_broken_header_is_read(tmp_path):
    (tmp_path / "fndds_ingredients.csv").write_text(OFFICIAL, encoding="utf-8")
    (tmp_path / "foods_and_beverages.csv").write_text(
        "Food and Beverages,,\nFood code,Main food description,More\n90000001,Sample dish,\n",
        encoding="utf-8",
    )
    recipe = read_fndds_recipes(tmp_path)["90000001"]
    assert (recipe.lines[0].mass_g, recipe.moisture_change_pct) == (20, -10)
    assert read_fndds_names(tmp_path) == {"90000001": "Sample dish"}


def test_retention_factors_are_read_and_blanks_left_out(tmp_path):
    path = tmp_path / "retention.csv"
    path.write_text("retention_code,food_group,n301,n304\n0301,X,95,\n", encoding="utf-8")
    assert read_retention(path) == {"301": {"301": 95.0}}


def test_only_figures_that_moved_by_more_than_the_limit_have_changed(tmp_path):
    path = tmp_path / "changes.csv"
    # 100 → 102 is 2 %, 100 → 103 is 3 %; a blank is unknown
    path.write_text(
        "ndb_no,sr28_n304,fndds_n304\n1001,100,102\n1002,100,103\n1003,,5\n1004,0,1\n",
        encoding="utf-8",
    )
    assert read_changes(path, "304", 2.0) == {"01002", "01004"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (PLAIN.replace(",20,", ",twenty,"), r"not a number: .*twenty"),
        (PLAIN + "90000004,1\n", r"row 6: damaged: 2 cells instead of 7"),
        ("a,b\n1,2\n", "no header row with food_code"),
    ],
)
def test_a_damaged_file_is_told(tmp_path, text, message):
    (tmp_path / "ingredients.csv").write_text(text, encoding="utf-8")
    with pytest.raises(FoodDataError, match=message):
        read_fndds_recipes(tmp_path)


def test_a_folder_without_recipes_is_told(tmp_path):
    with pytest.raises(FoodDataError, match=r"holds no ingredients\.csv"):
        read_fndds_recipes(tmp_path)
