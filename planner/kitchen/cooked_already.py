"""What is cooked already, or named to be used up: which foods it means, and what else is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from foods.embedded import read_lookup_foods
from foods.find import EAT, LOOKED_UP, looked_up_alone
from foods.food import Food
from foods.recipe_match import surely_meant
from foods.table import FoodTable
from foods.usual import usual_id
from planner.candidates.dish import Dish, read_embedded_dishes
from planner.candidates.exchanges import hot_foods
from planner.candidates.names import find_meaning, is_known
from planner.candidates.put_names import find_served
from planner.errors import CandidatesError, ConfigError
from planner.kitchen.measures import MEAT
from planner.kitchen.sold import SETTINGS
from planner.request.days import meal_planned
from planner.request.leftover_dish import (
    LEFT_UNKNOWN,
    beside_said,
    cooked_name,
    is_beside,
    is_left_over,
    leftover_grams,
    made_from,
    said_as_left,
)
from planner.request.measures import read_mass_g
from planner.request.request import WeekOptions
from planner.request.use_phrases import frozen_name
from planner.settings import read_settings

_DISH = "{name!r} is a dish — name a food; a dish goes onto a day with --put"
_COOKED_EGGS = (
    "{name!r} is cooked already, and recipes begin with raw eggs — have it at a meal, as it is: "
    "--eat-out '{meal}={food}'"
)
_EGGS_LEFT = (
    "{name!r}: are they raw or boiled? Raw ones: --use '{bare}:{mass_g:.0f}g'; boiled ones are had "
    "at a meal, as they are: --eat-out '{meal}={food}'"
)
_COOKED_MEAT = (
    "{name!r} is cooked already, and recipes begin with raw meat or fish — eat it at a meal that "
    "is not planned: --eat-out {meal}"
)


def foods_to_use(
    name: str,
    mass_g: float,
    foods: FoodTable,
    dishes: Sequence[Dish],
    week: WeekOptions | None = None,
    eaters: int = 1,
) -> tuple[frozenset[str], str]:
    """Give the foods that are used up by a name, or why none is, and what is done with it.

    Parameters
    ----------
    name, mass_g
        As a person wrote it, such as ``"leftover rice"``, and how much there is of it [g].
    foods, dishes
        Where to look.
    week
        Whose meals are named in what is said; the usual one where it is left out.
    eaters
        How many eat a meal that is the whole table's.
    """
    week = week or WeekOptions()
    noon = meal_planned(week, "lunch")
    frozen, bare = frozen_name(name), made_from(name, foods)
    is_dish = name.casefold() in read_settings(SETTINGS)["leftovers"]["dish_words"]
    bare = name if bare and is_dish else bare
    try:
        food_ids = _meant(bare or name, frozen, foods, dishes)
    except CandidatesError as error:
        if bare and (is_beside(bare) or error.remedy.startswith(EAT.partition("{")[0])):
            return frozenset(), _eaten_left(bare, mass_g, dishes, week, eaters)
        unknown = str(error)
        left = LEFT_UNKNOWN.format(told=unknown, meal=noon)
        return frozenset(), left if cooked_name(name) else unknown
    if bare and any(map(_is_cooked_from_raw, map(foods.__getitem__, food_ids))):
        return frozenset(), _COOKED_MEAT.format(name=name, meal=noon)
    if bare and (whole := _eaten_whole(name, food_ids, foods)) is not None:
        pattern = _EGGS_LEFT if is_left_over(name) else _COOKED_EGGS
        told = {"name": name, "bare": bare, "mass_g": mass_g, "food": whole.name.lower()}
        meal = meal_planned(week, "breakfast")
        return frozenset(), pattern.format(**told, meal=meal)
    if not food_ids or (bare and food_ids <= hot_foods()):  # leftover chili is no pepper
        left = _eaten_left(bare, mass_g, dishes, week, eaters) if bare else _DISH.format(name=name)
        return frozenset(), left
    return food_ids, ""


def _meant(name: str, frozen: str, foods: FoodTable, dishes: Sequence[Dish]) -> frozenset[str]:
    """Give the foods that a name means; of what is not sold frozen the same without that word."""
    try:
        return foods_meant(name, foods, dishes)
    except CandidatesError:
        if not frozen:
            raise
    return foods_meant(frozen, foods, dishes)


def foods_meant(name: str, foods: FoodTable, dishes: Sequence[Dish]) -> frozenset[str]:
    """Give the foods that a name means, or else those that a recipe would mean by it.

    Raises
    ------
    CandidatesError
        When nothing is called so; without foods it is a dish.
    """
    name = name if is_known(name, foods) else name.replace(",", " ")
    try:
        found = find_meaning(name, foods, dishes).food_ids
    except CandidatesError:
        meant = surely_meant(name, foods)
        if meant is None and (known := looked_up_alone(name, foods)) is not None:
            told = LOOKED_UP.format(name=name, food=known.name)
            raise CandidatesError(told, "", EAT.format(name=name)) from None
        if meant is None:
            raise
    else:
        found = _of_one_sort(name, found, foods)
        meant = None if found else surely_meant(name, foods)
    return found if meant is None else frozenset({meant.food_id})


def _of_one_sort(name: str, found: frozenset[str], foods: FoodTable) -> frozenset[str]:
    """Leave out what is made of a food, as almond butter of almonds: what is of another group."""
    if len({foods[one].base for one in found}) != 1:
        return found
    meant = surely_meant(name, foods)
    groups = Counter(foods[one].group for one in found)
    group = meant.group if meant and meant.food_id in found else groups.most_common(1)[0][0]
    return frozenset(one for one in found if foods[one].group == group)


def _is_cooked_from_raw(food: Food) -> bool:
    return food.aisle == MEAT and food.bought_as is not None


def _eaten_left(
    bare: str, mass_g: float, dishes: Sequence[Dish], week: WeekOptions, eaters: int
) -> str:
    """Say how what is left of a dish is eaten: on meals that are read, or on one that is free."""
    if is_beside(bare):
        return beside_said(bare)
    try:
        find_served(bare, "lunch", read_lookup_foods(), dishes)
    except CandidatesError as error:
        noon = meal_planned(week, "lunch")
        return LEFT_UNKNOWN.format(told=str(error), meal=noon)
    return leftover_grams(bare, mass_g, eaters, week.days)


def _eaten_whole(name: str, food_ids: Iterable[str], foods: FoodTable) -> Food | None:
    """Give what is eaten as it is, of what no recipe takes that is cooked already: a boiled egg."""
    whole: Mapping[str, str] = read_settings(SETTINGS)["leftovers"]["eaten_whole"]
    found = [whole[foods[one].group] for one in food_ids if foods[one].group in whole]
    meant = surely_meant(name, foods)
    is_it = meant is not None and meant.group in whole and bool(meant.serving.slots)
    return meant if found and is_it else foods.foods.get(found[0]) if found else None


def check_left(name: str, left: str, amount: str, foods: FoodTable) -> None:
    """Refuse for a pantry what is left over of a dish or of meat; say what is done with it instead.

    Parameters
    ----------
    name, left
        As a person wrote it, and without the word that says that it is left over.
    amount
        How much there is; what is no mass counts as a portion.
    foods
        Where to look.

    Raises
    ------
    ConfigError
        With what is to be written in its place.
    """
    bought = foods.foods.get(usual_id(name))
    if bought and bought.bought_as is None:  # cooked ham is bought so
        return
    mass_g: float = read_settings(SETTINGS)["leftovers"]["portion_g"]
    with suppress(ConfigError):
        mass_g = read_mass_g(amount)
    _, told = foods_to_use(said_as_left(name, left), mass_g, foods, read_embedded_dishes())
    if told:
        raise ConfigError(told, "pantry")
