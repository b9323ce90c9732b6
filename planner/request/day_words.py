"""Days as people name them: ``3``, ``fri``, ``2026-03-06``, ``6 Mar``, ``Fri 6 Mar``, ``today``.

A weekday alone is every such day of a plan, and weekends are all of them. Days without dates count
from Monday, as weekends do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from dateutil.easter import easter

from planner.errors import ConfigError
from planner.faults import fault
from planner.meals.patterns import SLOTS
from planner.safety.medicines import WEEKDAYS, weekday_of
from planner.settings import read_settings

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT = 3  # letters of a weekday or month that are enough
DAY_FORM = 'a number, a weekday or a date, such as 3, fri, 2026-03-06, "6 Mar", today'
BUT, EVERY = "every day but ", "every {day}"
_EVERY = re.compile(r"(?:every|each|all|but|except)\s+(.+)", re.IGNORECASE)
_ALL_ENDS = "days"  # fridays
_BUT = re.compile(r"(?i)(?:(?:every|each|all)\s*days? )?(?:but|except)\s+(?:on |for )?(.+)")
_PARTS = re.compile(r"\s*(?:[,;&+]|\band\b|\s)\s*")
_NTH = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
NTH_SAID = (
    "every {weekday}",
    "first {weekday}", "second {weekday}",
    "third {weekday}", "fourth {weekday}",
)  # fmt: skip
_WORKDAYS, _WEEKEND = frozenset(range(5)), frozenset({5, 6})
_KINDS = {"weekday": _WORKDAYS, "workday": _WORKDAYS, "weekend": _WEEKEND}
_SEVERAL = re.compile(r"[,&+]|\band\b")
_FROM_TO = re.compile(r"([^\W\d]+)\s*(?:[-–]|\bto\b)\s*([^\W\d]+)")
_DATES = re.compile(r"(today|tomorrow|\d{4}-\d\d-\d\d)\s*(?:[-–]|\bto\b)\s*(.+)")
_NUMBERS = re.compile(r"(?:days?\s*)?(\d{1,2})\s*(?:[-–]|\bto\b)\s*(\d{1,2})")
_FROM_TODAY, _BEFORE_DAY = {"today": 0, "tomorrow": 1}, ("day", "next", "this", "coming")
_LONGEST_DAY, _DAYS_PER_YEAR, _MOST_DIGITS = 31, 366, 4
_SPLIT = re.compile(r"[\s,.]+")


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day by its name; what is ``None`` may be anything.

    Parameters
    ----------
    weekday
        From 0, Monday.
    day, month, year
        Of the date.
    said
        As it was written.
    nth
        Which of the days of a plan that are called so, from 1; 0: all of them.
    among
        Weekdays, from 0, where several are named; empty for any.
    numbers
        Numbers of days, where a range of them is named.
    until
        The last day, where the date is the first of several days in a row.
    from_easter
        Days from Easter Sunday of the western churches, of what is reckoned by it.
    is_every
        Whether each day is meant that is called so, and not one of them.
    """

    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    said: str = field(default="", compare=False)
    nth: int = 0
    among: frozenset[int] = frozenset()
    numbers: range = range(0)
    until: date | None = None
    from_easter: int | None = None
    is_every: bool = False

    @property
    def is_weekday(self) -> bool:
        """Whether it is a weekday and no date."""
        return self.day is None and self.from_easter is None

    @property
    def whole_date(self) -> date | None:
        """The date, where day, month and year are said and there is one, and no more days."""
        return None if self.until else self._date

    @property
    def _date(self) -> date | None:
        try:
            return date(self.year or 0, self.month or 0, self.day or 0)
        except ValueError:
            return None

    def is_on(self, when: date) -> bool:
        """Whether ``when`` may be called so."""
        if self.from_easter is not None:
            return when == easter(when.year) + timedelta(days=self.from_easter)
        if self.until is not None and self._date is not None:
            return self._date <= when <= self.until
        own = (self.weekday, self.day, self.month, self.year)
        its = (when.weekday(), when.day, when.month, when.year)
        is_one = all(part in (None, other) for part, other in zip(own, its, strict=True))
        return is_one and (not self.among or when.weekday() in self.among)


DayWord = int | NamedDay


def read_day(text: str) -> DayWord:
    """Read a day: its number, or its name; today and tomorrow are dates at once.

    Raises
    ------
    ConfigError
        When it is neither.
    """
    found = find_day(text)
    if found is None:
        raise fault(ConfigError, "no_day", text=text, day_form=DAY_FORM)
    return found


def slots_said() -> str:
    """Name the meals of a day as they may be written."""
    return ", ".join(SLOTS)


def with_meals(text: str) -> str:
    """Return a text with the meals of a day by their own names: of an evening dinner."""
    words = read_settings("request/feasts.toml")["meals"]
    return re.sub(rf"(?i)\b(?:{'|'.join(words)})\b", lambda said: words[said[0].lower()], text)


