"""Plan for a hundred random people and write how real their weeks are to ``realism.md``.

Run from the project's folder: ``python -m tests.bench.realism --profiles 100 --seed 0``. People
are drawn by seed and number, so a run can be repeated; seconds depend on the machine, and are those
of its processor, so that other work on it does not count.
"""

from __future__ import annotations

import argparse
import platform
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from planner.errors import UserFacingError
from planner.realism.score import Realism, ScorePart
from planner.request.request import PlanRequest
from tests.bench.bought import Bought, bought_of, bought_rows
from tests.bench.habits import Habits, habit_rows, habits_of
from tests.bench.in_a_row import APART, InARow, in_a_row, in_a_row_rows
from tests.bench.profiles import draw_request
from tests.one_eater import plan_meals

MOST_THINGS = 45
IN_A_ROW = (0, 7)  # numbers of two people of the seed, for whom week after week is planned
FILE = Path(__file__).with_suffix(".md")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one person: the week's realism, or why there is no week."""

    number: int
    is_checked: bool
    reason: str
    realism: Realism | None
    seconds: float
    habits: Habits | None = None
    bought: Bought | None = None


def answer(seed: int, number: int) -> Answer:
    """Plan for one person."""
    request, started = draw_request(seed, number), time.process_time()
    try:
        report = plan_meals(request)
    except UserFacingError as error:
        return Answer(number, False, str(error), None, time.process_time() - started)
    is_checked = report.check is not None and report.check.passed
    reason = ""
    if report.refusal is not None:
        reason = "; ".join(text for _, _, text in report.refusal.conflict) or report.outcome.status
    seconds = time.process_time() - started
    if not is_checked or report.plan is None:
        return Answer(number, is_checked, reason, report.realism, seconds)
    habits, bought = habits_of(report.plan, request), bought_of(report)
    return Answer(number, is_checked, reason, report.realism, seconds, habits, bought)


def answers(count: int, seed: int, processes: int) -> list[Answer]:
    """Plan for ``count`` people."""
    numbers = range(count)
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(answer, [seed] * count, numbers))


def rows_of_weeks(weeks: int, seed: int, processes: int) -> list[InARow]:
    """Plan ``weeks`` weeks in a row for each of two people."""
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(in_a_row, [seed] * 2, IN_A_ROW, [weeks] * 2))


def costs(found: Sequence[Realism]) -> list[tuple[str, float, float, str]]:
    """Give (part, mean points, share of weeks with a fault, commonest faults), dearest first."""
    parts: dict[str, list[ScorePart]] = {}
    for one in found:
        for part in one.parts:
            parts.setdefault(part.part_id, []).append(part)
    rows = [
        (name, sum(p.points for p in same) / len(found), len(same) / len(found), common(same))
        for name, same in parts.items()
    ]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def common(parts: Iterable[ScorePart], most: int = 2) -> str:
    """Say what a part finds most often."""
    counts = Counter(fault.note for part in parts for fault in part.faults)
    return ", ".join(f"{text} ({count}×)" for text, count in counts.most_common(most))


def table(found: Sequence[Answer], rows: Sequence[InARow], seed: int, processes: int) -> str:
    """Write the table."""
    real = [one.realism for one in found if one.realism is not None and one.is_checked]
    scores = sorted(one.score for one in real)
    seconds = sorted(one.seconds for one in found)
    lines = [
        "# How real the weeks of random people are",
        "",
        f"{len(found)} people, seed {seed}; {datetime.now(UTC).date()}, commit {_commit()}; "
        f"{platform.machine()}, {_cpu()}, {processes} processes at once, Python "
        f"{platform.python_version()}. Written by `python -m tests.bench.realism`.",
        "",
        "| | |",
        "| --- | --- |",
        f"| with a checked plan | {sum(one.is_checked for one in found)} of {len(found)} |",
        f"| score: lowest, median, highest | {scores[0]:.1f}, {median(scores):.1f}, "
        f"{scores[-1]:.1f} |",
        f"| processor seconds: median, 95 of 100 | {median(seconds):.1f}, "
        f"{seconds[int(0.95 * (len(seconds) - 1))]:.1f} |",
        "",
        "## What readers dislike most",
        "",
        "| | |",
        "| --- | --- |",
        *habit_rows([one.habits for one in found if one.habits is not None]),
        "",
        "## What is bought",
        "",
        "| | |",
        "| --- | --- |",
        *bought_rows([one.bought for one in found if one.bought is not None], MOST_THINGS),
        "",
        "## Week after week, each with the earlier ones as its history",
        "",
        f"| who | checked | breakfasts and mains | mains again within {APART} weeks | seconds |",
        "| --- | --- | --- | --- | --- |",
        *in_a_row_rows(rows, [_who(draw_request(seed, one.number)) for one in rows]),
        "",
        "## Scores",
        "",
        "| from | to below | weeks |",
        "| --- | --- | --- |",
        *_bins(scores),
        "",
        "## What costs most",
        "",
        "| part | points a day, mean | weeks | most often |",
        "| --- | --- | --- | --- |",
        *(
            f"| {name} | {cost:.2f} | {share:.0%} | {what} |"
            for name, cost, share, what in costs(real)
        ),
    ]
    without = [one for one in found if not one.is_checked]
    if without:
        lines += ["", "## Without a plan", ""]
        lines += [
            f"- {one.number}: {_who(draw_request(seed, one.number))}: {one.reason}"
            for one in without
        ]
    return "\n".join(lines) + "\n"


def _bins(scores: Sequence[float]) -> list[str]:
    return [
        f"| {low} | {low + 1} | {sum(low <= min(score, 9.99) < low + 1 for score in scores)} |"
        for low in range(10)
    ]


def _who(request: PlanRequest) -> str:
    who, wants = request.profile, request.preferences
    without = f", without {', '.join(wants.without)}" if wants.without else ""
    return (
        f"{who.sex} {who.age_y} y, {who.height_cm:g} cm, {who.weight_kg:g} kg, {who.activity}, "
        f"{request.standard}, {wants.diet}{without}"
    )


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _cpu() -> str:
    file = Path("/proc/cpuinfo")
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    found = re.search(r"model name\s*:\s*(.+)", text)
    return found.group(1).strip() if found else platform.processor() or "unknown processor"


def main(arguments: Sequence[str]) -> None:
    """Plan, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--profiles", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--weeks", type=int, default=8, help="weeks in a row, for two people")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--output", type=Path, default=FILE)
    asked = parser.parse_args(arguments)
    found = answers(asked.profiles, asked.seed, asked.processes)
    rows = rows_of_weeks(asked.weeks, asked.seed, asked.processes)
    text = table(found, rows, asked.seed, asked.processes)
    asked.output.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{asked.output}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
