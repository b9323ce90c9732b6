"""What commands share: lines, progress and files of a plan, and the request beside one."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from planner.cli.phrase_type import DAY
from planner.cli.stop import EXIT_NO, EXIT_STOPPED
from planner.errors import ConfigError, PlannerError
from planner.export.plan_names import PLAN_FILE as PLAN_FILE
from planner.export.plan_names import PLAN_FILES as PLAN_FILES
from planner.export.plan_names import REQUEST_FILE as REQUEST_FILE
from planner.export.plan_names import SHOPPING_FILE as SHOPPING_FILE
from planner.request.request import PlanRequest

if TYPE_CHECKING:
    from planner.document.blocks import Block
    from planner.explain.table_report import TableReport
    from planner.table.session import EditReport
    from planner.wire.document import PlanDocument


_FILES = {"plan": PLAN_FILE, "request": REQUEST_FILE, "shopping": SHOPPING_FILE}
NOT_KEPT = "nothing was written: the same command with --out FOLDER keeps this week"
force_option = click.option(
    "--force",
    is_flag=True,
    help=(
        "Overwrite files that magplan did not write or that were changed since; the old one is "
        "kept as NAME.bak."
    ),
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for {plan}, {request} and {shopping}; a folder with files "
    "of these names is taken only when they are as magplan wrote them.".format(**_FILES),
)


day_option = click.option(
    "--day", type=DAY, help="Show one day, with its recipes: 3, tue, a date, today."
)
full_option = click.option(
    "--full",
    is_flag=True,
    help="Print all to shop and cook from: the list, each day with its recipes, targets, notes.",
)


accept_option = click.option(
    "--accept",
    type=click.IntRange(min=1),
    metavar="K",
    help="If there is no plan, apply suggested change K and plan with that, and say so.",
)


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal; one that was closed before the start is none."""
    return stream is not None and stream.isatty()


def say(text: str) -> None:
    """Tell someone at a terminal that work is going on."""
    if is_terminal(sys.stderr):
        click.echo(text, err=True)


def show(blocks: Iterable[Block]) -> None:
    """Print blocks, with styles on a terminal that wants them."""
    from planner.document.terminal import print_blocks

    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    print_blocks(blocks, is_styled=is_terminal(sys.stdout) and not plain)


def print_json(answer: object) -> None:
    """Print an answer as JSON."""
    from planner.wire.base import json_text

    click.echo(json_text(answer))


def tell(as_json: bool, told: Callable[[], Iterable[Block]], answer: Callable[[], object]) -> None:
    """Print an answer: as JSON where that is asked for, else as blocks."""
    if as_json:
        print_json(answer())
    else:
        show(told())


def end_unless(holds: object) -> None:
    """End with the code that says no, where something does not hold."""
    if not holds:
        raise click.exceptions.Exit(EXIT_NO)


def write_plans(
    reports: Mapping[str, TableReport], out: Path, force: bool, request_path: Path | None = None
) -> None:
    """Write the files of plans into a folder, those of each into the folder in it that it names.

    The request is written as in its own file, where it has one.
    """
    from planner.export.as_json import plan_files
    from planner.export.files import write_files

    texts = {
        f"{folder}{name}": text
        for folder, report in reports.items()
        for name, text in plan_files(report, request_path).items()
    }
    tell_kept(write_files(out, texts | kept_before(out, texts), force))
    told = "wrote {plan}, {request} and {shopping} to {folder}"
    if len(reports) > 1:
        told = "wrote {plan}, {request} and {shopping} to {names} in {folder}"
    names = ", ".join(report.rstrip("/") for report in reports)
    click.echo(told.format(**_FILES, names=names, folder=out), err=True)


def kept_before(folder: Path, texts: Mapping[str, str], what: str = "") -> dict[str, str]:
    """Return what is kept for ``magplan undo`` where files of a plan are written over.

    ``what`` is done, in words; without it the name of the command says so.
    """
    from planner.export.files import STEPS_FILE, KeptStep, read_steps, steps_text

    there = texts_in(folder)
    is_same = all(there.get(name) == text for name, text in texts.items() if name in PLAN_FILES)
    if len(there) < len(PLAN_FILES) or is_same:
        return {}
    step = KeptStep(what or str(click.get_current_context().info_name), there)
    left = there | {name: text for name, text in texts.items() if name in PLAN_FILES}
    return {STEPS_FILE: steps_text((*read_steps(folder), step), left)}


