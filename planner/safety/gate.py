"""Whether a person may have a supplement of magnesium or another nutrient, how much, and when.

Fails closed: a supplement is allowed only when every rule that holds for the person allows it. What
no rule names is asked about, and an action that the program does not know refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from foods.supplement import find_supplement
from planner.safety.intake import (
    FAR_OVER_CHILD,
    SupplementIntake,
    UpperLevel,
    fewer_pills,
    judge_nutrients,
    magnesium_upper_level,
    over_said,
    pill_advice,
    pill_findings,
)
from planner.safety.medicines import Medicine
from planner.safety.patient import (
    Patient,
    Reading,
    check_understood,
    notes_on_doubled,
    readings_of,
    rows_told,
)
from planner.safety.schedule import DaySchedule, build_schedule
from planner.safety.sentences import (
    ALLOWED,
    ASK,
    EMERGENCY,
    MAGNESIUM,
    REFUSED,
    VERDICTS,
    SafetyFinding,
    SafetyRule,
    cite_safety_sources,
    read_safety_settings,
    read_sentences,
    say,
    sentence_finding,
)
from planner.safety.stops import PREGNANT, alarms_of, effect_notes, rules_for, what_rule_says
from planner.standards.ids import is_own_standard
from planner.wording import capital, joined

OWN_STANDARD_CAPPED = "own_standard_capped"
ASK_ANTACIDS, QUESTION = "ask_antacids", "question"

_LEVEL_SOURCES = ("dri_ul_elem",)
_STABLE_VITAMIN_K = "KEEP_VITAMIN_K_STABLE"
_FULL, _TOLD = "above_upper_level", "told"
_PHARMACIST = "ask your pharmacist or doctor"
_STOP = "{taken:.0f} mg a day. {why} Stop, and ask a doctor today."
_STOP_CHILD = (
    "{taken:.0f} mg a day. {why} Stop, and call a poison center or the emergency number now."
)


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
        Everything that a rule says: what is urgent or refuses, what a plan has on top, the rest.
    schedule
        A day that keeps pills apart from medicines, and what no time is left for.
    forbidden_nutrients
        Nutrients of which no supplement may be taken, magnesium aside.
    avoided_words
        Words in the name of a compound that is to be avoided.
    nutrients
        Nutrient key → what the rules say to a supplement of it; ``allowed`` is that of magnesium.
    readings
        How each condition and medicine was understood.
    """

    allowed: str
    most_elemental_mg: float
    taken_elemental_mg: float
    upper_level: UpperLevel | None
    findings: tuple[SafetyFinding, ...]
    schedule: DaySchedule
    forbidden_nutrients: frozenset[str]
    avoided_words: frozenset[str]
    nutrients: Mapping[str, str]
    readings: tuple[Reading, ...] = ()

    @property
    def is_allowed(self) -> bool:
        """Whether a supplement of magnesium may be planned."""
        return self.allowed == ALLOWED

    def allows_nutrient(self, nutrient: str) -> bool:
        """Whether a supplement of a nutrient may be planned; of one that is not judged, none."""
        return self.nutrients.get(nutrient) == ALLOWED

    def allows_compound(self, name: str) -> bool:
        """Whether a compound, by any of its names, may be planned."""
        return self.allows_nutrient(find_supplement(name).nutrient) and not self.avoids(name)

    def avoids(self, name: str) -> bool:
        """Whether a compound, by any of its names, is one to avoid."""
        compound = find_supplement(name).name.casefold()
        return any(word in compound for word in self.avoided_words)


def judge_supplements(
    patient: Patient,
    supplements: Sequence[SupplementIntake] = (),
    standard_id: str = "us",
    waters: Sequence[str] = (),
) -> SafetyVerdict:
    """Say whether ``patient`` may have a supplement of magnesium, how much, and when.

    Parameters
    ----------
    patient
        Who asks.
    supplements
        What is taken already, antacids and laxatives too.
    standard_id
        Whose upper level counts.
    waters
        Mineral waters that are drunk; some medicines are kept apart from them.

    Returns
    -------
    SafetyVerdict
        Allowed only when every rule allows it.

    Raises
    ------
    ConfigError
        When a word of a condition or medicine is not understood.
    """
    check_understood(patient, alarms_of(patient))
    person, drugs, rules = patient.person, patient.medicines, rules_for(patient)
    actions = [action for rule in rules for action in rule.actions]
    upper = magnesium_level_of(patient, standard_id)
    own_level = magnesium_upper_level(person, standard_id)
    taken_mg = sum(one.elemental_mg_per_day for one in supplements if one.nutrient == MAGNESIUM)
    avoided, forbidden = (_words_of(one, actions) for one in ("avoided", "forbidden"))
    schedule = build_schedule(drugs, supplements, waters)
    findings = [
        *(_rule_finding(rule) for rule in rules),
        *_condition_findings(patient),
        *(finding for drug in drugs for finding in _drug_findings(patient, drug)),
        *_own_standard_findings(standard_id, own_level, upper),
        *_told_findings(patient),
        *_potassium_findings(patient),
        *_amount_findings(patient, taken_mg, upper, standard_id),
        *_compound_findings(supplements, avoided, forbidden),
        *_weak_kidney_findings(patient, supplements),
        *pill_findings(person, standard_id, supplements),
        *_schedule_findings(schedule),
    ]
    if upper and _codes(findings) == {_FULL}:
        findings += fewer_pills(supplements, upper.value)
    verdict = max((one.verdict for one in findings), key=VERDICTS.index, default=ASK)
    most_mg = upper.value - taken_mg if upper and verdict == ALLOWED else 0.0
    findings.sort(
        key=lambda one: (
            not one.is_emergency,
            one.verdict != REFUSED,
            one.level != _TOLD,
            one.verdict != ASK,
        )
    )
    nutrients = judge_nutrients(person, findings, forbidden)
    refused = _refused(nutrients, findings, forbidden, upper, taken_mg)
    schedule = build_schedule(drugs, supplements, waters, refused=refused)
    return SafetyVerdict(
        verdict,
        most_mg,
        taken_mg,
        upper,
        (*findings, *_general_findings(patient), *pill_advice(supplements, nutrients)),
        replace(schedule, answer=verdict),
        forbidden,
        avoided,
        nutrients,
        readings_of(patient),
    )


