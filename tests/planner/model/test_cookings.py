"""What keeps is cooked once: the porridge of the tiny kitchen keeps a day."""

from dataclasses import replace

import numpy as np
import pytest

from planner.bound.solver import solve_problem
from planner.model.build import build_compact_week
from planner.search.evaluate import evaluate_week
from planner.solve.parts import build_week
from tests.kitchen import tiny_input


def porridge_of(source):
    """The columns of the porridge, and the other ones of the day."""
    columns = build_week(source).model.table.columns
    mine = [one.index for one in columns if one.candidate.candidate_id == "porridge"]
    return mine, next(one.index for one in columns if one.index not in mine)


@pytest.mark.parametrize(
    ("keeps", "served", "cooked"),
    [
        (1, [1, 1, 1, 0, 1], [1, 0, 1, 0, 1]),
        (2, [1, 1, 1, 1, 0], [1, 0, 0, 1, 0]),
        (2, [1, 0, 0, 1, 1], [1, 0, 0, 1, 0]),
        (4, [0, 1, 0, 0, 1], [0, 1, 0, 0, 0]),
    ],
)
def test_a_dish_is_cooked_again_when_it_is_past_its_days(keeps, served, cooked):
    cookings = build_week(tiny_input(weekend=(False,) * 5)).arrays.cookings
    cookings = replace(cookings, keeps=np.array([keeps]))
    (one, *_), other = porridge_of(tiny_input())
    days = [[one, other] if has else [other] for has in served]
    assert cookings.cooked(days)[:, 0, 0].astype(int).tolist() == cooked
    # the same, where each of two weeks has its own on the last day
    steps = [(4, np.array([one, -1]))]
    last = cookings.cooked([*days[:4], [other]], steps)[:, 0]
    assert last[:4].T.astype(int).tolist() == [cooked[:4]] * 2
    assert not last[4, 1]


def test_fewer_days_than_the_week_has_pay_for_what_they_cook():
    parts = build_week(tiny_input())
    porridge, _ = porridge_of(tiny_input())
    found = evaluate_week(parts.arrays, parts.between, (tuple(porridge[:1]),))
    assert found.terms["cooked"] == parts.arrays.cookings.points[0, 0] > 0.0


def test_the_work_of_what_keeps_counts_where_it_is_cooked():
    # a minute of work costs a point: the ten of the porridge of both days are those of the first
    source = tiny_input()
    effort = {**source.rules.points["effort"], "workday_minutes": {}}
    effort |= {"per_active_minute_weekday": 1.0, "per_active_minute_weekend": 1.0}
    rules = replace(source.rules, points={**source.rules.points, "effort": effort})
    model = build_compact_week(replace(source, rules=rules))
    assert solve_problem(model.problem).status == "optimal"
    found = model.problem.variablesDict()
    assert [round(found[f"cooked.porridge.d{day}"].varValue) for day in (1, 2)] == [1, 0]
    assert model.cookings.points.tolist() == [[10.0], [10.0]]
