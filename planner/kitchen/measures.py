"""Masses in the words of a kitchen, and steps as they are cooked.

Grams stand beside the words wherever they are printed, so the words may be a little off; further
off they are told to be ``scant``, ``generous`` or ``about`` so much. What no measure comes near to
is given in grams alone.

Source: ``configs/meals/measures.toml``.

US kitchens read °F and inches first, with °C and cm behind them; metric ones °C and cm alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from foods.food import Food
from planner.candidates.dish import BRACES, CM, GRAMS, VOLUMES, Dish, StepAmount, read_amount
from planner.candidates.servings import in_words, number_in_words, plural
from planner.settings import read_settings

MEASURES = "meals/measures.toml"
ML_PER_CUP = 236.588  # US customary cup
CUP, TBSP, TSP, OZ, LB, HALF, PINCH = "cup", "tbsp", "tsp", "oz", "lb", "half", "pinch"
FEW = "a few slices"
SPOONED = frozenset({CUP, TBSP, TSP})
CUPS_PER_SPOON = {TBSP: 1 / 16, TSP: 1 / 48}
LIQUID_GROUPS = frozenset({"milk", "plant_drink", "fruit_juice", "drink", "alcohol", "water"})
BY_THE_PINCH = frozenset({"herb_spice", "baking"})
SMALLEST_TSP = 1 / 8
TSP_PER_PINCH = 1 / 16
OZ_PER_LB = 16
G_PER_OZ = 28.35
MEAT = "meat_fish"
SCANT, GENEROUS, ABOUT = "scant", "generous", "about"
_LEAST_CUP = 0.25
_MOST_TBSP = 3  # beside cups in a step
_OTHER_MEASURE = 0.08  # dislike of a measure that is not the food's own, as a share of the mass
_FRACTION = 0.02  # dislike of a part of a measure, likewise
_FINE_ML, _FINE_BELOW_ML = 5, 100
_COARSE_ML = 10
_SMALL, _LARGE, _USUAL_SERVING = 0.5, 1.5, 1.0


def kitchen_amount(food: Food, mass_g: float, units: str = "us", cuts: Iterable[str] = ()) -> str:
    """Format ``mass_g`` of ``food`` in household words; the caller is to add grams.

    Parameters
    ----------
    food
        The food, whose measures are used.
    mass_g
        Mass [g].
    units
        ``"us"``: cups, spoons, ounces and pieces; ``"metric"``: millilitres, spoons and pieces.
    cuts
        How a recipe cuts it, which some measures do not measure: ``"in thin rings"``.

    Returns
    -------
    str
        Such as ``"1 1/2 tbsp"``; ``"scant 1/2 tsp"`` between two spoons, ``"about 2 cloves"``;
        empty when no measure comes near.
    """
    cup_g = grams_per(food, CUP)
    if units == "metric" and food.group in LIQUID_GROUPS and cup_g:
        return millilitres_text(mass_g / cup_g * ML_PER_CUP)
    never = never_for(food, cuts)
    if wordings := list(_wordings(food, mass_g, units, never)):
        _awkward, measure, number = min(wordings)
        is_so = is_so_much(number * (grams_per(food, measure) or mass_g), mass_g, measure)
        return f"{'' if is_so else f'{ABOUT} '}{_as_text(number, measure)}"
    told = _one_piece(food, mass_g) or _between_spoons(food, mass_g, units, never)
    told = told or (_part_of_one(food, mass_g) if TSP in never else "")
    told = told or (_in_ounces(mass_g) if units == "us" else "")
    is_bit = TSP in never and mass_g >= _rules()["bits"]["least_g"]
    return told or (FEW if is_bit else "")


def is_so_much(said_g: float, mass_g: float, measure: str) -> bool:
    """Whether words say what is there: what is counted is not merely about so many."""
    rules = _rules()
    is_counted = measure in rules["pieces"]["counted"]
    return not is_counted or abs(said_g - mass_g) <= rules["near"]["counted"] * mass_g


def never_for(food: Food, cuts: Iterable[str]) -> frozenset[str]:
    """Return the measures that do not measure what is cut so: no slices of what is grated."""
    found = (
        rule["never"]
        for rule in _rules()["cuts"]
        for cut in cuts
        if food.group in (rule["groups"] or (food.group,))
        and any(cut == word or cut.endswith(f" {word}") for word in rule["words"])
    )
    return frozenset(name for names in found for name in names)


def _part_of_one(food: Food, mass_g: float) -> str:
    """Format in quarters how much of one it is, if no spoon measures it; empty if none is near."""
    rule = _rules()["part_of_one"]
    parts = {
        (number, measure.name): abs(number * measure.mass_g - mass_g)
        for measure in food.measures
        if measure.name in rule["of"]
        for number in rule["numbers"]
    }
    near = [part for part, off_g in parts.items() if off_g <= rule["near"] * mass_g]
    best = sorted(near, key=lambda part: parts[part])[:1]
    return "".join(f"{ABOUT} {in_words(*one)}" for one in best)


def _in_ounces(mass_g: float) -> str:
    """Format in ounces what is too much to count or measure; empty if no number of them is near."""
    number = min(_numbers(OZ), key=lambda one: abs(one - mass_g / G_PER_OZ))
    is_near = abs(number * G_PER_OZ - mass_g) <= _near(OZ) * mass_g
    return _as_text(number, OZ) if is_near else ""


def servings_text(number: float) -> str:
    """Format how many servings: ``"1 1/2 servings"``; with a quarter, a small or a large serving.

    Nobody cuts a serving in quarters: the grams beside it say how much it is.
    """
    if number * 2 == int(number * 2) or number < _SMALL:
        return in_words(number, "serving")
    if number < _LARGE:
        return f"1 {'small' if number < _USUAL_SERVING else 'large'} serving"
    return f"{ABOUT} {in_words(round(number * 2) / 2, 'serving')}"


def parts_text(numbers: Sequence[float]) -> tuple[str, list[str]] | None:
    """Describe how many servings are cooked at once, and how many of them each meal has.

    ``None`` where they are quarters that differ, and the grams have to say it.
    """
    if all(number * 2 == int(number * 2) for number in numbers):
        return in_words(sum(numbers), "serving"), [number_in_words(number) for number in numbers]
    if len(set(numbers)) == 1 and _SMALL < numbers[0] < _LARGE:
        size = "small" if numbers[0] < _USUAL_SERVING else "large"
        return in_words(len(numbers), f"{size} serving"), ["1"] * len(numbers)
    return None


def pot_parts(masses_g: Sequence[float]) -> list[str]:
    """Describe which part of a pot each has: ``["2/5", "2/5", "1/5"]``, or in percent.

    Parameters
    ----------
    masses_g
        What each has of it, more than nothing [g].
    """
    return _pot_parts(masses_g, _rules()["pot"]["near"])


def kept_parts(masses_g: Sequence[float]) -> list[str]:
    """List about which part of a pot is eaten now, and which is kept for each later meal."""
    return _pot_parts(masses_g, _rules()["pot"]["about"])


def _pot_parts(masses_g: Sequence[float], near: float) -> list[str]:
    rule, total_g = _rules()["pot"], sum(masses_g)
    for parts in rule["parts"]:
        counts = _in_parts(parts, masses_g)
        told = [Fraction(count, parts) for count in counts]
        pairs = zip(told, masses_g, strict=True)
        are_near = all(abs(fraction * total_g - g) <= near * g for fraction, g in pairs)
        if are_near and all(fraction.denominator <= rule["finest"] for fraction in told):
            return [str(fraction) for fraction in told]
    return [f"{count} %" for count in _in_parts(rule["percent"], masses_g)]


def _in_parts(parts: int, masses_g: Sequence[float]) -> list[int]:
    """Return how many of so many parts each mass is nearest to; together they are all parts."""
    exact = [parts * mass_g / sum(masses_g) for mass_g in masses_g]
    counts = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda at: counts[at] - exact[at])
    for at in by_rest[: parts - sum(counts)]:
        counts[at] += 1
    return counts


def _one_piece(food: Food, mass_g: float) -> str:
    """Describe about how many it is of what is only counted in pieces, or is a bit of an herb."""
    rules = _rules()["pieces"]
    for name in (*rules["alone"], *(rules["whole"] if food.group in rules["at_least_one"] else ())):
        unit_g = {measure.name: measure.mass_g for measure in food.measures}.get(name)
        if unit_g:
            number = min(_numbers(name), key=lambda one: abs(one * unit_g - mass_g))
            is_bit = number == _numbers(name)[0] and mass_g < unit_g * number
            is_near = abs(number * unit_g - mass_g) <= _rules()["near"]["about"] * mass_g
            if is_bit or (is_near and name in rules["alone"]):
                return f"{ABOUT} {in_words(number, name)}"
    return ""


def _between_spoons(food: Food, mass_g: float, units: str, never: frozenset[str]) -> str:
    """Describe an amount between two spoons, or two cups, by the nearer one; empty without any."""
    tsp_g = grams_per(food, TSP)
    if tsp_g is None or _is_counted(food):
        return ""
    if mass_g < SMALLEST_TSP * (1 - _near(TSP)) * tsp_g:
        return _pinches(mass_g / (TSP_PER_PINCH * tsp_g)) if food.group in BY_THE_PINCH else ""
    name, number = TSP, mass_g / tsp_g
    if number > _numbers(TSP)[-1]:
        name, number = CUP, number * CUPS_PER_SPOON[TSP]
        if units == "metric" or number < _LEAST_CUP * (1 - _near(CUP)):
            return ""
    if name in never or (name == CUP and number > _most_cups(food)):
        return ""
    near = min(_numbers(name), key=lambda one: abs(one - number))
    return f"{SCANT if near > number else GENEROUS} {_as_text(near, name)}"


def _pinches(number: float) -> str:
    """Describe how many pinches it is: one is one amount, less is scant and more is generous."""
    near, rule = max(1, round(number)), _rules()["near"]
    is_near = abs(number - near) <= rule["pinch"] * number
    nearly = "" if is_near else f"{SCANT if near > number else GENEROUS} "
    return f"{nearly}{in_words(near, PINCH)}"


def _wordings(
    food: Food, mass_g: float, units: str, never: frozenset[str]
) -> Iterator[tuple[float, str, float]]:
    """Yield each measure that comes near: how far off and awkward it is, its name, its number."""
    own, pieces = food.serving.measure.name, _rules()["pieces"]
    for name in (one for one in _measure_names(food, mass_g, units) if one not in never):
        unit_g = grams_per(food, name)
        if not unit_g or (name == CUP and mass_g > _most_cups(food) * unit_g):
            continue
        is_whole = name in pieces["counted"] and food.food_id in pieces["whole_foods"]
        numbers = [count for count in _numbers(name) if not is_whole or count == int(count)]
        number = min(numbers, key=lambda n: abs(n * unit_g - mass_g))
        error = abs(number * unit_g - mass_g) / mass_g
        if error <= (pieces["whole_near"] if is_whole else _near(name)):
            awkward = error + (_OTHER_MEASURE if name != own else 0.0)
            awkward += 0.0 if number == int(number) else _FRACTION
            is_cut = name in pieces["even"] and 2 * number != int(2 * number)
            awkward += _OTHER_MEASURE if is_cut else 0.0
            yield awkward, name, number


def _measure_names(food: Food, mass_g: float, units: str) -> list[str]:
    rules = _rules()["pieces"]
    known = [measure.name for measure in food.measures]
    if _is_counted(food):
        return [name for name in known if name in rules["alone"]]
    cup_g = grams_per(food, CUP)
    is_much = cup_g is not None and mass_g > _most_cups(food) * cup_g
    kept_out = {PINCH, *(() if is_much else rules["uneven"])}
    own = food.serving.measure.name
    names = [name for name in known if name == own or name not in kept_out]
    if SPOONED & set(names):
        names += [CUP, TBSP, TSP]
    if units == "metric":
        names = [name for name in names if name not in rules["us_only"]]
    return list(dict.fromkeys(names))


def _is_counted(food: Food) -> bool:
    """Whether a food is counted in its pieces alone: garlic in cloves."""
    return bool({measure.name for measure in food.measures} & set(_rules()["pieces"]["alone"]))


def _most_cups(food: Food) -> float:
    """Return how many cups of a food anybody measures off."""
    return float(_rules()["most_cups"].get(food.group, float("inf")))


def _near(name: str) -> float:
    near = _rules()["near"]
    return float(near["measures"].get(name, near["usual"]))


def _rules() -> Mapping[str, Any]:
    return read_settings(MEASURES)


def grams_per(food: Food, name: str) -> float | None:
    """Grams of one measure; spoons and cups follow from one another."""
    known = {measure.name: measure.mass_g for measure in food.measures}
    if name in known or name not in (CUP, TBSP, TSP):
        return known.get(name)
    parts = {CUP: 1.0, **CUPS_PER_SPOON}
    for other in (TBSP, TSP, CUP):
        if other in known:
            return known[other] * parts[name] / parts[other]
    return None


@cache
def _numbers(name: str) -> tuple[float, ...]:
    """Return how many of a measure a cook takes, ascending."""
    rules = _rules()
    numbers, halves = rules["numbers"], rules["numbers"]["halves"]
    if name in numbers and name in CUPS_PER_SPOON:
        return tuple(numbers[name])
    fine: list[float] = []
    is_even = name in rules["pieces"]["even"]
    if name == CUP or is_even:
        whole = range(numbers["cups_by_parts"] + 1)
        fine = [n + part for n in whole for part in (0.0, *numbers["cup_parts"])][1:]
    most, step = halves.get(name, halves["even" if is_even else "usual"]), 0.5
    if name in rules["pieces"]["whole"]:
        step = 1.0
    last = numbers["most"].get(name, numbers["most"]["usual"])
    coarse = [n * step for n in range(1, int(min(most, last) / step) + 1)]
    coarse = [n for n in coarse if not fine or n > fine[-1]]
    return (*fine, *coarse, *map(float, range(int(coarse[-1]) + 1, last + 1)))


def _as_text(number: float, measure: str) -> str:
    if number == SMALLEST_TSP:
        return f"1/8 {measure}"
    if measure == OZ and number >= OZ_PER_LB:
        pounds, ounces = divmod(number, OZ_PER_LB)
        return " ".join([f"{pounds:g} {LB}", *([in_words(ounces, OZ)] if ounces else [])])
    if measure == HALF:
        of_one = in_words(number / 2, "whole")
        return of_one if number > 1 else of_one.removesuffix(" whole")
    return in_words(number, measure)


def millilitres_text(volume_ml: float) -> str:
    """Describe a volume as a measuring jug shows it: ``"85 ml"``, ``"350 ml"``."""
    step = _FINE_ML if volume_ml < _FINE_BELOW_ML else _COARSE_ML
    return metric_text(round(volume_ml / step) * step or step, "ml")


def volume_text(volume_ml: float, units: str) -> str:
    """Format a volume in spoons below a quarter of a cup, in cups or milliliters from there on."""
    cups, near = volume_ml / ML_PER_CUP, _rules()["near"]["steps"]
    if cups < _LEAST_CUP * (1 - near):
        return _in_spoons(cups)
    if units == "metric":
        return millilitres_text(volume_ml)
    one = min(_numbers(CUP), key=lambda n: abs(n - cups))
    if abs(one - cups) <= near * cups:
        return in_words(one, CUP)
    fitting = [(n, spoons) for n in _numbers(CUP) for spoons in range(1, _MOST_TBSP + 1)]
    n, spoons = min(fitting, key=lambda two: abs(two[0] + two[1] * CUPS_PER_SPOON[TBSP] - cups))
    return f"{in_words(n, CUP)} plus {in_words(spoons, TBSP)}"


def _in_spoons(cups: float) -> str:
    """Format part of a cup as the number of spoons that comes nearest."""
    fitting = [(number, name) for name in (TBSP, TSP) for number in _numbers(name)]
    number, name = min(fitting, key=lambda one: abs(one[0] * CUPS_PER_SPOON[one[1]] - cups))
    return _as_text(number, name)


def metric_text(amount: float, unit: str) -> str:
    """Return whole grams or millilitres; many of them in kilograms or liters."""
    large = read_settings(MEASURES)["large"]
    if amount < large["from"]:
        return f"{amount:,.0f} {unit}"
    told = f"{amount / large['each']:,.{1 if amount >= large['tenths_from'] else 2}f}"
    return f"{told.rstrip('0').rstrip('.')} {large['units'][unit]}"


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
    """Describe what to mind where much less or more is cooked than a recipe is written for.

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
    """Describe a volume in spoons and cups; cups with millilitres beside them in a US kitchen."""
    words = volume_text(volume_ml, units)
    return f"{words} ({millilitres_text(volume_ml)})" if "cup" in words else words


def _pan(amount: StepAmount, share: float, units: str) -> str:
    """Return a pan size that stores sell, of about the same depth, in cm, for ``_in_inches``.

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
    """Return the singular of what is counted: ``"flat patties"`` → ``"flat patty"``."""
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
    return " ".join(str(piece) for piece in (whole, rest) if piece)


def _with_fahrenheit(found: re.Match[str]) -> str:
    step = read_settings(COOKING)["oven"]["step_f"]
    return f"{found[0]} ({round((float(found[1]) * 9 / 5 + 32) / step) * step} °F)"


def _with_celsius(found: re.Match[str]) -> str:
    """Return degrees that a recipe of one's own has in °F alone."""
    step = read_settings(COOKING)["oven"]["step_c"]
    return f"{round((float(found[1]) - 32) * 5 / 9 / step) * step} °C ({found[0]})"
