"""The least day at given points, proven: meals are listed, then put together.

The rows between the meals of a day get prices; with them the cheapest meals, each found by itself,
add up to points that no day goes below. A small linear program over meals gives these prices. Any
day that costs less than the best one known is made of meals that are little dearer than the
cheapest, so these are listed, and days are put together from the lists under all rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.errors import SolverError
from planner.model.arrays import Array
from planner.model.highs import quiet_highs, run_highs
from planner.search.layout import Indices
from planner.search.meals import DayMeals, Ranked, compiled_choices, row_terms, sums_of

MISSING_POINTS = 50.0  # of a whole breach of a row that must hold, while meals do not fit together


@dataclass(frozen=True, slots=True)
class ProofOptions:
    """How much work goes into what a day, and so a week, costs at least.

    Parameters
    ----------
    steps
        Times that prices are formed for whole meals, of the week and of one day.
    near, near_days
        Share of the best prices so far in the next ones, for meals and for whole days [0–1].
    rounds, rounds_a_turn
        Times that prices are formed for whole days, at first and with each turn of improving.
    reserved
        Share of a time limit that is left for it where several eaters are searched together [0–1].
    meals, days
        Most meals in a list, and days that are given.
    """

    steps: int
    near: float
    near_days: float
    rounds: int
    rounds_a_turn: int
    reserved: float
    meals: int
    days: int


class LeastDay:
    """The least day of a class of days.

    Parameters
    ----------
    meals
        Its meals.
    work
        Work to do.
    """

    def __init__(self, meals: DayMeals, work: ProofOptions) -> None:
        import highspy

        self.meals, self.work, self.rows = meals, work, meals.rows
        self.height = len(self.rows.limits)
        self.prices = np.zeros(self.height)
        self.solver = quiet_highs(highspy)
        self.found: dict[tuple[int, bytes], int] = {}
        self.columns: list[tuple[int, Indices]] = []
        self._add_rows()

    def _add_rows(self) -> None:
        ones, rows = np.ones(len(self.meals.meals)), self.rows
        lower = np.concatenate([np.full(self.height, -np.inf), ones])
        upper = np.concatenate([rows.limits, ones])
        none = np.zeros(len(upper), dtype=np.int32)
        self.solver.addRows(len(upper), lower, upper, 0, none, none[:0], np.zeros(0))
        dear = MISSING_POINTS / np.maximum(1.0, np.abs(rows.limits))
        for row, cost in enumerate(np.where(rows.hard, dear, rows.prices)):
            entry = np.array([row], dtype=np.int32)
            self.solver.addCol(float(cost), 0.0, np.inf, 1, entry, np.array([-1.0]))

    def least(self, points: Array, known: float) -> tuple[float, list[tuple[int, ...]]]:
        """Give points that no day goes below, and the cheapest days.

        Parameters
        ----------
        points
            Points of each column.
        known
            Points of a day that is known.
        """
        bound = self.proven(points)
        if bound >= known:
            return known, []
        led = points + self.prices @ self.rows.coefficients
        lists = [meal.least(led, np.inf, 2) for meal in self.meals.meals]
        cheapest = [float(one.points.min(initial=np.inf)) for one in lists]
        room = known - bound
        lists = [
            meal.least(led, least + room, self.work.meals)
            for meal, least in zip(self.meals.meals, cheapest, strict=True)
        ]
        # where a list was cut, days with a meal beyond it cost more than what the cut leaves
        room = min(one.top - least for one, least in zip(lists, cheapest, strict=True))
        days = self._put_together(lists, cheapest, points, bound, bound + room)
        return min(bound + room, float(days.points.min(initial=np.inf))), days.menus()

    def proven(self, points: Array) -> float:
        """Improve the prices between meals; gives the points that they prove."""
        self._reprice(points)
        best = self._at(self.prices, points)
        for _ in range(self.work.steps):
            run_highs(self.solver)
            solution = np.array(self.solver.getSolution().row_dual)
            if len(solution) < self.height:
                raise SolverError("HiGHS gave up without prices")
            between = np.maximum(-solution[: self.height], 0.0)
            between = np.where(self.rows.hard, between, np.minimum(between, self.rows.prices))
            near = self.work.near * self.prices + (1.0 - self.work.near) * between
            count, reached = len(self.columns), self._at(near, points)
            if reached > best:
                best, self.prices = reached, near
            elif len(self.columns) == count:
                break
        return best

    def _at(self, prices: Array, points: Array) -> float:
        """Give what ``prices`` prove, and take up the cheapest meals at them."""
        led = points + prices @ self.rows.coefficients
        total = -float(prices @ self.rows.limits)
        for number, meal in enumerate(self.meals.meals):
            ranked = meal.least(led)
            total += float(ranked.points.min(initial=np.inf))
            for columns in ranked.columns[np.argsort(ranked.points)[: self.work.days]]:
                self._add(number, columns, points)
        return total

    def _add(self, number: int, columns: Indices, points: Array) -> None:
        key = number, columns.tobytes()
        if key not in self.found:
            self.found[key] = self.height + len(self.columns)
            self.columns.append((number, columns))
            use = sums_of(self.rows.coefficients, columns[None, :])[0]
            entries = np.append(use, [float(number == at) for at in range(len(self.meals.meals))])
            rows = np.flatnonzero(entries).astype(np.int32)
            cost = self._own_points(number, columns[None, :], points)[0]
            self.solver.addCol(float(cost), 0.0, np.inf, len(rows), rows, entries[rows])

    def _own_points(self, number: int, columns: Indices, points: Array) -> Array:
        return self.meals.meals[number].own_points(columns, points)

    def _reprice(self, points: Array) -> None:
        """Give the meals known so far what they cost now."""
        numbers = np.arange(len(self.columns), dtype=np.int32) + self.height
        costs = [self._own_points(n, one[None, :], points)[0] for n, one in self.columns]
        self.solver.changeColsCost(len(numbers), numbers, np.array(costs))

    def _put_together(
        self,
        lists: list[Ranked],
        cheapest: list[float],
        points: Array,
        bound: float,
        top: float,
    ) -> Ranked:
        """Give the days that cost less than ``top``, from lists of meals."""
        ordered = [one.columns[np.argsort(one.points, kind="stable")] for one in lists]
        led = [np.sort(one.points) - least for one, least in zip(lists, cheapest, strict=True)]
        led[0] = led[0] + bound  # the day costs at least that, and what each meal is dearer by
        own = [self._own_points(at, one, points) for at, one in enumerate(ordered)]
        use = [sums_of(self.rows.coefficients, one) for one in ordered]
        start = np.cumsum([0, *map(len, ordered)])
        joined = np.concatenate(led), np.concatenate(own), np.concatenate(use)
        if not all(map(len, ordered)):
            return Ranked(np.zeros((0, 1), dtype=np.int64), np.zeros(0), top)
        most = 2 * self.work.days
        least = compiled_choices()
        chosen, values, reached = least(start, *joined, row_terms(self.rows), top, most)
        parts = [one[chosen[:, at] - start[at]] for at, one in enumerate(ordered)]
        return Ranked(np.hstack(parts), values, reached)
