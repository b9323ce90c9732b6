"""Solve the classical diet problem, and where no basket exists, say why and what would help.

Why two steps to a conflict: the prices of the elastic LP with every row soft already prove which
few rows cannot all hold (Farkas), so that the deletion filter, which solves once per row, starts
from those and not from thousands of bounds.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from planner.basket.bands import BasketFood, BasketRow, BasketTable, NutrientBand, list_rows
from planner.basket.exact import Corner, ExactOptimum, LinearProgram, as_typed, finish_exactly
from planner.basket.model import BasketModel, build_basket, build_elastic
from planner.bound.solver import (
    SolverAnswer,
    Status,
    read_corner,
    shadow_prices,
    solve_problem,
)
from planner.errors import SolverError

_TOLERANCE = 1e-9  # of scaled rows: relative to the bound a person wrote
_HOLDS_WITHIN = 1e-7  # what the recount of an answer may be off, relative to the bound
_PRICE_OF_NOTHING = 1e-9  # a scaled price below this is no part of a proof
_SHORT_DIGITS = 9  # a number this close to a short one was the short one
_SHORT_WITHIN = 1e-12
_LEAST_TIME_S = 0.05
_MOST_EXACT_CELLS = 20_000  # foods times rows; beyond, fractions take seconds

_NOT_MINIMAL = (
    "Time ran out while looking for the smallest conflict: "
    "these rows cannot all hold, but fewer of them might do."
)
_NOT_ALL_TRIED = "Time ran out before every change was tried."


@dataclass(frozen=True, slots=True)
class BasketOptions:
    """How to solve a basket.

    Parameters
    ----------
    integer
        Whether amounts are whole units.
    time_limit_s
        Wall time for the basket, and once more for the reasons where there is none [s];
        ``None`` sets no limit.
    seed
        Seed of the solver.
    solver
        ``"highs"``, ``"cbc"``, or ``None`` for the first that works.
    """

    integer: bool = False
    time_limit_s: float | None = None
    seed: int = 0
    solver: Literal["highs", "cbc"] | None = None


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The smallest change of one row that alone lets a basket exist.

    Parameters
    ----------
    row
        The row.
    to
        The bound that would do instead of ``row.bound``.
    """

    row: BasketRow
    to: float


