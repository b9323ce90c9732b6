"""How much of a thing somebody puts on a meal: ``2 slices of chocolate cake``, ``3 eggs``."""

from __future__ import annotations

from collections.abc import Sequence

from foods.recipe_match import match_line
from foods.table import FoodTable, plain_key
from planner.candidates.dish import Dish
from planner.candidates.put_names import find_served
from planner.candidates.servings import PORTIONS, Portion, dish_portion, food_portion
from planner.request.put import Put
from planner.settings import read_settings


def served_by(
    put: Put, foods: FoodTable, dishes: Sequence[Dish], where: str = ""
) -> tuple[str, ...]:
    """Give the ids of what ``put`` may mean, as ``find_served`` does; with an amount it is one."""
    portion = portion_of(put, foods, dishes)
    if portion is not None:
        return (portion[0],)
    return find_served(put.thing, put.slot, foods, dishes, where)


def portion_of(put: Put, foods: FoodTable, dishes: Sequence[Dish]) -> tuple[str, Portion] | None:
    """Give the id of what is put and how much of it; ``None`` where no amount is said.

    Raises
    ------
    CandidatesError
        When nothing is called so.
    """
    called = {plain_key(one.name) for one in dishes}
    if not put.count or plain_key(put.dish) in called:
        return None
    line = match_line(put.dish, foods)
    if line.is_sure and line.food_id is not None and line.mass_g is not None:
        food = foods[read_settings(PORTIONS)["put"]["instead"].get(line.food_id, line.food_id)]
        return food.food_id, food_portion(food, line.mass_g)
    own_id = find_served(put.thing, put.slot, foods, dishes)[0]
    for dish in dishes:
        if dish.dish_id == own_id:
            return own_id, dish_portion(dish, put.count)
    food = foods[own_id]
    return own_id, food_portion(food, put.count * food.serving.measure.mass_g)
