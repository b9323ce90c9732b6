"""Measures as people write them: ``165``, ``1.65 m``, ``5 ft 5 in``, ``143 lb``, ``0.85 mmol/L``.

The conversions are exact by definition: the international yard and pound agreement of 1959
(1 in = 2.54 cm, 1 lb = 0.45359237 kg; NIST Special Publication 811, appendix B).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from foods.recipe_line import plain_text
from foods.units import convert
from planner.errors import ConfigError
from planner.faults import fault
from planner.request.limits import (
    known_ranges,
    parts_of,
    serum_magnesium_units,
    units_of,
    usual_serum_unit,
)

CM_PER_INCH = 2.54
CM_PER_M = 100.0
INCHES_PER_FOOT = 12
KG_PER_POUND = 0.45359237
POUNDS_PER_STONE = 14

_NUMBER = r"(\d{1,6}(?:\.\d{1,17}|,\d{1,2})?)"
_FEET, _INCHES = r"(?:'|\u2032|ft|foot|feet)", r"(?:\"|\u2033|''|in|inch|inches)"
_POUNDS = r"(?:lb|lbs|pound|pounds)"
_HEIGHT_METRIC = re.compile(rf"{_NUMBER}\s*(cm|m)?")
_HEIGHT_US = re.compile(rf"{_NUMBER}\s*{_FEET}(?:\s*{_NUMBER}\s*{_INCHES}?)?")
_HEIGHT_INCHES = re.compile(rf"{_NUMBER}\s*{_INCHES}")
_WEIGHT_KG = re.compile(rf"{_NUMBER}\s*(?:kg)?")
_WEIGHT_LB = re.compile(rf"{_NUMBER}\s*{_POUNDS}")
_CONCENTRATION = re.compile(rf"{_NUMBER}\s*([a-zA-Zµ]+\s*/\s*[a-zA-Z]+)?")
_SERUM_DECIMALS = 4  # a laboratory gives two; what is cut is noise of the conversion
MASS_UNITS = ("g", "kg", "oz", "lb")
_MASS = re.compile(rf"{_NUMBER}\s*({'|'.join(MASS_UNITS)})?")
OZ_PER_POUND = 16
_FIGURE = re.compile(rf"{_NUMBER}\s*(\D.*)?")
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
        raise fault(ConfigError, "no_height", text=text)
    return check_size("height_cm", height_cm)


def read_mass_g(text: str) -> float:
    """Read the mass of a food [g] from ``300``, ``300 g``, ``0.5 kg``, ``10 oz``, ``1 lb``.

    Raises
    ------
    ConfigError
        When the text is no mass.
    """
    found = _MASS.fullmatch(plain_text(text).lower())
    if found is None:
        raise fault(ConfigError, "no_mass", text=text.strip())
    pound_g = convert(KG_PER_POUND, "kg", "g")
    in_g = {"kg": convert(1.0, "kg", "g"), "oz": pound_g / OZ_PER_POUND, "lb": pound_g}
    return _number(found[1]) * in_g.get(found[2] or "g", 1.0)


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
        raise fault(ConfigError, "no_weight", text=text)
    return check_size("weight_kg", weight_kg)


class FigureWithUnit(float):
    """A figure that was written with its unit, and so is meant as it stands."""


def names_unit(value: object) -> bool:
    """Return whether a figure came with its unit: ``"150 kg"`` does, ``"150"`` does not."""
    is_bare = isinstance(value, str) and re.fullmatch(r"[\d\s.,+-]*", value)
    return isinstance(value, FigureWithUnit | str) and not is_bare


def read_figure(text: str, name: str) -> float:
    """Read a figure with or without its unit, in the unit of its range: ``8400 kJ``, ``62 years``.

    Of an age in months the years that are completed: ``18 months`` is 1.

    Raises
    ------
    ConfigError
        When the text is no number, or its unit is not one of ``configs/request/limits.toml``.
    """
    found, units = _FIGURE.fullmatch(" ".join(text.split())), {**units_of(name), **parts_of(name)}
    unit = (found[2] or "").casefold() if found else ""
    if found and unit in parts_of(name):
        return _number(found[1]) // units[unit]
    factor = units.get(unit) if found else None
    if found is None or factor is None:
        names = ", ".join(filter(None, units))
        raise fault(ConfigError, "no_number_with_unit", text=text, names=names)
    return _number(found[1]) * factor


def with_unit(read: Callable[[str], float]) -> Callable[[str], float]:
    """Return a reader whose figures are ``FigureWithUnit`` where the text names their unit."""

    def kept(text: str) -> float:
        figure = read(text)
        return FigureWithUnit(figure) if names_unit(text) else figure

    return kept


def check_size(name: str, value: float) -> float:
    """Give a height or weight back; raise ``ConfigError`` for one that nobody has."""
    likely = known_ranges()[name]
    if value not in likely:
        told = {"shown": _shown(value), "likely": likely}
        if name == "height_cm":
            raise fault(ConfigError, "height_outside", **told)
        raise fault(ConfigError, "weight_outside", **told)
    return value


def read_concentration(
    text: str, what: str, units: Mapping[str, float], bare_unit: str | None = None
) -> float:
    """Read what a laboratory measured, in the unit that ``units`` counts as 1.

    Parameters
    ----------
    text
        A number with its unit, such as ``"0.85 mmol/L"``.
    what
        What was measured, for messages.
    units
        Unit, as laboratories write it → what one of it is in the unit that is wanted.
    bare_unit
        Unit of a number without one; ``None``: the unit is asked for.

    Raises
    ------
    ConfigError
        When the text is no number with a known unit, or the unit is missing and must be said.
    """
    found = _CONCENTRATION.fullmatch(text.strip())
    known = {unit.casefold(): factor for unit, factor in units.items()}
    unit = found and (found[2] or bare_unit)
    if found and unit is None:
        told = " or ".join(f'"{found[1]} {one}"' for one in units)
        raise fault(ConfigError, "unit_missing", what=what, text=text, units=told)
    factor = known.get("".join((unit or "").casefold().split()))
    if not found or factor is None:
        raise fault(ConfigError, "no_concentration", text=text, what=what, names=", ".join(units))
    return _number(found[1]) * factor


def read_serum_magnesium_mg_dl(text: str, standard_id: str) -> float:
    """Read magnesium in serum [mg/dL] from ``2.1 mg/dL``, ``0.85 mmol/L``, ``1.7 mEq/L``.

    Raises
    ------
    ConfigError
        When the text is no such figure, has no unit where ``standard_id`` is not ``us``, or is one
        that nobody has.
    """
    units, bare_unit = serum_magnesium_units(), usual_serum_unit(standard_id)
    serum = read_concentration(text, "magnesium in serum", units, bare_unit)
    likely = known_ranges()["serum_mg_mg_dl"]
    if serum not in likely:
        raise fault(ConfigError, "serum_outside", text=text, serum=serum, likely=likely)
    return round(serum, _SERUM_DECIMALS)


def _number(text: str | None) -> float:
    return float((text or "0").replace(",", "."))


def _shown(value: float) -> str:
    """Show a figure; a whole number from a file may be too large for a float."""
    try:
        return f"{value:g}"
    except OverflowError:
        return "far too many"
