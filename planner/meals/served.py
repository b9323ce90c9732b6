"""How a main dish is served: what stands on the plate beside it."""

from __future__ import annotations

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


PARTNERS = ("starch", "vegetable")
ALONE = Way(MappingProxyType(dict.fromkeys(PARTNERS, frozenset())), frozenset())


def partner_places(place: str) -> tuple[str, ...]:
    """Give the places of what is served with a main dish; none for what is no main dish."""
    slot, _, name = place.partition(".")
    return tuple(f"{slot}.{one}" for one in PARTNERS) if name == "main" else ()


@cache
def served_ways() -> Mapping[str, Way]:
    """Give the ways of ``configs/meals/served.toml`` by name."""
    rows = read_settings(_FILE)["ways"].items()
    return MappingProxyType(
        {
            name: Way(
                MappingProxyType({one: frozenset(row[one]) for one in PARTNERS}),
                frozenset(one for one in PARTNERS if row[f"needs_{one}"]),
            )
            for name, row in rows
        }
    )


def side_words() -> tuple[str, ...]:
    """Name what a vegetable, salad or soup beside a main dish may be."""
    return tuple(word for word in read_settings(_FILE)["sides"] if word != "source")


def words_of_form(form: str) -> frozenset[str]:
    """Give the words of what is a pot, or fresh."""
    return frozenset(read_settings(_FILE)["forms"][form])


def derived_side(role: str) -> str:
    """Say what a side is that does not say so itself, by its role."""
    return str(read_settings(_FILE)["derived"]["side"][role])


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
