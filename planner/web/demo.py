"""Three invented people with their weeks, to look around in; what is written of them vanishes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from planner.export.files import write_files
from planner.language.spoken import ENGLISH, _, speaking
from planner.request.read import write_request
from planner.request.request import PlanRequest
from planner.search.search import Progress
from planner.search.stop import go_on
from planner.table.session import EditReport
from planner.web.asking import names_in, read_answers
from planner.web.bench import WeekChange, Workbench
from planner.web.changes import WeekStep, planned
from planner.web.desk import Watcher
from planner.web.settings import web_settings
from planner.web.start_pages import PLANNING

PLAN, REQUEST = "plan.json", "request.toml"


def open_demo(bench: Workbench, folder: Path) -> None:
    """Open the weeks of the invented people; each is planned when its turn comes.

    Parameters
    ----------
    bench
        The workbench.
    folder
        Takes the plan and request of each, in a folder of its own, for the commands.
    """
    for number, form in enumerate(web_settings()["demo"], start=1):
        answers = read_answers(form)
        assert answers.request is not None
        week = bench.shelf.open(names_in(form), answers.request, form)
        again = partial(_planned, answers.request, folder / str(number))
        bench.change(week, WeekChange(_(PLANNING), again, dict(form), answers.readings))


def _planned(
    request: PlanRequest, folder: Path, progress: Progress, watch: Watcher, accept: int | None
) -> EditReport:
    """Plan a week, and write what the commands take."""
    result = planned(request, None, progress, watch, accept)
    go_on()  # the program has not ended
    if result.report.passed:
        with speaking(ENGLISH):
            text = WeekStep(result.report, "", {}).text
            write_files(folder, {PLAN: text, REQUEST: write_request(result.report.request)})
    return result
