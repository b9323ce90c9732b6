"""The progress of a search on a terminal: best, bound and gap after each round."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from planner.cli.output import is_terminal

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
        from planner.export.trust import progress_text

        self.is_open = True
        click.echo(f"\r{progress_text(number, best, bound):<{_WIDTH}}", err=True, nl=False)

    def close(self) -> None:
        """End the line, so that what follows starts on its own."""
        if self.is_open:
            click.echo(err=True)
        self.is_open = False


def terminal_progress() -> ProgressLine | None:
    """Give a progress line where standard error is a terminal."""
    return ProgressLine() if is_terminal(sys.stderr) else None


def as_progress(line: ProgressLine | None) -> dict[str, Progress]:
    """Give the keyword for the pipeline; none without a terminal."""
    return {} if line is None else {"progress": line}
