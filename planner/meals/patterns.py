"""Meal patterns: which places a day has, what may stand on them, and how energy is split.

Shipped ones stand in ``configs/meals/patterns``; one's own is a file of the same form. Three roles
of places mean something to rules of meals: ``starch`` and ``vegetable`` stand beside a ``main``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from foods.embedded import data_settings
from foods.errors import UserFacingError, raise_collected
from foods.own_file import parse_own_toml, read_own_text
from foods.table import nearest_names
from planner.errors import ConfigError
from planner.settings import names_in, read_settings, read_text

DEFAULT_PATTERN = "three_meals_two_snacks"
SLOTS = ("breakfast", "lunch", "dinner", "snack")
DISH_WORDS = (
    "breakfast", "main", "snack", "dessert", "side.vegetable", "side.salad", "side.soup",
    "side.starch",
)  # fmt: skip
TAGS = (
    "no_cook", "batch", "freezable", "lunchbox", "weekend", "spicy", "one_pot", "soup", "salad",
    "handheld", "soft", "kids", "raw_egg", "raw_fish", "sweet", "a_little_hot", "under_5",
    "air_fryer", "slow_cooker",
)  # fmt: skip
_TEXTS = ("name", "sentence")
_LISTS = ("kitchens", "tags", "without_tags")
_KEYS = frozenset(
    {*_TEXTS, *_LISTS, "energy", "leftover", "note", "hours", "drinks", "dry", "place"}
)
_LIKE, _WITHOUT = "like", "without_places"  # of a pattern that says what differs from another
_OWN = ("name", "sentence", "note", "dry")  # what a pattern does not take from that one
_PLACE_LISTS = ("dishes", "foods", "groups", "meals", "bases")
_PLACE_KEYS = frozenset({"id", "slot", "required", *_PLACE_LISTS})
_LEFTOVER_KEYS = ("place", "cooked_on")
_ROUNDING = 1e-9  # of a sum of shares


@dataclass(frozen=True, slots=True)
class Place:
    """A place at the table that takes at most one thing.

    Parameters
    ----------
    place_id
        ``slot.role``, such as ``"dinner.main"``.
    slot
        Meal of the day.
    required
        Whether it takes exactly one.
    dishes
        Kinds of dishes that may stand on it; for sides ``side.ROLE``.
    foods
        Roles of single foods that may stand on it.
    groups
        Groups that single foods are narrowed to; empty: all.
    meals
        Meals whose dishes may stand on it; empty: those of its own meal.
    bases
        Bases that single foods are narrowed to, such as ``date``; empty: all.
    """

    place_id: str
    slot: str
    required: bool
    dishes: tuple[str, ...]
    foods: tuple[str, ...]
    groups: tuple[str, ...]
    meals: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()

    def takes(self, slots: Sequence[str]) -> bool:
        """Whether a dish that fits the meals ``slots`` may stand here."""
        return bool(set(slots) & set(self.meals or (self.slot,)))


@dataclass(frozen=True, slots=True)
class Pattern:
    """How the meals of a day are built.

    Parameters
    ----------
    pattern_id
        Name of a shipped pattern, or the path of an own one.
    name, sentence
        What it is called, and what it is, for people.
    places
        The places of a day, in the order of the day.
    energy
        Meal → least and most share of the day's energy [0–1].
    kitchens
        Sets of kitchens of ``rules.toml`` that it prefers; empty: all alike.
    tags, without_tags
        Tags of dishes that it prefers, and would rather not have; empty: none.
    leftover
        Places of a meal cooked double and of its second meal; empty: as in ``rules.toml``.
    note
        What is said of every plan of it; empty: nothing.
    hours, drinks
        Meal → its hour, where nobody says another, and what is drunk with it; empty: as usual.
    is_dry
        Whether nothing is drunk between sunrise and sunset.
    """

    pattern_id: str
    name: str
    sentence: str
    places: tuple[Place, ...]
    energy: Mapping[str, tuple[float, float]]
    kitchens: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    without_tags: frozenset[str] = frozenset()
    leftover: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    hours: Mapping[str, float] = field(default_factory=dict)
    drinks: Mapping[str, str] = field(default_factory=dict)
    is_dry: bool = False


@cache
def pattern_ids() -> tuple[str, ...]:
    """Name the shipped patterns, the default one first."""
    names = names_in("meals/patterns", ".toml")
    return (DEFAULT_PATTERN, *(name for name in names if name != DEFAULT_PATTERN))


def read_pattern_id(text: str) -> str:
    """Return the name of a shipped pattern, or the path of an own one, as it was written.

    Raises
    ------
    ConfigError
        When it is neither; offers the nearest name.
    """
    name = text.strip()
    if name.lower().endswith(".toml"):
        return name
    if (key := name.lower().replace(" ", "_")) in pattern_ids():
        return key
    near = nearest_names(name, pattern_ids(), count=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise ConfigError(
        f"no meal pattern is called {name!r}",
        remedy="{hint}use one of {known}, or the path of a .toml of your own".format(
            hint=hint, known=", ".join(pattern_ids())
        ),
    )


def read_pattern(pattern_id: str = DEFAULT_PATTERN) -> Pattern:
    """Read a shipped pattern by its name, or an own one by its path.

    Raises
    ------
    ConfigError
        When there is no such pattern, or its file has faults; all faults in one error.
    """
    name = read_pattern_id(pattern_id)
    if name in pattern_ids():
        return _read_shipped(name)
    return parse_pattern(read_own_text(name, "pattern", ConfigError), name)


def pattern_at_hand(pattern_id: str) -> Pattern:
    """Return a pattern; where it is an own one that cannot be read, one that says nothing."""
    with suppress(UserFacingError):
        return read_pattern(pattern_id)
    return Pattern(pattern_id, "", "", (), dict.fromkeys(SLOTS, (0.0, 1.0)))


def snack_places(pattern_id: str) -> tuple[str, ...]:
    """Name the places of a pattern's snacks, in their order."""
    places = read_pattern(pattern_id).places
    return tuple(place.place_id for place in places if place.slot == SLOTS[-1])


