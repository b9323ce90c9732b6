"""What is left out is said as it was understood: first screen, notes, JSON, Markdown."""

import json
from dataclasses import replace

import pytest

from planner.candidates.dish import read_embedded_dishes
from planner.export.people import written_readings
from planner.request.put import Put
from tests import told
from tests.one_eater import as_json, as_text
from tests.reports import make_report
from tests.told import WIDTH

MOST_LINES = 48  # of a week whose names take up to three lines each
MANY = ("nuts", "fish", "milk", "gluten", "egg", "soy", "sesame", "mustard", "celery", "lupin")


def screen(**flags):
    return told.screen(make_report(sex="f", age=40, **flags))


def test_the_first_screen_says_what_was_understood():
    assert "Without nuts: tree nuts and peanuts (" in " ".join(screen(without=("nuts",)).split())


@pytest.mark.parametrize("count", [1, 2, 3, 5, len(MANY)])
def test_many_readings_keep_the_first_screen_short_and_stand_in_full_under_the_notes(count):
    report = make_report(sex="f", age=40, height=170, without=MANY[:count])
    lines = told.screen(report).splitlines()
    assert len(lines) <= MOST_LINES
    assert max(map(len, lines)) <= WIDTH
    assert any(line.startswith("Without nuts") for line in lines)
    below = " ".join(as_text(report).partition("\nNotes\n")[2].split())
    assert all(f"Without {name}: " in below for name in MANY[:count])




LISTED = 'one of 4 dishes; `magplan dishes list --with "pizza"` lists them'


def test_a_word_that_several_dishes_are_called_by_is_said():
    report = make_report(put=(Put(1, "dinner", "pizza"),))
    report = replace(report, dishes=read_embedded_dishes())
    assert f"Pizza: {LISTED}." in " ".join(told.screen(report).split())
    assert f"Pizza: {LISTED}." in as_text(report)
    (found,) = json.loads(as_json(report))["request_readings"]
    assert (found["said"], found["understood"]) == ("pizza", LISTED)




def test_plan_json_holds_each_reading():
    report = make_report(without=("nuts",))
    (found,) = json.loads(as_json(report))["request_readings"]
    assert found["said"] == "without nuts"
    assert found["understood"] == "tree nuts and peanuts"
    assert found["stays"] == "coconut is still allowed (leave out with --without coconut)"
    (one,) = written_readings(report.request, report.foods, report.dishes)
    assert found == one.json_values()
