"""``magplan batch``: plans for many people, in several processes, that a later run goes on with."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.help import GroupedCommand
from planner.cli.output import CountedLine, end_unless, force_option, tell_kept
from planner.cli.stop import EXIT_STOPPED, told_of_ctrl_c

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.cohort.read import Asked

_MINUTE_S = 60.0
_MOST_SHOWN = 10  # of people without a plan: all stand in summary.csv


@click.command(
    name="batch",
    cls=GroupedCommand,
    epilog="Example: magplan batch people.csv --out plans\n\n"
    "Example: magplan batch requests --out plans --workers 4\n\n"
    "Example: magplan batch --made-up 100 --out plans",
)
@click.argument("source", metavar="[DIR_OR_TABLE]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--made-up",
    type=click.IntRange(1),
    metavar="N",
    help="Instead of a folder or table: N made-up people, to try it out.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, metavar="S", help="Other made-up people."
)
@click.option(
    "--request",
    "common_path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Request file that holds for everybody whose row of a table says nothing else.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="Folder: in it one folder for each client, and a summary as CSV, Parquet, HTML and SVG.",
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    metavar="N",
    help="Processes on this machine; one on each core without it.",
)
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="Plan on a Dask cluster that runs already: tcp://10.0.0.5:8786.",
)
@click.option(
    "--time-each",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="End the search for a client after so long; without it, it ends with its usual work.",
)
@click.option(
    "--beside",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of another batch of the same people: what changed from it to this one.",
)
@force_option
def command(
    source: Path | None,
    made_up: int | None,
    seed: int,
    common_path: Path | None,
    out: Path,
    workers: int | None,
    scheduler: str,
    time_each: float | None,
    beside: Path | None,
    force: bool,
) -> None:
    """Plan for everybody of a folder of request files, or of a table (CSV, a row for each person).

    Run it again to go on after an interrupt, or after changes: only who is new or changed is
    planned for. Exits with code 3 when somebody has no plan.
    """
    if (source is None) == (made_up is None):
        raise click.UsageError("name a folder or a table, or say --made-up")
    if scheduler and workers:
        raise click.UsageError("--workers is for this machine: leave it out with --scheduler")
    from planner.cohort.batch import Crew, run_batch
    from planner.cohort.beside import read_other
    from planner.cohort.told import FILES, summary_files
    from planner.export.files import check_folder, withdraw_files, write_files

    asked = _asked(source, made_up, seed, common_path)
    check_folder(out, FILES, force)
    other = None if beside is None else read_other(beside)
    line = CountedLine(_Pace(), _MINUTE_S)
    try:
        with told_of_ctrl_c():
            batch = run_batch(asked, out, Crew(workers, scheduler, time_each), line, force)
    finally:
        line.close()
    files = summary_files(batch.entries(), other)
    withdraw_files(out, {*FILES} - {*files})  # of an earlier run
    tell_kept(write_files(out, files, force))
    rows = [row for entry in batch.entries() for row in entry["people"]]
    without = [
        f"{row['person']}: {row['why'] or row['status']}" for row in rows if not row["passed"]
    ]
    people, passed = len(rows), len(rows) - len(without)
    told = "{passed} of {people} people have a checked plan; {kept} clients were done before"
    click.echo(told.format(passed=passed, people=people, kept=batch.kept))
    for text in without[:_MOST_SHOWN]:
        click.echo(f"- {text}")
    if len(without) > _MOST_SHOWN:
        click.echo(f"… and {len(without) - _MOST_SHOWN} more")
    click.echo("wrote {names} to {folder}".format(names=", ".join(files), folder=out), err=True)
    if batch.missing:
        text = "stopped: {count} are not planned for; run it again to go on"
        click.echo(f"magplan: {text.format(count=len(batch.missing))}", err=True)
        raise click.exceptions.Exit(EXIT_STOPPED)
    end_unless(passed == people)


def _asked(
    source: Path | None, made_up: int | None, seed: int, common_path: Path | None
) -> Mapping[str, Asked]:
    from planner.cohort.made_up import made_up_people
    from planner.cohort.read import read_each, read_folder, read_people
    from planner.request.read import read_request
    from planner.request.request import PlanRequest

    if source is not None and source.is_dir():
        if common_path is not None:
            raise click.UsageError("--request goes with a table: each file says all by itself")
        return read_folder(source)
    common = PlanRequest() if common_path is None else read_request(common_path)
    if source is None:
        return read_people(made_up_people(made_up or 1, seed), common, lambda _: ())
    return read_each(source, common)


class _Pace:
    """Describe how many are done, how many a minute by this run, and when the rest will be."""

    def __init__(self) -> None:
        self.begun: tuple[int, float] | None = None

    def __call__(self, done: int, of: int) -> str:
        now = time.monotonic()
        first, since = self.begun = self.begun or (done, now)
        if done == first:
            return f"{done} of {of} clients"
        each_s = (now - since) / (done - first)
        end = datetime.now().astimezone() + timedelta(seconds=each_s * (of - done))
        return "{done} of {count} clients, {rate} a minute, the last at {end}".format(
            done=done, count=of, rate=f"{_MINUTE_S / each_s:.1f}", end=f"{end:%Y-%m-%d %H:%M}"
        )
