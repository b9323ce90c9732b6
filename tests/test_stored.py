"""The stored weeks: they hold by today's catalogue, and one of them is printed as it was read.

After a change of printing on purpose, ``MAGPLAN_GOLDEN=write python -m pytest
tests/test_stored.py`` writes ``week.md`` of that week anew.
"""

import os
import re

import pytest

from planner.export.files import is_as_written
from planner.export.formats import week_markdown
from planner.export.plan_names import PLAN_FILES
from tests import stored
from tests.each import for_each

PRINTED = "woman_55"


def served(plan):
    """Return what is served, by day, meal and amount."""
    return [
        (day.day, meal.slot, item.kind, item.item_id, item.measure, round(item.mass_g))
        for day in plan.days
        for meal in day.meals
        for item in meal.items
    ]


@for_each(stored.PLANS)
def test_a_stored_week_passes_the_check_by_todays_catalogue(name):
    assert stored.check(name).passed, [eater.faults for eater in stored.check(name).eaters.values()]
    assert stored.request(name).eaters == stored.asked(name).eaters
    assert stored.request(name).profile == stored.asked(name).profile


@pytest.mark.parametrize("name", ["woman_55", "family"])
def test_a_report_of_a_stored_week_serves_what_is_stored(name):
    assert stored.report(name).passed
    assert sorted(served(stored.report(name).plan)) == sorted(served(stored.plan(name)))


def test_a_stored_week_is_printed_as_it_was_when_it_was_read():
    file, printed = stored.folder(PRINTED) / "week.md", week_markdown(stored.week(PRINTED))
    if os.environ.get("MAGPLAN_GOLDEN") == "write":
        file.write_text(printed, encoding="utf-8")
    assert printed == file.read_text(encoding="utf-8")


def test_a_copy_of_a_stored_week_is_taken_as_written_by_magplan(stored_copy):
    folder = stored_copy("budget")
    assert {file.name for file in folder.iterdir()} == set(PLAN_FILES)
    assert all(is_as_written(file) for file in folder.iterdir())


@for_each(stored.PLANS)
def test_the_files_of_a_stored_week_hold_no_time_and_no_place_of_a_machine(name):
    for file in stored.folder(name).iterdir():
        text = file.read_text(encoding="utf-8")
        assert not re.search(r'"(created|time_s|build_s)"|/(home|tmp|root|usr|work)/', text), file


def test_a_plan_file_may_be_changed_by_a_quick_search():
    assert stored.quick_document("budget").request.solve.effort == "quick"
    assert stored.document("budget").request.solve.effort == "usual"


def test_the_stored_diary_has_a_week_and_changes_that_help():
    assert len(stored.diary().days) == 7
    assert stored.analysis().days
    assert stored.improvement().options
