"""``magplan foods add``, ``fetch``, ``import`` and ``library``: foods that are kept."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foods.catalogue import ID_PATTERN
from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.errors import FoodDataError, FoodNotFoundError
from foods.food import Measure
from foods.importers.download import DownloadReport, open_folder
from foods.label import (
    corrected,
    food_of_label,
    label_kinds,
    own_food_id,
    read_contains,
    read_labels,
    read_origin,
)
from foods.library import keep
from foods.library.store import SERVING, KeptVersion
from foods.nutrient import known_nutrients
from foods.own_csv import Figures, as_food_csv, read_food_csv, read_food_files
from foods.own_file import most_faults
from planner.cli.output import force_option, is_terminal, show, tell_kept
from planner.cli.phrase_type import PhraseType
from planner.document.blocks import Paragraph, Section, Table

if TYPE_CHECKING:
    from foods.client.services import FoundFood
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
    numbers = what if all(word.isdigit() for word in what) else ()
    _check_wanted(what, numbers, barcodes, food_id)
    if server is not None and not _SERVER.fullmatch(server):
        wrong = "--server {server!r}: write it like https://server.example/v1"
        raise click.UsageError(wrong.format(server=server))
    from foods.client.services import Wanted, fetch_foods, find_foods
    from planner.document.program import program_version

    wanted = Wanted(" ".join(what), numbers, barcodes, server)
    if dry_run:
        for request in wanted.requests:
            click.echo(f"GET {request.prepare().url}")
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
    for barcode in barcodes:
        if not barcode.isdigit():
            wrong = f"--barcode {barcode!r}: write its digits alone"
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
    """Format what is known of it: ``"fdc_1: Oats (fdc_branded_2019-04-01): 12 of 43 figures"``."""
    known = sum(figure is not None for figure in row.per_100g.values())
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
        _check_known([food_id for food_id in accepted if food_id != ALL], ids)
        click.echo(f"{len(ids)} foods accepted", err=True)
    if removed:
        found, count = keep.remove_foods(removed)
        _check_known(removed, found)
        click.echo(f"{count} versions of foods removed", err=True)
    rows = [
        (str(source.number), source.name, source.kept[:_DAY], *map(str, source.counts))
        for source in keep.kept_sources()
    ]
    head = ("number", "file", "kept", "foods", "doubtful", "former")
    table = Table("Kept foods", head, rows, (0, 3, 4, 5))
    show([table if rows else Paragraph("nothing is kept yet")])
    _show_doubtful(keep.doubtful_foods(most_faults()))


def _check_known(named: Sequence[str], found: Iterable[str]) -> None:
    strange = [name for name in named if name not in {*found}]
    if strange:
        missing = f"{strange[0]!r} is not among them"
        raise FoodNotFoundError(missing, "", "`magplan foods library` lists them")


def _is_download(path: Path) -> bool:
    """Whether a file is a public download: a folder, a zip, or an export."""
    from foods.importers.off_export import is_off_export

    return path.is_dir() or path.suffix in (ZIP, JSON) or (path.is_file() and is_off_export(path))


def _keep_download(path: Path, accept: bool, dry_run: bool) -> None:
    from foods.importers.fdc import (
        FOODS,
        is_fdc_json,
        is_sr_ascii,
        letters_in,
        read_fdc,
        read_fdc_json,
        read_sr_foods,
    )
    from foods.importers.off_export import read_off

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
    """Return who hears how far a reader is: a bar on a terminal."""
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
    """Describe what became of the foods of a file."""
    text = "{name}: foods kept: {kept}; as before: {unchanged}; doubtful: {doubtful}"
    if dry_run:
        text = "{name}: {kept} foods to keep, {doubtful} doubtful; nothing is kept"
    numbers = {"kept": count.kept, "unchanged": count.unchanged, "doubtful": count.doubtful}
    click.echo(text.format(name=name, **numbers), err=True)
    _show_doubtful(doubtful)


def _show_doubtful(doubtful: Sequence[KeptVersion]) -> None:
    """List what is doubtful of foods, by row and column, and how they are accepted."""
    for version in doubtful:
        for found in version.findings:
            place = f"{version.source}, row {found.row}"
            food_id = version.food.figures.food_id
            click.echo(f"{place}, {found.column}: {food_id}: {found.text}")
    if doubtful:
        click.echo(_UNTIL, err=True)


def allergen_facts(versions: Sequence[KeptVersion]) -> Iterator[tuple[str, str]]:
    """Return what the label of the newest version says of allergens, what it may contain apart."""
    for version in versions[-1:]:
        stated = version.food.contains
        contains = "not stated" if stated is None else ", ".join(sorted(stated)) or "none"
        yield "allergens", contains
        if version.food.traces:
            yield "may contain", ", ".join(sorted(version.food.traces))
        made_of = version.food.origin
        yield "origin", "not stated" if made_of is None else ", ".join(sorted(made_of))


def history_told(versions: Sequence[KeptVersion]) -> Section:
    """Tell the versions of a kept food, the first one first."""
    head = ["version", "state", "file", "kept", "release", "Mg mg", "Ca mg"]
    rows = []
    for version in versions:
        own = version.food.figures
        minerals = (own.per_100g.get(key) for key in FIRST_KEYS[:2])
        amounts = ("?" if value is None else f"{value:g}" for value in minerals)
        state, day = version.state, version.kept[:_DAY]
        rows.append((str(version.version), state, version.source, day, own.release, *amounts))
    return Section("history:", (Table("history:", head, rows, (0, 5, 6)),))


PER_G = 100.0
CORRECTED = (
    "{name} is one of our foods: your figures stand in place of ours, and the others stay ours. "
    "Diaries and plans count it so, and say it; `magplan foods library --remove` restores ours."
)


@click.command(
    name="add",
    epilog='Example: magplan foods add "Oat bar" --per 40 --figure magnesium=15%\n\n'
    'Example: magplan foods add "Oat bar" --figure magnesium=95mg --serving 55 --contains oats '
    "--origin plant",
)
@click.argument("name", required=False)
@click.option(
    "--per",
    "per_g",
    type=click.FloatRange(0, 10_000, min_open=True),
    metavar="GRAMS",
    help="Of how many grams the figures are: 100, or those of a serving.",
)
@click.option(
    "--figure",
    "figures",
    multiple=True,
    metavar='"NUTRIENT=X"',
    help="A figure of the label: magnesium=15%, calcium=40mg, energy=120kcal; repeatable.",
)
@click.option(
    "--label",
    "kind",
    type=click.Choice(label_kinds()),
    default=label_kinds()[0],
    show_default=True,
    help="Whose label it is: what a percentage is a percentage of.",
)
@click.option(
    "--serving",
    "serving_g",
    type=click.FloatRange(0, 10_000, min_open=True),
    metavar="GRAMS",
    help="Mass of a serving; else --per, where that is not 100.",
)
@click.option(
    "--contains",
    type=PhraseType("ALLERGEN,…", read_contains),
    help="The allergens that it names, or none: milk,wheat. Without it they are unknown.",
)
@click.option(
    "--origin",
    type=PhraseType("ORIGIN,…", read_origin),
    help="What it is made of, all of it: plant,dairy. Without it no diet that leaves out "
    "anything has it.",
)
@click.option("--id", "food_id", metavar="FOOD_ID", help="Id for the food; else made of its name.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="File of your own foods to add it to; else it is kept as `foods import` does.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Replace a food that has this id. Of one of ours, the figures that you give: plans and "
    "diaries count them.",
)
def add_command(
    name: str | None,
    per_g: float | None,
    figures: tuple[str, ...],
    kind: str,
    serving_g: float | None,
    food_id: str | None,
    out: Path | None,
    force: bool,
    **stated: Any,
) -> None:
    """Add a food of your own as its label says it: diaries, dishes of your own and --put know it.

    What is missing is asked for at a terminal. What the label does not say stays unknown.
    """
    if out is not None and (serving_g or any(figure is not None for figure in stated.values())):
        raise click.UsageError("--serving, --contains and --origin are kept: leave out --out")
    asks = is_terminal(sys.stdin)
    name = name or (click.prompt("Name of the food", err=True) if asks else "")
    if not (name or "").strip():
        raise click.UsageError("say the name of the food")
    if per_g is None:
        grams = click.FloatRange(0, 10_000, min_open=True)
        asked = "Grams that the label's figures are of"
        per_g = click.prompt(asked, default=PER_G, type=grams, err=True) if asks else PER_G
    if not figures and asks:
        figures = _asked_figures(kind)
    if not figures:
        raise click.UsageError("say at least one --figure, such as magnesium=15%")
    own_id = food_id or own_food_id(name)
    if not ID_PATTERN.fullmatch(own_id):
        raise click.UsageError(f"--id {own_id!r}: write it of a-z, 0-9 and _")
    food = food_of_label(own_id, name, per_g, figures, kind)
    there = dict(read_food_csv(out)) if out is not None and out.exists() else {}
    ours = read_lookup_foods().foods.get(own_id)
    if (own_id in there or ours) and not force:
        remedy = "name another with --id, or add --force"
        raise FoodDataError(f"there is a food {own_id!r} already", remedy=remedy)
    if ours:
        food = corrected(ours, food)
        click.echo(CORRECTED.format(name=own_id), err=True)
    click.echo(known_text(food), err=True)
    if out is None:
        serving_g = serving_g or (per_g if per_g != PER_G else None)
        measures = (Measure(SERVING, serving_g),) if serving_g else ()
        keep_own([food], name, measures=measures, **stated)
    else:
        write_table([*(there | {own_id: food}).values()], out, force=True)


def _asked_figures(kind: str) -> tuple[str, ...]:
    """Ask for what labels say, each blank where this one does not."""
    click.echo("An amount or a percentage of each; Enter where the label has none.", err=True)
    labels, told = read_labels(), []
    for key in labels["asked"]:
        if key not in labels["label"][kind]["elsewise"]:
            asked = f"{known_nutrients()[key].name} [{known_nutrients()[key].unit}, %]"
            answer = click.prompt(asked, default="", show_default=False, err=True)
            told += [f"{key}={answer}"] if answer.strip() else []
    return tuple(told)
