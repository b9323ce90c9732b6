"""A bound from weeks of average days that are put together from whole meals.

The aggregated week mixes what a single meal may not: half a main dish with the partners of another.
Here each meal of its average days is a mixture of meals that keep the rows of a meal. Meals are
found as they are asked for: at the prices of the rows that link meals and days the cheapest of
each meal are listed, which at any prices proves a bound.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from planner.model.arrays import Array, WeekArrays
from planner.model.variety import Order
from planner.search.evaluate import NOTHING, Choices
from planner.search.master import Links, Master, Menu, MenuOf, Parts
from planner.search.meals import DayClasses, DayMeals
from planner.search.work import ProofOptions

FARTHER = 0.25  # less of the best prices where nothing more came of those near them


def bound_of_meals(
    arrays: WeekArrays,
    orders: Sequence[Order],
    week: Choices,
    work: ProofOptions,
    deadline: float | None,
) -> float:
    """Prove what weeks of whole meals cost at least.

    Parameters
    ----------
    arrays, orders
        The rows of the model, and which meals are cooked for which second ones.
    week
        A week that holds.
    work, deadline
        Work to do, and the reading of the clock at which it ends.
    """
    classes = DayClasses.of(arrays)
    meals = [DayMeals(arrays, day) for day in classes.first]
    average = AverageMeals(arrays, Links(arrays, orders, classes), meals)
    average.add_weeks([week])
    return average.prove(work.steps, work.near, deadline)


class AverageMeals:
    """Average days of whole meals.

    Parameters
    ----------
    arrays, links
        The rows of the model, and those that link days.
    meals
        The meals of each class of days.
    """

    def __init__(self, arrays: WeekArrays, links: Links, meals: Sequence[DayMeals]) -> None:
        self.arrays, self.links = arrays, links
        self.parts = [(c, at) for c, one in enumerate(meals) for at in range(len(one.meals))]
        self.days = meals
        self.points_of: dict[MenuOf, float | None] = {}
        of_class = tuple(c for c, _ in self.parts)
        parts = Parts(of_class, tuple(one.rows for one in meals))
        self.master = Master(links, self.points_of, parts)

    def add_weeks(self, weeks: Sequence[Choices]) -> None:
        """Take up the meals of weeks."""
        for choices in weeks:
            for day_class, menu in zip(self.links.classes.of_day, choices, strict=True):
                first = self.parts.index((day_class, 0))
                for at, meal in enumerate(self.days[day_class].parted(menu)):
                    self._add(first + at, meal)

    def prove(self, steps: int, near: float, deadline: float | None) -> float:
        """Give a bound for every week.

        Parameters
        ----------
        steps
            Times that prices are formed.
        near
            Share of the best prices so far in the next ones [0–1].
        deadline
            Reading of the clock at which it ends.
        """
        best = self.master.legal(self.master.solve())
        bound = self._bound(best)
        for _ in range(steps):
            if deadline is not None and time.perf_counter() > deadline:
                break
            prices = near * best + (1.0 - near) * self.master.legal(self.master.solve())
            count, proven = len(self.points_of), self._bound(prices)
            if proven > bound:
                bound, best = proven, prices
            elif len(self.points_of) == count:
                near -= FARTHER
                if near < 0.0:
                    break
        return bound

    def _bound(self, prices: Array) -> float:
        """Give what legal prices prove, and take up the cheapest meals at them."""
        total = self.master.constant(prices)
        for part, (day_class, at) in enumerate(self.parts):
            ranked = self.days[day_class].meals[at].least(self.master.points_at(prices, part))
            total += self.master.counts[part] * float(ranked.points.min(initial=np.inf))
            for menu in ranked.menus():
                self._add(part, menu)
        return total

    def _add(self, part: int, menu: Menu) -> None:
        if (part, menu) not in self.points_of:
            day_class, at = self.parts[part]
            points = self.links.points[self.links.classes.first[day_class]]
            columns = np.array([menu or (NOTHING,)], dtype=np.int64)
            own = self.days[day_class].meals[at].own_points(columns, points)
            self.points_of[part, menu] = float(own[0])
            self.master.add([(part, menu)])
