"""One HiGHS, run so that it ends: under a limit of time, and at once on Ctrl-C.

A linear program may cycle for ever, and code outside Python hears no Ctrl-C. So HiGHS runs in a
thread of its own while the main thread waits where an interrupt reaches it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from typing import Any, TypeVar

from planner.errors import SolverError
from planner.model.limits import check_memory, limit_s, usable_cores

ENDED = 0.0  # s: a limit that has passed
T = TypeVar("T")
_RUNNING = set[Any]()  # each HiGHS that runs now
_ENDING = threading.Event()  # whether none may begin


def quiet_highs(highspy: Any, **settings: Any) -> Any:
    """Return a HiGHS that prints nothing, uses one thread and draws alike each time."""
    solver: Any = highspy.Highs()
    fixed = {"output_flag": False, "threads": 1, "random_seed": 0}
    for option, value in (fixed | settings).items():
        solver.setOptionValue(option, value)
    return solver


def run_highs(solver: Any, most_s: float | None = None) -> None:
    """Let HiGHS solve the program that it was given.

    Parameters
    ----------
    solver
        A HiGHS with a program.
    most_s
        Wall time after which it gives up [s]; ``None`` for that of configs/search.toml.

    Raises
    ------
    SolverError
        When it crashes.
    KeyboardInterrupt
        When it comes meanwhile; HiGHS has ended then.
    """
    # its clock goes on from one run to the next
    most = limit_s("program") if most_s is None else most_s
    solver.setOptionValue("time_limit", solver.getRunTime() + max(most, ENDED))
    failed: list[Exception] = []
    if threading.current_thread() is threading.main_thread():
        _run_aside(solver, failed)
    else:
        _run(solver, failed)
    if failed:
        raise SolverError("HiGHS failed") from failed[0]


def side_by_side(tasks: Iterable[Callable[[], T]]) -> list[T]:
    """Do some things in threads, and return what each gave, in their order.

    On Ctrl-C each HiGHS that runs ends soon, and what has not begun never begins.

    Raises
    ------
    MemoryError
        As of ``check_memory``.
    KeyboardInterrupt
        When it comes meanwhile; all threads have ended then.
    """
    check_memory()
    with ThreadPoolExecutor(usable_cores()) as threads:
        running = [threads.submit(copy_context().run, task) for task in tasks]
        try:
            wait(running)
        except KeyboardInterrupt:
            _ENDING.set()
            for solver in tuple(_RUNNING):
                solver.setOptionValue("time_limit", ENDED)
            threads.shutdown(cancel_futures=True)
            _ENDING.clear()
            raise
    return [one.result() for one in running]


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
