"""What the compact whole-week model had, kept in ``week.csv`` with machine, date and commit."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.realism import _commit, _cpu
from tests.bench.week_runs import Run, at_time

BASELINES = Path(__file__).with_name("week.csv")
POINTS_S = (1.0, 3.0, 10.0, 30.0, 120.0)


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the compact model had, one row of ``week.csv``.

    Parameters
    ----------
    profile, days, solver, seed, limit_s
        What was asked.
    objective_…, bound_…
        Best points and bound after so many seconds of solving, building not counted, and at the
        end, which may lie beyond the limit.
    judged, broken
        Points of the last plan by our own evaluation, and the hard rows that it breaks.
    """

    profile: str
    days: int
    solver: str
    seed: int
    limit_s: float
    model: str = ""
    columns: int | None = None
    rows: int | None = None
    status: str = ""
    build_s: float | None = None
    wall_s: float | None = None
    cpu_s: float | None = None
    peak_mb: float | None = None
    objective_1: float | None = None
    bound_1: float | None = None
    objective_3: float | None = None
    bound_3: float | None = None
    objective_10: float | None = None
    bound_10: float | None = None
    objective_30: float | None = None
    bound_30: float | None = None
    objective_120: float | None = None
    bound_120: float | None = None
    objective_end: float | None = None
    bound_end: float | None = None
    judged: float | None = None
    broken: str = ""
    machine: str = ""
    date: str = ""
    commit: str = ""

    @property
    def key(self) -> tuple[str, int, str, int, float]:
        """What tells one baseline from another."""
        return self.profile, self.days, self.solver, self.seed, self.limit_s


def read_baselines(path: Path) -> dict[tuple[Any, ...], Baseline]:
    """Read the kept baselines; none where there is no file."""
    if not path.exists():
        return {}
    kinds = {one.name: str(one.type) for one in fields(Baseline)}
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.append(Baseline(**{key: _read(kinds[key], text) for key, text in row.items()}))
    return {one.key: one for one in found}


def _read(kind: str, text: str) -> Any:
    if "str" in kind:
        return text
    if not text:
        return None
    return int(text) if "int" in kind else float(text)


def write_baselines(path: Path, found: Mapping[tuple[Any, ...], Baseline]) -> None:
    """Write the baselines, sorted."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [one.name for one in fields(Baseline)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(found[key]) for key in sorted(found))


def baseline_of(run: Run) -> Baseline:
    """Put a run of the compact model into a row."""
    built, end, steps = run.of("built"), run.of("end"), run.steps()
    asked, values = run.asked, {}
    for seconds in POINTS_S:
        if seconds <= asked["limit_s"]:
            best, bound = at_time(steps, seconds)
            values |= {f"objective_{seconds:.0f}": best, f"bound_{seconds:.0f}": bound}
    values["objective_end"], values["bound_end"] = steps[-1][1:] if steps else (None, None)
    judged = next((one for one in reversed(run.lines) if "judged" in one), {})
    return Baseline(
        asked["profile"],
        asked["days"],
        asked["solver"],
        asked["seed"],
        asked["limit_s"],
        **{key: built.get(key) for key in ("columns", "rows", "build_s")},
        **{key: end.get(key) for key in ("wall_s", "cpu_s", "peak_mb")},
        **values,
        model=built.get("model", ""),
        status=end.get("status", "") or run.reason,
        judged=judged.get("judged"),
        broken=" ".join(judged.get("broken", ())),
        machine=_cpu(),
        date=str(datetime.now(UTC).date()),
        commit=_commit(),
    )
