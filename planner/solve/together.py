"""What eaters cook for the same meal: each dish beyond the first costs points.

Nothing is shared by force: who may not have what the others have, or would give up more for it
than it costs, has a dish of one's own. What is only warmed up is not cooked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planner.model.board import Column
from planner.model.input import ModelInput
from planner.search.layout import beyond_first
from planner.solve.parts import EaterWeek

FURTHER = "further_dishes"
"""The term of the objective that these points count to."""
Days = Sequence[Sequence[Column]]


def further_price(source: ModelInput) -> float:
    """Give the points of each dish that is cooked for a meal of the table beyond the first."""
    return float(source.rules.points["table"]["further_dish"]) * source.weights.effort


def further_points(source: ModelInput, weeks: Iterable[Days]) -> float:
    """Give the points of all dishes beyond the first in the weeks of a table.

    Parameters
    ----------
    source
        Input of the model of one of its eaters, for what they have in common.
    weeks
        The days of each eater, as served.
    """
    cooked = (
        (number, column.place, column.candidate.source_id)
        for days in weeks
        for number, day in enumerate(days)
        for column in _cooked(source, day)
    )
    return further_price(source) * beyond_first(cooked)


def cooked_dishes(tables: Mapping[str, EaterWeek]) -> dict[str, dict[int, int]]:
    """Give for each eater column → number of the dish that it is cooked as, the same for all."""
    dishes = {
        name: {
            column.index: column.candidate.source_id
            for column in _cooked(table.parts.model.source, table.parts.model.table.columns)
        }
        for name, table in tables.items()
    }
    known = sorted({dish for own in dishes.values() for dish in own.values()})
    at = {dish: number for number, dish in enumerate(known)}
    return {name: {one: at[dish] for one, dish in own.items()} for name, own in dishes.items()}


def worth_sharing(tables: Mapping[str, EaterWeek], count: int) -> dict[str, frozenset[str]]:
    """Give place → the dishes that are worth most for everybody to have alike.

    Parameters
    ----------
    tables
        The week of each eater.
    count
        How many dishes of each place. A dish costs each eater its reduced cost there, or the price
        of a further dish where that is less.
    """
    first = next(iter(tables.values())).parts.model.source
    return {place: _best(tables, place, count) for place in _places(first)}


def _best(tables: Mapping[str, EaterWeek], place: str, count: int) -> frozenset[str]:
    """Name the dishes that cost all eaters together the least on a place."""
    saved: dict[str, float] = {}
    for table in tables.values():
        price = further_price(table.parts.model.source)
        for dish, columns in _by_dish(table, place).items():
            least = float(table.answer.reduced[columns].min())
            saved[dish] = saved.get(dish, 0.0) + max(0.0, price - least)
    return frozenset(sorted(saved, key=lambda dish: (-saved[dish], dish))[:count])


def _by_dish(table: EaterWeek, place: str) -> dict[str, list[int]]:
    """Give dish → its columns that are cooked for a place."""
    found: dict[str, list[int]] = {}
    for column in _cooked(table.parts.model.source, table.parts.model.table.columns):
        if column.place == place:
            found.setdefault(column.candidate.source_id, []).append(column.index)
    return found


def _places(source: ModelInput) -> list[str]:
    planned = {place.place_id for place in source.rules.places}
    return [place for place in source.rules.points["table"]["places"] if place in planned]


def _cooked(source: ModelInput, columns: Iterable[Column]) -> Iterator[Column]:
    """Give the columns that are cooked for a meal at which dishes beyond the first cost points."""
    places = _places(source)
    for column in columns:
        if column.place in places and not column.candidate.traits.is_leftover:
            yield column
