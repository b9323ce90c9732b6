from planner.request.request import BODY_FIELDS, PlanRequest, WeekOptions


def test_only_a_request_without_any_body_figure_is_a_sample():
    assert PlanRequest(assumed=BODY_FIELDS).is_sample_profile
    assert not PlanRequest(assumed=("height_cm", "weight_kg")).is_sample_profile
    assert not PlanRequest().is_sample_profile


def test_units_follow_the_standard_unless_they_are_asked_for():
    assert PlanRequest(standard="us").units == "us"
    assert PlanRequest(standard="uk").units == "metric"
    assert PlanRequest(standard="uk", week=WeekOptions(units="us")).units == "us"
