"""Rules and rows in the reader's words; the same sentences everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.model.input import ModelInput
from planner.model.keys import NUTRIENT, RULES, RowKey
from planner.model.variety import DAYS_PER_WEEK, plain_word
from planner.shops import named, price_as
from planner.targets.words import said_on, said_unit
from planner.wording import listed

EACH_DAY, A_DAY_OF_WEEK = "each day", "a day over the week"
OVER_THE_WEEK = "over the week"
_AMOUNTS = {
    "min": "at least {amount:,.4g} {unit}",
    "max": "at most {amount:,.4g} {unit}",
    "": " {amount:,.4g} {unit}",
}
_BANDS = {"min": "not below its band", "max": "not above its band"}
_EDGES = {"min": "at least {amount}", "max": "at most {amount}"}
_TIMES = {
    "min": "{name}: at least {count:g} times in {days} days, as asked for",
    "max": "{name}: at most {count:g} times in {days} days, as asked for",
    "": "{name}: {count:g} times in {days} days, as asked for",
}
_BUDGETS = {
    "min": "the budget: at least {price} for {days} days",
    "max": "the budget: at most {price} for {days} days",
    "": "the budget: at most {price} for {days} days",
}
_BUDGET_OF_DAYS = "the budget: at most {week} a week, {price} for {days} days"


def names_of(source: ModelInput) -> dict[str, str]:
    """Give the subject of a row that is a dish or food → its name in print.

    Of a nutrient whose figures must be known, what is put on meals and lacks them.
    """
    each = source.candidates.candidates
    by_id = {one.candidate_id: one.name for one in each} | {one.source_id: one.name for one in each}
    told = {plain_word(own_id): name for own_id, name in by_id.items()}
    return told | {key: names for key in source.constrained if (names := _lacking(key, source))}


def _lacking(nutrient: str, source: ModelInput) -> str:
    """Name what is put on meals with too much in it that has no figure for a nutrient."""
    put = {own_id for day in source.puts for one in day for own_id in one.ids}
    at, most = source.candidates.nutrients.index(nutrient), 1 - source.least_coverage
    lacking = {
        one.name: None
        for one in source.candidates.candidates
        if one.source_id in put
        and any(each.unknown_g[at] > most * each.food_g for each in one.servings)
    }
    return ", ".join(lacking)


def amount_said(nutrient: str, amount: float) -> str:
    """Say an amount of a nutrient, share or ratio with its unit, if it has one."""
    unit = said_unit(nutrient)
    if not unit:
        return f"{amount:,.4g}"
    return f"{amount:,.4g} {unit}"


def edge_of(key: RowKey, source: ModelInput) -> float | None:
    """Give the end of the band that a row of a nutrient, share or ratio holds; else ``None``."""
    if not RULES[key.rule].is_band or key.basis:
        return None
    period = "day" if key.rule.endswith("day") else "week"
    side = "lower" if key.side == "min" else "upper"
    held = (one for one in source.targets if one.nutrient == key.subject and one.period == period)
    return next((edge for one in held if (edge := getattr(one, side)) is not None), None)


def row_in_words(
    key: RowKey,
    limit: float,
    days: int,
    names: Mapping[str, str] | None = None,
    edge: float | None = None,
) -> tuple[str, str, str]:
    """Say what a row asks: (what, value, sentence).

    Parameters
    ----------
    key, limit
        The row and its right-hand side.
    days
        Days of the plan, over which weekly rows sum.
    names
        Subject → name of a dish or food, of ``names_of``.
    edge
        End of the band of a share or ratio, of ``edge_of``: such a row has another right-hand side.
    """
    if RULES[key.rule].is_band:
        name, value, over = said_on(key.subject, key.basis), _BANDS[key.side], OVER_THE_WEEK
        if NUTRIENT in RULES[key.rule].marks:
            per_day = float(limit / days if key.rule == "nutrient_week" else limit)
            value = _AMOUNTS[key.side].format(amount=per_day, unit=said_unit(key.subject))
            name, over = _name(key), A_DAY_OF_WEEK
        elif edge is not None:
            value = _EDGES[key.side].format(amount=amount_said(key.subject, edge))
        when = EACH_DAY if key.rule.endswith("day") else over
        return name.lower(), value, f"{name}: {value} {when}"
    subject = key.subject.replace(".", " ").replace("_", " ")
    subject = subject if key.number else (names or {}).get(key.subject, subject)
    sentence = RULES[key.rule].sentence
    if key.rule == "frequency":
        sentence = _TIMES[key.side].format(name=named(subject), count=float(limit), days=days)
    elif key.rule == "put":
        sentence = f"{named(subject)} at {key.place}, where it was put"
    elif key.rule == "meal_upper":
        meal, nutrient = key.subject.split(".")
        slot = meal.partition("_")[0]
        told = "{name} at {slot}: at most {amount}"
        amount = amount_said(nutrient, float(limit))
        sentence = told.format(name=said_on(nutrient), slot=slot, amount=amount)
    elif key.rule == "budget":
        asked = _BUDGETS[key.side] if days == DAYS_PER_WEEK else _BUDGET_OF_DAYS
        week = price_as(limit * DAYS_PER_WEEK / days)
        sentence = asked.format(price=price_as(limit), week=week, days=days)
    elif key.rule == "coverage":
        things, nutrient = (names or {}).get(key.subject), said_on(key.subject)
        lacks = "{nutrient}, unknown for: {things}"
        what = lacks.format(nutrient=nutrient, things=named(things)) if things else nutrient
        sentence = f"{sentence} ({what})"
    elif subject:
        sentence = f"{sentence} ({named(subject)})"
    value = {"min": "at least {count:g}", "max": "at most {count:g}"}.get(
        key.side, "{count:g}"
    ).format(count=float(limit))
    return subject or key.rule.replace("_", " "), value, sentence


def _name(key: RowKey) -> str:
    name = said_on(key.subject, key.basis)
    return f"{name} as preferred" if key.preferred else name


def names_in_words(names: Sequence[str]) -> str:
    """Name several people or meals: ``"Ann, Ben and Tom"``."""
    return listed(names)
