"""The weeks of a diary: sums by hand, what was planned beside them, and the direction."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from planner.diary.analysis import analyse_diary
from planner.diary.weeks import trend_of
from planner.document.terminal import as_plain
from planner.export.diary import analysis_told
from planner.targets.derive import targets_of
from planner.wire.diary import AnalysisAnswer
from tests.planner.diary.eaten import FOODS, WOMAN, diary, eaten


def analysed(*grams, planned=(), days=None):
    """Give a diary of so many grams of seeds each day, of which 1 g has 5 mg of magnesium."""
    written = diary(*([eaten("seeds", one)] for one in grams))
    names = days or [one.day for one in written.days]
    written = replace(
        written,
        days=tuple(replace(one, day=day) for one, day in zip(written.days, names, strict=True)),
    )
    return analyse_diary(written, WOMAN, targets_of(WOMAN, for_plan=False), FOODS, planned)


def test_each_week_has_its_mean_and_the_direction_is_said():
    found = analysed(*[20] * 7, *[40] * 7, *[60] * 3)
    assert [len(one.days) for one in found.weeks] == [7, 7, 3]
    means = [one.mean.totals["magnesium_mg"] for one in found.weeks]
    assert means == pytest.approx([100, 200, 300])
    assert trend_of(found.weeks).per_week_mg == pytest.approx(100)
    text = " ".join(as_plain(analysis_told(found)).split())
    assert "Day 8 to Day 14 7 200" in text
    assert "going up: 100 mg a day in the first week, 300 mg in the last, some 100 mg more" in text
    assert len(AnalysisAnswer.of_analysis(found).weeks) == 3


@pytest.mark.parametrize(
    ("grams", "words"),
    [((40,) * 7 + (20,) * 7, "is going down"), ((40,) * 7 + (41,) * 7, "stays about the same")],
)
def test_down_and_hardly_anything_are_told_apart(grams, words):
    assert words in " ".join(as_plain(analysis_told(analysed(*grams))).split())


def test_a_gap_between_dates_is_a_week_of_its_own_and_few_days_give_no_direction():
    found = analysed(20, 20, 60, days=["2026-11-02", "2026-11-03", "2026-11-17"])
    assert [(one.number, len(one.days)) for one in found.weeks] == [(1, 2), (3, 1)]
    assert trend_of(found.weeks) is None


def test_one_week_and_days_without_a_place_have_no_weeks():
    assert not analysed(*[20] * 7).weeks
    assert not analysed(*[20] * 2, days=["Nov 2", "Nov 30"]).weeks


def test_what_was_planned_stands_beside_what_was_eaten_on_the_same_dates():
    plan = [
        SimpleNamespace(day=1, date=when, totals={"magnesium_mg": mg})
        for when, mg in ((date(2026, 11, 2), 400.0), (date(2026, 11, 3), 500.0))
    ]
    (week,) = analysed(20, days=["2026-11-02"], planned=plan).weeks
    assert week.planned_mg == pytest.approx(450)
    assert week.mean.totals["magnesium_mg"] == pytest.approx(100)
