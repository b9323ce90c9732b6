"""What was eaten in earlier plans, latest first: the dishes to be left for later."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date

from foods.errors import UserFacingError, raise_collected
from planner.errors import ConfigError
from planner.language.errors import error_said
from planner.language.spoken import said
from planner.plan.plan import Plan
from planner.request.preferences import LATELY
from planner.wire.document import read_plan_document

_Eaten = tuple[date | None, frozenset[str]]


def read_history(paths: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Give the dishes of each earlier plan, those of the latest plan first.

    Parameters
    ----------
    paths
        Plan files, or what ``eaten_lately`` wrote. Where all of them have dates these decide which
        is the latest; else the last one named is.

    Raises
    ------
    ConfigError
        When files cannot be read or are no plans; all faults in one error.
    """
    if not paths:
        return ()
    plans: list[_Eaten] = []
    faults: list[str] = []
    for path in paths:
        try:
            plans.append(_read(path))
        except UserFacingError as error:
            faults.append(error_said(error))
    raise_collected(ConfigError, faults, "--history")
    return tuple(dishes for _start, dishes in reversed(_in_order(plans)))


def eaten_lately(plan: Plan, uneaten: Container[str] = ()) -> str:
    """Write the dishes of a plan that is no file, but for those of these ids: for ``history``."""
    dishes = sorted(one for one in _dishes_of(plan) if one not in uneaten)
    return f"{LATELY} {', '.join([str(plan.days[0].date or '-'), *dishes])}"


def _read(text: str) -> _Eaten:
    if not text.startswith(LATELY):
        plan = read_plan_document(text).plan
        return plan.days[0].date, _dishes_of(plan)
    start, *dishes = (part.strip() for part in text.removeprefix(LATELY).split(","))
    try:
        return None if start == "-" else date.fromisoformat(start), frozenset(dishes)
    except ValueError:
        raise ConfigError(
            said("{text!r} is no date", text=start), "--history", said("name the plan's file")
        ) from None


def _in_order(plans: Sequence[_Eaten]) -> list[_Eaten]:
    if any(start is None for start, _dishes in plans):
        return list(plans)
    return sorted(plans, key=lambda plan: plan[0] or date.min)


def _dishes_of(plan: Plan) -> frozenset[str]:
    return frozenset(
        item.item_id for day in plan.days for item in day.items() if item.kind == "dish"
    )
