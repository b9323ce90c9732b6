"""Diets and allergens, by what they leave out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from foods.food import UNKNOWN
from foods.table import nearest_names, plain_key
from planner.errors import ConfigError
from planner.faults import fault
from planner.meals.patterns import pattern_ids
from planner.safety.conditions import in_english_words
from planner.settings import read_row, read_settings

OMNIVORE = "omnivore"  # the diet of who says none
_DIETS, _ALLERGENS = "diets/diets.toml", "diets/allergens.toml"
_NAMES = "diets/names.toml"
_SEVERAL = re.compile(r"[,;&+/]|\b(?:and|but)\b|\s(?=without\b)")
_FREE = re.compile(r"([^\W\d]{3,})frei(?:e[rsnm]?)?", re.IGNORECASE)  # glutenfrei
_LEAVES_OUT, _AMOUNT = "before", "amount"  # words before a name, by what they say
_CIRCUMSTANCES = ("phytate_mg", "iron_bioavailability_pct")
_OF_ANIMALS = frozenset({"dairy", "egg", "meat", "fish"})


@dataclass(frozen=True, slots=True)
class Diet:
    """A diet, by what it leaves out.

    Parameters
    ----------
    diet_id, name, text, also
        Id, name, one sentence about it, and what people write when they mean it.
    without_origin
        ``origin`` words of the food catalogue that it excludes.
    circumstances
        Condition key → value at which a standard is read, such as ``{"phytate_mg": "600"}``.
    without
        Names that it leaves out beside them, as a person would write them.
    note
        What is said with every plan of it; may be empty.
    """

    diet_id: str
    name: str
    text: str
    without_origin: frozenset[str]
    circumstances: Mapping[str, str]
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called."""
        return (self.diet_id, self.name, *self.also)

    @property
    def is_without_animals(self) -> bool:
        """Whether nothing of animals is eaten, so that no food of its own holds vitamin B12."""
        return self.without_origin >= _OF_ANIMALS


@dataclass(frozen=True, slots=True)
class Allergen:
    """An allergen that labels must name.

    Parameters
    ----------
    allergen_id, name
        Id and name.
    eu, us
        Whether the European list of 14 and the list of 9 of the United States hold it.
    words
        Words of the food catalogue that hold it.
    also
        What people write when they mean it.
    derived
        Foods that hold it without saying so.
    """

    allergen_id: str
    name: str
    eu: bool
    us: bool
    words: frozenset[str]
    also: tuple[str, ...]
    derived: tuple[str, ...]


@cache
def read_diets() -> Mapping[str, Diet]:
    """Return the shipped diets by id."""
    diets = {}
    for name, row in read_settings(_DIETS)["diets"].items():
        out = [*row["without_origin"], *([] if name == OMNIVORE else [UNKNOWN])]
        told = {key: str(row[key]) for key in _CIRCUMSTANCES}
        made = {"diet_id": name, "without_origin": out, "circumstances": told}
        diets[name] = read_row(Diet, {**row, **made})
    return MappingProxyType(diets)


def diets_without(origin: Set[str]) -> list[str]:
    """Name the diets that leave out nothing of these origins, where they tell all of it."""
    rows = read_diets().values()
    return [row.diet_id for row in rows if not (row.without or origin & row.without_origin)]


def find_diet(diet_id: str) -> Diet:
    """Return one diet.

    Raises
    ------
    ConfigError
        When there is no such diet; names the known ones, or asks what a word means that several
        may be meant by. When several are named.
    """
    diet = diet_called(diet_id)
    if diet is None:
        parts = [] if asked_instead(diet_id) else _parts(diet_id)
        if parts and all(map(diet_called, parts)):
            raise fault(ConfigError, "several_diets", names=diet_id)
        name = next(filter(_is_unknown, parts), diet_id)
        raise ConfigError(f"unknown diet {name!r}", remedy=_asked(name))
    return diet


def diet_called(name: str) -> Diet | None:
    """Return the diet that a word means, however it is written; ``None`` where it means none."""
    for key in (plain_key(name), _bare(plain_key(name), _DIETS)):
        for diet in read_diets().values():
            if key in map(plain_key, diet.names):
                return diet
    return None


def name_against(diet: str) -> str:
    """Return the name of all that a diet leaves out, as "animal products"; empty where none is."""
    found, readings = diet_called(diet), read_settings(_ALLERGENS)["readings"].items()
    return next((word for word, row in readings if found and row.get("diet") == found.diet_id), "")


def name_left_out(name: str) -> str:
    """Return what a person leaves out, bare of what stands around it: ``"gluten-free"`` is gluten.

    Only a word that is known to mean foods is laid bare; any other stays as it is, to be asked
    about.
    """
    key = plain_key(name)
    for word, row in read_settings(_NAMES)["names"].items():
        if key in map(plain_key, row.get("also", ())):
            return str(word)
    bare = _bare(key, _ALLERGENS)
    is_known = bare != key and key not in _known_words() and bool(_forms(bare) & _known_words())
    return bare.replace("_", " ") if is_known else name


