"""``magplan sweep``: what a wish costs, over a range of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.dishes_own import dishes_option, tell_waiting
from planner.cli.help import GroupedCommand
from planner.cli.options import build_request, request_argument, request_options
from planner.cli.output import end_unless, exit_stopped, force_option, tell, tell_kept
from planner.cli.progress import CountedLine
from planner.cli.stop import EXIT_STOPPED, told_of_ctrl_c
from planner.shops import NEUTRAL, shopping_in

if TYPE_CHECKING:
    from planner.document.blocks import Document
    from planner.request.request import PlanRequest
    from planner.sweep.curve import Sweep
    from planner.sweep.way import Axis, Vary

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
    if request.solve != request.solve.without_limits():
        text = "each point gets the same work: --gap and --time-limit do not count"
        click.echo(text, err=True)
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
    from planner.cli.vary import read_vary

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
