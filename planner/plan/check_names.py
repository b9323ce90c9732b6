"""What the names of a request stand for, as the judge understands them.

Words of ``configs/diets/names.toml`` come first, then groups, bases, food ids, and at last plain
names, dishes and protein families. Where something is to be left out, allergens come before all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from foods.embedded import parse_toml_once
from planner.plan.check_lines import KnownFood, Line
from planner.plan.plan import Item
from planner.targets.read import find_allergen, read_settings


@dataclass(frozen=True, slots=True)
class DishNote:
    """What the judge needs to know of a shipped dish beside its ingredients.

    Parameters
    ----------
    dish_id, name, protein
        Id, plain name and protein family.
    minutes
        Time from start to table [min].
    tags
        Its tags, ``raw_egg`` and ``raw_fish`` among them.
    """

    dish_id: str
    name: str
    protein: str
    minutes: int
    keeps_days: int
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Named:
    """What a name covers.

    Parameters
    ----------
    name
        As a person wrote it.
    food_ids, dish_ids
        Foods in any dish, and dishes whatever is in them.
    """

    name: str
    food_ids: frozenset[str]
    dish_ids: frozenset[str]

    def mass_in(self, lines: Iterable[Line]) -> float:
        """Mass of the foods it covers [g]."""
        return sum(line.mass_g for line in lines if line.food.food_id in self.food_ids)

    def is_dish(self, item: Item) -> bool:
        """Whether the item itself is a dish that is meant."""
        return item.item_id in self.dish_ids


def find_excluded(name: str, foods: Iterable[KnownFood]) -> Named | None:
    """Say what ``--without name`` leaves out: an allergen in whatever holds it, or a name."""
    word = _plain(name)
    allergen = find_allergen(word) or find_allergen(word.removesuffix("s"))
    if allergen is None:
        return find_named(name, foods)
    holding = {
        food.food_id for food in foods if food.traits and food.traits.allergens & allergen.words
    }
    return Named(name, frozenset(holding), frozenset())


def find_named(name: str, foods: Iterable[KnownFood], served: Iterable[Item] = ()) -> Named | None:
    """Say which foods and dishes a name covers; ``None`` where nothing is called so.

    Dishes that are ``served`` but not shipped, a person's own, go by their id and name.
    """
    foods, notes = tuple(foods), read_dish_notes()
    own = {item.item_id: _own_note(item) for item in served if item.kind == "dish"}
    dishes = tuple({**own, **notes}.values())
    word = _plain(name)
    for form in (word, word.removesuffix("s"), f"{word}s"):
        for food_fits, dish_fits in _kinds(form):
            found = Named(
                name,
                frozenset(food.food_id for food in foods if food_fits(food)),
                frozenset(dish.dish_id for dish in dishes if dish_fits(dish)),
            )
            if found.food_ids or found.dish_ids:
                return found
    return None


@cache
def read_dish_notes() -> Mapping[str, DishNote]:
    """Read the notes of every shipped dish by its id."""
    notes = {}
    for file in files("foods").joinpath("data", "dishes").iterdir():
        if file.name.endswith(".toml"):
            for row in parse_toml_once(file.read_text(encoding="utf-8"))["dish"]:
                notes[row["id"]] = DishNote(
                    row["id"],
                    row["name"],
                    row["protein"],
                    row["minutes"],
                    row["keeps_days"],
                    frozenset(row["tags"]),
                )
    return notes


def _own_note(item: Item) -> DishNote:
    return DishNote(item.item_id, item.name, "", item.minutes, 0, frozenset())


_Kind = tuple[Callable[[KnownFood], bool], Callable[[DishNote], bool]]


def _kinds(word: str) -> Iterable[_Kind]:
    """Give a test of foods and one of dishes for each kind of name, in their order."""
    entry = _words().get(word)
    if entry is not None:
        groups, bases = entry.get("groups", ()), entry.get("bases", ())
        yield (
            lambda food: food.group in groups or _base(food) in bases,
            lambda dish: dish.protein in entry.get("proteins", ()),
        )
    yield (lambda food: food.group == word), _no_dish
    yield (lambda food: _base(food) == word), _no_dish
    yield (lambda food: food.food_id == word), _no_dish
    yield (
        lambda food: _plain(food.name) == word,
        lambda dish: word in (dish.dish_id, _plain(dish.name), dish.protein),
    )


def _no_dish(dish: DishNote) -> bool:
    del dish
    return False


def _base(food: KnownFood) -> str:
    return food.traits.base if food.traits else ""


@cache
def _words() -> Mapping[str, Mapping[str, list[str]]]:
    names = read_settings("diets/names.toml")["names"]
    return {_plain(word): entry for word, entry in names.items()}


def _plain(name: str) -> str:
    return "_".join(name.strip().lower().replace("-", " ").replace("_", " ").split())
