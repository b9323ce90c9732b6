"""Who holds potassium back, and how far it is held down: by the clinic's figure, or by our own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from planner.safety.conditions import Condition
from planner.safety.kidneys import Kidneys
from planner.safety.medicines import Medicine
from planner.safety.person import Person
from planner.safety.read import read_safety_settings
from planner.safety.sentences import say

POTASSIUM = "potassium_mg"


@dataclass(frozen=True, slots=True)
class PotassiumHold:
    """What holds a person's potassium back.

    Parameters
    ----------
    raisers
        Medicines that raise it, as written, one for each class.
    needs_clinic
        Why no plan is made without the clinic's figure, in sentences; empty where one is.
    is_capped
        Whether a day has at most the recommended intake.
    """

    raisers: tuple[str, ...]
    needs_clinic: tuple[str, ...]
    is_capped: bool


def potassium_hold(
    person: Person,
    conditions: Iterable[Condition],
    medicines: Iterable[Medicine],
    kidneys: Kidneys,
) -> PotassiumHold:
    """Give what holds potassium back; the clinic's figure stands in for need and cap."""
    raisers = tuple(_raisers(medicines))
    if POTASSIUM in dict(person.clinic):
        return PotassiumHold(raisers, (), is_capped=False)
    needs = tuple(_needs_clinic(person, conditions, kidneys, raisers))
    return PotassiumHold(raisers, needs, _is_capped(kidneys, raisers))


def is_serum_high(person: Person) -> bool:
    """Whether potassium in serum is above what needs the clinic's figure."""
    limit: float = _settings("needs_clinic")["serum_above_mmol_l"]
    return person.serum_k_mmol_l is not None and person.serum_k_mmol_l > limit


def _raisers(medicines: Iterable[Medicine]) -> Iterator[str]:
    """Name each medicine once for each class of raisers; one ingredient counts once."""
    classes, seen = set(_settings("raisers")["interactions"]), set[tuple[str, ...]]()
    for medicine in medicines:
        if medicine.ingredients in seen:
            continue
        seen.add(medicine.ingredients)
        held = [one for one in medicine.interactions if one.interaction_id in classes]
        yield from (medicine.name for _ in held)


def _needs_clinic(
    person: Person, conditions: Iterable[Condition], kidneys: Kidneys, raisers: tuple[str, ...]
) -> Iterator[str]:
    rule = _settings("needs_clinic")
    if kidneys.is_below(rule["egfr_below"]):
        yield say("potassium_kidneys", egfr=rule["egfr_below"])
    for condition in conditions:
        if condition.condition_id in rule["conditions"]:
            yield say("potassium_condition", name=condition.name)
    if is_serum_high(person):
        serum, limit = person.serum_k_mmol_l, rule["serum_above_mmol_l"]
        yield say("potassium_serum", serum=serum, limit=limit)
    if len(raisers) >= rule["raisers"]:
        yield say("potassium_raisers", names=", ".join(raisers))


def _is_capped(kidneys: Kidneys, raisers: tuple[str, ...]) -> bool:
    rule = _settings("at_most_recommended")
    many = len(raisers) >= rule["raisers_with_egfr_unknown"]
    return kidneys.is_below(rule["egfr_below"]) or (many and not kidneys.is_known)


def _settings(table: str) -> Mapping[str, Any]:
    settings: Mapping[str, Any] = read_safety_settings("potassium")[table]
    return settings
