"""Points of taste: what a person of a kind would rather have, and what many do not like."""

from dataclasses import replace

import numpy as np
import pytest

from planner.meals.patterns import read_pattern
from planner.model.board import ColumnTable
from planner.model.build import build_average_day
from planner.model.taste import history_points, pattern_points
from tests.kitchen import NUTRIENTS, PLACES, tiny_candidates, tiny_input

TABLE = ColumnTable.from_candidates(tiny_candidates(), [place.place_id for place in PLACES])
TENFOLD = np.array([10.0 if key == "magnesium_mg" else 1.0 for key in NUTRIENTS])
HISTORY = {"main": 1.0, "breakfast": 0.2, "fade": 0.5}


def by_dish(values):
    return {
        column.candidate.source_id: value
        for column, value in zip(TABLE.columns, values, strict=True)
    }


def test_a_dish_of_the_latest_plan_costs_most_and_points_add_up():
    past = (frozenset({"beans"}), frozenset({"beans", "fish", "porridge"}))
    points = by_dish(history_points(TABLE.columns, past, HISTORY))
    # beans: latest 1 + one plan before 0.5; fish 0.5; porridge is a breakfast, 0.2 × 0.5
    assert points["beans"] == pytest.approx(1.5)
    assert points["fish"] == pytest.approx(0.5)
    assert points["porridge"] == pytest.approx(0.1)
    assert points["apple"] == 0.0


def test_a_pattern_prices_dishes_of_other_kitchens_and_leaves_the_others():
    taste = {"other_kitchen": {"main": 0.4, "else": 0.3}, "other_tag": 0.2, "unwanted_tag": 0.1}
    points = by_dish(pattern_points(TABLE.columns, read_pattern("east_asian"), taste))
    assert points["beans"] == pytest.approx(0.4)  # Latin American
    assert points["rice"] == points["fish"] == 0.0  # East Asian; goes with everything


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
