"""What is bought and taken from the shelf, and what stays of it, in words.

A dish counts its food as it is eaten. A cook takes it as the shop sells it: for ``potato_boiled``
raw potatoes, for ``brown_rice_cooked`` dry rice, each with the yield of the catalogue
(``bought_g_per_100g``), as the shopping list does. Beans that a recipe takes from a can, and what
it buys cooked, stay as they are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from types import MappingProxyType

from foods.food import Food
from foods.packages import bought
from foods.table import FoodTable
from foods.water import TAP_WATER
from planner.candidates.dish import Dish, Ingredient, states_water
from planner.candidates.servings import in_words, kitchen_mass, number_in_words
from planner.kitchen.measures import (
    ABOUT,
    COOKING,
    G_PER_OZ,
    LB,
    MEASURES,
    MEAT,
    OZ,
    OZ_PER_LB,
    SPOONED,
    in_units,
    is_so_much,
    kitchen_amount,
    metric_text,
)
from planner.kitchen.sold import (
    CUPBOARD,
    EACH,
    FREEZER,
    FRIDGE,
    SETTINGS,
    WEIGHT,
    Bought,
    OpenedKept,
    Package,
    how_eaten_up,
    is_brewed,
    keeping_of,
)
from planner.settings import read_settings

SMALL_G, FINE_G, FINE_BELOW_G, COARSE_G = 10.0, 5, 100, 10
_SLACK = 0.01
_USUAL = OpenedKept()
NOT_EATEN = "not eaten"
WORTH_TELLING = 0.2  # of a package: less is a spoonful or two
MOST_OF = "most of a {package}"
_MOST_OF, _WHOLE = 0.85, 0.995  # of an open one: it is nearly whole, but no whole one
_PARTS = (0.0, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 1.0)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of what was bought.

    Parameters
    ----------
    mass_g
        How much, as it was bought [g].
    where
        ``"cupboard"``, ``"fridge"`` or ``"freezer"``.
    until_day
        Last day of the plan, or after it, on which it is good; ``None``: long.
    how
        What people do with it: how it is frozen (``"in spoonfuls"``) where it goes into the
        freezer from a package that was open, else how it is eaten up: ``"salad"``, ``"cooked"`` or
        ``"snack"``; ``"not eaten"`` where what is eaten beside the plan could hurt.
    words
        How much of its package, or how many pieces: ``"1/3 box"``, ``"10"``; empty of what is
        weighed.
    """

    mass_g: float
    where: str
    until_day: int | None
    how: str = ""
    words: str = ""


def amount_in_words(package: Package, count: int, units: str) -> str:
    """Describe what to take off the shelf: ``"2 cans of 15 oz"``, ``"3"``, ``"1 lb 4 oz"``."""
    mass_g = count * package.size_g
    if package.pack == WEIGHT:
        return _pounds(mass_g) if units == "us" else grams(mass_g)
    if package.pack == EACH:
        return f"{count} ({grams(mass_g)})"
    label = package.label.removeprefix("of ") or f"{grams(package.size_g)}"
    return f"{in_words(count, package.pack)} of {label}"


def weighed_in_words(food: Food, mass_g: float) -> str:
    """Describe how much to buy of what has no package: ``"2 servings, 110 g"``, ``"110 g"``."""
    serving = food.serving.measure
    count = mass_g / serving.mass_g
    if food.is_kept and serving in food.measures and count == round(count):
        return f"{in_words(count, serving.name)}, {grams(mass_g)}"
    return grams(mass_g)


def need_in_words(food: Food, need_g: float, units: str) -> str:
    """Describe how much of a food is used, with what is peeled off; weights are as it is sold."""
    eaten_g = need_g / food.sold_g_per_100g * 100
    words = "" if is_brewed(food) else kitchen_amount(food, eaten_g, units)
    if words.endswith((OZ, LB)):
        words = kitchen_amount(food, need_g, units)
    if words and round(need_g):
        return f"{words} ({metric_text(need_g, 'g')})"
    return words or grams(need_g)


