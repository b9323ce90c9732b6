"""Put chosen portions on the table: Outcome in, Plan out.

Amounts were rounded to the kitchen when the portions were made, so nothing is rounded here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from foods.food import Food
from foods.nutrient import known_nutrients
from foods.table import FoodTable
from planner.candidates.beside import (
    BESIDE_SLOTS,
    CUP,
    DRUNK,
    SUPPLEMENT_KINDS,
    TAKEN,
    cups_of,
)
from planner.candidates.candidate import Candidate, Column, Serving
from planner.plan.doses import DailyAmount, place_doses
from planner.plan.plan import NO_FACTS, Day, DayFacts, Item, Meal, Plan
from planner.plan.shares import plan_of, sum_amounts, with_sums
from planner.safety.gate import AS_USUAL, Hours
from planner.safety.medicines import Medicine
from planner.settings import read_settings
from planner.targets.taken import cups_by_meal

NOT_DISTINCT_GROUPS = ("water", "herb_spice", "fat_oil", "baking")


def assemble_plan(
    days: Sequence[Sequence[Column]],
    foods: FoodTable,
    slots: Sequence[str],
    start: date | None,
    line_g: float,
    medicines: Sequence[Medicine],
    facts: Sequence[DayFacts] = (),
    hours: Sequence[Hours] = (),
) -> Plan:
    """Put the chosen columns of each day on the table.

    Parameters
    ----------
    days
        For each day the chosen columns.
    foods
        The food table.
    slots
        Meals in the order of the day.
    start
        Date of the first day.
    line_g
        Mass from which a food counts as distinct [g].
    medicines
        What the eater takes; it keeps its hours to some supplements.
    facts
        For each day what sets it apart; nothing when left out.
    hours
        For each day those of meals that are not eaten at the usual one; none when left out.
    """
    slots = [slot for slot in slots if slot not in BESIDE_SLOTS]
    cooked: dict[str, int] = {}
    made = []
    for number, columns in enumerate(days, start=1):
        own = facts[number - 1] if facts else NO_FACTS
        at = hours[number - 1] if hours else AS_USUAL
        here = [slot for slot in slots if slot not in dict(own.missed)]
        by_slot = _by_slot(number, columns, foods, here, cooked)
        for slot, doses in place_doses(_amounts(columns), here, medicines, at).items():
            by_slot[slot] += doses
        made.append(_day(number, by_slot, start, own))
        cooked |= {
            item.item_id: number
            for items in by_slot.values()
            for item in items
            if item.leftover_of is None
        }
    return plan_of(made, count_served(made, foods, line_g))


def count_served(days: Iterable[Day], foods: FoodTable, line_g: float) -> int:
    """Count the bases of which at least a line is served, water, spices and cooking fat apart."""
    served = {
        foods[food_id].base
        for day in days
        for food_id, mass in day.ingredients()
        if mass >= line_g and foods[food_id].group not in NOT_DISTINCT_GROUPS
    }
    return len(served)


def _by_slot(
    day: int,
    columns: Iterable[Column],
    foods: FoodTable,
    slots: Sequence[str],
    cooked: Mapping[str, int],
) -> dict[str, list[Item]]:
    """Return the items of each meal, last what is drunk: water through the day in the first one."""
    by_slot: dict[str, list[Item]] = {slot: [] for slot in slots}
    drunk: list[Item] = []
    cups: dict[str, list[Column]] = {}
    for column in columns:  # columns stand in the order of the places, main dishes first
        kind = column.candidate.traits.kind
        if kind == DRUNK:
            drunk.append(_item(column.candidate, column.serving, foods))
        elif kind == CUP:
            cups.setdefault(column.candidate.source_id, []).append(column)
        elif kind not in SUPPLEMENT_KINDS:
            by_slot[column.slot].append(
                _item(column.candidate, column.serving, foods, _cooked_on(day, column, cooked))
            )
    for food_id, columns_of in cups.items():
        for slot, item in _cups(columns_of, foods, foods[food_id], slots):
            by_slot[slot].append(item)
    if drunk:  # never on a day that is wholly away: ``check_days``
        by_slot[slots[0]] += drunk
    return by_slot


def _cups(
    columns: Sequence[Column], foods: FoodTable, food: Food, slots: Sequence[str]
) -> Iterator[tuple[str, Item]]:
    """Return the cups of a drink to the meals that a day has: without breakfast, to others."""
    count = sum(round(column.serving.portion.servings) for column in columns)
    for slot, cups in cups_by_meal(food, count, slots).items():
        yield slot, _item(columns[0].candidate, cups_of(food, cups), foods)


def _amounts(columns: Iterable[Column]) -> list[DailyAmount]:
    """Return what the columns of a day hold in supplements."""
    keys = tuple(known_nutrients())
    amounts = []
    for column in columns:
        kind, candidate = column.candidate.traits.kind, column.candidate
        if kind in SUPPLEMENT_KINDS:
            at = int(column.serving.amounts.argmax())
            amount = float(column.serving.amounts[at])
            dose = amount / column.serving.portion.servings if kind == TAKEN else None
            what = candidate.source_id, candidate.name, keys[at], amount
            amounts.append(DailyAmount(*what, dose, column.serving.cost_usd))
    return amounts


def _day(
    number: int, by_slot: Mapping[str, list[Item]], start: date | None, facts: DayFacts
) -> Day:
    when = start + timedelta(days=number - 1) if start else None
    meals = (Meal(slot, tuple(items)) for slot, items in by_slot.items() if items)
    return with_sums(Day(number, when, (), {}, None, 0.0, facts=facts), meals)


def _cooked_on(day: int, column: Column, cooked: Mapping[str, int]) -> int | None:
    """Return the day on which a second meal was cooked, or a breakfast that keeps until ``day``."""
    traits, source_id = column.candidate.traits, column.candidate.source_id
    if traits.is_leftover:
        return cooked[source_id]
    first = cooked.get(source_id) if traits.is_kept else None
    return first if first and day - first <= traits.keeps_days else None


def _item(
    candidate: Candidate, serving: Serving, foods: FoodTable, cooked_on: int | None = None
) -> Item:
    source_id = candidate.source_id
    portion, traits = serving.portion, candidate.traits
    leftover = read_settings("meals/rules.toml")["leftover"]
    again_min = int(leftover["minutes"]) + traits.fresh_minutes  # until it is on the table
    return Item(
        kind="dish" if traits.is_dish else "food",
        item_id=source_id,
        name=candidate.name,
        servings=portion.servings,
        measure=portion.measure,
        mass_g=portion.mass_g,
        ingredients=portion.ingredients,
        nutrients=content_of(portion.ingredients, foods),
        cost=serving.cost_usd,
        minutes=traits.minutes if cooked_on is None else min(traits.minutes, again_min),
        leftover_of=cooked_on,
        beside=traits.kind if traits.kind in (DRUNK, CUP) else "",
        active_minutes=traits.fresh_minutes if cooked_on else traits.active_minutes,
    )


def content_of(
    ingredients: Iterable[tuple[str, float]], foods: FoodTable
) -> dict[str, float | None]:
    """Sum the content of ``ingredients`` (food id, mass [g]); ``None`` where none has a figure."""
    per_100g = ((foods[food_id].per_100g.items(), mass) for food_id, mass in ingredients)
    return sum_amounts(
        {key: None if value is None else value * mass / 100 for key, value in own}
        for own, mass in per_100g
    )
