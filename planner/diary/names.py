"""Which food or dish a line of a diary means: by its words, the usual one where several fit.

What was eaten was mostly cooked: of a food that is also known raw or dry the name means its cooked
form, unless it says raw or dry itself. Where that leaves several, the most usual is taken, and the
others stand beside it; who is told what was read sees how sure it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from foods.food import Food
from foods.library.find import find_kept, find_named, named_so, search_kept
from foods.library.store import KeptFood
from foods.line_mass import names_joined, usual_foods
from foods.name_reader import (
    NOTHING_USUAL,
    CalledSo,
    NameFound,
    NameReader,
    Words,
    in_order,
    name_words,
    plain_words,
    reader_of,
    without_talk,
    word_sets,
)
from foods.recipe_line import read_words
from foods.table import FoodTable
from planner.candidates.dish import Dish, shipped_dish_ids
from planner.candidates.exchanges import dish_printed
from planner.diary.diary import AS_EATEN, BY_ID, BY_NAME, BY_WORDS, DISH, FOOD, USUALLY
from planner.settings import read_settings

NONE = "none of our foods or dishes is a sure match for this one"
_RAW_STATES = ("raw", "dry")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What a name was taken for.

    Parameters
    ----------
    kind, item_id
        ``"food"`` or ``"dish"`` and its id; both empty where nothing surely has this name.
    how
        How it was matched, a word of ``DiaryEntry.how``.
    sure
        How sure it is [0 to 1].
    why
        Why nothing is matched, in a sentence.
    near
        Ids of what else it may be, best first.
    """

    kind: str
    item_id: str
    how: str
    sure: float = 1.0
    why: str = ""
    near: tuple[str, ...] = ()


