"""What an existing plan eats, in the binaries of the programme that its week has today."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pulp

from planner.plan.plan import Day, Item
from planner.rhythm.choices import Choices
from planner.rhythm.rhythms import BREAKFAST, MAIN, Occasion, Role

_TAKEN = 0.5  # a binary above it is 1
_WHOLE, _MEANT = 0.2, 0.1  # meals that a role with all of its own is worth more, or what is meant
_LATER = 0.02  # for it; and one of a later kind less
_ORDER = 0.001  # and at most for standing in its meal where it stood
Seat = tuple[int, str, Item]
"""Day from 0, meal, and a thing of it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What an eater's week has of an earlier plan.

    Parameters
    ----------
    taken
        Binaries that are eaten, each in the portion that is nearest to it.
    lost
        Things that no binary is today.
    opened
        Numbers of the roles that lost something, or have nothing where something must stand.
    """

    taken: tuple[int, ...]
    lost: tuple[Seat, ...]
    opened: frozenset[int]


def find_standing(choices: Choices, days: Sequence[Day]) -> Standing:
    """Find what the days of an eater's plan have in the binaries of a week.

    Parameters
    ----------
    choices
        The binaries.
    days
        The days of the plan, as many as the week has or fewer.
    """
    return _Seeker(choices, days).result()


class _Seeker:
    """Takes the things of meals for roles, each once: as many meals as can be have what they had.

    Two roles of a meal may both be able to take a thing, so all are matched at once.
    """

    def __init__(self, choices: Choices, days: Sequence[Day]) -> None:
        self.choices = choices
        self.left: dict[tuple[int, str], list[Item]] = {
            (number, meal.slot): [item for item in meal.items if not item.is_beside]
            for number, day in enumerate(days)
            for meal in day.meals
        }
        self.of_role: dict[tuple[int, str], dict[str, list[int]]] = {}
        for at, choice in enumerate(choices.choices):
            own = self.of_role.setdefault((choice.role, choice.part), {})
            own.setdefault(choices.candidate(at).source_id, []).append(at)

    def result(self) -> Standing:
        roles = self.choices.rhythm.roles
        taken, filled = [], set[int]()
        for number, part, name in self._matched():
            item = self._remove(number, name)
            known = self.of_role[number, part][name]
            taken.append(min(known, key=lambda at: self._apart(at, item)))
            if part == MAIN:
                filled.add(number)
        empty = {
            number
            for number, role in enumerate(roles)
            if number not in filled and (role.must or role.kind == MAIN)
        }
        lost = [(*where, item) for where, items in self.left.items() for item in items]
        opened = {n for day, slot, _ in lost for n in self._opened(day, slot, empty, set(taken))}
        must = {n for n in empty if roles[n].must}
        return Standing(tuple(sorted(taken)), tuple(lost), frozenset(opened | must))

    def _matched(self) -> Iterator[tuple[int, str, str]]:
        """Return role, part and thing of each that is taken."""
        problem = pulp.LpProblem("standing", pulp.LpMaximize)
        worth: list[tuple[pulp.LpVariable, float]] = []
        may = dict[tuple[int, str, str], pulp.LpVariable]()
        seats: dict[tuple[tuple[int, str], str], list[pulp.LpVariable]] = {}
        for (number, part), known in self.of_role.items():
            role, meals = self.choices.rhythm.roles[number], self._meals(number)
            own = []
            for name, where in self._standing(meals, known).items():
                one = problem.add_variable(f"take{len(may)}", 0, 1, pulp.LpBinary)
                may[number, part, name] = one
                own.append(one)
                more = _WHOLE * (len(where) == len(meals)) - _LATER * _rank(role, part)
                more += _MEANT * self._is_meant(role, part, known[name][0])
                more += _ORDER * self._in_order(role, part, name, where[0])
                worth.append((one, len(where) + more))
                for seat in where:
                    seats.setdefault((seat, name), []).append(one)
            if len(own) > 1:
                problem.addConstraint(pulp.lpSum(own) <= 1)
        for (seat, name), takers in seats.items():
            count = sum(item.item_id == name for item in self.left[seat])
            if len(takers) > count:
                problem.addConstraint(pulp.lpSum(takers) <= count)
        problem.setObjective(pulp.LpAffineExpression(worth))
        if may:
            problem.solve(pulp.HiGHS(msg=False, threads=1, gapRel=0.0))
        return (what for what, taker in may.items() if (taker.value() or 0.0) > _TAKEN)

    def _in_order(self, role: Role, part: str, name: str, seat: tuple[int, str]) -> float:
        """Return more for what stands late in its meal on a late place: both sort alike at best."""
        here = [item.item_id for item in self.left[seat]]
        slot, known = seat[1], [one.place_id for one in self.choices.source.rules.places]
        first = next(one.place for one in role.occasions if (one.day, one.slot) == seat)
        place = first if part == MAIN else f"{slot}.{part}"
        return here.index(name) / len(here) * known.index(place) / len(known)

    def _is_meant(self, role: Role, part: str, at: int) -> bool:
        """Return whether a thing is of the places of a role, not one that is there in any case."""
        return part != MAIN or role.occasions[0].place in self.choices.candidate(at).places

    def _standing(
        self, meals: Sequence[tuple[int, str]], known: Collection[str]
    ) -> dict[str, list[tuple[int, str]]]:
        """Return what stands at the meals of a role and may be of it, each with its meals."""
        found: dict[str, list[tuple[int, str]]] = {}
        for where in meals:
            for name in dict.fromkeys(item.item_id for item in self.left.get(where, ())):
                if name in known:
                    found.setdefault(name, []).append(where)
        return found

    def _remove(self, number: int, name: str) -> Item:
        """Take a thing off the meals of a role; return it as it is at the first."""
        had = []
        for where in self._meals(number):
            items = self.left.get(where, [])
            same = next((item for item in items if item.item_id == name), None)
            if same is not None:
                items.remove(same)
                had.append(same)
        return had[0]

    def _meals(self, number: int) -> list[tuple[int, str]]:
        return [(one.day, one.slot) for one in self.choices.rhythm.roles[number].occasions]

    def _apart(self, at: int, item: Item) -> tuple[bool, float]:
        portion = self.choices.plate(at).serving.portion
        return portion.ingredients != item.ingredients, abs(portion.servings - item.servings)

    def _opened(self, day: int, slot: str, empty: set[int], taken: set[int]) -> set[int]:
        """Return the roles that a thing of a meal was of: empty ones, else those of the meal."""
        roles = self.choices.rhythm.roles
        here = {n for n in range(len(roles)) if (day, slot) in self._meals(n)}
        filled = {self.choices.choices[at].role for at in taken}
        return here & empty or here - filled or {n for n in here if roles[n].kind == MAIN} or here


def _rank(role: Role, part: str) -> int:
    return 0 if role.kind in (MAIN, BREAKFAST) and part == MAIN else 1 if role.must else 2


def meals_at(role: Role, day: int, slot: str | None) -> tuple[Occasion, ...]:
    """Return the meals of a role on a day, at one slot where it is named."""
    return tuple(one for one in role.occasions if one.day == day and slot in (None, one.slot))
