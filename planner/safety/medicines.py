"""Which rows of ``configs/safety/interactions.csv`` a medicine belongs to, by its name.

Names are rows of ``medicines.csv``: ingredients, brands with all their ingredients, other
spellings, and words for whole classes, which mean the worst that people mean by them. What stands
in none of the rows is asked about, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, TypeVar

from foods.supplement import read_supplements
from planner.errors import ConfigError
from planner.faults import fault
from planner.safety.conditions import (
    OTHER,
    Words,
    clean_text,
    fillers_of,
    is_blood_level,
    is_too_long,
    looks_like,
    names_kidneys,
    other_text,
    plain_words,
    read_words,
)
from planner.safety.sentences import (
    MAGNESIUM,
    Cited,
    read_safety_rows,
    read_safety_settings,
    safety_rows_by,
    say,
)
from planner.settings import Figure, Parts, read_row
from planner.wording import joined, plural

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
    """Return those times of the day that are hours of the clock."""
    return tuple(moment for moment in moments if moment not in _MOMENTS)


def moment_hours(moment: str) -> tuple[float, float]:
    """Return the first and the last hour of a dose at a time of the day that is named."""
    if moment in _MOMENTS:
        first, last = read_safety_settings("schedule")["moment"][moment]
        return float(first), float(last)
    hours, minutes = map(int, moment.split(":"))
    return hours + minutes / _MINUTES, hours + minutes / _MINUTES


def _moments(found: Mapping[str, list[Any]]) -> tuple[str, ...]:
    """Return the times of the day, the earliest first: "8:00 in the morning" is one."""
    clock = set(found.get("clock", ()))
    hours = [moment_hours(moment)[0] for moment in clock]
    spans = {moment: moment_hours(moment) for moment in _MOMENTS if moment in found}
    words = {span for span, (a, b) in spans.items() if not any(a <= hour <= b for hour in hours)}
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
        return sum(int(dose) > 0 for dose in parts["scheme"].split("-"))
    if kind == "weekdays":
        words = plain_words(said[0]).split()
        return [day for day in map(weekday_of, words) if day is not None]
    if kind in ("day", "week"):
        counts = map(_number, re.findall(r"\d+|[^\W\d]+", said[0].casefold()))
        return row.get("count") or next((count for count in counts if count is not None), 1)
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
    """Return what stands before a colon and behind it; ``None`` where there is no colon."""
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
    """Return the medicines of a list one by one; ``"methotrexate:2/week@mon,thu"`` stays one."""
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
    read = [(read_often(part), ":" in part) for part in parts[1:] and parts]
    is_each = all(often.rest and (often.is_said or has_colon) for often, has_colon in read)
    return parts if is_each else [text]


def more_often(one: OneDosage, other: OneDosage) -> OneDosage:
    """Return what holds for a medicine that is named twice: the more doses, and all days named.

    Every day is more than some days of the week, where somebody said so.
    """
    if one.is_weekly and other.is_weekly:
        days = tuple(sorted({*one.weekdays, *other.weekdays}))
        return replace(one, per_week=max(one.per_week, other.per_week, len(days)), weekdays=days)
    return max(one, other, key=lambda own: (own.per_day, own.is_given, not own.is_weekly))


def is_usually_weekly(name: str) -> bool:
    """Whether a medicine is one that most people take once a week, and that kills taken daily."""
    text = f" {plain_words(name)} "
    return any(f" {asked_name} " in text for asked_name in _asked_names())


@cache
def _asked_names() -> frozenset[str]:
    """Return every name of the ingredients that are asked about."""
    asked = set(read_safety_settings("schedule")["asked"]["ingredients"])
    return frozenset(
        row["name"]
        for row in read_safety_rows("medicines")
        if asked & {row["name"], *row["means"].split(";")}
    )


def _weekly(name: str, number: int, days: tuple[int, ...], text: str) -> Dosage:
    if not 1 <= number <= DAYS_A_WEEK or not name:
        raise _not_understood(text, str(number), f"not between 1 and {DAYS_A_WEEK} doses a week")
    if days and len(days) != number:
        counted = f"{len(days)} {plural(len(days), 'day', 'days')} named"
        names = ",".join(WEEKDAYS[day][:3].lower() for day in days)
        told = {"text": text, "number": number, "counted": counted, "count": len(days)}
        raise fault(ConfigError, "doses_and_days", _WHERE, **told, name=name, names=names)
    return Dosage(name, 1, True, number, days)


def _daily(name: str, number: int, text: str) -> Dosage:
    if not 1 <= number <= MOST_PER_DAY:
        raise _not_understood(text, f"{number} doses", f"not between 1 and {MOST_PER_DAY}")
    return Dosage(name.strip(), number, is_given=True)


def _not_understood(text: str, what: str, why: str) -> ConfigError:
    return ConfigError(f"{text!r}: {what.strip()!r} is {why}", _WHERE, _REMEDY)


def rhythm_question(dosage: Dosage) -> str | None:
    """Return what is asked of how it is taken; ``None`` where it is plain.

    How often is asked about where a dose a day kills that most take once a week.
    """
    if len(dosage.food) > 1:
        return say("food_two_ways", name=dosage.name)
    if is_usually_weekly(dosage.name) and not dosage.is_given:
        weekly = read_safety_settings("schedule")["asked"]["weekly"]
        return say("rhythm_asked", name=dosage.name, example=weekly)
    return None


def is_swallowed(names: Sequence[str], text: str) -> bool:
    """Whether a medicine goes through the gut, by the word typed or by its row."""
    typed = _typed(text)
    if typed & (_route_words("asked") | _route_words("unasked")):
        return False
    if typed & _route_words("swallowed"):
        return True
    return not _routes(names)


def by_jab(classes: Sequence[str], text: str) -> str:
    """Name what a medicine of some classes is by injection; empty where its row says it."""
    table = read_safety_settings("words")["medicine"]["injected"]
    is_typed = not _typed(text).isdisjoint(table["words"])
    return str(table["means"].get("".join(classes), "")) if is_typed else ""


def food_class(classes: Collection[str], food: Sequence[str]) -> tuple[str, ...]:
    """Return the class that words such as "on an empty stomach" add to those of a medicine."""
    table, held = read_safety_settings("schedule")["food"], set(classes)
    for rule in (table[word] for word in food if len(food) == 1):
        if not held.intersection(rule["like"]) and not food_told(classes, food):
            return (rule["adds"],)
    return ()


def food_told(classes: Collection[str], food: Sequence[str]) -> str:
    """Name the sentence that is said where a class speaks against words such as "with food"."""
    table, held = read_safety_settings("schedule")["food"], set(classes)
    for word in food:
        if held.intersection(table[word]["against"]):
            return str(table[word]["sentence"])
        if word == "without" and held.intersection(table["its_meal"]["classes"]):
            return str(table["its_meal"]["sentence"])
    return ""


def _routes(names: Sequence[str]) -> Sequence[Mapping[str, str]]:
    """Return the rows of a brand, or those of its ingredients."""
    rows = safety_rows_by("taken", "name")
    return rows.get(names[0]) or [row for name in names[1:] for row in rows.get(name, ())]


def _typed(text: str) -> frozenset[str]:
    return frozenset(plain_words(text).split())


@cache
def _route_words(kind: str) -> frozenset[str]:
    return frozenset(read_safety_settings("words")["medicine"]["routes"][kind])


DEFAULT_INTERACTION = "D45"

_PARTED = ";"
_STRENGTH = re.compile(
    r"(?<!\b[a-zA-Z])(?<!\d)\d+(?:[.,]\d+)?\s*"
    r"(?:(?:mg|mcg|ug|µg|g|ml|iu|ie|units?|mmol|meq|%)(?:\s*/\s*(?:h|hr|hour|ml|dose)\b)?)?"
)
_SIGNS = re.compile(r"[/+&]")
_DOTTED = re.compile(r"(?<![.\w])([a-zA-Z])\.([a-zA-Z])\.?(?![\w.])")  # "s.c."
# A "plus" that joins nothing is a part of the name of a combination: "Micardis Plus".
_MORE_IN_IT = re.compile(r"\bplus\b(?!\s+(?!and\b|with\b|or\b)\w)")
_VERIFIED = "verified"
_UNKNOWN = "unknown_on_mg"
_HOURS_ALONE = ("SEPARATE",)


@dataclass(frozen=True, slots=True)
class Interaction:
    """How a class of medicines and magnesium, or food, get into each other's way.

    Parameters
    ----------
    interaction_id, drug_class
        Id and name of the class.
    hours_before_mg, hours_after_mg
        Least time from the medicine to magnesium after it, and from magnesium to the medicine
        after it [h]; ``None`` where they need not be apart.
    advice
        What follows, as in ``actions.toml``.
    severity
        ``high``, ``moderate`` or ``low``.
    applies_to
        What must be apart or watched, in words.
    text
        What to tell a person.
    source, confidence, hours_confidence
        Citation, how sure it is, and how sure the hours are.
    direction
        Which of the two it changes.
    """

    interaction_id: str
    drug_class: str
    hours_before_mg: Figure
    hours_after_mg: Figure
    advice: Parts
    severity: str
    applies_to: Parts
    text: str
    source: Cited
    confidence: str
    hours_confidence: str
    direction: str

    @property
    def is_of_magnesium(self) -> bool:
        """Whether it says how the medicine and magnesium go together; else it is of food alone."""
        return self.direction != _UNKNOWN

    @property
    def told(self) -> str:
        """What to tell a person, with how sure the hours are where they are not verified."""
        if self.hours_confidence in ("", _VERIFIED):
            return self.text
        hours = f"The hours: {self.hours_confidence}."
        return joined([self.text, hours])

    @property
    def is_of_hours(self) -> bool:
        """Whether it asks for hours alone, and for none of what is not swallowed."""
        return self.hours_before_mg is None and self.advice == _HOURS_ALONE

    @property
    def is_default(self) -> bool:
        """Whether this is what holds for medicines that no row names."""
        return self.interaction_id == DEFAULT_INTERACTION


@dataclass(frozen=True, slots=True)
class Medicine(Dosage):
    """A medicine as written and how often it is taken, with the interactions that hold for it.

    Parameters
    ----------
    interactions
        At least one: the default where no row speaks of it.
    ingredients
        What it holds; the name itself for a word that means a class.
    is_named
        Whether it stands in ``medicines.csv``; ``False`` for what was given as ``other:``.
    is_swallowed
        Whether it goes through the gut.
    """

    interactions: tuple[Interaction, ...] = ()
    ingredients: tuple[str, ...] = ()
    is_named: bool = True
    is_swallowed: bool = True

    @property
    def is_known(self) -> bool:
        """Whether a row other than the default speaks of it."""
        return any(not interaction.is_default for interaction in self.interactions)


@dataclass(frozen=True, slots=True)
class MedicineEntry:
    """One entry of a list of medicines, read.

    Parameters
    ----------
    text
        As written.
    medicines
        What it names; several where names are joined.
    left
        Words that nobody knows; empty where all is understood.
    unused
        What was said and changes nothing.
    question
        What is asked of how often it is taken.
    """

    text: str
    medicines: tuple[Medicine, ...]
    left: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    question: str | None = None


@dataclass(frozen=True, slots=True)
class NamedMedicine:
    """A row of ``medicines.csv``: ingredients and ids of interactions, of a class those of all."""

    name: str
    ingredients: tuple[str, ...]
    classes: tuple[str, ...]
    is_class: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and those of its ingredients."""
        return (self.name, *self.ingredients)


