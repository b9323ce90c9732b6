"""Official downloads are read as published; the rows here are invented, in the official layout."""

import gzip

import pytest

from foods.errors import FoodDataError
from foods.importers import read_release
from foods.importers.fndds import VARIABLE_MAP
from foods.importers.sr28 import read_fdc_ids

FOOD_DES = "~99001~^~2000~^~Moon grain, pur\xe9ed~^~MOON~^^^~Y~^^0^^^^^\r\n"
NUT_DATA = "~99001~^~304~^120.50^3^^~1~^\r\n~99001~^~301~^^0^^~4~^\r\n~99001~^~208~^350^0^^~4~^\r\n"


def write_sr28(folder, amounts=NUT_DATA):
    (folder / "FOOD_DES.txt").write_text(FOOD_DES, encoding="latin-1", newline="")
    (folder / "NUT_DATA.txt").write_text(amounts, encoding="latin-1", newline="")
    return folder


def write_foundation(folder, nutrients):
    (folder / "food.csv").write_text(
        '"fdc_id","data_type","description"\n"7","foundation_food","Moon grain"\n'
        '"8","sample_food","MOON 5" BAG"\n"9","foundation_food","Moon grain, older"\n'
    )
    (folder / "foundation_food.csv").write_text('"fdc_id","NDB_number"\n"7","9001"\n')
    rows = "".join(f'"1","7","{number}","{amount}"\n' for number, amount in nutrients)
    (folder / "food_nutrient.csv").write_text('"id","fdc_id","nutrient_id","amount"\n' + rows)
    return folder


def test_ascii_files_are_latin_1_and_an_empty_amount_is_unknown(tmp_path):
    figures = read_release("sr28", write_sr28(tmp_path))
    assert figures.figure("99001", "magnesium_mg") == "120.50"
    assert figures.figure("99001", "calcium_mg") is None


def test_a_copy_as_csv_gives_the_same_figures(tmp_path):
    with gzip.open(tmp_path / "foods.csv.gz", "wt") as file:
        file.write("ndb_no,description\n99001,Moon grain\n")
    with gzip.open(tmp_path / "nutrients.csv.gz", "wt") as file:
        file.write("ndb_no,nutr_no,amount_per_100g\n99001,304,120.50\n99001,301,\n")
    figures = read_release("sr28", tmp_path)
    assert figures.amounts == {"99001": {"304": "120.50"}}


def test_a_packed_file_cut_short_is_damaged(tmp_path):
    (tmp_path / "foods.csv").write_text("ndb_no\n99001\n")
    whole = gzip.compress(b"ndb_no,nutr_no,amount_per_100g\n" + b"99001,304,1\n" * 50)
    (tmp_path / "nutrients.csv.gz").write_bytes(whole[:-20])
    with pytest.raises(FoodDataError, match=r"nutrients\.csv\.gz: damaged or unreadable"):
        read_release("sr28", tmp_path)


def test_an_ascii_line_without_fields_is_damaged(tmp_path):
    with pytest.raises(FoodDataError, match="row 4: damaged"):
        read_release("sr28", write_sr28(tmp_path, NUT_DATA + "~99001~"))


def test_an_empty_folder_is_told_what_it_lacks(tmp_path):
    with pytest.raises(FoodDataError, match=r"holds no foods\.csv\.gz or foods\.csv"):
        read_release("sr28", tmp_path)


@pytest.mark.parametrize(
    ("numbers", "energy"),
    [
        ([("1008", "90"), ("2047", "95"), ("2048", "97")], "97"),
        ([("1008", "90"), ("2047", "95")], "95"),
        ([("1008", "90")], "90"),
        ([("1062", "377")], None),
    ],
)
def test_foundation_energy_is_2048_else_2047_else_1008(tmp_path, numbers, energy):
    figures = read_release("foundation_2024-10", write_foundation(tmp_path, numbers))
    assert figures.figure("7", "energy_kcal") == energy


def test_foundation_fibre_is_1079_else_2033(tmp_path):
    figures = read_release("foundation_2024-10", write_foundation(tmp_path, [("2033", "4.5")]))
    assert figures.figure("7", "fibre_g") == "4.5"


def test_foundation_keeps_current_foods_apart_and_pads_their_ndb_numbers(tmp_path):
    figures = read_release("foundation_2024-10", write_foundation(tmp_path, []))
    assert figures.current == {"7"}
    assert figures.numbers == {"7": "09001", "9": ""}


def test_the_survey_sheet_has_a_title_row_and_line_breaks_in_headers(tmp_path):
    names = [name.replace(" (", "\n(") for name in VARIABLE_MAP]
    header = ",".join(f'"{name}"' for name in ["Food code", *names])
    amounts = ",".join(str(place) for place in range(len(names)))
    text = f'"FNDDS Nutrient Values\nAt A Glance"\n{header}\n90000001,{amounts}\n'
    (tmp_path / "fndds_nutrient_values.csv").write_text(text)
    figures = read_release("fndds_2021-2023", tmp_path)
    place = list(VARIABLE_MAP).index("Magnesium (mg)")
    assert figures.figure("90000001", "magnesium_mg") == str(place)
    assert figures.figure("90000001", "manganese_mg") is None


def test_a_survey_sheet_that_lacks_a_nutrient_is_refused(tmp_path):
    (tmp_path / "nutrients.csv").write_text("food_code,n304\n90000001,12\n")
    with pytest.raises(FoodDataError, match="has no column"):
        read_release("fndds_2021-2023", tmp_path)


def test_ciqual_gives_energy_magnesium_and_calcium_only(tmp_path):
    (tmp_path / "ciqual_2017.csv").write_text(
        "ciqual_code,food_name,energy_kcal,calcium_mg,magnesium_mg,sodium_mg\n"
        "90001,Moon water,0.00,46.80,,9\n"
    )
    figures = read_release("ciqual_2017", tmp_path)
    assert figures.amounts == {"90001": {"energy_kcal": "0.00", "calcium_mg": "46.80"}}


def test_an_unknown_release_names_the_known_ones(tmp_path):
    with pytest.raises(FoodDataError, match=r"no reader for release 'sr27'.*sr28"):
        read_release("sr27", tmp_path)


def test_fdc_ids_are_found_by_padded_ndb_number(tmp_path):
    (tmp_path / "sr_legacy_food.csv").write_text('"fdc_id","NDB_number"\n"170001","1001"\n')
    assert read_fdc_ids(tmp_path) == {"01001": "170001"}
