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
from itertools import pairwise
from pathlib import Path
from statistics import median

from planner.errors import UserFacingError
from planner.realism.score import Realism, ScorePart
from planner.request.request import PlanRequest
from tests.bench.profiles import draw_request
from tests.one_eater import plan_meals

FILE = Path(__file__).with_suffix(".md")
SLOTS = ("breakfast", "lunch", "dinner", "snack")
MAIN_LINES = tuple(f"{slot}_lines" for slot in SLOTS[:3])
MOST_OUTSIDE = 0.05  # share of days that a yardstick may miss
BINS = (0.0, 8.0, 8.5, 9.0, 9.25, 9.5, 9.75, 10.01)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one person: the week's realism, or why there is no week."""

    number: int
    is_checked: bool
    reason: str
    realism: Realism | None
    seconds: float


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
    return Answer(number, is_checked, reason, report.realism, seconds)


def answers(count: int, seed: int, processes: int) -> list[Answer]:
    """Plan for ``count`` people."""
    numbers = range(count)
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(answer, [seed] * count, numbers))


def days_outside(part: ScorePart) -> set[int]:
    """Name the days on which a part misses; a case that names none counts for no day."""
    missed = (re.search(r"day (\d+)", case.where) for case in part.cases if not case.holds)
    return {int(found.group(1)) for found in missed if found}


def values_of(found: Iterable[Realism], part_id: str) -> list[float]:
    """Gather the values of all cases of a part."""
    parts = (part for one in found for part in one.parts if part.part_id == part_id)
    return [case.value for part in parts for case in part.cases]


def outside(found: Sequence[Realism], days: int = 7) -> dict[str, tuple[str, float, float]]:
    """Give part id → refs, share of days outside the band, share of cases outside it.

    The share of days is that of the weeks' days; parts of a week (monotony, shopping) have none.
    """
    parts: dict[str, list[ScorePart]] = {}
    for one in found:
        for part in one.parts:
            parts.setdefault(part.part_id, []).append(part)
    shares = {}
    for part_id, same in parts.items():
        cases = [case for part in same for case in part.cases]
        missed = sum(not case.holds for case in cases) / len(cases)
        names_days = any("day " in case.where for case in cases)
        of_days = sum(len(days_outside(part)) for part in same) / (days * len(found))
        shares[part_id] = (same[0].refs, of_days if names_days else float("nan"), missed)
    return shares


def largest_shares(found: Sequence[Realism]) -> list[tuple[str, str, float, float]]:
    """Order the parts by their share of days, then of cases, outside the band."""
    rows = [(part_id, *values) for part_id, values in outside(found).items()]
    return sorted(rows, key=lambda row: (-(row[2] if row[2] == row[2] else 0.0), -row[3], row[0]))


def common_misses(found: Iterable[Realism], part_id: str, most: int = 3) -> str:
    """Say what a part finds most often outside its band."""
    counts: Counter[str] = Counter()
    for one in found:
        for part in one.parts:
            if part.part_id == part_id:
                counts.update(_miss(case.where, case.note, case.value) for case in part.cases
                              if not case.holds)  # fmt: skip
    return ", ".join(f"{text} ({count}×)" for text, count in counts.most_common(most))


def _miss(where: str, note: str, value: float) -> str:
    what = re.sub(r"(, |\w+ of )?day \d+", "", where).strip()
    return " ".join(filter(None, (what, note or f"{value:.3g}")))


def table(found: Sequence[Answer], seed: int, processes: int) -> str:
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
        f"| distinct foods a day, median | {_median(real, 'distinct_foods')} |",
        f"| foods at a meal, snacks apart, median | {_median(real, *MAIN_LINES)} |",
        *(f"| foods at {slot}, median | {_median(real, f'{slot}_lines')} |" for slot in SLOTS),
        f"| foods a day, meal by meal, median | {_median(real, 'day_lines')} |",
        f"| score: lowest, median, highest | {scores[0]:.2f}, {median(scores):.2f}, "
        f"{scores[-1]:.2f} |",
        f"| processor seconds: median, 95 of 100 | {median(seconds):.1f}, "
        f"{seconds[int(0.95 * (len(seconds) - 1))]:.1f} |",
        "",
        "## Scores",
        "",
        "| from | to below | weeks |",
        "| --- | --- | --- |",
        *_bins(scores),
        "",
        "## Parts",
        "",
        f"Share of days, and of cases, outside the band; more than {MOST_OUTSIDE:.0%} of the days "
        "is too much for a yardstick of the menus.",
        "",
        "| part | from | days | cases | most often |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {part_id} | {refs} | {_percent(days)} | {_percent(cases)} | "
            f"{common_misses(real, part_id)} |"
            for part_id, refs, days, cases in largest_shares(real)
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


def _median(found: Sequence[Realism], *part_ids: str) -> str:
    return f"{median(value for name in part_ids for value in values_of(found, name)):g}"


def _bins(scores: Sequence[float]) -> list[str]:
    return [
        f"| {low:g} | {min(high, 10):g} | {sum(low <= score < high for score in scores)} |"
        for low, high in pairwise(BINS)
    ]


def _percent(share: float) -> str:
    return "" if share != share else f"{100 * share:.1f} %"


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
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--output", type=Path, default=FILE)
    asked = parser.parse_args(arguments)
    found = answers(asked.profiles, asked.seed, asked.processes)
    asked.output.write_text(table(found, asked.seed, asked.processes), encoding="utf-8")
    sys.stdout.write(f"{asked.output}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
