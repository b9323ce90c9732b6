"""What is searched for several eaters: on each shared place the same dishes for all who share it.

Each eater has columns, portions and reduced costs of one's own; a dish is worth searching where the
reduced costs of all its eaters together are small.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from planner.model.asked import serving_at, used_in
from planner.model.input import ModelInput
from planner.search.layout import SearchedEater
from planner.solve.parts import EaterWeek, Shared, Steering, columns_for
from planner.solve.together import cooked_dishes, worth_sharing


@dataclass(frozen=True, slots=True)
class PotOptions:
    """How a table is searched, beside the work of every search.

    Parameters
    ----------
    least_dishes
        Dishes that are searched on a shared place at least.
    portion_points
        Portions of such a dish that are searched for an eater: those up to so many points dearer
        than the cheapest one [points].
    dishes_together
        Dishes that are searched for everybody where different ones for one meal cost points.
    """

    least_dishes: int = 24
    portion_points: float = 0.3
    dishes_together: int = 12


def share_places(sources: Mapping[str, ModelInput], shared: Shared) -> dict[str, ModelInput]:
    """Keep on each shared place only what every one of its eaters may have.

    Parameters
    ----------
    sources
        Name → input of that eater's model.
    shared
        Who shares which places.
    """
    common = {
        place: frozenset.intersection(*(_served_on(sources[name], place) for name in names))
        for place, names in shared.items()
    }
    return {
        name: _kept(source, {place: common[place] for place in shared if name in shared[place]})
        for name, source in sources.items()
    }


def shares_of(
    tables: Mapping[str, EaterWeek],
    columns: Mapping[str, list[tuple[list[int], bool]]],
    shared: Shared,
    steering: Mapping[str, Steering],
) -> list[SearchedEater]:
    """Say what each eater may be served, and which pot each column of a shared place is from.

    Parameters
    ----------
    tables, columns, shared
        The week of each eater, as of ``searched_columns`` the columns, and who shares which places.
    steering
        What leads the search of each, and where it starts.
    """
    pots: dict[str, dict[str, dict[int, int]]] = {name: {} for name in tables}
    for place, names in shared.items():
        served = {name: _dishes(tables[name], columns[name], place) for name in names}
        dishes = sorted(set.intersection(*(set(of_one.values()) for of_one in served.values())))
        for name, of_one in served.items():
            pots[name][place] = {
                column: dishes.index(dish) for column, dish in of_one.items() if dish in dishes
            }
    cooked = cooked_dishes(tables)
    return [
        SearchedEater(
            steering[name].arrays,
            columns[name],
            table.parts.between,
            table.answer.likely,
            steering[name].start,
            pots[name],
            cooked[name],
        )
        for name, table in tables.items()
    ]


def _dishes(
    table: EaterWeek, columns: Sequence[tuple[list[int], bool]], place: str
) -> dict[int, str]:
    """Name what each searched column of a place serves; nothing (-1) where it may be empty."""
    found = {}
    for members, required in columns:
        if table.parts.arrays.places[members[0]] == place:
            of_model = table.parts.model.table.columns
            found = {index: of_model[index].candidate.candidate_id for index in members}
            if not required:
                found[-1] = ""
    return found


def kept_columns(
    tables: Mapping[str, EaterWeek], steering: Mapping[str, Steering]
) -> dict[str, frozenset[int]]:
    """Give the columns that each eater's search starts from, and those of what is asked for."""
    started = {
        name: (column for chosen in one.start for column in chosen or ())
        for name, one in steering.items()
    }
    return {name: frozenset({*own, *_asked(tables[name])}) for name, own in started.items()}


def _asked(table: EaterWeek) -> Iterator[int]:
    """Give the columns of what is put on meals, and those that would use a food up, one a day."""
    source, columns = table.parts.model.source, table.parts.model.table
    for put in source.own_puts(chain(*source.puts)):
        yield from np.flatnonzero(serving_at(columns, put)).tolist()
    for use in source.wishes.uses:
        enough_g = use.mass_g / len(source.weekend)
        yield from (one.index for one in columns.columns if used_in(use, one) >= enough_g)


