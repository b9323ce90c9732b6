"""What makes a plate a plate: a main dish with its partners; pulses, pots, milk, sides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from planner.candidates.candidate import Column
from planner.candidates.portions import MILK_GROUPS
from planner.meals.served import ALONE, PARTNERS, Way, served_ways, words_of_form
from planner.model.board import Plate, Vector, Week
from planner.model.keys import RowKey
from planner.model.meals import MAIN_MEALS, add_one_at_a_meal, main_meals
from planner.model.variety import least_in

_SLICES = frozenset({"bread", "roll"})
Words = npt.NDArray[np.str_]
"""A word of ``configs/meals/served.toml`` for each column."""


def add_served(plate: Plate, rule: Mapping[str, Any]) -> None:
    """One starch in a meal; beside a main dish what it is served with, and nothing else."""
    starch = plate.table.where(lambda c: c.candidate.traits.starch != "none")
    for slot in plate.slots():
        here = starch * plate.table.in_slot(slot)
        if slot != "snack" and here.any():
            most = rule["starches"] if slot in MAIN_MEALS else 1
            plate.board.require(plate.key("starch", slot), plate.total(here) <= most)
            if rule["more_of_same"]:
                _add_more_of_same(plate, slot, here)
    served = np.array([_served(column) for column in plate.table.columns])
    for slot in main_meals(plate):
        for partner in PARTNERS:
            free = _SLICES if rule["bread_with_all"] else frozenset()
            _add_partner(plate, slot, partner, free, served)
            _add_needed(plate, slot, partner, starch, served)


def _add_more_of_same(plate: Plate, slot: str, starch: Vector) -> None:
    """More of a starch where one is in the meal already: rice with a dish of rice."""
    more = starch * plate.table.on_place(f"{slot}.bread")
    families = np.array([column.candidate.traits.starch for column in plate.table.columns])
    for family in sorted(set(families[more > 0].tolist())):
        same = families == family
        key = plate.key("served", f"{slot}.more_{family}", "max")
        plate.board.require(key, plate.total((2 * more - starch) * same) <= 0)


def _add_partner(
    plate: Plate, slot: str, partner: str, free: frozenset[str], served: Words
) -> None:
    """Beside a main dish only words that it takes; those that the same dishes take in one row.

    ``served`` is the word of each column.
    """
    table = plate.table
    beside, main = table.on_place(f"{slot}.{partner}"), table.on_place(f"{slot}.main")
    takes = {word: _way(word).takes[partner] for word in set(served[main > 0].tolist())}
    words: dict[bytes, list[str]] = {}
    fitting: dict[bytes, Vector] = {}
    for word in sorted(set(served[beside > 0].tolist()) - free):
        takers = main * np.isin(served, [one for one, taken in takes.items() if word in taken])
        words.setdefault(takers.tobytes(), []).append(word)
        fitting[takers.tobytes()] = takers
    for same, takers in fitting.items():
        if (main - takers).any():
            own = beside * np.isin(served, words[same])
            key = plate.key("served", f"{slot}.{'_'.join(words[same])}", "max")
            plate.board.require(key, plate.total(own - takers) <= 0)


def _add_needed(plate: Plate, slot: str, partner: str, starch: Vector, served: Words) -> None:
    """Beside a main dish what it needs, where there is any; what holds its starch needs none."""
    beside, main = plate.table.on_place(f"{slot}.{partner}"), plate.table.on_place(f"{slot}.main")
    words = set(served[beside > 0].tolist())
    ways = {word: _way(word) for word in set(served[main > 0].tolist())}
    needing = [
        word for word, way in ways.items() if partner in way.needs and words & way.takes[partner]
    ]
    needs = main * np.isin(served, needing)
    if partner == "starch":
        needs = needs * (1 - starch)
    if needs.any():
        key = plate.key("served", f"{slot}.{partner}", "min")
        plate.board.require(key, plate.total(beside - needs) >= 0)


def add_plate_habits(
    plate: Plate,
    rules: Mapping[str, Any],
    variety: Mapping[str, float],
) -> None:
    """Add what a day of plates is like; ``variety`` gives the points of what it is not."""
    add_pulses(plate, rules, variety["pulses_extra"])
    add_fresh(plate, variety["fresh_missing"])
    add_milk(plate, rules)


def add_pulses(plate: Plate, rules: Mapping[str, Any], price: float) -> None:
    """Pulses within what a sitting and a day hold [g]; in a meal more at ``price`` points."""
    table, rule = plate.table, rules["pulses"]
    grams = table.of_groups(rule["groups"])
    if not grams.any():
        return
    for slot in main_meals(plate):
        here = plate.total(grams * table.in_slot(slot))
        plate.board.require(plate.key("pulses", slot, "max"), here <= rule["upper_meal"])
    plate.board.require(plate.key("pulses", "day", "max"), plate.total(grams) <= rule["upper_day"])
    meals = (grams >= rule["lower_mass_g"]).astype(float)
    key = plate.key("pulses", "meals", soft=True)
    plate.board.prefer_at_most(key, plate.total(meals), rule["meals"], plate.price(price))


def add_fresh(plate: Plate, price: float) -> None:
    """Something raw or crisp in a day, priced."""
    of_fresh = words_of_form("fresh")
    crisp = plate.table.where(
        lambda c: _served(c) in of_fresh or "salad" in c.candidate.traits.tags
    )
    if crisp.any():
        key = plate.key("fresh", soft=True)
        plate.board.prefer_at_least(key, plate.total(crisp), 1, plate.price(price))


def add_milk(plate: Plate, rules: Mapping[str, Any]) -> None:
    """Allow a glass or two of milk a day, none beside a dish of half a cup of milk or yogurt."""
    table, rule = plate.table, rules["milk"]
    dishes, in_dish = table.where(_is_dish), table.of_groups(rule["dish_groups"])
    glasses = (1 - dishes) * (table.of_groups(MILK_GROUPS) > 0)
    held = dishes * (in_dish >= rule["dish_g"])
    if glasses.any():
        plate.board.require(plate.key("milk", "day"), plate.total(glasses) <= rule["glasses"])
        add_one_at_a_meal(plate, "milk", glasses, held)


def add_sides_week(week: Week, rules: Mapping[str, Any], price: float) -> None:
    """As many dinners with a written side or salad as somebody asks for, priced a dinner."""
    written = week.table.on_place("dinner.vegetable")
    least = least_in(rules["sides_week"]["dinners"], week.days)
    if written.any() and least:
        key = RowKey("sides_week", side="min", soft=True)
        week.board.prefer_at_least(key, week.total(written), least, price)


def _is_dish(column: Column) -> bool:
    return column.candidate.traits.is_dish


def _served(column: Column) -> str:
    return column.candidate.traits.served


def _way(word: str) -> Way:
    """Return the way of a main dish; what is none takes nothing beside it."""
    return served_ways().get(word, ALONE)
