"""What shops sell: packages of a country, under which name, and where what is left of one goes.

Everything stands in ``configs/shop``: packages by country, what a food is sold as, how long it
keeps, what most kitchens have, the order of the aisles. A file of one's own is laid over it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, Field

from foods.errors import FoodNotFoundError, raise_collected
from foods.find import find_food
from foods.food import Food
from foods.packages import bought
from foods.table import FoodTable, nearest_names
from planner.candidates.dish import Dish
from planner.errors import ConfigError
from planner.language.errors import error_said
from planner.language.spoken import mark, said
from planner.settings import Count, YesNo, read_row, read_rows, read_settings, read_text

T = TypeVar("T")
SETTINGS = "shop/shop.toml"
WEIGHT, EACH = "weight", "each"
CUPBOARD, FRIDGE, FREEZER = "cupboard", "fridge", "freezer"
FROZEN = "frozen"  # into the freezer, but not as it was bought: opened, and frozen in some form
_AS_IT_IS = 100.0
_NEEDED, _OTHERS = ("food_id", "pack", "size_g"), ("label", "price_usd", "name")


@dataclass(frozen=True, slots=True)
class Package:
    """A size in which a shop sells a food.

    Parameters
    ----------
    food_id
        The food as it is bought.
    pack
        Such as ``"can"`` or ``"bunch"``; ``"each"`` for what is counted, ``"weight"`` for what is
        weighed at the counter, in steps of ``size_g``.
    label
        What stands on it: ``"15 oz"``; a can says more than it holds drained.
    size_g
        What it holds, with peel, bones and shells but without what is poured off [g].
    price_usd
        Price [USD]; ``None``: that of the catalogue for so much.
    name
        What the shop calls it; empty: the name of the food.
    """

    food_id: str
    pack: str
    label: str
    size_g: float
    price_usd: float | None
    name: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a food keeps, and where what is left of a package goes.

    Parameters
    ----------
    fresh_days
        Days after it was bought on which it is still good, unopened; ``None``: long.
    freezes
        Whether it may be frozen as it was bought.
    rest, rest_days
        Where what is left goes, and for how many days; ``None``: long.
    """

    fresh_days: Count
    freezes: YesNo
    rest: str
    rest_days: Count


@dataclass(frozen=True, slots=True)
class Freezing:
    """How what is left of an open package is frozen.

    Parameters
    ----------
    how
        In which form: ``"in spoonfuls"``.
    days
        Days for which it is good in the freezer.
    is_thawed
        Whether it is taken out the evening before; the rest is cooked as it is.
    """

    how: str
    days: int
    is_thawed: Annotated[YesNo, Field(validation_alias="thawed")]


@dataclass(frozen=True, slots=True)
class SoldAs:
    """A food that shops sell as another one, or in another state, than the catalogue has it.

    Parameters
    ----------
    food_id, sold_as, g_per_100g
        The food as eaten, what is bought, and edible mass of that for 100 g [g].
    said
        Words, one of which a recipe must say near the name of the food; empty: always.
    """

    food_id: str
    sold_as: str
    g_per_100g: float
    said: Annotated[tuple[str, ...], BeforeValidator(lambda cell: cell.split("|") if cell else ())]


Shelves = Mapping[str, tuple[Package, ...]]
"""Food id → its packages, by size."""


@cache
def shelves_of(country: str) -> Shelves:
    """Give the packages of a country."""
    shelves: dict[str, tuple[Package, ...]] = {}
    for name in read_settings(SETTINGS)["countries"][country]:
        shelves |= parse_packages(read_text(f"shop/{name}"), f"configs/shop/{name}")
    return shelves


def parse_packages(text: str, where: str, foods: FoodTable | None = None) -> Shelves:
    """Read packages: ``food_id,pack,size_g`` and, where known, ``label,price_usd,name``.

    Parameters
    ----------
    text, where
        CSV with a header, and how to name it in messages.
    foods
        Where given, foods may be named in words, and have to be there.

    Raises
    ------
    ConfigError
        With every faulty row.
    """
    rows = own_rows(text, where, _NEEDED, _OTHERS)
    found: dict[str, list[Package]] = {}
    for one in read_each_row(rows, where, lambda cells: _package(cells, foods)):
        found.setdefault(one.food_id, []).append(one)
    return {name: tuple(sorted(own, key=lambda one: one.size_g)) for name, own in found.items()}


