"""Documents on paper, opened with readers of PDF; fonts, words, sheets of a week, lists."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from planner.document.blocks import Bullets, Document, Paragraph, Pictures, Section
from planner.document.fonts import document_fonts, missing_texts, printable
from planner.document.page import PDF_MARK, WORDS, as_paper
from planner.export.bands import Citations, aims
from planner.export.documents import PageLayout, WeekDocument
from planner.export.formats import week_papers
from planner.export.meals import menus
from planner.export.shopping import name_text
from planner.export.who import day_title, span_text
from planner.plan.plan import DayFacts, Plan
from planner.plan.times import times_of_plan
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.safety.stops import banner_of
from planner.settings import names_in, read_rows, read_settings, read_text
from planner.shops import named
from planner.sweep.told import sweep_picture
from tests import stored
from tests.documents import make_week, renamed
from tests.papers import Paper, document_of, papers, table_of
from tests.planner.sweep.sweeps import made_sweep
from tests.plates import day, item
from tests.reports import FOODS, make_plan, make_report
from tests.rows import rows
from tests.told import texts

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
    for own in week.plan.days:
        assert paper.has(f"Day {own.day}")
        for meal in own.meals:
            assert paper.has(meal.items[0].name)


def test_the_handout_has_each_day_its_dishes_and_how_they_are_made(week, read):
    paper, dishes = read["handout.pdf"], {dish.dish_id: dish for dish in week.dishes}
    for own in week.plan.days:
        assert paper.has(day_title(own))
        assert all(paper.has(named(item.name)) for item in own.items())
    cooked = {item.item_id for day in week.plan.days for item in day.items()} & dishes.keys()
    steps = [step for dish in cooked for step in dishes[dish].steps if step.isascii()]
    plain = [step for step in steps if not re.search(r"[{\d]|salt|eftovers", step)]  # as written
    assert len(plain) > 15
    assert all(paper.has(named(step)) for step in plain)


@pytest.mark.parametrize("file", ["shopping_list.pdf", "handout.pdf"])
def test_each_line_of_the_list_is_there(week, read, file):
    lines = [line for line in week.table.shopping.lines if not line.is_pantry]
    assert len(lines) > 20
    assert all(read[file].has(f"{name_text(line)}: {line.buy}") for line in lines)


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
    figures = [node for node in objects if isinstance(node, dict) and node.get("/S") == "/Figure"]
    told = [str(figure["/Alt"]) for figure in figures]
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


FONTS = read_settings("documents/documents.toml")["fonts"]


def test_the_fonts_of_the_settings_are_installed_and_come_first():
    _, families = document_fonts()
    assert list(families[: len(FONTS["families"])]) == FONTS["families"]


@rows(__file__, "what_fonts_have_stays")
def test_what_fonts_have_stays_and_may_be_read(text, shown):
    assert printable(text) == (shown, [])


def test_a_letter_without_a_font_is_replaced_alone():
    text, missing = printable("Miso 味噌 soup")
    assert text == f"Miso {2 * FONTS['substitute']} soup"
    assert len(missing) == 1


def test_each_package_of_fonts_is_named_once():
    thai, other = missing_texts("กข😀")
    assert "fontpkg-noto-sans-thai" in thai
    assert "emoji and other signs" in other


TOLD = read_settings("documents/documents.toml")["kinds"]


def told(days=2, **flags):
    report = make_report(days=days, **flags)
    citations = Citations()
    week = WeekDocument(report.plan, report.request, report.check, FOODS, ())
    return list(aims(week, citations)), citations


def test_no_standard_has_a_kind_that_nobody_tells():
    rows = [
        row for name in names_in("standards", ".csv") for row in read_rows(f"standards/{name}.csv")
    ]
    shown = read_settings("targets.toml")["kinds"]
    silent = {*shown["shown_only"], *shown["increments"], *shown["average_requirements"]}
    kinds = {row["kind"].removesuffix("_low").removesuffix("_high") for row in rows}
    assert kinds - silent <= set(TOLD)


def test_magnesium_is_told_in_full():
    found, citations = told()
    # 377.5 mg a day: oats 120 / 377.5 = 32 %, beans 210 / 377.5 = 56 %, milk 38.5 / 377.5 = 10 %
    first = found[0]
    assert first.title == "Magnesium"
    aim, why, brings = texts(first.blocks)
    assert aim.startswith(
        "Aim: at least 320.0 mg a day (a wish, not a must). The plan brings 319.6"
    )
    assert "(short)" in aim
    assert brings == "Beans 56 %, Oats 32 %, Milk 10 %."
    assert why == TOLD["RDA"]
    assert found[-1].label == "On no day above"
    assert "Magnesium from supplements 350 mg" in found[-1].text
    assert "Energy" not in found[-1].text
    number = int(aim.rpartition("[")[2].strip("]"))
    assert "National Academies" in citations.texts()[number - 1]


@rows(__file__, "a_span_says_once")
def test_a_span_says_once_what_its_ends_have_in_common(start, days, text):
    first = date.fromisoformat(start) if start else None
    assert span_text(make_plan(days, first).days) == text


def test_a_second_meal_names_the_first_though_that_was_made_the_evening_before():
    oats = item("blueberry_almond_overnight_oats", {"apple": 111})
    days = [day(1, FOODS, breakfast=oats), day(2, FOODS, breakfast=replace(oats, leftover_of=1))]
    days = [replace(own_day, date=date(2026, 3, 1 + own_day.day)) for own_day in days]
    plan = Plan(tuple(days), {}, {}, None, 0.0, 1)
    week = document_of(plan).table
    (menu,) = menus(week, week.book)
    assert menu.days[1].meals[0][0].again == "from Monday's breakfast"


def test_dishes_of_their_own_name_whose_they_are():
    week = table_of(["Ann", "Ben"], make_plan(1), apart=True).table
    (day,) = menus(week, week.book)[0].days
    assert [meal.who for meal in day.meals[0]] == ["Ann", "Ben"]


def test_a_meal_that_is_missed_says_how():
    plan = make_plan(1)
    facts = DayFacts((("lunch", "out"), ("snack", "nothing")))
    meals = tuple(meal for meal in plan.days[0].meals if meal.slot not in ("lunch", "snack"))
    days = (replace(plan.days[0], meals=meals, facts=facts), *make_plan(2).days[1:])
    week = document_of(replace(plan, days=days)).table
    (menu,) = menus(week, week.book)
    assert menu.meals == ("Breakfast", "Lunch", "Dinner", "Snack")  # in the order of a day
    found = dict(zip(("breakfast", "lunch", "dinner", "snack"), menu.days[0].missed, strict=True))
    assert (found["lunch"], found["snack"]) == ("eaten out", "not eaten")


WHOLE = sweep_picture(made_sweep([9.0, 5.0, 2.0]))
CURVE = replace(WHOLE, panels=WHOLE.panels[:2])  # half a page
SOURCES = tuple(f"{'A report on reference intakes of minerals. ' * 4}Part {n}." for n in range(12))


@pytest.mark.parametrize("count", [5, 7, 9])
@pytest.mark.parametrize("above", range(0, 36, 3))
def test_a_thing_of_a_list_stands_whole_above_or_below_a_picture(above, count):
    lines = tuple(Paragraph(f"Line {n}") for n in range(above))
    drawn = Section("Days", (*lines, Pictures((CURVE,) * count)))
    words = Section("Words", (Bullets(SOURCES[:6]),))
    sources = Section("Sources", (Bullets(SOURCES, is_numbered=True),))
    paper = as_paper(Document("A week", (), (drawn, words, sources)), "handout.typ")
    assert PDF_MARK.encode() in paper