@cache
def verdict_of(action: str) -> str:
    """Give what an action or advice means for a supplement; an unknown one refuses."""
    known = read_safety_settings("actions")
    for verdict in (ALLOWED, ASK):
        if action in known[verdict]:
            return verdict
    return REFUSED


def _strictest(actions: Iterable[str]) -> str:
    return max((verdict_of(action) for action in actions), key=VERDICTS.index, default=REFUSED)


def magnesium_level_of(patient: Patient, standard_id: str) -> UpperLevel | None:
    """Return the one limit of supplemental magnesium: the standard's, lowered by the rules.

    A standard of a person's own is held to the rules of every age, and they stand in for a level
    that it does not give; a shipped one is its authority's word on adults.
    """
    actions = [action for rule in rules_for(patient) for action in rule.actions]
    upper = magnesium_upper_level(patient.person, standard_id)
    settings, is_shipped = read_safety_settings("actions"), not is_own_standard(standard_id)
    limits = settings["upper_mg"] | ({} if is_shipped else settings["own_standard_upper_mg"])
    lower = [float(limits[action]) for action in actions if action in limits]
    if not lower or (upper is None and is_shipped):
        return upper
    if upper is not None and min(lower) >= upper.value:
        return upper
    return UpperLevel(min(lower), "safety rule", cite_safety_sources(_LEVEL_SOURCES))


def _rule_finding(rule: SafetyRule) -> SafetyFinding:
    verdict = _strictest(rule.actions)
    return SafetyFinding(
        rule.rule_id,
        rule.level or ("info" if verdict == ALLOWED else verdict),
        what_rule_says(rule.rule_id).sentence,
        cite_safety_sources(rule.sources),
        rule.confidence,
        verdict,
        rule.actions,
    )


def _condition_findings(patient: Patient) -> Iterator[SafetyFinding]:
    for condition in patient.conditions:
        if text := condition.ask:
            code = condition.condition_id
            yield sentence_finding("asked_condition", ASK, code=code, text=text)
    yield from (_asked("other_condition", name=name) for name in patient.others)
    doubled = notes_on_doubled([one.ingredients for one in patient.medicines])
    yield from (sentence_finding(note, ASK) for note in doubled)


def _drug_findings(patient: Patient, drug: Medicine) -> Iterator[SafetyFinding]:
    for row, text in rows_told(patient, drug):
        verdict = ASK if row.is_default else _strictest(row.advice)
        if verdict != ALLOWED and not row.is_default:
            text = _asking(text)
        yield SafetyFinding(
            row.interaction_id, row.severity, text, row.source, row.confidence, verdict, row.advice
        )


def _own_standard_findings(
    standard_id: str, own: UpperLevel | None, upper: UpperLevel | None
) -> Iterator[SafetyFinding]:
    """Say that a standard of a person's own is held to the level of the safety rules."""
    if not is_own_standard(standard_id) or upper is None or own == upper:
        return
    level = "no upper level"
    if own is not None:
        level = f"{float(own.value):g} mg a day"
    finding = _asked(OWN_STANDARD_CAPPED, ALLOWED, level=level, upper_mg=upper.value)
    yield replace(finding, source=upper.source)


