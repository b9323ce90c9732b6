"""Words of a food's name as they are compared: singular, plain, spelling and percent alike.

``semi-skimmed``, ``semi skimmed`` and ``2 %`` are the same words, and so are ``wholemeal`` and
``whole wheat``. Which are stands in ``foods/data/recipe_words.toml``, with the words of preparation
and praise that say nothing about which food it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from foods.recipe_line import read_words

Words = tuple[str, ...]

_WORD = re.compile(r"[a-z]+")
_LETTERS = re.compile(r"[^\W_]+")  # of names in other letters
_PERCENT = re.compile(r"\b(\d+(?:\.\d+)?)\s*(?:%|percent\b)(?:\s*(?:milk)?fat\b)?")
_POSSESSIVE = re.compile(r"['\u2019]s?\b")
_ENDINGS = (
    ("ies", "y"), ("oes", "o"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"),
)  # fmt: skip
_PARTED = (
    "states",
    "dropped",
    "canned",
    "cooked",
    "raw",
    "frozen",
    "brands",
    "joiners",
    "lacked",
    "behind",
    "kinds",
    "flavors",
    "fatness",
    "fillings",
    "made_of",
    "other_things",
    "sliced",
    "heads",
    "sandwiches",
)


def plain_words(text: str) -> Words:
    """Return the words of a text in small letters, without accents, in the singular."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    words = _WORD.findall("".join(char for char in letters if not unicodedata.combining(char)))
    return tuple(_singular(word) for word in words)


def search_words(name: str) -> Words:
    """Return the words by which a name is found, as all names are compared, or as it has them."""
    return name_words(name) or tuple(_LETTERS.findall(name.casefold()))


def name_words(text: str) -> Words:
    """Return the words of a name, each in the spelling in which all names are compared."""
    percents = read_words()["percent"]
    told = _PERCENT.sub(lambda one: f" {percents.get(one[1], '')} ", text.casefold())
    words = same_words(plain_words(_POSSESSIVE.sub("", told.replace("_", " "))))
    return same_words(words)  # once more: fat-free milk is nonfat milk, and that is skim milk


def same_words(words: Words) -> Words:
    """Put one spelling for all: the longest phrase that has another is taken from the left."""
    found: list[str] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + _longest()), at, -1):
            instead = _same().get(words[at:end])
            if instead is not None:
                found += instead
                at = end
                break
        else:
            found.append(words[at])
            at += 1
    return tuple(found)


def without_state(words: Iterable[str]) -> Words:
    """Leave out words of state, unless nothing else is left."""
    words = tuple(words)
    return tuple(word for word in words if word not in word_sets()["states"]) or words


def without_talk(words: Iterable[str]) -> Words:
    """Leave out words of preparation, praise and brands, and those that join others."""
    sets = word_sets()
    out = sets["dropped"] | sets["brands"] | sets["joiners"]
    return tuple(word for word in words if word not in out)


def in_order(words: Iterable[str]) -> Words:
    """Sort the words of a name, since their order does not matter."""
    return tuple(sorted(words))


@cache
def word_sets() -> Mapping[str, frozenset[str]]:
    """Give each list of words of ``recipe_words.toml``, as words are compared."""
    words = read_words()["words"]
    # Words with a hyphen are phrases: "firm-ripe" does not drop "firm" of tofu.
    return {
        key: frozenset(one for word in words[key] if word.isalpha() for one in plain_words(word))
        for key in _PARTED
    } | {"measures": frozenset(one for word in _measures() for one in plain_words(word))}


def _measures() -> set[str]:
    words = read_words()
    return {*words["units"], *words["volume_ml"], *words["parts"], *words["numbers"]}


@cache
def aliases() -> Mapping[Words, Words]:
    """Everyday words → words of the catalogue, without words of state."""
    return {
        in_order(name_words(name)): in_order(without_state(name_words(meaning)))
        for name, meaning in read_words()["aliases"].items()
    }


def is_spelling_of(name: str, base: str) -> bool:
    """Whether a name is only another word or spelling for a thing itself: garbanzos, chickpea."""
    asked = in_order(name_words(name))
    return aliases().get(asked, asked) == in_order(name_words(base.replace("_", " ")))


@cache
def _same() -> Mapping[Words, Words]:
    told = read_words()["same"]
    return {plain_words(words): plain_words(instead) for words, instead in told.items()}


@cache
def _longest() -> int:
    return max(map(len, _same()))


def _singular(word: str) -> str:
    told: str | None = read_words()["singular"].get(word)
    if told is not None:
        return told
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + instead
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
