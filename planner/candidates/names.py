"""What a person means by a name: an allergen, a group, a food or a dish.

Names of what a kitchen has mean the dishes that need it. Others are looked up in this order:
words of ``configs/diets/names.toml`` ("nuts", "red meat"),
food groups, bases ("spinach" for raw and cooked), food ids, plain names of foods, names and ids of
dishes, protein families; in each in singular and plural, so that "potatoes" means all potatoes and
not only the raw food of that name. For exclusions allergens come first, so that
``--without milk`` leaves out everything made of milk and not only the glass of it. Last come words
from the names of dishes, as they are printed: "pizza", "chili con carne", "Thick chicken…".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from foods.find import is_in_no_dish
from foods.name_reader import core_words, food_reader, is_spelling_of
from foods.table import FoodTable, nearest_names, plain_key
from planner.candidates.dish import Dish
from planner.candidates.equipment import dishes_closed, ways_left
from planner.candidates.exchanges import dish_printed
from planner.candidates.name_index import forms_of, known_words, name_index, way_instead
from planner.errors import CandidatesError
from planner.faults import fault
from planner.request.diets import diet_called, name_against, name_left_out
from planner.request.equipment import equipment_in
from planner.safety.conditions import condition_names, flags_instead, plain_words
from planner.settings import read_settings
from planner.shops import named
from planner.targets.left_out import LeftOutReading, find_reading, read_readings

_ALLERGY, _RAW = "_allergy", "raw_"
_COMMA, _JOINED = re.compile(","), re.compile(r"[,;&/+]|\b(?:and|or)\b")
IN_NO_DISH = "no dish here has it"
_SHOWN = 3  # foods that are named in a message


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
    text, brief, stays
        What an allergen was understood as, in words and in few, and what is not left out for it.
    said
        What leaves it out, where that is not its name: a condition, a medicine, a frequency.
    is_anew
        Whether it is left out only where it is made anew, and not as a second meal.
    is_again
        Whether it is left out only as a second meal.
    slot
        The one meal of a day that it is left out of; empty: all.
    needs
        Dishes that a kitchen without it cannot make, and why.
    """

    name: str
    food_ids: frozenset[str]
    dish_ids: frozenset[str] = frozenset()
    is_allergen: bool = False
    text: str = ""
    brief: str = ""
    stays: str = ""
    said: str = ""
    is_anew: bool = False
    is_again: bool = False
    slot: str = ""
    needs: tuple[tuple[str, str], ...] = ()


def find_left_out(
    name: str,
    foods: FoodTable,
    dishes: Iterable[Dish],
    where: str = "--without",
    *,
    is_allergy: bool = False,
) -> Meaning:
    """Describe what ``name`` leaves out: all states of it, and whatever contains it.

    Parameters and errors are those of ``find_meaning``; with ``is_allergy`` the name of one food
    means all of its base. A state of many foods, such as raw vegetables, is asked about.
    """
    _refuse_state_of_many(name, foods, where)
    key, dishes = plain_key(name), tuple(dishes)
    bare, is_allergy = key.removesuffix(_ALLERGY) or key, is_allergy or key.endswith(_ALLERGY)
    forms = forms_of(bare)
    reading = _reading_of((*(f"{form}{_ALLERGY}" for form in forms if is_allergy), *forms))
    if reading is not None:
        found = _covered(reading, foods)
        return Meaning(name, found, frozenset(), True, reading.text, reading.brief, reading.stays)
    held = frozenset(food.food_id for food in foods if not food.contains.isdisjoint(forms))
    try:
        meaning = find_meaning(name, foods, dishes, where, is_unwanted=True)
    except CandidatesError:
        core = _without_states(name)
        if core != name and not held:
            if plain_key(name).startswith(_RAW):  # baked ones are said to be fine
                raise fault(CandidatesError, "state_of_many", where, name=name, core=core) from None
            whole = find_left_out(core, foods, dishes, where, is_allergy=is_allergy)
            return replace(whole, name=name, dish_ids=whole.dish_ids | _dishes_called(name, dishes))
        if not held and not is_in_no_dish(name):
            raise
        meaning = Meaning(name, frozenset(), stays="" if held else IN_NO_DISH)
    meaning = replace(with_holders(meaning, foods, is_allergy), is_allergen=is_allergy)
    unknown = (one.food_id for one in foods if is_allergy and one.is_kept)  # labels need not say it
    return replace(meaning, food_ids=meaning.food_ids.union(unknown))


def _refuse_state_of_many(name: str, foods: FoodTable, where: str) -> None:
    """Refuse what means many foods in one state: no food knows how it is eaten in every dish."""
    core = _without_states(name)
    if core == name or is_known(name, foods):
        return
    exact, reading = _find_exactly(core, foods, ()), _reading_of(forms_of(plain_key(core)))
    many = exact.food_ids if exact else _covered(reading, foods)
    if len({foods[food_id].base for food_id in many}) > 1:
        raise fault(CandidatesError, "state_of_many", where, name=name, core=core)