def left_of(
    surplus_g: float,
    got: Bought,
    food: Food,
    days: tuple[int, ...],
    last_use: int,
    kept: OpenedKept = _USUAL,
) -> Left | None:
    """Describe where goes what is not needed; ``None`` for less than is worth telling.

    What an earlier package left, and is past its days, is not counted with what is good longer;
    alone it is told with its own last day.

    Parameters
    ----------
    surplus_g
        How much it is [g].
    got, food
        What was bought, and of which food.
    days, last_use
        Numbers of the days, and the last on which it is used; it counts as good until then.
    kept
        Whether it may go into the freezer, or the refrigerator.
    """
    fewest_g = read_settings(SETTINGS)["count"]["fewest_g"]
    past_g = sum(got.past_g)
    is_past = surplus_g - past_g < fewest_g
    if max(surplus_g - past_g, past_g) < fewest_g:
        return None
    keeping, how = keeping_of(food), how_eaten_up(food) if kept.eats_up else NOT_EATEN
    where, rest_days = keeping.rest, keeping.rest_days
    if got.freezing is not None:
        where, rest_days, how = FREEZER, got.freezing.days, got.freezing.how
    elif where == FREEZER and kept.has_freezer:
        how = ""
    elif where == FREEZER:
        where, rest_days = FRIDGE, keeping.fresh_days
    elif got.opened_keeps is not None:  # an open can is no longer one for the cupboard
        where, rest_days = FRIDGE if where == CUPBOARD else where, got.opened_keeps
    if where == FRIDGE and not kept.has_fridge:
        rest_days = 0
    if is_past:
        thrown = max(at for at, one_g in enumerate(got.past_g) if one_g > 0.0)
        return Left(past_g, where, days[thrown] - 1, how, _part_in_words(got.package, past_g))
    good_g, cut = surplus_g - past_g, read_settings(SETTINGS)["cut"]
    is_cut = got.package.pack in cut["packs"] and good_g < got.package.size_g
    if is_cut and food.group in cut["groups"]:
        days_cut = cut["own_days"].get(food.base, cut["days"])
        rest_days = days_cut if rest_days is None else min(rest_days, days_cut)
    until = None if rest_days is None else max(days[got.since[-1]] + rest_days, last_use)
    return Left(good_g, where, until, how, _part_in_words(got.package, good_g))


def _part_in_words(package: Package, mass_g: float) -> str:
    """Describe how much of a package it is; of one of so many pieces how many."""
    number, pieces = mass_g / package.size_g, package.label.removeprefix("of ")
    if pieces.isdigit():
        return number_in_words(round(number * int(pieces)))
    return "" if package.pack == WEIGHT else share_in_words(number, package.pack)


def share_in_words(number: float, pack: str) -> str:
    """Format the packages left: ``"1 1/3 boxes"``, ``"most of a can"``; empty for a bit."""
    whole = math.floor(number)
    told = whole + min(_PARTS, key=lambda one: abs(one - (number - whole)))
    if pack == EACH:
        return number_in_words(told) if told else ""
    if _MOST_OF <= number < _WHOLE:
        return MOST_OF.format(package=pack)
    return in_words(told, pack) if told else ""


def _pounds(mass_g: float) -> str:
    pounds, ounces = divmod(math.ceil(mass_g / G_PER_OZ - _SLACK), OZ_PER_LB)
    return " ".join(filter(None, (f"{pounds} lb" if pounds else "", f"{ounces} oz" * bool(ounces))))


def grams(mass_g: float) -> str:
    """Round up to what a scale in a shop shows, so that it is enough."""
    step = _step_g(mass_g)
    return metric_text(math.ceil(mass_g / step - _SLACK) * step or step, "g")


def grams_left(mass_g: float) -> str:
    """Round down in the same steps: nobody has more left over than was bought."""
    step = _step_g(mass_g)
    return metric_text(math.floor(mass_g / step + _SLACK) * step or step, "g")


def _step_g(mass_g: float) -> int:
    if mass_g < SMALL_G:
        return 1
    large = read_settings("meals/measures.toml")["large"]
    if mass_g >= large["tenths_from"]:
        return int(large["each"] / 10)
    return FINE_G if mass_g < FINE_BELOW_G else COARSE_G


_KIND = re.compile(r"from [\d.]+ k?g ([a-z][a-z -]+)")
_PIECES = re.compile(r"(\d+) ([a-z][a-z -]*?)(es|s) (?:of |\()(\d+) g\b")
_COUNTED = re.compile(r"(\d+) ([a-z]+)(?: ([a-z]+?)(?:es|s)?)?")
_ROUGHLY = re.compile(rf"{ABOUT} .*|.*\bcups?")
_SIZED = re.compile(r"\d[\d.]*(?: x \d[\d.]*)? (?:cm|mm)\b")
_DRY, _WHOLE_G, _ONE = "dry", 100.0, 2  # halves


@dataclass(frozen=True, slots=True)
class KitchenLine:
    """One line of the list of a recipe.

    Parameters
    ----------
    food_id
        The food as it is eaten.
    name, note
        What is taken from the shelf; of which kind, and how it is cut.
    words, mass_g
        How much of it in kitchen measures, empty where none fits, and its mass [g].
    cooked
        What it weighs or measures when cooked, for what is sold dry; else empty.
    """

    food_id: str
    name: str
    note: str
    words: str
    mass_g: float
    cooked: str = ""


