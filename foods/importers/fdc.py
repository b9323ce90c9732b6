"""Foods of downloads of FoodData Central, in CSV, JSON or the ASCII of Standard Reference.

The official ASCII files are Latin-1, CRLF, without header, ``^`` between fields and ``~`` around
text; an empty amount is unknown. A copy laid out as CSV with the columns ``ndb_no, nutr_no,
amount_per_100g`` is read too.

``food.csv`` mixes the foods with sampling records and older versions, which are left out; of rows
of Branded with one barcode the newest counts. ``food_nutrient.csv`` has ``nutrient.id`` (1090) in
most downloads, and the older ``nutrient_nbr`` (304) in that of the survey: both are read. What is
per 100 ml is left out, as its density is not known. The files are joined on the disk, whatever
their order, so that memory stays small.
"""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from foods.client.services import BY_VOLUME, FoodDetails, figures_of, is_by_volume
from foods.errors import FoodDataError, FoodsError
from foods.importers.download import (
    PORTIONS,
    DownloadReport,
    Place,
    ReleaseFigures,
    allergens_in,
    as_serving,
    damage_told,
    find_file,
    in_row,
    open_release_file,
    read_columns,
    read_measures,
    read_portions,
    size_of,
    wanted_numbers,
)
from foods.library.store import FigureDoubt, KeptFood, read_library_rules
from foods.nutrient import convert, known_nutrients
from foods.own_csv import Figures, clean_name

RELEASE = "sr28"
TRYPTOPHAN = "501"
FIELDS_AT_LEAST = 3
_DESCRIPTIONS, _GROUPS = "FOOD_DES.txt", "FD_GROUP.txt"


def read_sr28(folder: Path) -> ReleaseFigures:
    """Read NUT_DATA.txt and FOOD_DES.txt, or foods.csv and nutrients.csv (also ``.gz``).

    Raises
    ------
    FoodDataError
        When files are missing or damaged.
    """
    if (folder / "NUT_DATA.txt").is_file():
        foods: Iterable[tuple[str, ...]] = _read_ascii(find_file(folder, "FOOD_DES.txt"))
        amounts: Iterable[tuple[str, ...]] = _read_ascii(folder / "NUT_DATA.txt")
    else:
        foods = read_columns(find_file(folder, "foods.csv.gz", "foods.csv"), "ndb_no")
        amounts = read_columns(
            find_file(folder, "NUT_DATA.txt", "nutrients.csv.gz", "nutrients.csv"),
            *("ndb_no", "nutr_no", "amount_per_100g"),
        )
    table: dict[str, dict[str, str]] = {row[0]: {} for row in foods}
    wanted = wanted_numbers(RELEASE, TRYPTOPHAN)
    for ndb_no, number, amount in amounts:
        if amount and number in wanted:
            table.setdefault(ndb_no, {})[number] = amount
    return ReleaseFigures(RELEASE, table, {ndb_no: ndb_no for ndb_no in table}, frozenset(table))


def is_sr_ascii(path: Path) -> bool:
    """Whether a folder or a zip is a release of the Standard Reference in ASCII."""
    if zipfile.is_zipfile(path):
        with damage_told(path), zipfile.ZipFile(path) as archive:
            return any(PurePosixPath(member).name == _DESCRIPTIONS for member in archive.namelist())
    return path.is_dir() and any(path.glob(f"**/{_DESCRIPTIONS}"))


def read_sr_foods(folder: Any, reading: DownloadReport) -> Iterator[KeptFood]:
    """Read the foods of a release in ASCII, each with its long description.

    Raises
    ------
    FoodDataError
        When files are missing or damaged.
    """
    found, groups = read_sr28(folder), dict[str, str]()
    if (folder / _GROUPS).is_file():
        groups = {row[0]: row[1] for row in _read_ascii(folder / _GROUPS, 2)}
    for row, (number, group, name, *_) in enumerate(_read_ascii(folder / _DESCRIPTIONS), start=1):
        reading.heard(len(name))
        known = {key: found.figure(number, key) for key in known_nutrients()}
        figures = {key: None if text is None else float(text) for key, text in known.items()}
        ids = (f"{RELEASE}_{number}", name, groups.get(group, ""), "", number, RELEASE)
        own = Figures(*ids, MappingProxyType({}), MappingProxyType(figures), row)
        yield KeptFood(own, is_own=False)


