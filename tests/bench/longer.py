"""How much a search of twenty times the work still finds, over people no test names.

    python -m tests.bench.longer [PEOPLE [SEED]]

Each person is drawn from ``tests.bench.profiles``; the week that is usually found is compared with
the best one of a search of twenty times the work. Both are found by the whole planning of a week,
and every week is checked. It prints a line for each person, and the figures of all.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime

from planner.request.request import PlanRequest, SolveOptions
from planner.search.work import SearchOptions
from planner.solve.options import table_work
from planner.table.till import plan_table
from tests.bench.profiles import draw_request

TIMES = 20
PEOPLE, SEED = 24, 20261124


def points_of(request: PlanRequest, times: int) -> float | None:
    """Give the points of the week that is found with so many times the usual work."""

    def work(asked: SolveOptions, eaters: int) -> SearchOptions:
        return replace(table_work(asked, eaters), searches=times)

    report = plan_table(request, None, None, time.perf_counter(), work_of=work)
    for own in report.reports.values():
        assert own.check.passed
    return report.outcome.objective if report.outcome.has_plan else None


def main(people: int = PEOPLE, seed: int = SEED) -> None:
    """Measure and print."""
    shares = []
    for number in range(people):
        request = draw_request(seed, number)
        begun = time.process_time()
        usual = points_of(request, 1)
        between = time.process_time()
        longer = points_of(request, TIMES)
        took = between - begun, time.process_time() - between
        if usual is None or longer is None:
            tell(f"{number}: no plan ({usual}, {longer})")
            continue
        shares.append(max(0.0, 100.0 * (usual - longer) / usual))
        told = f"{number}: {usual:.1f} -> {longer:.1f} ({shares[-1]:.1f} %), {took[0]:.1f} and "
        tell(f"{told}{took[1]:.1f} processor seconds")
    shares.sort()
    tell(f"\nmeasured = {datetime.now(UTC).date().isoformat()}")
    tell(f"people = {len(shares)}")
    tell(f"times = {TIMES}")
    tell(f"median_percent = {statistics.median(shares):.1f}")
    tell(f"ninth_decile_percent = {shares[int(0.9 * len(shares))]:.1f}")


def tell(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
