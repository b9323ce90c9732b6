"""Errors as sentences that can be said in any language."""

from __future__ import annotations

from foods.errors import UserFacingError
from planner.language.spoken import Said, listed_said, said, said_at


def error_said(error: Exception) -> Said:
    """Give an error as ``str`` gives it in English, to be said in any language later."""
    if not isinstance(error, UserFacingError):
        return _catalogued(error.args[0] if error.args[:1] == (str(error),) else str(error))
    lines = [_catalogued(one) for one in error.faults or (error.what,)]
    text = lines[0] if len(lines) == 1 else listed_said([said(""), *lines], "\n  ")
    if error.where:
        text = said_at(_catalogued(error.where), text)
    if error.remedy:
        text = said("{text} — {remedy}", text=text, remedy=_catalogued(error.remedy))
    return text


def _catalogued(text: str) -> Said:
    return text if isinstance(text, Said) else said(text)
