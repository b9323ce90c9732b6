"""Downloads go into the library as they come; rows are invented, in the official layout."""

import gzip
import json
import zipfile

import pytest

from foods.importers.download import DownloadReport, open_folder
from foods.importers.fdc import read_fdc
from foods.importers.off_export import is_off_export, read_off
from foods.library.store import read_library_rules
from tests.commands import ended
from tests.foods.importers.downloads import AMOUNTS, FOODS, NUTRIENTS, branded, write_download
from tests.rows import rows


def foods_of(path):
    report = DownloadReport()
    with open_folder(path, "food.csv") as folder:
        found = {kept_food.figures.food_id: kept_food for kept_food in read_fdc(folder, report)}
    return found, dict(report.left_out)


def test_branded_foods_have_names_with_brand_barcode_serving_and_allergens(tmp_path):
    found, _ = foods_of(branded(tmp_path))
    bar = found["fdc_gtin_4711"]
    assert bar.figures.name == "MOON OAT BAR, Moon Mills"
    assert (bar.figures.group, bar.figures.ndb_no) == ("Snack Bars", "00004711")
    assert bar.figures.release == "fdc_branded_2025-03-01"
    assert bar.serving_g == 40.0
    assert (bar.contains, bar.traces) == ({"milk", "soy"}, {"peanut", "tree_nut"})
    assert bar.figures.per_100g == {
        "energy_kcal": 420.0, "magnesium_mg": 95.0, "calcium_mg": 60.0, "vitamin_d_ug": 2.5,
    }  # fmt: skip
    assert not bar.is_own


PORTIONS = [
    ["id", "fdc_id", "seq_num", "amount", "measure_unit_id", "portion_description", "modifier",
     "gram_weight"],
    ["1", "5", "1", "2.0", "1001", "", "", "33.9"],  # by a unit, two of it
    ["2", "5", "2", "1", "9999", "", "cup, chopped", "160"],
    ["3", "5", "3", "1", "9999", "", "cup, sliced", "150"],  # of one word the first counts
    ["4", "5", "4", "4", "9999", "", "wafers", "12"],
    ["5", "5", "5", "1", "9999", "", "oz", "28.35"],  # a mass is no measure
    ["6", "6", "1", "", "9999", "1 small/individual", "60000", "90"],
    ["7", "6", "2", "", "9999", "2 tablespoons", "10201", "30"],
    ["8", "6", "3", "", "9999", "Quantity not specified", "90000", "120"],
    ["9", "6", "4", "1", "9999", "1 cup", "10205", "much"],
]  # fmt: skip


def test_portions_are_measures_by_the_words_that_diaries_know(tmp_path):
    folder = write_download(tmp_path, {
        "nutrient.csv": NUTRIENTS,
        "food.csv": [FOODS, ["5", "foundation_food", "Crispness", "", "2025-03-01"],
                     ["6", "survey_fndds_food", "Blandness", "", "2025-03-01"]],
        "food_nutrient.csv": [AMOUNTS, ["1", "5", "1090", "95", "", ""],
                              ["2", "6", "1090", "9", "", ""]],
        "food_portion.csv": PORTIONS,
        "measure_unit.csv": [["id", "name"], ["1001", "tablespoon"], ["9999", "undetermined"]],
    })  # fmt: skip
    found, _ = foods_of(folder)
    measures = {
        one.figures.name: {measure.name: measure.mass_g for measure in one.as_food().measures}
        for one in found.values()
    }
    assert measures == {
        "Crispness": {"tbsp": 16.95, "cup": 160.0, "piece": 3.0},
        "Blandness": {"small": 90.0, "tbsp": 15.0},
    }


def test_what_says_nothing_of_allergens_is_unknown_and_an_ingredient_with_some_says_nothing(
    tmp_path,
):
    found, _ = foods_of(branded(tmp_path))
    assert found["fdc_gtin_4712"].contains is None  # "MARGARINE (CONTAINS SOY)"
    assert found["fdc_gtin_4712"].traces == frozenset()


def test_older_versions_drinks_by_volume_and_sampling_records_are_left_out(tmp_path):
    found, left_out = foods_of(branded(tmp_path))
    assert sorted(found) == ["fdc_gtin_4711", "fdc_gtin_4712"]
    assert left_out == {
        "older versions of the same food": 1,
        "counted per 100 ml, not per 100 g": 1,
    }


@rows(__file__, "units_are_those_of_the_download")
def test_units_are_those_of_the_download_and_both_micro_signs_are_one(tmp_path, unit, amount):
    write_download(
        tmp_path,
        {
            "nutrient.csv": [
                ["id", "name", "unit_name", "nutrient_nbr", "rank"],
                ["1090", "Magnesium, Mg", unit, "304", "5500"],
            ],
            "food.csv": [FOODS, ["7", "sr_legacy_food", "Moon grain", "20", "2019-04-01"]],
            "food_nutrient.csv": [["fdc_id", "nutrient_id", "amount"], ["7", "1090", "120"]],
        },
    )
    (grain,) = foods_of(tmp_path)[0].values()
    assert grain.figures.per_100g.get("magnesium_mg") == amount


