"""By which names a thing of a plan is asked for: its own, its main food's, and its kind's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import Any

from foods.embedded import read_embedded_foods
from foods.line_mass import usual_id
from foods.table import FoodTable
from planner.candidates.dish import Dish, read_embedded_dishes
from planner.candidates.names import bare_words, find_meaning, has_words_of
from planner.errors import CandidatesError
from planner.safety.conditions import foreign_foods
from planner.settings import read_settings
from planner.shops import named


@cache
def asked_name(item_id: str, name: str) -> str:
    """Return the name by which a request means a dish or food, and no other one.

    That is its id where the name means others too, or a list of names, or is that of a dish with
    something in it exchanged.
    """
    own = {food.name for food in (*read_embedded_foods(), *read_embedded_dishes())}
    with suppress(CandidatesError):
        meant = find_meaning(name, read_embedded_foods(), read_embedded_dishes())
        if name in own and meant.food_ids | meant.dish_ids == {item_id}:
            return name
    return item_id


def is_called(words: str, name: str) -> bool:
    """Whether a name, in English or as it is printed, holds all of some words."""
    return has_words_of(words, name) or has_words_of(words, named(name))


@cache
def wider_names(item_id: str) -> tuple[str, ...]:
    """Return names that mean a shipped dish or food and others: of a baked salmon salmon, fish."""
    foods, dishes = read_embedded_foods(), {dish.dish_id: dish for dish in read_embedded_dishes()}
    if item_id in dishes:
        return tuple(dict.fromkeys(_of_dish(dishes[item_id], foods)))
    base = foods[item_id].base if item_id in foods else ""
    count = sum(food.base == base for food in foods)
    return (_in_words(base),) if count > 1 else ()


def _of_dish(dish: Dish, foods: FoodTable) -> Iterator[str]:
    """Yield the food of the main protein of which there is most, and everyday words for it."""
    words: Mapping[str, Mapping[str, list[str]]] = read_settings("diets/names.toml")["names"]
    kinds = [word for word, entry in words.items() if dish.protein in entry.get("proteins", ())]
    if not kinds:
        return
    kind = min(kinds, key=lambda one: len(words[one]["proteins"]))
    held = find_meaning(kind, foods, ()).food_ids
    mains = [ingredient for ingredient in dish.ingredients if ingredient.food_id in held]
    if mains:
        most = max(mains, key=lambda one: one.mass_g)
        yield _in_words(foods[most.food_id].base)
    yield kind


def _in_words(base: str) -> str:
    return base.replace("_", " ")


Tell = Callable[[str], object]
_WITHOUT = "without"


def english_name(name: str, tell: Tell) -> str:
    """Return the English words for a foreign name, and tell how it was read; else the name."""
    plain = bare_words(name.casefold(), "-")
    english = foreign_foods().get(plain)
    if english is None or english == plain or _is_english(name):
        return name
    tell(f"{name}: read as {english}")
    return english


def in_english(given: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """Return wishes, by their flags, with English names of all that is left out.

    That is what everybody, an eater or guests leave out. How each was read is told.
    """
    changed = dict(given)
    if _WITHOUT in given:
        changed[_WITHOUT] = tuple(english_name(name, tell) for name in given[_WITHOUT])
    if "guests" in given:
        changed["guests"] = tuple(_without_in(guests, tell) for guests in given["guests"])
    if "eater" in given:
        changed["eater"] = tuple(_eater(eater, tell) for eater in given["eater"])
    return changed


def _without_in(table: Any, tell: Tell) -> Any:
    if not isinstance(table, Mapping) or not table.get(_WITHOUT):
        return table
    return {**table, _WITHOUT: [english_name(name, tell) for name in table[_WITHOUT]]}


def _eater(eater: Any, tell: Tell) -> Any:
    if not isinstance(eater, Mapping) or "preferences" not in eater:
        return eater
    return {**eater, "preferences": _without_in(eater["preferences"], tell)}


def _is_english(name: str) -> bool:
    """Whether English has a name, for what is planned or what diaries know: frankfurter."""
    try:
        find_meaning(name, read_embedded_foods(), read_embedded_dishes())
    except CandidatesError:
        return bool(usual_id(name))
    return True