def recipe_lines(
    ingredients: Iterable[tuple[str, float]],
    dish: Dish | None,
    foods: FoodTable,
    units: str,
    left_g: Mapping[str, float] = MappingProxyType({}),
) -> tuple[KitchenLine, ...]:
    """List what is taken for a dish.

    Parameters
    ----------
    ingredients
        (food id, mass [g]) of everything that is cooked, as eaten.
    dish
        Its recipe, which says what is canned and how things are cut; ``None`` where it is not at
        hand.
    foods, units
        The food table; ``"us"`` or ``"metric"``.
    left_g
        Food id → mass of it that is left over and cooked already, as eaten [g].

    Raises
    ------
    FoodNotFoundError
        When the table does not have a food.
    """
    written = dish.ingredients if dish else ()
    is_told = dish is not None and any(states_water(step) for step in dish.steps)
    found = list[KitchenLine]()
    for food_id, mass_g in ingredients:
        own_g = left_g.get(food_id, 0.0)
        if own_g:
            found.append(_left_over(foods[food_id], own_g, units))
        if own_g < mass_g and not (is_told and food_id == TAP_WATER):
            own = [ingredient for ingredient in written if ingredient.food_id == food_id]
            found.append(_line(foods[food_id], mass_g - own_g, own, foods, units))
    return tuple(found)


def _left_over(eaten: Food, mass_g: float, units: str) -> KitchenLine:
    """Return the line of what is cooked already, as it is eaten."""
    note = read_settings(COOKING)["cooked_already"]["note"]
    words = kitchen_amount(eaten, mass_g, units)
    return KitchenLine(eaten.food_id, eaten.name, note, words, kitchen_mass(mass_g))


def is_canned(line: Ingredient) -> bool:
    """Whether a recipe takes it from a can, drained."""
    return read_settings(COOKING)["measure"]["canned"] in _parts(line.measure)[1:]


def canned_food(food: Food, foods: FoodTable) -> Food | None:
    """Return the food of the table that is the same from a can; ``None`` where it has none."""
    ending = read_settings(COOKING)["measure"]["canned"]
    alike = (one for one in foods if one.base == food.base and one.food_id.endswith(f"_{ending}"))
    return next(alike, None)


def kind_told(dish: Dish | None, food: Food) -> str:
    """Return of which kind a recipe takes a food, where its name does not say: ``"spaghetti"``.

    A kind that is a food of its own in the table is none; nor is a size or a state.
    """
    rules = read_settings(COOKING)["measure"]
    known = (*rules["shop_kinds"], *rules["kinds_of"].get(food.base, ()))
    for line in dish.ingredients if dish else ():
        if line.food_id == food.food_id:
            found = (_KIND.fullmatch(part) for part in _parts(line.measure))
            said = [word for one in found if one for word in _not_said(one[1], food.name).split()]
            said += line.measure.replace(",", " ").split()
            own = food.name.casefold()
            kind = next((word for word in said if word in known and word not in own), "")
            if kind:
                return kind
    return ""


def _line(
    eaten: Food, mass_g: float, written: Sequence[Ingredient], foods: FoodTable, units: str
) -> KitchenLine:
    taken, taken_g, name = _taken(eaten, mass_g, written, foods)
    notes = dict.fromkeys(note for one in written for note in _notes(one, name, units))
    note = ", ".join(filter(None, notes))
    is_dry = taken.state == _DRY and eaten is not taken
    cooked = kitchen_amount(eaten, mass_g, units) or f"{kitchen_mass(mass_g):g} g"
    words = _own_pieces(written, mass_g, taken_g)
    told = [set(_parts(ingredient.measure)[1:]) for ingredient in written]
    cuts = set.intersection(*told) if told else ()
    words = words or kitchen_amount(_of_its_size(taken, written), taken_g, units, cuts)
    known = {measure.name for measure in taken.measures}
    words = _own_count(words, name, written, mass_g, known) or words
    return KitchenLine(
        eaten.food_id, name, note, words, kitchen_mass(taken_g), cooked if is_dry else ""
    )


def _of_its_size(food: Food, written: Sequence[Ingredient]) -> Food:
    """Return a food that is not counted where a recipe takes others than usual: new potatoes."""
    said = {word for one in written for part in _parts(one.measure) for word in part.split()}
    if not said & set(read_settings(COOKING)["measure"]["unlike"].get(food.base, ())):
        return food
    return replace(food, measures=tuple(one for one in food.measures if one.name in SPOONED))


