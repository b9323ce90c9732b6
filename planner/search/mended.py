"""Weeks of a table of which some hold: those stay, and the others are drawn anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.search.evaluate import FoundWeek
from planner.search.spots import Ints, Spots


@dataclass(frozen=True, slots=True)
class Mended:
    """Weeks of a table of which some hold.

    Parameters
    ----------
    state
        Option on each spot.
    spots
        Those that may change: of the eaters whose week does not hold, what is shared with nobody.
    """

    state: Ints
    spots: Ints

    def lay_over(self, drawn: Ints) -> None:
        """Put what stays into a state that was drawn anew."""
        stays = np.ones(len(drawn), dtype=bool)
        stays[self.spots] = False
        drawn[stays] = self.state[stays]


@dataclass(frozen=True, slots=True)
class Beginnings:
    """From what a repair may begin, where it does not begin anew.

    Parameters
    ----------
    stays
        Weeks of a table that hold, where some do.
    near
        Option on each spot of the weeks that come nearest to holding.
    """

    stays: Mended | None = None
    near: Ints | None = None

    def lay_over(self, drawn: Ints) -> tuple[Ints | None, bool]:
        """Put what is known into a state; gives the spots that may change, and if it is near."""
        if self.stays is not None:
            self.stays.lay_over(drawn)
            return self.stays.spots, False
        if self.near is not None:
            drawn[:] = self.near
        return None, self.near is not None


def mended(spots: Spots, weeks: Sequence[FoundWeek], state: Ints) -> Mended | None:
    """Give what stays of the weeks of a table; ``None`` where no eater has one that holds."""
    broken = np.array([bool(one.broken) for one in weeks])
    own = np.flatnonzero(broken[spots.eater] & (spots.group < 0))
    return None if broken.all() or not len(own) else Mended(state, own)
