"""Swap one thing of a week: what else may take its role, each in the best week with it.

A role is replaced at all of its meals; what stands beside the dishes of these days is chosen anew
where that pays, and nothing else moves.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, zip_longest

import numpy as np

from planner.candidates.candidate import Column
from planner.errors import ConfigError
from planner.explain.replacements import (
    Replacement,
    Replacements,
    Sides,
    Swap,
    TableReplacement,
    TableReplacements,
)
from planner.explain.report import Report
from planner.faults import fault
from planner.plan.diff import DayFigures, day_figures
from planner.plan.locks import find_item
from planner.plan.outcome import TableOutcome
from planner.plan.plan import Day, Item, Plan
from planner.plan.shares import own_plan
from planner.request.days import DAYS_PER_WEEK
from planner.rhythm.bath import Bath
from planner.rhythm.change import Change
from planner.rhythm.options import Decision, Option
from planner.rhythm.plan import FoundWeek, found_week
from planner.rhythm.rhythms import MAIN, SETTINGS, Role
from planner.rhythm.week import days_of
from planner.rhythm.weeks import StandingPlan, change_weeks
from planner.settings import read_settings


@dataclass(frozen=True, slots=True)
class RoleOffer(Swap):
    """A replacement, with the plan that it is one of, and the binaries of its week."""

    standing: StandingPlan | None = None
    taken: Option = ()


@dataclass(frozen=True)
class RoleSwap:
    """A thing of a plan that may be replaced.

    Parameters
    ----------
    standing
        The plan; days that are past stay.
    day, slot, item, eater
        Day from 1, meal, the thing, and one who has it.
    """

    standing: StandingPlan
    day: int
    slot: str
    item: Item
    eater: str

    @property
    def number(self) -> int:
        """Week of the plan, from 0."""
        return (self.day - 1) // DAYS_PER_WEEK

    @cached_property
    def change(self) -> Change:
        """Return the week as it stands, all else of it kept.

        Raises
        ------
        ConfigError
            When something in it may not be planned any more, or it is past.
        """
        return standing_weeks(self.standing, self.number + 1)[-1]

    @cached_property
    def seat(self) -> int:
        """Return the binary of the table that is the thing.

        Raises
        ------
        ConfigError
            When it is none of the meals' roles.
        """
        week, day = self.change.week, (self.day - 1) % DAYS_PER_WEEK
        choices, first = week.choices[self.eater], week.first[self.eater]
        for at in week.own(self.eater, self.change.standing):
            role = self.role(at + first)
            here = any((one.day, one.slot) == (day, self.slot) for one in role.occasions)
            if here and choices.candidate(at).source_id == self.item.item_id:
                return at + first
        raise fault(ConfigError, "not_part_of_meal", name=self.item.name)

    def role(self, at: int) -> Role:
        """Return the role of a binary of the table."""
        name, number = self.change.owners[at]
        return self.change.week.choices[name].rhythm.roles[number]

    @cached_property
    def decision(self) -> int:
        """Return the decision that the thing is of."""
        return next(n for n, own in enumerate(self.change.members) if self.seat in own)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return all who have it from the same pot."""
        own = self.change.members[self.decision]
        return tuple(dict.fromkeys(self.change.owners[at][0] for at in sorted(own)))

    def starts(self, bath: Bath, number: int) -> list[Option]:
        """Return the week with each thing that may take the place, all else as it is."""
        change, best = self.change, dict[str, tuple[float, Option]]()
        cost = bath.weighed(change.standing, number)
        for at in np.argsort(cost, kind="stable").tolist():
            option = bath.positions[number].options[at]
            if (name := self.offered(option)) and name not in best:
                best[name] = float(cost[at]), option
        rest = set(change.standing) - change.members[self.decision]
        return [tuple(sorted(rest.union(option))) for _, option in sorted(best.values())]

    def offers(self, most: int | None = None) -> list[RoleOffer]:
        """Return the best week with each thing that may take the place, of those that hold.

        At first nothing moves but what stands beside the dishes of its days, and their portions;
        where few hold so, other dishes of the week may move, too, as few as it takes. ``most``
        that seem to cost least are tried; ``None``: as many as the settings say.
        """
        change, rule = self.change, read_settings(SETTINGS)["change"]
        bath, number = self.bath(is_near=True)
        starts = self.starts(bath, number)[: most or rule["tried"]]
        found = {start: bath.cooled(start, [number]) for start in starts}
        offers = [*self._held(found.values())]
        if len(offers) < rule["offered"] and not self.standing.is_near:
            bath, number = self.bath(is_near=False)
            left = [start for start in starts if not change.holds(found[start])]
            warm = (bath.anneal(np.random.default_rng(0), start, [number]) for start in left)
            most = rule["offered"] - len(offers)
            offers += islice(self._held(islice(warm, rule["warmed"])), most)
        return sorted(offers, key=lambda one: one.points)

    def _held(self, weeks: Iterable[Option]) -> Iterator[RoleOffer]:
        """Return those weeks that hold."""
        held = self.change.held
        before = held.value(held.taking(self.change.standing))
        for week in weeks:
            if self.change.holds(week):
                points = held.value(held.taking(week)) - before
                yield RoleOffer(points, (), self.standing, week)

    def bath(self, *, is_near: bool) -> tuple[Bath, int]:
        """Return a search of its days, or of the whole week, and the number of the decision."""
        change, mine = self.change, {self.decision}
        light, days = change.beside(mine), change.days(self.decision)

        def opened(number: int) -> Decision:
            if not is_near or number in light:
                return change.stay(number)
            return (change.same_dish if days & change.days(number) else change.stand)(number)

        decisions = [(number, opened(number)) for number in range(len(change.decisions))]
        known = [(number, decision) for number, decision in decisions if decision.options]
        at = next(at for at, (number, _) in enumerate(known) if number == self.decision)
        return Bath(change.led, [decision for _, decision in known]), at

    def offered(self, option: Option) -> str:
        """Return what an option has in the place of the thing; empty where it is no replacement.

        Beside a dish only the thing itself is another one.
        """
        change, part = self.change, self.change.part(self.seat)
        name, old = change.owners[self.seat][0], change.candidate(self.seat)
        own = {
            change.part(at): change.candidate(at) for at in option if change.owners[at][0] == name
        }
        stood = {
            change.part(at): change.candidate(at)
            for at in change.standing
            if at in change.members[self.decision] and change.owners[at][0] == name
        }
        new = own.get(part, "")
        others = [other_part for other_part in {*own, *stood} if other_part != part]
        is_alone = part == MAIN or all(own.get(other) == stood.get(other) for other in others)
        return new if is_alone and new != old else ""


