"""What eaters cook for the same meal: each dish beyond the first costs points.

Nothing is shared by force: who may not have what the others have, or would give up more for it
than it costs, has a dish of one's own. What is only warmed up is not cooked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from planner.model.board import Column
from planner.model.input import ModelInput
from planner.search.search import Weeks
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


def beyond_first(cooked: Iterable[tuple[int, str, str]]) -> int:
    """Count the dishes beyond the first of all meals: of a day, a place and a dish each."""
    meals: dict[tuple[int, str], set[str]] = {}
    for day, place, dish in cooked:
        meals.setdefault((day, place), set()).add(dish)
    return sum(len(dishes) - 1 for dishes in meals.values())


def counter_beside(tables: Mapping[str, EaterWeek]) -> Callable[[Weeks], int] | None:
    """Return what counts dishes beyond the first in found weeks; ``None`` for one eater."""
    if len(tables) == 1:
        return None
    each = [cooked_columns(table) for table in tables.values()]

    def count(weeks: Weeks) -> int:
        return beyond_first(
            (day, *cooked[column])
            for cooked, week in zip(each, weeks, strict=True)
            for day, chosen in enumerate(week.choices)
            for column in chosen
            if column in cooked
        )

    return count


def cooked_columns(table: EaterWeek) -> dict[int, tuple[str, str]]:
    """Return column → place and dish, of what costs points beyond the first of a meal."""
    model = table.parts.model
    return {
        column.index: (column.place, column.candidate.source_id)
        for column in _cooked(model.source, model.table.columns)
    }


def further_places(tables: Mapping[str, EaterWeek]) -> list[str]:
    """Name the places where different dishes for eaters cost points; none for one eater."""
    first = next(iter(tables.values())).parts.model.source
    return _places(first) if len(tables) > 1 else []


def _places(source: ModelInput) -> list[str]:
    planned = {place.place_id for place in source.rules.places}
    return [place for place in source.rules.points["table"]["places"] if place in planned]


def _cooked(source: ModelInput, columns: Iterable[Column]) -> Iterator[Column]:
    """Give the columns that are cooked for a meal at which dishes beyond the first cost points."""
    places = _places(source)
    for column in columns:
        if column.place in places and not column.candidate.traits.is_leftover:
            yield column
