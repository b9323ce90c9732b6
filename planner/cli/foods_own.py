"""``magplan foods fetch``: foods that the shipped table lacks, or has otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foods.catalogue import ID_PATTERN
from foods.own_csv import Figures, as_food_csv
from planner.cli.output import force_option, show, tell_kept
from planner.document.blocks import Table

if TYPE_CHECKING:
    from foods.client.fdc import FoundFood
    from foods.food import Food

out_file_option = click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="File to write.",
)
_SERVER = re.compile(r"https?://[\w.\[\]:-]+[^\s?#]*")
FIRST_KEYS = ("magnesium_mg", "calcium_mg", "energy_kcal")


@click.command(name="fetch", epilog="Example: magplan foods fetch 170554 --out mine.csv")
@click.argument("what", nargs=-1, metavar="[FDC_ID… | WORDS…]")
@click.option(
    "--barcode",
    "barcodes",
    multiple=True,
    metavar="DIGITS",
    help="A product of Open Food Facts; repeatable. No key is needed.",
)
@click.option("--id", "food_id", metavar="FOOD_ID", help="Id for the food, where it is one.")
@click.option(
    "--dry-run", is_flag=True, help="Print what would be requested, without contacting any service."
)
@click.option("--server", metavar="URL", help="Another server with answers of the same form.")
@out_file_option
@force_option
def fetch_command(
    what: tuple[str, ...],
    barcodes: tuple[str, ...],
    food_id: str | None,
    dry_run: bool,
    server: str | None,
    out: Path | None,
    force: bool,
) -> None:
    """Ask a public service for foods: by words which there are, by number all their figures.

    Numbers are those of USDA FoodData Central, which wants a key of yours in the environment
    variable FDC_API_KEY. The answer is a row per food, as `magplan foods import` reads it: per
    100 g, blank where the service knows nothing, with its source and date as the release.
    """
    numbers = what if all(one.isdigit() for one in what) else ()
    _check_wanted(what, numbers, barcodes, food_id)
    if server is not None and not _SERVER.fullmatch(server):
        wrong = "--server {server!r}: write it like https://server.example/v1"
        raise click.UsageError(wrong.format(server=server))
    from foods.client.fetch import Wanted, fetch_foods, find_foods
    from planner.document.program import program_version

    wanted = Wanted(" ".join(what), numbers, barcodes, server)
    if dry_run:
        for one in wanted.requests:
            click.echo(f"GET {one.prepare().url}")
    elif numbers or barcodes:
        rows = fetch_foods(wanted, program_version())
        rows = [replace(rows[0], food_id=food_id)] if food_id else rows
        for row in rows:
            click.echo(known_text(row), err=True)
        write_table(rows, out, force)
    else:
        _print_found(find_foods(wanted, program_version()))


def _check_wanted(
    what: Sequence[str], numbers: Sequence[str], barcodes: Sequence[str], food_id: str | None
) -> None:
    if not what and not barcodes:
        raise click.UsageError("say a number of FoodData Central, words to search, or --barcode")
    if barcodes and len(numbers) < len(what):
        raise click.UsageError("ask by number or by words, not by both at once")
    for one in barcodes:
        if not one.isdigit():
            wrong = f"--barcode {one!r}: write its digits alone"
            raise click.UsageError(wrong)
    if food_id is not None and not ID_PATTERN.fullmatch(food_id):
        wrong = f"--id {food_id!r}: write it of a-z, 0-9 and _"
        raise click.UsageError(wrong)
    if food_id is not None and len(numbers) + len(barcodes) != 1:
        raise click.UsageError("--id names one food: ask for one number or barcode with it")


def _print_found(found: Sequence[FoundFood]) -> None:
    rows = [(str(one.fdcId), one.dataType, one.description, one.brandOwner or "") for one in found]
    show([Table("Foods", ("number", "kind", "food", "brand"), rows, (1, 2, 3))])
    click.echo(f"All figures of one: magplan foods fetch {rows[0][0]}", err=True)


def known_text(row: Figures) -> str:
    """Say what is known of a food: ``"fdc_1: Oats (fdc_branded_2019-04-01): 12 of 43 figures"``."""
    known = sum(one is not None for one in row.per_100g.values())
    lacks = [key for key in FIRST_KEYS if row.per_100g.get(key) is None]
    missing = "; nothing known of {names}".format(names=", ".join(lacks)) if lacks else ""
    of_all = f"{known} of {len(row.per_100g)} figures"
    return f"{row.food_id}: {row.name} ({row.release}): {of_all}{missing}"


def write_table(foods: Sequence[Food | Figures], out: Path | None, force: bool) -> None:
    """Write a food table into a file, or print it."""
    from planner.export.files import write_file

    text = as_food_csv(foods)
    if out is None:
        click.echo(text, nl=False)
        return
    tell_kept(write_file(out, text, force, private=False))
    click.echo(f"{len(foods)} foods written to {out}", err=True)
