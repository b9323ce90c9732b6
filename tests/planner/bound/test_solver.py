"""The wrapper around HiGHS says what happened, in our words; prices are finite differences."""

import numpy as np
import pulp
import pytest

from planner.bound.priced import MovedRow, price_week
from planner.bound.solver import shadow_prices, solve_problem
from planner.solve.parts import build_week
from tests.kitchen import TARGETS, band, tiny_input


def two_foods(category="Continuous", need=5.0, price_a=2.0, sense=pulp.LpMinimize):
    """Minimise 2 a + 3 b where a + 2 b >= need and a <= 4: b = need / 2."""
    problem = pulp.LpProblem("two_foods", sense)
    a = problem.add_variable("a", 0, 4, category)
    b = problem.add_variable("b", 0, None, category)
    problem.setObjective(price_a * a + 3.0 * b)
    problem.addConstraint(a + 2.0 * b >= need, "need")
    return problem


def test_an_lp_is_solved_with_values_and_bound():
    answer = solve_problem(two_foods())
    assert answer.status == "optimal"
    assert answer.has_solution
    assert answer.objective == pytest.approx(7.5)  # 2.5 units of b at 3
    assert answer.bound == pytest.approx(7.5)
    assert answer.values == pytest.approx({"a": 0.0, "b": 2.5})


def test_an_integer_problem_is_solved_in_whole_units():
    answer = solve_problem(two_foods("Integer"), gap=0.0)
    assert answer.status == "optimal"
    assert answer.values == pytest.approx({"a": 1.0, "b": 2.0})  # 8; three of b cost 9
    assert answer.bound == pytest.approx(8.0)


@pytest.mark.parametrize("category", ["Continuous", "Integer"])
def test_an_infeasible_problem_has_no_values(category):
    problem = two_foods(category)
    problem.addConstraint(problem.variablesDict()["b"] <= 0.25, "little_b")
    answer = solve_problem(problem)
    assert (answer.status, answer.objective, answer.values) == ("infeasible", None, {})


def test_nothing_is_printed(capfd):
    solve_problem(two_foods("Integer"))
    assert capfd.readouterr() == ("", "")


def test_prices_are_the_change_of_cost_per_unit_of_bound():
    problem = two_foods()
    solve_problem(problem)
    assert shadow_prices(problem) == pytest.approx({"need": 1.5})  # half a b at 3


SMALL = 1e-4  # of a limit: so little that a basis seldom changes
INSTANCES = {
    "one weekday and one of the weekend": {},
    "weekdays": {"weekend": (False, False)},
    "a weekend": {"weekend": (True, True)},
    "much magnesium": {"targets": (*TARGETS[:2], band("magnesium_mg", 480), *TARGETS[3:])},
    "much calcium": {
        "targets": (*TARGETS[:3], band("calcium_mg", 1050, period="week"), *TARGETS[4:])
    },
    "a narrow ratio": {"targets": (*TARGETS[:4], band("ca_mg_ratio", 1.0, 1.9))},
    "much energy": {"targets": (band("energy_kcal", 1750, 2300), *TARGETS[1:])},
}


def program_of(instance):
    parts = build_week(tiny_input(**INSTANCES[instance]))
    return parts, price_week(parts.model.source, parts.arrays)[0]


def slopes(program, placed, row):
    """Points per unit of a limit, from below and from above, found by solving again."""
    limit = program.placed[placed].rows.limits[row]
    step = SMALL * max(1.0, abs(limit))
    found = [program.moved([MovedRow(placed, row, limit + one)]) for one in (-step, step)]
    return [
        (mix.points - program.best.points) / by if mix else None
        for mix, by in zip(found, (-step, step), strict=True)
    ]


@pytest.mark.parametrize("instance", INSTANCES)
def test_prices_are_finite_differences(instance):
    _, program = program_of(instance)
    held = 0
    for placed in range(len(program.placed)):
        for row, price in enumerate(program.prices_of(program.best, placed)):
            if not np.isfinite(program.placed[placed].rows.limits[row]):
                continue
            below, above = slopes(program, placed, row)
            # points are convex in a limit: where it has a corner, its price is any slope between
            assert below is None or price >= below - 0.01 * abs(below) - 1e-6
            assert above is None or price <= above + 0.01 * abs(above) + 1e-6
            if below is not None and above is not None and abs(below - above) <= 1e-6:
                assert price == pytest.approx(above, rel=0.01, abs=1e-6)
                held += price < -1e-6
    assert held >= 5  # prices that are no zeros, to both sides
