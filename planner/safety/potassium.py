"""Who holds potassium back, and how far it is held down: by the clinic's figure, or by our own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planner.safety.conditions import Condition
from planner.safety.kidneys import Kidneys
from planner.safety.medicines import Medicine, taken_for
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
    is_capped_though_sound
        Whether a day has a ceiling though the kidneys are known to work.
    """

    raisers: tuple[str, ...]
    needs_clinic: tuple[str, ...]
    is_capped: bool
    is_capped_though_sound: bool


def potassium_hold(
    person: Person, conditions: Iterable[Condition], medicines: Iterable[Medicine], kidneys: Kidneys
) -> PotassiumHold:
    """Give what holds potassium back; the clinic's figure stands in for need and cap."""
    taken = tuple(medicines)
    raisers = tuple(_raisers(taken))
    if POTASSIUM in dict(person.clinic):
        return PotassiumHold(raisers, (), is_capped=False, is_capped_though_sound=False)
    needs = tuple(_needs_clinic(person, conditions, kidneys, taken))
    is_high, rule = is_serum_high(person), _settings("at_most_recommended")
    may_rise = is_high or len(raisers) >= rule["raisers_with_egfr_unknown"]
    is_weak = kidneys.is_below(rule["egfr_below"])
    is_capped = is_weak or (may_rise and not kidneys.is_known)
    risky = _settings("at_most_sound_kidneys")["interactions"]
    is_risky = is_high or any(taken_for(taken, risky))
    return PotassiumHold(raisers, needs, is_capped, is_risky and not is_capped)


def is_serum_high(person: Person) -> bool:
    """Whether potassium in serum is near the upper edge, and held whatever the kidneys do."""
    least: float = _settings("at_most_sound_kidneys")["serum_from_mmol_l"]
    return person.serum_k_mmol_l is not None and person.serum_k_mmol_l >= least


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
    person: Person, conditions: Iterable[Condition], kidneys: Kidneys, taken: Sequence[Medicine]
) -> Iterator[str]:
    rule, raisers = _settings("needs_clinic"), tuple(_raisers(taken))
    if kidneys.is_below(rule["egfr_below"]):
        yield say("potassium_kidneys", egfr=rule["egfr_below"])
    for condition in conditions:
        if condition.condition_id in rule["conditions"]:
            yield say("potassium_condition", name=condition.name)
    for name in taken_for(taken, rule["interactions"]):
        yield say("potassium_binder", name=name)
    serum, limit = person.serum_k_mmol_l, rule["serum_above_mmol_l"]
    if serum is not None and serum > limit:
        yield say("potassium_serum", serum=serum, limit=limit)
    if len(raisers) >= rule["raisers"]:
        names = dict.fromkeys(raisers)
        key = "potassium_raisers" if len(names) > 1 else "potassium_raisers_in_one"
        yield say(key, names=", ".join(names))


def _settings(table: str) -> Mapping[str, Any]:
    settings: Mapping[str, Any] = read_safety_settings("potassium")[table]
    return settings
