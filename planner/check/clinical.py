"""What the judge says about meals and days where a condition or a medicine asks for it.

A day is everything that is swallowed on it: a medicine that is set to the vitamin K of a day (a
clinic sets warfarin so) does not ask whether it came from a plate, a pill or a glass of water. A
meal is what stands on its plates and the cups that are drunk with it: a pill that is taken with it
and water that is drunk through the day are no part of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from planner.check.amounts import sum_content, sum_served
from planner.check.days import EVERY_MEAL, DaysAsked
from planner.check.lines import EatenLine, JudgedTable
from planner.plan.rounding import apart_text
from planner.plan.sittings import largest_sitting
from planner.settings import read_settings
from planner.shops import named
from planner.targets.absorbable import CALCIUM, MAGNESIUM, conservative_content
from planner.targets.clinical import ClinicalRules
from planner.targets.target import Target, name_of, said_on, unit_of

CARBOHYDRATE = "carbohydrate_g"
CAUTIOUS = (MAGNESIUM, CALCIUM)
_PER_100_G = 100


def clinical_faults(
    table: JudgedTable, clinical: ClinicalRules, asked: DaysAsked = EVERY_MEAL
) -> Iterator[str]:
    """Describe which meal or day does not keep what a condition or medicine asks.

    Parameters
    ----------
    table
        What is on the table on all days of the plan, of however many weeks.
    clinical
        Most per meal, and how far days and meals may lie apart.
    asked
        The days of the request: what is eaten elsewhere is scaled up from what is planned, and a
        meal is compared on the days that have it.
    """
    for nutrient, upper in clinical.meal_upper.items():
        yield from _meal_faults(table, nutrient, upper, clinical)
    for most_g in clinical.meal_portions.values():
        yield from _portion_faults(table, most_g)
    for nutrient, share in clinical.daily_spread.items():
        amounts = {  # from food, drinking water and supplements
            day: (sum_served(table.lines_on(day), table.supplements_on(day), nutrient) or 0.0)
            / asked.share(day)
            for day in table.present
        }
        what = f"{said_on(nutrient)} of the day"
        yield from _spread_faults(what, unit_of(nutrient), amounts, share)
    spread_g, times = clinical.meal_carbohydrate_spread_g, clinical.meal_carbohydrate_times
    for slot in _slots(table) if spread_g is not None else ():
        amounts = {
            day: _meal_amount(table, CARBOHYDRATE, day, slot)
            for day in table.numbers
            if slot not in asked.missed(day)
        }
        yield from _difference_faults(slot, amounts, spread_g or 0.0) if amounts else ()
    for day in table.numbers if times is not None else ():
        amounts_of = {
            slot: _meal_amount(table, CARBOHYDRATE, day, slot)
            for slot in read_settings("check.toml")["meals"]["required"]
            if slot in asked.week.slots and slot not in asked.missed(day)
        }
        yield from _uneven_faults(day, amounts_of, times or 1.0) if amounts_of else ()


def conservative_faults(
    table: JudgedTable, targets: Iterable[Target], asked: DaysAsked = EVERY_MEAL
) -> Iterator[str]:
    """Describe which floor of magnesium or calcium does not hold on what oxalate leaves."""
    tolerance = 1 - read_settings("check.toml")["tolerance"]["sum"]
    for target in targets:
        if target.nutrient not in CAUTIOUS or target.basis != "total" or target.lower is None:
            continue
        present = [day for day in table.present if not asked.is_eaten(day)]
        days = present if target.period == "day" else (None,)
        for day in days if target.hard and table.present else ():
            floor, _ = asked.bounds(target, table.present if day is None else (day,))
            assert floor is not None
            amount = _cautious(table, target.nutrient, day)
            if amount < floor * tolerance:
                when = "over the week" if day is None else f"on day {day}"
                yield (
                    f"{said_on(target.nutrient)} {when}: {apart_text(amount, floor)} mg on what "
                    f"oxalate leaves, at least {floor:g}."
                )


def _cautious(table: JudgedTable, nutrient: str, day: int | None) -> float:
    """Mean amount per day on what oxalate leaves, supplements in full [mg]."""
    total = sum(item.nutrients.get(nutrient) or 0.0 for item in table.supplements_on(day))
    for line in table.lines_on(day):
        content = line.food.per_100g.get(nutrient) or 0.0
        traits = line.food.traits
        if traits is not None:
            content = conservative_content(traits)[nutrient]
        total += line.mass_g * content / _PER_100_G
    return total / (len(table.present) or 1 if day is None else 1)


def _slots(table: JudgedTable) -> Iterable[str]:
    return dict.fromkeys(place.slot for place in table.places if not place.item.is_beside)


def _meal_amount(
    table: JudgedTable, nutrient: str, day: int, slot: str, sittings: int = 1
) -> float:
    """Amount on the plates and in the cups of one meal, the most of several [the unit]."""
    by_item: dict[int, list[EatenLine]] = {}
    for line in table.lines_on(day):
        if line.place.slot == slot and not line.place.item.is_in_litres:
            by_item.setdefault(id(line.place.item), []).append(line)
    amounts = [sum_content(lines, nutrient) or 0.0 for lines in by_item.values()]
    return largest_sitting(amounts, sittings)


def _meal_faults(
    table: JudgedTable, nutrient: str, upper: float, clinical: ClinicalRules
) -> Iterator[str]:
    tolerance = 1 + read_settings("check.toml")["tolerance"]["sum"]
    for day in table.numbers:
        for slot in _slots(table):
            sittings = clinical.sittings(slot, nutrient)
            amount = _meal_amount(table, nutrient, day, slot, sittings)
            if amount > upper * tolerance:
                yield (
                    f"Day {day}, {slot}: {apart_text(amount, upper)} {unit_of(nutrient)} of "
                    f"{name_of(nutrient).lower()}, at most {upper:g} in a meal."
                )


def _portion_faults(table: JudgedTable, most_g: Mapping[str, float]) -> Iterator[str]:
    """Describe where a meal holds more than one portion of foods that share it."""
    tolerance = 1 + read_settings("check.toml")["tolerance"]["sum"]
    for day in table.numbers:
        for slot in _slots(table):
            held = [
                line
                for line in table.lines_on(day)
                if line.place.slot == slot and line.food.food_id in most_g
            ]
            portions = math.fsum(line.mass_g / most_g[line.food.food_id] for line in held)
            if portions > tolerance:
                names = dict.fromkeys(line.food.name for line in held)
                yield (
                    "Day {day}, {slot}: {apart} portions of {names}, which is low in FODMAPs up "
                    "to one in a meal."
                ).format(
                    day=day,
                    slot=slot,
                    apart=apart_text(portions, 1.0),
                    names=", ".join(map(named, names)),
                )


def _spread_faults(
    what: str, unit: str, amounts: Mapping[int, float], share: float
) -> Iterator[str]:
    mean = math.fsum(amounts.values()) / max(1, len(amounts))
    most = share * mean
    tolerance = 1 + read_settings("check.toml")["tolerance"]["stated"]
    for day, amount in amounts.items():
        away = abs(amount - mean)
        if away > most * tolerance:
            yield (
                f"Day {day}: {what} is {amount:.4g} {unit}, {apart_text(away, most)} {unit} away "
                "from the plan's "
                f"mean of {mean:.4g}, at most {apart_text(most, away)} {unit}."
            )


def _difference_faults(slot: str, amounts: Mapping[int, float], most_g: float) -> Iterator[str]:
    """Yield a fault if a meal differs too much between the days with the least and the most."""
    tolerance = 1 + read_settings("check.toml")["tolerance"]["stated"]
    low, high = min(amounts, key=amounts.__getitem__), max(amounts, key=amounts.__getitem__)
    apart_g = amounts[high] - amounts[low]
    if apart_g > most_g * tolerance:
        yield (
            f"Carbohydrate at {slot}: {amounts[low]:.4g} g on day {low} and {amounts[high]:.4g} "
            f"g on day {high}, "
            f"{apart_text(apart_g, most_g)} g apart, at most {apart_text(most_g, apart_g)} g."
        )


def _uneven_faults(day: int, amounts: Mapping[str, float], times: float) -> Iterator[str]:
    """Describe which main meal of a day has too much carbohydrate beside another."""
    tolerance = 1 + read_settings("check.toml")["tolerance"]["stated"]
    low, high = min(amounts, key=amounts.__getitem__), max(amounts, key=amounts.__getitem__)
    if amounts[high] > times * amounts[low] * tolerance:
        yield (
            f"Day {day}: {amounts[high]:.4g} g of carbohydrate at {high} and {amounts[low]:.4g} "
            f"g at {low}, "
            f"at most {times:g} times as much."
        )
