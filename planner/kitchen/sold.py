"""What shops sell: packages of a country, under which name, and where what is left of one goes.

Everything stands in ``configs/shop``: packages by country, what a food is sold as, how long it
keeps, what most kitchens have, the order of the aisles. A file of one's own is laid over it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import Field

from foods.errors import FoodNotFoundError, raise_collected
from foods.food import Food, Measure
from foods.packages import bought
from foods.sheet import as_csv_text
from foods.table import FoodTable
from planner.candidates.dish import Dish, Ingredient
from planner.errors import ConfigError
from planner.plan.own_shop import Shelves as Shelves
from planner.plan.own_shop import by_food, own_packages, sold_as_rows, sold_once, usd_per_g
from planner.request.request import Package as Package
from planner.request.request import PlanRequest
from planner.settings import Count, YesNo, read_row, read_rows, read_settings, read_text

T = TypeVar("T")
SETTINGS, COOKING = "shop/shop.toml", "meals/cooking.toml"
WEIGHT, EACH, PACK = "weight", "each", "pack"
CUPBOARD, FRIDGE, FREEZER = "cupboard", "fridge", "freezer"
FROZEN = "frozen"  # into the freezer, but not as it was bought: opened, and frozen in some form
IN_CANS = frozenset({"can", "jar"})
_AS_IT_IS, _COMMENT = 100.0, "#"
_NEEDED = ("food_id", "pack", "size_g")
_OTHERS = ("label", "price", "price_usd", "name", "aisle")
_NUMBERS = ("size_g", "price", "price_usd")


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


@cache
def shelves_of(country: str) -> Shelves:
    """Give the packages of a country."""
    shelves: dict[str, tuple[Package, ...]] = {}
    for name in read_settings(SETTINGS)["countries"][country]:
        shelves |= parse_packages(read_text(f"shop/{name}"), f"configs/shop/{name}")
    return shelves


def own_shelves(request: PlanRequest, foods: FoodTable) -> Shelves:
    """Give the packages of one's own shop that a request has.

    One that is called by its size is a pack. One without a price costs by the gram what the others
    of its food do, else what those of the country do that have one.

    Raises
    ------
    ConfigError
        With every entry whose food is not known, or that stands twice.
    """
    usual = shelves_of(request.shops)
    return {
        name: tuple(_priced(one, sizes, usual.get(name, ())) for one in sizes)
        for name, sizes in own_packages(request, foods).items()
    }


def _priced(package: Package, *others: tuple[Package, ...]) -> Package:
    if package.pack[:1].isdigit():
        package = replace(package, pack=PACK, label=package.label or package.pack)
    known = [price for one in others if (price := usd_per_g(one)) is not None]
    if package.price_usd is not None or not known:
        return package
    return replace(package, price_usd=known[0] * package.size_g)


def shelves_for(request: PlanRequest, foods: FoodTable) -> Shelves:
    """Give the packages of a request's shops; errors as of ``own_shelves``."""
    return {**shelves_of(request.shops), **own_shelves(request, foods)}


def parse_packages(text: str, where: str) -> Shelves:
    """Read packages: ``food_id,pack,size_g`` and, where known, ``label,price_usd,name``.

    Parameters
    ----------
    text, where
        CSV with a header, and how to name it in messages.

    Raises
    ------
    ConfigError
        With every faulty row.
    """
    rows = read_each_row(own_rows(text, where, _NEEDED, _OTHERS), where, _package_row)
    usual = {"label": "", "price_usd": None, "name": ""}
    return by_food(Package(**{**usual, **row}) for row in rows)


def read_own_packages(text: str, where: str, foods: FoodTable) -> list[dict[str, Any]]:
    """Read packages of one's own shop, as a request file has them: foods may be named in words.

    Parameters
    ----------
    text, where
        CSV as of ``parse_packages``, besides with ``price`` in the money of the shops, and
        ``aisle``.
    foods
        The table.

    Raises
    ------
    ConfigError
        With every row that cannot be read, whose food is not known, or that stands twice.
    """
    sold = sold_once(foods)

    def read(cells: Mapping[str, str]) -> dict[str, Any]:
        row = _package_row(cells)
        return row | {"food_id": sold(row["food_id"], row["pack"], row["size_g"])}

    return read_each_row(own_rows(text, where, _NEEDED, _OTHERS), where, read)


def packages_as_csv(packages: Iterable[Mapping[str, Any]]) -> str:
    """Write packages, as a request file has them, as a file that is read again."""
    header = (*_NEEDED, *_OTHERS)
    return as_csv_text([header, *([one.get(name, "") for name in header] for one in packages)])


