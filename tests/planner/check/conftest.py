"""A week that is read from disk and one of two people that is planned quickly, as plan files."""

import json
from functools import cache

import pytest

from planner.export.as_json import as_json
from planner.pipeline import plan_meals
from planner.request.read import request_from_dict
from tests import stored

PAIR = {
    "preferences": {"use": {"spinach": 200.0}},
    "week": {
        "days": 2,
        "put": [
            {"day": 1, "slot": "breakfast", "dish": "3 eggs", "eater": "Ben"},
            {"day": 2, "slot": "lunch", "dish": "lunchbox", "eater": "Ann"},
        ],
    },
    "solve": {"effort": "quick"},
    "eaters": [
        {"name": "Ann"},
        {
            "name": "Ben",
            "profile": {"sex": "m", "age": 40},
            "preferences": {
                "without": ["oven", "spicy"],
                "use": {"lentils, dry": 100.0},
                "max_ingredients": 10,
                "max_minutes_breakfast": 15,
                "lunch": "packed",
            },
        },
    ],
}


DOSED = {
    "profile": {"age": 55, "medicines": ["levothyroxine@07:00"]},
    "supplements": [
        {"name": "magnesium citrate", "amount_mg": 100.0, "kind": "elemental", "per_day": 1.0}
    ],
    "week": {"days": 2},
    "solve": {"effort": "quick"},
}


@cache
def planned(asked):
    """Return the text of a plan file, so that nobody changes that of another test."""
    request = request_from_dict(
        {"schema": "magplan/request/1", **json.loads(asked)}, "request.toml"
    )
    return as_json(plan_meals(request))


@pytest.fixture
def one():
    return json.loads((stored.folder("woman_55") / "plan.json").read_text(encoding="utf-8"))


@pytest.fixture
def two():
    return json.loads(planned(json.dumps(PAIR)))


@pytest.fixture
def dosed():
    return json.loads(planned(json.dumps(DOSED)))
