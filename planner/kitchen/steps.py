"""Steps as they are cooked: amounts worked out, and sizes and heat in the units of a kitchen.

US kitchens read °F and inches first, with °C and cm behind them; metric ones °C and cm alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from planner.candidates.dish import Dish
from planner.candidates.servings import in_words, plural
from planner.candidates.steps import BRACES, CM, GRAMS, VOLUMES, StepAmount, read_amount
from planner.kitchen.measures import (
    CUPS_PER_SPOON,
    ML_PER_CUP,
    metric_text,
    millilitres_text,
    volume_text,
)
from planner.settings import read_settings

COOKING = "meals/cooking.toml"
_METRIC = "metric"
ML = {
    "ml": 1.0,
    **dict.fromkeys(("l", "liter", "liters"), 1000.0),
    **dict.fromkeys(("cup", "cups"), ML_PER_CUP),
    **{name: ML_PER_CUP * CUPS_PER_SPOON[name.lower()] for name in ("Tbsp", "tsp")},
}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)(?: (x|to) (\d+(?:\.\d+)?))? (cm|mm)\b")
_RANGE = r"(\d+(?: to \d+)?)"
_BESIDE = re.compile(rf"{_RANGE} °C \({_RANGE} °F\)")  # 200 °C (400 °F)
_WITHIN = re.compile(rf"{_RANGE} °C, {_RANGE} °F")  # (63 °C, 145 °F)
_ALONE = re.compile(r"(?<!\()\b(\d+) ?°C\b(?! \(\d| to|, \d)")
_FAHRENHEIT = re.compile(r"\b(\d+) ?°F\b")
_AN = re.compile(r"\ba(?= (?:8|11|18)\b)")  # an 8 inch pan
_MM_PER_CM = 10.0
_STEP_G, _STEP_FROM_G = 5, 20.0


def steps_for(steps: Iterable[str], share: float, units: str) -> tuple[str, ...]:
    """Write the steps of a recipe for what is cooked.

    Parameters
    ----------
    steps
        As the recipe has them, amounts in braces.
    share
        Servings cooked per serving of the recipe.
    units
        ``"us"`` or ``"metric"``.
    """
    return tuple(in_units(_worked_out(step, share, units), units) for step in steps)


def without_leftovers(steps: Iterable[str]) -> tuple[str, ...]:
    """Leave out of steps how leftovers are reheated, where nothing is left; chilling them stays.

    Source: ``configs/meals/cooking.toml``.
    """
    clauses = "|".join(read_settings(COOKING)["leftovers"]["dropped"])
    told = re.compile(rf"(?:{clauses})\b.*?(?=;|\.$|\. [A-Z])", re.IGNORECASE)
    return tuple(left for step in steps if (left := told.sub("", step)) != ".")


def says_when_chilled(steps: Iterable[str]) -> bool:
    """Whether steps say themselves by when what is left is chilled.

    Source: ``configs/meals/cooking.toml``.
    """
    told = re.compile("|".join(read_settings(COOKING)["leftovers"]["chilled"]))
    return any(map(told.search, steps))


def without_thirds(steps: Iterable[str], salt_g: float) -> tuple[str, ...]:
    """Part a bit of salt [g] as a cook does, a little and then the rest; more of it as written.

    Source: ``configs/meals/cooking.toml``.
    """
    rule = read_settings(COOKING)["small_salt"]
    told = tuple(steps)
    for pattern, words in rule["words"] if salt_g < rule["below_g"] else ():
        told = tuple(re.sub(rf"\b{pattern}\b", words, step) for step in told)
    return told


def in_units(text: str, units: str) -> str:
    """Write degrees, cm and mm of a text, which has them metric, as a kitchen reads them."""
    if units == _METRIC:
        text = _WITHIN.sub(r"\1 °C", _BESIDE.sub(r"\1 °C", text))
        return _FAHRENHEIT.sub(_with_celsius, text)
    text = _ALONE.sub(_with_fahrenheit, text)
    text = _WITHIN.sub(r"\2 °F, \1 °C", _BESIDE.sub(r"\2 °F (\1 °C)", text))
    return _AN.sub("an", _SIZE.sub(_in_inches, text))


def size_hint(dish: Dish, share: float) -> str:
    """Say what to mind where much less or more is cooked than a recipe is written for.

    Empty where the amount is near the recipe's, nothing is heated, or little is cooked in no pan.

    Source: ``configs/meals/cooking.toml``.
    """
    rules = read_settings(COOKING)
    if not is_heated(dish):
        return ""
    written = in_words(dish.servings, "serving")
    if share <= rules["less"]["share"]:
        return str(rules["less"]["says"]) if _fills_a_pan(dish) else ""
    is_more = share >= rules["more"]["share"]
    return str(rules["more"]["says"]).format(written=written) if is_more else ""


def _fills_a_pan(dish: Dish) -> bool:
    """Whether a dish is cooked in a pan or pot of which a smaller one may be taken."""
    less, said = read_settings(COOKING)["less"], " ".join(dish.steps).lower()
    for word in less["not_filled"]:
        said = re.sub(rf"\b{word}\b", " ", said)
    asked = any(re.search(rf"\b{word}\b", said) for word in less["vessels"])
    return asked and less["single"] not in dish.tags


def is_heated(dish: Dish) -> bool:
    """Whether anything of a dish is cooked, so that what is kept of it has to cool.

    Source: ``configs/meals/cooking.toml``.
    """
    heat, said = read_settings(COOKING)["heat"], " ".join(dish.steps).lower()
    return heat["cold"] not in dish.tags and any(word in said for word in heat["words"])


def _worked_out(step: str, share: float, units: str) -> str:
    def said(found: re.Match[str]) -> str:
        amount = read_amount(found[1])
        return found[0] if amount is None else _amount_text(amount, share, units)

    return BRACES.sub(said, step)


def _amount_text(amount: StepAmount, share: float, units: str) -> str:
    if amount.word in VOLUMES:
        return _volume(amount.number * ML[amount.word] * share, units)
    if amount.word in GRAMS:
        return _grams(amount.number * GRAMS[amount.word] * share)
    if amount.word == CM:
        return _pan(amount, share, units)
    count = max(1, math.floor(amount.number * share + 0.5))
    return f"{count} {_one_of(amount.word) if count == 1 else amount.word}"


def _grams(mass_g: float) -> str:
    step = _STEP_G if mass_g >= _STEP_FROM_G else 1
    return metric_text(max(1, round(mass_g / step)) * step, "g")


def _volume(volume_ml: float, units: str) -> str:
    """Say a volume in spoons and cups; cups with millilitres beside them in a US kitchen."""
    words = volume_text(volume_ml, units)
    return f"{words} ({millilitres_text(volume_ml)})" if "cup" in words else words


def _pan(amount: StepAmount, share: float, units: str) -> str:
    """Give a pan that shops sell, of about the same depth, in cm, for ``_in_inches`` to go on with.

    As much as the recipe is cooked in the recipe's own pan.

    Source: ``configs/meals/measures.toml``.
    """
    if share == 1.0:
        return f"{_sides(amount.number, amount.by)} {CM}"
    pans = read_settings("meals/measures.toml")["pans"]
    if amount.by is None:
        wanted = amount.number * math.sqrt(share)
        return f"{min(pans[units]['round'], key=lambda one: abs(one - wanted))} {CM}"
    area, shape = amount.number * amount.by * share, amount.number / amount.by

    def awkward(sides: Sequence[float]) -> float:
        long, short = sides
        other_shape = abs(math.log(long / short / max(shape, 1 / shape)))
        return abs(math.log(long * short / area)) + float(pans["shape"]) * other_shape

    return f"{_sides(*min(pans[units]['square'], key=awkward))} {CM}"


def _sides(one: float, other: float | None) -> str:
    return " x ".join(f"{side:g}" for side in (one, other) if side is not None)


def _one_of(words: str) -> str:
    """Give the singular of what is counted: ``"flat patties"`` → ``"flat patty"``."""
    first, _, last = words.rpartition(" ")
    endings = ((3, "y"), (3, "f"), (2, ""), (1, ""))
    found = [last[:-cut] + end for cut, end in endings if plural(last[:-cut] + end) == last]
    one = found[0] if found else last
    return f"{first} {one}" if first else one


def _in_inches(found: re.Match[str]) -> str:
    per_unit = read_settings(COOKING)["sizes"]["cm_per_inch"]
    per_unit *= _MM_PER_CM if found[4] == "mm" else 1.0
    sides = [_inches(float(side) / per_unit) for side in found.group(1, 3) if side]
    return f"{f' {found[2]} '.join(sides)} inch ({found[0]})"


def _inches(inches: float) -> str:
    """Round to what a ruler shows: ``3/4``, ``1 1/4``, ``13``."""
    rules = read_settings(COOKING)["sizes"]["inches"]
    parts = next((part for most, part in rules if inches <= most), 1)
    rounded = Fraction(max(1, round(inches * parts)), parts)
    whole, rest = divmod(rounded, 1)
    return " ".join(str(one) for one in (whole, rest) if one)


def _with_fahrenheit(found: re.Match[str]) -> str:
    step = read_settings(COOKING)["oven"]["step_f"]
    return f"{found[0]} ({round((float(found[1]) * 9 / 5 + 32) / step) * step} °F)"


def _with_celsius(found: re.Match[str]) -> str:
    """Give degrees that a recipe of one's own has in °F alone."""
    step = read_settings(COOKING)["oven"]["step_c"]
    return f"{round((float(found[1]) - 32) * 5 / 9 / step) * step} °C ({found[0]})"
