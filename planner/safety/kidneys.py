"""How well a person's kidneys work, as far as it is known; of two readings the worse holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planner.safety.conditions import Condition, Person
from planner.safety.medicines import Medicine, taken_for
from planner.safety.phrases import KidneyFigures, kidney_figures, other_text
from planner.safety.read import SafetyRule, read_safety_rules, read_safety_settings
from planner.safety.sentences import say

UNKNOWN_WITH_DISEASE = "R07"

# From the best to the worst; an unknown function is worse than one that still allows a plan.
_ORDER = ("R01", "R02", "R03", "R04", UNKNOWN_WITH_DISEASE, "R05", "R06")


@dataclass(frozen=True, slots=True)
class Kidneys:
    """Band of kidney function.

    Parameters
    ----------
    is_diseased
        Whether a kidney disease is declared.
    rule
        The band of ``configs/safety/rules.csv``: by the eGFR or the stage declared, whichever is
        worse; ``None`` where nothing is known.
    is_stricter_half
        Whether it follows from a stage alone that was said without its letter.
    """

    is_diseased: bool
    rule: SafetyRule | None
    is_stricter_half: bool = False

    @property
    def is_known(self) -> bool:
        """Whether an eGFR or a stage is known."""
        return self.rule is not None and self.rule.rule_id != UNKNOWN_WITH_DISEASE

    def is_below(self, egfr: float) -> bool:
        """Whether the band lies below ``egfr`` [mL/min/1.73 m²]; unknown with disease does."""
        if self.rule is None:
            return False
        return not self.is_known or (self.rule.upper is not None and self.rule.upper <= egfr)

    @property
    def is_weak(self) -> bool:
        """Whether a kidney disease is declared or the eGFR means one."""
        return self.is_diseased or self.is_below(weak_egfr())


def kidneys_of(
    person: Person, conditions: Iterable[Condition], medicines: Iterable[Medicine]
) -> Kidneys:
    """Give what is known of a person's kidneys; of two statements the worse holds."""
    found = tuple(one for one in conditions if one.is_kidney)
    # words such as ``CKD stage 3b``, ``eGFR below 60``, ``dialysis``
    said = [kidney_figures(other_text(text) or text) for text in person.conditions]
    bands = [rule for one in found for rule in one.rules]
    bands += [band for figures in said for band in _bands_of(figures)]
    bands += [] if person.egfr is None else [_band_of(person.egfr)]
    given = read_safety_settings("conditions")["kidney_medicine"]["ids"]
    diseased = bool(found) or any(taken_for(medicines, given))
    if diseased and not bands:
        bands.append(UNKNOWN_WITH_DISEASE)
    if not bands:
        return Kidneys(diseased, None)
    worst = max(bands, key=_ORDER.index)
    stages = read_safety_settings("conditions")["kidney_stage"]
    # those of stages that were said without the letter that they have
    halves = [stages[one] for figures in said for one in figures.stages if f"{one}b" in stages]
    is_half = bands.count(worst) == halves.count(worst)
    return Kidneys(diseased, read_safety_rules()[worst], is_half)


def weak_egfr() -> float:
    """Give the eGFR below which kidneys count as weak [mL/min/1.73 m²]."""
    below: float = read_safety_settings("potassium")["at_most_recommended"]["egfr_below"]
    return below


def _bands_of(figures: KidneyFigures) -> Iterable[str]:
    stages = read_safety_settings("conditions")["kidney_stage"]
    yield from (stages.get(one) or stages[re.sub(r"[ab]$", "", one)] for one in figures.stages)
    yield from map(_band_of, figures.egfrs)
    if figures.below:
        # Somewhere below: the band under the figure, or worse; how much worse is asked.
        yield UNKNOWN_WITH_DISEASE
        yield from (_band_of(max(0.0, figure - 1)) for figure in figures.below)


def _band_of(egfr: float) -> str:
    bands = (rule for rule in read_safety_rules().values() if rule.parameter == "eGFR")
    return next(
        rule.rule_id for rule in bands if rule.rule_id != UNKNOWN_WITH_DISEASE and rule.holds(egfr)
    )


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
