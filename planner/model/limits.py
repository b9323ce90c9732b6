"""How much what comes to no end by itself may work, from configs/search.toml."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from planner.settings import read_settings

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

_MB = 1_000_000
_MOST_CORES: ContextVar[int | None] = ContextVar("most_cores", default=None)


@contextmanager
def on_one_core() -> Iterator[None]:
    """Plan meanwhile with one core, since as many other processes plan as there are cores."""
    token = _MOST_CORES.set(1)
    try:
        yield
    finally:
        _MOST_CORES.reset(token)


def usable_cores() -> int:
    """Count the cores that this program may use: only its speed depends on them."""
    if (most := _MOST_CORES.get()) is not None:
        return most
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def check_memory() -> None:
    """Make sure that a search may take the memory it needs: short of it, its threads may hang.

    Raises
    ------
    MemoryError
        When the process is allowed less.
    """
    if resource is None:
        return
    allowed, _most = resource.getrlimit(resource.RLIMIT_AS)
    least = read_settings("search.toml")["limits"]["memory_mb"] * _MB
    if allowed != resource.RLIM_INFINITY and allowed < least:
        raise MemoryError


def limit_s(name: str) -> float:
    """Return the limit of ``name`` [s of wall time]."""
    limit: float = read_settings("search.toml")["limits"][f"{name}_s"]
    return limit


def most_iterations() -> int:
    """Return the most iterations of the simplex method in one run of a trial."""
    limit: int = read_settings("search.toml")["limits"]["trial_iterations"]
    return limit
