"""Foods beside the catalogue in plans: one's own, looked-up ones that are put, meals eaten out.

What is put on a meal may be one of one's own, or one that is else only looked up.

Each meal that is eaten elsewhere is made of foods of the catalogue: of a meal of
``configs/meals/eaten_out.toml``, or of one serving of what is called so. What it brings is an
estimate, and nothing of it is bought or cooked.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.errors import FoodDataError
from foods.food import EATEN_OUT, Food, Measure, UsualServing
from foods.library.find import find_corrected, find_named
from foods.library.store import SERVING, KeptFood, is_called
from foods.line_mass import usual_id
from foods.nutrient import known_nutrients
from foods.own_csv import with_figures
from foods.own_dishes import LEAVE_OUT
from foods.own_file import read_own_text
from foods.table import FoodTable, plain_key
from planner.candidates.dish import Dish, read_embedded_dishes
from planner.candidates.put_names import BESIDE, find_served, names_dish, portion_of
from planner.candidates.servings import mass_per_food
from planner.errors import CandidatesError, ConfigError
from planner.request.put import (
    LEFT_UNKNOWN,
    Put,
    beside_said,
    cooked_name,
    looked_up,
    without_article,
)
from planner.request.request import PlanRequest
from planner.settings import read_settings

OUT, PLUS = " (eaten out; estimated)", " + "
"""Ends the name of a meal eaten elsewhere, and stands between its things."""
LEFT = " (left over; estimated)"
"""Ends the name of a meal of a dish of which portions are left."""
_FOOD = re.compile(r"""\bfood\s*=\s*(["'])(.*?)\1""")
_ELSE = "snacks_sweets"  # the aisle of what is of no group that shops have
_MADE = deque[tuple[FoodTable, tuple[Food, ...], FoodTable]](maxlen=8)  # a week is tuned again


def foods_at_hand(request: PlanRequest, table: FoodTable | None = None) -> FoodTable:
    """Return the foods of a plan; ours with a person's own figures, where there are some.

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
    ours = [with_own_figures(table[food.food_id], food) for food in own if food.food_id in table]
    if request.own_foods is None:
        kept = find_corrected(table).items()
        ours = [with_figures(table[food_id], food.figures) for food_id, food in kept]
    own = [food for food in own if food.food_id not in table]
    puts = request.week.put
    if request.own_foods is None and puts:
        own += _found((put.thing for put in puts), table, own, is_put=True)
    beside = (*_looked_up(puts, table, own), *eaten_out(puts))
    own = [_served(food, puts) for food in (*own, *beside)]
    return _beside(table, [*ours, *own, *_found(_words_in(request.dish_folders), table, own)])


def with_own_figures(food: Food, own: Food) -> Food:
    """Return a food of ours with the figures that a plan has of it."""
    figures = {key: own.per_100g.get(key) for key in food.per_100g}
    return replace(food, release=own.release, overlay={}, per_100g=figures)


def foods_of_dishes(folders: Iterable[Path | str] = (), text: str = "") -> FoodTable:
    """Return the shipped foods and those that own dishes name, in folders or in a text.

    Raises
    ------
    FoodDataError
        When the library is damaged.
    """
    table, words = read_embedded_foods(), [*_words_in(folders), *_words_of(text)]
    return _beside(table, _found(words, table, ()))


def _words_in(folders: Iterable[Path | str]) -> Iterator[str]:
    """Return what names foods in folders of dishes; who reads them tells what is wrong there."""
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
        if any(is_called(word, food) for food in known):
            continue

        one = find_named(word)
        if one is None or one.figures.food_id in table:
            continue
        if not is_put or (one.is_own and is_called(word, one.figures)):
            found[one.figures.food_id] = _planned(one, table)
    return list(found.values())


def _looked_up(puts: Iterable[Put], table: FoodTable, known: Sequence[Food]) -> Iterator[Food]:
    """Return the foods that people write down and no plan has, where one is put on a meal."""
    words = {put.thing for put in puts if not any(is_called(put.thing, one) for one in known)}
    for food in read_lookup_foods() if words else ():
        if food.food_id not in table and any(_is_meant(word, food) for word in words):
            yield food


def _is_meant(word: str, food: Food) -> bool:
    """Whether somebody who puts it on a meal means a food that is else only looked up.

    What stands in the name of a dish means the dish.
    """
    word = word.strip().casefold()
    is_called = food.food_id in (word, usual_id(word))
    is_alone = is_called and not names_dish(word, read_embedded_dishes())
    return is_alone or word == food.name.casefold()


def _planned(one: KeptFood, table: FoodTable) -> Food:
    group = one.figures.group
    return one.as_planned(next((food.aisle for food in table if food.group == group), _ELSE))


def _served(food: Food, puts: Iterable[Put]) -> Food:
    """Let a food be served where it is put, and nowhere else, if its serving is known."""
    slots = (put.slot for put in puts if is_called(put.thing, food) or _is_meant(put.thing, food))
    is_known = food.serving.measure in food.measures
    is_known = is_known and (not food.is_kept or food.serving.measure.name == SERVING)
    at = frozenset(slots if is_known else ())
    return replace(food, serving=replace(food.serving, slots=at, most_per_week=0))


def _beside(table: FoodTable, own: Iterable[Food]) -> FoodTable:
    foods = tuple({food.food_id: food for food in reversed([*own])}.values())
    if not foods:
        return table
    for known, beside, made in tuple(_MADE):
        if known is table and beside == foods:
            return made
    every = {food.food_id: food for food in (*table, *foods)}
    made = FoodTable.from_foods(every.values(), table.version, table.sha256)
    _MADE.append((table, foods, made))
    return made


_FILE, _WHERE, _WITHOUT = "meals/eaten_out.toml", "--eat-out", " without "
Parts = tuple[str, Mapping[str, float]]
"""Name of a thing of a meal, and food id → mass of it [g]."""


def eaten_out(puts: Iterable[Put]) -> Iterator[Food]:
    """Return what of ``puts`` is eaten elsewhere, each once, as a food that is put on its meals.

    Raises
    ------
    CandidatesError
        When nothing is called so.
    """
    for put in {asked_put.thing: asked_put for asked_put in puts if asked_put.is_out}.values():
        foods = read_lookup_foods()
        yield _food(put, _things(put, foods), foods)


def things_of(text: str) -> list[str]:
    """Split what somebody says of a meal into the things of it: ``"pizza and salad"``."""
    return [part for part in map(str.strip, _joins().split(text)) if part]


@cache
def _joins() -> re.Pattern[str]:
    words = read_settings(_FILE)["joins"]
    return re.compile("|".join(rf"\b{one}\b" if one.isalpha() else re.escape(one) for one in words))


def _things(put: Put, foods: FoodTable) -> list[Parts]:
    """Return what a meal is made of: as it is said whole, or each of several things."""
    dish = (cooked_name(put.dish) or put.dish).partition(_WITHOUT)[0]
    try:
        return [_thing(dish, put.slot, foods, is_left=dish != put.dish)]
    except CandidatesError as error:
        each = things_of(dish)
        if len(each) == 1 and dish != put.dish:
            told = LEFT_UNKNOWN.format(told=str(error), meal=f"{put.day}:{put.slot}")
            raise CandidatesError(told) from None
        if len(each) == 1:
            raise
        return [_thing(word, put.slot, foods) for word in each]


def meal_called(word: str) -> Mapping[str, Any] | None:
    """Return the meal of ``configs/meals/eaten_out.toml`` that a word means."""
    meals: Sequence[Mapping[str, Any]] = read_settings(_FILE)["meal"]
    key = plain_key(word)
    return next((one for one in meals if key in map(plain_key, (one["name"], *one["words"]))), None)


def _thing(word: str, slot: str, foods: FoodTable, *, is_left: bool = False) -> Parts:
    dishes = {dish.dish_id: dish for dish in read_embedded_dishes()}
    if meal := meal_called(word):
        return meal["name"], _grams(meal, dishes)
    so_much = Put(0, slot, without_article(word))
    if (found := portion_of(so_much, foods, [*dishes.values()])) is not None:
        own_id, portion = found  # 2 slices of pizza
        name = dishes[own_id].name if own_id in dishes else foods[own_id].name
        return name, dict(portion.ingredients)
    ids = find_served(so_much.dish, slot, foods, [*dishes.values()], _WHERE)
    own = min((dishes[dish_id] for dish_id in ids if dish_id in dishes), key=_first, default=None)
    if own is not None and is_left and own.kind in BESIDE and looked_up(word) is None:
        raise ConfigError(beside_said(word))
    if own is not None:
        return own.name, _grams({"dishes": {own.dish_id: 1.0}}, dishes)
    food = foods[ids[0]]
    return food.name, {food.food_id: food.serving.least * food.serving.measure.mass_g}


def usually_held(text: str, foods: FoodTable) -> list[Food]:
    """Return what kitchens elsewhere usually put into a dish, less what was asked for without."""
    return [one for one in _usual(text, foods) if gone_from(text).isdisjoint(_words_of_food(one))]


def gone_from(text: str) -> frozenset[str]:
    """Return the allergens, bases and dangers that a dish was asked for without."""
    said = things_of(text.partition(_WITHOUT)[2])
    known = read_settings(_FILE)["without"]
    return frozenset(name for word in said for name in known.get(word, [word, usual_id(word)]))


def _usual(text: str, foods: FoodTable) -> list[Food]:
    said = f" {plain_key(text.partition(_WITHOUT)[0]).replace('_', ' ')} "
    rows = read_settings(_FILE)["usually"]
    held = (row["foods"] for row in rows if any(f" {word} " in said for word in row["words"]))
    return [foods[food_id] for food_ids in held for food_id in food_ids]


def _words_of_food(food: Food) -> frozenset[str]:
    return food.allergens | food.flags | food.contains | {food.base}


def _first(dish: Dish) -> tuple[bool, float]:
    return dish.kind in BESIDE, dish.taste


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
    usual, unsafe = _usual(put.dish, foods), frozenset(read_settings(_FILE)["unsafe"])
    gone, ours = gone_from(put.dish), [food for food, _ in held]

    def every(words: Callable[[Food], frozenset[str]], held: Iterable[Food]) -> frozenset[str]:
        return frozenset[str]().union(*map(words, held)) - gone

    def kept(foods: Iterable[Food]) -> list[Food]:
        return [food for food in foods if gone.isdisjoint(_words_of_food(food))]

    serving = Measure(SERVING, float(round(total_g)))
    return Food(
        food_id=put.thing,
        name=f"{PLUS.join(name for name, _ in things)}{LEFT if cooked_name(put.dish) else OUT}",
        base=put.thing,
        group=EATEN_OUT,
        aisle=_ELSE,  # nobody goes there for it
        roles=frozenset(),
        state="eaten",
        bought_as=None,
        bought_g_per_100g=100.0,
        measures=(serving,),
        serving=UsualServing(serving, 1.0, 1.0, 1.0, 0, frozenset()),
        price_usd_per_100g=0.0,
        allergens=every(lambda one: one.allergens, [*ours, *usual]),
        origin=every(lambda one: one.origin, ours),
        flags=every(lambda one: one.flags, kept(ours))
        | every(lambda one: one.flags & unsafe, kept(usual)),
        popularity=1,
        release="",
        source_id="",
        fdc_id="",
        ndb_no="",
        overlay={},
        per_100g={key: _content(held, key) for key in known_nutrients()},
        contains=every(lambda one: one.contains | {one.base}, kept([*ours, *usual])),
    )


def _content(held: Sequence[tuple[Food, float]], key: str) -> float | None:
    """Return the content [the key's unit per 100 g]; ``None`` where too much of it is unknown."""
    most = read_settings("check.toml")["coverage"]["most_unknown_in_dish"]
    total_g = sum(mass_g for _, mass_g in held)
    known = [(food.per_100g[key], mass_g) for food, mass_g in held]
    unknown_g = sum(mass_g for amount, mass_g in known if amount is None)
    if unknown_g > most * total_g:
        return None
    return sum((amount or 0.0) * mass_g for amount, mass_g in known) / total_g
