"""Words on paper: every letter has a font, targets in plain words, sheets of a week, lists."""

from dataclasses import replace
from datetime import date

import pytest

from planner.document.blocks import Bullets, Document, Paragraph, Pictures, Section
from planner.document.fonts import document_fonts, missing_texts, printable
from planner.document.page import PDF_MARK, as_paper
from planner.export.bands import Citations, aims
from planner.export.documents import WeekDocument
from planner.export.meals import menus
from planner.export.who import span_text
from planner.plan.plan import DayFacts, Plan
from planner.settings import names_in, read_rows, read_settings
from planner.sweep.picture import sweep_picture
from tests.papers import document_of, table_of
from tests.planner.sweep.sweeps import made_sweep
from tests.plates import day, item
from tests.reports import FOODS, make_plan, make_report
from tests.told import texts

FONTS = read_settings("documents/documents.toml")["fonts"]


def test_the_fonts_of_the_settings_are_installed_and_come_first():
    _, families = document_fonts()
    assert list(families[: len(FONTS["families"])]) == FONTS["families"]


def test_texts_of_values_keep_their_places():
    values = {"a": [["x", 1, None], {"b": "y\nz"}], "c": True}
    assert printable(values) == ({"a": [["x", 1, None], {"b": "y z"}], "c": True}, [])


@pytest.mark.parametrize(
    "text", ["*a* #b $c$ `d` <e> @f // \\ ~", "Zoë ½ °C – … µg ≥", "Ж Ω हिन्दी"]
)
def test_what_fonts_have_stays_as_it_is(text):
    assert printable(text) == (text, [])


def test_what_would_turn_the_direction_is_left_out_and_words_that_run_left_stand_alone():
    assert printable("a\u202eb \u05d0\u05d1 12")[0] == "ab \u2068\u05d0\u05d1\u2069 12"


def test_a_long_word_may_break_and_a_usual_one_may_not():
    assert printable(20 * "x")[0] == 20 * "x"
    assert printable(21 * "x")[0] == "\u200b".join(("x" * 10, "x" * 11))


def test_half_a_letter_is_no_letter():
    assert printable("a\ud800b") == ("a b", [])


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


@pytest.mark.parametrize(
    ("start", "days", "text"),
    [
        (date(2026, 3, 2), 7, "Monday 2 to Sunday 8 March 2026"),
        (date(2026, 3, 30), 7, "Monday 30 March to Sunday 5 April 2026"),
        (date(2026, 12, 28), 7, "Monday 28 December 2026 to Sunday 3 January 2027"),
        (date(2026, 3, 2), 1, "Monday 2 March 2026"),
        (None, 7, "Days 1 to 7"),
        (None, 1, "Day 1"),
    ],
)
def test_a_span_says_once_what_its_ends_have_in_common(start, days, text):
    assert span_text(make_plan(days, start).days) == text


def test_a_second_meal_names_the_first_though_that_was_made_the_evening_before():
    oats = item("blueberry_almond_overnight_oats", {"apple": 111})
    days = [day(1, FOODS, breakfast=oats), day(2, FOODS, breakfast=replace(oats, leftover_of=1))]
    days = [replace(one, date=date(2026, 3, 1 + one.day)) for one in days]
    plan = Plan(tuple(days), {}, {}, None, 0.0, 1)
    week = document_of(plan).table
    (menu,) = menus(week, week.book)
    assert menu.days[1].meals[0][0].again == "from Monday's breakfast"


def test_dishes_of_their_own_name_whose_they_are():
    week = table_of(["Ann", "Ben"], make_plan(1), apart=True).table
    (day,) = menus(week, week.book)[0].days
    assert [one.who for one in day.meals[0]] == ["Ann", "Ben"]


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
