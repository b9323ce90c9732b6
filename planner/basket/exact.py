"""Finish a small linear program in fractions, from the corner where a solver stopped.

A solver works in floating point and stops within a tolerance: with a cost of 0.000001 beside one
of 1,000,000, within the tolerance may be far from the best. Starting from its corner, simplex
steps in exact fractions (mostly none) reach the true optimum, of which every digit holds. The
numbers are taken as a person typed them: 0.1 is one tenth.

The steps are the textbook's for bounded variables, dual steps until the corner is feasible and
primal steps until it is best, each with Bland's rule, under which no corner comes twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Column = dict[int, Fraction]
Bound = Fraction | None

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class BasketProgram:
    """Minimise ``cost x`` where ``row_lower <= A x <= row_upper`` and ``lower <= x <= upper``.

    Parameters
    ----------
    cost
        Cost of each variable.
    columns
        For each variable, row number → coefficient, zeros left out.
    lower, upper
        Bounds of the variables; each has at least one, ``None`` is open.
    row_lower, row_upper
        Bounds of the rows; each has at least one.
    """

    cost: tuple[Fraction, ...]
    columns: tuple[Column, ...]
    lower: tuple[Bound, ...]
    upper: tuple[Bound, ...]
    row_lower: tuple[Bound, ...]
    row_upper: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class Corner:
    """Which variables and rows are basic (between their bounds); the others lie at a bound.

    Parameters
    ----------
    basic
        Numbers of the basic ones, as many as rows; rows are counted on after the variables.
    at_upper
        Numbers of those that lie at their upper bound.
    """

    basic: tuple[int, ...]
    at_upper: frozenset[int]


@dataclass(frozen=True, slots=True)
class ExactOptimum:
    """The best corner: values of the variables, and the price of each row's bound."""

    values: tuple[Fraction, ...]
    prices: tuple[Fraction, ...]
    objective: Fraction


def as_typed(number: float) -> Fraction:
    """Give the shortest decimal that reads as ``number``, which is what was typed."""
    return Fraction(repr(float(number)))


def finish_exactly(
    program: BasketProgram, start: Corner, most_steps: int = 200
) -> ExactOptimum | None:
    """Go from ``start`` to the best corner; ``None`` where that cannot be or takes too long."""
    simplex = _Simplex(program, start)
    if not simplex.factorise():
        return None
    return simplex.optimum() if simplex.run(most_steps) else None


