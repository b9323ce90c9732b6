"""Recipes and the list as objects of Grocy's REST interface, which has no import of files."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from planner.export.formats import HANDED_MARK as MAKER
from planner.handover.cooked import Handed, HandedRecipe, ingredient_text
from planner.handover.json_ld import as_text

_FIRST_LIST = 1


def as_grocy(handed: Handed) -> Mapping[str, str]:
    """Give entity → objects, each the body of one ``POST /api/objects/{entity}``.

    Things of the list are notes: products and units are each household's own there.
    """
    lines = [
        {"note": f"{line.name}, {line.buy}", "amount": 1, "shopping_list_id": _FIRST_LIST}
        for _, _, line in handed.bought()
    ]
    found = {
        "generator": MAKER,
        "recipes": [_recipe(one) for one in handed.recipes],
        "shopping_list": lines,
    }
    return {"grocy.json": as_text(found)}


def _recipe(recipe: HandedRecipe) -> dict[str, object]:
    about = "".join(f"<p>{escape(text)}</p>" for text in recipe.about)
    taken = "".join(f"<li>{escape(ingredient_text(line))}</li>" for line in recipe.lines)
    steps = "".join(f"<li>{escape(step)}</li>" for step in recipe.steps)
    return {
        "name": recipe.name,
        "description": f"{about}<ul>{taken}</ul><ol>{steps}</ol>",
        "base_servings": recipe.servings,
        "desired_servings": recipe.servings,
    }
