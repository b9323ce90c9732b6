"""What a word is understood as where it names something to leave out: allergens come first.

Read from ``configs/diets/allergens.toml``: the allergens that labels must name, words for several
of them at once ("nuts" are tree nuts and peanuts), and single kinds of nuts with the mixtures that
may hold them unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field

from foods.food import UNKNOWN, Food
from foods.name_reader import Words, food_reader, name_words, word_sets
from foods.table import FoodTable, plain_key
from planner.request.diets import find_diet
from planner.settings import read_row, read_settings


@dataclass(frozen=True, slots=True)
class LeftOutReading:
    """What a word is understood as.

    Parameters
    ----------
    text, brief
        It, in words; and in few, empty where an allergen is called by its own name.
    stays
        What is not left out though somebody could mean it, with the way to leave it out; may be
        empty.
    allergens, groups, bases
        Words of the food catalogue: a food that has any of them is left out, and one that
        contains a base.
    stays_origin
        ``origin`` words of what stays: with a diet that leaves these out it does not.
    diet
        A diet that leaves it out by origin; may be empty.
    but
        Ids of foods that stay though they hold it.
    labels
        Whether the allergens of its label decide of a person's own food, where it says them.
    """

    text: str
    brief: str = ""
    stays: str = ""
    allergens: Annotated[frozenset[str], Field(validation_alias="words")] = frozenset()
    groups: frozenset[str] = frozenset()
    bases: frozenset[str] = frozenset()
    stays_origin: frozenset[str] = frozenset()
    diet: str = ""
    but: frozenset[str] = frozenset()
    labels: bool = False

    def covers(self, food: Food) -> bool:
        """Whether the food is left out: one of a person's own, too, of which nobody can say it.

        A label says no more than allergens, and some labels not even these.
        """
        is_said = bool(self.allergens) and (self.labels or not (self.groups or self.bases))
        if food.is_kept and not (is_said and UNKNOWN not in food.allergens):
            return True
        has_allergen = not self.allergens.isdisjoint(food.allergens)
        is_of = food.group in self.groups or food.base in self.bases
        is_of |= bool(self.diet and find_diet(self.diet).without_origin & food.origin)
        if food.food_id in self.but:
            return False
        return has_allergen or is_of or not self.bases.isdisjoint(food.contains)


def find_reading(word: str) -> LeftOutReading | None:
    """Return what ``word`` is understood as; ``None`` where it is no allergen nor several."""
    return read_readings().get(plain_key(word))


@cache
def read_readings() -> Mapping[str, LeftOutReading]:
    """Return every word that is understood, in small letters with ``_`` between words."""
    readings = {}
    for names, row in _rows():
        readings.update(dict.fromkeys(map(plain_key, names), read_row(LeftOutReading, row)))
    return MappingProxyType(readings)


def _rows() -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Return the words of each reading, and its row."""
    settings = read_settings("diets/allergens.toml")
    for allergen_id, row in settings["allergens"].items():
        yield (allergen_id, row["name"], *row["also"], *row["words"]), row
    for name, row in settings["readings"].items():
        yield (name, *row["also"]), row


_CLAUSE = re.compile(r"[.,;:()!?\n]")
_LONGEST = 3  # words of one name
_FREE = "free"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A word of an own dish for which no ingredient answers, so that nobody knows what it holds.

    Parameters
    ----------
    word
        It, or the whole line of a recipe that was left out.
    food_ids
        What it may mean; empty for a line that nobody can read: it may be anything.
    """

    word: str
    food_ids: frozenset[str] = frozenset()


def words_unanswered(
    texts: Iterable[str], left_out: Iterable[str], held: Iterable[str], table: FoodTable
) -> tuple[Unanswered, ...]:
    """Return what the words of an own dish say that none of its ingredients answers for.

    Parameters
    ----------
    texts, left_out
        Its name and steps, and the lines that were left out of it.
    held
        Ids of its ingredients.
    table
        The foods.
    """
    held = [*held]
    known = [table[food_id] for food_id in held if food_id in table]
    bases = {food.base for food in known}
    answers = [*map(name_words, (*held, *bases, *(food.name for food in known)))]
    found: dict[str, frozenset[str]] = {}
    for clause in (part for text in texts for part in _CLAUSE.split(text)):
        found |= _meant_in(name_words(clause), table)
    for line in left_out:
        idle = word_sets()["measures"] | word_sets()["dropped"] | word_sets()["joiners"]
        words = tuple(word for word in name_words(line) if word not in idle)
        found[line] = _meant(words, table)
    return tuple(
        Unanswered(word, food_ids)
        for word, food_ids in found.items()
        if food_ids.isdisjoint(held)
        and bases.isdisjoint(table[food_id].base for food_id in food_ids)
        and not any({*name_words(word)} <= {*answer} for answer in answers)
    )


def _meant_in(words: Words, table: FoodTable) -> dict[str, frozenset[str]]:
    """Return the words that mean foods, the longest first, but for those that are negated."""
    settings, found, at = read_settings("diets/dish_words.toml"), {}, 0
    while at < len(words):
        for end in range(min(len(words), at + _LONGEST), at, -1):
            if meant := _meant(words[at:end], table):
                if (
                    words[end : end + 1] != (_FREE,)
                    and words[max(at - 1, 0)] not in settings["negated"]
                ):
                    found[" ".join(words[at:end])] = meant
                at = end - 1
                break
        at += 1
    return found


def _meant(words: Words, table: FoodTable) -> frozenset[str]:
    phrase = " ".join(words)
    if phrase in read_settings("diets/dish_words.toml")["idle"]:
        return frozenset()
    told = read_settings("diets/dish_words.toml")["words"].get(phrase)
    reading = next(filter(None, map(find_reading, (phrase, f"{phrase}s"))), None)
    covered = [food.food_id for food in table if reading and reading.covers(food)]
    return frozenset(told or covered or food_reader(table).spelled(phrase))
