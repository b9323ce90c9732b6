"""What the quick run leaves out, and the guard that keeps it so.

``slow.csv`` names files, and tests of files, that plan from scratch, start a process or a browser,
or take long. ``MAGPLAN_QUICK=1`` leaves them out; a test of the quick run that does one of these
fails, so that none comes into it unnoticed. The whole run does not ask: which test is the first to
need a plan that several share depends on the order.

A whole run counts the full searches that its tests start, in all of its processes, and fails where
they are more than ``searches`` of ``[tool.magplan.house]`` in pyproject.toml allows.
"""

import csv
import os
import subprocess
import sys
import tempfile
from functools import cache, wraps
from pathlib import Path

import pytest

from tests import house

ROOT = Path(__file__).parents[1]
LIST = Path(__file__).with_name("slow.csv")
IS_QUICK = bool(os.environ.get("MAGPLAN_QUICK"))
SEEN = []
COUNTED = "MAGPLAN_TESTS_COUNTED"  # names the file that all processes of a run count in
FULL = 300  # columns, from which on a search of several generations is a full one


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


def count_full(run):
    """Return the run of a search, which counts itself where it is a full one."""

    @wraps(run)
    def counted(search, options, *args, **more):
        if len(options.generations) > 1 and sum(one.columns for one in search.eaters) >= FULL:
            with Path(os.environ[COUNTED]).open("ab") as file:
                file.write(b".")
        return run(search, options, *args, **more)

    return counted


def pytest_configure(config):
    subprocess.Popen.__init__ = told(subprocess.Popen.__init__, "starts a process")
    os.register_at_fork(before=lambda: SEEN.append("starts a process"))
    if not hasattr(config, "workerinput"):
        descriptor, os.environ[COUNTED] = tempfile.mkstemp(prefix="magplan-searches-")
        os.close(descriptor)


def is_whole(config):
    """Whether all tests are run, by the process that waits for the others."""
    words = config.option
    some = words.keyword or words.markexpr or getattr(words, "lf", False) or words.maxfail
    return not (IS_QUICK or some or config.args_source.name == "ARGS")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    config = session.config
    if hasattr(config, "workerinput") or not is_whole(config):
        return
    searches = Path(os.environ[COUNTED]).stat().st_size
    most = house.standing()[0]["searches"]
    told = f"{searches} full searches, limit {most} (searches in pyproject.toml)"
    config.get_terminal_writer().line(f"\n{told}")
    if searches > most and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        Path(os.environ[COUNTED]).unlink(missing_ok=True)


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
        module.WeekSearch.run = told(count_full(module.WeekSearch.run), "plans from scratch")


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
