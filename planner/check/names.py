"""What the names of a request stand for, as the judge understands them.

Words of ``configs/diets/names.toml`` come first, then groups, bases, food ids, and at last plain
names, dishes and protein families. Where something is to be left out, allergens come before all,
else after names. Last come dishes that have the words in their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from foods.embedded import data_settings
from foods.find import is_in_no_dish
from foods.food import UNKNOWN
from foods.recipe_line import read_words
from planner.check.dish_notes import DishNote, Notes, lacking, own_note, read_dish_notes
from planner.check.lines import EatenLine, KnownFood
from planner.plan.plan import Item
from planner.request.diets import find_diet
from planner.request.equipment import equipment_in
from planner.settings import read_settings


@dataclass(frozen=True, slots=True)
class NamedFoods:
    """What a name covers.

    Parameters
    ----------
    name
        As a person wrote it.
    food_ids, dish_ids
        Foods in any dish, and dishes, whatever is in them, or foods eaten by themselves.
    beside
        Dishes that are no meal: of a word for tags they do not count where it is asked for.
    """

    name: str
    food_ids: frozenset[str]
    dish_ids: frozenset[str]
    beside: frozenset[str] = frozenset()

    def mass_in(self, lines: Iterable[EatenLine]) -> float:
        """Mass of the foods it covers [g]."""
        return sum(line.mass_g for line in lines if line.food.food_id in self.food_ids)

    def is_dish(self, item: Item) -> bool:
        """Whether the item itself is a dish that is meant."""
        return item.item_id in self.dish_ids


def find_excluded(
    name: str,
    foods: Iterable[KnownFood],
    notes: Notes | None = None,
    *,
    is_allergy: bool = False,
) -> NamedFoods | None:
    """Describe what ``--without name`` leaves out: all states of it, and whatever contains it.

    With ``is_allergy`` the name of one food means all of its base.
    """
    foods, word = tuple(foods), _plain(name)
    bare = word.removesuffix("_allergy")
    is_allergy = is_allergy or bare != word
    row = _row_called(f"{bare}_allergy") if is_allergy else None
    row = row or _row_called(bare)
    if row is not None:
        return _of_row(name, row, foods)
    called = find_named(name, foods, notes=notes)
    meant = called.food_ids if called else frozenset(_of_words(name, foods))
    meant |= _of_other_word(name, foods, read_dish_notes() if notes is None else notes)
    meant |= _states(meant, foods, is_allergy=is_allergy)
    partly = {_base(food) for food in foods if food.food_id not in meant}
    words = {*_forms(bare), *meant, *({_base(food) for food in foods} - partly)}
    held = {food.food_id for food in foods if _contained(food) & words}
    if is_allergy:
        held |= {food.food_id for food in foods if _is_kept(food)}
    dish_ids = called.dish_ids if called else frozenset[str]()
    is_both = not (meant or held) and any(_words_stand(name, food.name) for food in foods)
    if is_both or not (called or meant or held):
        said = [forms[0] for forms in words_of(name) if forms[0] not in _idle()]
        fewer = None
        if 0 < len(said) < len(words_of(name)):
            fewer = find_excluded(" ".join(said), foods, notes, is_allergy=is_allergy)
        return replace(fewer, name=name, dish_ids=fewer.dish_ids | dish_ids) if fewer else called
    return NamedFoods(name, meant | held, dish_ids)


def _of_words(name: str, foods: Iterable[KnownFood]) -> Iterator[str]:
    """Return the foods that have several words in their names, in whatever order, and are that.

    Chocolate milk is no milk chocolate, and unsalted almonds are no almond butter.
    """
    asked = words_of(name)
    for food in foods if len(asked) > 1 else ():
        is_it = _thing(name) & _thing(food.name)
        if is_it and all(_words_in(food.name).intersection(word) for word in asked):
            yield food.food_id


def _thing(name: str) -> set[str]:
    """Return the forms of the word that says what a thing is: the last that is no state."""
    said = [forms for forms in words_of(name.partition(",")[0]) if forms[0] not in _idle()]
    return {*said[-1]} if said else set()


def counted(named: NamedFoods, foods: Iterable[KnownFood]) -> NamedFoods:
    """Return what counts for a name that may stand there so often: other states of it, too."""
    return replace(named, food_ids=named.food_ids | _states(named.food_ids, tuple(foods)))


def with_cooked(named: NamedFoods, foods: Sequence[KnownFood]) -> NamedFoods:
    """Return what counts for a name that is to stand there so often: what is cooked of it, too."""
    of = {food.food_id: (_base(food), food.group) for food in foods}
    meant = {food_id: of[food_id] for food_id in named.food_ids if food_id in of}
    made = {food.food_id for food in foods if meant.get(_bought(food)) == (_base(food), food.group)}
    return replace(named, food_ids=named.food_ids | made, dish_ids=named.dish_ids - named.beside)


def _states(
    meant: frozenset[str], foods: Sequence[KnownFood], *, is_allergy: bool = False
) -> frozenset[str]:
    """Return one food in its other states: of one base, bought as one, or of one name else."""
    if len(meant) != 1:
        return frozenset()
    (one,) = (food for food in foods if food.food_id in meant)
    kin = [food for food in foods if _base(one) and _base(food) == _base(one)]
    said = [forms for forms in words_of(one.name) if forms[0] not in _idle()]
    found = (
        food.food_id
        for food in kin
        if is_allergy
        or {food.food_id, _bought(food)} & {one.food_id, _bought(one)}
        or (said and all(set(forms) & _words_in(food.name) for forms in said))
    )
    return frozenset(found)


def _idle() -> frozenset[str]:
    """Return the words of a name that say no more than a state, or join others."""
    names = read_settings("diets/names.toml")
    return frozenset((*names["states"]["words"], *names["joiners"]["words"]))


def _words_in(name: str) -> set[str]:
    return {form for word in words_of(name) for form in word}


def _bought(food: KnownFood) -> str:
    return (food.traits.bought_as if food.traits else None) or food.food_id


def _contained(food: KnownFood) -> frozenset[str]:
    return food.traits.contains if food.traits else frozenset()


def _row_called(word: str) -> Mapping[str, Any] | None:
    return next((_excluding()[form] for form in _forms(word) if form in _excluding()), None)


def _of_row(name: str, row: Mapping[str, Any], foods: Iterable[KnownFood]) -> NamedFoods:
    return NamedFoods(
        name, frozenset(food.food_id for food in foods if _is_in(row, food)), frozenset()
    )


def _is_in(row: Mapping[str, Any], food: KnownFood) -> bool:
    """Whether a food holds an allergen of the row, or is of a group or base that it names.

    Of a person's own food only its label says something: allergens, or not even these.
    """
    held = food.traits.allergens if food.traits else frozenset()
    words, groups, bases = (row.get(key, ()) for key in ("words", "groups", "bases"))
    is_by_label = row.get("labels") or not (groups or bases)
    if _is_kept(food) and (not is_by_label or UNKNOWN in held):
        return True
    named = {_base(food), *_contained(food)}.intersection(bases)
    is_held = bool(held.intersection(words) or food.group in groups or named)
    if food.traits and "diet" in row:
        is_held |= bool(food.traits.origin & find_diet(row["diet"]).without_origin)
    return is_held and food.food_id not in row.get("but", ())


def _is_kept(food: KnownFood) -> bool:
    return food.traits is not None and food.traits.is_kept


@cache
def _excluding() -> Mapping[str, Mapping[str, Any]]:
    """Word → what it leaves out, as the judge reads ``configs/diets/allergens.toml``."""
    table = read_settings("diets/allergens.toml")
    found: dict[str, Mapping[str, Any]] = {}
    for key, row in {**table["allergens"], **table["readings"]}.items():
        names = [key, *row["also"]]
        if key in table["allergens"]:
            names += [row["name"], *row["words"]]
        found |= dict.fromkeys(map(_plain, names), row)
    return found


def find_named(
    name: str,
    foods: Iterable[KnownFood],
    served: Iterable[Item] = (),
    notes: Notes | None = None,
) -> NamedFoods | None:
    """Describe which foods and dishes a name covers; ``None`` where nothing is called so.

    Dishes that are ``served`` but not in ``notes``, by default those that are shipped, go by their
    id and name: a person's own.
    """
    foods, notes = tuple(foods), read_dish_notes() if notes is None else notes
    own = {item.item_id: own_note(item) for item in served if item.kind == "dish"}
    notes = {**own, **notes}
    found = find_called(name, foods, notes)
    if found is not None:
        return found
    if gone := equipment_in(name):
        needing = {key for key, note in notes.items() if any(lacking(key, note.steps, gone))}
        return NamedFoods(name, frozenset(), frozenset(needing))
    row = _row_called(_plain(name))
    if row is not None:
        return _of_row(name, row, foods)
    called = frozenset(key for key, note in notes.items() if _words_stand(name, note.name))
    if called:
        return NamedFoods(name, frozenset(), called)
    meant = _of_other_word(name, foods, notes)
    return NamedFoods(name, meant, frozenset()) if meant or is_in_no_dish(name) else None


def _words_stand(name: str, within: str) -> bool:
    """Whether the words of a name stand one behind the other in another."""
    return any(form and f"_{form}_" in f"_{_bare(within)}_" for form in _forms(_bare(name)))


def _of_other_word(name: str, foods: Sequence[KnownFood], notes: Notes) -> frozenset[str]:
    """Return the foods that another word of the catalogue's list means: oat milk, minced beef."""
    other = next(filter(None, map(_other_words().get, _forms(_plain(name)))), None)
    if other is None:
        return frozenset()
    same = find_called(other, foods, notes)
    return same.food_ids if same else frozenset(_of_words(other, foods))


