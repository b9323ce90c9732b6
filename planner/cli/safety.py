"""``magplan safety``: what the safety rules say to a profile and what it takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from planner.candidates.at_hand import foods_at_hand
from planner.candidates.names import find_left_out
from planner.cli.dishes_own import known_dishes
from planner.cli.help import GroupedCommand
from planner.cli.options import build_request, profile_options, request_argument
from planner.cli.output import end_unless, tell
from planner.errors import RefusedError
from planner.export.safety import safety_answer, safety_told
from planner.request.request import PlanRequest
from planner.request.table import refuse_eaters
from planner.safety.sentences import REFUSED
from planner.targets.derive import targets_of
from planner.targets.taken import judge_request


@click.command(
    name="safety",
    cls=GroupedCommand,
    epilog="Example: magplan safety --age 70 --egfr 75 --medicine levothyroxine",
)
@request_argument
@profile_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(request_path: Path | None, as_json: bool, **flags: Any) -> None:
    """Return whether a supplement of magnesium is allowed, how much, and when; not medical advice.

    What is taken already counts: name antacids and laxatives with --supplement too. Exits with
    code 3 when the answer is no, or no plan of meals is made for this person.
    """
    request = build_request(request_path, **flags)
    refuse_eaters(request)
    stop = _stop(request)
    foods = foods_at_hand(request)
    for name in request.patient.names_left_out:  # as a plan reads them
        dishes = known_dishes(request.preferences.dishes)
        find_left_out(name, foods, dishes, "--condition", is_allergy=True)
    verdict = judge_request(request)
    said = verdict, request.assumed, stop
    tell(as_json, lambda: safety_told(*said), lambda: safety_answer(*said))
    end_unless(not stop and verdict.allowed != REFUSED)


def _stop(request: PlanRequest) -> str:
    """Return why no plan is made for a person; empty where one is."""
    try:
        return targets_of(request, for_plan=False).stop
    except RefusedError as refused:
        return str(refused)
