"""Single bounds, each from one rule, and how they merge into targets.

A standard's floor, its upper level and a guidance level are separate statements. One target per
nutrient, period and basis holds them all: what is hard becomes the band, what is soft beside it
becomes the preferred band.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foods.nutrient import known_nutrients
from planner.request.override import SHARE_KEYS
from planner.request.shares import RATIO
from planner.safety.effects import Effect
from planner.standards.standard import CONFIDENCES
from planner.targets.target import OWN, PERIODS, Target
from planner.targets.words import unit_of

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
        lowered_from=next((one.lowered_from for one in held if one.lowered_from), None),
        origins=tuple(sorted({bound.origin for bound in group})),
        rules=rules,
        sources=sources,
        safe_upper=_tightest((one for one in held if one.is_safety and is_hard), UPPER),
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
