import pytest

from planner.errors import NotBuiltError
from planner.targets.unbuilt import refuse_unbuilt

EATERS = [{"name": "Ann"}]


def test_everything_unbuilt_is_named_at_once():
    week = {"days": 14, "skip": [{"day": 1, "slot": "lunch"}]}
    with pytest.raises(NotBuiltError) as caught:
        refuse_unbuilt({"week": week, "eaters": EATERS}, "request.toml")
    for key in ("days beyond 7", "skip"):
        assert key in str(caught.value)


def test_a_week_of_several_eaters_and_a_month_of_one_are_built():
    refuse_unbuilt({"week": {"days": 7}, "eaters": EATERS}, "request.toml")
    refuse_unbuilt({"week": {"days": 28, "skip": [{"day": 1, "slot": "lunch"}]}}, "request.toml")