def own_rows(
    text: str, where: str, needed: Sequence[str], others: Sequence[str] = (), begin: str = ""
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Give the rows of a file of one's own: the number that an editor shows, column → cell.

    A line that begins with ``#`` is a comment; heads may be those that diaries have.

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
    lines = enumerate(text.lstrip("\ufeff").splitlines(), start=1)
    told = [(number, line) for number, line in lines if line.strip() and line[0] != _COMMENT]
    also, known = read_settings("diary.toml")["columns"]["also"], (*needed, *others)
    separator = max(",;\t", key=told[0][1].count) if told else ","
    reader = csv.DictReader((line for _, line in told), delimiter=separator)
    names = [one.strip().casefold() for one in reader.fieldnames or ()]
    reader.fieldnames = [one if one in known else also.get(one, one) for one in names]
    if missing := [name for name in needed if reader.fieldnames.count(name) != 1]:
        remedy = "begin with a line {value}".format(value=begin or ",".join(needed))
        raise ConfigError("no column {names}".format(names=", ".join(missing)), where, remedy)
    for row in reader:
        yield told[reader.line_num - 1][0], {name: (row.get(name) or "").strip() for name in known}


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
            faults.append(f"row {number}: {error!s}")
    raise_collected(ConfigError, faults, where)
    return found


def _package_row(cells: Mapping[str, str]) -> dict[str, Any]:
    if not cells["food_id"] or not cells["pack"]:
        raise ValueError("needs a food and a pack, such as can, bag, each or weight")
    told = {name: cell for name, cell in cells.items() if cell or name in _NEEDED}
    return told | {name: read_amount(told[name], name) for name in _NUMBERS if name in told}


def read_amount(text: str, column: str) -> float:
    """Read a number above 0.

    Raises
    ------
    ValueError
        Naming the column.
    """
    if not re.fullmatch(r"\d{1,7}(\.\d{1,6})?", text) or float(text) <= 0:
        pattern = "{column}: {text!r} is no number above 0 such as 250 or 0.5"
        raise ValueError(pattern.format(column=column, text=text))
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
    for other in sold_as_rows().get(food_id, ()):
        is_sold = other.sold_as in shelves and other.sold_as in foods
        if is_sold and (not other.said or _says(dish, foods[food_id], other.said)):
            return foods[other.sold_as], mass_g * other.g_per_100g / 100
    return bought(foods[food_id], mass_g, foods)


def in_packs_of(food: Food, shelves: Shelves) -> Food:
    """Give a food with cans and jars that hold what those of the shops do, or without any."""
    sizes = [one for one in shelves.get(food.food_id, ()) if one.pack in IN_CANS]
    measures = tuple(_in_packs(food.measures, sizes)) if food.food_id in shelves else food.measures
    return food if measures == food.measures else replace(food, measures=measures)


def _in_packs(measures: Iterable[Measure], sizes: Sequence[Package]) -> Iterator[Measure]:
    near = read_settings("meals/measures.toml")["near"]["measures"]["can"]
    for one in measures:
        own = [size for size in sizes if size.pack == one.name]
        if one.name not in IN_CANS or any(
            abs(size.size_g - one.mass_g) <= near * one.mass_g for size in own
        ):
            yield one
        elif own:
            yield replace(one, mass_g=own[0].size_g)


def is_brewed(food: Food) -> bool:
    """Whether a shop sells what a food is made from, as coffee: its measures are of the drink."""
    rows = sold_as_rows().get(food.food_id, ())
    return any(one.sold_as == food.food_id and one.g_per_100g != _AS_IT_IS for one in rows)


def is_from_dry(line: Ingredient) -> bool:
    """Whether what a recipe takes from a can stands in it from dry (``used_up.py``)."""
    return line.measure.endswith(f", {read_settings(COOKING)['measure']['from_dry']}")


def _says(dish: Dish | None, food: Food, words: Sequence[str]) -> bool:
    """Whether a recipe says one of the words near the name of a food, or in its measure."""
    if dish is None or any(
        one.food_id == food.food_id for one in filter(is_from_dry, dish.ingredients)
    ):
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


def aisles_of(request: PlanRequest) -> Mapping[str, str]:
    """Give the aisles of one's own shop as a request has them, and the usual ones after them.

    Without any, nothing: they are the usual ones.
    """
    own = {one.aisle: one.aisle for one in request.week.packages if one.aisle}
    return {**own, **known_aisles(), **own} if own else {}


def parse_aisles(text: str, where: str, known: Mapping[str, str]) -> Mapping[str, str]:
    """Read aisles in the order in which one walks: ``aisle``, by id or heading, and ``heading``.

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
    faults, headed = [], {heading.casefold(): one for one, heading in known.items()}
    for number, cells in own_rows(text, where, ("aisle",), ("heading",), "aisle,heading"):
        aisle = headed.get(cells["aisle"].casefold(), cells["aisle"])
        if aisle in found or (known and aisle not in known):
            why = "stands twice"
            if aisle not in found:
                names = "; ".join(known.values())
                why = f"is no heading of the list: {names}"
            faults.append(f"row {number}: {aisle!r} {why}")
        found[aisle] = cells["heading"] or known.get(aisle, aisle)
    raise_collected(ConfigError, faults, where)
    return {**found, **{aisle: known[aisle] for aisle in known if aisle not in found}}
