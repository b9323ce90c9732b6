"""What is put on a meal: which things its name means there, and how much of them."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple, Self

from foods.embedded import read_lookup_foods
from foods.food import Food
from foods.library.store import is_called
from foods.line_mass import usual_id
from foods.recipe_line import parse_line, read_words
from foods.recipe_match import match_answered, match_line
from foods.table import FoodTable, nearest_names, plain_key
from planner.candidates.dish import Dish
from planner.candidates.exchanges import dish_printed, hot_foods
from planner.candidates.name_index import forms_of, is_so, way_instead, words_for_tags
from planner.candidates.names import find_meaning
from planner.candidates.servings import PORTIONS, Portion, dish_portion, food_portion, mass_per_food
from planner.errors import CandidatesError
from planner.faults import fault
from planner.request.put import NONE, Put, looked_up
from planner.request.table import MAIN
from planner.settings import read_settings
from planner.shops import NEUTRAL, named, shopping_in

BESIDE = frozenset({"side", "dessert"})
PUT_AT = {MAIN: frozenset({"lunch", "dinner"}), "dessert": frozenset({"snack"})}  # if asked for


def find_served(
    name: str, slot: str, foods: FoodTable, dishes: Sequence[Dish], where: str = ""
) -> tuple[str, ...]:
    """Return the ids of the dishes or foods that ``name`` may be at a meal, sorted; one at least.

    A food that a person keeps comes first, then dishes called so, then dishes that are what a food
    is called that is bought ready or not served by itself, then foods, then dishes that have each
    of several things as a whole, then main dishes that a word for tags means, then a dish called so
    with something else in it, then dishes that are it and not with it, then dishes in whose names
    all the words stand, then dishes made with each of several things, or that hold them, and then
    the food that people usually mean.

    Parameters
    ----------
    name, slot
        As a person wrote it, and the meal.
    foods, dishes
        Where to look; a dish may stand there twice, as it is written and as somebody gets it.
    where
        Option or key for the message.

    Raises
    ------
    CandidatesError
        When nothing is called so: the nearest are listed.
    """
    name = _rule()["called"].get(plain_key(name), name)
    forms = set(forms_of(plain_key(name)))
    words = set(plain_key(name).split("_"))
    served = _named_so(forms, map(_Served.of, dishes))
    alone = [_Served(food.food_id, food.name, food.serving.slots) for food in foods]
    bases = {food.food_id for food in foods if food.base in forms and slot in food.serving.slots}
    own = {food.food_id for food in foods if food.is_kept and is_called(name, food)}
    meant, printed = usual_id(name), dish_printed(name, dishes)
    called_so = {food.own_id for food in alone if food.is_called(forms)}
    is_rather = any(_is_rather(foods[food_id], slot) for food_id in called_so or bases)
    rather = [foods[meant]] if meant in foods and _is_rather(foods[meant], slot) else []
    of_meant = {word for food in rather for word in plain_key(food.name).split("_")} or {meant}
    is_made = any(foods[food_id].group in _rule()["rather_dish"]["made"] for food_id in called_so)
    parts = _parts_of(name)
    tagged = _of_word(name, dishes)
    joined = [dish for dish in served if len(parts) > 1 and all(_ends(dish.name, p) for p in parts)]
    things = [(own, forms_of("_".join(sorted(own)))) for own in parts]
    families = [one for one in served if len(parts) > 1 and all(one.is_of(*own) for own in things)]
    levels = (
        (food for food in alone if food.own_id in own),
        (dish for dish in served if dish.is_called(forms)),
        (dish for dish in served if is_rather and slot in dish.may and _is_kind(dish.name, words)),
        (dish for dish in served if is_made and _ends(_before_with().split(dish.name)[0], words)),
        (family for family in families if is_rather and slot in family.may),
        (food for food in alone if food.own_id in called_so),
        (food for food in alone if food.own_id in bases),
        (dish for dish in joined if _is_kind(dish.name, words)),
        joined,
        (dish for dish in served if dish.own_id in tagged),
        (dish for dish in served if printed and dish.own_id == printed.dish_id),
        (dish for dish in served if slot in dish.slots and _is_kind(dish.name, words)),
        (dish for dish in served if _is_answer(dish.name, parts)),
        families,
        _holding(things_joined(name), foods, dishes),
        (dish for dish in served if slot in dish.may and _is_kind(dish.name, of_meant)),
        (food for food in alone if food.own_id == meant),
    )
    for level in map(list, levels):  # each is looked for only where those before find nothing
        found = [option for option in level if slot in option.slots] or level
        if found:
            return tuple(sorted({option.own_id for option in found}))
    near = _nearest(name, {dish.name for dish in dishes if slot in dish.slots})
    what = f"no dish or food is called {name!r}"
    names = "; ".join(near)
    told = f"the nearest: {names}" if near else "see `magplan dishes list`"
    raise CandidatesError(what, where, way_instead(name) or told)


def _rule() -> dict[str, Any]:
    rule: dict[str, Any] = read_settings(PORTIONS)["put"]
    return rule


def _nearest(name: str, names: Set[str]) -> list[str]:
    """Return what was meant by its letters, word by word, and dishes that look like it: pizza."""
    parts = _parts_of(name)
    firsts = sorted(one for one in names if len(parts) > 1 and _ends(one, parts[0]))
    if firsts:
        return [*map(named, firsts[: _rule()["kind"]["shown"]])]
    known = {word for dish_name in names for word in plain_key(dish_name).split("_")}
    typed = plain_key(name).split("_")
    words = [next(iter(get_close_matches(word, known, 1)), word) for word in typed]
    near = map(named, nearest_names(" ".join(words), names))
    wanted = _parts_of(" ".join(words))
    is_one = any(_is_answer(dish_name, wanted) for dish_name in names)
    is_one &= words != typed
    found: list[str] = [" ".join(words), *near] if is_one else [*near]
    return found or [named(dish_name) for dish_name in _of_kind(plain_key(name), names)]


def _of_kind(name: str, names: Set[str]) -> list[str]:
    """Return dishes a word of which ends as a name does."""
    rule = _rule()["kind"]
    end = name[-rule["letters"] :]
    with shopping_in(NEUTRAL):
        words = {dish_name: plain_key(named(dish_name)).split("_") for dish_name in sorted(names)}
    found = [one for one, own in words.items() if any(word.endswith(end) for word in own)]
    return found[: rule["shown"]]


def _of_word(name: str, dishes: Sequence[Dish]) -> Set[str]:
    """Name the dishes that a word for tags means, but for what stands beside others: one pot."""
    word = next((tag for tag in words_for_tags() if plain_key(tag) == plain_key(name)), "")
    found = (dish for dish in dishes if word and dish.kind not in BESIDE and is_so(dish, word))
    return {dish.dish_id for dish in found}


class _Served(NamedTuple):
    """A dish or food: id, name and meals."""

    own_id: str
    name: str
    slots: frozenset[str]
    may: frozenset[str] = frozenset()  # where it may stand if it is asked for
    families: frozenset[str] = frozenset()  # of protein and of starch

    @classmethod
    def of(cls, dish: Dish) -> Self:
        """Return it of a dish."""
        slots = frozenset(dish.slots)
        may, families = slots | PUT_AT.get(dish.kind, slots), {dish.protein, dish.starch}
        return cls(dish.dish_id, dish.name, slots, may, frozenset(families - {NONE}))

    def is_of(self, words: Set[str], forms: Iterable[str]) -> bool:
        """Whether a part of its name is one of several things, or that is what it is made with."""
        return not self.families.isdisjoint(forms) or _ends(self.name, words)

    def is_called(self, forms: Set[str]) -> bool:
        names = (self.own_id, self.name, named(self.name))  # as it is printed, too
        return not forms.isdisjoint((self.own_id, *map(plain_key, names)))


def _named_so(forms: Set[str], served: Iterable[_Served]) -> list[_Served]:
    """Leave out dishes of which a name is but a part where it is another thing: a roast."""
    is_other = not forms.isdisjoint(_rule()["no_dish"])
    return [dish for dish in served if not is_other or dish.is_called(forms)]


def names_dish(name: str, dishes: Iterable[Dish]) -> bool:
    """Whether all words of a name stand in that of a dish."""
    key = plain_key(name)
    words = set(key.split("_"))
    called = _named_so(set(forms_of(key)), map(_Served.of, dishes))
    return any(_holds(dish.name, words) for dish in called)


def _holds(name: str, words: Set[str]) -> bool:
    """Whether all words stand in a name, as one or as many."""
    known = {*plain_key(name).split("_"), *plain_key(named(name)).split("_")}
    own = {form for word in known for form in forms_of(word.strip(",()"))}
    return words <= own


def _parts_of(name: str) -> list[Set[str]]:
    """Return the words of each thing that a name joins: chicken with rice."""
    return [{*own} for own in _each(name)] if "," not in name else [{*plain_key(name).split("_")}]


def things_joined(name: str) -> list[str]:
    """Return what stands in a name between words such as "with" and "and"."""
    return [part for part in _joins().split(name) if part.strip()]


@cache
def _joins() -> re.Pattern[str]:
    joins = "|".join(map(re.escape, _rule()["joins"]))
    return re.compile(rf"(?i){_before_with().pattern}|\s(?:{joins})\s")


def _holding(things: Sequence[str], foods: FoodTable, dishes: Iterable[Dish]) -> Iterator[_Served]:
    """Yield dishes that hold enough of each of several things, and no meat that is not named."""
    rule = _rule()["held"]
    try:
        meant = [find_meaning(thing, foods, ()).food_ids for thing in things]
    except CandidatesError:
        return
    apart = {*rule["apart"]} - {foods[food_id].group for ids in meant for food_id in ids}
    for dish in dishes if len(meant) > 1 else ():
        mass_g = {food_id: g / dish.servings for food_id, g in mass_per_food(dish).items()}
        held = [sum(g for food_id, g in mass_g.items() if food_id in ids) for ids in meant]
        is_other = any(food_id in foods and foods[food_id].group in apart for food_id in mass_g)
        if dish.kind not in BESIDE and min(held) >= rule["least_g"] and not is_other:
            yield _Served.of(dish)


def _each(name: str) -> list[list[str]]:
    return [plain_key(part).split("_") for part in things_joined(name)]


def _ends(name: str, words: Set[str]) -> bool:
    """Whether a part of a name is this, and no more is said behind it: no rice vermicelli."""
    each = (own for text in (name, named(name)) for own in _each(text))
    return any(
        not words.isdisjoint(forms_of(own[-1])) and _holds(" ".join(own), words) for own in each
    )


def _is_answer(name: str, parts: Sequence[Set[str]]) -> bool:
    """Whether the words of all things stand in a name; of several the first as a whole."""
    is_held = bool(parts) and _holds(name, frozenset().union(*parts))
    return is_held and (len(parts) == 1 or _ends(name, parts[0]))


def _is_kind(name: str, words: Set[str]) -> bool:
    """Whether all words stand in a name before what goes with it: no spaghetti with chili."""
    return _holds(_before_with().split(name.casefold())[0], words)


@cache
def _before_with() -> re.Pattern[str]:
    beside = "|".join(map(re.escape, read_words()["words"]["beside"]))
    return re.compile(rf",|\s(?:{beside})\s")


def served_by(
    put: Put, foods: FoodTable, dishes: Sequence[Dish], where: str = ""
) -> tuple[str, ...]:
    """Return the ids of what ``put`` may mean, as ``find_served`` does; with an amount just one."""
    portion = portion_of(put, foods, dishes)
    if portion is not None:
        return (portion[0],)
    return find_served(put.thing, put.slot, foods, dishes, where)


def _is_rather(food: Food, slot: str) -> bool:
    """Whether a dish that is it goes before a food: it is only looked up, or no meal by itself."""
    if food.is_only_put:
        return not food.is_kept
    rather = _rule()["rather_dish"]
    is_served = slot in food.serving.slots
    is_meant = not (is_served or food.roles.isdisjoint(rather["roles"]))
    return is_meant or not {food.group, food.base}.isdisjoint(rather["kinds"])


def _is_eaten_as(food: Food, forms: Collection[str]) -> bool:
    """Whether a food that is eaten by itself has just this name: a fried egg, no raw eggs."""
    return bool(food.serving.slots) and plain_key(food.name) in forms


def portion_of(put: Put, foods: FoodTable, dishes: Sequence[Dish]) -> tuple[str, Portion] | None:
    """Return the id of what is put and how much of it; ``None`` where no amount is said.

    Raises
    ------
    CandidatesError
        When nothing is called so.
    """
    called = {plain_key(dish.name) for dish in dishes}
    if not put.count or plain_key(put.dish) in called:
        return None
    line = match_line(put.dish, foods)
    so = forms_of(plain_key(put.thing))
    usual = None if line.is_sure else foods.foods.get(usual_id(put.thing))
    usual = None if usual and put.mass_g and not usual.serving.slots else usual
    if own := next((known_food for known_food in foods if _is_eaten_as(known_food, so)), usual):
        return own.food_id, food_portion(own, put.mass_g or put.count * own.serving.measure.mass_g)
    is_dish = line.food_id in hot_foods()  # 400 g of chili are no peppers
    if line.is_sure and line.food_id is not None and line.mass_g is not None and not is_dish:
        food = foods[_rule()["instead"].get(line.food_id, line.food_id)]
        return food.food_id, food_portion(food, line.mass_g)
    ids, mass_g = find_served(put.thing, put.slot, foods, dishes), put.mass_g
    if served := [dish for dish in dishes if dish.dish_id in ids]:
        return _of_dish(put, served, foods)
    food = foods[ids[0]]
    return ids[0], food_portion(food, mass_g or put.count * food.serving.measure.mass_g)


def _of_dish(put: Put, dishes: Iterable[Dish], foods: FoodTable) -> tuple[str, Portion]:
    """Return the dish that has an amount in a serving as nearly as one does, and so much of it."""
    each = {
        dish.dish_id: (dish, _mass_meant(dish_portion(dish, 1.0), put.thing, foods))
        for dish in dishes
    }
    mass_g, first = put.mass_g, min(each)
    amount = parse_line(put.dish).amount
    is_main = each[first][0].kind == MAIN
    is_pieces = is_main and amount is not None and amount.unit not in _rule()["servings"]
    if mass_g is None and is_pieces and (known := looked_up(put.thing)):  # as in a diary
        mass_g = match_answered(put.dish, known, read_lookup_foods()).mass_g
    if mass_g is not None:
        near = min(each, key=lambda one: (abs(math.log(mass_g / each[one][1])), one))
        return near, dish_portion(each[near][0], round(mass_g / each[near][1], 2))
    if is_pieces:
        raise fault(CandidatesError, "put_in_servings", text=put.dish, thing=put.thing)
    return first, dish_portion(each[first][0], put.count)


def _mass_meant(portion: Portion, name: str, foods: FoodTable) -> float:
    """Return what a name means of a serving [g]: of ``tofu`` that in it, of ``stew`` all of it."""
    words, groups = {*plain_key(name).split("_")}, _rule()["amount_of"]
    own = [
        mass_g
        for food_id, mass_g in portion.ingredients
        if foods[food_id].group in groups and _is_kind(foods[food_id].name, words)
    ]
    return sum(own) or portion.mass_g
