"""Why a plan is as it is, what weights were worth, and where a number comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from itertools import groupby
from types import MappingProxyType

from planner.document.blocks import (
    STRONG,
    TITLE,
    Block,
    Paragraph,
    Section,
    Table,
    bullets,
    paragraphs,
    section,
)  # fmt: skip
from planner.explain.account import (
    TALLIED,
    Account,
    EaterAccount,
    ItemReason,
    Tally,
    WeekAccount,
    WhyNot,
)
from planner.explain.facts import Fact, cite_source, conflicts_in, place_text
from planner.explain.reasons import MAGNESIUM
from planner.explain.trace import AppliedRule, EntryTrace, FoodTrace, NutrientTrace, TableRow
from planner.export.figures import amount_text, band_text, bound_texts, price_text
from planner.export.sums import till_text
from planner.export.who import number_label
from planner.plan.rounding import percent_near
from planner.request.request import Weights
from planner.request.tables import WeightsTable
from planner.request.wish import words_of
from planner.settings import read_settings
from planner.shops import cost_as, currency, named
from planner.targets.target import BASIS_WORDS, Target, heading_of, name_on, name_within, unit_word
from planner.wire.document import PlanDocument
from planner.wire.sweep import FactConflict, FactsAnswer, FactSide, WrittenFact
from planner.wire.why import WrittenWorth
from planner.wording import capital, listed

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
            FactConflict(between=[FactSide.of(fact, sources=_cited(fact)) for fact in both])
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
    rows = [pair for fact, other in conflicts_in(facts) for pair in _beside(fact, other)]
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
    """Return the figures of a statement whose words do not show them."""
    numbers = [value for value in (fact.value_low, fact.value_high) if value is not None]
    shown = [f"{value:g}" for value in numbers]
    if not numbers or all(number in fact.statement for number in shown):
        return ""
    return f" [{' to '.join(shown)} {fact.unit}]"


def _beside(one: Fact, other: Fact) -> Iterator[tuple[str, str]]:
    """Return two facts side by side: what they say, their sources, what is done with them."""
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


HELD = "What holds the {what}"
TERMS: Mapping[str, str] = {
    "taste": "taste and work",
    "checkout": "checkout",
    "soft_targets": "soft targets",
    "variety": "variety and wishes",
    "waste": "packages and things to buy",
}


def account_told(account: Account, dates: Mapping[int, date]) -> Iterator[Block]:
    """Return the account of a plan; ``dates`` are those of its days, by number."""
    for name, answers in account.why_not.items():
        for answer in answers:
            title = f"Why not {listed([named(answer.name)])}"
            told = bullets(_why_not_texts(answer))
            yield from section(f"{name}: {title}" if name else title, told)
    for name, own in account.eaters.items():
        title = "Why this plan is as it is"
        if len(account.days) == 1:
            title = f"Why {number_label(account.days[0], dates)} is as it is"
        blocks = _reasons(own.items, dates) if account.slot else _of_eater(own, dates)
        yield from section(f"{name}: {title}" if name else title, blocks)
    till = [] if account.slot else [till_text(account.shopping)]
    yield from section("What it costs", paragraphs(till, STRONG))


def _of_eater(own: EaterAccount, dates: Mapping[int, date]) -> Iterator[Block]:
    reasons = section("Why it is there", _reasons(own.items, dates))
    if own.day is not None:
        yield from reasons
        yield from section(HELD.format(what="day"), _held(own.day))
    for week in own.weeks if own.day is None else ():
        title = HELD.format(what="week")
        if len(own.weeks) > 1:
            first = number_label(week.first_day, dates)
            title = f"What holds the week of {first}"
        yield from section(title, _held(week))
    yield from section("Where it comes from", bullets(_source_texts(own)))
    yield from section("What each thing brings", _things(own.items, dates))
    yield from reasons if own.day is None else ()


def _held(week: WeekAccount) -> Iterator[Block]:
    points, terms = _points(week.plan.points), _terms(week.plan.terms)
    yield Paragraph(f"The week has {points} points{terms}.")
    tight = [room for room in week.rooms if room.tight]
    yield from section("At their bound", bullets(capital(f"{room.sentence}.") for room in tight))
    missed = [room for room in week.rooms if room.points]
    soft = (f"{room.sentence}: {_points(room.points)} points." for room in missed)
    yield from section("Wished for, and not kept", bullets(map(capital, soft)))


def _a_day(more: Tally) -> str:
    """Describe what is more and less a day: money, energy, work."""
    least = read_settings("explain.toml")["least"]
    which = [key for key in TALLIED if abs(getattr(more, key)) >= least[key]]
    told = []
    if "cost_usd" in which:
        amount = price_text(abs(more.cost_usd))
        told.append(("{amount} more" if more.cost_usd > 0 else "{amount} less", amount))
    if "energy_kcal" in which:
        amount = f"{abs(more.energy_kcal):,.0f} kcal"
        told.append(("{amount} more" if more.energy_kcal > 0 else "{amount} less", amount))
    if "minutes" in which:
        amount = "{minutes} min".format(minutes=f"{abs(more.minutes):.1f}")
        work = "{amount} more work" if more.minutes > 0 else "{amount} less work"
        told.append((work, amount))
    changes = ", ".join(text.format(amount=amount) for text, amount in told)
    return f"; a day {changes}" if changes else ""


def _points(points: float) -> str:
    return f"{round(points, 2) + 0.0:,.2f}"


def _source_texts(own: EaterAccount) -> Iterator[str]:
    for key, sources in own.sources.items():
        total = f"{amount_text(key, own.means[key])} {unit_word(key)}"
        told = [f"{named(source.name)} {f'{100 * source.share:.0f} %'}" for source in sources]
        text = "{name}, {amount} a day: {sources}."
        yield text.format(name=name_on(key, ""), amount=total, sources="; ".join(told))


def _things(items: Sequence[ItemReason], dates: Mapping[int, date]) -> Iterator[Block]:
    """Return a table of things for each day."""
    keys = list(items[0].amounts) if items else []
    heads = [f"{name_on(key, '')} {unit_word(key)}" for key in keys]
    for day, own in groupby(items, key=lambda one: one.day):
        rows = [
            [
                named(reason.name),
                *(amount_text(key, reason.amounts[key]) for key in keys),
                amount_text("energy_kcal", reason.energy_kcal),
                cost_as(reason.cost_usd),
                _points(sum(reason.points.values())),
            ]
            for reason in own
        ]
        title = number_label(day, dates)
        yield Table(title, [title, *heads, "kcal", currency(), "points"], rows)


def _reasons(items: Sequence[ItemReason], dates: Mapping[int, date]) -> Iterator[Block]:
    if items and not any(item.is_looked_at for item in items):
        yield Paragraph("--day DAY says it of the things of one day.")
    days = {day: [*own] for day, own in groupby(items, key=lambda one: one.day)}
    yield from bullets(_reason_text(one, days[one.day], dates) for one in items if one.is_looked_at)


def _reason_text(one: ItemReason, of_day: Sequence[ItemReason], dates: Mapping[int, date]) -> str:
    where = f"{number_label(one.day, dates)}, {one.slot}"
    parts = [f"{where}: {named(one.name)}."]
    parts += _wish_texts(one, dates)
    parts += _share_texts(one, of_day)
    if rules := "; ".join(one.holds):
        parts.append(f"Without it these would not hold: {rules}.")
    if one.instead is None:
        parts.append("No single other thing there keeps every rule.")
    else:
        more = one.instead.change
        text = "The best instead, {name}, costs {points} points{terms}."
        if more.points < 0:
            text = "With {name} instead the week would even have {points} points fewer{terms}."
        portion = one.instead.measure
        name = f"{named(one.instead.name)} ({portion})"
        points = _points(abs(more.points))
        parts.append(text.format(name=name, points=points, terms=_terms(more.terms)))
    return " ".join(parts)


def _wish_texts(one: ItemReason, dates: Mapping[int, date]) -> Iterator[str]:
    """Describe what of it is liked, and which meals one cooking is for."""
    if one.liked:
        yield f"You like {listed([*map(named, one.liked)])}."
    if len(one.meals) > 1:
        days = ", ".join(number_label(day, dates) for day in one.meals)
        yield f"It is cooked once for {len(one.meals)} meals: {days}."


def _share_texts(one: ItemReason, of_day: Sequence[ItemReason]) -> Iterator[str]:
    """Describe how much of its day's magnesium and energy a thing brings, where that is known."""
    magnesium_mg = sum(each.amounts.get(MAGNESIUM) or 0.0 for each in of_day)
    energy_kcal = sum(each.energy_kcal or 0.0 for each in of_day)
    if magnesium_mg and energy_kcal:
        told = "It brings {magnesium} of the day's magnesium with {energy} of its energy."
        yield told.format(
            magnesium=percent_near((one.amounts.get(MAGNESIUM) or 0.0) / magnesium_mg),
            energy=percent_near((one.energy_kcal or 0.0) / energy_kcal),
        )


