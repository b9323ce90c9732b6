"""What a quick run skips, and what counts as a full search."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from planner.request.request import SolveOptions
from planner.search.search import WeekSearch
from planner.solve.options import edit_work, table_work
from tests import runs


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(runs, "IS_QUICK", True)


@pytest.fixture
def counted(monkeypatch, tmp_path):
    file = tmp_path / "counted"
    monkeypatch.setenv(runs.COUNTED, str(file))
    return lambda: file.stat().st_size if file.exists() else 0


def searched(options, columns):
    """Start a search that does nothing."""
    search = SimpleNamespace(eaters=[SimpleNamespace(columns=columns)])
    return runs.watched_search(lambda *_: "searched")(search, options)


def test_a_quick_run_skips_what_starts_a_process(quick):
    with pytest.raises(pytest.skip.Exception, match="starts a process"):
        subprocess.run([sys.executable, "-c", ""], check=True)


def test_a_quick_run_skips_a_search_among_the_shipped_dishes_alone(quick, counted):
    usual = table_work(SolveOptions(), 1)
    assert searched(usual, 20) == "searched"
    with pytest.raises(pytest.skip.Exception, match="searches a week"):
        searched(usual, runs.SHIPPED)
    assert counted() == 0


def test_full_searches_are_counted_and_short_ones_beside_an_earlier_week_are_not(counted):
    usual = table_work(SolveOptions(), 1)
    near = edit_work(SolveOptions(), {"per_item": 1.0, "per_portion": 1.0}, 1).near
    for options in (usual, usual, replace(near), replace(usual)):
        searched(options, runs.SHIPPED)
    searched(usual, 20)
    assert counted() == 3


def test_the_search_of_the_program_is_watched():
    assert WeekSearch.run.__wrapped__
    assert Path(os.environ[runs.COUNTED]).exists()