def _amount_findings(
    patient: Patient, taken_mg: float, upper: UpperLevel | None, standard_id: str
) -> Iterator[SafetyFinding]:
    toxic, age_y = read_sentences()["toxic_dose"], patient.person.age_y
    if taken_mg > toxic.figures["above_mg"]:
        is_child = age_y < read_sentences()["pills_far_over_child"].figures["below_age_y"]
        text = (_STOP_CHILD if is_child else _STOP).format(
            taken=float(taken_mg), why=toxic.text.format(**toxic.figures)
        )
        finding = SafetyFinding("S06", "emergency", text, toxic.source, toxic.confidence, REFUSED)
        yield replace(finding, actions=(EMERGENCY,) * is_child)
    if upper is None:
        yield _asked("no_upper_level", REFUSED, standard=standard_id.upper())
    elif taken_mg >= upper.value and not (taken_mg and patient.kidneys.is_weak):
        code, text = over_said(MAGNESIUM, taken_mg, upper.value, age_y)
        if code == FAR_OVER_CHILD:
            finding = sentence_finding(code, REFUSED, level="emergency", text=text)
            yield replace(finding, actions=(EMERGENCY,))
        else:
            finding = _asked(_FULL, REFUSED, taken_mg=taken_mg, upper_mg=upper.value)
            yield replace(finding, source=upper.source)


def _compound_findings(
    supplements: Iterable[SupplementIntake], avoided: frozenset[str], forbidden: frozenset[str]
) -> Iterator[SafetyFinding]:
    for one in supplements:
        if any(word in one.compound.casefold() for word in avoided):
            yield _asked("avoided_compound", name=one.name)
        if one.nutrient in forbidden:
            yield _asked("forbidden_nutrient", name=one.name)


def _told_findings(patient: Patient) -> Iterator[SafetyFinding]:
    """Say what an effect is about that stands in the banner of every plan."""
    for effect in patient.effects:
        if effect.banner and effect.notes:
            text = joined(effect_notes(patient, effect))
            yield SafetyFinding(effect.effect_id, _TOLD, text, effect.source, effect.confidence)


def _weak_kidney_findings(
    patient: Patient, supplements: Iterable[SupplementIntake]
) -> Iterator[SafetyFinding]:
    """Refuse magnesium that is taken already where the kidneys may not clear it."""
    names = [one.name for one in supplements if one.nutrient == MAGNESIUM]
    names += patient.magnesium_refused
    if names and patient.kidneys.is_weak:
        text = say("weak_kidneys_taken", names=", ".join(dict.fromkeys(names)))
        yield sentence_finding("weak_kidneys_taken", REFUSED, text=text)


def _schedule_findings(schedule: DaySchedule) -> Iterator[SafetyFinding]:
    if schedule.no_time_for:
        yield _asked("no_time_of_day", items=", ".join(schedule.no_time_for))
    for pill, medicine in schedule.never_with:
        yield _asked("never_with", REFUSED, pill=pill, medicine=medicine)


def _refused(
    nutrients: Mapping[str, str],
    findings: Iterable[SafetyFinding],
    forbidden: frozenset[str],
    upper: UpperLevel | None,
    taken_mg: float,
) -> frozenset[str]:
    """Give the nutrients of which what is taken already gets no hour.

    Magnesium that reaches the upper level, without exceeding it, is refused more of it alone.
    """
    is_full = upper is not None and taken_mg <= upper.value and _codes(findings) == {_FULL}
    refused = {key for key, answer in nutrients.items() if answer == REFUSED}
    return forbidden | (refused - {MAGNESIUM} if is_full else refused)


def _codes(findings: Iterable[SafetyFinding]) -> set[str]:
    """Give the codes of what refuses."""
    return {one.code for one in findings if one.verdict == REFUSED}


def _potassium_findings(patient: Patient) -> Iterator[SafetyFinding]:
    """Ask for the clinic's figure where no plan is made without it."""
    is_alarm = any(what_rule_says(one.rule_id).plan_refused for one in rules_for(patient))
    if (needs := patient.potassium.needs_clinic) and not is_alarm:
        parts = [*needs, say("potassium_no_plan"), say("potassium_clinic")]
        text = capital("{text}.".format(text=" ".join(parts)))
        yield sentence_finding("potassium_clinic", ASK, level=QUESTION, text=text)


def _general_findings(patient: Patient) -> Iterator[SafetyFinding]:
    yield sentence_finding(ASK_ANTACIDS, ALLOWED, level=QUESTION)
    rows = (row for drug in patient.medicines for row in drug.interactions)
    advice = {advice for row in rows for advice in row.advice}
    if _STABLE_VITAMIN_K in advice and patient.person.vitamin_k_before_ug is None:
        yield sentence_finding("warfarin_before", ALLOWED, level=QUESTION)
    if patient.person.state == PREGNANT:
        yield sentence_finding("folic_acid_pregnancy", ALLOWED)
    for sentence in read_sentences().values():
        if sentence.is_general:
            yield sentence_finding(sentence.sentence_id, ALLOWED)


def _asked(sentence_id: str, verdict: str = ASK, **figures: Any) -> SafetyFinding:
    return sentence_finding(sentence_id, verdict, text=_asking(say(sentence_id, **figures)))


def _asking(text: str) -> str:
    """Put behind a sentence who is to be asked."""
    return joined([text, f"{capital(_PHARMACIST)}."])


def _words_of(table: str, actions: Iterable[str]) -> frozenset[str]:
    """Return what actions name in the table ``avoided`` or ``forbidden``."""
    known = read_safety_settings("actions")[table]
    return frozenset(word for action in actions for word in known.get(action, ()))
