"""``magplan targets``: the bands for a profile, with source and period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from planner.cli.help import GroupedCommand
from planner.cli.options import PhraseType, build_request, profile_options, request_argument
from planner.cli.output import end_unless, print_json, show, tell
from planner.document.blocks import section
from planner.errors import ConfigError
from planner.export.targets import (
    MOST_STANDARDS,
    Comparison,
    comparison_answer,
    comparison_told,
    targets_told,
)
from planner.faults import fault
from planner.request.request import NAMELESS, PlanRequest
from planner.request.table import refuse_eaters
from planner.standards.ids import read_standard_id, standard_ids
from planner.targets.derive import TargetSet, targets_of
from planner.targets.eaters import eater_requests
from planner.wire.targets import EaterTargets, TableTargets, TargetsAnswer


def read_standards(text: str) -> tuple[str, ...]:
    """Read ``us,eu,uk``: at most four standards, each once.

    Raises
    ------
    ConfigError
        When one is unknown, or there are none or too many.
    """
    names = tuple(dict.fromkeys(read_standard_id(name.strip()) for name in text.split(",")))
    if len(names) > MOST_STANDARDS:
        raise fault(ConfigError, "standards_too_many", count=len(names))
    return names


@click.command(
    name="targets",
    cls=GroupedCommand,
    epilog="Example: magplan targets --sex m --age 40 --standard eu\n\n"
    "Example: magplan targets --compare us,eu,uk,who",
)
@request_argument
@profile_options
@click.option(
    "--compare",
    type=PhraseType("STANDARDS", read_standards),
    help=f"Standards side by side: {','.join(standard_ids())}.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    request_path: Path | None, compare: tuple[str, ...] | None, as_json: bool, **flags: Any
) -> None:
    """Show the bands that a plan for this profile is held to, with source and period.

    Exits with code 3 if no plan is made for this person: the reason is at the top, and whatever
    a clinic decides has no band.
    """
    request = build_request(request_path, **flags)
    if compare:
        _compare(request, compare, as_json)
        return
    targets = {
        name: (own, _targets(own, own.standard)) for name, own in eater_requests(request).items()
    }
    if as_json:
        print_json(_answer(targets))
    else:
        _print(targets)
    end_unless(not any(bands.stop for _, bands in targets.values()))


def _answer(targets: Mapping[str, tuple[PlanRequest, TargetSet]]) -> TargetsAnswer | TableTargets:
    if NAMELESS in targets:
        own, bands = targets[NAMELESS]
        return TargetsAnswer.of_set(bands, own.assumed)
    eaters = [
        EaterTargets.of_set(bands, own.assumed, name=name) for name, (own, bands) in targets.items()
    ]
    return TableTargets(eaters=eaters)


def _print(targets: Mapping[str, tuple[PlanRequest, TargetSet]]) -> None:
    for name, (own, bands) in targets.items():
        told = tuple(targets_told(bands, own.assumed))
        show(section(name, told) if name else told)


def _compare(request: PlanRequest, standards: tuple[str, ...], as_json: bool) -> None:
    refuse_eaters(request)
    comparison = Comparison(tuple(_targets(request, name) for name in standards))
    tell(as_json, lambda: comparison_told(comparison), lambda: comparison_answer(comparison))
    end_unless(not any(target_set.stop for target_set in comparison.sets))


def _targets(request: PlanRequest, standard: str) -> TargetSet:
    # A person for whom no plan is made sees bands too, with the refusal as the first note.
    return targets_of(replace(request, standard=standard), for_plan=False)
