"""What keeps the catalogue: releases are read as published, carried as printed, and proven."""

import csv
import tomllib

import pytest

from foods.catalogue import COLUMNS, parse_catalogue
from foods.embedded import data_settings, read_data_text
from foods.errors import FoodDataError
from foods.importers.download import ReleaseFigures
from foods.maintain import (
    FNDDS_COLUMNS,
    READERS,
    CarriedFood,
    CarryInputs,
    carry_figures,
    main,
    prove_release,
)
from foods.nutrient import known_nutrients
from foods.own_csv import parse_figures
from foods.sheet import parse_rows
from tests.rows import rows

OATS = {"food_id": "oats", "name": "Oats", "group": "whole_grains", "release": "sr28",
        "source_id": "99001", "origin": "plant", "flags": ""}  # fmt: skip
YOGURT = {**OATS, "food_id": "moon_yogurt", "group": "yogurt", "origin": "dairy;plant",
          "flags": "added_sugar"}  # fmt: skip
SUGARS = {"sugars_g": "19.0", "niacin_mg": "0.1", "protein_g": "4.0", "calcium_mg": "150"}
SR28 = ReleaseFigures(
    "sr28",
    {"99001": {"304": "177.00", "301": "54.0", "406": "1.20", "203": "10.0", "501": "0.24"}},
    {"99001": "99001"},
    frozenset({"99001"}),
)
FOUNDATION = ReleaseFigures(
    "foundation_2024-10", {"7": {"1090": "126.3", "1087": "46.0"}}, {"7": "99001"}, frozenset("7")
)


def inputs(food=OATS, overlays=None, foundation=FOUNDATION):
    releases = {"sr28": SR28, "foundation_2024-10": foundation}
    rules = data_settings("estimates.toml")
    return CarryInputs((food,), overlays or {}, {}, rules, releases, {"99001": "170001"})


def carry(**changes):
    foods, overlaid = carry_figures(inputs(**changes))
    return parse_figures(foods, "foods.csv")["oats"], parse_rows(overlaid, "overlaid.csv")


def estimated(row=YOGURT, amounts=SUGARS):
    bare = ReleaseFigures("sr28", {"99001": {}}, {"99001": "99001"}, frozenset({"99001"}))
    food = CarriedFood(row, CarryInputs((), {}, {}, inputs().rules, {"sr28": bare}, {}))
    food.amounts = dict(amounts)
    food.add_estimates()
    return {
        key: (float(food.amounts[key]), rule.removeprefix("own:"))
        for key, rule in food.overlay.items()
    }


def write_foundation(folder, amounts):
    (folder / "food.csv").write_text(
        '"fdc_id","data_type","description"\n"7","foundation_food","Moon grain"\n'
        '"8","sample_food","MOON 5" BAG"\n"9","foundation_food","Moon grain, older"\n'
    )
    (folder / "foundation_food.csv").write_text('"fdc_id","NDB_number"\n"7","9001"\n')
    rows = "".join(f'"7","{number}","{amount}"\n' for number, amount in amounts)
    (folder / "food_nutrient.csv").write_text('"fdc_id","nutrient_id","amount"\n' + rows)
    return folder


@rows(__file__, "foundation_energy_is_2048_else")
def test_foundation_energy_is_2048_else_2047_else_1008_of_current_foods(tmp_path, numbers, energy):
    figures = READERS["foundation_2024-10"](write_foundation(tmp_path, numbers))
    assert figures.figure("7", "energy_kcal") == energy
    assert (figures.current, figures.numbers) == ({"7"}, {"7": "09001", "9": ""})


