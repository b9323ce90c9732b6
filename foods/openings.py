"""Packages that are opened, used and spoil, day by day: the rule that models and lists share.

A package that is open is used until it is empty or past its days; then the next one is opened.
Amounts are whole parts of a package, so that sums are exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

PARTS = 1 << 14
"""Parts of a package in which use is counted: whole numbers, so that sums are exact."""
_ROUNDING = 1e-6  # of a part: a third of a package three times is one package

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PackageDay:
    """What one day does to packages, an entry for each food (and week).

    Parameters
    ----------
    past
        Parts of an open package that are past their days on this day.
    good
        Parts of the package that was open and still good, before anything of the day is used.
    rest, since
        Parts of the open package that the day leaves, and the day on which it was opened.
    """

    past: Counts
    good: Counts
    rest: Counts
    since: Counts


def in_parts(packages: float) -> int:
    """Return a number of packages in parts, rounded down."""
    return int(packages * PARTS + _ROUNDING)


def use_packages(used: Counts, keeps: Counts, home: Counts | int = 0) -> Iterator[PackageDay]:
    """Go through the days.

    Parameters
    ----------
    used
        Parts used on each day: foods × days × ….
    keeps
        Days after the day of opening on which each food is still good.
    home
        Parts of a package of each food that is open before the first day, as if opened on it.
    """
    since = np.zeros(used[:, 0].shape, dtype=np.int64)
    last = keeps.reshape(-1, *[1] * (since.ndim - 1))
    rest = since + np.reshape(home, (-1, *[1] * (since.ndim - 1)))
    for day in range(used.shape[1]):
        stale = day - since > last
        past = np.where(stale, rest, 0)
        good = np.where(stale, 0, rest)
        more = used[:, day] - good  # what the open package does not have
        since = np.where(more > 0, day, since)
        rest = np.where(more > 0, -more & (PARTS - 1), -more)
        yield PackageDay(past, good, rest, since)
