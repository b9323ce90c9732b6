import pytest

from planner.request.limits import assumed_body, known_ranges


@pytest.mark.parametrize("sex", ["f", "m"])
def test_every_age_has_an_assumed_body_within_the_ranges(sex):
    ranges = known_ranges()
    for age_y in range(121):
        height_cm, weight_kg = assumed_body(sex, age_y)
        assert height_cm in ranges["height_cm"]
        assert weight_kg in ranges["weight_kg"]


def test_assumed_bodies_change_at_the_edges_of_the_age_bands():
    # Reference bodies of the DRI reports: 4-8, 9-13, 14-18 and 19 years and over.
    assert [assumed_body("m", age_y) for age_y in (8, 9, 13, 14, 18, 19)] == [
        (115, 20),
        (144, 36),
        (144, 36),
        (174, 61),
        (174, 61),
        (177, 70),
    ]


def test_no_range_holds_nan_or_infinity():
    for likely in known_ranges().values():
        assert float("nan") not in likely
        assert float("inf") not in likely
        assert 10**400 not in likely
