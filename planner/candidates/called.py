"""By which names a thing of a plan is asked for: its own, its main food's, and its kind's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache

from foods.embedded import read_embedded_foods
from foods.table import FoodTable
from planner.candidates.dish import Dish, read_embedded_dishes
from planner.candidates.names import find_meaning, has_words_of
from planner.errors import CandidatesError
from planner.settings import read_settings
from planner.shops import named


@cache
def asked_name(item_id: str, name: str) -> str:
    """Give the name by which a request means a dish or food, and no other one.

    That is its id where the name means others too, or a list of names, or is that of a dish with
    something in it exchanged.
    """
    own = {one.name for one in (*read_embedded_foods(), *read_embedded_dishes())}
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
    """Give names that mean a shipped dish or food among others: of a baked salmon salmon, fish."""
    foods, dishes = read_embedded_foods(), {one.dish_id: one for one in read_embedded_dishes()}
    if item_id in dishes:
        return tuple(dict.fromkeys(_of_dish(dishes[item_id], foods)))
    base = foods[item_id].base if item_id in foods else ""
    count = sum(one.base == base for one in foods)
    return (_in_words(base),) if count > 1 else ()


def _of_dish(dish: Dish, foods: FoodTable) -> Iterator[str]:
    """Yield the food of the main protein of which there is most, and everyday words for it."""
    words: Mapping[str, Mapping[str, list[str]]] = read_settings("diets/names.toml")["names"]
    kinds = [one for one, entry in words.items() if dish.protein in entry.get("proteins", ())]
    if not kinds:
        return
    kind = min(kinds, key=lambda one: len(words[one]["proteins"]))
    held = find_meaning(kind, foods, ()).food_ids
    mains = [one for one in dish.ingredients if one.food_id in held]
    if mains:
        most = max(mains, key=lambda one: one.mass_g)
        yield _in_words(foods[most.food_id].base)
    yield kind


def _in_words(base: str) -> str:
    return base.replace("_", " ")