def medicines_of(entries: Iterable[MedicineEntry]) -> tuple[Medicine, ...]:
    """Return the medicines that entries mean; none is ever dropped.

    Of one that is named twice, the more doses hold. One that nobody knows has the default
    interaction: ``planner.safety.patient.check_understood`` asks about it first.
    """
    found: dict[str, Medicine] = {}
    for entry in entries:
        for medicine in entry.medicines or (_nobody_knows(entry.text),) * bool(entry.left):
            key = plain_words(medicine.name)
            found[key] = more_often(medicine, found.get(key, medicine))
    return tuple(found.values())


def taken_for(medicines: Iterable[Medicine], ids: Collection[str]) -> Iterator[str]:
    """Name the medicines that belong to some interactions."""
    for medicine in medicines:
        if any(interaction.interaction_id in ids for interaction in medicine.interactions):
            yield medicine.name


def read_entries(names: Iterable[str]) -> Iterator[MedicineEntry]:
    """Read a list of medicines as written, such as ``"levothyroxine, ciprofloxacin:2"``.

    Raises
    ------
    ConfigError
        When what stands behind a colon is no number of doses.
    """
    for text in names:
        parts = (text,) if other_text(text) is not None else part_entries(text)
        yield from map(read_medicine_entry, parts)


def read_medicine(text: str) -> str:
    """Return a medicine as it is kept in a profile; what stands behind ``other:`` is kept as it is.

    Raises
    ------
    ConfigError
        When it has no name, or what stands behind its colon is no number of doses.
    """
    if other := other_text(text):
        return f"{OTHER} {other}"
    words = " ".join(text.split())
    check_dosages(words)
    return words


