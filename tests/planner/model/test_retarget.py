"""Rows of a week with other targets are those that building it anew gives, to the bit."""

from dataclasses import astuple, replace

import numpy as np
import pytest

from planner.model.retarget import differs_in_targets_alone, with_targets_of
from planner.solve.parts import build_week, build_week_near
from tests.kitchen import TARGETS, tiny_input


def moved(**changes):
    """The targets with other bounds of magnesium."""
    first, *rest = TARGETS
    return (replace(first, **changes), *rest)


@pytest.mark.parametrize("weekend", [(False, True), (False, False)])
def test_rows_of_other_targets_are_those_of_a_week_built_anew(weekend):
    built = build_week(tiny_input(weekend))
    source = tiny_input(weekend, targets=moved(lower=TARGETS[0].lower * 1.1))
    near, anew = build_week_near(built, source).arrays, build_week(source).arrays
    assert near.day.names == anew.day.names
    assert near.packages is built.arrays.packages
    for one, other in zip(astuple(near.day)[1:], astuple(anew.day)[1:], strict=True):
        assert np.array_equal(one, other)
    for one, other in zip(astuple(near.link)[1:], astuple(anew.link)[1:], strict=True):
        assert np.array_equal(one, other)
    assert np.array_equal(near.limits, anew.limits)
    assert not np.array_equal(near.limits, built.arrays.limits)


def test_a_row_that_goes_with_its_bound_is_built_anew():
    built = build_week(tiny_input())
    source = tiny_input(targets=moved(lower=None))
    assert differs_in_targets_alone(built.model.source, source)
    assert with_targets_of(built.model, built.arrays, source) is None
    assert build_week_near(built, source).arrays.day.names != built.arrays.day.names


def test_what_else_is_asked_is_no_difference_in_targets():
    source = tiny_input()
    wishes = replace(source.wishes, budget_usd=60.0)
    assert not differs_in_targets_alone(source, replace(source, wishes=wishes))
