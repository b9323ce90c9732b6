"""What is bought, and what stays of it, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from foods.food import Food
from planner.candidates.servings import in_words, number_in_words
from planner.kitchen.measures import G_PER_OZ, LB, OZ, OZ_PER_LB, kitchen_amount, metric_text
from planner.kitchen.sold import (
    CUPBOARD,
    EACH,
    FREEZER,
    FRIDGE,
    SETTINGS,
    WEIGHT,
    Package,
    how_eaten_up,
    is_brewed,
    keeping_of,
)
from planner.kitchen.till import Bought, OpenedKept
from planner.settings import read_settings

SMALL_G, FINE_G, FINE_BELOW_G, COARSE_G = 10.0, 5, 100, 10
_SLACK = 0.01
_USUAL = OpenedKept()
NOT_EATEN = "not eaten"
WORTH_TELLING = 0.2  # of a package: less is a spoonful or two
MOST_OF = "most of a {package}"
_MOST_OF, _WHOLE = 0.85, 0.995  # of an open one: it is nearly whole, but no whole one
_PARTS = (0.0, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 1.0)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of what was bought.

    Parameters
    ----------
    mass_g
        How much, as it was bought [g].
    where
        ``"cupboard"``, ``"fridge"`` or ``"freezer"``.
    until_day
        Last day of the plan, or after it, on which it is good; ``None``: long.
    how
        What people do with it: how it is frozen (``"in spoonfuls"``) where it goes into the
        freezer from a package that was open, else how it is eaten up: ``"salad"``, ``"cooked"`` or
        ``"snack"``; ``"not eaten"`` where what is eaten beside the plan could hurt.
    words
        How much of its package, or how many pieces: ``"1/3 box"``, ``"10"``; empty of what is
        weighed.
    """

    mass_g: float
    where: str
    until_day: int | None
    how: str = ""
    words: str = ""


def amount_in_words(package: Package, count: int, units: str) -> str:
    """Say what to take off the shelf: ``"2 cans of 15 oz"``, ``"3"``, ``"1 lb 4 oz"``."""
    mass_g = count * package.size_g
    if package.pack == WEIGHT:
        return _pounds(mass_g) if units == "us" else grams(mass_g)
    if package.pack == EACH:
        return f"{count} ({grams(mass_g)})"
    label = package.label.removeprefix("of ") or f"{grams(package.size_g)}"
    return f"{in_words(count, package.pack)} of {label}"


def weighed_in_words(food: Food, mass_g: float) -> str:
    """Say how much to buy of what has no package: ``"2 servings, 110 g"``, ``"110 g"``."""
    serving = food.serving.measure
    count = mass_g / serving.mass_g
    if food.is_kept and serving in food.measures and count == round(count):
        return f"{in_words(count, serving.name)}, {grams(mass_g)}"
    return grams(mass_g)


def need_in_words(food: Food, need_g: float, units: str) -> str:
    """Say how much of a food is used, with what is peeled off; weights are as it is sold."""
    eaten_g = need_g / food.sold_g_per_100g * 100
    words = "" if is_brewed(food) else kitchen_amount(food, eaten_g, units)
    if words.endswith((OZ, LB)):
        words = kitchen_amount(food, need_g, units)
    if words and round(need_g):
        return f"{words} ({metric_text(need_g, 'g')})"
    return words or grams(need_g)


def left_of(
    surplus_g: float,
    got: Bought,
    food: Food,
    days: tuple[int, ...],
    last_use: int,
    kept: OpenedKept = _USUAL,
) -> Left | None:
    """Say where goes what is not needed; ``None`` for less than is worth telling.

    What an earlier package left, and is past its days, is not counted with what is good longer;
    alone it is told with its own last day.

    Parameters
    ----------
    surplus_g
        How much it is [g].
    got, food
        What was bought, and of which food.
    days, last_use
        Numbers of the days, and the last on which it is used; it counts as good until then.
    kept
        Whether it may go into the freezer, or the refrigerator.
    """
    fewest_g = read_settings(SETTINGS)["count"]["fewest_g"]
    past_g = sum(got.past_g)
    is_past = surplus_g - past_g < fewest_g
    if max(surplus_g - past_g, past_g) < fewest_g:
        return None
    keeping, how = keeping_of(food), how_eaten_up(food) if kept.eats_up else NOT_EATEN
    where, rest_days = keeping.rest, keeping.rest_days
    if got.freezing is not None:
        where, rest_days, how = FREEZER, got.freezing.days, got.freezing.how
    elif where == FREEZER and kept.has_freezer:
        how = ""
    elif where == FREEZER:
        where, rest_days = FRIDGE, keeping.fresh_days
    elif got.opened_keeps is not None:  # an open can is no longer one for the cupboard
        where, rest_days = FRIDGE if where == CUPBOARD else where, got.opened_keeps
    if where == FRIDGE and not kept.has_fridge:
        rest_days = 0
    if is_past:
        thrown = max(at for at, one_g in enumerate(got.past_g) if one_g > 0.0)
        return Left(past_g, where, days[thrown] - 1, how, _part_in_words(got.package, past_g))
    good_g, cut = surplus_g - past_g, read_settings(SETTINGS)["cut"]
    is_cut = got.package.pack in cut["packs"] and good_g < got.package.size_g
    if is_cut and food.group in cut["groups"]:
        days_cut = cut["own_days"].get(food.base, cut["days"])
        rest_days = days_cut if rest_days is None else min(rest_days, days_cut)
    until = None if rest_days is None else max(days[got.since[-1]] + rest_days, last_use)
    return Left(good_g, where, until, how, _part_in_words(got.package, good_g))


def _part_in_words(package: Package, mass_g: float) -> str:
    """Say how much of a package it is; of one of so many pieces how many."""
    number, pieces = mass_g / package.size_g, package.label.removeprefix("of ")
    if pieces.isdigit():
        return number_in_words(round(number * int(pieces)))
    return "" if package.pack == WEIGHT else share_in_words(number, package.pack)


def share_in_words(number: float, pack: str) -> str:
    """Say how many packages are left: ``"1 1/3 boxes"``, ``"most of a can"``; empty for a bit."""
    whole = math.floor(number)
    told = whole + min(_PARTS, key=lambda one: abs(one - (number - whole)))
    if pack == EACH:
        return number_in_words(told) if told else ""
    if _MOST_OF <= number < _WHOLE:
        return MOST_OF.format(package=pack)
    return in_words(told, pack) if told else ""


def _pounds(mass_g: float) -> str:
    pounds, ounces = divmod(math.ceil(mass_g / G_PER_OZ - _SLACK), OZ_PER_LB)
    return " ".join(filter(None, (f"{pounds} lb" if pounds else "", f"{ounces} oz" * bool(ounces))))


def grams(mass_g: float) -> str:
    """Round up to what a scale in a shop shows, so that it is enough."""
    step = _step_g(mass_g)
    return metric_text(math.ceil(mass_g / step - _SLACK) * step or step, "g")


def grams_left(mass_g: float) -> str:
    """Round down in the same steps: nobody has more left over than was bought."""
    step = _step_g(mass_g)
    return metric_text(math.floor(mass_g / step + _SLACK) * step or step, "g")


def _step_g(mass_g: float) -> int:
    if mass_g < SMALL_G:
        return 1
    large = read_settings("meals/measures.toml")["large"]
    if mass_g >= large["tenths_from"]:
        return int(large["each"] / 10)
    return FINE_G if mass_g < FINE_BELOW_G else COARSE_G