def standing_weeks(standing: StandingPlan, count: int) -> list[Change]:
    """Return the first weeks of a plan as they stand, all else of the last one kept.

    Raises
    ------
    ConfigError
        When something in the last one may not be planned any more.
    """
    changes, before = list[Change](), list[Mapping[str, FoundWeek]]()
    for number in range(count):
        changes.append(standing.change(number, before))
        before.append(found_week(changes[-1].week, changes[-1].standing))
    if (last := changes[-1]).opened:
        name, role = min(last.opened)
        one = last.week.choices[name].rhythm.roles[role]
        told = f"day {one.occasions[0].day + 1} {one.occasions[0].slot}: what stands there"
        fix = "plan: `magplan replan` plans around it"
        raise ConfigError(f"{told} may not be planned any more", fix)
    return changes


def rank_roles(
    standing: StandingPlan,
    day: int,
    slot: str,
    name: str | None = None,
    eater: str | None = None,
) -> TableReplacements:
    """Rank what may take the role of one thing of a plan.

    Parameters
    ----------
    standing
        The plan; what is past stays.
    day, slot, name, eater
        As of ``planner.table.swap.rank_replacements``.

    Raises
    ------
    ConfigError
        When the plan has no such thing, several have something of their own there, or the plan
        holds what may not be planned any more.
    """
    plan = standing.plan if eater is None else own_plan(standing.plan, eater)
    _, item = find_item(plan, day, slot, name)
    holders = [share.eater for share in item.shares] or [next(iter(standing.table.weeks))]
    who = holders[0] if eater is None else eater
    swap = _cut_at_today(RoleSwap(standing, day, slot, item, who))
    if eater is None and set(holders) - set(swap.names):
        told = {"names": " and ".join(holders), "name": item.name, "holder": holders[0]}
        raise fault(ConfigError, "own_items_alike", **told, slot=slot, day=day)
    if eater is None and name is None and len(swap.names) == 1 < _present(standing, day, slot):
        known = ", ".join(standing.table.weeks)
        raise fault(ConfigError, "own_items_differ", slot=slot, day=day, names=known)
    source = swap.change.week.choices[who].source
    for put in source.own_puts(source.day_kinds[(day - 1) % DAYS_PER_WEEK].puts):
        if put.slot == slot and item.item_id in put.ids:
            raise fault(ConfigError, "put_stays", item_id=item.item_id, slot=slot, day=day)
    if swap.seat in swap.change.fixed:
        raise ConfigError(f"day {day} {slot} is over, or cooked already", "--day")
    offers = swap.offers()
    each = {who: _Told(swap, who) for who in swap.names}
    found = [
        TableReplacement(
            rank, offer.points, {who: told.offer(rank, offer) for who, told in each.items()}
        )
        for rank, offer in enumerate(offers, start=1)
    ]
    eaters = {
        who: told.all([one.each[who] for one in found], len(swap.change.members[swap.decision]))
        for who, told in each.items()
    }
    return TableReplacements(day, slot, eaters, tuple(found), standing.plan.cost)


