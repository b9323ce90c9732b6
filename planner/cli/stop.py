"""Ctrl-C: one line at any moment, but where a search is told of it and shows what it has.

Next to nothing is imported here, so that it is heard from the first moment on. In the some 30 ms
before, while Python itself starts, it is Python that ends the program, in its own words.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

EXIT_NO = 3  # the answer is "no"
EXIT_STOPPED = 130  # as shells give it


def hear_ctrl_c() -> None:
    """End the program at once on Ctrl-C from now on, unless it is to be ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end_at_once)


def leave_ctrl_c() -> None:
    """Let Ctrl-C pass once all is done: Python takes its handlers back before it ends."""
    if signal.getsignal(signal.SIGINT) is _end_at_once:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def told_of_ctrl_c() -> Iterator[None]:
    """Raise ``KeyboardInterrupt`` for Ctrl-C within, for a search that has something to show."""
    before = signal.getsignal(signal.SIGINT)
    if before is not _end_at_once:
        yield  # it is raised anyhow, or nobody is to hear it
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end_at_once(number: int, frame: object) -> NoReturn:
    """End wherever it comes: an error raised within an import of a library may be lost there."""
    del number, frame
    end_now(EXIT_STOPPED)


def end_now(code: int) -> NoReturn:
    """End, and wait for no search that is still running in a thread."""
    os.write(2, b"magplan: stopped\n")
    os._exit(code)
