"""How near a plan is to what somebody eats: its meals that are own ones, and their energy."""

from __future__ import annotations

from dataclasses import dataclass

from planner.language.spoken import Said, mark, said
from planner.plan.plan import Item, Plan
from planner.usual.meals import MealOut, UsualMeals

ENERGY = "energy_kcal"
NEAR = mark("{own} of {meals} meals are your own; {share:.0%} of its energy.")


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a plan is to a diary, counted.

    Parameters
    ----------
    usual
        What is usually eaten.
    out
        Meals of the diary that the plan could not have, and why.
    own, meals
        Meals of the plan that are own ones, with or without something beside, and all.
    energy_share
        Share of the energy of all that is eaten which own meals bring [0-1].
    """

    usual: UsualMeals
    out: tuple[MealOut, ...]
    own: int
    meals: int
    energy_share: float

    @property
    def sentence(self) -> Said:
        """The same in a sentence."""
        return said(NEAR, own=self.own, meals=self.meals, share=self.energy_share)


def nearness_of(plan: Plan, usual: UsualMeals, out: tuple[MealOut, ...] = ()) -> Nearness:
    """Count the meals of a plan that are own ones, and the energy that they bring."""
    ids = {one.dish.dish_id for one in usual.meals}
    meals = [meal for day in plan.days for meal in day.meals]
    held = [[item for item in meal.items if item.item_id in ids] for meal in meals]
    own_kcal = sum(_kcal(item) for items in held for item in items)
    kcal = sum(_kcal(item) for meal in meals for item in meal.items)
    return Nearness(usual, out, sum(map(bool, held)), len(meals), own_kcal / kcal if kcal else 0.0)


def _kcal(item: Item) -> float:
    return 0.0 if item.is_supplement else item.nutrients.get(ENERGY) or 0.0
