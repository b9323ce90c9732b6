"""Measure edits of a plan in a warm process: one change → a new checked week, and lists of swaps.

Run from the project's folder: ``python -m tests.bench.edits --edits 30 --seed 0``. Each edit starts
from the same plan of the default request and is drawn by seed: something stays and a bound moves
(lock), a served dish is banned, or a bound moves.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from statistics import median

from planner.plan.locks import LockWish
from planner.plan.plan import Item
from planner.request.override import TargetOverride
from planner.request.request import PlanRequest
from planner.wire.document import PlanDocument, parse_plan_document
from tests.one_eater import as_json, open_session, plan_meals, rank_replacements, replan_meals

KINDS = ("ban", "lock", "bound")
BOUNDS: Mapping[str, tuple[float, ...]] = {
    "magnesium_mg": (340.0, 360.0, 380.0),
    "fibre_g": (25.0, 28.0, 32.0),
    "potassium_mg": (2_800.0, 3_000.0, 3_200.0),
    "calcium_mg": (1_250.0, 1_300.0),
    "protein_g": (70.0, 80.0, 90.0),
}
"""Nutrient → least amounts a day that a dietitian may move a bound to."""
MOST_RANK = 0.95


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: what was asked, its wall and processor seconds, and what came of it."""

    kind: str
    what: str
    wall_s: float
    cpu_s: float
    is_checked: bool
    status: str
    changes: int


@dataclass(frozen=True, slots=True)
class Edits:
    """What edits took, and the wall seconds of each list of replacements."""

    edits: tuple[Edit, ...]
    swaps_s: tuple[float, ...]


def high(values: Sequence[float]) -> float:
    """Give the 95th percentile: the least value that 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(MOST_RANK * len(ordered)))]


def measure_edits(count: int, seed: int = 0) -> Edits:
    """Plan the default week, edit it ``count`` times, and list the swaps of all its things."""
    request = PlanRequest()
    document = parse_plan_document(as_json(plan_meals(request)), "plan.json")
    replan_meals(document, document.request)  # the process is warm from here on
    random = Random(seed)
    edits = tuple(_timed(document, KINDS[n % len(KINDS)], random) for n in range(count))
    return Edits(edits, tuple(_swap_lists(document)))


def _timed(document: PlanDocument, kind: str, random: Random) -> Edit:
    asked, wishes, what = DRAWS[kind](document, random)
    started, cpu = time.perf_counter(), time.process_time()
    report = replan_meals(document, asked, wishes)
    wall_s, cpu_s = time.perf_counter() - started, time.process_time() - cpu
    check, difference = report.report.check, report.difference
    return Edit(
        kind,
        what,
        wall_s,
        cpu_s,
        check is not None and check.passed,
        report.report.outcome.status,
        0 if difference is None else len(difference.changes),
    )


Drawn = tuple[PlanRequest, list[LockWish], str]


def _draw_ban(document: PlanDocument, random: Random) -> Drawn:
    _, _, item = random.choice(_things(document))
    request = document.request
    preferences = request.preferences
    without = (*preferences.without, item.item_id)
    asked = replace(request, preferences=replace(preferences, without=without))
    return asked, [], item.item_id


def _draw_bound(document: PlanDocument, random: Random) -> Drawn:
    nutrient = random.choice(sorted(BOUNDS))
    lower = random.choice(BOUNDS[nutrient])
    override = TargetOverride(nutrient, lower, None)
    return replace(document.request, overrides=(override,)), [], f"{nutrient} >= {lower:g}"


def _draw_lock(document: PlanDocument, random: Random) -> Drawn:
    day, slot, item = random.choice(_things(document))
    asked, _, what = _draw_bound(document, random)
    return asked, [LockWish(day, slot, item.item_id)], f"{day}:{slot}:{item.item_id}, {what}"


DRAWS: Mapping[str, Callable[[PlanDocument, Random], Drawn]] = {
    "ban": _draw_ban,
    "lock": _draw_lock,
    "bound": _draw_bound,
}


def _things(document: PlanDocument) -> list[tuple[int, str, Item]]:
    return [
        (day.day, meal.slot, item)
        for day in document.plan.days
        for meal in day.meals
        for item in meal.items
        if not item.is_beside and item.leftover_of is None
    ]


def _swap_lists(document: PlanDocument) -> list[float]:
    """Rank what may stand in the place of each thing of the plan, and give the wall seconds."""
    session, seconds = open_session(document), []
    for day, slot, item in _things(document):
        started = time.perf_counter()
        rank_replacements(session, day, slot, item.item_id)
        seconds.append(time.perf_counter() - started)
    return seconds


def edit_rows(found: Edits) -> list[str]:
    """Write the rows of a table: kind, count, checked, changes, wall and processor seconds."""
    lines = [
        "| edit | number | with a checked week | things that move | wall s: median, p95 | "
        "processor s: median, p95 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for kind in (*KINDS, "all"):
        some = [one for one in found.edits if kind in (one.kind, "all")]
        if some:
            wall, cpu = [one.wall_s for one in some], [one.cpu_s for one in some]
            lines.append(
                f"| {kind} | {len(some)} | {sum(one.is_checked for one in some)} | "
                f"{median(one.changes for one in some):g} | {median(wall):.2f}, {high(wall):.2f} | "
                f"{median(cpu):.2f}, {high(cpu):.2f} |"
            )
    lists = [1000 * one for one in found.swaps_s]
    lines += ["", f"Swap list, {len(lists)} lists: {median(lists):.0f} ms in the median, "
              f"{high(lists):.0f} ms at the 95th percentile."]  # fmt: skip
    without = [f"{one.what} ({one.status})" for one in found.edits if not one.is_checked]
    return lines + (["", f"Without a checked week: {'; '.join(without)}."] if without else [])


def main(arguments: Sequence[str]) -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--edits", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    sys.stdout.write("\n".join(edit_rows(measure_edits(asked.edits, asked.seed))) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
