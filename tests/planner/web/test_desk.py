"""Whose turn it is: work in the order it was asked for, first for those who have seen nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from planner.search.stop import go_on
from planner.web.weeks import Desk, Job

WAIT_S = 20.0


@pytest.fixture
def desk() -> Iterator[Desk]:
    one = Desk()
    yield one
    one.close()


class Asked:
    """Jobs of several people, and in which order their work was begun and taken."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.begun: list[str] = []
        self.taken: list[str] = []

    def ask(self, whose: str, work: Callable[[], None], look: str | None = None) -> Job:
        def begun(*_: object) -> str:
            self.begun.append(whose)
            work()
            return whose

        made = Job(begun, self.taken.append, "", look=None if look is None else lambda: look)
        self.desk.ask(whose, made)
        return made


def until_stopped(begun: threading.Event, free: threading.Event) -> None:
    """Work until somebody sets ``free``, or the job is ended."""
    begun.set()
    while not free.wait(0.01):
        go_on()


def ended(*jobs: Job) -> None:
    done = threading.Event()
    for _ in range(int(WAIT_S / 0.01)):
        if not any(job.is_open for job in jobs):
            return
        done.wait(0.01)
    raise AssertionError("no end")


def test_whoever_asks_again_stands_behind_who_waits(desk):
    asked, begun, free = Asked(desk), threading.Event(), threading.Event()
    first = asked.ask("first", lambda: until_stopped(begun, free))
    assert begun.wait(WAIT_S)
    asked.ask("ann", lambda: None)
    bob = asked.ask("bob", lambda: None)
    ann = asked.ask("ann", lambda: None)  # once more
    free.set()
    ended(first, ann, bob)
    assert asked.begun == ["first", "bob", "ann"]


def test_work_for_who_sees_something_is_put_off_for_who_sees_nothing(desk):
    asked, begun, free = Asked(desk), threading.Event(), threading.Event()
    ann = asked.ask("ann", lambda: until_stopped(begun, free), look="a first week")
    assert begun.wait(WAIT_S)
    bob = asked.ask("bob", free.set)
    ended(ann, bob)
    assert asked.begun == ["ann", "bob", "ann"]
    assert asked.taken == ["a first week", "bob", "ann"]
    assert (ann.put_off, ann.state) == (1, "done")


def test_what_cannot_be_shown_fails_alone_and_ends_no_worker(desk, capsys):
    wrong = Job(lambda *_: True, lambda report: report.passed, "")
    desk.ask("ann", wrong)
    ended(wrong)
    assert (wrong.state, type(wrong.error)) == ("failed", AttributeError)
    assert "AttributeError" in capsys.readouterr().err
    bob = Asked(desk).ask("bob", lambda: None)
    ended(bob)
    assert bob.state == "done"
