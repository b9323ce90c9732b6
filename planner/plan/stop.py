"""Who asks for a search may end it: a flag that it looks at in each sweep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.int64]
_FLAG: ContextVar[Indices | None] = ContextVar("stop", default=None)


class StoppedError(Exception):
    """Nobody waits for this search any more."""


def new_flag() -> Indices:
    """Return a flag that is not set."""
    return np.zeros(1, dtype=np.int64)


@contextmanager
def stopped_by(flag: Indices) -> Iterator[None]:
    """Let what is searched meanwhile end by ``StoppedError`` once somebody sets the flag to 1."""
    token = _FLAG.set(flag)
    try:
        yield
    finally:
        _FLAG.reset(token)


def go_on() -> None:
    """Go on, unless nobody waits for this any more.

    Raises
    ------
    StoppedError
        When the flag is set.
    """
    known = _FLAG.get()
    if known is not None and known[0]:
        raise StoppedError
