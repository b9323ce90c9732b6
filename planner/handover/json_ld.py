"""Recipes as schema.org/Recipe, which most recipe programs read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from planner.document.program import PROGRAM
from planner.export.figures import amount_text
from planner.handover.cooked import Handed, HandedRecipe, ingredient_text
from planner.handover.files import archive_of, file_names
from planner.targets.words import unit_word

_CONTENT = {
    "energy_kcal": "calories",
    "protein_g": "proteinContent",
    "fat_g": "fatContent",
    "saturated_fat_g": "saturatedFatContent",
    "carbohydrate_g": "carbohydrateContent",
    "sugars_g": "sugarContent",
    "fibre_g": "fiberContent",
    "sodium_mg": "sodiumContent",
}


def as_json_ld(recipe: HandedRecipe) -> dict[str, Any]:
    """Give a recipe as an object of schema.org; what is in a serving as it is printed."""
    content = {
        word: f"{amount_text(key, amount)} {unit_word(key)}"
        for key, word in _CONTENT.items()
        if (amount := recipe.nutrients.get(key)) is not None
    }
    is_whole = recipe.servings % 1 == 0  # as Nextcloud wants it
    return {
        "@context": "https://schema.org",
        "@type": "Recipe",
        "name": recipe.name,
        "description": " ".join(recipe.about),
        "author": {"@type": "Organization", "name": PROGRAM},
        "recipeYield": int(recipe.servings) if is_whole else f"{recipe.servings:g} servings",
        "recipeCategory": recipe.slot.capitalize(),
        "keywords": recipe.slot,
        "totalTime": f"PT{recipe.minutes}M",
        "recipeIngredient": [ingredient_text(line) for line in recipe.lines],
        "recipeInstructions": list(recipe.steps),
        "nutrition": {"@type": "NutritionInformation", **content},
    }


def as_mealie(handed: Handed) -> Mapping[str, bytes]:
    """Give an archive with a folder for each recipe, as Nextcloud Cookbook keeps them.

    Mealie takes it under Data Migrations, Nextcloud Cookbook; Nextcloud does too.
    """
    folders = file_names(one.name for one in handed.recipes)
    found = {
        f"{folder}/recipe.json": as_text(as_json_ld(one)).encode()
        for folder, one in zip(folders, handed.recipes, strict=True)
    }
    return {"mealie.zip": archive_of(found)}


def as_text(value: object) -> str:
    """Write JSON as files have it."""
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n"
