"""Bands that conditions, medicines and clinics set, typed from their rules: ``data/bands.csv``.

A row says what somebody asks, what of it is held (a nutrient of a day or in the mean of a week, or
a rule of days and meals), its bounds, and words that must be printed of it. ``no`` as the lower
bound: nothing of the kind is held. Nothing is solved; that plans keep what is held is the judge's.
"""

import csv
import re
import shlex
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.each import for_each
from tests.prepared import answer

ROOT = Path(__file__).parents[2]
SENTENCES = ROOT / "configs" / "safety" / "sentences.toml"
WHO = {
    "f30": "--sex f --age 30 --height 165 --weight 60",
    "f60": "--sex f --age 60 --height 162 --weight 65",
    "m50": "--sex m --age 50 --height 175 --weight 75",
    "m70": "--sex m --age 70 --height 175 --weight 75",
}
with (ROOT / "tests" / "data" / "bands.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
PROMISE = re.compile(
    r"(each|every) day (holds|has|stays)|of each day stays|is held to|are held to|at most \{\w+"
    r"[^}]*\} m?g (each|a) day|stays within|stay within|not a minimum|no minimum is set"
)
OF_PILLS = {  # and of what is typed: sentences that promise nothing of a plan's days
    "above_upper_level", "banner_potassium_clinic", "conflict_calcium", "kidney_rich",
    "not_understood_remedy", "other_reading", "weak_kidneys_taken",
}  # fmt: skip


@cache
def prepared(who, asked):
    """Return what a plan of one day would be made from, and what is printed beside it."""
    found = answer("plan", "--days", 1, *shlex.split(f"{WHO[who]} {asked}"))
    assert found.code == 0, found.text
    return found.week.week.targets, " ".join(found.text.split())


def held(targets, what):
    """Return the bounds of what is held; ``None`` where nothing of the kind is."""
    clinical = targets.clinical
    nutrient, _, rule = what.partition(" ")
    if what == "no meal skipped":
        return (None, None) if clinical.no_meal_skipped else None
    upper = {
        "of a day from the mean": clinical.daily_spread.get(nutrient),
        "of a meal": clinical.meal_upper.get(nutrient),
        "of a meal between days": clinical.meal_carbohydrate_spread_g,
        "of a meal beside another": clinical.meal_carbohydrate_times,
    }
    if rule:
        return None if upper[rule] is None else (None, upper[rule])
    nutrient, _, period = what.partition("/")
    band = targets.find(nutrient, period, "total")
    return None if band is None else (band.lower, band.upper)


@for_each(ROWS, name=lambda row: f"{row['who']} {row['asked']}: {row['what']}")
def test_what_a_rule_says_is_held_and_printed(row):
    targets, text = prepared(row["who"], row["asked"])
    found = held(targets, row["what"])
    if row["lower"] == "no":
        assert found is None
    else:
        wanted = [float(row[side]) if row[side] else None for side in ("lower", "upper")]
        assert found == tuple(pytest.approx(bound, abs=0.01) for bound in wanted)
    assert row["says"] in text


def test_each_sentence_that_promises_something_of_days_has_a_row():
    sentences = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    printed = " ".join(prepared(row["who"], row["asked"])[1] for row in ROWS)
    promising = {key for key, row in sentences.items() if PROMISE.search(row["text"].lower())}
    unseen = [
        key
        for key in promising - OF_PILLS
        if not re.search(re.sub(r"\\\{.*?\\\}", ".+", re.escape(sentences[key]["text"])), printed)
    ]
    assert sorted(unseen) == []


def test_a_wrong_band_would_be_found():
    targets, _ = prepared("f60", "--egfr 50")
    assert held(targets, "potassium_mg/day") == (None, 2600)
    assert held(targets, "potassium_mg/week") is None
    assert held(targets, "vitamin_k_ug of a day from the mean") is None