def with_states(meaning: Meaning, foods: FoodTable, *, is_allergy: bool = False) -> Meaning:
    """Add the other states of what is the name of one food: raw, cooked, canned, unsalted.

    They are of its base and bought as it, or have in their names all words of its name that say
    more than a state; for an allergy all of its base are.
    """
    if len(meaning.food_ids) != 1:
        return meaning
    (food,) = (foods[food_id] for food_id in meaning.food_ids)
    core = _without_states(food.name)
    bought = {food.food_id, food.bought_as} - {None}
    found = (
        one.food_id
        for one in foods
        if one.base == food.base
        and (is_allergy or bought & {one.food_id, one.bought_as} or has_words_of(core, one.name))
    )
    return replace(meaning, food_ids=meaning.food_ids.union(found))


def with_cooked(meaning: Meaning, foods: FoodTable) -> Meaning:
    """Add what a wished food is once it is cooked: dishes hold cooked chard, not the raw leaf."""
    kinds = {(food_id, foods[food_id].base, foods[food_id].group) for food_id in meaning.food_ids}
    made = (food.food_id for food in foods if (food.bought_as, food.base, food.group) in kinds)
    return replace(meaning, food_ids=meaning.food_ids.union(made))


def _without_states(name: str) -> str:
    """Return the words of a name that say more than a state; all where none does."""
    states = read_settings("diets/names.toml")["states"]["words"]
    words = bare_words(name).split()
    kept = [word for word in words if word.lower() not in states]
    return " ".join(kept) if 0 < len(kept) < len(words) else name


def with_holders(meaning: Meaning, foods: FoodTable, is_allergy: bool = False) -> Meaning:
    """Add all states of what is meant, and the foods that contain it."""
    ids = with_states(meaning, foods, is_allergy=is_allergy).food_ids
    whole = {food.base for food in foods} - {food.base for food in foods if food.food_id not in ids}
    words = whole.union(ids, forms_of(plain_key(meaning.name).removesuffix(_ALLERGY)))
    held = (food.food_id for food in foods if not food.contains.isdisjoint(words))
    return replace(meaning, food_ids=ids.union(held))


def find_meaning(
    name: str,
    foods: FoodTable,
    dishes: Iterable[Dish],
    where: str = "",
    *,
    is_unwanted: bool = False,
) -> Meaning:
    """Describe what ``name`` stands for.

    Parameters
    ----------
    name
        As a person wrote it; case, spaces and hyphens do not matter. An allergen means the foods
        that hold it, and words from the names of dishes those dishes.
    foods, dishes
        Where to look.
    where
        Option or key for the message.
    is_unwanted
        Whether it is to go: then words from the names of dishes must be in no name of a food, since
        who leaves out a food means it wherever it is.

    Raises
    ------
    CandidatesError
        When nothing has this name, with the nearest; or when it could mean foods and dishes.
    """
    dishes = tuple(dishes)
    if (gone := equipment_in(name)) and (is_unwanted or not _is_word(name)):
        needs = dishes_closed(dishes, gone)
        left, why = ways_left(gone), tuple(needs.items())
        return Meaning(name, frozenset(), frozenset(needs), stays=left, is_anew=True, needs=why)
    meaning = _find_exactly(name, foods, dishes)
    if meaning is not None:
        return meaning
    reading = _reading_of(forms_of(plain_key(name)))
    if reading is not None:
        return Meaning(name, _covered(reading, foods), text=reading.text)
    if dish := dish_printed(name, dishes):
        return Meaning(name, frozenset(), frozenset({dish.dish_id}))
    _refuse_several(_parts_of(name, is_list=is_unwanted), foods, dishes, where)
    called = _dishes_called(name, dishes)
    held = [food.name for food in foods if is_in_name(name, food.name)] if is_unwanted else []
    if called and held:
        some = f"{', '.join(held[:_SHOWN])}{more_text(len(held), _SHOWN)}"
        raise fault(CandidatesError, "name_of_both", where, name=name, some=some, count=len(called))
    is_said = called and not is_unwanted
    meaning = None if is_said else _in_other_words(name, foods, dishes, is_unwanted=is_unwanted)
    if called:  # who leaves out red pepper means it wherever it is, and dishes of that name
        return Meaning(name, meaning.food_ids if meaning else frozenset(), called)
    if is_unwanted and " " in name.strip():
        worded = frozenset(
            food.food_id
            for food in foods
            if has_words_of(name, food.name) and _is_thing_of(name, food.name)
        )
        if worded:
            return Meaning(name, worded)
    if meaning is not None:
        return meaning
    raise _unknown(name, foods, dishes, where)


def _dishes_called(name: str, dishes: Iterable[Dish]) -> frozenset[str]:
    """Name the dishes that have the words of a name in theirs."""
    return frozenset(
        dish.dish_id
        for dish in dishes
        if any(is_in_name(name, words) for words in {dish.name, named(dish.name)})
    )


def _is_word(name: str) -> bool:
    """Whether a name is one of those for dishes of a kind: made in an air fryer."""
    return plain_key(name) in map(plain_key, known_words())


