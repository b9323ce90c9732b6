"""Heights and weights as people write them: ``165``, ``1.65 m``, ``5 ft 5 in``, ``143 lb``.

The conversions are exact by definition: the international yard and pound agreement of 1959
(1 in = 2.54 cm, 1 lb = 0.45359237 kg; NIST Special Publication 811, appendix B).
"""

from __future__ import annotations

import re

from planner.errors import ConfigError
from planner.targets.limits import known_ranges

CM_PER_INCH = 2.54
CM_PER_M = 100.0
INCHES_PER_FOOT = 12
KG_PER_POUND = 0.45359237
POUNDS_PER_STONE = 14

_NUMBER = r"(\d{1,6}(?:\.\d{1,6}|,\d{1,2})?)"
_FEET, _INCHES = r"(?:'|\u2032|ft|foot|feet)", r"(?:\"|\u2033|''|in|inch|inches)"
_POUNDS = r"(?:lb|lbs|pound|pounds)"
_HEIGHT_METRIC = re.compile(rf"{_NUMBER}\s*(cm|m)?")
_HEIGHT_US = re.compile(rf"{_NUMBER}\s*{_FEET}(?:\s*{_NUMBER}\s*{_INCHES}?)?")
_HEIGHT_INCHES = re.compile(rf"{_NUMBER}\s*{_INCHES}")
_WEIGHT_KG = re.compile(rf"{_NUMBER}\s*(?:kg)?")
_WEIGHT_LB = re.compile(rf"{_NUMBER}\s*{_POUNDS}")
_WEIGHT_STONE = re.compile(rf"{_NUMBER}\s*(?:st|stone)(?:\s*{_NUMBER}\s*{_POUNDS}?)?")


def read_height_cm(text: str) -> float:
    """Read a body height [cm] from ``165``, ``165 cm``, ``1.65 m``, ``5 ft 5 in``, ``65 in``.

    Raises
    ------
    ConfigError
        When the text is no height, or one that nobody has.
    """
    words = text.strip().lower()
    if found := _HEIGHT_METRIC.fullmatch(words):
        height_cm = _number(found[1]) * (CM_PER_M if found[2] == "m" else 1.0)
    elif (found := _HEIGHT_US.fullmatch(words)) and _number(found[2]) < INCHES_PER_FOOT:
        height_cm = (_number(found[1]) * INCHES_PER_FOOT + _number(found[2])) * CM_PER_INCH
    elif found := _HEIGHT_INCHES.fullmatch(words):
        height_cm = _number(found[1]) * CM_PER_INCH
    else:
        raise ConfigError(
            f"{text!r} is not a height", remedy='write 165, "165 cm", "1.65 m" or "5 ft 5 in"'
        )
    return check_height_cm(height_cm)


def read_weight_kg(text: str) -> float:
    """Read a body mass [kg] from ``65``, ``65 kg``, ``143 lb``, ``10 st 3 lb``.

    Raises
    ------
    ConfigError
        When the text is no weight, or one that nobody has.
    """
    words = text.strip().lower()
    if found := _WEIGHT_KG.fullmatch(words):
        weight_kg = _number(found[1])
    elif found := _WEIGHT_LB.fullmatch(words):
        weight_kg = _number(found[1]) * KG_PER_POUND
    elif (found := _WEIGHT_STONE.fullmatch(words)) and _number(found[2]) < POUNDS_PER_STONE:
        weight_kg = (_number(found[1]) * POUNDS_PER_STONE + _number(found[2])) * KG_PER_POUND
    else:
        raise ConfigError(
            f"{text!r} is not a weight", remedy='write 65, "65 kg", "143 lb" or "10 st 3 lb"'
        )
    return check_weight_kg(weight_kg)


def check_height_cm(height_cm: float) -> float:
    """Give the height back [cm]; raise ``ConfigError`` for one that nobody has."""
    likely = known_ranges()["height_cm"]
    if height_cm not in likely:
        raise ConfigError(
            f"a height of {_shown(height_cm)} cm is outside {likely}",
            remedy='give centimetres, or name the unit: "1.65 m", "5 ft 5 in"',
        )
    return height_cm


def check_weight_kg(weight_kg: float) -> float:
    """Give the weight back [kg]; raise ``ConfigError`` for one that nobody has."""
    likely = known_ranges()["weight_kg"]
    if weight_kg not in likely:
        raise ConfigError(
            f"a weight of {_shown(weight_kg)} kg is outside {likely}",
            remedy='give kilograms, or name the unit: "143 lb"',
        )
    return weight_kg


def _number(text: str | None) -> float:
    return float((text or "0").replace(",", "."))


def _shown(value: float) -> str:
    """Show a figure; a whole number from a file may be too large for a float."""
    try:
        return f"{value:g}"
    except OverflowError:
        return "far too many"
