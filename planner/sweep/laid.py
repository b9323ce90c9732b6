"""A way with the models of its weeks: what it is searched in, and what plans of others are worth.

A plan goes from one way to another as the portions that it serves, so it does not matter how its
model came to be. What of two models is the same is kept once: a sweep holds one for each point.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from planner.model.board import Column, ColumnTable
from planner.search.evaluate import Choices, FoundWeek, evaluate_week
from planner.search.work import SearchOptions
from planner.solve.compose import TableOutcome, add_up, compose_table
from planner.solve.outcome import Outcome
from planner.solve.parts import (
    EaterWeek,
    Steering,
    WeekParts,
    bounded_weeks,
    judge_week,
    without_week,
)
from planner.solve.together import terms_beside
from planner.solve.weeks import Days, joined_weeks, solve_weeks
from planner.sweep.way import SweepWay, without_ratio
from planner.table.prepare import PreparedTable, prepare_table

Menu = Mapping[str, Sequence[Days]]
"""Name of an eater → the days of each week, as columns of the model that they were found in."""
Seen = tuple[ColumnTable, Mapping[tuple[str, str, object], int]]


@dataclass(frozen=True, slots=True)
class PricedMenu:
    """A menu in the columns of a way, all of whose rules it keeps.

    Parameters
    ----------
    menu
        The days of each week of each eater.
    weeks
        The same by week, as found: choices and points.
    parts
        The models of these weeks.
    points
        Points of all together.
    """

    menu: Menu
    weeks: tuple[Mapping[str, FoundWeek], ...]
    parts: tuple[Mapping[str, WeekParts], ...]
    points: float


@dataclass(frozen=True, slots=True)
class LaidWay:
    """A way with what it is planned from.

    Parameters
    ----------
    way, table
        What is asked for, and what is prepared for it.
    first
        The first week of each eater, with its bound; empty where some place has nothing to stand
        on it.
    """

    way: SweepWay
    table: PreparedTable
    first: Mapping[str, EaterWeek]
    _seen: dict[int, Seen] = field(default_factory=dict)

    @property
    def bound(self) -> float | None:
        """Points that no first week can go below; ``None`` where none exists."""
        bounds = [one.answer.bound for one in self.first.values()]
        known = [bound for bound in bounds if bound is not None]
        return sum(known) if bounds and len(known) == len(bounds) else None

    def solve(self, work: SearchOptions) -> TableOutcome:
        """Search for weeks, without knowing of others."""
        started = time.perf_counter()
        refusal = self.table.horizon.refused(0, started)
        if refusal is not None:
            return refusal
        return solve_weeks(self.table.horizon, work, started, first=self.first)

    def solve_near(self, menu: Menu, work: SearchOptions) -> Menu | None:
        """Search from a menu of one week that need not hold; ``None`` where nothing comes of it."""
        steering = {}
        for name, week in self.first.items():
            choices = self._seated(week.parts, menu[name][0])
            if choices is None:
                return None
            steering[name] = Steering(week.parts.arrays, list(choices), work)
        shared, started = self.table.shared, time.perf_counter()
        found = compose_table(self.first, shared, work, started, steering)
        return menu_of(found) if found.total.has_plan else None

    def price(self, menu: Menu) -> PricedMenu | None:
        """Return what a menu is worth here; ``None`` where it may not be planned."""
        if any(len(menu.get(name, ())) != self.table.horizon.count for name in self.first):
            return None
        days: dict[str, list[Days]] = {name: [] for name in self.first}
        weeks, built = list[Mapping[str, FoundWeek]](), list[Mapping[str, WeekParts]]()
        further = 0.0
        for number in range(self.table.horizon.count):
            parts = self._parts(number, days, built)
            found = {}
            for name, own in parts.items():
                choices = self._seated(own, menu[name][number])
                if choices is None:
                    return None
                found[name] = evaluate_week(own.arrays, own.between, choices)
                if found[name].broken:
                    return None
                days[name].append(_days(own, choices))
            weeks.append(found)
            built.append(parts)
            source = next(iter(parts.values())).model.source
            further += sum(terms_beside(source, (own[-1] for own in days.values())).values())
        points = sum(one.objective for week in weeks for one in week.values())
        return PricedMenu(days, tuple(weeks), tuple(built), points + further)

    def outcome(self, known: PricedMenu) -> TableOutcome:
        """Return a priced menu as what came of solving, with its bound."""
        started, weeks = time.perf_counter(), list[TableOutcome]()
        for number, (found, parts) in enumerate(zip(known.weeks, known.parts, strict=True)):
            table = self.first if number == 0 else bounded_weeks(parts)
            each = {name: _judged(week, found[name], started) for name, week in table.items()}
            source = next(iter(parts.values())).model.source
            beside = terms_beside(source, (one.days for one in each.values()))
            weeks.append(TableOutcome(add_up(each.values(), beside), each))
        return joined_weeks(weeks)

    def _parts(
        self,
        number: int,
        days: Mapping[str, Sequence[Days]],
        built: Sequence[Mapping[str, WeekParts]],
    ) -> Mapping[str, WeekParts]:
        if number == 0:
            return {name: week.parts for name, week in self.first.items()}
        return self.table.horizon.build(number, days, built)

    def _seated(self, parts: WeekParts, days: Days) -> Choices | None:
        """Find the columns of the same portions on the same places of as many days."""
        table = parts.model.table
        if len(days) != len(parts.model.source.weekend):
            return None
        if id(table) not in self._seen:  # the table is kept with it, so that its id stays its own
            self._seen[id(table)] = table, {_key(one): one.index for one in table.columns}
        _, known = self._seen[id(table)]
        found = [[known.get(_key(one)) for one in day] for day in days]
        if any(at is None for day in found for at in day):
            return None
        return tuple(tuple(sorted(at for at in day if at is not None)) for day in found)


def lay_way(way: SweepWay, like: LaidWay | None = None) -> LaidWay:
    """Prepare a way, build its first week and prove its bound.

    Parameters
    ----------
    way
        What is asked for.
    like
        Another one, whose arrays are taken where they are the same, and from whose bound the proof
        of this one begins.

    Raises
    ------
    UserFacingError
        When something in the request is to be mended, or a safety rule refuses.
    """
    table = prepare_table(way.request)
    if way.is_ratio_free:
        table = without_ratio(table)
    if table.horizon.refused(0, time.perf_counter()) is not None:
        return LaidWay(way, table, {})
    parts = table.horizon.build(0, dict.fromkeys(table.weeks, ()), ())
    known = like.first if like is not None else {}
    lean = {name: _with_arrays_of(one, known.get(name)) for name, one in parts.items()}
    return LaidWay(way, table, bounded_weeks(lean, known))


def menu_of(outcome: TableOutcome) -> Menu:
    """Return the days of each week of each eater."""
    return {name: [week.days for week in one.weeks or (one,)] for name, one in outcome.each.items()}


def _with_arrays_of(parts: WeekParts, like: EaterWeek | None) -> WeekParts:
    """Take the largest array of another model in the place of an equal one."""
    if like is None:
        return parts
    link, held = parts.arrays.link, like.parts.arrays.link.coefficients
    if not np.array_equal(link.coefficients, held):
        return parts
    arrays = replace(parts.arrays, link=replace(link, coefficients=held))
    return replace(parts, arrays=arrays)


def _judged(week: EaterWeek, found: FoundWeek, started: float) -> Outcome:
    blank = replace(without_week(week, started), bound=week.answer.bound)
    return judge_week(blank, week.parts, found)


def _days(parts: WeekParts, choices: Choices) -> Days:
    columns = parts.model.table.columns
    return tuple(tuple(columns[at] for at in day) for day in choices)


def _key(column: Column) -> tuple[str, str, object]:
    return column.place, column.candidate.candidate_id, column.serving.portion
