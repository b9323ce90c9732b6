"""One way to solve a PuLP problem: by HiGHS, in words of our own.

Why the answer is a value of its own: PuLP leaves its answer inside the problem, calls a run that
ran out of time "optimal", and leaves zeros in the variables of a problem without a solution.
Here values exist only where a solution does. Every HiGHS run uses one thread: a second instance
with another number of threads would return at once without solving.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import pulp

from planner.errors import SolverError
from planner.model.highs import limit_s, run_highs

Status = Literal["optimal", "feasible", "infeasible", "unbounded", "no_plan_in_time"]

HIGHS = "HiGHS"
_AGAIN = "try again"
_INFEASIBLE_STATUSES = ("kInfeasible",)
_UNCLEAR_STATUSES = ("kUnbounded", "kUnboundedOrInfeasible")
_STOPPED_STATUSES = ("kTimeLimit", "kIterationLimit", "kInterrupt", "kObjectiveBound")


@dataclass(frozen=True, slots=True)
class SolverAnswer:
    """What the solver said, in our own words.

    Parameters
    ----------
    status
        ``"optimal"``: solved to the gap asked for; ``"feasible"``: stopped by the clock with a
        solution; ``"no_plan_in_time"``: stopped without one; ``"infeasible"``; ``"unbounded"``.
    objective
        Value of the objective; ``None`` without a solution.
    bound
        Proven limit that no solution can beat; ``None`` where the solver does not tell.
    solver, version
        Name of the solver and its version; the version is empty where it is not told.
    values
        Variable name → value; empty without a solution.
    """

    status: Status
    objective: float | None
    bound: float | None
    solver: str
    version: str
    values: Mapping[str, float] = field(default_factory=dict)

    @property
    def has_solution(self) -> bool:
        """Whether there are values to read."""
        return self.status in ("optimal", "feasible")


@dataclass(frozen=True, slots=True)
class _Options:
    """The settings of one run, so that a second run repeats them."""

    time_limit_s: float | None
    gap: float | None
    seed: int
    tolerance: float | None


def solve_problem(
    problem: pulp.LpProblem,
    *,
    time_limit_s: float | None = None,
    gap: float | None = None,
    seed: int = 0,
    tolerance: float | None = None,
) -> SolverAnswer:
    """Solve ``problem`` silently, on one thread, and say what came of it.

    Parameters
    ----------
    problem
        The problem; its variables and rows hold PuLP's own answer afterwards.
    time_limit_s
        Wall time after which the best solution so far is taken [s].
    gap
        Relative gap at which an integer problem counts as solved; ``None`` leaves it to the
        solver (HiGHS: 1e-4).
    seed
        Seed of the solver's own random choices.
    tolerance
        How far a row, a reduced cost or an integer may be off; ``None`` leaves it to the solver.

    Raises
    ------
    SolverError
        When HiGHS crashes, or gives up without an answer.
    """
    options = _Options(time_limit_s, gap, seed, tolerance)
    _run_pulp(problem, _make_solver(options))
    model = problem.solverModel
    version = model.version()
    status = _status(problem, model.getModelStatus().name, options)
    if status not in ("optimal", "feasible"):
        return SolverAnswer(status, None, None, HIGHS, version)
    objective = _objective(problem)
    bound = _bound(problem, model, status, objective)
    return SolverAnswer(status, objective, bound, HIGHS, version, _values(problem))


def shadow_prices(problem: pulp.LpProblem) -> dict[str, float]:
    """Return the change of the objective per unit of each row's bound, by row name.

    Call it after ``solve_problem`` found a solution. Integer variables are fixed at their values
    and the rest is solved as an LP, since an integer solve has no prices; the problem is left as
    it was. Where prices are not unique, this is one choice of them.

    Raises
    ------
    SolverError
        When the problem has no solution to price.
    """
    if problem.sol_status not in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible):
        raise SolverError("prices were asked of a problem without a solution")
    if not problem.isMIP():
        return _row_prices(problem)
    with _integers_fixed(problem):
        _run_pulp(problem, _make_solver(_Options(None, None, 0, None), False))
        return _row_prices(problem)


def _row_prices(problem: pulp.LpProblem) -> dict[str, float]:
    return {row.name: (row.pi or 0.0) + 0.0 for row in problem.constraints()}


@contextmanager
def _integers_fixed(problem: pulp.LpProblem) -> Iterator[None]:
    """Fix the integer variables at their values; put bounds and all values back afterwards."""
    variables = problem.variables()
    kept = [(var, var.lowBound, var.upBound, var.varValue) for var in variables]
    for var in variables:
        if var.cat == pulp.LpInteger:
            var.lowBound = var.upBound = round(var.varValue)
    try:
        yield
    finally:
        for var, low, up, value in kept:
            var.lowBound, var.upBound, var.varValue = low, up, value


def _make_solver(options: _Options, integer: bool = True) -> Any:
    """Make PuLP's solver object with ``options``; the limit is that of every program, or less."""
    most_s = limit_s() if options.time_limit_s is None else options.time_limit_s
    settings: dict[str, Any] = {"random_seed": options.seed}
    if options.gap is not None:
        settings["mip_abs_gap"] = 0.0  # else an absolute gap of 1e-6 stops before `gap` holds
    if options.tolerance is not None:
        names = ("primal_feasibility", "dual_feasibility", "mip_feasibility")
        settings |= {f"{name}_tolerance": options.tolerance for name in names}
    common = {"msg": False, "mip": integer, "timeLimit": most_s, "gapRel": options.gap}
    return _Interruptible(**common, threads=1, **settings)


