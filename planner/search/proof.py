"""A bound for every week from prices of the rows that link days, higher than the average week's.

At any prices with a legal sign, what a day costs at least, times the days, and the limits at their
prices add up to points that no week goes below. First each day is made of whole meals, with prices
for what links them too (``average_meals.py``); from there prices go toward those of the linear
program over menus, and the least day is found exactly (``least_day.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from planner.model.arrays import Array, WeekArrays
from planner.model.variety import Order
from planner.search.average_meals import FARTHER, AverageMeals
from planner.search.evaluate import Choices
from planner.search.least_day import LeastDay, ProofOptions
from planner.search.master import DayClasses, Links
from planner.search.meals import DayMeals
from planner.search.menus import DayMenus


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
    return average.prove(work.steps, work.near, deadline)[0]


class WeekProof:
    """What is proven so far, and the prices that prove it.

    Parameters
    ----------
    menus
        The menus of days, which grow by those found here.
    work
        Work to do.
    """

    def __init__(self, menus: DayMenus, work: ProofOptions) -> None:
        self.menus, self.work, self.near = menus, work, work.near_days
        self.meals = [DayMeals(menus.arrays, day) for day in menus.classes.first]
        self.days = [LeastDay(meals, work) for meals in self.meals]
        self.prices: Array = np.zeros(menus.master.height)
        self.bound = -np.inf

    def of_meals(self, week: Choices, deadline: float | None) -> float:
        """Prove what weeks of whole meals cost at least; ``week`` is one that holds."""
        average = AverageMeals(self.menus.arrays, self.menus.links, self.meals)
        average.add_weeks([week])
        self.bound, prices = average.prove(self.work.steps, self.work.near, deadline)
        links = self.menus.master.first_part
        self.prices[:links] = prices[:links]
        for day_class, day in enumerate(self.days):
            day.prices = -average.master.between_prices(prices, day_class)
        return self.bound

    def of_days(self) -> bool:
        """Prove at further prices what whole days cost; says whether more may come of it."""
        master, count = self.menus.master, len(self.menus.points_of)
        prices = self.near * self.prices + (1.0 - self.near) * master.legal(master.solve())
        proven = self.at(prices)
        if proven > self.bound:
            self.bound, self.prices = proven, prices
        elif len(self.menus.points_of) == count:
            self.near -= FARTHER
        return self.near >= 0.0

    def at(self, prices: Array) -> float:
        """Give what legal prices prove, and take up the least days as menus."""
        master, counts = self.menus.master, self.menus.classes.count
        with ThreadPoolExecutor(len(counts)) as pool:
            least = list(pool.map(lambda c: self._least(c, prices), range(len(counts))))
        total = master.constant(prices)
        for day_class, (points, menus) in enumerate(least):
            total += counts[day_class] * points
            kept = [(day_class, menu) for menu in menus if self.menus.add(day_class, menu)]
            master.add(kept)
        return total

    def _least(self, day_class: int, prices: Array) -> tuple[float, list[tuple[int, ...]]]:
        known = self.menus.least_known(day_class, prices)
        return self.days[day_class].least(self.menus.master.points_at(prices, day_class), known)
