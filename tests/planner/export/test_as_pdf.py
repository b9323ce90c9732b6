"""Documents on paper, opened with readers of PDF."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from planner.document.page import WORDS
from planner.export.documents import PageLayout
from planner.export.formats import week_papers
from planner.export.shopping import name_text
from planner.export.who import day_title
from planner.plan.times import times_of_plan
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.safety.stops import banner_of
from planner.settings import names_in, read_text
from planner.shops import named
from tests import stored
from tests.documents import make_week, renamed
from tests.papers import Paper, document_of, papers, table_of
from tests.reports import make_plan

A4, LETTER = (210, 297), (216, 279)
NAME = 'Stew "x" *bold* #let y = $z$ `=cmd()` <b> \\ [a](b) // c'
TITLES = [
    "The week at a glance", "Against what is recommended", "Against upper bounds",
    "Magnesium by food",
]  # fmt: skip
FILES = ["week.pdf", "week_large.pdf", "handout.pdf", "shopping_list.pdf"]


@pytest.fixture(scope="module")
def week():
    return stored.week("woman_55")


@pytest.fixture(scope="module")
def read(week):
    return papers(week)


def test_a_week_is_four_documents_on_letter_where_units_are_us(read):
    assert list(read) == FILES
    assert read["week.pdf"].sizes_mm == {LETTER[::-1]}
    assert {size for name in FILES[1:] for size in read[name].sizes_mm} == {LETTER}


def test_the_week_stands_on_one_page_with_each_day_and_dish(week, read):
    paper = read["week.pdf"]
    assert len(paper.pages) == 1
    for day in week.plan.days:
        assert paper.has(f"Day {day.day}")
        for meal in day.meals:
            assert paper.has(meal.items[0].name)


def test_the_handout_has_each_day_its_dishes_and_how_they_are_made(week, read):
    paper, dishes = read["handout.pdf"], {one.dish_id: one for one in week.dishes}
    for day in week.plan.days:
        assert paper.has(day_title(day))
        assert all(paper.has(named(item.name)) for item in day.items())
    cooked = {item.item_id for day in week.plan.days for item in day.items()} & dishes.keys()
    steps = [step for dish in cooked for step in dishes[dish].steps if step.isascii()]
    plain = [step for step in steps if not re.search(r"[{\d]|salt|eftovers", step)]  # as written
    assert len(plain) > 15
    assert all(paper.has(named(step)) for step in plain)


@pytest.mark.parametrize("file", ["shopping_list.pdf", "handout.pdf"])
def test_each_line_of_the_list_is_there(week, read, file):
    lines = [one for one in week.table.shopping.lines if not one.is_pantry]
    assert len(lines) > 20
    assert all(read[file].has(f"{name_text(one)}: {one.buy}") for one in lines)


@pytest.mark.parametrize("file", FILES)
def test_documents_are_tagged_with_title_language_and_headings(read, file):
    paper = read[file]
    root = paper.read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert paper.read.metadata.title
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in paper.content
    levels = [int(tag[2:]) for tag in paper.tags if re.fullmatch(r"/H[1-6]", tag)]
    assert levels[0] == 1
    assert all(later - level <= 1 for level, later in pairwise(levels))
    assert file != "handout.pdf" or {"/Table", "/TH", "/L", "/LI"} <= set(paper.tags)


def test_the_handout_has_the_pictures_of_the_page_with_all_their_figures_in_words(week, read):
    read_by = read["handout.pdf"].read
    objects = [read_by.get_object(number) for number in range(1, len(read_by.xref[0]) + 2)]
    figures = [one for one in objects if isinstance(one, dict) and one.get("/S") == "/Figure"]
    told = [str(one["/Alt"]) for one in figures]
    assert len(told) == len(TITLES)
    assert all(map(str.startswith, told, TITLES))
    assert all(f"{day.totals['magnesium_mg']:,.0f}" in told[0] for day in week.plan.days)
    assert "Magnesium from supplements 0 of 350 mg" in told[2]


def test_the_same_plan_gives_the_same_bytes(week):
    one = replace(week, layout=PageLayout(documents=("week", "list")))
    assert week_papers(one) == week_papers(one)


@pytest.mark.parametrize("file", FILES)
def test_every_letter_stands_on_its_page(read, file):
    assert read[file].is_within


@pytest.mark.parametrize(("days", "documents"), [(1, ()), (7, ("week", "large"))])
def test_nothing_is_lost_where_seven_have_nothing_in_common(days, documents):
    names = [f"Maximiliane-Josephine {number}" for number in range(7)]
    week = table_of(names, make_plan(days), apart=True, documents=documents)
    for name, paper in papers(week).items():
        assert paper.is_within
        if name != "shopping_list.pdf":
            assert all(paper.has(item.name) for day in week.plan.days for item in day.items())


def test_a_name_is_never_markup():
    found = papers(make_week(renamed(make_plan(2), NAME)))
    assert all(paper.has(NAME) for name, paper in found.items() if name != "shopping_list.pdf")


def test_letters_without_a_font_are_replaced_and_the_missing_font_is_named():
    week = document_of(renamed(make_plan(1), "Soup \U0001f958 東"), documents=("week",))
    with pytest.warns(
        UserWarning, match=r"No font at hand shows Chinese, Japanese or Korean, emoji"
    ) as told:
        (content,) = week_papers(week).values()
    assert len(told) == 1
    assert Paper(content).has("Soup \ufffd \ufffd")
    assert Paper(content).has(str(told[0].message))


def test_templates_say_nothing_of_their_own():
    sources = [read_text(f"documents/{name}.typ") for name in names_in("documents", ".typ")]
    code = re.sub(r"//.*", "", "\n".join(sources))
    assert re.findall(r"""["\[=] *[A-Z][a-z]+""", code) == []
    assert set(re.findall(r"data\.words\.(\w+)", code)) == set(WORDS)


def test_hours_of_medicines_and_what_a_clinic_must_see_stand_in_the_handout():
    request = PlanRequest(Profile(medicines=("levothyroxine", "warfarin"), age_y=60))
    week = replace(document_of(make_plan(2), documents=("handout",)), request=request)
    (paper,) = papers(week).values()
    assert paper.has(banner_of(request.patient))
    (group,) = times_of_plan(week.plan, request, week.foods)
    assert group.schedule.rules
    assert all(paper.has(str(rule)) for rule in group.schedule.rules)


def test_a_sheet_for_the_wall_tells_no_medicine():
    request = PlanRequest(Profile(medicines=("levothyroxine",)))
    week = replace(document_of(make_plan(2), documents=("week", "large", "list")), request=request)
    assert not any("levothyroxine" in paper.text for paper in papers(week).values())
