"""Points of taste: what a person of a kind would rather have, and what many do not like."""

from dataclasses import replace

import numpy as np

from planner.model.build import build_average_day
from tests.kitchen import NUTRIENTS, tiny_candidates, tiny_input

TENFOLD = np.array([10.0 if key == "magnesium_mg" else 1.0 for key in NUTRIENTS])


def test_no_dish_is_better_or_worse_for_its_magnesium():
    def with_more(candidate):
        servings = tuple(replace(one, amounts=one.amounts * TENFOLD) for one in candidate.servings)
        return replace(candidate, servings=servings)

    usual = tiny_candidates()
    rich = replace(usual, candidates=tuple(map(with_more, usual.candidates)))
    terms = [build_average_day(tiny_input(candidates=one)).terms for one in (usual, rich)]
    for weekend, points in terms[0].items():
        assert set(points) == set(terms[1][weekend])
        for term, values in points.items():
            assert list(values) == list(terms[1][weekend][term]), term
