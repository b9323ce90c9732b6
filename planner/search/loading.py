"""Load the compiled moves of the search, and run them; a damaged cache is thrown away."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from planner.errors import SolverError

NUMBA = "numba>=0.60,<0.69"  # each was tried: the moves need more of it than it promises to keep
_ONE_AT_A_TIME, _FRESH = Lock(), set[int]()  # which moves had a damaged cache thrown away


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
    """Run the compiled moves; what was kept of them and cannot be read is thrown away, once.

    Of several threads that find it damaged, one throws it away and all of them try again.

    Raises
    ------
    SolverError
        When they cannot be compiled; they raise nothing themselves.
    """
    try:
        moves(*given)
    except Exception as error:
        with _ONE_AT_A_TIME:
            if id(moves) not in _FRESH and _thrown_away(moves):
                _FRESH.add(id(moves))
        if id(moves) not in _FRESH:
            raise _unfit(error) from error
        try:
            moves(*given)
        except Exception as again:
            raise _unfit(again) from again


def _unfit(error: Exception) -> SolverError:
    """State that the moves cannot be compiled here, and with which numba they can."""
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
        with suppress(OSError):  # it is tried again all the same, and told if it fails
            one.unlink(missing_ok=True)
    return bool(kept)
