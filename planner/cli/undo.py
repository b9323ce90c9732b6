"""``magplan undo``: a folder as it was before its plan was last written over."""

from __future__ import annotations

from pathlib import Path

import click

from foods.errors import UserFacingError
from planner.cli.output import (
    BEFORE,
    PLAN_FILE,
    PLAN_FILES,
    force_option,
    show,
    tell_kept,
    texts_in,
)
from planner.errors import ExportError
from planner.language.faults import fault
from planner.language.shops import shopping_in
from planner.language.spoken import _, mark

KEPT = mark(
    "{folder} holds the plan of before; one step is kept, and undo once more brings it back"
)


@click.command(name="undo", epilog="Example: magplan undo my_week")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@force_option
def command(folder: Path, force: bool) -> None:
    """Take back the last swap, replan, note or plan in a folder; once more brings it back.

    Says which meals changed back.
    """
    from planner.export.files import write_files

    folder = folder.parent if folder.is_file() else folder
    now, before = texts_in(folder), texts_in(folder / BEFORE)
    if len(before) < len(PLAN_FILES):
        raise fault(ExportError, "no_plan_before", str(folder))
    texts = before | {f"{BEFORE}/{name}": text for name, text in now.items()}
    tell_kept(write_files(folder, texts, force))
    click.echo(_(KEPT).format(folder=folder), err=True)
    if PLAN_FILE in now:
        _tell_back(now[PLAN_FILE], before[PLAN_FILE])


def _tell_back(now: str, before: str) -> None:
    """Print what changed back; nothing where one of the plans cannot be read."""
    from planner.export.diff import difference_blocks
    from planner.plan.diff import compare_tables
    from planner.wire.document import parse_plan_document

    try:
        left, back = (parse_plan_document(text, PLAN_FILE) for text in (now, before))
    except UserFacingError:
        return
    with shopping_in(back.request.shops):
        difference = compare_tables(left.plan, back.plan)
        show(difference_blocks(difference, left.points, back.points))
