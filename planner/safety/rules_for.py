"""Which rows of ``configs/safety/rules.csv`` hold for one person, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from planner.safety.patient import Patient
from planner.safety.person import Person
from planner.safety.read import SafetyRule, read_safety_rules, read_safety_settings
from planner.settings import read_row
from planner.wording import joined

AGE_AND_KIDNEYS_UNKNOWN = "R08"

PREGNANT = "pregnant"

_BY_STATE = {PREGNANT: "P01", "lactating": "P08"}
_AGE_CATEGORIES = ("child", "adult")
_CHOKING = "choking"


@dataclass(frozen=True, slots=True)
class RuleSays:
    """What a rule says to a person.

    Parameters
    ----------
    text, who
        What it means, and who is to be asked; empty where nobody is.
    plan_refused
        Whether no plan is made.
    beside
        Interactions of which a medicine must have one; empty where it holds without.
    banner
        What the first lines of a plan say of it; empty for most.
    """

    text: str
    who: str = ""
    plan_refused: bool = False
    beside: tuple[str, ...] = ()
    banner: str = ""

    @property
    def sentence(self) -> str:
        """Text and who to ask, as one text."""
        if not self.who:
            return self.text
        return joined([self.text, f"{self.who}."])


def rules_for(patient: Patient) -> tuple[SafetyRule, ...]:
    """Give the rules that hold for ``patient``, by id and without repeats."""
    rules, person = read_safety_rules(), patient.person
    found = {
        *(rule_id for one in patient.conditions for rule_id in one.rules),
        *_rules_by_figures(person),
        *_kidney_rules(patient),
    }
    if person.state in _BY_STATE:
        found.add(_BY_STATE[person.state])
    taken = {row.interaction_id for one in patient.medicines for row in one.interactions}
    named = {one.condition_id for one in patient.conditions}  # such as "hypokalaemia with digoxin"
    beside = {one: set(what_rule_says(one).beside) for one in found - named}
    left_out = {one for one, needs in beside.items() if needs and not taken & needs}
    return tuple(rules[one] for one in sorted(found - left_out))


@cache
def what_rule_says(rule_id: str) -> RuleSays:
    """Give what a rule says; one without words of its own says its row."""
    row = read_safety_settings("findings").get(rule_id)
    if row is None:
        rule = read_safety_rules()[rule_id]
        return RuleSays(f"{rule.condition}: {rule.note}")
    return read_row(RuleSays, row)


def _rules_by_figures(person: Person) -> Iterator[str]:
    """Give the bands of age and of figures of the blood."""
    figures = {"serum_mg": person.serum_mg_mg_dl, "serum_k": person.serum_k_mmol_l}
    figures |= dict.fromkeys(_AGE_CATEGORIES, person.age_y)
    for rule in read_safety_rules().values():
        figure = figures.get(rule.category)
        if figure is not None and rule.level != _CHOKING and rule.holds(figure):
            yield rule.rule_id


def _kidney_rules(patient: Patient) -> list[str]:
    """Give the band of the kidneys; an age at which it must be known asks for it.

    A stage of words alone, such as ``CKD stage 2``, is known; the rule for the old still asks,
    since it wants a measured figure.
    """
    kidneys, person = patient.kidneys, patient.person
    found = [kidneys.rule.rule_id] if kidneys.rule else []
    if person.egfr is None and read_safety_rules()[AGE_AND_KIDNEYS_UNKNOWN].holds(person.age_y):
        found.append(AGE_AND_KIDNEYS_UNKNOWN)
    return found
