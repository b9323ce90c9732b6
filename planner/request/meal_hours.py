"""When meals are eaten: ``dinner=18:30``, ``snack=10:00,16:00``, ``mon,tue:dinner=02:00``.

In a request each hour has a key: the days it is for, if not all, and the meal; of a second and
third snack with its number: ``"snack"``, ``"snack 2"``, ``"mon,tue:dinner"``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from planner.errors import ConfigError
from planner.faults import fault
from planner.meals.patterns import DEFAULT_PATTERN, SLOTS, pattern_at_hand
from planner.request.day_words import all_but, in_english
from planner.request.limits import known_ranges
from planner.request.meal_phrases import read_hour
from planner.request.measures import read_figure
from planner.request.put import is_weekly, read_put_day
from planner.safety.day_meals import Hours, meal_hour
from planner.safety.hours import HOURS_A_DAY, as_clock
from planner.safety.read import read_safety_settings
from planner.settings import read_settings

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
    told = tuple(sorted({read_hour(one, text) for one in _HOURS.split(hours)}))
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
    """Give the most minutes of all meals of a day, of each of those that name a whole day."""
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
    return ",".join(str(read_put_day(one)) for one in _SEVERAL.split(days)), more_kcal


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
    """Give the key of a meal of all days or of some; ``None`` where it names none."""
    days, _, name = in_english(meal).rpartition(":")
    plain = name.strip().casefold()
    named = _MEAL.fullmatch(plain)
    if named is None and not (or_day and plain == DAY):
        return None
    slot = named["slot"] if named else DAY
    on = ",".join(str(read_put_day(one)) for one in days.split(",")) if days else ""
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
    """Give the key of an hour without the number of its snack."""
    return _NUMBER.sub("", key)


def snack_hours(hours: Hours) -> tuple[str, ...]:
    """Name the snacks of a day that have an hour of their own, in their order."""
    return tuple(sorted(key for key in hours if meal_of(key) == SNACK)) or (SNACK,)


def hour_in_day(meal: str, hours: Hours) -> float:
    """Give the hour of a meal from the midnight before its day: after the next one 24 and more.

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
    """Give what holds for meals of each week, without that of single days."""
    kept = {
        key: one
        for key, one in told.items()
        if all(map(is_weekly, filter(None, key.rpartition(":")[0].split(","))))
    }
    return MappingProxyType(kept)
