import pytest

from planner.errors import NotBuiltError
from planner.safety.intake import SupplementIntake
from planner.targets.request import PlanRequest
from planner.targets.unbuilt import refuse_unbuilt, refuse_unplanned


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


@pytest.mark.parametrize(
    "request_",
    [
        PlanRequest(supplements=(SupplementIntake("magnesium oxide", 100),)),
        PlanRequest(allow_supplements=True),
    ],
)
def test_a_plan_does_not_pass_over_supplements(request_):
    with pytest.raises(NotBuiltError, match="leave it out"):
        refuse_unplanned(request_)
