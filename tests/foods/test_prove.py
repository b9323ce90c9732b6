"""The proof finds every planted fault; the release is invented, in the official layout."""

import tomllib

import pytest

from foods.catalogue import COLUMNS, parse_catalogue
from foods.embedded import read_data_text
from foods.importers import read_release
from foods.nutrient import known_nutrients
from foods.prove import prove_release, read_kept

OATS = (
    "oats,Oats,oats,whole_grains,breakfast,starch,dry,sr28,99001,,100,cup=80,cup,1,1,1,7,,0.3,"
    "gluten,,plant,,1"
)
HEADER = "food_id,name,group,fdc_id,ndb_no,release,overlay,energy_kcal,magnesium_mg,calcium_mg"
OVERLAY = "magnesium_mg=foundation_2024-10:7;lactose_g=own:no_dairy_no_lactose"
FIGURES = f"oats,Oats,whole_grains,,99001,sr28,{OVERLAY},350,126.3,"
KEPT = "food_id,nutrient,release,source_id,value\noats,magnesium_mg,sr28,99001,177\n"


@pytest.fixture
def download(tmp_path):
    (tmp_path / "FOOD_DES.txt").write_text("~99001~^~2000~^~Moon oats~\r\n")
    (tmp_path / "NUT_DATA.txt").write_text("~99001~^~304~^177.00\r\n~99001~^~208~^350\r\n")
    (tmp_path / "food.csv").write_text('"fdc_id","data_type"\n"7","foundation_food"\n')
    (tmp_path / "foundation_food.csv").write_text('"fdc_id","NDB_number"\n"7","99001"\n')
    (tmp_path / "food_nutrient.csv").write_text(
        '"fdc_id","nutrient_id","amount"\n"7","1090","126.3"\n'
    )
    return tmp_path


def prove(download, release="sr28", figures=FIGURES, kept=KEPT):
    vocabulary = tomllib.loads(read_data_text("vocabulary.toml"))
    catalogue = ",".join(COLUMNS) + "\n" + OATS
    table = parse_catalogue(catalogue, f"{HEADER}\n{figures}\n", vocabulary, "1")
    return prove_release(table, read_kept(kept), read_release(release, download))


def test_equal_figures_and_blanks_hold(download):
    proof = prove(download)
    assert proof.holds
    assert proof.compared == proof.equal == len(known_nutrients())


def test_an_overlaid_figure_is_compared_with_the_release_it_names(download):
    proof = prove(download, "foundation_2024-10")
    assert proof.holds
    assert proof.compared == 1


@pytest.mark.parametrize(
    ("figures", "line"),
    [
        (FIGURES.replace("350", "351"), "oats (99001), energy_kcal: 351 here, 350 there"),
        (FIGURES + "0", "oats (99001), calcium_mg: 0 here, blank there"),
        (FIGURES.replace("350", ""), "oats (99001), energy_kcal: blank here, 350 there"),
        (
            FIGURES.replace("lactose_g", "energy_kcal"),
            "oats (99001), energy_kcal: blank here, 350 there",
        ),
    ],
)
def test_a_digit_a_zero_for_a_blank_or_a_blank_for_a_value_is_found(download, figures, line):
    proof = prove(download, figures=figures)
    assert not proof.holds
    assert proof.different == (line,)


def test_a_changed_overlay_is_found(download):
    proof = prove(download, "foundation_2024-10", FIGURES.replace("126.3", "126.4"))
    assert proof.different == ("oats (7), magnesium_mg: 126.4 here, 126.3 there",)


def test_a_changed_kept_figure_is_found(download):
    proof = prove(download, kept=KEPT.replace("177", "178"))
    assert proof.different == ("oats (99001), magnesium_mg: 178 here, 177 there",)


def test_a_kept_figure_that_is_gone_is_found(download):
    proof = prove(download, kept=KEPT.splitlines()[0])
    assert proof.not_found == ("oats (99001), magnesium_mg",)


def test_a_food_that_the_release_does_not_hold_is_found(download):
    (download / "FOOD_DES.txt").write_text("")
    (download / "NUT_DATA.txt").write_text("~99002~^~304~^177.00\r\n")
    proof = prove(download)
    assert len(proof.not_found) == proof.expected
    assert not proof.holds


def test_a_release_without_figures_in_the_catalogue_proves_nothing(download):
    (download / "ciqual_2017.csv").write_text(
        "ciqual_code,energy_kcal,calcium_mg,magnesium_mg\n1,0,1,1\n"
    )
    assert not prove(download, "ciqual_2017").holds
