"""Reader of FoodData Central in JSON: downloads, and single foods as its service tells them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from foods.client.fdc import FoodDetails, figures_of, is_by_volume
from foods.errors import FoodDataError
from foods.importers.download import DownloadReport
from foods.importers.fdc_csv import BY_THE_ML, as_stated
from foods.importers.portions import as_serving
from foods.importers.release import damage_told
from foods.library.kept import KeptFood
from foods.said import said

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
        told = said("damaged or unreadable: {error}", error=error)
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
            text = said("{place}: {text}", place=place, text=first["msg"])
            raise FoodDataError(text, where) from None
        if is_by_volume(food):
            reading.left_out[BY_THE_ML] += 1
            continue
        contains, traces = as_stated(food.ingredients or "")
        size = "" if food.servingSize is None else str(food.servingSize)
        measures = as_serving(size, food.servingSizeUnit or "")
        yield KeptFood(figures_of(food, where), contains, traces, measures, False)
