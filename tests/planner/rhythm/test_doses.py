"""Doses of supplements are settled once for all days, food first."""

import pytest

from planner.request.read import request_from_dict
from planner.table.prepare import prepare_table

WOMAN = {"profile": {"sex": "f", "age": 55}, "preferences": {"allow_supplements": True}}
MAGNESIUM = "trimagnesium_dicitrate_anhydrous"


def doses_of(*, falls_short=False, days=7, **lower):
    """Give what each week of a woman takes a day: compound → dose in words."""
    targets = {key: {"lower": value} for key, value in lower.items()}
    wishes = WOMAN["preferences"] | ({"food_falls_short": True} if falls_short else {})
    asked = WOMAN | {"preferences": wishes, "targets": targets, "week": {"days": days}}
    (own,) = prepare_table(request_from_dict(asked, "test")).weeks.values()
    return [
        {
            candidate.source_id: candidate.servings[0].portion.measure
            for candidate in week.candidates.candidates
            if candidate.traits.kind == "supplement"
        }
        for week in own.sources
    ]


@pytest.mark.parametrize("lower", [320.0, 500.0])
def test_no_magnesium_is_added_where_food_brings_it(lower):
    (doses,) = doses_of(days=3, magnesium_mg=lower)
    assert MAGNESIUM not in doses


def test_where_no_week_has_enough_by_food_a_dose_is_added_below_the_level():
    first, second = doses_of(days=14, magnesium_mg=1100.0)
    assert first[MAGNESIUM] in ("100 mg a day", "150 mg a day", "200 mg a day")
    assert second == first  # each day takes the same


def test_where_no_week_was_found_by_food_the_usual_dose_is_added():
    (doses,) = doses_of(days=3, falls_short=True)
    assert doses[MAGNESIUM] == "200 mg a day"
