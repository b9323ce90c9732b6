"""What an existing plan eats, in the binaries of the programme that its week has today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.meals.served import PARTNERS
from planner.plan.plan import Day, Item
from planner.rhythm.choices import Choices
from planner.rhythm.rhythms import BREAKFAST, MAIN, Occasion, Role

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
    """Takes the things of meals for roles, each once."""

    def __init__(self, choices: Choices, days: Sequence[Day]) -> None:
        self.choices = choices
        self.left: dict[tuple[int, str], list[Item]] = {
            (number, meal.slot): [item for item in meal.items if not item.is_beside]
            for number, day in enumerate(days)
            for meal in day.meals
        }
        self.of_role: dict[tuple[int, str], dict[str, list[int]]] = {}
        for at, one in enumerate(choices.choices):
            own = self.of_role.setdefault((one.role, one.part), {})
            own.setdefault(choices.candidate(at).source_id, []).append(at)

    def result(self) -> Standing:
        roles = self.choices.rhythm.roles
        order = sorted(range(len(roles)), key=lambda n: (_rank(roles[n]), -len(roles[n].occasions)))
        taken, empty = [], set[int]()
        for number in order:
            at = self._take(number, MAIN)
            taken += at
            if not at and (roles[number].must or roles[number].kind == MAIN):
                empty.add(number)
        for number in (n for n in order if roles[n].kind == MAIN):
            for part in PARTNERS:
                taken += self._take(number, part)
        lost = [(*where, item) for where, items in self.left.items() for item in items]
        opened = {n for day, slot, _ in lost for n in self._opened(day, slot, empty, set(taken))}
        must = {n for n in empty if roles[n].must}
        return Standing(tuple(sorted(taken)), tuple(lost), frozenset(opened | must))

    def _take(self, number: int, part: str) -> list[int]:
        """Take the thing that is at most meals of a role, off them; nothing where none may be."""
        known, meals = self.of_role.get((number, part), {}), self._meals(number)
        times = dict[str, int]()
        for where in meals:
            for name in dict.fromkeys(item.item_id for item in self.left.get(where, ())):
                times[name] = times.get(name, 0) + (name in known)
        best = max(times, key=lambda name: times[name], default="")
        if not times.get(best):
            return []
        had = []
        for where in meals:
            items = self.left.get(where, [])
            same = next((item for item in items if item.item_id == best), None)
            if same is not None:
                items.remove(same)
                had.append(same)
        return [min(known[best], key=lambda at: self._apart(at, had[0]))]

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


def _rank(role: Role) -> int:
    return 0 if role.kind in (MAIN, BREAKFAST) else 1 if role.must else 2


def meals_at(role: Role, day: int, slot: str | None) -> tuple[Occasion, ...]:
    """Return the meals of a role on a day, at one slot where it is named."""
    return tuple(one for one in role.occasions if one.day == day and slot in (None, one.slot))
