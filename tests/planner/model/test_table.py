"""The weeks of two eaters of the tiny kitchen in one problem."""

from itertools import product

import pytest

from planner.bound.solver import solve_problem
from planner.model.build import build_compact_week
from planner.model.table import build_table
from planner.search.evaluate import evaluate_week
from planner.solve.parts import build_week
from tests.two_eaters import DINNERS, SHARED, two


def only_dinners(model, dinners):
    for plate, dish in zip(model.plates, dinners, strict=True):
        for column, variable in zip(model.table.columns, plate.variables, strict=True):
            if column.place == "dinner.main" and column.candidate.candidate_id != dish:
                variable.upBound = 0.0
    return model


def best_by_trying(sources) -> float:
    """Try every pair of dinners for both, each week in a problem of its own."""
    sums = []
    for dinners in product(DINNERS, repeat=2):
        weeks = [only_dinners(build_compact_week(one), dinners) for one in sources.values()]
        answers = [solve_problem(week.problem, gap=0.0) for week in weeks]
        if all(one.has_solution for one in answers):
            sums.append(sum(one.objective for one in answers))
    return min(sums)


def choices_of(week, values):
    """Give the columns of each day that a solution takes."""
    return tuple(
        tuple(n for n, one in enumerate(plate.variables) if values[one.name] > 0.5)
        for plate in week.plates
    )


def dinners_of(week, values):
    return [
        week.table.columns[n].candidate.candidate_id
        for day in choices_of(week, values)
        for n in day
        if week.table.columns[n].place == "dinner.main"
    ]


@pytest.mark.parametrize("seed", range(3))
def test_the_best_of_the_household_is_that_of_all_common_dinners(seed):
    sources = two(seed)
    answer = solve_problem(build_table(sources, SHARED, build_compact_week).problem, gap=0.0)
    assert answer.objective == pytest.approx(best_by_trying(sources), abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_its_points_are_those_of_the_evaluation_of_each_week(seed):
    model = build_table(two(seed), SHARED, build_compact_week)
    answer = solve_problem(model.problem, gap=0.0)
    points = 0.0
    for week in model.each.values():
        parts = build_week(week.source)
        found = evaluate_week(parts.arrays, parts.between, choices_of(week, answer.values))
        assert found.broken == ()
        points += found.objective
    assert answer.objective == pytest.approx(points, abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_who_shares_dinners_has_the_same_ones_and_pays_for_it(seed):
    sources, dinners, points = two(seed), [], []
    for shared in (SHARED, {}):
        model = build_table(sources, shared, build_compact_week)
        answer = solve_problem(model.problem, gap=0.0)
        dinners.append([dinners_of(week, answer.values) for week in model.each.values()])
        points.append(answer.objective)
    # each alone: Ann has a pie at the weekend, Ben none; together somebody gives way
    assert dinners == [[["fish", "fish"]] * 2, [["fish", "chard_pie"], ["fish", "fish"]]]
    assert points[0] > points[1] + 0.05


def test_without_shared_places_the_best_is_the_sum_of_the_best_weeks():
    sources = two(1)
    alone = [solve_problem(build_compact_week(one).problem, gap=0.0) for one in sources.values()]
    together = build_table(sources, {}, build_compact_week)
    best = solve_problem(together.problem, gap=0.0).objective
    assert best == pytest.approx(sum(one.objective for one in alone), abs=1e-6)
    assert not together.keys


def test_each_name_says_whose_it_is():
    problem = build_table(two(0), SHARED, build_compact_week).problem
    owners = {row.name.split(".")[0] for row in problem.constraints()}
    assert owners == {"eater1_ann", "eater2_ben", "shared"}
    names = {one.name for one in problem.variables()}
    each = [build_compact_week(one).problem.variables() for one in two(0).values()]
    assert len(names) == sum(map(len, each))
