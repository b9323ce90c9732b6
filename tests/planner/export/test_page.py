"""Blocks as text: what stands where, how wide, and with which styles."""

import click
import pytest
from click.testing import CliRunner

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
from planner.document.program import page_width
from planner.document.terminal import as_plain, print_blocks

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
