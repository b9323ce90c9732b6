import pytest

from planner.errors import NotBuiltError
from planner.targets.unbuilt import refuse_unbuilt

EATERS = [{"name": "Ann"}]


def test_more_than_a_week_of_several_eaters_is_not_built():
    with pytest.raises(NotBuiltError, match=r"days beyond 7 with \[\[eaters\]\]"):
        refuse_unbuilt({"week": {"days": 14}, "eaters": EATERS}, "request.toml")


def test_a_week_of_several_eaters_and_a_month_of_one_are_built():
    skip = [{"day": 1, "slot": "lunch"}]
    refuse_unbuilt({"week": {"days": 7, "skip": skip}, "eaters": EATERS}, "request.toml")
    refuse_unbuilt({"week": {"days": 28, "skip": [{"day": 1, "slot": "lunch"}]}}, "request.toml")
