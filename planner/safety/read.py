"""Read the safety rules of ``configs/safety``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from planner.settings import Figure, Parts, YesNo, in_parts, read_row, read_rows, read_settings


def _cited(keys: str | Sequence[str]) -> str:
    return cite_safety_sources(in_parts(keys))


Cited = Annotated[str, BeforeValidator(_cited)]  # the ids of sources, as their citations


@dataclass(frozen=True, slots=True)
class SafetyRule:
    """One row of ``configs/safety/rules.csv``.

    Parameters
    ----------
    rule_id, category, condition, parameter
        Id, and what the rule is about.
    lower, upper
        Bounds of the parameter [``unit``]; ``None`` leaves that side open.
    lower_inclusive, upper_inclusive
        Whether a bound itself belongs to the band.
    unit, level, note
        Unit of the bounds, name of the band, remark.
    actions
        What follows.
    sources, confidence
        Ids of ``rules.toml``, and how sure they are.
    """

    rule_id: str
    category: str
    condition: str
    parameter: str
    lower: Figure
    upper: Figure
    lower_inclusive: YesNo
    upper_inclusive: YesNo
    unit: str
    level: str
    actions: Parts
    note: str
    sources: Annotated[Parts, Field(validation_alias="source")]
    confidence: str

    def holds(self, value: float) -> bool:
        """Whether ``value`` [``unit``] lies in the band."""
        above = self.lower is None or (
            value >= self.lower if self.lower_inclusive else value > self.lower
        )
        below = self.upper is None or (
            value <= self.upper if self.upper_inclusive else value < self.upper
        )
        return above and below


@cache
def read_safety_rules() -> Mapping[str, SafetyRule]:
    """Give every safety rule by its id."""
    return MappingProxyType(
        {row["rule_id"]: read_row(SafetyRule, row) for row in read_safety_rows("rules")}
    )


@cache
def read_safety_sources() -> Mapping[str, str]:
    """Give the citation of every source by its id."""
    sources = read_safety_settings("rules")["sources"]
    return MappingProxyType({key: row["cite"] for key, row in sources.items()})


def read_safety_settings(name: str) -> Mapping[str, Any]:
    """Read ``configs/safety/NAME.toml`` as it stands."""
    return read_settings(f"safety/{name}.toml")


def read_safety_rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Give the rows of ``configs/safety/NAME.csv`` as they stand."""
    return read_rows(f"safety/{name}.csv")


@cache
def safety_rows_by(name: str, column: str) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """Return the rows of ``configs/safety/NAME.csv`` by what stands in a column."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in read_safety_rows(name):
        found.setdefault(row[column], []).append(row)
    return found


def cite_safety_sources(keys: Iterable[str]) -> str:
    """Give the citations of some sources in one line."""
    sources = read_safety_sources()
    return "; ".join(sources[key] for key in keys)
