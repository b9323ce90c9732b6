"""How often a medicine is taken, as people write it: ``ciprofloxacin:2`` is twice a day.

What is taken once a week and kills when it is taken daily is asked about, never assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from planner.errors import ConfigError
from planner.faults import fault
from planner.safety.often import WEEKDAYS, Often, read_often
from planner.safety.phrases import is_too_long, plain_words
from planner.safety.read import read_safety_rows, read_safety_settings

MOST_PER_DAY, DAYS_A_WEEK = 24, 7

_WHERE = "medicines"
_TIMES = re.compile(r"(?P<name>.+\S)\s+x\s*(?P<count>\d+)", re.IGNORECASE)
_COUNT = re.compile(r"(?P<count>\d+)\s*(?:x|times)?", re.IGNORECASE)
_COLON = re.compile(r"(?<!\d):|:(?!\d\d)")  # not of an hour of the clock, 6:30
_AT = re.compile(r"(?<=:)\s*(\d{1,2})\s*x?\s*@(?=\s*\d)", re.IGNORECASE)  # ":2@08:00,20:00"
_BETWEEN = re.compile(r",(?=\s*\d)")
_EVERY_DAY = re.compile(r"\b(?:d|day|daily)$", re.IGNORECASE)
_LIST = re.compile(r";|(?<!\d),|,(?!\d)")
_JOINED = re.compile(
    r"\s*[+&]\s*|\s*/\s*(?!(?:week|wk|day|d)\b)|\s+(?:and|plus|with|und|mit)\s+", re.IGNORECASE
)
_REMEDY = (
    'write "levothyroxine", "ciprofloxacin:2" for twice a day, "alendronate:1/week" or, with its '
    'day, "alendronate:1/week@sun", or at its own hour, "levothyroxine@07:00"; a supplement with '
    "its amount goes to --supplement"
)
OneDosage = TypeVar("OneDosage", bound="Dosage")
DAY_NAMED, DAYS_NAMED = "{count} day named", "{count} days named"


@dataclass(frozen=True, slots=True)
class Dosage:
    """A medicine and how often it is taken.

    Parameters
    ----------
    name
        The medicine, as written.
    per_day
        Doses on a day on which it is taken.
    is_given
        Whether somebody said how often; once a day is assumed otherwise.
    per_week
        Days of the week on which it is taken; 0 where it is every day.
    weekdays
        Which days these are, from 0 for Monday; empty where nobody named them.
    unused, moments, food
        What was said beside it and changes nothing, times of the day, and whether it is taken with
        food or without; as of ``Often``.
    """

    name: str
    per_day: int = 1
    is_given: bool = False
    per_week: int = 0
    weekdays: tuple[int, ...] = ()
    unused: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    food: tuple[str, ...] = ()

    @property
    def is_weekly(self) -> bool:
        """Whether it is taken on some days of the week alone."""
        return self.per_week > 0


def check_dosages(text: str) -> None:
    """Refuse a text with no name, or with no number of doses behind a colon.

    Raises
    ------
    ConfigError
        With the way to write it.
    """
    if not text:
        raise ConfigError("a medicine needs a name", _WHERE, _REMEDY)
    for entry in part_entries(text):
        _read(entry)


def read_dosage(text: str) -> Dosage:
    """Read ``"ciprofloxacin:2"``, ``"iron x2"``, ``"alendronate:1/week@sun"``, ``"mtx:sunday"``.

    Raises
    ------
    ConfigError
        When what stands behind the colon is no number of doses, when there are not as many days
        as doses a week, or when nobody says how often where a daily dose can kill.
    """
    found, (_, rhythm) = _read(text), _parted(text)
    most: int = read_safety_settings("schedule")["asked"]["most_per_week"]
    is_plain = 0 < found.per_week <= most or _EVERY_DAY.search(rhythm or "")
    if not is_plain and is_usually_weekly(found.name):
        # a count that may mean a week or a day, where the difference kills
        raise fault(ConfigError, "most_take_it_weekly", _WHERE, name=found.name)
    return found


def _read(text: str) -> Dosage:
    """Read the words of a text, or what stands behind its colon, which is nothing else."""
    name, rhythm = _parted(text)
    if rhythm is None:
        words, times = read_often(name), _TIMES.fullmatch(name)
        if times and not words.is_said:
            return _daily(times["name"], int(times["count"]), text)
        return _in_words(words, text)
    if name and (bare := _COUNT.fullmatch(rhythm)):
        return _daily(name, int(bare["count"]), text)
    found = read_often(_BETWEEN.sub(" ", rhythm))
    if not name or not found.is_said or found.rest:
        raise _not_understood(text, rhythm, "not how often a day")
    return _in_words(replace(found, rest=name), text)


def _parted(text: str) -> tuple[str, str | None]:
    """Give what stands before a colon and behind it; ``None`` where there is no colon."""
    said_at = _AT.sub(r"\1 times a day ", text).replace("@", " ")
    name, *rhythm = (part.strip() for part in _COLON.split(said_at, maxsplit=1))
    return name, next(iter(rhythm), None)


def _in_words(often: Often, text: str) -> Dosage:
    """Return what words say, or ask where two of them contradict each other."""
    if often.is_contradicted:
        raise ConfigError(
            f"{text!r} says how often in two ways",
            _WHERE,
            "; ".join(["say how often once, as it stands on the box or chart", _REMEDY]),
        )
    days, count = often.weekdays, next(iter(often.per_day), 1)
    found = Dosage(often.rest)
    if often.spaced:
        found = Dosage(often.rest, 1, True)
    elif often.per_week or days:
        found = _weekly(often.rest, next(iter(often.per_week), len(days)), days, text)
    elif often.is_said:
        found = _daily(often.rest, count, text)
    return replace(found, unused=often.unused, moments=often.moments, food=often.food)


def part_entries(text: str) -> Iterator[str]:
    """Give the medicines of a list one by one; ``"methotrexate:2/week@mon,thu"`` stays one."""
    entries: list[str] = []
    for part in filter(None, map(str.strip, _LIST.split(text))):
        if entries and not read_often(part).rest:
            entries[-1] = f"{entries[-1]}, {part}"
        else:
            entries += _apart(part)
    yield from entries or [text]


def _apart(text: str) -> list[str]:
    """Return what signs and words join one by one, where each of it says how often by itself."""
    parts = [text] if is_too_long(text) else _JOINED.split(text)
    read = [(read_often(one), ":" in one) for one in parts[1:] and parts]
    is_each = all(one.rest and (one.is_said or has_colon) for one, has_colon in read)
    return parts if is_each else [text]


def more_often(one: OneDosage, other: OneDosage) -> OneDosage:
    """Give what holds where a medicine is named twice: the more doses, and all days that are named.

    Every day is more than some days of the week, where somebody said so.
    """
    if one.is_weekly and other.is_weekly:
        days = tuple(sorted({*one.weekdays, *other.weekdays}))
        return replace(one, per_week=max(one.per_week, other.per_week, len(days)), weekdays=days)
    return max(one, other, key=lambda own: (own.per_day, own.is_given, not own.is_weekly))


def is_usually_weekly(name: str) -> bool:
    """Whether a medicine is one that most people take once a week, and that kills taken daily."""
    text = f" {plain_words(name)} "
    return any(f" {one} " in text for one in _asked_names())


@cache
def _asked_names() -> frozenset[str]:
    """Give every name of the ingredients that are asked about."""
    asked = set(read_safety_settings("schedule")["asked"]["ingredients"])
    return frozenset(
        row["name"]
        for row in read_safety_rows("medicines")
        if asked & {row["name"], *row["means"].split(";")}
    )


def _weekly(name: str, number: int, days: tuple[int, ...], text: str) -> Dosage:
    if not 1 <= number <= DAYS_A_WEEK or not name:
        raise _not_understood(
            text,
            str(number),
            f"not between 1 and {DAYS_A_WEEK} doses a week",
        )
    if days and len(days) != number:
        counted = (DAY_NAMED if len(days) == 1 else DAYS_NAMED).format(count=len(days))
        names = ",".join(WEEKDAYS[day][:3].lower() for day in days)
        told = {"text": text, "number": number, "counted": counted, "count": len(days)}
        raise fault(ConfigError, "doses_and_days", _WHERE, **told, name=name, names=names)
    return Dosage(name, 1, True, number, days)


def _daily(name: str, number: int, text: str) -> Dosage:
    if not 1 <= number <= MOST_PER_DAY:
        raise _not_understood(
            text,
            f"{number} doses",
            f"not between 1 and {MOST_PER_DAY}",
        )
    return Dosage(name.strip(), number, is_given=True)


def _not_understood(text: str, what: str, why: str) -> ConfigError:
    return ConfigError(f"{text!r}: {what.strip()!r} is {why}", _WHERE, _REMEDY)
