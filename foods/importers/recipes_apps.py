"""Recipes exported by Mealie, Tandoor and Paprika, as the JSON that each of them writes.

Mealie and Tandoor keep amount, unit and food apart; they are put together to a line as a person
would write it, so that every format goes the same way from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from foods.errors import FoodDataError
from foods.importers.own_recipe import OwnRecipe
from foods.importers.recipes_page import clean_text, minutes_of
from foods.importers.recipes_said import servings_said, spoken_minutes, total_minutes

Json = Mapping[str, Any]


def recipe_from_app(entry: Json, where: str) -> OwnRecipe | None:
    """Read the recipe of one JSON document; ``None`` where none of the programs wrote it.

    Raises
    ------
    FoodDataError
        When it looks like one of them, but is damaged.
    """
    reader = _reader_for(entry)
    if reader is None:
        return None
    try:
        return reader(entry)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise FoodDataError(
            "damaged: parts of the recipe are not what they should be", where, "export it again"
        ) from None


def _reader_for(entry: Json) -> Callable[[Json], OwnRecipe] | None:
    if "@type" in entry:
        return None
    if "recipeIngredient" in entry:
        return _mealie
    if isinstance(entry.get("steps"), list) and "name" in entry:
        return _tandoor
    if isinstance(entry.get("ingredients"), str) and "directions" in entry:
        return _paprika
    return None


def _mealie(entry: Json) -> OwnRecipe:
    steps = [
        clean_text(step["text"] if isinstance(step, dict) else step)
        for step in entry.get("recipeInstructions") or ()
    ]
    prep = _minutes(entry.get("prepTime"))
    cook = _minutes(entry.get("performTime") or entry.get("cookTime"))
    return OwnRecipe(
        name=clean_text(entry["name"]),
        lines=tuple(filter(None, map(_mealie_line, entry["recipeIngredient"]))),
        steps=tuple(filter(None, steps)),
        servings=servings_said(entry.get("recipeServings") or entry.get("recipeYield")),
        minutes=total_minutes(
            {
                "total": _minutes(entry.get("totalTime")),
                "prep": prep,
                "cook": cook,
            }
        ),
        active_minutes=prep,
        words=tuple(_names(entry.get("recipeCategory"), entry.get("tags"))),
        yields=clean_text(entry.get("recipeYield") or ""),
    )


def _mealie_line(line: Any) -> str:
    if isinstance(line, str):
        return clean_text(line)
    food = _name_of(line.get("food"))
    if not food:  # not taken apart: the whole line stands in one of these
        return clean_text(line.get("originalText") or line.get("display") or line.get("note") or "")
    amount = "" if line.get("disableAmount") else _amount(line.get("quantity"))
    return _line(amount, _name_of(line.get("unit")), food, line.get("note"))


def _tandoor(entry: Json) -> OwnRecipe:
    working, waiting = entry.get("working_time") or 0, entry.get("waiting_time") or 0
    lines = [
        line
        for step in entry["steps"]
        for line in map(_tandoor_line, step.get("ingredients") or ())
        if line
    ]
    texts = [
        clean_text(line)
        for step in entry["steps"]
        for line in (step.get("instruction") or "").splitlines()
    ]
    return OwnRecipe(
        name=clean_text(entry["name"]),
        lines=tuple(lines),
        steps=tuple(filter(None, texts)),
        servings=servings_said(entry.get("servings")),
        minutes=float(working + waiting) or None,
        active_minutes=float(working) or None,
        words=tuple(_names(entry.get("keywords"))),
    )


def _tandoor_line(line: Json) -> str:
    if line.get("is_header"):
        return ""
    amount = "" if line.get("no_amount") else _amount(line.get("amount"))
    return _line(amount, _name_of(line.get("unit")), _name_of(line.get("food")), line.get("note"))


def _paprika(entry: Json) -> OwnRecipe:
    prep, cook = spoken_minutes(entry.get("prep_time")), spoken_minutes(entry.get("cook_time"))
    return OwnRecipe(
        name=clean_text(entry["name"]),
        lines=_text_lines(entry["ingredients"]),
        steps=_text_lines(entry["directions"]),
        servings=servings_said(entry.get("servings")),
        minutes=total_minutes(
            {
                "total": spoken_minutes(entry.get("total_time")),
                "prep": prep,
                "cook": cook,
            }
        ),
        active_minutes=prep,
        words=tuple(_names(entry.get("categories"))),
        yields=clean_text(entry.get("servings") or ""),
    )


def _text_lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(clean_text, text.splitlines())))


def _minutes(text: object) -> float | None:
    return minutes_of(text) or spoken_minutes(text)


def _names(*values: Any) -> Iterator[str]:
    for value in values:
        for one in value or ():
            name = one if isinstance(one, str) else _name_of(one)
            if name:
                yield name


def _name_of(thing: Any) -> str:
    if isinstance(thing, dict):
        return clean_text(thing.get("name") or "")
    return clean_text(thing or "")


def _amount(value: Any) -> str:
    return f"{float(value):g}" if value else ""


def _line(amount: str, unit: str, food: str, note: Any) -> str:
    text = " ".join(filter(None, (amount, unit, food)))
    return f"{text}, {clean_text(note)}" if note and food else text
