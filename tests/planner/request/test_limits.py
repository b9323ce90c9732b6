from itertools import pairwise

import pytest

from planner.request.limits import assumed_body, known_ranges


@pytest.mark.parametrize("sex", ["f", "m"])
def test_every_age_has_an_assumed_body_within_the_ranges(sex):
    ranges = known_ranges()
    for age_y in range(121):
        height_cm, weight_kg = assumed_body(sex, age_y)
        assert height_cm in ranges["height_cm"]
        assert weight_kg in ranges["weight_kg"]


def test_a_child_is_assumed_as_tall_and_heavy_as_the_middle_one_of_that_age():
    # CDC growth charts, just after the birthday: 127.8 cm and 25.8 kg, 156.4 cm and 45.8 kg.
    assert assumed_body("f", 8) == (128, 26)
    assert assumed_body("m", 13) == (156, 46)


@pytest.mark.parametrize("sex", ["f", "m"])
def test_nobody_is_assumed_smaller_or_lighter_than_a_year_before(sex):
    bodies = [assumed_body(sex, age_y) for age_y in range(2, 121)]
    for younger, older in pairwise(bodies):
        assert older[0] >= younger[0]
        assert older[1] >= younger[1]


def test_each_year_of_childhood_has_a_body_of_its_own_and_grown_ups_keep_theirs():
    for sex, grown in (("f", (165, 65)), ("m", (177, 70))):
        assert len({assumed_body(sex, age_y) for age_y in range(2, 20)}) == 18
        assert {assumed_body(sex, age_y) for age_y in range(19, 121)} == {grown}


def test_no_range_holds_nan_or_infinity():
    for likely in known_ranges().values():
        assert float("nan") not in likely
        assert float("inf") not in likely
        assert 10**400 not in likely
