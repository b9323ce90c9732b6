"""Keys of a recipe for what is done on the day on which it is eaten, or on the evening before.

A line that says ``fresh = "cut"`` is not kept with the rest: of a second meal it is cut, toasted or
warmed on the day on which that is eaten. ``fresh_share`` says how much of the line, where the rest
is cooked. ``ahead`` of a dish says what is done on the evening before: ``"all"`` of it, or in
words: ``"soak the mung beans"``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.meals.patterns import not_one_of
from planner.settings import read_settings

ALL = "all"
FRESH_KEYS = frozenset({"fresh", "fresh_share"})


def fresh_ways() -> Mapping[str, Mapping[str, Any]]:
    """Give what may be done with something when it is eaten, with its words and minutes.

    Source: ``configs/meals/second_meal.toml``.
    """
    ways: Mapping[str, Mapping[str, Any]] = read_settings("meals/second_meal.toml")["fresh"]
    return ways


def fresh_faults(line: Mapping[str, Any]) -> Iterator[str]:
    """Say what is wrong with the keys of a recipe's line about the day on which it is eaten."""
    way, share = line.get("fresh", ""), line.get("fresh_share", 1.0)
    if way and way not in fresh_ways():
        of_line = f"ingredient {line['food']!r}"
        yield ": ".join((of_line, not_one_of("fresh", way, fresh_ways())))
    is_number = isinstance(share, int | float) and not isinstance(share, bool)
    if not is_number or not 0 < share <= 1 or (not way and "fresh_share" in line):
        yield f"ingredient {line['food']!r}: fresh_share goes beside fresh, above 0 and up to 1"
