"""``magplan undo``: a folder as it was before its plan was last written over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from foods.errors import UserFacingError
from planner.cli.output import PLAN_FILE, force_option, show, tell_kept, texts_in
from planner.errors import ExportError
from planner.faults import fault
from planner.shops import shopping_in

BACK = "Taken back: {what}"
LEFT = "{folder}: {back} more can be taken back with `magplan undo`; the last {most} are kept"


@click.command(
    name="undo", epilog="Example: magplan undo my_week\n\nExample: magplan undo my_week --steps 5"
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--steps", type=click.IntRange(min=1), default=1, show_default=True, help="How many.")
@force_option
def command(folder: Path, steps: int, force: bool) -> None:
    """Take back the last swap, replan, note, rating or plan in a folder, or several.

    Names each, says which meals changed back, and how many are left.
    """
    from planner.export.files import STEPS_FILE, most_steps, read_steps, steps_text, write_files

    left: Mapping[str, str]
    folder = folder.parent if folder.is_file() else folder
    kept, left = read_steps(folder), texts_in(folder)
    if not kept:
        raise fault(ExportError, "no_plan_before", str(folder))
    if len(kept) < steps:
        raise fault(ExportError, "fewer_steps", str(folder), there=len(kept), most=most_steps())
    kept, taken = kept[:-steps], kept[-steps:]
    then = taken[0].files
    tell_kept(write_files(folder, {**then, STEPS_FILE: steps_text(kept, then)}, force))
    for step in reversed(taken):
        click.echo(BACK.format(what=step.what))
        _tell_moved(left, step.files)
        left = step.files
    click.echo(LEFT.format(folder=folder, back=len(kept), most=most_steps()), err=True)


def _tell_moved(now: Mapping[str, str], then: Mapping[str, str]) -> None:
    """Print which meals change; nothing where none does, or a plan cannot be read."""
    from planner.export.diff import difference_blocks
    from planner.plan.diff import compare_tables
    from planner.wire.document import parse_plan_document

    try:
        left, back = (parse_plan_document(state[PLAN_FILE], PLAN_FILE) for state in (now, then))
    except (KeyError, UserFacingError):
        return
    if left.plan != back.plan:
        with shopping_in(back.request.shops):
            difference = compare_tables(left.plan, back.plan)
            show(difference_blocks(difference, left.points, back.points))
