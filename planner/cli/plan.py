"""``magplan plan``: plan the meals asked for and print them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foods.errors import UserFacingError
from planner.cli.dishes_own import dishes_option, tell_waiting
from planner.cli.help import GroupedCommand
from planner.cli.options import build_request, preset_option, request_argument, request_options
from planner.cli.output import (
    PLAN_FILE,
    PLAN_FILES,
    accept_option,
    day_option,
    end_unless,
    exit_stopped,
    force_option,
    full_option,
    out_option,
    print_json,
    say,
    show,
    tell_way,
    write_plans,
)
from planner.cli.shop import no_rest_option, with_rest
from planner.cli.stop import told_of_ctrl_c
from planner.errors import ExportError
from planner.faults import fault
from planner.request.day_words import DayWord, day_meant
from planner.shops import NEUTRAL, shopping_in

if TYPE_CHECKING:
    from planner.explain.table_report import TableReport
    from planner.request.request import PlanRequest

LEAST_WEEKS, MOST_WEEKS = 2, 5


@click.command(
    name="plan", cls=GroupedCommand, epilog="Example: magplan plan --sex m --age 40 --out my_week"
)
@request_argument
@request_options
@preset_option
@dishes_option
@no_rest_option
@click.option(
    "--alternatives",
    type=click.IntRange(LEAST_WEEKS, MOST_WEEKS),
    metavar="K",
    help="Give K clearly different weeks, 2 to 5; with --out in folders 1 to K.",
)
@accept_option
@day_option
@full_option
@click.option("--json", "json_wanted", is_flag=True, help="Print plan.json.")
@out_option
@force_option
def command(
    request_path: Path | None,
    no_rest: bool,
    alternatives: int | None,
    accept: int | None,
    day: DayWord | None,
    full: bool,
    json_wanted: bool,
    out: Path | None,
    force: bool,
    **flags: Any,
) -> None:
    """Plan a week of meals and print it.

    Without a request file or flags it is the week of a sample person. Exits with code 3 when
    there is no plan. Ctrl-C ends the search with the best week so far.
    """
    request = build_request(request_path, **flags)
    if not no_rest and not flags.get("pantry"):
        request = with_rest(request, flags.get("history") or ())
    tell_waiting(request.preferences.dishes)
    only = _day_number(request, day)
    _check_folder(out, alternatives, force, request)
    say("Planning …")
    try:
        reports = plan_reports(request, alternatives, accept)
    except KeyboardInterrupt:
        exit_stopped(request, json_wanted)
    is_whole = not (json_wanted or alternatives or day)
    tell_way(reports[0], accept, is_told_below=is_whole)
    held = [report for report in reports if report.passed]
    if out is not None and held:
        numbered = {f"{number}/": report for number, report in enumerate(held, start=1)}
        write_plans(numbered if alternatives else {"": held[0]}, out, force, request_path)
    if alternatives and held:
        _show_all(held, alternatives, json_wanted)
    else:
        show_report(reports[0], only, full=full, json_wanted=json_wanted)
    end_unless(held)


def plan_reports(
    request: PlanRequest,
    alternatives: int | None = None,
    accept: int | None = None,
) -> Sequence[TableReport]:
    """Plan a request; one report, or one of each week."""
    from planner.pipeline import plan_alternatives, plan_meals

    more: dict[str, Any] = {} if accept is None else {"accept": accept}
    with told_of_ctrl_c(), shopping_in(NEUTRAL):
        if alternatives:
            return plan_alternatives(request, alternatives, **more)
        return [plan_meals(request, **more)]


def _day_number(request: PlanRequest, day: DayWord | None) -> int | None:
    if day is None:
        return None
    days = request.week.days
    number = day_meant(day, days, request.week.start, "--day")
    if number > days:
        raise fault(ExportError, "day_not_planned", days=days, day=day)
    return number


def _check_folder(
    out: Path | None, alternatives: int | None, force: bool, request: PlanRequest
) -> None:
    if out is None:
        return
    from planner.export.files import check_folder

    folders = [f"{number + 1}/" for number in range(alternatives)] if alternatives else [""]
    check_folder(out, [f"{folder}{name}" for folder in folders for name in PLAN_FILES], force)
    for folder in folders if not force else ():
        _check_owner(out / folder / PLAN_FILE, request)


def _check_owner(path: Path, request: PlanRequest) -> None:
    """Refuse to write over the plan of somebody else; that of a sample person is nobody's."""
    from planner.export.who import people_in
    from planner.wire.document import read_plan_document

    try:
        before = read_plan_document(path).request if path.exists() else request
    except UserFacingError:
        return  # of another version or damaged: nobody's that can be told
    if before.is_sample_profile or people_in(before) & people_in(request):
        return
    people = ", ".join(sorted(people_in(before)))
    raise fault(ExportError, "plan_of_others", str(path), people=people)


def show_report(
    report: TableReport,
    day: int | None = None,
    *,
    full: bool = False,
    json_wanted: bool = False,
) -> None:
    """Print a plan, or why there is none."""
    if json_wanted:
        from planner.export.as_json import answer_to

        print_json(answer_to(report))
        return
    from planner.export.printed import report_blocks

    show(report_blocks(report, day, full=full))


def _show_all(reports: Sequence[TableReport], wanted: int, json_wanted: bool) -> None:
    if json_wanted:
        from planner.export.as_json import answer_to
        from planner.wire.plans import AlternativePlans

        print_json(AlternativePlans(plans=[answer_to(report) for report in reports]))
        return
    from planner.export.printed import alternatives

    show(alternatives(reports, wanted))
