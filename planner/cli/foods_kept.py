"""``magplan foods import`` and ``library``: foods that are kept, of one's own and of downloads."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.errors import FoodNotFoundError
from foods.importers.download import DownloadReport, open_folder
from foods.library import keep
from foods.library.store import KeptVersion
from foods.own_csv import Figures, read_food_files
from foods.own_file import most_faults
from planner.cli.foods_own import FIRST_KEYS, known_text, out_file_option, write_table
from planner.cli.output import force_option, is_terminal, show
from planner.document.blocks import Paragraph, Section, Table

ALL, ZIP, JSON = "all", ".zip", ".json"
_DAY = 10  # letters of a date
_UNTIL = "They are not used until `magplan foods library --accept FOOD_ID` accepts them."
_UNTIL = "They are not used until `magplan foods library --accept FOOD_ID` accepts them."


@click.command(
    name="import",
    epilog="Example: magplan foods import mine.csv --out table.csv\n\n"
    "Example: magplan foods import FoodData_Central_branded_food_csv_2026-04-30.zip",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only check the files; keep nothing.")
@click.option("--accept", is_flag=True, help="Keep doubtful foods as they are, too.")
@out_file_option
@force_option
def import_command(
    files: tuple[Path, ...], dry_run: bool, accept: bool, out: Path | None, force: bool
) -> None:
    """Keep foods of your own, or those of a public download.

    Files of your own must be as `magplan foods export` and `fetch` write them; all errors in all
    files are reported at once. Downloads are those of FoodData Central as CSV (a folder or a zip)
    or JSON, SR releases in ASCII, and products of Open Food Facts (JSON, JSONL or CSV). Diaries,
    `foods search` and `foods show` know what is kept, and so do dishes of your own and --put.
    What is doubtful (units, energy, sums, unlike its group) is listed and waits for --accept.
    --out lays your own foods over the shipped table, for `magplan check --foods`.
    """
    downloads = [path for path in files if _is_download(path)]
    own_files = [path for path in files if path not in downloads]
    own, shipped = read_food_files(own_files), read_embedded_foods()
    for row in own.values():
        ours = shipped.foods.get(row.food_id)
        instead = f"; in place of {ours.name!r}" if ours else ""
        click.echo(f"{known_text(row)}{instead}", err=out is not None)
    if own:
        keep_own(own.values(), ", ".join(path.name for path in own_files), accept, dry_run)
    for path in downloads:
        _keep_download(path, accept, dry_run)
    if out is not None:
        others = (food for food in shipped if food.food_id not in own)
        write_table([*others, *own.values()], out, force)


@click.command(name="library", epilog="Example: magplan foods library")
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    metavar="FOOD_ID|all",
    help="Let a doubtful food count; repeatable.",
)
@click.option(
    "--remove",
    "removed",
    multiple=True,
    metavar="FOOD_ID|NUMBER",
    help="Remove a food with its history, or all of the file with this number; repeatable.",
)
def library_command(accepted: tuple[str, ...], removed: tuple[str, ...]) -> None:
    """List the files whose foods are kept, and the doubtful foods; accept or remove some.

    The library is one file in your data directory, or in the folder that MAGPLAN_HOME names.
    """
    if accepted:
        ids = keep.accept_foods([] if ALL in accepted else accepted)
        _check_known([one for one in accepted if one != ALL], ids)
        click.echo(f"{len(ids)} foods accepted", err=True)
    if removed:
        found, count = keep.remove_foods(removed)
        _check_known(removed, found)
        click.echo(f"{count} versions of foods removed", err=True)
    rows = [
        (str(one.number), one.name, one.kept[:_DAY], *map(str, one.counts))
        for one in keep.kept_sources()
    ]
    head = ("number", "file", "kept", "foods", "doubtful", "former")
    table = Table("Kept foods", head, rows, (0, 3, 4, 5))
    show([table if rows else Paragraph("nothing is kept yet")])
    _show_doubtful(keep.doubtful_foods(most_faults()))


def _check_known(named: Sequence[str], found: Iterable[str]) -> None:
    strange = [one for one in named if one not in {*found}]
    if strange:
        missing = f"{strange[0]!r} is not among them"
        raise FoodNotFoundError(missing, "", "`magplan foods library` lists them")


def _is_download(path: Path) -> bool:
    """Whether a file is a public download: a folder, a zip, or an export."""
    from foods.importers.off_export import is_off_export

    return path.is_dir() or path.suffix in (ZIP, JSON) or (path.is_file() and is_off_export(path))


def _keep_download(path: Path, accept: bool, dry_run: bool) -> None:
    from foods.importers.fdc_csv import FOODS, is_fdc_json, letters_in, read_fdc, read_fdc_json
    from foods.importers.off_export import read_off
    from foods.importers.sr28 import is_sr_ascii, read_sr_foods

    kept = partial(keep.keep_foods, source=path.name, accept=accept, is_download=True, dry=dry_run)
    if is_sr_ascii(path):
        with open_folder(path, "FOOD_DES.txt") as folder, _bar(0) as reading:
            count, doubtful = kept(read_sr_foods(folder, reading))
    elif path.is_dir() or path.suffix == ZIP:
        with open_folder(path, FOODS) as folder, _bar(letters_in(folder)) as reading:
            count, doubtful = kept(read_fdc(folder, reading))
    else:
        read = read_fdc_json if path.suffix == JSON and is_fdc_json(path) else read_off
        with _bar(path.stat().st_size) as reading:
            count, doubtful = kept(read(path, reading))
    _tell(path.name, count, doubtful, dry_run)
    for why, number in reading.left_out.items():
        click.echo(f"{number:,} left out: {why}", err=True)


@contextmanager
def _bar(length: int) -> Iterator[DownloadReport]:
    """Give who hears how far a reader is: a bar on a terminal."""
    if not is_terminal(sys.stderr):
        yield DownloadReport()
        return
    with click.progressbar(length=length, label="reading", file=sys.stderr) as bar:
        yield DownloadReport(bar.update)


def keep_own(
    own: Iterable[Figures], name: str, accept: bool = False, dry_run: bool = False, **more: Any
) -> None:
    """Keep foods of one's own, and say what became of them.

    ``name`` is that of their file; ``more`` is said of each beside its figures, as of ``KeptFood``.
    """
    table = read_lookup_foods()
    foods = keep.own_foods(own, table, **more)
    count, doubtful = keep.keep_foods(foods, name, table, accept=accept, dry=dry_run)
    _tell(name, count, doubtful, dry_run)


def _tell(name: str, count: keep.KeptCount, doubtful: Sequence[KeptVersion], dry_run: bool) -> None:
    """Say what became of the foods of a file."""
    text = "{name}: foods kept: {kept}; as before: {unchanged}; doubtful: {doubtful}"
    if dry_run:
        text = "{name}: {kept} foods to keep, {doubtful} doubtful; nothing is kept"
    numbers = {"kept": count.kept, "unchanged": count.unchanged, "doubtful": count.doubtful}
    click.echo(text.format(name=name, **numbers), err=True)
    _show_doubtful(doubtful)


def _show_doubtful(doubtful: Sequence[KeptVersion]) -> None:
    """List what is doubtful of foods, by row and column, and how they are accepted."""
    for one in doubtful:
        for found in one.findings:
            place = f"{one.source}, row {found.row}"
            food_id = one.food.figures.food_id
            click.echo(f"{place}, {found.column}: {food_id}: {found.text}")
    if doubtful:
        click.echo(_UNTIL, err=True)


def allergen_facts(versions: Sequence[KeptVersion]) -> Iterator[tuple[str, str]]:
    """Give what the label of the newest version says of allergens, what it may contain apart."""
    for one in versions[-1:]:
        stated = one.food.contains
        contains = "not stated" if stated is None else ", ".join(sorted(stated)) or "none"
        yield "allergens", contains
        if one.food.traces:
            yield "may contain", ", ".join(sorted(one.food.traces))
        made_of = one.food.origin
        yield "origin", "not stated" if made_of is None else ", ".join(sorted(made_of))


def history_told(versions: Sequence[KeptVersion]) -> Section:
    """Tell the versions of a kept food, the first one first."""
    head = ["version", "state", "file", "kept", "release", "Mg mg", "Ca mg"]
    rows = []
    for one in versions:
        own = one.food.figures
        minerals = (own.per_100g.get(key) for key in FIRST_KEYS[:2])
        amounts = ("?" if value is None else f"{value:g}" for value in minerals)
        state, day = one.state, one.kept[:_DAY]
        rows.append((str(one.version), state, one.source, day, own.release, *amounts))
    return Section("history:", (Table("history:", head, rows, (0, 5, 6)),))
