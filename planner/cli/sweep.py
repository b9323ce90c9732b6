"""``magplan sweep``: what a wish costs, over a range of it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
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
from planner.sweep.way import SETTINGS, Vary

if TYPE_CHECKING:
    from planner.document.blocks import Document
    from planner.sweep.curve import Sweep
    from planner.sweep.way import Axis


FILES = ("sweep.csv", "sweep.md", "sweep.html", "sweep.pdf", "sweep.svg", "sweep.png")
RATIOS, STANDARDS = "ratios", "standards"


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
    if bool(vary) == bool(compare):
        raise click.UsageError("say what is varied, with --vary or with --compare")
    request = build_request(request_path, **flags)
    tell_waiting(request.preferences.dishes)
    if out is not None:
        from planner.export.files import check_folder

        check_folder(out, FILES, force)
    try:
        sweep = _run(request, vary, points, compare)
    except KeyboardInterrupt:
        exit_stopped(request, json_wanted)
    _show(sweep, compare, json_wanted, out, force)
    if sweep.is_stopped:
        raise click.exceptions.Exit(EXIT_STOPPED)
    end_unless(sweep.has_plan)


def _run(
    request: PlanRequest, vary: Sequence[str], points: int | None, compare: str | None
) -> Sweep:
    from planner.sweep.compare import ways_of_ratios, ways_of_standards
    from planner.sweep.run import run_sweep
    from planner.sweep.told import searched_text
    from planner.sweep.way import ways_of

    axes: tuple[Axis, ...]
    compares_points = compare != STANDARDS
    if compare:
        axis, ways = (ways_of_ratios if compare == RATIOS else ways_of_standards)(request)
        axes = (axis,)
    else:
        varied = [_varied(one) for one in vary]
        axes, ways = ways_of(request, varied, points)
        compares_points = not any(one.is_weight for one in varied)
    line = CountedLine(searched_text)
    try:
        with told_of_ctrl_c(), shopping_in(NEUTRAL):
            return run_sweep(request, axes, ways, told=line, compares_points=compares_points)
    finally:
        line.close()


def _varied(text: str) -> Vary:

    params = click.get_current_context().command.params
    flags = {one.name: one for one in params if isinstance(one, click.Option) and not one.is_flag}
    return read_vary(text, {name: one for name, one in flags.items() if name is not None})


def _show(
    sweep: Sweep, compare: str | None, json_wanted: bool, out: Path | None, force: bool
) -> None:
    from planner.document.terminal import document_blocks
    from planner.export.files import write_files
    from planner.sweep.compare import comparison_answer, comparison_sheet
    from planner.sweep.told import sweep_answer, sweep_sheet

    sheet = comparison_sheet(sweep, compare) if compare else sweep_sheet(sweep)
    if sweep.is_stopped:
        done = sum(one.has_plan for one in sweep.points)
        text = "stopped: {count} of {whole} plans are finished"
        click.echo(f"magplan: {text.format(count=done, whole=len(sweep.points))}", err=True)
    if out is not None:
        texts = _documents(sweep, sheet)
        tell_kept(write_files(out, texts, force))
        told = "wrote {names} to {folder}".format(names=", ".join(texts), folder=out)
        click.echo(told, err=True)
    answer = partial(comparison_answer, sweep, compare) if compare else partial(sweep_answer, sweep)
    tell(json_wanted, lambda: document_blocks(sheet), answer)


def _documents(sweep: Sweep, sheet: Document) -> dict[str, str | bytes]:
    from planner.document.markdown import as_markdown
    from planner.document.page import as_page, as_paper
    from planner.pictures.saved import as_png, as_svg
    from planner.sweep.picture import sweep_picture
    from planner.sweep.told import sweep_csv

    texts: dict[str, str | bytes] = {
        "sweep.csv": sweep_csv(sweep),
        "sweep.md": as_markdown(sheet),
        "sweep.html": as_page(sheet),
        "sweep.pdf": as_paper(sheet, "sheet.typ"),
    }
    picture = sweep_picture(sweep)
    if picture is not None:
        texts |= {"sweep.svg": as_svg(picture), "sweep.png": as_png(picture)}
    return texts


EXAMPLE = "ratio_max=1.6..2.6"
WEIGHTS = tuple(field.name for field in dataclasses.fields(Weights))
_NUMBER = r"-?\d+(?:\.\d+)?"
_RANGE = re.compile(rf"({_NUMBER})\s*\.\.\s*({_NUMBER})")
_PARTS = re.compile(r"\s*-{0,2}([^<>=]*?)\s*(>=|<=|=)\s*(.*\S)\s*$")
_SIDES = 'a nutrient, food or group takes a side: "magnesium_mg>=350..600", "fish<=0..4"'

Change = Callable[[PlanRequest, float], PlanRequest]


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
    found = _RANGE.search(text)
    if found is None:
        raise _unread(text, "there is no range LOW..HIGH in it")
    low, high = (float(one) for one in found.groups())
    if low >= high:
        raise _unread(text, "the range must begin below its end")
    before, after = text[: found.start()], text[found.end() :]
    names = read_settings(SETTINGS)["names"]
    parts = _PARTS.match(f"{before}0{after}")
    if parts is None:
        raise _unread(text, "say what is varied before the range")
    name, sign = parts[1].strip(), parts[2]
    if name.casefold() in names:
        usual = names[name.casefold()]
        before = usual if sign == "=" else f"{usual.rstrip('<>=')}{sign}"
        return read_vary(f"{before}{found[0]}{after}", flags)
    value_before = before[before.index(sign) + len(sign) :].strip()
    phrase = _Phrase(value_before, after.strip())
    key = name.casefold().replace("-", "_")
    if sign != "=":
        return _vary_bound(f"{name}{sign}", key, (low, high))
    is_weight = key in WEIGHTS or key.startswith("weights.")
    change = _change_of(name, key, phrase, flags)
    return Vary(_label(name, phrase), low, high, change, is_weight)


@dataclasses.dataclass(frozen=True, slots=True)
class _Phrase:
    """The words around a number."""

    before: str
    after: str

    def with_number(self, value: float) -> str:
        return f"{self.before}{_number(value)}{self.after}"


def _vary_bound(phrase: str, key: str, ends: tuple[float, float]) -> Vary:
    """Vary the bound of a nutrient or share, or how often something is eaten in a week."""
    is_target = key in (*known_nutrients(), *SHARE_KEYS)
    flag = "target" if is_target else "per_week"
    from planner.request.phrases import read_frequency, read_target

    read: Callable[[str], Any] = read_target if is_target else read_frequency

    def change(request: PlanRequest, value: float) -> PlanRequest:
        return change_request(request, "--vary", **{flag: (read(f"{phrase}{_number(value)}"),)})

    return Vary(phrase, *ends, change)


def _change_of(name: str, key: str, phrase: _Phrase, flags: Mapping[str, click.Option]) -> Change:
    """Return what changes a flag, a weight, or a key of the request file."""
    if key in flags:
        return _by_flag(flags[key], phrase)
    path = ("weights", key) if key in WEIGHTS else tuple(name.split("."))
    if len(path) > 1 and not phrase.before and not phrase.after:
        return lambda request, value: _at_path(request, path, value)
    known = (*flags, *WEIGHTS)
    near = nearest_names(key, known) or list(known[:3])
    raise fault(ConfigError, "no_number_varied", name=name, near=", ".join(near), sides=_SIDES)


def _by_flag(flag: click.Option, phrase: _Phrase) -> Change:
    def change(request: PlanRequest, value: float) -> PlanRequest:
        try:
            given = flag.type.convert(phrase.with_number(value), flag, None)
        except click.UsageError as error:
            raise ConfigError(error.message, "--vary", "see `magplan plan --help`") from None
        assert flag.name is not None
        return change_request(
            request, "--vary", **{flag.name: (given,) if flag.multiple else given}
        )

    return change


def _at_path(request: PlanRequest, path: Sequence[str], value: float) -> PlanRequest:
    """Set a key of the request file: ``weights.cost``, ``targets.calcium_mg.upper``."""
    table = deepcopy(request_to_dict(request))
    place: dict[str, Any] = table
    for key in path[:-1]:
        inner = place.setdefault(key, {})
        if not isinstance(inner, dict):
            raise ConfigError(f"{key} holds no further keys", "--vary", _as_file())
        place = inner
    place[path[-1]] = int(value) if value.is_integer() else value
    try:
        return request_from_dict(table, "--vary")
    except UserFacingError as error:
        raise ConfigError(error.what, "--vary", error.remedy or _as_file()) from None


def _as_file() -> str:
    return "write the key as in a request file: weights.cost=0..4"


def _label(name: str, phrase: _Phrase) -> str:
    return f"{name}={phrase.before}…{phrase.after}" if phrase.before or phrase.after else name


def _number(value: float) -> str:
    return f"{value:.10g}"


def _unread(text: str, why: str) -> ConfigError:
    wrong = f"{text!r} is not understood: {why}"
    return ConfigError(wrong, "--vary", f"write {EXAMPLE}")
