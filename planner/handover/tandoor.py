"""Recipes as Tandoor writes and reads them: every amount a number of grams, which it scales."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.candidates.servings import in_words
from planner.document.program import PROGRAM
from planner.handover.cooked import Handed, HandedRecipe, note_text
from planner.handover.files import archive_of, file_names
from planner.handover.json_ld import as_text
from planner.kitchen.as_bought import KitchenLine

NAME_LENGTH, TEXT_LENGTH, NOTE_LENGTH, SHORT_LENGTH = 128, 512, 256, 32  # of its columns


def as_tandoor(handed: Handed) -> Mapping[str, bytes]:
    """Give an archive of archives, as Tandoor's own export makes it."""
    names = file_names(one.name for one in handed.recipes)
    found = {
        f"{name}.zip": archive_of({"recipe.json": as_text(tandoor_recipe(one)).encode()})
        for name, one in zip(names, handed.recipes, strict=True)
    }
    return {"tandoor.zip": archive_of(found)}


def tandoor_recipe(recipe: HandedRecipe, told: str = "") -> dict[str, Any]:
    """Give a recipe as Tandoor exchanges it.

    Servings are whole there; of other amounts it is one batch, and the text says how much that is.

    Parameters
    ----------
    recipe
        The recipe.
    told
        What else stands at the end of its description.
    """
    is_whole = recipe.servings == round(recipe.servings)
    amount = "servings" if is_whole else f"batch of {in_words(recipe.servings, 'serving')}"
    room = TEXT_LENGTH - len(told) - 1
    return {
        "name": recipe.name[:NAME_LENGTH],
        "description": f"{_cut(' '.join(recipe.about), room)} {told}".strip(),
        "keywords": [{"name": PROGRAM, "description": ""}],
        "working_time": recipe.minutes,
        "waiting_time": 0,
        "internal": True,
        "nutrition": None,
        "servings": round(recipe.servings) if is_whole else 1,
        "servings_text": amount[:SHORT_LENGTH],
        "source_url": "",
        "steps": [
            {
                "name": "",
                "instruction": step,
                "ingredients": [_ingredient(line, place) for place, line in enumerate(recipe.lines)]
                if not number
                else [],
                "time": 0,
                "order": number,
                "show_as_header": False,
                "show_ingredients_table": True,
            }
            for number, step in enumerate(recipe.steps)
        ],
    }


def _ingredient(line: KitchenLine, place: int) -> dict[str, Any]:
    return {
        "food": {"name": line.name[:NAME_LENGTH]},
        "unit": {"name": "g"},
        "amount": line.mass_g,
        "note": _cut(note_text(line), NOTE_LENGTH),
        "order": place,
        "is_header": False,
        "no_amount": False,
    }


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
