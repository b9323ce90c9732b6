"""From a published reference value to its target key and an amount per day."""

from __future__ import annotations

from dataclasses import dataclass

from foods.nutrient import convert
from planner.settings import read_settings
from planner.standards.standard import ReferenceValue

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Intake:
    """What turns a published figure into an amount per day.

    Parameters
    ----------
    weight_kg
        Body mass [kg], for figures per kilogram.
    energy_kcal
        Planned energy [kcal/day], for figures per megajoule or percent of energy.
    """

    weight_kg: float
    energy_kcal: float


def key_of(value: ReferenceValue) -> str:
    """Return the target key that a reference value is compared with."""
    settings = read_settings("targets.toml")
    for table, word in (("key_by_unit", value.unit), ("key_by_basis", value.applies_to)):
        key = settings[table].get(word, {}).get(value.nutrient)
        if key is not None:
            return str(key)
    return str(settings["key"][value.nutrient])


def amount_of(value: ReferenceValue, key: str, intake: Intake) -> float:
    """Return a reference value as an amount per day in the unit of ``key``.

    Raises
    ------
    FoodsError
        When the unit of the standard is unknown.
    """
    if value.unit == "percent_energy":
        kcal_per_g = read_settings("targets.toml")["shares"]["fatty_acid_kcal_per_g"]
        return value.value / _PERCENT * intake.energy_kcal / float(kcal_per_g)
    amount, unit = value.value, value.unit.split("_")[0]
    if value.unit.endswith("_per_kg"):
        amount *= intake.weight_kg
    if value.unit.endswith("_per_MJ"):
        amount *= convert(intake.energy_kcal, "kcal", "MJ")
    # The key ends in its unit, sometimes with the form counted: folate_ug_dfe.
    key_unit = next(word for word in reversed(key.split("_")) if word in ("g", "mg", "ug"))
    return convert(amount, unit, key_unit)
