"""Count how weeks in a row differ, each planned with the earlier ones as its history."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.plan.plan import Plan
from planner.request.request import PlanRequest
from tests.bench.habits import DISHES
from tests.bench.profiles import draw_request
from tests.one_eater import as_json, plan_meals

KINDS = ("breakfast", "main")
APART = 3  # weeks within which no main should come again


@dataclass(frozen=True, slots=True)
class InARow:
    """What weeks in a row hold: different breakfasts and mains, mains again soon, checked weeks."""

    number: int
    weeks: int
    checked: int
    different: int
    again: tuple[str, ...]
    seconds: float


def in_a_row(seed: int, number: int, weeks: int) -> InARow:
    """Plan week after week for one person, and count over all."""
    started = time.process_time()
    found: list[Plan] = []
    checked, paths = 0, []
    with TemporaryDirectory() as folder:
        for week in range(weeks):
            report = plan_meals(_with_history(draw_request(seed, number), paths))
            if report.plan is None:
                continue
            checked += report.check is not None and report.check.passed
            file = Path(folder) / f"{week}.json"
            file.write_text(as_json(report), encoding="utf-8")
            paths.append(str(file))
            found.append(report.plan)
    different = set().union(*(_dishes(plan, KINDS) for plan in found))
    seconds = time.process_time() - started
    return InARow(number, weeks, checked, len(different), _again(found), seconds)


def _with_history(request: PlanRequest, paths: Sequence[str]) -> PlanRequest:
    return replace(request, preferences=replace(request.preferences, history=tuple(paths)))


def _dishes(plan: Plan, kinds: Sequence[str]) -> frozenset[str]:
    items = [item.item_id for day in plan.days for item in day.items() if item.kind == "dish"]
    return frozenset(one for one in items if one in DISHES and DISHES[one].kind in kinds)


def _again(found: Sequence[Plan]) -> tuple[str, ...]:
    mains = [_dishes(plan, ("main",)) for plan in found]
    again: list[str] = []
    for at, week in enumerate(mains):
        before = frozenset().union(*mains[max(0, at + 1 - APART) : at])
        again += sorted(week & before)
    return tuple(again)


def in_a_row_rows(found: Sequence[InARow], who: Sequence[str]) -> list[str]:
    """Write the rows of a table, one for each person."""
    return [
        f"| {name} | {one.checked} of {one.weeks} | {one.different} | "
        f"{', '.join(one.again) or 'none'} | {one.seconds:.0f} |"
        for one, name in zip(found, who, strict=True)
    ]
