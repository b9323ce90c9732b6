from dataclasses import replace

import pytest

from planner.errors import ConfigError
from planner.request.request import PlanRequest, Weights
from planner.settings import read_settings
from planner.sweep.way import SETTINGS, Vary, ways_of


def vary(low, high, name="cost", whole=False):
    """Vary the weight on money, which takes whole numbers only where it is asked to."""

    def change(request, value):
        if value < 0 or (whole and not value.is_integer()):
            raise ConfigError("no such weight")
        return replace(request, weights=replace(request.weights, cost=value))

    return Vary(name, low, high, change)


def test_values_are_spread_from_end_to_end_and_are_those_that_are_asked_for():
    (axis,), ways = ways_of(PlanRequest(), [vary(1.0, 2.0)], 4)
    assert axis.values == (1.0, 1.333, 1.667, 2.0)
    assert [one.request.weights.cost for one in ways] == list(axis.values)
    assert [one.at for one in ways] == [(value,) for value in axis.values]


def test_where_only_whole_numbers_can_be_asked_for_each_stands_once():
    (axis,), _ = ways_of(PlanRequest(), [vary(0.0, 3.0, whole=True)])
    assert axis.values == (0.0, 1.0, 2.0, 3.0)
    (parts,), _ = ways_of(PlanRequest(), [vary(0.0, 3.0)])
    assert len(parts.values) == read_settings(SETTINGS)["points"]


def test_two_wishes_are_varied_in_every_pair():
    taste = Vary("taste", 0.0, 1.0, lambda one, value: replace(one, weights=Weights(taste=value)))
    axes, ways = ways_of(PlanRequest(), [taste, vary(1.0, 2.0)], 2)
    assert [axis.name for axis in axes] == ["taste", "cost"]
    assert [one.at for one in ways] == [(0.0, 1.0), (0.0, 2.0), (1.0, 1.0), (1.0, 2.0)]
    assert (ways[2].request.weights.taste, ways[2].request.weights.cost) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("varied", "points", "said"),
    [
        ([vary(-1.0, 2.0)], 3, "no such weight"),
        ([vary(0.0, 1.0)], 1000, "too many for one sweep"),
        ([vary(0.0, 1.0)] * 3, 2, "vary one or two"),
        ([vary(0.0, 1.0)] * 2, 6, "cannot be told apart"),
    ],
)
def test_what_cannot_be_swept_is_said(varied, points, said):
    with pytest.raises(ConfigError) as refused:
        ways_of(PlanRequest(), varied, points)
    assert said in str(refused.value)
