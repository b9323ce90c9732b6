"""What a person puts where: ``fri:dinner=pizza``, a dish on a meal of a day; days without."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from foods.recipe_line import parse_line, read_words
from foods.table import plain_key
from planner.errors import ConfigError
from planner.faults import fault
from planner.meals.patterns import SLOTS
from planner.request.day_words import (
    DAY_FORM,
    NTH_SAID,
    DayWord,
    NamedDay,
    all_but,
    days_but,
    days_meant,
    days_told,
    find_day,
    in_english,
    is_all_but,
    read_day,
    slots_said,
)
from planner.request.leftover_dish import (
    cooked_name,
)
from planner.request.limits import known_ranges
from planner.request.measures import read_mass_g
from planner.request.phrases import read_name
from planner.safety.often import WEEKDAYS
from planner.settings import read_settings
from planner.shops import named

EVERY, EVERY_DAY = "every", "every day"
NONE = "none"  # instead of a dish: what was put there is let go
AFTER, FROM = "after {day}", "from {day}"
_COUNTED = re.compile(  # 2 slices of chocolate cake, 3 eggs, 200 g chocolate cake
    r"(?P<count>\d{1,4}(?:[.,]\d+)?)(?:\s*(?P<unit>kg|g|ml|oz)\s+(?:of\s+)?|\s+(?:\w+\s+of\s+)?)(?P<thing>\D.*)"
)
_LATER = re.compile(r"(?P<how>after|from)\s+(?P<day>.+)", re.IGNORECASE)
_ON_DAYS = {  # as it is left out, and as it is let go
    "": ("without {name} on {days}", "{name} on {days}, too"),
    AFTER: ("no {name} after {days}", "{name} after {days}, too"),
    FROM: ("without {name} from {days} on", "{name} from {days} on, too"),
}
_EVERY_MEAL = re.compile(rf"\b(?:every|each) ({'|'.join(SLOTS)})(?:e?s)?(?=\s*$)", re.IGNORECASE)
_BEHIND_DAY = re.compile(rf"(\w)\s+({'|'.join(SLOTS)})(?:e?s)?\s*$", re.IGNORECASE)
_EVERY_DAY = re.compile(r"every\s*day|daily|all", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Put:
    """A dish that somebody wants on a meal of a day.

    Parameters
    ----------
    day
        Number from 1, or a name: ``"fri"``, ``"2026-03-06"``, ``"every fri"``, ``"every day"``.
    slot, dish
        Meal; and dish or food, as a person wrote it.
    eater
        Whose meal, where several eat; empty: everybody's.
    is_out
        Whether the meal is eaten elsewhere, and this is what it brings, roughly.
    """

    day: int | str
    slot: str
    dish: str
    eater: str = ""
    is_out: bool = False

    @property
    def thing(self) -> str:
        """The name by which it is looked up, without its amount.

        Of a meal eaten elsewhere it is the id of what it brings.
        """
        if self.is_out:
            return f"out_{plain_key(self.dish)}"
        found = _COUNTED.fullmatch(self.dish)
        return found["thing"] if found else self.dish

    @property
    def count(self) -> float:
        """How many servings, slices or pieces of it are put; 0 where nobody says."""
        found = None if self.is_out else _COUNTED.fullmatch(self.dish)
        return float(found["count"].replace(",", ".")) if found else 0.0

    @property
    def mass_g(self) -> float | None:
        """How much of it is put where that is told by mass [g], or of a drink by volume [ml]."""
        found = None if self.is_out else _COUNTED.fullmatch(self.dish)
        unit = str(found["unit"] or "").replace("ml", "g") if found else ""
        return read_mass_g(f"{self.count:g} {unit}") if unit else None

    @property
    def is_alone(self) -> bool:
        """Whether nothing is cooked beside it: ``"no cook"`` or ``"one pot"`` is put."""
        return plain_key(self.thing) in read_settings("meals/cooking.toml")["heat"]["alone"]

    @property
    def flag(self) -> str:
        """The flag that says it."""
        return "--eat-out" if self.is_out else "--put"

    @property
    def where(self) -> str:
        """Name the meal as ``read_put`` reads it: ``"Ben:fri:dinner"``."""
        return f"{self.eater}:{self.day}:{self.slot}" if self.eater else f"{self.day}:{self.slot}"

    @property
    def text(self) -> str:
        """Say it: ``"pizza at dinner of Ben, day 5"``, ``"pizza at dinner, every Friday"``."""
        whose = f" of {self.eater}" if self.eater else ""
        pattern = "{dish} at {slot}{whose}, {day}"
        is_away = self.is_out and not cooked_name(self.dish)
        pattern = "{dish} eaten out at {slot}, {day}" if is_away else pattern
        day, thing = _day_said(self.day), self.thing if self.count else self.dish
        amount = self.dish.removesuffix(thing)
        dish = f"{amount}{named(thing)}" if amount else named(thing)
        return pattern.format(dish=dish, slot=self.slot, whose=whose, day=day)


def put_table(put: Put) -> dict[str, Any]:
    """Give a put in the shape of the request file; everybody's names nobody."""
    table = {"day": put.day, "slot": put.slot, "dish": put.dish, "eater": put.eater}
    return {key: value for key, value in table.items() if value}


