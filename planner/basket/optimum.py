"""Solve a basket's model and read the basket off the answer, counted again without the solver."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from planner.basket.answer import BasketAnswer, BasketOptions
from planner.basket.bands import BasketTable
from planner.basket.model import BasketModel
from planner.errors import SolverError
from planner.faults import fault
from planner.model.solver import SolverAnswer, shadow_prices, solve_problem

TOLERANCE = 1e-9  # of scaled rows: relative to the bound a person wrote
HOLDS_WITHIN = 1e-7  # what the recount of an answer may be off, relative to the bound
PRICE_OF_NOTHING = 1e-9  # a scaled price below this is no part of a proof
_SHORT_DIGITS = 9  # a number this close to a short one was the short one
_SHORT_WITHIN = 1e-12


def clean_number(value: float) -> float:
    """Undo the last digits of noise: 2.9999999999999996 is 3, and -0.0 is 0.0; 1/3 stays."""
    short = float(f"{value:.{_SHORT_DIGITS}g}")
    return (short if abs(short - value) <= _SHORT_WITHIN * abs(value) else value) + 0.0


def solve_model(
    model: BasketModel, options: BasketOptions, time_limit_s: float | None
) -> SolverAnswer:
    """Solve a basket to the end, as the options say; ``time_limit_s`` in seconds."""
    return solve_problem(
        model.problem,
        time_limit_s=time_limit_s,
        gap=0.0,
        seed=options.seed,
        tolerance=TOLERANCE,
    )


def read_basket(
    table: BasketTable, model: BasketModel, answer: SolverAnswer, options: BasketOptions
) -> BasketAnswer:
    """Read the basket off an answer.

    Raises
    ------
    SolverError
        When the basket misses a band as it is counted again.
    """
    amounts = read_amounts(table, model, answer, options.integer)
    _recount(table, amounts)
    return BasketAnswer(
        answer.status,
        objective=clean_number(sum_of_products([food.cost for food in table.foods], amounts)),
        bound=None if answer.bound is None else clean_number(answer.bound / model.scales.cost),
        amounts={food.name: amount for food, amount in zip(table.foods, amounts, strict=True)},
        nutrients={name: _total(table, name, amounts) for name in table.nutrients},
        prices=_read_prices(table, model),
    )


def read_amounts(
    table: BasketTable, model: BasketModel, answer: SolverAnswer, integer: bool
) -> list[float]:
    """Unscale the amounts and take off what lies within the solver's tolerance."""
    amounts = []
    for food, variable, scale in zip(
        table.foods, model.amounts, model.scales.food.tolist(), strict=True
    ):
        scaled = answer.values.get(variable.name, 0.0)
        amount = 0.0 if abs(scaled) < TOLERANCE else clean_number(scaled * scale)
        amount = float(round(amount)) if integer else amount
        most = math.inf if food.most is None else food.most
        amounts.append(min(max(amount, food.least), most))
    return amounts


def _recount(table: BasketTable, amounts: Sequence[float]) -> None:
    """Add up every band without the solver; an answer that misses one is not shown."""
    for band in table.bands:
        total = sum_of_products(table.column(band.nutrient).tolist(), amounts)
        slack = HOLDS_WITHIN * max(abs(band.lower or 0.0), abs(band.upper or 0.0), abs(total))
        low = -math.inf if band.lower is None else band.lower
        high = math.inf if band.upper is None else band.upper
        if not low - slack <= total <= high + slack:
            raise fault(SolverError, "basket_outside_band", total=total, nutrient=band.nutrient)


def sum_of_products(left: Iterable[float], right: Iterable[float]) -> float:
    """Add up the products of two lists of one length."""
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
        if abs(price) > PRICE_OF_NOTHING:
            name = model.rows[key].name
            prices[name] += price * model.scales.nutrient[name] / model.scales.cost
    return {name: clean_number(price) for name, price in prices.items()}
