"""Lines of a recipe that are no food, and lines that stand for several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foods.recipe_line import TWO_FOODS, read_words, words_of

_EACH = re.compile(r"(?P<amount>.*?\d.*?)\s+each\s+(?:of\s+)?(?P<names>\D+)", re.IGNORECASE)
_BETWEEN = re.compile(r",\s*(?:and\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)


def is_section(line: str, others: Sequence[str] = ()) -> bool:
    """Whether a line among ``others`` is the heading of a part: "For the sauce:", "TOPPING"."""
    is_loud = line.isupper() and not any(map(str.isdigit, line))
    return line.rstrip().endswith(":") or (is_loud and not all(map(str.isupper, others)))


def parted_line(line: str) -> tuple[str, ...]:
    """Give the lines that a line stands for: "1 tsp each cumin and mint", "salt and pepper"."""
    each = _EACH.fullmatch(line)
    if each:
        names = filter(None, _BETWEEN.split(each["names"].strip()))
        return tuple(f"{each['amount']} {name}" for name in names)
    seasoning = read_words()["seasoning"]
    both = [one.strip() for one in TWO_FOODS.split(line)]
    if any(map(str.isdigit, line)) or not all(set(words_of(one)) & {*seasoning} for one in both):
        return (line,)
    return tuple(seasoning.get(one.casefold(), one) for one in both)
