"""One HiGHS, run so that it ends: under a limit of time, and at once on Ctrl-C.

A linear program may cycle for ever, and code outside Python hears no Ctrl-C. So HiGHS runs in a
thread of its own while the main thread waits where an interrupt reaches it.
"""

from __future__ import annotations

import threading
from typing import Any

from planner.errors import SolverError
from planner.settings import read_settings

ENDED = 0.0  # s: a limit that has passed
_RUNNING = set[Any]()  # each HiGHS that runs now
_ENDING = threading.Event()  # whether none may begin


def limit_s() -> float:
    """Return the wall time after which a program ends that would not by itself [s]."""
    limit: float = read_settings("rhythm.toml")["solver"]["program_s"]
    return limit


def run_highs(solver: Any, most_s: float | None = None) -> None:
    """Let HiGHS solve the program that it was given.

    Parameters
    ----------
    solver
        A HiGHS with a program.
    most_s
        Wall time after which it gives up [s]; ``None`` for that of configs/rhythm.toml.

    Raises
    ------
    SolverError
        When it crashes.
    KeyboardInterrupt
        When it comes meanwhile; HiGHS has ended then.
    """
    # its clock goes on from one run to the next
    most = limit_s() if most_s is None else most_s
    solver.setOptionValue("time_limit", solver.getRunTime() + max(most, ENDED))
    failed: list[Exception] = []
    if threading.current_thread() is threading.main_thread():
        _run_aside(solver, failed)
    else:
        _run(solver, failed)
    if failed:
        raise SolverError("HiGHS failed") from failed[0]


def _run(solver: Any, failed: list[Exception], done: threading.Event | None = None) -> None:
    _RUNNING.add(solver)
    try:
        if not _ENDING.is_set():
            solver.run()
    except Exception as error:
        failed.append(error)
    finally:
        _RUNNING.discard(solver)
        if done is not None:
            done.set()


def _run_aside(solver: Any, failed: list[Exception]) -> None:
    """Run in a thread; Ctrl-C sets the limit to what has passed, which HiGHS soon sees.

    The thread is waited for even at the end of the program, which would crash on top of it.
    """
    done = threading.Event()  # an interrupted ``join`` may call a running thread ended
    worker = threading.Thread(target=_run, args=(solver, failed, done))
    try:
        worker.start()
        done.wait()
    except KeyboardInterrupt:
        solver.setOptionValue("time_limit", ENDED)
        if worker.ident is not None:  # it was started
            done.wait()
        raise
