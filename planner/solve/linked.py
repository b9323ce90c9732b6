"""The average weeks of a table in one linear program, with the same dishes on shared places.

On a set of days that is whole classes of days for all who share a place, each dish is served as
often to one as to another. So these rows hold for the averages of all weeks that share dishes:
where they have no solution there are no such weeks, even if everybody has one alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from planner.bound.lower_bound import least_taken
from planner.bound.lp import LinearProgram, can_be_solved
from planner.bound.week_lp import AverageDays, add_average_week
from planner.errors import OutOfTimeError, SolverError
from planner.model.arrays import Array
from planner.model.days import DayKind
from planner.solve.parts import EaterWeek, Shared

Weeks = Mapping[str, EaterWeek]


def may_share_dishes(weeks: Weeks, shared: Shared) -> Literal["yes", "no", "out of time"]:
    """Return whether there may be weeks that share dishes; a no is a proof, a yes is none.

    Parameters
    ----------
    weeks, shared
        The week of each eater, and who shares which places.
    """
    if not shared:
        return "yes"
    lp = LinearProgram()
    days = {}
    for name, week in weeks.items():
        source, arrays = week.parts.model.source, week.parts.arrays
        days[name] = add_average_week(lp, source, arrays, least_taken(source, arrays, week.fixed))
    for place, names in shared.items():
        _add_links(lp, place, {name: weeks[name] for name in names}, days)
    try:
        return "yes" if can_be_solved(lp) else "no"
    except OutOfTimeError:
        return "out of time"
    except SolverError:
        return "yes"  # what is known of each eater holds without it


def _add_links(
    lp: LinearProgram, place: str, weeks: Weeks, days: Mapping[str, AverageDays]
) -> None:
    """Serve each dish of a place as often to each eater, on each set of common days."""
    served = {name: columns_by_dish(week, place) for name, week in weeks.items()}
    dishes = sorted({dish for own in served.values() for dish in own})
    marks = {
        name: dish_marks(served[name], dishes, len(week.parts.model.table))
        for name, week in weeks.items()
    }
    minus = {name: -one for name, one in marks.items()}
    kinds = {name: week.parts.model.source.day_kinds for name, week in weeks.items()}
    slot = place.split(".")[0]
    level = np.zeros(len(dishes)), np.zeros(len(dishes))
    for common in common_days(list(kinds.values())):
        here = [name for name in weeks if slot not in kinds[name][common[0]].absence.slots]
        first, *others = here or weeks  # who misses the meal has none of it
        for other in others if here else ():
            parts = [
                (x, dense, float(count))
                for name, dense in ((first, marks[first]), (other, minus[other]))
                for x, count, kind in zip(
                    days[name].xs, days[name].counts, days[name].day_kinds, strict=True
                )
                if kind in {kinds[name][day] for day in common}
            ]
            lp.add_rows(*level, parts)


def dish_marks(served: Mapping[str, Sequence[int]], dishes: Sequence[str], width: int) -> Array:
    """Dishes × columns with 1 for the columns that serve each dish."""
    marks = np.zeros((len(dishes), width))
    for row, dish in enumerate(dishes):
        marks[row, list(served.get(dish, ()))] = 1.0
    return marks


def common_days(kinds: Sequence[Sequence[DayKind]]) -> list[list[int]]:
    """Part the days into the smallest sets that are whole classes of days for everybody.

    Parameters
    ----------
    kinds
        For each eater the class of each day.
    """
    sets: list[list[int]] = []
    for day in range(len(kinds[0])):
        alike = [
            one for one in sets if any(own[day] == own[other] for own in kinds for other in one)
        ]
        merged = sorted({day, *(other for one in alike for other in one)})
        sets = [*(one for one in sets if one not in alike), merged]
    return sets


def columns_by_dish(table: EaterWeek, place: str) -> dict[str, list[int]]:
    """Return dish → its columns on a place, each a portion."""
    by_dish: dict[str, list[int]] = {}
    for column in table.parts.model.table.columns:
        if column.place == place:
            by_dish.setdefault(column.candidate.candidate_id, []).append(column.index)
    return by_dish
