"""A person's own standard: a CSV like those of ``configs/standards``, checked cell by cell.

Beside ``mine.csv`` may stand ``mine.toml`` with ``name``, ``title``, ``[sources.ID]`` and
``[[remarks]]`` as in the shipped ones; without it, sources are cited as they are written.

Why an upper level of magnesium on all intake is a fault here: upper levels of magnesium count
supplements; taken for all intake, one would forbid what the same standard recommends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from foods.errors import FoodsError
from foods.own_file import parse_own_toml, read_own_text
from foods.sheet import Sheet, read_sheet
from foods.table import nearest_names
from planner.errors import ConfigError
from planner.faults import fault
from planner.settings import read_settings
from planner.standards.amounts import Intake, amount_of, key_of
from planner.standards.rows import SEXES_AS_PUBLISHED, reference_values
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
_FATTY_ACIDS = ("linoleic_acid", "alpha_linolenic_acid")
_RANGE = re.compile(rf"\d+(?:\.\d+)?{re.escape(RANGE)}\d+(?:\.\d+)?")


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
    sheet = read_sheet(path, "standard", ConfigError)
    about = _read_sources(Path(path).with_suffix(".toml"))
    label, sources = standard_label(path), about.get("sources", {})
    sheet.check_columns(COLUMNS, COLUMNS)
    sheet.raise_faults()
    for number, row in sheet.rows:
        _check_row(sheet, number, row, sources)
    values = reference_values(sheet)
    _check_overlaps(sheet, values)
    sheet.raise_faults()
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
        raise fault(ConfigError, "standard_sources", str(path))
    return about


def _is_remark(row: Any) -> bool:
    wanted = ("nutrient", "kind", "text")
    return isinstance(row, dict) and all(isinstance(row.get(key), str) for key in wanted)


def _check_row(
    sheet: Sheet, number: int, row: Mapping[str, str], sources: Mapping[str, Any]
) -> None:
    """Note what is wrong with the cells of a row."""
    settings = read_settings("targets.toml")
    words = {
        "nutrient": settings["key"],
        "kind": [kind for group in settings["kinds"].values() for kind in group],
        "sex": SEXES_AS_PUBLISHED,
        "state": STATES,
        "applies_to": BASES,
        "confidence": CONFIDENCES,
    } | ({"source": sources} if sources else {})
    for column, known in words.items():
        if row[column] not in known:
            near = ", ".join(nearest_names(row[column], known) or known)
            text = f"unknown {row[column]!r}, the nearest: {near}" if row[column] else "is blank"
            sheet.report(text, number, column)
    if not row["source"]:
        sheet.report("is blank: say where the value comes from", number, "source")
    low, high = (_check_age(sheet, number, row, name) for name in ("age_min_y", "age_max_y"))
    if low is not None and high is not None and low > high:
        sheet.report(f"{high} is below age_min_y, {low}", number, "age_max_y")
    if sheet.amount(number, row, "value", least=0.0) is None:
        sheet.report("is blank", number, "value")
    _check_unit(sheet, number, row)
    _check_condition(sheet, number, row["condition"])
    uppers = settings["kinds"]["upper_levels"]
    if row["nutrient"] == "magnesium" and row["kind"] in uppers and row["applies_to"] == "total":
        text = "an upper level of magnesium counts supplements only: write supplement"
        sheet.report(text, number, "applies_to")


def _check_age(sheet: Sheet, number: int, row: Mapping[str, str], column: str) -> int | None:
    """Return an age in completed years; ``None``, with a fault noted, for anything else."""
    cell = row[column]
    if cell.isdecimal() and float(cell) <= OLDEST_Y:
        return int(cell)
    text = f"{cell!r} is no age from 0 to {OLDEST_Y} in completed years"
    sheet.report(text, number, column)
    return None


def _check_unit(sheet: Sheet, number: int, row: Mapping[str, str]) -> None:
    shares = read_settings("targets.toml")["shares"]
    unit, nutrient = row["unit"], row["nutrient"]
    if unit == "percent_energy":
        fitting = (*shares["range_nutrients"], *shares["limit_nutrients"], *_FATTY_ACIDS)
        if nutrient not in fitting:
            sheet.report(f"percent_energy does not fit {nutrient!r}", number, "unit")
        return
    stem = unit.removesuffix("_per_kg").removesuffix("_per_MJ")
    known = stem in _UNITS or _FORMS.get(stem) == nutrient
    if not known or not _converts(row):
        text = "{unit!r} is no unit of {value}".format(unit=unit, value=nutrient or "this nutrient")
        sheet.report(text, number, "unit")


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


def _check_condition(sheet: Sheet, number: int, condition: str) -> None:
    key, _, wanted = condition.partition("=")
    if condition and (key not in CONDITIONS or not wanted):
        text = "{condition!r} is not KEY=VALUE with KEY one of {names}".format(
            condition=condition, names=", ".join(CONDITIONS)
        )
        sheet.report(text, number, "condition")
    elif RANGE in wanted and not _RANGE.fullmatch(wanted):
        sheet.report(
            f"{wanted!r} is not a range such as 0{RANGE}6",
            number,
            "condition",
        )


def _check_overlaps(sheet: Sheet, values: tuple[ReferenceValue, ...]) -> None:
    """Note rows that both hold for one person: nothing would say which of the two is meant."""
    groups: dict[tuple[str, ...], list[tuple[int, ReferenceValue]]] = {}
    for (number, _), value in zip(sheet.rows, values, strict=True):
        place = (value.nutrient, value.kind, value.unit, value.applies_to, value.state)
        groups.setdefault((*place, value.condition), []).append((number, value))
    for rows in groups.values():
        for (first, reference_value), (second, other) in combinations(rows, 2):
            if _overlap(reference_value, other):
                sheet.report(f"holds for people of row {first} too", second, "age_min_y")


def _overlap(one: ReferenceValue, other: ReferenceValue) -> bool:
    same_sex = BOTH_SEXES in (one.sex, other.sex) or one.sex == other.sex
    return same_sex and one.age_min_y <= other.age_max_y and other.age_min_y <= one.age_max_y
