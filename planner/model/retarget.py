"""The rows of a week that differs from one built before in targets alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.candidates.candidate import Candidate, CandidateSet
from planner.model.arrays import Array, Rows, WeekArrays, rows_of
from planner.model.board import Board, Plate, Week
from planner.model.build import WeekModel
from planner.model.conservative import add_conservative_day, add_conservative_week
from planner.model.input import ModelInput
from planner.model.nutrients import add_day_targets, add_week_targets


def differs_in_targets_alone(one: ModelInput, other: ModelInput) -> bool:
    """Whether two weeks are made from the same but for the bands of their targets."""
    alike = replace(other, targets=one.targets, candidates=one.candidates)
    return one == alike and _are_same(one.candidates, other.candidates)


def with_targets_of(model: WeekModel, arrays: WeekArrays, source: ModelInput) -> WeekArrays | None:
    """Return the rows of a week with other targets.

    Parameters
    ----------
    model, arrays
        A week that was built, and its rows.
    source
        What the other week is built from, of which ``differs_in_targets_alone`` holds.

    Returns
    -------
    WeekArrays or None
        The rows; ``None`` where some come or go with the targets.
    """
    (old, _, old_link), (day, _, link) = (
        _rows_of_targets(model, one) for one in (model.source, source)
    )
    are_several = len({(one.absence, one.kind.puts) for one in model.plates}) > 1
    if are_several or (old.names, old_link.names) != (day.names, link.names):
        return None
    every, at = arrays.limits.copy(), [arrays.day.names.index(name) for name in day.names]
    every[:, at] = day.limits
    day, link = _with(arrays.day, day), _with(arrays.link, link)
    return replace(arrays, day=day, link=link, limits=every)


def _rows_of_targets(model: WeekModel, source: ModelInput) -> tuple[Rows, Array, Rows]:
    """Return the rows of an average day and the links that targets alone ask for."""
    board, prices = Board("targets"), source.rules.points["soft_targets"]
    weight = source.weights.soft_targets
    plates = [
        Plate(board, model.table, one.day, one.weight, one.kind, integer=False)
        for one in model.plates
    ]
    for plate in plates:
        add_conservative_day(plate, source.targets, source.conservative)
        add_day_targets(plate, source.targets, prices, weight)
    week = Week(plates, len(source.weekend))
    add_conservative_week(week, source.targets, source.conservative)
    add_week_targets(week, source.targets, prices, weight)
    return rows_of(board, plates)


def _with(rows: Rows, own: Rows) -> Rows:
    """Put rows in the place of those of the same names."""
    at = [rows.names.index(name) for name in own.names]
    coefficients, limits, prices = (
        one.copy() for one in (rows.coefficients, rows.limits, rows.prices)
    )
    coefficients[at], limits[at], prices[at] = own.coefficients, own.limits, own.prices
    return Rows(rows.names, coefficients, limits, prices, prices == 0.0)


def _are_same(one: CandidateSet, other: CandidateSet) -> bool:
    pairs = zip(one.candidates, other.candidates, strict=False)
    same_count = len(one.candidates) == len(other.candidates)
    return same_count and all(a is b or _is_same(a, b) for a, b in pairs)


def _is_same(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates are the same: pills and drinks are made anew for each request."""
    if replace(one, servings=()) != replace(other, servings=()):
        return False
    return len(one.servings) == len(other.servings) and all(
        a.portion == b.portion and a.cost_usd == b.cost_usd and np.array_equal(a.amounts, b.amounts)
        for a, b in zip(one.servings, other.servings, strict=True)
    )
