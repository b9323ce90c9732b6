"""What tables of plan.json are made of: amounts of food, and what is said of a usual week."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

_MOST_G = 100_000  # of one food in one meal; sums stay far from overflow
Mass = Annotated[float, Field(ge=-_MOST_G, le=_MOST_G)]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", allow_inf_nan=False)


class WrittenIngredient(_Part):
    """A food with its mass [g], as written."""

    food_id: str
    mass_g: Mass


class WrittenOwnMeal(_Part):
    """A meal of the eater's own, as written: what one serving of it holds."""

    id: str
    name: str
    slot: Literal["breakfast", "lunch", "dinner", "snack"]
    minutes: int = 0
    active_minutes: int = 0
    ingredients: list[WrittenIngredient]

    @property
    def masses_g(self) -> dict[str, float]:
        """Food id → mass in one serving [g]."""
        return {one.food_id: one.mass_g for one in self.ingredients}


class WrittenUsual(_Part):
    """How near a plan says it is to what is usually eaten."""

    own_meals: int
    meals: int
    energy_share: float
    dishes: list[WrittenOwnMeal]
