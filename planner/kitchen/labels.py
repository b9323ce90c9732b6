"""Labels to be read in the shop: products that may hold what somebody leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.names import find_left_out
from planner.errors import CandidatesError
from planner.request.diets import read_allergens
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.targets.eaters import eater_requests

LABELS = "shop/labels.toml"
GLUTEN, WHEAT = "gluten", "wheat"  # who leaves out all cereals with gluten leaves out wheat


def allergens_avoided(
    request: PlanRequest, foods: FoodTable, dishes: Iterable[Dish]
) -> tuple[str, ...]:
    """Name the allergens that somebody at the table leaves out, by wish, allergy or condition.

    Parameters
    ----------
    request
        Who eats; who leaves out all foods that hold an allergen leaves that out.
    foods, dishes
        Where names are looked up.
    """
    known, found = tuple(dishes), set[str]()
    for eater in eater_requests(request).values():
        out = set[str]()
        for name in eater.preferences.names_left_out:
            with suppress(CandidatesError):  # it means a dish, if anything
                out |= find_left_out(name, foods, known).food_ids
        found |= {name for name, own in _holders(foods).items() if own <= out}
    return tuple(sorted(found - {WHEAT} if GLUTEN in found else found))


def _holders(foods: FoodTable) -> dict[str, set[str]]:
    known = read_allergens()
    held = {name: {one.food_id for one in foods if name in one.allergens} for name in known}
    return {name: own for name, own in held.items() if own}


def labels_to_read(
    bought: Iterable[str], allergens: Iterable[str], foods: FoodTable
) -> Mapping[str, tuple[str, ...]]:
    """Give for each allergen the foods of a list whose labels are to be read.

    Parameters
    ----------
    bought
        Food ids, in the order of the list; those that ``foods`` does not know are left out.
    allergens
        What somebody leaves out.
    foods
        The food table.

    Source: ``configs/shop/labels.toml``.
    """
    rows = read_settings(LABELS)["may_hold"]
    known = [foods[food_id] for food_id in dict.fromkeys(bought) if food_id in foods]
    found = {
        name: tuple(
            food.food_id
            for food in known
            if food.group in rows[name]["groups"] or food.food_id in rows[name]["foods"]
        )
        for name in allergens
    }
    return {name: own for name, own in found.items() if own}
