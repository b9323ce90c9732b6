"""What shops sell, what labels say, how long it keeps, and how many packages are bought when.

Everything stands in ``configs/shop``: packages by country, what a food is sold as, how long it
keeps, what most kitchens have, the order of the aisles. A file of one's own is laid over it.

A package that is open is used until it is empty or past its days; then the next one is opened
(``foods/openings.py``, the rule that the model prices). What is at home is used first.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, TypeVar

import numpy as np
from pydantic import Field

from foods.errors import FoodNotFoundError, raise_collected
from foods.food import UNKNOWN, Food, Measure
from foods.openings import (
    PARTS,
    PackageDay,
    advice_once_opened,
    days_once_opened,
    in_parts,
    use_packages,
)
from foods.packages import bought
from foods.sheet import as_csv_text
from foods.table import FoodTable, plain_key
from planner.candidates.dish import Dish, Ingredient
from planner.candidates.names import find_left_out
from planner.errors import CandidatesError, ConfigError
from planner.plan.own_shop import Shelves as Shelves
from planner.plan.own_shop import by_food, own_packages, sold_as_rows, sold_once, usd_per_g
from planner.request.diets import find_diet, read_allergens
from planner.request.equipment import names_chilled, names_freezer
from planner.request.request import Package as Package
from planner.request.request import PlanRequest
from planner.settings import Count, YesNo, read_row, read_rows, read_settings, read_text
from planner.targets.eaters import eater_requests

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
    """Return the packages of a country."""
    shelves: dict[str, tuple[Package, ...]] = {}
    for name in read_settings(SETTINGS)["countries"][country]:
        shelves |= parse_packages(read_text(f"shop/{name}"), f"configs/shop/{name}")
    return shelves


def own_shelves(request: PlanRequest, foods: FoodTable) -> Shelves:
    """Return the packages of one's own shop that a request has.

    One that is called by its size is a pack. One without a price costs by the gram what the others
    of its food do, else what those of the country do that have one.

    Raises
    ------
    ConfigError
        With every entry whose food is not known, or that stands twice.
    """
    usual = shelves_of(request.shops)
    return {
        name: tuple(_priced(size, sizes, usual.get(name, ())) for size in sizes)
        for name, sizes in own_packages(request, foods).items()
    }


def _priced(package: Package, *others: tuple[Package, ...]) -> Package:
    if package.pack[:1].isdigit():
        package = replace(package, pack=PACK, label=package.label or package.pack)
    known = [price for other in others if (price := usd_per_g(other)) is not None]
    if package.price_usd is not None or not known:
        return package
    return replace(package, price_usd=known[0] * package.size_g)


def shelves_for(request: PlanRequest, foods: FoodTable) -> Shelves:
    """Return the packages of a request's shops; errors as of ``own_shelves``."""
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
    """Return the rows of a file of one's own: the number that an editor shows, column → cell.

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
    names = [head.strip().casefold() for head in reader.fieldnames or ()]
    reader.fieldnames = [name if name in known else also.get(name, name) for name in names]
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
    """Return what is read of each row of ``own_rows``.

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
    """Describe how the rest of an open package of a food is frozen; ``None`` where nobody does."""
    return _freezing(food.food_id, food.base, food.group, pack)


@cache
def _freezing(food_id: str, base: str, group: str, pack: str) -> Freezing | None:
    best = _best_row("shop/freezes.csv", food_id=food_id, base=base, group=group, pack=pack)
    return None if best is None else read_row(Freezing, best)


def how_eaten_up(food: Food) -> str:
    """Return how people eat up what is left of a food: ``"salad"``, ``"cooked"`` or ``"snack"``."""
    names = {"food_id": food.food_id, "base": food.base, "group": food.group, "aisle": food.aisle}
    best = _best_row("shop/eat_up.csv", **names)
    return "cooked" if best is None else best["how"]


def _best_row(file: str, **names: str) -> Mapping[str, str] | None:
    """Return the row that fits and names most, what is named first before what is named later."""
    fits = (
        row for row in read_rows(file) if all(row[key] in ("", name) for key, name in names.items())
    )
    return max(fits, key=lambda row: [bool(row[key]) for key in names], default=None)


def keeping_of(food: Food) -> Keeping:
    """Describe how long a food keeps; of several rows the one that names most about it."""
    return _keeping(food.food_id, food.base, food.group, food.aisle)


@cache
def _keeping(food_id: str, base: str, group: str, aisle: str) -> Keeping:
    best = _best_row("shop/keeps.csv", food_id=food_id, base=base, group=group, aisle=aisle)
    return Keeping(None, False, CUPBOARD, None) if best is None else read_row(Keeping, best)


