"""The compiled search works where nothing can be kept, and where what was kept is damaged."""

import os
import subprocess
import sys

import pytest

NOWHERE = "from numba.core import caching; caching.CacheImpl._locator_classes = []\n"
SEARCH = """
from planner.solve.options import search_options
from tests.one_eater import solve_week
from planner.request.request import SolveOptions
from tests.kitchen import tiny_input
for _ in range(2):
    print(solve_week(tiny_input(), search_options(SolveOptions())).objective)
"""


def run(code, **env):
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, timeout=280, check=False, env={**os.environ, **env},
    )  # fmt: skip


def test_without_any_folder_the_search_is_compiled_in_memory_and_that_is_said_once():
    done = run(NOWHERE + SEARCH, HOME="/nonexistent")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("NUMBA_CACHE_DIR") == 1
    assert len(done.stdout.split()) == 2


@pytest.mark.parametrize("damage", [b"nonsense"])
def test_a_damaged_cache_is_thrown_away(tmp_path, damage):
    fresh = run(SEARCH, NUMBA_CACHE_DIR=str(tmp_path))
    assert fresh.returncode == 0, fresh.stderr
    kept = list(tmp_path.rglob("kernel.*.nb[ic]"))
    assert kept
    for one in kept:
        one.write_bytes(damage)
    again = run(SEARCH, NUMBA_CACHE_DIR=str(tmp_path))
    assert again.returncode == 0, again.stderr
    assert "Traceback" not in again.stderr
    assert again.stdout == fresh.stdout
