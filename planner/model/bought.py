"""Few different things to buy: what a week takes home beside what most kitchens have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from planner.candidates.candidate import Column
from planner.model.board import ColumnTable, Vector, Week
from planner.model.input import ModelInput
from planner.model.keys import RowKey
from planner.model.sums import Sum


def most_kinds(source: ModelInput) -> int:
    """Return the number of things to be bought from which on each costs points."""
    return int(source.rules.rules["kinds"]["most"])


def kind_points(source: ModelInput) -> float:
    """Return the points of each thing beyond ``most_kinds``, shared by those who buy together."""
    return float(source.rules.points["waste"]["per_kind"]) * source.weights.waste / source.sharers


def kinds_of(table: ColumnTable, source: ModelInput) -> dict[str, list[int]]:
    """Return what is bought → the columns that take some of it."""
    found: dict[str, list[int]] = {}
    for column in table.columns:
        for name in bought_for(column, source):
            found.setdefault(name, []).append(column.index)
    return {name: found[name] for name in sorted(found)}


def parts_bought(column: Column) -> tuple[tuple[str, float], ...]:
    """Give (food id, mass [g]) of what a week buys for a column: what is frozen was bought."""
    return () if column.candidate.traits.is_frozen else column.serving.portion.ingredients


def bought_for(column: Column, source: ModelInput) -> Iterator[str]:
    """Return what is bought for a column; what is open is no news."""
    for food, _ in parts_bought(column):
        name = source.packages.get(food, ("",))[0]
        if name and not (name in source.sold and source.sold[name].home):
            yield name


def add_kinds(week: Week, kinds: Mapping[str, Sequence[int]], most: int, price: float) -> None:
    """Price each thing beyond ``most``: an indicator per thing, >= its use on each place.

    The search knows this rule apart, since "occurs at all" is no sum over columns. A linear program
    would buy small fractions of many things, so that the average week leaves the rule out.
    """
    if price <= 0:
        return
    indicators: list[Sum] = []
    for name, chosen in kinds.items():
        used = week.board.variable(f"kind.{name}", 1)
        indicators.append(used)
        places: dict[str, Vector] = {}
        for index in chosen:
            place = week.table.columns[index].place
            places.setdefault(place, np.zeros(len(week.table)))[index] = 1.0
        for plate in week.plates:
            for place, here in places.items():
                key = plate.key("kinds", f"{name}.{place}")
                week.board.require(key, plate.total(here) - used <= 0)
    if len(indicators) > most:
        total = sum(indicators, start=Sum())
        week.board.prefer_at_most(RowKey("kinds", "all", soft=True), total, most, price)
