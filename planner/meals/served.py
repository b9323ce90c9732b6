"""How a main dish is served: what stands on the plate beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from planner.settings import read_settings

_FILE = "meals/served.toml"


@dataclass(frozen=True, slots=True)
class Way:
    """What stands beside a main dish.

    Parameters
    ----------
    takes
        Place beside it (``"starch"``, ``"vegetable"``) → words of what may stand there.
    needs
        Those of these places on which something does.
    """

    takes: Mapping[str, frozenset[str]]
    needs: frozenset[str]


FORMS = ("soup", "salad", "handheld")  # tags that say how a main dish is served
PARTNERS = ("starch", "vegetable")
ALONE = Way(MappingProxyType(dict.fromkeys(PARTNERS, frozenset())), frozenset())


@cache
def served_ways() -> Mapping[str, Way]:
    """Return the ways of ``configs/meals/served.toml`` by name."""
    rows = read_settings(_FILE)["ways"].items()
    return MappingProxyType(
        {
            name: Way(
                MappingProxyType({partner: frozenset(row[partner]) for partner in PARTNERS}),
                frozenset(partner for partner in PARTNERS if row[f"needs_{partner}"]),
            )
            for name, row in rows
        }
    )


def side_words() -> tuple[str, ...]:
    """Name what a vegetable, salad or soup beside a main dish may be."""
    return tuple(word for word in read_settings(_FILE)["sides"] if word != "source")


def derived_side(role: str) -> str:
    """Describe what a side is that does not say so itself, by its role."""
    return str(read_settings(_FILE)["derived"]["side"][role])


def bread_family(base: str) -> str:
    """Describe what a bread is as a partner: a roll, a flatbread, or a slice of ``"bread"``."""
    families: Mapping[str, list[str]] = read_settings(_FILE)["breads"]
    return next((family for family in ("roll", "flatbread") if base in families[family]), "bread")


@cache
def starch_families() -> Mapping[str, str]:
    """Return each base of a food that is one starch to an eater with others → that starch."""
    families = read_settings("meals/rules.toml")["starch_families"].items()
    return MappingProxyType(
        {base: name for name, row in families if isinstance(row, list) for base in row}
    )


def own_way(name: str, steps: str, food_ids: Collection[str], starch: str, protein: str) -> str:
    """Describe how a dish of one's own is served by words and ingredients; empty: they do not say.

    Parameters
    ----------
    name, steps
        What it is called, and how it is made.
    food_ids
        What is in it.
    starch, protein
        The families that lead; ``"none"`` without one.
    """
    rows = read_settings(_FILE)["derived"]["own"]
    is_bare = starch == "none"
    head = name.lower().split(" with ")[0]
    said = {
        way: max((match.end() for word in words for match in _word(word).finditer(head)), default=0)
        for way, words in rows["name"].items()
        if is_bare or way in rows["form"]
    }
    named = max(said, key=lambda way: said[way])
    if said[named] or not is_bare:
        return named if said[named] else ""
    told = [
        *(way for way, foods in rows["foods"].items() if not set(foods).isdisjoint(food_ids)),
        *(
            way
            for way, words in rows["steps"].items()
            if any(_word(word).search(steps.lower()) for word in words)
        ),
    ]
    return told[0] if told else str(rows["proteins"].get(protein, ""))


def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}\b")


def way_text(way: str) -> str:
    """Describe what a way of serving a main dish is, in a sentence."""
    return str(read_settings(_FILE)["ways"][way]["text"])


def derived_way(tags: Collection[str], starch: str, vegetables_g: float) -> str:
    """Describe how a dish is served that does not say so itself.

    Parameters
    ----------
    tags, starch
        As in its file.
    vegetables_g
        Non-starchy vegetables in a serving [g].
    """
    for tag in FORMS:
        if tag in tags:
            return tag
    has_vegetables = vegetables_g >= read_settings(_FILE)["derived"]["vegetables_g"]
    if starch == "none":
        return "stew" if has_vegetables else "centre"
    return "complete" if has_vegetables else "one_dish"
