"""``magplan redo``: a folder as it was before something was taken back in it."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.undo import move_steps, steps_options


@click.command(name="redo", epilog="Example: magplan redo my_week --steps 2")
@steps_options
def command(folder: Path, steps: int, force: bool) -> None:
    """Make again what `magplan undo` took back last, or several of it, until something changes."""
    move_steps(folder, steps, force, is_back=False)