@pytest.mark.parametrize("cell", ["-1", "1,200", "much", "nan", "inf"])
def test_what_is_no_figure_is_unknown_and_makes_the_food_doubtful(tmp_path, cell):
    path = branded(tmp_path, magnesium=cell)
    found, _ = foods_of(path)
    bar = found["fdc_gtin_4711"]
    assert "magnesium_mg" not in bar.figures.per_100g
    assert bar.findings[0].column == "magnesium_mg"
    code, out, err = ended("foods", "import", path)
    assert code == 0
    assert "row 2, magnesium_mg: fdc_gtin_4711: " in out
    assert "foods kept: 1; as before: 0; doubtful: 1" in err


def packed(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_a_zip_that_leads_out_of_its_folder_is_refused(tmp_path):
    path = packed(tmp_path / "a.zip", **{"food.csv": "x", "../../etc/passwd": "x"})
    code, _, err = ended("foods", "import", path)
    assert code == 1
    assert "leads out of it: '../../etc/passwd'" in err


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = packed(tmp_path / "a.zip", **{"food.csv": "0" * 50_000_000})
    code, _, err = ended("foods", "import", path)
    assert code == 1
    assert "unpacks to 50,000,000 bytes from" in err


def test_what_is_no_zip_or_lacks_its_files_says_so(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 cut")
    assert "not a readable zip file" in ended("foods", "import", tmp_path / "a.zip")[2]
    assert "holds no food.csv" in ended("foods", "import", packed(tmp_path / "b.zip", x="y"))[2]
    (tmp_path / "c").mkdir()
    assert "holds no food.csv" in ended("foods", "import", tmp_path / "c")[2]


@pytest.fixture
def short_lines(monkeypatch):
    monkeypatch.setitem(read_library_rules()["download"], "most_line", 5_000)


@pytest.mark.parametrize("name", ["food.csv", "food_nutrient.csv", "branded_food.csv"])
def test_an_endless_line_is_refused_and_not_read_to_its_end(tmp_path, short_lines, name):
    with (branded(tmp_path) / name).open("a") as file:
        file.write("9" * 100_000 + "\n")
    code, _, err = ended("foods", "import", tmp_path)
    assert code == 1
    assert f"{name}, row" in err
    assert "the line has more than 5,000 letters" in err


# --- Open Food Facts

PRODUCT = {
    "code": "4006040197461",
    "product_name": "Mond-Knäcke",
    "brands": "Mondmühle,Andere",
    "last_modified_t": 1_740_787_200,
    "allergens_tags": ["en:gluten", "en:sesame-seeds"],
    "traces_tags": ["en:nuts"],
    "serving_quantity": "12.5",
    "pnns_groups_2": "Bread",
    "nutriments": {
        "energy_100g": 1464.4,  # kJ; 350 kcal
        "magnesium_100g": 0.115,  # grams, whatever the unit says
        "magnesium_unit": "mg",
        "magnesium_value": 115,
        "proteins": 99,  # per serving
    },
}


def lines(tmp_path, *products, name="products.jsonl"):
    path = tmp_path / name
    text = "".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in products)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def products_of(path):
    report = DownloadReport()
    assert is_off_export(path)
    return list(read_off(path, report)), dict(report.left_out)


@pytest.mark.parametrize("name", ["products.jsonl", "products.jsonl.gz"])
def test_a_product_is_read_in_grams_and_its_traces_stay_apart(tmp_path, name):
    (bread,), _ = products_of(lines(tmp_path, PRODUCT, name=name))
    own = bread.figures
    assert (own.food_id, own.name, own.group) == (
        "off_4006040197461", "Mond-Knäcke, Mondmühle", "Bread",
    )  # fmt: skip
    known = {key: value for key, value in own.per_100g.items() if value is not None}
    assert known == {"energy_kcal": 350.0, "magnesium_mg": 115.0}
    assert (bread.contains, bread.traces) == ({"gluten", "sesame"}, {"tree_nut"})
    assert (bread.serving_g, own.release) == (12.5, "off_2025-03-01")


def test_products_without_statement_name_or_grams(tmp_path):
    plain = {**PRODUCT, "allergens_tags": [], "traces_tags": []}
    path = lines(
        tmp_path,
        plain,
        {**PRODUCT, "product_name": ""},
        {**PRODUCT, "nutrition_data_per": "100ml"},
        "{cut",
        "[1]",
        "",
    )
    (bread,), left_out = products_of(path)
    assert bread.contains is None
    assert left_out == {
        "without a name or a barcode": 1,
        "counted per 100 ml, not per 100 g": 1,
        "lines that are damaged": 2,
    }


def test_an_import_of_a_download_twice_changes_nothing(tmp_path):
    path = branded(tmp_path)
    assert "foods kept: 2" in ended("foods", "import", path)[2]
    code, _, err = ended("foods", "import", path)
    assert code == 0
    assert "foods kept: 0; as before: 2" in err
    assert "1 left out: older versions of the same food" in err
    assert "MOON OAT BAR" in ended("foods", "search", "oat", "moon")[1]
    assert ended("foods", "show", "4711")[1].startswith("MOON OAT BAR, Moon Mills")
