"""The first lines: what to be careful of, what was asked for, how words were understood."""

import json

import pytest
from click.testing import CliRunner

from planner.cli import cli


def plan(*flags):
    return CliRunner().invoke(cli, ["plan", "--days", "1", "--full", *flags])


def test_a_banner_stands_in_the_first_three_lines_and_in_json():
    flags = ("--sex", "f", "--age", "60", "--medicine", "warfarin", "--egfr", "50")
    lines = plan(*flags).stdout.splitlines()
    assert lines[0].startswith("SHOW THIS PLAN TO YOUR CLINIC")
    first = " ".join(lines[:3])
    assert "warfarin: vitamin K is kept even" in first
    assert "eGFR 50" in first
    assert json.loads(plan(*flags, "--json").stdout)["banner"].startswith("SHOW THIS PLAN")


def test_what_was_asked_for_is_echoed():
    result = plan(
        "--age", "40", "--energy-kcal", "1900", "--ratio-max", "1.9", "--target",
        "fibre_g>=30", "--like", "salmon", "--dislike", "kale", "--per-week", "nuts<=2",
        "--eat-out", "1:dinner", "--min-days-between", "salmon=3",
    )  # fmt: skip
    first = " ".join(result.stdout.split("Breakfast")[0].split())
    for words in (
        "1,900 kcal a day", "calcium to magnesium at most 1.9",
        "iber at least 30 g", "likes salmon",
        "dislikes kale", "nuts at most 2 a week", "eaten out Monday (day 1):dinner",
        "salmon 3 days apart",
    ):  # fmt: skip
        assert words in first


def test_a_target_lowered_by_hand_is_said_and_never_praised():
    shown = plan("--age", "40", "--target", "magnesium_mg>=100").stdout
    # RDA 320 mg
    assert "lowered by hand below the recommended 320 mg" in " ".join(
        shown.split("\n\n")[0].split()
    )
    row = next(line for line in shown.splitlines() if line.startswith("Magnesium, mg"))
    assert "lowered by hand" in row
    assert "%" not in row


@pytest.mark.parametrize(
    ("flag", "said", "understood"),
    [
        ("--medicine", "Dyazide", "triamterene, hydrochlorothiazide"),
        ("--condition", "T2DM", "Diabetes"),
        ("--medicine", "other: wonderol", "not known to this program"),
    ],
)
def test_how_words_were_understood_stands_on_the_first_screen_and_in_json(flag, said, understood):
    result = plan("--age", "50", flag, said)
    assert f"{said}: {understood}" in " ".join(result.stdout.split("Breakfast")[0].split())
    readings = json.loads(plan("--age", "50", flag, said, "--json").stdout)["request_readings"]
    assert any(one["said"] == said and understood in one["understood"] for one in readings)


def test_for_a_table_each_eaters_banner_stands_first():
    result = plan(
        "--eater", "name=Ann,sex=f,age=60,medicine=warfarin",
        "--eater", "name=Tom,sex=m,age=60,egfr=50",
    )  # fmt: skip
    first = " ".join(result.stdout.splitlines()[:6])
    assert "Ann: SHOW THIS PLAN TO YOUR CLINIC BEFORE YOU START: warfarin" in first
    assert "Tom: SHOW THIS PLAN TO YOUR CLINIC BEFORE YOU START: kidneys" in first