def parse_pattern(text: str, where: str) -> Pattern:
    """Read a pattern from TOML; ``where`` names it in messages and is its id.

    Raises
    ------
    ConfigError
        With all faults of the text.
    """
    table = _whole(parse_own_toml(text, where, error=ConfigError), where)
    unknown = sorted(set(table) - _KEYS)
    faults: list[str] = [f"unknown key {key!r}" for key in unknown]
    faults += _text_faults(table) + _word_faults(table) + _meal_faults(table)
    places = table.get("place")
    if isinstance(places, list) and places and all(isinstance(place, dict) for place in places):
        faults += _place_faults(places) or [*_table_faults(table, places)]
    else:
        faults.append("places stand under [[place]], and there is none")
    raise_collected(ConfigError, faults, where)
    return _pattern_of(where, table)


@cache
def _read_shipped(name: str) -> Pattern:
    return parse_pattern(read_text(f"meals/patterns/{name}.toml"), name)


def _whole(own: dict[str, Any], where: str) -> dict[str, Any]:
    """Lay what a pattern says over the shipped one that it is like; its texts are its own."""
    if (like := own.pop(_LIKE, None)) is None:
        return own
    raise_collected(ConfigError, _unknown(_LIKE, [like], pattern_ids()), where)
    base = _whole(parse_own_toml(read_text(f"meals/patterns/{like}.toml"), like), like)
    laid = {key: value for key, value in base.items() if key not in _OWN}
    places = {row["id"]: row for row in base["place"]}
    rows, mine = own.get("place", []), own.get("energy", {})
    without = own.pop(_WITHOUT, [])
    raise_collected(ConfigError, _unknown(_WITHOUT, without, list(places)), where)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in (*rows, mine)):
        return laid | own  # and is told as a fault
    places |= {str(row.get("id")): row for row in rows}
    kept = [row for name, row in places.items() if name not in without]
    slots = {row.get("slot") for row in kept}
    energy = {slot: base["energy"][slot] for slot in base["energy"] if slot in slots}
    return laid | own | {"place": kept, "energy": energy | mine}


def _text_faults(table: Mapping[str, Any]) -> list[str]:
    faults: list[str] = [
        f"{key} must be a text that says what the pattern is"
        for key in _TEXTS
        if not isinstance(table.get(key), str) or not table[key].strip()
    ]
    if type(table.get("dry", False)) is not bool:
        faults.append("dry must be true or false")
    if not isinstance(table.get("note", ""), str):
        faults.append("note must be text")
    return faults


def _meal_faults(table: Mapping[str, Any]) -> list[str]:
    """Describe what is wrong with the hours of meals, and with what is drunk with them."""
    kinds = {"hours": (int, float), "drinks": (str,)}
    return [
        f"[{key}] must give meals of the pattern, each its hour or drink"
        for key, kind in kinds.items()
        if not isinstance(own := table.get(key, {}), dict)
        or not all(key.split()[0] in SLOTS and type(value) in kind for key, value in own.items())
    ]


def _word_faults(table: Mapping[str, Any]) -> list[str]:
    known = {"kitchens": _kitchens(), "tags": TAGS, "without_tags": TAGS}
    return [fault for key in _LISTS for fault in _unknown(key, table.get(key, []), known[key])]


