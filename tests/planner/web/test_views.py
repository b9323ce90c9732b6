"""Four views as they were looked at: what falls out of its place, fades or is gone is found.

``MAGPLAN_GOLDEN=write python -m pytest tests/planner/web/test_views.py`` makes the pictures anew
after a change of the looks on purpose. Each is then to be looked at again:
``golden/views/README.md`` says what was judged.
"""

import io
import os
from pathlib import Path

import numpy
import pytest
from PIL import Image

from planner.web.asking import read_week_file
from tests.browser import DESK, PHONE, browser, letters
from tests.workbench import opened, serving

GOLDEN = Path(__file__).parents[2] / "golden"
FIRST = "first_page"
VIEWS = {
    FIRST: ("", DESK),
    "week": ("", (DESK[0], 1500)),
    "tuning": ("/tune", (DESK[0], 1100)),
    "cook_on_phone": ("/day/7", (PHONE[0], 1500)),
}
BLOCK = 16  # pixels: about as high as a letter, so that words are only as dark as they are dense
# Of 255 shades. A fourth of all dishes with a word less, which moves some lines, comes to 0.27 and
# 37; the faintest loss below, of what frames fields, has a mean of 0.45, or a block that is 47 off.
MOST_MEAN, MOST_BLOCK = 0.35, 40.0

STYLE = """const sheet = new CSSStyleSheet(); sheet.replaceSync('%s');
document.adoptedStyleSheets.push(sheet)"""
NAMES = "[...document.querySelectorAll('.grid .dish')].map(one => one.firstChild)"
PASSES = {
    "another dish": (
        "week", f"{NAMES}[2].textContent = 'Lentil soup with carrots and cumin '"
    ),
    "names with their words in another order": ("week", f"""{NAMES}.filter(one =>
        one.textContent.trim().split(' ').length < 4).forEach(one => {{
        one.textContent = one.textContent.trim().split(' ').reverse().join(' ') + ' '; }})"""),
}  # fmt: skip
FAILS = {
    "no strips of days": ("week", STYLE % ".strip { display: none; }"),
    "days behind their meals": (
        "week", "for (const row of document.querySelector('.grid').rows) row.append(row.cells[0])"),
    "no shade": ("cook_on_phone", STYLE % ".recipe { background: none; }"),
    "the week below the panel": ("tuning", STYLE % ".bench { display: block; }"),
    "no sliders": ("tuning", STYLE % "input[type=range] { visibility: hidden; }"),
    "fields below one another": (FIRST, STYLE % ".fields { display: block; }"),
    "faint frames": (FIRST, STYLE % "input, select, textarea { border-color: #ddd !important; }"),
    "faint links": ("cook_on_phone", STYLE % "a { color: #ccc; }"),
    "no timer": ("cook_on_phone", STYLE % ".timer { display: none; }"),
}  # fmt: skip


@pytest.fixture(scope="module")
def shot(tmp_path_factory):
    """Return a function: name of a view, what is done to the page first → its picture."""
    report = read_week_file((GOLDEN / "weeks/woman_55/plan.json").read_bytes(), "plan.json")[1]
    folder = tmp_path_factory.mktemp("views")
    with serving() as bench, browser(folder, letters(folder)) as page:
        home = bench.address.partition("/?")[0]
        page.open(bench.address)

        def taken(name, change=""):
            rest, size = VIEWS[name]
            week = None if name == FIRST else opened(bench, report, {})
            page.open(f"{home}/week/{week.week_id}{rest}" if week else home, size)
            if week:
                bench.shelf.close(week.week_id)  # it stands on the first page
                bench.shelf.closed = None
            page.driver.execute_script(change)
            return Image.open(io.BytesIO(page.driver.get_screenshot_as_png()))

        yield taken


def golden_of(name):
    return GOLDEN / "views" / f"{name}.png"


def blocks(picture):
    """Shrink a picture to blocks in gray."""
    wide, high = picture.size
    small = picture.convert("L").resize((wide // BLOCK, high // BLOCK), Image.Resampling.BOX)
    return numpy.asarray(small, float)


def beyond(one, other):
    """How far each block is from what another picture has in its place or next to it."""
    padded = numpy.pad(other, 1, mode="edge")
    high, wide = one.shape
    around = [padded[y : y + high, x : x + wide] for y in range(3) for x in range(3)]
    return numpy.abs(one - numpy.clip(one, numpy.min(around, 0), numpy.max(around, 0)))


def is_alike(picture, name):
    """Whether a picture has what the golden one of a view has, and nothing else."""
    golden = Image.open(golden_of(name))
    if picture.size != golden.size:
        return False
    one, other = blocks(picture), blocks(golden)
    far = numpy.maximum(beyond(one, other), beyond(other, one))
    return far.mean() <= MOST_MEAN and far.max() <= MOST_BLOCK


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_as_it_was_when_it_was_looked_at(shot, name):
    picture = shot(name)
    if os.environ.get("MAGPLAN_GOLDEN") == "write":
        few = picture.convert("RGB").quantize(64, dither=Image.Dither.NONE)
        few.save(golden_of(name), optimize=True)
    assert is_alike(picture, name)


@pytest.mark.parametrize(("name", "change"), PASSES.values(), ids=PASSES)
def test_other_words_are_the_same_view(shot, name, change):
    assert is_alike(shot(name, change), name)


@pytest.mark.parametrize(("name", "change"), FAILS.values(), ids=FAILS)
def test_what_is_gone_or_in_another_place_is_found(shot, name, change):
    assert not is_alike(shot(name, change), name)
