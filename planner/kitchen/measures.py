"""Masses in the words of a kitchen: ``3/4 cup``, ``1 1/2 tbsp``, ``2 slices``.

Grams stand beside the words wherever they are printed, so the words may be a little off: up to
``NEAR``. What no measure comes near to is given in grams alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foods.food import Food
from planner.candidates.servings import in_words

NEAR = 0.15  # how far the words may be off the mass, as a fraction of it
ML_PER_CUP = 236.588  # US customary cup
CUP, TBSP, TSP, OZ, HALF, PINCH = "cup", "tbsp", "tsp", "oz", "half", "pinch"
CUPS_PER_SPOON = {TBSP: 1 / 16, TSP: 1 / 48}
US_ONLY = frozenset({CUP, OZ})
LIQUID_GROUPS = frozenset({"milk", "plant_drink", "fruit_juice", "drink", "alcohol", "water"})
BY_THE_PINCH = frozenset({"herb_spice", "baking"})
SMALLEST_TSP = 1 / 8
TSP_PER_PINCH = 1 / 16
OZ_PER_LB = 16
MEAT, CAN = "meat_fish", "can"
_THIRDS_AND_QUARTERS = (0.25, 1 / 3, 0.5, 2 / 3, 0.75)
_LEAST_CUP, _NEAR_CUP = 0.25, 0.06
_NEAR_OF = {CAN: 0.06, "clove": 0.25}  # cans are alike, and no two cloves are
_FINE_WHOLES = 3  # thirds and quarters of a cup are measured up to this many whole ones
_MOST_HALVES = 20  # ounces, and many cups, are measured in halves up to ten; then in whole cups
_MOST_HALF_PIECES = 6  # pieces are counted in halves up to three
_SPOONS = {
    TSP: (SMALLEST_TSP, 0.25, 1 / 3, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 4.0),
    TBSP: (0.5, 1.0, 1.5, 2.0, 2.5, 3.0),
}
_MOST_PIECES, _MOST_SMALL_PARTS = 40, 12
_SMALL_PARTS = frozenset({"sprig", "leaf", "strip", "floret", "cube"})  # nobody counts 33 leaves
_OTHER_MEASURE = 0.08  # dislike of a measure that is not the food's own, in the unit of `NEAR`
_UNEVEN = frozenset(
    {"strip", "cube", "handful"}
)  # no two are alike: only where nothing else is usual
_FRACTION = 0.02  # dislike of a part of a measure, likewise
_FINE_ML, _FINE_BELOW_ML = 5, 100
_COARSE_ML = 10


@dataclass(frozen=True, slots=True)
class _Wording:
    """A number of a measure, and how far from the mass and how awkward it is."""

    awkward: float
    number: float
    measure: str


def kitchen_amount(food: Food, mass_g: float, units: str = "us") -> str:
    """Say ``mass_g`` of ``food`` in household words; grams are for the caller to add.

    Parameters
    ----------
    food
        The food, whose measures are used.
    mass_g
        Mass [g].
    units
        ``"us"``: cups, spoons, ounces and pieces; ``"metric"``: millilitres, spoons and pieces.

    Returns
    -------
    str
        Such as ``"1 1/2 tbsp"``; ``"scant 1/2 tsp"`` between two spoons; empty when no other
        measure comes within 15 %.
    """
    if units == "metric" and food.group in LIQUID_GROUPS and grams_per(food, CUP):
        return _millilitres(food, mass_g)
    wordings = list(_wordings(food, mass_g, units))
    if wordings:
        best = min(wordings, key=lambda one: (one.awkward, one.measure, one.number))
        return _as_text(best)
    tsp_g = grams_per(food, TSP)
    if tsp_g is None:
        return ""
    if mass_g < SMALLEST_TSP * (1 - NEAR) * tsp_g:
        pinches = max(1, round(mass_g / (TSP_PER_PINCH * tsp_g)))
        return in_words(pinches, PINCH) if food.group in BY_THE_PINCH else ""
    return _nearly(mass_g / tsp_g, units)


def _nearly(number_tsp: float, units: str) -> str:
    """Say an amount between two spoons, or two cups, by the nearer one; empty without any."""
    name, number = TSP, number_tsp
    if number > _SPOONS[TSP][-1]:
        name, number = CUP, number_tsp * CUPS_PER_SPOON[TSP]
        if units == "metric" or number < _LEAST_CUP * (1 - NEAR):
            return ""
    near = min(_numbers(name), key=lambda one: abs(one - number))
    return f"{'scant' if near > number else 'generous'} {_as_text(_Wording(0.0, near, name))}"


def _wordings(food: Food, mass_g: float, units: str) -> Iterator[_Wording]:
    own = food.serving.measure.name
    for name in _measure_names(food, units):
        unit_g = grams_per(food, name)
        if not unit_g:
            continue
        number = min(_numbers(name), key=lambda n: abs(n * unit_g - mass_g))
        error = abs(number * unit_g - mass_g) / mass_g
        if error <= _NEAR_OF.get(name, NEAR):
            awkward = error + (_OTHER_MEASURE if name != own else 0.0)
            awkward += 0.0 if number == int(number) else _FRACTION
            yield _Wording(awkward, number, name)


def _measure_names(food: Food, units: str) -> list[str]:
    own, kept_out = food.serving.measure.name, {PINCH, *_UNEVEN}
    names = [one.name for one in food.measures if one.name == own or one.name not in kept_out]
    if {CUP, TBSP, TSP} & set(names):
        names += [CUP, TBSP, TSP]
    if units == "metric":
        names = [name for name in names if name not in US_ONLY]
    return list(dict.fromkeys(names))


def grams_per(food: Food, name: str) -> float | None:
    """Grams of one measure; spoons and cups follow from one another."""
    known = {one.name: one.mass_g for one in food.measures}
    if name in known or name not in (CUP, TBSP, TSP):
        return known.get(name)
    parts = {CUP: 1.0, **CUPS_PER_SPOON}
    for other in (TBSP, TSP, CUP):
        if other in known:
            return known[other] * parts[name] / parts[other]
    return None


def _numbers(name: str) -> tuple[float, ...]:
    if name in _SPOONS:
        return _SPOONS[name]
    if name == CUP:
        wholes = range(_FINE_WHOLES + 1)
        fine = [whole + part for whole in wholes for part in (0.0, *_THIRDS_AND_QUARTERS)]
        coarse = [n / 2 for n in range(2 * _FINE_WHOLES + 2, _MOST_HALVES + 1)]
        return (*fine[1:], *coarse, *map(float, range(_MOST_HALVES // 2 + 1, _MOST_PIECES + 1)))
    most = _MOST_HALVES if name == OZ else _MOST_HALF_PIECES
    halves = [n / 2 for n in range(1, most + 1)]
    last = _MOST_SMALL_PARTS if name in _SMALL_PARTS else _MOST_PIECES
    return (*halves, *map(float, range(most // 2 + 1, last + 1)))


def _as_text(wording: _Wording) -> str:
    if wording.number == SMALLEST_TSP:
        return f"1/8 {wording.measure}"
    if wording.measure == OZ and wording.number >= OZ_PER_LB:
        pounds, ounces = divmod(wording.number, OZ_PER_LB)
        return " ".join([f"{pounds:g} lb", *([in_words(ounces, OZ)] if ounces else [])])
    if wording.measure == HALF:
        of_one = in_words(wording.number / 2, "whole")
        return of_one if wording.number > 1 else of_one.removesuffix(" whole")
    return in_words(wording.number, wording.measure)


def _millilitres(food: Food, mass_g: float) -> str:
    cup_g = grams_per(food, CUP)
    assert cup_g is not None
    return millilitres_text(mass_g / cup_g * ML_PER_CUP)


def millilitres_text(volume_ml: float) -> str:
    """Say a volume as a measuring jug shows it: ``"85 ml"``, ``"350 ml"``."""
    step = _FINE_ML if volume_ml < _FINE_BELOW_ML else _COARSE_ML
    return f"{round(volume_ml / step) * step or step:,} ml"


def volume_text(volume_ml: float, units: str) -> str:
    """Say a volume in spoons below a quarter of a cup, in cups or millilitres from there on."""
    cups = volume_ml / ML_PER_CUP
    if cups < _LEAST_CUP * (1 - NEAR):
        return _in_spoons(cups)
    if units == "metric":
        return millilitres_text(volume_ml)
    near = min(_numbers(CUP), key=lambda one: abs(one - cups))
    if abs(near - cups) <= _NEAR_CUP * cups:
        return in_words(near, CUP)
    below = max((one for one in _numbers(CUP) if one < cups), default=_LEAST_CUP)
    return f"{in_words(below, CUP)} plus {_in_spoons(cups - below)}"


def _in_spoons(cups: float) -> str:
    """Say part of a cup in the number of spoons that comes nearest."""
    fitting = [(number, name) for name in (TBSP, TSP) for number in _numbers(name)]
    number, name = min(fitting, key=lambda one: abs(one[0] * CUPS_PER_SPOON[one[1]] - cups))
    return _as_text(_Wording(0.0, number, name))
