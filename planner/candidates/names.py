"""What a person means by a name: an allergen, a group, a food or a dish.

Names are looked up in this order: words of ``configs/diets/names.toml`` ("nuts", "red meat"),
food groups, bases ("spinach" for raw and cooked), food ids, plain names of foods, names and ids of
dishes, protein families; in each in singular and plural, so that "potatoes" means all potatoes and
not only the raw food of that name. For exclusions allergens come first, so that
``--without milk`` leaves out everything made of milk and not only the glass of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

from foods.table import FoodTable, nearest_names
from planner.candidates.dish import Dish
from planner.errors import CandidatesError

NO_PROTEIN = "none"
_Level = dict[str, tuple[set[str], set[str]]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for.

    Parameters
    ----------
    name
        The name as written.
    food_ids
        Foods that it covers.
    dish_ids
        Dishes that it covers by themselves, whatever is in them.
    is_allergen
        Whether it is an allergen, so that even a trace of it counts.
    """

    name: str
    food_ids: frozenset[str]
    dish_ids: frozenset[str] = frozenset()
    is_allergen: bool = False


def find_meaning(
    name: str,
    foods: FoodTable,
    dishes: Iterable[Dish],
    allergens: Mapping[str, frozenset[str]] | None = None,
    where: str = "",
) -> Meaning:
    """Say what ``name`` stands for.

    Parameters
    ----------
    name
        As a person wrote it; case, spaces and hyphens do not matter.
    foods, dishes
        Where to look.
    allergens
        Word → allergen words of the catalogue, looked up first; ``None`` where no exclusion is
        meant.
    where
        Option or key for the message.

    Raises
    ------
    CandidatesError
        When nothing has this name; offers the nearest.
    """
    key = _plain(name)
    dishes = tuple(dishes)
    forms = _forms(key)
    for word in forms:
        if allergens and word in allergens:
            found = {food.food_id for food in foods if allergens[word] & food.allergens}
            return Meaning(name, frozenset(found), is_allergen=True)
    index = _index(foods, dishes)
    for level in index:
        for word in forms:
            if word in level:
                food_ids, dish_ids = level[word]
                return Meaning(name, frozenset(food_ids), frozenset(dish_ids))
    known = [*chain(*index), *(allergens or ())]
    near = ", ".join(word.replace("_", " ") for word in nearest_names(key, known))
    raise CandidatesError(
        f"no food, group, dish or allergen is called {name!r}",
        where=where,
        remedy=f"the nearest known: {near}" if near else "see `magplan foods search`",
    )


def _plain(name: str) -> str:
    return "_".join(name.strip().lower().replace("-", " ").replace("_", " ").split())


def _forms(word: str) -> tuple[str, ...]:
    """Give the word with its singulars and plural: ``potatoes, potatoe, potato …``."""
    forms = [word]
    for ending, instead in (("s", ""), ("es", ""), ("ies", "y")):
        if word.endswith(ending) and len(word) > len(ending):
            forms.append(word.removesuffix(ending) + instead)
    forms.append(f"{word}s")
    return tuple(forms)


@cache
def _words() -> Mapping[str, Mapping[str, list[str]]]:
    text = files("configs").joinpath("diets", "names.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["names"]  # type: ignore[no-any-return]  # TOML is untyped


def _index(foods: FoodTable, dishes: tuple[Dish, ...]) -> tuple[_Level, ...]:
    """Word → foods and dishes, one level for each kind of name."""
    words: _Level = {}
    for word, entry in _words().items():
        words[_plain(word)] = (
            {
                food.food_id
                for food in foods
                if food.group in entry.get("groups", ()) or food.base in entry.get("bases", ())
            },
            {dish.dish_id for dish in dishes if dish.protein in entry.get("proteins", ())},
        )
    by_food: list[_Level] = [{}, {}, {}, {}]
    for food in foods:
        names = (food.group, food.base, food.food_id, _plain(food.name))
        for level, word in zip(by_food, names, strict=True):
            level.setdefault(word, (set(), set()))[0].add(food.food_id)
    by_dish: list[_Level] = [{}, {}]
    for dish in dishes:
        for word in (dish.dish_id, _plain(dish.name)):
            by_dish[0].setdefault(word, (set(), set()))[1].add(dish.dish_id)
        if dish.protein != NO_PROTEIN:
            by_dish[1].setdefault(dish.protein, (set(), set()))[1].add(dish.dish_id)
    return (words, *by_food, *by_dish)
