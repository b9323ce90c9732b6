"""A person's own standard: a CSV like those of ``configs/standards``, checked cell by cell.

Beside ``mine.csv`` may stand ``mine.toml`` with ``name``, ``title``, ``[sources.ID]`` and
``[[remarks]]`` as in the shipped ones; without it, sources are cited as they are written.

Why an upper level of magnesium on all intake is a fault here: upper levels of magnesium count
supplements; taken for all intake, one would forbid what the same standard recommends.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from foods.errors import FoodsError, raise_collected
from foods.own_file import parse_own_toml, read_own_text
from foods.table import nearest_names
from planner.errors import ConfigError
from planner.settings import read_settings
from planner.standards.amounts import Intake, amount_of, key_of
from planner.standards.rows import SEXES_AS_PUBLISHED, parse_reference_values
from planner.standards.standard import (
    BASES,
    BOTH_SEXES,
    CONFIDENCES,
    RANGE,
    STATES,
    ReferenceValue,
    Standard,
    standard_label,
)

COLUMNS = (
    *("nutrient", "kind", "sex", "age_min_y", "age_max_y", "state", "value", "unit"),
    *("applies_to", "condition", "source", "locator", "confidence"),
)
CONDITIONS = (
    *("trimester", "lactation_month", "age_months", "phytate_mg"),
    *("iron_bioavailability_pct", "zinc_bioavailability"),
)
OLDEST_Y = 120

_UNITS = ("g", "mg", "ug", "L")
_FORMS = {  # units that name the form counted, and the only nutrient they fit
    "mg_NE": "niacin",
    "mg_alpha_tocopherol": "vitamin_e",
    "ug_DFE": "folate",
    "ug_RAE": "vitamin_a",
    "ug_RE": "vitamin_a",
}
_HOW = "write it like configs/standards/us.csv"


@dataclass(frozen=True, slots=True)
class StandardCell:
    """One cell of the file that is wrong, and what about it."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.text}"


def read_own_standard(path: str) -> Standard:
    """Read and check a standard of a person's own.

    Parameters
    ----------
    path
        Path of the CSV; its sources file has the same stem and ends in ``.toml``.

    Raises
    ------
    ConfigError
        When a file cannot be read, or has faults: all of them, each with row and column.
    """
    text = read_own_text(path, "standard", ConfigError)
    about = _read_sources(Path(path).with_suffix(".toml"))
    rows = _rows(text, path)
    faults = [str(cell) for number, row in rows for cell in _cell_faults(number, row, about)]
    raise_collected(ConfigError, faults, path)
    values = parse_reference_values(text, path)
    raise_collected(ConfigError, _table_faults(values), path)
    label = standard_label(path)
    sources = about.get("sources", {})
    cited = {value.source: value.source for value in values}
    return Standard(
        path,
        str(about.get("name", label)),
        str(about.get("title", f"Own standard, {Path(path).name}")),
        values,
        cited | {key: str(row.get("short", key)) for key, row in sources.items()},
        {(row["nutrient"], row["kind"]): row["text"] for row in about.get("remarks", ())},
    )


def _read_sources(path: Path) -> Mapping[str, Any]:
    """Read the file of sources; an empty mapping where there is none."""
    if not path.exists():
        return {}
    text = read_own_text(path, "sources", ConfigError)
    about = parse_own_toml(text, str(path), "mend it or remove it", ConfigError)
    tables = isinstance(about.get("sources", {}), dict) and all(
        isinstance(row, dict) for row in about.get("sources", {}).values()
    )
    remarks = about.get("remarks", [])
    if not (tables and isinstance(remarks, list) and all(_is_remark(row) for row in remarks)):
        raise ConfigError(
            "needs [sources.ID] tables and [[remarks]] with nutrient, kind and text",
            str(path),
            "write it like configs/standards/us.toml",
        )
    return about


def _is_remark(row: Any) -> bool:
    wanted = ("nutrient", "kind", "text")
    return isinstance(row, dict) and all(isinstance(row.get(key), str) for key in wanted)


def _rows(text: str, where: str) -> list[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text), restkey="more", restval="")
    try:
        header, rows = tuple(reader.fieldnames or ()), list(enumerate(reader, start=2))
    except csv.Error as error:
        raise ConfigError(f"row {reader.line_num} is no CSV: {error}", where, _HOW) from None
    if sorted(header) != sorted(COLUMNS):
        lacking = [f"lacks {name}" for name in COLUMNS if name not in header]
        extra = [f"has {name!r}, which is unknown" for name in header if name not in COLUMNS]
        twice = ["names a column twice"] if len(set(header)) < len(header) else []
        raise_collected(ConfigError, [f"row 1: {one}" for one in (*lacking, *extra, *twice)], where)
    if not rows:
        raise ConfigError("has no rows", where, _HOW)
    return rows


