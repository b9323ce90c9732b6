"""What eaters have together: each dish of a meal beyond the first, and each thing bought for one.

Nothing is shared by force: who may not have what the others have, or would give up more for it
than it costs, has a dish of one's own. What is only warmed up is not cooked, but a third main dish
of a meal costs points of its own whether it is cooked or warmed up. In an eater's own week a thing
to be bought has that eater's part of its price; one that not all use costs the rest of it here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from planner.candidates.candidate import Column
from planner.model.bought import bought_for, kind_points, most_kinds
from planner.model.input import ModelInput
from planner.plan.outcome import Outcome
from planner.request.table import MAIN
from planner.search.arrays import MAINS, TablePrices
from planner.search.search import Weeks
from planner.solve.parts import EaterWeek

FURTHER, THINGS = "further_dishes", "further_things"
"""The terms of the objective that these points count to."""
Days = Sequence[Sequence[Column]]


def table_prices(source: ModelInput) -> TablePrices:
    """Return the points of dishes of a meal beside those that others at the table have."""
    points, weight = source.rules.points["table"], source.weights.effort
    return TablePrices(points["further_dish"] * weight, points["third_dish"] * weight)


def terms_beside(source: ModelInput, weeks: Iterable[Days]) -> dict[str, float]:
    """Return the points of a table that are in nobody's own week, by term; none that is nothing.

    These are all dishes of a meal beyond the first, and what things that not all use cost more
    than those who use them pay for in their own weeks.

    Parameters
    ----------
    source
        Input of the model of one of its eaters, for what they have in common.
    weeks
        The days of each eater, as served.
    """
    every = list(weeks)
    served = [(number, one) for days in every for number, day in enumerate(days) for one in day]
    prices, places = table_prices(source), _places(source)
    cooked = [_dish_of(one) for one in served if _is_cooked(one[1], places)]
    mains = [_dish_of(one) for one in served if _is_main(one[1], places)]
    further = prices.further * _beyond(1, cooked) + prices.third * _beyond(MAINS, mains)
    found = {FURTHER: further, THINGS: _things_beside(source, every)}
    return {name: points for name, points in found.items() if points}


def beside_of(*weeks: Outcome) -> dict[str, float]:
    """Return the terms of ``terms_beside`` of outcomes of a table, added up."""
    found = {name: sum(week.terms.get(name, 0.0) for week in weeks) for name in (FURTHER, THINGS)}
    return {name: points for name, points in found.items() if points}


def _things_beside(source: ModelInput, weeks: Sequence[Days]) -> float:
    """Return what the things of a table cost beyond what its eaters pay for in their own weeks."""
    most, price = most_kinds(source), kind_points(source)
    each = [
        {name for day in days for one in day for name in bought_for(one, source)} for days in weeks
    ]
    own = sum(max(len(things) - most, 0) for things in each)
    return price * (len(each) * max(len(set[str]().union(*each)) - most, 0) - own)


def _dish_of(served: tuple[int, Column]) -> tuple[int, str, str]:
    day, column = served
    return day, column.place, column.candidate.source_id


def _beyond(most: int, dishes: Iterable[tuple[int, str, str]]) -> int:
    """Count the dishes beyond the ``most`` of all meals: of a day, a place and a dish each."""
    meals: dict[tuple[int, str], set[str]] = {}
    for day, place, dish in dishes:
        meals.setdefault((day, place), set()).add(dish)
    return sum(max(len(dishes) - most, 0) for dishes in meals.values())


def points_beside(tables: Mapping[str, EaterWeek]) -> Callable[[Weeks], float] | None:
    """Return what adds up the points of found weeks, ``None`` for one eater."""
    if len(tables) == 1:
        return None
    models = [table.parts.model for table in tables.values()]

    def add(weeks: Weeks) -> float:
        served = (
            [[model.table.columns[column] for column in day] for day in week.choices]
            for model, week in zip(models, weeks, strict=True)
        )
        return sum(terms_beside(models[0].source, served).values())

    return add


def cooked_columns(table: EaterWeek) -> dict[int, tuple[str, str]]:
    """Return column → place and dish, of what costs points beyond the first of a meal."""
    return _dishes_of(table, _is_cooked)


def main_columns(table: EaterWeek) -> dict[int, tuple[str, str]]:
    """Return column → place and dish, of what costs points beyond the second main dish."""
    return _dishes_of(table, _is_main)


def _dishes_of(
    table: EaterWeek, is_meant: Callable[[Column, Sequence[str]], bool]
) -> dict[int, tuple[str, str]]:
    model = table.parts.model
    places = _places(model.source)
    return {
        column.index: (column.place, column.candidate.source_id)
        for column in model.table.columns
        if is_meant(column, places)
    }


def further_places(tables: Mapping[str, EaterWeek]) -> list[str]:
    """Name the places where different dishes for eaters cost points; none for one eater."""
    first = next(iter(tables.values())).parts.model.source
    return _places(first) if len(tables) > 1 else []


def _places(source: ModelInput) -> list[str]:
    planned = {place.place_id for place in source.rules.places}
    return [place for place in source.rules.points["table"]["places"] if place in planned]


def _is_cooked(column: Column, places: Sequence[str]) -> bool:
    """Whether a column is cooked for a meal at which dishes beyond the first cost points."""
    return column.place in places and not column.candidate.traits.is_leftover


def _is_main(column: Column, places: Sequence[str]) -> bool:
    """Whether a column is a main dish of such a meal, cooked or warmed up, or the first snack."""
    return column.place in places and column.place.endswith((f".{MAIN}", ".first"))
