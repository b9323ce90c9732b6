"""The foods of a plan: the shipped table, and those that its dishes or puts name beside it.

What is put on a meal may be one of one's own, or one that is else only looked up.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.errors import FoodDataError
from foods.food import Food
from foods.library.find import find_corrected, find_named
from foods.library.kept import SERVING, KeptFood, is_called
from foods.own_answers import LEAVE_OUT
from foods.own_csv import with_figures
from foods.own_file import read_own_text
from foods.table import FoodTable
from foods.usual import usual_id
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.eaten_out import eaten_out
from planner.candidates.put_names import names_dish
from planner.request.put import Put
from planner.request.request import PlanRequest

_FOOD = re.compile(r"""\bfood\s*=\s*(["'])(.*?)\1""")
_ELSE = "snacks_sweets"  # the aisle of what is of no group that shops have
_MADE = deque[tuple[FoodTable, tuple[Food, ...], FoodTable]](maxlen=8)  # a week is tuned again


def foods_at_hand(request: PlanRequest, table: FoodTable | None = None) -> FoodTable:
    """Give the foods of a plan; ours with a person's own figures, where there are some.

    Foods that came with a plan file are as they stand there.

    Parameters
    ----------
    request
        What is asked for.
    table
        The other foods; the shipped ones where it is left out.

    Raises
    ------
    FoodDataError
        When the library is damaged.
    """
    table, own = table or read_embedded_foods(), list(request.own_foods or ())
    ours = [with_own_figures(table[one.food_id], one) for one in own if one.food_id in table]
    if request.own_foods is None:
        kept = find_corrected(table).items()
        ours = [with_figures(table[food_id], one.figures) for food_id, one in kept]
    own = [one for one in own if one.food_id not in table]
    puts = request.week.put
    if request.own_foods is None and puts:
        own += _found((one.thing for one in puts), table, own, is_put=True)
    beside = (*_looked_up(puts, table, own), *eaten_out(puts))
    own = [_served(one, puts) for one in (*own, *beside)]
    return _beside(table, [*ours, *own, *_found(_words_in(request.dish_folders), table, own)])


def with_own_figures(food: Food, own: Food) -> Food:
    """Give a food of ours with the figures that a plan has of it."""
    figures = {key: own.per_100g.get(key) for key in food.per_100g}
    return replace(food, release=own.release, overlay={}, per_100g=figures)


def foods_of_dishes(folders: Iterable[Path | str] = (), text: str = "") -> FoodTable:
    """Give the shipped foods and those that own dishes name, in folders or in a text.

    Raises
    ------
    FoodDataError
        When the library is damaged.
    """
    table, words = read_embedded_foods(), [*_words_in(folders), *_words_of(text)]
    return _beside(table, _found(words, table, ()))


def _words_in(folders: Iterable[Path | str]) -> Iterator[str]:
    """Give what names foods in folders of dishes; who reads them tells what is wrong there."""
    for path in (path for folder in folders for path in sorted(Path(folder).glob("*.toml"))):
        with suppress(FoodDataError):
            yield from _words_of(read_own_text(path, "dishes"))


def _words_of(text: str) -> list[str]:
    return [word for _quote, word in _FOOD.findall(text)]


def _found(
    words: Iterable[str], table: FoodTable, known: Sequence[Food], *, is_put: bool = False
) -> list[Food]:
    """Find foods that a person keeps; what is put on a meal is one of one's own, by its name."""
    strange = dict.fromkeys(word for word in words if is_put or word not in table)
    found: dict[str, Food] = {}
    for word in strange.keys() - {"", LEAVE_OUT}:
        if any(is_called(word, one) for one in known):
            continue

        one = find_named(word)
        if one is None or one.figures.food_id in table:
            continue
        if not is_put or (one.is_own and is_called(word, one.figures)):
            found[one.figures.food_id] = _planned(one, table)
    return list(found.values())


def _looked_up(puts: Iterable[Put], table: FoodTable, known: Sequence[Food]) -> Iterator[Food]:
    """Give the foods that people write down and no plan has, where one is put on a meal."""
    words = {put.thing for put in puts if not any(is_called(put.thing, one) for one in known)}
    for food in read_lookup_foods() if words else ():
        if food.food_id not in table and any(_is_meant(word, food) for word in words):
            yield food


def _is_meant(word: str, food: Food) -> bool:
    """Whether somebody who puts it on a meal means a food that is else only looked up.

    What stands in the name of a dish means the dish.
    """
    word = word.strip().casefold()
    is_usual = usual_id(word) == food.food_id and not names_dish(word, read_embedded_dishes())
    return is_usual or word in (food.food_id, food.name.casefold())


def _planned(one: KeptFood, table: FoodTable) -> Food:
    group = one.figures.group
    return one.as_planned(next((food.aisle for food in table if food.group == group), _ELSE))


def _served(food: Food, puts: Iterable[Put]) -> Food:
    """Let a food be served where it is put, and nowhere else, if its serving is known."""
    slots = (one.slot for one in puts if is_called(one.thing, food) or _is_meant(one.thing, food))
    is_known = food.serving.measure in food.measures
    is_known = is_known and (not food.is_kept or food.serving.measure.name == SERVING)
    at = frozenset(slots if is_known else ())
    return replace(food, serving=replace(food.serving, slots=at, most_per_week=0))


def _beside(table: FoodTable, own: Iterable[Food]) -> FoodTable:
    foods = tuple({one.food_id: one for one in reversed([*own])}.values())
    if not foods:
        return table
    for known, beside, made in tuple(_MADE):
        if known is table and beside == foods:
            return made
    every = {one.food_id: one for one in (*table, *foods)}
    made = FoodTable.from_foods(every.values(), table.version, table.sha256)
    _MADE.append((table, foods, made))
    return made
