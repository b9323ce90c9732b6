"""The average weeks of a table in one linear program, with the same dishes on shared places.

On a set of days that is whole classes of days for all who share a place, each dish is served as
often to one as to another. So these rows hold for the averages of all weeks that share dishes: the
optimum is a bound for the table, at least the sum of its eaters' own bounds, and where there is
no solution there are no such weeks, even if everybody has one alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.bound.lower_bound import least_taken
from planner.bound.lp import LinearProgram, solve_gathered
from planner.bound.week_lp import AverageDays, add_average_week
from planner.errors import OutOfTimeError, SolverError
from planner.model.arrays import Array
from planner.model.days import DayKind
from planner.solve.parts import EaterWeek, Shared
from planner.solve.pots import columns_by_dish

Weeks = Mapping[str, EaterWeek]


@dataclass(frozen=True, slots=True)
class Linked:
    """What the linked average weeks say.

    Parameters
    ----------
    bound
        Points that the weeks of all eaters together cannot go below; ``None`` where there are none.
    is_cut
        Whether time was over before that was known.
    """

    bound: float | None
    is_cut: bool = False


def solve_linked(weeks: Weeks, shared: Shared) -> Linked | None:
    """Solve the average weeks of all eaters together; ``None`` where nothing comes of it.

    Parameters
    ----------
    weeks, shared
        The week of each eater, and who shares which places.
    """
    if not shared:
        return None
    lp = LinearProgram()
    days = {}
    for name, week in weeks.items():
        source, arrays = week.parts.model.source, week.parts.arrays
        days[name] = add_average_week(lp, source, arrays, least_taken(source, arrays, week.fixed))
    for place, names in shared.items():
        _add_links(lp, place, {name: weeks[name] for name in names}, days)
    try:
        return Linked(solve_gathered(lp))
    except OutOfTimeError:
        return Linked(0.0, is_cut=True)  # nothing is proven, and not tried again
    except SolverError:
        return None  # what is known of each eater holds without it


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
