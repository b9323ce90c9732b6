"""A nutrient takes twelve files, and whichever one is forgotten is told: iodine, under three.

Reference values: Institute of Medicine (2001), table of iodine and of upper levels; EFSA (2014,
2018); COMA (1991). What foods hold is invented: the same in every food but mineral waters.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import tomllib
from contextlib import contextmanager

import pytest

from foods.catalogue import content_digest
from foods.nutrient import RELEASES
from tests.changes.copying import ROOT, copy_of_project, edit, recipe, run

pytestmark = pytest.mark.harden

MOST_FILES = 12
UG_IN_100_G = "20"
NUTRIENTS, FOODS = "foods/data/nutrients.csv", "foods/data/foods.csv"
SOURCES, TARGETS = "foods/data/SOURCES.toml", "configs/targets.toml"
US, EU, UK = (f"configs/standards/{name}.csv" for name in ("us", "eu", "uk"))
AGAIN = "tests/data/second_reading.csv"
AGAIN_TEST = "tests/configs/test_reference_second_reading.py"
DATA_TEST = "tests/foods/test_embedded.py"

ROW = "iodine_ug,Iodine,mineral,I,ug,0,ID,,,1100,\n"
KEY = 'iodine = "iodine_ug"\n'
PLACE = '"selenium_ug", "iodine_ug", '
EDITS = (
    (NUTRIENTS, "vitamin_a_ug_rae,", ROW + "vitamin_a_ug_rae,"),
    (TARGETS, 'iron = "iron_mg"\n', KEY + 'iron = "iron_mg"\n'),
    (TARGETS, '"selenium_ug", ', PLACE),
)
READ_AGAIN = """\
us,iodine,RDA,ug,total,,1:90 9:120 14:150,=,14:220,14:290
us,iodine,UL,ug,total,,1:200 4:300 9:600 14:900 19:1100,=,14:=,14:=
eu,iodine,AI,ug,total,,1:90 11:120 15:130 18:150,=,18:200,18:200
eu,iodine,UL,ug,total,,1:200 4:250 7:300 11:450 15:500 18:600,=,18:=,18:=
uk,iodine,RNI,ug,total,,1:70 4:100 7:110 11:130 15:140,=,,
"""
MILK = "magnesium_mg=foundation_2024-10:746782"
# standard → source, place there, and (kind, state) → first and last year, µg a day
VALUES = {
    US: {
        ("RDA", "dri_elem_2019"): {
            "none": ((1, 8, 90), (9, 13, 120), (14, 120, 150)),
            "pregnant": ((14, 50, 220),),
            "lactating": ((14, 50, 290),),
        },
        ("UL", "dri_ul_elem"): {
            "none": ((1, 3, 200), (4, 8, 300), (9, 13, 600), (14, 18, 900), (19, 120, 1100)),
            "pregnant": ((14, 18, 900), (19, 50, 1100)),
            "lactating": ((14, 18, 900), (19, 50, 1100)),
        },
    },
    EU: {
        ("AI", "efsa_drv_2017"): {
            "none": ((1, 10, 90), (11, 14, 120), (15, 17, 130), (18, 120, 150)),
            "pregnant": ((18, 50, 200),),
            "lactating": ((18, 50, 200),),
        },
        ("UL", "efsa_ul_2018"): {
            "none": (
                *((1, 3, 200), (4, 6, 250), (7, 10, 300)),
                *((11, 14, 450), (15, 17, 500), (18, 120, 600)),
            ),
            "pregnant": ((18, 50, 600),),
            "lactating": ((18, 50, 600),),
        },
    },
    UK: {
        ("RNI", "uk_coma_1991"): {
            "none": ((1, 3, 70), (4, 6, 100), (7, 10, 110), (11, 14, 130), (15, 120, 140)),
        }
    },
}


def rows_of(standard):
    for (kind, source), states in VALUES[standard].items():
        for state, bands in states.items():
            for first, last, amount in bands:
                sex = "both" if state == "none" else "F"
                yield (
                    *("iodine", kind, sex, first, last, state, amount, "ug", "total", ""),
                    *(source, "table of iodine", "unconfirmed"),
                )


def add_values(path, standard):
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted([*rows, *rows_of(standard)], key=lambda row: row[0]))


def add_figures(path, known=lambda line: ",ciqual_2017," not in line):
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    filled = [f"{line},{UG_IN_100_G if known(line) else ''}" for line in lines]
    path.write_text("\n".join([f"{header},iodine_ug", *filled, ""]), encoding="utf-8")


def raise_version(data):
    """Write the next version of the data and its digest."""
    about = tomllib.loads((data / "SOURCES.toml").read_text("utf-8"))["catalogue"]
    texts = [(data / name).read_text("utf-8") for name in ("catalogue.csv", "foods.csv")]
    edit(data / "SOURCES.toml", f'"{about["version"]}"', '"next"')
    edit(data / "SOURCES.toml", about["sha256"], content_digest(*texts))


def run_tests(copy, *tests):
    """Run tests of the copy; gives what they print."""
    options = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--rootdir", copy)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *map(str, options), *tests],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


@contextmanager
def changed(copy, file, change):
    """Change a file for a while; ``None`` makes it again what it is without iodine."""
    path = copy / file
    before = path.read_text(encoding="utf-8")
    shutil.copy(ROOT / file, path) if change is None else change(path)
    try:
        yield
    finally:
        path.write_text(before, encoding="utf-8")


def without(text):
    return lambda path: edit(path, text, "")


def few_figures(path):
    shutil.copy(ROOT / FOODS, path)
    add_figures(path, lambda line: line.startswith("milk_"))


def overlaid_alone(path):
    """A figure of an analysis of milk, without a row in ``overlaid.csv``."""
    edit(path, MILK, f"iodine_ug={MILK.partition('=')[2]};{MILK}")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = copy_of_project(tmp_path_factory.mktemp("nutrient"), "foods", "configs")
    for test in (AGAIN_TEST, AGAIN, DATA_TEST):
        (folder / test).parent.mkdir(parents=True)
        shutil.copy(ROOT / test, folder / test)
    with (folder / AGAIN).open("a", encoding="utf-8") as file:
        file.write(READ_AGAIN)
    for file, anchor, text in EDITS:
        edit(folder / file, anchor, text)
    for standard in VALUES:
        add_values(folder / standard, standard)
    add_figures(folder / FOODS)
    raise_version(folder / "foods/data")
    return folder


def forgotten(file, change, command, told, name):
    return pytest.param(file, change, command, told, id=name)


DAY = ("plan", "--days", 1)


def test_the_recipe_names_what_the_change_touches():
    files = recipe("A nutrient")
    assert {NUTRIENTS, FOODS, SOURCES, TARGETS, AGAIN, *VALUES} <= set(files)
    assert len(files) == len(set(files)) <= MOST_FILES


def test_it_is_a_target_among_the_minerals_with_its_upper_level_and_source(copy):
    minerals = run(copy, "targets").split("\nMinerals ")[1].split("\n\n")[0]
    (line,) = [line for line in minerals.splitlines() if "Iodine, µg" in line]
    # seven tenths of the RDA each day up to the UL, the RDA over the week
    assert line.split()[2:8] == ["105", "to", "1100", ">=", "150", "UL,"]


def test_each_standard_has_its_own_value_or_says_that_it_gives_none(copy):
    compared = run(copy, "targets", "--compare", "us,eu,uk,who", "--state", "pregnant")
    (line,) = [line for line in compared.splitlines() if line.startswith("Iodine, µg")]
    # seven tenths of 220, 200 and 140 µg each day; WHO has no rows here
    assert line.split()[3:] == ["154-1100", "140-600", ">=", "98", "-"]
    assert "WHO gives no phosphorus, copper, iodine" in run(copy, "targets", "--standard", "who")


def test_a_day_is_planned_and_judged_by_it(copy):
    plan = json.loads(run(copy, *DAY, "--json"))
    found = [one for one in plan["check"]["findings"] if one["nutrient"] == "iodine_ug"]
    assert plan["check"]["passed"]
    assert {one["period"] for one in found} == {"day", "week"}
    assert all(one["holds"] and one["value"] >= 150 for one in found)


def test_the_tests_of_the_data_pass(copy):
    said = run_tests(copy, AGAIN_TEST, DATA_TEST)
    assert " passed" in said
    assert "failed" not in said


def test_its_figure_is_carried_with_the_other_minerals_of_its_analysis(copy, tmp_path):
    # An invented download; the numbers of magnesium, calcium and iodine are the official ones.
    folder = copy / "foods/data"
    data = shutil.copytree(folder, tmp_path / "data", ignore=shutil.ignore_patterns("dishes"))
    header, *rows = (folder / "catalogue.csv").read_text(encoding="utf-8").splitlines()
    (milk,) = [row for row in rows if row.startswith("milk_whole,")]
    (data / "catalogue.csv").write_text(f"{header}\n{milk}\n", encoding="utf-8")
    (data / "overlays.csv").write_text("food_id,foundation_fdc_id,except,reason\n")
    number = dict(zip(header.split(","), milk.split(","), strict=True))["source_id"]
    (tmp_path / "FOOD_DES.txt").write_text(f"~{number}~^~0100~^~Milk~\n")
    (tmp_path / "NUT_DATA.txt").write_text(f"~{number}~^~304~^10\n~{number}~^~301~^113\n")
    (tmp_path / "food.csv").write_text("fdc_id,data_type\n7,foundation_food\n")
    (tmp_path / "foundation_food.csv").write_text(f"fdc_id,NDB_number\n7,{number}\n")
    (tmp_path / "food_nutrient.csv").write_text(
        "fdc_id,nutrient_id,amount\n7,1090,11.9\n7,1087,123\n7,1100,37.9\n"
    )
    releases = [word for name in RELEASES[::2] for word in ("--release", name, tmp_path)]
    run(copy, "foods", "carry", "--data", data, *releases)
    (food,) = csv.DictReader((data / "foods.csv").read_text("utf-8").splitlines())
    assert food["iodine_ug"] == "37.9"
    assert "iodine_ug=foundation_2024-10:7" in food["overlay"]
    assert f"milk_whole,iodine_ug,sr28,{number}," in (data / "overlaid.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("file", "change", "command", "told"),
    [
        forgotten(NUTRIENTS, None, ("targets",),
                  "[key] names 'iodine_ug', which has no row in foods/data/nutrients.csv", "row"),
        forgotten(NUTRIENTS, lambda path: edit(path, "Iodine,mineral,I", "Iodine,,"), ("targets",),
                  "row 19, group: '' is none of energy, macronutrient, mineral", "group"),
        forgotten(NUTRIENTS, lambda path: edit(path, "mineral,I,ug", "mineral,I,mg"), ("targets",),
                  "row 19, unit: 'mg', but the key 'iodine_ug' ends in another one", "unit"),
        forgotten(NUTRIENTS, lambda path: edit(path, "mineral,I,ug", "mineral,,ug"), ("targets",),
                  "row 19, element: ''; a mineral has the symbol of one", "element"),
        forgotten(FOODS, None, ("foods", "show", "milk_whole"),
                  "foods.csv: no food has a figure of iodine_ug", "figures"),
        forgotten(TARGETS, None, ("targets",),
                  "cannot read 'iodine': [key] of configs/targets.toml has no line for it",
                  "targets"),
        forgotten(TARGETS, without(KEY), ("targets",),
                  "iodine_ug has a place, but [key] has no line for it", "key"),
        forgotten(TARGETS, without('"iodine_ug", '), ("targets",),
                  "iodine_ug has no place: list it in [[floors]], or say in [not_planned]",
                  "place"),
        forgotten(TARGETS, lambda path: edit(path, "water_g = ", 'iodine_ug = ""\nwater_g = '),
                  ("targets",), "iodine_ug stands 2 times in [[floors]] and [not_planned]",
                  "two places"),
        forgotten(US, None, ("targets",), "US gives no iodine here", "us"),
        forgotten(EU, None, ("targets", "--standard", "eu"), "EFSA gives no iodine", "eu"),
        forgotten("configs/standards/uk.toml", lambda path: edit(path, "coma_1991]", "coma]"),
                  ("targets", "--standard", "uk"),
                  "uk.toml: no [sources.uk_coma_1991], which rows of standards/uk.csv name",
                  "source"),
    ],
)  # fmt: skip
def test_a_piece_that_is_forgotten_is_told(copy, file, change, command, told):
    with changed(copy, file, change):
        said = run(copy, *command, code=None)
    assert told in said
    assert "Traceback" not in said


def test_a_hard_target_of_what_few_foods_have_a_figure_of_is_refused_by_name(copy):
    with changed(copy, FOODS, few_figures):
        said = run(copy, *DAY, code=1)
    assert "targets, iodine_ug: only 6 of 676 foods have a figure of iodine" in said
    assert "`not_asked_of` in configs/check.toml" in said


@pytest.mark.parametrize(
    ("file", "change", "test"),
    [
        (AGAIN, None, f"{AGAIN_TEST}::test_both_readings_are_of_the_same_values"),
        (SOURCES, None, f"{DATA_TEST}::test_the_version_is_that_of_these_figures"),
        (FOODS, overlaid_alone,
         f"{DATA_TEST}::test_every_figure_of_a_newer_analysis_keeps_the_one_that_it_covers"),
    ],
    ids=["read again", "version", "overlaid"],
)  # fmt: skip
def test_what_the_program_cannot_know_fails_a_test(copy, file, change, test):
    with changed(copy, file, change):
        assert " failed" in run_tests(copy, test)
