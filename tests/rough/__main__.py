"""``python -m tests.rough``: the rough run, and its figures as a table."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pkgutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module

import click

import planner
from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from tests.rough.parts import (
    Case,
    file_case,
    good_plan,
    interrupt_case,
    kill_case,
    path_cases,
    request_case,
)

HEAD = ("part", "run", "tracebacks", "unchecked", "hangs", "other", "ways", "codes", "most s")


@click.command()
@click.option("--requests", default=2000, show_default=True, help="Random, half of them wrong.")
@click.option("--files", default=5000, show_default=True, help="Damaged files of every kind.")
@click.option("--kills", default=100, show_default=True)
@click.option("--interrupts", default=100, show_default=True)
@click.option("--paths/--no-paths", default=True, show_default=True, help="Strange paths.")
@click.option("--seed", default=0, show_default=True)
@click.option(
    "--whole-each",
    default=10,
    show_default=True,
    help="Of so many requests one is planned whole, the others lightly; 1: all are whole.",
)
@click.option("--jobs", default=os.cpu_count(), show_default=True, help="Processes at a time.")
def command(
    requests: int,
    files: int,
    kills: int,
    interrupts: int,
    paths: bool,
    seed: int,
    whole_each: int,
    jobs: int,
) -> None:
    """Run rough cases and print what came of them; ends with 1 where anything did that may not.

    A request that is planned lightly has at most three days and a fifth of the work of a search, as
    2,000 whole ones take some three hours; all else of it is the same.
    """
    _read_all()
    rows, faulty = [], []
    for name, cases in (
        ("requests", _many(partial(request_case, whole_each=whole_each), seed, requests, jobs)),
        ("damaged files", _many(file_case, seed, files, jobs)),
        ("kills", _many(kill_case, seed, kills, jobs)),
        ("interrupts", _many(interrupt_case, seed, interrupts, jobs)),
        ("paths", path_cases() if paths else ()),
    ):
        started = time.perf_counter()
        done = _done(cases)
        rows.append(_row(name, done))
        faulty += [case for case in done if case.faults]
        click.echo(f"{name}: {len(done)} in {time.perf_counter() - started:.0f} s", err=True)
    click.echo("\n".join(_table([HEAD, *rows])))
    sys.exit(bool(faulty))


def _read_all() -> None:
    """Read what every run begins with: each is a child that has it."""
    for module in pkgutil.walk_packages(planner.__path__, "planner."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    read_embedded_foods()
    read_embedded_dishes()
    good_plan()


def _done(cases: Iterable[Case]) -> list[Case]:
    """Run cases and tell their faults; Ctrl-C ends a part, whose figures are then those so far."""
    done = []
    with contextlib.suppress(KeyboardInterrupt):
        for case in cases:
            done.append(case)
            if case.faults:
                faults = "; ".join(case.faults)
                click.echo(f"{case.part} {case.number}: {faults}\n    {case.said}", err=True)
    return done


def _many(make: Callable[[int, int], Case], seed: int, count: int, jobs: int) -> Iterator[Case]:
    if not count:
        return
    with multiprocessing.get_context("fork").Pool(jobs, initializer=_deaf) as pool:
        waiting = [pool.apply_async(make, (seed, number)) for number in range(count)]
        yield from (task.get() for task in waiting)


def _deaf() -> None:
    """Leave Ctrl-C to the process that tells the figures; a run sets its own hearing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _row(name: str, cases: Sequence[Case]) -> tuple[str, ...]:
    faults = Counter(_sort(fault) for case in cases for fault in case.faults)
    codes = Counter(case.code for case in cases)
    said = " ".join(f"{code}:{count}" for code, count in sorted(codes.items()))
    most_s = max((case.processor_s for case in cases), default=0.0)
    counts = (str(faults[kind]) for kind in ("traceback", "unchecked", "hang", "other"))
    ways = str(sum(case.ways for case in cases))
    return (name, str(len(cases)), *counts, ways, said, f"{most_s:.1f}")


def _sort(fault: str) -> str:
    known = ("traceback", "unchecked", "hang")
    return next((kind for kind in known if fault.startswith(kind)), "other")


def _table(rows: Iterable[Sequence[str]]) -> list[str]:
    rows = list(rows)
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


if __name__ == "__main__":
    command()
