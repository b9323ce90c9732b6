r"""The classical diet problem: the cheapest basket of foods that keeps every nutrient in its band.

Formulation
-----------
Sets and data: foods :math:`j`, nutrients :math:`i`; price :math:`c_j` and bounds
:math:`m_j, M_j` per unit of food (:math:`m_j \ge 0`), content :math:`a_{ij}` of nutrient
:math:`i` in one unit of food :math:`j`, band :math:`[l_i, u_i]`; an open side is left out.

Decide amounts :math:`x_j` [units of food]::

    minimise    sum_j c_j x_j
    subject to  l_i <= sum_j a_ij x_j <= u_i    for every nutrient i with a band
                m_j <= x_j <= M_j               for every food j
                x_j integer                     where whole units are asked for

With :math:`l_i = u_i` the band is one equality row. Every row is elastic: ``a x >= b`` stands as
``a x + s >= b`` (``<=``: ``- s``; ``=``: both), :math:`s \ge 0`, where s is 0 for a row that holds
and open for one left out. The least sum of all s is the least change that lets the rest hold.

Scaling: a solver's tolerance is absolute, but a gram and a microgram may stand side by side. So
the rows handed over are :math:`r_i a_{ij} q_j y_j` with :math:`x_j = q_j y_j`, where the scales
are powers of two (no digit is lost) that bring bounds to about one, and the largest entry of a
column to at most about one. Integer amounts keep :math:`q_j = 1`.

Why two steps to a conflict: the prices of the program with every row soft already prove which few
rows cannot all hold (Farkas), so that the deletion filter, which solves once per row, starts from
those and not from thousands of bounds.
"""

from __future__ import annotations

import math
import operator
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pulp
from numpy.typing import NDArray

from planner.basket.table import BasketRow, BasketTable, list_rows
from planner.errors import SolverError
from planner.faults import fault
from planner.model.solver import SolverAnswer, shadow_prices, solve_problem
from planner.wire.basket import BasketAnswer, BoundChange

TOLERANCE = 1e-9  # of scaled rows: relative to the bound a person wrote
HOLDS_WITHIN = 1e-7  # what the recount of an answer may be off, relative to the bound
_SHORT_DIGITS = 9  # a number this close to a short one was the short one
_SHORT_WITHIN = 1e-12
_FURTHEST = 500  # power of two of a scale; a number holds 1,023
_LEAST_TIME_S = 0.05
_COMPARE = {">=": operator.ge, "<=": operator.le, "=": operator.eq}
_GIVES = {">=": (1.0,), "<=": (-1.0,), "=": (1.0, -1.0)}
_NOT_MINIMAL = (
    "Time ran out while looking for the smallest conflict: these rows cannot all hold, but a "
    "smaller set of them may already conflict."
)
_NOT_ALL_TRIED = "Time ran out before every change was tried."


def solve_basket(
    table: BasketTable, *, integer: bool = False, time_limit_s: float | None = None
) -> BasketAnswer:
    """Return the cheapest basket of ``table``, or the conflict and the smallest relaxations.

    Parameters
    ----------
    table
        Foods and bands.
    integer
        Whether amounts are whole units.
    time_limit_s
        Wall time for the basket, and as much for the conflict and for the changes where there is
        none [s]; ``None`` leaves each program its usual limit.

    Raises
    ------
    SolverError
        When the solver fails, or its answer does not hold when recounted.
    """
    program = _Program(table, integer, time_limit_s)
    answer = program.solve(program.rows)
    notes, found = list(table.notes), dict[str, Any]()
    if answer.has_solution:
        found = _read_basket(table, program, answer)
    elif answer.status == "infeasible":
        program.start_clock()
        conflict = _find_conflict(program)
        notes += [_NOT_MINIMAL] if program.ran_out else []
        program.start_clock()
        changes = list(_find_relaxations(program, conflict))
        notes += [_NOT_ALL_TRIED] if program.ran_out else []
        found = {"conflict": [row.text for row in conflict], "relaxations": changes}
    elif answer.status == "unbounded":
        program = _Program(table, False, time_limit_s, grows=True)
        grown = program.solve(program.rows).values
        names = [food.name for food in table.foods]
        found = {
            "unlimited": [
                name for name in names if grown.get(program.amounts[name].name, 0.0) > TOLERANCE
            ]
        }
    solver = f"{answer.solver} {answer.version}".strip()
    return BasketAnswer(status=answer.status, notes=notes, solver=solver, **found)


