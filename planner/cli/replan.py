"""``magplan replan``: plan again around what stays, moving as little as possible."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.dishes_own import dishes_option
from planner.cli.options import NAME, PhraseType, change_request, request_options
from planner.cli.output import (
    EXIT_NO,
    PLAN_FILES,
    holds,
    out_option,
    print_json,
    print_lines,
    say,
    write_plan,
)
from planner.plan.locks import LockWish, read_lock

if TYPE_CHECKING:
    from planner.editing import EditReport

MONTH_NOTE = (
    "--not-again leaves a dish out of this plan and of those made from its request.toml: take it "
    "off `without` there when the month is over"
)


@click.command(
    name="replan",
    epilog="Example: magplan replan my_week/plan.json --ban trout --lock 5:dinner\n\n"
    "Example: magplan replan my_week/plan.json --keep porridge --budget-per-week 60 --out new_week",
)
@click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.option(
    "--lock",
    "locks",
    type=PhraseType("DAY:SLOT[:ITEM]", read_lock),
    multiple=True,
    help="A meal, or one thing of it, that stays: 3:dinner, 2:lunch:milk; repeatable.",
)
@click.option(
    "--keep",
    type=NAME,
    multiple=True,
    help="A dish or food that stays wherever it stands; repeatable.",
)
@click.option("--ban", type=NAME, multiple=True, help="What is to go, like --without; repeatable.")
@click.option(
    "--not-again",
    type=NAME,
    multiple=True,
    help="A dish that is to go and not to come back this month; repeatable.",
)
@request_options
@dishes_option
@click.option("--json", "json_wanted", is_flag=True, help="Print the plan and the difference.")
@out_option
def command(
    plan_path: Path,
    locks: tuple[LockWish, ...],
    keep: tuple[str, ...],
    ban: tuple[str, ...],
    not_again: tuple[str, ...],
    json_wanted: bool,
    out: Path | None,
    **flags: Any,
) -> None:
    """Plan again from a plan, moving as little as possible, and print what differs.

    Flags change what its request asks for. Ends with 3 when no plan exists around what stays.
    """
    from planner.editing import replan_meals
    from planner.export.files import check_folder
    from planner.plan.document import read_plan_document

    document = read_plan_document(plan_path)
    flags["without"] = (*flags.get("without", ()), *ban, *not_again)
    request = change_request(document.request, f"{plan_path} with these flags", **flags)
    if out is not None:
        check_folder(out, PLAN_FILES)
    say("Planning …")
    result = replan_meals(document, request, locks, keep)
    if out is not None and holds(result.report):
        write_plan(result.report, out)
    if not_again and holds(result.report):
        click.echo(MONTH_NOTE, err=True)
    show_edit(result, json_wanted)
    if not holds(result.report):
        raise click.exceptions.Exit(EXIT_NO)


def show_edit(result: EditReport, json_wanted: bool) -> None:
    """Print a changed plan: what differs, then its first screen; or why there is none."""
    from planner.export.as_json import report_as_json
    from planner.export.as_text import edit_lines
    from planner.export.diff import difference_as_json

    after = result.report.outcome.objective
    difference = result.difference if holds(result.report) else None
    if not json_wanted:
        print_lines(edit_lines(result.report, difference, result.before))
    elif difference is None:
        print_json(report_as_json(result.report))
    else:
        values = difference_as_json(difference, result.before, after)
        print_json({"plan": report_as_json(result.report), "difference": values})
