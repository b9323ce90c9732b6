"""``magplan basket``: the classical diet problem over any table."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from planner.cli.output import force_option, tell_kept
from planner.cli.stop import EXIT_NO


@click.command("basket", epilog="Example: magplan basket --foods foods.csv --targets targets.csv")
@click.option("--foods", "foods_file", required=True, metavar="F.csv", help="Foods and contents.")
@click.option("--targets", "targets_file", required=True, metavar="T.csv", help="Nutrient bounds.")
@click.option("--integer", is_flag=True, help="Whole units of each food only.")
@click.option("--json", "wants_json", is_flag=True, help="Print JSON, unrounded.")
@click.option("--out", "out_file", metavar="FILE", help="Write to FILE instead of the screen.")
@force_option
@click.option(
    "--time-limit",
    "time_limit_s",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop the search after so many seconds.",
)
def command(
    foods_file: str,
    targets_file: str,
    integer: bool,
    wants_json: bool,
    out_file: str | None,
    force: bool,
    time_limit_s: float,
) -> None:
    r"""Find the cheapest basket of foods that keeps every nutrient within its bounds.

    F.csv has the columns name, cost, optionally min and max, and one column per nutrient
    (amounts in one unit of the food); or it is written by `magplan foods export`, whose foods
    have our usual prices. T.csv has nutrient, lower, upper; a blank means no bound, and equal
    bounds ask for exactly that amount. Exits with code 3 if there is no cheapest basket; the
    answer then names the bounds that collide and the smallest changes that would help.
    """
    # Imported here, so that the help does not wait for a solver.
    from planner.basket.read import read_basket
    from planner.basket.show import basket_as_text
    from planner.basket.solve import solve_basket
    from planner.wire.base import json_text

    table = read_basket(foods_file, targets_file)
    answer = solve_basket(table, integer=integer, time_limit_s=time_limit_s)
    shown = json_text(answer) if wants_json else basket_as_text(table, answer)
    if out_file is None:
        click.echo(shown)
    else:
        from planner.export.files import write_file

        tell_kept(write_file(Path(out_file), f"{shown}\n", force, private=False))
    if not answer.has_basket:
        sys.exit(EXIT_NO)
