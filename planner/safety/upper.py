"""The most of supplemental magnesium that a standard allows at one age.

Read from the standard's own rows on supplements; one that gives none allows none.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from planner.safety.person import Person

_KINDS = ("UL", "SUL", "GUIDANCE_LEVEL", "SAFE_LEVEL", "MAX")
_BASES = ("supplement", "supplement_and_fortified")
_SEXES = {"f": "F", "m": "M"}


@dataclass(frozen=True, slots=True)
class UpperLevel:
    """Most of supplemental magnesium a day.

    Parameters
    ----------
    value_mg
        Elemental magnesium from supplements, antacids and laxatives [mg/day].
    rule, source
        What it is and where it stands.
    """

    value_mg: float
    rule: str
    source: str


def magnesium_upper_level(person: Person, standard_id: str) -> UpperLevel | None:
    """Give the upper level for a person; ``None`` where the standard gives none.

    Parameters
    ----------
    person
        Age, sex and state decide.
    standard_id
        ``us, eu, uk, who``; a file of one's own is read as it stands.
    """
    rows = [row for row in _magnesium_rows(standard_id) if _fits(row, person)]
    own = [row for row in rows if row["state"] == person.state] or [
        row for row in rows if row["state"] == "none"
    ]
    if not own:
        return None
    lowest = min(own, key=lambda row: float(row["value"]))
    source = f"{_citation(standard_id, lowest['source'])}, {lowest['locator']}"
    return UpperLevel(float(lowest["value"]), lowest["kind"], source)


@cache
def is_shipped_standard(standard_id: str) -> bool:
    """Whether a standard is one of ``configs/standards``, not a person's own file."""
    return files("configs").joinpath("standards", f"{standard_id}.csv").is_file()


def _fits(row: Mapping[str, str], person: Person) -> bool:
    return (
        row["sex"] in ("both", _SEXES[person.sex])
        and int(row["age_min_y"]) <= person.age_y <= int(row["age_max_y"])
        and not row["condition"]
    )


@cache
def _magnesium_rows(standard_id: str) -> tuple[Mapping[str, str], ...]:
    return tuple(
        row
        for row in csv.DictReader(_lines(standard_id))
        if row["nutrient"] == "magnesium" and row["kind"] in _KINDS and row["applies_to"] in _BASES
    )


def _citation(standard_id: str, key: str) -> str:
    """Give the citation of a source; one that a person's own file does not explain is its key."""
    return str(_sources(standard_id).get(key, {}).get("short", key))


@cache
def _sources(standard_id: str) -> Mapping[str, Mapping[str, str]]:
    """Give what stands beside the values about their sources; a faulty file is told elsewhere."""
    try:
        sources: Mapping[str, Mapping[str, str]] = tomllib.loads(_about(standard_id))["sources"]
    except (tomllib.TOMLDecodeError, KeyError):
        return {}
    return sources


def _about(standard_id: str) -> str:
    if is_shipped_standard(standard_id):
        shipped = files("configs").joinpath("standards", f"{standard_id}.toml")
        return shipped.read_text(encoding="utf-8")
    own = Path(standard_id).with_suffix(".toml")
    return own.read_text(encoding="utf-8-sig") if own.is_file() else ""


def _lines(standard_id: str) -> Iterable[str]:
    if is_shipped_standard(standard_id):
        shipped = files("configs").joinpath("standards", f"{standard_id}.csv")
        return shipped.read_text(encoding="utf-8").splitlines()
    own = Path(standard_id)
    return own.read_text(encoding="utf-8").splitlines() if own.is_file() else ()