def _present(standing: StandingPlan, day: int, slot: str) -> int:
    """Count the eaters who have something at a meal."""
    meals = (own_plan(standing.plan, name).days[day - 1].meals for name in standing.table.weeks)
    return sum(any(meal.slot == slot and meal.items for meal in own) for own in meals)


def swapped_weeks(one: Replacement) -> TableOutcome:
    """Return the weeks of a plan with a replacement in one of them."""
    offer = one.swap
    assert isinstance(offer, RoleOffer)
    assert offer.standing is not None
    known = {one.week: offer.taken}
    return change_weeks(offer.standing, time.perf_counter(), is_new=False, known=known).outcome


def points_before(chosen: TableReplacement, after: Mapping[str, Report]) -> dict[str, float | None]:
    """Return each eater's points before a replacement; of several nobody's own are known."""
    points = {name: report.outcome.objective for name, report in after.items()}
    return {
        name: None if own is None or len(points) > 1 else own - chosen.points
        for name, own in points.items()
    }


def _cut_at_today(swap: RoleSwap) -> RoleSwap:
    """Return a swap in which the meals of a role that are to come are apart from those before."""
    standing, role = swap.standing, swap.role(swap.seat)
    first = swap.number * DAYS_PER_WEEK
    over = [occasion for occasion in role.occasions if first + occasion.day + 1 in standing.past]
    if not over or swap.day in standing.past or (role.kind == MAIN and not role.anew):
        return swap
    return replace(swap, standing=replace(standing, apart={**standing.apart, role.name: over}))


