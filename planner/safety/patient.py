"""What a person said of conditions and medicines, as this program understood it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from foods.errors import raise_collected
from planner.errors import ConfigError
from planner.safety.conditions import Condition, Named, condition_names, read_condition
from planner.safety.kidneys import kidneys_of
from planner.safety.medicines import (
    Medicine,
    MedicineEntry,
    entries_of,
    medicine_names,
    read_medicine_entry,
)
from planner.safety.person import Person
from planner.safety.phrases import is_too_long, near_names
from planner.safety.read import read_safety_settings
from planner.safety.sentences import say

_SHOWN_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """How one entry was understood.

    Parameters
    ----------
    said, understood
        The entry as written, and what this program takes it for.
    """

    said: str
    understood: str

    @property
    def text(self) -> str:
        """Both, as one line."""
        return f"{self.said}: {self.understood}"


def check_understood(person: Person) -> None:
    """Refuse conditions and medicines of which a word is not understood, all in one go.

    Raises
    ------
    ConfigError
        With each entry, the words that nobody knows, the nearest names, and how to say that it is
        something else.
    """
    faults = [
        *(_fault("condition", one) for one in map(read_condition, person.conditions) if one.left),
        *(_fault("medicine", one) for one in _entries(person) if one.left),
    ]
    raise_collected(ConfigError, faults, "conditions and medicines")


def readings_of(person: Person) -> tuple[Reading, ...]:
    """Give how each condition and medicine was understood, and the band of the kidneys."""
    return (*_condition_readings(person), *_medicine_readings(person))


def others_of(person: Person) -> tuple[str, ...]:
    """Give the conditions and medicines that nobody knows, given as ``other: TEXT``."""
    conditions = (one.text for one in map(read_condition, person.conditions) if one.is_other)
    medicines = (one.name for one in _medicines(person) if not one.is_named)
    return (*conditions, *medicines)


def _fault(kind: str, entry: Named | MedicineEntry) -> str:
    if is_too_long(entry.text):
        shown = f"{entry.text[:_SHOWN_LETTERS]}…"
        return f"{say('entry_too_long', kind=kind, text=shown)} — {say('one_entry', kind=kind)}"
    names = {"condition": condition_names, "medicine": medicine_names}
    found = () if _absent(entry) else near_names(entry.text, entry.left, names[kind]())
    near = f" (did you mean {', '.join(found)}?)" if found else ""
    text = say("not_understood", kind=kind, text=entry.text, words=" ".join(entry.left), near=near)
    return f"{text} — {_remedy(kind, entry)}"


def _remedy(kind: str, entry: Named | MedicineEntry) -> str:
    """Say how to mend an entry: leave it out, name it elsewhere, or give it as ``other:``."""
    words = set(entry.left)
    if _absent(entry):
        return say("nothing_there")
    remedy = say("not_understood_remedy", kind=kind, text=entry.text)
    if kind == "condition":
        if any(map(str.isdigit, words)):
            return f"{remedy}; {say('figures')}"
        return say("other_list", kind="medicine") if words & medicine_names() else remedy
    if words & condition_names():
        return say("other_list", kind="condition")
    return f"{remedy}; {say('how_often')}"


def _absent(entry: Named | MedicineEntry) -> bool:
    """Whether an entry says that something is not there."""
    return bool(set(entry.left) & set(read_safety_settings("words")["absent"]["words"]))


def _condition_readings(person: Person) -> Iterator[Reading]:
    for named in map(read_condition, person.conditions):
        words = [one.name for one in named.conditions]
        words += [f"allergy to {one}" for one in named.allergens]
        said = f"other: {named.text}" if named.is_other else named.text
        yield Reading(said, _listed(words, named.is_other))
    band = kidneys_of(person).rule
    if band is not None and any(one.is_kidney for one in _conditions(person)):
        yield Reading("kidneys", band.condition)


def _medicine_readings(person: Person) -> Iterator[Reading]:
    for one in _medicines(person):
        classes = [row.drug_class for row in one.interactions if not row.is_default]
        words = [part for part in one.ingredients if part.casefold() != one.name.casefold()]
        told = ", ".join(words) + (f" ({'; '.join(classes)})" if words and classes else "")
        text = told or "; ".join(classes)
        if one.is_named:
            yield Reading(one.name, text or say("medicine_without_rule"))
        else:
            yield Reading(f"other: {one.name}", _listed(classes, is_other=True))


def _listed(words: Iterable[str], is_other: bool) -> str:
    text = ", ".join(dict.fromkeys(words))
    if not is_other:
        return text
    return f"{say('other_reading')}{f'; counted as {text} too' if text else ''}"


def _conditions(person: Person) -> Iterator[Condition]:
    for named in map(read_condition, person.conditions):
        yield from named.conditions


def _entries(person: Person) -> Iterator[MedicineEntry]:
    return map(read_medicine_entry, entries_of(person.medicines))


def _medicines(person: Person) -> Iterator[Medicine]:
    return (one for entry in _entries(person) for one in entry.medicines)
