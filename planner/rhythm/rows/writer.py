"""How rows are written: a sum of choices within bounds, with its kind and a name."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from planner.candidates.beside import SUPPLEMENT_KINDS
from planner.rhythm.choices import Choices, Plate
from planner.rhythm.programme import Numbers, Vector
from planner.rhythm.rhythms import MAIN, SETTINGS
from planner.settings import read_settings
from planner.standards.standard import PILL_BASES

INF = math.inf
HARD = math.nan


class Writer:
    """Collects the rows of a week over its choices.

    Parameters
    ----------
    choices
        The binaries.

    Its ``plate``, ``role``, ``part`` and ``kind_of`` say of each binary what it takes; ``on_day``
    and ``all_days`` count the meals at which it is eaten.
    """

    def __init__(self, choices: Choices) -> None:
        settings = read_settings(SETTINGS)
        self.choices, self.source = choices, choices.source
        self.limit: Mapping[str, Any] = settings["limits"]
        self.price: Mapping[str, Any] = settings["prices"]
        self.family: Mapping[str, Any] = settings["families"]
        self.days = len(self.source.weekend)
        self.day_kinds = self.source.day_kinds
        self.keys = {key: at for at, key in enumerate(self.source.candidates.nutrients)}
        self.plate, self.role = choices.plate_of, choices.role_of
        self.part = np.array([choice.part for choice in choices.choices])
        self.on_day = [choices.times(day) for day in range(self.days)]
        self.all_days: Vector = np.sum(self.on_day, axis=0)
        roles = choices.rhythm.roles
        self.slots = tuple(dict.fromkeys(at.slot for role in roles for at in role.occasions))
        self.kind_of = np.array([own_role.kind for own_role in roles])[self.role]
        self.is_main = (self.kind_of == MAIN) & (self.part == MAIN)
        self.rows: list[tuple[Numbers, Vector]] = []
        self.told: list[tuple[str, str, float, float, float]] = []

    def add(
        self, kind: str, name: str, values: Vector, lower: float, upper: float, price: float = HARD
    ) -> None:
        """Add a row; one that nothing can miss, or that costs nothing, is left out."""
        index = np.flatnonzero(values)
        is_idle = len(index) == 0 and lower <= 0.0 <= upper
        if not is_idle and price != 0.0:
            self.rows.append((index, values[index]))
            self.told.append((kind, f"{kind}.{name}", lower, upper, price))

    def nothing(self) -> Vector:
        """Return 0 for each binary."""
        return np.zeros(len(self.plate))

    def per_plate(self, value: Callable[[Plate], float]) -> Vector:
        """Return a number of the plate of each binary."""
        values: Vector = self.choices.vector(value)[self.plate]
        return values

    def on(self, values: Vector, day: int, *where: str) -> Vector:
        """Count what binaries have on a day, or at some of its meals or their places."""
        times = self.choices.times(day, *where) if where else self.on_day[day]
        counted: Vector = values * times
        return counted

    def groups_of(self, key: Callable[[int], str], numbers: Vector) -> dict[str, list[int]]:
        """Return key → the binaries of these numbers that have it; none of an empty key."""
        found: dict[str, list[int]] = {}
        for at in np.flatnonzero(numbers).tolist():
            if name := key(at):
                found.setdefault(name, []).append(at)
        return found

    def content(self, nutrient: str, basis: str = "total") -> tuple[Vector, float]:
        """Return the content of each binary, and that of what stands beside the meals of a day."""
        at, is_pill_basis = self.keys[nutrient], basis in PILL_BASES
        own: Vector = self.choices.amounts[:, at]
        if is_pill_basis:
            stem, unit = nutrient.rsplit("_", 1)
            added = self.keys.get(f"{stem}_added_{unit}")
            is_added = basis == "supplement_and_fortified" and added is not None
            own = self.choices.amounts[:, added] if is_added else np.zeros(len(own))
        beside = 0.0
        for _, candidate, serving in self.choices.fixed:
            is_pill = candidate.traits.kind in SUPPLEMENT_KINDS
            if is_pill if is_pill_basis else not is_pill or basis != "food":
                beside += float(serving.amounts[at])
        return own[self.plate], beside
