"""Settings that all tests share."""

import os
import shutil
import tempfile
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ("tests.runs", "tests.planned_once", "tests.stored")
os.environ.pop("COLUMNS", None)  # pages are read at their usual width
SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large)
COMMON = {"deadline": None, "suppress_health_check": SLOW_IS_FINE}
settings.register_profile("ci", derandomize=True, max_examples=25, **COMMON)
settings.register_profile("harden", max_examples=2_000, **COMMON)
settings.load_profile("harden" if os.environ.get("MAGPLAN_HARDEN") else "ci")

_HOMES, _NUMBERS = Path(tempfile.mkdtemp(prefix="magplan-homes-")), count()
os.environ["MAGPLAN_HOME"] = str(_HOMES / "shared")


@pytest.fixture(autouse=True)
def home(monkeypatch):
    """Keep foods in a folder of the test's own, which is not there until something is kept."""
    folder = _HOMES / str(next(_NUMBERS))
    monkeypatch.setenv("MAGPLAN_HOME", str(folder))
    return folder


def pytest_unconfigure():
    """Leave nothing behind."""
    shutil.rmtree(_HOMES, ignore_errors=True)
