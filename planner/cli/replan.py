"""``magplan replan``: plan again around what stays, moving as little as possible."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.dishes_own import dishes_option
from planner.cli.help import GroupedCommand
from planner.cli.options import (
    MONTH_NOTE,
    NAME,
    PhraseType,
    anew_option,
    change_options,
    change_request,
    change_table,
    dishes_of_days,
    names_of_dishes,
    not_again_option,
)
from planner.cli.output import (
    PLAN_FILES,
    accept_option,
    check_asked_beside,
    end_unless,
    exit_stopped,
    force_option,
    out_option,
    say,
    show_edit,
    tell_way,
)
from planner.cli.stop import told_of_ctrl_c
from planner.errors import ConfigError
from planner.faults import fault
from planner.plan.locks import LockWish, Stay, past_days, read_lock
from planner.request.day_words import today
from planner.request.request import PlanRequest
from planner.shops import NEUTRAL, shopping_in

if TYPE_CHECKING:
    from planner.table.session import EarlierPlan, EditReport


@click.command(
    name="replan",
    cls=GroupedCommand,
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
@not_again_option
@anew_option
@change_options
@dishes_option
@accept_option
@click.option("--json", "json_wanted", is_flag=True, help="Print the plan and the difference.")
@out_option
@force_option
def command(
    plan_path: Path,
    locks: tuple[LockWish, ...],
    keep: tuple[str, ...],
    ban: tuple[str, ...],
    not_again: tuple[str, ...],
    anew: list[str] | None,
    accept: int | None,
    json_wanted: bool,
    out: Path | None,
    force: bool,
    **flags: Any,
) -> None:
    """Plan again from a plan, moving as little as possible, and print what differs.

    Flags change what its request asks for. Days before today stay as they are. Exits with code 3
    when no plan exists around what stays.
    """
    from planner.export.files import check_folder
    from planner.table.replan import replan_table
    from planner.table.session import find_eater
    from planner.wire.document import read_plan_document

    document = read_plan_document(plan_path)
    gone = names_of_dishes(document.plan, not_again)
    flags["without"] = (*flags.get("without", ()), *ban, *gone)
    past = past_days(document.plan, today())
    if anew is not None:
        others = dishes_of_days(document.plan, anew, document.request.week, past)
        flags["without_on"] = (*flags.get("without_on", ()), *others)
    eaters = flags.get("eater", ())
    names = tuple(dict.fromkeys(eater for eater in eaters if isinstance(eater, str)))
    flags["eater"] = tuple(eater for eater in eaters if not isinstance(eater, str))
    where = f"{plan_path} with these flags"
    if out is not None:
        check_folder(out, PLAN_FILES, force)
    known = [eater.name for eater in document.request.eaters]
    if known:
        names = tuple(find_eater(name, known) for name in names)
        request = change_table(document.request, where, names, flags)
    else:
        if names or flags["eater"]:
            raise fault(ConfigError, "plan_of_one_eater")
        request = change_request(document.request, where, **flags)
    check_asked_beside(plan_path, document, request)
    say("Planning …")
    try:
        with told_of_ctrl_c(), shopping_in(NEUTRAL):
            stay = Stay(locks, keep, names, past=past, path=plan_path)
            result = replan_table(document, request, stay, accept=accept)
    except KeyboardInterrupt:
        exit_stopped(request, json_wanted)
    tell_way(result.report, accept)
    passed = show_edit(_with_prices(result, request, document), json_wanted, out, force)
    if not_again and passed:
        click.echo(MONTH_NOTE, err=True)
    end_unless(passed)


def _with_prices(result: EditReport, request: PlanRequest, document: EarlierPlan) -> EditReport:
    """Describe what other prices make of the checkout."""
    from planner.export.sums import checkout_text

    plan, before = result.report.plan, (document.request, document.plan)
    if plan is None or request.week.packages == document.request.week.packages:
        return result
    paid = checkout_text(request, plan, before, result.report.dishes)
    return replace(result, notes=(*result.notes, paid))
