from dataclasses import replace

import pytest

from planner.request.profile import Profile
from planner.standards.standard import ReferenceValue, holds, match_value

ROW = ReferenceValue(
    "zinc", "PRI", "f", 18, 50, "none", 9.3, "mg", "total", "", "source", "table", "verified"
)
PREGNANT = replace(ROW, state="pregnant", age_min_y=19, age_max_y=50, value=11.0)


def test_another_sex_has_another_row():
    assert match_value([ROW], Profile(sex="m", age_y=30), {}) is None


def test_an_age_outside_every_band_has_no_row():
    assert match_value([ROW], Profile(age_y=51), {}) is None


@pytest.mark.parametrize("age_y", [16, 52])
def test_pregnancy_outside_the_ages_takes_the_nearest_row_and_says_so(age_y):
    later = replace(PREGNANT, age_min_y=31, value=12.0)
    rows = [ROW, replace(PREGNANT, age_max_y=30), later]
    match = match_value(rows, Profile(age_y=age_y, state="pregnant"), {})
    assert match.is_nearest
    assert match.value.value == {16: 11.0, 52: 12.0}[age_y]


def test_a_state_without_rows_falls_back_and_says_so():
    match = match_value([ROW], Profile(age_y=30, state="lactating"), {})
    assert (match.value, match.is_fallback) == (ROW, True)


def test_the_row_of_the_state_wins_over_the_plain_one():
    match = match_value([ROW, PREGNANT], Profile(age_y=30, state="pregnant"), {})
    assert match.value is PREGNANT
    assert not match.is_nearest
    assert not match.is_fallback


@pytest.mark.parametrize(
    ("condition", "expected"),
    [("", True), ("trimester=2", True), ("trimester=3", False), ("phytate_mg=600", False),
     ("lactation_month=0..6", True), ("lactation_month=7..24", False)],
)  # fmt: skip
def test_a_condition_holds_only_when_told_so(condition, expected):
    assert holds(condition, {"trimester": "2", "lactation_month": "6"}) is expected
