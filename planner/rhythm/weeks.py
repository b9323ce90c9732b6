"""The weeks of a plan in a rhythm, changed one after another around what stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from planner.plan.locks import Lock, past_days
from planner.plan.outcome import TableOutcome, joined_weeks
from planner.plan.plan import Day, Plan
from planner.plan.shares import own_plan
from planner.request.day_words import today
from planner.request.days import DAYS_PER_WEEK
from planner.rhythm.bath import Bath
from planner.rhythm.change import Change
from planner.rhythm.choices import Also, Choices
from planner.rhythm.options import Option
from planner.rhythm.plan import FoundWeek, build_week, found_week, outcome_together
from planner.rhythm.rhythms import BREAKFAST, MAIN, Occasion, Rhythm, rhythm_of
from planner.rhythm.session import Standing, find_standing
from planner.rhythm.table import TableWeek

if TYPE_CHECKING:
    from planner.table.prepare import PreparedTable

Locks = Mapping[str, Sequence[Lock]]


@dataclass(frozen=True)
class StandingPlan:
    """A plan in a rhythm that is to be changed.

    Parameters
    ----------
    plan
        What stands.
    table, rhythm
        What is planned from now, and the name of the rhythm.
    locks
        Name → what stays of that eater's plan; days are those of the plan from 0.
    past
        Numbers of the days that are past.
    apart
        Role → those of its meals that are a role of their own.
    is_near
        Whether no other dish of a week may move for one that is swapped.
    """

    plan: Plan
    table: PreparedTable
    rhythm: str
    locks: Locks = field(default_factory=dict)
    past: Collection[int] = ()
    apart: Mapping[str, Collection[Occasion]] = field(default_factory=dict)
    is_near: bool = False

    @classmethod
    def to_come(cls, plan: Plan, table: PreparedTable) -> StandingPlan:
        """Return a plan under its own request, of which only days that are past stay."""
        past = past_days(plan, today())
        over = [Lock(number) for number, day in enumerate(plan.days) if day.day in past]
        rhythm = rhythm_of(table.request)
        return cls(plan, table, rhythm, dict.fromkeys(table.weeks, over), past)

    def week(
        self, number: int, before: Sequence[Mapping[str, FoundWeek]]
    ) -> tuple[TableWeek, dict[str, Standing]]:
        """Return the programme of a week, from 0, and what everybody has of it as it stands.

        A role of which some meals stay and the others cannot is two roles; so is what stands
        beside the dishes from today on.
        """
        if number == 0 and not before:
            return self._first
        return self._built(number, before)

    @cached_property
    def _first(self) -> tuple[TableWeek, dict[str, Standing]]:
        return self._built(0, ())

    def _built(
        self, number: int, before: Sequence[Mapping[str, FoundWeek]]
    ) -> tuple[TableWeek, dict[str, Standing]]:
        apart: dict[str, Collection[Occasion]] = dict(self.apart)
        while True:
            made = build_week(
                self.table, self.rhythm, number, before, partial(self._told, number, dict(apart))
            )
            standing = {
                name: find_standing(own, self._days(name, number))
                for name, own in made.choices.items()
            }
            cut = {
                role.name: kept
                for name, own in standing.items()
                for at in own.opened
                for role in [made.choices[name].rhythm.roles[at]]
                for kept in [{one for one in role.occasions if self._locks_at(name, number, one)}]
                if 0 < len(kept) < len(role.occasions)
            }
            if cut.keys() <= apart.keys():
                return made, standing
            apart |= cut

    def change(self, number: int, before: Sequence[Mapping[str, FoundWeek]]) -> Change:
        """Return what is to be solved of a week, from 0."""
        week, standing = self.week(number, before)
        fixed, closed, stands = set[int](), set[int](), set[int]()
        opened, over = set[tuple[str, int]](), set[tuple[str, int]]()
        for name, own in week.choices.items():
            first, taken = week.first[name], set(standing[name].taken)
            stands |= {at + first for at in taken}
            opened |= {(name, role) for role in standing[name].opened}
            roles = own.rhythm.roles
            whole = [self._is_whole(name, number, role.occasions) for role in roles]
            over |= {
                (name, at)
                for at, role in enumerate(roles)
                if whole[at] and self._is_past(number, role.occasions)
            }
            for at, choice in enumerate(own.choices):
                item = own.candidate(at).source_id
                here = roles[choice.role].occasions
                is_kept = whole[choice.role] or any(
                    lock.source_id == item for m in here for lock in self._locks_at(name, number, m)
                )
                if at in taken and is_kept:
                    fixed.add(at + first)
                elif whole[choice.role] or (
                    self._is_past(number, here) and item not in _put_on(own, here)
                ):
                    closed.add(at + first)
        stays = frozenset(fixed), frozenset(closed), frozenset(over)
        return Change(week, tuple(sorted(stands)), frozenset(opened - over), *stays)

    def gone(self) -> dict[str, tuple[Lock, ...]]:
        """Return for each eater what is locked and may not be planned any more."""
        found: dict[str, tuple[Lock, ...]] = {}
        for number in range(self.table.count):
            _, standing = self.week(number, ())
            for name, own in standing.items():
                first = number * DAYS_PER_WEEK
                lost = [(day + first, slot, item.item_id) for day, slot, item in own.lost]
                gone = (
                    lock
                    for lock in self.locks.get(name, ())
                    if any(
                        lock.day == day
                        and lock.slot in (None, slot)
                        and lock.source_id in (None, item)
                        for day, slot, item in lost
                    )
                )
                found[name] = (*found.get(name, ()), *gone)
        return {name: own for name, own in found.items() if own}

    def without(self, lock: Lock) -> StandingPlan:
        """Return the same where a lock is let go."""
        locks = {name: [one for one in own if one != lock] for name, own in self.locks.items()}
        return replace(self, locks=locks)

    def _days(self, name: str, number: int) -> Sequence[Day]:
        first = number * DAYS_PER_WEEK
        count = len(self.table.weeks[name].sources[number].weekend)
        return own_plan(self.plan, name).days[first : first + count]

    def _told(
        self,
        number: int,
        apart: Mapping[str, Collection[Occasion]],
        name: str,
        rhythm: Rhythm,
        also: Also,
    ) -> tuple[Rhythm, Also]:
        """Let what is kept at meals take their roles, whatever these ask."""
        over = {
            role.name: [one for one in role.occasions if self._is_past(number, [one])]
            for role in rhythm.roles
            if role.kind not in (MAIN, BREAKFAST)
        }
        days, rhythm = self._days(name, number), rhythm.parted({**over, **apart})
        found = {role: set(own) for role, own in also.items()}
        for role in rhythm.roles:
            for one in role.occasions:
                meals = days[one.day].meals if one.day < len(days) else ()
                items = {it.item_id for meal in meals if meal.slot == one.slot for it in meal.items}
                for lock in self._locks_at(name, number, one):
                    kept = items if lock.source_id is None else {lock.source_id}
                    found.setdefault(role.name, set()).update(kept)
        return rhythm, found

    def _locks_at(self, name: str, number: int, meal: Occasion) -> list[Lock]:
        """Return what stays at a meal of a week."""
        day, menus = number * DAYS_PER_WEEK + meal.day, self._menus
        return [
            lock
            for lock in self.locks.get(name, ())
            if lock.day % menus == day and lock.slot in (None, meal.slot)
        ]

    def place_of(self, number: int) -> tuple[int, int]:
        """Return the week, and the day in it, of a day of the plan; all from 0."""
        return divmod(number % self._menus, DAYS_PER_WEEK)

    @property
    def _menus(self) -> int:
        """Days that have a menu of their own; all others are beyond every week."""
        if self.table.request.week.cycle is None:
            return len(self.plan.days) + self.table.request.week.days
        own = next(iter(self.table.weeks.values()))
        return sum(len(source.weekend) for source in own.sources)

    def _is_whole(self, name: str, number: int, meals: Sequence[Occasion]) -> bool:
        return any(
            lock.source_id is None for meal in meals for lock in self._locks_at(name, number, meal)
        )

    def _is_past(self, number: int, meals: Sequence[Occasion]) -> bool:
        return any(number * DAYS_PER_WEEK + meal.day + 1 in self.past for meal in meals)


def _put_on(choices: Choices, meals: Sequence[Occasion]) -> set[str]:
    """Return ids of what is put on some meals."""
    source = choices.source
    return {
        item
        for meal in meals
        for put in source.own_puts(source.day_kinds[meal.day].puts)
        if put.slot == meal.slot
        for item in put.ids
    }


@dataclass(frozen=True)
class ChangedWeeks:
    """What came of changing the weeks of a plan.

    Parameters
    ----------
    outcome
        The weeks; the last one may have none.
    last
        What was solved last.
    eased
        Numbers of the weeks from 1 in which habits gave way to what stays.
    """

    outcome: TableOutcome
    last: Change
    eased: tuple[int, ...] = ()


def change_weeks(
    standing: StandingPlan,
    started: float,
    *,
    is_new: bool,
    known: Mapping[int, Option] = MappingProxyType({}),
) -> ChangedWeeks:
    """Solve the weeks of a plan again, one after another; the last one may have none.

    Where no week is found around what stays, habits give way to it.

    Parameters
    ----------
    standing
        The plan, and what stays of it.
    started
        Reading of ``time.perf_counter`` from which time is counted.
    is_new
        Whether something else is asked for than before.
    known
        Week from 0 → its binaries, where they are known.
    """
    solve, before = standing.table.request.solve, list[Mapping[str, FoundWeek]]()
    weeks: list[TableOutcome] = []
    eased: list[int] = []
    for number in range(standing.table.count):
        change = standing.change(number, before)
        taken = known.get(number) or change.solved(solve.effort, solve.seed, is_new=is_new)
        if taken is None and change.fixed:
            taken = change.easier().solved("quick", solve.seed, is_new=is_new)
            eased += [] if taken is None else [number + 1]
        known_week = found_week(change.week, change.standing if taken is None else taken)
        found = {name: replace(own, holds=taken is not None) for name, own in known_week.items()}
        weeks.append(outcome_together(found, started))
        if taken is None:
            break
        before.append(found)
    return ChangedWeeks(joined_weeks(weeks), change, tuple(eased))


def search_from(standing: StandingPlan, started: float) -> TableOutcome:
    """Search the weeks of a plan again from what stands, whatever moves; the last may have none.

    ``started``: as of ``change_weeks``.
    """
    solve, before = standing.table.request.solve, list[Mapping[str, FoundWeek]]()
    weeks: list[TableOutcome] = []
    for number in range(standing.table.count):
        week, stood = standing.week(number, before)
        start = [at + week.first[name] for name, own in stood.items() for at in own.taken]
        bath = Bath(week.whole, week.decisions, effort=solve.effort)
        before.append(found_week(week, bath.search(solve.seed, sorted(start))))
        weeks.append(outcome_together(before[-1], started))
        if not weeks[-1].total.has_plan:
            break
    return joined_weeks(weeks)
