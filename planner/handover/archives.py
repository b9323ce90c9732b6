"""Recipes in archives: as schema.org/Recipe, which most programs read, and as Tandoor has them."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from planner.candidates.servings import in_words
from planner.document.program import PROGRAM
from planner.export.figures import amount_text
from planner.export.formats import HANDED_MARK as MAKER
from planner.handover.cooked import Handed, HandedRecipe, ingredient_text, note_text
from planner.kitchen.bought import KitchenLine
from planner.targets.target import unit_word

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
    """Return a recipe as an object of schema.org; what is in a serving as it is printed."""
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
    """Return an archive with a folder for each recipe, as Nextcloud Cookbook keeps them.

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


_STRANGE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]+')
_OF_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_MOST_BYTES = 120
_FIELD = 0x6D70  # of an archive's own fields, which readers pass over
_EXTRA = struct.pack("<HH", _FIELD, len(MAKER)) + MAKER.encode()


def file_names(names: Iterable[str]) -> list[str]:
    """Return a name without ending for each of ``names``, no two alike in any case of letters."""
    taken: set[str] = set()
    found = []
    for name in names:
        plain = " ".join(_STRANGE.sub(" ", name).split()).strip(". ")
        plain = plain.encode()[:_MOST_BYTES].decode(errors="ignore").strip(". ") or "recipe"
        plain = f"{plain} dish" if _OF_WINDOWS.fullmatch(plain) else plain
        number, free = 2, plain
        while free.casefold() in taken:
            number, free = number + 1, f"{plain} {number}"
        taken.add(free.casefold())
        found.append(free)
    return found


def archive_of(contents: Mapping[str, bytes]) -> bytes:
    """Return an archive of files; its first one says, where no reader looks, who made it."""
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for number, (name, content) in enumerate(contents.items()):
            entry = ZipInfo(name)
            entry.extra = b"" if number else _EXTRA
            file.writestr(entry, content, ZIP_DEFLATED)
    return packed.getvalue()


NAME_LENGTH, TEXT_LENGTH, NOTE_LENGTH, SHORT_LENGTH = 128, 512, 256, 32  # of its columns


def as_tandoor(handed: Handed) -> Mapping[str, bytes]:
    """Return an archive of archives, as Tandoor's own export makes it."""
    names = file_names(one.name for one in handed.recipes)
    found = {
        f"{name}.zip": archive_of({"recipe.json": as_text(tandoor_recipe(one)).encode()})
        for name, one in zip(names, handed.recipes, strict=True)
    }
    return {"tandoor.zip": archive_of(found)}


def tandoor_recipe(recipe: HandedRecipe, told: str = "") -> dict[str, Any]:
    """Return a recipe as Tandoor exchanges it.

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
