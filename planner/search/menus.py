"""Weeks put together from whole days.

Column generation: a *menu* is all that a day serves. A small linear program mixes menus under the
rules that link days; its prices say what a day must save or bring, the annealer finds menus that
are cheap at those prices, and so on until none is left (prices are averaged with those before, or
they swing). The prices prove a bound too (``proof.py``). And the cheap menus, made various by
forbidding dishes by chance, are put together into whole weeks by the same search that composes days
from dishes: its places are days, and what may stand there are menus.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from planner.model.arrays import Array, Rows, WeekArrays
from planner.model.input import ModelInput
from planner.search.eater_rows import Places
from planner.search.evaluate import Between, Choices, FoundWeek, evaluate_week, most_allowed
from planner.search.layout import Indices, Layout, SearchedEater, lay_out
from planner.search.master import DayClasses, Links, Master, Menu, MenuOf
from planner.search.menu_arrays import arrays_of_menus, between_menus
from planner.search.search import WeekSearch, anneal_once
from planner.search.work import ColumnOptions, SearchOptions

KEPT_ALIKE = 2  # menus with the same main dishes that are kept at most
RECORDED = 12  # last sweeps of an annealing whose menus are looked at


class DayMenus:
    """Menus of days, the linear program that mixes them, and the searches for more.

    Parameters
    ----------
    source, arrays, between
        The model, its rows, and the rules between single days.
    places
        Columns that are searched for menus; bounds count all columns.
    likely
        How much the aggregated week takes of each column.
    mains
        For each column the main dish that it serves, ``None`` where it serves none.
    """

    def __init__(
        self,
        source: ModelInput,
        arrays: WeekArrays,
        between: Between,
        places: Places,
        likely: Array,
        mains: Sequence[str | None],
    ) -> None:
        self.source, self.arrays, self.between = source, arrays, between
        self.places, self.likely, self.mains = places, likely, mains
        self.classes = DayClasses.of(arrays)
        self.links = Links(arrays, between.orders, self.classes)
        self.points_of: dict[MenuOf, float | None] = {}
        self.master = Master(self.links, self.points_of)

    def add(self, day_class: int, menu: Menu) -> bool:
        """Take up a menu of a class of days, unless it breaks a rule of its day."""
        key = (day_class, menu)
        if key not in self.points_of:
            arrays, day, index = self.arrays, self.classes.first[day_class], list(menu)
            rows = arrays.rows_of(day)
            activity = arrays.day.coefficients[:, index].sum(axis=1)
            empty = arrays.needed[day] - {arrays.places[column] for column in index}
            bad = (rows.hard & (activity > most_allowed(rows))).any()
            closed = arrays.closed[day][index].any()
            points = self.links.points[day][index].sum() + rows.breaches(activity) @ rows.prices
            self.points_of[key] = None if bad or closed or empty else float(points)
        return self.points_of[key] is not None

    def add_weeks(self, weeks: Iterable[Choices]) -> None:
        """Take up the days of weeks."""
        found: dict[MenuOf, None] = {}
        for choices in weeks:
            for key in zip(self.classes.of_day, choices, strict=True):
                if self.add(*key):
                    found[key] = None
        self.master.add(list(found))

    def generate(
        self, options: ColumnOptions, seed: int, deadline: float | None, prices: Array | None = None
    ) -> Array:
        """Find menus, first at ``prices``, until none is cheap; gives the last prices."""
        annealer = _DayAnnealer(self, options)
        prices = self.master.solve() if prices is None else prices
        for number in range(options.iterations):
            if _is_late(deadline):
                break
            found = annealer.found(prices, [seed, number])
            self.master.add(self._cheapest(found, prices, options.added))
            prices = 0.5 * prices + 0.5 * self.master.solve()
        return prices

    def vary(
        self, options: ColumnOptions, prices: Array, seed: int, deadline: float | None
    ) -> None:
        """Find cheap menus of other dishes: some are forbidden on each day by chance."""
        annealer = _DayAnnealer(self, options)
        for number in range(options.various):
            if _is_late(deadline):
                break
            found = annealer.found(prices, [seed, number, 1], options.forbidden)
            self.master.add(self._cheapest(found, prices, len(found)))

    def _cheapest(self, found: Iterable[MenuOf], prices: Array, most: int) -> list[MenuOf]:
        """Give the cheapest menus, few with the same main dishes."""
        cost = {key: self.cost_at(prices, key) for key in found}
        alike: dict[tuple[int, frozenset[str | None]], int] = {}
        kept = []
        for key in sorted(cost, key=lambda one: (cost[one], one)):
            mains = (key[0], frozenset(self.mains[column] for column in key[1]))
            alike[mains] = alike.get(mains, 0) + 1
            if alike[mains] <= KEPT_ALIKE:
                kept.append(key)
        return kept[:most]

    def cost_at(self, prices: Array, key: MenuOf) -> float:
        """Points of a menu less what the links pay for it."""
        points = self.points_of[key]
        assert points is not None
        return points - float(prices @ self.master.entries(key))

    def least_known(self, day_class: int, prices: Array) -> float:
        """Give what the cheapest menu known of a class of days costs at the prices."""
        known = [key for key, points in self.points_of.items() if points is not None]
        costs = (self.cost_at(prices, key) for key in known if key[0] == day_class)
        return min(costs, default=np.inf)

    def combine(
        self, best: FoundWeek, options: ColumnOptions, work: SearchOptions, deadline: float | None
    ) -> FoundWeek:
        """Put weeks together from cheap menus and those of ``best``; gives the best of them."""
        mine = list(zip(self.classes.of_day, best.choices, strict=True))
        held = [key for key in mine if self.add(*key)]
        keys = list(dict.fromkeys([*held, *self.master.cheapest(options.combined)]))
        arrays = arrays_of_menus(self.arrays, self.classes.of_day, self.points_of, keys)
        likely = np.zeros(len(keys))
        start = [[keys.index(key)] if key in held else None for key in mine]
        share = SearchedEater(
            arrays,
            [(range(len(keys)), True)],
            between_menus(self.between, keys),
            likely,
            start,
            whole_days=True,
        )
        (found,) = WeekSearch([share]).run(work, 0.0, deadline)
        choices = tuple(keys[chosen[0]][1] for chosen in found.choices)
        week = evaluate_week(self.arrays, self.between, choices)
        return replace(week, stopped=found.stopped)


class _DayAnnealer:
    """Days annealed apart from one another, at prices for what links them."""

    def __init__(self, menus: DayMenus, options: ColumnOptions) -> None:
        self.menus, self.options = menus, options
        classes = menus.classes
        copies = max(1, options.days_at_once // (2 * len(classes.count)))
        self.of_day = [c for c in range(len(classes.count)) for _ in range(copies)]
        arrays = _days_alone(menus.arrays, [classes.first[c] for c in self.of_day])
        self.share = SearchedEater(arrays, menus.places, Between(), menus.likely)
        self.layout: Layout = lay_out([self.share])
        self.weights = self.layout.weights()

    def found(self, prices: Array, seed: Sequence[int], forbidden: float = 0.0) -> list[MenuOf]:
        """Give menus that are cheap at ``prices``, from two annealings side by side."""
        of_class = [self._points_at(prices, c) for c in range(len(self.menus.classes.count))]
        by_day = np.array([of_class[c] for c in self.of_day])
        draws = [np.random.default_rng([*seed, half]) for half in (0, 1)]
        # points go through the share, which is one for both: before they run side by side
        points = [self._points(by_day, rng, forbidden) for rng in draws]
        with ThreadPoolExecutor(len(draws)) as pool:
            runs = list(pool.map(self._run, draws, points))
        found: dict[MenuOf, None] = {}
        for key in (one for run in runs for one in run):
            if self.menus.add(*key):
                found[key] = None
        return list(found)

    def _run(self, rng: np.random.Generator, points: Array) -> list[MenuOf]:
        options = self.options
        cooling = SearchOptions(
            options.sweeps, hot=options.hot, cold=options.cold, strict=0.3, pairs=0.03,
            recorded=RECORDED,
        )  # fmt: skip
        state = self.layout.draw(rng)
        seed = rng.integers(2**63, size=1).astype(np.uint64)
        stop = np.zeros(1, dtype=np.int64)
        return self._menus_of(
            anneal_once(self.layout, state, self.weights, cooling, seed, stop, points)
        )

    def _points_at(self, prices: Array, day_class: int) -> Array:
        """Points of each column on a day of a class, less what links pay for it."""
        return self.menus.master.points_at(prices, day_class)

    def _points(self, by_day: Array, rng: np.random.Generator, forbidden: float) -> Array:
        """Points of every option; each day forbids some main dishes by chance."""
        mains, share = self.menus.mains, self.share
        if forbidden > 0.0:
            names = sorted({main for main in mains if main is not None})
            number = {name: at for at, name in enumerate(names)}
            dish = np.array([-1 if main is None else number[main] for main in mains])
            banned = np.append(rng.random((len(by_day), len(names))) < forbidden,
                               np.zeros((len(by_day), 1), dtype=bool), axis=1)  # fmt: skip
            by_day = by_day + banned[:, dish] * 1.0
        share.arrays = replace(share.arrays, points=by_day[:, share.columns])
        places = range(len(share.options))
        return np.concatenate([share.points(d, p) for d in range(share.days) for p in places])

    def _menus_of(self, record: Indices) -> list[MenuOf]:
        share, width = self.share, len(self.share.options)
        local = record - self.layout.spots.start[:-1]
        found = []
        for d, day_class in enumerate(self.of_day):
            for row in np.unique(local[:, d * width : (d + 1) * width], axis=0):
                chosen = [options[at] for options, at in zip(share.options, row, strict=True)]
                menu = sorted(int(share.columns[option]) for option in chosen if option >= 0)
                found.append((day_class, tuple(menu)))
        return found


def _days_alone(arrays: WeekArrays, days: Sequence[int]) -> WeekArrays:
    """Give the arrays of some days, without anything that links them."""
    link = arrays.link
    return replace(
        arrays,
        link=Rows((), link.coefficients[:0], link.limits[:0], link.prices[:0], link.hard[:0]),
        points=arrays.points[days],
        closed=arrays.closed[days],
        kept_out=arrays.kept_out[days],
        limits=arrays.limits[days],
        needed=tuple(arrays.needed[day] for day in days),
        kinds=arrays.kinds[:0],
        kind_points=0.0,
        cookings=arrays.cookings.without_dishes(arrays.points.shape[1], len(days)),
        packages=replace(arrays.packages, points=np.zeros_like(arrays.packages.points)),
    )


def _is_late(deadline: float | None) -> bool:
    return deadline is not None and time.perf_counter() > deadline
