"""How far the weeks of different seeds lie from the best week that is known, for eight people.

    python -m tests.bench.seeds [SEEDS [NAME ...]]

Each person's week is planned with each seed, and once with a thorough search.
The best of all these weeks is what the others are compared with, in points of the same objective;
every week is checked. It prints, for each person, how far above the best they lie.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from planner.pipeline import plan_meals
from planner.request.read import request_from_dict
from planner.request.request import Effort, PlanRequest
from tests.bench.profiles import tell

SEEDS = 8
WOMAN = {"sex": "f", "age": 55, "height_cm": 165, "weight_kg": 65}
MAN = {"sex": "m", "age": 41, "height_cm": 180, "weight_kg": 82}
ACTIVE = {"sex": "m", "age": 25, "height_cm": 180, "weight_kg": 75, "activity": "active"}
MOTHER = {"sex": "f", "age": 38, "height_cm": 167, "weight_kg": 64}
GIRL = {"sex": "f", "age": 12, "height_cm": 152, "weight_kg": 43}
BOY = {"sex": "m", "age": 8, "height_cm": 129, "weight_kg": 27}
POOR = {"budget_per_week": 80, "budget_counts": "eaten"}


def _table(**profiles: Mapping[str, Any]) -> dict[str, Any]:
    return {"eaters": [{"name": name, "profile": profile} for name, profile in profiles.items()]}


PEOPLE: dict[str, dict[str, Any]] = {
    "default": {"profile": WOMAN},
    "vegan": {"profile": WOMAN, "preferences": {"diet": "vegan"}},
    "no gluten, no nuts": {"profile": WOMAN, "preferences": {"without": ["gluten", "nuts"]}},
    "80 dollars eaten": {"profile": WOMAN, "preferences": POOR},
    "pregnant": {"profile": {"sex": "f", "age": 29, "state": "pregnant", "gestation_week": 20}},
    "man of 25, active": {"profile": ACTIVE},
    "table of two": _table(Ann=MOTHER, Ben=MAN),
    "table of four": _table(Ann=MOTHER, Ben=MAN, Mia=GIRL, Tom=BOY),
}


def points_of(request: PlanRequest, effort: Effort) -> float | None:
    """Return the points of the week that is found with so much work."""
    report = plan_meals(replace(request, solve=replace(request.solve, effort=effort)))
    assert all(own.check is None or own.check.passed for own in report.reports.values())
    return report.outcome.objective if report.outcome.has_plan else None


def main(seeds: int = SEEDS, *names: str) -> None:
    """Measure and print."""
    every: list[float] = []
    for name in names or PEOPLE:
        begun = time.process_time()
        asked = request_from_dict(PEOPLE[name])
        each = [replace(asked, solve=replace(asked.solve, seed=seed)) for seed in range(int(seeds))]
        found = [points_of(request, "usual") for request in each]
        took = (time.process_time() - begun) / len(found)
        longest = points_of(asked, "thorough")
        known = [figure for figure in [*found, longest] if figure is not None]
        above = sorted(100.0 * (one / min(known) - 1.0) for one in found if one is not None)
        every += above
        line = f"{name}: best {min(known):.1f}, usual {statistics.median(above):.1f} % above"
        tell(f"{line}, at worst {above[-1]:.1f} %; {found.count(None)} without, {took:.1f} s each")
    tell(f"all: {statistics.median(every):.1f} % in the median, {max(every):.1f} % at worst")


if __name__ == "__main__":
    main(*sys.argv[1:])
