import pytest

from planner.pictures.picture import BARS, COLUMNS, CURVE, Band, Panel, Picture, Series
from tests.pictures import panel


def test_parts_stand_on_each_other_and_an_unknown_one_adds_nothing():
    # 1 + 2; 3 alone; neither is known
    own = (
        Series("food", "food", (1.0, 3.0, None)),
        Series("supplement", "pills", (2.0, None, None)),
    )
    made = Panel(COLUMNS, "Magnesium", ("a", "b", "c"), own, ("3", "3", "?"))
    assert made.tops == (3.0, 3.0, None)
    assert made.numbers == (3.0, 3.0)


def test_a_picture_is_told_with_every_figure_and_what_is_wanted():
    made = panel(labels=("613", "842 over"), bands=(Band.level("at least 320", 320, None, 2),))
    text = Picture("week", "The week", (made, panel(CURVE, along="Ca:Mg at most"))).text
    assert text == (
        "Magnesium, mg (wanted: at least 320): Day 1 613; Day 2 842 over. "
        "Magnesium, mg by Ca:Mg at most: Day 1 10; Day 2 20."
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "pie"},
        {"labels": ("1",)},
        {"at": (1.0, 2.0, 3.0)},
        {"bands": (Band.level("at most 2", None, 2.0, 3),)},
        {"series": (Series("food", "food", (1.0,)),)},
    ],
)
def test_a_panel_without_a_value_for_each_place_cannot_be(wrong):
    with pytest.raises(ValueError, match=r"Magnesium, mg: "):
        panel(**{"kind": BARS, **wrong})
