"""``magplan export``: write a plan as documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.dishes_own import dishes_option, recipes_at_hand, with_dishes
from planner.errors import ExportError, NotBuiltError, RefusedError

if TYPE_CHECKING:
    from planner.plan.document import PlanDocument

BUILT = ("md", "csv", "json", "ics")
NOT_BUILT = ("pdf", "html", "xlsx")


class FormatList(click.ParamType):  # type: ignore[type-arg] # generic from click 8.3 on
    """Formats with commas between them, each once."""

    name = "FORMAT,…"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Split the text; what is no format at all is a wrong use of the command."""
        if not isinstance(value, str):
            return value
        formats = dict.fromkeys(part.strip().lower() for part in value.split(","))
        unknown = [part for part in formats if part not in (*BUILT, *NOT_BUILT)]
        if unknown:
            known = ", ".join((*BUILT, *NOT_BUILT))
            self.fail(f"{unknown[0]!r} is not one of {known}", param, ctx)
        return tuple(formats)


@click.command(name="export", epilog="Example: magplan export plan.json --to md,csv --out my_week")
@click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "formats",
    type=FormatList(),
    required=True,
    help="md, csv, json, ics: a calendar of meals, medicines and pills.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="Folder for week.md, week.csv, plan.json, week.ics or a calendar for each eater; other "
    "programs' files are not written over.",
)
@dishes_option
def command(plan_path: Path, formats: tuple[str, ...], out: Path, dishes: tuple[Path, ...]) -> None:
    """Write a plan as documents, all of them or none.

    A plan that does not pass its check is not written: ends with 3. A calendar needs the dates of
    a plan made with --start.
    """
    missing = [name for name in formats if name in NOT_BUILT]
    if missing:
        raise NotBuiltError(
            f"--to {', '.join(missing)}: not built yet", "command line", f"use {', '.join(BUILT)}"
        )
    from planner.export.files import write_files
    from planner.plan.document import read_plan_document

    document = with_dishes(read_plan_document(plan_path), dishes)
    make = _texts_of_all if document.request.eaters else _texts
    texts = make(document, plan_path, formats)
    write_files(out, texts)
    click.echo(f"wrote {', '.join(texts)} to {out}", err=True)


def _texts(document: PlanDocument, path: Path, formats: Sequence[str]) -> dict[str, str]:
    """Give file name → text of a plan that is judged anew: what does not hold is not shown."""
    from foods.embedded import read_embedded_foods
    from planner.check.document import check_document
    from planner.export.as_csv import as_csv
    from planner.export.as_ics import as_ics
    from planner.export.as_md import WeekDocument, as_markdown

    foods = read_embedded_foods()
    check = check_document(document, foods)
    _refuse_failed(check.passed, path)
    recipes = recipes_at_hand(document.request)
    week = WeekDocument(document.plan, document.request, check, foods, recipes)
    writers: dict[str, tuple[str, Callable[[], str]]] = {
        "md": ("week.md", lambda: as_markdown(week)),
        "csv": ("week.csv", lambda: as_csv(week.plan, week.foods)),
        "ics": ("week.ics", lambda: as_ics(week)),
        "json": ("plan.json", lambda: _as_written(path)),
    }
    return {writers[name][0]: writers[name][1]() for name in formats}


def _texts_of_all(document: PlanDocument, path: Path, formats: Sequence[str]) -> dict[str, str]:
    """Give file name → text of a household's plan, each eater's part judged anew."""
    from foods.embedded import read_embedded_foods
    from planner.check.household import check_household_document
    from planner.export.as_csv import as_csv
    from planner.export.as_ics import calendars_of_all
    from planner.export.household_md import HouseholdDocument, household_markdown

    foods, request = read_embedded_foods(), document.request
    check = check_household_document(document, foods)
    _refuse_failed(check.passed, path)
    week = HouseholdDocument(document.plan, request, check, foods, recipes_at_hand(request))
    writers: dict[str, tuple[str, Callable[[], str]]] = {
        "md": ("week.md", lambda: household_markdown(week)),
        "csv": ("week.csv", lambda: as_csv(week.plan, week.foods)),
        "json": ("plan.json", lambda: _as_written(path)),
    }
    texts = {writers[name][0]: writers[name][1]() for name in formats if name in writers}
    return texts | (calendars_of_all(week.eaters()) if "ics" in formats else {})


def _refuse_failed(passed: bool, path: Path) -> None:
    if not passed:
        raise RefusedError(
            "the plan does not pass its check", str(path), f"see `magplan check {path}`"
        )


def _as_written(plan_path: Path) -> str:
    try:
        return plan_path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ExportError(error.strerror or "cannot be read", str(plan_path)) from None