def texts_in(folder: Path) -> dict[str, str]:
    """Return the files of a plan that lie in a folder, by their names, without Excel's mark."""
    paths = {name: folder / name for name in PLAN_FILES}
    files = {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
    return {name: content.decode().lstrip("\ufeff") for name, content in files.items()}


def tell_kept(names: Sequence[str]) -> None:
    """Print the names under which earlier files are kept."""
    if names:
        click.echo("what was there is kept as {names}".format(names=", ".join(names)), err=True)


def tell_way(report: TableReport, accept: int | None, *, is_told_below: bool = False) -> None:
    """Describe which way out a plan was made with, where one was accepted, or that none is offered.

    ``is_told_below``: the week is shown whole, which has the way out among what was asked for.
    """
    from planner.explain.offers import accepted_notes
    from planner.table.accepted import way_note

    note = "" if accept is None else way_note(report, accept)
    if note and not (is_told_below and accepted_notes([note])):
        click.echo(note, err=True)


def exit_stopped(request: PlanRequest, json_wanted: bool) -> NoReturn:
    """State that there is nothing to show yet, and end.

    Raises
    ------
    click.exceptions.Exit
        With the code of an interrupt.
    """
    from planner.export.as_json import stopped_answer

    text = "stopped before first weeks were found"
    if not request.eaters:
        text = "stopped before a first week was found"
    remedy = "let it search a little longer"
    click.echo(f"magplan: {text} — {remedy}", err=True)
    if json_wanted:
        print_json(stopped_answer(request, text))
    raise click.exceptions.Exit(EXIT_STOPPED)


def show_edit(result: EditReport, json_wanted: bool, out: Path | None, force: bool) -> bool:
    """Write and print a changed plan, or why there is none; says whether there is one."""
    from planner.export.as_json import answer_to
    from planner.export.diff import points_of
    from planner.export.printed import edited
    from planner.wire.diff import EditAnswer, TableChange

    report = result.report
    difference = result.difference if report.passed else None
    if out is not None and report.passed:
        write_plans({"": report}, out, force)
    if not json_wanted:
        show(edited(report, difference, result.before, result.notes))
        if out is None and report.passed:
            click.echo(NOT_KEPT, err=True)
    elif difference is None:
        print_json(answer_to(report))
    else:
        change = TableChange.of_table(difference, result.before, points_of(report))
        print_json(EditAnswer(plan=answer_to(report), difference=change))
    return report.passed


_WIDTH = 72


class CountedLine:
    """One line on standard error that is written anew, where that is a terminal.

    Parameters
    ----------
    text
        Gives the line: how many are done, of how many.
    each_s
        Elsewhere a line of its own after so long [s]; ``None``: none.
    """

    def __init__(self, text: Callable[[int, int], str], each_s: float | None = None) -> None:
        self.text, self.each_s = text, each_s
        self.is_shown = is_terminal(sys.stderr)
        self.told_at = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        """Write how far it is."""
        if self.is_shown:
            click.echo(f"\r{self.text(done, of):<{_WIDTH}}", err=True, nl=False)
        elif self.each_s is not None and time.monotonic() - self.told_at >= self.each_s:
            self.told_at = time.monotonic()
            click.echo(self.text(done, of), err=True)

    def close(self) -> None:
        """End the line."""
        if self.is_shown:
            click.echo(err=True)


_DIFFERS = "{path} says something else of who eats than this plan was made for"
_REMEDY = "`magplan plan {path}` plans by the file; or say it here with flags, such as --condition"


def asked_beside(plan_path: Path, request: PlanRequest) -> PlanRequest:
    """Return the request beside a plan, with what was liked of it; else the plan's own request."""
    from planner.request.read import read_request

    path = plan_path.parent / REQUEST_FILE
    return read_request(path) if path.exists() else request


def check_asked_beside(plan_path: Path, document: PlanDocument, request: PlanRequest) -> None:
    """Refuse to go on where the file beside a plan says something else of who eats.

    A dish of the plan that is left out from the next week on changes nothing of this one.

    Raises
    ------
    ConfigError
        When a person, a diet or something left out was changed in it since the plan was made, and
        not in ``request``.
    """
    days = document.plan.days
    served = (item for day in days for meal in day.meals for item in meal.items)
    own = {name for item in served for name in (item.name, item.item_id)}
    beside = asked_beside(plan_path, request)
    if all(any(_changed(beside, one, own)) for one in (document.request, request)):
        path = str(plan_path.parent / REQUEST_FILE)
        raise ConfigError(_DIFFERS.format(path=path), "", _REMEDY.format(path=path))


def warn_of_asked_beside(plan_path: Path, document: PlanDocument) -> None:
    """Print a warning if the file beside a plan says something else of who eats."""
    try:
        check_asked_beside(plan_path, document, document.request)
    except PlannerError as error:
        click.echo(error, err=True)


def _changed(beside: PlanRequest, request: PlanRequest, dishes: Set[str]) -> Iterator[bool]:
    """Yield for each who eats by the file whether the request differs from it there."""
    from planner.targets.eaters import eater_requests

    known = eater_requests(request)
    for name, asked in eater_requests(beside).items():
        own = known.get(name)
        if own is None:
            yield True
            continue
        yield asked.profile != own.profile or asked.preferences.diet != own.preferences.diet
        yield not set(asked.preferences.without) <= {*own.preferences.without, *dishes}