class NameBook:
    """The foods and dishes under the names that people have for them.

    Parameters
    ----------
    foods, dishes
        Where to look.
    shops
        Country whose words count, where it has its own: chips are fries in the UK.
    """

    def __init__(self, foods: FoodTable, dishes: Iterable[Dish], shops: str = "") -> None:
        self.foods = foods
        self._local = read_words()["spoken_in"].get(shops, {"measures": {}, "names": {}})
        self.dishes: Mapping[str, Dish] = {dish.dish_id: dish for dish in dishes}
        self._found: dict[tuple[str, bool], NameMatch] = {}
        self._kept: dict[str, Food] = {}
        self._printed: dict[str, Dish] = {}  # by the name that a plan prints, with what is in it

    def item(self, item_id: str) -> Food | Dish:
        """Return the food or the dish of an id that ``find`` gave."""
        is_dish = item_id in self.dishes or item_id in self._printed
        return self.dish(item_id) if is_dish else self.food(item_id)

    def dish(self, dish_id: str) -> Dish:
        """Return the dish of an id that ``find`` gave, as it is written or as it is printed."""
        return self._printed.get(dish_id) or self.dishes[dish_id]

    def food(self, food_id: str) -> Food:
        """Return the food of an id that ``find`` gave, ours or one that is kept."""
        return self.foods[food_id] if food_id in self.foods else self._kept[food_id]

    @cached_property
    def _reader(self) -> NameReader:
        foods = (
            (food.food_id, food.name, food.base, food.popularity, False) for food in self.foods
        )
        rank = _rules()["rank_of_dishes"]
        dishes = ((dish.dish_id, dish.name, "", rank, True) for dish in self.dishes.values())
        return reader_of((*foods, *dishes))

    @cached_property
    def _own_dishes(self) -> Mapping[Words, str]:
        """Return the words of the name of each dish that is no shipped one → its id."""
        own = (dish for dish in self.dishes.values() if dish.dish_id not in shipped_dish_ids())
        return {in_order(name_words(dish.name)): dish.dish_id for dish in own}

    def find(self, name: str, is_dish: bool = False) -> NameMatch:
        """Match a name; where ``is_dish`` dishes come before foods, elsewhere after them."""
        bare = " ".join(word for word in name_words(name) if word not in read_words()["sizes"])
        name = self._local["names"].get(bare, name)
        key = (name, is_dish)  # a diary has the same names day after day
        if key not in self._found:
            self._found[key] = self._find(name, is_dish)
        return self._found[key]

    def measured(self, text: str) -> str:
        """Put the measures of a country for those that another one calls so: pints."""
        for measure, meant in self._local["measures"].items():
            text = re.sub(rf"\b{measure}s?\b", meant, text, flags=re.IGNORECASE)
        return text

    def is_called(self, name: str) -> bool:
        """Whether a food or a dish has just this name, or is usually meant by it."""
        is_known = self.is_ours(name) or bool(self._made(name)) or find_named(name) is not None
        return is_known or self.find(name).item_id in self._printed

    def is_ours(self, name: str) -> bool:
        """Whether a food or a dish of ours has just this name, or is meant by it."""
        return self._reader.is_called(name, usual_foods())

    def is_usual(self, name: str) -> bool:
        """Whether the table of what is usually meant has just these words."""
        return bool(self._usually(name_words(name))[0])

    def is_joined(self, name: str) -> bool:
        """Whether what a name means is itself said with "and", in its name or as usually meant."""
        found = self.find(name).item_id
        own = plain_words(self.item(found).name) if found else ()
        is_named = "and" in own or in_order(without_talk(name_words(name))) in names_joined()
        return is_named or bool(self._made(name))

    def _find(self, name: str, is_dish: bool) -> NameMatch:
        ours = self._find_ours(name, is_dish)
        is_own = ours.item_id in self._kept or ours.item_id in self._own_dishes.values()
        match = ours if is_own else self._or_kept(name, ours)
        least = _rules()["least_sure_of"].get(match.item_id, _rules()["least_sure"])
        if match.sure >= least or not match.item_id:
            return match
        near = (match.item_id, *match.near)  # a stand-in is mostly wrong: it is only listed
        return NameMatch("", "", "", 0.0, NONE, _but(near, ""))

    def _or_kept(self, name: str, ours: NameMatch) -> NameMatch:
        """Choose between what we have and what a person keeps: the surer one.

        Of two that are as sure a food of one's own counts; one of a download does only where ours
        is not usually meant: each of its many makers has oats.
        """
        first, _, rest = name.partition(" ")
        if rest and first.casefold() in read_words()["numbers"]:
            name = rest  # "an oat bar"
        kept = {one.figures.food_id: one for one in search_kept(name, is_mended=not ours.item_id)}
        if ours.sure >= read_words()["sure"]["usually"]:
            kept = {food_id: food for food_id, food in kept.items() if food.is_own}
        exact = named_so(name, kept.values())
        found = NameFound((exact.figures.food_id,), 1.0) if exact else _reader_of(kept).find(name)
        if not found.item_ids or found.sure < ours.sure:
            return ours
        food_id, *near = found.item_ids
        self._kept[food_id] = kept[food_id].as_food()
        how = BY_NAME if found.sure == 1.0 else BY_WORDS
        return NameMatch(FOOD, food_id, how, found.sure, near=_but((*near, ours.item_id), food_id))

    def _find_ours(self, name: str, is_dish: bool) -> NameMatch:
        by_id = self.by_id(name)
        if by_id is not None:
            return by_id
        if not self.is_ours(name) and (dish := dish_printed(name, self.dishes.values())):
            self._printed[name] = dish
            return NameMatch(DISH, name, BY_NAME)
        made = self._made(name)
        if made:
            return self.find(made, is_dish)
        return self._chosen(
            name, self._reader.find(name, NOTHING_USUAL if is_dish else usual_foods()), is_dish
        )

    def _made(self, name: str) -> str:
        """Return what a maker makes if only its flavor or fat is told: "1 Chobani strawberry"."""
        words, makes, sets = name_words(name), _makes(), word_sets()
        maker = next((word for word in words if word in makes), "")
        told = {*without_talk(words)} - {maker}
        plain, flavored = makes.get(maker, ("", ""))
        known = sets["flavors"] | sets["fatness"] | sets["measures"] | {*name_words(plain)}
        if not maker or self._usually(words)[0] or not told <= known:
            return ""
        if maker not in sets["brands"] and self._reader.is_called(name, usual_foods()):
            return ""
        kind = flavored if told & sets["flavors"] else plain
        in_full = " ".join([*(word for word in words if word in sets["fatness"]), kind])
        return in_full if self._reader.is_called(in_full, usual_foods()) else str(kind)

    def made_by(self, name: str) -> str:
        """Return what the maker in a name is known for, whatever else the name says; or blank."""
        return next((str(_makes()[word][1]) for word in name_words(name) if word in _makes()), "")

    def by_id(self, item_id: str) -> NameMatch | None:
        """Match an id, or the whole name of a dish of one's own; ``None`` where there is none."""
        own = self._own_dishes.get(in_order(name_words(item_id)), item_id)
        if own in self.dishes:
            return NameMatch(DISH, own, BY_ID if own == item_id else BY_NAME)
        self._kept |= {food_id: food.as_food() for food_id, food in find_kept([item_id]).items()}
        is_food = item_id in self.foods or item_id in self._kept
        return NameMatch(FOOD, item_id, BY_ID) if is_food else None

    def _chosen(self, name: str, found: NameFound, is_dish: bool) -> NameMatch:
        """Choose among what a name may be, foods before dishes."""
        dishes = [dish_id for dish_id in found.item_ids if dish_id in self.dishes]
        foods = [food_id for food_id in found.item_ids if food_id in self.foods]
        if not found.item_ids:
            least = _rules()["near_least"]
            looks_like = [item_id for score, item_id in self._reader.rank(name) if score >= least]
            near = (*self._reader.holding(found.words), *looks_like)
            return NameMatch("", "", "", 0.0, NONE, _but(near, ""))
        if dishes and (is_dish or not foods):
            how = BY_NAME if found.sure == 1.0 else BY_WORDS
            near = (*found.item_ids, *self._reader.holding(found.words))
            return NameMatch(DISH, dishes[0], how, found.sure, near=_but(near, dishes[0]))
        usual, usually = self._usually(found.words)
        is_usual = found.item_ids == (usual,)
        own = self._in_state(foods, name, is_usual)
        surest = read_words()["sure"]
        how, sure = BY_NAME, found.sure
        if own[0] not in foods:
            how, sure = AS_EATEN, min(sure, surest["state"])
        if len(own) > 1:
            how, sure = USUALLY, min(sure, surest["several"])
        elif is_usual and sure == usually:
            how = USUALLY
        elif found.sure < 1.0:
            how = BY_WORDS
        return NameMatch(
            FOOD, own[0], how, sure, near=_but((*own[1:], *self._near(found, own[0])), own[0])
        )

    def _usually(self, words: Words) -> tuple[str, float]:
        usual = usual_foods()
        return usual.get(words) or usual.get(in_order(words)) or ("", 0.0)

    def _in_state(self, found: Sequence[str], name: str, is_usual: bool) -> list[str]:
        """List foods in the state that a name says, or else as they are eaten, most usual first."""
        asked, sets = {*name_words(name)}, word_sets()
        if is_usual:
            base = self.foods[found[0]]
            same = [food for food in self.foods if food.base == base.base]
        else:
            same = [self.foods[food_id] for food_id in found]
        for kind in ("raw", "canned", "frozen"):
            if asked & (sets[kind] | ({"dry", "dried"} if kind == "raw" else set())):
                told = [food.food_id for food in same if self._is_state(food, kind)]
                if told and not (is_usual and self._is_state(self.foods[found[0]], kind)):
                    return sorted(told, key=self._usual_first)
        if is_usual:
            return list(found)
        forms = [form for food_id in found for form in self._forms(self.foods[food_id])]
        return sorted(dict.fromkeys(forms), key=self._usual_first)

    def _is_state(self, food: Food, kind: str) -> bool:
        if kind == "raw":
            return food.state in _RAW_STATES or food.food_id.endswith(("_raw", "_dry"))
        words = {*plain_words(food.name), *plain_words(food.food_id.replace("_", " "))}
        return bool(words & word_sets()[kind])

    def _usual_first(self, food_id: str) -> tuple[object, ...]:
        food = self.foods[food_id]
        is_plain = not any(self._is_state(food, kind) for kind in ("canned", "frozen"))
        return (food.popularity, not is_plain, not food.bought_as, food_id)

    def _near(self, found: NameFound, food_id: str) -> list[str]:
        """Return what else a name may be: other foods of its base, then what has all its words."""
        own = self.foods[food_id]
        same = [
            food.food_id
            for food in self.foods
            if food.base == own.base and (food.state == own.state or food.state == "eaten")
        ]
        held = [one for one in self._reader.holding(found.words) if one in self.foods]
        held.sort(key=lambda one: self.foods[one].group != own.group)
        return [*sorted(same, key=self._usual_first), *held]

    def _forms(self, food: Food) -> list[str]:
        """Return what a food is eaten as: itself, or what it becomes in the pot."""
        words = read_words()
        if food.state not in _RAW_STATES or food.base in words["words"]["as_it_is"]:
            return [food.food_id]
        if food.food_id in words["usually"]:
            return [words["usually"][food.food_id]]
        cooked = [other.food_id for other in self.foods if other.bought_as == food.food_id]
        return cooked or [food.food_id]


@cache
def _makes() -> Mapping[str, Sequence[str]]:
    """Return what makers are known for, by their names as words are compared."""
    return {plain_words(make)[0]: foods for make, foods in read_words()["makes"].items()}


def _reader_of(kept: Mapping[str, KeptFood]) -> NameReader:
    return NameReader(CalledSo(one, (food.figures.name, one)) for one, food in kept.items())


def _but(near: Sequence[str], item_id: str) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(near) if one != item_id)[: _rules()["near"]]


def _rules() -> Mapping[str, Any]:
    rules: Mapping[str, Any] = read_settings("diary.toml")["names"]
    return rules