@cache
def _other_words() -> Mapping[str, str]:
    aliases: Mapping[str, str] = read_words()["aliases"]
    return {_plain(word): meant for word, meant in aliases.items()}


def find_called(name: str, foods: Iterable[KnownFood], notes: Notes) -> NamedFoods | None:
    """Return the foods and dishes called just so, as one or as many; ``None`` if there are none."""
    foods = tuple(foods)
    kinds = zip(*(_kinds(form) for form in _forms(_plain(name))), strict=True)
    for food_fits, dish_fits in (pair for of_all in kinds for pair in of_all):
        found = NamedFoods(
            name,
            frozenset(food.food_id for food in foods if food_fits(food)),
            frozenset(dish.dish_id for dish in notes.values() if dish_fits(dish)).union(
                _hazards(_words().get(_plain(name), {}), foods)
            ),
            _beside(name, notes),
        )
        if found.food_ids or found.dish_ids:
            return found
    return None


@lru_cache(maxsize=1 << 13)
def _bare(text: str) -> str:
    """Write a name without commas, brackets and the mark of a shortened one."""
    return _plain(
        "".join(letter if letter.isalnum() or letter in "-_'" else " " for letter in text)
    )


def _forms(word: str) -> tuple[str, ...]:
    """Return a word as it is written, then as one of it and as many."""
    cut = word.removesuffix("es")
    one = f"{word[:-3]}y" if word.endswith("ies") else cut
    more = f"{word[:-1]}ies" if word.endswith("y") else f"{word}es"
    return (word, word.removesuffix("s"), cut, one, f"{word}s", more)


