"""The line above everything else for a person whom a plan could hurt."""

from __future__ import annotations

from collections.abc import Iterator

from planner.safety.effects import Effect
from planner.safety.medicines import taken_for
from planner.safety.patient import Patient
from planner.safety.potassium import POTASSIUM
from planner.safety.rules_for import rules_for, what_rule_says
from planner.safety.sentences import say


def banner_of(patient: Patient) -> str:
    """Give the banner: what is special, and to show the plan first; empty for most people."""
    subjects = list(dict.fromkeys(_subjects(patient)))
    return say("banner", subjects="; ".join(subjects)) if subjects else ""


def effect_notes(patient: Patient, effect: Effect) -> tuple[str, ...]:
    """Return the sentences of ``effect``; ``{by}`` stands for the medicines that bring it."""
    by = ", ".join(taken_for(patient.medicines, effect.medicines))
    return tuple(say(note, by=by) for note in effect.notes)


def _subjects(patient: Patient) -> Iterator[str]:
    """Name what is special, by the ``banner`` of each effect that holds."""
    words = {
        "kidneys": _kidneys(patient),
        "raisers": ", ".join(patient.potassium.raisers) or say("banner_potassium"),
        "potassium": _potassium(patient),
        "others": ", ".join(patient.others),
    }
    told = (what_rule_says(rule.rule_id).banner for rule in rules_for(patient))
    yield from filter(None, told)
    for effect in patient.effects:
        if effect.banner:
            by = ", ".join(taken_for(patient.medicines, effect.medicines))
            yield effect.banner.format(by=by or effect.name.lower(), **words)


def _kidneys(patient: Patient) -> str:
    band, egfr = patient.kidneys.rule, patient.person.egfr
    kidneys = band.condition if band else "kidney disease"
    if egfr is None:
        return kidneys
    return f"{kidneys}, eGFR {float(egfr):g}"


def _potassium(patient: Patient) -> str:
    """Say how potassium is held."""
    figure = dict(patient.person.clinic).get(POTASSIUM)
    if figure is not None:
        return say("banner_potassium_clinic", value=figure)
    if patient.potassium.is_capped:
        return say("banner_potassium_capped")
    sound = patient.potassium.is_capped_though_sound
    return say("banner_potassium_sound_kidneys" if sound else "banner_potassium_not_held")
