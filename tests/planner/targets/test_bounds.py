from dataclasses import replace

import pytest

from planner.errors import TargetsError
from planner.request.override import TargetOverride
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.targets.bounds import Bound, merge_bounds
from planner.targets.derive import derive_targets

FLOOR = Bound("calcium_mg", "lower", 960, "day", "total", True, "80 % of RDA", "A", "verified")
CEILING = Bound("calcium_mg", "upper", 2000, "day", "total", True, "UL", "B", "unconfirmed")


def test_floor_and_ceiling_on_one_basis_make_one_target():
    (target,) = merge_bounds([FLOOR, CEILING])
    assert (target.lower, target.upper, target.hard) == (960, 2000, True)
    assert (target.source, target.rule) == ("A; B", "80 % of RDA; UL")


def test_the_less_sure_source_decides_the_confidence():
    assert merge_bounds([FLOOR, CEILING])[0].confidence == "unconfirmed"


def test_another_basis_is_another_target():
    assert len(merge_bounds([FLOOR, replace(CEILING, basis="supplement")])) == 2


def test_a_soft_ceiling_beside_a_hard_floor_becomes_a_preference():
    (target,) = merge_bounds([FLOOR, replace(CEILING, hard=False)])
    assert (target.lower, target.upper, target.preferred_upper) == (960, None, 2000)


def test_soft_bounds_alone_make_a_soft_target():
    (target,) = merge_bounds([replace(FLOOR, hard=False), replace(CEILING, hard=False)])
    assert (target.lower, target.upper, target.hard) == (960, 2000, False)


def test_the_tighter_of_two_ceilings_holds():
    (target,) = merge_bounds([CEILING, replace(CEILING, value=1500)])
    assert target.upper == 1500


def test_a_preference_outside_the_band_is_moved_to_its_edge():
    liked = replace(FLOOR, value=2500, is_preference=True, hard=False)
    (target,) = merge_bounds([FLOOR, CEILING, liked])
    assert target.preferred_lower == 2000


def test_hard_bounds_that_cross_are_refused():
    with pytest.raises(TargetsError, match="at least 960 but at most 900 mg"):
        merge_bounds([FLOOR, replace(CEILING, value=900)])


def test_a_target_knows_where_its_bounds_come_from_whatever_the_rules_are_called():
    named = replace(FLOOR, rule="asked for (US)")
    (target,) = merge_bounds([named, replace(CEILING, origin="request")])
    assert target.origins == ("own", "request")


def test_what_shapes_a_standard_and_what_is_set_by_hand_is_told_from_its_own():
    asked = TargetOverride("calcium_mg", 1100.0, None)
    found = derive_targets(Profile(age_y=40), "eu", Preferences(), (asked,))
    assert found.find("magnesium_mg", "week").origins == ("own",)
    assert found.find("added_sugars_pct_energy", "week").origins == ("shaped",)
    assert "request" in found.find("calcium_mg", "week").origins
