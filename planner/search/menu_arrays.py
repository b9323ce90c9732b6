"""The arrays of weeks whose only place is the day, and whose columns are menus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from foods.openings import PARTS
from planner.model.arrays import Array, Rows, WeekArrays
from planner.search.evaluate import Between
from planner.search.layout import Indices
from planner.search.master import MenuOf

WHOLE_DAY = "day.whole"  # the only place of a week of menus


def arrays_of_menus(
    arrays: WeekArrays,
    of_day: Sequence[int],
    points_of: Mapping[MenuOf, float | None],
    keys: Sequence[MenuOf],
) -> WeekArrays:
    """Give the arrays of weeks put together from menus.

    Parameters
    ----------
    arrays
        Those of weeks put together from columns.
    of_day
        Class of each day.
    points_of
        Points of each menu.
    keys
        The menus, in their order.
    """
    days = len(of_day)
    parts = _sums(arrays.packages.parts, keys)
    given_back = arrays.packages.points @ parts / PARTS
    points = np.array([points_of[key] for key in keys], dtype=float) + given_back
    of_menu = np.array([day_class for day_class, _ in keys])
    closed = np.array([of_menu != day_class for day_class in of_day], dtype=float)
    link, own = arrays.link, arrays.day
    none = Rows((), np.zeros((0, len(keys))), own.limits[:0], own.prices[:0], own.hard[:0])
    return WeekArrays(
        day=none,
        link=replace(link, coefficients=_sums(link.coefficients, keys)),
        points=np.tile(points, (days, 1)),
        kinds=_any(arrays.kinds, keys),
        kind_points=arrays.kind_points,
        most_kinds=arrays.most_kinds,
        packages=replace(
            arrays.packages, parts=parts, again=_sums(arrays.packages.again, keys),
            cooks=_highest(arrays.packages.cooks, keys),
            needs=_highest(arrays.packages.needs, keys),
            opened=np.zeros((0, len(keys))), opened_of=arrays.packages.opened_of[:0],
        ),
        cookings=arrays.cookings.without_dishes(len(keys), days),
        places=(WHOLE_DAY,) * len(keys),
        closed=closed,
        kept_out=np.zeros_like(closed),
        limits=np.zeros((days, 0)),
        needed=(frozenset({WHOLE_DAY}),) * days,
    )  # fmt: skip


def between_menus(rules: Between, keys: Sequence[MenuOf]) -> Between:
    """Give the rules between days over menus."""
    return Between(
        [replace(one, columns=_sum(one.columns, keys)) for one in rules.spacings],
        [
            replace(one, later=_sum(one.later, keys), earlier=_sum(one.earlier, keys))
            for one in rules.orders
        ],
        [replace(one, amounts=_sum(one.amounts, keys)) for one in rules.spreads],
    )


def _sums(rows: Any, keys: Sequence[MenuOf]) -> Any:
    """Add up the columns of each menu: rows × menus."""
    sums = [rows[:, list(menu)].sum(axis=1) for _, menu in keys]
    return np.array(sums, dtype=rows.dtype).reshape(len(keys), len(rows)).T


def _sum(values: Array, keys: Sequence[MenuOf]) -> Array:
    total: Array = _sums(values[None, :], keys)[0]
    return total


def _highest(numbers: Indices, keys: Sequence[MenuOf]) -> Indices:
    """Give the dish of each menu, -1 for none: a day cooks one dish for later, and needs one."""
    return np.array([numbers[list(menu)].max(initial=-1) for _, menu in keys], dtype=np.int64)


def _any(rows: Array, keys: Sequence[MenuOf]) -> Array:
    used: Array = (_sums(rows, keys) > 0.0).astype(float)
    return used