def _terms(terms: Mapping[str, float]) -> str:
    """Describe what points are made of, the largest parts: ``" (work +1.20, taste -0.50)"``."""
    told = read_settings("explain.toml")
    ranked = sorted(terms.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    shown = [
        f"{TERMS[name]} {f'{points:+.2f}'}"
        for name, points in ranked[: told["told"]["terms"]]
        if abs(points) >= told["least"]["points"]
    ]
    return f" ({', '.join(shown)})" if shown else ""


def _why_not_texts(answer: WhyNot) -> Iterator[str]:
    yield from answer.sentences
    if answer.change is not None:
        text = "The week would then have {points} points more{terms}{changes}."
        if answer.change.points < 0:
            text = "The week would then have {points} points fewer{terms}{changes}."
        yield text.format(
            points=_points(abs(answer.change.points)),
            terms=_terms(answer.change.terms),
            changes=_a_day(answer.change),
        )


WEIGHT_OF: Mapping[str, str] = MappingProxyType(  # the weight that turns a term of another name
    {
        **dict.fromkeys(("draw", "history", "season", "pattern"), "taste"),
        **dict.fromkeys(("portion", "further_things"), "waste"),
        **{"further_dishes": "effort", "checkout": "cost"},
    }
)
_PERCENT = 100


def worths_of(document: PlanDocument) -> tuple[WrittenWorth, ...]:
    """Return for each weight what it contributed to a kept plan, most points first."""
    weights, points = document.request.weights, dict.fromkeys(_names(), 0.0)
    for term, value in document.printed.why.terms.items():
        name = WEIGHT_OF.get(term, term)
        points[name] = points.get(name, 0.0) + value
    total = sum(points.values()) or 1.0
    told = {key: words_of("weights", key)["comment"] for key in WeightsTable.model_fields}
    found = [
        WrittenWorth(
            weight=name,
            value=getattr(weights, name, None),
            points=own,
            share=own / total,
            counts=told.get(name, ""),
        )
        for name, own in points.items()
        if own or name in told
    ]
    return tuple(sorted(found, key=lambda one: (-one.points, one.weight)))


def worths_told(worths: Sequence[WrittenWorth]) -> Iterator[Block]:
    """Return a row for each weight: what it is, what it brought, what it counts."""
    head = ["", "weight", "points", "share", "what it counts"]
    rows = [
        [
            worth.weight if worth.value is not None else worth.weight.replace("_", " "),
            "–" if worth.value is None else f"{worth.value:g}",
            f"{worth.points:.1f}",
            f"{_PERCENT * worth.share:.0f} %",
            worth.counts if worth.counts else "",
        ]
        for worth in worths
    ]
    told = "What each weight was worth in this plan, in points given up for it"
    hint = "A weight of 2 counts twice as much, 0 nothing; 0.25 to 4 is wise."
    yield Section(told, (Table(told, head, rows, (4,)), Paragraph(hint)))


def _names() -> list[str]:
    return [field.name for field in fields(Weights)]
