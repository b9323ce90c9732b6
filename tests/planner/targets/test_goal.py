"""Less energy than needed, to lose weight: by how much, and for whom never."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.check.document import check_document
from planner.cli.options import build_request
from planner.errors import RefusedError, TargetsError
from planner.export.as_json import as_json
from planner.export.wishes import wishes_text
from planner.request.profile import GAIN, GOALS, KEEP, LOSE, LOSE_SLOWLY, Profile
from planner.request.read import request_from_dict, request_to_dict
from planner.settings import read_settings
from planner.targets.derive import derive_targets
from planner.targets.energy import estimate_energy, plan_energy
from planner.wire.document import parse_plan_document
from tests.one_eater import plan_everybody

WOMAN = Profile(age_y=40, height_cm=170, weight_kg=85)


def less_kcal(person):
    return estimate_energy(person).kcal - derive_targets(person).energy.kcal


def test_a_goal_plans_so_much_less_and_says_so():
    assert less_kcal(WOMAN) == 0
    assert less_kcal(replace(WOMAN, goal=LOSE_SLOWLY)) == pytest.approx(250)
    found = derive_targets(replace(WOMAN, goal=LOSE))
    assert estimate_energy(WOMAN).kcal - found.energy.kcal == pytest.approx(500)
    assert any("500 less than the need" in note for note in found.notes)
    assert set(read_settings("energy.toml")["goals"]["less_kcal"]) == set(GOALS)


def test_it_never_goes_below_the_floor():
    small = Profile(age_y=75, height_cm=150, weight_kg=45, activity="inactive")
    need_kcal = estimate_energy(small).kcal
    assert 1200 < need_kcal < 1700
    assert plan_energy(replace(small, goal=LOSE)).kcal == pytest.approx(1200)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "pregnant"},
        {"state": "lactating"},
        {"age_y": 16},
        {"age_y": 8, "height_cm": 128, "weight_kg": 26},
        {"weight_kg": 52},
        {"conditions": ("eating disorder",)},
    ],
)
def test_whom_it_could_harm_it_is_refused(change):
    derive_targets(replace(WOMAN, **change))
    for goal in (LOSE, LOSE_SLOWLY):
        with pytest.raises(RefusedError, match="no plans below the need"):
            derive_targets(replace(WOMAN, **change, goal=goal))


def test_to_gain_more_is_planned_and_said():
    thin = replace(WOMAN, weight_kg=52, goal=GAIN)
    found = derive_targets(thin)
    assert found.energy.kcal - estimate_energy(thin).kcal == pytest.approx(300)
    assert any("300 more than the need" in note for note in found.notes)


@pytest.mark.parametrize(
    ("change", "who"),
    [
        ({"state": "pregnant"}, "in pregnancy"),
        ({"state": "lactating"}, "while breastfeeding"),
        ({"age_y": 16}, "under 19"),
        ({"weight_kg": 80}, "body mass index from 25"),
        ({"egfr": 45.0}, "an eGFR under 60"),
        ({"conditions": ("heart failure",)}, "heart failure"),
        ({"conditions": ("type 2 diabetes",)}, "diabetes"),
        ({"conditions": ("anorexia",)}, "eating disorder"),
    ],
)
def test_whom_more_could_harm_it_is_refused(change, who):
    with pytest.raises(RefusedError, match=f"no plans above the need .*{who}"):
        derive_targets(replace(WOMAN, **{"weight_kg": 58, **change}, goal=GAIN))


def test_energy_is_said_once():
    with pytest.raises(TargetsError, match="both say how much is eaten"):
        replace(WOMAN, energy_kcal=1800, goal=LOSE)


def test_one_of_a_table_loses_weight_and_the_judge_knows():
    eaters = (
        {"name": "Ann", "profile": {"sex": "f", "age": 40, "weight_kg": 85.0, "goal": LOSE}},
        {"name": "Tom", "profile": {"sex": "m", "age": 44}},
    )
    request = build_request(eater=eaters, days=1)
    assert request_from_dict(request_to_dict(request)) == request
    ann, tom = (one.profile for one in request.eaters)
    assert (ann.goal, tom.goal) == (LOSE, KEEP)
    document = parse_plan_document(as_json(plan_everybody(request)), "plan.json")
    assert check_document(document, read_embedded_foods()).passed
    forged = replace(request.eaters[0], profile=replace(ann, goal=KEEP))
    stolen = replace(request, eaters=(forged, request.eaters[1]))
    found = check_document(replace(document, request=stolen), read_embedded_foods())
    assert not found.passed


def test_it_is_told_what_was_asked_for():
    request = build_request(sex="f", age=40, goal=LOSE)
    assert "to lose weight" in wishes_text(request)
