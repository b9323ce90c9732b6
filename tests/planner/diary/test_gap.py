"""The gaps of a day, and the points for closing them."""

from dataclasses import replace

import pytest

from planner.diary.gap import GapFigures, Gaps, gap_figures
from planner.diary.sums import judged_table
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.targets.derive import targets_of
from tests.planner.diary.eaten import FOODS, diary, eaten

POINTS = read_settings("next_food.toml")["points"]
# 200 of 400 mg of magnesium; calcium at four times it, twice the upper bound; 800 of 1,000 mg
BEFORE = GapFigures(200.0, 800.0, 1500.0, 4.0, 5.0)
GAPS = Gaps(400.0, 1000.0, (1.0, 2.0), 2000.0, BEFORE)


def test_gaps_are_shares_of_what_is_recommended():
    assert GAPS.magnesium(BEFORE) == pytest.approx(0.5)
    assert GAPS.calcium(BEFORE) == pytest.approx(0.2)
    assert GAPS.outside(BEFORE) == 1.0


@pytest.mark.parametrize(("ratio", "gap"), [(1.5, 0.0), (2.5, 0.25), (0.5, 0.5), (9.0, 1.0)])
def test_a_ratio_is_outside_its_band_on_either_side(ratio, gap):
    assert GAPS.outside(replace(BEFORE, ca_mg_ratio=ratio)) == pytest.approx(gap)


def test_points_are_for_what_is_closed_less_energy_and_money():
    after = GapFigures(300.0, 900.0, 1600.0, 3.0, 6.0)
    closed = POINTS["magnesium"] * 0.25 + POINTS["ratio"] * 0.5 + POINTS["calcium"] * 0.1
    assert GAPS.points(after) == pytest.approx(closed + POINTS["energy"] * 0.05 + POINTS["cost"])


def test_nothing_is_gained_by_what_closes_neither_of_the_first_gaps():
    assert GAPS.points(replace(BEFORE, calcium_mg=1000.0, ca_mg_ratio=5.0)) == 0.0


def test_a_day_without_a_gap_is_closed():
    full = Gaps(400.0, 1000.0, (1.0, 2.0), 2000.0, GapFigures(500.0, 900.0, 2000.0, 1.8, 5.0))
    assert GAPS.is_open
    assert not full.is_open


def test_bounds_are_those_of_the_targets():
    targets = targets_of(PlanRequest(Profile(sex="f", age_y=40)))
    gaps = Gaps.of(targets, BEFORE)
    assert (gaps.magnesium_mg, gaps.calcium_mg, gaps.ratio) == (320.0, 1000.0, (1.0, 2.0))


def test_figures_of_a_day_are_sums_with_the_price_of_its_foods():
    figures = gap_figures(judged_table(diary([eaten("seeds", 40)]).days, FOODS), FOODS)
    assert figures == GapFigures(200.0, 20.0, 220.0, pytest.approx(0.1), pytest.approx(0.4))
