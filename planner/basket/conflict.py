"""Why no basket exists, and what would help.

Why two steps to a conflict: the prices of the elastic LP with every row soft already prove which
few rows cannot all hold (Farkas), so that the deletion filter, which solves once per row, starts
from those and not from thousands of bounds.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from planner.basket.answer import BasketAnswer, BasketOptions, Relaxation
from planner.basket.bands import BasketFood, BasketRow, BasketTable, NutrientBand, list_rows
from planner.basket.model import BasketModel, build_basket, build_elastic
from planner.basket.optimum import (
    HOLDS_WITHIN,
    PRICE_OF_NOTHING,
    TOLERANCE,
    clean_number,
    read_amounts,
    solve_model,
    sum_of_products,
)
from planner.model.solver import SolverAnswer, shadow_prices

_LEAST_TIME_S = 0.05

_NOT_MINIMAL = (
    "Time ran out while looking for the smallest conflict: these rows cannot all hold, but a "
    "smaller set of them may already conflict."
)
_NOT_ALL_TRIED = "Time ran out before every change was tried."


class _Prober:
    """Asks whether rows can hold together, until its time is up."""

    def __init__(self, table: BasketTable, options: BasketOptions) -> None:
        self.table, self.options = table, options
        limit = options.time_limit_s
        self._end_s = None if limit is None else time.monotonic() + limit
        self.ran_out = False

    def solve(self, model: BasketModel) -> SolverAnswer:
        """Solve ``model`` in the time that is left."""
        left = None if self._end_s is None else max(_LEAST_TIME_S, self._end_s - time.monotonic())
        answer = solve_model(model, self.options, left)
        self.ran_out |= answer.status in ("no_plan_in_time", "feasible")
        return answer

    def is_conflict(self, rows: Sequence[BasketRow]) -> bool:
        """Whether ``rows`` are proven unable to hold together."""
        model = build_elastic(self.table, rows, integer=self.options.integer)
        return self.solve(model).status == "infeasible"


def explain_infeasible(table: BasketTable, options: BasketOptions) -> BasketAnswer:
    """Return the smallest conflict of a table without a basket, and what would resolve it."""
    prober = _Prober(table, options)
    conflict = _find_conflict(prober, list_rows(table))
    notes = [_NOT_MINIMAL] if prober.ran_out else []
    prober = _Prober(table, options)
    relaxations = tuple(_find_relaxations(prober, conflict))
    notes += [_NOT_ALL_TRIED] if prober.ran_out else []
    return BasketAnswer(
        "infeasible", conflict=conflict, relaxations=relaxations, notes=tuple(notes)
    )


def _find_conflict(prober: _Prober, rows: Sequence[BasketRow]) -> tuple[BasketRow, ...]:
    """Narrow ``rows`` down to an IIS: a deletion filter over ever smaller groups of rows."""
    proof = _rows_of_proof(prober, rows)
    kept = proof if prober.is_conflict(proof) else list(rows)
    size = len(kept) // 2
    while size > 1:
        kept = _delete_groups(prober, kept, size)
        size //= 2
    return tuple(_delete_groups(prober, kept, size=1))


def _rows_of_proof(prober: _Prober, rows: Sequence[BasketRow]) -> list[BasketRow]:
    """Return the rows with a price in the elastic LP; all of them where the LP has a basket."""
    model = build_elastic(prober.table, (), rows)
    if not prober.solve(model).has_solution:
        return list(rows)
    prices = shadow_prices(model.problem)
    priced = {model.rows[key] for key, price in prices.items() if abs(price) > PRICE_OF_NOTHING}
    return [row for row in rows if row in priced] or list(rows)


def _delete_groups(prober: _Prober, rows: list[BasketRow], size: int) -> list[BasketRow]:
    """Drop each group of ``size`` neighbours without which the rest still conflicts."""
    start = 0
    while start < len(rows):
        rest = rows[:start] + rows[start + size :]
        if prober.is_conflict(rest):
            rows = rest
        else:
            start += size
    return rows


def _find_relaxations(prober: _Prober, conflict: Sequence[BasketRow]) -> Iterable[Relaxation]:
    """Relax each row of the conflict alone; only those for which that is enough come out.

    A row outside the conflict cannot be enough: the conflict would stay.
    """
    every = list_rows(prober.table)
    for row in conflict:
        others = [other for other in every if other != row]
        model = build_elastic(prober.table, others, [row], integer=prober.options.integer)
        answer = prober.solve(model)
        if answer.status == "optimal":
            yield from _verified(prober, others, row, _change(model, answer, row))


def _change(model: BasketModel, answer: SolverAnswer, row: BasketRow) -> float:
    """Read by how much the row gives way, in its own unit and with its sign."""
    signs = {">=": (-1.0,), "<=": (1.0,), "=": (-1.0, 1.0)}[row.sense]
    values = [answer.values[name] for name in model.slacks[row]]
    scaled = sum_of_products(signs, values)
    if row.kind == "nutrient":
        return scaled / model.scales.nutrient[row.name]
    return scaled * model.food_scale(row.name)


def _verified(
    prober: _Prober, others: list[BasketRow], row: BasketRow, change: float
) -> Iterable[Relaxation]:
    """Solve again with the new bound; a hair more where the last digits stand in the way."""
    for factor in (1.0, 1.0 + TOLERANCE, 1.0 + HOLDS_WITHIN):
        to = clean_number(row.bound + change * factor)
        model = build_elastic(
            prober.table, [*others, replace(row, bound=to)], integer=prober.options.integer
        )
        if prober.solve(model).has_solution:
            yield Relaxation(row, to)
            return


def find_unlimited(table: BasketTable, options: BasketOptions) -> tuple[str, ...]:
    """Find foods along which the cost falls without end: the cheapest direction of growth.

    The rows of the direction are those of the basket with every bound at 0; a food with an upper
    bound cannot grow, and one unit stands for "without end".
    """
    foods = tuple(
        BasketFood(f.name, f.cost, 0.0, 1.0 if f.most is None else 0.0) for f in table.foods
    )
    bands = tuple(_direction_band(band) for band in table.bands)
    direction = replace(table, foods=foods, bands=bands)
    model = build_basket(direction)
    answer = solve_model(model, options, options.time_limit_s)
    if not answer.has_solution:
        return ()
    amounts = read_amounts(direction, model, answer, integer=False)
    return tuple(food.name for food, grows in zip(foods, amounts, strict=True) if grows > 0)


def _direction_band(band: NutrientBand) -> NutrientBand:
    return NutrientBand(
        band.nutrient,
        None if band.lower is None else 0.0,
        None if band.upper is None else 0.0,
    )
