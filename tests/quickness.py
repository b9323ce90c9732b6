"""What the quick run leaves out, and the guard that keeps it so.

``slow.csv`` names files, and tests of files, that plan from scratch, start a process or a browser,
or take long. ``MAGPLAN_QUICK=1`` leaves them out; a test of the quick run that does one of these
fails, so that none comes into it unnoticed. The whole run does not ask: which test is the first to
need a plan that several share depends on the order.
"""

import csv
import os
import subprocess
import sys
from functools import cache, wraps
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LIST = Path(__file__).with_name("slow.csv")
IS_QUICK = bool(os.environ.get("MAGPLAN_QUICK"))
SEEN = []


@cache
def slow():
    """Return the files and tests that are named, in the words of pytest, with the reason."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return {row["test"]: row["why"] for row in csv.DictReader(file)}


def is_slow(nodeid):
    """Whether a test, or the file that it stands in, is named."""
    test = nodeid.partition("[")[0]
    return test in slow() or test.partition("::")[0] in slow()


def fault_of(nodeid):
    """Say what a test did that only a slow one may; empty where it did nothing of it."""
    if not SEEN or is_slow(nodeid):
        return ""
    return f"it {' and '.join(sorted(set(SEEN)))}: name it in tests/{LIST.name}, or spare it that"


def told(function, what):
    """Return the function, which tells that it was called."""

    @wraps(function)
    def called(*args, **more):
        SEEN.append(what)
        return function(*args, **more)

    return called


def pytest_configure():
    subprocess.Popen.__init__ = told(subprocess.Popen.__init__, "starts a process")
    os.register_at_fork(before=lambda: SEEN.append("starts a process"))


def pytest_ignore_collect(collection_path):
    if IS_QUICK and collection_path.is_relative_to(ROOT):
        return collection_path.relative_to(ROOT).as_posix() in slow() or None
    return None


def pytest_collection_modifyitems(config, items):
    if IS_QUICK:
        left_out = [one for one in items if is_slow(one.nodeid)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [one for one in items if not is_slow(one.nodeid)]


def watch_the_search():
    """Let the search tell that it runs, once something has imported it: that takes a second."""
    module = sys.modules.get("planner.search.search")
    if module is not None and not hasattr(module.WeekSearch.run, "__wrapped__"):
        module.WeekSearch.run = told(module.WeekSearch.run, "plans from scratch")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    watch_the_search()
    SEEN.clear()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    found = yield
    if IS_QUICK and (fault := fault_of(item.nodeid)):
        pytest.fail(fault)
    return found
