"""The one place that converts units of mass and of energy."""

from __future__ import annotations

from foods.errors import FoodsError

_IN_GRAMS = {"kg": 1000.0, "g": 1.0, "mg": 1e-3, "ug": 1e-6}
_IN_KCAL = {"kcal": 1.0, "kJ": 1 / 4.184, "MJ": 1000 / 4.184}  # thermochemical calorie
_SAME_AS = {"L": "kg", "µg": "ug", "\u03bcg": "ug", "mcg": "ug", "kj": "kJ"}
# water: 1 L is taken as 1 kg; the sign of micro has two codes


def printed_unit(unit: str) -> str:
    """Return a unit as people read it: ``ug`` is µg."""
    return {"ug": "µg"}.get(unit, unit)


def convert(amount: float, unit: str, to: str) -> float:
    """Return ``amount`` of ``unit`` in the unit ``to``.

    Parameters
    ----------
    amount
        Amount [``unit``].
    unit, to
        Two masses (``kg, g, mg, ug``; ``L`` of water) or two energies (``kcal, kJ, MJ``).

    Raises
    ------
    FoodsError
        When a unit is unknown, or one is a mass and the other an energy.
    """
    old, new = _SAME_AS.get(unit, unit), _SAME_AS.get(to, to)
    if old == new and any(old in scale for scale in (_IN_GRAMS, _IN_KCAL)):
        return amount
    for scale in (_IN_GRAMS, _IN_KCAL):
        if old in scale and new in scale:
            return amount * (scale[old] / scale[new])
    raise FoodsError(
        f"cannot convert {unit!r} to {to!r}",
        remedy="use two of {masses} or two of {energies}".format(
            masses=", ".join(_IN_GRAMS), energies=", ".join(_IN_KCAL)
        ),
    )
