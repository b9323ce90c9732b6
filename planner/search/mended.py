"""From what a repair begins where it does not begin anew: weeks that hold, or that nearly do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.search.evaluate import FoundWeek
from planner.search.spots import Ints, Spots


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a repair begins.

    Parameters
    ----------
    state
        Option on each spot.
    spots
        Those that are drawn anew and alone may change; ``None`` where nothing is drawn anew and
        everything may change, barely warm.
    is_for_all
        Whether every round begins here, and not every second one.
    """

    state: Ints
    spots: Ints | None = None
    is_for_all: bool = False

    def lay_over(self, drawn: Ints) -> None:
        """Put what stays into a state that was drawn anew."""
        stays = np.ones(len(drawn), dtype=bool)
        stays[[] if self.spots is None else self.spots] = False
        drawn[stays] = self.state[stays]


def begun_from(
    spots: Spots, weeks: Sequence[FoundWeek], state: Ints, near: Ints | None = None
) -> Beginning | None:
    """Give where every second round begins: the weeks of a table of which some hold, or ``near``.

    Of the weeks those of the other eaters are drawn anew, less what they share; ``near`` is the
    state that comes nearest to holding. ``None`` where there is neither.
    """
    broken = np.array([bool(one.broken) for one in weeks])
    own = np.flatnonzero(broken[spots.eater] & (spots.group < 0))
    if not broken.all() and len(own):
        return Beginning(state, own)
    return None if near is None else Beginning(near)
