"""What a batch costs, and what kills do to it: python -m tests.bench.batch --people 12 --kills 50.

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
from random import Random

ROOT = Path(__file__).parents[2]
DAY = "[week]\ndays = 1\n"


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


def killed(out, random, count, most_s, *words):
    """Run a batch until it ends by itself, killed at ``count`` random moments before.

    Every other kill is of one of the processes that plan, the others of the command.
    """
    done = 0
    while True:
        running = command(out, *words)
        while done < count and running.poll() is None:
            time.sleep(random.uniform(0, most_s))
            planning = workers_of(running.pid)
            if done % 2 and planning:
                os.kill(random.choice(planning), signal.SIGKILL)
            elif running.poll() is None:
                running.kill()
            done += 1
        told = running.communicate()[0]
        if running.returncode >= 0 and done >= count:
            return running.returncode, told


def workers_of(pid):
    """Give the processes that a batch started and that plan."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            ancestor = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            words = (path / "cmdline").read_bytes()
        except (OSError, ValueError):
            continue
        if ancestor == pid and b"spawn_main" in words:
            found.append(int(path.name))
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
    """Print a table of costs, or what kills did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.kills:
        with tempfile.TemporaryDirectory() as folder:
            day = Path(folder) / "day.toml"
            day.write_text(DAY)
            words = ("--made-up", asked.people, "--workers", 2, "--request", day)
            command(Path(folder) / "whole", *words).communicate()
            killed(Path(folder) / "cut", Random(asked.seed), asked.kills, 8.0, *words)
            whole, cut = kept_in(Path(folder) / "whole"), kept_in(Path(folder) / "cut")
            print(f"{asked.kills} kills; {len(cut)} files, the same: {whole == cut}")  # noqa: T201
        return
    print("| workers | people | wall s | processor s a person | largest process MB |")  # noqa: T201
    print("| --- | --- | --- | --- | --- |")  # noqa: T201
    for workers in asked.workers.split(","):
        runs = [measured(asked.people, workers, ()) for _ in range(asked.runs)]
        wall, processor, memory = (statistics.median(each) for each in zip(*runs, strict=True))
        each = processor / asked.people
        print(f"| {workers} | {asked.people} | {wall:.0f} | {each:.1f} | {memory:.0f} |")  # noqa: T201


if __name__ == "__main__":
    main()
