"""What stands above everything else, and for whom."""

from planner.request.profile import Profile
from planner.safety.patient import read_patient
from planner.safety.stops import banner_of
from tests.rows import rows


@rows(__file__, "who_has_a_banner")
def test_who_could_be_hurt_is_told_first(change, words):
    banner = banner_of(read_patient(Profile(age_y=35, **change)))
    assert banner.startswith("SHOW THIS PLAN TO YOUR CLINIC BEFORE YOU START: ")
    for word in words:
        assert word in banner


def test_nobody_else_has_a_banner():
    for change in ({}, {"conditions": ("asthma", "osteoporosis")}, {"medicines": ("paracetamol",)}):
        assert banner_of(read_patient(Profile(**change))) == ""
