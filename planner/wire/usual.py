"""How near a plan is to what somebody usually eats."""

from __future__ import annotations

from pydantic import Field

from planner.wire.base import By, Figure, Many, Wire
from planner.wire.food import Slot, WrittenIngredient


class WrittenOwnMeal(Wire):
    """A meal of the eater's own: what one serving of it holds.

    Parameters
    ----------
    days
        Days of the diary that have it.
    """

    dish_id: str = Field(alias="id")
    name: str
    slot: Slot
    days: Many[str] = []
    minutes: int = 0
    active_minutes: int = 0
    ingredients: Many[WrittenIngredient]

    @property
    def masses_g(self) -> dict[str, float]:
        """Food id → mass in one serving [g]."""
        return {one.food_id: one.mass_g for one in self.ingredients}


class WrittenMealOut(Wire):
    """A meal of the diary that the plan could not have, and why."""

    day: str
    meal: str
    why: str


class WrittenUsual(Wire):
    """How near a plan is to what is usually eaten, counted.

    Parameters
    ----------
    dishes
        Its own meals as they are eaten.
    left_out
        Those that the plan could not have.
    read_as
        Name as it was written → what it was read as.
    """

    own_meals: int
    meals: int
    energy_share: Figure
    dishes: Many[WrittenOwnMeal]
    left_out: Many[WrittenMealOut] = []
    read_as: By[str] = {}
