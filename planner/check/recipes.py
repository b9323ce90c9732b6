"""What the judge says about dishes: each has its own name, and holds what its recipe holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from foods.embedded import read_embedded_foods
from foods.food import Food
from foods.library.store import id_called
from planner.check.dish_notes import DishNote
from planner.check.lines import ServedItem
from planner.settings import read_settings

_Row = Mapping[str, Any]


def recipe_faults(
    place: ServedItem,
    note: DishNote,
    own: Sequence[Food] = (),
    amounts: Mapping[str, float] = MappingProxyType({}),
) -> Iterator[str]:
    """Describe where a dish is called otherwise, or holds something else than its recipe.

    One food may stand for another of its recipe, with another mass, or what is hot is left out, and
    its name says so as ``configs/exchanges.toml`` tells; some are cooked for with less salt
    (``configs/dishes.toml``).

    Parameters
    ----------
    place
        A dish on the table, for everybody who has it.
    note
        What the catalogue says of it.
    own
        Foods of a person's own, which a recipe may call by their names.
    amounts
        Food id → the share of what the recipe takes that the plan says it cooks.
    """
    less = read_settings("dishes.toml")["salt"]["less"]
    kitchen = read_settings("check.toml")["kitchen"]
    slack_g = (kitchen["whole_g"] + kitchen["fine_g"]) * max(1, len(place.item.shares))
    slack_g /= min([1.0, *amounts.values()])  # of what is printed, told as what the recipe takes
    servings, printed = place.item.servings, place.item.ingredients
    held = {food_id: mass_g / amounts.get(food_id, 1.0) for food_id, mass_g in printed}
    recipe = {
        food_id if food_id in held else id_called(food_id, own): servings * mass_g
        for food_id, mass_g in note.per_serving_g.items()
    }
    rows = _exchanged(recipe, held, slack_g)
    name = _name_with(note.name, list(rows.values())) + _mild_ending(rows, held)
    if place.item.name != name:
        told = "{place}: the dish {dish_id} is called {name!r}."
        yield told.format(place=place, dish_id=note.dish_id, name=name)
    if not recipe:
        return
    wanted = _wanted(recipe, rows, held)
    wrong = []
    for food_id in {**wanted, **held}:
        most_g = wanted.get(food_id, 0.0)
        least_g = most_g * (less["share"] if food_id in less["foods"] else 1.0)
        if not least_g - slack_g <= held.get(food_id, 0.0) <= most_g + slack_g:
            wrong.append(food_id)
    if wrong:
        told = "{place}: holds other amounts of {foods} than the recipe."
        yield told.format(place=place, foods=", ".join(sorted(wrong)))


def _mild_ending(rows: Mapping[str, _Row], held: Mapping[str, float]) -> str:
    """Return what the name of a dish ends in where something hot went and nothing hot is left."""
    table = read_settings("exchanges.toml")
    hot = {food_id for row in table["exchange"] if row.get("is_mild") for food_id in row["foods"]}
    went = any(row.get("is_mild") for row in rows.values())
    return f", {table['mild']['called']}" if went and hot.isdisjoint(held) else ""


def _exchanged(
    recipe: Mapping[str, float], held: Mapping[str, float], slack_g: float
) -> dict[str, _Row]:
    """Return each food of a recipe that is not there, with the row by which another one is."""
    found: dict[str, _Row] = {}
    rows = read_settings("exchanges.toml")["exchange"]
    ordered = sorted(rows, key=lambda row: not row["instead"])  # what is left out comes last
    for food_id in recipe:
        if food_id in held:
            continue
        for row in ordered:
            if food_id in row["foods"] and not row["instead"]:
                found[food_id] = row
                break
            if food_id in row["foods"] and row["instead"] in held:
                wanted = _wanted(recipe, {**found, food_id: row}, held)
                if wanted[row["instead"]] <= held[row["instead"]] + slack_g:
                    found[food_id] = row
                    break
    return found


def _wanted(
    recipe: Mapping[str, float], rows: Mapping[str, _Row], held: Mapping[str, float]
) -> dict[str, float]:
    """Return what a recipe holds [g] with what stands for some of its foods."""
    wanted = {food_id: mass_g for food_id, mass_g in recipe.items() if food_id not in rows}
    for food_id, row in rows.items():
        if name := row["instead"]:
            before_g, mass_g = wanted.get(name, 0.0), recipe[food_id]
            room_g = held.get(name, 0.0) - before_g
            each_g = [share * mass_g for share in _shares(row, food_id)]
            wanted[name] = before_g + min(each_g, key=lambda one_g: abs(one_g - room_g))
    return wanted


def _shares(row: _Row, food_id: str) -> list[float]:
    """Return how many grams may stand for a gram: as the row says, or a piece for a piece."""
    table, by_row = read_embedded_foods(), float(row["foods"][food_id])
    names = read_settings("meals/portions.toml")["count"]["measures"]
    most = read_settings("check.toml")["kitchen"]["other_piece"]
    own, new = (
        [one.mass_g for one in table[each].measures if one.name in names] if each in table else []
        for each in (food_id, row["instead"])
    )
    pieces = [piece_g / own_g for piece_g in new for own_g in own]
    return [by_row, *(piece for piece in pieces if 1 / most <= piece / by_row <= most)]


def _name_with(name: str, rows: Sequence[_Row]) -> str:
    """Return the name of a dish that some foods stand in for others in."""
    words: dict[str, str] = {}
    for row in rows:
        words |= {word: own for word, own in row["words"].items() if word != own}
        words = {word: word for word in row["words"]} | words
    parts = [
        row["called"] for row in rows if "called" in row and _with_words(name, row["words"]) == name
    ]
    parts = list(dict.fromkeys(parts))
    before = f"{', '.join(parts[:-1])} and " if len(parts) > 1 else ""
    ending = f", with {before}{parts[-1]}" if parts else ""
    made = _with_words(name, words)
    return (name if made == name else made[:1].upper() + made[1:]) + ending


def _with_words(name: str, words: Mapping[str, str]) -> str:
    """Write a name with other words, the longest of those that begin at a place."""
    small = name.lower()
    words = {word: own for word, own in words.items() if word.lower() in small}
    made, at = ("", 0) if words else (name, len(name))
    while at < len(name):
        fitting = (word for word in words if re.match(rf"{re.escape(word)}\b", name[at:], re.I))
        word = max(fitting, key=len, default="")
        if not word or (at and name[at - 1].isalnum()):
            made, at = made + name[at], at + 1
            continue
        is_large = name[at].isupper() and word[0].islower()
        made += words[word][0].upper() + words[word][1:] if is_large else words[word]
        at += len(word)
    return made
