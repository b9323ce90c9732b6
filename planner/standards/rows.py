"""Read the rows of a standard's CSV."""

from __future__ import annotations

from collections.abc import Mapping

from foods.errors import raise_collected
from foods.sheet import Sheet, parse_sheet
from planner.errors import ConfigError
from planner.settings import read_settings
from planner.standards.standard import BASES, BOTH_SEXES, ReferenceValue

SEXES_AS_PUBLISHED = {"F": "f", "M": "m", "both": BOTH_SEXES}


def parse_reference_values(text: str, where: str) -> tuple[ReferenceValue, ...]:
    """Read the rows of a standard's CSV; errors are those of ``reference_values``."""
    return reference_values(parse_sheet(text, where, ConfigError))


def reference_values(sheet: Sheet) -> tuple[ReferenceValue, ...]:
    """Read the rows of a standard.

    Raises
    ------
    ConfigError
        Once, with every faulty row by its number.
    """
    sheet.raise_faults()
    values, faults = [], []
    for number, row in sheet.rows:
        try:
            values.append(_reference_value(row))
        except (KeyError, ValueError) as error:
            faults.append(f"row {number}: cannot read {error}")
    if not values and not faults:
        faults.append("no rows")
    raise_collected(ConfigError, faults, sheet.where)
    return tuple(values)


def _reference_value(row: Mapping[str, str]) -> ReferenceValue:
    if row["nutrient"] not in read_settings("targets.toml")["key"]:
        raise ValueError(
            "{nutrient!r}: [key] of configs/targets.toml has no line for it".format(
                nutrient=row["nutrient"]
            )
        )
    if row["applies_to"] not in BASES:
        raise ValueError("basis {applies_to!r}".format(applies_to=row["applies_to"]))
    return ReferenceValue(
        row["nutrient"],
        row["kind"],
        SEXES_AS_PUBLISHED[row["sex"]],
        int(row["age_min_y"]),
        int(row["age_max_y"]),
        row["state"],
        float(row["value"]),
        row["unit"],
        row["applies_to"],
        row["condition"],
        row["source"],
        row["locator"],
        row["confidence"],
    )
