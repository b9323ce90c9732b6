"""``magplan plan`` for several eaters at one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.output import (
    EXIT_NO,
    EXIT_STOPPED,
    PLAN_FILE,
    PLAN_FILES,
    REQUEST_FILE,
    SHOPPING_FILE,
    print_json,
    print_lines,
    say,
)
from planner.cli.progress import as_progress, terminal_progress

if TYPE_CHECKING:
    from planner.explain.table_report import TableReport
    from planner.request.request import PlanRequest

STOPPED = "stopped before first weeks were found"


def plan_for_all(
    request: PlanRequest,
    alternatives: int | None,
    day: int | None,
    json_wanted: bool,
    out: Path | None,
) -> None:
    """Plan for everybody at the table and print or write it; parameters are those of ``plan``.

    Raises
    ------
    UserFacingError
        When something is to be mended, or a safety rule refuses.
    click.exceptions.Exit
        With 3 when there is no plan.
    """
    say("Planning …")
    try:
        reports = _plan(request, alternatives)
    except KeyboardInterrupt:
        tell_stopped(request, json_wanted)
        raise click.exceptions.Exit(EXIT_STOPPED) from None
    held = [report for report in reports if report.passed]
    if out is not None:
        for number, report in enumerate(held, start=1):
            write_table_plan(report, out / str(number) if alternatives else out)
    if alternatives and held:
        _show_all(held, alternatives, json_wanted)
    else:
        _show(reports[0], day, json_wanted)
    if not held:
        raise click.exceptions.Exit(EXIT_NO)


def _plan(request: PlanRequest, alternatives: int | None) -> Sequence[TableReport]:
    from planner.table.prepare import plan_household, plan_household_alternatives

    line = terminal_progress()
    more: dict[str, Any] = dict(as_progress(line))
    try:
        if alternatives:
            return plan_household_alternatives(request, alternatives, **more)
        return [plan_household(request, **more)]
    finally:
        if line is not None:
            line.close()


def write_table_plan(report: TableReport, out: Path) -> None:
    """Write the files of a household's plan into a folder."""
    from planner.export.files import write_files

    write_files(out, _documents(report))
    click.echo(f"wrote {', '.join(PLAN_FILES)} to {out}", err=True)


def tell_stopped(request: PlanRequest, json_wanted: bool) -> None:
    """Say that there is nothing to show yet."""
    click.echo(f"magplan: {STOPPED} — let it search a little longer", err=True)
    if json_wanted:
        from planner.export.as_json import stopped_as_json

        print_json(stopped_as_json(request, STOPPED))


def _show(report: TableReport, day: int | None, json_wanted: bool) -> None:
    if json_wanted:
        from planner.export.household_json import household_as_json

        click.echo(household_as_json(report))
        return
    from planner.export.household_text import household_lines

    print_lines(household_lines(report, day))


def _show_all(reports: Sequence[TableReport], wanted: int, json_wanted: bool) -> None:
    if json_wanted:
        from planner.export.household_json import household_values

        print_json({"plans": [household_values(report) for report in reports]})
        return
    from planner.export.household_text import table_alternatives_lines

    print_lines(table_alternatives_lines(reports, wanted))


def _documents(report: TableReport) -> Mapping[str, str]:
    from planner.export.household_json import household_as_json
    from planner.export.shopping_text import shopping_as_csv
    from planner.kitchen.shopping import list_shopping
    from planner.request.read import write_request

    assert report.plan is not None
    units = report.request.units
    shopping = list_shopping(report.plan, report.foods, units, batch=report.batch)
    return {
        PLAN_FILE: f"{household_as_json(report)}\n",
        REQUEST_FILE: write_request(report.request),
        SHOPPING_FILE: shopping_as_csv(shopping),
    }
