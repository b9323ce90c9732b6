"""Meals of days as people write them: dishes, guests, holidays, and when they are eaten.

In a request each hour has a key: the days it is for, if not all, and the meal; of a second and
third snack with its number: ``"snack"``, ``"snack 2"``, ``"mon,tue:dinner"``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from foods.recipe_line import read_words
from planner.errors import ConfigError
from planner.faults import fault
from planner.meals.patterns import DEFAULT_PATTERN, SLOTS, pattern_at_hand
from planner.request.day_words import (
    DayWord,
    NamedDay,
    all_but,
    date_meant,
    find_day,
    read_day,
    slots_said,
    today,
    with_meals,
)
from planner.request.diets import OMNIVORE, diet_called, find_diet, food_left_out
from planner.request.measures import known_ranges, read_figure
from planner.request.phrases import read_name
from planner.request.put import is_weekly, read_put_day
from planner.request.wish import OUT
from planner.safety.gate import HOURS_A_DAY, Hours, as_clock, meal_hour
from planner.safety.medicines import weekday_of
from planner.safety.sentences import read_safety_settings
from planner.settings import read_settings

_NAMES_IN = "en_US"


def country_meant(text: str) -> str | None:
    """Return the code of a country or a part of it whose holidays are known; ``None`` for no such.

    Source: the package ``holidays``, by ISO 3166-1 and 3166-2.
    """
    import holidays

    country, dash, part = text.strip().upper().partition("-")
    parts = holidays.list_supported_countries().get(country)
    if parts is None or (dash and part not in parts):
        return None
    return f"{country}{dash}{part}"


def holidays_within(code: str, start: date, days: int) -> list[date]:
    """Return the public holidays of a country within so many days from ``start``."""
    import holidays

    country, _, part = code.partition("-")
    last = start + timedelta(days=days - 1)
    years = range(start.year, last.year + 1)
    known = holidays.country_holidays(country, subdiv=part or None, years=years)
    return sorted(day for day in known if start <= day <= last)


def holiday_name(country: str, when: date, parts: bool = False) -> str:
    """Name the public holiday of a country on a date, in English where that is known; else empty.

    ``parts``: also one of parts of the country alone.
    """
    import holidays

    every = holidays.list_supported_countries().get(country, ()) if parts else ()
    for part in (None, *every):
        known = holidays.country_holidays(country, subdiv=part, years=when.year, language=_NAMES_IN)
        if when in known:
            return str(known[when])
    return ""


_SLOT = f"({'|'.join(SLOTS)})(?:e?s)?"
_EACH = r"(?:every|each|all|no)[\s:]+(?:days?[\s:]+)?"
_EVERY = re.compile(rf"{_EACH}{_SLOT}")
_MEAL_FIRST = re.compile(rf"^(?:{_EACH})?{_SLOT}[\s:]+(?:on\s+)?(.+)")
_HOUR = re.compile(
    r"(?P<hour>\d{1,2}(?:\.\d+)?)(?:[:h](?P<minutes>[0-5]\d))?\s*(?:(?P<half>[ap])\.?m\.?)?"
)
_WITHOUT = re.compile(r"(?:without|no)[\s=:]+(.+)", re.IGNORECASE)
_SERVING = re.compile(
    r"(?P<part>half|1/2|\d*\.?\d+)\s+(?:of\s+)?(?:a\s+)?(?:serving|portion)s?(?:\s+each)?",
    re.IGNORECASE,
)
_DINNER, _GUESTS = "{day}:dinner={coming}", "2"
_FIRST = re.compile(  # 4 guests on saturday, 2 vegan guests for dinner on saturday
    r"(\d+ [^:=]+?|\d+(?: (?!on |for )\w*[^\W\d])?) (?:on|for) (.+)|(\d+(?: \w*[^\W\d])?) (.+)"
)
_LAST = re.compile(rf"(.+[\s:]{_SLOT})(?:\s*:\s*|,?\s+)(\d.*)")  # sat dinner: 4
_PEOPLE = r"(?:guests?|people|friends?|visitors?)"
_COMING = re.compile(
    rf"^(\d+)\s+(?:{_PEOPLE}\b\s*|([^,]*\S)\s+{_PEOPLE}\s*(?=,|$))?", re.IGNORECASE
)
_HALF_DAY, _MINUTES, _HALF = 12, 60, 0.5
_ON_EACH = re.compile(rf"(.*?)(?:[\s:]+{_SLOT})?")


def read_meal_of_day(text: str) -> tuple[DayWord, str]:
    """Read ``DAY:SLOT``: ``3:dinner``, ``weekday lunches``, ``every breakfast``, ``6 Mar:dinner``.

    The meal may stand first, as in ``"breakfast every day but sun"``. A day alone is the whole of
    it; its meal is empty.

    Raises
    ------
    ConfigError
        When it is not written so.
    """
    said = _MEAL_FIRST.sub(r"\2 \1", with_meals(text).strip().lower())
    every, each = _EVERY.fullmatch(said), _ON_EACH.fullmatch(said)
    if every is not None:
        return NamedDay(said=text.strip(), is_every=True), every[1]
    day, slot = each.groups(default="") if each is not None else ("", "")
    word = find_day(day)
    if word is None:
        raise fault(ConfigError, "no_meal_of_day", text=text, names=slots_said())
    return word, slot


class EatenOut(NamedTuple):
    """A meal eaten elsewhere: the day, the meal, and what it brings; empty: nobody says."""

    day: DayWord
    slot: str
    dish: str = ""


def read_meal_out(text: str) -> EatenOut:
    """Read ``DAY:SLOT`` as ``read_meal_of_day`` does, or ``DAY:SLOT=DISH``: ``thu:dinner=pizza``.

    Raises
    ------
    ConfigError
        When it is not written so, or a whole day is said to be one meal.
    """
    meal, equals, dish = text.partition("=")
    day, slot = read_meal_of_day(meal)
    if equals and not slot:
        raise fault(ConfigError, "no_meal_of_day", text=text, names=slots_said())
    return EatenOut(day, slot, read_name(dish) if equals else "")


def write_missed(eaten: str, meals: Iterable[Mapping[str, Any]], _: object) -> Iterator[str]:
    """Write the meals that are ``"out"`` or ``"nothing"`` as ``read_meal_out`` reads them."""
    for meal in meals:
        if meal.get("eaten", OUT) == eaten:
            dish = f"={meal['dish']}" if meal.get("dish") else ""
            yield f"{meal['day']}:{meal['slot']}{dish}"


def read_guests(text: str) -> dict[str, Any]:
    """Read ``"6:dinner=2"`` or ``"weekday lunches=2"`` as guests; without a number it is one.

    With 0 nobody comes. Behind the number stands what they eat and leave out, and how much:
    ``"6:dinner=2,vegan,without peanut,half servings"``.

    Raises
    ------
    ConfigError
        When the text has another form, or day or number are out of range.
    """
    meal, equals, said = _coming_last(text).partition("=")
    number, *eaten = _COMING.sub(r"\1,\2,", said.strip()).split(",")
    eaten = [part for part in eaten if part.strip()]
    try:
        day, slot = read_meal_of_day(meal)
    except ConfigError:
        day, slot = 0, ""
    if not slot or not (number.strip().isdecimal() or not equals):
        raise fault(ConfigError, "no_guests", text=text, coming=_example(text))
    ranges, count = known_ranges(), int(number or 1)
    if count and count not in ranges["guests"]:
        raise fault(ConfigError, "guests_too_many", text=text, most=ranges["guests"], count=count)
    if isinstance(day, int) and day not in (known := ranges["days"]):
        raise fault(ConfigError, "out_of_range", text=text, value=day, known_range=known)
    return {
        "day": day,
        "slot": slot,
        "count": count,
        **(_eaten(eaten, f"{meal}={number}") if eaten else {}),
    }


def _coming_last(text: str) -> str:
    """Return guests as ``DAY:SLOT=GUESTS`` where people say them otherwise."""
    if "=" in text:
        meal, _, coming = text.partition("=")
        return f"{meal}={_in_figures(coming)}"
    whole = _LAST.sub(r"\1=\3", _in_figures(with_meals(text).strip().lower()))
    found = _FIRST.fullmatch(whole)
    return whole if found is None else f"{found[2] or found[4]}={found[1] or found[3]}"


def _in_figures(text: str) -> str:
    """Return the first number of a text that has none in figures: ``"two vegans"``."""
    numbers = read_words()["numbers"]
    known = re.compile(rf"\b(?:{'|'.join(numbers)})(?=\s|$)", re.IGNORECASE)
    if any(letter.isdecimal() for letter in text):
        return text
    return known.sub(lambda one: f"{numbers[one[0].lower()]:g}", text, count=1)


def _example(text: str) -> str:
    """Return what says who comes to which meal, in the words of a text where it has them."""
    day, _, coming = _coming_last(text).partition("=")
    told = _in_figures(with_meals(text).strip())
    each = ((day, coming), re.split(r":\s*", told, maxsplit=1), ("1", told))
    for of_day, who in (pair for pair in each if len(pair) > 1):
        example = _DINNER.format(day=of_day.strip(), coming=who.strip())
        with suppress(ConfigError):
            if _COMING.match(f"{who.strip()} ") and find_day(of_day):
                read_guests(example)
                return example
    return _DINNER.format(day=1, coming=_GUESTS)


def _eaten(parts: list[str], coming: str) -> dict[str, Any]:
    """Read what guests eat: a diet, behind ``without`` what they leave out, servings of each.

    What is refused is written behind who is ``coming``.
    """
    without, diets, size = list[str](), list[str](), dict[str, float]()
    for part in map(str.strip, parts):
        if (found := _WITHOUT.fullmatch(part)) is not None:
            without.append(found[1].strip())
        elif (found := _SERVING.fullmatch(part)) is not None:
            size["servings"] = _HALF if found["part"] in ("half", "1/2") else float(found["part"])
        elif diet_called(part) is None and (name := food_left_out(part)):
            raise fault(ConfigError, "guests_leave_out", text=part, name=name, coming=coming)
        else:
            diets.append(find_diet(part).diet_id)
    return {"diet": diets[-1] if diets else OMNIVORE, "without": without, **size}


def write_guests(guests: Iterable[Mapping[str, Any]], _: object) -> Iterator[str]:
    """Write guests as ``read_guests`` reads them."""
    for guest in guests:
        eaten = [diet for diet in [guest.get("diet", OMNIVORE)] if diet != OMNIVORE]
        eaten += [f"without {name}" for name in guest.get("without", ())]
        eaten += [f"{guest['servings']:g} servings"] if "servings" in guest else []
        yield ",".join([f"{guest['day']}:{guest['slot']}={guest['count']}", *eaten])


def read_holiday(text: str) -> DayWord | date | str:
    """Read a day by its number or name; a whole date may lie outside the plan.

    A country, or a part of it, stands for its public holidays: its code is given.

    Raises
    ------
    ConfigError
        When it is none of these.
    """
    if find_day(text) is None and (country := country_meant(text)):
        return country
    word = read_day(text)
    return (word.whole_date or word) if isinstance(word, NamedDay) else word


def read_hour(text: str, whole: str = "") -> float:
    """Read ``"18:30"``, ``"6:30 pm"`` or ``"18.5"`` as an hour of the day.

    Raises
    ------
    ConfigError
        When it is none.
    """
    plain = text.strip().casefold().removeprefix("at ")
    bare = plain.removesuffix("o'clock")
    found = _HOUR.fullmatch(plain if bare == plain else bare.strip().replace(".", ":"))
    hour = None if found is None else float(found["hour"]) + int(found["minutes"] or 0) / _MINUTES
    if found and found["half"] and hour is not None:
        hour = hour % _HALF_DAY + (_HALF_DAY if found["half"] == "p" else 0.0)
    if hour is None or hour not in known_ranges()["hour_of_day"]:
        raise fault(ConfigError, "no_meal_hour", text=whole or text)
    return hour


def read_start(text: str) -> date:
    """Read the first day: a date, ``today``, ``tomorrow``, or the next day that is called so.

    Raises
    ------
    ConfigError
        When it is none, or lies too far away.
    """
    first, rest, *_ = *re.split(r"[\s-]+", text.strip(), maxsplit=1), ""
    is_next = first.casefold() == "next" and weekday_of(rest.strip().casefold()) is not None
    word = find_day(rest if is_next else text)
    found = None if word is None else date_meant(word, today() + timedelta(days=is_next))
    if found is None:
        raise fault(ConfigError, "no_date", text=text)
    return check_start(found)


def check_start(when: date) -> date:
    """Return the first day back where its year may be one.

    Raises
    ------
    ConfigError
        When it lies too far away.
    """
    years = known_ranges()["start_year"]
    if when.year not in years:
        raise fault(ConfigError, "far_year", when=when, years=years)
    return when


SNACK, DAY = "snack", "day"
Told = TypeVar("Told")
_SAID = re.compile(r"(?P<meal>.*?[a-z])\s*(?::|\s(?:at\s)?)\s*(?P<hours>\d.*)", re.IGNORECASE)
_HOURS = _SEVERAL = re.compile(r"[,;&+]|\band\b")
_MEAL = re.compile(
    rf"(?:(?:mid-?)?(?:morning|afternoon|evening)\s+(?={SNACK}))?(?P<slot>{'|'.join(SLOTS)})"
    r"(?:e?s)?(?:\s\d)?"
)
_NUMBER = re.compile(r"\s\d$")


def read_meal_hours(text: str) -> tuple[str, tuple[float, ...]]:
    """Read ``"dinner 6:30 pm"`` or ``"mon,tue:snack=10:00,16:00"`` as a meal and its hours.

    Raises
    ------
    ConfigError
        When it names no meal, or no hour, or several hours of a meal that is eaten once.
    """
    meal, equals, hours = text.strip().rpartition("=")
    if not equals and (found := _SAID.fullmatch(text.strip())):
        meal, hours = found["meal"], found["hours"]
    key = _key_of(meal)
    if key is None:
        raise fault(ConfigError, "no_meal_hour", text=text)
    told = tuple(sorted({read_hour(hour, text) for hour in _HOURS.split(hours)}))
    if len(told) > 1 and (slot := key.rpartition(":")[2]) != SNACK:
        raise fault(ConfigError, "meal_once", text=text, slot=slot)
    return key, told


def write_hours(hours: Mapping[str, float], week: Mapping[str, Any]) -> Iterator[str]:
    """Write the hours of meals as ``read_meal_hours`` reads them, but for those of the pattern."""
    usual = pattern_at_hand(week.get("pattern", DEFAULT_PATTERN)).hours
    for key, hour in hours.items():
        if usual.get(key) != hour:
            yield f"{meal_of(key)}={as_clock(hour)}"


def read_minutes_on(text: str) -> tuple[str, int]:
    """Read ``"tue,thu:dinner=20"`` as a meal of some days and the most minutes to make it.

    ``"sun-fri:day=30"`` is all meals of such a day together.

    Raises
    ------
    ConfigError
        When it names no days and meal, or no number of minutes that is likely.
    """
    meal, _, minutes = text.rpartition("=")
    key, most = _key_of(meal, or_day=True), minutes.strip().removesuffix("min").strip()
    if key is None or ":" not in key or not most.isdecimal():
        raise fault(ConfigError, "no_minutes_on", text=text)
    if (known := known_ranges()["max_minutes_on"]) and int(most) not in known:
        raise fault(ConfigError, "out_of_range", text=text, value=most, known_range=known)
    return key, int(most)


def read_cook_on(text: str) -> dict[str, int]:
    """Read ``"sun,wed"`` as the days of cooking: minutes of meals on all others, by their keys.

    Raises
    ------
    ConfigError
        When a word is no weekday, or they are all.
    """
    rest, rule = all_but(text), read_settings("request/limits.toml")["cook_on"]
    return {f"{rest}:{slot}": minutes for slot, minutes in rule["minutes"].items()}


def cooks_ahead(minutes_on: Mapping[str, int]) -> bool:
    """Whether dinner and lunch of some days have no time, or all meals little: as cooked ahead."""
    rule = read_settings("request/limits.toml")["cook_on"]
    if min(_whole_days(minutes_on), default=math.inf) <= rule["short_day"]:
        return True
    short = {key for key, minutes in minutes_on.items() if minutes <= rule["short"]}
    days = {key.rpartition(":")[0] for key in short}
    return any({f"{on}:{slot}" for slot in rule["meals"]} <= short for on in days)


def cooks_within(minutes_on: Mapping[str, int]) -> bool:
    """Whether all meals of some days together have so many minutes at most."""
    return any(True for _ in _whole_days(minutes_on))


def _whole_days(minutes_on: Mapping[str, int]) -> Iterator[int]:
    """Return the most minutes of all meals of a day, of each of those that name a whole day."""
    return (most for key, most in minutes_on.items() if key.rpartition(":")[2] == DAY)


def read_more_energy(text: str) -> tuple[str, float]:
    """Read ``"tue,thu=400 kcal"`` or ``"sat: 1600 kJ"`` as days and how much more they need [kcal].

    Raises
    ------
    ConfigError
        When it names no days, or no amount of energy that is likely.
    """
    days, named, amount = text.strip().rpartition("=" if "=" in text else ":")
    if not named or not days.strip():
        raise fault(ConfigError, "no_more_energy", text=text)
    more_kcal = read_figure(amount.strip().removeprefix("+").removesuffix("more"), "energy_kcal")
    if (known := known_ranges()["more_energy"]) and more_kcal not in known:
        raise fault(ConfigError, "out_of_range", text=text, value=more_kcal, known_range=known)
    return ",".join(str(read_put_day(day)) for day in _SEVERAL.split(days)), more_kcal


def read_more_table(value: Any) -> Any:
    """Read ``[preferences.more_energy]`` of a request: days → kcal."""
    if not isinstance(value, Mapping):
        return value
    return dict(read_more_energy(f"{days}={kcal}") for days, kcal in value.items())


def read_minutes_table(value: Any) -> Any:
    """Read ``[preferences.max_minutes_on]`` of a request: key → minutes."""
    if not isinstance(value, Mapping):
        return value
    return dict(read_minutes_on(f"{key}={minutes}") for key, minutes in value.items())


def _key_of(meal: str, *, or_day: bool = False) -> str | None:
    """Return the key of a meal of all days or of some; ``None`` where it names none."""
    days, _, name = with_meals(meal).rpartition(":")
    plain = name.strip().casefold()
    named = _MEAL.fullmatch(plain)
    if named is None and not (or_day and plain == DAY):
        return None
    slot = named["slot"] if named else DAY
    on = ",".join(str(read_put_day(day)) for day in days.split(",")) if days else ""
    return f"{on}:{slot}" if on else slot


def read_hours_table(value: Any) -> Any:
    """Read ``[week.meals_at]`` of a request, hours as texts, numbers or lists: key → hour."""
    if not isinstance(value, Mapping):
        return value
    found: dict[str, tuple[float, ...]] = {}
    for key, said in value.items():
        hours = ",".join(map(str, said if isinstance(said, list | tuple) else [said]))
        meal, told = read_meal_hours(f"{key}={hours}")
        found[meal] = tuple(sorted({*found.get(meal, ()), *told}))
    return {
        f"{meal} {number}" if number > 1 else meal: hour
        for meal, told in found.items()
        for number, hour in enumerate(told, start=1)
    }


def lay_hours(
    before: Mapping[str, Any] | None, given: Iterable[tuple[str, tuple[float, ...]]]
) -> dict[str, Any]:
    """Put what flags say of a meal in place of what the file says; hours of snacks go together.

    Raises
    ------
    ConfigError
        When a meal that is eaten once is given two hours.
    """
    told: dict[str, tuple[float, ...]] = {}
    for meal, hours in given:
        told[meal] = tuple(sorted({*told.get(meal, ()), *hours}))
        if len(told[meal]) > 1 and meal.rpartition(":")[2] != SNACK:
            raise fault(ConfigError, "said_twice", "--meal-at", name=meal)
    kept = {key: one for key, one in (before or {}).items() if meal_of(key) not in told}
    return {**kept, **{meal: list(hours) for meal, hours in told.items()}}


def meal_of(key: str) -> str:
    """Return the key of an hour without the number of its snack."""
    return _NUMBER.sub("", key)


def snack_hours(hours: Hours) -> tuple[str, ...]:
    """Name the snacks of a day that have an hour of their own, in their order."""
    return tuple(sorted(key for key in hours if meal_of(key) == SNACK)) or (SNACK,)


def hour_in_day(meal: str, hours: Hours) -> float:
    """Return the hour of a meal from the midnight before its day: after the next one 24 and more.

    That is where the night's end is not reached, or all of the day's meals have hours, as of who
    works at night: what is earlier than breakfast follows it.
    """
    hour, first = meal_hour(meal, hours), meal_hour(SLOTS[0], hours)
    night = read_safety_settings("schedule")["night_ends_h"]
    follows = hour < night or hours.keys() >= {*SLOTS} - {SNACK}
    return hour + HOURS_A_DAY if hour < first and follows else hour


def is_at_night(meal: str, hours: Hours) -> bool:
    """Whether a meal is eaten after the midnight that ends its day."""
    return hour_in_day(meal, hours) >= HOURS_A_DAY


def weekly(told: Mapping[str, Told]) -> Mapping[str, Told]:
    """Return what holds for meals of each week, without that of single days."""
    kept = {
        key: value
        for key, value in told.items()
        if all(map(is_weekly, filter(None, key.rpartition(":")[0].split(","))))
    }
    return MappingProxyType(kept)
