"""What each rule and price of the objective is worth: weeks planned without it, read by others.

    python -m tests.bench.ablation PEOPLE SEED OUT [NAME ...]

For each person of ``tests.bench.profiles`` a week is planned with everything, then one without each
rule of ``RULES`` that nobody asked for, and with each number of ``configs/meals/objective.toml`` at
nothing. Each week is held to the rows of the whole model: what it breaks, and its points there;
its score of realism, part by part, knows nothing of the model. One line of OUT for each week;
``NAME`` takes some of them only (``rule protein_day``, ``variety.pot_extra``).
"""

from __future__ import annotations

import csv
import math
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from planner.meals.rules import read_meal_rules
from planner.model import board, build
from planner.model.keys import RULES, RowKey
from planner.request.request import PlanRequest, SolveOptions
from planner.search.evaluate import evaluate_week
from planner.search.work import Generation, SearchOptions
from planner.settings import read_settings
from planner.solve import compose
from planner.solve.options import table_work
from planner.table import prepare
from planner.table.till import plan_table
from tests.bench.profiles import draw_request

KEPT = ("place", "cooked", "kinds", "packages", "leftover", "nutrient_day", "nutrient_week",
        "share_day", "share_week", "ratio_day", "ratio_week", "coverage", "conservative",
        "meal_upper", "meal_portion",
        "meal_carbohydrate", "meal_even", "daily_spread", "brazil_nuts", "put", "use",
        "frequency", "liked", "budget", "spacing", "shared", "weekday")  # fmt: skip
SCALES = ("share_energy_kcal", "ratio_magnesium_mg")  # what divides a price
TABLES = ("taste", "cost", "effort", "portion", "waste", "variety", "soft_targets")


def numbers(points: Mapping[str, Any]) -> list[str]:
    """Name each number, or table of them, of the objective."""
    return [f"{table}.{key}" for table in TABLES for key in points[table] if key != "source"]


@contextmanager
def without(name: str) -> Iterator[None]:
    """Plan without a rule, a section of eaters, a number or a table of them; `` + `` joins several.

    Examples: ``rule pulses``, ``eater child``, ``variety.pot_extra``, ``history``.
    """
    name, _, more = name.partition(" + ")
    kind, _, what = name.partition(" ")
    if more:
        with without(name), without(more):
            yield
    elif kind == "rule":
        with _without_rule(what):
            yield
    elif kind == "eater":
        section: Any = read_settings("meals/eaters.toml")
        for one in what.split("."):
            section = section[one]
        with patch.dict(section, rules={}, points={}, place=[], meals={}, tags=[]):
            yield
    elif name:
        with _without_number(*name.split(".")):
            yield
    else:
        yield


@contextmanager
def _without_rule(rule: str) -> Iterator[None]:
    plain, plain_spacings = board.Board.require, build.spacings_of

    def require(self: board.Board, key: RowKey, row: Any) -> None:
        if key.rule != rule:
            plain(self, key, row)

    def spacings_of(*asked: Any) -> tuple[Any, ...]:
        return tuple(one for one in plain_spacings(*asked) if one.rule != rule)

    with (
        patch.object(board.Board, "require", require),
        patch.object(build, "spacings_of", spacings_of),
    ):
        yield


@contextmanager
def _without_number(table: str, key: str = "") -> Iterator[None]:
    plain = prepare.rules_for

    def rules_for(*asked: Any) -> Any:
        rules = plain(*asked)
        points = deepcopy(dict(rules.points))
        for one in [key] if key else points[table]:
            points[table][one] = math.inf if one in SCALES else _nothing(points[table][one])
        return replace(rules, points=points)

    with patch.object(prepare, "rules_for", rules_for):
        yield


def shorter(generation: Generation) -> Generation:
    """Give half of the sweeps: enough to compare weeks by, in a third of the time."""
    return replace(generation, sweeps=max(40, generation.sweeps // 2))


def half_work(asked: SolveOptions, eaters: int) -> SearchOptions:
    """Give half of the sweeps of the first two generations."""
    usual = table_work(asked, eaters)
    return replace(usual, generations=tuple(map(shorter, usual.generations[:2])))


def _nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _nothing(one) if key not in ("minutes", "places", "apart_tags") else one
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [_nothing(one) for one in value if not isinstance(one, str)]
    return value if isinstance(value, str) else 0.0


def week_without(name: str, request: PlanRequest, whole: list[Any]) -> dict[str, Any] | None:
    """Plan a week without a rule or number; ``whole`` is where the whole model is kept."""
    seen: dict[str, Any] = {}
    plain = compose._judged

    def judged(week: Any, searched: Any, eater: str, *rest: Any) -> Any:
        seen.update(parts=week.parts, choices=searched.weeks[eater].choices)
        return plain(week, searched, eater, *rest)

    began = time.process_time()
    with without(name), patch.object(compose, "_judged", judged):
        report = plan_table(request, None, None, time.perf_counter(), work_of=half_work)
    if not report.outcome.has_plan:
        return None
    if not whole:
        whole.append(seen["parts"])
    found = evaluate_week(whole[0].arrays, whole[0].between, seen["choices"])
    own = next(iter(report.reports.values()))
    broken = Counter(row.split(".")[0].split("@")[0] for row in found.broken)
    faults = Counter({one.part_id: round(one.points, 3) for one in own.realism.parts})
    return {
        "objective": round(found.objective, 2),
        "realism": round(own.realism.score, 3),
        "passed": own.check.passed,
        "seconds": round(time.process_time() - began, 2),
        "broken": " ".join(f"{rule}:{count}" for rule, count in sorted(broken.items())),
        "terms": " ".join(f"{rule}:{points:.2f}" for rule, points in sorted(found.terms.items())),
        "faults": " ".join(f"{part}:{points}" for part, points in sorted(faults.items())),
    }


def main(people: str, seed: str, out: str, *names: str) -> None:
    """Plan, read and write."""
    points = read_meal_rules().points
    every = [f"rule {rule}" for rule in RULES if rule not in KEPT] + numbers(points)
    with Path(out).open("a", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        for number in range(int(people)):
            request = draw_request(int(seed), number)
            whole: list[Any] = []
            for name in ["", *(names or every)]:
                try:
                    week = week_without(name, request, whole)
                except Exception as failed:
                    week = {"failed": repr(failed)[:200]}
                lines.writerow([number, name, *(week or {"failed": "no plan"}).values()])
                file.flush()
                if not whole:
                    break


if __name__ == "__main__":
    main(*sys.argv[1:])
