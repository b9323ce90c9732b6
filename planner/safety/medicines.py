"""Which rows of ``configs/safety/interactions.csv`` a medicine belongs to, by its name.

Names are rows of ``medicines.csv``: ingredients, brands with all their ingredients, other
spellings, and words for whole classes, which mean the worst that people mean by them. What stands
in none of the rows is asked about, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache

from foods.supplement import read_supplements
from planner.safety.dosage import (
    Dosage,
    by_jab,
    check_dosages,
    food_class,
    is_swallowed,
    more_often,
    part_entries,
    read_dosage,
    read_often,
    rhythm_question,
)
from planner.safety.phrases import (
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
from planner.safety.read import Cited, read_safety_rows, read_safety_settings
from planner.safety.sentences import MAGNESIUM, say
from planner.settings import Figure, Parts, read_row
from planner.wording import joined

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
        return any(not one.is_default for one in self.interactions)


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
    """Give the medicines that entries mean; none is ever dropped.

    Of one that is named twice, the more doses hold. One that nobody knows has the default
    interaction: ``planner.safety.patient.check_understood`` asks about it first.
    """
    found: dict[str, Medicine] = {}
    for entry in entries:
        for one in entry.medicines or (_nobody_knows(entry.text),) * bool(entry.left):
            key = plain_words(one.name)
            found[key] = more_often(one, found.get(key, one))
    return tuple(found.values())


def taken_for(medicines: Iterable[Medicine], ids: Collection[str]) -> Iterator[str]:
    """Name the medicines that belong to some interactions."""
    for medicine in medicines:
        if any(one.interaction_id in ids for one in medicine.interactions):
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
    """Give a medicine as it is kept in a profile; what stands behind ``other:`` is kept as it is.

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
    many = [replace(dosage, name=one.words) for one in words.phrases]
    parts = many if len(many) > 1 else [dosage]
    pairs = [(one.meaning, part) for one, part in zip(words.phrases, parts, strict=True)]
    question = rhythm_question(dosage)
    if unclear := next(filter(_asks_which, (one for one, _ in pairs)), None):
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
    often = {one.name: getattr(dosage, one.name) for one in fields(Dosage)[1:]}
    found = replace(_other_medicine(other, dosage.food), **often)
    return MedicineEntry(text, (found,), question=rhythm_question(dosage))


@cache
def known_interactions() -> Mapping[str, Interaction]:
    """Give every interaction by its id."""
    rows = read_safety_rows("interactions")
    return {row["interaction_id"]: read_row(Interaction, row) for row in rows}


@cache
def known_names() -> Mapping[str, NamedMedicine]:
    """Give every known name, of supplements too, and each without its last "e", as in German."""
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
    return {name.removesuffix("e"): one for name, one in found.items()} | found


@cache
def medicine_names() -> frozenset[str]:
    """Give every plain name of a medicine."""
    return frozenset(known_names())


def _words(name: str) -> Words[NamedMedicine]:
    """Read a name; a strength such as ``10 mg`` says nothing about what it is.

    Beside ``/``, ``+`` and ``&`` stand two medicines where both are known: ``losartan/potassium``
    is not the salt of that name.
    """
    known, bare = known_names(), _STRENGTH.sub(" ", name)
    parts = [_bare_words(part) for part in _SIGNS.split(bare) if plain_words(part)]
    is_understood = parts and not any(one.left or not one.phrases for one in parts)
    if len(parts) == 1 or not is_understood:
        if plain_words(name) in known:
            return read_words(name, known)
        parts = [_bare_words(bare)]
    phrases = tuple(phrase for one in parts for phrase in one.phrases)
    return Words(phrases, tuple(word for one in parts for word in one.left))


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
        **{one.name: getattr(dosage, one.name) for one in fields(Dosage)},
        interactions=rows,
        ingredients=named.ingredients,
        is_swallowed=swallowed,
    )


def _other_medicine(text: str, food: tuple[str, ...] = ()) -> Medicine:
    """Give what nobody knows: asked about, and whatever known name it holds or resembles counts."""
    words, known = _words(text), known_names()
    held = [known.get(by_jab(one.meaning.classes, text), one.meaning) for one in words.phrases]
    if words.left:
        strange = " ".join(words.left) if held else _STRENGTH.sub(" ", text)
        near = looks_like(strange, medicine_names(), "least_score")
        held += [known[name] for name in near]
    classes = [key for one in held for key in one.classes]
    if names_kidneys(text):
        classes += read_safety_settings("conditions")["kidney_medicine"]["ids"]
    classes += (*food_class(classes, food), DEFAULT_INTERACTION)
    interactions = _interactions(dict.fromkeys(classes))
    ingredients = tuple(dict.fromkeys(part for one in held for part in one.ingredients))
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
    return rows if any(one.is_of_magnesium for one in rows) else (*rows, known[DEFAULT_INTERACTION])