def _place_faults(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Describe what is wrong with single places, and which of them a day lacks."""
    faults: list[str] = []
    ids = [row.get("id") for row in rows]
    for number, row in enumerate(rows, start=1):
        place_id = row.get("id")
        where = f"place {place_id if isinstance(place_id, str) else number}"
        faults += [f"{where}: {fault}" for fault in _faults_of_place(row)]
        if (count := ids.count(place_id)) > 1 and ids.index(place_id) == number - 1:
            faults.append(": ".join((where, f"stands there {count} times")))
    for slot in ("breakfast", "lunch", "dinner"):
        mains = [row for row in rows if row.get("id") == f"{slot}.main"]
        if any(row.get("slot") == slot for row in rows) and not (
            mains and mains[0].get("required") is True
        ):
            faults.append(f"{slot} needs a place {slot}.main with required = true")
    return faults


def _faults_of_place(row: Mapping[str, Any]) -> list[str]:
    unknown = sorted(set(row) - _PLACE_KEYS)
    faults: list[str] = [f"unknown key {key!r}" for key in unknown]
    slot, place_id = row.get("slot"), row.get("id")
    if slot not in SLOTS:
        faults.append(not_one_of("slot", slot, SLOTS))
    elif not isinstance(place_id, str) or not _is_id(place_id, str(slot)):
        faults.append(f"id {place_id!r} must be {slot}. and one more word of a–z, 0–9 and _")
    if not isinstance(row.get("required", False), bool):
        faults.append("required must be true or false")
    if not row.get("dishes") and not row.get("foods"):
        faults.append("takes neither dishes nor foods")
    vocabulary = data_settings("vocabulary.toml")
    known = (DISH_WORDS, vocabulary["roles"], vocabulary["group"], SLOTS)
    for key, words in zip(_PLACE_LISTS, known, strict=False):  # bases are any
        faults += _unknown(key, row.get(key, []), words)
    if not isinstance(row.get("bases", []), list):
        faults.append("{key} must be a list of texts".format(key="bases"))
    return faults


def _is_id(place_id: str, slot: str) -> bool:
    role = place_id.removeprefix(f"{slot}.")
    return role != place_id and role.isascii() and role.isidentifier() and role == role.lower()


def _table_faults(table: Mapping[str, Any], places: Sequence[Mapping[str, Any]]) -> list[str]:
    """Describe what is wrong with the split of energy and the places of leftovers."""
    slots = list(dict.fromkeys(row["slot"] for row in places))
    faults = _energy_faults(table.get("energy"), slots)
    leftover = table.get("leftover", {})
    if not isinstance(leftover, dict) or (leftover and set(leftover) != set(_LEFTOVER_KEYS)):
        return [*faults, "[leftover] needs place and cooked_on, and nothing else"]
    ids = [row["id"] for row in places]
    return faults + [
        f"[leftover] {key}: no place is called {name!r}"
        for key, name in leftover.items()
        if name not in ids
    ]


def _energy_faults(energy: Any, slots: Sequence[str]) -> list[str]:
    if not isinstance(energy, dict):
        return ["[energy] must give each meal its least and most share of the day's energy"]
    faults: list[str] = [
        ": ".join((f"[energy] {slot}", "is no meal of the pattern"))
        for slot in energy
        if slot not in slots
    ]
    faults += [
        ": ".join((f"[energy] {slot}", "write the least and the most share, such as [0.2, 0.4]"))
        for slot in slots
        if not _is_band(energy.get(slot))
    ]
    if faults:
        return faults
    least, most = (sum(energy[slot][side] for slot in slots) for side in (0, 1))
    if least > 1 + _ROUNDING or most < 1 - _ROUNDING:
        faults.append(
            f"[energy] the least shares add up to {least:.2f} and the most to {most:.2f}: "
            "1 must lie between them"
        )
    return faults


def _is_band(band: Any) -> bool:
    is_pair = isinstance(band, list) and [type(one) in (int, float) for one in band] == [True] * 2
    return is_pair and 0 <= band[0] <= band[1] <= 1


def _unknown(key: str, words: Any, known: Sequence[str]) -> list[str]:
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        return [f"{key} must be a list of texts"]
    return [not_one_of(f"{key}:", word, known) for word in words if word not in known]


def not_one_of(key: str, value: object, known: Iterable[str]) -> str:
    """Return the message that the value of a key in a file is none of the known ones."""
    words = ", ".join(known)
    return f"{key} {value!r} is not one of {words}"


@cache
def _kitchens() -> tuple[str, ...]:
    cuisine = read_settings("meals/rules.toml")["cuisine"]
    return tuple(name for name, row in cuisine.items() if type(row) is list)


def _pattern_of(pattern_id: str, table: Mapping[str, Any]) -> Pattern:
    return Pattern(
        pattern_id=pattern_id,
        name=table["name"],
        sentence=table["sentence"],
        places=tuple(place_of(row) for row in table["place"]),
        energy=MappingProxyType(
            {slot: (low, high) for slot, (low, high) in table["energy"].items()}
        ),
        kitchens=frozenset(table.get("kitchens", ())),
        tags=frozenset(table.get("tags", ())),
        without_tags=frozenset(table.get("without_tags", ())),
        leftover=MappingProxyType(table.get("leftover", {})),
        note=table.get("note", ""),
        hours=MappingProxyType(table.get("hours", {})),
        drinks=MappingProxyType(table.get("drinks", {})),
        is_dry=table.get("dry", False) is True,
    )


def place_of(row: Mapping[str, Any]) -> Place:
    """Return the place that a ``[[place]]`` table of a pattern, or one like it, tells."""
    lists = (tuple(row.get(key, ())) for key in _PLACE_LISTS)
    return Place(row["id"], row["slot"], row.get("required", False), *lists)
