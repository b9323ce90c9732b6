"""What a batch costs: python -m tests.bench.batch --people 12.

Processor time and memory are those of the command and of all processes that it starts.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def command(out, *words):
    """Give a batch in a process group of its own."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1760000000"}
    return subprocess.Popen(
        [sys.executable, "-m", "planner", "batch", *map(str, words), "--out", str(out)],
        env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
        # a shell ignores Ctrl-C in what it starts in the background, this test run for one
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


def kept_in(out):
    """Give what a batch keeps, file → content, without what the clock says."""
    found = {}
    for path in sorted(path for path in Path(out).rglob("*") if path.is_file()):
        content = path.read_bytes()
        if path.name == "plan.json":
            plan = json.loads(content)
            del plan["created"]
            plan["solver"] = {k: v for k, v in plan["solver"].items() if not k.endswith("_s")}
            content = json.dumps(plan).encode()
        found[str(path.relative_to(out))] = content
    return found


def measured(people, workers, words):
    """Run a batch; gives wall and processor time [s] and the largest process [MB]."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        running = command(Path(folder) / "out", "--made-up", people, "--workers", workers, *words)
        running.stdout.read()
        _, _, used = os.wait4(running.pid, 0)
    wall_s = time.perf_counter() - started
    return wall_s, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    """Print a table of costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    print("| workers | people | wall s | processor s a person | largest process MB |")  # noqa: T201
    print("| --- | --- | --- | --- | --- |")  # noqa: T201
    for workers in asked.workers.split(","):
        runs = [measured(asked.people, workers, ()) for _ in range(asked.runs)]
        wall, processor, memory = (statistics.median(each) for each in zip(*runs, strict=True))
        each = processor / asked.people
        print(f"| {workers} | {asked.people} | {wall:.0f} | {each:.1f} | {memory:.0f} |")  # noqa: T201


if __name__ == "__main__":
    main()
