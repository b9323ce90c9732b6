"""What each meal holds of a nutrient that a condition watches: carbohydrate, lactose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planner.plan.plan import Day, Meal, Plan
from planner.plan.sittings import largest_sitting
from planner.targets.clinical import ClinicalRules
from planner.targets.words import name_of, unit_word

CARBOHYDRATE = "carbohydrate_g"


@dataclass(frozen=True, slots=True)
class MealAmounts:
    """Amounts of one nutrient by meal.

    Parameters
    ----------
    nutrient, title
        The nutrient, and what the amounts are held to, in words.
    slots
        Meals in the order of the day.
    days
        For each day the amount of each meal [the nutrient's unit]; ``None`` where that meal is not
        served or nothing in it has a figure.
    """

    nutrient: str
    title: str
    slots: tuple[str, ...]
    days: tuple[tuple[float | None, ...], ...]


def amounts_by_meal(plan: Plan, clinical: ClinicalRules) -> tuple[MealAmounts, ...]:
    """Give the amounts by meal of every nutrient that conditions watch in meals."""
    slots = plan.slots
    return tuple(
        MealAmounts(
            nutrient,
            title,
            slots,
            tuple(_of_day(day, slots, nutrient, clinical) for day in plan.days),
        )
        for nutrient, title in _watched(clinical).items()
    )


def _watched(clinical: ClinicalRules) -> dict[str, str]:
    """Give nutrient → title of the table."""
    titles = {}
    spread_g = clinical.meal_carbohydrate_spread_g
    if spread_g is not None:
        titles[CARBOHYDRATE] = "{nutrient} of each meal: any two days within {spread} g".format(
            nutrient=name_of(CARBOHYDRATE), spread=f"{spread_g:g}"
        )
    for key, upper in sorted(clinical.meal_upper.items()):
        most = f"{f'{upper:g}'} {unit_word(key)}"
        alone = f"{name_of(key)} of each meal: at most {most}"
        more = "{title}, at most {most}".format(title=titles.get(key, ""), most=most)
        titles[key] = more if key in titles else alone
    return titles


def _of_day(
    day: Day, slots: Iterable[str], nutrient: str, clinical: ClinicalRules
) -> tuple[float | None, ...]:
    by_slot = {
        meal.slot: amount_of_meal(meal, nutrient, clinical.sittings(meal.slot, nutrient))
        for meal in day.meals
    }
    return tuple(by_slot.get(slot) for slot in slots)


def amount_of_meal(meal: Meal, nutrient: str, sittings: int = 1) -> float | None:
    """Sum what is eaten, and drunk by the cup; pills and drinking water are beside the meal.

    In the nutrient's unit, the largest of several ``sittings``; ``None`` where nothing in it has a
    figure.
    """
    eaten = [item for item in meal.items if item.is_cup or not item.is_beside]
    parts = [item.nutrients.get(nutrient) for item in eaten]
    known = [part for part in parts if part is not None]
    return largest_sitting(known, sittings) if known else None
