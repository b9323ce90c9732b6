"""Recipes and items of the list as KitchenOwl's import of a household takes them."""

from __future__ import annotations

from collections.abc import Mapping

from planner.document.program import PROGRAM
from planner.export.formats import HANDED_MARK as MAKER
from planner.export.recipe_text import row_of
from planner.handover.cooked import Handed, HandedRecipe
from planner.handover.json_ld import as_text
from planner.kitchen.as_bought import KitchenLine


def as_kitchenowl(handed: Handed) -> Mapping[str, str]:
    """Give recipes with their items; what is bought is there as items by aisle.

    A recipe of the same name is not written over there. KitchenOwl imports no shopping lists: an
    item is put on one by hand, or a recipe with all its items.
    """
    items = [{"name": line.name, "category": aisle} for _, aisle, line in handed.bought()]
    found = {
        "generator": MAKER,
        "recipe_overwrite": False,
        "recipes": [_recipe(one) for one in handed.recipes],
        "items": list({item["name"]: item for item in items}.values()),
    }
    return {"kitchenowl.json": as_text(found)}


def _recipe(recipe: HandedRecipe) -> dict[str, object]:
    steps = [f"{number}. {step}" for number, step in enumerate(recipe.steps, start=1)]
    return {
        "name": recipe.name,
        "description": "\n\n".join([" ".join(recipe.about), *steps]),
        "time": recipe.minutes,
        "yields": max(1, round(recipe.servings)),
        "source": PROGRAM,
        "items": [_item(line) for line in recipe.lines],
        "tags": [recipe.slot],
    }


def _item(line: KitchenLine) -> dict[str, object]:
    name, words, mass = row_of(line)
    note = name.removeprefix(line.name).strip(" ,")
    told = ", ".join(filter(None, (words, mass, note)))
    return {"name": line.name, "description": told, "optional": False}
