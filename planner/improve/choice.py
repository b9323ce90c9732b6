"""What may come to a plate: foods, dishes in portions, and how much they are liked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.servings import Portion


@dataclass(frozen=True, slots=True)
class OfferedDish:
    """A dish that may come, as it is cooked for this eater, in the portions that may be served."""

    dish: Dish
    portions: tuple[Portion, ...]


@dataclass(frozen=True, slots=True)
class ComesAtMost:
    """Foods of which so many helpings may still come."""

    food_ids: frozenset[str]
    count: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What may come, for one eater.

    Parameters
    ----------
    foods
        The food table.
    recipes
        Dish id → dish as it is written, of everything that may have been eaten.
    may_come
        Ids of foods that may come: within diet, allergies, wishes and safety, with known figures.
    may_not_stay
        Ids of foods and dishes that are left out, by diet, allergy, wish or safety: what is eaten
        of them goes in every way.
    dishes
        Dish id → dish that may come.
    liked
        Id of a food or dish → points for its coming, as it is liked or disliked.
    at_most
        What a wish limits, such as ``"nuts<=2"``.
    """

    foods: FoodTable
    recipes: Mapping[str, Dish]
    may_come: frozenset[str]
    may_not_stay: frozenset[str] = frozenset()
    dishes: Mapping[str, OfferedDish] = field(default_factory=dict)
    liked: Mapping[str, float] = field(default_factory=dict)
    at_most: tuple[ComesAtMost, ...] = ()
