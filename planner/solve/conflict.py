"""No plan: which rules cannot hold together, and how far one of them would have to give way.

The aggregated week is a relaxation of every week, so what collides there collides in each. Its
rows get slacks; where the least sum of slacks is above 0, the rows with a price in that LP are a
proof of infeasibility (Farkas), and a deletion filter over them leaves a smallest set that cannot
hold together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pulp

from planner.model.build import ModelInput, build_aggregated_week
from planner.model.keys import RowKey
from planner.solve.solver import shadow_prices, solve_problem

STRUCTURE = ("place", "components")  # what a meal is; never in question
PRICED = 1e-7  # price from which a row is part of the proof
TOUCHED = 1e-6  # least change that counts, relative to the row's limit


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule of a conflict.

    Parameters
    ----------
    key
        The row.
    limit
        Its right-hand side, in the unit of the row.
    change
        By how much it would have to give way if it alone did [unit of the row]; ``None`` where
        that alone does not open a way.
    """

    key: RowKey
    limit: float
    change: float | None


def find_conflict(source: ModelInput) -> tuple[Breach, ...]:
    """Name a smallest set of rows that cannot hold together; empty when the LP has a solution.

    Raises
    ------
    SolverError
        When the solver fails.
    """
    model = build_aggregated_week(source)
    rows = {row.name: row for row in model.problem.constraints()}
    negotiable = [name for name in rows if model.keys[name].rule not in STRUCTURE]
    suspects = _priced_rows(rows, negotiable)
    core = _deletion_filter(rows, [n for n in rows if n not in negotiable], suspects)
    return tuple(
        Breach(
            model.keys[name],
            -rows[name].constant,
            _least_change(rows, name),
        )
        for name in core
    )


def _priced_rows(rows: dict[str, pulp.LpConstraint], names: Iterable[str]) -> list[str]:
    """Rows of ``names`` with a price in the LP that minimises their relative slacks."""
    names = list(names)
    trial = _copy(rows, rows, elastic=names)
    answer = solve_problem(trial)
    if not answer.has_solution or (answer.objective or 0.0) <= TOUCHED:
        return []
    prices = shadow_prices(trial)
    return [name for name in names if abs(prices.get(name, 0.0)) > PRICED]


def _deletion_filter(
    rows: dict[str, pulp.LpConstraint], structure: list[str], suspects: list[str]
) -> list[str]:
    """Drop every suspect without which the rest still cannot hold."""
    kept = list(suspects)
    for name in suspects:
        rest = [one for one in kept if one != name]
        if not solve_problem(_copy(rows, [*structure, *rest])).has_solution:
            kept = rest
    return kept


def _least_change(rows: dict[str, pulp.LpConstraint], name: str) -> float | None:
    """Give the least slack of row ``name`` alone with which all rows hold [its unit]."""
    answer = solve_problem(_copy(rows, rows, elastic=[name]))
    if not answer.has_solution or answer.objective is None:
        return None
    return answer.objective * max(abs(rows[name].constant), 1.0)


def _copy(
    rows: dict[str, pulp.LpConstraint], names: Iterable[str], elastic: Iterable[str] = ()
) -> pulp.LpProblem:
    """Make a problem of the rows ``names``, those of ``elastic`` with priced slacks."""
    trial = pulp.LpProblem("trial", pulp.LpMinimize)
    elastic = set(elastic)
    objective: list[tuple[pulp.LpVariable, float]] = []
    for name in names:
        row = rows[name]
        terms = list(row.items())
        if name in elastic:
            scale = 1.0 / max(abs(row.constant), 1.0)
            for number, sign in enumerate({1: (1,), -1: (-1,), 0: (1, -1)}[row.sense]):
                slack = trial.add_variable(f"give.{number}.{name}", lowBound=0)
                terms.append((slack, sign))
                objective.append((slack, scale))
        expression, limit = pulp.LpAffineExpression(terms), -row.constant
        compared = {1: expression >= limit, -1: expression <= limit, 0: expression == limit}
        trial.addConstraint(compared[row.sense], name)
    trial.setObjective(pulp.LpAffineExpression(objective))
    return trial
