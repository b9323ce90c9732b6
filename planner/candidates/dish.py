"""Dishes: recipes whose ingredients are foods of the catalogue, as they are eaten.

A dish file holds one dish or a small family of dishes (``foods/data/dishes/*.toml``). Ingredients
name the food in the state in which it is eaten (``quinoa_cooked``), with its mass for the whole
recipe, so that the nutrients of a dish are the sum over its ingredients and nothing else: losses
in cooking are already in the figures of the cooked food. What one buys for it stands in the
catalogue (``bought_as``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from foods.embedded import parse_toml_once
from foods.errors import FoodDataError, raise_collected
from foods.food import Food
from foods.table import FoodTable, nearest_names
from planner.meals.patterns import SLOTS, TAGS, not_one_of
from planner.meals.served import served_ways, side_words
from planner.settings import read_settings
from planner.targets.left_out import Unanswered

ALL = "all"
FRESH_KEYS = frozenset({"fresh", "fresh_share"})


def fresh_ways() -> Mapping[str, Mapping[str, Any]]:
    """Return what may be done with something when it is eaten, with its words and minutes.

    Source: ``configs/meals/second_meal.toml``.
    """
    ways: Mapping[str, Mapping[str, Any]] = read_settings("meals/second_meal.toml")["fresh"]
    return ways


def fresh_faults(line: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong in a recipe line with the keys for the day on which it is eaten."""
    way, share = line.get("fresh", ""), line.get("fresh_share", 1.0)
    if way and way not in fresh_ways():
        of_line = f"ingredient {line['food']!r}"
        yield ": ".join((of_line, not_one_of("fresh", way, fresh_ways())))
    is_number = isinstance(share, int | float) and not isinstance(share, bool)
    if not is_number or not 0 < share <= 1 or (not way and "fresh_share" in line):
        yield f"ingredient {line['food']!r}: fresh_share goes beside fresh, above 0 and up to 1"


CM, GRAMS = "cm", {"g": 1.0, "kg": 1000.0}
VOLUMES = ("ml", "l", "liter", "liters", "cup", "cups", "Tbsp", "tsp")
BRACES = re.compile(r"\{([^{}]*)\}")
_NUMBER = r"(?:\d+ )?\d+/\d+|\d+(?:\.\d+)?"
_AMOUNT = re.compile(rf"({_NUMBER})(?: x ({_NUMBER}))? ([a-zA-Z][a-zA-Z -]*)")
_HOW = "write {350 ml}, {2 Tbsp}, {400 g}, {12 patties}, {28 cm} or {33 x 23 cm}"


@dataclass(frozen=True, slots=True)
class StepAmount:
    """One amount of a step, for the whole recipe.

    Parameters
    ----------
    number
        How much or how many.
    word
        A volume of ``VOLUMES``, a mass of ``GRAMS``, ``CM`` of a pan, or what is counted.
    by
        The other side of a pan with corners [cm]; ``None`` for everything else.
    """

    number: float
    word: str
    by: float | None = None


def read_amount(text: str) -> StepAmount | None:
    """Read what stands in braces; ``None`` where it is no amount."""
    found = _AMOUNT.fullmatch(text)
    if found is None or (found[2] and found[3] != CM):
        return None
    try:
        numbers = [_number(figure) for figure in found.group(1, 2) if figure]
    except ZeroDivisionError:
        return None
    is_some = all(number > 0 for number in numbers)
    return StepAmount(numbers[0], found[3], *numbers[1:]) if is_some else None


def step_faults(step: str) -> Iterator[str]:
    """Describe what is wrong with the braces of a step."""
    for text in BRACES.findall(step):
        if read_amount(text) is None:
            yield f"step {step!r}: {{{text}}} is no amount; {_HOW}"
    if set("{}") & set(BRACES.sub("", step)):
        yield f"step {step!r}: a brace stands alone; {_HOW}"


def states_water(step: str) -> bool:
    """Whether a step says how much water is taken."""
    return any(
        (amount := read_amount(found[1])) is not None and amount.word in VOLUMES
        for found in re.finditer(rf"{BRACES.pattern} (?:[\w-]+ ){{0,3}}water\b", step)
    )


def _number(text: str) -> float:
    """Read ``"1 1/2"``."""
    return float(sum(Fraction(part) for part in text.split()))


