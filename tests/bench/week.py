"""Measure the week engine beside the compact whole-week model and write ``week.md``.

Run from the project's folder: ``python -m tests.bench.week``. Each measurement is a process of its
own, one after the other; ours and the compact model of a profile follow each other. The compact
model is built by the same adders, of a household the weeks of all eaters in one problem, solved by
HiGHS and by CBC on one thread, and its plans are judged by our own evaluation. These baselines are
kept in ``week.csv`` and measured again with ``--fresh``, or where the model has changed with
``--changed``. ``--quick`` is a small run that prints its table and keeps nothing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from tests.bench.edits import Edits, measure_edits
from tests.bench.profiles import draw_request
from tests.bench.week_baselines import (
    BASELINES,
    Baseline,
    baseline_of,
    read_baselines,
    write_baselines,
)
from tests.bench.week_child import REQUESTS
from tests.bench.week_runs import Run, run_child
from tests.bench.week_table import table

FILE = Path(__file__).with_suffix(".md")
DEFAULT = "default"
HARD_STOP = 1.5  # times the limit, and
GRACE_S = 90.0  # more for each eater, for building, before a process is ended
LIMITS_S = (None, 1.0, 2.5, 10.0)
QUICK_S = 20.0
PARTS = ("engine", "days", "cold", "edits")


@dataclass(frozen=True, slots=True)
class Setup:
    """How much is measured.

    Parameters
    ----------
    profiles, seeds
        Requests of the bench, and number of seeds of our engine.
    limits_s
        Time limits of our engine [s]; ``None`` is the default work.
    days
        Numbers of days that the default profile is planned for.
    long_s, short_s
        Limits of the compact model for the default profile and for the others [s].
    highs_seeds
        Number of runs of HiGHS for the default profile.
    commands, edits
        Runs of each command, and number of edits.
    parts
        What is measured of our engine.
    """

    profiles: tuple[str, ...]
    seeds: int = 5
    limits_s: tuple[float | None, ...] = LIMITS_S
    days: tuple[int, ...] = (7, 14, 28)
    long_s: float = 120.0
    short_s: float = 30.0
    highs_seeds: int = 3
    commands: int = 5
    edits: int = 30
    parts: tuple[str, ...] = PARTS


def compact_runs(setup: Setup, profile: str) -> list[dict[str, Any]]:
    """Say which runs of the compact model a profile is measured against."""
    limit_s = setup.long_s if profile == DEFAULT else setup.short_s
    seeds = setup.highs_seeds if profile == DEFAULT else 1
    pairs = [("highs", seed) for seed in range(seeds)] + [("cbc", 0)]
    common = {"measure": "compact", "profile": profile, "days": 7, "limit_s": limit_s}
    return [common | {"solver": solver, "seed": seed} for solver, seed in pairs]


@dataclass(slots=True)
class Measured:
    """Everything that one run of the bench measured.

    Parameters
    ----------
    engine, days
        Runs of our engine by (profile, limit) and by number of days.
    baselines
        Profile → rows of the compact model.
    models
        Profile → which model it has today.
    cold
        Command → wall seconds of its runs, and its exit code.
    edits
        What edits in a warm process took.
    """

    setup: Setup
    engine: dict[tuple[str, float | None], list[Run]] = field(default_factory=dict)
    days: dict[int, list[Run]] = field(default_factory=dict)
    baselines: dict[str, list[Baseline]] = field(default_factory=dict)
    models: dict[str, str] = field(default_factory=dict)
    cold: dict[str, tuple[list[float], list[int]]] = field(default_factory=dict)
    edits: Edits | None = None


def measure(
    setup: Setup,
    kept: dict[tuple[Any, ...], Baseline],
    renew: str,
    keep: Callable[[], None],
) -> Measured:
    """Measure everything; ``kept`` takes what is new of the compact model, ``keep`` writes it.

    ``renew`` is ``"all"``, ``"changed"`` or ``"missing"``.
    """
    found = Measured(setup)
    for profile in setup.profiles:
        if "engine" in setup.parts:
            for limit_s in setup.limits_s:
                found.engine[profile, limit_s] = _engine_runs(setup, profile, 7, limit_s)
        found.baselines[profile] = _baselines_of(setup, profile, kept, renew, found.models)
        keep()
    if "days" in setup.parts:
        found.days = {days: _engine_runs(setup, DEFAULT, days, None) for days in setup.days}
    if "cold" in setup.parts:
        commands = cold_commands().items()
        found.cold = {name: _time_command(name, more, setup.commands) for name, more in commands}
    if "edits" in setup.parts:
        _tell("edits")
        found.edits = measure_edits(setup.edits)
    return found


def _tell(what: str) -> None:
    sys.stderr.write(f"{datetime.now(UTC):%H:%M:%S} {what}\n")


def _engine_runs(setup: Setup, profile: str, days: int, limit_s: float | None) -> list[Run]:
    """Measure our engine for each seed; a refusal of the first is one of all."""
    runs: list[Run] = []
    for seed in range(setup.seeds):
        _tell(f"{profile}, {days} days, {limit_s or 'default work'}, seed {seed}")
        asked = {"measure": "engine", "profile": profile, "days": days, "limit_s": limit_s}
        runs.append(run_child(asked | {"seed": seed}, HARD_STOP * (limit_s or 0.0) + 4 * GRACE_S))
        if runs[-1].reason:
            return runs
    return runs


def _baselines_of(
    setup: Setup,
    profile: str,
    kept: dict[tuple[Any, ...], Baseline],
    renew: str,
    models: dict[str, str],
) -> list[Baseline]:
    """Give the baselines of a profile, kept ones where they serve."""
    model = run_child({"measure": "model", "profile": profile, "days": 7}, 2 * GRACE_S)
    if not model.of("built"):
        return [Baseline(profile, 7, "none", 0, 0.0, status=model.reason)]
    models[profile] = model.of("built")["model"]
    building_s = GRACE_S * model.of("built")["eaters"]
    rows = []
    for asked in compact_runs(setup, profile):
        names = ("profile", "days", "solver", "seed", "limit_s")
        key = tuple(asked[name] for name in names)
        old = kept.get(key)
        is_old = old is not None and renew == "changed" and old.model != models[profile]
        if old is None or is_old or renew == "all":
            _tell(f"{profile}, compact model, {asked['solver']}, seed {asked['seed']}")
            kept[key] = baseline_of(run_child(asked, HARD_STOP * asked["limit_s"] + building_s))
        rows.append(kept[key])
    return rows


def cold_commands() -> dict[str, list[str]]:
    """Give the commands whose wall time is taken: the default, and three people drawn by date."""
    from planner.request.read import write_request

    today = datetime.now(UTC).strftime("%Y%m%d")
    numbers = Random(today).sample(range(10_000), 3)
    commands = {"magplan plan": list[str]()}
    for number in numbers:
        path = Path(tempfile.mkstemp(prefix="request_", suffix=".toml")[1])
        path.write_text(write_request(draw_request(int(today), number)), encoding="utf-8")
        commands[f"person {number} of seed {today}"] = [str(path)]
    return commands


def _time_command(name: str, arguments: Sequence[str], times: int) -> tuple[list[float], list[int]]:
    """Take the wall time of a command in fresh processes [s], and its exit codes."""
    seconds, codes = [], []
    for _ in range(times):
        _tell(f"command: {name}")
        started = time.perf_counter()
        command = [sys.executable, "-m", "planner", "plan", *arguments]
        done = subprocess.run(command, capture_output=True, check=False)
        seconds.append(time.perf_counter() - started)
        codes.append(done.returncode)
    return seconds, codes


def asked_setup(asked: argparse.Namespace) -> Setup:
    """Turn the options into what is measured."""
    setup = Setup(
        profiles=tuple(asked.profiles),
        seeds=asked.seeds,
        long_s=asked.compact_s,
        parts=tuple(asked.parts),
    )
    if not asked.quick:
        return setup
    return replace(
        setup, seeds=1, limits_s=(None, 2.5), days=(7,), long_s=QUICK_S, short_s=QUICK_S,
        highs_seeds=1, commands=1, edits=3,
    )  # fmt: skip


def known_profiles() -> list[str]:
    """Name the requests of the bench, the default first; a file more is a profile more."""
    names = sorted(path.stem for path in REQUESTS.glob("*.toml"))
    return [DEFAULT, *(name for name in names if name != DEFAULT)]


def main(arguments: Sequence[str]) -> None:
    """Measure, keep the baselines and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--profiles", nargs="+", choices=known_profiles(), default=known_profiles())
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=list(PARTS))
    parser.add_argument("--compact-s", type=float, default=120.0, dest="compact_s")
    parser.add_argument("--fresh", action="store_true", help="measure all baselines again")
    parser.add_argument("--changed", action="store_true", help="measure those of an older model")
    parser.add_argument("--quick", action="store_true", help="a small run that keeps nothing")
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args(arguments)
    kept = {} if asked.quick else read_baselines(BASELINES)
    renew = "all" if asked.fresh else "changed" if asked.changed else "missing"

    def keep() -> None:
        if not asked.quick:
            write_baselines(BASELINES, kept)

    text = table(measure(asked_setup(asked), kept, renew, keep))
    if asked.quick and asked.output is None:
        sys.stdout.write(text)
        return
    output = asked.output or FILE
    output.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{output}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
