"""The line above everything else for a person whom a plan could hurt."""

from __future__ import annotations

from collections.abc import Iterator

from planner.safety.effects import effects_for
from planner.safety.kidneys import kidneys_of
from planner.safety.medicines import read_medicines
from planner.safety.patient import others_of
from planner.safety.person import Person
from planner.safety.potassium import POTASSIUM, potassium_hold
from planner.safety.sentences import say


def banner_of(person: Person) -> str:
    """Give the banner: what is special, and to show the plan first; empty for most people."""
    subjects = "; ".join(dict.fromkeys(_subjects(person)))
    return say("banner", subjects=subjects) if subjects else ""


def _subjects(person: Person) -> Iterator[str]:
    """Name what is special, by the ``banner`` of each effect that holds."""
    words = {
        "kidneys": _kidneys(person),
        "raisers": ", ".join(potassium_hold(person).raisers) or say("banner_potassium"),
        "potassium": _potassium(person),
        "others": ", ".join(others_of(person)),
    }
    for effect in effects_for(person):
        if effect.banner:
            by = ", ".join(_taken_for(person, effect.medicines))
            yield effect.banner.format(by=by or effect.name.lower(), **words)


def _kidneys(person: Person) -> str:
    band = kidneys_of(person).rule
    figure = f", eGFR {person.egfr:g}" if person.egfr is not None else ""
    return f"{band.condition if band else 'kidney disease'}{figure}"


def _potassium(person: Person) -> str:
    """Say how potassium is held."""
    figure = dict(person.clinic).get(POTASSIUM)
    if figure is not None:
        return say("banner_potassium_clinic", value=figure)
    capped = potassium_hold(person).is_capped
    return say("banner_potassium_capped") if capped else say("banner_potassium_not_pushed")


def _taken_for(person: Person, ids: frozenset[str]) -> Iterator[str]:
    """Name the medicines that belong to some interactions."""
    for medicine in read_medicines(person.medicines):
        if any(one.interaction_id in ids for one in medicine.interactions):
            yield medicine.name
