"""What conditions and medicines ask of meals and days: most per meal, little change day by day.

A day counts every column, pills and drinking water included: a medicine that is set to a day's
vitamin K does not ask where it came from. A meal counts its plates and the cups drunk with it.

Little change holds over all days of a plan. Its weeks are planned one after another, so each is
held together with the days of the others that are known:

* A share h of the mean: after each week every day x up to there has |x - m| <= h m, where m is the
  mean of them all. A week writes these rows for its own days and, as m moves with them, for the
  lowest and the highest day before, between which the others lie. What holds after the last week
  is the rule of the plan. Weeks before it keep to a part of h: with a day at the very edge the mean
  of the next week would have nowhere to go.
* A difference g: the days of a week lie within g / 2 of their mean, so no two are more than g
  apart, and none is more than g from the lowest or the highest of the other weeks, so from none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

import numpy as np

from planner.candidates.candidate import Column
from planner.model.board import ColumnTable, Plate, Vector, Week
from planner.model.days import Absence
from planner.model.keys import RowKey
from planner.model.sums import Sum
from planner.targets.clinical import CARBOHYDRATE, MAIN_SLOTS, ClinicalRules


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a week is told of the other weeks of its plan, for little change day by day.

    Parameters
    ----------
    amounts
        Label of a ``Spread`` → amounts of their days.
    band_used
        Part of a band around the mean that this week may use [0-1].
    """

    amounts: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    band_used: float = 1.0


ALONE = Elsewhere()


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the days of a plan may lie apart.

    Parameters
    ----------
    rule, name
        Rule, and what it is about.
    amounts
        Amount per column, in the nutrient's unit.
    share, absolute
        Greatest distance from the mean of all known days, as a share of it; where that is 0,
        greatest distance between any two days, in the nutrient's unit.
    parts
        For each day the share of it that is planned, 0 where the meal is not on the table; empty:
        all of each.
    others
        Amounts of the days of other weeks, those partly planned scaled up to the whole.
    """

    rule: str
    name: str
    amounts: Vector
    share: float
    absolute: float
    parts: tuple[float, ...] = ()
    others: tuple[float, ...] = ()

    @property
    def label(self) -> str:
        """The rule and what it is about, in one word."""
        return f"{self.rule}.{self.name}"

    def rows(self, days: int) -> list[tuple[RowKey, Vector, float]]:
        """Return (key, factor per day, limit) of the rows ``factors · amounts <= limit``.

        Of a day that is partly planned the amount is scaled up to the whole; days without the meal
        do not count.
        """
        scale = self._scale(days)
        if not scale.any():
            return []
        return self._by_share(scale) if self.share else self._by_difference(scale)

    def on(self, days: Sequence[Iterable[Column]]) -> tuple[float, ...]:
        """Return the amounts of days that were planned, as the ``others`` of another week."""
        amounts = [sum(float(self.amounts[one.index]) for one in day) for day in days]
        scale = self._scale(len(self.parts) or len(days)).tolist()
        return tuple(amount * by for amount, by in zip(amounts, scale, strict=False) if by)

    def _scale(self, days: int) -> Vector:
        """Return the factor that makes each day whole, 0 for a day that does not count."""
        parts = np.array(self.parts or (1.0,) * days)
        scale: Vector = np.divide(1.0, parts, out=np.zeros(days), where=parts > 0.0)
        return scale

    def _by_share(self, scale: Vector) -> list[tuple[RowKey, Vector, float]]:
        """Keep (1 - share) m <= x <= (1 + share) m for each day x, the lowest and highest before.

        The mean m is ``mean · amounts + fixed``.
        """
        count = np.count_nonzero(scale) + len(self.others)
        mean, fixed = scale / count, sum(self.others) / count
        nothing = np.zeros(len(scale))
        kept = [(self.name, day + 1, own, 0.0) for day, own in _each_day(scale)]
        if self.others:
            kept += [
                (f"{self.name}.lowest", 0, nothing, min(self.others)),
                (f"{self.name}.highest", 0, nothing, max(self.others)),
            ]
        high, low = 1 + self.share, 1 - self.share
        rows: list[tuple[RowKey, Vector, float]] = []
        for name, day, own, x in kept:
            most, least = (RowKey(self.rule, name, side, day) for side in ("max", "min"))
            rows.append((most, own - high * mean, high * fixed - x))
            rows.append((least, low * mean - own, x - low * fixed))
        return rows

    def _by_difference(self, scale: Vector) -> list[tuple[RowKey, Vector, float]]:
        """Keep each day within half of ``absolute`` of the week's mean, and near all others."""
        mean = scale / np.count_nonzero(scale)
        rows: list[tuple[RowKey, Vector, float]] = []
        for day, own in _each_day(scale):
            most, least = (RowKey(self.rule, self.name, side, day + 1) for side in ("max", "min"))
            rows.append((most, own - mean, self.absolute / 2))
            rows.append((least, mean - own, self.absolute / 2))
            if self.others:
                far = f"{self.name}.others"
                most, least = (RowKey(self.rule, far, side, day + 1) for side in ("max", "min"))
                rows.append((most, own, min(self.others) + self.absolute))
                rows.append((least, -own, self.absolute - max(self.others)))
        return rows


