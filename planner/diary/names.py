"""Which food or dish a line of a diary means: matched by its words, and never guessed.

What was eaten was mostly cooked: of a food that is also known raw or dry the name means its cooked
form, unless it says raw or dry itself. Where that leaves several, all are listed and none is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foods.find import search_foods
from foods.food import Food
from foods.recipe_line import read_words
from foods.recipe_match import DOUBT_NO_AMOUNT, match_line, plain_words
from foods.table import FoodTable, plain_key
from planner.candidates.dish import Dish
from planner.candidates.names import is_in_name
from planner.candidates.spoken_names import read_spoken
from planner.diary.diary import AS_EATEN, BY_ID, BY_NAME, BY_WORDS, DISH, FOOD
from planner.errors import CandidatesError
from planner.language.spoken import mark, said
from planner.settings import read_settings

SEVERAL = mark("several foods or dishes could be meant")
NONE = mark("none of our foods or dishes is a sure match for this one")
_RAW_STATES = ("raw", "dry")
_Called = dict[tuple[str, ...], list[str]]


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What a name was taken for.

    Parameters
    ----------
    kind, item_id
        ``"food"`` or ``"dish"`` and its id; both empty where nothing surely has this name.
    how
        How it was matched, a word of ``DiaryEntry.how``.
    why
        Why nothing is matched, in a sentence.
    near
        Ids of what it may be, best first.
    """

    kind: str
    item_id: str
    how: str
    why: str = ""
    near: tuple[str, ...] = ()


class NameBook:
    """The foods and dishes under the names that people have for them.

    Parameters
    ----------
    foods, dishes
        Where to look.
    """

    def __init__(self, foods: FoodTable, dishes: Iterable[Dish]) -> None:
        self.foods = foods
        self.dishes: Mapping[str, Dish] = {one.dish_id: one for one in dishes}
        self._foods_called = _levels(foods)
        self._dishes_called: _Called = {}
        for dish in self.dishes.values():
            self._dishes_called.setdefault(_words(dish.name), []).append(dish.dish_id)
        self._found: dict[tuple[str, bool], NameMatch] = {}

    def find(self, name: str, is_dish: bool = False) -> NameMatch:
        """Match a name; where ``is_dish`` dishes come before foods, elsewhere after them."""
        key = (name, is_dish)  # a diary has the same names day after day
        if key not in self._found:
            self._found[key] = self._find(name, is_dish)
        return self._found[key]

    def _find(self, name: str, is_dish: bool) -> NameMatch:
        exact = [self._exact_dish, self._exact_food]
        for find in exact if is_dish else reversed(exact):
            match = find(name)
            if match is not None:
                return match
        english, near = self._in_english(name)
        if english:
            return self.find(english, is_dish)
        return NameMatch("", "", "", said(SEVERAL), near) if near else self._by_words(name)

    def by_id(self, item_id: str) -> NameMatch | None:
        """Match an id of a food or a dish, and no other name; ``None`` where there is none."""
        if item_id in self.foods:
            return NameMatch(FOOD, item_id, BY_ID)
        return NameMatch(DISH, item_id, BY_ID) if item_id in self.dishes else None

    def _exact_dish(self, name: str) -> NameMatch | None:
        if name in self.dishes:
            return NameMatch(DISH, name, BY_ID)
        return _only(DISH, self._dishes_called.get(_words(name), ()), BY_NAME)

    def _exact_food(self, name: str) -> NameMatch | None:
        if name in self.foods:
            return NameMatch(FOOD, name, BY_ID)
        for level in self._foods_called:
            found = level.get(_words(name))
            if found:
                return self._eaten(name, found)
        return None

    def _eaten(self, name: str, found: Sequence[str]) -> NameMatch | None:
        """Choose among foods of one name those in the state in which they are eaten."""
        if _says_raw(name):
            return _only(FOOD, found, BY_NAME)
        forms = dict.fromkeys(form for one in found for form in self._forms(self.foods[one]))
        is_same = len(forms) == 1 and set(forms) <= set(found)
        return _only(FOOD, tuple(forms), BY_NAME if is_same else AS_EATEN)

    def _forms(self, food: Food) -> list[str]:
        """Give what a food is eaten as: itself, or what it becomes in the pot."""
        words, rules = read_words(), read_settings("diary.toml")["names"]
        if food.state not in _RAW_STATES or food.base in words["words"]["as_it_is"]:
            return [food.food_id]
        if food.food_id in words["usually"]:
            return [words["usually"][food.food_id]]
        cooked = [other.food_id for other in self.foods if other.bought_as == food.food_id]
        is_cooked = not cooked and food.state == "dry" and food.group in rules["never_dry"]
        return cooked or ([food.food_id, ""] if is_cooked else [food.food_id])

    def _in_english(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Read a name of the language that is spoken; where it may mean several, name those."""
        try:
            reading = read_spoken(name, self.foods)
        except CandidatesError as error:
            return "", (str(error.remedy),)
        if reading is None or plain_key(reading.english) == plain_key(name):
            return "", ()
        return reading.english, ()

    def _by_words(self, name: str) -> NameMatch:
        match = match_line(f"100 g {name}", self.foods)
        doubts = [one for one in match.doubts if one != DOUBT_NO_AMOUNT]
        if match.food_id and not doubts:
            bought = self.foods[match.food_id].bought_as if match.is_turned else None
            if _says_raw(name):
                return NameMatch(FOOD, bought or match.food_id, BY_WORDS)
            found = self._eaten(name, [match.food_id])
            if found is not None and found.item_id:
                how = AS_EATEN if match.is_turned or found.how == AS_EATEN else BY_WORDS
                return NameMatch(FOOD, found.item_id, how)
        held = [food.food_id for food in search_foods(self.foods, name)]
        is_like = match.confidence >= _rules()["least_like"]
        near = [*held, *self._dishes_with(name)] or (match.nearest if is_like else ())
        why = SEVERAL if match.confidence >= read_words()["match"]["least"] else NONE
        return NameMatch("", "", "", said(why), tuple(dict.fromkeys(near))[: _shown()])

    def _dishes_with(self, name: str) -> list[str]:
        return [one.dish_id for one in self.dishes.values() if is_in_name(name, one.name)]


def _levels(foods: Iterable[Food]) -> tuple[_Called, ...]:
    """Give words → ids of foods, one level for each kind of name, the surest first."""
    levels: tuple[_Called, ...] = ({}, {}, {})
    for food in foods:
        kinds = ((food.name,), (food.food_id,), (food.name.partition(",")[0], food.base))
        for level, names in zip(levels, kinds, strict=True):
            for words in {_words(name) for name in names}:
                level.setdefault(words, []).append(food.food_id)
    return levels


def _only(kind: str, found: Sequence[str], how: str) -> NameMatch | None:
    """Match what is the only one, and list several."""
    if len(found) > 1:
        near = tuple(one for one in found if one)[: _shown()]
        return NameMatch("", "", "", said(SEVERAL), near)
    return NameMatch(kind, found[0], how) if found else None


def _words(text: str) -> tuple[str, ...]:
    """Give the words of a name in the singular, sorted: their order does not matter."""
    return tuple(sorted(plain_words(text.replace("_", " "))))


def _says_raw(name: str) -> bool:
    return bool(set(plain_words(name)) & set(_rules()["raw"]))


def _shown() -> int:
    return int(_rules()["near"])


def _rules() -> Mapping[str, Any]:
    rules: Mapping[str, Any] = read_settings("diary.toml")["names"]
    return rules
