"""Parts of a shopping list: what goes to which shop, and what is left when some is bought."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from foods.packages import bought_for
from foods.sheet import parse_rows
from foods.table import FoodTable, plain_key
from planner.candidates.dish import Dish
from planner.errors import CandidatesError, ConfigError
from planner.faults import fault
from planner.kitchen.cooked_already import foods_meant
from planner.kitchen.errand import ShoppingLine, ShoppingList
from planner.kitchen.sold import SETTINGS
from planner.settings import read_settings

_AND = re.compile(r",|;|\band\b|\bund\b", re.IGNORECASE)
_ALL_BUT = re.compile(
    r"(?:everything|all|alles) "
    r"(?:but|except|besides|without|ausser|bis auf|(?P<down_to>down to|up to))\b"
)


def read_shop(text: str) -> tuple[str, tuple[str, ...]]:
    """Read ``"Indian shop=dal,spices"`` as a shop and the names of what is bought there.

    Raises
    ------
    ConfigError
        When it names no shop or nothing to buy.
    """
    shop, _, names = text.partition("=")
    found = tuple(filter(None, map(str.strip, _AND.split(names))))
    if not shop.strip() or not found:
        raise fault(ConfigError, "no_shop_for", text=text)
    return shop.strip(), found


def sent_to(
    shopping: ShoppingList,
    shops: Mapping[str, Sequence[str]],
    foods: FoodTable,
    dishes: Sequence[Dish],
) -> tuple[ShoppingList, tuple[str, ...]]:
    """Send what names mean to shops, each line to the first that has it; the rest stays.

    Gives the names of which nothing is on the list, too.

    Raises
    ------
    CandidatesError
        When nothing is called so.
    """
    where, strange = dict[str, str](), list[str]()
    for shop, names in shops.items():
        for name in names:
            found = lines_meant(name, shopping, foods, dishes)
            strange += [] if found else [name]
            where = {**dict.fromkeys(found, shop), **where}
    lines = (replace(line, shop=where.get(line.food_id, "")) for line in shopping.lines)
    order = {shop: place for place, shop in enumerate(shops)}
    sent = sorted(lines, key=lambda line: (line.trip, order.get(line.shop, len(order))))
    return replace(shopping, lines=tuple(sent)), tuple(strange)


def read_bought(text: str, where: str) -> str:
    """Read what is bought from a file: rows of a list that is cut or ticked, or a name a line.

    Raises
    ------
    FoodDataError
        When it is a table with faults.
    """
    first = text.strip().partition("\n")[0].split(",")
    column = next((one for one in ("food_id", "name", "food") if one in first), None)
    if column is None:
        lines = (line.strip().removeprefix("- ") for line in text.splitlines())
        return ", ".join(line.removeprefix("[x] ") for line in lines if not line.startswith("[ ]"))
    rows = (row for _, row in parse_rows(text, where))
    return ", ".join(row[column] for row in rows if row.get("bought", "x").strip())


def bought_of(
    text: str, shopping: ShoppingList, foods: FoodTable, dishes: Sequence[Dish]
) -> frozenset[str]:
    """Give the foods (ids) of a list that are bought: by their names, all but some, or up to some.

    Raises
    ------
    CandidatesError
        When nothing is called so.
    """
    all_but = _ALL_BUT.match(text.strip().casefold())
    rest = text.strip()[all_but.end() :] if all_but else text
    for line in shopping.lines:
        if _AND.search(line.name):  # "Cod, raw fillet" is one food
            rest = re.sub(re.escape(line.name), line.food_id, rest, flags=re.IGNORECASE)
    names = (re.sub(r"^the\s+", "", name.strip()) for name in _AND.split(rest))
    named = [lines_meant(name, shopping, foods, dishes) for name in names if name]
    found = frozenset[str]().union(*named)
    every = [line.food_id for line in shopping.lines if not line.is_pantry]
    if all_but and all_but["down_to"]:
        first = next((at for at, food_id in enumerate(every) if food_id in found), len(every))
        return frozenset(every[:first])
    return frozenset(every) - found if all_but else found.intersection(every)


def without_bought(shopping: ShoppingList, bought: Iterable[str]) -> ShoppingList:
    """Give what is left of a list when some of it (food ids) is bought."""
    gone = {*bought}
    left = tuple(one for one in shopping.lines if one.is_pantry or one.food_id not in gone)
    paid_usd = shopping.total_usd - sum(one.price_usd or 0.0 for one in left)
    return replace(
        shopping,
        lines=left,
        total_usd=shopping.total_usd - paid_usd,
        empty_usd=shopping.empty_usd - paid_usd,
        eaten_usd=sum(one.eaten_usd for one in left),
        budget_usd=None,
        bought=tuple(dict.fromkeys(one.name for one in shopping.lines if one not in left)),
    )


def lines_meant(
    name: str, shopping: ShoppingList, foods: FoodTable, dishes: Sequence[Dish]
) -> frozenset[str]:
    """Give the foods (ids) of a list that a name means: an aisle, a package, or foods.

    Raises
    ------
    CandidatesError
        When nothing is called so.
    """
    row = read_settings(SETTINGS)["list_words"].get(name.casefold())
    pack = read_settings(SETTINGS)["list_packs"].get(name.casefold())
    key, lines = plain_key(name), shopping.lines
    if any(name == one.food_id for one in lines):
        return frozenset({name})
    found = {one.food_id for one in lines if key in _aisle_names(one, shopping)}
    found |= {one.food_id for one in lines if pack in _packs(one)}
    if row is not None:
        found |= {one.food_id for one in lines if _is_of(one, row, foods)}
    if found:
        return frozenset(found)
    try:
        meant = foods_meant(name, foods, dishes)
    except CandidatesError:
        if row is None and pack is None:
            raise
        return frozenset()
    shelf = meant | {bought_for(foods[food_id], foods)[0].food_id for food_id in meant}
    return frozenset(one.food_id for one in lines if one.food_id in shelf)


def _aisle_names(line: ShoppingLine, shopping: ShoppingList) -> set[str]:
    return {plain_key(line.aisle), plain_key(shopping.aisles.get(line.aisle, line.aisle))}


def _packs(line: ShoppingLine) -> set[str]:
    words = {plain_key(word) for word in line.buy.split()}
    return words | {word.removesuffix("s") for word in words}


def _is_of(line: ShoppingLine, row: Mapping[str, Sequence[str]], foods: FoodTable) -> bool:
    if line.food_id not in foods:
        return False
    is_of_group = foods[line.food_id].group in row.get("groups", ())
    is_there = line.aisle in row.get("aisles", (line.aisle,))
    return line.food_id in row.get("foods", ()) or (is_of_group and is_there)
