"""Reference values as published, and the row that holds for one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

from planner.standards.ids import is_own_standard

BOTH_SEXES = "both"
STATES = ("none", "pregnant", "lactating")
PILL_BASES = ("supplement", "supplement_and_fortified")
BASES = ("total", "food", *PILL_BASES, "preformed_retinol", "folic_acid")
CONFIDENCES = ("verified", "computed", "policy", "own", "seed", "article", "unconfirmed", "low")
RANGE = ".."


class SexAndAge(Protocol):
    """Whose reference values are asked for; ``planner.request.profile.Profile`` is one."""

    @property
    def sex(self) -> str:
        """``"f"`` or ``"m"``."""

    @property
    def age_y(self) -> int:
        """Completed years."""

    @property
    def state(self) -> str:
        """One of ``STATES``."""


@dataclass(frozen=True, slots=True)
class ReferenceValue:
    """One row of a standard.

    Parameters
    ----------
    nutrient, kind
        Nutrient as the standard names it, and ``RDA, AI, EAR, UL …``.
    sex
        ``"f"``, ``"m"`` or ``"both"``.
    age_min_y, age_max_y
        Completed years, both ends inclusive.
    state
        ``"none"``, ``"pregnant"`` or ``"lactating"``.
    value, unit
        As published, such as 900 ``"ug"`` of copper.
    applies_to
        What is counted, one of ``BASES``.
    condition
        ``"key=value"`` or ``"key=low..high"`` under which alone the row holds; empty: always.
    source, locator, confidence
        Id in the standard's TOML, place there, and how sure it is.
    """

    nutrient: str
    kind: str
    sex: str
    age_min_y: int
    age_max_y: int
    state: str
    value: float
    unit: str
    applies_to: str
    condition: str
    source: str
    locator: str
    confidence: str

    def covers_age(self, age_y: int) -> bool:
        """Whether the age band holds ``age_y``."""
        return self.age_min_y <= age_y <= self.age_max_y

    def years_from(self, age_y: int) -> int:
        """Return the distance of ``age_y`` from the age band [years]."""
        return max(self.age_min_y - age_y, age_y - self.age_max_y, 0)


@dataclass(frozen=True, slots=True)
class Standard:
    """The reference values of one authority.

    Parameters
    ----------
    standard_id, name, title
        Name of its files in ``configs/standards``; short name; full title.
    values
        All rows.
    sources
        Source id → short citation.
    remarks
        (nutrient, kind) → what to know about it.
    told
        Name and remark of what is said with every plan.
    """

    standard_id: str
    name: str
    title: str
    values: tuple[ReferenceValue, ...]
    sources: Mapping[str, str]
    remarks: Mapping[tuple[str, str], str]
    told: tuple[tuple[str, str], ...] = ()

    def cite(self, value: ReferenceValue) -> str:
        """Return the source of ``value`` as a reader would cite it."""
        place = value.locator.replace("; ", ", ")  # "; " parts one source from the next
        return ", ".join(filter(None, (self.sources[value.source], place)))


@dataclass(frozen=True, slots=True)
class Match:
    """The row that holds for a person, and how it was found.

    Parameters
    ----------
    value
        The row.
    is_nearest
        The state's rows do not reach this age; the nearest in age stands in.
    is_fallback
        The state has no row of its own; the one without pregnancy or lactation holds.
    is_stricter
        The state's row is made for adults and asks for less than the age's own, which holds.
    """

    value: ReferenceValue
    is_nearest: bool = False
    is_fallback: bool = False
    is_stricter: bool = False


def standard_label(standard_id: str) -> str:
    """Return a standard's id as it is printed: ``"US"``, or the stem of an own file."""
    return PurePath(standard_id).stem if is_own_standard(standard_id) else standard_id.upper()


def match_value(
    values: Iterable[ReferenceValue], person: SexAndAge, circumstances: Mapping[str, str]
) -> Match | None:
    """Pick, among rows of one nutrient and kind, the one that holds for ``person``.

    Parameters
    ----------
    values
        Rows of one nutrient, kind, unit and basis.
    person
        Who eats.
    circumstances
        Condition key → this person's value, such as ``{"trimester": "2"}``.

    Returns
    -------
    Match or None
        ``None`` where the standard gives nothing for this person.
    """
    fitting = [
        value
        for value in values
        if value.sex in (BOTH_SEXES, person.sex) and holds(value.condition, circumstances)
    ]
    own = [value for value in fitting if value.state == person.state]
    if person.state != "none" and own:
        nearest = min(own, key=lambda value: (value.years_from(person.age_y), value.age_min_y))
        return Match(nearest, is_nearest=not nearest.covers_age(person.age_y))
    plain = [value for value in fitting if value.state == "none"]
    for value in plain:
        if value.covers_age(person.age_y):
            return Match(value, is_fallback=person.state != "none")
    return None


def holds(condition: str, circumstances: Mapping[str, str]) -> bool:
    """Whether ``condition`` holds; an empty one always does, one about the unknown never."""
    if not condition:
        return True
    key, _equals, wanted = condition.partition("=")
    if key not in circumstances:
        return False
    low, dots, high = wanted.partition(RANGE)
    if dots:
        return float(low) <= float(circumstances[key]) <= float(high)
    return circumstances[key] == wanted
