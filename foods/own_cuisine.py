"""Which cuisine and kind the name of one's own dish tells, by ``recipe_words.toml``."""

from __future__ import annotations

from collections.abc import Iterable

from foods.name_words import plain_words
from foods.recipe_line import read_words


def cuisine_of(name: str, cuisines: Iterable[str]) -> str:
    """Return the one of these cuisines that the words of a name tell; else that of no kitchen."""
    found = _told("kitchens", name).intersection(cuisines)
    return next(iter(found), str(read_words()["defaults"]["cuisine"]))


def kind_of(name: str) -> str | None:
    """Return the kind of dish that the words of a name tell; ``None`` where they tell none."""
    return next(iter(_told("kinds_by_name", name)), None)


def _told(what: str, name: str) -> frozenset[str]:
    """Return what the words of a name tell, the longest first; nothing where two disagree."""
    words = {
        plain_words(phrase): told for told, names in read_words()[what].items() for phrase in names
    }
    left, found = plain_words(name), set()
    for phrase in sorted(words, key=len, reverse=True):
        for at in range(len(left) - len(phrase) + 1):
            if left[at : at + len(phrase)] == phrase:
                found.add(words[phrase])
                left = (*left[:at], *[""] * len(phrase), *left[at + len(phrase) :])
    return frozenset(found if len(found) == 1 else ())
