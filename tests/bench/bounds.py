"""Judge what 5,000 random people are told of bounds and hold solved days to all they print.

Run from the project's folder: ``python -m tests.bench.bounds``; ``--people N`` and ``--days N``
take fewer. What came of it is written to ``bounds.md``.
"""

import argparse
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bands_people import Tally
from tests.printed_bounds import judge_people

FILE = Path(__file__).with_suffix(".md")
SEED = 28_000
EACH = 3  # examples of one kind


def people_lines(count):
    """Return the lines on people for whom nothing is solved."""
    judged, shown = judge_people(count, SEED), Counter()
    lines = ["## People, without solving", "", "| what | count |", "|---|--:|"]
    lines += [f"| {name} | {number} |" for name, number in judged.counts.items()]
    lines += ["", "Sentences that are not true:", ""]
    for request, text, fault in judged.false:
        kind = fault.split()[0], text[:30]
        shown[kind] += 1
        if shown[kind] <= EACH:
            who = request.profile
            lines.append(f"- {fault}: \"{text[:200]}\" to {who.sex} {who.age_y}, "
                         f"{request.standard}, eGFR {who.egfr}, {who.clinic}, "
                         f"{who.conditions}, {who.medicines}")  # fmt: skip
    return lines


def day_lines(count):
    """Return the lines on plans that were solved."""
    tally = Tally()
    for seed in range(SEED, SEED + count):
        with TemporaryDirectory() as folder:
            tally.try_one(seed, Path(folder) / "plan", most_days=1)
    lines = ["", "## Solved days", "", "| what | count |", "|---|--:|"]
    lines += [f"| {name} | {number} |" for name, number in tally.outcomes.most_common()]
    lines += [f"| sentences and bounds held | {sum(tally.held.values())} |",
              f"| failures | {len(tally.failures)} |", ""]  # fmt: skip
    for _, words, fault in tally.failures:
        said = " ".join(map(str, words))
        lines.append(f"- `magplan plan {said}`: {fault[-400:]!r}")
    return lines


def main():
    """Write the report, and print it."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--people", type=int, default=5_000)
    reader.add_argument("--days", type=int, default=100)
    asked = reader.parse_args()
    text = "\n".join(
        [f"# What people are told of bounds\n\n{datetime.now(UTC):%Y-%m-%d}, seed {SEED}.\n",
         *people_lines(asked.people), *day_lines(asked.days)]
    ) + "\n"  # fmt: skip
    FILE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
