"""Spots gathered eater by eater, and joined into the flat arrays that compiled code reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from foods.openings import PARTS
from planner.model.arrays import Array, WeekArrays
from planner.model.packages import Packages
from planner.search.sparse import few_of_lines
from planner.search.spots import Ints, Spots
from planner.search.units import Seat, units_of

SAME_MEAL = 4  # a second place of the same meal is drawn that much more often


class Entries(NamedTuple):
    """What the options of a spot have: how many entries each, and what these hold, in order."""

    counts: Ints
    held: tuple[npt.NDArray[Any], ...]


class ByColumn(NamedTuple):
    """What columns have: first entry of each and the end, and what the entries hold."""

    first: Ints
    held: tuple[npt.NDArray[Any], ...]

    def entries(self, options: Ints) -> Entries:
        """Give what options have; nothing (-1) has none."""
        begin = np.where(options >= 0, self.first[options], 0)
        counts = np.where(options >= 0, self.first[options + 1] - begin, 0)
        taken = np.arange(counts.sum()) + np.repeat(begin - starts(counts)[:-1], counts)
        return Entries(counts, tuple(one[taken] for one in self.held))


def nonzero_by_column(table: npt.NDArray[Any]) -> tuple[Ints, Ints, Ints]:
    """Give first entry of each column and the end, then column and row of each entry not 0."""
    column, row = np.nonzero(table.T)
    return np.searchsorted(column, np.arange(table.shape[1] + 1)), column, row


@dataclass(frozen=True, slots=True)
class FlatSpot:
    """A place of a day of an eater; numbers count from the first of the eater.

    Parameters
    ----------
    day, place, role
        Where it is, and its role as in ``Spots``.
    points, dishes, pots, cooked
        Of each option.
    rows, alike
        Rows and coefficients of each option, and how many of them count alike on all days.
    lines
        Of each line its row, largest coefficient and begin in the block.
    kept
        Dish that keeps of each option, -1 for none.
    kinds, packages, shelf, shelf_dishes
        What each option uses, as in ``Spots``.
    partners
        Spots that may be drawn together with it.
    """

    day: int
    place: str
    role: int
    points: Array
    dishes: Ints
    pots: Ints
    cooked: Ints
    rows: Entries
    alike: Ints
    lines: tuple[Ints, Array, Ints]
    kept: Ints
    kinds: Entries
    packages: Entries
    shelf: Entries
    shelf_dishes: Ints
    partners: list[int]


@dataclass(frozen=True, slots=True)
class FlatEater:
    """The spots of an eater.

    Parameters
    ----------
    spots
        Day by day, place by place.
    days, rows
        Numbers of them.
    across
        Pairs of a meal and the next day's second meal.
    keeps
        Days that each dish keeps.
    block
        Coefficients of the lines.
    work
        Row of the minutes of work of each day, -1 for none.
    arrays
        The rows of the week, for what all days share.
    """

    spots: Sequence[FlatSpot]
    days: int
    rows: int
    across: Sequence[tuple[int, int]]
    keeps: Ints
    block: Array
    work: Sequence[int]
    arrays: WeekArrays


def join(eaters: Sequence[FlatEater], further_points: float) -> Spots:
    """Lay eaters out one after the other; spots of a shared place on one day form a group."""
    group, members = _groups(eaters)
    return Spots(
        **_options(eaters),
        **_rows(eaters),
        **_uses(eaters),
        **_seats(eaters, group),
        **_draws(eaters, group, members),
        **_tables(eaters, group, members),
        further_points=further_points,
        **_cookings(eaters),
        **_shelves(eaters),
    )


def _spots(eaters: Sequence[FlatEater]) -> list[tuple[int, FlatSpot]]:
    """Give all spots with the number of their eater."""
    return [(number, spot) for number, eater in enumerate(eaters) for spot in eater.spots]


def _groups(eaters: Sequence[FlatEater]) -> tuple[Ints, list[list[int]]]:
    """Give the group of each spot, -1 for none, and the spots of each."""
    found: dict[tuple[int, str], list[int]] = {}
    spots = _spots(eaters)
    for at, (_, spot) in enumerate(spots):
        if (spot.pots >= 0).any():
            found.setdefault((spot.day, spot.place), []).append(at)
    group = np.full(len(spots), -1, dtype=np.int64)
    for number, members in enumerate(found.values()):
        group[members] = number
    return group, list(found.values())


def _options(eaters: Sequence[FlatEater]) -> dict[str, Any]:
    kept = starts([len(eater.keeps) for eater in eaters])
    spots = _spots(eaters)
    pot = np.concatenate([spot.pots for _, spot in spots])
    return {
        "start": starts([len(spot.points) for _, spot in spots]),
        "points": np.concatenate([spot.points for _, spot in spots]),
        "dish": np.concatenate([_shifted(spot.dishes, kept[e]) for e, spot in spots]),
        "keeps": np.concatenate([eater.keeps for eater in eaters]).astype(np.int64),
        "pot": pot,
        "pots": int(pot.max(initial=-1)) + 1,
    }


def _rows(eaters: Sequence[FlatEater]) -> dict[str, Any]:
    first = starts([eater.rows for eater in eaters])
    begin = starts([len(eater.block) for eater in eaters])
    spots = _spots(eaters)
    entry = starts(np.concatenate([spot.rows.counts for _, spot in spots]))
    lines = [
        (spot.lines[0] + first[e], spot.lines[1], spot.lines[2] + begin[e]) for e, spot in spots
    ]
    few = few_of_lines(
        [eater.block for eater in eaters],
        [(e, spot.lines[2], len(spot.points)) for e, spot in spots],
    )
    return {
        "entry": entry,
        "row": _joined([spot.rows.held[0] + first[e] for e, spot in spots]),
        "value": np.concatenate([spot.rows.held[1] for _, spot in spots]),
        "apart": entry[:-1] + np.concatenate([spot.alike for _, spot in spots]),
        "line": starts([len(row) for row, _, _ in lines]),
        "line_row": _joined([row for row, _, _ in lines]),
        "line_most": np.concatenate([most for _, most, _ in lines]),
        "line_at": np.concatenate([at for _, _, at in lines]),
        "block": np.concatenate([eater.block for eater in eaters]),
        "line_few": few.between,
        "few": few.options,
    }


def _uses(eaters: Sequence[FlatEater]) -> dict[str, Any]:
    """Give the kinds and packages that options use, and what these cost."""
    spots = [spot for _, spot in _spots(eaters)]
    arrays = [eater.arrays for eater in eaters]
    of_packages = np.concatenate([spot.packages.counts for spot in spots])
    return {
        "kind_entry": starts(np.concatenate([spot.kinds.counts for spot in spots])),
        "kind": _joined([spot.kinds.held[0] for spot in spots]),
        "kind_points": np.array([float(one.kind_points) for one in arrays]),
        "most_kinds": np.array([one.most_kinds for one in arrays]),
        "package_entry": starts(of_packages),
        "package": _joined([spot.packages.held[0] for spot in spots]),
        "package_parts": np.concatenate([spot.packages.held[1] for spot in spots]),
        "package_option": np.repeat(np.arange(len(of_packages)), of_packages),
        "packages": max(len(one.packages.names) for one in arrays),
        "part_points": _padded([one.packages.points / PARTS for one in arrays], 0.0),
    }


def _seats(eaters: Sequence[FlatEater], group: Ints) -> dict[str, Any]:
    """Give where each spot is, and what two days may exchange."""
    spots = _spots(eaters)
    pots = group.tolist()
    units = units_of(
        [Seat(e, spot.day, spot.place, pot) for (e, spot), pot in zip(spots, pots, strict=True)]
    )
    return {
        "role": np.array([spot.role for _, spot in spots]),
        "day": np.array([spot.day for _, spot in spots]),
        "eater": np.array([e for e, _ in spots]),
        "days": max(eater.days for eater in eaters),
        "unit_start": units.start,
        "unit_spot": units.spot,
        "unit_like_start": units.like_start,
        "unit_like": units.like,
        "single_units": units.singles,
    }


def _draws(
    eaters: Sequence[FlatEater], group: Ints, members: Sequence[Sequence[int]]
) -> dict[str, Any]:
    """Give which spots are drawn together."""
    first = starts([len(eater.spots) for eater in eaters]).tolist()
    partners = [
        [q + first[e] for q in spot.partners if group[q + first[e]] < 0]
        for e, spot in _spots(eaters)
    ]
    pairs = [
        (one + first[e], two + first[e])
        for e, eater in enumerate(eaters)
        for one, two in eater.across
    ]
    free = [pair for pair in pairs if group[pair[0]] < 0 and group[pair[1]] < 0]
    return {
        "partner_start": starts([len(many) for many in partners]),
        "partner": np.array([q for many in partners for q in many], dtype=np.int64),
        "group": group,
        "group_start": starts([len(spots) for spots in members]),
        "member": np.array([spot for spots in members for spot in spots], dtype=np.int64),
        "across": np.array(free, dtype=np.int64).reshape(len(free), 2),
    }


def _tables(
    eaters: Sequence[FlatEater], group: Ints, members: Sequence[Sequence[int]]
) -> dict[str, Any]:
    """Give the meals that eaters have beside each other; the first of a pot stands for it."""
    found: dict[tuple[int, str], list[int]] = {}
    spots = _spots(eaters)
    for at, (_, spot) in enumerate(spots):
        if (spot.cooked >= 0).any() and (group[at] < 0 or members[group[at]][0] == at):
            found.setdefault((spot.day, spot.place), []).append(at)
    tables = [members for members in found.values() if len(members) > 1]
    table = np.full(len(spots), -1, dtype=np.int64)
    for number, seats in enumerate(tables):
        table[seats] = number
    return {
        "table": table,
        "table_start": starts([len(seats) for seats in tables]),
        "table_spot": np.array([spot for seats in tables for spot in seats], dtype=np.int64),
        "cooked": np.concatenate([spot.cooked for _, spot in spots]),
    }


def _cookings(eaters: Sequence[FlatEater]) -> dict[str, Any]:
    """Give the dishes that keep, and what cooking them costs."""
    cookings = [eater.arrays.cookings for eater in eaters]
    first = starts([len(one.names) for one in cookings])
    rows = starts([eater.rows for eater in eaters]).tolist()
    days = max(eater.days for eater in eaters)
    work = [
        [row + rows[e] if row >= 0 else -1 for row in eater.work] for e, eater in enumerate(eaters)
    ]
    return {
        "kept": np.concatenate([_shifted(spot.kept, first[e]) for e, spot in _spots(eaters)]),
        "kept_days": np.concatenate([one.keeps for one in cookings]),
        "kept_minutes": np.concatenate([one.minutes for one in cookings]),
        "kept_points": np.vstack([_wide(one.points.T, days) for one in cookings]),
        "work_row": _padded(work),
    }


def _wide(points: Array, days: int) -> Array:
    """Give points of days as rows for more days, 0 on those."""
    return np.hstack([points, np.zeros((len(points), days - points.shape[1]))])


def _shelves(eaters: Sequence[FlatEater]) -> dict[str, Any]:
    """Give what options use of packages that spoil before the week is over."""
    spots, packages = _spots(eaters), [eater.arrays.packages for eater in eaters]
    days = max(eater.days for eater in eaters)
    first = starts([len(one.dish_days) for one in packages])
    dishes = [
        np.column_stack([_shifted(spot.shelf_dishes[:, :2], first[e]), spot.shelf_dishes[:, 2]])
        for e, spot in spots
    ]
    counts = np.concatenate([spot.shelf.counts for _, spot in spots])
    mine = [
        [at for at, (e, spot) in enumerate(spots) if e == number and spot.shelf.counts.any()]
        for number in range(len(eaters))
    ]
    return {
        "shelf": np.vstack([spot.shelf.held[0] for _, spot in spots]),
        "shelf_option": np.column_stack([starts(counts), np.vstack([*dishes, [[-1, -1, 0]]])]),
        "shelf_place": _padded(mine),
        "shelf_days": _padded([one.keeps[is_brief(one, days)] for one in packages]),
        "shelf_points": _padded([one.points[is_brief(one, days)] / PARTS for one in packages], 0.0),
    }


def _shifted(dishes: Ints, by: int) -> Ints:
    """Count dishes from the first of all eaters; -1 stays nothing, and -2 - g is of dish g."""
    return np.where(dishes >= 0, dishes + by, np.where(dishes < -1, dishes - by, -1))


def _joined(numbers: Sequence[Ints]) -> npt.NDArray[np.uint32]:
    return np.concatenate(numbers).astype(np.uint32)


def starts(counts: Sequence[int] | Ints) -> Ints:
    """Give where each of some lists laid end to end begins, and the end of the last."""
    found: Ints = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return found


def _padded(lists: Sequence[Sequence[int] | Any], end: float = -1) -> Any:
    """Give lists of numbers as rows, ``end`` after their ends."""
    rows = np.full((len(lists), max(map(len, lists))), end)
    for row, numbers in zip(rows, lists, strict=True):
        row[: len(numbers)] = numbers
    return rows


def is_brief(packages: Packages, days: int) -> npt.NDArray[np.bool_]:
    """Whether each package spoils before the week is over; what costs nothing is not followed."""
    brief: npt.NDArray[np.bool_] = (packages.keeps < days - 1) & (packages.points > 0.0)
    return brief


def kinds_of_columns(arrays: WeekArrays) -> ByColumn:
    """Give the kinds that columns use."""
    first, _, kind = nonzero_by_column(arrays.kinds)
    return ByColumn(first, (kind,))


def packages_of_columns(packages: Packages, days: int) -> ByColumn:
    """Give the packages that columns use and keep for ``days``, and how many parts of each."""
    parts = np.where(is_brief(packages, days)[:, None], 0, packages.parts)
    first, column, package = nonzero_by_column(parts)
    return ByColumn(first, (package, parts[package, column]))


def shelf_of_columns(packages: Packages, days: int) -> tuple[ByColumn, Ints]:
    """Give what columns use of packages that spoil, and of each column, then of nothing, the dish.

    Entries and dishes are rows of ``Spots.shelf`` and the last columns of ``Spots.shelf_option``.
    """
    brief = is_brief(packages, days)
    parts, again = packages.parts[brief], packages.again[brief]
    first, column, package = nonzero_by_column(parts)
    own = (parts - again)[package, column]
    keeps = np.append(packages.dish_days, 0)[packages.needs]
    dishes = np.column_stack([packages.cooks, packages.needs, keeps])
    entries = np.column_stack([package, own, again[package, column]])
    return ByColumn(first, (entries,)), np.vstack([dishes, [[-1, -1, 0]]])


def partners(places: Sequence[str]) -> list[list[int]]:
    """For each place the others of its day, those of its own meal more often."""
    slots = [name.split(".")[0] for name in places]
    count = len(slots)
    return [
        [q for q in range(count) if q != p and slots[q] == slots[p]] * SAME_MEAL
        + [q for q in range(count) if q != p and slots[q] != slots[p]]
        for p in range(count)
    ]