class _Simplex:
    """The state of the walk: basis, its inverse, and which bounds hold the others.

    Rows are ``A x - s = 0`` with one bounded ``s`` per row, numbered after the variables.
    """

    def __init__(self, program: BasketProgram, start: Corner) -> None:
        rows = range(len(program.row_lower))
        self.program = program
        self.columns = [*program.columns, *({row: Fraction(-1)} for row in rows)]
        self.cost = [*program.cost, *(_ZERO for _ in rows)]
        self.lower = [*program.lower, *program.row_lower]
        self.upper = [*program.upper, *program.row_upper]
        self.basis = list(start.basic)
        self.at_upper = set(start.at_upper)
        self.inverse: list[list[Fraction]] = []

    # The corner

    def factorise(self) -> bool:
        """Invert the basis by Gauss and Jordan; false when it is singular.

        Rows go first: their columns have one entry each, so that only a small kernel is left.
        """
        count = len(self.program.row_lower)
        order = sorted(self.basis, reverse=True)
        if len(order) != count:
            return False
        self.inverse = [[Fraction(int(i == j)) for j in range(count)] for i in range(count)]
        self.basis = [-1] * count
        for entering in order:
            direction = self._direction(entering)
            free = [i for i in range(count) if self.basis[i] < 0 and direction[i]]
            if not free:
                return False
            self._exchange(free[0], entering, direction)
        return True

    def _direction(self, number: int) -> list[Fraction]:
        """Give the inverse of the basis times a column."""
        column = self.columns[number].items()
        return [sum((row[i] * value for i, value in column), _ZERO) for row in self.inverse]

    def _exchange(self, place: int, entering: int, direction: Sequence[Fraction]) -> None:
        """Put ``entering`` at ``place`` of the basis."""
        pivot = [value / direction[place] for value in self.inverse[place]]
        for i, factor in enumerate(direction):
            if factor and i != place:
                row = self.inverse[i]
                self.inverse[i] = [
                    a - factor * b if b else a for a, b in zip(row, pivot, strict=True)
                ]
        self.inverse[place] = pivot
        self.basis[place] = entering
        self.at_upper.discard(entering)

    def _others(self) -> list[int]:
        basic = set(self.basis)
        return [number for number in range(len(self.columns)) if number not in basic]

    def _bound_of(self, number: int) -> Fraction:
        """Give the bound at which a variable outside the basis lies."""
        low, high = self.lower[number], self.upper[number]
        if low is None or (number in self.at_upper and high is not None):
            self.at_upper.add(number)
            assert high is not None, "each variable and row has a bound"
            return high
        self.at_upper.discard(number)
        return low

    def _values(self) -> list[Fraction]:
        """Give the values of the basis."""
        load = [_ZERO] * len(self.inverse)
        for number in self._others():
            bound = self._bound_of(number)
            if bound:
                for i, value in self.columns[number].items():
                    load[i] -= value * bound
        return [
            sum((a * b for a, b in zip(row, load, strict=True) if b), _ZERO) for row in self.inverse
        ]

    def _prices(self, cost: Sequence[Fraction]) -> list[Fraction]:
        prices = [_ZERO] * len(self.inverse)
        for number, row in zip(self.basis, self.inverse, strict=True):
            if cost[number]:
                prices = [p + cost[number] * value for p, value in zip(prices, row, strict=True)]
        return prices

    def _reduced(self, cost: Sequence[Fraction]) -> dict[int, Fraction]:
        """Give what one more unit of each variable outside the basis would add to the cost."""
        prices = self._prices(cost)
        return {
            number: cost[number]
            - sum((prices[i] * value for i, value in self.columns[number].items()), _ZERO)
            for number in self._others()
        }

    def _entering(self, cost: Sequence[Fraction]) -> int | None:
        """Find the first variable whose move from its bound would save something."""
        for number, reduced in self._reduced(cost).items():
            if self._is_movable(number) and (
                reduced > 0 if number in self.at_upper else reduced < 0
            ):
                return number
        return None

    def _is_movable(self, number: int) -> bool:
        low, high = self.lower[number], self.upper[number]
        return low is None or high is None or low < high

    # The walk

    def run(self, most_steps: int) -> bool:
        """Walk to the best corner; false when there is none within ``most_steps``."""
        self._values()  # settles which bound each variable lies at
        # Dual steps need a corner that is best so far; without costs every corner is.
        cost = self.cost if self._entering(self.cost) is None else [_ZERO] * len(self.cost)
        for _ in range(most_steps):
            moved = self._dual_step(cost)
            if moved is None:
                break
            if not moved:
                return False
        for _ in range(most_steps):
            moved = self._primal_step()
            if moved is None:
                return self._outside() is None
            if not moved:
                return False
        return False

    def _outside(self) -> tuple[int, bool] | None:
        """Find the first basic variable outside its bounds: its place, and whether below."""
        found = None
        for place, value in enumerate(self._values()):
            number = self.basis[place]
            low, high = self.lower[number], self.upper[number]
            below, above = low is not None and value < low, high is not None and value > high
            if (below or above) and (found is None or number < self.basis[found[0]]):
                found = place, below
        return found

    def _dual_step(self, cost: Sequence[Fraction]) -> bool | None:
        """Bring one variable back to its bound; ``None`` when all are, false when none can."""
        outside = self._outside()
        if outside is None:
            return None
        place, below = outside
        row, best = self.inverse[place], None
        for number, reduced in self._reduced(cost).items():
            rate = sum((row[i] * value for i, value in self.columns[number].items()), _ZERO)
            helps = (rate < 0) if below != (number in self.at_upper) else (rate > 0)
            if rate and helps and self._is_movable(number):
                candidate = abs(reduced / rate), number
                best = candidate if best is None or candidate < best else best
        if best is None:
            return False
        leaving = self.basis[place]
        self._exchange(place, best[1], self._direction(best[1]))
        (self.at_upper.discard if below else self.at_upper.add)(leaving)
        return True

    def _primal_step(self) -> bool | None:
        """Move one variable as far as it saves; ``None`` when none does, false when without end."""
        entering = self._entering(self.cost)
        if entering is None:
            return None
        direction = self._direction(entering)
        sign = -1 if entering in self.at_upper else 1
        low, high = self.lower[entering], self.upper[entering]
        limits = [] if low is None or high is None else [(high - low, entering, -1)]
        for place, (value, speed) in enumerate(zip(self._values(), direction, strict=True)):
            number = self.basis[place]
            bound = self.upper[number] if -sign * speed > 0 else self.lower[number]
            if speed and bound is not None:
                limits.append((abs((bound - value) / speed), number, place))
        if not limits:
            return False
        _, leaving, place = min(limits)
        if leaving == entering:
            (self.at_upper.discard if sign < 0 else self.at_upper.add)(entering)
        else:
            rises = -sign * direction[place] > 0
            self._exchange(place, entering, direction)
            (self.at_upper.add if rises else self.at_upper.discard)(leaving)
        return True

    def optimum(self) -> ExactOptimum:
        """Read the corner."""
        values = {number: self._bound_of(number) for number in self._others()}
        values |= dict(zip(self.basis, self._values(), strict=True))
        amounts = tuple(values[number] for number in range(len(self.program.cost)))
        cost = sum((c * x for c, x in zip(self.program.cost, amounts, strict=True)), _ZERO)
        return ExactOptimum(amounts, tuple(self._prices(self.cost)), cost)
