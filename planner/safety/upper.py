"""The most of supplemental magnesium that a standard allows at one age, and what it recommends.

Read from the standard's own rows; one that gives no level for supplements allows none.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from planner.safety.person import Person
from planner.settings import names_in, read_text

_KINDS = ("UL", "SUL", "GUIDANCE_LEVEL", "SAFE_LEVEL", "MAX")
PILL_BASES = ("supplement", "supplement_and_fortified")
_RECOMMENDED, _OF_ALL = ("RDA", "PRI", "RNI", "AI"), ("total",)
_USUAL_STANDARD = "us"
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
        A shipped standard; a file of one's own is read as it stands.
    """
    own = _rows_for(person, standard_id, _KINDS, PILL_BASES)
    if not own:
        return None
    lowest = min(own, key=lambda row: float(row["value"]))
    source = f"{_citation(standard_id, lowest['source'])}, {lowest['locator']}"
    return UpperLevel(float(lowest["value"]), lowest["kind"], source)


def recommended_magnesium_mg(person: Person, standard_id: str) -> float:
    """Give the recommended magnesium [mg/day], the least where a standard gives several.

    Where it gives none at this age, the one of the US standard; 0 where that gives none either.
    """
    for standard in (standard_id, _USUAL_STANDARD):
        if rows := _rows_for(person, standard, _RECOMMENDED, _OF_ALL):
            return min(float(row["value"]) for row in rows)
    return 0.0


def is_shipped_standard(standard_id: str) -> bool:
    """Whether a standard is one of ``configs/standards``, not a person's own file."""
    return standard_id in names_in("standards", ".csv")


def _rows_for(
    person: Person, standard_id: str, kinds: tuple[str, ...], bases: tuple[str, ...]
) -> list[Mapping[str, str]]:
    """Give the rows that hold for a person: those of the state, else those of none."""
    rows = [row for row in _magnesium_rows(standard_id, kinds, bases) if _fits(row, person)]
    return [row for row in rows if row["state"] == person.state] or [
        row for row in rows if row["state"] == "none"
    ]


def _fits(row: Mapping[str, str], person: Person) -> bool:
    return (
        row["sex"] in ("both", _SEXES[person.sex])
        and int(row["age_min_y"]) <= person.age_y <= int(row["age_max_y"])
        and not row["condition"]
    )


@cache
def _magnesium_rows(
    standard_id: str, kinds: tuple[str, ...], bases: tuple[str, ...]
) -> tuple[Mapping[str, str], ...]:
    return tuple(
        row
        for row in csv.DictReader(_lines(standard_id))
        if row["nutrient"] == "magnesium" and row["kind"] in kinds and row["applies_to"] in bases
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
        return read_text(f"standards/{standard_id}.toml")
    own = Path(standard_id).with_suffix(".toml")
    return own.read_text(encoding="utf-8-sig") if own.is_file() else ""


def _lines(standard_id: str) -> Iterable[str]:
    if is_shipped_standard(standard_id):
        return read_text(f"standards/{standard_id}.csv").splitlines()
    own = Path(standard_id)
    return own.read_text(encoding="utf-8-sig").splitlines() if own.is_file() else ()
