"""``magplan replan`` and ``magplan swap`` for several eaters at one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.eater_flags import change_table
from planner.cli.output import EXIT_NO, EXIT_STOPPED, print_json, print_lines, say
from planner.cli.table import tell_stopped, write_table_plan
from planner.plan.locks import Stay

if TYPE_CHECKING:
    from planner.plan.document import PlanDocument
    from planner.table.session_of_all import HouseholdEditReport


def replan_for_all(
    document: PlanDocument,
    stay: Stay,
    where: str,
    flags: Mapping[str, Any],
    json_wanted: bool,
    out: Path | None,
) -> bool:
    """Plan a household's plan again, print and write it; says whether there is one.

    Raises
    ------
    UserFacingError
        When something is to be mended, or a safety rule refuses.
    click.exceptions.Exit
        With 130 when it is stopped before there is a plan.
    """
    from planner.table.replan import replan_household
    from planner.table.session_of_all import find_eater

    known = [eater.name for eater in document.request.eaters]
    stay = replace(stay, names=tuple(find_eater(name, known) for name in stay.names))
    request = change_table(document.request, where, stay.names, flags)
    say("Planning …")
    try:
        result = replan_household(document, request, stay)
    except KeyboardInterrupt:
        tell_stopped(request, json_wanted)
        raise click.exceptions.Exit(EXIT_STOPPED) from None
    return _finish(result, json_wanted, out)


def swap_for_all(
    document: PlanDocument,
    what: tuple[int, str, str | None, str | None],
    rank: int | None,
    json_wanted: bool,
    out: Path | None,
) -> None:
    """Print what may stand in a place of a household's plan, or make replacement ``rank``.

    Parameters
    ----------
    document, rank, json_wanted, out
        As of the command.
    what
        Day, meal, name of the thing and of the eater.

    Raises
    ------
    UserFacingError
        When something is to be mended.
    click.exceptions.Exit
        With 3 when nothing may stand there instead.
    """
    from planner.cli.swap import check_rank
    from planner.export.household_swaps import table_swap_lines, table_swaps_as_json
    from planner.table.session_of_all import open_household
    from planner.table.swap import apply_table_replacement, rank_table_replacements

    session = open_household(document)
    found = rank_table_replacements(session, *what)
    passed = bool(found.offers)
    if rank is not None and passed:
        check_rank(rank, len(found.offers))
        passed = _finish(apply_table_replacement(session, found.offers[rank - 1]), json_wanted, out)
    elif json_wanted:
        print_json(table_swaps_as_json(found))
    else:
        print_lines(table_swap_lines(found))
    if not passed:
        raise click.exceptions.Exit(EXIT_NO)


def _finish(result: HouseholdEditReport, json_wanted: bool, out: Path | None) -> bool:
    """Write and print a changed plan; says whether there is one that passes."""
    from planner.export.household_diff import household_difference_as_json, household_edit_lines
    from planner.export.household_json import household_values

    report = result.report
    difference = result.difference if report.passed else None
    if out is not None and report.passed:
        write_table_plan(report, out)
    if not json_wanted:
        print_lines(household_edit_lines(report, difference, result.before))
    elif difference is None:
        print_json(household_values(report))
    else:
        after = {name: own.outcome.objective for name, own in report.reports.items()}
        values = household_difference_as_json(difference, result.before, after)
        print_json({"plan": household_values(report), "difference": values})
    return report.passed