def read_medicine_entry(text: str) -> MedicineEntry:
    """Read one entry: every word of it belongs to a known name, or is left over.

    Raises
    ------
    ConfigError
        When what stands behind a colon is no number of doses.
    """
    other = other_text(text)
    if is_too_long(text) or other == "" or is_blood_level(text):
        return MedicineEntry(other or text, (), (other or text,))
    if other is not None:
        return _read_other(text, clean_text(_DOTTED.sub(r"\1\2", other)))
    if plain_words(text) in read_safety_settings("words")["medicine"]["none"]:
        return MedicineEntry(text, ())
    dosage = read_dosage(clean_text(_DOTTED.sub(r"\1\2", text)))
    words = _words(dosage.name)
    if words.left or not words.phrases:
        left = words.left or tuple(plain_words(dosage.name).split()) or (text,)
        return MedicineEntry(text, (), left)
    many = [replace(dosage, name=phrase.words) for phrase in words.phrases]
    parts = many if len(many) > 1 else [dosage]
    pairs = [(phrase.meaning, part) for phrase, part in zip(words.phrases, parts, strict=True)]
    question = rhythm_question(dosage)
    if unclear := next(filter(_asks_which, (medicine for medicine, _ in pairs)), None):
        question = say("medicine_which", name=unclear.name)
    found = tuple(_taken(*pair) for pair in pairs)
    return MedicineEntry(text, found, (), (*dosage.unused, *_unused(dosage.name)), question)