def _read_ascii(path: Any, least: int = FIELDS_AT_LEAST) -> Iterator[tuple[str, ...]]:
    with open_release_file(path, "latin-1") as file:
        for number, line in enumerate(file, start=1):
            fields = line.rstrip("\r\n").split("^")
            if len(fields) < least:
                raise FoodDataError("damaged: too few fields", in_row(path, number))
            yield tuple(field.strip("~") for field in fields[:least])


FOUNDATION, NDB_DIGITS = "foundation_2024-10", 5
FOODS, AMOUNTS, BRANDED = "food.csv", "food_nutrient.csv", "branded_food.csv"
# data_type → file that lists the current ones, and the column of their own number there
KINDS = {
    "foundation_food": ("foundation_food.csv", "NDB_number"),
    "sr_legacy_food": ("sr_legacy_food.csv", "NDB_number"),
    "survey_fndds_food": ("survey_fndds_food.csv", "food_code"),
    "branded_food": (BRANDED, "gtin_upc"),
}
OLDER, BY_THE_ML = (
    "older versions of the same food",
    "counted per 100 ml, not per 100 g",
)
# a sentence of its own: what contains something in parentheses is one of the ingredients
_CONTAINS = re.compile(
    r"(?:^|[.;,)])\s*(?:allergens?:?\s*)?contains(?! (?:\d|less|one|two))[:\s]+([^.;]*)", re.I
)
_TRACES = re.compile(
    r"\b(?:may (?:also )?contain|traces? of|facility that|equipment that|lines? that)\b([^.;]*)",
    re.I,
)
_BRAND = ("fdc_id", "brand_owner", "gtin_upc", "ingredients", "serving_size", "serving_size_unit",
          "branded_food_category")  # fmt: skip
_STAGE = (
    "CREATE TABLE food (fdc_id INTEGER PRIMARY KEY, kind, name, category, day, own, row)",
    "CREATE TABLE amount (fdc_id INTEGER PRIMARY KEY, held)",
    "CREATE TABLE brand (fdc_id INTEGER PRIMARY KEY,"
    " owner, gtin, contains, traces, size, unit, kind)",
    "CREATE TABLE portion (fdc_id INTEGER PRIMARY KEY, held)",
)
_MORE = "INSERT INTO {} VALUES (?, ?) ON CONFLICT DO UPDATE SET held = held || excluded.held"
# of a barcode the newest; foods without one are each their own
_JOINED = """
    SELECT f.fdc_id, f.kind, f.name, coalesce(b.kind, f.category), f.day, coalesce(b.gtin, f.own),
        f.row, a.held, b.owner, b.contains, b.traces, b.size, b.unit, p.held,
        row_number() OVER (
            PARTITION BY f.kind, coalesce(nullif(ltrim(b.gtin, '0'), ''), f.fdc_id)
            ORDER BY f.day DESC, f.fdc_id DESC)
    FROM food f LEFT JOIN amount a USING (fdc_id) LEFT JOIN brand b USING (fdc_id)
        LEFT JOIN portion p USING (fdc_id)"""


def read_numbers(folder: Place, file: str, number: str = "NDB_number") -> dict[str, str]:
    """Read fdc_id → number of its own of the foods that a file of a download lists as current."""
    rows = read_columns(find_file(folder, file), "fdc_id", number)
    return {fdc_id: own for fdc_id, own in rows}  # noqa: C416 - mypy needs the pair


def read_fdc(folder: Place, reading: DownloadReport) -> Iterator[KeptFood]:
    """Read the foods of a download.

    Parameters
    ----------
    folder
        Where its files lie, on the disk or in a zip.
    reading
        Is told how far it is, and what is left out.

    Raises
    ------
    FoodDataError
        When files are missing or damaged.
    """
    wanted = _wanted(folder)
    with closing(sqlite3.connect("", isolation_level=None)) as stage:  # on the disk, and nameless
        stage.execute(f"PRAGMA cache_size = -{read_library_rules()['store']['cache_kib']}")
        stage.execute("PRAGMA journal_mode = OFF")
        stage.execute("BEGIN")
        for statement in _STAGE:
            stage.execute(statement)
        stage.executemany(
            "INSERT OR REPLACE INTO food VALUES (?,?,?,?,?,?,?)", _foods(folder, reading)
        )
        if (folder / BRANDED).is_file():
            stage.executemany(
                "INSERT OR REPLACE INTO brand VALUES (?,?,?,?,?,?,?,?)", _brands(folder, reading)
            )
        stage.executemany(_MORE.format("amount"), _amounts(folder, wanted, reading))
        stage.executemany(_MORE.format("portion"), read_portions(folder, reading.heard))
        for row in stage.execute(_JOINED):
            *values, place = row
            if place > 1:
                reading.left_out[OLDER] += 1
            elif (row[12] or "").lower() in BY_VOLUME:
                reading.left_out[BY_THE_ML] += 1
            else:
                yield _food(values, wanted)


