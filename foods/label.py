"""A food as its label says it: per serving or per 100 g, some of it in percent of a day.

What a percentage is of stands in ``foods/data/labels.toml``: Daily Values in the United States,
nutrient reference values in the European Union. What a label does not say is unknown. Where a
label counts a nutrient in another way than the food table does, its figure is refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from foods.embedded import data_settings
from foods.errors import FoodDataError, FoodsError, raise_collected
from foods.food import OWN, Food
from foods.importers.download import allergens_in
from foods.nutrient import convert, known_nutrients
from foods.own_csv import Figures, one_line
from foods.sheet import did_you_mean

_FIGURE = re.compile(r"(?P<amount>\d+(?:[.,]\d+)?|[.,]\d+)\s*(?P<unit>%|[a-zA-Zµ]*)")
_NONE = "none"
_IN_100_G = ("protein_g", "fat_g", "carbohydrate_g", "water_g")


def read_labels() -> Mapping[str, Any]:
    """Read what labels count by."""
    return data_settings("labels.toml")


def label_kinds() -> tuple[str, ...]:
    """Return the kinds of label: ``("us", "eu")``."""
    return tuple(read_labels()["label"])


def corrected(food: Food, own: Figures) -> Figures:
    """Return a food of ours with the figures that somebody has of it; the others stay as ours."""
    figures = {
        key: food.per_100g.get(key) if value is None else value
        for key, value in own.per_100g.items()
    }
    return replace(own, group=food.group, per_100g=MappingProxyType(figures))


def food_of_label(
    food_id: str, name: str, per_g: float, figures: Iterable[str], kind: str
) -> Figures:
    """Return a food with the figures of its label, each per 100 g.

    Parameters
    ----------
    food_id, name
        Id and name that it gets.
    per_g
        Of how much of it the figures are [g].
    figures
        ``"magnesium=15%"``, ``"calcium=40 mg"``, ``"energy=500 kJ"``; without a unit in that of
        the nutrient's key.
    kind
        Whose label it is, one of ``label_kinds()``.

    Raises
    ------
    FoodDataError
        With every figure that cannot be read, is said twice, or is of what this label counts in
        another way; and where they add up to more than there is in 100 g.
    """
    found: dict[str, float] = {}
    by_percent, faults = dict[str, str](), list[str]()
    for figure in figures:
        try:
            key, amount, is_percent = _read(figure, kind)
        except FoodsError as error:
            faults.append(str(error))
            continue
        if key in found:
            faults.append(f"{figure!r}: {key} is said twice")
        found[key] = float(f"{amount * 100 / per_g:.{read_labels()['digits']}g}")
        if is_percent:
            by_percent[key] = f"{OWN}:daily_value_{kind}"
    mass_g = sum(found.get(key, 0.0) for key in _IN_100_G)
    if mass_g > read_labels()["most_g"]:
        faults.append(f"these add up to {mass_g:.0f} g in 100 g")
    raise_collected(FoodDataError, faults, name)
    per_100g = {key: found.get(key) for key in known_nutrients()}
    return Figures(food_id, one_line(name), "", "", "", OWN, by_percent, MappingProxyType(per_100g))


def own_food_id(name: str) -> str:
    """Make an id of a name: ``"My Oat Bar"`` is ``own_my_oat_bar``."""
    return "_".join([OWN, *re.findall(r"[a-z0-9]+", name.casefold())])


def read_contains(text: str) -> frozenset[str]:
    """Read the allergens that a label names, ``"milk, wheat"``; ``"none"`` where there are none.

    Raises
    ------
    FoodDataError
        When a word means no allergen.
    """
    return _stated(text, "allergens", allergens_in)


def read_origin(text: str) -> frozenset[str]:
    """Read what a food is made of, ``"plant, dairy"``.

    Raises
    ------
    FoodDataError
        When a word is no origin.
    """
    return _stated(text, "origin", lambda word: _vocabulary("origin") & {word})


def _stated(text: str, key: str, read: Callable[[str], frozenset[str]]) -> frozenset[str]:
    if text.strip().casefold() == _NONE and key == "allergens":
        return frozenset()
    words = [word.strip().casefold() for word in text.split(",")]
    for word in words:
        if not read(word):
            remedy = "one of {names}".format(names=", ".join(sorted(_vocabulary(key))))
            raise FoodDataError(f"{word!r} is none that is known", remedy=remedy)
    return frozenset[str]().union(*map(read, words))


def _vocabulary(key: str) -> frozenset[str]:
    return frozenset(data_settings("vocabulary.toml")[key])


def _read(figure: str, kind: str) -> tuple[str, float, bool]:
    """Return the nutrient of a figure, its amount [the key's unit], and whether it is of a day."""
    name, _, told = figure.partition("=")
    key, label = _nutrient(name), read_labels()["label"][kind]
    read = _FIGURE.fullmatch(told.strip())
    if key in label["elsewise"]:
        text = f"{figure!r}: this label counts {key} in another way"
        raise FoodDataError(text, remedy="leave it out: it stays unknown")
    if read is None or not math.isfinite(amount := float(read["amount"].replace(",", "."))):
        text = f"{figure!r} is no figure of a label"
        raise FoodDataError(text, remedy="write it like magnesium=15% or calcium=40mg")
    unit = known_nutrients()[key].unit
    if read["unit"] != "%":
        share = read_labels()["share"].get(name.strip().casefold(), 1.0)
        return key, convert(amount, read["unit"] or unit, unit) * share, False
    if key not in label["daily"]:
        text = f"{figure!r}: of what {key} is a percentage is not known"
        raise FoodDataError(text, remedy="write an amount")
    return key, amount / 100 * label["daily"][key], True


def _nutrient(name: str) -> str:
    """Return the key that is meant by a name of a nutrient."""
    asked, known = " ".join(name.casefold().replace("_", " ").split()), known_nutrients()
    names: dict[str, str] = dict(read_labels()["names"])
    for key, nutrient in known.items():
        names |= {nutrient.name.casefold(): key, key.replace("_", " "): key}
        names.setdefault(key.rpartition("_")[0].replace("_", " "), key)
    if asked in names:
        return names[asked]
    raise FoodDataError(f"no nutrient {name.strip()!r}", remedy=did_you_mean(asked, [*names]))
