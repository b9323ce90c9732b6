"""The table of medicine names, against what a pharmacist knows of each name."""

import csv
import re
from importlib.resources import files

import pytest

COLUMNS = ["name", "kind", "means", "classes", "regions"]

# What each name is held to, written from the label of the medicine and not from the table.
EXPECTED = {
    # thyroid hormones
    "levothyroxine": "D04",
    "levothyroxin": "D04",
    "l thyroxine": "D04",
    "eltroxin": "D04",
    "synthroid": "D04",
    "euthyrox": "D04",
    "armour thyroid": "D04",
    "novothyral": "D04",
    "carbimazole": "D69",
    # antibiotics
    "vibramycin": "D02",
    "doxycyclin": "D02",
    "lymecycline": "D02",
    "quinolones": "D03 D46",
    "ciprofloxacine": "D03",
    "cipro": "D03",
    "tavanic": "D03",
    "avelox": "D03 D46",
    "moxifloxacin": "D03 D46",
    "macrobid": "D05",
    "trimethoprim": "D47",
    "co trimoxazole": "D47",
    "bactrim": "D47",
    "septrin": "D47",
    "linezolid": "D40",
    "gentamicin": "D30",
    "amoxicillin": "",
    "augmentin": "",
    # bones
    "bisphosphonates": "D01 D56",
    "alendronic acid": "D01",
    "fosamax": "D01",
    "rybelsus": "D69 D70 D79",
    "ozempic": "D69 D70",
    "fosavance": "D01",
    "risedronate": "D01",
    "bonviva": "D01",
    "zoledronic acid": "D56",
    "aclasta": "D56",
    "prolia": "D56",
    "forsteo": "D56",
    # HIV
    "dovato": "D09",
    "tivicay": "D09",
    "biktarvy": "D09",
    "triumeq": "D09",
    "juluca": "D09 D63 D74",
    "genvoya": "D09",
    "stribild": "D09",
    "isentress": "D09",
    "cabenuva": "D09",
    "truvada": "",
    # diuretics, alone and in combination
    "hctz": "D21",
    "water pill": "D20 D21 D22 D64",
    "water pills": "D20 D21 D22 D64",
    "diuretic": "D20 D21 D22 D64",
    "lasix": "D20",
    "kerendia": "D22 D64",
    "dyazide": "D21 D22",
    "maxzide": "D21 D22",
    "moduretic": "D21 D22",
    "co amilozide": "D21 D22",
    "aldactide": "D21 D22",
    "aldactazide": "D21 D22",
    "co amilofruse": "D20 D22",
    "frumil": "D20 D22",
    "lasilactone": "D20 D22",
    "dytac": "D22",
    "spironolacton": "D22",
    "inspra": "D22 D64",
    # blood pressure and heart
    "zestril": "D23",
    "zestoretic": "D21 D23",
    "lisinopril": "D23",
    "ramipril": "D23",
    "cozaar": "D23",
    "hyzaar": "D21 D23",
    "losartan potassium": "D23",
    "diovan": "D23",
    "co diovan": "D21 D23",
    "exforge": "D23 D36",
    "exforge hct": "D21 D23 D36",
    "tribenzor": "D21 D23 D36",
    "triplixam": "D21 D23 D36",
    "tarka": "D23 D36",
    "entresto": "D23",
    "aliskiren": "D23 D64",
    "acei": "D23",
    "arbs": "D23",
    "amlodipine": "D36",
    "caduet": "D36 D52 D64",
    "tenoretic": "D21 D69",
    "sotalol": "D14",
    "bisoprolol": "",
    "lanoxin": "D18 D19",
    "crestor": "D13 D52",
    "lipitor": "D52 D64",
    "vytorin": "D52 D64",
    # blood clotting
    "blood thinner": "D39 D49 D64 D69 D74",
    "jantoven": "D39",
    "marevan": "D39",
    "coumadin": "D39",
    "warfarin sodium": "D39",
    "warfarine": "D39",
    "marcumar": "D39",
    "sintrom": "D39",
    "clexane": "D49",
    "lovenox": "D49",
    "eliquis": "D69",
    "aspirin": "",
    "asa": "",
    # diabetes
    "lantus": "D24",
    "humalog": "D24",
    "novorapid": "D24",
    "tresiba": "D24",
    "levemir": "D24",
    "xultophy": "D24 D69",
    "suliqua": "D24 D69",
    "soliqua": "D24 D69",
    "amaryl": "D25",
    "glucovance": "D25 D27",
    "jardiance": "D26",
    "synjardy": "D26 D27",
    "glyxambi": "D26",
    "trijardy xr": "D26 D27",
    "metformine": "D27",
    "janumet": "D27",
    "novonorm": "D55",
    # nerves and mind
    "nardil": "D40",
    "parnate": "D40",
    "maois": "D40",
    "moclobemide": "D40",
    "priadel": "D38",
    "lithium carbonate": "D38",
    "lyrica": "D07 D69",
    "dilantin": "D15",
    "sinemet": "D60 D72",
    "aripiprazole": "",
    "ssris": "D64 D71",
    # stomach
    "omeprazol": "D28",
    "ppi": "D28",
    "maalox": "D44 D57 D62",
    "rennie": "D44 D57",
    "milk of magnesia": "D44",
    "citrafleet": "D44",
    "sucralfate": "D62 D76",
    "gaviscon advance": "D48 D57",
    "pepcid complete": "D29 D44 D57",
    # potassium, calcium, zinc, iron, phosphate
    "slow k": "D48",
    "sando k": "D48",
    "losalt": "D48",
    "urocit k": "D48",
    "potassium iodide": "D48",
    "veltassa": "D37",
    "adcal d3": "D57",
    "tums": "D57",
    "calcium acetate": "D57 D59",
    "solvazinc": "D58",
    "ferrous sulphate": "D08",
    "ferric citrate": "D08 D59",
    "renvela": "D59",
    "mimpara": "D59 D64",
    "one alpha": "D41",
    "cholecalciferol": "",
    # hormones and skin
    "microgynon": "D42",
    "yasmin": "D42 D51",
    "slynd": "D51",
    "drovelis": "D42 D51",
    "angeliq": "D42 D51",
    "the pill": "D42 D51",
    "roaccutane": "D54",
    # pain and inflammation
    "advil": "D50",
    "indomethacin": "D50",
    "vimovo": "D28 D50",
    "painkiller": "D07 D50 D64 D66 D69 D70",
    "prednisolon": "D61 D68",
    "acetaminophen": "",
    # transplant, tumour, joints
    "prograf": "D32",
    "sandimmune": "D32",
    "cellcept": "D11",
    "methotrexate": "D53",
    "mtx": "D53",
    "plaquenil": "D16",
    "revolade": "D10",
    "cisplatin": "D31",
}

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
    return {one for source in sources for one in listed(source["classes"])}


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
        assert regions == [one for one in ("us", "uk", "eu") if one in regions], row


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


def test_every_id_lies_between_d01_and_d81_and_stands_once_in_its_row(rows):
    for row in rows:
        ids = listed(row["classes"])
        assert all(re.fullmatch(r"D\d\d", one) and 1 <= int(one[1:]) <= 81 for one in ids), row
        assert ids == sorted(set(ids)), row


def test_every_id_but_the_default_is_carried_by_some_name(rows):
    carried = {one for row in rows for one in listed(row["classes"])}
    assert carried == {f"D{number:02}" for number in range(1, 82)} - {"D45"}


@pytest.mark.parametrize(("name", "ids"), EXPECTED.items())
def test_a_name_carries_the_classes_a_pharmacist_gives_it(name, ids, medicines):
    assert classes_of(name, medicines) == set(ids.split())


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
