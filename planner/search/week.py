"""Weeks under construction: every array that the compiled moves write to."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planner.search.spots import Floats, Ints, Spots

FEW = 8  # options of the second spot in a move of two, beside the present one


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
        Dish cooked and dish needed: eaters × 2 × days, -1 for none.
    weights
        Half the points per unit of breach of each row.
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
    """

    state: Ints
    activity: Floats
    kinds: Ints
    packages: Ints
    meals: Ints
    weights: Floats
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


def begin(
    spots: Spots, state: Ints, activity: Floats, kinds: Ints, seed: npt.NDArray[np.uint64]
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
        weights=np.empty_like(activity),
        seed=seed,
        order=np.arange(count, dtype=np.int64),
        out=np.empty(widest),
        table=np.empty((members, widest * (FEW + 1))),
        chosen=_ints(members, FEW + 1),
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
    """Dish cooked and dish needed: eaters × 2 × days, -1 for none."""
    meals = np.full((eaters, 2, spots.days), -1, dtype=np.int64)
    at = np.flatnonzero(spots.role > 0)
    meals[spots.eater[at], spots.role[at] - 1, spots.day[at]] = spots.dish[state[at]]
    return meals
