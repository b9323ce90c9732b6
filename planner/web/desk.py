"""Work that takes seconds, in turn for everybody, and of each week the newest alone.

One worker shows what can be shown at once; others do what takes longer, first for those who have
seen nothing yet: for them the work for somebody who has is put off, and begins anew later.
"""

from __future__ import annotations

import ctypes
import sys
import threading
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from foods.errors import UserFacingError
from planner.search.evaluate import FoundWeek
from planner.search.search import Progress
from planner.search.stop import StoppedError, new_flag, stopped_by
from planner.shops import NEUTRAL, shopping_in
from planner.web.settings import web_settings

WAITING, RUNNING, DONE, FAILED, DROPPED = "waiting", "running", "done", "failed", "dropped"
NO_WEEK_YET = "round {number}: no week yet that keeps every rule"
BETTER_ONES = "round {number}: a week is found, better ones are looked for"
_MMAP_THRESHOLD = -3  # of malloc.h
Watcher = Callable[[Any], object]
Work = Callable[[Progress, Watcher], Any]


@dataclass(slots=True)
class Job:
    """Something that is being worked on.

    Parameters
    ----------
    work, then
        What makes the result, handed whom to tell how far it is, and whom to show what was found
        so far; and what takes both.
    what
        What is being done, in words.
    state
        ``"waiting"``, ``"running"``, ``"done"``, ``"failed"`` or ``"dropped"``.
    asked_at
        When it was asked for [s].
    stop
        Set to 1, it ends what is searched.
    seen
        How often something was shown that was found on the way.
    best
        How far it is: number, best week and bound of the last round.
    said
        Says how far it is where that is no search for one week.
    error
        What came in its way.
    look
        Makes a first result at once, or ``None`` where it cannot; then the work follows.
    put_off
        How often its work was ended for somebody who had seen nothing.
    """

    work: Work
    then: Callable[[Any], None]
    what: str
    state: str = WAITING
    asked_at: float = field(default_factory=time.monotonic)
    stop: Any = field(default_factory=new_flag)
    seen: int = 0
    best: tuple[int, FoundWeek, float] | None = None
    said: Callable[[], str] = str
    error: Exception | None = None
    look: Callable[[], Any] | None = None
    put_off: int = 0

    @property
    def is_open(self) -> bool:
        """Whether somebody waits for it."""
        return self.state in (WAITING, RUNNING)

    @property
    def is_ready(self) -> bool:
        """Whether its work, after what could be shown at once, has not begun."""
        return self.state == WAITING and self.look is None

    @property
    def seconds(self) -> int:
        """How long somebody has waited [s]."""
        return int(time.monotonic() - self.asked_at)

    @property
    def how_far(self) -> str:
        """How far it is, in the language that is spoken; empty at first."""
        if self.best is None:
            return self.said()
        number, best, _bound = self.best
        return (NO_WEEK_YET if best.broken else BETTER_ONES).format(number=number)

    def tell(self, number: int, best: FoundWeek, bound: float) -> None:
        """Take how far it is."""
        self.best = (number, best, bound)


