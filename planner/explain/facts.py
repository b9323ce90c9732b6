"""The register of facts: what sources say, who says otherwise, and what the program does about it.

Conflicts are shown, not settled in silence: facts that contradict one another name each other and
are printed side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated

from pydantic import BeforeValidator

from foods.name_reader import core_words
from foods.table import nearest_names
from planner.errors import ConfigError
from planner.settings import Figure, Parts, read_row, read_rows, read_settings

TOLD_ONLY = "told only"
KINDS = ("target", "bound", "warning", "note", TOLD_ONLY, "refused")

_FILE, _ABOUT = "facts.csv", "facts.toml"


@dataclass(frozen=True, slots=True)
class FactPlace:
    """Where a fact is found: a way of looking and what to look for, see ``configs/facts.toml``."""

    way: str
    arguments: tuple[str, ...]


def _places(cell: str) -> list[FactPlace]:
    told = (text.split("|") for text in cell.split(" & "))
    return [FactPlace(way, tuple(arguments)) for way, *arguments in told]


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of a source.

    Parameters
    ----------
    fact_id, topic, statement
        Id, topic, and the statement in our words.
    value_low, value_high, unit
        Its figures [``unit``]; ``None`` where it has none on that side.
    kind, does
        One of ``KINDS``, and what the program does about it.
    rule, places
        The rule that does it, and where that is found.
    against
        Ids of facts that say otherwise.
    disagreement, check
        What others say, and what we found when we looked.
    sources
        Ids of ``facts.toml``.
    """

    fact_id: str
    topic: str
    statement: str
    value_low: Figure
    value_high: Figure
    unit: str
    kind: str
    does: str
    rule: str
    places: Annotated[tuple[FactPlace, ...], BeforeValidator(_places)]
    against: Annotated[
        tuple[str, ...], BeforeValidator(lambda cell: cell.split(";") if cell else ())
    ]
    disagreement: str
    check: str
    sources: Parts


@cache
def read_facts() -> Mapping[str, Fact]:
    """Return every fact by its id, in the order of the ids."""
    return MappingProxyType({row["fact_id"]: read_row(Fact, row) for row in read_rows(_FILE)})


def topics() -> tuple[str, ...]:
    """Return the topics in the order in which they first occur."""
    return tuple(dict.fromkeys(fact.topic for fact in read_facts().values()))


def facts_on(topic: str | None) -> tuple[Fact, ...]:
    """Return the facts on a topic, or else those that hold all its words; all of them for ``None``.

    Where none holds all words, those on the thing itself, if it is a word that facts are found by:
    of leg cramps those on cramps, of blood pressure none.

    Raises
    ------
    ConfigError
        When there are none; offers the nearest topics.
    """
    every = tuple(read_facts().values())
    if topic is None:
        return every
    wanted = topic.strip().lower().replace("_", " ")
    wanted = read_settings(_ABOUT)["called"].get(wanted, wanted)
    found = tuple(fact for fact in every if fact.topic == wanted)
    found = found or tuple(fact for fact in every if _holds(fact, wanted))
    if not found and (thing := _thing_of(wanted)):
        found = tuple(fact for fact in every if _holds(fact, thing, r"s?\b"))
    if not found:
        near = nearest_names(wanted, topics()) or topics()
        remedy = "the nearest: {near}".format(near=", ".join(near))
        raise ConfigError(f"no facts on {topic!r}", "--topic", remedy)
    return found


def _thing_of(words: str) -> str:
    """Return what some words are about, if facts are found by it: cramp; else an empty text."""
    by = {topic.removesuffix("s") for topic in (*topics(), *read_settings(_ABOUT)["things"])}
    last = "".join(core_words(words)[-1:]).removesuffix("s")
    return last if last in by else ""


def _holds(fact: Fact, wanted: str, end: str = "") -> bool:
    """Whether each of some words, as one or many, begins a word of a fact, up to a pattern."""
    told = (fact.topic, fact.statement, fact.does, fact.disagreement, fact.check)
    text = " ".join(f"{part} {part}" for part in told if part).casefold()
    words = [word.removesuffix("s") or word for word in wanted.casefold().split()]
    return bool(words) and all(re.search(rf"\b{re.escape(word)}{end}", text) for word in words)


def conflicts_in(facts: Iterable[Fact]) -> tuple[tuple[Fact, Fact], ...]:
    """Return pairs of facts that contradict one another, each pair once, by id."""
    known = read_facts()
    pairs = {tuple(sorted((fact.fact_id, other_id))) for fact in facts for other_id in fact.against}
    return tuple((known[fact_id], known[other]) for fact_id, other in sorted(pairs))


def cite_source(source_id: str) -> str:
    """Return a source by title and publisher."""
    about = read_settings(_ABOUT)["sources"][source_id]
    return f"“{about['title']}”, {about['publisher']} ({about['year']})"


def place_text(place: FactPlace) -> str:
    """Describe in words where a place is."""
    return _PLACE_WORDS[place.way].format(*place.arguments)


_PLACE_WORDS = {
    "lesson": "here",
    "setting": "configs/{0}, {1} = {2}",
    "words": "configs/{0}, {1}",
    "row": "configs/{0}, {1}: {2} = {3}",
    "target": "magplan targets for {0}: {1}, {2}, {3}, {4} {5}",
    "note": "a note of magplan targets for {0}",
    "silent": "configs/standards/{0}.csv has no {2} of {1} at {3}",
    "never": "no band of {0} has {1}",
    "without": "configs/{0} does not name {1}",
    "food": "magplan foods show {0}: {1} {2}",
    "figure": "magplan foods show {0}: {1} {2}",
    "compound": "magplan supplements show {0}: {1} {2}",
    "option": "magplan {0} {1}",
    "page": "the printed week: {0}",
    "page_with": "the printed week with {0}: {1}",
    "answer": "magplan safety {0}: {1}",
}