def asked_instead(name: str) -> str:
    """Return how to write a word that is no diet here and no food; empty if that is not known."""
    keys = {_bare(plain_key(name), _DIETS), plain_key(name)}
    rows = read_settings(_DIETS)["asks"].items()
    told = (row["ask"] for word, row in rows if keys & set(map(plain_key, (word, *row["also"]))))
    return next(told, "")


def _parts(name: str) -> list[str]:
    """Part what was called a diet, as ``"vegan, gluten-free"``."""
    return [part for piece in _SEVERAL.split(name) if (part := piece.strip())]


def _is_unknown(part: str) -> bool:
    """Whether a word is neither a diet nor any food that may be eaten or left out beside one."""
    is_food = _forms(plain_key(name_left_out(part))) & _known_words()
    return diet_called(part) is None and not is_food


def _asked(name: str) -> str:
    """Ask what an unknown diet means, or say how it is written."""
    key = _bare(plain_key(name), _DIETS)
    if told := asked_instead(name):
        return told
    if key in pattern_ids():
        return f"that is a way of building meals: --pattern {key}"
    parts = _parts(name)
    first, _, rest = name.strip().partition(" ")
    if len(parts) == 1 and rest and diet_called(first):
        parts = [first, rest]
    each = [_way_to_say(part, is_alone=len(parts) == 1) for part in parts]
    ways = list(dict.fromkeys(way for way in each if way))
    diets = [way for way in ways if way.startswith("--diet")]
    if len(parts) == len(ways) > 0 and len(diets) <= 1:
        return "write {ways}".format(ways=" ".join(ways))
    near = nearest_names(name, [one for diet in read_diets().values() for one in diet.names], 1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return "{hint}use one of {names}".format(hint=hint, names=", ".join(read_diets()))


def _way_to_say(part: str, is_alone: bool) -> str:
    """Return the flag that says a part of what was called a diet; empty where none is known.

    A diet that leaves out names alone, such as soft food, is named by them where it is not alone.
    What stands beside a diet may be eaten as well as left out: only what says so is left out, and
    an allergen by itself, if it is no kind of food that somebody may live on, such as fish.
    """
    diet = diet_called(part)
    if diet is not None:
        beside = [] if is_alone or diet.without_origin - {UNKNOWN} else diet.without
        return " ".join(f'--without "{one}"' for one in beside) or f"--diet {diet.diet_id}"
    name = food_left_out(part, is_alone=is_alone)
    return f'--without "{name}"' if name else ""


def food_left_out(part: str, *, is_alone: bool = True) -> str:
    """Return the food that a word leaves out, in its own language; empty where it names none."""
    found = _FREE.fullmatch(part.strip())
    word = found[1] if found else part
    english = in_english_words(word)
    bare, key = name_left_out(english), plain_key(english)
    forms = _forms(plain_key(bare))
    is_said = bool(forms & _known_words()) and _bare(key, _ALLERGENS, (_LEAVES_OUT,)) != key
    is_meant = is_alone and bool(forms & _allergen_words()) and not forms & _kinds_of_food()
    return (bare if word == english else word) if is_said or is_meant else ""


def _bare(key: str, path: str, before: Sequence[str] = (_LEAVES_OUT, _AMOUNT)) -> str:
    """Take one of the words that mean nothing by themselves from before or behind a name."""
    around = read_settings(path)["around"]
    for word in (plain_key(word) for table in before for word in around.get(table, ())):
        if key.startswith(f"{word}_"):
            return key.removeprefix(f"{word}_")
    for word in map(plain_key, around["after"]):
        if key.endswith(f"_{word}"):
            return key.removesuffix(f"_{word}")
    return key


def _forms(key: str) -> set[str]:
    return {key, key.removesuffix("s"), f"{key}s"}


def _known_words() -> frozenset[str]:
    """Return every word that means allergens, or foods of several kinds."""
    return _allergen_words() | _kinds_of_food()


@cache
def _allergen_words() -> frozenset[str]:
    table = read_settings(_ALLERGENS)
    words = [(reading, *row["also"]) for reading, row in table["readings"].items()]
    words += [(allergen, row["name"], *row["also"]) for allergen, row in table["allergens"].items()]
    return frozenset(plain_key(name) for names in words for name in names)


@cache
def _kinds_of_food() -> frozenset[str]:
    return frozenset(map(plain_key, read_settings(_NAMES)["names"]))


@cache
def read_allergens() -> Mapping[str, Allergen]:
    """Return the allergens that labels must name, by id."""
    rows = read_settings(_ALLERGENS)["allergens"]
    return MappingProxyType(
        {name: read_row(Allergen, {**row, "allergen_id": name}) for name, row in rows.items()}
    )
