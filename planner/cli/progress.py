"""The progress of a search on a terminal: best, bound and gap after each round."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from planner.search.evaluate import FoundWeek
    from planner.search.search import Progress

_WIDTH = 72


class ProgressLine:
    """One line on standard error that each round writes anew."""

    def __init__(self) -> None:
        self.is_open = False

    def __call__(self, number: int, best: FoundWeek, bound: float) -> None:
        """Write the best week so far."""
        self.is_open = True
        click.echo(f"\r{progress_text(number, best, bound):<{_WIDTH}}", err=True, nl=False)

    def close(self) -> None:
        """End the line, so that what follows starts on its own."""
        if self.is_open:
            click.echo(err=True)
        self.is_open = False


def progress_text(number: int, best: FoundWeek, bound: float) -> str:
    """Say how far the search is: ``"Round 2: best 9.66 points, bound 8.40, gap 13.0 %"``."""
    if best.broken:
        return f"Round {number}: no week yet that keeps every rule; bound {bound:.2f} points"
    gap = max(0.0, best.objective - bound) / best.objective if best.objective > 0.0 else 0.0
    points = f"best {best.objective:.2f} points, bound {bound:.2f}"
    return f"Round {number}: {points}, gap {100 * gap:.1f} %"


def terminal_progress() -> ProgressLine | None:
    """Give a progress line where standard error is a terminal."""
    return ProgressLine() if sys.stderr.isatty() else None


def as_progress(line: ProgressLine | None) -> dict[str, Progress]:
    """Give the keyword for the pipeline; none without a terminal."""
    return {} if line is None else {"progress": line}
