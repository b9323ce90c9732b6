"""Points beside taste: chance, lately eaten, out of season, other kitchens."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from planner.candidates.candidate import Column
from planner.meals.patterns import Pattern
from planner.model.board import Vector

WHOLE_PLATES = ("breakfast", "main", "snack")  # dishes that tags are asked of; sides go with all


def history_points(
    columns: Iterable[Column], history: Sequence[frozenset[str]], points: Mapping[str, Any]
) -> Vector:
    """Points of dishes eaten in earlier plans, fading with each plan since; none of frozen ones.

    Parameters
    ----------
    columns
        What is priced.
    history
        Dishes of each earlier plan, the latest first.
    points
        Kind of dish → points where the latest plan had it; ``fade``: factor for each plan since.
    """
    lately: dict[str, float] = {}
    for age, dishes in enumerate(history):
        for dish_id in dishes:
            lately[dish_id] = lately.get(dish_id, 0.0) + points["fade"] ** age
    return np.array(
        [
            0.0
            if c.candidate.traits.is_frozen
            else lately.get(c.candidate.source_id, 0.0) * points.get(c.candidate.traits.kind, 0.0)
            for c in columns
        ]
    )


def season_points(
    columns: Sequence[Column], out_of_season: frozenset[str], least_g: float, price: float
) -> Vector:
    """Return ``price`` points for each food out of season with at least ``least_g`` [g] of it."""
    if not out_of_season:
        return np.zeros(len(columns))
    counts = [
        sum(
            food in out_of_season and mass >= least_g
            for food, mass in c.serving.portion.ingredients
        )
        for c in columns
    ]
    return price * np.array(counts, dtype=float)


def pattern_points(
    columns: Iterable[Column], pattern: Pattern, points: Mapping[str, Any]
) -> Vector:
    """Points of what the meal pattern does not prefer: other kitchens, other kinds of dishes."""
    return np.array([_strange(c, pattern, points) for c in columns], dtype=float)


def _strange(column: Column, pattern: Pattern, points: Mapping[str, Any]) -> float:
    traits, total = column.candidate.traits, 0.0
    if pattern.kitchens and traits.kitchens and not traits.kitchens & pattern.kitchens:
        total += points["other_kitchen"].get(traits.kind, points["other_kitchen"]["else"])
    if pattern.tags and traits.kind in WHOLE_PLATES and not traits.tags & pattern.tags:
        total += points["other_tag"]
    if traits.tags & pattern.without_tags:
        total += points["unwanted_tag"]
    return total


def draw_points(columns: Sequence[Column], draw: str, taste: Mapping[str, Any]) -> Vector:
    """Points by chance, the same for the same eater: so that not everybody gets the same dishes.

    Parameters
    ----------
    columns
        What may be chosen.
    draw
        Text that chance is drawn from; empty: no points.
    taste
        ``draw`` and ``rest`` by kind of dish, or ``food`` [points]: the most, in proportion to
        chance, and what is added where chance is above ``rest.above``.
    """
    if not draw:
        return np.zeros(len(columns))
    return np.array([_drawn(c, draw, taste) for c in columns], dtype=float)


def _drawn(column: Column, draw: str, taste: Mapping[str, Any]) -> float:
    kind, chance = column.candidate.traits.kind, chance_of(draw, column.candidate.source_id)
    resting = taste["rest"].get(kind, 0.0) if chance > taste["rest"]["above"] else 0.0
    return float(taste["draw"].get(kind, 0.0) * chance + resting)


@cache
def chance_of(draw: str, name: str) -> float:
    """Return a number of 0 to 1 that depends on both texts alone."""
    digest = hashlib.blake2b(f"{draw}.{name}".encode(), digest_size=4).digest()
    return int.from_bytes(digest) / (1 << 32)