def read_put(text: str) -> Put:
    """Read ``"fri:dinner=pizza"``, ``"every breakfast=oatmeal"`` or ``"Ben:3:lunch=pizza"``.

    Raises
    ------
    ConfigError
        When the text has another form.
    """
    meal, equals, dish = text.partition("=")
    whose, own = meal.partition(":")[0].strip(), in_english(meal)
    own = _BEHIND_DAY.sub(r"\1:\2", _EVERY_MEAL.sub(r"every day:\1", own))
    *names, day, slot = ["", "", *(part.strip() for part in own.split(":"))][-3:]
    if not equals or slot.lower() not in SLOTS or not day or own.count(":") > len(names) + 1:
        told = {"day_form": DAY_FORM, "names": slots_said()}
        raise fault(ConfigError, "no_put", text=text, **told)
    thing = without_article(read_name(dish))
    return Put(read_put_day(day), slot.lower(), thing, names[0] and read_name(whose))


def without_article(dish: str) -> str:
    """Give ``"a handful of almonds"`` as one handful, and ``"a banana"`` as banana.

    ``"half a lasagna"`` is half of one, ``"2 Stück Apfelkuchen"`` are two pieces of it, and
    ``"bowl of ramen"`` is one.
    """
    rule = read_settings("meals/portions.toml")["put"]
    dish = _in_halves(dish, rule)
    measures = {*filter(None, rule["servings"]), *rule["said"].values()}
    first, _, thing = dish.partition(" ")
    if first.casefold() in measures and thing.startswith("of "):
        return f"1 {dish}"
    word, _, rest = thing.partition(" ")
    is_one, unit = first.casefold() in rule["one"], rule["said"].get(word.casefold())
    number = read_words()["numbers"].get(first.casefold())
    count = "1" if is_one else f"{number:g}" if number else first
    if rest and unit and count.isdecimal():
        return f"{count} {unit}{'' if count == '1' else 's'} of {rest}"
    if not thing or count == first:
        return dish
    line = parse_line(f"{count} {thing}")
    if line.amount and line.amount.unit and line.name:
        return f"{count} {thing}"
    return thing if is_one else dish


def _in_halves(dish: str, rule: Mapping[str, Any]) -> str:
    """Give ``"half a lasagna"`` and ``"eine halbe Lasagne"`` as ``"0.5 lasagna"``."""
    half, articles = "|".join(rule["half"]), "|".join(rule["one"])
    joins = "|".join(map(re.escape, rule["joins"]))
    form = rf"(?:(?:{articles})\s+)?(?:{half})\s+(?:(?:{articles})\s+)?(?!(?:{joins})\s)(.+)"
    found = re.fullmatch(form, dish, flags=re.IGNORECASE)
    return f"0.5 {found[1]}" if found else dish


def read_put_day(text: str) -> int | str:
    """Read a day, or which days: what ``read_day`` reads, ``every fri`` and ``every day``.

    Raises
    ------
    ConfigError
        When it is neither.
    """
    text = in_english(text).strip()
    if _EVERY_DAY.fullmatch(text):
        return EVERY_DAY
    if is_all_but(text):
        return all_but(text)
    if text.casefold().startswith(EVERY) and find_day(text) is None:
        raise fault(ConfigError, "no_weekday", text=text)
    return kept_day(read_day(text))


def _day_said(day: int | str) -> str:
    """Say the day of a ``Put``: ``"fri"`` is ``"Friday"``; a date stays as it is written."""
    if isinstance(day, int):
        return f"day {day}"
    if day == EVERY_DAY:
        return EVERY_DAY
    word = find_day(day)
    if not isinstance(word, NamedDay) or word.weekday is None or not word.is_weekday:
        return day
    name = WEEKDAYS[word.weekday]
    return NTH_SAID[word.nth].format(weekday=name) if word.is_every or word.nth else name


