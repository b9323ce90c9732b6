"""What may be absorbed stands in the Markdown document, with method and uncertainty."""

import pytest

from planner.check.table import TableCheck
from planner.document.blocks import Document
from planner.document.markdown import as_markdown
from planner.explain.absorption import (
    absorb_view,
    written_absorption,
)
from planner.export.documents import TableDocument
from planner.export.week import ToldWeek
from planner.plan.plan import Plan
from tests.one_eater import as_text
from tests.plates import day, food, table
from tests.reports import make_report

SPINACH = food("spinach_cooked", magnesium_mg=80.0, calcium_mg=136.0)
KALE = food("kale_cooked", magnesium_mg=20.0, calcium_mg=72.0)
FOODS = table(SPINACH, KALE)
DAYS = tuple(
    day(number, FOODS, lunch={food_id: 100.0})
    for number, food_id in ((1, "spinach_cooked"), (2, "kale_cooked"))
)
PLAN = Plan(DAYS, {}, {}, None, 0.0, 0)


@pytest.fixture(name="text")
def _text():
    report = make_report(2)
    week = TableDocument(PLAN, report.request, TableCheck({"": report.check}, ()), FOODS, ())
    text = as_markdown(Document("Week", tuple(ToldWeek(week).absorbed_by_day())))
    return text.replace("\\", "").replace("<!-- -->", "").replace("&lt;", "<")


def test_each_day_has_its_range_and_the_mean_stands_below(text):
    # spinach 80 mg: 0.30 * 27/37 and 0.70 of it; kale 20 mg: 6 to 14; the mean is half their sums
    assert "| Day 1 | 80 | 18-56 | 136 | 0-0 |" in text
    assert "| Day 2 | 20 | 6-14 |" in text
    assert "| Mean | 50 | 12-35 |" in text


def test_what_a_cautious_plan_counts_is_said_everywhere(text):
    # magnesium (80 * 27/37 + 20) / 2 = 39.2 mg; calcium of spinach is bound by its oxalate, of kale
    # 10 mg oxalate bind 4.55 of 72 mg: 33.7 mg
    answer = written_absorption(absorb_view(PLAN, FOODS)).json_values()["cautious"]
    assert answer["magnesium_mg"] == pytest.approx(39.19, abs=0.01)
    assert answer["calcium_mg"] == pytest.approx(33.72, abs=0.01)
    assert answer["text"] in text
    printed = " ".join(as_text(make_report(conservative=True)).split())
    assert "supplements count in full. The plan is held to it." in printed
    assert "magnesium and calcium on what oxalate leaves" in printed
