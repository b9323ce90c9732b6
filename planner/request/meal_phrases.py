"""Read a meal of a day: ``fri:dinner``, ``fri:dinner=pizza``; guests; a holiday; a first day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any, NamedTuple

from foods.recipe_line import read_words
from planner.errors import ConfigError
from planner.faults import fault
from planner.meals.patterns import SLOTS
from planner.request.day_words import (
    DayWord,
    NamedDay,
    date_meant,
    find_day,
    in_english,
    named_weekday,
    read_day,
    slots_said,
    today,
)
from planner.request.diets import OMNIVORE, diet_called, find_diet, food_left_out
from planner.request.joining import OUT
from planner.request.limits import known_ranges
from planner.request.phrases import read_name
from planner.request.public_holidays import country_meant

_SLOT = f"({'|'.join(SLOTS)})(?:e?s)?"
_EACH = r"(?:every|each|all|no)[\s:]+(?:days?[\s:]+)?"
_EVERY = re.compile(rf"{_EACH}{_SLOT}")
_MEAL_FIRST = re.compile(rf"^(?:{_EACH})?{_SLOT}[\s:]+(?:on\s+)?(.+)")
_HOUR = re.compile(
    r"(?P<hour>\d{1,2}(?:\.\d+)?)(?:[:h](?P<minutes>[0-5]\d))?\s*(?:(?P<half>[ap])\.?m\.?)?"
)
_WITHOUT = re.compile(r"(?:without|no)[\s=:]+(.+)", re.IGNORECASE)
_SERVING = re.compile(
    r"(?P<part>half|1/2|\d*\.?\d+)\s+(?:of\s+)?(?:a\s+)?(?:serving|portion)(?:s|en)?(?:\s+each)?",
    re.IGNORECASE,
)
_DINNER, _GUESTS = "{day}:dinner={coming}", "2"
_FIRST = re.compile(  # 4 guests on saturday, 2 vegan guests for dinner on saturday
    r"(\d+ [^:=]+?|\d+(?: (?!on |for )\w*[^\W\d])?) (?:on|for) (.+)|(\d+(?: \w*[^\W\d])?) (.+)"
)
_LAST = re.compile(rf"(.+[\s:]{_SLOT})(?:\s*:\s*|,?\s+)(\d.*)")  # sat dinner: 4
_PEOPLE = r"(?:guests?|people|friends?|visitors?|gäste?n?|freunden?|besucher|personen)"
_COMING = re.compile(
    rf"^(\d+)\s+(?:{_PEOPLE}\b\s*|([^,]*\S)\s+{_PEOPLE}\s*(?=,|$))?", re.IGNORECASE
)
_HALF_DAY, _MINUTES, _HALF = 12, 60, 0.5
_ON_EACH = re.compile(rf"(.*?)(?:[\s:]+{_SLOT})?")


def read_meal_of_day(text: str) -> tuple[DayWord, str]:
    """Read ``DAY:SLOT``: ``3:dinner``, ``weekday lunches``, ``every breakfast``, ``6 Mar:dinner``.

    The meal may stand first, as in ``"breakfast every day but sun"``. A day alone is the whole of
    it; its meal is empty. German words are read, too.

    Raises
    ------
    ConfigError
        When it is not written so.
    """
    said = _MEAL_FIRST.sub(r"\2 \1", in_english(text).strip().lower())
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
    for one in meals:
        if one.get("eaten", OUT) == eaten:
            dish = f"={one['dish']}" if one.get("dish") else ""
            yield f"{one['day']}:{one['slot']}{dish}"


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
    eaten = [one for one in eaten if one.strip()]
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
    """Give guests as ``DAY:SLOT=GUESTS`` where people say them otherwise."""
    if "=" in text:
        meal, _, coming = text.partition("=")
        return f"{meal}={_in_figures(coming)}"
    whole = _LAST.sub(r"\1=\3", _in_figures(in_english(text).strip().lower()))
    found = _FIRST.fullmatch(whole)
    return whole if found is None else f"{found[2] or found[4]}={found[1] or found[3]}"


def _in_figures(text: str) -> str:
    """Give the first number of a text that has none in figures: ``"two vegans"``."""
    numbers = read_words()["numbers"]
    known = re.compile(rf"\b(?:{'|'.join(numbers)})(?=\s|$)", re.IGNORECASE)
    if any(letter.isdecimal() for letter in text):
        return text
    return known.sub(lambda one: f"{numbers[one[0].lower()]:g}", text, count=1)


def _example(text: str) -> str:
    """Give what says who comes to which meal, in the words of a text where it has them."""
    day, _, coming = _coming_last(text).partition("=")
    told = _in_figures(in_english(text).strip())
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

    German words are read, too. What is refused is written behind who is ``coming``.
    """
    without, diets, size = list[str](), list[str](), dict[str, float]()
    for part in (in_english(one).strip() for one in parts):
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
    for one in guests:
        eaten = [diet for diet in [one.get("diet", OMNIVORE)] if diet != OMNIVORE]
        eaten += [f"without {name}" for name in one.get("without", ())]
        eaten += [f"{one['servings']:g} servings"] if "servings" in one else []
        yield ",".join([f"{one['day']}:{one['slot']}={one['count']}", *eaten])


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
    first, rest, *_ = *re.split(r"[\s-]+", in_english(text).strip(), maxsplit=1), ""
    is_next = first.casefold() == "next" and named_weekday(rest.strip()) is not None
    word = find_day(rest if is_next else text)
    found = None if word is None else date_meant(word, today() + timedelta(days=is_next))
    if found is None:
        raise fault(ConfigError, "no_date", text=text)
    return check_start(found)


def check_start(when: date) -> date:
    """Give the first day back where its year may be one.

    Raises
    ------
    ConfigError
        When it lies too far away.
    """
    years = known_ranges()["start_year"]
    if when.year not in years:
        raise fault(ConfigError, "far_year", when=when, years=years)
    return when
