"""Sums over columns and other variables, and the rows that limit them.

Adders write them as PuLP does: ``plate.total(grams) >= lower``. A sum keeps the coefficients of a
day as arrays, so that the search takes hundreds of thousands of them at once; ``in_pulp`` writes
out the same sum or row in PuLP's own terms, for whoever solves the problem as it is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pulp

Vector = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Sense = Literal[-1, 0, 1]
AT_MOST: Sense = -1
EQUAL: Sense = 0
AT_LEAST: Sense = 1
"""As PuLP counts them."""


@dataclass(frozen=True, slots=True)
class Part:
    """What some variables add to a sum.

    Parameters
    ----------
    variables
        All columns of a day, or a variable of its own.
    numbers
        Which of them count, each once.
    values
        Coefficient of each.
    """

    variables: Sequence[pulp.LpVariable]
    numbers: Numbers
    values: Vector


class Sum:
    """A linear expression, to be added, subtracted and compared with a number."""

    __slots__ = ("parts",)

    def __init__(self, *parts: Part) -> None:
        self.parts = parts

    @classmethod
    def of(cls, variable: pulp.LpVariable) -> Sum:
        """Return a sum of nothing but one variable."""
        return cls(Part((variable,), np.zeros(1, dtype=np.intp), np.ones(1)))

    def __neg__(self) -> Sum:
        return Sum(*(Part(one.variables, one.numbers, -one.values) for one in self.parts))

    def __add__(self, other: Sum) -> Sum:
        return Sum(*self.parts, *other.parts)

    def __sub__(self, other: Sum) -> Sum:
        return self + -other

    def __rmul__(self, factor: float) -> Sum:
        return Sum(*(Part(one.variables, one.numbers, factor * one.values) for one in self.parts))

    def __le__(self, limit: float) -> Row:
        return Row(self, AT_MOST, limit)

    def __ge__(self, limit: float) -> Row:
        return Row(self, AT_LEAST, limit)

    def __eq__(self, limit: float) -> Row:  # type: ignore[override]  # as PuLP has it
        return Row(self, EQUAL, limit)

    __hash__ = None  # type: ignore[assignment]

    def in_pulp(self) -> pulp.LpAffineExpression:
        """Write the sum in PuLP's terms."""
        terms = [
            (one.variables[number], value)
            for one in self.parts
            for number, value in zip(one.numbers.tolist(), one.values.tolist(), strict=True)
        ]
        if len({id(one.variables) for one in self.parts}) == len(self.parts):
            return pulp.LpAffineExpression(terms)
        expression = pulp.LpAffineExpression()
        for variable, value in terms:  # a variable may stand here twice
            expression.addterm(variable, value)
        return expression


@dataclass(frozen=True, slots=True)
class Row:
    """A sum and its limit.

    Parameters
    ----------
    total
        The sum.
    sense
        ``AT_MOST``, ``EQUAL`` or ``AT_LEAST``.
    limit
        What the sum is compared with.
    """

    total: Sum
    sense: Sense
    limit: float

    def in_pulp(self) -> pulp.LpConstraint:
        """Write the row in PuLP's terms."""
        return pulp.LpConstraint(self.total.in_pulp(), self.sense, rhs=self.limit)
