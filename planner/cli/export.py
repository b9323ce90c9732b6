"""``magplan export``: write a plan as documents."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from foods.own_file import read_own_text
from planner.candidates.at_hand import foods_at_hand
from planner.check.document import check_document
from planner.cli.dishes_own import dishes_option, recipes_at_hand, with_dishes
from planner.cli.output import force_option, tell_kept, warn_of_asked_beside
from planner.cli.shop import MOST_TRIPS
from planner.errors import ConfigError, ExportWarning, RefusedError
from planner.export.documents import PageLayout, TableDocument
from planner.export.files import write_files
from planner.export.formats import FORMATS
from planner.faults import fault
from planner.handover.cooked import handed_over
from planner.handover.formats import TAKERS
from planner.settings import read_settings
from planner.shops import NEUTRAL, shopping_in
from planner.wire.document import read_plan_document

_PAPERS = read_settings("documents/documents.toml")


class NameList(click.ParamType):  # type: ignore[type-arg] # generic from click 8.3 on
    """Names with commas between them, each once."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name, self.known = f"{name},…", tuple(known)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Split the text; what is no name at all is a wrong use of the command."""
        if not isinstance(value, str):
            return value
        names = dict.fromkeys(part.strip().lower() for part in value.split(","))
        unknown = [part for part in names if part not in self.known]
        if unknown:
            told = "{unknown!r} is not one of {names}"
            self.fail(told.format(unknown=unknown[0], names=", ".join(self.known)), param, ctx)
        return tuple(names)


@click.command(name="export", epilog="Example: magplan export plan.json --to pdf,md --out my_week")
@click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "formats",
    type=NameList("FORMAT", (*FORMATS, *TAKERS)),
    required=True,
    help="pdf: documents for paper; html: a page; xlsx, md, csv, json; ics: a calendar "
    "of meals, medicines and pills; svg, png: pictures; recipes and list for "
    "mealie, tandoor, kitchenowl, grocy, cooklang; the list for bring, todo.txt, or "
    "as plain text, list.txt.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="Folder for the documents, week.html, week.md, week.csv, meals.csv, plan.json, week.xlsx, "
    "week.ics or a calendar for each eater; files that are not as magplan wrote "
    "them are not written over.",
)
@click.option(
    "--pdf",
    "documents",
    type=NameList("DOCUMENT", _PAPERS["documents"]),
    default=(),
    help="Which documents of pdf: week, the week on a page; large, in large print; "
    "handout, with targets, recipes and list; list, the shopping list; allergens, those "
    "of each dish, for a school or canteen; month, several weeks on one sheet; doctor, a page "
    "for a doctor: means against targets, pills, medicines, what to heed; fridge, one sheet of "
    "dishes and hours in large letters. By default all but the last four.",
)
@click.option(
    "--paper",
    type=click.Choice(tuple(_PAPERS["paper"])),
    help="Paper of pdf; by default letter where units are US, else a4.",
)
@click.option(
    "--trips",
    type=click.IntRange(1, MOST_TRIPS),
    help="How often you go shopping, in the lists of documents. By default once, and a small "
    "second time for what would not keep, if anything.",
)
@click.option(
    "--name", default="", help='What you call the week: "Ann, spring"; it stands before each title.'
)
@force_option
@dishes_option
def command(
    plan_path: Path,
    formats: tuple[str, ...],
    out: Path,
    force: bool,
    dishes: tuple[Path, ...],
    **layout: Any,
) -> None:
    """Write a plan as documents, all of them or none.

    A plan that does not pass its check is not written: ends with 3. A calendar needs the dates of
    a plan made with --start.
    """
    week = checked_week(plan_path, dishes, **layout)
    for name in formats:
        if name in FORMATS:
            FORMATS[name].check(week.plan)
    written = read_own_text(plan_path, "plan", ConfigError)
    texts: dict[str, str | bytes] = {}
    with warnings.catch_warnings(record=True) as told, shopping_in(NEUTRAL):
        warnings.simplefilter("always", ExportWarning)
        handed = handed_over(week) if any(name in TAKERS for name in formats) else None
        for name in formats:
            if name in FORMATS:
                texts |= FORMATS[name].write(week, written)
            elif handed is not None:
                texts |= TAKERS[name](handed)
    tell_kept(write_files(out, texts, force))
    said = [str(message.message) for message in told if issubclass(message.category, ExportWarning)]
    for text in dict.fromkeys(said):
        click.echo(text, err=True)
    names = ", ".join(dict.fromkeys(name.partition("/")[0] for name in texts))
    click.echo(f"wrote {names} to {out}", err=True)


def checked_week(plan_path: Path, dishes: tuple[Path, ...], **layout: Any) -> TableDocument:
    """Read a plan that documents may be made of, laid out as ``PageLayout`` has it.

    Raises
    ------
    RefusedError
        When it does not pass its check.
    """
    document = with_dishes(read_plan_document(plan_path), dishes)
    warn_of_asked_beside(plan_path, document)
    request = document.request
    foods = foods_at_hand(request)
    with shopping_in(NEUTRAL):
        check = check_document(document, foods)
    if not check.passed:
        raise fault(RefusedError, "plan_fails_check", str(plan_path), where=plan_path)
    recipes = recipes_at_hand(request)
    made_at = document.printed.created
    return TableDocument(
        document.plan, request, check, foods, recipes, PageLayout(**layout), made_at
    )
