"""The page in a browser; blocks as text; names that others wrote are no formula and no markup."""

import csv
import io
import re
from dataclasses import replace
from itertools import pairwise

import click
import pytest
from click.testing import CliRunner
from selenium.webdriver.common.keys import Keys

from foods.own_csv import as_cell, as_food_csv, parse_figures
from planner.document.blocks import (
    QUIET,
    TITLE,
    Bullets,
    Menu,
    MenuDay,
    MenuDish,
    Paragraph,
    Recipe,
    Section,
)
from planner.document.markdown import literal
from planner.document.page import shipped_template
from planner.document.program import page_width
from planner.document.terminal import as_plain, print_blocks
from planner.export.formats import week_markdown, week_page
from planner.export.spreadsheets import as_csv
from tests.browser import DESK, FAINT, NAMELESS_TABLES, PHONE, browser, served
from tests.documents import make_week, renamed
from tests.papers import table_of
from tests.reports import FOODS, make_plan
from tests.rows import rows

ANN = "=<script>x()</script>'\"😀"
TOM = "שלום <b>טום</b> &amp;"
WEEK = table_of((ANN, TOM), make_plan(1), apart=True)
LETTER = "[0 0 612 792]"  # points


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A page of two eaters with the worst of names."""
    out = tmp_path_factory.mktemp("page")
    (out / "week.html").write_text(week_page(WEEK), encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("browser")) as page:
        yield page


@pytest.fixture
def page(opened, folder):
    opened.open((folder / "week.html").as_uri())
    return opened


def test_a_page_asks_for_nothing_and_the_browser_has_nothing_to_complain_of(opened, folder):
    with served(folder) as (address, asked):
        opened.open(f"{address}/week.html")
        assert opened.requests() == [f"{address}/week.html"]
        assert opened.complaints() == []
        assert asked == ["/week.html"]


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_nothing_is_wider_than_the_screen(opened, folder, size):
    opened.open((folder / "week.html").as_uri(), size)
    assert opened.run("document.documentElement.scrollWidth") <= size[0]
    assert opened.run("getComputedStyle(document.body).fontSize") == "16px"


def test_hostile_names_stand_there_as_names(page):
    text = page.run("document.body.textContent")
    assert ANN in text
    assert TOM in text
    assert page.run("document.title") == "Meals for 1 day"
    assert page.run("document.querySelectorAll('b, iframe, object, img').length") == 0
    scripts = page.run("[...document.querySelectorAll('script')].map(one => one.textContent)")
    assert scripts == [shipped_template("ticks.js")]  # by its hash; the page lets no other run
    assert page.run("[...document.querySelectorAll('svg title')].map(one => one.textContent)")[
        0
    ].startswith(ANN)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read_on_what_is_behind_it(opened, folder, scheme):
    opened.open((folder / "week.html").as_uri(), scheme=scheme)
    assert opened.run(FAINT) == []


def test_the_page_can_be_walked_by_headings_landmarks_and_tables(page):
    levels = page.run("[...document.querySelectorAll('h1,h2,h3,h4,h5')].map(e => +e.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    landmarks = "['header', 'nav', 'main', 'footer'].map(e => document.querySelectorAll(e).length)"
    assert page.run(landmarks) == [1, 1, 1, 1]
    assert page.run("document.documentElement.lang") == "en"
    assert page.run(NAMELESS_TABLES) == 0


def test_every_link_leads_somewhere_and_no_id_stands_twice(page):
    ids = page.run("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids))
    links = page.run("[...document.querySelectorAll('a')].map(one => one.getAttribute('href'))")
    named = page.run("[...document.querySelectorAll('[aria-labelledby]')].map("
                     "one => one.getAttribute('aria-labelledby'))")  # fmt: skip
    asked = {link.removeprefix("#") for link in links} | set(" ".join(named).split())
    assert asked <= set(ids)


def test_the_list_is_ticked_by_key(page):
    boxes = page.driver.find_elements("css selector", "li label input[type=checkbox]")
    assert len(boxes) == sum(not line.is_pantry for line in WEEK.table.shopping.lines)
    boxes[0].send_keys(Keys.SPACE)
    assert boxes[0].is_selected()
    line = "getComputedStyle(document.querySelector('input:checked ~ .what')).textDecorationLine"
    assert page.run(line) == "line-through"
    page.driver.refresh()  # the page alone keeps it, with no server behind it
    kept = page.driver.find_elements("css selector", "li label input[type=checkbox]")
    assert [box.is_selected() for box in kept] == [True, *[False] * (len(kept) - 1)]
    kept[0].send_keys(Keys.SPACE)


def test_a_page_prints_on_the_paper_of_its_units_with_nothing_cut(page):
    content = page.printed()
    sizes = {size.decode() for size in re.findall(rb"/MediaBox\s*(\[[^\]]*\])", content)}
    assert sizes == {LETTER}
    assert page.run("document.querySelectorAll('.scroll').length") > 0


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "<!-- a", "</style>", '" onload="x', "{{ 7 * 7 }}", "a\x00b"],
)
def test_no_name_becomes_markup(name):
    plain, text = (week_page(make_week(renamed(make_plan(2), title))) for title in ("Oats", name))
    assert text.count("<") == plain.count("<")
    assert "49" not in set(re.findall(r"\d+", text)) - set(re.findall(r"\d+", plain))


LONG = "Trout with toasted almonds and lemony green beans"


def menu(*names):
    days = tuple(
        MenuDay(number, f"Day {number}", "", "", ((MenuDish(name),),), ("–",))
        for number, name in enumerate(names, start=1)
    )
    return Menu("", "", "", ("Dinner",), days)


@pytest.mark.parametrize("width", [30, 60, 80, 120])
def test_a_name_is_never_cut(width):
    lines = as_plain([menu(LONG, "Tea")], width).splitlines()
    assert max(map(len, lines)) <= width
    shown = " ".join(" ".join(line[7:] for line in lines[1:]).split())
    assert shown == f"{LONG} Tea"


def test_tables_and_sections_stand_apart_and_sentences_do_not():
    told = [Paragraph("One."), Paragraph("Two."), Section("Head", (Bullets(("a", "b")),))]
    assert as_plain(told) == "One.\nTwo.\n\nHead\n- a\n- b"


def test_a_thing_of_a_meal_has_its_amounts_to_the_right_and_its_steps_below():
    one = Recipe("Rice", "1 serving", "300 g", "20 min", takes=(("Rice, dry", "1 cup", "185 g"),),
                 steps=("Boil it.",))  # fmt: skip
    title, takes, head, step = as_plain([one]).splitlines()
    assert title.startswith("  Rice ")
    assert title.split()[1:] == ["1", "serving", "300", "g"]
    assert takes.startswith("      Rice, dry")
    assert head == "  How to make it (20 min):"
    assert step == "  1. Boil it."


@pytest.mark.parametrize(
    ("columns", "width"),
    [("100", 100), ("72", 72), ("20", 60), ("9999", 200), ("wide", 80), ("", 80)],
)
def test_columns_sets_the_width_of_a_page_as_far_as_it_can_be_read(columns, width, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    assert page_width() == width


def test_a_styled_page_says_what_the_plain_one_says():
    told = [
        Paragraph("Week", TITLE),
        Section("Day 1", (Paragraph("oats [b]50[/b] g"), Paragraph("quietly", QUIET))),
    ]
    page = click.command()(lambda: print_blocks(told, is_styled=True))
    shown = CliRunner().invoke(page, color=True).stdout
    assert "\x1b[1m" in shown.splitlines()[0]
    assert click.unstyle(shown) == f"{as_plain(told)}\n"


HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "<script>alert(1)</script>", "[a](http://b.c)",
    "![a](x)", "**a**", "`a`", "# a", "1. a", "- a", "~~a~~", "https://b.c", "www.b.c", "a@b.c",
    "&lt;b&gt;", "a_b_c", "<!-- a", "a|b", "\\<b>",
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        *((name, f"'{name}") for name in HOSTILE if name[0] in "=+-@"),
        *(("\tx", "x"), ("\r=1", "'=1"), ("a\r\n=1", "a =1")),
        *((name, name) for name in ("Rice", "'tis", "1/2 cup")),
    ],
)
def test_a_cell_is_one_line_and_never_begins_as_a_formula_does(name, cell):
    assert as_cell(name) == cell


@pytest.mark.parametrize("name", ["=1+1", "'=1", "'tis", "Rice"])
def test_a_food_table_reads_back_the_name_that_was_written(name):
    food = replace(next(iter(FOODS)), name=name)
    (read,) = parse_figures(as_food_csv([food]), "foods.csv").values()
    assert read.name == (name if name != "'=1" else "=1")


@rows(__file__, "markdown_shows_a_text_as")
def test_markdown_shows_a_text_as_it_is(text, shown):
    assert literal(text) == shown


@pytest.mark.parametrize("name", HOSTILE)
def test_a_week_in_markdown_has_names_as_text_only(name):
    week = make_week(renamed(make_plan(1), name))
    text = week_markdown(week).removeprefix("<!-- magplan -->").replace("<!-- -->", "\0")
    assert literal(name).replace("<!-- -->", "\0") in text.replace("\\|", "|")
    text = re.sub(r"\\.", "", text)  # what is escaped is no mark
    for mark in ("<", "](", "://b", "www.", "@b", "`a", "~~", "\n# a", "\n=", "\n-1"):
        assert mark not in text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_week_as_csv_has_no_cell_that_a_spreadsheet_counts(name):
    cells = [
        cell
        for row in csv.reader(io.StringIO(as_csv(renamed(make_plan(1), name), FOODS)))
        for cell in row
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_page_has_no_orders_to_a_terminal():
    assert as_plain([Paragraph("So\x1b]0;x\x07up"), Paragraph("é")]) == "So]0;xup\né"
