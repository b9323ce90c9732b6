"""A page for a doctor: means against targets, pills and medicines with their hours, what matters.

Everything on it stands in the report of a plan already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from foods.supplement import find_supplement
from planner.document.blocks import (
    Block,
    Bullets,
    Paragraph,
    Section,
    Table,
    bullets,
    paragraphs,
    section,
)
from planner.document.fonts import DOCUMENTS
from planner.document.program import created
from planner.explain.reasons import main_sources
from planner.export.bands import Group, kind_of
from planner.export.documents import TableDocument, WeekDocument
from planner.export.figures import (
    amount_text,
    band_text,
    by_band,
    finding_texts,
    sources_text,
    verdict,
)
from planner.export.people import banners, reading_texts, wishes_text
from planner.export.plan_pictures import pills_mean
from planner.export.safety import hours_blocks
from planner.export.week_notes import body_notes, warnings_of
from planner.export.who import date_text, person_text, span_text
from planner.request.override import RATIO
from planner.safety.intake import SupplementIntake
from planner.safety.stops import safety_sentence
from planner.settings import read_settings
from planner.shops import named
from planner.targets.target import heading_of
from planner.wording import capital, plural

TITLE = "For the doctor"
_HEAD = ("", "mean a day", "wanted", "upper level", "")
_DOSES = ("What", "Dose", "With")
_KINDS = {"elemental": "of the element", "compound": "of the compound"}
_TOTAL, _PILLS = "total", "supplement"
_MAGNESIUM = "magnesium_mg"
_TYPED = (
    re.compile(r"\s*\([^()]*--[a-z][^()]*\)"),
    re.compile(r",? (?:and|und) [^.:;,]*--[a-z][^.]*"),
    re.compile(r"[.:;]?\s*[^.:;]*--[a-z][^.]*(?:\.|$)"),
)
"""What is said in brackets, in clauses and in sentences to who types commands."""


def doctor_pages(week: TableDocument) -> Iterator[Section]:
    """Return a section for each eater, to stand on a page of its own."""
    warnings = {banner.label: banner for banner in banners(week)}
    for name, own in week.named():
        person = capital(person_text(own.request))
        brings = sources_text(_MAGNESIUM, main_sources(own.plan, own.foods, _MAGNESIUM))
        blocks = (
            *([warnings[name]] if name in warnings else []),
            Paragraph(_about(week, own)),
            *bullets(reading_texts(own.request, own.foods, own.dishes)),
            Section("A day, in the mean of the plan", (_means(own), Paragraph(brings))),
            *section("Medicines and pills", _taken(own)),
            *section("What to heed", _heeded(week, own)),
        )
        yield Section(f"{name}: {person}" if name else person, tuple(map(_block_untyped, blocks)))


def _about(week: TableDocument, own: WeekDocument) -> str:
    """Describe which days a plan is for, and what is eaten and left out."""
    days = len(week.plan.days)
    when = ", ".join(filter(None, (span_text(week.plan.days), _days(days))))
    made = datetime.fromisoformat(week.made_at or created()).date()
    told = "Meals planned by magplan: {when}; made on {date}."
    wishes = wishes_text(own.request) or "no diet, nothing left out"
    asked = f"Asked for: {wishes}."
    return f"{told.format(when=when, date=date_text(made))} {asked}"


def _days(count: int) -> str:
    return plural(count, "{count} day", "{count} days").format(count=count)


def _means(own: WeekDocument) -> Table:
    """Return what the plan brings of a few nutrients; weeks one after the other."""
    groups = {
        band[0].nutrient: band
        for band in by_band(finding for finding in own.check.findings if finding.period == "week")
        if band[0].basis == _TOTAL
    }
    rows = list[tuple[str, ...]]()
    asked = read_settings(DOCUMENTS)["doctor"]
    for key in (*asked["nutrients"], *asked["in_state"].get(own.request.profile.state, ())):
        if key == RATIO and not own.shows_ratio:
            continue
        rows.append(_row(own, key, groups.get(key, ())))
        rows += _pools(own) if key == _MAGNESIUM else []
    return Table("A day, in the mean of the plan", [*_HEAD], rows, (2, 4))


def _row(own: WeekDocument, key: str, group: Group) -> tuple[str, ...]:
    if not group:
        mean = own.plan.ca_mg_ratio if key == RATIO else own.plan.means.get(key)
        return heading_of(key), amount_text(key, mean), "", _upper(own, key, _TOTAL), ""
    means = " / ".join(finding_texts(finding)[0] for finding in group)
    _value, lower, upper = finding_texts(group[0])
    words = ", ".join(dict.fromkeys(map(verdict, group)))
    return heading_of(key), means, band_text(lower, upper), _upper(own, key, _TOTAL), words


def _pools(own: WeekDocument) -> Iterator[tuple[str, ...]]:
    """Return magnesium of food apart from that of pills, which alone has an upper level."""
    total, pills = own.plan.means.get(_MAGNESIUM), pills_mean(_MAGNESIUM, own.plan.days)
    food = None if total is None else total - pills
    yield "of it from food", amount_text(_MAGNESIUM, food), "", "", ""
    upper = _upper(own, _MAGNESIUM, _PILLS)
    yield "of it from pills", amount_text(_MAGNESIUM, pills), "", upper, ""


def _upper(own: WeekDocument, key: str, basis: str) -> str:
    """Return the upper level of a nutrient a day, in print; empty where the standard has none."""
    kinds = read_settings(DOCUMENTS)["doctor"]["upper"]
    for one in own.targets.targets:
        is_of = (one.nutrient, one.basis, one.period) == (key, basis, "day")
        if is_of and one.upper is not None and any(kind_of(rule) in kinds for rule in one.rules):
            return amount_text(key, one.upper)
    return ""


def _taken(own: WeekDocument) -> Iterator[Block]:
    """Return each pill and medicine with its dose and hours."""
    medicines = (entry.text for entry in own.request.patient.taken)
    taken = [*medicines, *map(_intake, own.request.supplements)]
    yield from paragraphs(["As given: {names}.".format(names="; ".join(taken))] if taken else [])
    hours = tuple(hours_blocks(own))
    if hours:
        yield from hours
    elif rows := list(dict.fromkeys(_doses(own))):
        yield Table("Medicines and pills", [*_DOSES], rows, (1, 2))


def _block_untyped(block: Block) -> Block:
    """Return a block without text for those who type commands; items left empty are dropped."""
    if isinstance(block, Section):
        return replace(block, blocks=tuple(map(_block_untyped, block.blocks)))
    if isinstance(block, Paragraph):
        return replace(block, text=untyped(block.text))
    if isinstance(block, Bullets):
        return replace(block, texts=tuple(filter(None, map(untyped, block.texts))))
    return block


def untyped(text: str) -> str:
    """Return a text without what is said to who types commands."""
    for pattern, instead in zip(_TYPED, ("", "", "."), strict=True):
        text = pattern.sub(instead, text)
    return text.strip() if text.strip() != "." else ""


def _intake(one: SupplementIntake) -> str:
    """Describe how much is in a dose of what is taken already, and how often that is."""
    return "{name}: {amount} mg {kind}, {times} × a day".format(
        name=named(find_supplement(one.name).label),
        amount=f"{one.amount_mg:g}",
        kind=_KINDS[one.kind],
        times=f"{one.per_day:g}",
    )


def _doses(own: WeekDocument) -> Iterator[tuple[str, ...]]:
    for _day, meal, item in own.plan.served():
        if item.is_supplement:
            yield named(item.name), item.measure, meal.slot


def _heeded(week: TableDocument, own: WeekDocument) -> Iterator[Block]:
    """Return what is to be known of who eats, and what is said with every plan."""
    yield from bullets(body_notes(own.request, own.targets, own.plan))
    if week.report is not None:
        yield from warnings_of(week.report)
    else:
        yield from paragraphs(map(safety_sentence, ("kidney", "not_medical_advice")))
