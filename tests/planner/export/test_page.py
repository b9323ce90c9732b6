import click
import pytest
from click.testing import CliRunner

from planner.export.page import (
    HEADING,
    QUIET,
    TITLE,
    Line,
    as_columns,
    as_plain,
    cut_at_word,
    page_width,
    print_page,
    section,
    shortened,
    shortened_apart,
)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Chana masala with kale", "Chana masala with kale"),
        ("Rye crispbread with smoked salmon, dill ricotta", "Rye crispbread"),
        ("Black bean and pumpkin seed burger with mustard slaw", "Black bean and pumpkin…"),
        ("Zucchini, fava bean and feta frittata with mint", "Zucchini, fava bean…"),
        ("Yogurt bowl with quinoa, blueberries and seeds", "Yogurt bowl with quinoa"),
    ],
)
def test_names_are_shortened_where_one_would_pause(name, short):
    assert shortened(name, 23) == short


def test_names_that_would_look_alike_say_what_they_are_with():
    egg, honey = "English muffin with fried egg and dill", "English muffin with honey and pear"
    trout = "Trout with potatoes and cucumber"
    assert shortened_apart([egg, honey, trout, egg], 20) == {
        egg: "English with fried…", honey: "English with honey…", trout: "Trout with potatoes"
    }  # fmt: skip
    assert shortened_apart([egg, trout], 20)[egg] == "English muffin"
    for width in range(12, 40):
        assert all(len(one) <= width for one in shortened_apart([egg, honey], width).values())


@pytest.mark.parametrize("width", range(6, 40))
def test_a_shortened_name_fits_and_ends_with_a_whole_word(width):
    name = "Braised chicken thighs with lentils and spinach"
    short = shortened(name, width)
    assert len(short) <= width
    if width >= 9:
        assert set(short.rstrip("…").split()) <= set(name.replace(",", "").split())


def test_a_cut_text_does_not_end_with_a_joining_word():
    assert cut_at_word("Almonds and dried apricots", 13) == "Almonds…"


def test_columns_are_as_wide_as_their_widest_cell():
    assert as_columns([("a", "1"), ("bcd", "10")], right=(1,)) == ["a     1", "bcd  10"]


def test_a_section_without_lines_has_no_heading():
    assert section("Nothing", []) == []


@pytest.mark.parametrize(
    ("columns", "width"),
    [(None, 80), ("100", 100), ("72", 72), ("20", 60), ("9999", 200), ("wide", 80), ("", 80)],
)
def test_columns_sets_the_width_of_a_page_as_far_as_it_can_be_read(columns, width):
    assert page_width(columns) == width


def test_a_styled_page_says_what_the_plain_one_says():
    lines = [
        Line("Week", TITLE),
        Line("Day 1  ", HEADING),
        Line("oats [b]50[/b] g"),
        Line("", QUIET),
    ]
    page = click.command()(lambda: print_page(lines))
    shown = CliRunner().invoke(page, color=True).stdout
    assert "\x1b[1m" in shown.splitlines()[0]
    assert shown.splitlines()[2].removesuffix("\x1b[0m") == "oats [b]50[/b] g"
    assert click.unstyle(shown) == f"{as_plain(lines)}\n"
