"""Whether a person may have a supplement of magnesium, how much, and when.

Fails closed: a supplement is allowed only when every rule that holds for the person allows it. What
no rule names is asked about, and an action that the program does not know refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from foods.supplement import find_supplement
from planner.safety.conditions import unknown_conditions
from planner.safety.intake import SupplementIntake
from planner.safety.medicines import Medicine, read_medicines
from planner.safety.person import Person
from planner.safety.read import SafetyRule, cite_safety_sources, read_safety_settings
from planner.safety.rules_for import rules_for, what_rule_says
from planner.safety.schedule import ScheduleLine, build_schedule
from planner.safety.sentences import read_sentences, say
from planner.safety.upper import UpperLevel, magnesium_upper_level

ALLOWED, ASK, REFUSED = "allowed", "ask", "refused"
ASK_ANTACIDS = "ask_antacids"

_VERDICTS = (ALLOWED, ASK, REFUSED)  # from the mildest to the strictest
_MAGNESIUM = "magnesium_mg"
_PHARMACIST = "ask your pharmacist or doctor"
_EMERGENCY = "EMERGENCY"


_Patient = TypeVar("_Patient", bound=Person)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule says.

    Parameters
    ----------
    code
        Id of the rule, interaction or sentence.
    level
        Band of the rule, such as ``"G3a"`` or ``"mild"``, or how severe it is.
    text
        What it means, and who to ask.
    source, confidence
        Citation, and how sure it is.
    verdict
        What it means for a supplement of magnesium: ``allowed``, ``ask`` or ``refused``.
    actions
        Actions and advice of the rule.
    """

    code: str
    level: str
    text: str
    source: str
    confidence: str
    verdict: str = ALLOWED
    actions: tuple[str, ...] = ()

    @property
    def is_emergency(self) -> bool:
        """Whether help is needed now."""
        return _EMERGENCY in self.actions


@dataclass(frozen=True, slots=True)
class SafetyVerdict:
    """What the safety rules say to one person.

    Parameters
    ----------
    allowed
        ``"allowed"``, ``"refused"``, or ``"ask"``: none until somebody has been asked.
    most_elemental_mg
        Most of supplemental magnesium that may be added to what is taken [mg/day]; 0 unless
        allowed.
    taken_elemental_mg
        Magnesium that supplements, antacids and laxatives hold already [mg/day].
    upper_level
        The upper level that counts; ``None`` where there is none.
    findings
        Everything that a rule says, the strictest first.
    schedule
        A day that keeps medicines and magnesium apart; empty where nothing must be.
    forbidden_nutrients
        Nutrients of which no supplement may be taken, magnesium aside.
    avoided_words
        Words in the name of a compound that is to be avoided.
    """

    allowed: str
    most_elemental_mg: float
    taken_elemental_mg: float
    upper_level: UpperLevel | None
    findings: tuple[Finding, ...]
    schedule: tuple[ScheduleLine, ...]
    forbidden_nutrients: frozenset[str]
    avoided_words: frozenset[str]

    @property
    def is_allowed(self) -> bool:
        """Whether a supplement of magnesium may be planned."""
        return self.allowed == ALLOWED

    def allows_compound(self, name: str) -> bool:
        """Whether a compound of magnesium may be planned."""
        return self.is_allowed and not self.avoids(name)

    def avoids(self, name: str) -> bool:
        """Whether a compound, by any of its names, is one to avoid."""
        compound = find_supplement(name).name.casefold()
        return any(word in compound for word in self.avoided_words)


def judge_supplements(
    person: Person,
    medicines: Iterable[str] | None = None,
    conditions: Iterable[str] | None = None,
    supplements: Sequence[SupplementIntake] = (),
    standard_id: str = "us",
) -> SafetyVerdict:
    """Say whether ``person`` may have a supplement of magnesium, how much, and when.

    Parameters
    ----------
    person
        Who asks; a ``planner.targets.profile.Profile`` is one.
    medicines, conditions
        Beside those that the person carries already.
    supplements
        What is taken already, antacids and laxatives too.
    standard_id
        Whose upper level counts.

    Returns
    -------
    SafetyVerdict
        Allowed only when every rule allows it.
    """
    person = _with_lists(person, medicines or (), conditions or ())
    drugs = read_medicines(person.medicines)
    rules = rules_for(person)
    actions = [action for rule in rules for action in rule.actions]
    upper = _upper_level(person, standard_id, actions)
    taken_mg = sum(one.elemental_mg_per_day for one in supplements if one.nutrient == _MAGNESIUM)
    avoided, forbidden = _avoided(actions), _forbidden(actions)
    schedule = build_schedule(drugs, supplements)
    findings = [
        *(_rule_finding(rule) for rule in rules),
        *_condition_findings(person),
        *(finding for drug in drugs for finding in _drug_findings(drug)),
        *_amount_findings(taken_mg, upper, standard_id),
        *_compound_findings(supplements, avoided, forbidden),
        *([_sentence_finding("no_time_of_day", ASK)] if schedule is None else []),
    ]
    verdict = max((one.verdict for one in findings), key=_VERDICTS.index, default=ASK)
    most_mg = upper.value_mg - taken_mg if upper and verdict == ALLOWED else 0.0
    findings.sort(key=lambda one: (not one.is_emergency, -_VERDICTS.index(one.verdict)))
    return SafetyVerdict(
        verdict,
        most_mg,
        taken_mg,
        upper,
        (*findings, *_general_findings()),
        schedule or (),
        forbidden,
        avoided,
    )