def _asks_which(named: NamedMedicine) -> bool:
    """Whether a word means medicines that raise potassium in different ways, or lose it, too."""
    ids, own = read_safety_settings("potassium")["raisers"], set(named.classes)
    raising = len(own.intersection(ids["interactions"]))
    return named.is_class and raising + (raising and not own.isdisjoint(ids["losers"])) > 1


def _read_other(text: str, other: str) -> MedicineEntry:
    """Read what nobody knows: its rhythm counts, and that of a known name in it is asked for."""
    is_clear = not read_often(other).is_contradicted and ":" not in other
    dosage = read_dosage(other) if is_clear else Dosage(other)
    often = {field.name: getattr(dosage, field.name) for field in fields(Dosage)[1:]}
    found = replace(_other_medicine(other, dosage.food), **often)
    return MedicineEntry(text, (found,), question=rhythm_question(dosage))


@cache
def known_interactions() -> Mapping[str, Interaction]:
    """Return every interaction by its id."""
    rows = read_safety_rows("interactions")
    return {row["interaction_id"]: read_row(Interaction, row) for row in rows}


@cache
def known_names() -> Mapping[str, NamedMedicine]:
    """Return every known name, of supplements too, and each without its last "e", as in German."""
    rows = {row["name"]: row for row in read_safety_rows("medicines")}
    by_nutrient = read_safety_settings("schedule")["mineral_medicine"]
    classes = {nutrient: key for key, nutrient in by_nutrient.items()}
    classes[MAGNESIUM] = "D44"
    found = {}
    for compound in read_supplements().values():
        own = (classes[compound.nutrient],) if compound.nutrient in classes else ()
        for name in (compound.name, *compound.aliases):
            found[plain_words(name)] = NamedMedicine(plain_words(name), (compound.name,), own)
    found |= {name: _named(row, rows) for name, row in rows.items()}
    return {name.removesuffix("e"): medicine for name, medicine in found.items()} | found