def find_day(text: str) -> DayWord | None:
    """Return the day that ``read_day`` reads; ``None`` where it is none. Errors: of ``all_but``."""
    text = text.strip()
    if (every := _EVERY.fullmatch(text)) is not None:
        return _other_days(text) if is_all_but(text) else _each_so_called(find_day(every[1]))
    words = [word for word in _SPLIT.split(text.casefold()) if word]
    words = words[words[0] in _BEFORE_DAY :] if len(words) > 1 else words
    if len(words) == 1 and _is_number(words[0]) and int(words[0]) > 0:
        return int(words[0])
    when = _as_date(words[0]) if len(words) == 1 else None
    if when is not None:
        return NamedDay(None, when.day, when.month, when.year, text)
    if (several := _several_in(text)) is not None:
        return several
    found: dict[str, Any] = {"is_every": True} if text.casefold().endswith(_ALL_ENDS) else {}
    if len(words) == 2 and words[0] in _NTH and weekday_of(words[1]) is not None:  # noqa: PLR2004
        found["nth"], words = _NTH[words[0]], words[1:]
    for word in words:
        part, value = _part_of(word)
        if not part or part in found:
            return None
        found[part] = value
    if ("day" in found) != ("month" in found) or not found.keys() - {"year", "nth", "is_every"}:
        return None
    return NamedDay(**found, said=EVERY.format(day=text) if "is_every" in found else text)


def _each_so_called(one: DayWord | None) -> NamedDay | None:
    if not isinstance(one, NamedDay) or not one.is_weekday or one.nth:
        return None  # "every second fri" is not the second one
    return replace(one, said=EVERY.format(day=one.said), is_every=True)


def _several_in(text: str) -> NamedDay | None:
    """Return the days of ``"3-7"``, ``"today-fri"``, of weekdays in a row or a list, or of a feast.

    ``None`` where it is none of them.
    """
    key = " ".join(text.casefold().split())
    if (span := _NUMBERS.fullmatch(key)) is not None and 0 < int(span[1]) < int(span[2]):
        return NamedDay(said=text, numbers=range(int(span[1]), int(span[2]) + 1))
    if (dates := _DATES.fullmatch(key)) is not None:
        return _dates_in(dates[1], dates[2])
    from_easter = read_settings("request/feasts.toml")["days"].get(key)
    if from_easter is not None:
        return NamedDay(said=text, from_easter=from_easter)
    among = _weekdays_in(key)
    return NamedDay(said=text, among=among) if among else None


def _dates_in(first: str, last: str) -> NamedDay | None:
    """Return the days from a date to the next day that is called so, as dates; else ``None``."""
    begun, word = _as_date(first), find_day(last)
    if begun is None or not isinstance(word, NamedDay) or word.among or word.is_every:
        return None
    until = date_meant(word, begun)
    if until is None or until < begun:
        return None
    said = f"{begun} to {until}"
    return NamedDay(None, begun.day, begun.month, begun.year, said, until=until)


def _weekdays_in(text: str) -> frozenset[int]:
    """Return the weekdays of ``"weekends"``, ``"tue-fri"`` or ``"sat and sun"``; else none."""
    if (found := _FROM_TO.fullmatch(text)) is not None:
        first, last = weekday_of(found[1]), weekday_of(found[2])
        if first is None or last is None:
            return frozenset()
        week = len(WEEKDAYS)
        return frozenset((first + offset) % week for offset in range((last - first) % week + 1))
    parts = [part.strip() for part in _SEVERAL.split(text)]
    if len(parts) == 1:
        return _KINDS.get(parts[0].removesuffix("s"), frozenset())
    days = [weekday_of(part) for part in parts]
    return frozenset() if None in days else frozenset(day for day in days if day is not None)


def today() -> date:
    """Return the date of today where the program runs."""
    return datetime.now().astimezone().date()


def day_label(when: date) -> str:
    """Return the short name of a date, which ``read_day`` reads back: ``"Fri 6 Mar"``."""
    return f"{WEEKDAYS[when.weekday()][:SHORT]} {when.day} {MONTHS[when.month - 1][:SHORT]}"


class Dated:
    """A date within a sentence that ``said`` makes: ``"Fri 6 Mar"``."""

    def __init__(self, when: date) -> None:
        self.when = when

    def __format__(self, how: str) -> str:
        return day_label(self.when)


