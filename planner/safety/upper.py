"""The most of a supplement that a standard allows at one age, and the magnesium it recommends."""

from __future__ import annotations

from dataclasses import dataclass

from planner.safety.person import Person
from planner.standards.ids import standard_ids
from planner.standards.read import read_standard
from planner.standards.standard import BOTH_SEXES, PILL_BASES, ReferenceValue

_MAGNESIUM = "magnesium"
_LEVELS = ("UL", "SUL", "GUIDANCE_LEVEL", "SAFE_LEVEL", "MAX")
_ANY_OF_PILLS = (*PILL_BASES, "total", "folic_acid")
_RECOMMENDED, _OF_ALL = ("RDA", "PRI", "RNI", "AI"), ("total",)


@dataclass(frozen=True, slots=True)
class UpperLevel:
    """Most of a nutrient of supplements a day.

    Parameters
    ----------
    value
        Of magnesium from supplements, antacids and laxatives [mg/day]; of others in their unit.
    rule, source
        What it is and where it stands.
    """

    value: float
    rule: str
    source: str


def magnesium_upper_level(person: Person, standard_id: str) -> UpperLevel | None:
    """Give the upper level for a person; ``None`` where the standard gives none.

    Parameters
    ----------
    person
        Age, sex and state decide.
    standard_id
        A shipped standard, or the path of one's own.

    Raises
    ------
    ConfigError
        When the file of a person's own standard cannot be read.
    """
    return upper_level_of(_MAGNESIUM, person, standard_id, PILL_BASES)


def upper_level_of(
    nutrient: str, person: Person, standard_id: str, bases: tuple[str, ...] = _ANY_OF_PILLS
) -> UpperLevel | None:
    """Give the upper level of a nutrient as a standard names it; ``None`` where it gives none."""
    own = _values_for(person, standard_id, _LEVELS, bases, nutrient)
    if not own:
        return None
    lowest = min(own, key=lambda one: one.value)
    return UpperLevel(lowest.value, lowest.kind, read_standard(standard_id).cite(lowest))


def recommended_magnesium_mg(person: Person, standard_id: str) -> float:
    """Give the recommended magnesium [mg/day], the least where a standard gives several.

    Where it gives none at this age, the one of the usual standard; 0 where that gives none either.
    """
    for standard in (standard_id, standard_ids()[0]):
        if own := _values_for(person, standard, _RECOMMENDED, _OF_ALL):
            return min(one.value for one in own)
    return 0.0


def _values_for(
    person: Person,
    standard_id: str,
    kinds: tuple[str, ...],
    bases: tuple[str, ...],
    nutrient: str = _MAGNESIUM,
) -> list[ReferenceValue]:
    """Give the values that hold for a person: those of the state, else those of none."""
    found = [
        one
        for one in read_standard(standard_id).values
        if (one.nutrient == nutrient and one.kind in kinds and one.applies_to in bases)
        and (one.sex in (BOTH_SEXES, person.sex) and one.covers_age(person.age_y))
        and not one.condition
    ]
    own = [one for one in found if one.state == person.state]
    return own or [one for one in found if one.state == "none"]
