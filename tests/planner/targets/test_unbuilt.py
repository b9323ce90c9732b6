import pytest

from planner.errors import NotBuiltError
from planner.targets.unbuilt import refuse_unbuilt


def test_everything_unbuilt_is_named_at_once():
    table = {
        "week": {"days": 14, "skip": [{"day": 1, "slot": "lunch"}]},
        "eaters": [{"name": "Ann"}],
    }
    with pytest.raises(NotBuiltError) as caught:
        refuse_unbuilt(table, "request.toml")
    for key in ("14 days", "skip", "eaters"):
        assert key in str(caught.value)


def test_seven_days_are_built():
    refuse_unbuilt({"week": {"days": 7}}, "request.toml")
