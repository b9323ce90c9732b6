"""Blocks as text, and names that others wrote: no formula in a table, no markup in Markdown."""

import csv
import io
import re
from dataclasses import replace

import click
import pytest
from click.testing import CliRunner

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
from planner.document.program import page_width
from planner.document.terminal import as_plain, print_blocks
from planner.export.formats import week_markdown
from planner.export.spreadsheets import as_csv
from tests.documents import make_week, renamed
from tests.reports import FOODS, make_plan
from tests.rows import rows

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
