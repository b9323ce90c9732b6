"""Sentences of ``configs/safety/sentences.toml``, by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from planner.safety.read import Cited, read_safety_settings
from planner.settings import read_row

ALLOWED, ASK, REFUSED = "allowed", "ask", "refused"
VERDICTS = (ALLOWED, ASK, REFUSED)  # from the mildest to the strictest
MAGNESIUM = "magnesium_mg"

EMERGENCY = "EMERGENCY"


@dataclass(frozen=True, slots=True)
class SafetyFinding:
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
        return EMERGENCY in self.actions


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its source.

    Parameters
    ----------
    sentence_id, text
        Id, and the text; ``{name}`` stands for a figure to fill in.
    source, confidence
        Citation, and how sure it is.
    is_general
        Whether every safety answer says it.
    figures
        Thresholds that decide whether it is said.
    compounds
        Words in the names of the compounds that it is said of.
    """

    sentence_id: str
    text: str
    source: Cited
    confidence: str
    figures: Mapping[str, float]
    is_general: Annotated[bool, Field(validation_alias="safety")] = False
    compounds: tuple[str, ...] = ()


@cache
def read_sentences() -> Mapping[str, Sentence]:
    """Give every sentence by its id."""
    found = {}
    for name, row in read_safety_settings("sentences").items():
        figures = {key: one for key, one in row.items() if type(one) in (int, float)}
        found[name] = read_row(Sentence, {**row, "sentence_id": name, "figures": figures})
    return found


def say(sentence_id: str, **figures: Any) -> str:
    """Give the text of a sentence with its figures filled in."""
    return read_sentences()[sentence_id].text.format(**figures)


def sentence_finding(sentence_id: str, verdict: str, **changes: Any) -> SafetyFinding:
    """Give a sentence as what a rule says; one that allows is to know and no more."""
    sentence = read_sentences()[sentence_id]
    level = "info" if verdict == ALLOWED else verdict
    stated = (sentence.text, sentence.source, sentence.confidence)
    return replace(SafetyFinding(sentence_id, level, *stated, verdict), **changes)
