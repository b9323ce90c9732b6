"""Reader of the exports of Open Food Facts: JSON lines, or CSV with tabs; packed with gzip or not.

What is per 100 ml is left out, as its density is not known. ``traces_tags``, what a product may
contain, stay apart from ``allergens_tags``.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from foods.client.services import OFF, label_figures
from foods.errors import FoodDataError
from foods.food import Measure
from foods.importers.download import (
    DownloadReport,
    allergens_in,
    as_serving,
    damage_told,
    read_lines,
)
from foods.importers.fdc import BY_THE_ML
from foods.library.store import FigureDoubt, KeptFood
from foods.own_csv import Figures, clean_name

NAMELESS, DAMAGED = "without a name or a barcode", "lines that are damaged"
_HEAD = 100_000  # letters of a header, at most

Product = Mapping[str, Any]


def is_off_export(path: Path) -> bool:
    """Whether a file begins as an export does: with JSON, or a header with tabs."""
    with damage_told(path), gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        head = file.readline(_HEAD).decode("utf-8-sig", errors="replace")
    return head.startswith("{") or {"code", "product_name"} <= {*head.rstrip().split("\t")}


def read_off(path: Path, reading: DownloadReport) -> Iterator[KeptFood]:
    """Read the products of an export.

    Parameters
    ----------
    path
        The file.
    reading
        Is told how many bytes were read, and what is left out.

    Raises
    ------
    FoodDataError
        When the file is damaged, or a line is longer than one of a product can be.
    """
    if path.suffix == ".json":  # products as the service tells them, one or several
        for row, product in enumerate(_told_products(path, reading), start=1):
            kept = _product(product, row, reading) if isinstance(product, dict) else None
            if kept is not None:
                yield kept
        return
    with damage_told(path), path.open("rb") as raw:
        packed = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw
        at = 0

        def heard(_letters: int) -> None:
            nonlocal at
            reading.heard(raw.tell() - at)
            at = raw.tell()

        text = TextIOWrapper(packed, encoding="utf-8-sig", newline="")
        lines = read_lines(text, path, heard)
        first = next(lines, "")
        products = _json if first.lstrip().startswith("{") else _rows
        for row, product in products(first, lines, reading):
            kept = _product(product, row, reading)
            if kept is not None:
                yield kept


def _told_products(path: Path, reading: DownloadReport) -> list[Product]:
    with damage_told(path):
        text = path.read_text(encoding="utf-8-sig")
    reading.heard(len(text))
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        told = f"damaged or unreadable: {error}"
        raise FoodDataError(told, str(path)) from None
    if isinstance(held, dict):
        held = held.get("products") or [held.get("product") or held]
    return list(held) if isinstance(held, list) else []


def _json(
    first: str, lines: Iterable[str], reading: DownloadReport
) -> Iterator[tuple[int, Product]]:
    for number, line in enumerate(chain([first], lines), start=1):
        yield from _of_line(number, line, reading)


def _of_line(number: int, line: str, reading: DownloadReport) -> Iterator[tuple[int, Product]]:
    try:
        product = json.loads(line) if line.strip() else None
    except (ValueError, RecursionError):
        product = ()
    if isinstance(product, dict):
        yield number, product
    elif product is not None:
        reading.left_out[DAMAGED] += 1


def _rows(
    first: str, lines: Iterable[str], reading: DownloadReport
) -> Iterator[tuple[int, Product]]:
    """Return the rows of the export as CSV, in the shape of the products of the other."""
    columns = first.rstrip("\r\n").split("\t")
    for number, row in enumerate(
        csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=2
    ):
        if len(row) != len(columns):
            reading.left_out[DAMAGED] += 1
            continue
        cells = dict(zip(columns, row, strict=True))
        yield number, cells | {"nutriments": cells, "allergens_tags": cells.get("allergens", "")}


def _product(product: Product, row: int, reading: DownloadReport) -> KeptFood | None:
    code, name = str(product.get("code") or ""), str(product.get("product_name") or "")
    brand = str(product.get("brands") or "").split(",")[0]
    nutriments = product.get("nutriments")
    if not code.isdigit() or not name.strip():
        reading.left_out[NAMELESS] += 1
        return None
    if product.get("nutrition_data_per") == "100ml":
        reading.left_out[BY_THE_ML] += 1
        return None
    figures, faults = label_figures(nutriments if isinstance(nutriments, dict) else {})
    findings = tuple(
        FigureDoubt(row, fault, f"{fault}: {held!r} is no amount") for fault, held in faults.items()
    )
    own = Figures(
        food_id=f"{OFF}_{code}",
        name=clean_name(name, brand),
        group=_group(product.get("pnns_groups_2")),
        fdc_id="",
        ndb_no=code,
        release=f"{OFF}_{_day(product.get('last_modified_t'))}",
        overlay=MappingProxyType({}),
        per_100g=MappingProxyType(figures),
        row=row,
    )
    contains = _tags(product.get("allergens_tags"))
    traces = allergens_in(_tags(product.get("traces_tags")))
    stated = allergens_in(contains) if contains else None
    return KeptFood(own, stated, traces, _serving(product), False, findings)


def _tags(told: object) -> str:
    return ",".join(map(str, told)) if isinstance(told, list) else str(told or "")


def _group(told: object) -> str:
    return "" if told in (None, "unknown") else str(told)


def _day(told: object) -> str:
    try:
        return datetime.fromtimestamp(int(str(told)), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _serving(product: Product) -> tuple[Measure, ...]:
    """Return a serving by its mass; the quantity is a text in some products."""
    unit = str(product.get("serving_quantity_unit") or "g")
    return as_serving(str(product.get("serving_quantity") or ""), unit)
