import pytest

from planner.errors import NotBuiltError, RefusedError
from planner.targets.unbuilt import means_kidney_disease, refuse_kidney_disease, refuse_unbuilt


@pytest.mark.parametrize(
    "condition",
    ["kidney disease", "Chronic Kidney Disease", "CKD-3", "ckd3a", "renal failure", "dialysis"],
)
def test_kidney_disease_is_known_by_its_words(condition):
    assert means_kidney_disease(condition)
    with pytest.raises(RefusedError, match="renal dietitian"):
        refuse_kidney_disease([condition], None)


@pytest.mark.parametrize("condition", ["adrenal insufficiency", "osteoporosis", ""])
def test_other_conditions_are_not_taken_for_kidney_disease(condition):
    assert not means_kidney_disease(condition)


def test_the_filtration_rate_stops_below_60_and_not_at_60():
    refuse_kidney_disease([], 60)
    for egfr in (0, 59.9):
        with pytest.raises(RefusedError, match="below 60"):
            refuse_kidney_disease([], egfr)


def test_kidney_disease_of_one_eater_stops_the_household():
    with pytest.raises(RefusedError, match="kidney clinic"):
        refuse_unbuilt({"eaters": [{"profile": {"egfr": 20}}]}, "request.toml")


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
