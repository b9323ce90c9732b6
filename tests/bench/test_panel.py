"""The marks of readers: every round is whole, and the pages say what the marks say."""

import csv
from collections import Counter, defaultdict
from pathlib import Path
from statistics import fmean

import pytest

from planner.candidates.dish import read_embedded_dishes

PANEL = Path(__file__).with_name("panel")


def rows(name):
    with (PANEL / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_judge_of_each_round_marked_36_menus():
    judged = defaultdict(Counter)
    for row in rows("marks.csv"):
        assert 1 <= float(row["mark"]) <= 10
        judged[row["round"], row["judge"]][row["kind"]] += 1
    assert len({number for number, _ in judged}) == 32
    for (number, _), kinds in judged.items():
        few = 18 if number == "30" else 24  # its judges saw each changed day one way only
        assert few <= kinds["planned"] <= 24
        assert (kinds["good"], kinds["bad"]) == (8, 4)


def test_the_page_on_the_panel_has_the_means_of_the_marks():
    marks = defaultdict(list)
    for row in rows("marks.csv"):
        marks[row["round"], row["kind"]].append(float(row["mark"]))
    page = (PANEL / "README.md").read_text(encoding="utf-8")
    lines = {line.split(" | ")[0].strip("| "): line for line in page.splitlines()}
    for number in {number for number, _ in marks}:
        means = [f"{fmean(marks[number, kind]):.2f}" for kind in ("planned", "good", "bad")]
        assert lines[number].endswith(f"| {' | '.join(means)} |"), number


def test_dishes_have_the_taste_that_readers_gave_them():
    marks = {row.pop("dish_id"): [*map(float, filter(None, row.values()))]
             for row in rows("dishes.csv")}  # fmt: skip
    for dish in read_embedded_dishes():
        mean = fmean(marks[dish.dish_id])
        taste = min(4.0, max(1.0, 1.0 + (8.5 - mean) / 1.5))
        assert dish.taste == pytest.approx(taste, abs=0.06), dish.dish_id
