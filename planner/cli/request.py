"""``magplan request``: write a request to edit, check one, or say what its weights were worth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from foods.errors import UserFacingError, raise_collected
from planner.cli.dishes_own import dishes_option
from planner.cli.help import GroupedCommand
from planner.cli.options import build_request, preset_option, request_options
from planner.cli.output import force_option, tell, tell_kept
from planner.errors import ConfigError
from planner.request.read import read_sound_part, write_request
from planner.request.request import PlanRequest
from planner.targets.target import person_word


@click.group(name="request", epilog="Example: magplan request new --sex m --age 40")
def command() -> None:
    """Write a request file to edit, check one, or weigh what its weights were worth."""


@command.command(
    "new", cls=GroupedCommand, epilog="Example: magplan request new --sex m --age 40 --diet vegan"
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="File to write; without it, standard output."
)
@force_option
@request_options
@preset_option
@dishes_option
def new(out: Path | None, force: bool, **flags: Any) -> None:
    """Print a complete request with a comment on every key, or write it to a file."""
    from planner.export.files import write_file
    from planner.table.faults import check_request

    request = build_request(**flags)
    check_request(request)  # what is refused when it is read is not written
    text = write_request(request)
    if out is None:
        click.echo(text, nl=False)
        return
    tell_kept(write_file(out, text, force))
    click.echo(f"wrote {out}; plan with it: magplan plan {out}", err=True)


@command.command("check", epilog="Example: magplan request check request.toml")
@click.argument("request_path", metavar="FILE", type=click.Path(path_type=Path))
def check(request_path: Path) -> None:
    """Return whether a request file can be planned with, or list all its faults.

    Names of foods, dishes, medicines and files are looked up as for a plan; nothing is solved.
    """
    from planner.table.faults import check_request

    try:
        request = build_request(request_path)
    except ConfigError as error:
        lines = (*(error.faults or (str(error.at("")),)), *_told_of_the_rest(request_path))
        raise_collected(ConfigError, dict.fromkeys(lines), error.where)
        raise
    check_request(request)
    click.echo(f"ok: {summarize(request)}")


def _told_of_the_rest(path: Path) -> list[str]:
    """Describe what is to be mended in the well-formed part of a file."""
    from planner.table.faults import faults_in

    try:
        return [str(fault) for fault in faults_in(read_sound_part(path))]
    except UserFacingError:
        return []  # nothing of it can be read


@command.command("worth", epilog="Example: magplan request worth my_week/plan.json")
@click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
def worth(plan_path: Path, json_wanted: bool) -> None:
    """Describe what each weight of a request was worth in the plan that was made with it.

    Points are what the plan gives up for each; a weight that is worth little can be raised a
    lot before the week changes. Figures are the ones stated in the plan.
    """
    from planner.export.why import worths_of, worths_told
    from planner.wire.document import read_plan_document
    from planner.wire.why import WorthAnswer

    document = read_plan_document(plan_path)
    worths = worths_of(document)
    tell(json_wanted, lambda: worths_told(worths), lambda: WorthAnswer.of(weights=worths))


def summarize(request: PlanRequest) -> str:
    """Describe in one line who eats what for how long."""
    if request.eaters:
        aged = "{name} {age_y} years"
        names = [aged.format(name=one.name, age_y=one.profile.age_y) for one in request.eaters]
        told = "household: {names}; {days} days, {standard} reference values"
        days, standard = request.week.days, request.standard
        return told.format(names=", ".join(names), days=days, standard=standard)
    profile, preferences = request.profile, request.preferences
    person = person_word(profile)
    words = [
        f"sample person: {person}" if request.is_sample_profile else person,
        f"{profile.age_y} years",
        *([] if profile.state == "none" else [profile.state]),
        f"{profile.height_cm:.0f} cm",
        f"{profile.weight_kg:.0f} kg",
        profile.activity.replace("_", " "),
        preferences.diet,
        *(f"without {name}" for name in preferences.without),
        f"{request.week.days} days",
        f"{request.standard} reference values",
    ]
    return ", ".join(words)
