"""Which conditions of ``configs/safety/conditions.toml`` a person has, by their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from foods.table import nearest_names
from planner.errors import ConfigError
from planner.safety.person import Person, body_mass_index
from planner.safety.phrases import holds_phrase, holds_stem, plain_words, without_words
from planner.safety.read import read_safety_rules, read_safety_settings

ALLERGY = "allergy"

_ALLERGY_WORDS = (
    "to",
    "food",
    "foods",
    "a",
    "the",
    "of",
    "with",
    "severe",
    "from",
    "and",
    "declared",
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that the rules know.

    Parameters
    ----------
    condition_id, name
        Id, and what to call it.
    also, stems, unless
        Whole phrases that mean it, beginnings of words that do, and phrases that mean something
        else.
    takes
        Words that belong to it once it is found.
    rules
        Ids of ``configs/safety/rules.csv`` that speak about it.
    is_kidney
        Whether it is a disease of the kidneys.
    instead
        Flag that says it better; empty where the condition itself is the way.
    ask
        What is said where somebody is to be asked before any supplement; empty for most.
    """

    condition_id: str
    name: str
    also: tuple[str, ...]
    stems: tuple[str, ...]
    unless: tuple[str, ...]
    takes: tuple[str, ...]
    rules: tuple[str, ...]
    is_kidney: bool
    instead: str
    ask: str = ""

    def is_in(self, text: str) -> bool:
        """Whether plain ``text`` means this condition."""
        if holds_phrase(text, self.unless):
            return False
        names = (self.name, self.condition_id, *self.also)
        return holds_phrase(text, names) or holds_stem(text, self.stems)

    def taken_from(self, text: str) -> str:
        """Give plain ``text`` without the words of this condition."""
        names = (self.name, self.condition_id, *self.also, *self.takes)
        return without_words(text, names, self.stems)


@dataclass(frozen=True, slots=True)
class Named:
    """What one entry of a list of conditions means.

    Parameters
    ----------
    text
        As written.
    conditions
        Conditions found in it; empty where none is.
    near
        Known names that are near, where none is found.
    """

    text: str
    conditions: tuple[Condition, ...]
    near: tuple[str, ...]


def conditions_of(person: Person) -> tuple[Condition, ...]:
    """Give all conditions of a person: what is written, and what age, sex and weight say."""
    found = [one for text in person.conditions for one in read_condition(text).conditions]
    found += [known_conditions()[name] for name in _own_conditions(person)]
    return tuple(dict.fromkeys(found))


def unknown_conditions(person: Person) -> tuple[Named, ...]:
    """Give what is written and means no condition that the rules know."""
    named = (read_condition(text) for text in person.conditions)
    return tuple(one for one in named if not one.conditions)


@cache
def read_condition(text: str) -> Named:
    """Find the conditions in one entry; each takes its words away before the next is looked for."""
    left, found = plain_words(text), []
    for condition in known_conditions().values():
        if condition.is_in(left):
            found.append(condition)
            left = condition.taken_from(left)
    if not found:
        found = list(_rows_named(plain_words(text)))
    names = [one.name for one in known_conditions().values()]
    near = () if found else tuple(nearest_names(text, names))
    return Named(text, tuple(found), near)


def allergens_of(person: Person) -> tuple[str, ...]:
    """Give what the allergies among the conditions are about: ``peanut allergy`` → ``peanut``."""
    words = [_allergen(text) for text in _allergies(person)]
    return tuple(dict.fromkeys(word for word in words if word))


def check_allergies_named(person: Person) -> None:
    """Refuse an allergy that does not say to what: nothing could be left out for it.

    Raises
    ------
    ConfigError
        When there is one.
    """
    for text in _allergies(person):
        if not _allergen(text):
            raise ConfigError(
                f"{text!r} does not say to what",
                where="conditions",
                remedy='write "peanut allergy", or leave it out and write --without peanut',
            )


def flags_instead(text: str) -> tuple[tuple[str, str], ...]:
    """Give the flags that say better what ``text`` says: (flag with its value, the value)."""
    flags = (one.instead for one in read_condition(text).conditions if one.instead)
    return tuple((flag, flag.rpartition(" ")[2]) for flag in flags)


@cache
def known_conditions() -> dict[str, Condition]:
    """Give every condition by its id, in the order in which words are looked for."""
    rows = read_safety_settings("conditions")["condition"]
    return {row["id"]: _condition(row) for row in rows}


def _rows_named(text: str) -> Iterator[Condition]:
    """Give what the very words of a row of the rules mean: that row."""
    for rule in read_safety_rules().values():
        if plain_words(rule.condition) == text:
            yield Condition(
                rule.rule_id, rule.condition, (), (), (), (), (rule.rule_id,), False, ""
            )


def _allergies(person: Person) -> list[str]:
    allergy = known_conditions()[ALLERGY]
    return [text for text in person.conditions if allergy in read_condition(text).conditions]


def _allergen(text: str) -> str:
    return without_words(plain_words(text), _ALLERGY_WORDS, known_conditions()[ALLERGY].stems)


def _own_conditions(person: Person) -> list[str]:
    rows = read_safety_settings("conditions")["condition"]
    return [row["id"] for row in rows if "auto" in row and _is_auto(row["auto"], person)]


def _is_auto(rule: dict[str, Any], person: Person) -> bool:
    return (
        rule.get("sex", person.sex) == person.sex
        and person.age_y >= rule.get("from_age_y", 0)
        and ("below_bmi" not in rule or body_mass_index(person) < rule["below_bmi"])
    )


def _condition(row: dict[str, Any]) -> Condition:
    return Condition(
        row["id"],
        row["name"],
        tuple(row.get("also", ())),
        tuple(row.get("stems", ())),
        tuple(row.get("unless", ())),
        tuple(row.get("takes", ())),
        tuple(row.get("rules", ())),
        bool(row.get("kidney")),
        row.get("instead", ""),
        row.get("ask", ""),
    )
