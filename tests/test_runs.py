"""What a quick run skips, and what counts as a full search."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from planner.rhythm.bath import Bath
from tests import runs


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(runs, "IS_QUICK", True)


@pytest.fixture
def counted(monkeypatch, tmp_path):
    file = tmp_path / "counted"
    monkeypatch.setenv(runs.COUNTED, str(file))
    return lambda: file.stat().st_size if file.exists() else 0


def searched(starts, binaries):
    """Start a search that does nothing."""
    search = SimpleNamespace(programme=SimpleNamespace(points=[0.0] * binaries), starts=starts)
    return runs.watched_search(lambda *_: "searched")(search)


def test_a_quick_run_skips_what_starts_a_process(quick):
    with pytest.raises(pytest.skip.Exception, match="starts a process"):
        subprocess.run([sys.executable, "-c", ""], check=True)


def test_a_quick_run_skips_a_search_among_the_shipped_dishes_alone(quick, counted):
    assert searched(3, 20) == "searched"
    with pytest.raises(pytest.skip.Exception, match="searches a week"):
        searched(3, runs.SHIPPED)
    assert counted() == 0


def test_full_searches_are_counted_and_short_ones_beside_an_earlier_week_are_not(counted):
    for starts, binaries in ((3, runs.SHIPPED), (3, runs.SHIPPED), (1, runs.SHIPPED), (3, 20)):
        searched(starts, binaries)
    assert counted() == 2


def test_the_search_of_the_program_is_watched():
    assert Bath.search.__wrapped__
    assert Path(os.environ[runs.COUNTED]).exists()
