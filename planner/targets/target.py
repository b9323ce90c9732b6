"""The band that one nutrient is held to, single bounds that merge into it, and their words.

A standard's floor, its upper level and a guidance level are separate statements. One target per
nutrient, period and basis holds them all: what is hard becomes the band, what is soft beside it
becomes the preferred band.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from pydantic import Field

from foods.nutrient import known_nutrients, printed_unit
from planner.errors import TargetsError
from planner.faults import fault
from planner.request.override import RATIO, SHARE_KEYS, read_shares
from planner.request.profile import Profile
from planner.safety.patient import Effect
from planner.settings import read_settings
from planner.shops import NEUTRAL, shopping_in
from planner.standards.standard import BASES, CONFIDENCES

PERIODS = ("day", "week")
Unwritten = Annotated[tuple[str, ...], Field(exclude=True)]
UnwrittenBound = Annotated[float | None, Field(exclude=True)]
OWN, SHAPED, REQUEST = "own", "shaped", "request"  # by standard, as others shape it, by hand


@dataclass(frozen=True, slots=True)
class Target:
    """Band of intake for one nutrient, per day or as the mean over the days of the week.

    Parameters
    ----------
    nutrient
        Nutrient key with its unit, a row of ``foods/data/nutrients.csv`` such as
        ``"magnesium_mg"``, or a share or ratio key such as ``"ca_mg_ratio"``.
    unit
        ``mg, ug, g, kcal, percent`` or ``ratio``.
    lower, upper
        Inclusive bounds per day, in ``unit``; ``None`` leaves that side open.
    period
        ``"day"``: holds each day; ``"week"``: holds for the mean over the days.
    basis
        What is counted, one of ``BASES``.
    hard
        Whether a plan must keep the band; otherwise a shortfall is priced and said.
    source, confidence
        Where the bounds come from, as a reader would cite it, and how sure that is.
    rule
        What kind of reference value or rule made the band: ``"RDA"``, ``"UL"``, ``"ratio band"`` …
    preferred_lower, preferred_upper
        A narrower band that is priced, never required.
    lowered_from
        What is recommended, where ``lower`` was set below it by hand.
    origins, rules, sources
        Where the bounds come from, ``OWN``, ``SHAPED`` or ``REQUEST``, and the parts of ``rule``
        and ``source``; a plan that was read from a file has none.
    safe_upper
        The most that nobody may loosen: an upper level, or of a condition, medicine or clinic.

    Raises
    ------
    TargetsError
        When ``lower`` is above ``upper``, or period or basis is unknown.
    """

    nutrient: str
    unit: str
    lower: float | None
    upper: float | None
    period: str
    basis: str
    hard: bool
    source: str
    confidence: str
    rule: str = ""
    preferred_lower: float | None = None
    preferred_upper: float | None = None
    lowered_from: float | None = None
    origins: Unwritten = field(default=(), compare=False)
    rules: Unwritten = field(default=(), compare=False)
    sources: Unwritten = field(default=(), compare=False)
    safe_upper: UnwrittenBound = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.period not in PERIODS:
            raise fault(TargetsError, "period_of_target", of=self)
        if self.basis not in BASES:
            raise fault(TargetsError, "basis_of_target", of=self)
        if any(bound is not None and math.isnan(bound) for bound in (self.lower, self.upper)):
            raise TargetsError(f"{self.nutrient}: a bound is no number")
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise fault(TargetsError, "target_is_empty", of=self)

    def as_eaten(self) -> Target:
        """Return what a day that is past is held to: what is safe, for its food is a fact."""
        return replace(self, lower=None, upper=self.safe_upper)


BASIS_WORDS = {
    "total": "",
    "food": "from food",
    "supplement": "from supplements",
    "supplement_and_fortified": "added",
    "preformed_retinol": "",  # the key's own name says it
    "folic_acid": "",
}
ADDED_LEGEND = "Added: in supplements and in fortified food."
GROWN_FROM_Y = 18


def name_of(key: str) -> str:
    """Return the plain name of a nutrient, share or ratio key: ``"Fat, share of energy"``."""
    if key == RATIO:
        return "Calcium to magnesium"
    share = read_shares().get(key)
    return str(share["name"]) if share else known_nutrients()[key].name


def note(name: str, /, **values: Any) -> str:
    """Return a sentence of ``configs/notes.toml``."""
    sentence = str(read_settings("notes.toml")[name])
    return sentence.format(**values) if values else sentence


def name_within(key: str) -> str:
    """Return a name as it stands inside a sentence: ``"magnesium"``."""
    name = name_of(key)
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def said_within(key: str) -> str:
    """Return a name as it stands inside a sentence."""
    with shopping_in(NEUTRAL):
        return name_within(key)


def said_on(key: str, basis: str = "") -> str:
    """Return a name with what it counts on."""
    with shopping_in(NEUTRAL):
        name, counted = name_of(key), BASIS_WORDS[basis or "total"]
    return f"{name} {counted}" if counted else name


def said_unit(key: str) -> str:
    """Return the unit of a key as it is printed."""
    with shopping_in(NEUTRAL):
        return unit_word(key)


def unit_of(key: str) -> str:
    """Return the unit of a key as files hold it: ``"ug"``, ``"percent"``, ``"ratio"``."""
    if key == RATIO:
        return "ratio"
    return "percent" if key in read_shares() else known_nutrients()[key].unit


def unit_word(key: str) -> str:
    """Return the unit of a key as it is printed behind a figure; a ratio has none."""
    return {"ratio": "", "percent": "% of energy"}.get(unit_of(key), printed_unit(unit_of(key)))


def name_on(key: str, basis: str) -> str:
    """Return a name with what it counts on, where that is not the total: ``"Vitamin E added"``."""
    return f"{name_of(key)} {BASIS_WORDS[basis or 'total']}".strip()


def heading_of(key: str, basis: str = "total") -> str:
    """Head a row of figures with name, basis and unit: ``"Magnesium from supplements, mg"``."""
    name = name_on(key, basis).removesuffix(" (share of energy)")
    return ", ".join(filter(None, (name, unit_word(key))))


def person_word(profile: Profile) -> str:
    """Return the word for a person of this age whose reference values are used."""
    grown = profile.age_y >= GROWN_FROM_Y
    return {"f": "woman" if grown else "girl", "m": "man" if grown else "boy"}[profile.sex]


LOWER, UPPER = "lower", "upper"

_DECIMALS = 9  # only binary noise, such as 46.800000000000004, is cut


@dataclass(frozen=True, slots=True)
class Bound:
    """One side of a band, from one rule.

    Parameters
    ----------
    nutrient, side, value
        Target key, ``"lower"`` or ``"upper"``, and the bound in the key's unit; ``None`` shows
        the key without holding it to anything.
    period, basis
        As in ``Target``.
    hard
        Whether a plan must keep it.
    rule, source, confidence
        What it is, where it comes from, how sure that is.
    is_preference
        Never required, whatever the rest of the band is.
    is_safety
        May not be loosened by anyone.
    lowered_from
        What is recommended, where a lower bound asked for by hand stands below it.
    origin
        Where it comes from, ``"own"``, ``"shaped"`` or ``"request"``.
    """

    nutrient: str
    side: str
    value: float | None
    period: str
    basis: str
    hard: bool
    rule: str
    source: str
    confidence: str
    is_preference: bool = False
    is_safety: bool = False
    lowered_from: float | None = None
    origin: str = OWN


def bound_of(
    effect: Effect, nutrient: str, side: str, value: float, period: str, hard: bool = True
) -> Bound:
    """Return a bound that a condition or medicine sets, its fields as of ``Bound``."""
    stated = (effect.name.lower(), effect.source, effect.confidence)
    return Bound(nutrient, side, value, period, "total", hard, *stated)


def merge_bounds(bounds: Iterable[Bound]) -> tuple[Target, ...]:
    """Make one target of all bounds on the same nutrient, period and basis.

    Raises
    ------
    TargetsError
        When hard bounds leave no value between them.
    """
    groups: dict[tuple[str, str, str], list[Bound]] = {}
    for bound in bounds:
        groups.setdefault((bound.nutrient, bound.period, bound.basis), []).append(bound)
    targets = [_merge(group) for group in groups.values()]
    return tuple(sorted(targets, key=_print_order))


def weakest(confidences: Iterable[str]) -> str:
    """Return the least sure of some confidences."""
    return max(confidences, key=CONFIDENCES.index)


def _merge(group: list[Bound]) -> Target:
    first = group[0]
    is_hard = any(bound.hard for bound in group)
    held = [bound for bound in group if bound.hard == is_hard and not bound.is_preference]
    liked = [bound for bound in group if bound not in held]
    lower, upper = _tightest(held, LOWER), _tightest(held, UPPER)
    rules, sources = _each(b.rule for b in group), _each(b.source for b in group)
    return Target(
        nutrient=first.nutrient,
        unit=unit_of(first.nutrient),
        lower=lower,
        upper=upper,
        period=first.period,
        basis=first.basis,
        hard=is_hard,
        source="; ".join(sources),
        confidence=weakest(bound.confidence for bound in group),
        rule="; ".join(rules),
        preferred_lower=_clipped(_tightest(liked, LOWER), lower, upper),
        preferred_upper=_clipped(_tightest(liked, UPPER), lower, upper),
        lowered_from=next((bound.lowered_from for bound in held if bound.lowered_from), None),
        origins=tuple(sorted({bound.origin for bound in group})),
        rules=rules,
        sources=sources,
        safe_upper=_tightest((bound for bound in held if bound.is_safety and is_hard), UPPER),
    )


def _tightest(bounds: Iterable[Bound], side: str) -> float | None:
    values = [bound.value for bound in bounds if bound.side == side and bound.value is not None]
    if not values:
        return None
    return round(max(values) if side == LOWER else min(values), _DECIMALS)


def _clipped(value: float | None, lower: float | None, upper: float | None) -> float | None:
    if value is None:
        return None
    if lower is not None:
        value = max(value, lower)
    return value if upper is None else min(value, upper)


def _each(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, words)))


def _print_order(target: Target) -> tuple[int, str, int]:
    keys = [RATIO, *known_nutrients(), *SHARE_KEYS]
    return keys.index(target.nutrient), target.basis, PERIODS.index(target.period)
