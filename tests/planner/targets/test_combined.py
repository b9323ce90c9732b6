"""Conditions combine: of two the stricter holds, whatever the pair."""

import itertools
from functools import cache

import pytest

from planner.errors import PlannerError
from planner.request.profile import Profile
from planner.safety.conditions import known_conditions
from planner.safety.effects import conflicts_of
from planner.safety.patient import read_patient
from planner.safety.read import read_safety_settings
from planner.targets.derive import derive_targets

CONDITIONS = tuple(
    name
    for name in known_conditions()
    if any(name in one.get("conditions", ()) for one in read_safety_settings("effects")["effect"])
)


def bands_of(person, *conditions):
    """Give (nutrient, period, basis) → target; ``None`` where no plan is made."""
    try:
        targets = derive_targets(person_with(person, conditions))
    except PlannerError:
        return None
    return {(one.nutrient, one.period, one.basis): one for one in targets.targets}


@cache
def alone(person, condition):
    return bands_of(dict(person), condition)


def person_with(person, conditions):
    return Profile(**person, conditions=conditions)


def is_kept(single, both):
    """Whether a band of one condition alone still holds with the other one beside it."""
    if not single.hard or (single.lower is None and single.upper is None):
        return True
    below = single.lower is None or (both.lower is not None and both.lower >= single.lower)
    above = single.upper is None or (both.upper is not None and both.upper <= single.upper)
    return both.hard and below and above


def loosened(person, first, second):
    """Name the hard bands of either condition that the two together do not hold."""
    both = bands_of(person, first, second)
    singles = [alone(tuple(person.items()), one) for one in (first, second)]
    if None in singles:
        return [] if both is None else ["a plan where one alone has none"]
    conflicts = conflicts_of(read_patient(person_with(person, (first, second))).effects)
    if conflicts or both is None:
        return []
    # What an effect takes a floor from, or puts a wish in its place, is no longer demanded.
    off = {
        key
        for one in read_patient(person_with(person, (first, second))).effects
        for key in (*one.no_floor, *one.no_ceiling, *_wished(one))
    }
    return [
        key
        for single in singles
        for key, target in single.items()
        if key[0] != "ca_mg_ratio" and not (key in both and is_kept(target, both[key]))
        if key[0] not in off
    ]


def _wished(effect):
    """Name the nutrients for which an effect has a wish in place of the recommended intake."""
    demanded = {one.nutrient for one in effect.bounds if one.hard}
    return set(effect.instead_of_floor) - demanded


@pytest.mark.parametrize(
    "person",
    [
        {"age_y": 60},
        {"age_y": 45, "sex": "m", "height_cm": 178, "weight_kg": 80},
        {"age_y": 70, "egfr": 50.0},
        {"age_y": 29, "state": "pregnant", "gestation_week": 20},
    ],
    ids=["woman 60", "man 45", "woman 70 with G3a", "pregnant 29"],
)
def test_no_pair_of_conditions_loosens_what_one_of_them_holds(person):
    pairs = itertools.combinations(CONDITIONS, 2)
    wrong = {pair: found for pair in pairs if (found := loosened(person, *pair))}
    assert wrong == {}


@pytest.mark.parametrize("pair", [("postmenopause", "premenopause"), ("kidney", "osteoporosis")])
def test_a_pair_that_pulls_in_opposite_directions_says_which_one_holds(pair):
    targets = derive_targets(Profile(age_y=60, egfr=50.0, conditions=pair), for_plan=False)
    notes = " ".join(targets.notes)
    assert "The kidneys come first" in notes or "your age decides" in notes
