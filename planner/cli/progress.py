"""The progress of a search on a terminal: best, bound and gap after each round."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from planner.cli.output import is_terminal
from planner.language.figures import number_text
from planner.language.spoken import _

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
        return _("Round {number}: no week yet that keeps every rule; bound {bound} points").format(
            number=number, bound=number_text(f"{bound:.2f}")
        )
    gap = max(0.0, best.objective - bound) / best.objective if best.objective > 0.0 else 0.0
    points = _("best {objective} points, bound {bound}").format(
        objective=number_text(f"{best.objective:.2f}"), bound=number_text(f"{bound:.2f}")
    )
    return _("Round {number}: {points}, gap {value} %").format(
        number=number, points=points, value=number_text(f"{100 * gap:.1f}")
    )


def terminal_progress() -> ProgressLine | None:
    """Give a progress line where standard error is a terminal."""
    return ProgressLine() if is_terminal(sys.stderr) else None


def as_progress(line: ProgressLine | None) -> dict[str, Progress]:
    """Give the keyword for the pipeline; none without a terminal."""
    return {} if line is None else {"progress": line}
