"""Steps of people's own recipes: their amounts go into braces, which grow with the servings.

``planner/candidates/steps.py`` reads them. Only masses and volumes are taken, and not what is for
each of several, what a can or pack holds, nor a span of two numbers that stands as one amount.
"""

from __future__ import annotations

import re

from foods.recipe_line import plain_text, read_words

_NO_BRACES = str.maketrans("{}", "()")
_NUMBER = r"(?:\d+ \d+/\d+|\d+/\d+|\d+(?:\.\d+)?)"
_AMOUNT = re.compile(
    rf"(?<![\w./-])(?P<number>{_NUMBER})[ -]?(?P<unit>[A-Za-z]+)\b(?! ?/)(?P<after>[ -]\w+)?"
)
_VULGAR = re.compile(r"[\u00bc-\u00be\u2150-\u215e]")
_CLAUSE = re.compile(r"(?<=[.;])\s+")


def as_scaled(step: str) -> str:
    """Write the amounts of a step in braces: ``"Add {250 ml} water"``."""
    clauses = _CLAUSE.split(step.translate(_NO_BRACES))
    return " ".join(map(_scaled, clauses))


def _scaled(clause: str) -> str:
    told = read_words()["steps"]
    if set(clause.casefold().replace(",", " ").split()) & set(told["for_each"]):
        return clause
    text = plain_text(clause) if _VULGAR.search(clause) else clause
    return _AMOUNT.sub(_braced, text)


def _braced(match: re.Match[str]) -> str:
    known, after = read_words(), match["after"] or ""
    unit = match["unit"].casefold()
    unit = known["units"].get(unit, unit) if len(unit) > 1 else unit  # 180 C is no cup
    packed = known["units"].get(after[1:].casefold(), after[1:].casefold())
    if packed in known["words"]["packed_in"]:
        return match[0]
    if unit in known["steps"]["units"]:
        return f"{{{match['number']} {known['steps']['units'][unit]}}}{after}"
    if unit in ("oz", "lb"):
        mass_g = _value(match["number"]) * known["mass_g"][unit]
        return f"{{{mass_g:.0f} g}}{after}"
    return match[0]


def _value(text: str) -> float:
    parts = (part.partition("/") for part in text.split())
    return sum(float(above) / float(below or 1) for above, _, below in parts)
