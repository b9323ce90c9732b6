"""How the moves of the search are compiled and kept, and the draws by chance that they share."""

# mypy: disable-error-code="no-untyped-call,no-untyped-def,untyped-decorator"

from __future__ import annotations

import sys
from functools import partial

import numpy as np
from numba import njit

FAR = 40.0  # temperatures beyond the best option at which another one is out of the question


def can_keep() -> bool:
    """Return whether a folder can be written where numba keeps what it compiled."""
    try:
        njit(cache=True)(lambda: None)
    except RuntimeError:
        return False
    return True


KEPT = can_keep()
if not KEPT:
    print(  # noqa: T201  # once, on stderr: why it takes so long
        "magplan: the compiled search cannot be kept, so each plan compiles it anew; "
        "name a folder that can be written in NUMBA_CACHE_DIR",
        file=sys.stderr,
    )
lean = partial(njit, nogil=True, _nrt=False, error_model="numpy", no_cfunc_wrapper=True)
compiled, inlined = lean(no_cpython_wrapper=True), lean(inline="always")


@compiled
def uniform(seed):
    """Draw from [0, 1): splitmix64, the same on every machine."""
    seed[0] += np.uint64(0x9E3779B97F4A7C15)
    z = seed[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@inlined
def shuffle(seed, order):
    """Put numbers into an order drawn by chance."""
    for i in range(len(order) - 1, 0, -1):
        j = int(uniform(seed) * (i + 1))
        order[i], order[j] = order[j], order[i]


@compiled
def draw(seed, points, size, temperature):
    """Draw an index with probability falling by e for each temperature of points.

    What is left in place of the points are the chances that were drawn by.
    """
    least = points[0]
    for i in range(1, size):
        least = min(least, points[i])
    total = 0.0
    for i in range(size):
        far = (points[i] - least) / temperature
        points[i] = np.exp(-far) if far < FAR else 0.0
        total += points[i]
    left = uniform(seed) * total
    last = 0
    for i in range(size):
        if points[i] > 0.0:
            last = i
            left -= points[i]
            if left <= 0.0:
                return i
    return last