def days_meant(word: DayWord, count: int, start: date | None, where: str = "") -> tuple[int, ...]:
    """Return the numbers of the days that a word names, among ``count`` days from ``start``.

    Raises
    ------
    ConfigError
        When no day is called so; a number is given back as it is.
    """
    if isinstance(word, int):
        return (word,)
    if start is None and not word.is_weekday:
        raise fault(ConfigError, "date_without_dates", where, said=word.said)
    first = start or date.min  # a Monday, from which days without dates count
    dates = [first + timedelta(days=number) for number in range(count)]
    found = tuple(number for number, when in enumerate(dates, start=1) if word.is_on(when))
    if word.numbers:
        found = tuple(number for number in word.numbers if number <= count)
    if word.nth:
        found = found[word.nth - 1 : word.nth]
    if not found:
        told = {"first": Dated(first), "last": Dated(dates[-1]), "year": dates[-1].year}
        between = "{first} to {last} {year}" if count > 1 else "{first} {year}"
        range_ = between.format(**told) if start else f"days 1 to {count}"
        raise fault(ConfigError, "no_day_of_plan", where, said=word.said, range=range_)
    return found


def all_but(text: str) -> str:
    """Return ``"sun,wed"``, or its own result, as all other days: ``"every day but sun+wed"``.

    Raises
    ------
    ConfigError
        When a word is no weekday, or they are all.
    """
    return _other_days(text).said


def _other_days(text: str) -> NamedDay:
    but, every = _BUT.fullmatch(text), frozenset(range(len(WEEKDAYS)))
    words = _PARTS.split(but[1] if but else text.strip())
    off = set[int]()
    for word in words:
        day = read_day(word)
        if isinstance(day, int) or not day.is_weekday or day.numbers:
            raise fault(ConfigError, "no_weekday", text=word)
        off |= day.among or {day.weekday or 0}
    if every == off:
        raise fault(ConfigError, "all_weekdays", text=text)
    return NamedDay(said=f"{BUT}{'+'.join(words).lower()}", among=every - off)


def is_all_but(text: str) -> bool:
    """Whether it is all days but some."""
    return _BUT.fullmatch(text) is not None


def days_but(text: str, count: int, start: date | None) -> Iterator[int]:
    """Return the numbers of the days of ``all_but``; of every day that names none, all."""
    first = start or date.min  # a Monday
    word = _other_days(text) if is_all_but(text) else NamedDay()
    dates = ((number, first + timedelta(days=number - 1)) for number in range(1, count + 1))
    yield from (number for number, when in dates if word.is_on(when))


def day_meant(word: DayWord, count: int, start: date | None, where: str = "") -> int:
    """Return the number of the one day that a word names.

    Raises
    ------
    ConfigError
        As ``days_meant``, and when several days are called so.
    """
    found = days_meant(word, count, start, where)
    if len(found) > 1:
        name = word.said if isinstance(word, NamedDay) else word
        raise fault(ConfigError, "several_days", where, name=name, known=_each_of(found, start))
    return found[0]


def days_told(word: DayWord, count: int, start: date | None, where: str = "") -> tuple[int, ...]:
    """Return the numbers of the days that a person means by a word: of several so called not all.

    ``"mon,thu"`` and ``"every fri"`` mean several.

    Raises
    ------
    ConfigError
        As ``days_meant``, and when several days are called so and only one is meant.
    """
    found = days_meant(word, count, start, where)
    if isinstance(word, int) or len(found) == 1:
        return found
    if word.is_every or word.among or word.numbers or word.until:
        return found
    told = {"said": word.said, "known": _each_of(found, start)}
    raise fault(ConfigError, "day_put_several", where, **told)


def date_meant(word: DayWord, from_: date) -> date | None:
    """Return the first date from ``from_`` on that a name may be; of a whole date that date.

    Of the second, third or fourth of a weekday it is so many weeks later.

    ``None`` for a number, for several days in a row, and for a name that no date of the year to
    come has.
    """
    if isinstance(word, int) or word.until:
        return None
    first = from_ if word.year is None else date(word.year, 1, 1)
    dates = (first + timedelta(days=number) for number in range(_DAYS_PER_YEAR))
    return next(islice(filter(word.is_on, dates), max(word.nth - 1, 0), None), None)


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= _MOST_DIGITS


def _as_date(word: str) -> date | None:
    if word in _FROM_TODAY:
        return today() + timedelta(days=_FROM_TODAY[word])
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _part_of(word: str) -> tuple[str, int]:
    """Return which part of a name a word is, and its value; the part is empty for other words."""
    if _is_number(word):
        if len(word) == _MOST_DIGITS and int(word) > 0:
            return "year", int(word)
        return ("day", int(word)) if 1 <= int(word) <= _LONGEST_DAY else ("", 0)
    weekday = weekday_of(word)
    if weekday is not None:
        return "weekday", weekday
    months = enumerate(map(str.casefold, MONTHS), start=1)
    month = next((n for n, name in months if len(word) >= SHORT and name.startswith(word)), None)
    return ("", 0) if month is None else ("month", month)


def _each_of(days: Sequence[int], start: date | None) -> str:
    pattern = "day {number} ({date})" if start else "day {number}"
    when = {day: Dated(start + timedelta(days=day - 1)) if start else "" for day in days}
    return " and ".join(pattern.format(number=day, date=when[day]) for day in days)
