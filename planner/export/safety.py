"""The safety verdict as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from foods.nutrient import known_nutrients
from planner.export.schedule import SCHEDULE_TITLE, schedule_as_json, schedule_texts
from planner.safety.finding import ALLOWED, MAGNESIUM, SafetyFinding
from planner.safety.gate import QUESTION, SafetyVerdict
from planner.safety.limits import safety_sentence
from planner.safety.nutrients import is_only_about_magnesium, who_advises

_HEADLINES = {
    "allowed": "Supplement of magnesium: allowed",
    "ask": "Supplement of magnesium: ask first, none until then",
    "refused": "Supplement of magnesium: refused",
}
_ANSWERS = {"allowed": "allowed", "ask": "ask first", "refused": "refused"}
_GENERAL = ("info", QUESTION)


def safety_as_json(verdict: SafetyVerdict, assumed: Sequence[str] = ()) -> dict[str, Any]:
    """Give a verdict as JSON values, complete; ``assumed`` names what nobody gave."""
    upper = verdict.upper_level
    return {
        "supplement": verdict.allowed,
        "nutrients": dict(verdict.nutrients),
        "nutrient_advice": {
            key: _who(key, answer, verdict).removeprefix("; ")
            for key, answer in verdict.nutrients.items()
            if key != MAGNESIUM
        },
        "assumed": list(assumed),
        "readings": [{"said": one.said, "understood": one.understood} for one in verdict.readings],
        "most_elemental_mg": verdict.most_elemental_mg,
        "taken_elemental_mg": verdict.taken_elemental_mg,
        "upper_level_mg": upper.value_mg if upper else None,
        "upper_level_source": upper.source if upper else None,
        "findings": [_finding_as_json(one) for one in verdict.findings],
        **schedule_as_json(verdict.schedule),
        "forbidden_nutrients": sorted(verdict.forbidden_nutrients),
        "avoided_compounds": sorted(verdict.avoided_words),
        "questions": [one.text for one in verdict.findings if one.level == QUESTION],
    }


def safety_as_text(verdict: SafetyVerdict, assumed: Sequence[str] = ()) -> str:
    """Give a verdict as lines to read; ``assumed`` names what nobody gave."""
    return "\n".join(_lines(verdict, assumed))


def _lines(verdict: SafetyVerdict, assumed: Sequence[str]) -> Iterator[str]:
    yield _headline(verdict)
    if "age" in assumed:
        yield "The age is not given: the answer is for the sample person's. Say --age."
    yield from (f"Understood: {one.text}" for one in verdict.readings)
    yield f"Taken already: {verdict.taken_elemental_mg:.0f} mg of magnesium a day"
    yield _upper(verdict)
    yield from _nutrients(verdict)
    if verdict.avoided_words:
        yield f"Compounds to avoid: {', '.join(sorted(verdict.avoided_words))}"
    own = [one for one in verdict.findings if one.level not in _GENERAL]
    if own:
        yield from ("", "What the rules say")
    yield from (f"  {_sign(one)} {one.text} [{_mark(one)}]" for one in own)
    if told := schedule_texts(verdict.schedule):
        yield from ("", SCHEDULE_TITLE)
    yield from (f"  {text}" for text in told)
    yield from ("", "To be asked")
    yield from (f"  - {one.text}" for one in verdict.findings if one.level == QUESTION)
    yield from ("", "To know")
    known = (one for one in verdict.findings if one.level == "info" and one not in own)
    yield from (f"  - {one.text}" for one in known)
    yield from ("", "Sources")
    sources = dict.fromkeys(one.source for one in verdict.findings)
    yield from (f"  - {source}" for source in sources)
    yield from ("", safety_sentence("not_medical_advice"))


def _headline(verdict: SafetyVerdict) -> str:
    words = _HEADLINES[verdict.allowed]
    if any(one.is_emergency for one in verdict.findings):
        return f"{words}. This is an emergency: get help now."
    if verdict.is_allowed:
        return f"{words}, at most {verdict.most_elemental_mg:.0f} mg a day more"
    return words


def _nutrients(verdict: SafetyVerdict) -> Iterator[str]:
    """Say what the rules say to pills of other nutrients, and who is to be asked."""
    yield "Supplements of other nutrients"
    for nutrient, answer in verdict.nutrients.items():
        if nutrient != MAGNESIUM:
            name = known_nutrients()[nutrient].name
            yield f"  {name}: {_ANSWERS[answer]}{_who(nutrient, answer, verdict)}"


def _who(nutrient: str, answer: str, verdict: SafetyVerdict) -> str:
    if advice := who_advises(nutrient):
        return f"; {advice}"
    if nutrient in verdict.forbidden_nutrients or answer == ALLOWED:
        return "" if answer == ALLOWED else "; ask your doctor"
    return "; see below for whom to ask" if verdict.allowed != ALLOWED else "; ask your doctor"


def _mark(one: SafetyFinding) -> str:
    alone = one.verdict != ALLOWED and is_only_about_magnesium(one.code)
    return ", ".join([one.code, *(["of magnesium alone"] if alone else []), one.confidence])


def _upper(verdict: SafetyVerdict) -> str:
    upper = verdict.upper_level
    if upper is None:
        return "No upper level is given"
    what = "supplements, antacids and laxatives together"
    return f"Upper level: {upper.value_mg:g} mg a day from {what} ({upper.source})"


def _sign(one: SafetyFinding) -> str:
    return {"refused": "NO ", "ask": "ASK", "allowed": "-  "}[one.verdict]


def _finding_as_json(one: SafetyFinding) -> dict[str, Any]:
    return {
        "code": one.code,
        "level": one.level,
        "text": one.text,
        "source": one.source,
        "confidence": one.confidence,
        "verdict": one.verdict,
        "of_magnesium_alone": is_only_about_magnesium(one.code),
        "actions": list(one.actions),
    }
