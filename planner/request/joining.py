"""How wishes join: a flag what the file says, and what holds for a whole table one eater's."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from planner.errors import ConfigError
from planner.meals.patterns import SLOTS
from planner.request.day_words import BUT, DayWord, days_told
from planner.request.diets import OMNIVORE
from planner.request.override import TargetOverride
from planner.request.phrases import FrequencyRule, read_frequency
from planner.request.put import NONE, Put, days_put, put_table
from planner.request.shares import RATIO
from planner.safety.often import WEEKDAYS

Table = Mapping[str, Any]
Lay = Callable[[Any, Any, Table], Any]
OUT, NOTHING = "out", "nothing"


def _own(common: Any, own: Any) -> Any:
    del common
    return own


@dataclass(frozen=True, slots=True)
class Join:
    """How a wish joins another of the same key.

    Parameters
    ----------
    lay
        (What a request says or ``None``, what a flag says, the table so far) → what it says then.
    merge
        (What holds for all, an eater's own) → what holds for that eater.
    is_repeatable
        Whether the flag may stand there several times.
    """

    lay: Lay
    merge: Callable[[Any, Any], Any] = _own
    is_repeatable: bool = True


def days_of(word: DayWord, week: Table, where: str) -> tuple[int, ...]:
    """Give the numbers of the days that a flag names.

    Raises
    ------
    ConfigError
        When no day of the plan is called so, or several are and only one is meant.
    """
    return days_told(word, *menus_of(week), where)


def menus_of(week: Table) -> tuple[int, date | None]:
    """Give how many days have a menu of their own, and the date of the first."""
    planned, start = week.get("days", len(WEEKDAYS)), week.get("start")
    first = date.fromisoformat(start) if isinstance(start, str) else start
    return min(week.get("cycle") or planned, planned), first


def _least(common: Any, own: Any) -> Any:
    given = [value for value in (common, own) if value is not None]
    return min(given) if given else None


def _largest(common: Mapping[str, int], own: Mapping[str, int]) -> dict[str, int]:
    return {name: max(common.get(name, 0), own.get(name, 0)) for name in {**common, **own}}


def _lay_rules(before: Sequence[str] | None, rules: Sequence[FrequencyRule], _: Table) -> list[str]:
    """Keep one rule for each name and sense; the last one said counts."""
    every = {(rule.name, rule.sense): rule for rule in [*map(read_frequency, before or ()), *rules]}
    return [f"{rule.name} {rule.sense} {rule.count}" for rule in every.values()]


def _merge_rules(
    common: Sequence[FrequencyRule], own: Sequence[FrequencyRule]
) -> tuple[FrequencyRule, ...]:
    merged: dict[tuple[str, str], FrequencyRule] = {}
    for rule in (*common, *own):
        key = (rule.name, rule.sense)
        stricter = max if rule.sense == ">=" else min
        merged[key] = stricter(merged.get(key, rule), rule, key=lambda one: one.count)
    return tuple(merged.values())


def _lay_bands(
    before: Table | None, given: Sequence[TargetOverride] | Table, _: Table
) -> dict[str, Any]:
    """Merge bounds by key, so that ``>=`` and ``<=`` of one nutrient make one band."""
    bands = {key: dict(band) for key, band in (before or {}).items()}
    told = given.items() if isinstance(given, Mapping) else ((b.nutrient, b.sides) for b in given)
    for key, sides in told:
        bands[key] = bands.get(key, {}) | sides
    return bands


def _lay_ratio(side: str, before: Table | None, bound: float, _: Table) -> dict[str, Any]:
    bands = before or {}
    return {**bands, RATIO: {**bands.get(RATIO, {}), side: bound}}


def _lay_habits(before: Table | None, given: Table, _: Table) -> dict[str, int]:
    """Replace figures; what is as usual again is let go."""
    laid = {**(before or {}), **given}
    return {name: figure for name, figure in laid.items() if figure is not None}


def _lay_guests(before: Sequence[Table] | None, given: Sequence[Table], week: Table) -> list[Table]:
    """Add guests; those of a meal that has some already take their place, 0 sends them away.

    Of those named in one go, one day is another than "every dinner" where all eat alike; who eats
    otherwise sits beside them. A meal that is named twice stays twice, for the fault that says so.
    """
    named = [(days_of(one["day"], week, "--guests"), one) for one in given]
    laid = {(one["day"], one["slot"]): [one] for one in before or ()}
    come: dict[tuple[int, str], list[tuple[int, Table]]]
    come = {(day, one["slot"]): [] for days, one in named for day in days}
    for days, one in sorted(named, key=lambda pair: -len(pair[0])):
        for day in days:
            come[day, one["slot"]].append((len(days), {**one, "day": day}))
    laid |= {meal: _seated(guests) for meal, guests in come.items()}
    return [one for guests in laid.values() for one in guests if one["count"]]


def _seated(guests: Sequence[tuple[int, Table]]) -> list[Table]:
    """Give the guests of one meal, each with the days that were named, those of most days first."""
    found: list[Table] = []
    for place, (days, one) in enumerate(guests):
        if place == 0 or days == guests[place - 1][0]:
            found.append(one)
        elif not one["count"] or _eaten(found[-1]) == _eaten(one):
            found[-1] = one
        else:
            found[-1:] = _at_one_table(found[-1], one)
    return found


def _eaten(guests: Table) -> tuple[Any, ...]:
    without = frozenset(guests.get("without", ()))
    return guests.get("diet", OMNIVORE), without, guests.get("servings", 1)


def _at_one_table(one: Table, other: Table) -> list[Table]:
    """Give guests who eat otherwise as one: who leave out what any leaves out, each so much."""
    (diet, without, servings), (other_diet, others_without, of_other) = map(_eaten, (one, other))
    diets = {diet, other_diet} - {OMNIVORE}
    if len(diets) > 1:
        return [one, other]
    count = one["count"] + other["count"]
    mean = (one["count"] * servings + other["count"] * of_other) / count
    eaten = {"diet": min(diets, default=OMNIVORE), "without": sorted(without | others_without)}
    return [{**other, "count": count, **eaten, **({"servings": mean} if mean != 1 else {})}]


def _lay_holidays(before: Sequence[Any] | None, given: Sequence[Any], week: Table) -> list[Any]:
    days = list(before or ())
    for word in given:
        days += [word] if isinstance(word, date | str) else days_of(word, week, "--holiday")
    return list(dict.fromkeys(days))


def missed(flag: str, eaten: str) -> Join:
    """Join missed meals; what a flag says of a meal takes the place of what the file says.

    A whole day is eaten elsewhere, whatever the flag: nobody is asked to fast.
    """

    def lay(before: Sequence[Table] | None, given: Sequence[Any], week: Table) -> list[Table]:
        meals = {(one["day"], one["slot"]): one for one in before or ()}
        for word, slot, *dish in given:
            how = eaten if slot else OUT
            told = {"dish": dish[0]} if any(dish) else {}
            for day in days_of(word, week, flag):
                for one in [slot] if slot else week.get("slots") or SLOTS:
                    meals[day, one] = {"day": day, "slot": one, "eaten": how, **told}
        return list(meals.values())

    return Join(lay)


def _lay_only(before: Sequence[Table] | None, kept: Sequence[str], week: Table) -> list[Table]:
    """Let every other meal of every day be eaten elsewhere."""
    count, _ = menus_of(week)
    others = [slot for slot in week.get("slots") or SLOTS if slot not in kept]
    meals = [(day, slot) for day in range(1, count + 1) for slot in others]
    table: list[Table] = missed("--only", OUT).lay(before, meals, week)
    return table


def _lay_puts(
    before: Sequence[Table] | None, puts: Sequence[Put], week: Table
) -> list[dict[str, Any]]:
    """Add dishes to meals; what a flag says of a meal takes the place of what the file says."""
    count, start = menus_of(week)

    def days(put: Put) -> set[int]:
        try:
            return set(days_put(put.day, count, start))
        except ConfigError:
            if put.dish.casefold() == NONE:
                raise
            return set()  # told where the request is checked

    new = [(one.slot, one.eater.casefold(), days(one)) for one in puts]
    kept = list[Put]()
    for put in (Put(**one) for one in before or ()):
        meal = put.slot, put.eater.casefold()
        said = [covered for *where, covered in new if tuple(where) == meal]
        left = days(put).difference(*said)
        kept += [put] if left == days(put) else [replace(put, day=day) for day in sorted(left)]
    return [put_table(one) for one in (*kept, *puts) if one.dish.casefold() != NONE]


def _joined(common: Sequence[str], own: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(common or ()), *own]))


def _updated(common: Mapping[str, Any] | None, own: Any) -> dict[str, Any]:
    return {**(common or {}), **dict(own)}


def _lay_summed(before: Mapping[str, float] | None, given: Any, _: Table) -> dict[str, float]:
    """Add up what flags say of one name, as two breasts and one; a file's figure is replaced."""
    pairs = given.items() if isinstance(given, Mapping) else given
    total = Counter[str]()
    for name, figure in pairs:
        total[name] += figure
    return {**(before or {}), **total}


def _lay_other_days(before: Table | None, given: Table, _: Table) -> dict[str, Any]:
    """Put what is said of all days but some in place of what the file says of all but others."""
    kept = {key: one for key, one in (before or {}).items() if not key.startswith(BUT)}
    return {**kept, **given}


def _lay_days(before: Table | None, given: Iterable[tuple[str, list[str]]], _: Table) -> Any:
    """Put the days that flags say of a name, all together, in place of those of the file."""
    days = dict[str, list[str]]()
    for name, some in given:
        days[name] = list(_joined(days.get(name, ()), some))
    return {name: some for name, some in _updated(before, days).items() if some}


REPLACED = Join(lambda _, given, __: given, is_repeatable=False)
LEAST = replace(REPLACED, merge=_least)  # of two numbers the stricter one
OWN_OR_COMMON = replace(REPLACED, merge=lambda common, own: own or common)
TICKED = replace(REPLACED, merge=lambda common, own: common or own)
NAMES = Join(lambda before, given, _: list(_joined(before, given)), _joined)
PAIRS = Join(lambda before, given, _: _updated(before, given), _updated)
OTHER_DAYS = Join(_lay_other_days, _updated, is_repeatable=False)
DAYS = Join(_lay_days, _updated)
OWN_SUMS = Join(_lay_summed, _own)
LARGEST_PAIRS = replace(PAIRS, merge=_largest)
MINERALS = replace(PAIRS, is_repeatable=False)
# instead of the file's: its folders may be elsewhere by now
FOLDERS = Join(lambda _, given, __: [str(folder.absolute()) for folder in given], _joined)
RULES = Join(_lay_rules, _merge_rules)
BANDS = Join(_lay_bands)
BANDS_AT_ONCE = replace(BANDS, is_repeatable=False)
RATIO_MIN = Join(partial(_lay_ratio, "lower"), is_repeatable=False)
RATIO_MAX = Join(partial(_lay_ratio, "upper"), is_repeatable=False)
HABITS = Join(_lay_habits)
INTAKES = Join(lambda before, given, _: [*(before or ()), *map(dataclasses.asdict, given)])
GUESTS, HOLIDAYS, PUTS = Join(_lay_guests), Join(_lay_holidays), Join(_lay_puts)
ONLY = Join(_lay_only)
APART = Join(lambda before, _, __: before)  # laid over by the command line itself
A_FILE_APART = replace(APART, is_repeatable=False)
