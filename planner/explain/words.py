"""Rules and rows in the reader's words; the same sentences everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from planner.model.keys import NUTRIENT, RULES, RowKey
from planner.targets.words import name_on, unit_word


def row_in_words(key: RowKey, limit: float, days: int) -> tuple[str, str, str]:
    """Say what a row asks: (what, value, sentence).

    Parameters
    ----------
    key, limit
        The row and its right-hand side.
    days
        Days of the plan, over which weekly rows sum.
    """
    side = {"min": "at least", "max": "at most"}.get(key.side, "")
    if NUTRIENT in RULES[key.rule].marks:
        per_day = limit / days if key.rule == "nutrient_week" else limit
        value = f"{side} {per_day:,.4g} {unit_word(key.subject)}"
        when = "each day" if key.rule == "nutrient_day" else "a day over the week"
        name = name_on(key.subject, key.basis)
        name += " as preferred" if key.preferred else ""
        return name.lower(), value, f"{name}: {value} {when}"
    if RULES[key.rule].is_band:
        when = "each day" if key.rule.endswith("day") else "over the week"
        name = name_on(key.subject, key.basis)
        which = {"min": "not below its band", "max": "not above its band"}[key.side]
        return name.lower(), which, f"{name}: {which} {when}"
    subject = key.subject.replace(".", " ").replace("_", " ")
    sentence = RULES[key.rule].sentence
    if key.rule == "frequency":
        sentence = f"{subject}: {side} {limit:g} times in {days} days, as asked for"
    elif key.rule == "put":
        sentence = f"{subject} at {key.place}, where it was put"
    elif key.rule == "budget":
        sentence = f"the budget: {side or 'at most'} ${limit:,.2f} for {days} days"
    elif subject:
        sentence = f"{sentence} ({subject})"
    return subject or key.rule.replace("_", " "), f"{side} {limit:g}".strip(), sentence


def names_in_words(names: Sequence[str]) -> str:
    """Name several: ``"Ann, Ben and Tom"``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
