"""Which meals are searched: for each eater, class of days and meal the cheapest whole ones.

A meal costs its points less what the rows that link meals and days pay for it, at the prices of the
average week. Of each main dish some meals are listed, so that a menu is not one dish with all its
partners. Who shares a dish has the same dishes on the menu.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from planner.model.arrays import Array, WeekArrays
from planner.model.packages import Packages
from planner.search.evaluate import NOTHING
from planner.search.meals import DayClasses, DayMeals, Indices, Ranked, slot_of
from planner.search.menu import Flags, MenuMaker, ServedEater, mark_of_meals
from planner.search.work import ListedMeals
from planner.solve.parts import EaterWeek, Shared, Steering
from planner.solve.together import cooked_columns, further_places, main_columns

Common = Mapping[tuple[int, str], frozenset[str]]
"""Day and meal → dishes that are on the menus of all who share it, or might cook it together."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """What is listed for an eater, before it is known what others have.

    Parameters
    ----------
    week, lead
        The eater's week, and what leads the search.
    classes, meals
        The classes of days and the meals of each.
    found
        For each class of days and meal what is listed, of as many dishes as there are.
    dishes
        The dish of each column.
    """

    week: EaterWeek
    lead: Steering
    classes: DayClasses
    meals: tuple[DayMeals, ...]
    found: tuple[tuple[Ranked, ...], ...]
    dishes: tuple[str, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """Names of the meals."""
        return self.meals[0].slots

    @property
    def second_meals(self) -> frozenset[str]:
        """Names of the dishes that are second meals of others, of which a menu has fewer.

        A menu of second meals alone would have no meal where their dinners are not cooked.
        """
        needs = self.week.parts.arrays.packages.needs
        return frozenset(self.dishes[column] for column in np.flatnonzero(needs >= 0))

    def misses(self, day: int, slot: str) -> bool:
        """Whether the eater does not have a meal on a day."""
        return slot in self.week.parts.model.source.day_kinds[day].absence.slots

    def ranked(self, of_class: int, slot: int) -> tuple[Indices, Array, Array]:
        """Return the meals, the cheapest first: columns, points and main dish, "" for none."""
        found = self.found[of_class][slot]
        order = np.argsort(found.points, kind="stable")
        columns = found.columns[order]
        return columns, found.points[order], np.array([*self.dishes, ""])[columns[:, 0]]


def served_eaters(
    weeks: Mapping[str, EaterWeek],
    shared: Shared,
    leads: Mapping[str, Steering],
    listed: ListedMeals,
) -> list[ServedEater]:
    """List what each eater may be served.

    Parameters
    ----------
    weeks, shared, leads
        The week of each eater, who shares which places, and what leads the search of each.
    listed
        How many meals are listed.
    """
    sharers = {slot_of(place): names for place, names in shared.items()}
    for is_strict in (True, False):
        each = {
            name: _listed(week, leads[name], listed, is_strict=is_strict)
            for name, week in weeks.items()
        }
        common = _common_dishes(each, sharers, listed.most // listed.of_each)
        if all(common.values()):
            break
    beside = {slot_of(place): tuple(weeks) for place in further_places(weeks)}
    alike = _common_dishes(
        each, {slot: beside[slot] for slot in beside.keys() - sharers}, listed.together
    )
    mains = {dish for own in each.values() for _, dish in main_columns(own.week).values()}
    names = sorted(mains.union(*(own.dishes for own in each.values())))
    numbers = {dish: number for number, dish in enumerate(names)}
    eaters = []
    for name, own in each.items():
        mine = frozenset(place for place, names in shared.items() if name in names)
        eaters.append(_served(own, (common, alike), mine, numbers, listed))
    return eaters


def _listed(week: EaterWeek, lead: Steering, listed: ListedMeals, *, is_strict: bool) -> _Listed:
    """List the cheapest meals of an eater, of each class of days.

    ``is_strict`` holds the only meal of a day to the rows of the day, where any meal keeps them.
    """
    arrays, kinds = lead.arrays, week.parts.model.source.day_kinds
    classes = DayClasses.of(arrays)
    meals = tuple(DayMeals(arrays, first) for first in classes.first)
    columns = week.parts.model.table.columns
    names = tuple(column.candidate.candidate_id for column in columns)
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    dishes = np.array([numbers[name] for name in names])
    found = []
    for own, day in zip(meals, classes.first, strict=True):
        each, dearer = listed.of_each, listed.dearer
        costs = _costs(week, arrays.points[day], kinds.index(kinds[day]), own.between)
        ranked = [one.listed(*costs, dishes, each, dearer) for one in own.meals]
        only = own.only_meal(arrays, day) if is_strict else None
        if only is not None:
            at, meal = only
            costs = _costs_alone(week, arrays, day)
            strict = meal.listed(*costs, dishes, each, dearer)
            ranked[at] = strict if len(strict.columns) else ranked[at]
        found.append(tuple(ranked))
    return _Listed(week, lead, classes, meals, tuple(found), names)


def _costs_alone(week: EaterWeek, arrays: WeekArrays, day: int) -> tuple[Array, Array]:
    """Return the same for the only meal of a day, with which all rows of the day are counted."""
    costs, reduced = _costs(week, arrays.points[day], day, np.array([], dtype=np.int64))
    return arrays.points[day] if len(arrays.points) == 1 else costs, reduced


def _costs(week: EaterWeek, points: Array, day: int, between: Indices) -> tuple[Array, Array]:
    """Return the points of each column less what rows pay for it: those between meals, and all.

    The rows of one meal alone are counted with each meal, so there they pay nothing.
    """
    prices = week.answer.prices.get(week.parts.model.source.day_kinds[day])
    if prices is None:
        return points, points  # no week exists: nothing is paid
    own = np.ones(len(prices.rows), dtype=bool)
    own[between] = False
    back = prices.rows[own] @ week.parts.arrays.day.coefficients[own]
    reduced: Array = points - week.parts.arrays.points[day] + prices.reduced
    return reduced + back, reduced


def _common_dishes(
    each: Mapping[str, _Listed], eaters: Mapping[str, Sequence[str]], most: int
) -> Common:
    """Choose for each meal of each day the dishes that cost all its ``eaters`` the least."""
    common: dict[tuple[int, str], frozenset[str]] = {}
    known: dict[tuple[tuple[tuple[str, int], ...], str], frozenset[str]] = {}
    for slot, names in eaters.items():
        for day in range(len(each[names[0]].classes.of_day)):
            here = [name for name in names if not each[name].misses(day, slot)] or names
            classes = tuple((name, each[name].classes.of_day[day]) for name in here)
            if (classes, slot) not in known:
                own, of_class = [each[name] for name in here], [number for _, number in classes]
                known[classes, slot] = _cheapest(own, of_class, slot, most)
            common[day, slot] = known[classes, slot]
    return common


def _cheapest(
    own: Sequence[_Listed], classes: Sequence[int], slot: str, most: int
) -> frozenset[str]:
    costs: list[dict[str, float]] = []
    for one, of_class in zip(own, classes, strict=True):
        _, points, mains = one.ranked(of_class, one.slots.index(slot))
        dearest_first = zip(mains[::-1].tolist(), points[::-1].tolist(), strict=True)
        costs.append(dict(dearest_first))  # the cheapest meal of a dish is the last to be put in
    all_have = set.intersection(*map(set, costs))
    total = {dish: sum(cost[dish] for cost in costs) for dish in all_have}
    ranked = np.array(sorted(total, key=lambda dish: (total[dish], dish)), dtype=str)
    again = frozenset[str]().union(*(one.second_meals for one in own))
    first = ranked[_first_of_each(np.isin(ranked, list(again)), max(1, most))]
    begun = {dish for one in own for dish in _begun(one)}
    return frozenset(first.tolist()) | (begun & all_have)


def _first_of_each(again: Flags, most: int) -> Flags:
    """Mark the first of what is ranked: of second meals half as many as of others."""
    marked: Flags = np.where(again, 2 * np.cumsum(again), np.cumsum(~again)) <= most
    return marked


def _begun(listed: _Listed) -> Iterable[str]:
    """Name the dishes that the search of an eater begins with."""
    for chosen in listed.lead.start:
        yield from (listed.dishes[column] for column in chosen or ())


def _served(
    own: _Listed,
    common: tuple[Common, Common],
    shared: frozenset[str],
    numbers: Mapping[str, int],
    listed: ListedMeals,
) -> ServedEater:
    """Turn what is listed into the menus of an eater.

    ``common``: the dishes of shared meals, which alone are served there, and those that others
    might cook as well; ``shared``: the places that this eater shares.
    """
    marks = {column: numbers[dish] for column, dish in enumerate(own.dishes)}
    places = own.lead.arrays.places
    pots = {column: mark for column, mark in marks.items() if places[column] in shared}
    served = {column: numbers[dish] for column, (_, dish) in main_columns(own.week).items()}
    cooked = cooked_columns(own.week)
    mains = {column: marks[column] for column in cooked if column in served}
    sides = {column: marks[column] for column in cooked if column not in served}
    kinds = pots, mains, served, sides
    sharing = {slot_of(place) for place in shared}
    days = [
        [day for day, one in enumerate(own.classes.of_day) if one == of_class]
        for of_class in range(len(own.meals))
    ]
    chosen: dict[tuple[int, int], Indices] = {}
    for of_class, slot in product(range(len(days)), range(len(own.slots))):
        name, none = own.slots[slot], frozenset[str]()
        of_all, alike = (
            none.union(*(one.get((day, name), none) for day in days[of_class])) for one in common
        )
        dishes, most = (of_all, 0) if name in sharing else (alike, listed.most)
        columns = _chosen(own, of_class, slot, dishes, most)
        chosen[of_class, slot] = _with_start(own, columns, days[of_class], (of_class, slot))
    chosen = _without_orphans(own.lead.arrays.packages, chosen)
    used = np.unique(np.concatenate([one.ravel() for one in chosen.values()]))
    arrays, between = own.lead.arrays, own.week.parts.between
    maker = MenuMaker(arrays, between, own.meals[0].between, used[used != NOTHING])
    menus = tuple(
        tuple(
            maker.menu(meals, slot, days[of_class][0], chosen[of_class, slot], kinds)
            for slot in range(len(own.slots))
        )
        for of_class, meals in enumerate(own.meals)
    )
    return ServedEater(arrays, between, own.classes, own.slots, maker.rules, menus, own.lead.start)


def _chosen(own: _Listed, of_class: int, slot: int, dishes: frozenset[str], most: int) -> Indices:
    """Return the columns of the cheapest meals: of some dishes, and at ``most`` so many of all."""
    columns, _, mains = own.ranked(of_class, slot)
    first = _first_of_each(np.isin(mains, list(own.second_meals)), most)
    kept: Indices = columns[np.isin(mains, list(dishes)) | first]
    return kept


def _with_start(
    own: _Listed, columns: Indices, days: Sequence[int], of: tuple[int, int]
) -> Indices:
    """Add the meals that the search begins with; a menu has one meal at least, be it nothing.

    ``of`` are the class of ``days`` and the number of the meal.
    """
    places = [set(one.tolist()) for one in own.meals[of[0]].meals[of[1]].all_columns]
    more = []
    for day in days:
        chosen = own.lead.start[day] if day < len(own.lead.start) else None
        if chosen is not None:
            more.append([next(iter(one & set(chosen)), NOTHING) for one in places])
    if not len(columns) and not more:
        more.append([NOTHING] * len(places))
    if more:
        columns = np.vstack([columns.reshape(-1, len(places)), more])
        columns = np.unique(columns, axis=0)
    return columns


def _without_orphans(
    packages: Packages, menus: Mapping[tuple[int, int], Indices]
) -> dict[tuple[int, int], Indices]:
    """Leave out second meals of dishes that no menu has as a first one, where a meal remains."""
    cooks = [mark_of_meals(packages.cooks, meals) for meals in menus.values()]
    cooked = [*np.unique(np.concatenate(cooks)), -1]
    kept = {}
    for of, meals in menus.items():
        fits = np.isin(mark_of_meals(packages.needs, meals), cooked)
        kept[of] = meals[fits] if fits.any() else meals
    return kept