def own_rows(
    text: str, where: str, needed: Sequence[str], others: Sequence[str] = (), begin: str = ""
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Give the rows of a file of one's own: the number that an editor shows, column → cell.

    Parameters
    ----------
    text, where
        CSV with a header, and how to name it in messages.
    needed, others
        Columns that must be there, and those that may be; a blank where one is not.
    begin
        The header to propose, where it is not ``needed``.

    Raises
    ------
    ConfigError
        When a column lacks.
    """
    reader = csv.DictReader(text.lstrip("\ufeff").splitlines())
    missing = [name for name in needed if name not in (reader.fieldnames or ())]
    if missing:
        remedy = said("begin with a line {value}", value=begin or ",".join(needed))
        raise ConfigError(said("no column {names}", names=", ".join(missing)), where, remedy)
    for number, row in enumerate(reader, start=2):
        yield number, {name: (row.get(name) or "").strip() for name in (*needed, *others)}


def read_each_row(
    rows: Iterable[tuple[int, Mapping[str, str]]],
    where: str,
    read: Callable[[Mapping[str, str]], T],
) -> list[T]:
    """Give what is read of each row of ``own_rows``.

    Raises
    ------
    ConfigError
        With every row that cannot be read.
    """
    found, faults = list[T](), list[str]()
    for number, cells in rows:
        try:
            found.append(read(cells))
        except (ValueError, FoodNotFoundError) as error:
            faults.append(said("row {number}: {error}", number=number, error=error_said(error)))
    raise_collected(ConfigError, faults, where)
    return found


def _package(cells: Mapping[str, str], foods: FoodTable | None) -> Package:
    if not cells["food_id"] or not cells["pack"]:
        raise ValueError("needs a food and a pack, such as can, bag, each or weight")
    food_id = cells["food_id"]
    if foods is not None:
        food_id = bought(find_food(foods, food_id), 1.0, foods)[0].food_id
    size_g = read_amount(cells["size_g"], "size_g")
    price = read_amount(cells["price_usd"], "price_usd") if cells["price_usd"] else None
    return Package(food_id, cells["pack"], cells["label"], size_g, price, cells["name"])


def read_amount(text: str, column: str) -> float:
    """Read a number above 0.

    Raises
    ------
    ValueError
        Naming the column.
    """
    if not re.fullmatch(r"\d{1,7}(\.\d{1,6})?", text) or float(text) <= 0:
        pattern = mark("{column}: {text!r} is no number above 0 such as 250 or 0.5")
        raise ValueError(said(pattern, column=column, text=text))
    return float(text)


def freezing_of(food: Food, pack: str) -> Freezing | None:
    """Say how the rest of an open package of a food is frozen; ``None`` where nobody does."""
    return _freezing(food.food_id, food.base, food.group, pack)


@cache
def _freezing(food_id: str, base: str, group: str, pack: str) -> Freezing | None:
    best = _best_row("shop/freezes.csv", food_id=food_id, base=base, group=group, pack=pack)
    return None if best is None else read_row(Freezing, best)


def how_eaten_up(food: Food) -> str:
    """Say how people eat up what is left of a food: ``"salad"``, ``"cooked"`` or ``"snack"``."""
    names = {"food_id": food.food_id, "base": food.base, "group": food.group, "aisle": food.aisle}
    best = _best_row("shop/eat_up.csv", **names)
    return "cooked" if best is None else best["how"]


def _best_row(file: str, **names: str) -> Mapping[str, str] | None:
    """Give the row that fits and names most, what is named first before what is named later."""
    fits = (
        row for row in read_rows(file) if all(row[key] in ("", one) for key, one in names.items())
    )
    return max(fits, key=lambda row: [bool(row[key]) for key in names], default=None)


def keeping_of(food: Food) -> Keeping:
    """Say how long a food keeps; of several rows the one that names most about it."""
    return _keeping(food.food_id, food.base, food.group, food.aisle)


@cache
def _keeping(food_id: str, base: str, group: str, aisle: str) -> Keeping:
    best = _best_row("shop/keeps.csv", food_id=food_id, base=base, group=group, aisle=aisle)
    return Keeping(None, False, CUPBOARD, None) if best is None else read_row(Keeping, best)


def sold_as(
    foods: FoodTable, shelves: Shelves, food_id: str, mass_g: float, dish: Dish | None
) -> tuple[Food, float]:
    """Give the food that a shop sells for ``mass_g`` [g] of a food, and its edible mass [g].

    Parameters
    ----------
    foods, shelves
        The table, and the packages at hand.
    food_id, mass_g
        What is eaten.
    dish
        The recipe that it is for: where that says ``canned``, a can is bought.
    """
    for other in _sold_as_rows().get(food_id, ()):
        is_sold = other.sold_as in shelves and other.sold_as in foods
        if is_sold and (not other.said or _says(dish, foods[food_id], other.said)):
            return foods[other.sold_as], mass_g * other.g_per_100g / 100
    return bought(foods[food_id], mass_g, foods)


def is_brewed(food: Food) -> bool:
    """Whether a shop sells what a food is made from, as coffee: its measures are of the drink."""
    rows = _sold_as_rows().get(food.food_id, ())
    return any(one.sold_as == food.food_id and one.g_per_100g != _AS_IT_IS for one in rows)


def _says(dish: Dish | None, food: Food, words: Sequence[str]) -> bool:
    """Whether a recipe says one of the words near the name of a food, or in its measure."""
    if dish is None:
        return False
    noun, near = food.base.split("_")[-1], read_settings(SETTINGS)["said"]["near"]
    measures = (f"{noun} {one.measure}." for one in dish.ingredients if one.food_id == food.food_id)
    text = " ".join((*dish.steps, *measures)).casefold()
    names, between = "|".join(map(re.escape, words)), rf"[^.]{{0,{near}}}?"
    called = rf"\b{re.escape(noun)}s?\b"
    pattern = rf"{called}{between}\b({names})\b|\b({names})\b{between}{called}"
    return re.search(pattern, text) is not None


@cache
def known_aisles() -> Mapping[str, str]:
    """Give aisle → heading, in the order of the usual shop."""
    return parse_aisles(read_text("shop/aisles.csv"), "configs/shop/aisles.csv", {})


def parse_aisles(text: str, where: str, known: Mapping[str, str]) -> Mapping[str, str]:
    """Read aisles in the order in which one walks: ``aisle`` and, where it differs, ``heading``.

    Parameters
    ----------
    text, where
        CSV with a header, and how to name it in messages.
    known
        Aisle → heading of those that there are; what the file leaves out comes last. Empty: the
        file itself says which there are.

    Raises
    ------
    ConfigError
        With every row whose aisle there is not, or that stands twice.
    """
    found: dict[str, str] = {}
    faults = []
    for number, cells in own_rows(text, where, ("aisle",), ("heading",), "aisle,heading"):
        aisle = cells["aisle"]
        if aisle in found or (known and aisle not in known):
            near = ", ".join(nearest_names(aisle, known)) or "none"
            why = (
                said("stands twice")
                if aisle in found
                else said("is no aisle; the nearest: {near}", near=near)
            )
            faults.append(
                said("row {number}: {aisle!r} {why}", number=number, aisle=aisle, why=why)
            )
        found[aisle] = cells["heading"] or known.get(aisle, aisle)
    raise_collected(ConfigError, faults, where)
    return {**found, **{aisle: known[aisle] for aisle in known if aisle not in found}}


@cache
def _sold_as_rows() -> Mapping[str, tuple[SoldAs, ...]]:
    found: dict[str, tuple[SoldAs, ...]] = {}
    for one in (read_row(SoldAs, row) for row in read_rows("shop/sold_as.csv")):
        found[one.food_id] = (*found.get(one.food_id, ()), one)
    return found
