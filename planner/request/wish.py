"""How a wish is said by a flag, whose it is, and how it joins what stands there already.

A key of a request file carries its ``Flag`` in the annotation of its field, beside its range and
default; what is said of it stands in a row of ``configs/request/wishes.toml``.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from pydantic import BaseModel

from planner.errors import ConfigError
from planner.meals.patterns import SLOTS, pattern_ids
from planner.request.day_words import BUT, DayWord, days_told
from planner.request.diets import OMNIVORE
from planner.request.measures import read_figure, with_unit
from planner.request.override import RATIO, TargetOverride
from planner.request.phrases import FrequencyRule, read_frequency
from planner.request.put import NONE, Put, days_put, put_table
from planner.safety.medicines import WEEKDAYS
from planner.settings import read_settings
from planner.shops import known_shops
from planner.standards.ids import standard_ids

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
    """Return the numbers of the days that a flag names.

    Raises
    ------
    ConfigError
        When no day of the plan is called so, or several are and only one is meant.
    """
    return days_told(word, *menus_of(week), where)


def menus_of(week: Table) -> tuple[int, date | None]:
    """Return how many days have a menu of their own, and the date of the first."""
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
    named = [(days_of(entry["day"], week, "--guests"), entry) for entry in given]
    laid = {(entry["day"], entry["slot"]): [entry] for entry in before or ()}
    come: dict[tuple[int, str], list[tuple[int, Table]]]
    come = {(day, entry["slot"]): [] for days, entry in named for day in days}
    for days, entry in sorted(named, key=lambda pair: -len(pair[0])):
        for day in days:
            come[day, entry["slot"]].append((len(days), {**entry, "day": day}))
    laid |= {meal: _seated(guests) for meal, guests in come.items()}
    return [guest for guests in laid.values() for guest in guests if guest["count"]]


def _seated(guests: Sequence[tuple[int, Table]]) -> list[Table]:
    """Return one meal's guests, each with the days that were named, those of most days first."""
    found: list[Table] = []
    for place, (days, guest) in enumerate(guests):
        if place == 0 or days == guests[place - 1][0]:
            found.append(guest)
        elif not guest["count"] or _eaten(found[-1]) == _eaten(guest):
            found[-1] = guest
        else:
            found[-1:] = _at_one_table(found[-1], guest)
    return found


def _eaten(guests: Table) -> tuple[Any, ...]:
    without = frozenset(guests.get("without", ()))
    return guests.get("diet", OMNIVORE), without, guests.get("servings", 1)


def _at_one_table(one: Table, other: Table) -> list[Table]:
    """Return guests who eat otherwise as one: who leave out what any leaves out, each so much."""
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
        meals = {(meal["day"], meal["slot"]): meal for meal in before or ()}
        for word, slot, *dish in given:
            how = eaten if slot else OUT
            told = {"dish": dish[0]} if any(dish) else {}
            for day in days_of(word, week, flag):
                for own_slot in [slot] if slot else week.get("slots") or SLOTS:
                    meals[day, own_slot] = {"day": day, "slot": own_slot, "eaten": how, **told}
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

    new = [(new_put.slot, new_put.eater.casefold(), days(new_put)) for new_put in puts]
    kept = list[Put]()
    for put in (Put(**entry) for entry in before or ()):
        meal = put.slot, put.eater.casefold()
        said = [covered for *where, covered in new if tuple(where) == meal]
        left = days(put).difference(*said)
        kept += [put] if left == days(put) else [replace(put, day=day) for day in sorted(left)]
    return [put_table(own_put) for own_put in (*kept, *puts) if own_put.dish.casefold() != NONE]


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
    kept = {key: value for key, value in (before or {}).items() if not key.startswith(BUT)}
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


BODY, ONE, TABLE = "body", "one", "table"
"""Whose a wish is: of a body, so that each eater says it; of all or of one; of the table."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that a reader understands.

    Parameters
    ----------
    name, metavar
        What stands for it in the help, in capitals or as it is.
    read
        The reader; of all texts of a flag and its name where ``reads_all``, so that it tells all
        their faults at once.
    in_phrase
        What reads one text in ``--eater name=Ben,key=value``, where that is another reader.
    write
        (What a request says, its table) → the texts that say it, each as ``read`` understands it;
        ``None`` where the value is its own text.
    """

    name: str
    read: Callable[..., Any]
    metavar: str | None = None
    reads_all: bool = False
    in_phrase: Callable[[str], Any] | None = None
    write: Callable[[Any, Mapping[str, Any]], Iterable[str]] | None = None


