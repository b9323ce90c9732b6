"""What a kitchen has: the oven, the stove and the like, and what a person calls them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from foods.table import plain_key
from planner.errors import ConfigError
from planner.faults import fault
from planner.settings import read_settings

KITCHEN, FREEZER, CHILLED = "meals/kitchen.toml", "freezer", "chilled food"
_AND = re.compile(r",|\band\b")


def known_equipment() -> tuple[str, ...]:
    """Name all that a kitchen may have."""
    return tuple(read_settings(KITCHEN)["equipment"])


def equipment_in(name: str) -> frozenset[str]:
    """Return what is gone with a name or a list of names; empty where one of them means none.

    Examples: ``"oven, hob"``, ``"oven; with air fryer"``. What is rare is gone, too, but for what
    is there.
    """
    lacking, _, there = name.partition(_but_with())
    found = _named_in(lacking)
    return found | (rare_equipment() - _named_in(there)) if found else found


def _but_with() -> str:
    return str(read_settings(KITCHEN)["but_with"])


def cooks_all_day(name: str) -> bool:
    """Whether a name means what is filled in the morning: a slow cooker."""
    rows = read_settings(KITCHEN)["own_ways"]
    return any(rows.get(device, {}).get("hours") for device in _named_in(name))


def rare_equipment() -> frozenset[str]:
    """Name what a kitchen has only where somebody says so."""
    return frozenset(read_settings(KITCHEN)["rare"])


def _named_in(text: str) -> frozenset[str]:
    parts = [_called().get(plain_key(part)) for part in _AND.split(text)]
    return frozenset(part for part in parts if part) if all(parts) else frozenset()


def read_equipment(text: str) -> str:
    """Read one thing that a kitchen has.

    Raises
    ------
    ConfigError
        When no recipe knows it; names what they know, and what is known of it.
    """
    found, names = _named_in(text), ", ".join(known_equipment())
    if len(found) > 1:
        raise fault(ConfigError, "equipment_each", name=text, names=", ".join(sorted(found)))
    refuse_not_known(text)
    if lacking := _lacking(text):
        raise fault(ConfigError, "kitchen_lacks", name=text, thing=lacking)
    if not found:
        raise fault(ConfigError, "no_equipment", name=text, names=names)
    return next(iter(found))


def _lacking(text: str) -> str:
    """Name what a text says is not there: ``"no oven"``; empty where it says no such thing."""
    word, _, thing = text.strip().partition(" ")
    found = _named_in(thing)
    is_said = word.casefold() in read_settings(KITCHEN)["lacking"]
    return ", ".join(sorted(found)) if is_said else ""


def names_freezer(text: str) -> bool:
    """Whether a text names the freezer, in whichever words."""
    return _not_known(text) == FREEZER


def names_chilled(text: str) -> bool:
    """Whether a text names what must be kept cold, in whichever words."""
    row = read_settings("diets/names.toml")["names"][CHILLED]
    return plain_key(text) in map(plain_key, (CHILLED, *row["also"]))


def names_instead(text: str) -> tuple[str, ...]:
    """Return the names left out where a kitchen lacks such a thing, or else the text itself."""
    row = read_settings(KITCHEN)["not_known"].get(_not_known(text), {})
    return tuple(row.get("without", (text,)))


def refuse_not_known(text: str) -> None:
    """Refuse what a kitchen has or lacks and plans do not go by, and say what can be done.

    Raises
    ------
    ConfigError
        When it is such a thing.
    """
    if found := _not_known(text.partition("=")[0]):
        raise ConfigError(read_settings(KITCHEN)["not_known"][found]["text"])


def _not_known(text: str) -> str:
    rows, key = read_settings(KITCHEN)["not_known"].items(), plain_key(text.strip())
    return next((one for one, row in rows if key in map(plain_key, (one, *row["also"]))), "")


def missing_equipment(without: Iterable[str], kitchen: Iterable[str]) -> str:
    """Name what a kitchen lacks, as one name: ``"oven, stove"``; empty where it lacks nothing.

    Parameters
    ----------
    without
        Names that are left out; those that are no equipment do not count.
    kitchen
        All that there is; empty: nothing is said.
    """
    there, rare = frozenset(kitchen), rare_equipment()
    gone = frozenset[str]().union(*map(equipment_in, without))
    usual = [device for device in known_equipment() if device not in rare]
    lacks = [device for device in usual if device in gone or (there and device not in there)]
    with_it = f"{_but_with()}{', '.join(sorted(rare & there))}" if lacks and rare & there else ""
    return ", ".join(lacks) + with_it


@cache
def _called() -> Mapping[str, str]:
    rows = read_settings(KITCHEN)["equipment"].items()
    return {plain_key(word): name for name, also in rows for word in (name, *also)}
