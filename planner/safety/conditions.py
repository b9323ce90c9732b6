"""Which conditions of ``configs/safety/conditions.toml`` a person has, by their words.

Every word of an entry belongs to a known name or is a filler, or the entry is asked about: nothing
is half understood. Whatever names the kidneys counts as kidney disease.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from planner.errors import ConfigError
from planner.safety.kidney_words import kidney_figures
from planner.safety.person import Person, body_mass_index
from planner.safety.phrases import (
    fillers_of,
    looks_like,
    near_names,
    other_text,
    plain_words,
    read_words,
)
from planner.safety.read import read_safety_rules, read_safety_settings

ALLERGY, KIDNEY = "allergy", "kidney"

_ALLERGY_WORDS = frozenset({"allergy", "allergies", "allergic", "anaphylaxis", "anaphylactic"})
_JOINED = re.compile(r"[,;/&+]|\b(?:and|or|plus|with)\b")
_AROUND_ALLERGENS = frozenset({"food", "foods", "declared", "reaction", "reactions", "strong"})


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that the rules know.

    Parameters
    ----------
    condition_id, name
        Id, and what to call it.
    also
        Other names.
    stems
        Beginnings of words that mean it wherever they stand.
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
    also: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    is_kidney: bool = False
    instead: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """What one entry of a list of conditions means.

    Parameters
    ----------
    text
        As written.
    conditions
        Conditions found in it; empty where none is.
    allergens
        What an allergy is to.
    left, near
        Words that nobody knows, and names that look like them; both empty where all is understood.
    is_other
        Whether it was given as ``other: TEXT``.
    """

    text: str
    conditions: tuple[Condition, ...]
    allergens: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    is_other: bool = False


def conditions_of(person: Person) -> tuple[Condition, ...]:
    """Give all conditions of a person: what is written, and what age, sex and weight say."""
    found = [one for text in person.conditions for one in read_condition(text).conditions]
    found += [known_conditions()[name] for name in _own_conditions(person)]
    return tuple(dict.fromkeys(found))


@cache
def read_condition(text: str) -> Named:
    """Read one entry; every word of it belongs to a known name, or is left over."""
    other = other_text(text)
    named = _read(text if other is None else other)
    if other is None:
        return named
    near = looks_like(named.left, kidney_names())
    kidney = (known_conditions()[KIDNEY],) if near else ()
    conditions = tuple(dict.fromkeys([*named.conditions, *kidney]))
    return Named(other or text, conditions, named.allergens, is_other=True)


def allergens_of(person: Person) -> tuple[str, ...]:
    """Give what the allergies among the conditions are about: ``peanut allergy`` → ``peanut``."""
    words = [word for text in person.conditions for word in read_condition(text).allergens]
    return tuple(dict.fromkeys(words))


def check_allergies_named(person: Person) -> None:
    """Refuse an allergy that does not say to what: nothing could be left out for it.

    Raises
    ------
    ConfigError
        When there is one.
    """
    allergy = known_conditions()[ALLERGY]
    for named in map(read_condition, person.conditions):
        if allergy in named.conditions and not named.allergens:
            raise ConfigError(
                f"{named.text!r} does not say to what",
                where="conditions",
                remedy='write "peanut allergy", or leave it out and write --without peanut',
            )


def flags_instead(text: str) -> tuple[tuple[str, str], ...]:
    """Give the flags that say better what ``text`` says: (flag with its value, the value)."""
    flags = (one.instead for one in read_condition(text).conditions if one.instead)
    return tuple((flag, flag.rpartition(" ")[2]) for flag in flags)


@cache
def known_conditions() -> Mapping[str, Condition]:
    """Give every condition by its id."""
    settings = read_safety_settings("conditions")
    found = {row["id"]: _condition(row) for row in settings["condition"]}
    told = settings["told"]
    for name in told["names"]:
        spoken = name[:1].upper() + name[1:]
        found[name] = Condition(name, spoken, ask=told["ask"].format(name=spoken))
    return found


@cache
def known_phrases() -> Mapping[str, tuple[Condition, ...]]:
    """Give plain name → conditions that it means; the words of a rule's row mean that row."""
    found: dict[str, tuple[Condition, ...]] = {}
    for rule in read_safety_rules().values():
        row = Condition(rule.rule_id, rule.condition, rules=(rule.rule_id,))
        found[plain_words(rule.condition)] = (row,)
    for name, conditions in _named_by(known_conditions().values()).items():
        found[name] = conditions
    return found


@cache
def kidney_names() -> frozenset[str]:
    """Give the single words that name the kidneys."""
    kidney = [one for one in known_conditions().values() if one.is_kidney]
    words = {word for one in kidney for word in (*one.stems, *map(plain_words, one.also))}
    return frozenset(word for word in words if " " not in word)


def _named_by(conditions: Iterable[Condition]) -> dict[str, tuple[Condition, ...]]:
    found: dict[str, tuple[Condition, ...]] = {}
    for one in conditions:
        for name in {plain_words(name) for name in (one.name, one.condition_id, *one.also)}:
            found[name] = (*found.get(name, ()), one)
    return found


def _read(text: str) -> Named:
    figures = kidney_figures(text)
    whole = known_phrases().get(plain_words(text))
    if whole is not None and not figures.is_any:
        return Named(text, whole)
    words = read_words(figures.rest, known_phrases(), fillers_of("condition"))
    found = [one for phrase in words.phrases for one in phrase.meaning]
    left = list(words.left)
    for stem in _stems():
        hit = [word for word in left if word.startswith(stem.stems)]
        found += [stem] if hit else []
        left = [word for word in left if word not in hit]
    if any(one.is_kidney for one in found):
        left = [word for word in left if word not in _beside_kidneys()]
    allergy = known_conditions()[ALLERGY]
    if allergy in found or _ALLERGY_WORDS & set(left):
        found.append(allergy)
        return Named(text, _unique(found), tuple(_allergens(text)))
    if not found and not left:  # fillers alone say nothing
        left = plain_words(text).split() or [text]
    near = near_names(left, known_phrases())
    return Named(text, _unique(found), left=tuple(left), near=near)


def _allergens(text: str) -> Iterator[str]:
    """Give what an allergy is to, one by one: ``allergic to nuts and milk`` → nuts, milk."""
    silent = fillers_of("condition") | _ALLERGY_WORDS | _AROUND_ALLERGENS
    for part in _JOINED.split(text.casefold()):
        words = read_words(part, known_phrases(), silent)
        if words.left:
            yield " ".join(words.left)


@cache
def _stems() -> tuple[Condition, ...]:
    return tuple(one for one in known_conditions().values() if one.stems)


@cache
def _beside_kidneys() -> frozenset[str]:
    return frozenset(read_safety_settings("conditions")["kidney_words"]["fillers"])


def _unique(found: Iterable[Condition]) -> tuple[Condition, ...]:
    return tuple(dict.fromkeys(found))


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
        tuple(row.get("rules", ())),
        bool(row.get("kidney")),
        row.get("instead", ""),
        row.get("ask", ""),
    )
