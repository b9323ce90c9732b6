"""What numba compiled is kept in a folder; a damaged one is thrown away and not in the way."""

import os
import subprocess
import sys
from pathlib import Path

from planner.request.request import SolveOptions
from planner.search import kernel
from planner.solve.options import table_work
from tests.kitchen import tiny_input
from tests.one_eater import solve_week

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