class _Program:
    """The PuLP problem of a table; which rows hold is said anew for each solve.

    With ``grows`` it is that of the direction in which the cost falls fastest: every bound is 0,
    so that a food with an upper bound cannot grow, and one unit stands for "without end".
    """

    def __init__(
        self, table: BasketTable, integer: bool, time_limit_s: float | None, grows: bool = False
    ) -> None:
        self.table, self.rows, self.time_limit_s = table, list_rows(table), time_limit_s
        nutrients, foods, self.cost_scale = _find_scales(table, integer)
        names = [food.name for food in table.foods]
        self.units = dict(zip(names, foods.tolist(), strict=True))
        self.problem = pulp.LpProblem("basket", pulp.LpMinimize)
        kind = pulp.LpInteger if integer else pulp.LpContinuous
        most = {name: 1 / unit for name, unit in self.units.items() if grows}
        self.amounts = {  # sorted, so that the order in a file does not matter
            name: self.problem.add_variable(f"amount.{number:06d}", 0, most.get(name), kind)
            for number, name in enumerate(sorted(names))
        }
        costs = np.array([food.cost for food in table.foods]) * foods * self.cost_scale
        self.cost = self._weighted_sum(costs)
        self.scales = dict[BasketRow, float]()
        self.slacks = dict[BasketRow, list[pulp.LpVariable]]()
        for number, row in enumerate(self.rows):
            if row.kind == "nutrient":
                self.scales[row] = nutrients[row.name]
                total = self._weighted_sum(table.column(row.name) * foods * nutrients[row.name])
            else:
                self.scales[row] = 1 / self.units[row.name]
                total = self.amounts[row.name] + 0.0
            key, gives = f"row.{number:06d}", _GIVES[row.sense]
            self.slacks[row] = [
                self.problem.add_variable(f"slack.{key}.{side}", 0) for side in range(len(gives))
            ]
            total += pulp.lpDot(gives, self.slacks[row])
            bound = 0.0 if grows else row.bound * self.scales[row]
            self.problem.addConstraint(_COMPARE[row.sense](total, bound), key)
        self.start_clock()

    def _weighted_sum(self, weights: NDArray[np.float64]) -> pulp.LpAffineExpression:
        """Sum amounts times weights, in the order of the table's foods, without the zeros."""
        pairs = zip(self.units, weights.tolist(), strict=True)
        return pulp.LpAffineExpression({self.amounts[name]: w for name, w in pairs if w})

    def start_clock(self) -> None:
        """Begin a stage of the time limit."""
        self.ran_out, self._began_s = False, time.monotonic()

    def solve(
        self,
        hard: Collection[BasketRow],
        soft: Collection[BasketRow] | None = None,
        most: float | None = None,
    ) -> SolverAnswer:
        """Solve so that ``hard`` holds, at the least cost or the least slack of ``soft``.

        Other rows give way as far as they must, at most by ``most`` [scaled].
        """
        holding = set(hard)
        for row, slacks in self.slacks.items():
            for slack in slacks:
                slack.upBound = 0.0 if row in holding else most
        aim = self.cost if soft is None else pulp.lpSum(self.slacks[row] for row in soft)
        self.problem.setObjective(aim)
        left_s = self.time_limit_s
        if left_s is not None:
            left_s = max(_LEAST_TIME_S, self._began_s + left_s - time.monotonic())
        answer = solve_problem(self.problem, time_limit_s=left_s, gap=0.0, tolerance=TOLERANCE)
        self.ran_out |= answer.status in ("no_plan_in_time", "feasible")
        return answer

    def is_conflict(self, rows: Collection[BasketRow]) -> bool:
        """Return whether ``rows`` are proven unable to hold together."""
        return self.solve(rows, ()).status == "infeasible"

    def prices(self) -> dict[BasketRow, float]:
        """Return the shadow prices of rows that have one [scaled]."""
        priced = zip(self.rows, shadow_prices(self.problem).values(), strict=True)
        return {row: price for row, price in priced if abs(price) > TOLERANCE}


def _find_conflict(program: _Program) -> list[BasketRow]:
    """Narrow the rows down to an IIS: a deletion filter over ever smaller groups of rows."""
    relaxed = _Program(program.table, False, program.time_limit_s)
    proof = relaxed.prices() if relaxed.solve((), relaxed.rows).has_solution else {}
    kept = list(proof) if program.is_conflict(proof) else program.rows
    size = len(kept)
    while size > 1:
        size //= 2
        start = 0
        while start < len(kept):
            rest = kept[:start] + kept[start + size :]
            if program.is_conflict(rest):
                kept = rest
            else:
                start += size
    return kept


