"""Find words in what a person wrote, whatever its capitals, hyphens and plurals."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PARTING = re.compile(r"[^\w*]+")


def plain_words(text: str) -> str:
    """Give the words of ``text`` in small letters, one blank between them."""
    return " ".join(_PARTING.sub(" ", text.casefold().replace("_", " ")).split())


def holds_phrase(text: str, phrases: Iterable[str]) -> bool:
    """Whether plain ``text`` holds one of ``phrases`` as whole words.

    A phrase that begins with ``*`` fits the end of a word, one that ends with ``*`` stands before
    any other word.
    """
    return any(_fits(text, plain_words(phrase)) for phrase in phrases if phrase)


def holds_stem(text: str, stems: Iterable[str]) -> bool:
    """Whether a word of plain ``text`` begins with one of ``stems``."""
    beginnings = tuple(stems)
    return any(word.startswith(beginnings) for word in text.split())


def without_words(text: str, phrases: Iterable[str], stems: Iterable[str]) -> str:
    """Take whole phrases, and words that begin with a stem, out of plain ``text``."""
    padded = f" {text} "
    for phrase in sorted(map(plain_words, phrases), key=len, reverse=True):
        padded = padded.replace(f" {phrase} ", " ")
    beginnings = tuple(stems)
    return " ".join(word for word in padded.split() if not word.startswith(beginnings))


def _fits(text: str, phrase: str) -> bool:
    if phrase.startswith("*"):
        # "*dronic acid" is the end of one word with whole words behind it.
        return f"{phrase[1:]} " in f"{text} " and phrase[1:] != text
    if phrase.endswith("*"):
        return f" {phrase[:-1].strip()} " in f" {text} "
    return f" {phrase} " in f" {text} "
