"""``magplan targets``: the bands for a profile, with source and period."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from planner.cli.options import build_request, profile_options, request_argument
from planner.export.targets import targets_as_json, targets_as_text
from planner.targets.derive import derive_targets


@click.command(name="targets", epilog="Example: magplan targets --sex m --age 40 --standard eu")
@request_argument
@profile_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(request_path: Path | None, as_json: bool, **flags: Any) -> None:
    """Show the bands that a plan for this profile is held to, with source and period."""
    request = build_request(request_path, **flags)
    targets = derive_targets(
        request.profile, request.standard, request.preferences, request.overrides
    )
    if as_json:
        answer = targets_as_json(targets, request.assumed)
        click.echo(json.dumps(answer, indent=2, ensure_ascii=False))
    else:
        click.echo(targets_as_text(targets, request.assumed))
