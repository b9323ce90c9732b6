"""Foods that are known to be rich in oxalate count as rich, with a figure or without."""

import tomllib

import pytest

from foods.blanks import OXALATE, with_oxalate_of_kind
from foods.embedded import read_data_text, read_embedded_foods
from tests.plates import food

RULE = tomllib.loads(read_data_text("estimates.toml"))["oxalate_of_kind"]
KNOWN = (
    food("almonds", base="almond", group="nuts", oxalate_mg=450.0),
    food("pecans", base="pecan", group="nuts", oxalate_mg=64.0),
    food("cocoa", base="cocoa", group="sweet", oxalate_mg=680.0),
    food("beet", base="beet", group="vegetables", oxalate_mg=75.0),
)


def filled(base, group, words=("flag:oxalate_rich",), **content):
    one = food("x", base=base, group=group, words=words, **content)
    return list(with_oxalate_of_kind([*KNOWN, one], RULE))[-1].per_100g.get(OXALATE)


@pytest.mark.parametrize(
    ("base", "group", "mg"),
    [
        ("almond", "nut_butters", 450),  # the same thing in another form
        ("mixed", "nuts", 450),  # the richest of its group
        ("beet", "vegetables", 100),  # flagged, so not below where rich begins
        ("cocoa", "drink", 100),  # mostly water
        ("bar", "snack", 100),  # nothing of its kind has a figure
    ],
)
def test_what_is_rich_without_a_figure_has_that_of_its_kind(base, group, mg):
    assert filled(base, group) == mg


def test_a_figure_of_its_own_stays_and_without_a_flag_unknown_stays_unknown():
    assert filled("almond", "nuts", oxalate_mg=20.0) == 20
    assert filled("almond", "nuts", words=()) is None


def test_no_flagged_food_of_the_shipped_table_is_without_a_figure():
    bare = [
        one.food_id
        for one in read_embedded_foods()
        if one.flags & set(RULE["flags"]) and one.per_100g[OXALATE] is None
    ]
    assert bare == []


def test_a_filled_figure_is_marked_as_our_own():
    one = food("x", base="almond", group="nuts", words=("flag:oxalate_rich",))
    *_, last = with_oxalate_of_kind([*KNOWN, one], RULE)
    assert last.overlay == {OXALATE: "own:oxalate_of_richest_kind"}
