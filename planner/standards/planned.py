"""Every nutrient of a standard is planned for, or said not to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from foods.errors import raise_collected
from foods.nutrient import NUTRIENTS_FILE, known_nutrients
from planner.errors import ConfigError
from planner.settings import read_settings

_FILE = "configs/targets.toml"


@cache
def check_planned() -> None:
    """See that no recommended intake is dropped in silence.

    Raises
    ------
    ConfigError
        Once, with every nutrient that ``configs/targets.toml`` names in one place only.
    """
    raise_collected(ConfigError, planned_faults(read_settings("targets.toml")), _FILE)


def planned_faults(settings: Mapping[str, Any]) -> Iterator[str]:
    """Yield which nutrients lack a row, place or name in ``settings``, each with what to add."""
    tables = (*settings["key_by_unit"].values(), *settings["key_by_basis"].values())
    keys = {key for table in (settings["key"], *tables) for key in table.values()}
    floors = [key for rule in settings["floors"] for key in rule["nutrients"]]
    places = Counter([*floors, *settings["not_planned"]])
    for key in sorted(keys - set(known_nutrients())):
        yield f"[key] names {key!r}, which has no row in {NUTRIENTS_FILE}"
    for key in sorted(keys - set(places)):
        yield f"{key} has no place: list it in [[floors]], or say in [not_planned] why it has none"
    for key in sorted(set(floors) - keys):
        yield f"{key} has a place, but [key] has no line for it"
    for key in sorted(key for key, count in places.items() if count > 1):
        yield f"{key} stands {places[key]} times in [[floors]] and [not_planned]"
