"""Amounts in the steps of a recipe: ``{350 ml}``, ``{12 flat patties}``, ``{33 x 23 cm}``.

Steps name ingredients without amounts, for these stand in the list. What stands in no list is put
in braces, for the whole recipe: water, how many pieces are shaped, the pan that all of it fits.
It is worked out for what is cooked; everything else in a step is the same for one as for six.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

CM, GRAMS = "cm", {"g": 1.0, "kg": 1000.0}
VOLUMES = ("ml", "l", "liter", "liters", "cup", "cups", "Tbsp", "tsp")
BRACES = re.compile(r"\{([^{}]*)\}")
_NUMBER = r"(?:\d+ )?\d+/\d+|\d+(?:\.\d+)?"
_AMOUNT = re.compile(rf"({_NUMBER})(?: x ({_NUMBER}))? ([a-zA-Z][a-zA-Z -]*)")
_HOW = "write {350 ml}, {2 Tbsp}, {400 g}, {12 patties}, {28 cm} or {33 x 23 cm}"


@dataclass(frozen=True, slots=True)
class StepAmount:
    """One amount of a step, for the whole recipe.

    Parameters
    ----------
    number
        How much or how many.
    word
        A volume of ``VOLUMES``, a mass of ``GRAMS``, ``CM`` of a pan, or what is counted.
    by
        The other side of a pan with corners [cm]; ``None`` for everything else.
    """

    number: float
    word: str
    by: float | None = None


def read_amount(text: str) -> StepAmount | None:
    """Read what stands in braces; ``None`` where it is no amount."""
    found = _AMOUNT.fullmatch(text)
    if found is None or (found[2] and found[3] != CM):
        return None
    try:
        numbers = [_number(one) for one in found.group(1, 2) if one]
    except ZeroDivisionError:
        return None
    is_some = all(number > 0 for number in numbers)
    return StepAmount(numbers[0], found[3], *numbers[1:]) if is_some else None


def step_faults(step: str) -> Iterator[str]:
    """Say what is wrong with the braces of a step."""
    for text in BRACES.findall(step):
        if read_amount(text) is None:
            yield f"step {step!r}: {{{text}}} is no amount; {_HOW}"
    if set("{}") & set(BRACES.sub("", step)):
        yield f"step {step!r}: a brace stands alone; {_HOW}"


def states_water(step: str) -> bool:
    """Whether a step says how much water is taken."""
    return any(
        (amount := read_amount(found[1])) is not None and amount.word in VOLUMES
        for found in re.finditer(rf"{BRACES.pattern} (?:[\w-]+ ){{0,3}}water\b", step)
    )


def _number(text: str) -> float:
    """Read ``"1 1/2"``."""
    return float(sum(Fraction(part) for part in text.split()))
