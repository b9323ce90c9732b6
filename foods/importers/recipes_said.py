"""For how many a recipe is and how long it takes, as recipes say it in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

_HOURS = re.compile(r"(?<![\d.,])(\d++(?:[.,]\d++)?)\s*+(?:hours?|hrs?|h)\b", re.IGNORECASE)
_MINUTES = re.compile(r"(?<![\d.,])(\d++(?:[.,]\d++)?)\s*+(?:minutes?|mins?|m)\b", re.IGNORECASE)
_PER_HOUR = 60
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_COUNT = r"(\d{1,5}(?:\.\d{1,3})?)(?:\s{0,3}(?:-|\u2013|to|or)\s{0,3}(\d{1,5}))?"
_ABOUT = r"[\s:]{1,3}(?:about\s|around\s|up to\s)?\s{0,3}"
_OF_TIME = r"(?!\d|\s{0,3}(?:min|h\b|hr|hour|day|week|month|inch|cm|%))"
_SERVINGS = (
    re.compile(rf"{_COUNT}\s{{0,3}}(?:servings?|portions?|people|persons?)\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:serves|feeds|servings|portions|for){_ABOUT}{_COUNT}{_OF_TIME}", re.IGNORECASE
    ),
    re.compile(rf"\b(?:makes|yields?){_ABOUT}{_COUNT}\s{{0,3}}(?=[|,.;]|$)", re.IGNORECASE),
)
_BARE = re.compile(rf"\s*{_COUNT}\s*")
_TIME = (
    re.compile(  # "Prep 15 minutes, cook 1 hour", "Total Time: 40 min", "takes about 45 minutes"
        r"\b(?P<what>total|prep|cook|bak|active|ready|take|time)(?:aration|ing|e|s)?\b"
        r"(?: ?time| in)?[ :]{1,3}(?:about |around |approx[a-z.]* )?"
        r"(?P<rest>\d(?:[^|,;.\n]|\.(?=\d))*)",
        re.IGNORECASE,
    )
)
_ABOUT_IT = re.compile(
    r"(?:serves|feeds|servings?|portions?|yields?|makes|for \d|enough for|takes|ready in"
    r"|(?:total|prep|preparation|cook|cooking|bake|baking|active)? ?time\b"
    r"|(?:total|prep|cook|bake|active)[: ]{1,2}\d|\d+ (?:servings|portions|people)\b)",
    re.IGNORECASE,
)


def is_about_it(row: str) -> bool:
    """Whether a line of plain text says for how many a recipe is, or how long it takes."""
    is_one = bool(_ABOUT_IT.match(row))
    return is_one and (servings_said(row) is not None or bool(times_said(row)) or _is_made(row))


def _is_made(row: str) -> bool:
    return row.casefold().startswith(("yield", "makes"))


def servings_said(value: object) -> float | None:
    """Return for how many a recipe says it is, of a span the middle.

    ``None`` where it only says how much it makes: a loaf, 16 falafels.
    """
    texts = [str(one) for one in (value if isinstance(value, list) else [value]) if one]
    found = (pattern.search(text) for pattern in _SERVINGS for text in texts)
    match = next(filter(None, found), None)
    bare = [_BARE.fullmatch(text) for text in texts]
    match = match or (bare[0] if bare and all(bare) else None)
    if match is None:
        return None
    low, high = float(match[1]), float(match[2] or match[1])
    return (low + high) / 2 or None


def times_said(text: str) -> Mapping[str, float]:
    """Return the minutes that a text says for ``total, prep, cook``, whatever it calls them."""
    found: dict[str, float] = {}
    kinds = {"bak": "cook", "ready": "total", "take": "total", "time": "total", "active": "prep"}
    for match in _TIME.finditer(text):
        what, minutes = match["what"].casefold(), spoken_minutes(match["rest"])
        if minutes:
            found.setdefault(kinds.get(what, what), minutes)
    return found


def total_minutes(times: Mapping[str, float | None]) -> float | None:
    """Return the total time, or else what preparing and cooking take together."""
    return times.get("total") or (times.get("prep") or 0) + (times.get("cook") or 0) or None


def spoken_minutes(text: object) -> float | None:
    """Return the minutes of ``"1 hour 20 minutes"``; a bare number is minutes."""
    if not text:
        return None
    hours, minutes = _HOURS.search(str(text)), _MINUTES.search(str(text))
    if hours is None and minutes is None:
        return first_number(text)
    total = sum(
        float(found.group(1).replace(",", ".")) * factor
        for found, factor in ((hours, _PER_HOUR), (minutes, 1))
        if found
    )
    return total or None


def first_number(value: object) -> float | None:
    """Return the first number of a text such as ``"40 minutes"``; ``None`` where there is none."""
    match = _NUMBER.search(str(value)) if value is not None else None
    return float(match.group().replace(",", ".")) or None if match else None
