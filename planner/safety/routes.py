"""By what route a medicine is usually taken, and with food or without.

Rows of ``configs/safety/taken.csv``, by brand before ingredient, and the words that were typed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from planner.safety.dosage import Dosage, is_usually_weekly
from planner.safety.phrases import plain_words
from planner.safety.read import read_safety_settings, safety_rows_by
from planner.safety.sentences import say


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
    """Give the class that words such as "on an empty stomach" add to those of a medicine."""
    table, held = read_safety_settings("schedule")["food"], set(classes)
    for rule in (table[one] for one in food if len(food) == 1):
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
