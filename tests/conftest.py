"""Settings that all tests share."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ("tests.quickness", "tests.planned_once")
os.environ.pop("COLUMNS", None)  # pages are read at their usual width
SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=SLOW_IS_FINE)
settings.register_profile(
    "harden", deadline=None, max_examples=2_000, suppress_health_check=SLOW_IS_FINE
)
settings.load_profile("harden" if os.environ.get("MAGPLAN_HARDEN") else "ci")
