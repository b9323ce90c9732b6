"""Judge a plan file: each eater's days alone, and the table that several share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from foods.table import FoodTable
from planner.check.judge import CheckResult, check_plan
from planner.check.lines import FoodSource, read_table
from planner.check.stated import derive_for, plan_faults, target_faults
from planner.check.table import TableCheck, judge_eater, table_faults
from planner.plan.stated import PlanDocument
from planner.request.request import NAMELESS, PlanRequest
from planner.settings import read_settings
from planner.targets.eaters import eater_requests


def check_document(document: PlanDocument, foods: FoodSource) -> TableCheck:
    """Judge a plan file by its request and a food table, not by what it says of itself.

    Parameters
    ----------
    document
        The file.
    foods
        A food table, or the rows of an exported one.

    Raises
    ------
    TargetsError, RefusedError
        When nothing can be planned for a person of the request.
    """
    if not document.request.eaters:
        return TableCheck({NAMELESS: _judge_all(document, foods)}, ())
    parts = {part.name: part for part in document.eaters}
    eaters = {
        name: judge_eater(name, own, document, parts.get(name), foods)
        for name, own in eater_requests(document.request).items()
    }
    return TableCheck(eaters, tuple(dict.fromkeys(table_faults(document, foods))))


def _judge_all(document: PlanDocument, foods: FoodSource) -> CheckResult:
    """Judge a file whose one eater has everything that is on the table."""
    targets = derive_for(document.request)
    result = check_plan(document.plan.days, targets, foods, document.request)
    stated = read_settings("check.toml")["tolerance"]["stated"]
    table = read_table(document.plan.days, foods, document.request.water, stated)
    more = (*target_faults(document.targets, targets), *plan_faults(document, table))
    faults = tuple(dict.fromkeys((*result.faults, *more)))
    return replace(result, passed=result.passed and not faults, faults=faults)


def notes_on(document: PlanDocument, foods: FoodSource) -> tuple[str, ...]:
    """Say beside the verdict what was not at hand: the plan's food table, folders of own dishes."""
    request = document.request
    everybody = (request.preferences, *(eater.preferences for eater in request.eaters))
    folders = dict.fromkeys(folder for one in everybody for folder in one.dishes)
    notes = [
        f"The folder of own dishes {folder} is not there: how long they keep and take, and their "
        "tags, could not be judged. Name it anew with --dishes DIR."
        for folder in folders
        if not Path(folder).is_dir()
    ]
    if isinstance(foods, FoodTable) and foods.sha256 != document.sha256:
        notes.append(
            f"Made with food table {document.version}, judged by {foods.version}: the two differ, "
            "so totals may."
        )
    return tuple(notes)


def check_request_allowed(request: PlanRequest) -> None:
    """Refuse what is made of a plan whose request no plan may be made for.

    Raises
    ------
    ConfigError, TargetsError, RefusedError
        As ``derive_for``, for any eater.
    """
    for one in eater_requests(request).values():
        derive_for(one)