@cache
def medicine_names() -> frozenset[str]:
    """Return every plain name of a medicine."""
    return frozenset(known_names())


def _words(name: str) -> Words[NamedMedicine]:
    """Read a name; a strength such as ``10 mg`` says nothing about what it is.

    Beside ``/``, ``+`` and ``&`` stand two medicines where both are known: ``losartan/potassium``
    is not the salt of that name.
    """
    known, bare = known_names(), _STRENGTH.sub(" ", name)
    parts = [_bare_words(part) for part in _SIGNS.split(bare) if plain_words(part)]
    is_understood = parts and not any(part.left or not part.phrases for part in parts)
    if len(parts) == 1 or not is_understood:
        if plain_words(name) in known:
            return read_words(name, known)
        parts = [_bare_words(bare)]
    phrases = tuple(phrase for part in parts for phrase in part.phrases)
    return Words(phrases, tuple(word for part in parts for word in part.left))


def _unused(name: str) -> Iterator[str]:
    """Yield the words of a name that change nothing and are said to."""
    unused = read_safety_settings("words")["medicine"]["unused"]
    yield from (word for word in read_words(name, known_names()).left if word in unused)


def _bare_words(name: str) -> Words[NamedMedicine]:
    words = read_words(name, known_names(), fillers_of("medicine"))
    more = _MORE_IN_IT.findall(name.casefold())[sum("plus" in one.words for one in words.phrases) :]
    return replace(words, left=(*words.left, *more))


def _named(row: Mapping[str, str], rows: Mapping[str, Mapping[str, str]]) -> NamedMedicine:
    means = tuple(part for part in row["means"].split(_PARTED) if part) or (row["name"],)
    ids = (one for name in means for one in rows[name]["classes"].split(_PARTED) if one)
    is_class = row["kind"] == "class"
    return NamedMedicine(row["name"], means, tuple(dict.fromkeys(ids)), is_class)


def _taken(named: NamedMedicine, dosage: Dosage) -> Medicine:
    named = known_names().get(by_jab(named.classes, dosage.name), named)
    swallowed = is_swallowed(named.names, dosage.name)
    rows = _interactions((*named.classes, *food_class(named.classes, dosage.food * swallowed)))
    if not swallowed:
        rows = tuple(replace(row, hours_before_mg=None, hours_after_mg=None) for row in rows)
    return Medicine(
        **{field.name: getattr(dosage, field.name) for field in fields(Dosage)},
        interactions=rows,
        ingredients=named.ingredients,
        is_swallowed=swallowed,
    )


def _other_medicine(text: str, food: tuple[str, ...] = ()) -> Medicine:
    """Return an unknown medicine: asked about, and any known name it holds or resembles counts."""
    words, known = _words(text), known_names()
    held = [known.get(by_jab(one.meaning.classes, text), one.meaning) for one in words.phrases]
    if words.left:
        strange = " ".join(words.left) if held else _STRENGTH.sub(" ", text)
        near = looks_like(strange, medicine_names(), "least_score")
        held += [known[name] for name in near]
    classes = [key for medicine in held for key in medicine.classes]
    if names_kidneys(text):
        classes += read_safety_settings("conditions")["kidney_medicine"]["ids"]
    classes += (*food_class(classes, food), DEFAULT_INTERACTION)
    interactions = _interactions(dict.fromkeys(classes))
    ingredients = tuple(dict.fromkeys(part for medicine in held for part in medicine.ingredients))
    return Medicine(
        text, interactions=interactions, ingredients=ingredients or (text,), is_named=False
    )


def _nobody_knows(text: str) -> Medicine:
    if is_too_long(text):  # it is refused unread: to look through it would take minutes
        return Medicine(text, interactions=_interactions(()), is_named=False)
    name = read_dosage(text).name
    return replace(_other_medicine(name), name=name)


def _interactions(ids: Iterable[str]) -> tuple[Interaction, ...]:
    """Return the rows of ``ids``, and the default where none of them is of magnesium."""
    known = known_interactions()
    rows = tuple(known[key] for key in ids)
    return rows if any(row.is_of_magnesium for row in rows) else (*rows, known[DEFAULT_INTERACTION])
