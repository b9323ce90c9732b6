"""Supplement compounds: how much of a tablet's salt is the element itself.

A label's milligrams may mean the compound or the element: 400 mg of magnesium oxide hold 241 mg of
magnesium. The share follows from the formula and the atomic masses of ``atomic_masses.csv`` (IUPAC
conventional atomic weights), water of crystallisation included.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated

from pydantic import BeforeValidator, TypeAdapter

from foods.embedded import data_settings, read_data_text
from foods.errors import FoodDataError, FoodNotFoundError
from foods.nutrient import known_nutrients
from foods.table import nearest_names, nearest_said

_WORDS = "vocabulary.toml"
OF_MANY = (
    'give each mineral on its label by itself: "magnesium oxide:100mg_elemental", then the others'
)

FORMULA_SOURCE = "computed from the formula with IUPAC conventional atomic weights"
_SPLIT = BeforeValidator(lambda cell: [part for part in cell.split(";") if part])
TOKEN = re.compile(r"([A-Z][a-z]?)(\d*)|(\()|(\))(\d*)")


@dataclass(frozen=True, slots=True)
class Supplement:
    """One compound.

    Parameters
    ----------
    name, aliases
        Name, and other names that labels use.
    sold_as
        Name that a shop would use, where ``name`` is not it.
    nutrient
        Nutrient key that it supplies, such as ``"magnesium_mg"``.
    formula
        Chemical formula, such as ``"MgCl2.6H2O"``.
    salt_class
        ``organic``, ``inorganic`` or ``none``.
    absorption_rank
        1 absorbed best, 4 least.
    laxative
        How strongly it works as a laxative: ``none`` … ``very_high``.
    doses
        Amounts a day that a plan may choose, as usual products hold them, of the element or
        vitamin [the nutrient's unit]; empty for one that is only counted.
    price_usd_per_unit
        Usual price of a unit of the nutrient [USD/mg or USD/µg], our own estimate of
        ``supplement_prices.csv``; ``None`` for one that is only counted.
    ug_per_iu
        Mass of an international unit [µg]; ``None`` where labels use none.
    origin
        Origins that a diet may leave out, in the words of the food catalogue.
    note
        What a person should know.
    source, confidence
        Keys of the papers behind rank and note, and how sure they are.
    """

    name: str
    aliases: Annotated[tuple[str, ...], _SPLIT]
    sold_as: str
    nutrient: str
    formula: str
    salt_class: str
    absorption_rank: int
    laxative: str
    doses: Annotated[tuple[float, ...], _SPLIT]
    price_usd_per_unit: float | None
    ug_per_iu: Annotated[float | None, BeforeValidator(lambda cell: cell or None)]
    origin: Annotated[frozenset[str], _SPLIT]
    note: str
    source: str
    confidence: str

    @property
    def compound_id(self) -> str:
        """Name of lower-case letters, digits and ``_`` only, as plans write it."""
        return re.sub(r"[^a-z0-9]+", "_", self.name.casefold()).strip("_")

    @property
    def called(self) -> frozenset[str]:
        """All its names, in small letters."""
        return frozenset(one.casefold() for one in (self.name, self.compound_id, *self.aliases))

    @property
    def label(self) -> str:
        """Name as a person reads it: ``"Magnesium citrate"``."""
        name = self.sold_as or self.name
        return name[:1].upper() + name[1:]

    @property
    def elemental_fraction(self) -> float | None:
        """Share of the element in the compound's mass; ``None`` for a vitamin."""
        element = known_nutrients()[self.nutrient].element
        if not element:
            return None
        atoms = count_atoms(self.formula)
        return atoms[element] * atomic_masses()[element] / molar_mass_g_mol(self.formula)

    def elemental_mg(self, compound_mg: float) -> float | None:
        """Return the element [mg] in ``compound_mg`` of the compound; ``None`` for a vitamin."""
        fraction = self.elemental_fraction
        return None if fraction is None else compound_mg * fraction

    def price_usd(self, amount: float) -> float | None:
        """Return the usual price of ``amount`` of the nutrient [its unit]; ``None`` if unknown."""
        return None if self.price_usd_per_unit is None else self.price_usd_per_unit * amount

    def compound_mg(self, elemental_mg: float) -> float | None:
        """Return the compound [mg] that holds ``elemental_mg``; ``None`` for a vitamin."""
        fraction = self.elemental_fraction
        return None if fraction is None else elemental_mg / fraction


def molar_mass_g_mol(formula: str) -> float:
    """Return the molar mass of ``formula`` [g/mol].

    Raises
    ------
    FoodDataError
        When the formula cannot be read or holds an element without a mass.
    """
    masses = atomic_masses()
    return sum(count * masses[element] for element, count in count_atoms(formula).items())


def count_atoms(formula: str) -> dict[str, int]:
    """Count the atoms of each element in ``formula``; ``.`` joins parts, as in ``MgCl2.6H2O``.

    Raises
    ------
    FoodDataError
        When the formula cannot be read or holds an element without a mass.
    """
    counts: dict[str, int] = {}
    for part in formula.split("."):
        times, body = re.match(r"(\d*)(.*)", part).groups()  # type: ignore[union-attr]  # always matches
        for element, count in _count_part(body, formula).items():
            counts[element] = counts.get(element, 0) + count * int(times or 1)
    return counts


@cache
def read_supplements() -> Mapping[str, Supplement]:
    """Return the shipped compounds by name."""
    rows = csv.DictReader(read_data_text("supplements.csv").splitlines())
    told = [{**row, "price_usd_per_unit": _prices().get(row["name"])} for row in rows]
    compounds = TypeAdapter(list[Supplement]).validate_python(told)
    return MappingProxyType({compound.name: compound for compound in compounds})


_FEW = 8  # compounds that are all named


@cache
def find_supplement(name: str) -> Supplement:
    """Return the compound called ``name``, whatever its capitals.

    Raises
    ------
    FoodNotFoundError
        When there is none, with the nearest names; or when several fit (magnesium lactate), with
        all of them.
    """
    wanted = " ".join(name.split()).casefold()
    known = read_supplements().values()
    named = [supplement for supplement in known if wanted in supplement.called]
    named = named or [one for one in known if wanted and wanted in one.name.casefold()]
    if len(named) == 1:
        return named[0]
    if named:
        bought = [one for one in named if one.name in _prices()] if len(named) > _FEW else named
        names = (one.sold_as if one.sold_as in one.aliases else one.name for one in bought)
        several = ", ".join(names)
        raise FoodNotFoundError(
            f"{name!r} can be several compounds",
            "",
            f"say which: {several}",
        )
    near = nearest_names(name, [text for one in known for text in (one.name, *one.aliases)])
    remedy = nearest_said(near) if near else "`magplan supplements list` shows all"
    if any(word in wanted for word in data_settings(_WORDS)["pills_of_many"]):
        remedy = OF_MANY
    raise FoodNotFoundError(f"no supplement {name!r}", "", remedy)


@cache
def _prices() -> Mapping[str, float]:
    """Return name → usual price of a unit of its nutrient [USD]."""
    rows = csv.DictReader(read_data_text("supplement_prices.csv").splitlines())
    return MappingProxyType(
        {row["name"]: float(row["price_usd"]) / float(row["amount"]) for row in rows}
    )


def _count_part(body: str, formula: str) -> dict[str, int]:
    stack: list[dict[str, int]] = [{}]
    place = 0
    while place < len(body):
        token = TOKEN.match(body, place)
        if token is None:
            raise FoodDataError(f"formula {formula!r} cannot be read at {body[place:]!r}")
        element, count, opens, _closes, times = token.groups()
        if element:
            _add_atoms(stack[-1], {_known(element, formula): 1}, int(count or 1))
        elif opens:
            stack.append({})
        elif len(stack) > 1:
            group = stack.pop()
            _add_atoms(stack[-1], group, int(times or 1))
        else:
            raise FoodDataError(f"formula {formula!r} closes a bracket that it did not open")
        place = token.end()
    if len(stack) > 1:
        raise FoodDataError(f"formula {formula!r} leaves a bracket open")
    return stack[0]


def _add_atoms(counts: dict[str, int], more: Mapping[str, int], times: int) -> None:
    for element, count in more.items():
        counts[element] = counts.get(element, 0) + count * times


def _known(element: str, formula: str) -> str:
    if element not in atomic_masses():
        raise FoodDataError(f"formula {formula!r}: no atomic mass for {element!r}")
    return element


@cache
def atomic_masses() -> Mapping[str, float]:
    """Return element → atomic mass [g/mol] (IUPAC)."""
    rows = csv.DictReader(read_data_text("atomic_masses.csv").splitlines())
    return MappingProxyType({row["element"]: float(row["mass_g_mol"]) for row in rows})
