"""Three runs of the tests, and the count of the full searches that one starts.

``bash tests/run`` passes all but what is marked ``harden``: rough cases, planted faults, changes of
a copy of the project, long journeys, benches. ``bash tests/harden`` runs these before a release.

``bash tests/quick`` (``MAGPLAN_QUICK=1``) leaves out what ``long.txt`` names, and skips each other
test at the moment when it searches a week among the shipped dishes or starts a process.

A whole run counts the full searches that its tests start, in all of its processes, and fails where
they are more than ``searches`` of ``[tool.magplan.house]`` in pyproject.toml allows.
"""

import os
import subprocess
import sys
import tempfile
import threading
from functools import wraps
from pathlib import Path

import pytest

from tests import house

IS_QUICK = bool(os.environ.get("MAGPLAN_QUICK"))
IS_HARD = bool(os.environ.get("MAGPLAN_HARDEN"))
LONG = frozenset(Path(__file__).with_name("long.txt").read_text(encoding="utf-8").split())
COUNTED = "MAGPLAN_TESTS_COUNTED"  # names the file that all processes of a run count in
BATH = "planner.rhythm.bath"
SHIPPED = 300  # binaries, from which on a search is one among the shipped dishes


def is_left_out(item):
    """Whether this run leaves a test out from the start."""
    test = item.nodeid.partition("[")[0]
    is_long = test in LONG or test.partition("::")[0] in LONG
    return (IS_QUICK and is_long) or (not IS_HARD and item.get_closest_marker("harden") is not None)


def leave(why):
    """Skip the test that runs, in a quick run."""
    if IS_QUICK and threading.current_thread() is threading.main_thread():
        pytest.skip(f"{why}: bash tests/run")


def watched_process(begin):
    """Return what starts a process, which a quick run does not."""

    @wraps(begin)
    def watched(*args, **more):
        leave("starts a process")
        return begin(*args, **more)

    return watched


def watched_search(run):
    """Return the run of a search, which counts itself where it is a full one."""

    @wraps(run)
    def watched(search, *args, **more):
        if len(search.programme.points) >= SHIPPED:
            leave("searches a week")
            if search.starts > 1:
                with Path(os.environ[COUNTED]).open("ab") as file:
                    file.write(b".")
        return run(search, *args, **more)

    return watched


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    bath = getattr(sys.modules.get(BATH), "Bath", None)  # to import it takes a second
    if bath is not None and not hasattr(bath.search, "__wrapped__"):
        bath.search = watched_search(bath.search)
    return (yield)


def pytest_configure(config):
    config.addinivalue_line("markers", "harden: run by bash tests/harden alone")
    subprocess.Popen.__init__ = watched_process(subprocess.Popen.__init__)
    if not hasattr(config, "workerinput"):
        descriptor, os.environ[COUNTED] = tempfile.mkstemp(prefix="magplan-searches-")
        os.close(descriptor)


def pytest_collection_modifyitems(config, items):
    left_out = [item for item in items if is_left_out(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def is_whole(config):
    """Whether all tests are run, by the process that waits for the others."""
    words = config.option
    some = words.keyword or words.markexpr or getattr(words, "lf", False) or words.maxfail
    return not (IS_QUICK or IS_HARD or some or config.args_source.name == "ARGS")


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
