"""How often a medicine is taken, in words: ``metformin twice a day`` is twice, wherever it stands.

The words are rows of ``configs/safety/words.toml``; each is read once, from the first row on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from planner.safety.phrases import plain_words
from planner.safety.read import read_safety_settings

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_HOURS_A_DAY = 24
_MOMENTS = (
    "morning", "breakfast", "noon", "lunch", "afternoon", "dinner",
    "evening", "night",
)  # fmt: skip
_FOOD = {"with_food": "with", "without_food": "without"}
_LEAST_LETTERS = 2
_MINUTES, _HALF_DAY = 60, 12
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*([ap]?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Often:
    """How often, as it stands in a text.

    Parameters
    ----------
    rest
        The text without it.
    per_day, per_week
        Counts that are said: none, one, or several that contradict each other.
    weekdays
        Days that are named, from 0, Monday.
    spaced
        Words for a rhythm that no calendar of days holds, such as ``"every 72 hours"``.
    unused
        What is said of it and changes nothing.
    moments
        Times of the day that are named: ``"morning"``, ``"noon"``, ``"evening"``, ``"night"``, or
        hours of the clock: ``"06:30"``.
    food
        ``"with"`` food, ``"without"`` it, or both, one by one.
    """

    rest: str
    per_day: frozenset[int] = frozenset()
    per_week: frozenset[int] = frozenset()
    weekdays: tuple[int, ...] = ()
    spaced: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    food: tuple[str, ...] = ()

    @property
    def is_said(self) -> bool:
        """Whether anything says how often."""
        return bool(self.per_day or self.per_week or self.weekdays or self.spaced)

    @property
    def is_contradicted(self) -> bool:
        """Whether two rhythms are said that cannot both hold."""
        rhythms = (self.per_day, self.per_week or self.weekdays, self.spaced)
        several = max(map(len, (self.per_day, self.per_week, self.spaced))) > 1
        hours = len(clock_hours(self.moments))
        is_unclear = hours > 0 and (hours < len(self.moments) or bool(self.per_day - {hours}))
        return several or is_unclear or sum(map(bool, rhythms)) > 1


def read_often(text: str) -> Often:
    """Return how often ``text`` says, by whatever words, and what is left of it."""
    rest, found = text, dict[str, list[Any]]()
    for row, pattern in _patterns():
        for said in pattern.finditer(rest):
            found.setdefault(row["means"], []).append(_meaning(row, said))
        rest = pattern.sub(" ", rest)
    per_day = {*found.get("day", ()), *found.get("hours", ()), *found.get("scheme", ())}
    moments = _moments(found)
    weekdays = {day for days in found.get("weekdays", ()) for day in days}
    spaced = found.get("needed") or found.get("spaced", [])
    if "needed" in found:
        per_day = set()
    elif len(moments) > bool(per_day) and not (weekdays or spaced or "week" in found):
        per_day.add(len(moments))
    return Often(
        " ".join(rest.split()).strip(" ,"),
        frozenset(per_day),
        frozenset(found.get("week", ())),
        tuple(sorted(weekdays)),
        tuple(spaced[:1] if "needed" in found else spaced),
        tuple(found.get("unused", ())),
        moments,
        tuple(word for row, word in _FOOD.items() if row in found),
    )


def clock_hours(moments: Iterable[str]) -> tuple[str, ...]:
    """Give those times of the day that are hours of the clock."""
    return tuple(one for one in moments if one not in _MOMENTS)


def moment_hours(moment: str) -> tuple[float, float]:
    """Give the first and the last hour of a dose at a time of the day that is named."""
    if moment in _MOMENTS:
        first, last = read_safety_settings("schedule")["moment"][moment]
        return float(first), float(last)
    hours, minutes = map(int, moment.split(":"))
    return hours + minutes / _MINUTES, hours + minutes / _MINUTES


def _moments(found: Mapping[str, list[Any]]) -> tuple[str, ...]:
    """Give the times of the day, the earliest first: "8:00 in the morning" is one."""
    clock = set(found.get("clock", ()))
    hours = [moment_hours(one)[0] for one in clock]
    spans = {one: moment_hours(one) for one in _MOMENTS if one in found}
    words = {one for one, (a, b) in spans.items() if not any(a <= hour <= b for hour in hours)}
    return tuple(sorted(clock | words, key=moment_hours))


def weekday_of(word: str) -> int | None:
    """Return the weekday that a word names, from 0, Monday; ``None`` where it names none."""
    others: Mapping[str, int] = _table()["weekdays"]
    if word in others:
        return others[word]
    for number, name in enumerate(map(str.casefold, WEEKDAYS)):
        if len(word) >= _LEAST_LETTERS and f"{name}s".startswith(word):
            return number
    return None


def _meaning(row: Mapping[str, Any], said: re.Match[str]) -> Any:
    parts, kind = said.groupdict(), row["means"]
    if kind == "hours":
        return _HOURS_A_DAY // max(1, int(parts["h"]))
    if kind == "clock":
        return _clock(said[0])
    if kind == "scheme":
        return sum(int(one) > 0 for one in parts["scheme"].split("-"))
    if kind == "weekdays":
        words = plain_words(said[0]).split()
        return [day for day in map(weekday_of, words) if day is not None]
    if kind in ("day", "week"):
        counts = map(_number, re.findall(r"\d+|[^\W\d]+", said[0].casefold()))
        return row.get("count") or next((one for one in counts if one is not None), 1)
    return said[0].strip()


def _clock(text: str) -> str:
    found = _CLOCK.search(text)
    assert found is not None
    hour, half = int(found[1]), found[3].casefold()
    if half:
        hour = hour % _HALF_DAY + (_HALF_DAY if half == "p" else 0)
    return f"{hour:02d}:{found[2] or '00'}"


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else _table()["numbers"].get(word)


@cache
def _patterns() -> tuple[tuple[Mapping[str, Any], re.Pattern[str]], ...]:
    words, days = _any_of(_table()["numbers"]), _any_of(_weekdays())
    parts = {"{n}": rf"(?:\d{{1,2}}|{words})", "{word}": words, "{day}": rf"{days}(?!\w)"}
    return tuple((row, _pattern(row["as"], parts)) for row in _table()["row"])


def _pattern(phrases: Iterable[str], parts: Mapping[str, str]) -> re.Pattern[str]:
    """Return one pattern for phrases; a group that several of them name stands in one alone."""
    text = "|".join(sorted(phrases, key=len, reverse=True))
    for part, pattern in parts.items():
        text = text.replace(part, pattern)
    text = text.replace(" ?", r"\s*").replace(" ", r"\s+")
    return re.compile(rf"(?<![\w.,/-])(?:(?:and|und)\s+)?(?:{text})(?!\w)", re.IGNORECASE)


def _weekdays() -> Iterator[str]:
    yield from _table()["weekdays"]
    for name in WEEKDAYS:
        yield from (name, f"{name}s", name[:3], name[:4])


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = read_safety_settings("words")["often"]
    return table