def sold_as(
    foods: FoodTable, shelves: Shelves, food_id: str, mass_g: float, dish: Dish | None
) -> tuple[Food, float]:
    """Return the food that a shop sells for ``mass_g`` [g] of a food, and its edible mass [g].

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
    """Return a food with cans and jars that hold what those of the shops do, or without any."""
    sizes = [shelve for shelve in shelves.get(food.food_id, ()) if shelve.pack in IN_CANS]
    measures = tuple(_in_packs(food.measures, sizes)) if food.food_id in shelves else food.measures
    return food if measures == food.measures else replace(food, measures=measures)


def _in_packs(measures: Iterable[Measure], sizes: Sequence[Package]) -> Iterator[Measure]:
    near = read_settings("meals/measures.toml")["near"]["measures"]["can"]
    for measure in measures:
        own = [size for size in sizes if size.pack == measure.name]
        if measure.name not in IN_CANS or any(
            abs(size.size_g - measure.mass_g) <= near * measure.mass_g for size in own
        ):
            yield measure
        elif own:
            yield replace(measure, mass_g=own[0].size_g)


def is_brewed(food: Food) -> bool:
    """Whether a shop sells what a food is made from, as coffee: its measures are of the drink."""
    rows = sold_as_rows().get(food.food_id, ())
    return any(row.sold_as == food.food_id and row.g_per_100g != _AS_IT_IS for row in rows)


def is_from_dry(line: Ingredient) -> bool:
    """Whether what a recipe takes from a can stands in it from dry (``used_up.py``)."""
    return line.measure.endswith(f", {read_settings(COOKING)['measure']['from_dry']}")


def _says(dish: Dish | None, food: Food, words: Sequence[str]) -> bool:
    """Whether a recipe says one of the words near the name of a food, or in its measure."""
    if dish is None or any(
        ingredient.food_id == food.food_id for ingredient in filter(is_from_dry, dish.ingredients)
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
    """Return aisle → heading, in the order of the usual shop."""
    return parse_aisles(read_text("shop/aisles.csv"), "configs/shop/aisles.csv", {})


def aisles_of(request: PlanRequest) -> Mapping[str, str]:
    """Return the aisles of one's own shop as a request has them, and the usual ones after them.

    Without any, nothing: they are the usual ones.
    """
    own = {package.aisle: package.aisle for package in request.week.packages if package.aisle}
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


FOREVER = 1 << 10
CENT = 0.01


@dataclass(frozen=True, slots=True)
class Stock:
    """What is at home of a food.

    Parameters
    ----------
    mass_g
        Its mass as it is bought [g].
    days
        Days of the plan, from the first, on which it is still good; ``None``: all.
    is_frozen
        Whether it is in the freezer, to be thawed the day before.
    cooked_g
        Of what is used, what is cooked already and left over, as it is bought [g].
    """

    mass_g: float
    days: int | None = None
    is_frozen: bool = False
    cooked_g: float = 0.0


@dataclass(frozen=True, slots=True)
class OpenedKept:
    """How somebody keeps what is opened.

    Parameters
    ----------
    has_freezer
        Whether anything is frozen.
    can_days
        Days within which the rest of a can is to be eaten; ``None``: as long as it is good.
    has_fridge
        Whether anything is kept cold; else what is opened is eaten on that day.
    eats_up
        Whether what is left is eaten beside the plan: not where an amount of it could hurt.
    """

    has_freezer: bool = True
    can_days: int | None = None
    has_fridge: bool = True
    eats_up: bool = True

    def most_days(self, package: Package) -> int | None:
        """Return the days within which the rest of a package is to be eaten, if somebody said."""
        is_can = package.pack in read_settings(SETTINGS)["count"]["enough_packs"]
        return self.can_days if is_can else None


@dataclass(frozen=True, slots=True)
class Bought:
    """Packages of one food over the days of a plan.

    Parameters
    ----------
    package
        The size that is bought.
    opened
        Packages (steps of a weight) opened on each day.
    home_g
        What each day takes from what was at home [g].
    open_g
        What is open before each day, and after the last one [g].
    past_g
        What of that is past its days on each day [g].
    since
        Place of the day on which the package was opened that each day leaves open.
    opened_keeps
        Days that a package keeps once opened, as ``foods/data/opened.csv`` has it [days]; those
        until its rest is to be frozen, where that is done.
    freezing
        How its rest is frozen within them; ``None`` where nobody does.
    eaten_within
        Days by which its rest is eaten and not frozen: the most of the same advice [days].
    fresh_until
        Of what spoils soon, opened or not, the last day on which what each day opens is fresh.
    """

    package: Package
    opened: tuple[int, ...]
    home_g: tuple[float, ...]
    open_g: tuple[float, ...]
    past_g: tuple[float, ...]
    since: tuple[int, ...]
    opened_keeps: int | None
    freezing: Freezing | None = None
    eaten_within: int | None = None
    fresh_until: tuple[int, ...] = ()

    def last_fresh(self, opened_at: int, days: Sequence[int], within: int) -> int:
        """Return the last day on which what was opened on one, by its place, is eaten unfrozen."""
        last = days[opened_at] + within
        return min(last, self.fresh_until[opened_at]) if self.fresh_until else last

    def frozen_rest(self, at: int, days: Sequence[int]) -> Freezing | None:
        """Describe how what was open before a day is frozen by then; ``None`` where it is not.

        ``at`` is the place of the day in ``days``.
        """
        if at == 0 or self.eaten_within is None:
            return None
        last = self.last_fresh(self.since[at - 1], days, self.eaten_within)
        return self.freezing if days[at] > last else None

    def within(self, first: int, last: int) -> Bought:
        """Return it up to place ``last``, with what was past its days only from ``first`` on."""
        past_g = tuple(one_g if at >= first else 0.0 for at, one_g in enumerate(self.past_g))
        return replace(self, past_g=past_g[: last + 1], since=self.since[: last + 1])


def buy(
    used_g: Sequence[float],
    sizes: Sequence[Package],
    food: Food,
    keeping: Keeping,
    home: Stock,
    kept: OpenedKept = OpenedKept(),
    fresh_from: Sequence[int] = (),
) -> Bought:
    """Buy what the days need in one size: the fewest packages that hold little more than the least.

    Where more costs less, as half a gallon of milk beside three pints, it is the cheapest.

    Parameters
    ----------
    used_g
        What each day needs, as it is bought [g].
    sizes
        The sizes that shops have, one or more.
    food, keeping
        What it is, and how long it keeps.
    home
        What is at home already; it is used first.
    kept
        How what is left of a package is kept.
    fresh_from
        Places of days on which what was opened before is past its days, but for what is frozen.
    """
    home_g = from_home(used_g, home)
    short_g = [need_g - taken_g for need_g, taken_g in zip(used_g, home_g, strict=True)]
    ways = [_open(short_g, home_g, size, food, keeping, kept, fresh_from) for size in sizes]
    masses_g = [sum(way.opened) * way.package.size_g for way in ways]
    most_g = min(masses_g) * read_settings(SETTINGS)["count"]["more"]
    fit = [way for way, mass_g in zip(ways, masses_g, strict=True) if mass_g <= most_g]
    usual = min(fit, key=lambda way: (sum(way.opened), way.package.size_g))

    def usd(way: Bought) -> float:
        return sum(way.opened) * (price_of(way.package, food) or math.inf)

    larger = (way for way in ways if way.package.size_g > usual.package.size_g)
    return min([usual, *(way for way in larger if usd(way) < usd(usual))], key=usd)


def from_home(used_g: Sequence[float], home: Stock) -> tuple[float, ...]:
    """Return what each day takes from what is at home, the earliest first [g].

    What is a little short of the need is enough, as a can is: nobody buys a cabbage for a spoon.
    """
    left_g, taken = home.mass_g / float(read_settings(SETTINGS)["count"]["enough"]), []
    if sum(used_g) > left_g:
        left_g = home.mass_g
    for day, need_g in enumerate(used_g):
        is_good = home.days is None or day < home.days
        taken.append(min(left_g, need_g) if is_good else 0.0)
        left_g -= taken[-1]
    return tuple(taken)


def _open(
    short_g: Sequence[float],
    home_g: tuple[float, ...],
    package: Package,
    food: Food,
    keeping: Keeping,
    kept: OpenedKept,
    fresh_from: Sequence[int],
) -> Bought:
    advice = advice_once_opened(food, Measure(package.pack, package.size_g))
    known, most = (advice.days_least, advice.days_most) if advice else (None, None)
    freezing, most_days = freezing_kept(food, package, kept), kept.most_days(package)
    if known is None and freezing is not None:
        known = most = min(keeping.rest_days or FOREVER, keeping.fresh_days or FOREVER)
    if most_days is not None:
        known = most = min(most_days, most_days if known is None else known)
    if known is not None and not kept.has_fridge:
        known = most = 0
    keeps, most_g = days_open(food, package, keeping, kept), enough_for_g(package)
    parts = [in_parts(need_g / most_g) for need_g in short_g]
    opened, past, since, before = [], [], [], 0
    open_g, past_g = [0.0], []  # as it is weighed: what a can does not have, it does not leave
    is_cut = freezing is None and package.pack != EACH  # half an avocado waits, whatever is bought
    for first, day, package_day in _followed(parts, keeps, fresh_from if is_cut else ()):
        rest, before = int(package_day.rest[0]), 0 if day == first else before
        past.append(int(package_day.past[0]))
        since.append(first + int(package_day.since[0]))
        opened.append((parts[day] + past[-1] + rest - before) // PARTS)
        past_g.append(open_g[-1] if past[-1] or day == first else 0.0)
        held_g = open_g[-1] - past_g[-1] + opened[-1] * package.size_g
        open_g.append(max(0.0, held_g - short_g[day]) if rest else 0.0)
        before = rest
    rests = tuple(open_g), tuple(past_g)
    return Bought(package, tuple(opened), home_g, *rests, tuple(since), known, freezing, most)


def _followed(
    parts: Sequence[int], keeps: int, fresh_from: Sequence[int]
) -> Iterator[tuple[int, int, PackageDay]]:
    """Follow packages through the days: place of the first one that its trip buys for, and day."""
    cuts = sorted({0, *fresh_from, len(parts)})
    for first, end in pairwise(cuts):
        used = np.array([parts[first:end]], dtype=np.int64)
        for day, package in enumerate(use_packages(used, np.array([keeps])), start=first):
            yield first, day, package


def enough_for_g(package: Package) -> float:
    """Return the most that one package is taken to be enough for [g]: the rule of model and list.

    Of a can a little more than it holds, since nobody opens another for so little; of all else
    half a gram more, which is rounding.
    """
    rule = read_settings(SETTINGS)["count"]
    if package.pack == WEIGHT:
        return package.size_g
    if package.pack in rule["enough_packs"]:
        return package.size_g / float(rule["enough"])
    return package.size_g + float(rule["rounding_g"])


def freezing_kept(food: Food, package: Package, kept: OpenedKept = OpenedKept()) -> Freezing | None:
    """Describe how what is left of a package is frozen; ``None`` where it is not."""
    is_frozen = kept.has_freezer and kept.most_days(package) is None
    return freezing_of(food, package.pack) if is_frozen else None


def days_open(
    food: Food, package: Package, keeping: Keeping, kept: OpenedKept = OpenedKept()
) -> int:
    """Return the days that an open package counts as good; ``FOREVER``: longer than any plan.

    Where none are known it is as long as its rest keeps, and a week at least; what is frozen is
    good as long as it may lie there.
    """
    freezing, most_days = freezing_kept(food, package, kept), kept.most_days(package)
    known = days_once_opened(food, Measure(package.pack, package.size_g))
    if freezing is not None:
        return freezing.days
    if most_days is not None:
        known = min(most_days, most_days if known is None else known)
    if known is not None:
        return known if kept.has_fridge else 0
    count = read_settings(SETTINGS)["count"]
    least_days: int = count["keeps_days"]
    if (keeping.fresh_days or FOREVER) <= count["soon_days"]:
        least_days = 0
    is_cold = keeping.rest == FRIDGE and food.aisle not in count["uncut_aisles"]
    if is_cold and not kept.has_fridge and (keeping.rest_days or FOREVER) <= count["cold_days"]:
        return 0
    return FOREVER if keeping.rest_days is None else max(keeping.rest_days, least_days)


def price_of(package: Package, food: Food) -> float | None:
    """Return the price of one package [USD]; ``None`` where neither it nor the food has one."""
    if package.price_usd is not None or food.price_usd_per_100g is None:
        return package.price_usd
    price = package.size_g / food.sold_g_per_100g * food.price_usd_per_100g
    return price if package.pack == WEIGHT else max(CENT, round(price, 2))


LABELS = "shop/labels.toml"
GLUTEN, WHEAT = "gluten", "wheat"  # who leaves out all cereals with gluten leaves out wheat


def allergens_avoided(
    request: PlanRequest, foods: FoodTable, dishes: Iterable[Dish]
) -> tuple[str, ...]:
    """Name the allergens that somebody at the table leaves out, by wish, allergy or condition.

    What is no allergen, but left out by a diet or a word, is among them: gelatin, rennet, alcohol.

    Parameters
    ----------
    request
        Who eats; who leaves out all foods that hold an allergen leaves that out.
    foods, dishes
        Where names are looked up.
    """
    known, found, beside = tuple(dishes), set[str](), read_settings(LABELS)["may_hold_beside"]
    for eater in eater_requests(request).values():
        wanted, out = eater.preferences, set[str]()
        said = set(map(plain_key, wanted.names_to_come))
        found |= {
            key
            for key, row in beside.items()
            if find_diet(wanted.diet).diet_id in row["diets"]
            or said & set(map(plain_key, row["words"]))
        }
        for name in wanted.names_to_come:
            with suppress(CandidatesError):  # it means a dish, if anything
                out |= find_left_out(name, foods, known).food_ids
        found |= wholly_left_out(out, foods)
    return tuple(sorted(found - {WHEAT} if GLUTEN in found else found))


def is_amount_held(request: PlanRequest) -> bool:
    """Whether somebody at the table has a limit that what is eaten beside the plan could pass."""
    held = set[str]()
    for eater in eater_requests(request).values():
        held |= eater.patient.nutrients_held
        held |= {override.nutrient for override in eater.overrides if override.upper is not None}
    return not held.isdisjoint(read_settings(SETTINGS)["left"]["not_eaten_up"])


def label_name(name: str) -> str:
    """Name what a label may say: an allergen, or what stands beside them."""
    beside = read_settings(LABELS)["may_hold_beside"]
    return str(beside[name]["name"] if name in beside else read_allergens()[name].name)


def bought_as_words(request: PlanRequest) -> Mapping[str, str]:
    """Return food group or food (id) → the word by which it has to be bought for somebody."""
    wanted = [plan_request.preferences for plan_request in eater_requests(request).values()]
    asked = {find_diet(preferences.diet).diet_id for preferences in wanted}
    asked |= {name for preferences in wanted for name in preferences.names_to_come}
    rows = read_settings(LABELS)["bought_as"].values()
    rows = [row for row in rows if asked.intersection([*row["diets"], *row["words"]])]
    return {key: row["word"] for row in rows for key in (*row["groups"], *row["foods"])}


def wholly_left_out(out: Set[str], foods: FoodTable) -> set[str]:
    """Name the allergens of which no food is left but those that are out (food ids)."""
    left = frozenset[str]().union(*(food.allergens for food in foods if food.food_id not in out))
    held = frozenset[str]().union(*(foods[food_id].allergens for food_id in out))
    return {*held - left - {UNKNOWN}}


def labels_to_read(
    bought: Iterable[str], allergens: Iterable[str], foods: FoodTable
) -> Mapping[str, tuple[str, ...]]:
    """Return for each allergen the foods of a list whose labels are to be read.

    Parameters
    ----------
    bought
        Food ids, in the order of the list; those that ``foods`` does not know are left out.
    allergens
        What somebody leaves out.
    foods
        The food table.

    Source: ``configs/shop/labels.toml``.
    """
    rows = read_settings(LABELS)["may_hold"] | read_settings(LABELS)["may_hold_beside"]
    known = [foods[food_id] for food_id in dict.fromkeys(bought) if food_id in foods]
    found = {
        name: tuple(
            food.food_id
            for food in known
            if food.group in rows[name]["groups"] or food.food_id in rows[name]["foods"]
        )
        for name in allergens
    }
    return {name: own for name, own in found.items() if own}


_BOXES, _CAN_DAYS = "freezer_boxes", "can_days"


def boxes_held(request: PlanRequest) -> int | None:
    """Return how many boxes the freezer holds, none without one; ``None`` where nobody said."""
    if any(map(names_freezer, _without(request))) or not _has_fridge(request):
        return 0
    return _least_habit(request, _BOXES)


def kept_by(request: PlanRequest) -> OpenedKept:
    """Return how those who ask keep opened food; whoever leaves out chilled food has no fridge."""
    can_days = _least_habit(request, _CAN_DAYS)
    eats_up = not is_amount_held(request)
    return OpenedKept(boxes_held(request) != 0, can_days, _has_fridge(request), eats_up)


def _has_fridge(request: PlanRequest) -> bool:
    return not any(map(names_chilled, _without(request)))


def _without(request: PlanRequest) -> Iterator[str]:
    for eater in request.everybody:
        yield from (*eater.without, *eater.without_on)


def _least_habit(request: PlanRequest, name: str) -> int | None:
    habits = (request.habits, *(eater.habits for eater in request.eaters))
    return min((habit[name] for habit in habits if name in habit), default=None)
