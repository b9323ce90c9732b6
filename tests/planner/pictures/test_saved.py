"""Panels and pictures: what they hold, and how they are drawn and read again."""

import io
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from planner.pictures.picture import (
    BARS,
    COLUMNS,
    CURVE,
    KINDS,
    POINTS,
    Band,
    Panel,
    Picture,
    Series,
)
from planner.pictures.saved import PNG_MARK, SVG_MARK, as_png, as_svg
from planner.settings import read_settings


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


ROOT = Path(__file__).parents[3]
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "Ann <script>alert(\"1\")</script> & $x^2$ \\frac 'q' שלום 名前 😀"
POOLS = (Series("food", "food", (10.0, 20.0)), Series("supplement", "supplements", (5.0, None)))
NUMBERS = {"at": (1.6, 2.0), "along": "Ca:Mg at most"}
BAND = (Band.level("at least 12", 12.0, None, 2),)


def panel(kind=COLUMNS, **changes):
    """Return a panel of two places, of 10 and 20."""
    usual = {
        "title": "Magnesium, mg", "places": ("Day 1", "Day 2"), "labels": ("10", "20"),
        "series": (Series("food", "food", (10.0, 20.0)),),
    }  # fmt: skip
    return Panel(kind, **{**usual, **changes})


def picture(kind=COLUMNS, title="The week", **changes):
    return Picture("week", title, (panel(kind, **changes),))


def texts(svg):
    return [
        "".join(one.itertext()).strip() for one in ElementTree.fromstring(svg).iter(f"{SVG}text")
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_drawn_with_its_title_its_bounds_and_its_words(kind):
    made = picture(kind, series=POOLS, bands=BAND, **(NUMBERS if kind == CURVE else {}))
    root = ElementTree.fromstring(as_svg(made))
    assert root.find(f"{SVG}title").text == "The week"
    assert root.find(f"{SVG}desc").text == made.text
    shown = texts(as_svg(made))
    assert {"Magnesium, mg", "wanted: at least 12", "food", "supplements"} <= set(shown)
    assert "10" in shown or kind == CURVE  # whose figures stand on its axes


def test_the_same_picture_is_the_same_file_and_a_changed_one_is_not():
    assert as_svg(picture()) == as_svg(picture())
    assert as_png(picture()) == as_png(picture())
    assert as_svg(picture()) != as_svg(picture(series=(Series("food", "food", (10.0, 19.0)),)))


def test_a_drawing_asks_for_nothing_and_lays_no_style_over_the_page_around_it():
    svg = as_svg(picture(series=POOLS, bands=BAND))
    assert svg.startswith(SVG_MARK)
    tags = {element.tag for element in ElementTree.fromstring(svg).iter()}
    assert not {f"{SVG}{name}" for name in ("style", "script", "image", "metadata")} & tags
    links = [v for one in ElementTree.fromstring(svg).iter() for k, v in one.items() if "href" in k]
    assert all(link.startswith("#week-") for link in links)


def test_ids_are_of_one_picture_alone_and_each_that_is_asked_for_is_there():
    roots = [ElementTree.fromstring(as_svg(Picture(name, "T", (panel(POINTS, series=POOLS),))))
             for name in ("week", "week_ann")]  # fmt: skip
    ids = [[element.get("id") for element in root.iter() if element.get("id")] for root in roots]
    assert not set(ids[0]) & set(ids[1])
    assert all(len(own) == len(set(own)) for own in ids)
    asked = {v[1:] for element in roots[0].iter() for k, v in element.items() if "href" in k}
    assert asked
    assert asked <= set(ids[0])


def test_settings_that_stop_the_library_stop_no_picture_and_nothing_is_said_of_them(tmp_path):
    (tmp_path / "matplotlibrc").write_text("nonsense: 3\nfont.size: 40\nbackend: TkAgg\n")
    lost = {"MPLBACKEND": "nonsense", "HOME": "/nonexistent", "MPLCONFIGDIR": "/proc/none"}
    code = "from planner.pictures.fonts import fonts_at_hand as own; print(own()[0])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, **lost, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("DejaVu Sans\n", "")


@pytest.mark.filterwarnings("ignore::planner.errors.ExportWarning")
@pytest.mark.parametrize("kind", [COLUMNS, BARS])
def test_hostile_names_come_out_as_they_are(kind):
    made = picture(kind, title=HOSTILE, places=(HOSTILE[:26], "Day 2"))
    svg = as_svg(made)
    assert ElementTree.fromstring(svg).find(f"{SVG}title").text == HOSTILE
    assert "".join(HOSTILE.split()) in "".join("".join(texts(svg)).split())
    assert "<script" not in svg
    assert Image.open(io.BytesIO(as_png(made))).text["Title"] == HOSTILE


def test_a_png_opens_with_its_words_and_is_wide_enough_to_print():
    made = picture(BARS, bands=BAND)
    image = Image.open(io.BytesIO(as_png(made)))
    image.load()
    sizes = read_settings("pictures.toml")["sizes"]
    assert image.width == round(sizes["width"] * sizes["dpi"])
    assert image.text == {"Software": PNG_MARK, "Title": "The week", "Description": made.text}


@pytest.mark.parametrize("name", ["a\x1b]0;x\x07b", "a\x00b", "\ud800", "a\tb\nc", "  "])
def test_what_no_file_may_hold_is_replaced_where_it_can_be_seen(name):
    made = picture(BARS, title=name, places=(name, "Day 2"))
    assert ElementTree.fromstring(as_svg(made)).find(f"{SVG}title").text == made.title
    assert Image.open(io.BytesIO(as_png(made))).text["Title"] == made.title
    assert ("\N{REPLACEMENT CHARACTER}" in made.title) == (name not in ("a\tb\nc", "  "))


def test_food_and_supplements_differ_without_colour():
    look = read_settings("pictures.toml")["parts"]
    signs = [(part["hatch"], part["mark"], part["dash"]) for part in look.values()]
    assert look["food"]["hatch"] != look["supplement"]["hatch"]
    assert len({mark for _, mark, _ in signs} - {""}) >= len(signs) - 1
    root = ElementTree.fromstring(as_svg(picture(series=POOLS)))
    assert root.find(f".//{SVG}pattern") is not None