class Desk:
    """Few workers for all: jobs in their order, those that were asked again replaced."""

    def __init__(self) -> None:
        _give_memory_back()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._changed = threading.Condition()
        self._closed = False
        count = 1 + web_settings()["server"]["workers"]
        self._workers = [
            threading.Thread(target=self._work, args=(not number,), daemon=True, name="desk")
            for number in range(count)
        ]
        for worker in self._workers:
            worker.start()

    def ask(self, whose: str, job: Job) -> None:
        """Take a job; an older one of the same week is dropped."""
        with self._changed:
            self.drop(whose)
            self._jobs[whose] = job
            self._jobs.move_to_end(whose)  # whoever asks again stands behind who waits
            self._hurry()

    def _hurry(self) -> None:
        """Wake the workers; one whose job can wait ends it where another has seen nothing."""
        jobs, most = self._jobs.values(), web_settings()["server"]["put_off"]
        ahead = [one for one in jobs if one.state == RUNNING and one.look is None]
        all_work = len(ahead) == len(self._workers) - 1  # but for the one that looks
        if all_work and any(one.is_ready and not one.seen for one in jobs):
            for job in [one for one in ahead if one.seen and one.put_off < most][:1]:
                job.stop[0] = 1
        self._changed.notify_all()

    def drop(self, whose: str) -> None:
        """Let go of what is being done for a week."""
        with self._changed:
            before = self._jobs.get(whose)
            if before is not None and before.is_open:
                before.state = DROPPED
                before.stop[0] = 1

    def close(self) -> None:
        """Let go of everything; what was being worked on has ended then, or soon does."""
        with self._changed:
            for whose in self._jobs:
                self.drop(whose)
            self._closed = True
            self._changed.notify_all()
        for worker in self._workers:
            worker.join(web_settings()["server"]["close_s"])

    def forget(self, whose: str) -> None:
        """Let go of all that is known of a week."""
        with self._changed:
            self.drop(whose)
            self._jobs.pop(whose, None)

    def of(self, whose: str) -> Job | None:
        """Return the newest job of a week."""
        return self._jobs.get(whose)

    def _next(self, *, looks: bool) -> Job | None:
        with self._changed:
            while not self._closed:
                waiting = [
                    job
                    for job in self._jobs.values()
                    if job.state == WAITING and (job.look is not None) == looks
                ]
                if waiting:
                    job = min(waiting, key=lambda one: bool(one.seen))
                    job.state = RUNNING
                    return job
                self._changed.wait()
        return None

    def _work(self, looks: bool) -> None:
        while (job := self._next(looks=looks)) is not None:
            self._do(job)

    def _do(self, job: Job) -> None:
        try:
            with shopping_in(NEUTRAL), stopped_by(job.stop):
                if job.look is not None:
                    self._look(job)
                    return
                result = job.work(job.tell, partial(self._show, job))
            self._take(job, result)
        except StoppedError:
            self._put_off(job)
            return
        except UserFacingError as error:
            job.error = error
        except Exception as error:  # a fault of the program must not end the worker
            tell_fault(error)
            job.error = error
        with self._changed:
            if job.error is not None and job.is_open:
                job.state = FAILED
            self._changed.notify_all()

    def _take(self, job: Job, result: Any) -> None:
        """Show what came of a job at last, unless nobody waits for it any more."""
        with self._changed:
            if job.state == RUNNING:
                job.then(result)
                job.state = DONE

    def _put_off(self, job: Job) -> None:
        """Let a job that was ended for another wait; one that nobody waits for is gone."""
        with self._changed:
            if job.state == RUNNING:
                job.state, job.stop = WAITING, new_flag()
                job.put_off += 1

    def _look(self, job: Job) -> None:
        """Show what can be shown at once; what takes longer waits for its turn."""
        assert job.look is not None
        found = job.look()
        if found is not None:
            self._show(job, found)
        with self._changed:
            job.look = None
            if job.state == RUNNING:
                job.state = WAITING
            self._hurry()

    def wait_for_sight(self, whose: str, seconds: float) -> None:
        """Wait a little until there is something of a week to be seen, or its work has ended."""
        job = self._jobs.get(whose)
        with self._changed:
            self._changed.wait_for(
                lambda: job is None or not job.is_open or bool(job.seen), seconds
            )

    def _show(self, job: Job, found: Any) -> None:
        """Show what was found on the way, unless nobody waits for it any more."""
        with self._changed:
            if job.state == RUNNING:
                job.then(found)
                job.seen += 1
                self._changed.notify_all()


def _give_memory_back() -> None:
    """Let glibc hand large arrays back once they are gone; each thread's heap would keep them."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if set_option is not None:
        set_option(_MMAP_THRESHOLD, web_settings()["server"]["large_bytes"])


def tell_fault(error: Exception) -> None:
    """Write where the program failed, and nothing of whom it was for: no message, no value."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    sys.stderr.write(f"magplan serve: {type(error).__name__}, {at.name}:{at.lineno}\n")
