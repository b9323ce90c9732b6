"""Which supplements a plan takes, in which dose: decided once, so that each day takes the same.

The model lets each day choose a dose, as each day chooses a side dish. People take a pill every day
or not at all, so the average week decides: what it takes of a nutrient is rounded to the doses
around it, and the dose with the fewest points in the linear program stands on its place every day.
The bound stays that of the free choice, so that it holds for every dose.

Food comes first: a supplement of a nutrient that the average week meets by food alone is not in
question, whatever points it would save. Where it turned out that no week is found so, magnesium is
taken in its usual dose.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from planner.bound.lower_bound import Aggregate, solve_aggregate
from planner.meals.rules import Place
from planner.model.arrays import WeekArrays, read_arrays
from planner.model.board import ColumnTable
from planner.model.build import build_average_day
from planner.model.input import ModelInput
from planner.settings import read_settings
from planner.solve.outcome import Outcome
from planner.solve.parts import BOUND_SLACK

SUPPLEMENT_SLOT = "supplement"
_SAME_DOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Settled:
    """A model in which each supplement has its dose, or is not taken.

    Parameters
    ----------
    source
        Input with one portion on each place that is left to supplements.
    bound
        Points of the average week with free doses; ``None`` where there is none to choose.
    """

    source: ModelInput
    bound: float | None


def hold_for_all_doses(outcome: Outcome, free_bound: float | None) -> Outcome:
    """Return the outcome with the bound of free doses, so that it is proven against all of them."""
    if outcome.bound is None or free_bound is None or free_bound >= outcome.bound:
        return outcome
    is_proven = outcome.objective is not None and outcome.objective <= free_bound + BOUND_SLACK
    status = "feasible" if outcome.status == "optimal" and not is_proven else outcome.status
    return replace(outcome, bound=free_bound, status=status)


def settle_doses(source: ModelInput, *, falls_short: bool = False) -> Settled:
    """Return each optional place of a supplement the dose that the average week is best with.

    Where food ``falls_short``, since no week was found with it alone, that of magnesium has the
    usual dose of ``configs/supplements.toml``.
    """
    needed = _needed(source) if falls_short else {}
    source = _food_first(source, needed)
    places = _optional(source)
    if not places:
        return Settled(source, None)
    model = build_average_day(source)
    arrays = read_arrays(model)
    free = solve_aggregate(source, arrays)
    if free.bound is None:
        return Settled(source, None)
    decided = {**needed}
    for place in (one for one in places if one.place_id not in needed):
        decided[place.place_id] = _best(_Average(source, model.table, arrays), free, place, decided)
    return Settled(_fixed(source, model.table, decided), free.bound)


def _optional(source: ModelInput) -> list[Place]:
    return [p for p in source.rules.places if p.slot == SUPPLEMENT_SLOT and not p.required]


def _needed(source: ModelInput) -> dict[str, int | None]:
    """Return the column of the usual dose where food falls short, or the next below it."""
    rule = read_settings("supplements.toml")["falls_short"]
    model = build_average_day(source)
    points = read_arrays(model).points[0]
    columns = [one for one in model.table.columns if one.place == rule["place"]]
    amounts = {one.index: float(one.serving.amounts.sum()) for one in columns}
    fitting = [index for index, amount in amounts.items() if amount <= rule["dose_mg"]]
    if not fitting:
        return {}
    return {rule["place"]: min(fitting, key=lambda one: (-amounts[one], points[one], one))}


def _food_first(source: ModelInput, needed: Collection[str] = ()) -> ModelInput:
    """Take away the places of supplements whose nutrient the average week has by food alone."""
    places = [one for one in _optional(source) if one.place_id not in needed]
    if not places:
        return source
    table = build_average_day(source).table
    food = _fixed(source, table, {place.place_id: None for place in places})
    model = build_average_day(food)
    answer = solve_aggregate(food, read_arrays(model))
    if answer.bound is None:
        return source
    amounts = sum(
        float(answer.likely[column.index]) * column.serving.amounts
        for column in model.table.columns
    )
    mean = dict(zip(source.candidates.nutrients, np.asarray(amounts), strict=True))
    held = {place.place_id: _held(source, table, place) for place in places}
    met = [place for place, keys in held.items() if all(_is_met(source, k, mean[k]) for k in keys)]
    return _fixed(source, table, dict.fromkeys(met))


def _held(source: ModelInput, table: ColumnTable, place: Place) -> list[str]:
    """Name the nutrients that the supplements of a place hold."""
    columns = [column for column in table.columns if column.place == place.place_id]
    most = np.max([column.serving.amounts for column in columns], axis=0)
    return [
        key for key, amount in zip(source.candidates.nutrients, most, strict=True) if amount > 0
    ]


def _is_met(source: ModelInput, key: str, mean: float) -> bool:
    """Whether a mean reaches every floor that is a wish; the others hold wherever a week exists."""
    wished = [
        target.preferred_lower if target.hard else target.lower
        for target in source.targets
        if (target.nutrient, target.basis) == (key, "total")
    ]
    tolerance = 1 - read_settings("check.toml")["tolerance"]["sum"]
    return all(floor is None or mean >= floor * tolerance for floor in wished)


@dataclass(frozen=True, slots=True)
class _Average:
    """The average day: what it was built from, its columns and its rows."""

    source: ModelInput
    table: ColumnTable
    arrays: WeekArrays

    def points_with(self, decided: Mapping[str, int | None]) -> float:
        """Points of the average week with some places decided; infinite where there is none."""
        kept = np.array(
            [c.index for c in self.table.columns if decided.get(c.place, c.index) == c.index]
        )
        answer = solve_aggregate(
            _fixed(self.source, self.table, decided), self.arrays.narrowed_to(kept)
        )
        return math.inf if answer.bound is None else answer.bound


def _best(
    average: _Average, free: Aggregate, place: Place, decided: Mapping[str, int | None]
) -> int | None:
    """Return the column with which the average week has the fewest points; ``None`` for no dose."""
    options = _doses_around(average, free, place)
    if len(options) == 1:
        return options[0]
    return min(options, key=lambda one: average.points_with({**decided, place.place_id: one}))


def _doses_around(average: _Average, free: Aggregate, place: Place) -> list[int | None]:
    """Give no dose, and a column for the doses next below and above what the average week takes."""
    columns = [c for c in average.table.columns if c.place == place.place_id]
    amounts = {c.index: float(c.serving.amounts.sum()) for c in columns}
    taken = sum(float(free.likely[index]) * amount for index, amount in amounts.items())
    least = read_settings("supplements.toml")["choice"]["least_share"]
    if taken < least * min(amounts.values()):
        return [None]
    points = average.arrays.points[0]
    doses = sorted(set(amounts.values()))
    below = [dose for dose in doses if dose <= taken * (1 + _SAME_DOSE)][-1:]
    above = [dose for dose in doses if dose >= taken * (1 - _SAME_DOSE)][:1]
    salts = [
        min((i for i, amount in amounts.items() if amount == dose), key=lambda i: (points[i], i))
        for dose in dict.fromkeys([*below, *above])
    ]
    return [None, *salts]


def _fixed(source: ModelInput, table: ColumnTable, decided: Mapping[str, int | None]) -> ModelInput:
    """Leave each decided place with the one portion that was chosen, or without a place."""
    chosen = {index: table.columns[index] for index in decided.values() if index is not None}
    kept = {column.candidate.candidate_id: column.serving for column in chosen.values()}
    candidates = []
    for one in source.candidates.candidates:
        if one.places[0] not in decided:
            candidates.append(one)
        elif one.candidate_id in kept:
            candidates.append(replace(one, servings=(kept[one.candidate_id],)))
    places = [
        replace(place, required=True) if place.place_id in decided else place
        for place in source.rules.places
        if decided.get(place.place_id, 0) is not None
    ]
    return replace(
        source,
        candidates=replace(source.candidates, candidates=tuple(candidates)),
        rules=replace(source.rules, places=tuple(places)),
    )
