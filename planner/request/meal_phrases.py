"""Read a meal of a day from the command line: ``3:dinner``; and a holiday: a day or a date."""

from __future__ import annotations

from datetime import date

from planner.errors import ConfigError
from planner.meals.patterns import SLOTS


def read_meal_of_day(text: str) -> tuple[int, str]:
    """Read ``DAY:SLOT``.

    Raises
    ------
    ConfigError
        When it is not written so.
    """
    day, colon, slot = (part.strip() for part in text.partition(":"))
    if not colon or not (day.isdecimal() and int(day) > 0) or slot not in SLOTS:
        raise ConfigError(
            f"{text!r} is no meal of a day",
            remedy=f"write DAY:MEAL, such as 3:dinner, with one of {', '.join(SLOTS)}",
        )
    return int(day), slot


def read_holiday(text: str) -> int | date:
    """Read the number of a day, or a date.

    Raises
    ------
    ConfigError
        When it is neither.
    """
    text = text.strip()
    if text.isdecimal() and int(text) > 0:
        return int(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigError(
            f"{text!r} is no day", remedy="write the number of a day, or a date: 2026-12-25"
        ) from None