def test_the_survey_sheet_has_a_title_row_and_line_breaks_in_headers(tmp_path):
    header = ",".join(f'"{name.replace(" (", chr(10) + "(")}"' for name in FNDDS_COLUMNS)
    amounts = ",".join(str(place) for place in range(len(FNDDS_COLUMNS)))
    text = f'"FNDDS Nutrient Values\nAt A Glance"\n"Food code",{header}\n90000001,{amounts}\n'
    (tmp_path / "fndds_nutrient_values.csv").write_text(text)
    place = [*FNDDS_COLUMNS].index("Magnesium (mg)")
    figures = READERS["fndds_2021-2023"](tmp_path)
    assert figures.figure("90000001", "magnesium_mg") == str(place)
    (tmp_path / "fndds_nutrient_values.csv").write_text("food_code,n304\n90000001,12\n")
    with pytest.raises(FoodDataError, match="has no column"):
        READERS["fndds_2021-2023"](tmp_path)


def test_minerals_of_the_same_number_are_overlaid_together_and_the_others_kept():
    oats, overlaid = carry()
    assert (oats.per_100g["magnesium_mg"], oats.per_100g["calcium_mg"]) == (126.3, 46.0)
    assert oats.overlay["calcium_mg"] == "foundation_2024-10:7"
    assert [row["value"] for _number, row in overlaid] == ["177", "54"]
    assert (oats.fdc_id, oats.per_100g["iron_mg"]) == ("170001", None)


def test_an_analysis_without_calcium_or_that_is_forbidden_is_not_overlaid():
    bare = ReleaseFigures("foundation_2024-10", {"7": {"1090": "126"}}, {"7": "99001"}, {"7"})
    assert carry(foundation=bare)[0].per_100g["magnesium_mg"] == 177
    none, but_calcium = ({"foundation_fdc_id": one, "except": "calcium_mg"} for one in ("", "7"))
    assert carry(overlays={"oats": none})[0].per_100g["magnesium_mg"] == 177
    assert carry(overlays={"oats": but_calcium})[0].per_100g["calcium_mg"] == 54


def test_a_row_that_the_release_lacks_is_named():
    with pytest.raises(FoodDataError, match="oats: sr28 has no food 99009"):
        carry(food={**OATS, "source_id": "99009"})


def test_niacin_equivalents_count_a_sixtieth_of_tryptophan_else_protein():
    assert carry()[0].per_100g["niacin_ne_mg"] == pytest.approx(5.2)  # 1.20 mg + 240 mg / 60
    assert estimated()["niacin_ne_mg"] == (0.82, "niacin_from_protein")  # 0.1 + 4.0 x 0.18


def test_estimates_follow_the_rules_and_replace_no_figure():
    # 19.0 g less the 4.7 g that plain yogurt brings
    assert estimated()["added_sugars_g"] == (14.3, "added_of_sugars")
    assert estimated({**YOGURT, "origin": "plant"})["lactose_g"] == (0.0, "no_dairy_no_lactose")
    assert "lactose_g" not in estimated(amounts={**SUGARS, "lactose_g": "3"})
    assert not {"added_sugars_g", "niacin_ne_mg"} & estimated(amounts={"protein_g": "4"}).keys()
    drink = {**YOGURT, "group": "plant_drink", "flags": "ca_fortified"}
    # 150 mg less the 10 mg of an unfortified plant drink
    assert estimated(drink)["calcium_added_mg"] == (140.0, "above_unfortified")


HEADER = "food_id,name,group,fdc_id,ndb_no,release,overlay,energy_kcal,magnesium_mg,calcium_mg"
OVERLAY = "magnesium_mg=foundation_2024-10:7;lactose_g=own:no_dairy_no_lactose"
FIGURES = f"oats,Oats,whole_grains,,99001,sr28,{OVERLAY},350,126.3,"
ROW = {"release": "sr28", "source_id": "99001", "value": "177"}
OVERLAID = {("oats", "magnesium_mg"): ROW}
CATALOGUE = (
    "oats,Oats,oats,whole_grains,breakfast,starch,dry,sr28,99001,,100,cup=80,cup,1,1,1,7,,0.3,"
    "gluten,,plant,,1"
)


