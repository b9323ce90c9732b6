"""Sentences of ``configs/safety/sentences.toml``, by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from planner.settings import Figure, Parts, YesNo, in_parts, read_row, read_rows, read_settings


def _cited(keys: str | Sequence[str]) -> str:
    return cite_safety_sources(in_parts(keys))


Cited = Annotated[str, BeforeValidator(_cited)]  # the ids of sources, as their citations


@dataclass(frozen=True, slots=True)
class SafetyRule:
    """One row of ``configs/safety/rules.csv``.

    Parameters
    ----------
    rule_id, category, condition, parameter
        Id, and what the rule is about.
    lower, upper
        Bounds of the parameter [``unit``]; ``None`` leaves that side open.
    lower_inclusive, upper_inclusive
        Whether a bound itself belongs to the band.
    unit, level, note
        Unit of the bounds, name of the band, remark.
    actions
        What follows.
    sources, confidence
        Ids of ``rules.toml``, and how sure they are.
    """

    rule_id: str
    category: str
    condition: str
    parameter: str
    lower: Figure
    upper: Figure
    lower_inclusive: YesNo
    upper_inclusive: YesNo
    unit: str
    level: str
    actions: Parts
    note: str
    sources: Annotated[Parts, Field(validation_alias="source")]
    confidence: str

    def holds(self, value: float) -> bool:
        """Whether ``value`` [``unit``] lies in the band."""
        above = self.lower is None or (
            value >= self.lower if self.lower_inclusive else value > self.lower
        )
        below = self.upper is None or (
            value <= self.upper if self.upper_inclusive else value < self.upper
        )
        return above and below


@cache
def read_safety_rules() -> Mapping[str, SafetyRule]:
    """Return every safety rule by its id."""
    return MappingProxyType(
        {row["rule_id"]: read_row(SafetyRule, row) for row in read_safety_rows("rules")}
    )


@cache
def read_safety_sources() -> Mapping[str, str]:
    """Return the citation of every source by its id."""
    sources = read_safety_settings("rules")["sources"]
    return MappingProxyType({key: row["cite"] for key, row in sources.items()})


def read_safety_settings(name: str) -> Mapping[str, Any]:
    """Read ``configs/safety/NAME.toml`` as it stands."""
    return read_settings(f"safety/{name}.toml")


def read_safety_rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of ``configs/safety/NAME.csv`` as they stand."""
    return read_rows(f"safety/{name}.csv")


@cache
def safety_rows_by(name: str, column: str) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """Return the rows of ``configs/safety/NAME.csv`` by what stands in a column."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in read_safety_rows(name):
        found.setdefault(row[column], []).append(row)
    return found


def cite_safety_sources(keys: Iterable[str]) -> str:
    """Return the citations of some sources in one line."""
    sources = read_safety_sources()
    return "; ".join(sources[key] for key in keys)


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
    """Return every sentence by its id."""
    found = {}
    for name, row in read_safety_settings("sentences").items():
        figures = {key: figure for key, figure in row.items() if type(figure) in (int, float)}
        found[name] = read_row(Sentence, {**row, "sentence_id": name, "figures": figures})
    return found


def say(sentence_id: str, **figures: Any) -> str:
    """Return the text of a sentence with its figures filled in."""
    return read_sentences()[sentence_id].text.format(**figures)


def sentence_finding(sentence_id: str, verdict: str, **changes: Any) -> SafetyFinding:
    """Return a sentence as what a rule says; one that allows is to know and no more."""
    sentence = read_sentences()[sentence_id]
    level = "info" if verdict == ALLOWED else verdict
    stated = (sentence.text, sentence.source, sentence.confidence)
    return replace(SafetyFinding(sentence_id, level, *stated, verdict), **changes)
