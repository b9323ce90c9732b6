"""Names of foods in other languages, so that what somebody must leave out is understood.

Source: ``configs/safety/foreign_foods.csv``, by its English words as ``--without`` has them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from planner.settings import read_rows

_FOODS = "safety/foreign_foods.csv"


@cache
def foreign_foods() -> Mapping[str, str]:
    """Return foreign name of a food, in small letters → its English words."""
    return MappingProxyType(
        {
            word: row["english"]
            for row in read_rows(_FOODS)
            for word in (row["word"].lower(), row["word"].casefold())
        }
    )


def in_english_words(text: str) -> str:
    """Return a text with the English words for foreign names of foods in it."""
    return _any_name().sub(lambda found: foreign_foods()[found[0].lower()], text)


@cache
def _any_name() -> re.Pattern[str]:
    longest = sorted(foreign_foods(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])", re.IGNORECASE)
