"""``magplan export``: write a plan as documents."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import click

from foods.embedded import read_embedded_foods
from foods.own_file import read_own_text
from planner.check.document import check_document
from planner.cli.dishes_own import dishes_option, recipes_at_hand, with_dishes
from planner.cli.output import force_option, tell_kept
from planner.errors import ConfigError, ExportWarning, NotBuiltError, RefusedError
from planner.export.as_md import TableDocument
from planner.export.files import write_files
from planner.export.formats import FORMATS
from planner.plan.document import read_plan_document

NOT_BUILT = ("pdf", "xlsx")


class FormatList(click.ParamType):  # type: ignore[type-arg] # generic from click 8.3 on
    """Formats with commas between them, each once."""

    name = "FORMAT,…"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Split the text; what is no format at all is a wrong use of the command."""
        if not isinstance(value, str):
            return value
        formats = dict.fromkeys(part.strip().lower() for part in value.split(","))
        unknown = [part for part in formats if part not in (*FORMATS, *NOT_BUILT)]
        if unknown:
            known = ", ".join((*FORMATS, *NOT_BUILT))
            self.fail(f"{unknown[0]!r} is not one of {known}", param, ctx)
        return tuple(formats)


@click.command(name="export", epilog="Example: magplan export plan.json --to md,csv --out my_week")
@click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "formats",
    type=FormatList(),
    required=True,
    help="html: a page; md, csv, json; ics: a calendar of meals, medicines and pills; "
    "svg, png: pictures.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="Folder for week.html, week.md, week.csv, plan.json, week.ics or a calendar for each "
    "eater; files that are not as magplan wrote them are not written over.",
)
@force_option
@dishes_option
def command(
    plan_path: Path, formats: tuple[str, ...], out: Path, force: bool, dishes: tuple[Path, ...]
) -> None:
    """Write a plan as documents, all of them or none.

    A plan that does not pass its check is not written: ends with 3. A calendar needs the dates of
    a plan made with --start.
    """
    missing = [name for name in formats if name in NOT_BUILT]
    if missing:
        raise NotBuiltError(
            f"--to {', '.join(missing)}: not built yet", "command line", f"use {', '.join(FORMATS)}"
        )
    document = with_dishes(read_plan_document(plan_path), dishes)
    foods, request = read_embedded_foods(), document.request
    check = check_document(document, foods)
    if not check.passed:
        raise RefusedError(
            "the plan does not pass its check", str(plan_path), f"see `magplan check {plan_path}`"
        )
    week = TableDocument(document.plan, request, check, foods, recipes_at_hand(request))
    written = read_own_text(plan_path, "plan", ConfigError)
    texts: dict[str, str | bytes] = {}
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ExportWarning)
        for name in formats:
            texts |= FORMATS[name].write(week, written)
    tell_kept(write_files(out, texts, force))
    said = [str(one.message) for one in told if issubclass(one.category, ExportWarning)]
    for text in dict.fromkeys(said):
        click.echo(text, err=True)
    click.echo(f"wrote {', '.join(texts)} to {out}", err=True)
