"""Processor seconds of whole commands, as medians of some runs in turn.

    python -m tests.bench.times [RUNS [MAGPLAN ...]]

Each ``MAGPLAN`` is a command to be compared (``"old/bin/magplan"``), in turn with the others on the
same machine; without one it is this project's. Their plans are made in folders of their own.
"""

import os
import resource
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
FAMILY = " ".join(
    f"--eater name={name},sex={sex},age={age}"
    for name, sex, age in (("Ana", "f", 43), ("Ben", "m", 45), ("Mia", "f", 15), ("Tom", "m", 9))
)
COMMANDS = {
    "a week of one": "plan --sex f --age 47 --height 166 --weight 63 --out week",
    "an edit": "change week/plan.json --without broccoli --out edited",
    "a table of four": f"plan {FAMILY}",
    "28 days": "plan --sex m --age 36 --days 28",
    "a list": "shop week/plan.json",
}


def seconds(program, words, folder):
    """Return the processor seconds of a command that succeeds, with all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [*program, *shlex.split(words), *(["--force"] if "--out" in words else [])],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{words}: {done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(runs=5, *programs):
    """Measure and print."""
    told = [shlex.split(one) for one in programs] or [[sys.executable, "-m", "planner"]]
    found = {(name, at): [] for name in COMMANDS for at in range(len(told))}
    with tempfile.TemporaryDirectory() as base:
        folders = [Path(base) / str(at) for at in range(len(told))]
        for folder in folders:
            folder.mkdir()
        for _ in range(int(runs)):
            for name, words in COMMANDS.items():
                for at, program in enumerate(told):
                    found[name, at].append(seconds(program, words, folders[at]))
    for name in COMMANDS:
        figures = [median(found[name, at]) for at in range(len(told))]
        sys.stdout.write(f"{name:16}" + "".join(f"{figure:8.2f} s" for figure in figures) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
