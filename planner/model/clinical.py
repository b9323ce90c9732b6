"""What conditions and medicines ask of meals and days: most per meal, little change day by day.

A day counts every column, pills and drinking water included: a medicine that is set to a day's
vitamin K does not ask where it came from. A meal counts its plates alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from planner.model.board import ColumnTable, Plate, Vector, Week
from planner.model.days import Absence
from planner.model.keys import RowKey
from planner.model.sums import Sum
from planner.targets.clinical import ClinicalRules

CARBOHYDRATE = "carbohydrate_g"


@dataclass(frozen=True, slots=True)
class Spread:
    """How far a day may lie from the mean of the days.

    Parameters
    ----------
    rule, name
        Rule, and what it is about.
    amounts
        Amount per column, in the nutrient's unit.
    share, absolute
        Greatest distance: as a share of the mean, or in the nutrient's unit.
    parts
        For each day the share of it that is planned, 0 where the meal is not on the table; empty:
        all of each.
    """

    rule: str
    name: str
    amounts: Vector
    share: float
    absolute: float
    parts: tuple[float, ...] = ()

    def rows(self, days: int) -> list[tuple[RowKey, Vector, float]]:
        """Give (key, factor per day, limit) of the rows ``factors · amounts <= limit``.

        A day's amount a_d and the mean m of ``days``: a_d - (1 + share) m <= absolute and
        (1 - share) m - a_d <= absolute, where m is the sum over the days / ``days``. Of a day that
        is partly planned a_d is scaled up to the whole; days without the meal do not count.
        """
        rows = []
        parts = np.array(self.parts or (1.0,) * days)
        counted = parts > 0.0
        whole = np.where(counted, 1.0, 0.0) / np.where(counted, parts, 1.0)
        for day in np.flatnonzero(counted).tolist():
            own = np.zeros(days)
            own[day] = whole[day]
            above = own - (1 + self.share) / counted.sum() * whole
            below = (1 - self.share) / counted.sum() * whole - own
            for side, factors in (("max", above), ("min", below)):
                key = RowKey(self.rule, self.name, side, day=day + 1)
                rows.append((key, factors, self.absolute))
        return rows


def add_meal_limits(plate: Plate, clinical: ClinicalRules) -> None:
    """Limit a nutrient in each meal (lactose at a sitting)."""
    for nutrient, upper in sorted(clinical.meal_upper.items()):
        content = plate.table.content(nutrient)
        for slot in plate.table.slots():
            here = content * plate.table.in_slot(slot)
            if here.any():
                key = plate.key("meal_upper", f"{slot}.{nutrient}")
                plate.board.require(key, plate.total(here) <= upper)


def spreads_of(
    table: ColumnTable, clinical: ClinicalRules, absences: Sequence[Absence] = ()
) -> tuple[Spread, ...]:
    """Give the rules of little change day by day; the aggregated week leaves them out.

    ``absences`` are the meals that each day misses; without it none does.
    """
    parts = tuple(absence.share for absence in absences)
    spreads = [
        Spread("daily_spread", nutrient, table.content(nutrient), share, 0.0, parts)
        for nutrient, share in sorted(clinical.daily_spread.items())
    ]
    absolute = clinical.meal_carbohydrate_spread_g
    if absolute is not None:
        for slot in table.slots():
            amounts = table.content(CARBOHYDRATE) * table.in_slot(slot)
            planned = tuple(float(slot not in absence.slots) for absence in absences)
            spreads.append(Spread("meal_carbohydrate", slot, amounts, 0.0, absolute, planned))
    return tuple(spreads)


def add_spreads(week: Week, spreads: Iterable[Spread]) -> None:
    """Keep each day near the mean; only a model with days of their own can say so."""
    plates: Sequence[Plate] = week.plates
    for spread in spreads:
        for key, factors, limit in spread.rows(len(plates)):
            each = zip(plates, factors, strict=True)
            total = sum((plate.total(spread.amounts * one) for plate, one in each), start=Sum())
            week.board.require(key, total <= limit)
