"""The compiled search works where nothing can be kept, and where what was kept is damaged."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, local
from types import SimpleNamespace

import pytest

from planner.errors import SolverError
from planner.request.request import SolveOptions
from planner.search import kernel
from planner.search.loading import call
from planner.solve.options import table_work
from tests.kitchen import tiny_input
from tests.one_eater import solve_week

NOWHERE = "from numba.core import caching; caching.CacheImpl._locator_classes = []\n"
SEARCH = """
from planner.solve.options import table_work
from tests.one_eater import solve_week
from planner.request.request import SolveOptions
from tests.kitchen import tiny_input
for _ in range(2):
    print(solve_week(tiny_input(), table_work(SolveOptions(), 1)).objective)
"""
PLACE = "from planner.search import kernel; print(kernel.anneal.stats.cache_path)"


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


def test_a_damaged_cache_is_thrown_away(tmp_path):
    week = solve_week(tiny_input(), table_work(SolveOptions(), 1))
    kept = list((Path(kernel.__file__).parent / "__pycache__").glob("kernel.*.nb[ic]"))
    assert kept  # of this process or an earlier one
    place = run(PLACE, NUMBA_CACHE_DIR=str(tmp_path)).stdout.strip()
    Path(place).mkdir(parents=True, exist_ok=True)
    for one in kept:
        (Path(place) / one.name).write_bytes(b"nonsense")
    again = run(SEARCH, NUMBA_CACHE_DIR=str(tmp_path))
    assert again.returncode == 0, again.stderr
    assert "Traceback" not in again.stderr
    assert [float(one) for one in again.stdout.split()] == [week.objective] * 2
    assert all(one.read_bytes() != b"nonsense" for one in tmp_path.rglob("kernel.*.nb[ic]"))


class Moves:
    """Moves of which each thread finds the cache damaged at the same time; then they work."""

    def __init__(self, folder, threads, again=None):
        self.stats = SimpleNamespace(cache_path=str(folder))
        self.barrier, self.seen, self.again = Barrier(threads), local(), again

    def __call__(self):
        if not hasattr(self.seen, "damage"):
            self.seen.damage = True
            self.barrier.wait()
            raise EOFError("Ran out of input")
        if self.again is not None:
            raise self.again


def test_threads_that_find_one_cache_damaged_all_go_on(tmp_path):
    (tmp_path / "kernel.anneal.nbi").write_bytes(b"")
    moves = Moves(tmp_path, 4)
    with ThreadPoolExecutor(4) as pool:
        assert [task.result() for task in [pool.submit(call, moves) for _ in range(4)]] == [
            None
        ] * 4
    assert list(tmp_path.iterdir()) == []


def test_what_fails_without_a_cache_or_once_more_is_told(tmp_path):
    with pytest.raises(SolverError, match="cannot be compiled here"):
        call(Moves(tmp_path, 1))
    (tmp_path / "kernel.anneal.nbi").write_bytes(b"")
    with pytest.raises(SolverError, match="TypeError: odd"):
        call(Moves(tmp_path, 1, TypeError("odd")))
