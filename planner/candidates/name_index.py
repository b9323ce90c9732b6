"""Every name that foods and dishes go by, as an index; made once for the same foods and dishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from foods.table import FoodTable, plain_key
from planner.candidates.dish import Dish
from planner.candidates.small_children import is_hazard
from planner.meals.patterns import SLOTS
from planner.request.diets import asked_instead
from planner.settings import read_settings
from planner.shops import named

OF_A_MEAL = (
    'of all meals it is {name!r} alone; at one of them it is put: --put "every {slot}={name}", '
    '--put "mon:{slot}={name}"'
)
_NO_PROTEIN = "none"
_Level = dict[str, tuple[set[str], set[str]]]


def forms_of(word: str) -> tuple[str, ...]:
    """Return the word with its singulars and plural: ``potatoes, potatoe, potato …``."""
    forms = [word]
    for ending, instead in (("s", ""), ("es", ""), ("ies", "y")):
        if word.endswith(ending) and len(word) > len(ending):
            forms.append(word.removesuffix(ending) + instead)
    forms += [f"{word}s", f"{word}es"]
    if word.endswith("y"):
        forms.append(f"{word[:-1]}ies")
    return tuple(forms)


@cache
def known_words() -> Mapping[str, Mapping[str, list[str]]]:
    """Return the words of ``configs/diets/names.toml``, each with what it means."""
    words: Mapping[str, Mapping[str, list[str]]] = read_settings("diets/names.toml")["names"]
    return words


def way_instead(name: str) -> str:
    """Return what to do instead of using a name that stands for nothing; empty if not known."""
    words = set(plain_key(name).split("_"))
    rows = read_settings("diets/names.toml")["instead"].values()
    told = next((row["text"] for row in rows if words & {*row["words"]}), "")
    return told or _of_a_meal(name) or asked_instead(name)


def _of_a_meal(name: str) -> str:
    """Return how to ask for a known word at one meal: ``"one-pot dinners"``; empty if none."""
    key, _, last = plain_key(name).rpartition("_")
    slot = next((meal for meal in SLOTS if last in forms_of(meal)), "")
    word = next((one for one in known_words() if plain_key(one) in forms_of(key)), "")
    return OF_A_MEAL.format(name=word, slot=slot) if slot and word else ""


def notes_of_names(names: Iterable[str]) -> dict[str, str]:
    """Return what is said with every plan in which these names stand, by its own name."""
    words, notes = known_words(), read_settings("diets/names.toml")["notes"]
    keys = (words.get(name.lower(), {}).get("note", "") for name in names)
    return {str(key): notes[key] for key in keys if key}


def words_for_tags() -> tuple[str, ...]:
    """Return the words that mean dishes by their tags: ``"lunchbox"``, ``"mild"``."""
    return tuple(
        word for word, row in known_words().items() if {"tags", "without_tags"} & row.keys()
    )


def dishes_beside(name: str, dishes: Iterable[Dish]) -> frozenset[str]:
    """Name the dishes that are no meal, where a name that is liked or counted is one for tags."""
    is_for_tags = not {*map(plain_key, words_for_tags())}.isdisjoint(forms_of(plain_key(name)))
    kinds = read_settings("diets/names.toml")["counted"]["kinds"]
    return frozenset(dish.dish_id for dish in dishes if is_for_tags and dish.kind not in kinds)


def is_so(dish: Dish, word: str) -> bool:
    """Whether a word for tags means a dish."""
    return _is_of(dish, known_words()[word])


def _is_of(dish: Dish, entry: Mapping[str, list[str]]) -> bool:
    """Whether a word means a dish, by its protein or by its tags."""
    tags, not_tags = entry.get("tags", ()), entry.get("without_tags", ())
    is_tagged = bool(tags or not_tags) and not (tags and dish.tags.isdisjoint(tags))
    is_kind = dish.kind in entry.get("kinds", (dish.kind,))
    is_so = is_tagged and is_kind and dish.tags.isdisjoint(not_tags)
    return is_so or dish.protein in entry.get("proteins", ())


class _Things:
    """Foods and dishes by what they are, not by what they hold: of the same there is one index."""

    def __init__(self, foods: FoodTable, dishes: tuple[Dish, ...]) -> None:
        self.foods, self.dishes = foods, dishes
        self.ids = (id(foods), *map(id, dishes))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Things) and self.ids == other.ids

    def __hash__(self) -> int:
        return hash(self.ids)


def name_index(foods: FoodTable, dishes: tuple[Dish, ...]) -> tuple[_Level, ...]:
    """Word → foods and dishes, one level for each kind of name."""
    return _index_of(_Things(foods, dishes))


@lru_cache(maxsize=8)  # own foods and dishes make others
def _index_of(things: _Things) -> tuple[_Level, ...]:
    foods, dishes = things.foods, things.dishes
    words: _Level = {}
    for word, entry in known_words().items():
        words[plain_key(word)] = (
            {
                food.food_id
                for food in foods
                if food.group in entry.get("groups", ())
                or food.base in entry.get("bases", ())
                or food.aisle in entry.get("aisles", ())
                or food.food_id in entry.get("foods", ())
            },
            {
                *(dish.dish_id for dish in dishes if _is_of(dish, entry)),
                *(
                    food.food_id
                    for food in foods
                    if "hazards" in entry and is_hazard(str(entry["hazards"]), food)
                ),
            },
        )
    by_food: list[_Level] = [{}, {}, {}, {}]
    for food in foods:
        names = (food.group, food.base, food.food_id, plain_key(food.name))
        for level, word in zip(by_food, names, strict=True):
            level.setdefault(word, (set(), set()))[0].add(food.food_id)
    by_dish: list[_Level] = [{}, {}]
    for dish in dishes:
        for word in {dish.dish_id, plain_key(dish.name), plain_key(named(dish.name))}:
            by_dish[0].setdefault(word, (set(), set()))[1].add(dish.dish_id)
        if dish.protein != _NO_PROTEIN:
            by_dish[1].setdefault(dish.protein, (set(), set()))[1].add(dish.dish_id)
    return (words, *by_food, *by_dish)
