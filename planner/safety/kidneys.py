"""How well a person's kidneys work, as far as it is known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planner.safety.conditions import conditions_of, read_condition
from planner.safety.person import Person
from planner.safety.phrases import plain_words
from planner.safety.read import SafetyRule, read_safety_rules, read_safety_settings

UNKNOWN_WITH_DISEASE = "R07"

_EGFR = re.compile(r"gfr\D{0,12}?(\d+(?:\.\d+)?)")
_STAGE = re.compile(r"(?:ckd|stage|grade|g)\s*g?([1-5])\s*([ab])?\b")


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
    """

    is_diseased: bool
    rule: SafetyRule | None

    @property
    def is_known(self) -> bool:
        """Whether an eGFR or a stage is known."""
        return self.rule is not None and self.rule.rule_id != UNKNOWN_WITH_DISEASE

    def is_below(self, egfr: float) -> bool:
        """Whether the band lies below ``egfr`` [mL/min/1.73 m²]; unknown with disease does."""
        if self.rule is None:
            return False
        return not self.is_known or (self.rule.upper is not None and self.rule.upper <= egfr)


def kidneys_of(person: Person) -> Kidneys:
    """Give what is known of a person's kidneys; of two statements the worse holds."""
    diseased = any(one.is_kidney for one in conditions_of(person))
    rules = read_safety_rules()
    bands = [rules[rule_id] for rule_id in _stages(person)]
    if person.egfr is not None:
        bands += [rule for rule in _bands() if rule.holds(person.egfr)]
    if bands:
        # Bands run from R01, the best, to R06.
        return Kidneys(diseased, max(bands, key=lambda rule: rule.rule_id))
    return Kidneys(diseased, rules[UNKNOWN_WITH_DISEASE] if diseased else None)


def _bands() -> list[SafetyRule]:
    return [
        rule
        for rule in read_safety_rules().values()
        if rule.parameter == "eGFR" and rule.rule_id != UNKNOWN_WITH_DISEASE
    ]


def _stages(person: Person) -> list[str]:
    """Give the bands that words such as ``CKD stage 3b`` and ``dialysis`` mean."""
    known = read_safety_settings("conditions")["kidney_stage"]
    found = []
    for text in person.conditions:
        kidney = [one for one in read_condition(text).conditions if one.is_kidney]
        found += [rule for one in kidney for rule in one.rules]
        if kidney:
            stages = _STAGE.findall(plain_words(text))
            found += [known.get(number + letter) or known[number] for number, letter in stages]
            figures = map(float, _EGFR.findall(text.casefold()))
            found += [rule.rule_id for egfr in figures for rule in _bands() if rule.holds(egfr)]
    return found