def prove(folder, release="sr28", figures=FIGURES, overlaid=OVERLAID):
    (folder / "FOOD_DES.txt").write_text("~99001~^~2000~^~Moon oats~\r\n")
    (folder / "NUT_DATA.txt").write_text("~99001~^~304~^177.00\r\n~99001~^~208~^350\r\n")
    write_foundation(folder, [("1090", "126.3")])
    vocabulary = tomllib.loads(read_data_text("vocabulary.toml"))
    catalogue = ",".join(COLUMNS) + "\n" + CATALOGUE
    table = parse_catalogue(catalogue, f"{HEADER}\n{figures}\n", vocabulary, "1")
    return prove_release(table, overlaid, READERS[release](folder))


def test_equal_figures_and_blanks_hold_each_in_its_release(tmp_path):
    own, newer = prove(tmp_path), prove(tmp_path, "foundation_2024-10")
    assert (own.holds, own.equal) == (True, len(known_nutrients()))
    assert (newer.holds, newer.equal) == (True, 1)


@rows(__file__, "a_digit_a_zero_for")
def test_a_digit_a_zero_for_a_blank_or_a_blank_for_a_value_is_found(tmp_path, changes, line):
    proof = prove(tmp_path, **changes)
    assert not proof.holds
    assert line in proof.different[0]


def test_a_covered_figure_that_is_gone_is_found(tmp_path):
    assert prove(tmp_path, overlaid={}).not_found == ("oats (99001), magnesium_mg",)


LINES = [("90000001", 1001, 10, 0, 0), ("90000002", 1002, 10, 301, -20)]


def recomputed(folder, capsys, lines=LINES, published=(50, 100), changed=True):
    """Dishes of foods with 50 and 200 mg per 100 g in SR28."""
    numbers = sorted({
        number
        for nutrient in known_nutrients().values()
        for number in nutrient.numbers["fndds_2021-2023"]
    })  # fmt: skip
    codes = ["90000001", "90000002"]
    figures = ([code, *[mg] * len(numbers)] for code, mg in zip(codes, published, strict=True))
    amounts = [[ndb, n, mg] for ndb, mg in (("01001", 50), ("01002", 200)) for n in (301, 304, 306)]
    moved = [f"{name}_n{n}" for n in (301, 304, 306) for name in ("sr28", "fndds")]
    head = "food_code ingredient_code ingredient_weight_g retention_code moisture_change_pct"
    sheets = {
        "ingredients.csv": [head.split(), *lines],
        "nutrients.csv": [["food_code", *(f"n{number}" for number in numbers)], *figures],
        "foods.csv": [["food_code", "description"], *([code, f"dish {code}"] for code in codes)],
        "sr28/foods.csv": [["ndb_no"], ["01001"], ["01002"]],
        "sr28/nutrients.csv": [["ndb_no", "nutr_no", "amount_per_100g"], *amounts],
        "retention.csv": [["retention_code", "n301", "n304", "n306"], [301, 80, 80, 80]],
        "changed.csv": [["ndb_no", *moved], [1002, *[200, 100] * 3]],
    }
    (folder / "sr28").mkdir()
    for name, sheet in sheets.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(sheet)
    paths = {name: folder / f"{name}.csv" for name in ("retention", "changed")[: 1 + changed]}
    paths |= {"fndds": folder, "sr28": folder / "sr28"}
    ended = main(["recipes", *(f"--{name}={path}" for name, path in paths.items())])
    return ended, capsys.readouterr().out


def test_recipes_whose_ingredients_did_not_change_are_held_to_the_share(tmp_path, capsys):
    ended, told = recomputed(tmp_path, capsys)
    assert ended == 0
    assert "100.0 % of 1 recipes" in told
    assert "1 out: an ingredient is known to have changed" in told


def test_what_cooking_leaves_and_what_is_lost_of_the_mass_count_once(tmp_path, capsys):
    # 10 g x 200 mg x 80 % in 8 g: 200 mg per 100 g
    ended, told = recomputed(tmp_path, capsys, changed=False)
    assert ended == 3
    assert "90000002 dish 90000002: 200.0, 100 mg" in told
