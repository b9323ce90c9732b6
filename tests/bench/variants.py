"""Try 10,000 ways to say a medicine or a disease; write what came of them to ``variants.md``.

Run from the project's folder: ``python -m tests.bench.variants``; ``--count N`` takes fewer.
"""

import argparse
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from tests.planner.safety.variants import KINDS, tally, variants

FILE = Path(__file__).with_suffix(".md")
SEED = 20_261_123
SHOWN = 40


def report(count):
    """Return the lines of the report on so many variants."""
    drawn = variants(count, SEED)
    lines = ["# Ways to say a medicine, a disease or an allergy", "",
             f"{datetime.now(UTC):%Y-%m-%d}, {count} variants, seed {SEED}.", "",
             "| kind | variants | right | refused | asked | needless questions | weaker |",
             "|---|--:|--:|--:|--:|--:|--:|"]  # fmt: skip
    rows = {kind: tally(variant for variant in drawn if variant.kind == kind) for kind in KINDS}
    for kind, (counts, needless, weaker) in rows.items():
        lines.append(f"| {kind} | {counts.total()} | {counts['right']} | {counts['refused']} "
                     f"| {counts['asked']} | {len(needless)} | {len(weaker)} |")  # fmt: skip
    asked = [variant for _, needless, _ in rows.values() for variant in needless]
    questions = sum(counts["asked"] for counts, _, _ in rows.values())
    lines += ["", f"Needless questions: {100 * len(asked) / max(1, questions):.1f} % of "
              f"{questions} questions, {100 * len(asked) / count:.1f} % of all."]  # fmt: skip
    lines += ["", "## Weaker than what is named", ""]
    weak = Counter()
    for row, said in (pair for _, _, weaker in rows.values() for pair in weaker):
        weak[said] += 1
        if weak[said] <= 4:
            lines.append(f'- `--{row.kind} "{row.text}"`: {said}')
    lines += ["", "## Some needless questions", ""]
    lines += [f'- `--{variant.kind} "{variant.text}"`' for variant in asked[:SHOWN]]
    return lines


def main():
    """Write the report, and print it."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--count", type=int, default=10_000)
    text = "\n".join(report(reader.parse_args().count)) + "\n"
    FILE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
