"""``magplan replan``: plan again around what stays, moving as little as possible."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.dishes_own import dishes_option
from planner.cli.eater_flags import split_eaters
from planner.cli.options import NAME, PhraseType, change_options, change_request
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
from planner.errors import ConfigError
from planner.plan.locks import LockWish, Stay, read_lock

if TYPE_CHECKING:
    from planner.table.editing import EditReport

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
@change_options
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
    from planner.export.files import check_folder
    from planner.plan.document import read_plan_document
    from planner.table.editing import replan_meals

    document = read_plan_document(plan_path)
    flags["without"] = (*flags.get("without", ()), *ban, *not_again)
    names, flags["eater"] = split_eaters(flags.get("eater", ()))
    where = f"{plan_path} with these flags"
    if out is not None:
        check_folder(out, PLAN_FILES)
    if document.request.eaters:
        from planner.cli.table_edits import replan_for_all

        stay = Stay(locks, keep, names)
        passed = replan_for_all(document, stay, where, flags, json_wanted, out)
    else:
        _refuse_names(names, flags["eater"])
        request = change_request(document.request, where, **flags)
        say("Planning …")
        result = replan_meals(document, request, locks, keep)
        passed = holds(result.report)
        if out is not None and passed:
            write_plan(result.report, out)
        show_edit(result, json_wanted)
    if not_again and passed:
        click.echo(MONTH_NOTE, err=True)
    if not passed:
        raise click.exceptions.Exit(EXIT_NO)


def _refuse_names(names: Sequence[str], eaters: Sequence[object]) -> None:
    if names or eaters:
        raise ConfigError(
            "the plan is that of one eater", "--eater", "leave it out, or plan anew for several"
        )


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
