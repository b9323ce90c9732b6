"""What plans, lists and answers print, as it was read by a person: stored weeks, and ones by hand.

After a change of printing on purpose, ``MAGPLAN_GOLDEN=write python -m pytest`` of this file writes
``tests/golden/printed`` anew.
"""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.explain.table_report import TableReport
from planner.export.diff import change_texts
from planner.export.formats import week_markdown
from planner.export.improve import improvement_told
from planner.export.meals import allergen_blocks
from planner.export.recipe_text import batch_blocks
from planner.export.shopping import list_told
from planner.request.meal_phrases import read_meal_of_day
from planner.request.phrases import FrequencyRule
from tests import stored
from tests.documents import make_pair
from tests.one_eater import as_text, report_as_json
from tests.reports import make_outcome, make_refusal, make_report
from tests.told import WIDTH, printed, screen

GOLDENS = Path(__file__).parents[2] / "golden" / "printed"
ASKED = {
    "sex": "f", "age": 60, "without": ("soy", "nuts"), "like": {"beans": 3}, "energy_kcal": 1800,
    "per_week": (FrequencyRule("apple", ">=", 3), FrequencyRule("beans", "<=", 1)),
    "skip": (read_meal_of_day("1:snack"),), "medicine": ("warfarin",), "egfr": 50,
    "habit": {"desserts_a_day": 0}, "max_minutes_weekday": 25, "budget_per_week": 100.0,
}  # fmt: skip
TOLD = {
    "first_screen": lambda: screen(make_report()),
    "all_of_two_days": lambda: as_text(make_report(2)),
    "a_dated_day": lambda: as_text(make_report(start=date(2026, 3, 2)), 2),
    "much_asked_for": lambda: as_text(make_report(2, **ASKED)),
    "no_plan": lambda: as_text(make_refusal()),
    "none_in_time": lambda: as_text(
        make_refusal(outcome=make_outcome("no_plan_in_time", cut_by_clock=True))
    ),
    "fails_its_check": lambda: as_text(make_report(passed=False)),
    "two_at_a_table": lambda: week_markdown(make_pair()),
    "family": lambda: screen(stored.report("family")),
    "list_of_a_budget": lambda: printed(
        list_told(stored.week("budget").table.shopping, is_full=True)
    ),
    "cooked_twice": lambda: printed(batch_blocks(stored.week("four_weeks").table.batch)),
    "allergens": lambda: printed(allergen_blocks(stored.plan("vegan_woman_35"), stored.foods())),
    "changes_of_a_diary": lambda: printed(improvement_told(stored.improvement())),
}


@pytest.mark.parametrize("name", TOLD)
def test_it_is_printed_as_it_was_read(name):
    file, text = GOLDENS / f"{name}.txt", TOLD[name]()
    if os.environ.get("MAGPLAN_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
    assert ".." not in text
    assert name == "two_at_a_table" or max(map(len, text.splitlines())) <= WIDTH


@pytest.mark.parametrize(
    ("flags", "first"),
    [
        ({"age": 60, "medicine": ("warfarin",)}, "warfarin: vitamin K is kept even"),
        ({"age": 60, "egfr": 50}, "eGFR 50"),
    ],
)
def test_a_banner_stands_in_the_first_three_lines_and_in_json(flags, first):
    report = make_report(2, sex="f", **flags)
    lines = screen(report).splitlines()
    assert lines[0].startswith("SHOW THIS PLAN TO YOUR CLINIC")
    assert first in " ".join(lines[:3])
    assert report_as_json(report)["banner"].startswith("SHOW THIS PLAN")


@pytest.mark.parametrize(
    ("flags", "said", "understood"),
    [
        ({"medicine": ("Dyazide",)}, "Dyazide", "triamterene, hydrochlorothiazide"),
        ({"condition": ("T2DM",)}, "T2DM", "Diabetes"),
        ({"medicine": ("other: wonderol",)}, "other: wonderol", "not known to this program"),
    ],
)
def test_how_words_were_understood_stands_on_the_first_screen_and_in_json(flags, said, understood):
    report = make_report(2, age=50, **flags)
    assert f"{said}: {understood}" in " ".join(screen(report).split())
    readings = report_as_json(report)["request_readings"]
    assert any(each["said"] == said and understood in each["understood"] for each in readings)


def test_what_is_disliked_says_how_much_of_it_moved():
    before, disliked = make_report(2), make_report(2, dislike={"apple": 3})
    days = [replace(day, meals=day.meals[:-1]) for day in before.plan.days]  # without the apple
    after = replace(disliked, plan=replace(before.plan, days=tuple(days)))
    pair = [TableReport.of_one(report) for report in (before, after)]
    (told,) = change_texts(*pair)
    assert "apple" in told
    assert "360 g → 0 g" in told
    assert list(change_texts(pair[1], pair[1])) == []
