"""Read standards, planning rules, energy equations, diets and allergens from ``configs``."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from foods.errors import raise_collected
from planner.errors import ConfigError
from planner.targets.profile import STANDARDS
from planner.targets.standard import BOTH_SEXES, ReferenceValue, Standard, is_own_standard
from planner.targets.target import BASES

SEXES_AS_PUBLISHED = {"F": "f", "M": "m", "both": BOTH_SEXES}


_OF_ANIMALS = frozenset({"dairy", "egg", "meat", "fish"})


@dataclass(frozen=True, slots=True)
class Diet:
    """A diet, by what it leaves out.

    Parameters
    ----------
    diet_id, name, text
        Id, name, and one sentence about it.
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


def read_standard(standard_id: str) -> Standard:
    """Read one standard.

    Parameters
    ----------
    standard_id
        One of ``us, eu, uk, who``, or the path of an own one, which ends in ``.csv``.

    Raises
    ------
    ConfigError
        When there is no such standard, or rows of its file are damaged; names each row.
    """
    read_standard_id(standard_id)
    if is_own_standard(standard_id):
        from planner.targets.own_standard import read_own_standard

        return read_own_standard(standard_id)
    return _read_shipped(standard_id)


def read_standard_id(text: str) -> str:
    """Give the id of a standard back; whether an own one can be read is seen when it is read.

    Raises
    ------
    ConfigError
        When it is neither a shipped standard nor the path of a CSV.
    """
    if text in STANDARDS or is_own_standard(text):
        return text
    raise ConfigError(
        f"unknown standard {text!r}",
        where="profile, standard",
        remedy=f"use one of {', '.join(STANDARDS)}, or the path of a CSV of your own",
    )


@cache
def _read_shipped(standard_id: str) -> Standard:
    name = f"standards/{standard_id}.csv"
    about = read_settings(f"standards/{standard_id}.toml")
    return Standard(
        standard_id,
        about["name"],
        about["title"],
        parse_reference_values(read_text(name), f"configs/{name}"),
        {key: row["short"] for key, row in about["sources"].items()},
        {(row["nutrient"], row["kind"]): row["text"] for row in about["remarks"]},
    )


def parse_reference_values(text: str, where: str) -> tuple[ReferenceValue, ...]:
    """Read the rows of a standard's CSV.

    Raises
    ------
    ConfigError
        Once, with every faulty row by its number.
    """
    values, faults = [], []
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            values.append(_reference_value(row))
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            faults.append(f"row {number}: cannot read {error}")
    if not values and not faults:
        faults.append("no rows")
    raise_collected(ConfigError, faults, where)
    return tuple(values)


@cache
def read_settings(name: str) -> Mapping[str, Any]:
    """Read a TOML file of ``configs`` as it stands."""
    return MappingProxyType(tomllib.loads(read_text(name)))


@cache
def read_text(name: str) -> str:
    """Give the text of a file of ``configs``, wherever the packages are installed."""
    return files("configs").joinpath(name).read_text(encoding="utf-8")


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
    diets = read_diets()
    if diet_id not in diets:
        raise ConfigError(
            f"unknown diet {diet_id!r}",
            where="preferences, diet",
            remedy=f"use one of {', '.join(diets)}",
        )
    return diets[diet_id]


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


def _reference_value(row: Mapping[str, str]) -> ReferenceValue:
    if row["nutrient"] not in read_settings("targets.toml")["key"]:
        raise ValueError(f"{row['nutrient']!r}: [key] of configs/targets.toml has no line for it")
    if row["applies_to"] not in BASES:
        raise ValueError(f"basis {row['applies_to']!r}")
    return ReferenceValue(
        row["nutrient"],
        row["kind"],
        SEXES_AS_PUBLISHED[row["sex"]],
        int(row["age_min_y"]),
        int(row["age_max_y"]),
        row["state"],
        float(row["value"]),
        row["unit"],
        row["applies_to"],
        row["condition"],
        row["source"],
        row["locator"],
        row["confidence"],
    )
