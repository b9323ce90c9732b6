"""Options as arrays: what each adds to the sums of all rows, packages and things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.rhythm.options import Option
from planner.rhythm.programme import Numbers, Sparse, Vector

Entries = tuple[Numbers, Numbers, Vector]
"""Of each amount: which option has it, of what, and how much."""


@dataclass(frozen=True)
class Position:
    """Options among which one is taken, and what each adds to the sums.

    Parameters
    ----------
    options
        Binaries that each option takes.
    points
        What each costs by itself.
    rows, adds, least, most
        Rows that many options count in, what each adds (rows × options), and the least and most.
    few, packages, things
        The same of rows that few count in, of packages and of things: (option, number, amount).
    weighed_usd
        What each costs by weight [USD].
    """

    options: tuple[Option, ...]
    points: Vector
    rows: Numbers
    adds: Vector
    least: Vector
    most: Vector
    few: Entries
    packages: Entries
    things: Entries
    weighed_usd: Vector

    @cached_property
    def index(self) -> Mapping[Option, int]:
        """Option → its number."""
        return {option: number for number, option in enumerate(self.options)}


def entries_of(columns: Sparse, options: Sequence[Option]) -> Entries:
    """Return what options have in the rows of which ``columns`` are the transposed ones."""
    owner = np.repeat(np.arange(len(options)), [len(option) for option in options])
    binaries = np.array([at for option in options for at in option], dtype=np.intp)
    sizes = np.diff(columns.start)[binaries]
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    at = np.repeat(columns.start[binaries], sizes) + within
    key = np.repeat(owner, sizes) * columns.columns + columns.index[at]
    known, place = np.unique(key, return_inverse=True)
    sums = np.bincount(place, columns.value[at], minlength=len(known)).astype(float)
    return known // columns.columns, known % columns.columns, sums


def sums_of(values: Vector, options: Sequence[Option]) -> Vector:
    """Return the sum of the values of each option's binaries."""
    return np.array([sum(values[list(option)].tolist()) for option in options])
