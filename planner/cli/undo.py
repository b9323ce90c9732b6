"""``magplan undo``: a folder as it was before its plan was last written over."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.output import BEFORE, PLAN_FILES, force_option, tell_kept, texts_in
from planner.errors import ExportError
from planner.language.faults import fault
from planner.language.spoken import _


@click.command(name="undo", epilog="Example: magplan undo my_week")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@force_option
def command(folder: Path, force: bool) -> None:
    """Take back the last swap, replan, note or plan in a folder; once more brings it back."""
    from planner.export.files import write_files

    folder = folder.parent if folder.is_file() else folder
    now, before = texts_in(folder), texts_in(folder / BEFORE)
    if len(before) < len(PLAN_FILES):
        raise fault(ExportError, "no_plan_before", str(folder))
    texts = before | {f"{BEFORE}/{name}": text for name, text in now.items()}
    tell_kept(write_files(folder, texts, force))
    click.echo(_("{folder} holds the plan of before").format(folder=folder), err=True)
