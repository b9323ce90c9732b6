"""The register of facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.document.blocks import Block, Section, Table, bullets
from planner.explain.facts import Fact, cite_source, conflicts_in, place_text
from planner.language.spoken import _, mark, number_text
from planner.settings import read_settings
from planner.wire.facts import FactConflict, FactsAnswer, FactSide, WrittenFact

_KIND_WORDS = {
    "target": mark("becomes a target"),
    "bound": mark("becomes a bound"),
    "warning": mark("becomes a warning"),
    "note": mark("becomes a note"),
    "told only": mark("told only"),
    "refused": mark("not used"),
}


def facts_answer(facts: Sequence[Fact]) -> FactsAnswer:
    """Return facts, their conflicts and their sources as they are written."""
    used = dict.fromkeys(source for fact in facts for source in fact.sources)
    about = read_settings("facts.toml")["sources"]
    return FactsAnswer(
        facts=[
            WrittenFact.of(fact, shown=list(map(place_text, fact.places)), sources=_cited(fact))
            for fact in facts
        ],
        conflicts=[
            FactConflict(between=[FactSide.of(one, sources=_cited(one)) for one in both])
            for both in conflicts_in(facts)
        ],
        sources={source: about[source] for source in used},
    )


def _cited(fact: Fact) -> list[str]:
    return [cite_source(source) for source in fact.sources]


def facts_told(facts: Sequence[Fact]) -> Iterator[Block]:
    """Return facts by topic with source, use, place and disagreement; conflicts side by side."""
    for topic in dict.fromkeys(fact.topic for fact in facts):
        own = (_fact(fact) for fact in facts if fact.topic == topic)
        yield Section(topic.capitalize(), tuple(own))
    name = _("Where sources disagree")
    rows = [pair for one, other in conflicts_in(facts) for pair in _beside(one, other)]
    if rows:
        yield Section(name, (Table(name, ("", ""), rows, (1,)),))


def _fact(fact: Fact) -> Section:
    texts = [
        (_("Source"), "; ".join(_cited(fact))),
        (_("Here"), f"{_(_KIND_WORDS[fact.kind])}: {fact.does}" + _rule_text(fact)),
        (_("Shown"), "; ".join(place_text(place) for place in fact.places)),
        (_("Others"), fact.disagreement),
        (_("Our check"), fact.check),
    ]
    told = bullets(f"{label}: {text}" for label, text in texts if text)
    return Section(f"{fact.fact_id}  {fact.statement}{_figures(fact)}", told)


def _rule_text(fact: Fact) -> str:
    return "" if fact.rule in ("lesson", "never") else _(" (rule: {rule})").format(rule=fact.rule)


def _figures(fact: Fact) -> str:
    """Give the figures of a statement whose words do not show them."""
    numbers = [value for value in (fact.value_low, fact.value_high) if value is not None]
    shown = [f"{value:g}" for value in numbers]
    if not numbers or all(number in fact.statement for number in shown):
        return ""
    return f" [{_(' to ').join(map(number_text, shown))} {fact.unit}]"


def _beside(one: Fact, other: Fact) -> Iterator[tuple[str, str]]:
    """Give two facts side by side: what they say, their sources, what is done with them."""
    sides = [
        (
            f"{fact.fact_id}  {fact.statement}",
            "; ".join(_cited(fact)),
            f"{_('Here')}: {fact.does}.",
            "",
        )
        for fact in (one, other)
    ]
    yield from zip(*sides, strict=True)