def letters_in(folder: Place) -> int:
    """Return how much there is to read."""
    return sum(size_of(folder / name) for name in (FOODS, AMOUNTS, BRANDED, PORTIONS))


def _wanted(folder: Place) -> Mapping[str, tuple[str, int, float]]:
    """Return nutrient id or older number → nutrient, its place among others of it, and factor."""
    units: dict[str, str] = {}
    if (folder / "nutrient.csv").is_file():
        for nutrient_id, number, unit in read_columns(
            folder / "nutrient.csv", "id", "nutrient_nbr", "unit_name"
        ):
            units |= {nutrient_id: unit.lower(), number: unit.lower()}
    found: dict[str, tuple[str, int, float]] = {}
    for key, nutrient in known_nutrients().items():
        for release in (FOUNDATION, RELEASE):
            for rank, number in enumerate(nutrient.numbers[release]):
                try:
                    factor = convert(1.0, units.get(number, nutrient.unit), nutrient.unit)
                except FoodsError:  # international units and the like
                    continue
                found[number] = (key, rank, factor)
    units_of = read_library_rules()["download"]["iu"]
    last = len(found)
    return found | dict.fromkeys(
        units_of["numbers"], (units_of["nutrient"], last, 1 / units_of["per_ug"])
    )


def _foods(folder: Place, reading: DownloadReport) -> Iterator[tuple[object, ...]]:
    """Return the foods, without sampling records and those that are no longer listed."""
    current = {
        kind: read_numbers(folder, *listed)
        for kind, listed in KINDS.items()
        if listed[0] != BRANDED and (folder / listed[0]).is_file()
    }
    groups: dict[str, str] = {}
    if (folder / "food_category.csv").is_file():
        groups = dict(read_columns(folder / "food_category.csv", "id", "description"))  # type: ignore[arg-type]
    columns = ("fdc_id", "data_type", "description", "food_category_id", "publication_date")
    for fdc_id, kind, name, group, day, row in read_columns(
        folder / FOODS, *columns, skip_short=True, numbered=True, heard=reading.heard
    ):
        if kind not in KINDS or not fdc_id.isdigit():
            continue
        own = current.get(kind, {fdc_id: ""}).get(fdc_id)
        if own is None:
            reading.left_out[OLDER] += 1
            continue
        number = own.zfill(NDB_DIGITS) if own else ""
        yield fdc_id, kind, name, groups.get(group, group), day, number, int(row)


def _brands(folder: Place, reading: DownloadReport) -> Iterator[tuple[object, ...]]:
    for fdc_id, owner, gtin, ingredients, size, unit, kind in read_columns(
        folder / BRANDED, *_BRAND, skip_short=True, heard=reading.heard
    ):
        if fdc_id.isdigit():
            contains, traces = _statement(ingredients)
            yield fdc_id, owner, gtin, contains, traces, size, unit, kind


def as_stated(ingredients: str) -> tuple[frozenset[str] | None, frozenset[str]]:
    """Return allergens that a label says it contains, ``None`` where it says nothing, and may."""
    contains, traces = _statement(ingredients)
    return None if contains is None else _set(contains), _set(traces)


def _statement(ingredients: str) -> tuple[str | None, str]:
    """Return allergens that a label says it contains, ``None`` where it says nothing, and may."""
    told = " ".join(
        re.split(r"\bmay\b", text, flags=re.I)[0] for text in _CONTAINS.findall(ingredients)
    )
    contains, traces = allergens_in(told), allergens_in(" ".join(_TRACES.findall(ingredients)))
    return ";".join(contains) if contains else None, ";".join(traces)


