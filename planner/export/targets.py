"""Targets as tables: those of one standard, and of several side by side.

Side by side every column is derived from its own standard alone. What a standard does not give
stays blank and is named below; ranges that a plan would take softly from the US are left out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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
from planner.request.override import RATIO, SHARE_KEYS
from planner.request.profile import Profile
from planner.standards.read import read_standard
from planner.targets.derive import TargetSet
from planner.targets.notes import implied_magnesium_mg
from planner.targets.reference import SHAPING_STANDARD
from planner.targets.target import (
    ADDED_LEGEND,
    PERIODS,
    SHAPED,
    Target,
    heading_of,
    name_within,
    person_word,
    unit_of,
)
from planner.wire.targets import ComparedNutrient, ComparedRatio, ComparisonAnswer

_CHAPTERS = {  # group of nutrients → title
    "energy": "Ratio, energy and shares of it",
    "macronutrient": "Protein, fats and fiber",
    "mineral": "Minerals",
    "vitamin": "Vitamins and others",
    "other": "Vitamins and others",
}
_HEADER = ("each day", "mean of the week", "rule", "source")
_STATE_WORDS = {"none": "", "pregnant": "pregnant", "lactating": "breastfeeding"}


def targets_told(targets: TargetSet, assumed: Sequence[str] = ()) -> Iterator[Block]:
    """Return a set of targets as tables with its sources and notes below them."""
    every = (source for target in targets.targets for source in target.sources)
    sources = list(dict.fromkeys(every))
    yield from paragraphs([targets.stop], WARNING)
    first, *rest = _title(targets, assumed)
    yield Paragraph(first, TITLE)
    yield from paragraphs(rest)
    for title in dict.fromkeys(_CHAPTERS.values()):
        if rows := _rows(targets, title, sources):
            yield Table(title, (title, *_HEADER), rows, (1, 2, 3, 4))
    hard = "A band with no label is hard: a plan must meet it. Soft: any shortfall is reported."
    yield from paragraphs([hard, ADDED_LEGEND])
    yield Section("Sources", (Bullets(tuple(sources), is_numbered=True),))
    yield from section("Notes", bullets(targets.notes))


def _title(targets: TargetSet, assumed: Sequence[str]) -> list[str]:
    profile, energy = targets.profile, targets.energy
    words = [
        person_word(profile),
        str(profile.age_y),
        f"{profile.height_cm:.0f} cm",
        f"{profile.weight_kg:.0f} kg",
        profile.activity.replace("_", " "),
        _STATE_WORDS[profile.state],
    ]
    standard = read_standard(targets.standard).title
    lines = [
        "Targets for a {person}".format(person=", ".join(filter(None, words))),
        standard
        if targets.stop
        else "{kcal} kcal a day ({equation}); standard: {standard}".format(
            kcal=f"{energy.kcal:.0f}",
            equation=energy.equation,
            standard=standard,
        ),
    ]
    if assumed:
        names = ", ".join(name.removesuffix("_cm").removesuffix("_kg") for name in assumed)
        lines.append(f"Assumed, since not given: {names}")
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
    unsure = f" ({'unconfirmed'})" if any(t.confidence == "unconfirmed" for t in targets) else ""
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
        f"  {'preferred'}",
        *(band.get(period) or "-" for period in ("day", "week")),
        "",
        "",
    )


def _preferred(target: Target) -> str:
    words = _between(target.preferred_lower, target.preferred_upper)
    return f"{words} soft" if words else ""


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
        return "shown"
    return words if target.hard else f"{words} soft"


def _between(lower: float | None, upper: float | None) -> str:
    least, most = bound_texts(lower, upper)
    return band_text(least, most) if least and most else signed_band(least, most)


MOST_STANDARDS = 4

_TOTAL = "total"
_NONE = "-"
_SOFT = "*"
_PERIOD_WORDS = {"day": "day", "week": "mean"}
_WISH = "wish"
_LEGEND = (
    "day: each day; mean: mean of the week; wish: what is preferred within the band above it. "
    "* soft: a shortfall is said. - : the standard gives nothing, and no other fills in."
)

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The targets of one person under several standards.

    Parameters
    ----------
    sets
        One set of targets per standard, in the order asked for.
    """

    sets: tuple[TargetSet, ...]

    def places(self) -> tuple[Place, ...]:
        """Return every (nutrient, basis) that some standard sets, in the order of ``targets``."""
        found = [place for target_set in self.sets for place in own_places(target_set)]
        order = {key: rank for rank, key in enumerate(_key_order(self.sets))}
        return tuple(
            sorted(dict.fromkeys(found), key=lambda place: (order[place[0]], place[1] != _TOTAL))
        )

    def lacking(self, one: TargetSet) -> tuple[Place, ...]:
        """Return what other standards set and this one does not."""
        return tuple(place for place in self.places() if place not in own_places(one))


def own_targets(one: TargetSet) -> tuple[Target, ...]:
    """Return the targets that come from the standard itself, from a rule or from a request."""
    if one.standard == SHAPING_STANDARD:
        return one.targets
    return tuple(target for target in one.targets if target.origins != (SHAPED,))


def own_places(one: TargetSet) -> list[Place]:
    """Return (nutrient, basis) of the targets that ``own_targets`` returns."""
    return [(target.nutrient, target.basis) for target in own_targets(one)]


def reference_ratio(one: TargetSet) -> float | None:
    """Return calcium over magnesium of the standard's own recommended intakes."""
    floors = [
        target.lower if (target := one.find(key, "week")) is not None else None
        for key in ("calcium_mg", "magnesium_mg")
    ]
    calcium_mg, magnesium_mg = floors
    return calcium_mg / magnesium_mg if calcium_mg and magnesium_mg else None


