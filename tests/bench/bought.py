"""Count what a week buys: lines beside staples, packages hardly used, what the till says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from planner.explain.report import Report
from planner.explain.table_report import TableReport
from planner.kitchen.errand import ShoppingLine
from tests.bench.habits import FOODS

STAPLES = frozenset({"herb_spice", "fat_oil", "baking", "condiment", "sauce"})
PERISHES_DAYS = 14  # what is left in the fridge and is not good for longer than that
HARDLY = 1 / 3
SHORT_G = 0.5


@dataclass(frozen=True, slots=True)
class Bought:
    """What one list holds: things, those of which most perishes, dollars, and what is short."""

    lines: int
    hardly_used: int
    till_usd: float
    eaten_usd: float
    short: int


def bought_of(report: Report | TableReport) -> Bought:
    """Count over the list of a plan, staples apart."""
    shopping, days = report.shopping, len(report.plan.days) if report.plan else 0
    lines = [one for one in shopping.lines if not one.is_pantry and _is_counted(one)]
    return Bought(
        len({one.food_id for one in lines}),
        sum(_perishes(one, days) and _used(one) < HARDLY for one in lines),
        shopping.total_usd,
        shopping.eaten_usd,
        sum((one.surplus_g or 0.0) < -SHORT_G for one in shopping.lines),
    )


def bought_rows(found: Sequence[Bought], most: int) -> list[str]:
    """Write the rows of a table over many weeks, of which each should have ``most`` lines."""
    lines = sorted(one.lines for one in found)
    hardly = sum(one.hardly_used for one in found) / sum(lines)
    times = median(one.till_usd / one.eaten_usd for one in found)
    return [
        f"| things to buy beside staples: fewest, median, most | {lines[0]}, {median(lines):.0f}, "
        f"{lines[-1]} |",
        f"| weeks with {most} of them or fewer | {sum(one <= most for one in lines)} of "
        f"{len(lines)} |",
        f"| of them what perishes and is used by less than a third | {hardly:.0%} |",
        f"| till from a usual cupboard, times what is eaten: median | {times:.2f} |",
        f"| lines that buy too little | {sum(one.short for one in found)} |",
    ]


def _is_counted(line: ShoppingLine) -> bool:
    return line.food_id in FOODS and FOODS[line.food_id].group not in STAPLES


def _perishes(line: ShoppingLine, days: int) -> bool:
    left = line.left
    return (
        left is not None and left.until_day is not None and left.until_day <= days + PERISHES_DAYS
    )


def _used(line: ShoppingLine) -> float:
    bought_g = line.need_g - line.home_g + (line.surplus_g or 0.0)
    return (line.need_g - line.home_g) / bought_g
