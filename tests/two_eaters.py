"""Two eaters of the tiny kitchen who share dinners and would rather not have the same."""

from dataclasses import replace

import numpy as np

from planner.candidates.candidate import CandidateSet
from planner.model.input import Wishes
from tests.kitchen import TARGETS, band, tiny_candidates, tiny_input

SHARED = {"dinner.main": ("Ann", "Ben")}
DINNERS = ("chard_pie", "fish")
FEW = tuple(one for one in TARGETS if one.nutrient != "calcium_mg")  # two dinners of fish lack it
LESS = (band("energy_kcal", 1400, 2100, preferred_lower=1500, preferred_upper=1900), *FEW[1:])


def eater(dear, seed, **changes):
    """Beans at lunch alone, so that dinner is a choice; the ``dear`` dish has a price to avoid."""
    rng = np.random.default_rng(seed)
    found = []
    for one in tiny_candidates().candidates:
        price = rng.uniform(0.3, 3.0) + (22.0 if one.candidate_id == dear else 0.0)
        servings = tuple(replace(s, cost_usd=float(price)) for s in one.servings)
        places = ("lunch.main",) if one.candidate_id == "beans" else one.places
        places = ("dinner.main",) if one.candidate_id in DINNERS else places
        often = replace(one.traits, most_per_week=7)
        found.append(replace(one, servings=servings, places=places, traits=often))
    candidates = CandidateSet(tuple(found), (), tiny_candidates().nutrients)
    usual = {"wishes": Wishes(), "sharers": 2}
    return tiny_input(candidates=candidates, **{**usual, **changes})


def two(seed):
    """Ann would rather have no fish, and Ben no chard pie; Ben eats less."""
    return {
        "Ann": eater("fish", seed, targets=FEW),
        "Ben": eater("chard_pie", seed + 100, targets=LESS),
    }
