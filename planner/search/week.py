"""Weeks under construction: every array that the compiled moves write to."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planner.search.spots import FIRST, Floats, Ints, Spots


class WeekState(NamedTuple):
    """Weeks under construction, with room to compute in.

    Parameters
    ----------
    state
        Option on each spot, -1 while it is empty.
    activity
        Activity of each row, less its limit.
    kinds
        How often each eater uses each kind: eaters × kinds.
    packages
        Parts of each package that each eater uses: eaters × packages.
    meals
        Dish cooked, and dishes needed on spots of role SECOND and FIRST: eaters × 3 × days, -1 for
        none.
    served
        How many meals of each day have each dish that keeps: dishes × days.
    weights
        Half the points per unit of breach of each row.
    steep
        Times that the price of each row counts, where it must hold.
    seed
        State of the random numbers, one uint64.
    order
        Every spot once, in the order of the sweep.
    out, table, chosen
        Points of the options of a spot; of two spots together, one line for each eater of a pot,
        few × options; the few options of the second spot.
    others, fews
        Spot drawn together with that of each eater of a pot, -1 for none, and its options.
    pots, least, sums
        Three numbers for each pot.
    exchanged
        Pairs of spots that exchange what stands on them.
    used, cooked
        Parts used of each package that spoils soon, packages × days; dish cooked on each day.
    left, other
        Two numbers for each such package.
    counted, total
        Eater of whom ``used``, ``cooked`` and ``left`` are as the week is, -1 for none, with the
        number of second meals in ``again``; points of what that eater leaves.
    again
        Second meals of that eater: dish, day and days that it keeps.
    """

    state: Ints
    activity: Floats
    kinds: Ints
    packages: Ints
    meals: Ints
    served: Ints
    weights: Floats
    steep: Floats
    seed: npt.NDArray[np.uint64]
    order: Ints
    out: Floats
    table: Floats
    chosen: Ints
    others: Ints
    fews: Ints
    pots: Floats
    least: Floats
    sums: Floats
    exchanged: Ints
    used: Ints
    cooked: Ints
    left: Ints
    other: Ints
    counted: Ints
    total: Floats
    again: Ints


def begin(
    spots: Spots,
    state: Ints,
    activity: Floats,
    kinds: Ints,
    seed: npt.NDArray[np.uint64],
    few: int,
    steep: float = 1.0,
) -> WeekState:
    """Give a week with room to compute in; what is given is used, not copied.

    Parameters
    ----------
    spots
        What may stand where.
    state
        Option on each spot.
    activity, kinds
        Activity of each row less its limit, and how often each eater uses each kind, for ``state``.
    seed
        State of the random numbers, one uint64.
    few
        Options of the second spot in a move of two, beside the present one.
    steep
        Times that the price of each row counts at first, where it must hold.
    """
    count, spoiling = len(state), spots.shelf_days.shape[1]
    widest = int(np.diff(spots.start).max(initial=1))
    members = int(np.diff(spots.group_start).max(initial=1))
    return WeekState(
        state=state,
        activity=activity,
        kinds=kinds,
        packages=_packages(spots, state, len(kinds)),
        meals=_meals(spots, state, len(kinds)),
        served=_served(spots, state),
        weights=np.empty_like(activity),
        steep=np.full_like(activity, steep),
        seed=seed,
        order=np.arange(count, dtype=np.int64),
        out=np.empty(widest),
        table=np.empty((members, widest * (few + 1))),
        chosen=_ints(members, few + 1),
        others=_ints(members),
        fews=_ints(members),
        pots=np.empty(spots.pots),
        least=np.empty(spots.pots),
        sums=np.empty(spots.pots),
        exchanged=_ints(count, 2),
        used=_ints(spoiling, spots.days),
        cooked=_ints(spots.days),
        left=_ints(spoiling),
        other=_ints(spoiling),
        counted=np.array([-1, 0]),
        total=np.zeros(1),
        again=_ints(spots.shelf_place.shape[1], 3),
    )


def _ints(*shape: int) -> Ints:
    return np.empty(shape, dtype=np.int64)


def _packages(spots: Spots, state: Ints, eaters: int) -> Ints:
    """Parts of each package that each eater uses: eaters × packages."""
    packages = np.zeros((eaters, spots.packages), dtype=np.int64)
    for eater, option in zip(spots.eater, state, strict=True):
        here = slice(spots.package_entry[option], spots.package_entry[option + 1])
        np.add.at(packages[eater], spots.package[here], spots.package_parts[here])
    return packages


def _meals(spots: Spots, state: Ints, eaters: int) -> Ints:
    """Dish cooked, and dishes needed on spots of role SECOND and FIRST: eaters × 3 × days."""
    meals = np.full((eaters, 3, spots.days), -1, dtype=np.int64)
    at = np.flatnonzero(spots.role > 0)
    dishes, first = spots.dish[state[at]], spots.role[at] == FIRST
    eater, day = spots.eater[at], spots.day[at]
    meals[eater, np.where(first, 0, 1), day] = np.maximum(dishes, -1)
    meals[eater[first], 2, day[first]] = np.maximum(-2 - dishes[first], -1)
    return meals


def _served(spots: Spots, state: Ints) -> Ints:
    """How many meals of each day have each dish that keeps: dishes × days."""
    served = np.zeros((len(spots.kept_days), spots.days), dtype=np.int64)
    at = np.flatnonzero(spots.kept[state] >= 0)
    np.add.at(served, (spots.kept[state[at]], spots.day[at]), 1)
    return served
