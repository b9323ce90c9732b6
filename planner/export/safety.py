"""The safety verdict as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from planner.safety.gate import ASK_ANTACIDS, Finding, SafetyVerdict
from planner.safety.limits import safety_sentence
from planner.safety.schedule import ScheduleLine

_HEADLINES = {
    "allowed": "Supplement of magnesium: allowed",
    "ask": "Supplement of magnesium: ask first, none until then",
    "refused": "Supplement of magnesium: refused",
}
_GENERAL = ("info", "question")


def safety_as_json(verdict: SafetyVerdict, assumed: Sequence[str] = ()) -> dict[str, Any]:
    """Give a verdict as JSON values, complete; ``assumed`` names what nobody gave."""
    upper = verdict.upper_level
    return {
        "supplement": verdict.allowed,
        "assumed": list(assumed),
        "most_elemental_mg": verdict.most_elemental_mg,
        "taken_elemental_mg": verdict.taken_elemental_mg,
        "upper_level_mg": upper.value_mg if upper else None,
        "findings": [_finding_as_json(one) for one in verdict.findings],
        "schedule": [_line_as_json(one) for one in verdict.schedule],
        "forbidden_nutrients": sorted(verdict.forbidden_nutrients),
        "avoided_compounds": sorted(verdict.avoided_words),
        "questions": [one.text for one in verdict.findings if one.level == "question"],
    }


def safety_as_text(verdict: SafetyVerdict, assumed: Sequence[str] = ()) -> str:
    """Give a verdict as lines to read; ``assumed`` names what nobody gave."""
    return "\n".join(_lines(verdict, assumed))


def _lines(verdict: SafetyVerdict, assumed: Sequence[str]) -> Iterator[str]:
    yield _headline(verdict)
    if "age" in assumed:
        yield "The age is not given: the answer is for the sample person's. Say --age."
    yield f"Taken already: {verdict.taken_elemental_mg:.0f} mg of magnesium a day"
    yield _upper(verdict)
    own = [one for one in verdict.findings if one.level not in _GENERAL]
    if own:
        yield from ("", "What the rules say")
    yield from (f"  {_sign(one)} {one.text} [{one.code}]" for one in own)
    if verdict.schedule:
        yield from ("", "A day that keeps them apart (magnesium: supplement, antacid or laxative)")
    yield from (_schedule_text(line) for line in verdict.schedule)
    yield from ("", "To be asked")
    yield from (f"  {one.text}" for one in verdict.findings if one.code == ASK_ANTACIDS)
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


def _upper(verdict: SafetyVerdict) -> str:
    upper = verdict.upper_level
    if upper is None:
        return "No upper level is given"
    what = "supplements, antacids and laxatives together"
    return f"Upper level: {upper.value_mg:g} mg a day from {what}"


def _sign(one: Finding) -> str:
    return {"refused": "NO ", "ask": "ASK", "allowed": "-  "}[one.verdict]


def _schedule_text(line: ScheduleLine) -> str:
    apart = ", ".join(f"{hours:g} h from {item}" for item, hours in line.hours_apart_from.items())
    return f"  {line.earliest}-{line.latest}  {line.item}" + (f" ({apart})" if apart else "")


def _finding_as_json(one: Finding) -> dict[str, Any]:
    return {
        "code": one.code,
        "level": one.level,
        "text": one.text,
        "source": one.source,
        "confidence": one.confidence,
        "verdict": one.verdict,
        "actions": list(one.actions),
    }


def _line_as_json(line: ScheduleLine) -> dict[str, Any]:
    return {
        "item": line.item,
        "earliest": line.earliest,
        "latest": line.latest,
        "hours_apart_from": dict(line.hours_apart_from),
    }