def _find_relaxations(program: _Program, conflict: Sequence[BasketRow]) -> Iterator[BoundChange]:
    """Relax each row of the conflict alone; only those for which that is enough come out.

    A row outside the conflict cannot be enough: the conflict would stay.
    """
    for row in conflict:
        others = [other for other in program.rows if other != row]
        answer = program.solve(others, [row])
        if answer.status != "optimal":
            continue
        scale = program.scales[row]
        gives = [answer.values[slack.name] for slack in program.slacks[row]]
        change = -_sum_of_products(_GIVES[row.sense], gives) / scale
        # A hair more where the last digits stand in the way.
        for factor in (1.0, 1.0 + TOLERANCE, 1.0 + HOLDS_WITHIN):
            to = _clean_number(row.bound + change * factor)
            if program.solve(others, (), abs(to - row.bound) * scale).has_solution:
                yield BoundChange.of(row=row.text, bound=row.bound, to=to)
                break


def _read_basket(table: BasketTable, program: _Program, answer: SolverAnswer) -> dict[str, Any]:
    """Read the basket off an answer, counted again without the solver."""
    amounts = read_amounts(program, answer)
    totals = {
        name: _sum_of_products(table.column(name).tolist(), amounts.values())
        for name in table.nutrients
    }
    for band in table.bands:
        low, high, total = band.lower, band.upper, totals[band.nutrient]
        slack = HOLDS_WITHIN * max(abs(low or 0.0), abs(high or 0.0), abs(total))
        is_low = low is not None and total < low - slack
        if is_low or (high is not None and total > high + slack):
            raise fault(SolverError, "basket_outside_band", total=total, nutrient=band.nutrient)
    prices = dict.fromkeys((band.nutrient for band in table.bands), 0.0)
    for row, price in program.prices().items():
        if row.kind == "nutrient":
            prices[row.name] += price * program.scales[row] / program.cost_scale
    cost = _sum_of_products((food.cost for food in table.foods), amounts.values())
    return {
        "objective": _clean_number(cost),
        "bound": answer.bound and _clean_number(answer.bound / program.cost_scale),
        "amounts": amounts,
        "nutrients": {
            name: None if math.isnan(total) else _clean_number(total)
            for name, total in totals.items()
        },
        "prices": {name: _clean_number(price) for name, price in prices.items()},
    }


def read_amounts(program: _Program, answer: SolverAnswer) -> dict[str, float]:
    """Return the unscaled amounts, without what lies within the solver's tolerance."""
    amounts = {}
    for food in program.table.foods:
        scaled = answer.values.get(program.amounts[food.name].name, 0.0)
        amount = _clean_number(scaled * program.units[food.name]) if scaled > TOLERANCE else 0.0
        amount = max(float(round(amount)) if program.problem.isMIP() else amount, food.least)
        amounts[food.name] = amount if food.most is None else min(amount, food.most)
    return amounts


def _sum_of_products(figures: Iterable[float], amounts: Iterable[float]) -> float:
    """Add up figures times amounts; NaN where an amount but 0 has no figure."""
    pairs = zip(figures, amounts, strict=True)
    return math.fsum(figure * amount for figure, amount in pairs if amount)


def _clean_number(value: float) -> float:
    """Undo the last digits of noise: 2.9999999999999996 is 3, and -0.0 is 0.0; 1/3 stays."""
    short = float(f"{value:.{_SHORT_DIGITS}g}")
    return (short if abs(short - value) <= _SHORT_WITHIN * abs(value) else value) + 0.0


def _find_scales(
    table: BasketTable, integer: bool
) -> tuple[dict[str, float], NDArray[np.float64], float]:
    """Find the powers of two that bring bounds, columns and costs near one.

    A band is measured by its smaller bound, or by its contents where bounds are 0; a food by the
    share of a bound that one unit fills, and by its own upper bound, since one far below a scaled
    unit would vanish in the solver's tolerance.
    """
    nutrients, filled = dict[str, float](), np.zeros(len(table.foods))
    for band in table.bands:
        contents = np.abs(table.column(band.nutrient))
        bounds = [abs(bound) for bound in (band.lower, band.upper) if bound]
        size = min(bounds, default=contents.max(initial=0.0)) or 1.0
        nutrients[band.nutrient] = float(_power_of_two(1 / size))
        filled = np.maximum(filled, contents * nutrients[band.nutrient])
    most = np.array([food.most or np.inf for food in table.foods])
    with np.errstate(divide="ignore", over="ignore"):
        unit = np.minimum(1 / filled, most)
    foods = _power_of_two(np.where(np.isinf(unit) | integer, 1.0, unit))
    prices = np.abs([food.cost for food in table.foods]) * foods
    used = prices[prices > 0]
    middle = np.sqrt(used.min()) * np.sqrt(used.max()) if used.size else 1.0
    return nutrients, foods, float(_power_of_two(1 / middle))


def _power_of_two(value: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Return the nearest power of two, none so far from one that a bound by it is no number."""
    return np.exp2(np.clip(np.round(np.log2(value)), -_FURTHEST, _FURTHEST))