def kept_day(word: DayWord) -> int | str:
    """Give a day as it is kept: today is a date, tomorrow too."""
    if isinstance(word, int):
        return word
    if word.whole_date:
        return word.whole_date.isoformat()
    return word.said.lower() if word.is_every else word.said


def days_put(day: int | str, count: int, start: date | None) -> tuple[int, ...]:
    """Give the numbers of the days, from 1, that the day of a ``Put`` means.

    Parameters
    ----------
    day
        As of ``Put``.
    count, start
        How many days there are, and the date of the first one; ``None`` where days have no dates.

    Raises
    ------
    ConfigError
        When no day is called so, or several are and only one is meant; "mon,thu" means both.
    """
    if day == EVERY_DAY or is_all_but(str(day)):
        return tuple(sorted(days_without([str(day)], count, start)))
    word: DayWord = day if isinstance(day, int) else read_day(day)
    if isinstance(word, int) and word > count:
        raise fault(ConfigError, "day_put_beyond", count=count, word=word)
    return days_told(word, count, start)


def read_without_on(text: str) -> tuple[str, list[str]]:
    """Read ``"meat:mon,wed,fri"`` as a name and days as typed; ``"meat:none"`` has no days.

    Raises
    ------
    ConfigError
        When the text has another form, or one of its days is none.
    """
    name, colon, days = text.rpartition(":")
    if not colon:
        raise fault(ConfigError, "no_days_without", text=text)
    return read_name(name), [] if days.strip().casefold() == NONE else read_days_off(days)


def read_days_off(text: str) -> list[str]:
    """Read ``"mon,wed,fri"`` as days, each as typed."""
    return [_off_day(one.strip()) for one in text.split(",")]


def _off_day(text: str) -> str:
    found = _LATER.fullmatch(text)
    if found is None:
        return str(read_put_day(text))
    return f"{found['how'].lower()} {kept_day(read_day(found['day']))}"


def is_weekly(day: str) -> bool:
    """Whether a day as it is kept comes again each week."""
    word = find_day(day)
    is_weekday = isinstance(word, NamedDay) and word.is_weekday and not word.numbers
    return day == EVERY_DAY or is_all_but(day) or is_weekday


def names_days(text: str) -> bool:
    """Whether a text ends with days as ``read_without_on`` reads them."""
    _, colon, days = text.rpartition(":")
    return bool(colon) and all(find_day(one) is not None for one in days.split(","))


def days_without(days: Sequence[str], count: int, start: date | None) -> frozenset[int]:
    """Give the numbers of the days that words name, each of several; arguments as of ``days_put``.

    Raises
    ------
    ConfigError
        When no day is called so.
    """
    found = set[int]()
    for day in days:
        if day == EVERY_DAY or is_all_but(day):
            found.update(days_but(day, count, start))
            continue
        later = _LATER.fullmatch(day)
        word = read_day(later["day"] if later else day)
        if later:  # the first such day, which may lie behind the last one
            found.update(range(_first_later(later, word, count, start), count + 1))
        else:
            found.update(days_meant(word, count, start))
    return frozenset(found)


def _first_later(later: re.Match[str], word: DayWord, count: int, start: date | None) -> int:
    when = None if isinstance(word, int) else word.whole_date
    if lasts([later[0]]) and start and when and when < start:
        return 1
    first = days_meant(word, max(count, int(known_ranges()["days"].high)), start)[0]
    return first if lasts([later[0]]) else first + 1


def lasts(days: Sequence[str]) -> bool:
    """Whether what is left out on days is left out from one on, and in weeks to come."""
    return any(_how_later(day) == FROM for day in days)


def _how_later(day: str) -> str:
    later = _LATER.fullmatch(day)
    return {"after": AFTER, "from": FROM}[later["how"].lower()] if later else ""


def on_days(name: str, days: Sequence[str], *, is_let_go: bool = False) -> str:
    """Say what is left out on some days, or, let go, eaten: ``"no milk after fri"``."""
    told = ", ".join(days)
    later = _LATER.fullmatch(told)
    pattern = _ON_DAYS[_how_later(told)][is_let_go]
    return pattern.format(name=named(name), days=later["day"] if later else told)
