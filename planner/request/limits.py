"""What a figure in a request can be, and the body assumed where none is given.

Read from ``configs/request/``; the ranges catch slips of the pen, safety rules come later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from foods.supplement import atomic_masses
from planner.errors import ConfigError
from planner.faults import fault
from planner.settings import read_rows, read_settings

_LIMITS = "request/limits.toml"
_DL_PER_L = 10


@dataclass(frozen=True, slots=True)
class Range:
    """Inclusive range of a figure, in ``unit``."""

    low: float
    high: float
    unit: str

    def __str__(self) -> str:
        band = f"{float(self.low):g} to {float(self.high):g}"
        return f"{band} {self.unit}" if self.unit else band

    def __format__(self, how: str) -> str:
        return self.__str__()

    def __contains__(self, value: float) -> bool:
        # NaN compares false; whole numbers too large for a float compare rightly.
        return self.low <= value <= self.high


@cache
def known_ranges() -> Mapping[str, Range]:
    """Give the range of every figure by its name."""
    return {
        name: Range(row["min"], row["max"], row["unit"])
        for name, row in read_settings(_LIMITS)["ranges"].items()
    }


@cache
def serum_magnesium_units() -> Mapping[str, float]:
    """Give the units of magnesium in serum, each with what one of it is [mg/dL]."""
    rule = read_settings(_LIMITS)["serum_mg"]
    per_mmol = atomic_masses()[rule["element"]] / _DL_PER_L
    return {"mg/dL": 1.0, "mmol/L": per_mmol, "mEq/L": per_mmol / rule["charges"]}


@cache
def units_of(name: str) -> Mapping[str, float]:
    """Return the units that a figure may be written in, each with what one of it is."""
    units = {"": 1.0, **read_settings(_LIMITS)["units"][name]}
    return {unit.casefold(): float(factor) for unit, factor in units.items()}


def parts_of(name: str) -> Mapping[str, float]:
    """Return the units of which several make one of a figure, each with how many do."""
    parts: Mapping[str, float] = read_settings(_LIMITS)["parts"].get(name, {})
    return parts


def unusual(name: str) -> Mapping[str, Any]:
    """Return from where on a figure is asked about."""
    row: Mapping[str, Any] = read_settings(_LIMITS)["unusual"][name]
    return row


def usual_serum_unit(standard_id: str) -> str | None:
    """Give the unit of a serum magnesium without one; ``None`` where it must be asked."""
    units: Mapping[str, str] = read_settings(_LIMITS)["serum_mg"]["bare_number"]
    return units.get(standard_id)


def assumed_body(sex: str, age_y: int) -> tuple[float, float]:
    """Give the height [cm] and weight [kg] assumed for a person who says neither.

    Raises
    ------
    ConfigError
        When no row fits, which for an age within its range cannot be.

    Notes
    -----
    Source: medians of the CDC growth charts by year of age up to 18, reference bodies of the DRI
    reports for grown-ups; see ``configs/request/bodies.toml``.
    """
    for row in read_rows("request/bodies.csv"):
        fits_age = int(row["age_min_y"]) <= age_y <= int(row["age_max_y"])
        if fits_age and row["sex"] in (sex, "both"):
            return float(row["height_cm"]), float(row["weight_kg"])
    raise fault(ConfigError, "no_body", sex=sex, age_y=age_y)