KINDS = ("breakfast", "main", "side", "snack", "dessert")
SIDE_ROLES = ("vegetable", "salad", "soup", "starch", "")
PROTEINS = (
    "legume", "soy", "fish", "shellfish", "poultry", "beef", "pork", "lamb", "egg", "cheese",
    "dairy", "nuts", "none",
)  # fmt: skip
STARCHES = (
    "oats", "bread", "rice", "pasta", "noodles", "potato", "sweet_potato", "corn", "barley",
    "bulgur", "buckwheat", "quinoa", "millet", "couscous", "tortilla", "cereal", "other_grain",
    "plantain", "pastry", "none",
)  # fmt: skip
CUISINES = (
    "american", "british", "caribbean", "chinese", "east_european", "french", "german", "greek",
    "indian", "indonesian", "italian", "japanese", "korean", "levantine", "mexican",
    "moroccan", "nordic", "peruvian", "spanish", "thai", "turkish", "vietnamese", "west_african",
    "ethiopian", "plain", "any",
)  # fmt: skip
KEYS = frozenset({
    "id", "name", "kind", "slots", "cuisine", "role", "servings", "yield_g", "minutes",
    "active_minutes", "protein", "starch", "tags", "keeps_days", "taste", "portions",
    "ingredients", "steps", "served", "ahead",
})  # fmt: skip
MAY_LACK = frozenset({"role", "tags", "served", "ahead"})
_KEPT_KEYS = (
    "name", "kind", "cuisine", "servings", "minutes", "active_minutes", "protein", "starch",
    "keeps_days", "taste",
)  # fmt: skip
LINE_KEYS = frozenset({"food", "mass_g", "measure"})
WHOLE, HALF = "whole", "half"
RAW_FLAGS = frozenset({"raw_egg", "raw_fish", "raw_meat", "raw_sprouts"})
TASTES = (1.0, 4.0)


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One line of a recipe.

    Parameters
    ----------
    food_id
        Food of the catalogue, in the state in which it is eaten.
    mass_g
        Mass for the whole recipe [g].
    measure
        The same in the words of a kitchen: ``"1 1/2 cups"``.
    whole
        Whether it is only ever served in whole pieces.
    fresh, fresh_share
        What is done with it when a kept portion is eaten, a way of
        ``configs/meals/second_meal.toml``, empty for what is kept with the rest; and with how much
        of it: 1 for all.
    """

    food_id: str
    mass_g: float
    measure: str
    whole: bool = False
    fresh: str = ""
    fresh_share: float = 1.0


@dataclass(frozen=True, slots=True)
class Dish:
    """One recipe.

    Parameters
    ----------
    dish_id, name
        Stable id, and the name a menu would print.
    kind
        One of ``KINDS``; ``main`` is a main dish of lunch or dinner.
    slots
        Meals it fits.
    cuisine
        One of ``CUISINES``; ``plain`` goes with most, ``any`` with all.
    role
        What a side is: one of ``SIDE_ROLES``.
    servings, yield_g
        Servings of the recipe, and its mass when ready [g].
    minutes, active_minutes
        Time from start to table, and time with hands on it [min].
    protein, starch
        Family of its main protein and of its starch; ``none`` where a side has to bring it.
    tags
        Words of ``TAGS``.
    keeps_days
        Days in the refrigerator; of what is made on the evening before, after its first breakfast.
    taste
        1 loved by nearly everybody, 2 liked by many, 3 for some, 4 for few; steps between count.
    portions
        ``half``: served by halves and quarters; ``whole``: only whole servings make sense; or the
        numbers of servings in which it is offered, ascending. ``configs/meals/portions.toml`` says
        more.
    ingredients, steps
        The recipe; amounts in braces in its steps are those of the whole recipe (``steps.py``).
    served
        What stands beside a main dish, one of the ways of ``configs/meals/served.toml``; what a
        vegetable, salad or soup beside it is, one of its sides; empty for what does not say.
    ahead
        What is done on the evening before: ``"all"`` of it, or in words; empty for nothing.
    unanswered
        Words of an own dish for which no ingredient answers.
    """

    dish_id: str
    name: str
    kind: str
    slots: tuple[str, ...]
    cuisine: str
    role: str
    servings: int
    yield_g: float
    minutes: int
    active_minutes: int
    protein: str
    starch: str
    tags: frozenset[str]
    keeps_days: int
    taste: float
    portions: str | tuple[float, ...]
    ingredients: tuple[Ingredient, ...]
    steps: tuple[str, ...]
    served: str = ""
    ahead: str = ""
    unanswered: tuple[Unanswered, ...] = ()

    def __hash__(self) -> int:
        return hash((self.dish_id, self.name, self.servings, self.yield_g))

    @property
    def is_made_before(self) -> bool:
        """Whether all of it is made on the evening before it is first eaten."""
        return self.ahead == ALL


@cache
def read_embedded_dishes() -> tuple[Dish, ...]:
    """Read the shipped dishes, sorted by id.

    Raises
    ------
    FoodDataError
        When a file is faulty; names each fault with its file and dish.
    """
    folder = files("foods").joinpath("data/dishes")
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }
    return parse_dishes(texts)


@cache
def shipped_dish_ids() -> frozenset[str]:
    """Name the shipped dishes by their ids."""
    return frozenset(dish.dish_id for dish in read_embedded_dishes())


def parse_dishes(texts: Mapping[str, str]) -> tuple[Dish, ...]:
    """Read dishes from ``texts`` (file name → TOML), sorted by id; faults are collected.

    Raises
    ------
    FoodDataError
        With every fault of every file.
    """
    faults: list[str] = []
    dishes: dict[str, Dish] = {}
    for name in sorted(texts):
        for entry in _entries_of(name, texts[name], faults):
            dish_id = entry.get("id", "dish without id")
            where = f"{name}, {dish_id}"
            found = [f"{where}: {fault}" for fault in _faults_of(entry)]
            faults += found
            if not found and entry["id"] in dishes:
                faults.append(": ".join((where, "id stands twice")))
            elif not found:
                dishes[entry["id"]] = _dish_of(entry)
    raise_collected(FoodDataError, faults, "dishes")
    return tuple(dishes[dish_id] for dish_id in sorted(dishes))


def _entries_of(name: str, text: str, faults: list[str]) -> list[dict[str, Any]]:
    """Return the ``[[dish]]`` tables of a file; what is wrong with it goes into ``faults``."""
    try:
        document = dict(parse_toml_once(text))
    except tomli.TOMLDecodeError as error:
        faults.append(": ".join((name, f"not TOML: {error}")))
        return []
    except RecursionError:
        faults.append(": ".join((name, "is nested too deeply")))
        return []
    entries = document.pop("dish", [])
    no_key = "unknown key {key!r}; dishes stand under [[dish]]"
    faults += [f"{name}: {no_key.format(key=key)}" for key in document]
    if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
        return entries
    faults.append(": ".join((name, "dishes stand under [[dish]]")))
    return []


def _faults_of(entry: Mapping[str, Any]) -> list[str]:
    """Describe what is wrong with one ``[[dish]]`` table."""
    missing = sorted(KEYS - MAY_LACK - set(entry))
    faults: list[str] = [f"missing key {key!r}" for key in missing]
    faults += [f"unknown key {key!r}" for key in sorted(set(entry) - KEYS)]
    if faults:
        return faults
    faults += _word_faults(entry) + _number_faults(entry)
    for key in ("slots", "ingredients", "steps"):
        if not isinstance(entry[key], list) or not entry[key]:
            faults.append(f"{key} must be a list with something in it")
    return faults or _list_faults(entry)


def _word_faults(entry: Mapping[str, Any]) -> list[str]:
    texts = {"ahead": "", **entry}
    named = [key for key in ("id", "name", "ahead") if not isinstance(texts[key], str)]
    faults: list[str] = [f"{key} must be text" for key in named]
    for key, words in (
        ("kind", KINDS), ("cuisine", CUISINES), ("protein", PROTEINS), ("starch", STARCHES),
    ):  # fmt: skip
        if entry[key] not in words:
            faults.append(not_one_of(key, entry[key], words))
    faults += _portion_faults(entry["portions"])
    role = entry.get("role", "")
    if role not in SIDE_ROLES:
        faults.append(not_one_of("role", role, SIDE_ROLES))
    elif (entry["kind"] == "side") != bool(role):
        faults.append("a side needs a role, and nothing else has one")
    ways = {"main": tuple(served_ways()), "side": side_words()}.get(entry["kind"], ())
    if (served := entry.get("served", "")) and served not in ways:
        known = ways or ("none: no main dish and no side",)
        faults.append(not_one_of("served", served, known))
    return faults


def _portion_faults(portions: object) -> list[str]:
    """Describe what is wrong with ``"half"``, ``"whole"`` or a list of numbers of servings."""
    if isinstance(portions, list):
        numbers = [portion for portion in portions if _is_number(portion) and portion > 0]
        is_good = numbers == portions and portions == sorted(set(portions)) and bool(portions)
        fault = f"portions {portions!r} must ascend, each a number above 0"
        return [] if is_good else [fault]
    words = (WHOLE, HALF)
    fault = "portions {portions!r} is not one of {words}, nor a list of numbers".format(
        portions=portions, words=", ".join(words)
    )
    return [] if portions in words else [fault]


def _number_faults(entry: Mapping[str, Any]) -> list[str]:
    faults: list[str] = [
        f"{key} must be a number above 0"
        for key in ("servings", "yield_g", "minutes")
        if not _is_number(entry[key]) or entry[key] <= 0
    ]
    faults += [
        f"{key} must be a number, 0 or above"
        for key in ("active_minutes", "keeps_days")
        if not _is_number(entry[key]) or entry[key] < 0
    ]
    least, most = TASTES
    if not _is_number(entry["taste"]) or not least <= entry["taste"] <= most:
        faults.append(f"taste must be a number from {least:g} to {most:g}")
    if not faults and entry["active_minutes"] > entry["minutes"]:
        faults.append("active_minutes is above minutes")
    return faults


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _list_faults(entry: Mapping[str, Any]) -> list[str]:
    tags, slots = entry.get("tags", []), entry["slots"]
    faults: list[str] = [f"unknown tag {tag!r}" for tag in tags if tag not in TAGS]
    faults += [f"unknown slot {slot!r}" for slot in slots if slot not in SLOTS]
    for step in entry["steps"]:
        is_text = isinstance(step, str)
        faults += step_faults(step) if is_text else [f"step {step!r} must be text"]
    return faults + _ingredient_faults(entry["ingredients"])


def _ingredient_faults(ingredients: Iterable[Any]) -> list[str]:
    faults: list[str] = []
    for line in ingredients:
        if not isinstance(line, dict) or set(line) - {"whole", *FRESH_KEYS} != LINE_KEYS:
            faults.append(f"ingredient {line!r} needs food, mass_g and measure")
        elif not isinstance(line.get("whole", False), bool):
            faults.append(f"ingredient {line['food']!r}: whole must be true or false")
        elif not _is_number(line["mass_g"]) or line["mass_g"] <= 0:
            faults.append(f"ingredient {line['food']!r}: mass_g must be a number above 0")
        else:
            faults += fresh_faults(line)
    return faults


def _dish_of(entry: Mapping[str, Any]) -> Dish:
    portions = entry["portions"]
    return Dish(
        **{key: entry[key] for key in _KEPT_KEYS},
        dish_id=entry["id"],
        role=entry.get("role", ""),
        slots=tuple(entry["slots"]),
        yield_g=float(entry["yield_g"]),
        tags=frozenset(entry.get("tags", [])),
        portions=portions if isinstance(portions, str) else tuple(map(float, portions)),
        ingredients=tuple(map(_line_of, entry["ingredients"])),
        steps=tuple(entry["steps"]),
        served=entry.get("served", ""),
        ahead=entry.get("ahead", ""),
    )


def _line_of(line: Mapping[str, Any]) -> Ingredient:
    return Ingredient(
        line["food"],
        float(line["mass_g"]),
        line["measure"],
        line.get("whole", False),
        line.get("fresh", ""),
        float(line.get("fresh_share", 1.0)),
    )


def check_dishes_against(dishes: Iterable[Dish], foods: FoodTable) -> None:
    """Make sure that every ingredient is a food of the table.

    Raises
    ------
    FoodDataError
        Naming dish, food and the nearest known foods, for all dishes at once.
    """
    faults: list[str] = []
    for dish in dishes:
        for line in dish.ingredients:
            if line.food_id not in foods:
                near = ", ".join(nearest_names(line.food_id, foods.foods)) or "none"
                fault = f"no food {line.food_id!r}; the nearest: {near}"
                faults.append(f"{dish.dish_id}: {fault}")
    raise_collected(FoodDataError, faults, "dishes")


def allergens_of(dish: Dish, foods: FoodTable) -> frozenset[str]:
    """Return the allergens of everything in the dish, derived from its ingredients."""
    return frozenset().union(*(foods[line.food_id].allergens for line in dish.ingredients))


def cooked_forms(food: Food, foods: FoodTable) -> tuple[str, ...]:
    """Name what a raw food is called in a dish that cooks it through, the usual first."""
    made = (form for form in foods if form.bought_as == food.food_id and not form.flags & RAW_FLAGS)
    ordered = sorted(made, key=lambda one: (one.popularity, one.food_id))
    return tuple(form.food_id for form in ordered)


def origin_of(dish: Dish, foods: FoodTable) -> frozenset[str]:
    """Return the origins of everything in the dish: ``plant``, ``dairy``, ``fish`` and so on."""
    return frozenset().union(*(foods[line.food_id].origin for line in dish.ingredients))


def amount_per_serving(dish: Dish, foods: FoodTable, nutrient: str) -> tuple[float, float]:
    """Return the amount of ``nutrient`` in one serving [its unit], summed where there is a figure.

    Beside it stands the share of the dish's mass that has one [0 to 1].
    """
    known = [
        (line.mass_g, amount)
        for line in dish.ingredients
        if (amount := foods[line.food_id].per_100g.get(nutrient)) is not None
    ]
    total = sum(line.mass_g for line in dish.ingredients)
    amount = sum(mass * per_100g / 100 for mass, per_100g in known) / dish.servings
    return amount, sum(mass for mass, _ in known) / total
