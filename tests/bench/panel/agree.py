"""Hold the realism score to readers: how alike do both rank the days of one sitting?

``python -m tests.bench.panel.agree`` prints Spearman's rank correlation of the score with the mean
of the readers who judged the same menus, for each round: over all of its menus, over planned days
alone, and over each half of the menus.
"""

import csv
import hashlib
import re
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from statistics import fmean

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.realism.score import score_plan
from planner.realism.served import ScoredEater
from tests.bench.panel.menus import FREE
from tests.bench.panel.reader import energy_of, read_plan

FOLDER = Path(__file__).parent
ROUNDS = tuple(f"round{number}" for number in range(1, 33))  # fmt: skip


@cache
def judged(name):
    """Give (source, menu, mean score of the readers) of every menu of a round."""
    folder, scores, sources = FOLDER / name, defaultdict(list), {}
    for row in _rows(folder / "key.csv"):
        if not (folder / f"scores{row['judge']}.csv").exists():
            continue
        menus = _menus(folder / f"judge{row['judge']}.md")
        text = menus[int(row["menu"])]
        sources[text] = row["source"]
        scores[text].append(_scores(folder / f"scores{row['judge']}.csv")[int(row["menu"])])
    return [(sources[text], text, fmean(given)) for text, given in scores.items()]


@cache
def _menus(path):
    parts = re.split(r"^## Menu (\d+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        int(number): text.strip() for number, text in zip(parts[1::2], parts[2::2], strict=True)
    }


@cache
def _scores(path):
    return {int(row["menu"]): float(row["score"]) for row in _rows(path)}


def _rows(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def scored(text):
    """Score one menu."""
    return scored_week(text)


@cache
def scored_week(*texts):
    """Score the days of ``texts`` one after another."""
    free = tuple(FREE in text for text in texts)
    whose = ScoredEater(energy_kcal=energy_of(texts[0]), weekend=free if any(free) else ())
    return score_plan(read_plan(*texts), read_embedded_foods(), read_embedded_dishes(), whose)


def half(text):
    """Put a menu into one of two halves, the same in every run: 0 was looked at, 1 was not."""
    return hashlib.sha256(text.encode()).digest()[0] % 2


def spearman(pairs):
    """Give the rank correlation of pairs of numbers; ties share their rank."""
    first, second = (_ranks(one) for one in zip(*pairs, strict=True))
    mean_1, mean_2 = fmean(first), fmean(second)
    both = sum((a - mean_1) * (b - mean_2) for a, b in zip(first, second, strict=True))
    spread_1 = sum((a - mean_1) ** 2 for a in first)
    spread_2 = sum((b - mean_2) ** 2 for b in second)
    return both / (spread_1 * spread_2) ** 0.5 if spread_1 * spread_2 else 0.0


def _ranks(values):
    ordered = sorted(values)
    return [ordered.index(one) + (ordered.count(one) - 1) / 2 for one in values]


def agreement(name, keep=lambda source, text: True):
    """Give Spearman's correlation in a round, over the menus that ``keep`` keeps."""
    menus = [(text, mean) for source, text, mean in judged(name) if keep(source, text)]
    return spearman([(scored(text).score, mean) for text, mean in menus])


def table():
    """Write the agreement of each round."""
    lines = ["| round | all | planned alone | half looked at | other half |",
             "| --- | --- | --- | --- | --- |"]  # fmt: skip
    for name in ROUNDS:
        found = [
            agreement(name),
            agreement(name, lambda source, _: source.startswith("planned")),
            agreement(name, lambda _, text: half(text) == 0),
            agreement(name, lambda _, text: half(text) == 1),
        ]
        number = name.removeprefix("round")
        lines.append(f"| {number} | {' | '.join(f'{one:.2f}' for one in found)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n")
