"""Load the compiled moves of the search, and run them; a damaged cache is thrown away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from planner.errors import SolverError

NUMBA = "numba>=0.60,<0.69"  # each was tried: the moves need more of it than it promises to keep


def compiled_moves() -> Callable[..., None]:
    """Load the compiled moves; the first time on a machine they are compiled, and kept.

    Raises
    ------
    SolverError
        When they cannot be loaded.
    """
    try:
        from planner.search.kernel import anneal
    except (ImportError, AttributeError) as error:
        raise _unfit(error) from error
    moves: Callable[..., None] = anneal
    return moves


def call(moves: Any, *given: Any) -> None:
    """Run the compiled moves; what was kept of them and cannot be read is thrown away.

    Raises
    ------
    SolverError
        When they cannot be compiled; they raise nothing themselves.
    """
    try:
        moves(*given)
    except Exception as error:
        if not _thrown_away(moves):
            raise _unfit(error) from error
        moves(*given)


def _unfit(error: Exception) -> SolverError:
    """Say that the moves cannot be compiled here, and with which numba they can."""
    why = f"{type(error).__name__}: {error}".splitlines()[0]
    return SolverError(
        f"the search cannot be compiled here ({why})",
        remedy=f"install a numba that can: `pip install '{NUMBA}'`",
    )


def _thrown_away(moves: Any) -> bool:
    """Delete what numba kept of the compiled search; says whether there was anything."""
    stats = getattr(moves, "stats", None)  # none where the moves run uncompiled
    folder = getattr(stats, "cache_path", None)
    kept = [] if folder is None else [*Path(folder).glob("kernel.*.nb[ic]")]
    for one in kept:
        one.unlink(missing_ok=True)
    return bool(kept)
