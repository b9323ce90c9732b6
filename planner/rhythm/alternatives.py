"""Other weeks in a rhythm, clearly different from those that were found.

Each is searched with points on the recipes of the weeks before it, and judged without them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from planner.plan.outcome import Outcome, TableOutcome
from planner.request.request import SolveOptions
from planner.rhythm.options import Option
from planner.rhythm.plan import plan_in_rhythm, search_week
from planner.rhythm.rhythms import SETTINGS
from planner.rhythm.table import TableWeek
from planner.settings import read_settings

if TYPE_CHECKING:
    from planner.table.prepare import PreparedTable

Weeks = Mapping[str, Outcome]
"""Name → what that eater has."""


def plan_apart(
    table: PreparedTable, rhythm: str, found: Sequence[Weeks], started: float
) -> TableOutcome | None:
    """Return other weeks of a table; ``None`` where none differs enough for everybody.

    Parameters
    ----------
    table, rhythm, started
        As of ``planner.rhythm.plan.plan_weeks``, and the name of the rhythm.
    found
        The weeks from which they are to differ.
    """
    settings = read_settings(SETTINGS)
    rule, points = settings["apart"], settings["prices"]["history"]
    served = {name: _recipes(week[name] for week in found) for name in table.weeks}
    for attempt in range(rule["attempts"]):
        price = points * rule["steeper"] ** attempt
        other = plan_in_rhythm(table, rhythm, started, partial(_held_off, served, price))
        if other.total.has_plan and all(
            is_apart(other.each[name], week[name]) for week in found for name in table.weeks
        ):
            return other
    return None


def is_apart(week: Outcome, other: Outcome) -> bool:
    """Whether enough dinners of either of two weeks are not in the other."""
    rule = read_settings(SETTINGS)["apart"]
    return min(share_apart(week, other), share_apart(other, week)) >= float(rule["least_share"])


def share_apart(week: Outcome, other: Outcome) -> float:
    """Return the share of the dinners of a week that another one does not have [0–1]."""
    place = read_settings(SETTINGS)["apart"]["place"]
    dinners = [
        column.candidate.source_id for day in week.days for column in day if column.place == place
    ]
    theirs = _recipes([other])
    return sum(dish not in theirs for dish in dinners) / max(1, len(dinners))


def _recipes(weeks: Iterable[Outcome]) -> frozenset[str]:
    columns = (column for week in weeks for day in week.days for column in day)
    return frozenset(
        column.candidate.source_id for column in columns if column.candidate.traits.is_dish
    )


def _held_off(
    served: Mapping[str, Collection[str]], price: float, week: TableWeek, solve: SolveOptions
) -> tuple[TableWeek, Option]:
    """Search a week with points on the recipes that were served, by which it is not judged."""
    again = [
        choices.candidate(at).source_id in served[name]
        for name, choices in week.choices.items()
        for at in range(len(choices.choices))
    ]
    points = week.whole.points + price * np.array(again, dtype=float)
    return week, search_week(replace(week, whole=replace(week.whole, points=points)), solve)[1]
