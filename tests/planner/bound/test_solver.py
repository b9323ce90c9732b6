"""The wrapper around HiGHS says what happened, in our words."""

import math

import pulp
import pytest

from planner.bound.solver import shadow_prices, solve_problem
from planner.errors import SolverError


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


@pytest.mark.parametrize("category", ["Continuous", "Integer"])
def test_an_unbounded_problem_is_told_from_an_infeasible_one(category):
    problem = two_foods(category, sense=pulp.LpMaximize)
    assert solve_problem(problem).status == "unbounded"


def test_infeasible_and_without_a_floor_is_infeasible():
    problem = two_foods(sense=pulp.LpMaximize)
    problem.addConstraint(problem.variablesDict()["a"] >= 5, "too_much_a")
    assert solve_problem(problem).status == "infeasible"


def test_the_bound_of_a_maximisation_keeps_sign_and_constant():
    problem = pulp.LpProblem("most", pulp.LpMaximize)
    a = problem.add_variable("a", 0, None, "Integer")
    problem.setObjective(3 * a + 10)
    problem.addConstraint(2 * a <= 7, "room")
    answer = solve_problem(problem, gap=0.0)
    assert (answer.objective, answer.bound) == pytest.approx((19.0, 19.0))  # a = 3


def test_a_problem_without_objective_or_rows_is_optimal():
    problem = pulp.LpProblem("nothing", pulp.LpMinimize)
    problem.setObjective(pulp.LpAffineExpression())
    assert solve_problem(problem).objective == 0.0


def test_no_time_is_no_plan_and_not_infeasible():
    answer = solve_problem(two_foods("Integer"), time_limit_s=0.0)
    assert answer.status in ("no_plan_in_time", "optimal")  # presolve may be done at once
    assert answer.has_solution == bool(answer.values)


def test_nothing_is_printed(capfd):
    solve_problem(two_foods("Integer"))
    assert capfd.readouterr() == ("", "")


def test_prices_are_the_change_of_cost_per_unit_of_bound():
    problem = two_foods()
    solve_problem(problem)
    assert shadow_prices(problem) == pytest.approx({"need": 1.5})  # half a b at 3


def test_prices_of_an_integer_problem_fix_the_integers_and_put_all_back():
    problem = pulp.LpProblem("mixed", pulp.LpMinimize)
    whole = problem.add_variable("whole", 0, None, "Integer")
    part = problem.add_variable("part", 0, None)
    problem.setObjective(3 * whole + 2 * part)
    problem.addConstraint(2 * whole + part >= 4.5, "need")
    solve_problem(problem, gap=0.0)
    assert shadow_prices(problem) == pytest.approx({"need": 2.0})  # whole = 2, part fills up
    assert (whole.varValue, part.varValue) == pytest.approx((2.0, 0.5))
    assert (whole.lowBound, whole.upBound, whole.cat) == (0, None, "Integer")


def test_prices_need_a_solution():
    problem = two_foods()
    with pytest.raises(SolverError, match="without a solution"):
        shadow_prices(problem)


def test_the_same_seed_gives_the_same_values():
    first, second = (solve_problem(two_foods("Integer"), seed=7) for _ in range(2))
    assert first == second
    assert all(math.copysign(1.0, value) > 0 for value in first.values.values())
