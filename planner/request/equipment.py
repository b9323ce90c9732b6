"""What a kitchen has: the oven, the stove and the like, and what a person calls them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from foods.table import plain_key
from planner.errors import ConfigError
from planner.language.faults import fault
from planner.language.spoken import said
from planner.settings import read_settings

KITCHEN = "meals/kitchen.toml"
_AND = re.compile(r",|\band\b")


def known_equipment() -> tuple[str, ...]:
    """Name all that a kitchen may have."""
    return tuple(read_settings(KITCHEN)["equipment"])


def equipment_in(name: str) -> frozenset[str]:
    """Give what a name or a list of names means, ``"oven, hob"``; empty where one means none."""
    parts = [_called().get(plain_key(part)) for part in _AND.split(name)]
    return frozenset(one for one in parts if one) if all(parts) else frozenset()


def read_equipment(text: str) -> str:
    """Read one thing that a kitchen has.

    Raises
    ------
    ConfigError
        When no recipe knows it; names what they know, and what is known of it.
    """
    found, names = equipment_in(text), ", ".join(known_equipment())
    if len(found) > 1:
        raise fault(ConfigError, "equipment_each", name=text, names=", ".join(sorted(found)))
    for word, row in read_settings(KITCHEN)["not_known"].items():
        if plain_key(text) in map(plain_key, (word, *row["also"])):
            raise ConfigError(said(row["text"]))
    if not found:
        raise fault(ConfigError, "no_equipment", name=text, names=names)
    return next(iter(found))


def missing_equipment(without: Iterable[str], kitchen: Iterable[str]) -> str:
    """Name what a kitchen lacks, as one name: ``"oven, stove"``; empty where it lacks nothing.

    Parameters
    ----------
    without
        Names that are left out; those that are no equipment do not count.
    kitchen
        All that there is; empty: nothing is said.
    """
    there = frozenset(kitchen)
    gone = frozenset[str]().union(*map(equipment_in, without))
    lacks = [one for one in known_equipment() if one in gone or (there and one not in there)]
    return ", ".join(lacks)


@cache
def _called() -> Mapping[str, str]:
    rows = read_settings(KITCHEN)["equipment"].items()
    return {plain_key(word): name for name, also in rows for word in (name, *also)}
