"""Hours between what is taken on a day: which are asked, and whether they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from planner.safety.read import read_safety_settings
from planner.settings import Figure

HOURS_A_DAY = 24.0
MEAL, WATER = "meal", "water"
ANYTHING, FOOD = "anything", "food"

_NEAR = 1e-9
_MINUTES = 60

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Apart:
    """What a medicine must be kept from.

    Parameters
    ----------
    kind
        A nutrient of pills, ``"water"`` for mineral water, ``"food"`` for any meal, ``"medicine"``
        for any other medicine, ``"anything"`` for all of these, or what a meal holds.
    before_h, after_h
        Hours from the medicine to it, and from it to the medicine.
    meal_from
        Amount in a meal from which the meal counts; ``None``: meals do not count.
    """

    kind: str
    before_h: Annotated[float, Field(validation_alias="hours_before")]
    after_h: Annotated[float, Field(validation_alias="hours_after")]
    meal_from: Figure = None


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing of a day: a medicine, a dose of a pill, mineral water or a meal.

    Parameters
    ----------
    item
        What to call it.
    kind
        Nutrient key of a mineral or vitamin, ``"water"``, ``"meal"``, or empty for a medicine that
        is none of these.
    amount
        Amount a day [the nutrient's unit]; ``None`` where nobody gave one.
    apart
        What a medicine must be kept from.
    is_medicine, is_timed
        Whether it is a medicine, and whether somebody said when it is taken.
    spans
        First and last hour of each time at which it is taken.
    holds
        Kind → amount of what a meal holds.
    dose_text
        How much one dose is, in words.
    """

    item: str
    kind: str = ""
    amount: float | None = None
    apart: tuple[Apart, ...] = ()
    is_medicine: bool = False
    is_timed: bool = False
    spans: tuple[Span, ...] = ()
    holds: tuple[tuple[str, float], ...] = ()
    dose_text: str = ""

    def at(self, hour: float) -> Taken:
        """Return the same at an hour of the day."""
        return replace(self, spans=((hour, hour),))


@cache
def hours_between(one: Taken, other: Taken) -> float:
    """Give the least hours from a dose of ``one`` to a later dose of ``other``."""
    hours = [0.0]
    hours += [rule.before_h for rule in one.apart if _is_meant(rule, other)]
    hours += [rule.after_h for rule in other.apart if _is_meant(rule, one)]
    settings = read_safety_settings("schedule")
    if one.kind not in ("", MEAL, WATER) and (one.item, one.kind) == (other.item, other.kind):
        hours.append(settings["same_item_h"])
    hours += [rule["hours"] for rule in settings["apart"] if _rule_fits(rule, one, other)]
    return float(max(hours))


def keeps_apart(one: Taken, other: Taken) -> bool:
    """Whether two things are far enough from each other, today and over the night."""
    if not (hours_between(one, other) or hours_between(other, one)):
        return True
    return all(_is_far(one, a, other, b) for a in one.spans for b in other.spans)


def _is_far(one: Taken, at: Span, other: Taken, other_at: Span) -> bool:
    if other_at < at:
        one, at, other, other_at = other, other_at, one, at
    today, tonight = other_at[0] - at[1], at[0] + HOURS_A_DAY - other_at[1]
    is_far = today >= hours_between(one, other) - _NEAR
    return today > 0 and is_far and tonight >= hours_between(other, one) - _NEAR


def as_clock(hours: float) -> str:
    """Write an hour of the day as ``HH:MM``."""
    minutes = round(hours * _MINUTES)
    return f"{minutes // _MINUTES:02d}:{minutes % _MINUTES:02d}"


def as_hour(clock: str) -> float:
    """Return the hour of the day that ``HH:MM`` writes."""
    hours, minutes = clock.split(":")
    return int(hours) + int(minutes) / _MINUTES


def _is_meant(rule: Apart, other: Taken) -> bool:
    """Whether a rule of a medicine speaks of another thing; of other medicines none is looked at.

    A medicine that is a mineral counts as that mineral.
    """
    if other.is_medicine and not other.kind:
        return False
    if rule.kind == ANYTHING or other.kind != MEAL:
        return rule.kind in (ANYTHING, other.kind)
    least = rule.meal_from
    held = (amount for kind, amount in other.holds if kind == rule.kind and amount > 0)
    return least is not None and (rule.kind == FOOD or any(amount >= least for amount in held))


def _rule_fits(rule: Mapping[str, Any], one: Taken, other: Taken) -> bool:
    if {one.kind, other.kind} != set(rule["nutrients"]):
        return False
    amounts = (taken.amount for taken in (one, other))
    return all(amount is None or amount > rule["above_per_day"] for amount in amounts)
