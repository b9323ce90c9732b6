"""What four weeks in one kitchen cost, and the four after them, for people no test names.

    python -m tests.bench.month [PEOPLE [SEED]]

Each person is drawn from ``tests.bench.profiles`` and planned for 28 days twice, as ``plan --days
28`` and ``next`` do: the second time what the first list leaves is at home. Every plan is checked.
It prints dollars at checkout, what of them is eaten, still there afterwards and spoiled, and how
many lunches and dinners a week are cooked anew.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from planner import pipeline
from planner.cli.output import write_plans
from planner.cli.shop import rest_of
from planner.explain.table_report import TableReport
from planner.plan.plan import Meal
from planner.request.next_week import request_after
from planner.request.request import WeekOptions
from tests.bench.habits import DISHES, MAINS
from tests.bench.profiles import draw_request, tell

PEOPLE, SEED, WEEKS = 12, 20261127, 4
AT_HAND_MIN = 10  # a meal of fewer minutes is put together, not cooked


@dataclass(frozen=True, slots=True)
class Month:
    """Four weeks of one person: dollars, and meals a week."""

    checkout: float
    eaten: float
    kept: float
    spoiled: float
    cooked: float


def months_of(number: int, seed: int) -> Sequence[Month]:
    """Plan four weeks and the four after them; of whom there is no plan nothing."""
    asked = replace(draw_request(seed, number), week=WeekOptions(days=7 * WEEKS))
    first = pipeline.plan_meals(asked)
    if not first.outcome.has_plan:
        return ()
    with TemporaryDirectory() as folder:
        write_plans({"": first}, Path(folder), force=True)
        path = Path(folder, "plan.json")
        last = first.shopping.days[-1].date
        second = pipeline.plan_meals(request_after(asked, last, str(path), rest_of(path)))
    return [_month(report) for report in (first, second) if report.outcome.has_plan]


def _month(report: TableReport) -> Month:
    """Count what four weeks cost; they are checked."""
    assert report.passed
    shopping = report.shopping
    meals = [meal for day in shopping.days for meal in day.meals if meal.slot in MAINS]
    return Month(
        shopping.total_usd,
        shopping.eaten_usd,
        shopping.kept_usd,
        shopping.lost_usd,
        sum(map(_is_cooked, meals)) / WEEKS,
    )


def _is_cooked(meal: Meal) -> bool:
    """Return whether a meal has a dish that is cooked for it."""
    dishes = [item for item in meal.items if item.kind == "dish" and item.leftover_of is None]
    return any(DISHES[dish.item_id].minutes > AT_HAND_MIN for dish in dishes)


def main(people: int = PEOPLE, seed: int = SEED) -> None:
    """Measure and print."""
    every = []
    for number in range(people):
        found = months_of(number, seed)
        tell(f"{number}: {' | '.join(map(_told, found)) or 'no plan'}")
        every += [found] if len(found) > 1 else []
    for name, months in zip(("first", "second"), zip(*every, strict=True), strict=True):
        each = (mean(getattr(month, of.name) for month in months) for of in fields(Month))
        tell(f"{name} four weeks of {len(months)} people: {_told(Month(*each))}")


def _told(month: Month) -> str:
    each = ", ".join(f"{field.name} {getattr(month, field.name):.1f}" for field in fields(month))
    return f"{each}; checkout {month.checkout / month.eaten:.2f} times what is eaten"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
