"""Who takes what: the programs that a week is handed over to, each with its files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType

from foods.own_csv import one_line
from planner.document.program import PROGRAM
from planner.export.formats import HANDED_MARK as MAKER
from planner.export.recipe_text import row_of
from planner.handover.archives import as_mealie, as_tandoor, as_text
from planner.handover.cooked import Handed, HandedRecipe, ingredient_text
from planner.handover.cooklang import as_cooklang
from planner.kitchen.bought import KitchenLine

_TAG = re.compile(r"(?<=\S):(?=\S)")
_WORD = re.compile(r"(?<!\S)[@+](?=\S)")
_WIDE_COLON = "\uff1a"
_GAP = re.compile(r"\W+")


def as_todo_txt(handed: Handed) -> Mapping[str, str]:
    """Return the file; a line begins with a word, so that no name makes it done or urgent."""
    lines = [
        f"Buy {_todo_plain(line.name)}, {_todo_plain(line.buy)} +shopping "
        f"@{_GAP.sub('_', aisle.lower()).strip('_')} trip:{trip} from:{MAKER}"
        for trip, aisle, line in handed.bought()
    ]
    return {"todo.txt": "\n".join([*lines, ""])}


def as_plain_list(handed: Handed) -> Mapping[str, str]:
    """Return the file: what is bought, a thing on each line, to paste anywhere."""
    lines = (f"{one_line(line.name)}, {one_line(line.buy)}" for _, _, line in handed.bought())
    return {"list.txt": "\n".join([f"Shopping list ({MAKER})", *lines, ""])}


def _todo_plain(text: str) -> str:
    """Return a text of one line without words that are contexts, projects or tags."""
    line = _TAG.sub(_WIDE_COLON, one_line(text))
    return _WORD.sub(lambda found: chr(ord(found[0]) + 0xFEE0), line)


_FIRST_LIST = 1


def as_grocy(handed: Handed) -> Mapping[str, str]:
    """Return entity → objects, each the body of one ``POST /api/objects/{entity}``.

    Things of the list are notes: products and units are each household's own there.
    """
    lines = [
        {"note": f"{line.name}, {line.buy}", "amount": 1, "shopping_list_id": _FIRST_LIST}
        for _, _, line in handed.bought()
    ]
    found = {
        "generator": MAKER,
        "recipes": [_grocy_recipe(one) for one in handed.recipes],
        "shopping_list": lines,
    }
    return {"grocy.json": as_text(found)}


def _grocy_recipe(recipe: HandedRecipe) -> dict[str, object]:
    about = "".join(f"<p>{escape(text)}</p>" for text in recipe.about)
    taken = "".join(f"<li>{escape(ingredient_text(line))}</li>" for line in recipe.lines)
    steps = "".join(f"<li>{escape(step)}</li>" for step in recipe.steps)
    return {
        "name": recipe.name,
        "description": f"{about}<ul>{taken}</ul><ol>{steps}</ol>",
        "base_servings": recipe.servings,
        "desired_servings": recipe.servings,
    }


def as_bring(handed: Handed) -> Mapping[str, str]:
    """Give the list as a page that Bring and its like import by its address: JSON-LD, and to read.

    Their importers read a recipe off a page and put what it takes on a list; here that is what is
    bought. The page must lie where they reach it.
    """
    bought = [f"{line.buy} {line.name}" for _, _, line in handed.bought()]
    listed = {
        "@context": "https://schema.org",
        "@type": "Recipe",
        "name": handed.title,
        "author": {"@type": "Organization", "name": PROGRAM},
        "recipeYield": f"{handed.shopping.people}",
        "recipeIngredient": bought,
    }
    # Nothing within the script may end it.
    script = json.dumps(listed, ensure_ascii=False, indent=2).replace("<", "\\u003c")
    rows = "\n".join(f"<li>{escape(text)}</li>" for text in bought)
    title = escape(handed.title)
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="{MAKER}">
<title>{title}</title>
<script type="application/ld+json">
{script}
</script>
</head>
<body>
<h1>{title}</h1>
<ul>
{rows}
</ul>
</body>
</html>
"""
    return {"bring.html": page}


def as_kitchenowl(handed: Handed) -> Mapping[str, str]:
    """Return recipes with their items; what is bought is there as items by aisle.

    A recipe of the same name is not written over there. KitchenOwl imports no shopping lists: an
    item is put on one by hand, or a recipe with all its items.
    """
    items = [{"name": line.name, "category": aisle} for _, aisle, line in handed.bought()]
    found = {
        "generator": MAKER,
        "recipe_overwrite": False,
        "recipes": [_kitchenowl_recipe(one) for one in handed.recipes],
        "items": list({item["name"]: item for item in items}.values()),
    }
    return {"kitchenowl.json": as_text(found)}


def _kitchenowl_recipe(recipe: HandedRecipe) -> dict[str, object]:
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


TAKERS: Mapping[str, Callable[[Handed], Mapping[str, str] | Mapping[str, bytes]]] = (
    MappingProxyType(
        {
            "mealie": as_mealie,
            "tandoor": as_tandoor,
            "kitchenowl": as_kitchenowl,
            "grocy": as_grocy,
            "cooklang": as_cooklang,
            "bring": as_bring,
            "todo.txt": as_todo_txt,
            "list.txt": as_plain_list,
        }
    )
)
