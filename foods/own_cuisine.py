"""Which cuisine the name of one's own dish tells, by the words of ``recipe_words.toml``."""

from __future__ import annotations

from collections.abc import Iterable

from foods.name_words import plain_words
from foods.recipe_line import read_words


def cuisine_of(name: str, cuisines: Iterable[str]) -> str:
    """Return the one of these cuisines that the words of a name tell; else that of no kitchen."""
    found = _kitchens(name).intersection(cuisines)
    return next(iter(found), str(read_words()["defaults"]["cuisine"]))


def _kitchens(name: str) -> frozenset[str]:
    """Return the kitchen of the words of a name, the longest first; none where two disagree."""
    words = {
        plain_words(phrase): kitchen
        for kitchen, names in read_words()["kitchens"].items()
        for phrase in names
    }
    left, found = plain_words(name), set()
    for phrase in sorted(words, key=len, reverse=True):
        for at in range(len(left) - len(phrase) + 1):
            if left[at : at + len(phrase)] == phrase:
                found.add(words[phrase])
                left = (*left[:at], *[""] * len(phrase), *left[at + len(phrase) :])
    return frozenset(found if len(found) == 1 else ())