def _amounts(
    folder: Place, wanted: Mapping[str, object], reading: DownloadReport
) -> Iterator[tuple[str, str]]:
    """Return the figures of each food as one text; where they stand apart, in several."""
    rows = read_columns(folder / AMOUNTS, "fdc_id", "nutrient_id", "amount", heard=reading.heard)
    for fdc_id, held in groupby(rows, key=itemgetter(0)):
        told = ";".join(f"{one}={amount}" for _, one, amount in held if amount and one in wanted)
        if told and fdc_id.isdigit():
            yield fdc_id, f"{told};"


def _food(row: list[object], wanted: Mapping[str, tuple[str, int, float]]) -> KeptFood:
    fdc_id, kind, name, group, day, number, place, held, owner, contains, traces, *said_of = row
    ids = {"fdc_id": str(fdc_id), "ndb_no": str(number or ""), "group": str(group or "")}
    figures, findings = _figures(str(held or ""), wanted, int(str(place)))
    bare = str(number or "").lstrip("0")
    food_id = f"fdc_gtin_{bare}" if owner is not None and bare else f"fdc_{fdc_id}"
    release = f"fdc_{str(kind).removesuffix('_food')}_{day}"
    own = Figures(
        food_id=food_id,
        name=clean_name(str(name), str(owner or "")),
        release=release,
        overlay=MappingProxyType({}),
        per_100g=figures,
        row=int(str(place)),
        **ids,
    )
    size, unit, portions = (str(cell or "") for cell in said_of)
    stated = None if contains is None else _set(contains)
    measures = as_serving(size, unit) or read_measures(portions)
    return KeptFood(own, stated, _set(traces), measures, False, findings)


def _figures(
    held: str, wanted: Mapping[str, tuple[str, int, float]], row: int
) -> tuple[dict[str, float | None], tuple[FigureDoubt, ...]]:
    """Read the figures of a food; of several numbers of a nutrient the first in its list counts."""
    found: dict[str, tuple[int, float]] = {}
    findings = []
    for part in held.split(";")[:-1]:
        number, _, cell = part.partition("=")
        key, rank, factor = wanted[number]
        try:
            amount = float(cell)
        except ValueError:
            amount = -1.0
        if not 0 <= amount < float("inf"):
            text = f"{cell!r} is not a figure of {0.0:g} or more"
            findings.append(FigureDoubt(row, key, text))
        elif key not in found or rank < found[key][0]:
            found[key] = (rank, amount if factor == 1 else float(f"{amount * factor:.10g}"))
    return {key: amount for key, (_, amount) in found.items()}, tuple(findings)


def _set(cell: object) -> frozenset[str]:
    return frozenset(filter(None, str(cell or "").split(";")))


_HEAD = 4096
_MARK = re.compile(r'"(?:fdcId|foodClass|\w+Foods)"')


def is_fdc_json(path: Path) -> bool:
    """Whether a file begins as FoodData Central's JSON does."""
    with damage_told(path), path.open("rb") as file:
        head = file.read(_HEAD).decode("utf-8-sig", errors="replace").lstrip()
    return head[:1] in ("{", "[") and bool(_MARK.search(head))


def read_fdc_json(path: Path, reading: DownloadReport) -> Iterator[KeptFood]:
    """Read the foods of a file: one, a list, or lists by the kind of data.

    Raises
    ------
    FoodDataError
        When the file is damaged, or a food of it is none; names which.
    """
    with damage_told(path):
        text = path.read_text(encoding="utf-8-sig")
    try:
        held = json.loads(text)
    except ValueError as error:
        told = f"damaged or unreadable: {error}"
        raise FoodDataError(told, str(path)) from None
    reading.heard(len(text))
    if isinstance(held, dict) and "fdcId" not in held:
        held = [row for rows in held.values() if isinstance(rows, list) for row in rows]
    rows = held if isinstance(held, list) else [held]
    for number, row in enumerate(rows, start=1):
        where = f"{path}, {number}"
        try:
            food = FoodDetails.model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            text = "{place}: {text}".format(place=place, text=first["msg"])
            raise FoodDataError(text, where) from None
        if is_by_volume(food):
            reading.left_out[BY_THE_ML] += 1
            continue
        contains, traces = as_stated(food.ingredients or "")
        size = "" if food.servingSize is None else str(food.servingSize)
        measures = as_serving(size, food.servingSizeUnit or "")
        yield KeptFood(figures_of(food, where), contains, traces, measures, False)