def searched_columns(
    tables: Mapping[str, EaterWeek],
    shared: Shared,
    points: float,
    pots: PotOptions,
    kept: Mapping[str, Set[int]],
) -> dict[str, list[tuple[list[int], bool]]]:
    """Give each eater's columns to search: of shared places those of the same dishes for all.

    Parameters
    ----------
    tables, shared
        The week of each eater, and who shares which places.
    points
        Reduced cost up to which a column is searched [points].
    pots
        How much is searched on shared places.
    kept
        Columns that are searched in any case; the dish of one on a shared place for all.
    """
    common = {
        place: _cheap_dishes([tables[name] for name in names], place, points, pots.least_dishes)
        | {dish for name in names for dish in _dishes_of(tables[name], place, kept[name])}
        for place, names in shared.items()
    }
    alike = worth_sharing(tables, pots.dishes_together) if len(tables) > 1 else {}
    found = {}
    for name, table in tables.items():
        places = columns_for(table.parts.model, table.answer.reduced, points, kept[name])
        for number, (members, required) in enumerate(places):
            place = table.parts.arrays.places[members[0]]
            if name in shared.get(place, ()):
                worth = _portions(table, place, common[place], pots.portion_points, kept[name])
                places[number] = (worth, required)
            elif place in alike:
                worth = _portions(table, place, alike[place], pots.portion_points, kept[name])
                places[number] = (sorted({*members, *worth}), required)
        found[name] = places
    return found


def _dishes_of(table: EaterWeek, place: str, columns: Set[int]) -> set[str]:
    """Name what some columns serve on a place."""
    of_model = table.parts.model.table.columns
    return {
        of_model[index].candidate.candidate_id
        for index in columns
        if of_model[index].place == place
    }


def _cheap_dishes(
    tables: Sequence[EaterWeek], place: str, points: float, least: int
) -> frozenset[str]:
    """Name the dishes that cost all eaters of a place together the least reduced cost."""
    costs: dict[str, float] = {}
    for table in tables:
        for dish, columns in columns_by_dish(table, place).items():
            costs[dish] = costs.get(dish, 0.0) + float(table.answer.reduced[columns].min())
    ranked = sorted(costs, key=lambda dish: (costs[dish], dish))
    return frozenset(
        dish
        for number, dish in enumerate(ranked)
        if number < least or costs[dish] <= points * len(tables)
    )


def _portions(
    table: EaterWeek, place: str, dishes: Set[str], dearer: float, kept: Set[int]
) -> list[int]:
    """Give the columns of ``dishes`` on a place, in the portions that are worth searching."""
    reduced, worth = table.answer.reduced, list[int]()
    for dish, columns in columns_by_dish(table, place).items():
        if dish in dishes:
            least = float(reduced[columns].min())
            worth += [
                index for index in columns if reduced[index] <= least + dearer or index in kept
            ]
    return sorted(worth)


def columns_by_dish(table: EaterWeek, place: str) -> dict[str, list[int]]:
    """Give dish → its columns on a place, each a portion."""
    by_dish: dict[str, list[int]] = {}
    for column in table.parts.model.table.columns:
        if column.place == place:
            by_dish.setdefault(column.candidate.candidate_id, []).append(column.index)
    return by_dish


def _served_on(source: ModelInput, place: str) -> frozenset[str]:
    candidates = source.candidates.candidates
    return frozenset(one.candidate_id for one in candidates if place in one.places)


def _kept(source: ModelInput, common: Mapping[str, frozenset[str]]) -> ModelInput:
    """Take from shared places what is not common, and second meals of what is never cooked."""
    first = source.rules.rules["leftover"]["cooked_on"]
    candidates = []
    for one in source.candidates.candidates:
        places = tuple(
            place
            for place in one.places
            if one.candidate_id in common.get(place, {one.candidate_id})
        )
        never = one.traits.is_leftover and one.source_id not in common.get(first, {one.source_id})
        if places and not never:
            candidates.append(replace(one, places=places))
    return replace(source, candidates=replace(source.candidates, candidates=tuple(candidates)))
