"""Recipes in Cooklang, with the week as a menu and the list for its shopping list.

What is taken stands in a first step with its mass, since steps name foods without amounts. The
language has no way to write its own signs as text, so that a text has their wide forms instead.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from foods.own_csv import one_line
from planner.export.formats import HANDED_MARK as MAKER
from planner.export.who import day_label
from planner.handover.archives import file_names
from planner.handover.cooked import Handed, HandedRecipe, count_and_kind, note_text
from planner.kitchen.bought import KitchenLine
from planner.kitchen.errand import ShoppingLine

FOLDER = "cooklang"
_WIDE = str.maketrans({sign: chr(ord(sign) + 0xFEE0) for sign in "@#~{}%\\"})
_BEGINS = re.compile(r"^(\s*)([>=|])")
_TIMER = re.compile(r"(?<![\d.] to )(?<![\d.])\b(\d+) (minutes?|hours?)\b")
_NO_NAME = re.compile(r"[()\[\]]")


def as_cooklang(handed: Handed) -> Mapping[str, str]:
    """Return a file for each recipe, ``week.menu`` and ``.shopping-list`` in a folder."""
    names = file_names(plain(one.name) for one in handed.recipes)
    files = {
        f"{FOLDER}/{name}.cook": _recipe(one)
        for name, one in zip(names, handed.recipes, strict=True)
    }
    by_mark = {one.mark: name for name, one in zip(names, handed.recipes, strict=True)}
    files[f"{FOLDER}/week.menu"] = _menu(handed, by_mark)
    lines = [_bought(line) for _, _, line in handed.bought()]
    files[f"{FOLDER}/.shopping-list"] = "\n".join([f"-- {MAKER}", *lines, ""])
    return files


def plain(text: str) -> str:
    """Return a text of one line in which nothing is a sign of the language."""
    line = one_line(text).translate(_WIDE).replace("--", "–").replace("[-", "(-")
    return _BEGINS.sub(lambda found: f"{found[1]}{chr(ord(found[2]) + 0xFEE0)}", line)


def _recipe(recipe: HandedRecipe) -> str:
    head = {
        "title": recipe.name,
        "source": MAKER,
        "servings": int(recipe.servings) if recipe.servings % 1 == 0 else recipe.servings,
        "time required": f"{recipe.minutes} minutes",
        "course": recipe.slot,
        "description": " ".join(recipe.about),
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    taken = ", ".join(map(_ingredient, recipe.lines))
    steps = [_TIMER.sub(r"~{\1%\2}", plain(step)) for step in recipe.steps]
    return "\n".join(["---", *lines, "---", "", "\n\n".join([f"Take {taken}.", *steps]), ""])


def _ingredient(line: KitchenLine) -> str:
    told = _NO_NAME.sub(" ", plain(note_text(line)))
    return f"@{_name(line.name)}{{{line.mass_g:g}%g}}{f'({told})' if told else ''}"


def _name(text: str) -> str:
    """Return a name that ends at its brace, and is no path to another recipe."""
    return _NO_NAME.sub(" ", plain(text)).strip(" ./") or "food"


def _bought(line: ShoppingLine) -> str:
    count, kind = count_and_kind(line.buy)
    return f"{_name(line.name)}{{{count}{f'%{plain(kind)}' if kind else ''}}}"


def _menu(handed: Handed, names: Mapping[str, str]) -> str:
    parts = [f"-- {MAKER}"]
    for day in handed.plan.days:
        when = f" ({day.date.isoformat()})" if day.date else ""
        parts.append(f"== {day_label(day)}{when} ==")
        parts += [
            f"{slot.capitalize()}: @./{names[one.mark]}{{{one.servings:g}%servings}}"
            for slot, one in handed.cooked_on(day)
        ]
    return "\n\n".join([*parts, ""])
