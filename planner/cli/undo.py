"""``magplan undo``: a folder as it was before its plan was last written over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foods.errors import UserFacingError
from planner.cli.help import adding
from planner.cli.output import PLAN_FILE, force_option, show, tell_kept, texts_in
from planner.errors import ExportError
from planner.language.faults import fault
from planner.language.shops import shopping_in
from planner.language.spoken import _, mark

if TYPE_CHECKING:
    from planner.export.steps import KeptStep

BACK, AGAIN = mark("Taken back: {what}"), mark("Made again: {what}")
LEFT = mark(
    "{folder}: {back} more can be taken back with `magplan undo`, {again} made again with "
    "`magplan redo`; the last {most} are kept"
)
steps_options = adding(
    click.argument("folder", metavar="DIR", type=click.Path(path_type=Path)),
    click.option(
        "--steps", type=click.IntRange(min=1), default=1, show_default=True, help="How many."
    ),
    force_option,
)


@click.command(
    name="undo", epilog="Example: magplan undo my_week\n\nExample: magplan undo my_week --steps 5"
)
@steps_options
def command(folder: Path, steps: int, force: bool) -> None:
    """Take back the last swap, replan, note, rating or plan in a folder, or several.

    Names each, says which meals changed back, and how many are left; `magplan redo` makes them
    again.
    """
    move_steps(folder, steps, force, is_back=True)


def move_steps(folder: Path, count: int, force: bool, *, is_back: bool) -> None:
    """Take so many steps of a folder back, or make them again, and name each.

    Raises
    ------
    ExportError
        When there are fewer, or the folder cannot be written.
    """
    from planner.export.files import write_files
    from planner.export.steps import STEPS_FILE, most_steps, read_steps, steps_text

    folder = folder.parent if folder.is_file() else folder
    steps, now = read_steps(folder), texts_in(folder)
    there = len(steps.back if is_back else steps.again)
    if there < count:
        if there:
            raise fault(ExportError, "fewer_steps", str(folder), there=there, most=most_steps())
        if is_back:
            raise fault(ExportError, "no_plan_before", str(folder))
        raise fault(ExportError, "nothing_taken_back", str(folder))
    made: list[tuple[Mapping[str, str], KeptStep]] = []
    before: Mapping[str, str] = now
    for _number in range(count):
        step, steps = steps.moved(before, is_back=is_back)
        made.append((before, step))
        before = step.files
    tell_kept(write_files(folder, {**before, STEPS_FILE: steps_text(steps, before)}, force))
    for left, step in made:
        click.echo(_(BACK if is_back else AGAIN).format(what=step.told))
        _tell_moved(left, step.files)
    told = {"back": len(steps.back), "again": len(steps.again), "most": most_steps()}
    click.echo(_(LEFT).format(folder=folder, **told), err=True)


def _tell_moved(now: Mapping[str, str], then: Mapping[str, str]) -> None:
    """Print which meals change; nothing where none does, or a plan cannot be read."""
    from planner.export.diff import difference_blocks
    from planner.plan.diff import compare_tables
    from planner.wire.document import parse_plan_document

    try:
        left, back = (parse_plan_document(one[PLAN_FILE], PLAN_FILE) for one in (now, then))
    except (KeyError, UserFacingError):
        return
    if left.plan != back.plan:
        with shopping_in(back.request.shops):
            difference = compare_tables(left.plan, back.plan)
            show(difference_blocks(difference, left.points, back.points))
