"""How those who ask keep food: a refrigerator, boxes in the freezer, days of an open can."""

from __future__ import annotations

from collections.abc import Iterator

from planner.kitchen.labels import is_amount_held
from planner.kitchen.till import OpenedKept
from planner.request.equipment import names_chilled, names_freezer
from planner.request.request import PlanRequest

_BOXES, _CAN_DAYS = "freezer_boxes", "can_days"


def boxes_held(request: PlanRequest) -> int | None:
    """Give how many boxes the freezer holds, none without one; ``None`` where nobody said."""
    if any(map(names_freezer, _without(request))) or not _has_fridge(request):
        return 0
    return _least_habit(request, _BOXES)


def kept_by(request: PlanRequest) -> OpenedKept:
    """Give how those who ask keep what is opened; who leaves out what is chilled has no fridge."""
    can_days = _least_habit(request, _CAN_DAYS)
    eats_up = not is_amount_held(request)
    return OpenedKept(boxes_held(request) != 0, can_days, _has_fridge(request), eats_up)


def _has_fridge(request: PlanRequest) -> bool:
    return not any(map(names_chilled, _without(request)))


def _without(request: PlanRequest) -> Iterator[str]:
    for one in request.everybody:
        yield from (*one.without, *one.without_on)


def _least_habit(request: PlanRequest, name: str) -> int | None:
    habits = (request.habits, *(one.habits for one in request.eaters))
    return min((one[name] for one in habits if name in one), default=None)