@dataclass(frozen=True, slots=True)
class BasketAnswer:
    """The cheapest basket, or why there is none.

    Parameters
    ----------
    status
        As the solver says it (``planner.bound.solver.Status``).
    objective, bound
        Cost of the basket, and the proven limit below it; ``None`` without a basket.
    amounts
        Food → units, for every food.
    nutrients
        Nutrient → amount in the basket; ``None`` where a food of the basket has no figure.
    prices
        Nutrient with a band → change of the cost per unit of its binding bound.
    conflict
        Rows that cannot all hold while any one fewer can (an IIS).
    relaxations
        For rows of the conflict, the smallest change that alone is enough, where one is.
    unlimited
        Foods whose amounts grow without end, where the cost falls without end.
    notes
        What the reader must know about the answer.
    solver
        Name and version of the solver.
    """

    status: Status
    objective: float | None = None
    bound: float | None = None
    amounts: Mapping[str, float] = field(default_factory=dict)
    nutrients: Mapping[str, float | None] = field(default_factory=dict)
    prices: Mapping[str, float] = field(default_factory=dict)
    conflict: tuple[BasketRow, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    unlimited: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    solver: str = ""

    @property
    def has_basket(self) -> bool:
        """Whether there is a basket to read."""
        return self.status in ("optimal", "feasible")


def solve_basket(table: BasketTable, options: BasketOptions | None = None) -> BasketAnswer:
    """Find the cheapest basket of ``table``, or the conflict and the smallest relaxations.

    Raises
    ------
    SolverError
        When no solver works, or its answer does not hold when recounted.
    """
    options = options or BasketOptions()
    model = build_basket(table, integer=options.integer)
    answer = _solve(model, options, options.time_limit_s)
    solver = f"{answer.solver} {answer.version}".strip()
    if answer.has_solution:
        return replace(_read_basket(table, model, answer, options), solver=solver)
    if answer.status == "infeasible":
        return replace(_explain_infeasible(table, options), solver=solver)
    if answer.status == "unbounded":
        return BasketAnswer("unbounded", unlimited=_find_unlimited(table, options), solver=solver)
    return BasketAnswer(answer.status, solver=solver)


def clean_number(value: float) -> float:
    """Undo the last digits of noise: 2.9999999999999996 is 3, and -0.0 is 0.0; 1/3 stays."""
    short = float(f"{value:.{_SHORT_DIGITS}g}")
    return (short if abs(short - value) <= _SHORT_WITHIN * abs(value) else value) + 0.0


def _solve(model: BasketModel, options: BasketOptions, time_limit_s: float | None) -> SolverAnswer:
    return solve_problem(
        model.problem,
        time_limit_s=time_limit_s,
        gap=0.0,
        seed=options.seed,
        tolerance=_TOLERANCE,
        solver=options.solver,
    )


# Reading a basket


def _read_basket(
    table: BasketTable, model: BasketModel, answer: SolverAnswer, options: BasketOptions
) -> BasketAnswer:
    exact = None if options.integer else _finish_exactly(table, model)
    if exact is None:
        amounts = _read_amounts(table, model, answer, options.integer)
        cost = clean_number(_sum_of_products([food.cost for food in table.foods], amounts))
        prices = _read_prices(table, model)
        bound = None if answer.bound is None else clean_number(answer.bound / model.scales.cost)
    else:
        amounts = [float(value) for value in exact.values]
        cost = bound = float(exact.objective)
        prices = _exact_prices(table, model, exact)
    _recount(table, amounts)
    return BasketAnswer(
        answer.status if exact is None else "optimal",
        objective=cost,
        bound=bound,
        amounts={food.name: amount for food, amount in zip(table.foods, amounts, strict=True)},
        nutrients={name: _total(table, name, amounts) for name in table.nutrients},
        prices=prices,
    )


def _finish_exactly(table: BasketTable, model: BasketModel) -> ExactOptimum | None:
    """Finish in fractions what the solver found, where the table is small and the corner known."""
    rows = [model.rows[row.name] for row in model.problem.constraints()]
    corner = read_corner(model.problem)
    if corner is None or len(rows) * len(table.foods) > _MOST_EXACT_CELLS:
        return None
    names = [amount.name for amount in model.amounts]
    names += [row.name for row in model.problem.constraints()]
    places = {name: place for place, name in enumerate(names)}
    basic, at_upper = ([places[n] for n in part if n in places] for part in corner)
    return finish_exactly(_exact_program(table, rows), Corner(tuple(basic), frozenset(at_upper)))


def _exact_program(table: BasketTable, rows: Sequence[BasketRow]) -> LinearProgram:
    """Write the basket in fractions, in the person's own units."""
    contents = [[as_typed(value) for value in table.column(row.name)] for row in rows]
    return LinearProgram(
        cost=tuple(as_typed(food.cost) for food in table.foods),
        columns=tuple(
            {i: content[j] for i, content in enumerate(contents) if content[j]}
            for j in range(len(table.foods))
        ),
        lower=tuple(as_typed(food.least) for food in table.foods),
        upper=tuple(None if food.most is None else as_typed(food.most) for food in table.foods),
        row_lower=tuple(None if row.sense == "<=" else as_typed(row.bound) for row in rows),
        row_upper=tuple(None if row.sense == ">=" else as_typed(row.bound) for row in rows),
    )


def _exact_prices(table: BasketTable, model: BasketModel, exact: ExactOptimum) -> dict[str, float]:
    prices = {band.nutrient: Fraction(0) for band in table.bands}
    for row, price in zip(model.problem.constraints(), exact.prices, strict=True):
        prices[model.rows[row.name].name] += price
    return {name: float(price) for name, price in prices.items()}


def _read_amounts(
    table: BasketTable, model: BasketModel, answer: SolverAnswer, integer: bool
) -> list[float]:
    """Unscale the amounts and take off what lies within the solver's tolerance."""
    amounts = []
    for food, variable, scale in zip(
        table.foods, model.amounts, model.scales.food.tolist(), strict=True
    ):
        scaled = answer.values.get(variable.name, 0.0)
        amount = 0.0 if abs(scaled) < _TOLERANCE else clean_number(scaled * scale)
        amount = float(round(amount)) if integer else amount
        most = math.inf if food.most is None else food.most
        amounts.append(min(max(amount, food.least), most))
    return amounts


def _recount(table: BasketTable, amounts: Sequence[float]) -> None:
    """Add up every band without the solver; an answer that misses one is not shown."""
    for band in table.bands:
        total = _sum_of_products(table.column(band.nutrient).tolist(), amounts)
        slack = _HOLDS_WITHIN * max(abs(band.lower or 0.0), abs(band.upper or 0.0), abs(total))
        low = -math.inf if band.lower is None else band.lower
        high = math.inf if band.upper is None else band.upper
        if not low - slack <= total <= high + slack:
            raise SolverError(
                f"the solver's basket holds {total!r} of {band.nutrient}, outside its band",
                remedy="try --solver cbc, or units that bring the figures nearer to one",
            )


def _sum_of_products(left: Iterable[float], right: Iterable[float]) -> float:
    return math.fsum(a * b for a, b in zip(left, right, strict=True))


def _total(table: BasketTable, nutrient: str, amounts: Sequence[float]) -> float | None:
    """Add up a nutrient over the foods used; one food without a figure makes it unknown."""
    pairs = zip(table.column(nutrient).tolist(), amounts, strict=True)
    total = math.fsum(content * amount for content, amount in pairs if amount)
    return None if math.isnan(total) else clean_number(total)


def _read_prices(table: BasketTable, model: BasketModel) -> dict[str, float]:
    """Add the prices of both sides of each band, back in cost per unit of the nutrient."""
    prices = {band.nutrient: 0.0 for band in table.bands}
    for key, price in shadow_prices(model.problem).items():
        if abs(price) > _PRICE_OF_NOTHING:
            name = model.rows[key].name
            prices[name] += price * model.scales.nutrient[name] / model.scales.cost
    return {name: clean_number(price) for name, price in prices.items()}


# Why there is no basket


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
        answer = _solve(model, self.options, left)
        self.ran_out |= answer.status in ("no_plan_in_time", "feasible")
        return answer

    def is_conflict(self, rows: Sequence[BasketRow]) -> bool:
        """Whether ``rows`` are proven unable to hold together."""
        model = build_elastic(self.table, rows, integer=self.options.integer)
        return self.solve(model).status == "infeasible"


def _explain_infeasible(table: BasketTable, options: BasketOptions) -> BasketAnswer:
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
    """Give the rows with a price in the elastic LP; all of them where the LP has a basket."""
    model = build_elastic(prober.table, (), rows)
    if not prober.solve(model).has_solution:
        return list(rows)
    prices = shadow_prices(model.problem)
    priced = {model.rows[key] for key, price in prices.items() if abs(price) > _PRICE_OF_NOTHING}
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
    scaled = _sum_of_products(signs, values)
    if row.kind == "nutrient":
        return scaled / model.scales.nutrient[row.name]
    return scaled * model.food_scale(row.name)


def _verified(
    prober: _Prober, others: list[BasketRow], row: BasketRow, change: float
) -> Iterable[Relaxation]:
    """Solve again with the new bound; a hair more where the last digits stand in the way."""
    for factor in (1.0, 1.0 + _TOLERANCE, 1.0 + _HOLDS_WITHIN):
        to = clean_number(row.bound + change * factor)
        model = build_elastic(
            prober.table, [*others, replace(row, bound=to)], integer=prober.options.integer
        )
        if prober.solve(model).has_solution:
            yield Relaxation(row, to)
            return


def _find_unlimited(table: BasketTable, options: BasketOptions) -> tuple[str, ...]:
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
    answer = _solve(model, options, options.time_limit_s)
    if not answer.has_solution:
        return ()
    amounts = _read_amounts(direction, model, answer, integer=False)
    return tuple(food.name for food, grows in zip(foods, amounts, strict=True) if grows > 0)


def _direction_band(band: NutrientBand) -> NutrientBand:
    return NutrientBand(
        band.nutrient,
        None if band.lower is None else 0.0,
        None if band.upper is None else 0.0,
    )
