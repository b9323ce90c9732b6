"""The person's own tap water in place of the food table's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from foods.food import Food
from foods.own_csv import Figures
from foods.table import FoodTable
from foods.water import TAP_WATER
from planner.request.request import Water

OWN_ANALYSIS = "own:tap_water_analysis"
Row = TypeVar("Row", Food, Figures)
_PORTIONS_PER_L = 10  # of 100 g; 1 L is taken as 1 kg


def foods_with_water(foods: FoodTable, water: Water) -> FoodTable:
    """Return the table with the analysis in place of the figures of tap water.

    Parameters
    ----------
    foods
        A table; one without tap water is given back as it is.
    water
        Analysis [mg/L]; figures that are ``None`` keep the table's.
    """
    own = figures_with_water(foods.foods, water)
    return foods if own is foods.foods else replace(foods, foods=own)


def figures_with_water(figures: Mapping[str, Row], water: Water) -> Mapping[str, Row]:
    """Do what ``foods_with_water`` does for rows by their id, as of a food table in a CSV file."""
    changes = water_per_100g(water)
    if not changes or TAP_WATER not in figures:
        return figures
    row = figures[TAP_WATER]
    overlay = dict(row.overlay) | dict.fromkeys(changes, OWN_ANALYSIS)
    own = replace(row, per_100g=dict(row.per_100g) | changes, overlay=overlay)
    return MappingProxyType(dict(figures) | {TAP_WATER: own})


def water_per_100g(water: Water) -> dict[str, float]:
    """Return the analysed minerals [mg per 100 g of water]."""
    analysed = {
        "magnesium_mg": water.magnesium_mg_per_l,
        "calcium_mg": water.calcium_mg_per_l,
        "sodium_mg": water.sodium_mg_per_l,
    }
    known = {key: mg_per_l for key, mg_per_l in analysed.items() if mg_per_l is not None}
    return {key: mg_per_l / _PORTIONS_PER_L for key, mg_per_l in known.items()}
