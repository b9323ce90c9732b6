"""How a main dish is served: what stands on the plate beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from planner.settings import read_settings

NEVER, MAY, NEEDS = "never", "may", "needs"
_FILE = "meals/served.toml"


@dataclass(frozen=True, slots=True)
class Way:
    """What stands beside a main dish.

    Parameters
    ----------
    starch
        Families of which one may stand beside it.
    needs_starch
        Whether one of them does.
    vegetable
        Whether a written vegetable side or salad stands beside it: ``NEVER``, ``MAY`` or ``NEEDS``.
    """

    starch: frozenset[str]
    needs_starch: bool
    vegetable: str


@cache
def served_ways() -> Mapping[str, Way]:
    """Give the ways of ``configs/meals/served.toml`` by name."""
    rows = read_settings(_FILE)["ways"].items()
    return MappingProxyType(
        {
            name: Way(frozenset(row["starch"]), row["needs_starch"], row["vegetable"])
            for name, row in rows
        }
    )


def bread_family(base: str) -> str:
    """Say what a bread is as a partner: a roll, a flatbread, or a slice of ``"bread"``."""
    families: Mapping[str, list[str]] = read_settings(_FILE)["breads"]
    return next((family for family in ("roll", "flatbread") if base in families[family]), "bread")


def derived_way(tags: Collection[str], starch: str, vegetables_g: float) -> str:
    """Say how a dish is served that does not say so itself.

    Parameters
    ----------
    tags, starch
        As in its file.
    vegetables_g
        Non-starchy vegetables in a serving [g].
    """
    for tag in ("soup", "salad", "handheld"):
        if tag in tags:
            return tag
    has_vegetables = vegetables_g >= read_settings(_FILE)["derived"]["vegetables_g"]
    if starch == "none":
        return "stew" if has_vegetables else "centre"
    return "complete" if has_vegetables else "one_dish"