def _in_other_words(
    name: str, foods: FoodTable, dishes: tuple[Dish, ...], *, is_unwanted: bool
) -> Meaning | None:
    """Return what another word means: garbanzos all their base, chicken breast not all chicken."""
    bases = {foods[food_id].base for food_id in food_reader(foods).spelled(name)}
    base = bases.pop() if len(bases) == 1 else ""
    if base and (is_unwanted or is_spelling_of(name, base)):
        return replace(find_meaning(base, foods, dishes), name=name)
    return None


def is_known(name: str, foods: FoodTable, dishes: tuple[Dish, ...] = ()) -> bool:
    """Whether a name is called so among foods, their kinds and allergens, in English."""
    exact = _find_exactly(name, foods, dishes)
    return bool(exact or _reading_of(forms_of(plain_key(name))))


def _reading_of(words: Iterable[str]) -> LeftOutReading | None:
    """Return what the first of these words that is an allergen, or several, is understood as."""
    return next(filter(None, map(find_reading, words)), None)


def _covered(reading: LeftOutReading | None, foods: FoodTable) -> frozenset[str]:
    return frozenset(food.food_id for food in foods if reading and reading.covers(food))


def is_in_name(word: str, name: str) -> bool:
    """Whether the words of ``word`` stand one after another in ``name``, as in a printed name.

    Words that join others ("with", "and") are no name.
    """
    if plain_key(word) in read_settings("diets/names.toml")["joiners"]["words"]:
        return False
    key = f"_{plain_key(bare_words(name))}_"
    forms = forms_of(plain_key(bare_words(word)))
    return any(form and f"_{form}_" in key for form in forms)


def has_words_of(words: str, name: str) -> bool:
    """Whether all words stand in ``name``, in whatever order, but for those that join others."""
    joiners = read_settings("diets/names.toml")["joiners"]["words"]
    asked = [word for word in bare_words(words).split() if plain_key(word) not in joiners]
    return bool(asked) and all(is_in_name(word, name) for word in asked)


def _is_thing_of(words: str, name: str) -> bool:
    """Whether words name the thing itself: "chocolate milk" is no milk chocolate."""
    asked = core_words(words)[-1:]
    return bool(asked) and asked == core_words(name)[-1:]


def bare_words(text: str, within: str = "-_'") -> str:
    """Take out what is no word, such as commas, brackets and ``…``; ``within`` words it stays."""
    return " ".join("".join(one if one.isalnum() or one in within else " " for one in text).split())


def _parts_of(name: str, is_list: bool) -> list[str]:
    """Split what may be a list of names; ``and`` joins two only where no dish is meant by it."""
    parts = filter(None, map(str.strip, (_JOINED if is_list else _COMMA).split(name)))
    return [name_left_out(part) if is_list else part for part in parts]


def _refuse_several(
    parts: Sequence[str], foods: FoodTable, dishes: tuple[Dish, ...], where: str
) -> None:
    """Refuse what may be a list: each name of it is known, and none may be lost in the others."""
    if len(parts) > 1 and all(is_known(part, foods, dishes) for part in parts):
        flags = " ".join(f'{where} "{part}"' for part in parts)
        what = "{name!r} could be several names".format(name=", ".join(parts))
        each = "give each of them on its own"
        told = f"{each}: {flags}" if where.startswith("--") else each
        raise CandidatesError(what, where, told)


def more_text(count: int, shown: int) -> str:
    """Describe how many more there are than were shown: ``" and 3 more"``."""
    return f" and {count - shown} more" if count > shown else ""


def _find_exactly(name: str, foods: FoodTable, dishes: tuple[Dish, ...]) -> Meaning | None:
    """Return what is called just so, in singular or plural."""
    forms = forms_of(plain_key(name.replace("…", " ")))
    for level in name_index(foods, dishes):
        for word in forms:
            if word in level:
                food_ids, dish_ids = level[word]
                told = known_words().get(name.strip().lower(), {})
                text, stays = (str(told.get(key, "")) for key in ("text", "stays"))
                own = frozenset(food_ids), frozenset(dish_ids)
                return Meaning(name, *own, text=text, stays=stays)
    return None


def _unknown(name: str, foods: FoodTable, dishes: tuple[Dish, ...], where: str) -> CandidatesError:
    diet = diet_called(name)
    if diet is not None:
        if where == "--without-on" and (against := name_against(name)):
            return fault(CandidatesError, "is_a_diet_some_days", where, name=name, against=against)
        return fault(CandidatesError, "is_a_diet", where, name=name, diet_id=diet.diet_id)
    if plain_words(name) in condition_names():
        instead = " ".join(f"--{flag}" for flag, _value in flags_instead(name))
        ways = instead or f'--condition "{name}"'
        return fault(CandidatesError, "is_a_condition", where, name=name, ways=ways)
    known = dict.fromkeys([*chain(*name_index(foods, dishes)), *read_readings()])
    written = {word.replace("_", " ").casefold(): word.replace("_", " ") for word in known}
    near = ", ".join(written[one] for one in nearest_names(name.casefold(), written))
    what = f"no food, group, dish or allergen is called {name!r}"
    told = f"the nearest known: {near}" if near else "see `magplan foods search`"
    return CandidatesError(what, where, way_instead(name) or told)
