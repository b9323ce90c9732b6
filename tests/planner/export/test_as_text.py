"""What is printed of a week: widths, bounds, sections of each eater, and what was understood."""

from dataclasses import replace

import pytest

from planner.candidates.dish import read_embedded_dishes
from planner.document.blocks import Section
from planner.errors import ExportError
from planner.explain.table_report import TableReport
from planner.export.week import week_blocks
from planner.export.week_notes import once_each
from planner.request.eater import Eater
from planner.request.put import Put
from planner.settings import read_settings
from tests import told
from tests.one_eater import as_text, report_as_json
from tests.reports import make_report
from tests.told import WIDTH, headings, printed, screen, week_of

MOST_LINES = 48  # of a week whose names take up to three lines each


def test_the_first_screen_is_the_beginning_of_the_answer():
    report = make_report()
    assert as_text(report).startswith(screen(report))
    assert len(screen(report).splitlines()) <= MOST_LINES


def test_a_day_that_is_not_there_is_refused():
    with pytest.raises(ExportError, match="the plan has no day 9 — days go from 1 to 7"):
        as_text(make_report(), 9)


TOLD_ONCE = {
    "Main sources of magnesium",
    "What is still low, and why",
    "Figures of foods",
    "Notes",
    "Please read",
}
OF_EACH = [
    "Pills and drinks, kept apart from medicines",
    "The week against its targets, mean a day",
    "What may be absorbed",
]


@pytest.fixture(name="report", scope="module")
def _report():
    return make_report(
        2, standard="eu", condition=("lactose intolerance",), medicine=("insulin", "levothyroxine")
    )


def sections(*names, report):
    """Give what stands below the days, for one eater or for several who have the same."""
    people = tuple(Eater(name, report.request.profile) for name in names if name)
    asked = replace(report.request, eaters=people)
    reports = dict.fromkeys(names, report)
    eaters = replace(TableReport.of_one(report), request=asked, reports=reports)
    whole = [one for one in week_blocks(week_of(eaters), "full") if isinstance(one, Section)]
    return [one for one in whole if not one.key.startswith(("day-", "shopping"))]


def test_each_section_of_one_eater_stands_once_for_all_or_with_each_name(report):
    alone, table = sections("", report=report), sections("Ann", "Tom", report=report)
    own = [one.title for one in alone]
    assert [title for title in own if title in OF_EACH] == OF_EACH
    assert set(own) - set(OF_EACH) - TOLD_ONCE == {
        "Carbohydrate of each meal: any two days within 15 g",
        "Lactose of each meal: at most 12 g",
    }
    for one in table:
        title = one.title.removesuffix(", all eaters")
        if title in OF_EACH:
            inner = [inner.title for inner in one.blocks if isinstance(inner, Section)]
            assert inner == ["Ann", "Tom"]
        else:
            assert title in TOLD_ONCE or title.startswith(("Ann", "Tom"))
    titles = {one.title.removesuffix(", all eaters") for one in table}
    assert titles >= TOLD_ONCE | set(OF_EACH)
    assert max(map(len, printed(table).splitlines())) <= WIDTH


def test_several_weeks_have_a_table_each_under_the_name(report):
    one, two = report.check.findings[0], replace(report.check.findings[0], week=2)
    long = replace(report, check=replace(report.check, findings=(one, two)))
    (targets,) = [one for one in sections("Ann", report=long) if one.key == "targets"]
    assert headings([targets])[1:] == ["Ann", "Week 1", "Week 2"]


def test_a_text_is_said_once_with_the_names_of_those_it_is_for():
    texts = {"Ann": ["For all.", "For two.", "Ann's."], "Tom": ["For all.", "For two."], "Kim": []}
    assert once_each(texts) == ["Ann, Tom: For all.", "Ann, Tom: For two.", "Ann: Ann's."]
    assert once_each({"": ["One.", "One."]}) == ["One."]
    assert once_each({"Ann": ["All."], "Tom": ["All."]}) == ["All."]


def test_what_a_document_shows_is_a_part_of_a_week_and_stands_there_once():
    shown = read_settings("documents/documents.toml")["shown"]
    week = week_of(make_report(2))
    for name, one in shown.items():
        parts = [*one.get("lead", ()), *one.get("parts", ())]
        assert len(set(parts)) == len(parts), name
    assert week_blocks(week, "screen")


MANY = ("nuts", "fish", "milk", "gluten", "egg", "soy", "sesame", "mustard", "celery", "lupin")


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
    report = make_report(without=("nuts",), put=(Put(1, "dinner", "pizza"),))
    report = replace(report, dishes=read_embedded_dishes())
    assert f"Pizza: {LISTED}." in " ".join(told.screen(report).split())
    pizza, nuts = report_as_json(report)["request_readings"]
    assert (pizza["said"], pizza["understood"]) == ("pizza", LISTED)
    assert (nuts["said"], nuts["understood"]) == ("without nuts", "tree nuts and peanuts")
    assert nuts["stays"] == "coconut is still allowed (leave out with --without coconut)"