class _Told:
    """Tells an eater what replacements do."""

    def __init__(self, swap: RoleSwap, eater: str) -> None:
        self.swap, self.eater, self.week = swap, eater, swap.change.week
        self.plan: Plan = own_plan(swap.standing.plan, eater)
        self.choices = self.week.choices[eater]
        self.before = self._days(swap.change.standing)
        self.day = (swap.day - 1) % DAYS_PER_WEEK

    def _days(self, taken: Option) -> tuple[tuple[Column, ...], ...]:
        return days_of(self.choices, self.week.own(self.eater, taken))

    def all(self, offers: Sequence[Replacement], considered: int) -> Replacements:
        """Return what stands there now, and all that may instead."""
        swap, plan = self.swap, self.plan
        _, item = find_item(plan, swap.day, swap.slot, swap.item.item_id)
        figures = day_figures(self._day)
        made = (item, figures, plan.cost, tuple(offers), considered, plan.dates)
        return Replacements(swap.day, swap.slot, *made)

    @property
    def _day(self) -> Day:
        return next(day for day in self.plan.days if day.day == self.swap.day)

    def offer(self, rank: int, offer: RoleOffer) -> Replacement:
        """Return what one replacement does."""
        change, after = self.swap.change, self._days(offer.taken)
        mine = change.members[self.swap.decision]
        own = [at for at in offer.taken if at in mine and change.owners[at][0] == self.eater]
        part = change.part(self.swap.seat)
        new = next(at for at in own if change.part(at) == part) - self.week.first[self.eater]
        role = self.choices.rhythm.roles[self.choices.choices[new].role]
        place = f"{self.swap.slot}.{part}" if part != MAIN else ""
        column = next(
            plate
            for plate in after[self.day]
            if plate.index == new and plate.slot == self.swap.slot and place in ("", plate.place)
        )
        days = dict.fromkeys([self.day, *(occasion.day for occasion in role.occasions)])
        others = [day for day in days if day > self.day] + [day for day in days if day < self.day]
        swap = replace(offer, days=(self.day, *others))
        usd = sum(plate.serving.cost_usd for day in after for plate in day)
        usd -= sum(plate.serving.cost_usd for day in self.before for plate in day)
        beside = tuple(self._beside(after, new))
        figures = self._figures(after)
        cost = self.plan.cost + usd
        return Replacement(rank, column, swap, figures, cost, self.swap.number, beside)

    def _figures(self, after: Sequence[Sequence[Column]]) -> DayFigures:
        """Return the figures of the day with a replacement."""
        before = day_figures(self._day)
        old, new = (
            np.sum([day.serving.amounts for day in days[self.day]], axis=0)
            for days in (self.before, after)
        )
        keys = self.choices.source.candidates.nutrients
        more = dict(zip(keys, (new - old).tolist(), strict=True))

        def plus(amount: float | None, key: str) -> float | None:
            return None if amount is None else amount + more[key]

        magnesium = plus(before.magnesium_mg, "magnesium_mg")
        calcium = plus(before.calcium_mg, "calcium_mg")
        ratio = calcium / magnesium if calcium is not None and magnesium else None
        usd = sum(column.serving.cost_usd for column in after[self.day])
        usd -= sum(column.serving.cost_usd for column in self.before[self.day])
        kcal = plus(before.energy_kcal, "energy_kcal")
        return DayFigures(magnesium, calcium, ratio, kcal, before.cost + usd)

    def _beside(self, after: Sequence[Sequence[Column]], new: int) -> Iterator[Sides]:
        """Return what else changes, meal by meal."""
        old = {self.swap.seat - self.week.first[self.eater]}
        first = self.swap.number * DAYS_PER_WEEK
        for day, (was, now) in enumerate(zip_longest(self.before, after, fillvalue=())):
            gone = [column for column in was if column.index not in old and not _is_in(column, now)]
            come = [column for column in now if column.index != new and not _is_in(column, was)]
            for slot in dict.fromkeys(column.slot for column in (*gone, *come)):
                here = (tuple(c for c in some if c.slot == slot) for some in (gone, come))
                yield Sides(first + day + 1, slot, *here)


def _is_in(one: Column, others: Sequence[Column]) -> bool:
    return any(
        (one.place, one.candidate.candidate_id, one.serving.portion)
        == (other.place, other.candidate.candidate_id, other.serving.portion)
        for other in others
    )
