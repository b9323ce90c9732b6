"""Foods whose releases differ by more than a tenth in magnesium."""

from __future__ import annotations

from functools import cache

from foods.embedded import read_data_text, read_embedded_foods
from foods.sheet import parse_rows

APART = 0.10  # relative difference from which a figure hangs on the choice of release
MAGNESIUM = "magnesium_mg"


@cache
def foods_in_doubt() -> frozenset[str]:
    """Name the foods whose overlaid magnesium figure is more than a tenth from the one used."""
    foods = read_embedded_foods()
    found = set()
    for _, row in parse_rows(read_data_text("overlaid.csv"), "overlaid.csv"):
        used = foods[row["food_id"]].per_100g[MAGNESIUM]
        if row["nutrient"] == MAGNESIUM and row["value"] and used is not None:
            other = float(row["value"])
            if abs(used - other) > APART * max(used, other):
                found.add(row["food_id"])
    return frozenset(found)
