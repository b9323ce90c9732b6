"""Solve the classical diet problem, and where no basket exists, say why and what would help."""

from __future__ import annotations

from dataclasses import replace

from planner.basket.answer import BasketAnswer, BasketOptions
from planner.basket.bands import BasketTable
from planner.basket.conflict import explain_infeasible, find_unlimited
from planner.basket.model import build_basket
from planner.basket.optimum import read_basket, solve_model


def solve_basket(table: BasketTable, options: BasketOptions | None = None) -> BasketAnswer:
    """Find the cheapest basket of ``table``, or the conflict and the smallest relaxations.

    Raises
    ------
    SolverError
        When the solver fails, or its answer does not hold when recounted.
    """
    options = options or BasketOptions()
    model = build_basket(table, integer=options.integer)
    answer = solve_model(model, options, options.time_limit_s)
    solver = f"{answer.solver} {answer.version}".strip()
    if answer.has_solution:
        return replace(read_basket(table, model, answer, options), solver=solver)
    if answer.status == "infeasible":
        return replace(explain_infeasible(table, options), solver=solver)
    if answer.status == "unbounded":
        return BasketAnswer("unbounded", unlimited=find_unlimited(table, options), solver=solver)
    return BasketAnswer(answer.status, solver=solver)
