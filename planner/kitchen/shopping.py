"""The shopping list: everything of a plan, merged, as one buys it.

A cooked food becomes what one buys for it (``bought_as``), and what is peeled off or thrown away
is added, so that the list says what to put into the basket. Cans, jars and pots are counted as they
are opened day by day: what is past its days when it is needed again takes another one.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

from foods.embedded import read_data_text
from foods.food import Food
from foods.frame import WORDS, as_frame
from foods.nutrient import known_nutrients
from foods.packages import bought
from foods.supplement import Supplement, find_supplement
from foods.table import FoodTable
from foods.units import convert, printed_unit
from foods.water import TAP_WATER
from planner.candidates.servings import in_words
from planner.kitchen.batch import BatchPlan, Cooking
from planner.kitchen.measures import kitchen_amount, whole_pieces
from planner.kitchen.openings import OpenedFood, track_packages
from planner.plan.plan import Day, Item, Plan
from planner.plan.shares import eaters_of

if TYPE_CHECKING:
    import pandas as pd

FOR_FREEZER = ", for the freezer"
AT_HOME = "open from before"
PHARMACY = "pharmacy"
PANTRY_BELOW_G = 10.0  # less than this of a spice, salt or oil is in the cupboard already
PANTRY_GROUPS = frozenset({"herb_spice", "baking", "fat_oil", "condiment", "sauce"})
PANTRY_AISLES = frozenset({"spices_baking", "oils_condiments", "international"})
WEIGHED_AISLES = frozenset({"produce", "meat_fish"})
LEAST_WEIGHED_G = 100.0  # less is asked for in cups and spoons
MUCH_REFUSE = 150.0  # grams bought for 100 g; from here on the words alone would mislead
JUICES = frozenset({"fruit_juice", "drink", "condiment"})
G_PER_OZ, OZ_PER_LB = 28.3495, 16
SMALL_G, FINE_G, FINE_BELOW_G, COARSE_G = 10.0, 5, 100, 10


@dataclass(frozen=True, slots=True)
class Use:
    """A meal that a bought food is for.

    Parameters
    ----------
    day, slot, item
        Day from 1, meal, and name of the dish or food.
    """

    day: int
    slot: str
    item: str


@dataclass(frozen=True, slots=True)
class ShoppingLine:
    """One thing to buy.

    Parameters
    ----------
    aisle, food_id, name
        Where it stands, and what it is; of a supplement the id of its compound.
    need_g
        Mass to buy for the plan, with what is peeled off or thrown away; of a supplement that of
        the compound without filler [g].
    buy
        The same as one buys it: ``"1 1/3 cups (230 g)"``.
    surplus_g
        What stays over of whole pieces [g]; ``None`` where it is bought by weight.
    price_usd
        Usual price of what is eaten or frozen of it [USD].
    uses
        The meals it is for.
    is_pantry
        Whether so little is needed that a look into the cupboard will do.
    packages
        Number of cans, jars or pots of what spoils once they are opened; 0 where one that was
        opened on earlier days is enough, ``None`` for everything else.
    """

    aisle: str
    food_id: str
    name: str
    need_g: float
    buy: str
    surplus_g: float | None
    price_usd: float
    uses: tuple[Use, ...]
    is_pantry: bool
    packages: int | None = None


@dataclass(frozen=True, slots=True)
class ShoppingList:
    """Everything to buy, by aisle in the order of the shop, with its price.

    Parameters
    ----------
    lines
        What to buy, then within each aisle by name.
    people
        For how many.
    total_usd
        Usual price of everything that is eaten or frozen, and of supplements that the plan adds
        [USD].
    currency, year
        Of the prices.
    frozen_usd
        What of it goes into the freezer [USD].
    """

    lines: tuple[ShoppingLine, ...]
    people: int
    total_usd: float
    currency: str
    year: int
    frozen_usd: float = 0.0

    def to_frame(self) -> pd.DataFrame:
        """Give a table of pandas: a row per line, with the meals it is for; units in ``attrs``."""
        units = {
            **{"aisle": WORDS, "food_id": WORDS, "name": WORDS, "need_g": "g", "buy": WORDS},
            **{"packages": "package", "surplus_g": "g", "price_usd": self.currency},
            **{"is_pantry": WORDS, "days": WORDS, "meals": WORDS},
        }
        rows = (
            {field.name: getattr(line, field.name) for field in fields(line)}
            | {"days": " ".join(map(str, sorted({use.day for use in line.uses})))}
            | {"meals": "; ".join(dict.fromkeys(use.item for use in line.uses))}
            for line in self.lines
        )
        return as_frame(rows, units, people=self.people, year=self.year)


@dataclass(slots=True)
class _Need:
    """What has been added up of one bought food."""

    edible_g: float = 0.0
    price_usd: float = 0.0
    uses: dict[Use, None] | None = None

    def add(self, edible_g: float, price_usd: float, use: Use) -> None:
        self.edible_g += edible_g
        self.price_usd += price_usd
        self.uses = (self.uses or {}) | {use: None}


def list_shopping(
    plan: Plan,
    foods: FoodTable,
    units: str = "us",
    people: int = 1,
    batch: BatchPlan | None = None,
    days: range | None = None,
) -> ShoppingList:
    """List what to buy for ``plan``; tap water, and pills that are taken already, are left out.

    Parameters
    ----------
    plan, foods
        The plan and the food table it was made from.
    units
        ``"us"`` or ``"metric"``.
    people
        How many eat the same; guests count once, and supplements are for the one person that was
        asked about them.
    batch
        What is cooked double; its share for the freezer is bought too.
    days
        Numbers of the days to buy for; ``None``: all. Of packages, those that are opened on these
        days: one that is open from the days before, and still good, is used up first.

    Raises
    ------
    FoodNotFoundError
        When the table does not have a food of the plan.
    """
    wanted = [day for day in plan.days if days is None or day.day in days]
    cook = [one for one in (batch.cook if batch else ()) if days is None or one.day in days]
    packages = {one.food.food_id: one for one in track_packages(plan, foods, people, batch)}
    needs = _needs(wanted, cook, foods, people)
    lines = [
        _line(foods[name], need, units, packages.get(name), days) for name, need in needs.items()
    ]
    lines += _pharmacy_lines(wanted)
    order = _aisle_order()
    lines.sort(key=lambda line: (order.get(line.aisle, len(order)), line.name.casefold()))
    prices = _price_basis()
    return ShoppingList(
        lines=tuple(lines),
        people=people * len(eaters_of(plan)),
        total_usd=sum(line.price_usd for line in lines),
        currency=str(prices["currency"]),
        year=int(str(prices["year"])),
        frozen_usd=sum(one.frozen_usd for one in cook) * people,
    )


def _needs(
    days: Iterable[Day], cook: Iterable[Cooking], foods: FoodTable, people: int
) -> dict[str, _Need]:
    needs: dict[str, _Need] = {}
    for day in days:
        for meal in day.meals:
            for item in meal.items:
                use = Use(day.day, meal.slot, item.name)
                _add_item(needs, item.ingredients, use, foods, people)
                if item.guests is not None:
                    _add_item(needs, item.guests.ingredients, use, foods, 1)
    for one in cook:
        use = Use(one.day, one.slot, f"{one.name}{FOR_FREEZER}")
        _add_item(needs, one.frozen_parts, use, foods, people)
    return needs


def _add_item(
    needs: dict[str, _Need],
    ingredients: Iterable[tuple[str, float]],
    use: Use,
    foods: FoodTable,
    people: int,
) -> None:
    for food_id, mass_g in ingredients:
        eaten = foods[food_id]
        if food_id == TAP_WATER:
            continue
        food, edible_g = bought(eaten, mass_g * people, foods)
        price_usd = (eaten.price_usd_per_100g or 0.0) * mass_g * people / 100
        needs.setdefault(food.food_id, _Need()).add(edible_g, price_usd, use)


def _line(
    food: Food, need: _Need, units: str, opened: OpenedFood | None, days: range | None
) -> ShoppingLine:
    need_g = need.edible_g * food.bought_g_per_100g / 100
    if opened is None:
        buy, surplus_g = _buyable(food, need.edible_g, need_g, units)
    else:
        buy, surplus_g = _packages(opened, need_g, days)
    return ShoppingLine(
        aisle=food.aisle,
        food_id=food.food_id,
        name=food.name,
        need_g=need_g,
        buy=buy,
        surplus_g=surplus_g,
        price_usd=need.price_usd,
        uses=tuple(need.uses or ()),
        is_pantry=_is_pantry(food, need_g),
        packages=None if opened is None else opened.opened_on(days),
    )


def _packages(opened: OpenedFood, need_g: float, days: range | None) -> tuple[str, float]:
    """Say how many packages to buy, and what stays over of them [g]."""
    package_g = opened.package.mass_g * opened.food.bought_g_per_100g / 100
    count = opened.opened_on(days)
    surplus_g = max(0.0, (opened.open_before(days) + count) * package_g - need_g)
    if not count:
        return AT_HOME, surplus_g
    return f"{in_words(count, opened.package.name)} ({_grams(count * package_g)})", surplus_g


def _pharmacy_lines(days: Iterable[Day]) -> list[ShoppingLine]:
    """Give a line for each supplement that the plan adds, with all of its doses on these days."""
    doses: dict[str, list[tuple[Use, Item]]] = {}
    for day in days:
        for meal in day.meals:
            for item in meal.items:
                if item.is_added:
                    use = Use(day.day, meal.slot, item.name)
                    doses.setdefault(item.item_id, []).append((use, item))
    return [_pharmacy_line(find_supplement(key), own) for key, own in doses.items()]


def _pharmacy_line(compound: Supplement, doses: Sequence[tuple[Use, Item]]) -> ShoppingLine:
    amounts = [item.nutrients.get(compound.nutrient) or 0.0 for _, item in doses]
    unit = known_nutrients()[compound.nutrient].unit
    total_mg = convert(sum(amounts), unit, "mg")
    compound_mg = compound.compound_mg(total_mg)
    return ShoppingLine(
        aisle=PHARMACY,
        food_id=compound.compound_id,
        name=compound.label,
        need_g=convert(total_mg if compound_mg is None else compound_mg, "mg", "g"),
        buy=_doses_in_words(amounts, unit),
        surplus_g=None,
        price_usd=sum(item.cost for _, item in doses),
        uses=tuple(dict.fromkeys(use for use, _ in doses)),
        is_pantry=False,
    )


def _doses_in_words(amounts: Sequence[float], unit: str) -> str:
    """Say how many doses of which size: ``"14 doses of 100 mg"``."""
    counts = Counter(f"{amount:.4g} {printed_unit(unit)}" for amount in amounts)
    return ", ".join(
        f"{count} {'dose' if count == 1 else 'doses'} of {size}" for size, count in counts.items()
    )


def _is_pantry(food: Food, need_g: float) -> bool:
    kept = food.group in PANTRY_GROUPS and food.aisle in PANTRY_AISLES
    return kept and need_g < PANTRY_BELOW_G


def _buyable(food: Food, edible_g: float, need_g: float, units: str) -> tuple[str, float | None]:
    """Say what to buy, and what stays over of whole pieces [g]."""
    pieces = whole_pieces(food, edible_g)
    if pieces is not None:
        count, piece = pieces
        mass_g = count * piece.mass_g * food.bought_g_per_100g / 100
        words = str(count) if piece.name in ("piece", "whole") else in_words(count, piece.name)
        return f"{words} ({_grams(mass_g)})", mass_g - need_g
    is_weighed = food.aisle in WEIGHED_AISLES and food.group not in JUICES
    if units == "us" and is_weighed and need_g >= LEAST_WEIGHED_G:
        words = _pounds(need_g)
    else:
        words = kitchen_amount(food, edible_g, units)
    if words and food.bought_g_per_100g >= MUCH_REFUSE and not is_weighed:
        return f"{words}, from {_grams(need_g)}", None  # juice is bought as lemons
    return f"{words} ({_grams(need_g)})" if words else _grams(need_g), None


def _pounds(mass_g: float) -> str:
    pounds, ounces = divmod(math.ceil(mass_g / G_PER_OZ), OZ_PER_LB)
    return " ".join(filter(None, (f"{pounds} lb" if pounds else "", f"{ounces} oz" * bool(ounces))))


def _grams(mass_g: float) -> str:
    """Round up to what a scale in a shop shows, so that it is enough."""
    if mass_g < SMALL_G:
        return f"{math.ceil(mass_g - 0.01) or 1} g"
    step = FINE_G if mass_g < FINE_BELOW_G else COARSE_G
    return f"{math.ceil(mass_g / step - 0.01) * step or step:,} g"


@cache
def _aisle_order() -> Mapping[str, int]:
    aisles: Sequence[str] = tomllib.loads(read_data_text("vocabulary.toml"))["aisle"]
    return {aisle: place for place, aisle in enumerate(aisles)}


@cache
def _price_basis() -> Mapping[str, object]:
    prices: Mapping[str, object] = tomllib.loads(read_data_text("SOURCES.toml"))["prices"]
    return prices
