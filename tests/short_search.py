"""Weeks of tests are searched shortly, and as usual where that finds none.

Most tests ask whether a week holds and is told rightly, not how good it is, and a search is half of
a plan's time; recipes that use up packages a little better are a quarter of it, and are left out.
Files that ask how good a week is, or how much work is done, are named in
``short_search.txt``; a process of its own (``magplan`` as a command) always searches as usual.
"""

from dataclasses import replace
from pathlib import Path

from planner import pipeline
from planner.solve import compose

WORK = ((8, 40), (3, 120))  # rounds and sweeps of each generation
NAMED = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split()
AS_USUAL = compose._attempts
WHOLE_PACKAGES = pipeline.with_whole_packages
STATE = {"is_short": False, "leaves_packages": False}
PACKED = {"tests/planner/cli/test_no_wish_ignored.py"}  # a gap to be proven leaves packages as well


def attempts(options, steering):
    """Give what to search and how: shortly first, but where the first week is enough."""
    every = list(AS_USUAL(options, steering))
    if STATE["is_short"] and not options.any_week:
        short = [
            replace(one, rounds=min(one.rounds, rounds), sweeps=min(one.sweeps, sweeps))
            for one, (rounds, sweeps) in zip(options.generations, WORK, strict=False)
        ]
        listed, of = every[0]
        yield listed, replace(of, generations=tuple(short))
    yield from every


def with_whole_packages(report, foods, dishes):
    """Give the week with amounts that use up packages, but as it was found where that is enough."""
    return report if STATE["leaves_packages"] else WHOLE_PACKAGES(report, foods, dishes)


compose._attempts = attempts
pipeline.with_whole_packages = with_whole_packages


def pytest_runtest_setup(item):
    """Say how weeks are searched, before the first fixture of a test is made."""
    path = item.nodeid.partition("::")[0]
    STATE["is_short"] = not any(path == one or path.startswith(f"{one}/") for one in NAMED)
    STATE["leaves_packages"] = STATE["is_short"] and path not in PACKED
