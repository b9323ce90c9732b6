"""Where a number comes from: its rows, every column, its source in full; the register of facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planner.document.blocks import (
    TITLE,
    Block,
    Paragraph,
    Section,
    Table,
    bullets,
    paragraphs,
    section,
)  # fmt: skip
from planner.explain.facts import Fact, cite_source, conflicts_in, place_text
from planner.explain.trace import AppliedRule, NutrientTrace, TableRow
from planner.explain.trace_entry import EntryTrace
from planner.explain.trace_food import FoodTrace
from planner.export.figures import band_text, bound_texts
from planner.settings import read_settings
from planner.shops import named
from planner.targets.target import Target
from planner.targets.words import BASIS_WORDS, heading_of, name_within, unit_word
from planner.wire.sweep import FactConflict, FactsAnswer, FactSide, WrittenFact
from planner.wording import capital

_PERIOD_WORDS = {"day": "each day", "week": "mean of the week"}
_ORIGIN_WORDS = {
    "release": "as the release of the food prints it",
    "overlay": "from a newer analysis, used instead of the food's own release",
    "estimate": "our own estimate",
    "unknown": "unknown",
}


def entry_trace_told(trace: EntryTrace) -> Iterator[Block]:
    """Return the same trace as blocks."""
    yield Paragraph(f"{trace.name}: {', '.join(trace.kinds)}", TITLE)
    yield from section("Rows behind it", _rows_told(trace.rows))
    yield from section("Notes", bullets(trace.notes))


def nutrient_trace_told(trace: NutrientTrace) -> Iterator[Block]:
    """Return the trace of a nutrient's bands as blocks."""
    none = "None: this standard gives nothing for this person."
    bands = bullets(_band_texts(trace.targets)) or paragraphs([none])
    yield Paragraph(f"{heading_of(trace.nutrient)}: where its bands come from", TITLE)
    yield Paragraph(f"Standard: {trace.standard}.")
    yield from section("Bands that a plan is held to", bands)
    yield from section("Rows behind them", _rows_told(trace.rows))
    yield from section("Rules that make bands of rows", bullets(map(_rule_text, trace.rules)))
    yield from section("Remarks", bullets(trace.remarks))
    yield from section("The row that names it", _rows_told([trace.definition]))


def food_trace_told(trace: FoodTrace) -> Iterator[Block]:
    """Return the trace of a food's figure as blocks."""
    amount = "unknown"
    if trace.value is not None:
        unit = unit_word(trace.nutrient)
        amount = f"{trace.value:g} {unit} in 100 g"
    numbers = (
        ("FoodData Central", trace.fdc_id),
        ("number in its release", trace.ndb_no or trace.source_id),
    )
    listed = ", ".join(f"{label} {number}" for label, number in numbers if number)
    yield Paragraph(f"{named(trace.name)}, {name_within(trace.nutrient)}: {amount}", TITLE)
    yield Paragraph(f"{capital(_ORIGIN_WORDS[trace.origin])}: {trace.cite}")
    food = f"Food: {trace.food_id}, release {trace.release}; {listed}."
    yield Paragraph(food)
    yield from section("Rows behind it", _rows_told(trace.rows))
    yield from section("Notes", bullets(trace.notes))


def _band_texts(targets: Sequence[Target]) -> Iterator[str]:
    for target in targets:
        basis = BASIS_WORDS[target.basis]
        basis = f" {basis}" if basis else ""
        hard = "" if target.hard or not _band(target) else ", soft"
        liked = _between(target.preferred_lower, target.preferred_upper)
        liked = f", preferred {liked}" if liked else ""
        period, band = _PERIOD_WORDS[target.period], _band(target) or "shown"
        rule = f"Rule: {target.rule}. Source: {target.source} ({target.confidence})."
        yield f"{period}{basis}: {band}{hard}{liked}. {rule}"


def _band(target: Target) -> str:
    words, unit = _between(target.lower, target.upper), unit_word(target.nutrient)
    return f"{words} {unit}".strip() if words else ""


def _between(lower: float | None, upper: float | None) -> str:
    texts = bound_texts(lower, upper)
    return band_text(*texts) if any(texts) else ""


def _rows_told(rows: Iterable[TableRow]) -> Iterator[Block]:
    for row in rows:
        cells = "; ".join(f"{name} = {text or '(blank)'}" for name, text in row.cells.items())
        note = f" ({row.note})" if row.note else ""
        source = f"Source: {row.cite}"
        where = f"{row.file}, row {row.row}{note}"
        yield Section(where, paragraphs([cells, source]))


def _rule_text(rule: AppliedRule) -> str:
    row = f", row {rule.row}" if rule.row else ""
    return f"{rule.file}, {rule.place}{row}: {rule.text}"


_KIND_WORDS = {
    "target": "becomes a target",
    "bound": "becomes a bound",
    "warning": "becomes a warning",
    "note": "becomes a note",
    "told only": "told only",
    "refused": "not used",
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
        yield Section(capital(topic), tuple(own))
    name = "Where sources disagree"
    rows = [pair for one, other in conflicts_in(facts) for pair in _beside(one, other)]
    if rows:
        yield Section(name, (Table(name, ("", ""), rows, (1,)),))


def _fact(fact: Fact) -> Section:
    texts = [
        ("Source", "; ".join(_cited(fact))),
        ("Here", f"{_KIND_WORDS[fact.kind]}: {fact.does}" + _fact_rule_text(fact)),
        ("Shown", "; ".join(place_text(place) for place in fact.places)),
        ("Others", fact.disagreement),
        ("Our check", fact.check),
    ]
    told = bullets(f"{label}: {text}" for label, text in texts if text)
    return Section(f"{fact.fact_id}  {fact.statement}{_figures(fact)}", told)


def _fact_rule_text(fact: Fact) -> str:
    return "" if fact.rule in ("lesson", "never") else f" (rule: {fact.rule})"


def _figures(fact: Fact) -> str:
    """Give the figures of a statement whose words do not show them."""
    numbers = [value for value in (fact.value_low, fact.value_high) if value is not None]
    shown = [f"{value:g}" for value in numbers]
    if not numbers or all(number in fact.statement for number in shown):
        return ""
    return f" [{' to '.join(shown)} {fact.unit}]"


def _beside(one: Fact, other: Fact) -> Iterator[tuple[str, str]]:
    """Give two facts side by side: what they say, their sources, what is done with them."""
    sides = [
        (
            f"{fact.fact_id}  {fact.statement}",
            "; ".join(_cited(fact)),
            f"{'Here'}: {fact.does}.",
            "",
        )
        for fact in (one, other)
    ]
    yield from zip(*sides, strict=True)
