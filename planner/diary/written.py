"""A line of a diary in plain words: signs, short forms and numbers in names written in full."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from foods.recipe_line import in_full, read_words

_NO_SPACE = re.compile(r"[ -]")
_INCH = re.compile(r"(\d)\s*(?:[\"\u201d\u2033]|'')")
_WITH = re.compile(r"(?<![\w'])w(?:/(?!o)|(?=\s))\s*", re.IGNORECASE)
_NO_WORD = re.compile(r"[:;]-?[()]|#\s*\d+")


def in_words(text: str) -> str:
    """Write a line in plain words, and leave out what says nothing of which food it is."""
    return _without_numbers(in_full(_plain(text)))


def _plain(text: str) -> str:
    """Write signs in words, and leave out what says nothing: 6" is 6 inch."""
    text = _WITH.sub("with ", _INCH.sub(r"\1 inch ", text))
    return _no_food().sub(" ", _NO_WORD.sub(" ", text)).strip()


def _without_numbers(text: str) -> str:
    """Write names that begin with a number in words: 7 up is no seven of something."""
    return _numbered().sub(
        lambda one: _numbers_in_words()[_NO_SPACE.sub("", one[0].casefold())], text
    )


@cache
def _no_food() -> re.Pattern[str]:
    words = "|".join(map(re.escape, read_words()["words"]["no_food"]))
    return re.compile(rf"(?:^|(?<=\w)[\s,(]+)(?:{words})\b\)?", re.IGNORECASE)


@cache
def _numbers_in_words() -> Mapping[str, str]:
    return {_NO_SPACE.sub("", one): words for one, words in read_words()["numbered"].items()}


@cache
def _numbered() -> re.Pattern[str]:
    names = sorted(read_words()["numbered"], key=len, reverse=True)
    spaced = "|".join(re.escape(one).replace(r"\ ", r"[ -]?") for one in names)
    return re.compile(rf"(?<![\w.,/])(?:{spaced})(?![\w/])", re.IGNORECASE)
