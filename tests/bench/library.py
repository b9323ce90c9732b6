"""How long an import of a large download takes, how much memory, and how long a search in it.

    python -m tests.bench.library                # 500,000 foods, some minutes
    python -m tests.bench.library --foods 20000

The download is generated in the format of Branded Foods: 14 figures a food, names of one to eight
words, labels with an ingredient list. Limits: 120 s, 1 GiB, and of 95 % of searches 20 ms by whole
or begun words and 100 ms with a typing error.
"""

import argparse
import csv
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path

from foods.embedded import read_lookup_foods
from foods.library.find import search_kept
from foods.name_reader import plain_words
from tests.foods.importers.downloads import AMOUNTS, BRANDS, FOODS, NUTRIENTS

NUMBERS = ("1003", "1004", "1005", "1008", "1079", "1087", "1089", "1090", "1092", "1093", "1110",
           "1258", "1253", "2000")  # fmt: skip
KCAL_PER_G = {"1003": 4, "1004": 9, "1005": 4}
SEARCHES = 400
LIMITS = {
    "import_s": 120,
    "peak_mib": 1024,
    "exact_ms": 20,
    "begun_ms": 20,
    "typo_ms": 100,
    "letter_ms": 20,
}


def syllables(count, seed):
    """Make words that no food has, as brands and trade names are."""
    draw = random.Random(seed)
    parts = ["ka", "lo", "mi", "ra", "ten", "vo", "zu", "per", "sa", "bel", "dor", "fin", "gru"]
    return ["".join(draw.choices(parts, k=draw.randint(2, 4))) for _ in range(count)]


def named(draw, common, shares, rare):
    """Make a name as labels have it, in capitals; a few words stand in most names."""
    words = draw.choices(common, cum_weights=shares, k=draw.randint(1, 5))
    return " ".join([*words, *draw.choices(rare, k=draw.randint(0, 3))]).upper()


def generate(folder, foods):
    """Write a download of so many foods; gives their names."""
    draw, rare = random.Random(1), syllables(60_000, 2)
    common = sorted({one for food in read_lookup_foods() for one in plain_words(food.name)})
    draw.shuffle(common)
    shares = [*accumulate(1 / place for place in range(1, len(common) + 1))]  # Zipf's law
    names = [named(draw, common, shares, rare) for _ in range(foods)]
    text = " ".join(draw.choices(common, k=40)).upper()
    with (
        (folder / "food.csv").open("w", newline="") as food,
        (folder / "branded_food.csv").open("w", newline="") as brand,
        (folder / "food_nutrient.csv").open("w", newline="") as amount,
    ):
        writers = [csv.writer(one, quoting=csv.QUOTE_ALL) for one in (food, brand, amount)]
        for writer, head in zip(writers, (FOODS, BRANDS, AMOUNTS), strict=True):
            writer.writerow(head)
        for number, name in enumerate(names):
            group, fdc_id = f"Group {number % 300}", 1_000_000 + number
            writers[0].writerow([fdc_id, "branded_food", name, group, "2025-03-01"])
            label = f"{text}. CONTAINS: MILK, SOY. MAY CONTAIN PEANUTS."
            maker, code = f"{rare[number % 9000]} foods", f"{number:014d}"
            writers[1].writerow(
                [fdc_id, maker, "", "", code, label, "", "40.0", "g", "1 BAR", group, "LI", ""]
            )
            held = {one: round(draw.uniform(5, 30), 2) for one in NUMBERS}
            held["1008"] = round(sum(held[one] * kcal for one, kcal in KCAL_PER_G.items()))
            held |= {"1258": held["1004"] / 2, "2000": held["1005"] / 2, "1079": held["1005"] / 4}
            if number % 500 == 0:
                held["1090"] *= 1000  # a slip
            writers[2].writerows(
                [number * 20 + place, fdc_id, one, value, "", "71"]
                for place, (one, value) in enumerate(held.items())
            )
    with (folder / "nutrient.csv").open("w", newline="") as file:
        csv.writer(file).writerows(NUTRIENTS)
    return names


def imported(folder):
    """Import the folder in another process; gives its seconds and its peak of memory [MiB]."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "planner", "foods", "import", folder], check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    peak_kib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return time.perf_counter() - start, peak_kib / 1024


def slow_of(texts):
    """Give the time below which 95 % of searches stay [ms]."""
    times = []
    for text in texts:
        start = time.perf_counter()
        search_kept(text)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.quantiles(times, n=20)[-1]


def slipped(draw, text):
    """Exchange two letters of the longest word."""
    word = max(text.split(), key=len)
    if len(word) < 4:
        return text
    at = draw.randrange(1, len(word) - 2)
    turned = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return text.replace(word, turned)


def measured(foods):
    """Measure all, in a folder that vanishes."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "download"
        folder.mkdir()
        os.environ["MAGPLAN_HOME"] = str(Path(place) / "home")
        names = generate(folder, foods)
        seconds, peak_mib = imported(folder)
        draw = random.Random(3)
        asked = [" ".join(one.split()[:3]) for one in draw.sample(names, SEARCHES)]
        asked[::4] = [one.split()[0] for one in asked[::4]]  # one common word
        yield "import_s", seconds
        yield "peak_mib", peak_mib
        yield "exact_ms", slow_of(asked)
        yield "begun_ms", slow_of([one[: max(1, len(one) - 2)] for one in asked])
        yield "typo_ms", slow_of([slipped(draw, one) for one in asked])
        yield "letter_ms", slow_of("abcdefghijklmnopqrstuvwxyz")
        home = Path(os.environ["MAGPLAN_HOME"])
        yield "file_mib", sum(one.stat().st_size for one in home.iterdir()) / 2**20


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--foods", type=int, default=500_000)
    for name, value in measured(parser.parse_args().foods):
        limit = LIMITS.get(name)
        told = f"{name:10} {value:9.1f}" + (f"  at most {limit}" if limit else "")
        sys.stdout.write(f"{told}\n")


if __name__ == "__main__":
    main()
