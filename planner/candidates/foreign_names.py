"""Foods that are left out, as somebody names them in another language, in English words.

Nothing is guessed: a name that the table lacks stays as it is, so that it is looked up in English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from foods.embedded import read_embedded_foods
from foods.line_mass import usual_id
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import bare_words, find_meaning
from planner.errors import CandidatesError
from planner.safety.conditions import foreign_foods

Tell = Callable[[str], object]
_WITHOUT = "without"


def english_name(name: str, tell: Tell) -> str:
    """Return the English words for a foreign name, and tell how it was read; else the name."""
    plain = bare_words(name.casefold(), "-")
    english = foreign_foods().get(plain)
    if english is None or english == plain or _is_english(name):
        return name
    tell(f"{name}: read as {english}")
    return english


def in_english(given: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """Return wishes, by their flags, with English names of all that is left out.

    That is what everybody, an eater or guests leave out. How each was read is told.
    """
    changed = dict(given)
    if _WITHOUT in given:
        changed[_WITHOUT] = tuple(english_name(name, tell) for name in given[_WITHOUT])
    if "guests" in given:
        changed["guests"] = tuple(_without_in(guests, tell) for guests in given["guests"])
    if "eater" in given:
        changed["eater"] = tuple(_eater(eater, tell) for eater in given["eater"])
    return changed


def _without_in(table: Any, tell: Tell) -> Any:
    if not isinstance(table, Mapping) or not table.get(_WITHOUT):
        return table
    return {**table, _WITHOUT: [english_name(name, tell) for name in table[_WITHOUT]]}


def _eater(eater: Any, tell: Tell) -> Any:
    if not isinstance(eater, Mapping) or "preferences" not in eater:
        return eater
    return {**eater, "preferences": _without_in(eater["preferences"], tell)}


def _is_english(name: str) -> bool:
    """Whether English has a name, for what is planned or what diaries know: frankfurter."""
    try:
        find_meaning(name, read_embedded_foods(), read_embedded_dishes())
    except CandidatesError:
        return bool(usual_id(name))
    return True