@dataclass(frozen=True, slots=True)
class File:
    """The path of a file, or of a folder that is there."""

    metavar: str
    is_folder: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words, or another that means it."""

    words: Sequence[str]
    meant: Callable[[str], str] | None = None

    def read(self, text: str) -> str:
        """Read one of the words.

        Raises
        ------
        ConfigError
            When it is none of them.
        """
        word = self.meant(text) if self.meant else text
        if word not in self.words:
            names = ", ".join(self.words)
            raise ConfigError(f"{word!r} is not one of {names}")
        return word


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the likely range ``name``, or ``between`` two, both left out."""

    name: str = ""
    is_whole: bool = False
    above: bool = False
    has_units: bool = False
    between: tuple[float, float] | None = None

    def read(self, text: str) -> Any:
        """Read a number, as it stands in a phrase; its range is that of the request file.

        Raises
        ------
        ConfigError
            When it is no number, or without the unit that it needs.
        """
        if self.has_units:
            return with_unit(self._figure)(text)
        try:
            value = float(text)
            return int(value) if self.is_whole and value.is_integer() else value
        except ValueError:
            raise ConfigError(f"{text!r} is no number here") from None

    def _figure(self, text: str) -> float:
        value = read_figure(text, self.name)
        return int(value) if value.is_integer() else value


Reader = Typed | File | OneOf | Number | None


@dataclass(frozen=True, slots=True)
class Flag:
    """What a command line says of a wish.

    Parameters
    ----------
    reads
        What its text is read by; ``None``: it has none, and what it says is yes.
    join
        How it joins what a request says already, and how all wishes of a table join one eater's.
    row
        Its row in ``configs/request/wishes.toml``, where that is not its key's.
    name, shorter, group, help, comment, example, told, whose, for_days, in_phrase, also,
    needs, label, hint, choices
        As that row has them; the row says what each of them is.
    """

    reads: Reader = None
    join: Join = REPLACED
    row: str = ""
    name: str = ""
    shorter: str = ""
    group: str = ""
    help: str = ""
    comment: str = ""
    example: Any = None
    told: str = ""
    whose: str = TABLE
    for_days: bool = True
    in_phrase: bool = False
    is_weighed: bool = False
    also: Sequence[str] = ()
    needs: str = ""
    label: str = ""
    hint: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def phrase(self) -> Callable[[str], Any] | None:
        """What reads it in ``--eater name=Ben,key=value``; ``None``: it cannot be said there."""
        if not self.in_phrase or not isinstance(self.reads, Typed | OneOf | Number):
            return None
        own = self.reads.in_phrase if isinstance(self.reads, Typed) else None
        return own or self.reads.read


@dataclass(frozen=True, slots=True)
class SaidWish:
    """A flag and the key of the request file that it sets.

    Parameters
    ----------
    table, key
        Where it stands: ``("preferences", "max_minutes")``; the table is empty for a whole one.
    name
        Name of the flag's parameter: ``max_minutes``.
    flag
        The flag, with whose it is and whether it is for days filled in.
    """

    table: str
    key: str
    name: str
    flag: Flag


_WHOSE = {"profile": BODY, "preferences": ONE, "targets": ONE, "habits": ONE}
_OF_PERSON = ("profile", "preferences", "targets", "water", "supplements")
_NAMES: Mapping[str, Callable[[], Sequence[str]]] = {
    "standard": standard_ids,
    "pattern": pattern_ids,
    "shops": known_shops,
}


def words_of(table: str, key: str) -> dict[str, Any]:
    """Return what is said of a key or flag of a table: a row of the file, its names filled in."""
    row = dict(read_settings("request/wishes.toml")[table or "request"].get(key, {}))
    if key in _NAMES:
        names = ", ".join(_NAMES[key]())
        row["help"] = row["help"].format(names=names)
        row["comment"] = row["comment"].format(names=names)
    return row


def wishes_in(table: str, model: type[BaseModel]) -> Iterator[SaidWish]:
    """Name the wishes of a table of the request file, in its order."""
    for key, info in model.model_fields.items():
        place = table or key
        whose, for_days = _WHOSE.get(place, TABLE), place not in _OF_PERSON
        usual: dict[str, Any] = {"whose": whose, "for_days": for_days}
        for flag in (each for each in info.metadata if isinstance(each, Flag)):
            row = flag.row or key
            full = replace(flag, **usual | {"name": row} | words_of(table, row))
            yield SaidWish(table, key, full.name, full)


def laid_over(
    wishes: Iterable[SaidWish], table: Mapping[str, Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Lay flags, by their names, over a table; what no flag says stays."""
    laid = dict(table)
    for wish in wishes:
        if wish.name in given and wish.flag.join.lay is not APART.lay:
            laid[wish.key] = wish.flag.join.lay(laid.get(wish.key), given[wish.name], laid)
    return laid
