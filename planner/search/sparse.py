"""Lines of the search that count for few options of a spot: these are read one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from planner.search.spots import Floats, Ints

FEW = 0.25  # of the options of a spot


class FewOptions(NamedTuple):
    """First and end of the options that each line counts for, where they are few; the options."""

    between: Ints
    options: Ints


def few_of_lines(blocks: Sequence[Floats], spots: Iterable[tuple[int, Ints, int]]) -> FewOptions:
    """Give the options that the lines of spots count for, where those are few.

    Parameters
    ----------
    blocks
        Coefficients of the lines of each eater.
    spots
        Of each spot its eater, where its lines begin in the block, and its number of options.
    """
    known: dict[tuple[int, int], tuple[int, int]] = {}
    held, count, lines = list[Ints](), 0, list[tuple[int, int]]()
    for eater, starts, size in spots:
        for at in starts.tolist():
            if (eater, at) not in known:
                some = np.flatnonzero(blocks[eater][at : at + size])
                some = some[: len(some) * (len(some) <= FEW * size)]
                known[eater, at] = count, count + len(some)
                held.append(some)
                count += len(some)
            lines.append(known[eater, at])
    between = np.array(lines, dtype=np.int64).reshape(len(lines), 2)
    return FewOptions(between, np.concatenate([np.zeros(0, dtype=np.int64), *held]))
