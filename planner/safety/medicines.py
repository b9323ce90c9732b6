"""Which rows of ``configs/safety/interactions.csv`` a medicine belongs to, by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from foods.table import nearest_names
from planner.safety.dosage import Dosage, read_dosage
from planner.safety.phrases import holds_phrase, plain_words
from planner.safety.read import cite_safety_sources, read_safety_rows

DEFAULT_INTERACTION = "D45"

_PARTED = ";"
_LIST = re.compile(r"[,;]")
_VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Interaction:
    """How a class of medicines and magnesium, or food, get into each other's way.

    Parameters
    ----------
    interaction_id, drug_class
        Id and name of the class.
    names
        Names that mean it; ``*`` stands for the beginning or the end of a word.
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
    """

    interaction_id: str
    drug_class: str
    names: tuple[str, ...]
    hours_before_mg: float | None
    hours_after_mg: float | None
    advice: tuple[str, ...]
    severity: str
    applies_to: tuple[str, ...]
    text: str
    source: str
    confidence: str
    hours_confidence: str

    @property
    def told(self) -> str:
        """What to tell a person, with how sure the hours are where they are not verified."""
        if self.hours_confidence in ("", _VERIFIED):
            return self.text
        return f"{self.text} The hours: {self.hours_confidence}."

    @property
    def is_default(self) -> bool:
        """Whether this is what holds for medicines that no row names."""
        return self.interaction_id == DEFAULT_INTERACTION


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine as written, with the interactions that hold for it.

    Parameters
    ----------
    name
        As written.
    interactions
        At least one: the default where no row names it.
    near
        Known names that are near, where no row names it.
    doses_per_day
        How often it is taken on a day.
    is_count_given, is_weekly
        Whether somebody said how often, and whether that was on some days of the week alone.
    """

    name: str
    interactions: tuple[Interaction, ...]
    near: tuple[str, ...] = ()
    doses_per_day: int = 1
    is_count_given: bool = False
    is_weekly: bool = False

    @property
    def is_known(self) -> bool:
        """Whether a row names it."""
        return not self.interactions[0].is_default


def read_medicines(names: Iterable[str]) -> tuple[Medicine, ...]:
    """Give the medicines meant by ``names``; none is ever dropped.

    Parameters
    ----------
    names
        Medicines as written, with how often they are taken: ``"ciprofloxacin:2"``. Of one that is
        named twice, the more doses hold.

    Raises
    ------
    ConfigError
        When what stands behind a colon is no number of doses.
    """
    found: dict[str, Dosage] = {}
    for dosage in map(read_dosage, _each(names)):
        key = plain_words(dosage.name)
        found[key] = max(dosage, found.get(key, dosage), key=_often)
    return tuple(_taken(one) for one in found.values())


@cache
def known_interactions() -> Mapping[str, Interaction]:
    """Give every interaction by its id."""
    rows = read_safety_rows("interactions")
    return {row["interaction_id"]: _interaction(row) for row in rows}


def _each(names: Iterable[str]) -> Iterator[str]:
    """Give the medicines of a list such as ``"levothyroxine, warfarin"`` one by one."""
    for text in names:
        parts = [part.strip() for part in _LIST.split(text)]
        yield from [part for part in parts if part] or [text]


def _often(dosage: Dosage) -> tuple[int, bool]:
    return dosage.per_day, dosage.is_given


def _taken(dosage: Dosage) -> Medicine:
    return replace(
        _read_medicine(dosage.name),
        doses_per_day=dosage.per_day,
        is_count_given=dosage.is_given,
        is_weekly=dosage.is_weekly,
    )


@cache
def _read_medicine(name: str) -> Medicine:
    text = plain_words(name)
    found = tuple(one for one in known_interactions().values() if holds_phrase(text, one.names))
    if found:
        return Medicine(name, found)
    names = [word for one in known_interactions().values() for word in one.names]
    near = nearest_names(name, [word for word in names if "*" not in word])
    return Medicine(name, (known_interactions()[DEFAULT_INTERACTION],), tuple(near))


def _interaction(row: Mapping[str, str]) -> Interaction:
    names = (row["drug_class"], *row["examples"].split(_PARTED), *row["also"].split(_PARTED))
    return Interaction(
        row["interaction_id"],
        row["drug_class"],
        tuple(name for name in names if name),
        _hours(row["hours_before_mg"]),
        _hours(row["hours_after_mg"]),
        tuple(row["advice"].split(_PARTED)),
        row["severity"],
        tuple(row["applies_to"].split(_PARTED)),
        row["text"],
        cite_safety_sources(tuple(row["source"].split(_PARTED))),
        row["confidence"],
        row["hours_confidence"],
    )


def _hours(text: str) -> float | None:
    return float(text) if text else None
