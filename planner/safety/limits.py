"""What a person may not have, and how much of some foods is the most."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from planner.safety.conditions import Person, is_about
from planner.safety.patient import Patient
from planner.safety.read import Cited, read_safety_settings
from planner.settings import read_row


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Foods that a person may not have.

    Parameters
    ----------
    reason
        Why, as a sentence goes on after "left out:".
    rules
        Ids of ``configs/safety/rules.csv``.
    source, confidence
        Citation, and how sure it is.
    flag, base
        Flag of the food catalogue, and base or id of a food, that marks them.
    unless_base
        Base of those among them that whoever the rule does not name may have.
    served
        Ids of dishes, and of foods where they are served by themselves, that are meant.
    is_for_all
        Whether it names nobody: who must not have it is not known by it.
    """

    reason: str
    rules: tuple[str, ...]
    source: Cited
    confidence: str
    flag: str = ""
    base: str = ""
    unless_base: str = ""
    served: frozenset[str] = frozenset()
    is_for_all: bool = False

    def covers(self, flags: frozenset[str], base: str, own_id: str = "") -> bool:
        """Whether a food with these flags, this base and this id is meant."""
        is_flagged = self.flag in flags and (not base or base != self.unless_base)
        return is_flagged or (bool(self.base) and self.base in {base, own_id})


@dataclass(frozen=True, slots=True)
class FoodCap:
    """Most of the foods with one flag.

    Parameters
    ----------
    cap_id, flag, name
        Id, flag of the food catalogue, and what to call the foods together.
    portions_per_week, pieces_per_day
        Most servings in seven days and most pieces a day; ``None`` sets no such cap.
    share_of_day
        Nutrient key → greatest share of a day's total that may come from them.
    reason, source, confidence
        Why, citation, and how sure it is.
    """

    cap_id: Annotated[str, Field(validation_alias="id")]
    flag: str
    name: str
    reason: str
    source: Cited
    confidence: str
    portions_per_week: int | None = None
    pieces_per_day: int | None = None
    share_of_day: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DrinkCap:
    """Most cups a day of the drinks with one base, and why."""

    base: str
    cups_per_day: int
    reason: str
    source: Cited
    confidence: str


@dataclass(frozen=True, slots=True)
class NutrientCap:
    """Most of a nutrient a day, for reasons of safety.

    Parameters
    ----------
    nutrient
        Nutrient key.
    upper
        Most a day, in the nutrient's unit.
    source, confidence
        Short citation, and how sure it is.
    """

    nutrient: str
    upper: float
    source: str
    confidence: str


def exclusions_for(patient: Patient, alcohol_wanted: bool = False) -> tuple[Exclusion, ...]:
    """Give the foods that ``patient`` may not have, each with its reason.

    Parameters
    ----------
    patient
        Who eats.
    alcohol_wanted
        Whether drinks with alcohol were asked for; it moves nobody whom a rule names.
    """
    wishes = {"alcohol"} if alcohol_wanted else set()
    found: list[Exclusion] = []
    by_effect, is_any = tuple(_exclusions_by_effect(patient)), False
    for row in read_safety_settings("exclusions")["exclusion"]:
        is_any |= _names(row, patient.person)
        is_named = _names(row, patient.person) or (row.get("with_others") and (is_any or by_effect))
        if is_named or (row.get("everyone") and row.get("unless_wanted") not in wishes):
            own = {"unless_base": ""} if is_named else {"is_for_all": True}
            found.append(read_row(Exclusion, {**row, **own}))
    return (*found, *by_effect)


@cache
def food_caps() -> tuple[FoodCap, ...]:
    """Give the caps on foods that hold for everyone."""
    return tuple(read_row(FoodCap, row) for row in read_safety_settings("caps")["cap"])


def drink_caps_for(person: Person) -> tuple[DrinkCap, ...]:
    """Give the drinks of which ``person`` has a most by the cup."""
    rows = read_safety_settings("caps")["drink_cap"]
    return tuple(read_row(DrinkCap, row) for row in rows if _names(row, person))


def nutrient_caps_for(person: Person, with_drinks: bool = False) -> tuple[NutrientCap, ...]:
    """Give the nutrients of which ``person`` has a most for reasons of safety.

    ``with_drinks``: whether coffee, tea and the like were asked for; some hold for these alone.
    """
    rows = read_safety_settings("caps")["nutrient_cap"]
    return tuple(
        _nutrient_cap(row, person)
        for row in rows
        if _names(row, person)
        and is_about(row, person)
        and (with_drinks or not row.get("with_drinks"))
    )


@cache
def safety_sentence(name: str) -> str:
    """Give the sentence ``"kidney"`` or ``"not_medical_advice"`` that is said once per plan."""
    return str(read_safety_settings("caps")["sentences"][name])


def _names(row: Mapping[str, Any], person: Person) -> bool:
    """Whether a rule is for somebody of this state or age."""
    is_young = person.age_y < row.get("below_age_y", 0)
    is_old = person.age_y >= row.get("also_from_age_y", math.inf)
    return is_young or is_old or person.state in row.get("states", ())


def _exclusions_by_effect(patient: Patient) -> Iterator[Exclusion]:
    """Give what conditions and medicines leave out; a word is a flag or a base of the catalogue."""
    for effect in patient.effects:
        told = effect.left_out_reason, (effect.effect_id,), effect.source, effect.confidence
        for word in effect.left_out:
            yield Exclusion(*told, word, word)
        if effect.served_left_out:
            yield Exclusion(*told, served=effect.served_left_out)


def _nutrient_cap(row: Mapping[str, Any], person: Person) -> NutrientCap:
    upper = row.get("upper_per_day", 0)
    upper += row.get("upper_per_day_per_kg", 0) * person.weight_kg
    if "upper_per_day_above_age" in row:
        upper = max(upper, person.age_y + row["upper_per_day_above_age"])
    return NutrientCap(row["nutrient"], float(upper), row["short"], row["confidence"])
