"""What the judge says about each printed thing: name, words, time, price, recipe, own meals.

The amounts are judged elsewhere; here is what stands beside them, held to the catalogue.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from foods.food import Food
from planner.check.beside import known_compound
from planner.check.boxes import box_faults
from planner.check.cost import food_price, price_added
from planner.check.dish_notes import Notes, read_dish_notes
from planner.check.lines import EatenLine, JudgedTable, KnownFood, ServedItem
from planner.check.measures import word_faults
from planner.check.recipes import recipe_faults
from planner.check.week import is_stated
from planner.plan.plan import Item
from planner.plan.shares import own_item
from planner.request.request import PlanRequest
from planner.settings import read_settings

if TYPE_CHECKING:
    from planner.wire.days import WrittenItem
    from planner.wire.plan_file import PlanFile


_TENTH_G = 0.05  # masses are printed in tenths of a gram


def printed_faults(printed: PlanFile, table: JudgedTable, request: PlanRequest) -> Iterator[str]:
    """Describe where what is printed of a thing is not what the catalogue says.

    Parameters
    ----------
    printed
        The file, as written.
    table
        What is on the table, for all eaters together.
    request
        What was asked for: where own dishes are, and amounts that use packages up.
    """
    folders, amounts = request.dish_folders, _amounts(request, table)
    notes = read_dish_notes(folders)
    own = [food.traits for food in table.foods.values() if food.traits and food.traits.is_kept]
    are_all_known = all(Path(folder).is_dir() for folder in folders)
    items = [item for day in printed.days for meal in day.meals for item in meal.items]
    for place, written in zip(table.places, items, strict=True):
        if place.item.kind == "dish":
            yield from _dish_faults(place, written, notes, own, amounts, are_all_known)
        else:
            yield from _food_faults(place, written, table)
        yield from _second_meal_faults(place, written, table)
        yield from box_faults(place, written, notes, request)
        yield from _price_faults(place, written, table)
        yield from _shared_faults(place, table)


def _amounts(request: PlanRequest, table: JudgedTable) -> dict[str, dict[str, float]]:
    """Return dish id → food id → share of its amount, of what a recipe lets change."""
    groups = read_settings("dishes.toml")["flex"]["groups"]
    return {
        dish_id: {key: share for key, share in own.items() if table.foods[key].group in groups}
        for dish_id, own in request.week.amounts.items()
    }


def distinct_bases(table: JudgedTable) -> int:
    """Count the kinds of food of which at least a line is served, as a plan prints them."""
    rules = read_settings("check.toml")["distinct"]
    least_g = read_settings("meals/rules.toml")["line"]["lower"]
    return len(
        {
            line.food.traits.base
            for line in table.lines
            if line.food.traits is not None
            and line.mass_g >= least_g
            and line.food.group not in rules["not_groups"]
        }
    )


def _dish_faults(
    place: ServedItem,
    written: WrittenItem,
    notes: Notes,
    own: Sequence[Food],
    amounts: Mapping[str, Mapping[str, float]],
    are_all_known: bool,
) -> Iterator[str]:
    note = notes.get(place.item.item_id)
    if note is None:
        if are_all_known:
            yield f"{place}: no dish {place.item.item_id!r} is known, so it cannot be judged."
        return
    yield from recipe_faults(place, note, own, amounts.get(note.dish_id, {}))
    again = int(read_settings("meals/rules.toml")["leftover"]["minutes"])
    is_again = place.item.leftover_of is not None
    minutes = min(note.minutes, again + note.fresh_minutes) if is_again else note.minutes
    active = note.fresh_minutes if is_again else note.active_minutes
    yield from _time_faults(place, written, minutes, active)


def _food_faults(place: ServedItem, written: WrittenItem, table: JudgedTable) -> Iterator[str]:
    item, food = place.item, table.foods.get(place.item.item_id)
    compound = known_compound(item.item_id) if item.is_supplement else None
    name = compound.label if compound else food.name if food else item.name
    if not item.is_supplement and [food_id for food_id, _ in item.ingredients] != [item.item_id]:
        yield f"{place}: is {item.item_id!r}, and holds something else."
    beside = read_settings("check.toml")["beside"]
    how = [beside[key] for key in (item.beside, f"{item.beside}_apart") if key in beside]
    if item.name not in ([f"{name}, {way}" for way in how] or [name]):
        yield f"{place}: {item.item_id} is called {name!r}."
    yield from _time_faults(place, written, *time_alone(food))


def time_alone(food: KnownFood | None) -> tuple[int, int]:
    """Return what a thing by itself takes, and the work of it [min]: a starch has to be cooked."""
    work = read_settings("meals/rules.toml")["starch_work"]
    traits = None if food is None else food.traits
    if traits is None or "starch" not in traits.roles or traits.base not in work["minutes"]:
        return 0, 0
    active = work["active"].get(traits.base, work["usual_active"])
    return int(work["minutes"][traits.base]), int(active)


def _time_faults(
    place: ServedItem, written: WrittenItem, minutes: int, active: int
) -> Iterator[str]:
    found = {"minutes": minutes, "active_minutes": active}
    for key, value in found.items():
        if key in written.model_fields_set and getattr(written, key) != value:
            yield f"{place}: states {getattr(written, key)} {key}, not {value}."


def _second_meal_faults(
    place: ServedItem, written: WrittenItem, table: JudgedTable
) -> Iterator[str]:
    """Describe where a second meal names another meal than the one that it was cooked for."""
    if written.leftover_of is None:
        return
    day, slot = written.leftover_of.day, written.leftover_of.slot
    slots = [
        one.slot
        for one in table.places
        if (one.day, one.item.item_id) == (day, place.item.item_id) and one.item.leftover_of is None
    ]
    if slots and slot not in slots:
        yield f"{place}: was cooked for {slots[0]} of day {day}, not for {slot}."


def _price_faults(place: ServedItem, written: WrittenItem, table: JudgedTable) -> Iterator[str]:
    """Compare printed prices with those of what is printed; an unknown one is no fault."""
    item, rows = place.item, {share.eater: share for share in written.shares}
    parts = {share.eater: own_item(item, share) for share in item.shares} or {"": item}
    for name, part in parts.items():
        row, price_usd = rows.get(name, written), _price(place, part, table)
        is_judged = price_usd is not None and "cost" in row.model_fields_set
        if is_judged and not is_stated(row.cost, price_usd):
            whose = f" for {name}" if name else ""
            yield f"{place}: states a price of {row.cost:.4g} USD{whose}, not {price_usd:.4g}."
    total_usd = math.fsum(share.cost for share in item.shares)
    if item.shares and not is_stated(written.cost, total_usd):
        yield f"{place}: states a price of {written.cost:.4g} USD, its shares {total_usd:.4g}."


def _price(place: ServedItem, item: Item, table: JudgedTable) -> float | None:
    """Return the usual price of a thing [USD]; ``None`` where it has none, or is taken already."""
    if item.is_supplement:
        compound = known_compound(item.item_id)
        amount = item.nutrients.get(compound.nutrient) if compound else None
        if compound is None or amount is None or not item.is_added:
            return None
        return price_added({compound.compound_id: amount}, {})
    foods = [(table.foods.get(food_id), mass_g) for food_id, mass_g in item.ingredients]
    return food_price([EatenLine(place, food, mass_g) for food, mass_g in foods if food])


def _shared_faults(place: ServedItem, table: JudgedTable) -> Iterator[str]:
    """Compare words and mass of what several have with what each of them has."""
    shares = place.item.shares
    for share in shares:
        yield from word_faults(place, own_item(place.item, share), table)
    if not shares or place.item.is_supplement:
        return
    yield from word_faults(place, place.item, table)
    total_g = math.fsum(share.mass_g for share in shares)
    if not math.isclose(place.item.mass_g, total_g, abs_tol=_TENTH_G * (1 + len(shares))):
        yield f"{place}: states {place.item.mass_g:g} g, its shares add up to {total_g:g} g."
