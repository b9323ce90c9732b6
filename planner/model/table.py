"""The weeks of a table in one problem: each eater's own, and rows for what is shared.

Each week is written by the adders of one eater, under names that start with whose it is. Points add
up. Packages bought together are priced in each eater's week, as ``packages_of_columns`` says, so
that dishes on shared places are all that ties the weeks together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pulp

from planner.model.board import Board, Plate
from planner.model.build import HardWeek, WeekModel
from planner.model.input import ModelInput
from planner.model.keys import RowKey
from planner.model.sums import Sum
from planner.model.variety import plain_word


@dataclass(frozen=True, slots=True)
class TableModel:
    """The weeks of several eaters in one problem.

    Parameters
    ----------
    board
        The problem with named rows.
    keys
        Row name → its key, of the rows that tie eaters together.
    each
        Name → week of that eater; its problem is the common one, its keys are its own.
    """

    board: Board
    keys: Mapping[str, RowKey]
    each: Mapping[str, WeekModel | HardWeek]

    @property
    def problem(self) -> pulp.LpProblem:
        """The PuLP problem with all rows and the objective."""
        return self.board.problem


def build_table(
    sources: Mapping[str, ModelInput],
    shared: Mapping[str, Sequence[str]],
    build: Callable[[ModelInput, Board], WeekModel | HardWeek],
    board: Board | None = None,
) -> TableModel:
    """Build the weeks of all eaters in one problem.

    Parameters
    ----------
    sources
        Name → input of that eater's model.
    shared
        Place → names of the eaters who have the same dish there.
    build
        How a week is built: ``build_compact_week`` with days of their own, exactly, or
        ``build_hard_week``, with the same dishes on average days; where that has no solution no
        weeks share dishes, and the days of all must be of the same classes.
    board
        Where it is written; a problem of its own when left out.
    """
    board = board or Board("household")
    each = {
        name: build(source, board.owned_by(f"eater{number}_{plain_word(name)}"))
        for number, (name, source) in enumerate(sources.items(), start=1)
    }
    for place, names in shared.items():
        add_shared_dishes(board, place, [each[name].plates for name in names])
    board.close()
    return TableModel(board, board.keys, each)


def add_shared_dishes(board: Board, place: str, eaters: Sequence[Sequence[Plate]]) -> None:
    """Serve the same dish to all ``eaters`` on ``place`` each day, in portions of their own.

    Who misses the meal has none of it.
    """
    slot = place.split(".")[0]
    for plates in zip(*eaters, strict=True):
        here = [plate for plate in plates if slot not in plate.absence.slots] or plates[:1]
        served = [_dishes(plate, place) for plate in here]
        for dish in sorted(set().union(*served)):
            first, *others = (of_one.get(dish, Sum()) for of_one in served)
            for number, other in enumerate(others, start=2):
                key = RowKey("shared", str(dish), day=plates[0].day, place=place, number=number)
                board.require(key, first - other == 0)


def _dishes(plate: Plate, place: str) -> dict[str, Sum]:
    """Return what may stand on a place: dish → its portions together."""
    found: dict[str, list[int]] = {}
    for column in plate.table.columns:
        if column.place == place:
            found.setdefault(column.candidate.candidate_id, []).append(column.index)
    return {dish: plate.total(plate.table.marks(numbers)) for dish, numbers in found.items()}
