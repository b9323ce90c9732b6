"""``magplan plan``: plan the meals asked for and print them."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.dishes_own import dishes_option, known_dishes
from planner.cli.options import build_request, request_argument, request_options
from planner.errors import ExportError

if TYPE_CHECKING:
    from planner.explain.report import Report
    from planner.targets.request import PlanRequest

EXIT_NO = 3
PLAN_FILE, REQUEST_FILE, SHOPPING_FILE = "plan.json", "request.toml", "shopping.csv"


@click.command(name="plan", epilog="Example: magplan plan --sex m --age 40 --out my_week")
@request_argument
@request_options
@dishes_option
@click.option("--day", type=click.IntRange(min=1), help="Show one day, with its recipes.")
@click.option("--json", "json_wanted", is_flag=True, help="Print plan.json.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=f"Folder for {PLAN_FILE}, {REQUEST_FILE} and {SHOPPING_FILE}; a folder with files of "
    "these names is taken only when magplan wrote them.",
)
def command(
    request_path: Path | None,
    own_folders: tuple[Path, ...],
    day: int | None,
    json_wanted: bool,
    out: Path | None,
    **flags: Any,
) -> None:
    """Plan a week of meals and print it.

    Without a request file or flags it is the week of a sample person. Ends with 3 when there is no
    plan.
    """
    from planner.export.files import check_folder
    from planner.pipeline import plan_meals

    request = build_request(request_path, **flags)
    _check_day(request, day)
    if out is not None:
        check_folder(out, (PLAN_FILE, REQUEST_FILE, SHOPPING_FILE))
    _say("Planning …")
    if own_folders:
        report = plan_meals(request, dishes=known_dishes(own_folders))
    else:
        report = plan_meals(request)
    has_plan = report.check is not None and report.check.passed
    if out is not None and has_plan:
        _write(report, out)
    _show(report, day, json_wanted)
    if not has_plan:
        raise click.exceptions.Exit(EXIT_NO)


def wants_styles() -> bool:
    """Say whether standard output is a terminal that wants more than plain text."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def _check_day(request: PlanRequest, day: int | None) -> None:
    if day is not None and day > request.week.days:
        raise ExportError(
            f"the plan has {request.week.days} days, not a day {day}", "--day", "give one of them"
        )


def _say(text: str) -> None:
    """Tell someone at a terminal that work is going on."""
    if sys.stderr.isatty():
        click.echo(text, err=True)


def _show(report: Report, day: int | None, json_wanted: bool) -> None:
    if json_wanted:
        from planner.export.as_json import as_json

        click.echo(as_json(report))
        return
    from planner.export.as_text import report_lines
    from planner.export.page import as_plain, print_page

    lines = report_lines(report, day)
    if wants_styles():
        print_page(lines)
    else:
        click.echo(as_plain(lines))


def _write(report: Report, out: Path) -> None:
    from planner.export.files import write_files

    write_files(out, _documents(report))
    click.echo(f"wrote {PLAN_FILE}, {REQUEST_FILE} and {SHOPPING_FILE} to {out}", err=True)


def _documents(report: Report) -> Mapping[str, str]:
    from planner.export.as_json import as_json
    from planner.export.shopping_text import shopping_as_csv
    from planner.plan.shopping import list_shopping
    from planner.targets.request_file import write_request

    assert report.plan is not None
    shopping = list_shopping(report.plan, report.foods, report.request.units)
    return {
        PLAN_FILE: f"{as_json(report)}\n",
        REQUEST_FILE: write_request(report.request),
        SHOPPING_FILE: shopping_as_csv(shopping),
    }
