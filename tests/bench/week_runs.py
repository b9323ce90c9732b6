"""Run measurements in processes of their own and read what they said."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Step = tuple[float, float | None, float | None]
"""Seconds, best points so far, best bound so far."""


@dataclass(frozen=True, slots=True)
class Run:
    """One measurement: what was asked, what the process said, and why it said no more."""

    asked: Mapping[str, Any]
    lines: tuple[Mapping[str, Any], ...]
    stopped: bool

    def of(self, event: str) -> Mapping[str, Any]:
        """Give the last line of this kind, empty without one."""
        return next((one for one in reversed(self.lines) if one["event"] == event), {})

    @property
    def reason(self) -> str:
        """Why there is no result, empty where there is one."""
        if self.of("end"):
            return ""
        reason = "ended by the hard stop" if self.stopped else "ended without an answer"
        return str(self.of("refused").get("reason", reason))

    def steps(self) -> list[Step]:
        """Give (seconds, best points so far, best bound so far) whenever one was told."""
        best, bound, steps = None, None, []
        for one in self.lines:
            if one["event"] != "step":
                continue
            best = _better(min, best, one.get("objective"))
            bound = _better(max, bound, one.get("bound"))
            steps.append((one["t"], best, bound))
        return steps


def _better(choose: Callable[..., float], old: float | None, new: float | None) -> float | None:
    return choose((one for one in (old, new) if one is not None), default=None)


def at_time(steps: Sequence[Step], seconds: float) -> tuple[float | None, float | None]:
    """Give the best points and bound known after this many seconds."""
    known = [(best, bound) for t, best, bound in steps if t <= seconds]
    return known[-1] if known else (None, None)


def time_to(steps: Sequence[Step], objective: float) -> float | None:
    """Give the seconds after which the best points were as few as ``objective``."""
    slack = 1e-6 * max(1.0, abs(objective))
    return next((t for t, best, _ in steps if best is not None and best <= objective + slack), None)


def run_child(asked: Mapping[str, Any], most_s: float) -> Run:
    """Measure in a process of its own, ended with all that it started after ``most_s`` seconds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.week_child", json.dumps(dict(asked))],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    stopped: list[bool] = []

    def stop() -> None:
        stopped.append(True)
        os.killpg(process.pid, signal.SIGKILL)

    timer = threading.Timer(most_s, stop)
    timer.start()
    try:
        assert process.stdout is not None
        lines = [json.loads(line) for line in process.stdout if line.startswith("{")]
        process.wait()
    finally:
        timer.cancel()
    lines = [more for line in lines for more in _with_log(line)]
    return Run(asked, tuple(lines), bool(stopped))


def _with_log(line: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Read the log that a line names; other lines as they are."""
    if line["event"] != "log":
        yield line
        return
    path = Path(line["path"])
    yield from read_cbc_log(path.read_text(encoding="utf-8", errors="replace"), line["constant"])
    path.unlink()


_CBC_NUMBER = r"(-?[\d.]+(?:e[+-]?\d+)?)"
_CBC_LINES = (
    re.compile(rf"Continuous objective value is (?P<bound>{_CBC_NUMBER}) - (?P<t>[\d.]+) seconds"),
    re.compile(rf"Cbc0012I Integer solution of (?P<best>{_CBC_NUMBER}) found .*\((?P<t>[\d.]+) s"),
    re.compile(rf"Cbc0004I Integer solution of (?P<best>{_CBC_NUMBER}) found .*\((?P<t>[\d.]+) s"),
    re.compile(
        rf"Cbc0010I .* (?P<best>{_CBC_NUMBER}) best solution, best possible "
        rf"(?P<bound>{_CBC_NUMBER}) \((?P<t>[\d.]+) s"
    ),
)
_CBC_NONE = 1e40  # CBC's word for "no solution yet" is 1e+50


def read_cbc_log(text: str, constant: float = 0.0) -> Iterator[dict[str, Any]]:
    """Give the plans and bounds of CBC's log with their seconds.

    CBC may solve a smaller problem on the way, whose bound holds for that one only; a bound is
    never taken above the lower bound that CBC states at its end.
    """
    last = re.search(rf"^Lower bound:\s+{_CBC_NUMBER}", text, re.MULTILINE)
    ended = re.search(rf"^Objective value:\s+{_CBC_NUMBER}", text, re.MULTILINE)
    most = float(last[1]) if last else float(ended[1]) if ended else float("inf")
    for line in text.splitlines():
        found = next(filter(None, (one.search(line) for one in _CBC_LINES)), None)
        if found is None:
            continue
        values = found.groupdict()
        step: dict[str, Any] = {"event": "step", "t": float(values["t"])}
        if values.get("best") and abs(float(values["best"])) < _CBC_NONE:
            step["objective"] = float(values["best"]) + constant
        if values.get("bound") and abs(float(values["bound"])) < _CBC_NONE:
            step["bound"] = min(float(values["bound"]), most) + constant
        yield step
