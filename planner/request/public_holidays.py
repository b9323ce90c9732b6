"""Public holidays of a country, or of a part of it: ``us``, ``us-ca``, ``de-by``."""

from __future__ import annotations

from datetime import date, timedelta

_NAMES_IN = "en_US"


def country_meant(text: str) -> str | None:
    """Give the code of a country or a part of it whose holidays are known; ``None`` for no such.

    Source: the package ``holidays``, by ISO 3166-1 and 3166-2.
    """
    import holidays

    country, dash, part = text.strip().upper().partition("-")
    parts = holidays.list_supported_countries().get(country)
    if parts is None or (dash and part not in parts):
        return None
    return f"{country}{dash}{part}"


def holidays_within(code: str, start: date, days: int) -> list[date]:
    """Give the public holidays of a country within so many days from ``start``."""
    import holidays

    country, _, part = code.partition("-")
    last = start + timedelta(days=days - 1)
    years = range(start.year, last.year + 1)
    known = holidays.country_holidays(country, subdiv=part or None, years=years)
    return sorted(day for day in known if start <= day <= last)


def holiday_name(country: str, when: date, parts: bool = False) -> str:
    """Name the public holiday of a country on a date, in English where that is known; else empty.

    ``parts``: also one of parts of the country alone.
    """
    import holidays

    every = holidays.list_supported_countries().get(country, ()) if parts else ()
    for part in (None, *every):
        known = holidays.country_holidays(country, subdiv=part, years=when.year, language=_NAMES_IN)
        if when in known:
            return str(known[when])
    return ""
