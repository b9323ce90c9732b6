"""The table of medicine names, against what a pharmacist knows of each name."""

import csv
import re
from importlib.resources import files

import pytest

from tests.rows import rows as rows_of

COLUMNS = ["name", "kind", "means", "classes", "regions"]

# Words for a group, and medicines that people mean by them.
MEANT = {
    "antibiotic": ["ciprofloxacin", "doxycycline", "macrobid", "bactrim", "linezolid", "avelox"],
    "quinolones": ["cipro", "avelox", "levofloxacin"],
    "bisphosphonate": ["fosamax", "zometa"],
    "water tablet": ["furosemide", "indapamide", "dyazide", "kerendia", "frumil"],
    "blood pressure pills": ["exforge hct", "moduretic", "lasix", "methyldopa", "tenoretic"],
    "blood thinners": ["warfarin", "heparin", "marcumar", "eliquis", "aspirin"],
    "diabetes tablets": ["glucovance", "jardiance", "prandin", "januvia"],
    "diabetes medicine": ["lantus", "xultophy", "synjardy", "duetact"],
    "antacid": ["rennie", "maalox", "gaviscon", "alu cap", "tums"],
    "indigestion tablets": ["rennie", "nexium", "pepcid complete", "gaviscon"],
    "contraceptive pill": ["yasmin", "slynd", "microgynon", "cerazette"],
    "hrt": ["angeliq", "premarin", "livial"],
    "mini pill": ["slynd", "cerazette"],
    "phosphate binders": ["renvela", "phoslo", "auryxia", "osvaren", "alu cap"],
    "statins": ["crestor", "zocor"],
    "antidepressants": ["nardil", "sertraline", "moclobemide"],
    "painkillers": ["ibuprofen", "tylenol", "lyrica", "codeine"],
    "epilepsy medicine": ["phenytoin", "gabapentin", "keppra"],
    "malaria tablets": ["doxycycline", "chloroquine", "malarone"],
    "heparins": ["clexane", "fragmin", "heparin"],
    "immunosuppressants": ["prograf", "cellcept", "methotrexate", "prednisolone"],
    "bowel prep": ["picolax", "suprep", "moviprep"],
}


def read_rows():
    """Every row of the table, as its columns name it."""
    text = files("configs").joinpath("safety/medicines.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture(scope="module")
def rows():
    return read_rows()


@pytest.fixture(scope="module")
def medicines(rows):
    return {row["name"]: row for row in rows}


def listed(cell):
    return cell.split(";") if cell else []


def classes_of(name, medicines):
    """Ids of a name: its own, or those of all that it is made of."""
    row = medicines[name]
    sources = [medicines[part] for part in listed(row["means"])] or [row]
    return {class_id for source in sources for class_id in listed(source["classes"])}


def test_at_least_480_names_under_the_columns_of_the_format(rows):
    assert len(rows) >= 480
    assert all(list(row) == COLUMNS for row in rows)


def test_names_are_normalised_and_stand_once(rows, medicines):
    assert [
        row["name"] for row in rows if not re.fullmatch(r"[a-z0-9]+( [a-z0-9]+)*", row["name"])
    ] == []
    assert len(medicines) == len(rows)


def test_kinds_and_regions_hold_known_words_only(rows):
    assert {row["kind"] for row in rows} == {"ingredient", "brand", "synonym", "class"}
    for row in rows:
        regions = listed(row["regions"])
        assert regions, row
        assert regions == [region for region in ("us", "uk", "eu") if region in regions], row


def test_brands_and_synonyms_mean_ingredients_and_carry_no_class(rows, medicines):
    for row in rows:
        if row["kind"] not in ("brand", "synonym"):
            continue
        parts = listed(row["means"])
        assert parts, row
        assert len(set(parts)) == len(parts), row
        assert all(medicines[part]["kind"] == "ingredient" for part in parts), row
        assert row["classes"] == "", row


def test_ingredients_and_classes_mean_nothing_else(rows):
    assert [r["name"] for r in rows if r["kind"] in ("ingredient", "class") and r["means"]] == []


def test_every_id_lies_between_d01_and_d91_and_stands_once_in_its_row(rows):
    for row in rows:
        ids = listed(row["classes"])
        assert all(re.fullmatch(r"D\d\d", one) and 1 <= int(one[1:]) <= 91 for one in ids), row
        assert ids == sorted(set(ids)), row


def test_every_id_but_the_default_is_carried_by_some_name(rows):
    carried = {class_id for row in rows for class_id in listed(row["classes"])}
    assert carried == {f"D{number:02}" for number in range(1, 92)} - {"D45"}


@rows_of(__file__, "medicine_classes")
def test_a_name_carries_the_classes_a_pharmacist_gives_it(name, classes, medicines):
    """Each is written from the label of the medicine and not from the table."""
    assert classes_of(name, medicines) == set(classes.split())


@pytest.mark.parametrize("name", ["gaviscon", "phosphate sandoz", "suprep", "osvaren"])
def test_a_mixture_keeps_every_class_of_its_parts(name, medicines):
    least = {
        "gaviscon": {"D44", "D62"},
        "phosphate sandoz": {"D48"},
        "suprep": {"D44", "D48"},
        "osvaren": {"D44", "D57", "D59"},
    }
    assert least[name] <= classes_of(name, medicines)


@pytest.mark.parametrize("word", MEANT)
def test_a_word_for_a_group_has_all_classes_of_what_is_meant(word, medicines):
    assert medicines[word]["kind"] == "class"
    for member in MEANT[word]:
        assert classes_of(member, medicines) <= classes_of(word, medicines), member


def test_groups_are_known_in_the_singular_and_in_the_plural(medicines):
    groups = [
        *("bisphosphonate", "quinolone", "arb", "acei", "water pill", "blood thinner", "maoi"),
        *("statin", "ssri", "nsaid", "painkiller", "antacid", "laxative", "salt substitute"),
        *("diuretic", "antibiotic", "sulfonylurea", "phosphate binder", "iron tablet", "mini pill"),
    ]
    for name in groups:
        one, many = medicines[name], medicines[name + "s"]
        assert (one["kind"], one["classes"]) == (many["kind"], many["classes"]), name
        assert one["kind"] == "class", name


def test_combinations_name_all_that_is_in_them(medicines):
    assert set(listed(medicines["dyazide"]["means"])) == {"triamterene", "hydrochlorothiazide"}
    assert set(listed(medicines["dovato"]["means"])) == {"dolutegravir", "lamivudine"}
    assert set(listed(medicines["co trimoxazole"]["means"])) == {"trimethoprim", "sulfamethoxazole"}
    assert set(listed(medicines["exforge hct"]["means"])) == {
        "valsartan",
        "amlodipine",
        "hydrochlorothiazide",
    }
    assert len(listed(medicines["genvoya"]["means"])) == 4