_Kind = tuple[Callable[[KnownFood], bool], Callable[[DishNote], bool]]


def _kinds(word: str) -> Iterable[_Kind]:
    """Return a test of foods and one of dishes for each kind of name, in their order."""
    entry = _words().get(word, {})
    keys = ("groups", "bases", "aisles", "foods")
    groups, bases, aisles, foods = (entry.get(key, ()) for key in keys)
    yield (
        lambda food: (
            food.group in groups
            or _base(food) in bases
            or food.food_id in foods
            or bool(food.traits and food.traits.aisle in aisles)
        ),
        lambda dish: dish.protein in entry.get("proteins", ()) or _is_tagged(dish, entry),
    )
    yield (lambda food: food.group == word), _no_dish
    yield (lambda food: _base(food) == word), _no_dish
    yield (lambda food: food.food_id == word), _no_dish
    yield (
        lambda food: _plain(food.name) == word,
        lambda dish: word in (dish.dish_id, _plain(dish.name), dish.protein),
    )


def _is_tagged(dish: DishNote, entry: Mapping[str, list[str]]) -> bool:
    """Whether a dish has one of the tags of a word, none that it must lack, and is of its kind."""
    tags, apart = set(entry.get("tags", ())), set(entry.get("without_tags", ()))
    is_kind = "kinds" not in entry or dish.kind in entry["kinds"]
    return (
        bool(tags | apart)
        and is_kind
        and (not tags or bool(tags & dish.tags))
        and not apart & dish.tags
    )


def _beside(name: str, notes: Notes) -> frozenset[str]:
    """Return the dishes that are no meal where a name is a word for tags."""
    kinds = read_settings("diets/names.toml")["counted"]["kinds"]
    rows = (_words().get(form, {}) for form in _forms(_plain(name)))
    if not any({"tags", "without_tags"} & row.keys() for row in rows):
        return frozenset()
    return frozenset(note.dish_id for note in notes.values() if note.kind not in kinds)


def _hazards(entry: Mapping[str, Any], foods: Iterable[KnownFood]) -> Iterator[str]:
    """Return the foods that a word means where they are eaten by themselves."""
    rules = data_settings(entry["hazards"])["hazard"] if "hazards" in entry else ()
    for food in foods:
        flags = food.traits.flags if food.traits else frozenset[str]()
        for rule in rules:
            if (
                food.food_id in rule["foods"]
                or food.group in rule["groups"]
                or flags & {*rule["flags"]}
            ):
                yield food.food_id


def _no_dish(_: DishNote) -> bool:
    return False


def _base(food: KnownFood) -> str:
    return food.traits.base if food.traits else ""


@cache
def _words() -> Mapping[str, Mapping[str, list[str]]]:
    names = read_settings("diets/names.toml")["names"]
    return {_plain(word): entry for word, entry in names.items()}


def words_of(name: str) -> list[tuple[str, ...]]:
    """Return the words of a name, without commas and brackets, each as one of it and as many."""
    return [_forms(word.strip(",()")) for word in _plain(name).split("_")]


def _plain(name: str) -> str:
    return "_".join(name.strip().lower().replace("-", " ").replace("_", " ").split())
