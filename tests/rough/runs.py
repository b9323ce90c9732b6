"""Run the program on something rough, within limits, and say what went wrong."""

from __future__ import annotations

import os
import resource
import select
import shlex
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from foods.errors import UserFacingError
from planner.cli import main

PROCESSOR_S = 90
"""To refuse four weeks takes some 60 on a busy machine: what is offered is planned first."""
WALL_S = 600
MEMORY_BYTES = 6_000_000_000
BUG = 99
CODES = (0, 1, 2, 3, 130)
OUTPUTS = (".stdout", ".stderr")
Work = Sequence[str] | Callable[[], object]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: exit code (negative: a signal), what it said, processor time [s]."""

    code: int
    out: str
    err: str
    processor_s: float
    in_time: bool = True

    @property
    def hung(self) -> bool:
        """Whether it took more processor time, or longer, than anything may."""
        return not self.in_time or self.code in (-signal.SIGXCPU, -signal.SIGKILL)

    def faults(self) -> list[str]:
        """Say what went wrong that may never go wrong."""
        if self.hung:
            return ["hang"]
        told = self.err + self.out
        faults = ["traceback"] if "Traceback" in told or self.code == BUG else []
        faults += ["ignored exception"] if "Exception ignored" in told else []
        faults += [f"code {self.code}"] if self.code not in (*CODES, BUG) else []
        return faults + (["said nothing"] if self.code in (1, 2) and not self.err.strip() else [])


def run(work: Work, folder: Path, times: int = 1) -> Ended:
    """Run a command, or a function, in a process of its own that starts with all modules read.

    ``times``: how often it plans what a run may plan once; so much more time it may take.
    """
    out, err = (folder / name for name in OUTPUTS)
    pid = os.fork()
    if pid == 0:
        _child(work, folder, (out, err), times * PROCESSOR_S)
    watched = os.pidfd_open(pid)
    poll = select.poll()
    poll.register(watched, select.POLLIN)
    in_time = bool(poll.poll(WALL_S * 1000))
    if not in_time:
        os.kill(pid, signal.SIGKILL)
    _, status, used = os.wait4(pid, 0)
    os.close(watched)
    said = [path.read_text("utf-8", "replace") for path in (out, err)]
    code = os.waitstatus_to_exitcode(status)
    return Ended(code, *said, used.ru_utime + used.ru_stime, in_time)


def _child(work: Work, folder: Path, outputs: Sequence[Path], most_s: int) -> NoReturn:
    code = BUG
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (most_s, most_s + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for number, path in enumerate(outputs, start=1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8")
        sys.stderr = os.fdopen(2, "w", encoding="utf-8")
        os.chdir(folder)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        code = _worked(work)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def _worked(work: Work) -> int:
    if not callable(work):
        main(list(work))
        return 0
    try:
        work()
    except UserFacingError as error:
        sys.stderr.write(f"magplan: {error}\n")
        return error.exit_code
    return 0


def unchecked(folder: Path, ended: Ended) -> list[str]:
    """Say which plans were written that the judge does not pass, or though there is none."""
    plans = [*folder.glob("wk/plan.json"), *folder.glob("wk/*/plan.json")]
    if ended.code != 0:
        return [f"{path.relative_to(folder)} written, code {ended.code}" for path in plans]
    if not plans:
        return ["unchecked plan: none written"]
    bad = [path for path in plans if run(["check", str(path)], folder).code != 0]
    return [f"unchecked plan: {path.relative_to(folder)}" for path in bad]


def spoken(work: Work) -> str:
    """Give a command as a shell takes it."""
    return f"magplan {shlex.join(work)}" if not callable(work) else "a reader alone"


def wait_for_line(descriptor: int) -> None:
    """Read to the end of a line, and no byte more."""
    while os.read(descriptor, 1) not in (b"\n", b""):
        pass
