"""Printed weeks of six very different people, as they were read aloud and judged.

Each folder of ``golden/weeks`` holds who it is (``request.toml``), the plan, the printed week and a
note on what was judged. After a change of printing on purpose, ``MAGPLAN_GOLDEN=write python -m
pytest tests/test_golden_weeks.py`` writes ``week.md`` anew; ``MAGPLAN_GOLDEN=replan`` makes new
plans too, and each is then to be read again before its fingerprint goes into its note.
"""

import hashlib
import json
import os
import re
from itertools import combinations
from pathlib import Path

import pytest

from foods.embedded import read_embedded_foods
from planner.cli.dishes_own import recipes_at_hand
from planner.export.documents import WeekDocument
from planner.request.read import read_request
from planner.wire.document import read_plan_document
from tests.one_eater import as_json, as_markdown, check_document, plan_meals

WEEKS = Path(__file__).parent / "golden" / "weeks"
NAMES = sorted(folder.name for folder in WEEKS.iterdir() if folder.is_dir())
LEAST_DIFFERENT = 3  # of the traits below
LEAST_YEARS_APART = 10
MOST_SCORE_LOST = 1.2  # a dish more in the catalogue moves a week's score by a point, either way
DAYS = 7
OF_THE_MACHINE = ("time_s", "build_s")
NOT_READ_BACK = (
    "created", "why", "absorption", "batch", "candidates", "notes", "warnings", "request_readings",
    "asked_for", "till",
)  # fmt: skip


def asked_by(name):
    """Read who a week is for."""
    return read_request(WEEKS / name / "request.toml")


def written(name, file="week.md"):
    """Read a file of a week."""
    return (WEEKS / name / file).read_text(encoding="utf-8")


def is_asked_to(*words):
    """Tell whether goldens are to be written."""
    return os.environ.get("MAGPLAN_GOLDEN") in words


def print_week(name):
    """Print a golden plan as ``magplan export --to md`` does."""
    document, foods = read_plan_document(WEEKS / name / "plan.json"), read_embedded_foods()
    check = check_document(document, foods)
    recipes = recipes_at_hand(document.request)
    return as_markdown(WeekDocument(document.plan, document.request, check, foods, recipes))


def fingerprint(name):
    """Give the first letters of a hash of what is served, by day, meal, amount and order."""
    document = read_plan_document(WEEKS / name / "plan.json")
    served = [
        (day.day, meal.slot, item.kind, item.item_id, item.measure, round(item.mass_g))
        for day in document.plan.days
        for meal in day.meals
        for item in meal.items
    ]
    return hashlib.sha256(json.dumps(served).encode()).hexdigest()[:12]


def write_plan(name, report):
    """Write a plan without what only the day and the machine decide, and what nobody reads back."""
    plan = {key: value for key, value in json.loads(as_json(report)).items()
            if key not in NOT_READ_BACK}  # fmt: skip
    plan["solver"] = {k: v for k, v in plan["solver"].items() if k not in OF_THE_MACHINE}
    text = json.dumps(plan, indent=1, ensure_ascii=False)
    (WEEKS / name / "plan.json").write_text(text + "\n", encoding="utf-8")


def traits_apart(one, other):
    """Count the ways in which two people differ."""
    a, b = one.profile, other.profile
    pairs = (
        (a.sex, b.sex),
        (a.activity, b.activity),
        (one.standard, other.standard),
        (one.week.pattern, other.week.pattern),
        (one.preferences.diet, other.preferences.diet),
        (one.preferences.without, other.preferences.without),
        (one.preferences.budget_per_week, other.preferences.budget_per_week),
        (a.medicines, b.medicines),
    )
    is_older = abs(a.age_y - b.age_y) >= LEAST_YEARS_APART
    return is_older + sum(left != right for left, right in pairs)


def test_there_are_six_people_who_differ_much_from_one_another():
    people = {name: asked_by(name) for name in NAMES}
    assert len(people) == 6
    for one, other in combinations(NAMES, 2):
        assert traits_apart(people[one], people[other]) >= LEAST_DIFFERENT, (one, other)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_person_gets_a_week_today_that_is_as_real(name):
    report = plan_meals(asked_by(name))
    if is_asked_to("replan"):
        write_plan(name, report)
    golden = json.loads(written(name, "plan.json"))["realism"]["score"]
    assert report.check is not None
    assert report.check.passed
    assert report.realism.score >= golden - MOST_SCORE_LOST


@pytest.mark.parametrize("name", NAMES)
def test_a_week_that_was_judged_still_passes_the_check_by_todays_catalogue(name):
    document = read_plan_document(WEEKS / name / "plan.json")
    check = check_document(document, read_embedded_foods())
    assert check.passed, check.faults
    assert len(document.plan.days) == DAYS
    assert document.request.profile == asked_by(name).profile


@pytest.mark.parametrize("name", NAMES)
def test_a_week_is_printed_as_it_was_when_it_was_read(name):
    printed = print_week(name)
    if is_asked_to("write", "replan"):
        (WEEKS / name / "week.md").write_text(printed, encoding="utf-8")
    assert printed == written(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_note_names_the_plan_that_it_judged_and_every_day_of_it(name):
    note = written(name, "note.md")
    assert f"Plan judged: `{fingerprint(name)}`" in note.splitlines()[:4], (
        f"read the week of {name} again, then put {fingerprint(name)} in its note"
    )
    assert re.findall(r"^- \*\*Day (\d)\*\*", note, re.M) == [str(n + 1) for n in range(DAYS)]
    for heading in ("What was judged", "Day by day", "Mended", "Accepted"):
        assert f"## {heading}" in note


@pytest.mark.parametrize("name", NAMES)
def test_the_files_of_a_week_hold_no_time_and_no_place_of_a_machine(name):
    for file in ("plan.json", "week.md", "note.md", "request.toml"):
        text = written(name, file)
        assert not re.search(r'"(created|time_s|build_s)"|/(home|tmp|root|usr|work)/', text)
