"""What the judge says about meals and days where a condition or a medicine asks for it.

A day is everything that is swallowed on it: a medicine that is set to the vitamin K of a day (a
clinic sets warfarin so) does not ask whether it came from a plate, a pill or a glass of water. A
meal is what stands on its plates: a pill that is taken with it and water that is drunk through the
day are no part of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from planner.plan.check_amounts import sum_content, sum_served
from planner.plan.check_days import EVERY_MEAL, DaysAsked
from planner.plan.check_lines import Table
from planner.plan.rounding import apart_text
from planner.targets.absorbable import CALCIUM, MAGNESIUM, conservative_content
from planner.targets.bounds import name_of, unit_of
from planner.targets.clinical import ClinicalRules
from planner.targets.read import read_settings
from planner.targets.target import Target

CARBOHYDRATE = "carbohydrate_g"
CAUTIOUS = (MAGNESIUM, CALCIUM)
_PER_100_G = 100


def clinical_faults(
    table: Table, clinical: ClinicalRules, asked: DaysAsked = EVERY_MEAL
) -> Iterator[str]:
    """Say which meal or day does not keep what a condition or medicine asks.

    Parameters
    ----------
    table
        What is on the table.
    clinical
        Most per meal, and how far a day may lie from the mean of the days.
    asked
        The days of the request: what is eaten elsewhere is scaled up from what is planned, and a
        meal is compared on the days that have it.
    """
    for nutrient, upper in clinical.meal_upper.items():
        yield from _meal_faults(table, nutrient, upper)
    for nutrient, share in clinical.daily_spread.items():
        amounts = {
            day: _day_amount(table, nutrient, day) / asked.share(day) for day in table.numbers
        }
        what = f"{name_of(nutrient)} of the day"
        yield from _spread_faults(what, unit_of(nutrient), amounts, share, 0.0)
    absolute = clinical.meal_carbohydrate_spread_g
    if absolute is not None:
        for slot in _slots(table):
            amounts = {
                day: _meal_amount(table, CARBOHYDRATE, day, slot)
                for day in table.numbers
                if slot not in asked.missed(day)
            }
            yield from _spread_faults(f"Carbohydrate at {slot}", "g", amounts, 0.0, absolute)


def conservative_faults(
    table: Table, targets: Iterable[Target], asked: DaysAsked = EVERY_MEAL
) -> Iterator[str]:
    """Say which floor of magnesium or calcium does not hold on what oxalate leaves."""
    tolerance = 1 - read_settings("check.toml")["tolerance"]["sum"]
    for target in targets:
        if target.nutrient not in CAUTIOUS or target.basis != "total" or target.lower is None:
            continue
        days = table.numbers if target.period == "day" else (None,)
        for day in days if target.hard else ():
            floor, _ = asked.bounds(target, table.numbers if day is None else (day,))
            assert floor is not None
            amount = _cautious(table, target.nutrient, day)
            if amount < floor * tolerance:
                when = "over the week" if day is None else f"on day {day}"
                yield (
                    f"{name_of(target.nutrient)} {when}: {apart_text(amount, floor)} mg on what "
                    f"oxalate leaves, at least {floor:g}."
                )


def _cautious(table: Table, nutrient: str, day: int | None) -> float:
    """Mean amount per day on what oxalate leaves, supplements in full [mg]."""
    total = sum(item.nutrients.get(nutrient) or 0.0 for item in table.supplements_on(day))
    for line in table.lines_on(day):
        content = line.food.per_100g.get(nutrient) or 0.0
        traits = line.food.traits
        if traits is not None:
            content = conservative_content(traits)[nutrient]
        total += line.mass_g * content / _PER_100_G
    return total / (table.days if day is None else 1)


def _slots(table: Table) -> Iterable[str]:
    return dict.fromkeys(place.slot for place in table.places if not place.item.is_beside)


def _day_amount(table: Table, nutrient: str, day: int) -> float:
    """Amount of a day from food, drinking water and supplements [the nutrient's unit]."""
    return sum_served(table.lines_on(day), table.supplements_on(day), nutrient) or 0.0


def _meal_amount(table: Table, nutrient: str, day: int, slot: str) -> float:
    """Amount on the plates of one meal [the nutrient's unit]."""
    lines = [
        line
        for line in table.lines_on(day)
        if line.place.slot == slot and not line.place.item.is_beside
    ]
    return sum_content(lines, nutrient) or 0.0


def _meal_faults(table: Table, nutrient: str, upper: float) -> Iterator[str]:
    tolerance = 1 + read_settings("check.toml")["tolerance"]["sum"]
    for day in table.numbers:
        for slot in _slots(table):
            amount = _meal_amount(table, nutrient, day, slot)
            if amount > upper * tolerance:
                yield (
                    f"Day {day}, {slot}: {apart_text(amount, upper)} {unit_of(nutrient)} of "
                    f"{name_of(nutrient).lower()}, at most {upper:g} in a meal."
                )


def _spread_faults(
    what: str, unit: str, amounts: Mapping[int, float], share: float, absolute: float
) -> Iterator[str]:
    mean = math.fsum(amounts.values()) / max(1, len(amounts))
    most = share * mean + absolute
    tolerance = 1 + read_settings("check.toml")["tolerance"]["stated"]
    for day, amount in amounts.items():
        away = abs(amount - mean)
        if away > most * tolerance:
            yield (
                f"Day {day}: {what} is {amount:.4g} {unit}, {apart_text(away, most)} {unit} away "
                f"from the mean of {mean:.4g}, at most {apart_text(most, away)} {unit}."
            )