def _cell_faults(
    number: int, row: Mapping[str, Any], about: Mapping[str, Any]
) -> Iterator[StandardCell]:
    if "more" in row:
        yield StandardCell(number, "row", f"has more than {len(COLUMNS)} cells")
        return
    settings = read_settings("targets.toml")
    kinds = [kind for group in settings["kinds"].values() for kind in group]
    words: Mapping[str, tuple[str, ...]] = {
        "nutrient": tuple(settings["key"]),
        "kind": tuple(kinds),
        "sex": tuple(SEXES_AS_PUBLISHED),
        "state": STATES,
        "applies_to": BASES,
        "confidence": CONFIDENCES,
    }
    if about.get("sources"):
        words = {**words, "source": tuple(about["sources"])}
    for column, known in words.items():
        if row[column] not in known:
            yield StandardCell(number, column, _unknown(row[column], known))
    if not row["source"].strip():
        yield StandardCell(number, "source", "is blank: say where the value comes from")
    yield from _number_faults(number, row)
    yield from _unit_faults(number, row)
    yield from _condition_faults(number, row["condition"])
    yield from _scope_faults(number, row)


def _unknown(text: str, known: tuple[str, ...]) -> str:
    if not text:
        return "is blank"
    near = nearest_names(text, known) or list(known)
    return f"unknown {text!r}, the nearest: {', '.join(near)}"


def _number_faults(number: int, row: Mapping[str, str]) -> Iterator[StandardCell]:
    ages = {column: _parsed(int, row[column]) for column in ("age_min_y", "age_max_y")}
    for column, age in ages.items():
        if age is None or not 0 <= age <= OLDEST_Y:
            text = f"{row[column]!r} is no age from 0 to {OLDEST_Y} in completed years"
            yield StandardCell(number, column, text)
    low, high = ages.values()
    if low is not None and high is not None and low > high:
        yield StandardCell(number, "age_max_y", f"{high:g} is below age_min_y, {low:g}")
    value = _parsed(float, row["value"])
    if value is None or not math.isfinite(value) or value < 0:
        yield StandardCell(number, "value", f"{row['value']!r} is no amount")


def _parsed(kind: Callable[[str], float], text: str) -> float | None:
    try:
        return kind(text)
    except ValueError:
        return None


def _unit_faults(number: int, row: Mapping[str, str]) -> Iterator[StandardCell]:
    settings = read_settings("targets.toml")
    unit, nutrient = row["unit"], row["nutrient"]
    shares = (*settings["shares"]["range_nutrients"], *settings["shares"]["limit_nutrients"])
    fatty_acids = ("linoleic_acid", "alpha_linolenic_acid")
    if unit == "percent_energy":
        if nutrient not in (*shares, *fatty_acids):
            yield StandardCell(number, "unit", f"percent_energy does not fit {nutrient!r}")
        return
    stem = unit.removesuffix("_per_kg").removesuffix("_per_MJ")
    known = stem in _UNITS or _FORMS.get(stem) == nutrient
    if not known or not _converts(row):
        yield StandardCell(number, "unit", f"{unit!r} is no unit of {nutrient or 'this nutrient'}")


def _converts(row: Mapping[str, str]) -> bool:
    """Whether the unit is one of the nutrient's own kind; unknown nutrients are told elsewhere."""
    if row["nutrient"] not in read_settings("targets.toml")["key"]:
        return True
    probe = ReferenceValue(
        *(row["nutrient"], row["kind"], BOTH_SEXES, 0, OLDEST_Y, "none", 1.0, row["unit"]),
        *(row["applies_to"], "", "", "", ""),
    )
    try:
        amount_of(probe, key_of(probe), Intake(1.0, 1.0))
    except FoodsError:
        return False
    return True


def _condition_faults(number: int, condition: str) -> Iterator[StandardCell]:
    if not condition:
        return
    key, equals, wanted = condition.partition("=")
    low, dots, high = wanted.partition(RANGE)
    if key not in CONDITIONS or not equals or not wanted:
        text = f"{condition!r} is not KEY=VALUE with KEY one of {', '.join(CONDITIONS)}"
        yield StandardCell(number, "condition", text)
    elif dots and (_parsed(float, low) is None or _parsed(float, high) is None):
        yield StandardCell(number, "condition", f"{wanted!r} is not a range such as 0{RANGE}6")


def _scope_faults(number: int, row: Mapping[str, str]) -> Iterator[StandardCell]:
    uppers = read_settings("targets.toml")["kinds"]["upper_levels"]
    if row["nutrient"] == "magnesium" and row["kind"] in uppers and row["applies_to"] == "total":
        text = "an upper level of magnesium counts supplements only: write supplement"
        yield StandardCell(number, "applies_to", text)


def _table_faults(values: tuple[ReferenceValue, ...]) -> Iterator[str]:
    """Name rows that both hold for one person: nothing would say which of the two is meant."""
    groups: dict[tuple[str, ...], list[tuple[int, ReferenceValue]]] = {}
    for number, value in enumerate(values, start=2):
        place = (value.nutrient, value.kind, value.unit, value.applies_to, value.state)
        groups.setdefault((*place, value.condition), []).append((number, value))
    for rows in groups.values():
        for (first, one), (second, other) in combinations(rows, 2):
            if _overlap(one, other):
                yield f"row {second}, age_min_y: holds for people of row {first} too"


def _overlap(one: ReferenceValue, other: ReferenceValue) -> bool:
    same_sex = BOTH_SEXES in (one.sex, other.sex) or one.sex == other.sex
    return same_sex and one.age_min_y <= other.age_max_y and other.age_min_y <= one.age_max_y
