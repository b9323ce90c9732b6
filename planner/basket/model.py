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

With :math:`l_i = u_i` the band is one equality row. The elastic form of a set S of rows replaces
``a x >= b`` by ``a x + s >= b`` (``<=``: ``- s``; ``=``: both), :math:`s \ge 0`, and minimises the
sum of all s instead of the cost; its optimum is the least change of S that lets the rest hold.

Scaling: a solver's tolerance is absolute, but a gram and a microgram may stand side by side. So
the rows handed over are :math:`r_i a_{ij} q_j y_j` with :math:`x_j = q_j y_j`, where the scales
are powers of two (no digit is lost) that bring bounds to about one, and the largest entry of a
column to at most about one. Integer amounts keep :math:`q_j = 1`.
"""

from __future__ import annotations

import operator
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pulp
from numpy.typing import NDArray

from planner.basket.bands import BasketRow, BasketTable, NutrientBand, list_rows

_SENSE_WORDS = {">=": "min", "<=": "max", "=": "equal"}
_COMPARE = {">=": operator.ge, "<=": operator.le, "=": operator.eq}

_FURTHEST = 500  # power of two of a scale; a number holds 1,023


@dataclass(frozen=True, slots=True, eq=False)
class BasketScales:
    """Powers of two that bring the numbers of a table near one (see the module's text).

    Parameters
    ----------
    nutrient
        Factor of each band's rows, by nutrient.
    food
        Units of food in one unit of the scaled amount, in the order of the foods.
    cost
        Factor of the objective.
    """

    nutrient: dict[str, float]
    food: NDArray[np.float64]
    cost: float


@dataclass(frozen=True, slots=True, eq=False)
class BasketModel:
    """A PuLP problem with the keys to read it.

    Parameters
    ----------
    problem
        The problem, scaled.
    amounts
        The scaled amount variables, in the order of the foods.
    rows
        PuLP row name → the person's row.
    slacks
        The person's row → names of its scaled slack variables, for rows made elastic.
    places
        Name of a food → its place among the amounts.
    scales
        The scales used.
    """

    problem: pulp.LpProblem
    amounts: tuple[pulp.LpVariable, ...]
    places: dict[str, int]
    rows: dict[str, BasketRow]
    slacks: dict[BasketRow, tuple[str, ...]]
    scales: BasketScales

    def food_scale(self, name: str) -> float:
        """Return the units of the food in one unit of its scaled amount."""
        return float(self.scales.food[self.places[name]])


def build_basket(table: BasketTable, *, integer: bool = False) -> BasketModel:
    """Build the cheapest-basket problem of ``table``."""
    rows = list_rows(table)
    model = _start_model(table, rows, integer)
    prices = np.array([food.cost for food in table.foods]) * model.scales.food * model.scales.cost
    model.problem.setObjective(_weighted_sum(model.amounts, prices))
    _add_nutrient_rows(model, table, rows, soft=())
    return model


def build_elastic(
    table: BasketTable,
    hard: Sequence[BasketRow],
    soft: Sequence[BasketRow] = (),
    *,
    integer: bool = False,
) -> BasketModel:
    """Build the problem of the least change to ``soft`` under which ``hard`` holds as well.

    Without ``soft`` it asks only whether ``hard`` can hold.
    """
    model = _start_model(table, hard, integer)
    _add_nutrient_rows(model, table, [*hard, *soft], soft=set(soft))
    _add_soft_food_rows(model, soft)
    slacks = [name for names in model.slacks.values() for name in names]
    by_name = model.problem.variablesDict()
    model.problem.setObjective(pulp.lpSum(by_name[name] for name in slacks))
    return model


def _start_model(table: BasketTable, hard: Sequence[BasketRow], integer: bool) -> BasketModel:
    """Make the problem with its amounts, bounded by the food rows among ``hard``."""
    scales = _find_scales(table, integer)
    problem = pulp.LpProblem("basket", pulp.LpMinimize)
    bounds = {(row.name, row.sense): row.bound for row in hard if row.kind == "food"}
    category = pulp.LpInteger if integer else pulp.LpContinuous
    numbers = _stable_numbers([food.name for food in table.foods])
    amounts = tuple(
        problem.add_variable(
            f"amount.{number:06d}",
            bounds.get((food.name, ">="), 0.0) / scale,
            None if (most := bounds.get((food.name, "<="))) is None else most / scale,
            category,
        )
        for food, number, scale in zip(table.foods, numbers, scales.food.tolist(), strict=True)
    )
    places = {food.name: place for place, food in enumerate(table.foods)}
    return BasketModel(problem, amounts, places, {}, {}, scales)


def _stable_numbers(names: Sequence[str]) -> list[int]:
    """Return each name its place in sorted order, so that the order in a file does not matter."""
    place = {name: number for number, name in enumerate(sorted(names))}
    return [place[name] for name in names]


def _add_nutrient_rows(
    model: BasketModel,
    table: BasketTable,
    rows: Sequence[BasketRow],
    soft: Collection[BasketRow],
) -> None:
    numbers = {name: number for number, name in enumerate(sorted(table.nutrients))}
    for row in rows:
        if row.kind != "nutrient":
            continue
        scale = model.scales.nutrient[row.name]
        total = _weighted_sum(model.amounts, table.column(row.name) * model.scales.food * scale)
        key = f"nutrient.{numbers[row.name]:04d}.{_SENSE_WORDS[row.sense]}"
        _add_row(model, row, key, total, row.bound * scale, row in soft)


def _add_soft_food_rows(model: BasketModel, soft: Sequence[BasketRow]) -> None:
    for row in soft:
        if row.kind != "food":
            continue
        amount = model.amounts[model.places[row.name]]
        key = f"{amount.name}.{_SENSE_WORDS[row.sense]}"
        bound = row.bound / model.food_scale(row.name)
        _add_row(model, row, key, amount + 0.0, bound, is_soft=True)


def _add_row(
    model: BasketModel,
    row: BasketRow,
    key: str,
    total: pulp.LpAffineExpression,
    bound: float,
    is_soft: bool,
) -> None:
    """Add ``total`` against ``bound``, with slack on the sides that a soft row may give way."""
    if is_soft:
        signs = {">=": (1,), "<=": (-1,), "=": (1, -1)}[row.sense]
        gives = [model.problem.add_variable(f"slack.{key}.{n}", 0) for n in range(len(signs))]
        total = total + pulp.lpSum(sign * give for sign, give in zip(signs, gives, strict=True))
        model.slacks[row] = tuple(give.name for give in gives)
    model.problem.addConstraint(_COMPARE[row.sense](total, bound), key)
    model.rows[key] = row


def _weighted_sum(
    variables: Sequence[pulp.LpVariable], weights: NDArray[np.float64]
) -> pulp.LpAffineExpression:
    """Sum variables times weights without touching the zeros."""
    places = np.flatnonzero(weights).tolist()
    return pulp.LpAffineExpression(
        {
            variables[place]: weight
            for place, weight in zip(places, weights[places].tolist(), strict=True)
        }
    )


def _find_scales(table: BasketTable, integer: bool) -> BasketScales:
    """Find the powers of two that bring bounds and columns near one."""
    columns = [np.abs(table.column(band.nutrient)) for band in table.bands]
    content = np.column_stack(columns) if columns else np.zeros((len(table.foods), 0))
    factors = np.array(
        [_band_factor(band, content[:, place]) for place, band in enumerate(table.bands)]
    )
    food = np.ones(len(table.foods)) if integer else _food_factors(table, content * factors)
    prices = np.abs([candidate.cost for candidate in table.foods]) * food
    used = prices[prices > 0]
    middle = np.sqrt(used.min()) * np.sqrt(used.max()) if used.size else 1.0
    nutrients = (band.nutrient for band in table.bands)
    return BasketScales(
        dict(zip(nutrients, factors.tolist(), strict=True)), food, float(_power_of_two(1 / middle))
    )


def _band_factor(band: NutrientBand, contents: NDArray[np.float64]) -> float:
    """Measure a band by its smaller bound, or by its contents where the bounds are 0."""
    bounds = [abs(bound) for bound in (band.lower, band.upper) if bound]
    size = min(bounds) if bounds else float(contents.max(initial=0.0))
    return float(_power_of_two(1 / size)) if size else 1.0


def _food_factors(table: BasketTable, content: NDArray[np.float64]) -> NDArray[np.float64]:
    """Measure a food by the share of a bound that one unit fills, and by its own upper bound."""
    filled = content.max(axis=1, initial=0.0)
    # A bound far below one scaled unit would vanish in the solver's tolerance.
    most = np.array([food.most or np.inf for food in table.foods])
    with np.errstate(over="ignore"):
        each = np.where(filled > 0, 1 / np.where(filled > 0, filled, 1.0), np.inf)
    unit = np.minimum(each, most)
    return _power_of_two(np.where(np.isfinite(unit), unit, 1.0))


def _power_of_two(value: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Return the nearest power of two, none so far from one that a bound by it is no number."""
    return np.exp2(np.clip(np.round(np.log2(value)), -_FURTHEST, _FURTHEST))
