"""Colours of vegetables: the five groups in which dietary guidelines count them.

Dark green, orange and red, legumes, starchy, and other, as flags and groups of the catalogue say.
"""

from __future__ import annotations

from collections.abc import Iterable

from foods.food import Food

VEGETABLE_GROUPS = frozenset({"vegetables", "leafy_greens", "mushrooms"})
LEGUME_GROUPS = frozenset({"legumes", "soy"})


def colours_of(parts: Iterable[tuple[Food, float]]) -> dict[str, float]:
    """Give colour → mass [g] of the vegetables among (food, mass [g])."""
    colours: dict[str, float] = {}
    for food, mass_g in parts:
        colour = colour_of(food)
        if colour is not None:
            colours[colour] = colours.get(colour, 0.0) + mass_g
    return colours


def colour_of(food: Food) -> str | None:
    """Give the colour of a vegetable or legume; ``None`` for everything else."""
    if food.group in LEGUME_GROUPS:
        return "legume"
    if food.group == "starchy_vegetables":
        return "orange_red" if "orange_red" in food.flags else "starchy"
    if food.group not in VEGETABLE_GROUPS:
        return None
    flagged = (word for word in ("dark_green", "orange_red") if word in food.flags)
    return next(flagged, "other")
