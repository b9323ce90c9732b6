"""From what a round begins that does not begin anew: weeks of which some hold, or the nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.search.evaluate import FoundWeek
from planner.search.spots import Ints, Spots


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where rounds begin.

    Parameters
    ----------
    state
        Option on each spot.
    spots
        Those that are drawn anew and alone may change, in every second round; ``None``: every round
        begins at the state, nothing is drawn anew and everything may change.
    """

    state: Ints
    spots: Ints | None = None

    def is_for(self, number: int) -> bool:
        """Whether round ``number`` begins here."""
        return self.spots is None or number % 2 == 1

    def lay_over(self, drawn: Ints) -> None:
        """Put what stays into a state that was drawn anew."""
        stays = np.ones(len(drawn), dtype=bool)
        stays[[] if self.spots is None else self.spots] = False
        drawn[stays] = self.state[stays]


def begun_from(spots: Spots, weeks: Sequence[FoundWeek], state: Ints) -> Beginning | None:
    """Begin from the weeks of a table of which some hold: those of the others are drawn anew.

    Not what they share with those that hold. ``None`` where none holds, or all do.
    """
    broken = np.array([bool(one.broken) for one in weeks])
    own = np.flatnonzero(broken[spots.eater] & (spots.group < 0))
    return Beginning(state, own) if not broken.all() and len(own) else None
