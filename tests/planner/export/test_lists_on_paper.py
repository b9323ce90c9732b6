"""Lists on paper that go on behind pictures of the next page."""

from dataclasses import replace

import pytest

from planner.document.blocks import Bullets, Document, Paragraph, Pictures, Section
from planner.document.page import PDF_MARK, as_paper
from planner.sweep.picture import sweep_picture
from tests.planner.sweep.sweeps import made_sweep

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
