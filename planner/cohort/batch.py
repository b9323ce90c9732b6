"""Plan for many clients in several processes, here or elsewhere; a run goes on where one ended.

Processes plan and the command writes: a process that is killed leaves nothing half written, and
needs no disk that it shares with the command.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foods.errors import UserFacingError
from planner.cohort.journal import (
    Entry,
    check_place,
    digest_of,
    found_in,
    keep,
    read_entry,
    texts_of,
    versions,
)
from planner.cohort.plan import Member, Told, plan_member
from planner.cohort.read import Asked
from planner.errors import ConfigError, ExportError, OutOfTimeError
from planner.explain.table_report import person_row
from planner.extras import extra_error
from planner.handover.formats import file_names
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.shops import NEUTRAL, shopping_in

if TYPE_CHECKING:
    from distributed import Client

SETTINGS = "batch.toml"


@dataclass(frozen=True)
class Crew:
    """Who plans.

    Parameters
    ----------
    workers
        Processes on this machine; ``None`` for one on each core.
    scheduler
        Address of a cluster that runs already, as ``tcp://10.0.0.5:8786``; empty for this machine.
    most_s
        Most time for one client [s].
    """

    workers: int | None = None
    scheduler: str = ""
    most_s: float | None = None


@dataclass
class Batch:
    """What came of a batch, as far as it came.

    Parameters
    ----------
    folders
        Name of each client → folder of what is kept.
    unkept
        Name → entry of those whose folder cannot be written.
    kept, missing
        How many were kept by earlier runs, and who is not planned for yet.
    """

    folders: Mapping[str, Path]
    unkept: dict[str, Entry] = field(default_factory=dict)
    kept: int = 0
    missing: tuple[str, ...] = ()

    def entries(self) -> Iterator[Entry]:
        """Return the entry of each client that is planned for, one by one, in their order."""
        missing = set(self.missing)
        for name, folder in self.folders.items():
            if name not in missing:
                yield self.unkept[name] if name in self.unkept else read_entry(folder)


def run_batch(
    asked: Mapping[str, Asked],
    out: Path,
    crew: Crew = Crew(),
    told: Told | None = None,
    force: bool = False,
) -> Batch:
    """Plan for each client whose plan is not there yet, and keep each as soon as it is made.

    A client that cannot be planned for stops nobody else: the reason is kept instead of a plan.
    Ctrl-C ends it; what is made stays, and the next run does the rest.

    Parameters
    ----------
    asked
        Name → request, or what refuses it.
    out
        Where each has a folder.
    crew
        Who plans.
    told
        Told how many are planned for, of how many.
    force
        Whether what somebody changed in a client's folder is written over; it stays as a copy.

    Raises
    ------
    ConfigError
        When two names would be one folder, or no cluster answers.
    ExportError
        When a plan cannot be written, as on a full disk.
    """
    batch = Batch(_folders(asked, out))
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    todo = dict[str, tuple[dict[str, Any], str]]()
    with shopping_in(NEUTRAL):
        for name, own in asked.items():
            table = request_to_dict(own) if isinstance(own, PlanRequest) else {"fault": str(own)}
            digest = digest_of(table)
            if found_in(batch.folders[name], digest):
                batch.kept += 1
                continue
            try:
                check_place(batch.folders[name], force)
            except ExportError as error:
                rows = [person_row(row) for row in Member(name, None, error).rows()]
                batch.unkept[name] = {"people": rows, "nutrients": []}
                continue
            if isinstance(own, PlanRequest):
                todo[name] = table, digest
            else:
                keep(batch.folders[name], texts_of(Member(name, None, own), digest), force)
        told = told or (lambda _done, _of: None)
        told(len(asked) - len(todo), len(asked))
        try:
            for name, texts in _planned(todo, crew):
                keep(batch.folders[name], texts, force)
                del todo[name]
                told(len(asked) - len(todo), len(asked))
        except KeyboardInterrupt:
            pass  # who is missing is said
        finally:
            batch.missing = tuple(todo)
    return batch


def _folders(asked: Mapping[str, Asked], out: Path) -> dict[str, Path]:
    """Return each client a folder whose name every system takes, whoever else is there."""
    taken, folders = dict[str, str](), dict[str, Path]()
    for name in asked:
        (plain,) = file_names([name])
        other = taken.setdefault(plain.casefold(), name)
        if other != name:
            text = "{names} would be one folder".format(names=f"{other}, {name}")
            raise ConfigError(text, remedy="delete or rename one")
        folders[name] = out / plain
    return folders


def _planned(
    todo: Mapping[str, tuple[dict[str, Any], str]], crew: Crew
) -> Iterator[tuple[str, dict[str, str]]]:
    """Return what is to be kept of each, as it is made; a few are handed out ahead.

    So a million of them wait here and not in the scheduler.
    """
    if not todo:
        return
    try:
        from distributed import as_completed
    except ModuleNotFoundError as missing:
        raise extra_error(missing) or missing from None
    waiting, known, ahead = iter(list(todo)), versions(), read_settings(SETTINGS)["ahead"]
    with _cluster(crew) as client:
        running, named = as_completed(), dict[str, str]()
        while True:
            most = ahead * max(len(client.ncores()), 1)
            for name in islice(waiting, most - running.count()):
                task = client.submit(_plan, name, *todo[name], known, crew.most_s, pure=False)
                named[str(task.key)] = name
                running.add(task)
            if running.is_empty():
                return
            task = next(running)
            name = named.pop(str(task.key))
            error = task.exception()
            if error is not None:  # its process ended, or a fault of the program
                why = f"planning broke off: {_one_line(error)}"
                member = Member(name, None, OutOfTimeError(why))
            yield name, task.result() if error is None else texts_of(member, "")


def _one_line(error: BaseException) -> str:
    if isinstance(error, UserFacingError):
        return str(error)
    return " ".join(f"{type(error).__name__}: {error}".split())


def _plan(
    name: str, table: dict[str, Any], digest: str, known: Sequence[str], most_s: float | None
) -> dict[str, str]:
    """Plan for one in a process of the cluster; what its modules have read stays for the next."""
    if tuple(known) != versions():
        raise ConfigError("this process has another version of magplan, or other foods")
    with shopping_in(NEUTRAL):
        return texts_of(plan_member(name, request_from_dict(table), most_s=most_s), digest)


def dask_setup(worker: object) -> None:
    """Leave Ctrl-C to the command, which ends this process; Dask calls it as a process begins."""
    del worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _cluster(crew: Crew) -> Iterator[Client]:
    """Return a client of a cluster: one that runs, or processes of one thread each of our own."""
    from distributed import Client, LocalCluster

    if crew.scheduler:
        try:
            client = Client(crew.scheduler, timeout=read_settings(SETTINGS)["answers_within_s"])
        except (OSError, ValueError, ImportError) as error:
            text = f"no Dask scheduler answers there: {_one_line(error)}"
            remedy = "`dask scheduler` says its address as it starts"
            raise ConfigError(text, crew.scheduler, remedy) from None
        with client:
            yield client
        return
    here = "127.0.0.1:0"
    own = LocalCluster(  # nobody else on this machine may hand it work, or read what it plans
        n_workers=crew.workers or _usable_cores(),
        threads_per_worker=1,
        security=True,
        dashboard_address=here,
        worker_dashboard_address=here,
        preload=[__name__],
        silence_logs="CRITICAL",
    )
    with own as cluster, Client(cluster) as client:
        yield client


def _usable_cores() -> int:
    """Count the cores that this program may use: only its speed depends on them."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1
