"""Meals eaten elsewhere, as foods that are put on a meal: what they bring is an estimate.

Each is made of foods of the catalogue: of a meal of ``configs/meals/eaten_out.toml``, or of one
serving of what is called so. Nothing of it is bought or cooked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from foods.embedded import read_lookup_foods
from foods.food import EATEN_OUT, Food, Measure, UsualServing
from foods.library.kept import SERVING
from foods.nutrient import known_nutrients
from foods.table import FoodTable, plain_key
from planner.candidates.dish import Dish, read_embedded_dishes
from planner.candidates.put_names import find_served
from planner.candidates.servings import mass_per_food
from planner.errors import CandidatesError
from planner.language.names import OUT, PLUS
from planner.request.put import Put
from planner.settings import read_settings

_FILE, _WHERE = "meals/eaten_out.toml", "--eat-out"
_AISLE = "snacks_sweets"  # nobody goes there for it
Parts = tuple[str, Mapping[str, float]]
"""Name of a thing of a meal, and food id → mass of it [g]."""


def eaten_out(puts: Iterable[Put]) -> Iterator[Food]:
    """Give what of ``puts`` is eaten elsewhere, each once, as a food that is put on its meals.

    Raises
    ------
    CandidatesError
        When nothing is called so.
    """
    for put in {one.thing: one for one in puts if one.is_out}.values():
        foods = read_lookup_foods()
        yield _food(put, _things(put, foods), foods)


def things_of(text: str) -> list[str]:
    """Split what somebody says of a meal into the things of it: ``"pizza and salad"``."""
    return [one for one in map(str.strip, _joins().split(text)) if one]


@cache
def _joins() -> re.Pattern[str]:
    words = read_settings(_FILE)["joins"]
    return re.compile("|".join(rf"\b{one}\b" if one.isalpha() else re.escape(one) for one in words))


def _things(put: Put, foods: FoodTable) -> list[Parts]:
    """Give what a meal is made of: as it is said whole, or each of several things."""
    try:
        return [_thing(put.dish, put.slot, foods)]
    except CandidatesError:
        each = things_of(put.dish)
        if len(each) == 1:
            raise
        return [_thing(one, put.slot, foods) for one in each]


def meal_called(word: str) -> Mapping[str, Any] | None:
    """Give the meal of ``configs/meals/eaten_out.toml`` that a word means."""
    meals: Sequence[Mapping[str, Any]] = read_settings(_FILE)["meal"]
    key = plain_key(word)
    return next((one for one in meals if key in map(plain_key, (one["name"], *one["words"]))), None)


def _thing(word: str, slot: str, foods: FoodTable) -> Parts:
    dishes = {one.dish_id: one for one in read_embedded_dishes()}
    if meal := meal_called(word):
        return meal["name"], _grams(meal, dishes)
    ids = find_served(word, slot, foods, [*dishes.values()], _WHERE)
    own = min((dishes[one] for one in ids if one in dishes), key=_taste, default=None)
    if own is not None:
        return own.name, _grams({"dishes": {own.dish_id: 1.0}}, dishes)
    food = foods[ids[0]]
    return food.name, {food.food_id: food.serving.least * food.serving.measure.mass_g}


def _taste(dish: Dish) -> float:
    return dish.taste


def _grams(meal: Mapping[str, Any], dishes: Mapping[str, Dish]) -> Mapping[str, float]:
    """Add up the foods of a meal, those of its dishes among them [g]."""
    found = Counter[str](meal.get("foods", {}))
    for dish_id, servings in meal.get("dishes", {}).items():
        dish = dishes[dish_id]
        own = mass_per_food(dish).items()
        found.update({food_id: mass * servings / dish.servings for food_id, mass in own})
    return found


def _food(put: Put, things: Sequence[Parts], foods: FoodTable) -> Food:
    parts = Counter[str]()
    for _, grams in things:
        parts.update(grams)
    total_g = sum(parts.values())
    held = [(foods[food_id], mass_g) for food_id, mass_g in parts.items()]

    def every(words: Callable[[Food], frozenset[str]]) -> frozenset[str]:
        return frozenset[str]().union(*(words(one) for one, _ in held))

    serving = Measure(SERVING, float(round(total_g)))
    return Food(
        food_id=put.thing,
        name=f"{PLUS.join(name for name, _ in things)}{OUT}",
        base=put.thing,
        group=EATEN_OUT,
        aisle=_AISLE,
        roles=frozenset(),
        state="eaten",
        bought_as=None,
        bought_g_per_100g=100.0,
        measures=(serving,),
        serving=UsualServing(serving, 1.0, 1.0, 1.0, 0, frozenset()),
        price_usd_per_100g=0.0,
        allergens=every(lambda one: one.allergens),
        origin=every(lambda one: one.origin),
        flags=every(lambda one: one.flags),
        popularity=1,
        release="",
        source_id="",
        fdc_id="",
        ndb_no="",
        overlay={},
        per_100g={key: _content(held, key) for key in known_nutrients()},
        contains=every(lambda one: one.contains | {one.base}),
    )


def _content(held: Sequence[tuple[Food, float]], key: str) -> float | None:
    """Give the content [the key's unit per 100 g]; ``None`` where too much of it is unknown."""
    most = read_settings("check.toml")["coverage"]["most_unknown_in_dish"]
    total_g = sum(mass_g for _, mass_g in held)
    known = [(one.per_100g[key], mass_g) for one, mass_g in held]
    unknown_g = sum(mass_g for amount, mass_g in known if amount is None)
    if unknown_g > most * total_g:
        return None
    return sum((amount or 0.0) * mass_g for amount, mass_g in known) / total_g
