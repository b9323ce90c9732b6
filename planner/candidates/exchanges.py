"""Dishes as those at a table get them: what may stand for what, and for whom it does.

``configs/exchanges.toml`` says which food of a recipe another one may stand for. What is usual
stands in a dish where nobody at the table avoids it. Anything else is exchanged for those alone
who could not have the dish otherwise: a dish that nobody avoids stays as it is written, but that a
kitchen has one milk, one soft herb, one salad: what is one of its kind stands in all dishes that
are not named after another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import product

from foods.embedded import read_embedded_foods
from foods.table import plain_key
from planner.candidates.dish import Dish, Ingredient, read_embedded_dishes, shipped_dish_ids
from planner.candidates.servings import instead_of
from planner.candidates.small_children import tags_beside
from planner.settings import read_row, read_settings
from planner.wording import capital

TABLE = "exchanges.toml"
_CUT = ", "
_LEAST_WORDS = 3  # of a name that something else stands in: "pasta with almonds"


@dataclass(frozen=True, slots=True, eq=False)
class Exchange:
    """One food that may stand for others.

    Parameters
    ----------
    instead
        The food that stands there then; empty: what goes is left out.
    foods
        Food of a recipe → grams of ``instead`` for a gram of it.
    words
        What name, measures and steps call it → what they say then.
    called
        What the name of the dish calls it; empty: the name stays as it is.
    is_usual
        Whether it stands there for everybody who does not avoid it.
    is_one_of_a_kind
        Whether it stands there for everybody who does not avoid it and asks for nothing of what
        goes, wherever it may.
    may_rename
        Whether it may go where the name of the dish says what goes: the name says so then.
    is_mild
        Whether what goes makes the dish hot.
    keeps_cut, cut
        Whether it is cut as what it stands for, or how else; empty: nothing is said.
    kinds, tags, cuisines
        Kinds, tags (one of them) and cuisines of the dishes it is for; empty: all.
    most_g
        Most of what goes in a serving [g]: more of it is what the dish is made of.
    unless
        What name or steps may not say, as a pattern.
    note
        What a cook does otherwise, as a last step.
    """

    instead: str
    foods: Mapping[str, float]
    words: Mapping[str, str]
    called: str = ""
    is_usual: bool = False
    is_one_of_a_kind: bool = False
    may_rename: bool = False
    is_mild: bool = False
    keeps_cut: bool = False
    cut: str = ""
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    cuisines: tuple[str, ...] = ()
    most_g: float = float("inf")
    unless: str = ""
    note: str = ""

    def is_for(self, dish: Dish) -> bool:
        """Whether it is for dishes of this kind, tags and cuisine."""
        return (
            dish.kind in (self.kinds or (dish.kind,))
            and dish.cuisine in (self.cuisines or (dish.cuisine,))
            and (not self.tags or not dish.tags.isdisjoint(self.tags))
        )

    def is_said_in(self, key: str) -> bool:
        """Whether a plain name has what it says in the name of a dish."""
        return any(plain_key(word) in key for word in (self.called, *self.words.values()) if word)

    def is_named_in(self, name: str) -> bool:
        """Whether the name of a dish has a word of what goes."""
        return reworded(name, (self,)) != name


@cache
def _pattern(
    rows: tuple[Exchange, ...],
) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, tuple[str, str]]]:
    """Return patterns for the words of all rows and for one said twice, and what each means."""
    said: dict[str, tuple[str, str]] = {}
    for word, instead in (pair for row in rows for pair in row.words.items()):
        if word != instead or word.lower() not in said:
            said[word.lower()] = (word, instead)
    longest = sorted(map(re.escape, said), key=len, reverse=True)
    come = "|".join(
        re.escape(instead) for _, instead in said.values() if instead.replace(" ", "").isalpha()
    )
    twice = re.compile(rf"\b({come or '(?!)'})(?:,| and)(?: the)? \1\b")
    return re.compile(rf"\b(?:{'|'.join(longest)})\b", re.IGNORECASE), twice, said


def reworded(text: str, rows: tuple[Exchange, ...]) -> str:
    """Return a text with what stands there for what goes: whole words alone, the longest first."""
    if not rows:
        return text
    pattern, twice, said = _pattern(rows)
    told = pattern.sub(lambda found: _like(found[0], *said[found[0].lower()]), text)
    return told if told == text else twice.sub(r"\1", told)  # "dill and parsley" is no two parsleys


def _like(found: str, word: str, instead: str) -> str:
    """Return what stands in the place of a word, with a capital where a plain word has one."""
    return instead[0].upper() + instead[1:] if found[0].isupper() > word[0].isupper() else instead


@cache
def read_exchanges() -> tuple[Exchange, ...]:
    """Read the table, in the order in which its rows are tried."""
    return tuple(read_row(Exchange, row) for row in read_settings(TABLE)["exchange"])


def foods_better_without(conditions: Iterable[str]) -> frozenset[str]:
    """Name the foods that are exchanged where they can be, for who has one of these conditions."""
    rows = read_settings(TABLE)["better_without"]
    return frozenset(food_id for condition in conditions for food_id in rows.get(condition, ()))


@cache
def hot_foods() -> frozenset[str]:
    """Name the foods that make a dish hot."""
    return frozenset(food_id for row in read_exchanges() if row.is_mild for food_id in row.foods)


@cache
def dishes_written_with(food_ids: frozenset[str]) -> frozenset[str]:
    """Name the shipped dishes that hold one of these foods whoever is cooked for."""
    usual = with_exchanges(read_embedded_dishes(), [frozenset()])
    return frozenset(dish.dish_id for dish in usual if not food_ids.isdisjoint(_held(dish)))


def with_exchanges(
    dishes: Iterable[Dish],
    avoided: Sequence[frozenset[str]],
    mild: Sequence[bool] = (),
    asked: frozenset[str] = frozenset(),
    used_up: frozenset[str] = frozenset(),
    is_alike: bool = False,
) -> tuple[Dish, ...]:
    """Return the dishes as those at a table get them; own dishes stay as they are.

    Parameters
    ----------
    dishes
        As written.
    avoided
        For each eater the foods that this one does not eat.
    mild
        For each eater whether this one is cooked for mildly; empty: nobody is.
    asked
        Foods that somebody asks for or has: no other of their kind stands for them.
    used_up
        Those of them that are to be used up: they stand for others wherever they may.
    is_alike
        Whether all have what one of them can eat, also where each makes a bowl of one's own.
    """
    own = tuple(dishes), tuple(avoided), tuple(mild)
    return _with_exchanges(*own, asked, used_up, is_alike)


@lru_cache(maxsize=4)
def _with_exchanges(
    dishes: tuple[Dish, ...],
    avoided: tuple[frozenset[str], ...],
    mild: tuple[bool, ...],
    asked: frozenset[str],
    used_up: frozenset[str],
    is_alike: bool,
) -> tuple[Dish, ...]:
    hot = [hot_foods() if is_mild else frozenset[str]() for is_mild in mild]
    heated = [own | out for own, out in zip(avoided, hot, strict=True)] if any(mild) else avoided
    every = frozenset[str]().union(*avoided)
    kept = asked.union(*hot)
    numbers = tuple(
        at for at, row in enumerate(read_exchanges())
        if row.instead not in every
        and (
            row.is_usual
            or ((row.is_one_of_a_kind or row.instead in used_up) and kept.isdisjoint(row.foods))
        )
    )  # fmt: skip
    shipped = shipped_dish_ids()
    tag, made = _hot_tag(), []
    for usual, of_one_kind in _for_everybody(dishes, numbers):
        out = heated if tag in usual.tags else avoided
        if usual.dish_id not in shipped:
            made.append(usual)
        elif (own := _for_table(usual, out, is_alike)) is usual:
            made.append(_for_table(of_one_kind, out, is_alike))
        else:  # what came in for who avoids something stays
            written = dict.fromkeys(
                one.food_id for one in own.ingredients if one in usual.ingredients
            )
            made.append(_of_one_kind(own, _one_of_a_kind(numbers), written))
    return tuple(made)


def _hot_tag() -> str:
    return str(read_settings("meals/rules.toml")["mild"]["tag"])


@lru_cache(maxsize=4)
def _for_everybody(dishes: tuple[Dish, ...], numbers: tuple[int, ...]) -> list[tuple[Dish, Dish]]:
    """Return each dish with what is usual, and with what is one of its kind beside it."""
    shipped, kinds = set(read_embedded_dishes()), _one_of_a_kind(numbers)
    usual = [row for at in numbers if (row := read_exchanges()[at]).is_usual]
    made = ((dish, _as_usual(dish, usual) if dish in shipped else dish) for dish in dishes)
    return [(own, _of_one_kind(own, kinds) if dish in shipped else own) for dish, own in made]


@cache
def _one_of_a_kind(numbers: tuple[int, ...]) -> frozenset[Exchange]:
    return frozenset(row for at in numbers if not (row := read_exchanges()[at]).is_usual)


def _of_one_kind(dish: Dish, rows: Set[Exchange], among: Iterable[str] | None = None) -> Dish:
    """Return a dish with what a kitchen has of each kind, for all or some of its foods.

    Of a row all goes that the dish has of it, or nothing does: its words are about all of it.
    """
    held, found = _held(dish), dict[str, Exchange]()
    may_go = {food_id for row in rows for food_id in row.foods}
    for food_id in filter(may_go.__contains__, held if among is None else among):
        fitting = (exchange for exchange in standing_for(food_id, dish) if exchange in rows)
        if (row := next(fitting, None)) is not None:
            found[food_id] = row
    found = {
        food_id: row
        for food_id, row in found.items()
        if all(found.get(food) is row for food in row.foods if food in held)
    }
    return _exchanged(dish, found) if found else dish


def _as_usual(dish: Dish, rows: Sequence[Exchange]) -> Dish:
    own = tuple(row for row in rows if row.is_for(dish))
    made = {food_id: row for row in own for food_id in row.foods}
    return dish if made.keys().isdisjoint(_held(dish)) else _made(dish, made, own)


def _for_table(dish: Dish, avoided: Sequence[frozenset[str]], is_alike: bool) -> Dish:
    """Return a dish as a table cooks it: in one pot for all or alike, or in a bowl for each."""
    held = _held(dish)
    needs = [not own.isdisjoint(held) for own in avoided]
    if not any(needs) or not (is_alike or is_one_pot(dish) or all(needs)):
        return dish
    able = [own for own in avoided if exchanges_for(dish, own) is not None]
    found = exchanges_for(dish, frozenset[str]().union(*able))
    return _exchanged(dish, found) if found else dish


def is_one_pot(dish: Dish) -> bool:
    """Whether a table eats a dish out of one pot, and not what each makes for himself."""
    rules = read_settings(TABLE)["rules"]
    return dish.kind in rules["together"] and dish.tags.isdisjoint(rules["apart"])


def exchanges_for(dish: Dish, avoided: Set[str]) -> dict[str, Exchange] | None:
    """Return what stands for each food of a dish that is avoided; ``None`` where nothing can."""
    found: dict[str, Exchange] = {}
    for food_id in filter(avoided.__contains__, _held(dish)):
        fitting = (one for one in standing_for(food_id, dish) if one.instead not in avoided)
        if (row := next(fitting, None)) is None:
            return None
        found[food_id] = row
    instead = {row.instead for row in found.values() if row.instead and row.called}
    return found if len(instead) <= read_settings(TABLE)["rules"]["most"] else None


def standing_for(food_id: str, dish: Dish) -> Iterator[Exchange]:
    """Return what may stand for a food of a dish, the first choice first."""
    held = _held(dish)
    mass_g = sum(one.mass_g for one in dish.ingredients if one.food_id == food_id)
    text = " ".join((dish.name, *dish.steps)).lower()
    for row in read_exchanges():
        if row.is_usual or food_id not in row.foods or row.instead in held or not row.is_for(dish):
            continue
        is_defining = row.is_named_in(dish.name) and not row.may_rename
        is_said = bool(row.unless) and re.search(row.unless, text) is not None
        if mass_g <= row.most_g * dish.servings and not is_defining and not is_said:
            yield row


def dish_printed(name: str, dishes: Iterable[Dish]) -> Dish | None:
    """Return the dish that a plan prints under just this name, with what stands in it then.

    ``None`` where none is called so, whatever stands in it.
    """
    key, words = plain_key(name), _words(name)
    key = key.removesuffix(f",_{read_settings(TABLE)['mild']['called']}")
    usual = [row for row in read_exchanges() if row.is_usual]
    for dish in dishes if len(words) >= _LEAST_WORDS else ():
        if 2 * len(words & _words(dish.name)) < len(_words(dish.name)):
            continue
        for base in (_as_usual(dish, usual), dish):
            for found in _ways_said(base, key):
                if plain_key(_name_with(base, tuple(dict.fromkeys(found.values())))) == key:
                    return _exchanged(base, found) if found else base
    return None


@lru_cache(maxsize=4096)
def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.lower()))


def _ways_said(dish: Dish, key: str) -> Iterator[dict[str, Exchange]]:
    """Return what may stand in a dish together, of that which a plain name has words of."""
    ways = [
        [None, *(row for row in standing_for(food_id, dish) if row.is_said_in(key))]
        for food_id in _held(dish)
    ]
    for rows in product(*ways):
        yield {food_id: row for food_id, row in zip(_held(dish), rows, strict=True) if row}


def _name_with(dish: Dish, rows: tuple[Exchange, ...]) -> str:
    said = [row.called for row in rows if row.called and not row.is_named_in(dish.name)]
    return _named_with(capital(reworded(dish.name, rows)), said)


def _exchanged(dish: Dish, found: Mapping[str, Exchange]) -> Dish:
    rows = tuple(dict.fromkeys(found.values()))
    made = _made(dish, found, rows)
    said = any(row.called and not row.is_named_in(dish.name) for row in rows)
    notes = dict.fromkeys(row.note for row in rows if row.note)
    made = replace(made, name=_name_with(dish, rows), steps=(*made.steps, *notes))
    rules = read_settings(TABLE)["rules"]
    if said and dish.kind in rules["together"]:
        made = replace(made, taste=min(dish.taste + rules["grades"], rules["grade_most"]))
    if any(row.is_mild for row in rows) and hot_foods().isdisjoint(_held(made)):
        name = f"{made.name}{_CUT}{read_settings(TABLE)['mild']['called']}"
        made = replace(made, name=name, tags=made.tags - {_hot_tag()})
    return made


def _named_with(name: str, said: Iterable[str]) -> str:
    """Name a dish with what is in it: ``"Spaghetti bolognese, with gluten-free pasta"``."""
    *others, last = ["", *dict.fromkeys(said)]
    listed = " and ".join(filter(None, (_CUT.join(filter(None, others)), last)))
    return f"{name}, with {listed}" if listed else name


def _made(dish: Dish, found: Mapping[str, Exchange], rows: tuple[Exchange, ...]) -> Dish:
    kept = [
        one for one in dish.ingredients if one.food_id not in found or found[one.food_id].instead
    ]
    lines = tuple(_line(ingredient, found.get(ingredient.food_id), rows) for ingredient in kept)
    name = reworded(dish.name, rows)
    more_g = sum(line.mass_g for line in lines) - sum(line.mass_g for line in dish.ingredients)
    return replace(
        dish,
        name=capital(name),
        yield_g=dish.yield_g + more_g,
        ingredients=lines,
        steps=tuple(reworded(step, rows) for step in dish.steps),
        tags=tags_beside({row.instead for row in rows}, dish.tags),
    )


def _line(line: Ingredient, row: Exchange | None, rows: tuple[Exchange, ...]) -> Ingredient:
    if row is None or row.is_usual:
        food_id = line.food_id if row is None else row.instead
        usual = tuple(exchange for exchange in rows if exchange.is_usual)
        return replace(line, food_id=food_id, measure=reworded(line.measure, usual))
    foods, factor = read_embedded_foods(), row.foods[line.food_id]
    mass_g, words = instead_of(line, foods[line.food_id], foods[row.instead], factor)
    cut = [part for part in line.measure.split(_CUT)[1:] if not re.search(r"\d", part)]
    kept = cut if row.keeps_cut else filter(None, [row.cut])
    measure = _CUT.join([words, *kept])
    return replace(line, food_id=row.instead, mass_g=mass_g, measure=measure)


def _held(dish: Dish) -> dict[str, None]:
    """Return the foods of a dish, each once, in the order of its list."""
    return dict.fromkeys(line.food_id for line in dish.ingredients)
