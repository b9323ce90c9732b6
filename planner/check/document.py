"""Judge a plan file: each eater's days alone, and the table that several share."""

from __future__ import annotations

from pathlib import Path

from foods.table import FoodTable
from planner.check.cost import cost_of
from planner.check.judge import CheckResult, check_plan
from planner.check.lines import FoodSource, read_table
from planner.check.stated import derive_for, plan_faults, target_faults
from planner.check.table import TableCheck, judge_eater, table_faults
from planner.check.told import person_faults, told_faults
from planner.errors import ConfigError
from planner.faults import fault
from planner.request.request import NAMELESS, PlanRequest
from planner.shops import named
from planner.targets.eaters import eater_requests
from planner.wire.document import PlanDocument

_SHOWN = 12  # characters of a digest


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
    parts = {part.name: part for part in document.printed.eaters}
    eaters = {
        name: judge_eater(name, own, document, parts.get(name), foods)
        for name, own in eater_requests(document.request).items()
    }
    return TableCheck(eaters, tuple(dict.fromkeys(table_faults(document, foods))))


def _judge_all(document: PlanDocument, foods: FoodSource) -> CheckResult:
    """Judge a file whose one eater has everything that is on the table."""
    targets = derive_for(document.request)
    result = check_plan(document.plan.days, targets, foods, document.request)
    table = read_table(document.plan.days, foods, document.request)
    return result.with_faults(
        (
            *target_faults(document.targets, targets),
            *plan_faults(document, table, lambda part: cost_of(part, document.request)),
            *person_faults(document.printed, document.request, result),
            *told_faults(document, table, foods),
        )
    )


def notes_on(document: PlanDocument, foods: FoodSource) -> tuple[str, ...]:
    """Return notes for the verdict on what was not at hand: own dish folders, the plan's foods."""
    notes = [
        (
            f"The folder of own dishes {folder} is not there: how long they keep and take, their "
            "tags, and what is bought for them could not be judged. Name it anew with --dishes DIR."
        )
        for folder in document.request.dish_folders
        if not Path(folder).is_dir()
    ]
    eaten = {food_id for day in document.plan.days for food_id, _mass in day.ingredients()}
    own = [food.name for food in document.request.own_foods or () if food.food_id in eaten]
    if own:
        told = (
            "Foods with figures of your own, as they stand in the plan: {count} ({names}). "
            "What they do not say counts as none."
        )
        notes.append(told.format(count=len(own), names=", ".join(map(named, own))))
    if _is_other_table(document, foods):
        tables = _tables(document, foods)
        notes.append(f"Made with {tables}: the two differ, so totals may.")
    return tuple(notes)


def check_same_table(document: PlanDocument, foods: FoodSource, where: str) -> None:
    """Refuse to judge a plan by another food table than its own, unless that one was named.

    Raises
    ------
    ConfigError
        When version or digest of the table are not those that the file, ``where``, states.
    """
    if _is_other_table(document, foods):
        raise fault(ConfigError, "other_table", where, tables=_tables(document, foods))


def _is_other_table(document: PlanDocument, foods: FoodSource) -> bool:
    """Whether a plan states another table; an exported one, named by hand, is as it is wanted."""
    stated = (document.printed.data.version, document.printed.data.sha256)
    return isinstance(foods, FoodTable) and stated != (foods.version, foods.sha256)


def _tables(document: PlanDocument, foods: FoodSource) -> str:
    assert isinstance(foods, FoodTable)
    made, by = ((one.version, one.sha256[:_SHOWN]) for one in (document.printed.data, foods))
    return f"food table {made[0]} ({made[1]}), judged by {by[0]} ({by[1]})"


def check_request_allowed(request: PlanRequest) -> None:
    """Refuse what is made of a plan whose request no plan may be made for.

    Raises
    ------
    ConfigError, TargetsError, RefusedError
        As ``derive_for``, for any eater.
    """
    for plan_request in eater_requests(request).values():
        derive_for(plan_request)