@cache
def verdict_of(action: str) -> str:
    """Give what an action or advice means for a supplement; an unknown one refuses."""
    known = read_safety_settings("actions")
    for verdict in (ALLOWED, ASK):
        if action in known[verdict]:
            return verdict
    return REFUSED


def _with_lists(person: _Patient, medicines: Iterable[str], conditions: Iterable[str]) -> _Patient:
    more_medicines = tuple(dict.fromkeys([*person.medicines, *medicines]))
    more_conditions = tuple(dict.fromkeys([*person.conditions, *conditions]))
    if (more_medicines, more_conditions) == (person.medicines, person.conditions):
        return person
    return replace(person, medicines=more_medicines, conditions=more_conditions)  # type: ignore[type-var]  # every Person is a dataclass


def _strictest(actions: Iterable[str]) -> str:
    return max((verdict_of(action) for action in actions), key=_VERDICTS.index, default=REFUSED)


def _upper_level(person: Person, standard_id: str, actions: Iterable[str]) -> UpperLevel | None:
    """Give the standard's upper level, lowered by what a rule leaves at most."""
    upper = magnesium_upper_level(person, standard_id)
    limits = read_safety_settings("actions")["upper_mg"]
    lower = [float(limits[action]) for action in actions if action in limits]
    if upper is None or not lower or min(lower) >= upper.value_mg:
        return upper
    return replace(upper, value_mg=min(lower), rule="safety rule")


def _rule_finding(rule: SafetyRule) -> Finding:
    verdict = _strictest(rule.actions)
    return Finding(
        rule.rule_id,
        rule.level or ("info" if verdict == ALLOWED else verdict),
        what_rule_says(rule.rule_id).sentence,
        cite_safety_sources(rule.sources),
        rule.confidence,
        verdict,
        rule.actions,
    )


def _condition_findings(person: Person) -> Iterator[Finding]:
    for named in unknown_conditions(person):
        text = say("unknown_condition", name=named.text, near=_near(named.near))
        finding = _sentence_finding("unknown_condition", ASK)
        yield replace(finding, text=f"{text} {_capital(_PHARMACIST)}.")


def _drug_findings(drug: Medicine) -> Iterator[Finding]:
    for row in drug.interactions:
        verdict = ASK if row.is_default else _strictest(row.advice)
        text = f"{drug.name}: {row.text}"
        if row.is_default:
            hours = row.hours_before_mg or 0
            text = say("unknown_medicine", name=drug.name, near=_near(drug.near), hours=hours)
        elif verdict != ALLOWED:
            text += f" {_capital(_PHARMACIST)}."
        yield Finding(
            row.interaction_id, row.severity, text, row.source, row.confidence, verdict, row.advice
        )


def _amount_findings(
    taken_mg: float, upper: UpperLevel | None, standard_id: str
) -> Iterator[Finding]:
    toxic = read_sentences()["toxic_dose"]
    if taken_mg > toxic.figures["above_mg"]:
        text = f"{taken_mg:.0f} mg a day. {toxic.text} Stop, and ask a doctor today."
        yield Finding("S06", "emergency", text, toxic.source, toxic.confidence, REFUSED)
    if upper is None:
        finding = _sentence_finding("no_upper_level", REFUSED)
        text = say("no_upper_level", standard=standard_id.upper())
        yield replace(finding, text=f"{text} {_capital(_PHARMACIST)}.")
    elif taken_mg >= upper.value_mg:
        finding = _sentence_finding("above_upper_level", REFUSED)
        text = say("above_upper_level", taken_mg=taken_mg, upper_mg=upper.value_mg)
        yield replace(finding, text=f"{text} {_capital(_PHARMACIST)}.", source=upper.source)


def _compound_findings(
    supplements: Iterable[SupplementIntake], avoided: frozenset[str], forbidden: frozenset[str]
) -> Iterator[Finding]:
    for one in supplements:
        if any(word in one.compound.casefold() for word in avoided):
            finding = _sentence_finding("avoided_compound", ASK)
            yield replace(finding, text=_asks("avoided_compound", one.name))
        if one.nutrient in forbidden:
            finding = _sentence_finding("forbidden_nutrient", ASK)
            yield replace(finding, text=_asks("forbidden_nutrient", one.name))


def _general_findings() -> Iterator[Finding]:
    yield replace(_sentence_finding(ASK_ANTACIDS, ALLOWED), level="question")
    for sentence in read_sentences().values():
        if sentence.is_general:
            yield _sentence_finding(sentence.sentence_id, ALLOWED)


def _asks(sentence_id: str, name: str) -> str:
    return f"{say(sentence_id, name=name)} {_capital(_PHARMACIST)}."


def _sentence_finding(sentence_id: str, verdict: str) -> Finding:
    sentence = read_sentences()[sentence_id]
    level = "info" if verdict == ALLOWED else verdict
    return Finding(sentence_id, level, sentence.text, sentence.source, sentence.confidence, verdict)


def _avoided(actions: Iterable[str]) -> frozenset[str]:
    known = read_safety_settings("actions")["avoided"]
    return frozenset(word for action in actions for word in known.get(action, ()))


def _forbidden(actions: Iterable[str]) -> frozenset[str]:
    known = read_safety_settings("actions")["forbidden"]
    return frozenset(word for action in actions for word in known.get(action, ()))


def _near(names: Iterable[str]) -> str:
    words = ", ".join(names)
    return f" (did you mean {words}?)" if words else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
