"""How far work is, in one line on a terminal: of a search its best, bound and gap."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from planner.cli.output import is_terminal

if TYPE_CHECKING:
    from planner.search.evaluate import FoundWeek

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


class CountedLine:
    """One line on standard error that is written anew, where that is a terminal.

    Parameters
    ----------
    text
        Gives the line: how many are done, of how many.
    each_s
        Elsewhere a line of its own after so long [s]; ``None``: none.
    """

    def __init__(self, text: Callable[[int, int], str], each_s: float | None = None) -> None:
        self.text, self.each_s = text, each_s
        self.is_shown = is_terminal(sys.stderr)
        self.told_at = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        """Write how far it is."""
        if self.is_shown:
            click.echo(f"\r{self.text(done, of):<{_WIDTH}}", err=True, nl=False)
        elif self.each_s is not None and time.monotonic() - self.told_at >= self.each_s:
            self.told_at = time.monotonic()
            click.echo(self.text(done, of), err=True)

    def close(self) -> None:
        """End the line."""
        if self.is_shown:
            click.echo(err=True)