def comparison_answer(comparison: Comparison) -> ComparisonAnswer:
    """Return the comparison as it is written, complete and unrounded."""
    sets = {target_set.standard: target_set for target_set in comparison.sets}
    return ComparisonAnswer.of(
        comparison.sets[0],
        standards=list(sets),
        nutrients=[
            ComparedNutrient.of(
                nutrient=key,
                unit=unit_of(key),
                basis=basis,
                day=_by_standard(comparison, (key, basis), "day"),
                week=_by_standard(comparison, (key, basis), "week"),
            )
            for key, basis in comparison.places()
        ],
        ratio={
            name: ComparedRatio.of(
                target_set,
                reference_ratio=reference_ratio(target_set),
                implied_magnesium_mg=implied_magnesium_mg(target_set.targets),
            )
            for name, target_set in sets.items()
        },
        lacking={name: comparison.lacking(target_set) for name, target_set in sets.items()},
        notes={name: target_set.notes for name, target_set in sets.items()},
    )


def comparison_told(comparison: Comparison) -> Iterator[Block]:
    """Return the comparison as a table, with what each standard lacks below it."""
    first = comparison.sets[0]
    names = [read_standard(target_set.standard).name for target_set in comparison.sets]
    rows = [row for place in comparison.places() for row in _rows_in(comparison, place)]
    yield from paragraphs([first.stop], WARNING)
    title = "{names} for one {person}, {kcal} kcal a day".format(
        names=", ".join(names),
        person=person_of(first.profile),
        kcal=f"{first.energy.kcal:.0f}",
    )
    yield Paragraph(title, TITLE)
    words = tuple(range(1, len(names) + 2))
    yield Table(title, ("", "", *names), [*rows, *_ratio_rows(comparison)], words)
    yield Paragraph(f"{_LEGEND} {ADDED_LEGEND}")
    yield from paragraphs(_lacking_texts(comparison))
    titles = (read_standard(target_set.standard) for target_set in comparison.sets)
    yield from paragraphs(f"{standard.name}: {standard.title}." for standard in titles)
    ending = (
        "A plan follows one standard; where that standard gives no value, values marked "
        "(US) serve as a guide."
    )
    yield Paragraph(ending)


def person_of(profile: Profile) -> str:
    """Name a person by age and state: ``"woman of 29 who is pregnant"``."""
    state = {"pregnant": " who is pregnant", "lactating": " who breastfeeds"}
    return "{person_word} of {age_y}{state}".format(
        person_word=person_word(profile), age_y=profile.age_y, state=state.get(profile.state, "")
    )


def _rows_in(comparison: Comparison, place: Place) -> list[tuple[str, ...]]:
    name, rows = heading_of(*place), []
    for period in PERIODS:
        bands = _by_standard(comparison, place, period).values()
        words = {
            _PERIOD_WORDS[period]: map(_band_in, bands),
            _WISH: map(_wish_in, bands),
        }
        for word, texts in words.items():
            cells = tuple(texts)
            if any(cell != _NONE for cell in cells):
                rows.append((name, word, *cells))
                name = ""
    return rows


def _ratio_rows(comparison: Comparison) -> list[tuple[str, ...]]:
    """Return calcium over magnesium as published, and the magnesium that calcium asks for."""
    ratios = [reference_ratio(target_set) for target_set in comparison.sets]
    implied = [implied_magnesium_mg(target_set.targets) for target_set in comparison.sets]
    return [
        (
            "Ca:Mg of these values",
            "mean",
            *(f"{ratio:.2f}" if ratio else _NONE for ratio in ratios),
        ),
        (
            "Mg that Ca:Mg asks for, mg",
            "mean",
            *(f"{amount:.0f}" if amount else _NONE for amount in implied),
        ),
    ]


def _by_standard(comparison: Comparison, place: Place, period: str) -> Mapping[str, Target | None]:
    wanted = (*place, period)
    return {
        target_set.standard: next(
            (t for t in own_targets(target_set) if (t.nutrient, t.basis, t.period) == wanted), None
        )
        for target_set in comparison.sets
    }


def _band_in(target: Target | None) -> str:
    if target is None:
        return _NONE
    words = _signed(target.lower, target.upper)
    if words == _NONE:
        return "shown"
    return words if target.hard else f"{words}{_SOFT}"


def _wish_in(target: Target | None) -> str:
    return _NONE if target is None else _signed(target.preferred_lower, target.preferred_upper)


def _signed(lower: float | None, upper: float | None) -> str:
    return signed_band(*bound_texts(lower, upper)) or _NONE


def _key_order(sets: Iterable[TargetSet]) -> list[str]:
    used = {target.nutrient for target_set in sets for target in target_set.targets}
    every = (
        RATIO,
        "energy_kcal",
        *SHARE_KEYS,
        "magnesium_mg",
        "calcium_mg",
        *known_nutrients(),
    )
    return [key for key in dict.fromkeys(every) if key in used]


def _lacking_texts(comparison: Comparison) -> Iterator[str]:
    """Name the nutrients on which a standard is silent; JSON names every basis."""
    for target_set in comparison.sets:
        given = {nutrient for nutrient, _basis in own_places(target_set)}
        silent = [place for place in comparison.lacking(target_set) if place[0] not in given]
        names = ", ".join(dict.fromkeys(name_within(nutrient) for nutrient, _basis in silent))
        told = "{name} gives no {names}." if names else "{name} gives a value for all of these."
        yield told.format(name=read_standard(target_set.standard).name, names=names)
