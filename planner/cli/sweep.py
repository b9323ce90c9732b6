"""``magplan sweep``: what a wish costs, over a range of it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foods.errors import UserFacingError
from foods.nutrient import known_nutrients
from foods.table import nearest_names
from planner.cli.dishes_own import dishes_option, tell_waiting
from planner.cli.help import GroupedCommand
from planner.cli.options import build_request, change_request, request_argument, request_options
from planner.cli.output import CountedLine, end_unless, exit_stopped, force_option, tell, tell_kept
from planner.cli.stop import EXIT_STOPPED, told_of_ctrl_c
from planner.errors import ConfigError
from planner.faults import fault
from planner.request.override import SHARE_KEYS
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import PlanRequest, Weights
from planner.settings import read_settings
from planner.shops import NEUTRAL, shopping_in
from planner.sweep.way import RATIOS, SETTINGS, STANDARDS, Vary, ways_compared, ways_of

if TYPE_CHECKING:
    from planner.sweep.run import Sweep

FILES = ("sweep.csv", "sweep.md", "sweep.html", "sweep.pdf", "sweep.svg", "sweep.png")


@click.command(
    name="sweep",
    cls=GroupedCommand,
    epilog="Example: magplan sweep --vary ratio_max=1.6..2.6 --out curve\n\n"
    'Example: magplan sweep --vary "fish>=0..4" --vary budget=60..120\n\n'
    "Example: magplan sweep --compare ratios --out page",
)
@request_argument
@click.option(
    "--vary",
    multiple=True,
    metavar="WISH=LOW..HIGH",
    help='A number of the request and its range: ratio_max=1.6..2.6, "magnesium_mg>=350..600", '
    '"fish>=0..4", dislike=kale:1..3, budget=60..120, weights.cost=0..4; any flag or key of a '
    "request file with a number; up to twice.",
)
@click.option(
    "--points",
    type=click.IntRange(2),
    metavar="N",
    help="Plans along each range; 12 without it, 4 of each where two wishes are varied.",
)
@click.option(
    "--compare",
    type=click.Choice([RATIOS, STANDARDS]),
    help="Instead of a range: most Ca:Mg of 2, 2.3, 2.6 or none, or the standards, side by side "
    "on a page with claims and evidence.",
)
@request_options
@dishes_option
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for table (CSV, Markdown), page (HTML, PDF) and picture (SVG, PNG).",
)
@force_option
def command(
    request_path: Path | None,
    vary: tuple[str, ...],
    points: int | None,
    compare: str | None,
    json_wanted: bool,
    out: Path | None,
    force: bool,
    **flags: Any,
) -> None:
    """Plan the same request with one or two of its numbers varied, and show what that changes.

    Each plan is searched with the same work and judged like any other. Exits with code 3 where
    there is no plan anywhere. Ctrl-C ends it with the plans that are finished.
    """
    from planner.document.terminal import document_blocks
    from planner.export.files import check_folder, write_files
    from planner.sweep.run import run_sweep
    from planner.sweep.told import searched_text, sweep_answer, sweep_sheet

    if bool(vary) == bool(compare):
        raise click.UsageError("say what is varied, with --vary or with --compare")
    request = build_request(request_path, **flags)
    tell_waiting(request.preferences.dishes)
    if out is not None:
        check_folder(out, FILES, force)
    params = click.get_current_context().command.params
    known = {one.name: one for one in params if isinstance(one, click.Option) and not one.is_flag}
    varied = [read_vary(text, known) for text in vary]
    axes, ways = ways_compared(request, compare) if compare else ways_of(request, varied, points)
    compares_points = compare != STANDARDS and not any(wish.is_weight for wish in varied)
    try:
        with told_of_ctrl_c(), shopping_in(NEUTRAL), closing(CountedLine(searched_text)) as line:
            sweep = run_sweep(request, axes, ways, line, compares_points)
    except KeyboardInterrupt:
        exit_stopped(request, json_wanted)
    if sweep.is_stopped:
        done = sum(point.has_plan for point in sweep.points)
        text = f"magplan: stopped: {done} of {len(sweep.points)} plans are finished"
        click.echo(text, err=True)
    if out is not None:
        texts = _documents(sweep)
        tell_kept(write_files(out, texts, force))
        click.echo(f"wrote {', '.join(texts)} to {out}", err=True)
    tell(json_wanted, lambda: document_blocks(sweep_sheet(sweep)), partial(sweep_answer, sweep))
    if sweep.is_stopped:
        raise click.exceptions.Exit(EXIT_STOPPED)
    end_unless(sweep.has_plan)


def _documents(sweep: Sweep) -> dict[str, str | bytes]:
    from planner.document.markdown import as_markdown
    from planner.document.page import as_page, as_paper
    from planner.pictures.saved import as_png, as_svg
    from planner.sweep.told import sweep_csv, sweep_picture, sweep_sheet

    sheet, picture = sweep_sheet(sweep), sweep_picture(sweep)
    made = (sweep_csv(sweep), as_markdown(sheet), as_page(sheet), as_paper(sheet, "sheet.typ"))
    drawn = () if picture is None else (as_svg(picture), as_png(picture))
    return dict(zip(FILES, (*made, *drawn), strict=False))


_AT = "\0"  # where the number stands
WEIGHTS = tuple(field.name for field in dataclasses.fields(Weights))
_NUMBER = r"-?\d+(?:\.\d+)?"
_RANGE = re.compile(rf"({_NUMBER})\s*\.\.\s*({_NUMBER})")
_PARTS = re.compile(r"\s*-{0,2}([^<>=]*?)\s*(>=|<=|=)\s*(.*\S)\s*$")
_AS_FILE = "write the key as in a request file: weights.cost=0..4"


def read_vary(text: str, flags: Mapping[str, click.Option]) -> Vary:
    """Read ``ratio_max=1.6..2.6``, ``"fish>=0..4"``, ``dislike=kale:1..3``, ``weights.cost=0..4``.

    Parameters
    ----------
    text
        A flag or a key of the request file with a range where its number stands; a nutrient, food
        or group with ``>=`` or ``<=``.
    flags
        Name → the flag that may be varied.

    Raises
    ------
    ConfigError
        When there is no range in it, it runs backwards, or nothing is called so.
    """
    unread = partial(fault, ConfigError, "vary_not_understood", text=text)
    found = _RANGE.search(text)
    if found is None:
        raise unread(why="there is no range LOW..HIGH in it")
    low, high = map(float, found.groups())
    if low >= high:
        raise unread(why="the range must begin below its end")
    parts = _PARTS.match(f"{text[: found.start()]}{_AT}{text[found.end() :]}")
    if parts is None:
        raise unread(why="say what is varied before the range")
    name, sign, phrase = parts.groups()
    usual = read_settings(SETTINGS)["names"].get(name.casefold(), f"{name}=")
    name = usual.rstrip("<>=")
    sign = usual[len(name) :] if sign == "=" else sign
    key = name.casefold().replace("-", "_")
    if sign != "=":
        is_target = key in (*known_nutrients(), *SHARE_KEYS)
        flag = flags["target" if is_target else "per_week"]
        return Vary(f"{name}{sign}", low, high, _by_flag(flag, f"{name}{sign}{phrase}"))
    is_weight = key in WEIGHTS or key.startswith("weights.")
    label = name if phrase == _AT else f"{name}={phrase.replace(_AT, '…')}"
    path = ("weights", key) if key in WEIGHTS else tuple(name.split("."))
    if key in flags:
        return Vary(label, low, high, _by_flag(flags[key], phrase), is_weight)
    if len(path) > 1 and phrase == _AT:
        return Vary(label, low, high, partial(_at_path, path), is_weight)
    known = (*flags, *WEIGHTS)
    near = ", ".join(nearest_names(key, known) or known[:3])
    raise fault(ConfigError, "no_number_varied", name=name, near=near)


def _by_flag(flag: click.Option, phrase: str) -> Callable[[PlanRequest, float], PlanRequest]:
    """Return what lays a flag over a request, a number where the range stood in its phrase."""

    def change(request: PlanRequest, value: float) -> PlanRequest:
        try:
            given = flag.type.convert(phrase.replace(_AT, f"{value:.10g}"), flag, None)
        except click.UsageError as error:
            raise ConfigError(error.message, "--vary", "see `magplan plan --help`") from None
        laid = {str(flag.name): (given,) if flag.multiple else given}
        return change_request(request, "--vary", **laid)

    return change


def _at_path(path: Sequence[str], request: PlanRequest, value: float) -> PlanRequest:
    """Set a key of the request file: ``weights.cost``, ``targets.calcium_mg.upper``."""
    table = deepcopy(request_to_dict(request))
    place: Any = table
    for key in path[:-1]:
        place = place.setdefault(key, {})
        if not isinstance(place, dict):
            raise ConfigError(f"{key} holds no further keys", "--vary", _AS_FILE)
    place[path[-1]] = int(value) if value.is_integer() else value
    try:
        return request_from_dict(table, "--vary")
    except UserFacingError as error:
        raise ConfigError(error.what, "--vary", error.remedy or _AS_FILE) from None
