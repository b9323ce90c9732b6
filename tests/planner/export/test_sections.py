"""What stands below the days is told to everybody at a table as to one who eats alone."""

from dataclasses import replace

import pytest

from planner.explain.table_report import TableReport
from planner.export.page import HEADING, WIDTH, as_plain
from planner.export.sections import once_each, week_lines
from planner.export.week_text import UNSURE_LEGEND
from planner.realism.score import score_plan
from tests.reports import FOODS, make_report

TOLD_ONCE = {
    "Main sources of magnesium",
    "How that is estimated",
    "Main sources of calcium",
    "What stays short, and why",
    "What the week is close to",
    "What the plan gives up, in points",
    "Notes",
    "Please read",
}


@pytest.fixture(name="report", scope="module")
def _report():
    made = make_report(
        2, standard="eu", condition=("lactose intolerance",), medicine=("insulin", "levothyroxine")
    )
    return replace(made, realism=score_plan(made.plan, FOODS, ()))


def printed(*names, report):
    eaters = dict.fromkeys(names, report)
    return week_lines(replace(TableReport.of_one(report), reports=eaters))


def headings(lines):
    return [line.text for line in lines if line.part == HEADING and not line.text.startswith(" ")]


def test_each_section_of_one_eater_stands_once_for_all_or_with_each_name(report):
    alone, table = headings(printed("", report=report)), printed("Ann", "Tom", report=report)
    own = [title for title in alone if title not in TOLD_ONCE]
    assert own == [
        "A day that keeps medicines, minerals and magnesium apart",
        "The week against its targets, mean a day",
        "Each day against its bounds",
        "Carbohydrate of each meal: any two days within 15 g",
        "Lactose of each meal: at most 12 g",
        "What of it may be absorbed",
        "How real the week is",
    ]
    named = {f"{name}: {title[0].lower()}{title[1:]}" for title in own for name in ("Ann", "Tom")}
    told = {title.removesuffix(", all eaters") for title in headings(table)}
    assert told == named | TOLD_ONCE
    assert max(len(line.text) for line in table) <= WIDTH


def test_a_band_that_is_not_confirmed_is_marked_for_everybody(report):
    text = as_plain(printed("Ann", "Tom", report=report))
    assert text.count(UNSURE_LEGEND) == 2 * as_plain(printed("", report=report)).count(
        UNSURE_LEGEND
    )


def test_several_weeks_have_a_table_each_under_the_name(report):
    one, two = report.check.findings[0], replace(report.check.findings[0], week=2)
    long = replace(report, check=replace(report.check, findings=(one, two)))
    found = headings(printed("Ann", report=long))
    assert "Ann: week 1 against its targets, mean a day" in found
    assert "Ann: week 2 against its targets, mean a day" in found


def test_a_text_is_said_once_with_the_names_of_those_it_is_for():
    texts = {"Ann": ["For all.", "For two.", "Ann's."], "Tom": ["For all.", "For two."], "Kim": []}
    assert once_each(texts) == ["Ann, Tom: For all.", "Ann, Tom: For two.", "Ann: Ann's."]
    assert once_each({"": ["One.", "One."]}) == ["One."]
    assert once_each({"Ann": ["All."], "Tom": ["All."]}) == ["All."]