class _Interruptible(pulp.HiGHS):  # type: ignore[misc]  # PuLP is untyped
    """PuLP's HiGHS, ended by Ctrl-C as well."""

    def callSolver(self, lp: pulp.LpProblem) -> None:  # noqa: N802  # the name is PuLP's
        """Let HiGHS solve what PuLP handed over."""
        run_highs(lp.solverModel, self.timeLimit)


def _run_pulp(problem: pulp.LpProblem, solver: Any) -> None:
    """Let PuLP solve; whatever it stumbles over becomes one clear line."""
    try:
        problem.solve(solver)
    except Exception as error:
        raise SolverError("HiGHS failed", remedy=_AGAIN) from error


def _status(problem: pulp.LpProblem, told: str, options: _Options) -> Status:
    """Put HiGHS's word into ours; PuLP's ``status`` says optimal even when time ran out."""
    has_point = problem.solverModel.getInfo().primal_solution_status == _FEASIBLE_POINT
    if told in ("kOptimal", "kModelEmpty"):
        return "optimal"
    if told in _INFEASIBLE_STATUSES:
        return "infeasible"
    if told in _UNCLEAR_STATUSES:
        return "unbounded" if _has_feasible_point(problem, options) else "infeasible"
    if told in _STOPPED_STATUSES:
        return "feasible" if has_point else "no_plan_in_time"
    raise SolverError("HiGHS gave up without an answer", remedy=_AGAIN)


_FEASIBLE_POINT = 2  # HiGHS: kSolutionStatusFeasible


def _has_feasible_point(problem: pulp.LpProblem, options: _Options) -> bool:
    """Solve without an objective: what is feasible now was unbounded before.

    HiGHS's presolve may say "unbounded or infeasible" and leave open which.
    """
    objective = problem.objective
    problem.setObjective(pulp.LpAffineExpression())
    try:
        _run_pulp(problem, _make_solver(options))
        told = problem.solverModel.getModelStatus().name
    finally:
        problem.setObjective(objective)
    return bool(told == "kOptimal")


def _bound(problem: pulp.LpProblem, model: Any, status: Status, objective: float) -> float | None:
    """Return the dual bound in the problem's own sense, constant term included."""
    if not problem.isMIP():
        return objective if status == "optimal" else None
    bound = float(model.getInfo().mip_dual_bound)
    if not math.isfinite(bound):
        return None
    # PuLP hands a maximisation over with its sign turned, and leaves the constant out.
    sign = -1.0 if problem.sense == pulp.LpMaximize else 1.0
    return sign * bound + float(problem.objective.constant)


def _objective(problem: pulp.LpProblem) -> float:
    value = float(pulp.value(problem.objective) or 0.0) + 0.0
    if not math.isfinite(value):
        raise SolverError("the solver's answer is no number", remedy=_AGAIN)
    return value


def _values(problem: pulp.LpProblem) -> dict[str, float]:
    """Read the variables; ``+ 0.0`` turns -0.0 into 0.0, and PuLP's own dummy is left out."""
    return {
        var.name: float(var.varValue or 0.0) + 0.0
        for var in problem.variables()
        if var.name != "__dummy"
    }
