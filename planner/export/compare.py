"""Standards side by side: what each asks of the same person, and what each leaves out.

Every column is derived from its own standard alone. What a standard does not give stays blank and
is named below; ranges that a plan would take softly from the US are left out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from foods.nutrient import known_nutrients
from planner.document.blocks import TITLE, WARNING, Block, Paragraph, Table, paragraphs
from planner.export.figures import bound_texts, signed_band
from planner.language.figures import number_text
from planner.language.spoken import _, mark, spoken
from planner.request.override import SHARE_KEYS
from planner.request.profile import Profile
from planner.request.shares import RATIO
from planner.standards.read import read_standard
from planner.targets.derive import TargetSet
from planner.targets.notes import implied_magnesium_mg
from planner.targets.reference import SHAPING_STANDARD
from planner.targets.target import PERIODS, SHAPED, Target
from planner.targets.words import ADDED_LEGEND, heading_of, name_within, person_word, unit_of
from planner.wire.targets import ComparedNutrient, ComparedRatio, ComparisonAnswer

MOST_STANDARDS = 4

_TOTAL = "total"
_NONE = "-"
_SOFT = "*"
_PERIOD_WORDS = {"day": mark("day"), "week": mark("mean")}
_WISH = mark("wish")
_LEGEND = mark(
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
        """Give every (nutrient, basis) that some standard sets, in the order of ``targets``."""
        found = [
            (target.nutrient, target.basis) for one in self.sets for target in own_targets(one)
        ]
        order = {key: rank for rank, key in enumerate(_key_order(self.sets))}
        return tuple(
            sorted(dict.fromkeys(found), key=lambda place: (order[place[0]], place[1] != _TOTAL))
        )

    def lacking(self, one: TargetSet) -> tuple[Place, ...]:
        """Give what other standards set and this one does not."""
        own = {(target.nutrient, target.basis) for target in own_targets(one)}
        return tuple(place for place in self.places() if place not in own)


def own_targets(one: TargetSet) -> tuple[Target, ...]:
    """Give the targets that come from the standard itself, from a rule or from a request."""
    if one.standard == SHAPING_STANDARD:
        return one.targets
    return tuple(target for target in one.targets if target.origins != (SHAPED,))


def reference_ratio(one: TargetSet) -> float | None:
    """Give calcium over magnesium of the standard's own recommended intakes."""
    floors = [
        target.lower if (target := one.find(key, "week")) is not None else None
        for key in ("calcium_mg", "magnesium_mg")
    ]
    calcium_mg, magnesium_mg = floors
    return calcium_mg / magnesium_mg if calcium_mg and magnesium_mg else None


def comparison_answer(comparison: Comparison) -> ComparisonAnswer:
    """Return the comparison as it is written, complete and unrounded."""
    sets = {one.standard: one for one in comparison.sets}
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
                one,
                reference_ratio=reference_ratio(one),
                implied_magnesium_mg=implied_magnesium_mg(one.targets),
            )
            for name, one in sets.items()
        },
        lacking={name: comparison.lacking(one) for name, one in sets.items()},
        notes={name: one.notes for name, one in sets.items()},
    )


def comparison_told(comparison: Comparison) -> Iterator[Block]:
    """Return the comparison as a table, with what each standard lacks below it."""
    first = comparison.sets[0]
    names = [read_standard(one.standard).name for one in comparison.sets]
    rows = [row for place in comparison.places() for row in _rows(comparison, place)]
    yield from paragraphs([spoken(first.stop)], WARNING)
    title = _("{names} for one {person}, {kcal} kcal a day").format(
        names=", ".join(names),
        person=_person(first.profile),
        kcal=number_text(f"{first.energy.kcal:.0f}"),
    )
    yield Paragraph(title, TITLE)
    words = tuple(range(1, len(names) + 2))
    yield Table(title, ("", "", *names), [*rows, *_ratio_rows(comparison)], words)
    yield Paragraph(f"{_(_LEGEND)} {_(ADDED_LEGEND)}")
    yield from paragraphs(_lacking_texts(comparison))
    titles = (read_standard(one.standard) for one in comparison.sets)
    yield from paragraphs(f"{one.name}: {one.title}." for one in titles)
    ending = _(
        "A plan follows one standard; where that standard gives no value, values marked "
        "(US) serve as a guide."
    )
    yield Paragraph(ending)


def _person(profile: Profile) -> str:
    state = {"pregnant": _(" who is pregnant"), "lactating": _(" who breastfeeds")}
    return _("{person_word} of {age_y}{state}").format(
        person_word=_(person_word(profile)), age_y=profile.age_y, state=state.get(profile.state, "")
    )


def _rows(comparison: Comparison, place: Place) -> list[tuple[str, ...]]:
    name, rows = heading_of(*place), []
    for period in PERIODS:
        bands = _by_standard(comparison, place, period).values()
        words = {_PERIOD_WORDS[period]: map(_band, bands), _WISH: map(_preferred, bands)}
        for word, texts in words.items():
            cells = tuple(texts)
            if any(cell != _NONE for cell in cells):
                rows.append((name, _(word), *cells))
                name = ""
    return rows


def _ratio_rows(comparison: Comparison) -> list[tuple[str, ...]]:
    """Give calcium over magnesium as published, and the magnesium that calcium asks for."""
    ratios = [reference_ratio(one) for one in comparison.sets]
    implied = [implied_magnesium_mg(one.targets) for one in comparison.sets]
    return [
        (
            _("Ca:Mg of these values"),
            _("mean"),
            *(f"{one:.2f}" if one else _NONE for one in ratios),
        ),
        (
            _("Mg that Ca:Mg asks for, mg"),
            _("mean"),
            *(f"{one:.0f}" if one else _NONE for one in implied),
        ),
    ]


def _by_standard(comparison: Comparison, place: Place, period: str) -> Mapping[str, Target | None]:
    wanted = (*place, period)
    return {
        one.standard: next(
            (t for t in own_targets(one) if (t.nutrient, t.basis, t.period) == wanted), None
        )
        for one in comparison.sets
    }


def _band(target: Target | None) -> str:
    if target is None:
        return _NONE
    words = _between(target.lower, target.upper)
    if words == _NONE:
        return _("shown")
    return words if target.hard else f"{words}{_SOFT}"


def _preferred(target: Target | None) -> str:
    return _NONE if target is None else _between(target.preferred_lower, target.preferred_upper)


def _between(lower: float | None, upper: float | None) -> str:
    return signed_band(*bound_texts(lower, upper)) or _NONE


def _key_order(sets: Iterable[TargetSet]) -> list[str]:
    used = {target.nutrient for one in sets for target in one.targets}
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
    for one in comparison.sets:
        given = {target.nutrient for target in own_targets(one)}
        silent = [place for place in comparison.lacking(one) if place[0] not in given]
        names = ", ".join(dict.fromkeys(name_within(nutrient) for nutrient, _basis in silent))
        told = (
            _("{name} gives no {names}.") if names else _("{name} gives a value for all of these.")
        )
        yield told.format(name=read_standard(one.standard).name, names=names)
