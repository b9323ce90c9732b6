"""Targets as tables, the same for ``magplan targets`` and for plan files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from foods.nutrient import known_nutrients
from planner.document.blocks import (
    TITLE,
    WARNING,
    Block,
    Bullets,
    Paragraph,
    Section,
    Table,
    bullets,
    paragraphs,
    section,
)  # fmt: skip
from planner.export.figures import band_text, bound_texts, signed_band
from planner.language.spoken import _, mark, spoken
from planner.standards.read import read_standard
from planner.targets.derive import TargetSet
from planner.targets.target import Target
from planner.targets.words import ADDED_LEGEND, heading_of, person_word

_CHAPTERS = {  # group of nutrients → title
    "energy": mark("Ratio, energy and shares of it"),
    "macronutrient": mark("Protein, fats and fiber"),
    "mineral": mark("Minerals"),
    "vitamin": mark("Vitamins and others"),
    "other": mark("Vitamins and others"),
}
_HEADER = (mark("each day"), mark("mean of the week"), mark("rule"), mark("source"))
_STATE_WORDS = {"none": "", "pregnant": "pregnant", "lactating": "breastfeeding"}


def targets_told(targets: TargetSet, assumed: Sequence[str] = ()) -> Iterator[Block]:
    """Return a set of targets as tables with its sources and notes below them."""
    every = (source for target in targets.targets for source in target.sources)
    sources = list(dict.fromkeys(every))
    yield from paragraphs([spoken(targets.stop)], WARNING)
    first, *rest = _title(targets, assumed)
    yield Paragraph(first, TITLE)
    yield from paragraphs(rest)
    for title in dict.fromkeys(_CHAPTERS.values()):
        if rows := _rows(targets, title, sources):
            yield Table(_(title), (_(title), *map(_, _HEADER)), rows, (1, 2, 3, 4))
    hard = _("A band with no label is hard: a plan must meet it. Soft: any shortfall is reported.")
    yield from paragraphs([hard, _(ADDED_LEGEND)])
    yield Section(_("Sources"), (Bullets(tuple(sources), is_numbered=True),))
    yield from section(_("Notes"), bullets(map(spoken, targets.notes)))


def _title(targets: TargetSet, assumed: Sequence[str]) -> list[str]:
    profile, energy = targets.profile, targets.energy
    words = [
        _(person_word(profile)),
        str(profile.age_y),
        f"{profile.height_cm:.0f} cm",
        f"{profile.weight_kg:.0f} kg",
        _(profile.activity.replace("_", " ")),
        _(_STATE_WORDS[profile.state]),
    ]
    standard = read_standard(targets.standard).title
    lines = [
        _("Targets for a {person}").format(person=", ".join(filter(None, words))),
        standard
        if targets.stop
        else _("{kcal} kcal a day ({equation}); standard: {standard}").format(
            kcal=f"{energy.kcal:.0f}",
            equation=energy.equation,
            standard=standard,
        ),
    ]
    if assumed:
        names = ", ".join(_(name.removesuffix("_cm").removesuffix("_kg")) for name in assumed)
        lines.append(_("Assumed, since not given: {names}").format(names=names))
    return lines


def _rows(targets: TargetSet, title: str, sources: Sequence[str]) -> list[tuple[str, ...]]:
    chosen = [
        target
        for target in targets.targets
        if _chapter_of(target.nutrient) == title and not (targets.stop and _is_open(target))
    ]
    pairs = dict.fromkeys((target.nutrient, target.basis) for target in chosen)
    rows = []
    for pair in sorted(pairs, key=lambda pair: (_rank(pair[0], chosen), pair[1] != "total")):
        own = [target for target in chosen if (target.nutrient, target.basis) == pair]
        rows.append(_row(own, sources))
        if any(_preferred(target) for target in own):
            rows.append(_preferred_row(own))
    return rows


def _is_open(target: Target) -> bool:
    return target.lower is None and target.upper is None


def _chapter_of(key: str) -> str:
    nutrient = known_nutrients().get(key)
    return _CHAPTERS[nutrient.group if nutrient else "energy"]


def _rank(key: str, targets: Iterable[Target]) -> int:
    return [target.nutrient for target in targets].index(key)


def _row(targets: Sequence[Target], sources: Sequence[str]) -> tuple[str, ...]:
    first = targets[0]
    band = {target.period: _band(target) for target in targets}
    rules = dict.fromkeys(rule for target in targets for rule in target.rules)
    every = (source for target in targets for source in target.sources)
    numbers = dict.fromkeys(str(sources.index(source) + 1) for source in every)
    unsure = f" ({_('unconfirmed')})" if any(t.confidence == "unconfirmed" for t in targets) else ""
    return (
        heading_of(first.nutrient, first.basis),
        band.get("day", "-"),
        band.get("week", "-"),
        ", ".join(dict.fromkeys(_shortened(rules))),
        ", ".join(numbers) + unsure,
    )


def _preferred_row(targets: Sequence[Target]) -> tuple[str, ...]:
    band = {target.period: _preferred(target) for target in targets}
    return (
        f"  {_('preferred')}",
        *(band.get(period) or "-" for period in ("day", "week")),
        "",
        "",
    )


def _preferred(target: Target) -> str:
    words = _between(target.preferred_lower, target.preferred_upper)
    return _("{band} soft").format(band=words) if words else ""


def _shortened(rules: Iterable[str]) -> Iterator[str]:
    """Leave out the shares of a rule that stands there itself: the figures show them."""
    words = list(rules)
    for word in words:
        whole = word.partition(" % of ")[2]
        if not whole or whole not in words:
            yield word.removesuffix("_low").removesuffix("_high").replace("_", " ")


def _band(target: Target) -> str:
    words = _between(target.lower, target.upper)
    if not words:
        return _("shown")
    return words if target.hard else _("{band} soft").format(band=words)


def _between(lower: float | None, upper: float | None) -> str:
    least, most = bound_texts(lower, upper)
    return band_text(least, most) if least and most else signed_band(least, most)
