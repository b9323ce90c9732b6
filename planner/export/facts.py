"""The register of facts as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from planner.explain.facts import Fact, cite_source, conflicts_in, place_text
from planner.export.page import BLANK, HEADING, WIDTH, Line, as_plain, wrapped, wrapped_text
from planner.language.spoken import _, mark, number_text
from planner.settings import read_settings

_INDENT = "    "
_GAP = "  "
_KIND_WORDS = {
    "target": mark("becomes a target"),
    "bound": mark("becomes a bound"),
    "warning": mark("becomes a warning"),
    "note": mark("becomes a note"),
    "told only": mark("told only"),
    "refused": mark("not used"),
}


def facts_as_json(facts: Sequence[Fact]) -> dict[str, Any]:
    """Give facts, their conflicts and their sources as JSON values."""
    used = dict.fromkeys(source for fact in facts for source in fact.sources)
    about = read_settings("facts.toml")["sources"]
    return {
        "facts": [_fact_as_json(fact) for fact in facts],
        "conflicts": [
            {"between": [_side_as_json(one), _side_as_json(other)]}
            for one, other in conflicts_in(facts)
        ],
        "sources": {source: dict(about[source]) for source in used},
    }


def facts_as_text(facts: Sequence[Fact]) -> str:
    """Give facts by topic with source, use, place and disagreement; conflicts side by side."""
    lines: list[Line] = []
    for topic in dict.fromkeys(fact.topic for fact in facts):
        own = [fact for fact in facts if fact.topic == topic]
        lines += [*([BLANK] if lines else []), Line(topic.capitalize(), HEADING)]
        lines += [line for fact in own for line in _fact_lines(fact)]
    pairs = conflicts_in(facts)
    if pairs:
        lines += [BLANK, Line(_("Where sources disagree"), HEADING)]
        lines += [line for one, other in pairs for line in _side_by_side(one, other)]
    return as_plain(lines)


def _fact_as_json(fact: Fact) -> dict[str, Any]:
    names = ("fact_id", "topic", "statement", "value_low", "value_high", "unit", "kind", "does")
    return {
        **{name: getattr(fact, name) for name in (*names, "rule")},
        "shown": [place_text(place) for place in fact.places],
        "against": list(fact.against),
        "disagreement": fact.disagreement,
        "check": fact.check,
        "sources": [cite_source(source) for source in fact.sources],
    }


def _side_as_json(fact: Fact) -> dict[str, Any]:
    return {
        "fact_id": fact.fact_id,
        "statement": fact.statement,
        "sources": [cite_source(source) for source in fact.sources],
        "does": fact.does,
    }


def _fact_lines(fact: Fact) -> list[Line]:
    texts = [
        (_("Source"), "; ".join(cite_source(source) for source in fact.sources)),
        (_("Here"), f"{_(_KIND_WORDS[fact.kind])}: {fact.does}" + _rule_text(fact)),
        (_("Shown"), "; ".join(place_text(place) for place in fact.places)),
        (_("Others"), fact.disagreement),
        (_("Our check"), fact.check),
    ]
    lines = wrapped(f"{fact.fact_id}  {fact.statement}{_figures(fact)}", bullet="- ")
    for label, text in texts:
        if text:
            lines += wrapped(f"{label}: {text}", indent=_INDENT)
    return lines


def _rule_text(fact: Fact) -> str:
    return "" if fact.rule in ("lesson", "never") else _(" (rule: {rule})").format(rule=fact.rule)


def _figures(fact: Fact) -> str:
    """Give the figures of a statement whose words do not show them."""
    numbers = [value for value in (fact.value_low, fact.value_high) if value is not None]
    shown = [f"{value:g}" for value in numbers]
    if not numbers or all(number in fact.statement for number in shown):
        return ""
    return f" [{_(' to ').join(map(number_text, shown))} {fact.unit}]"


def _side_by_side(one: Fact, other: Fact) -> list[Line]:
    width = (WIDTH - len(_GAP)) // 2
    sides = [_side(fact, width) for fact in (one, other)]
    rows = zip_longest(sides[0], sides[1], fillvalue="")
    return [BLANK, *(Line(f"{left.ljust(width)}{_GAP}{right}".rstrip()) for left, right in rows)]


def _side(fact: Fact, width: int) -> list[str]:
    sources = "; ".join(cite_source(source) for source in fact.sources)
    texts = (f"{fact.fact_id}  {fact.statement}", sources, f"{_('Here')}: {fact.does}.")
    return [line for text in texts for line in wrapped_text(text, width)]
