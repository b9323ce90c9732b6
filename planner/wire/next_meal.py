"""What to cook for a meal of a day, as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from planner.wire.base import Figure, Many, Wire

if TYPE_CHECKING:
    from planner.diary.diary import Diary
    from planner.improve.next_meal import NextMeals


class DayHolds(Wire):
    """What a day holds."""

    magnesium_mg: Figure
    calcium_mg: Figure
    energy_kcal: Figure
    ca_mg_ratio: Figure | None
    cost_usd: Figure


class WrittenMealPart(Wire):
    """A dish of a meal, or what goes beside it."""

    item_id: str = Field(alias="id")
    name: str
    amount: str
    mass_g: Figure | None


class WrittenNextMeal(Wire):
    """What to cook, and what the day then holds."""

    rank: int
    items: Many[WrittenMealPart]
    after: DayHolds


class WrittenNextMeals(Wire):
    """What to cook for a meal of a day; why there is no offer, where there is none."""

    day: str
    slot: str = Field(alias="meal")
    before: DayHolds
    why: str
    options: Many[WrittenNextMeal]

    @classmethod
    def of_meals(cls, diary: Diary, meals: NextMeals) -> WrittenNextMeals:
        """Build it from what was found for a day of a diary."""
        day = next(diary_day.day for diary_day in diary.days if diary_day.number == meals.day)
        options = [
            WrittenNextMeal.of(offer, rank=rank, items=[*map(WrittenMealPart.of, offer.items)])
            for rank, offer in enumerate(meals.offers, start=1)
        ]
        return cls.of(meals, day=day, before=meals.gaps.before, options=options)
