"""Read what a person wrote word by word: every word is known, or it is asked about.

Nothing is looked for inside a text: the longest known phrase is taken from the left, then the next,
and a word that belongs to none, and is no filler, is left over and told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from planner.safety.read import read_safety_settings

OTHER = "other:"

Meaning = TypeVar("Meaning")

_PARTING = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Phrase(Generic[Meaning]):
    """A known phrase as it stood in a text, and what it means."""

    words: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Words(Generic[Meaning]):
    """A text, read.

    Parameters
    ----------
    phrases
        Known phrases, from left to right.
    left
        Words that belong to none of them.
    """

    phrases: tuple[Phrase[Meaning], ...]
    left: tuple[str, ...]


def plain_words(text: str) -> str:
    """Give the words of ``text`` in small letters without accents, one blank between them."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("_", " "))
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(_PARTING.sub(" ", letters).split())


def read_words(
    text: str, known: Mapping[str, Meaning], fillers: Collection[str] = ()
) -> Words[Meaning]:
    """Read ``text`` by known phrases, the longest first from the left.

    Parameters
    ----------
    text
        What a person wrote.
    known
        Plain phrase → what it means.
    fillers
        Words that change nothing.
    """
    words, found, left = plain_words(text).split(), list[Phrase[Meaning]](), list[str]()
    longest = max((phrase.count(" ") + 1 for phrase in known), default=1)
    at = 0
    while at < len(words):
        phrase = next((one for one in _phrases(words, at, longest) if one in known), None)
        if phrase is not None:
            found.append(Phrase(phrase, known[phrase]))
            at += phrase.count(" ") + 1
            continue
        if words[at] not in fillers:
            left.append(words[at])
        at += 1
    return Words(tuple(found), tuple(left))


def other_text(text: str) -> str | None:
    """Give what stands behind ``other:``; ``None`` where a text does not begin so."""
    words = text.strip()
    if not words.casefold().startswith(OTHER):
        return None
    return " ".join(words[len(OTHER) :].split())


@cache
def fillers_of(kind: str) -> frozenset[str]:
    """Give the words that change nothing in a ``condition`` or ``medicine``."""
    table: Mapping[str, Any] = read_safety_settings("words")
    return frozenset([*table["joined"]["words"], *table[kind]["fillers"]])


def near_names(words: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Give the known names that look most like the words nobody knows, best first."""
    from foods.table import nearest_names

    text = " ".join(words)
    return tuple(nearest_names(text, known)) if text else ()


def looks_like(words: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Give the known names of which one of ``words`` may be a misspelling.

    Used only where a text is not asked about again (``other: TEXT``): what it may mean then counts.
    """
    from rapidfuzz import fuzz, process  # heavy, and needed for few texts

    least: float = read_safety_settings("words")["misspelt"]["least_score"]
    found = [
        match
        for word in words
        for match, _score, _ in process.extract(
            word, sorted(known), scorer=fuzz.ratio, limit=None, score_cutoff=least
        )
    ]
    return tuple(dict.fromkeys(found))


def _phrases(words: Sequence[str], at: int, longest: int) -> Iterator[str]:
    for size in range(min(longest, len(words) - at), 0, -1):
        yield " ".join(words[at : at + size])