def _own_count(
    words: str, name: str, written: Sequence[Ingredient], mass_g: float, known: Set[str]
) -> str:
    """Count what a recipe counts and leaves whole or in halves, where else cups are told.

    Sizes that are ``known`` of the food itself are counted by those.
    """
    rule = read_settings(MEASURES)["own_count"]
    first, *cuts = _parts(written[0].measure) if len(written) == 1 else [""]
    found = _COUNTED.fullmatch(first)
    sizes = {*rule["sizes"]} - known
    if not found or found[2] not in sizes or not _ROUGHLY.fullmatch(words):
        return ""
    is_it = (found[3] or "") in name.lower()  # and no leaf or stalk of it
    is_whole = all(cut in rule["cuts"] or any(map(str.isdigit, cut)) for cut in cuts)
    exact = 2 * float(found[1]) * mass_g / written[0].mass_g
    halves = round(exact)
    is_odd = halves % 2 and halves / 2 > rule["halves"]
    if not (is_it and is_whole) or is_odd or abs(halves - exact) > rule["near"] * exact:
        return ""
    about = "" if is_so_much(halves, exact, "piece") else f"{ABOUT} "
    return f"{about}{in_words(halves / 2, found[2])}"


def _own_pieces(written: Sequence[Ingredient], mass_g: float, taken_g: float) -> str:
    """Count pieces of a size of the recipe's own: ``"2 large rolls of 60 g"``; empty elsewhere.

    Their size is that of what is taken from the shelf, as the mass beside it is.
    """
    found = _PIECES.match(written[0].measure) if len(written) == 1 else None
    if found is None:
        return ""
    exact = 2 * float(found[1]) * mass_g / written[0].mass_g
    halves = round(exact)
    if not is_so_much(halves, exact, "piece"):
        return ""
    number = number_in_words(halves / 2)
    many = found[3] if halves > _ONE else ""
    is_eaten = abs(float(found[1]) * float(found[4]) - written[0].mass_g) < 1
    is_raw = is_eaten and taken_g != mass_g
    size = round(float(found[4]) * taken_g / mass_g, -1) if is_raw else float(found[4])
    return f"{number} {found[2]}{many} of {size:g} g" if halves else ""


def _taken(
    eaten: Food, mass_g: float, written: Sequence[Ingredient], foods: FoodTable
) -> tuple[Food, float, str]:
    """Return what is taken for a food, how much of it [g], and what it is called."""
    rules = read_settings(COOKING)["measure"]
    said = {part for ingredient in written for part in _parts(ingredient.measure)}
    if any(map(is_canned, written)):
        twin = canned_food(eaten, foods)
        if twin is not None:
            return twin, mass_g, twin.name
        return eaten, mass_g, f"{_plain_name(eaten)}{rules['says_canned']}"
    if said & set(rules["ready"]):
        return eaten, mass_g, eaten.name
    food, edible_g = bought(eaten, mass_g, foods)
    food = _kind_of(food, written, foods)
    is_whole = food.aisle == MEAT and food is not eaten  # with its shell or bones
    share = food.bought_g_per_100g / _WHOLE_G if is_whole else 1.0
    return food, edible_g * share, _plain_name(food) if is_whole else food.name


def _kind_of(food: Food, written: Sequence[Ingredient], foods: FoodTable) -> Food:
    """Return the food of the table that a measure names as its kind: red lentils among lentils."""
    kinds = (found for one in written for found in map(_KIND.fullmatch, _parts(one.measure)))
    said = {word for found in kinds if found for word in found[1].split()}
    if not said:
        return food
    alike = (other for other in foods if (other.group, other.state) == (food.group, food.state))
    named = (other for other in alike if other is not food and set(other.base.split("_")) <= said)
    return next((other for other in named if other.base != food.base), food)


def _plain_name(food: Food) -> str:
    """Name a food without how it is cooked."""
    for ending in read_settings(COOKING)["measure"]["cooked_names"]:
        if food.name.endswith(ending):
            return food.name.removesuffix(ending)
    return food.name


def _parts(measure: str) -> list[str]:
    return measure.split(", ")


def _notes(line: Ingredient, name: str, units: str) -> Iterator[str]:
    """Return what a measure says of kind, cutting and choosing, without amounts."""
    rules = read_settings(COOKING)["measure"]
    first, *rest = _parts(line.measure)
    for part in [first, *rest]:
        kind = _KIND.fullmatch(part)
        if kind is not None:
            yield _not_said(kind[1], name)
    said = rules["says_canned"] if is_canned(line) else ""
    for part in [first, *rest] if first in rules["ready"] else rest:
        has_amount = any(char.isdigit() for char in _SIZED.sub("", part))
        is_apart = part.startswith(tuple(rules["apart"])) and part not in rules["ready"]
        is_cooked = any(word in part.split() for word in rules["cooked_words"])
        if not (has_amount or is_apart or is_cooked or part in said or part in name.lower()):
            yield in_units(part, units)


def _not_said(kind: str, name: str) -> str:
    """Return the words of a kind that a name does not have: ``"spaghetti"`` of white pasta."""
    known = name.lower()
    states = read_settings(COOKING)["measure"]["states"]
    words = (word for word in kind.split() if word not in states)
    return " ".join(word for word in words if word.removesuffix("s") not in known)
