"""Find the food that a person means, without ever guessing."""

from __future__ import annotations

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.errors import FoodNotFoundError
from foods.food import Food
from foods.line_mass import usual_foods, usual_mass
from foods.name_reader import core_words, food_reader
from foods.recipe_line import parse_line, read_words
from foods.table import FoodTable, nearest_names, nearest_said

CANDIDATES_SHOWN = 8
LOOKED_UP = "{name!r} is {food!r}, which diaries know and no plan takes from home"
EAT = "have it at a meal, as it is: --eat-out 'fri:lunch={name}'"


def find_food(table: FoodTable, text: str) -> Food:
    """Return the food whose id, name or base is ``text``, whatever its capitals.

    Raises
    ------
    FoodNotFoundError
        When there is none, with the nearest names; or when a base has several foods (milk), with
        all of them.
    """
    wanted = " ".join(text.split()).casefold()
    key = wanted.replace(",", "").replace(" ", "_")
    if key in table:
        return table[key]
    named = [food for food in table if food.name.casefold() == wanted]
    named = named or [food for food in table if food.base == wanted.replace(" ", "_")]
    if len(named) == 1:
        return named[0]
    if named:
        choice = "say which: {names}".format(names=", ".join(food.food_id for food in named))
        raise FoodNotFoundError(f"{text!r} can be several foods", "", choice)
    if (known := looked_up_alone(text, table)) is not None:  # baked beans are no other beans
        raise FoodNotFoundError(
            LOOKED_UP.format(name=text, food=known.name), "", EAT.format(name=text)
        )
    if meant := _surely(text, table):
        return table[meant]
    raise FoodNotFoundError(f"no food {text!r} in the food table", "", _near(table, text))


def find_food_in_line(table: FoodTable, text: str) -> tuple[Food, float | None]:
    """Find a food by its name, or by a line as of a diary, ``"30 g cashews"``, with its mass [g].

    Raises
    ------
    FoodNotFoundError
        When no food, or no one food, is called so.
    """
    line = parse_line(text)
    try:
        return find_food(table, text), None
    except FoodNotFoundError:
        if line.amount is None:
            raise
    found = find_food(table, line.name)
    return found, usual_mass(line, found)[0]


def looked_up_alone(text: str, table: FoodTable) -> Food | None:
    """Return the food that a text surely means, where no plan has it; else ``None``."""
    others = read_lookup_foods()
    other = _surely(text, others)
    return others[other] if other and other not in table else None


def _surely(text: str, table: FoodTable) -> str:
    """Return the id of the food that a text surely means; empty where that is in doubt."""
    found = food_reader(table).find(text, usual_foods())
    is_sure = len(found.item_ids) == 1 and found.sure >= read_words()["sure"]["usually"]
    return found.item_ids[0] if is_sure else ""


def search_foods(table: FoodTable, text: str) -> list[Food]:
    """Return the foods that a text may mean, best first, whatever its spelling and word order.

    What is usually meant comes first, then foods in whose id, name, base or group each word of the
    text occurs: those whose name begins with it, then those that more people buy.
    """
    reader = food_reader(table)
    meant = reader.find(text, usual_foods())
    ids = [*meant.item_ids, *reader.holding(meant.words)] if meant.item_ids else []
    likely = sorted((table[one] for one in ids), key=lambda one: one.base != table[ids[0]].base)
    found = {food.food_id: food for food in (*likely, *_holding(table, text))}
    return list(found.values())


def _holding(table: FoodTable, text: str) -> list[Food]:
    """Return the foods in whose id, name, base or group each word of a text occurs."""
    words = text.casefold().replace("_", " ").split()
    found = [food for food in table if all(map(_searched(food).__contains__, words))]
    start = " ".join(words)
    return sorted(
        found,
        key=lambda food: (
            not food.name.casefold().startswith(start),
            not all(word in food.name.casefold() for word in words),
            food.popularity,
            food.name.casefold(),
        ),
    )


def near_foods(table: FoodTable, text: str) -> list[Food]:
    """Return the foods whose names look most like ``text``, best first."""
    by_word = {food.food_id.replace("_", " "): food for food in table}
    by_word |= {food.name.casefold(): food for food in table}
    asked = text.casefold().replace("_", " ")
    found = [by_word[word] for word in nearest_names(asked, by_word, 2 * CANDIDATES_SHOWN)]
    return list({food.food_id: food for food in found}.values())[:CANDIDATES_SHOWN]


def _searched(food: Food) -> str:
    return f"{food.food_id} {food.name} {food.base} {food.group}".casefold().replace("_", " ")


def _near(table: FoodTable, text: str) -> str:
    near = search_foods(table, text)[:CANDIDATES_SHOWN] or near_foods(table, text)
    if not near:
        return "`magplan foods search WORDS` lists foods"
    return nearest_said(food.food_id for food in near)


def is_in_no_dish(name: str) -> bool:
    """Whether a name is surely that of one food to look up, such as venison, and of none in plans.

    It holds nothing else but sugar and the like, and no word of its name is in that of a food that
    dishes may have; or just so among the words for what nobody has here, such as protein powder.
    """
    elsewhere = read_words()["elsewhere"]
    if " ".join(name.casefold().split()) in elsewhere["none"]:
        return True
    foods, others = read_embedded_foods(), read_lookup_foods()
    known = [others[food_id] for food_id in food_reader(others).spelled(name)]
    bases, beside = {food.base for food in foods}, set(elsewhere["beside"])
    words = {word for food in foods for word in core_words(food.name)}
    is_apart = all(food.base not in bases and food.contains <= beside for food in known)
    return bool(known) and is_apart and words.isdisjoint(core_words(name))
