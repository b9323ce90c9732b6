"""How well a person's kidneys work, as far as it is known; of two readings the worse holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from planner.safety.conditions import Condition
from planner.safety.kidney_words import KidneyFigures, kidney_figures
from planner.safety.medicines import Medicine, taken_for
from planner.safety.person import Person
from planner.safety.phrases import other_text
from planner.safety.read import SafetyRule, read_safety_rules, read_safety_settings

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