def _each_day(scale: Vector) -> list[tuple[int, Vector]]:
    """Return each day that counts, from 0, with its factor alone."""
    days = np.flatnonzero(scale).tolist()
    return [(day, np.where(np.arange(len(scale)) == day, scale, 0.0)) for day in days]


def add_meal_limits(plate: Plate, clinical: ClinicalRules, places: Sequence[str]) -> None:
    """Limit a nutrient in each meal (lactose at a sitting), energy in each snack with an hour.

    So is what is eaten in small portions: of all that share one no more than a portion in a meal.
    """
    table = plate.table
    for nutrient, upper in sorted(clinical.meal_upper.items()):
        content = table.content(nutrient)
        for slot in table.slots():
            apart = clinical.sittings(slot, nutrient)
            meals = {f"{slot}.{nutrient}": table.eaten_at(slot)}
            if apart > 1:  # the first thing of each, then the second
                own = [table.on_place(one) for one in places if one.startswith(f"{slot}.")]
                own[0] = own[0] + table.eaten_at(slot) - table.in_slot(slot)  # and its cups
                turns = (np.sum(own[turn::apart], axis=0) for turn in range(apart))
                meals = {f"{slot}_{at}.{nutrient}": one for at, one in enumerate(turns, start=1)}
            for subject, eaten in meals.items():
                if (content * eaten).any():
                    key = plate.key("meal_upper", subject)
                    plate.board.require(key, plate.total(content * eaten) <= upper)
    for name, most_g in sorted(clinical.meal_portions.items()):
        shares = _portions(table, most_g)
        for slot in table.slots():
            if (eaten := shares * table.eaten_at(slot)).any():
                key = plate.key("meal_portion", f"{slot}.{name}")
                plate.board.require(key, plate.total(eaten) <= 1)


def _portions(table: ColumnTable, most_g: Mapping[str, float]) -> Vector:
    """Portions of some foods together in each column; ``most_g``: food id → one portion [g]."""
    held = [column.serving.portion.ingredients for column in table.columns]
    return table.vector(
        [sum(mass_g / most_g[one] for one, mass_g in parts if one in most_g) for parts in held]
    )


def add_even_meals(plate: Plate, clinical: ClinicalRules) -> None:
    """Hold each main meal to at most so many times the carbohydrate of another."""
    times = clinical.meal_carbohydrate_times
    if times is None:
        return
    content = plate.table.content(CARBOHYDRATE)
    for most, least in permutations([one for one in plate.slots() if one in MAIN_SLOTS], 2):
        apart = content * (plate.table.eaten_at(most) - times * plate.table.eaten_at(least))
        key = plate.key("meal_even", f"{most}.{least}", "max")
        plate.board.require(key, plate.total(apart) <= 0)


def spreads_of(
    table: ColumnTable,
    clinical: ClinicalRules,
    absences: Sequence[Absence] = (),
    elsewhere: Elsewhere = ALONE,
) -> tuple[Spread, ...]:
    """Return the rules of little change day by day; the aggregated week leaves them out.

    Parameters
    ----------
    table, clinical
        The columns, and what is asked.
    absences
        The meals that each day misses; without it none does.
    elsewhere
        What is known of the other weeks of the plan.
    """
    parts = tuple(absence.share for absence in absences)
    spreads = [
        Spread("daily_spread", key, table.content(key), share * elsewhere.band_used, 0.0, parts)
        for key, share in sorted(clinical.daily_spread.items())
    ]
    absolute = clinical.meal_carbohydrate_spread_g
    if absolute is not None:
        for slot in table.slots():
            amounts = table.content(CARBOHYDRATE) * table.eaten_at(slot)
            planned = tuple(float(slot not in absence.slots) for absence in absences)
            spreads.append(Spread("meal_carbohydrate", slot, amounts, 0.0, absolute, planned))
    known = elsewhere.amounts
    return tuple(replace(one, others=known.get(one.label, ())) for one in spreads)


def add_spreads(week: Week, spreads: Iterable[Spread]) -> None:
    """Keep the days near each other; only a model with days of their own can say so."""
    plates: Sequence[Plate] = week.plates
    for spread in spreads:
        for key, factors, limit in spread.rows(len(plates)):
            each = zip(plates, factors, strict=True)
            total = sum((plate.total(spread.amounts * one) for plate, one in each), start=Sum())
            week.board.require(key, total <= limit)
