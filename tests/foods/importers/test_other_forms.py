"""Downloads in other forms: the Standard Reference in ASCII, and JSON of both services."""

import json

import pytest

from foods.errors import FoodDataError
from foods.importers.download import DownloadReport, open_folder
from foods.importers.fdc import is_fdc_json, is_sr_ascii, read_fdc_json, read_sr_foods
from foods.importers.off_export import read_off


def fdc_food(fdc_id, name, magnesium, **more):
    nutrient = {"id": 1090, "unitName": "MG"}
    return {
        "fdcId": fdc_id,
        "description": name,
        "dataType": "SR Legacy",
        "publicationDate": "4/1/2019",
        "ndbNumber": 1001,
        "foodNutrients": [{"nutrient": nutrient, "amount": magnesium}],
        **more,
    }


def written(tmp_path, name, held):
    path = tmp_path / name
    path.write_text(json.dumps(held, indent=1), encoding="utf-8")
    return path


def test_the_standard_reference_in_ascii_is_read_with_its_groups(tmp_path):
    folder = tmp_path / "sr28asc"
    folder.mkdir()
    files = {
        "FOOD_DES.txt": "~01001~^~0100~^~Butter, salted~^~BUTTER~\r\n",
        "FD_GROUP.txt": "~0100~^~Dairy and Egg Products~\r\n",
        "NUT_DATA.txt": "~01001~^~304~^2^1^0.0\r\n~01001~^~301~^24^1^0.0\r\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="latin-1", newline="")
    assert is_sr_ascii(folder)
    with open_folder(folder, "FOOD_DES.txt") as place:
        (food,) = read_sr_foods(place, DownloadReport())
    own = food.figures
    assert (own.food_id, own.name, own.group) == (
        "sr28_01001", "Butter, salted", "Dairy and Egg Products",
    )  # fmt: skip
    assert (own.per_100g["magnesium_mg"], own.per_100g["calcium_mg"]) == (2.0, 24.0)
    assert own.per_100g["iron_mg"] is None


@pytest.mark.parametrize("shape", ["one", "list", "download"])
def test_food_data_central_in_json_is_one_food_a_list_or_a_download(tmp_path, shape):
    food = fdc_food(1, "Oats", 138.0)
    held = {"one": food, "list": [food], "download": {"SRLegacyFoods": [food]}}[shape]
    path = written(tmp_path, "foods.json", held)
    assert is_fdc_json(path)
    (kept,) = read_fdc_json(path, DownloadReport())
    assert (kept.figures.food_id, kept.figures.per_100g["magnesium_mg"]) == ("fdc_1", 138.0)


def test_a_brand_says_what_it_contains_and_drinks_by_the_ml_are_left_out(tmp_path):
    brand = {"dataType": "Branded", "servingSize": 40, "servingSizeUnit": "g"}
    bar = fdc_food(2, "Bar", 90.0, **brand, ingredients="OATS. CONTAINS: MILK. MAY CONTAIN SOY.")
    drink = fdc_food(3, "Drink", 9.0, **{**brand, "servingSizeUnit": "ml"})
    reading = DownloadReport()
    path = written(tmp_path, "b.json", {"BrandedFoods": [bar, drink]})
    (kept,) = read_fdc_json(path, reading)
    assert (kept.contains, kept.traces, kept.serving_g) == ({"milk"}, {"soy"}, 40.0)
    assert sum(reading.left_out.values()) == 1


def test_what_is_no_food_is_named_with_its_place(tmp_path):
    path = written(tmp_path, "b.json", {"FoundationFoods": [fdc_food(1, "Oats", -1.0)]})
    with pytest.raises(FoodDataError, match=r"foodNutrients\.0\.amount"):
        list(read_fdc_json(path, DownloadReport()))


def test_a_product_of_open_food_facts_is_read_as_its_service_tells_it(tmp_path):
    product = {
        "code": "4000000000006",
        "product_name": "Crispbread",
        "nutrition_data_per": "100g",
        "nutriments": {"magnesium_100g": 0.1, "magnesium_unit": "g", "energy-kcal_100g": 340},
    }
    path = written(tmp_path, "p.json", {"code": "4000000000006", "product": product, "status": 1})
    (kept,) = read_off(path, DownloadReport())
    assert kept.figures.per_100g["magnesium_mg"] == pytest.approx(100.0)
