"""Labels to be read in the shop: products that may hold what somebody leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from contextlib import suppress

from foods.food import UNKNOWN
from foods.table import FoodTable, plain_key
from planner.candidates.dish import Dish
from planner.candidates.names import find_left_out
from planner.errors import CandidatesError
from planner.kitchen.sold import SETTINGS
from planner.request.diets import find_diet, read_allergens
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.targets.eaters import eater_requests

LABELS = "shop/labels.toml"
GLUTEN, WHEAT = "gluten", "wheat"  # who leaves out all cereals with gluten leaves out wheat


def allergens_avoided(
    request: PlanRequest, foods: FoodTable, dishes: Iterable[Dish]
) -> tuple[str, ...]:
    """Name the allergens that somebody at the table leaves out, by wish, allergy or condition.

    What is no allergen, but left out by a diet or a word, is among them: gelatin, rennet, alcohol.

    Parameters
    ----------
    request
        Who eats; who leaves out all foods that hold an allergen leaves that out.
    foods, dishes
        Where names are looked up.
    """
    known, found, beside = tuple(dishes), set[str](), read_settings(LABELS)["may_hold_beside"]
    for eater in eater_requests(request).values():
        wanted, out = eater.preferences, set[str]()
        said = set(map(plain_key, wanted.names_to_come))
        found |= {
            key
            for key, row in beside.items()
            if find_diet(wanted.diet).diet_id in row["diets"]
            or said & set(map(plain_key, row["words"]))
        }
        for name in wanted.names_to_come:
            with suppress(CandidatesError):  # it means a dish, if anything
                out |= find_left_out(name, foods, known).food_ids
        found |= wholly_left_out(out, foods)
    return tuple(sorted(found - {WHEAT} if GLUTEN in found else found))


def is_amount_held(request: PlanRequest) -> bool:
    """Whether somebody at the table has a limit that what is eaten beside the plan could pass."""
    held = set[str]()
    for eater in eater_requests(request).values():
        held |= eater.patient.nutrients_held
        held |= {one.nutrient for one in eater.overrides if one.upper is not None}
    return not held.isdisjoint(read_settings(SETTINGS)["left"]["not_eaten_up"])


def label_name(name: str) -> str:
    """Name what a label may say: an allergen, or what stands beside them."""
    beside = read_settings(LABELS)["may_hold_beside"]
    return str(beside[name]["name"] if name in beside else read_allergens()[name].name)


def bought_as_words(request: PlanRequest) -> Mapping[str, str]:
    """Give food group or food (id) → the word by which it has to be bought for somebody."""
    wanted = [one.preferences for one in eater_requests(request).values()]
    asked = {find_diet(one.diet).diet_id for one in wanted}
    asked |= {name for one in wanted for name in one.names_to_come}
    rows = read_settings(LABELS)["bought_as"].values()
    rows = [one for one in rows if asked.intersection([*one["diets"], *one["words"]])]
    return {key: row["word"] for row in rows for key in (*row["groups"], *row["foods"])}


def wholly_left_out(out: Set[str], foods: FoodTable) -> set[str]:
    """Name the allergens of which no food is left but those that are out (food ids)."""
    left = frozenset[str]().union(*(one.allergens for one in foods if one.food_id not in out))
    held = frozenset[str]().union(*(foods[food_id].allergens for food_id in out))
    return {*held - left - {UNKNOWN}}


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
    rows = read_settings(LABELS)["may_hold"] | read_settings(LABELS)["may_hold_beside"]
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
