"""Diets and allergens, by what they leave out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from foods.table import plain_key
from planner.errors import ConfigError
from planner.language.spoken import said
from planner.settings import read_settings

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
    """

    diet_id: str
    name: str
    text: str
    without_origin: frozenset[str]
    circumstances: Mapping[str, str]
    also: tuple[str, ...] = ()

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
    in_eu, in_us
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
    in_eu: bool
    in_us: bool
    words: frozenset[str]
    also: tuple[str, ...]
    derived: tuple[str, ...]


@cache
def read_diets() -> Mapping[str, Diet]:
    """Give the shipped diets by id."""
    return MappingProxyType(
        {
            diet_id: Diet(
                diet_id,
                row["name"],
                row["text"],
                frozenset(row["without_origin"]),
                MappingProxyType(
                    {
                        "phytate_mg": str(row["phytate_mg"]),
                        "iron_bioavailability_pct": str(row["iron_bioavailability_pct"]),
                    }
                ),
                tuple(row["also"]),
            )
            for diet_id, row in read_settings("diets/diets.toml")["diets"].items()
        }
    )


def find_diet(diet_id: str) -> Diet:
    """Give one diet.

    Raises
    ------
    ConfigError
        When there is no such diet; names the known ones.
    """
    diet = diet_called(diet_id)
    if diet is None:
        allergen = plain_key(diet_id).removesuffix("_free")
        is_allergen = any(
            allergen in map(plain_key, (one, row.name, *row.also))
            for one, row in read_allergens().items()
        )
        remedy = said("use one of {names}", names=", ".join(read_diets()))
        more = said(
            '; what you leave out goes to --without: --without "{allergen}"',
            allergen=allergen.replace("_", " "),
        )
        raise ConfigError(
            said("unknown diet {diet_id!r}", diet_id=diet_id),
            remedy=f"{remedy}{more if is_allergen else ''}",
        )
    return diet


def diet_called(name: str) -> Diet | None:
    """Give the diet that a word means, however it is written; ``None`` where it means none."""
    key = plain_key(name)
    return next((one for one in read_diets().values() if key in map(plain_key, one.names)), None)


@cache
def read_allergens() -> Mapping[str, Allergen]:
    """Give the allergens that labels must name, by id."""
    return MappingProxyType(
        {
            allergen_id: Allergen(
                allergen_id,
                row["name"],
                row["eu"],
                row["us"],
                frozenset(row["words"]),
                tuple(row["also"]),
                tuple(row["derived"]),
            )
            for allergen_id, row in read_settings("diets/allergens.toml")["allergens"].items()
        }
    )
