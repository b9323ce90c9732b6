"""What the commands that make plans share: printing lines and writing the files of a plan."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from planner.explain.report import Report
    from planner.export.page import Line

EXIT_NO = 3
EXIT_STOPPED = 130  # by Ctrl-C, as shells give it
PLAN_FILE, REQUEST_FILE, SHOPPING_FILE = "plan.json", "request.toml", "shopping.csv"
PLAN_FILES = (PLAN_FILE, REQUEST_FILE, SHOPPING_FILE)

out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=f"Folder for {PLAN_FILE}, {REQUEST_FILE} and {SHOPPING_FILE}; a folder with files of "
    "these names is taken only when magplan wrote them.",
)


def wants_styles() -> bool:
    """Say whether standard output is a terminal that wants more than plain text."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def say(text: str) -> None:
    """Tell someone at a terminal that work is going on."""
    if sys.stderr.isatty():
        click.echo(text, err=True)


def print_lines(lines: Sequence[Line]) -> None:
    """Print lines, with styles on a terminal that wants them."""
    from planner.export.page import as_plain, print_page

    if wants_styles():
        print_page(lines)
    else:
        click.echo(as_plain(lines))


def print_json(values: Mapping[str, Any]) -> None:
    """Print JSON values."""
    click.echo(json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False))


def holds(report: Report) -> bool:
    """Say whether there is a plan that passes its check."""
    return report.check is not None and report.check.passed


def write_plan(report: Report, out: Path) -> None:
    """Write the files of a plan into a folder."""
    from planner.export.files import write_files

    write_files(out, _documents(report))
    click.echo(f"wrote {PLAN_FILE}, {REQUEST_FILE} and {SHOPPING_FILE} to {out}", err=True)


def _documents(report: Report) -> Mapping[str, str]:
    from planner.export.as_json import as_json
    from planner.export.shopping_text import shopping_as_csv
    from planner.kitchen.shopping import list_shopping
    from planner.request.read import write_request

    assert report.plan is not None
    shopping = list_shopping(report.plan, report.foods, report.request.units, batch=report.batch)
    return {
        PLAN_FILE: f"{as_json(report)}\n",
        REQUEST_FILE: write_request(report.request),
        SHOPPING_FILE: shopping_as_csv(shopping),
    }
