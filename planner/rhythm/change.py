"""Change a week: what is kept stands, all else moves as little as it can.

A thing that moves costs points for each of its meals. First only the roles are open that must
change, then all of their days, then the whole week: few are solved to the optimum, many searched
from the week as it stands. Past days, bans, locks, what is put on a meal, eating out, another
budget or energy: all of them come here as a programme of today, and binaries that stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from planner.rhythm.bath import Bath
from planner.rhythm.exact import best_of_open
from planner.rhythm.options import Decision, Option
from planner.rhythm.programme import HELD, Programme
from planner.rhythm.rhythms import BREAKFAST, MAIN, SETTINGS
from planner.rhythm.table import TableWeek
from planner.settings import read_settings

Role = tuple[str, int]
"""An eater, and the number of a role."""


@dataclass(frozen=True)
class Change:
    """A week that is to be solved again.

    Parameters
    ----------
    week
        Its programme of today.
    standing
        Binaries of the table that are eaten as the plan stands.
    opened
        Roles that have lost what they had.
    fixed, closed
        Binaries that must be taken, and that may not be.
    over
        Roles of which something was eaten: what their binaries miss is not mended any more.
    """

    week: TableWeek
    standing: Option
    opened: frozenset[Role] = frozenset()
    fixed: frozenset[int] = frozenset()
    closed: frozenset[int] = frozenset()
    over: frozenset[Role] = frozenset()

    @cached_property
    def owners(self) -> Sequence[Role]:
        """Return of each binary of the table whose it is, and of which role."""
        return [(name, one.role) for name, own in self.week.choices.items() for one in own.choices]

    @cached_property
    def held(self) -> Programme:
        """Return the programme that is to hold: what was eaten already is in nobody's way."""
        whole = self.week.whole
        is_open = np.array([role not in self.over for role in self.owners])
        count = np.bincount(whole.rows.row, is_open[whole.rows.index], minlength=len(whole.rows))
        least = np.zeros(len(whole.rows))
        np.minimum.at(least, whole.rows.row, whole.rows.value)
        had = [at for at in sorted(self.fixed) if self.owners[at] in self.over]
        eaten = whole.rows.times(whole.taking(had))
        is_over = count == 0.0
        upper = np.where(is_over | (least >= 0.0), np.maximum(whole.upper, eaten), whole.upper)
        lower = np.where(is_over, np.minimum(whole.lower, eaten), whole.lower)
        return replace(whole, lower=lower, upper=upper)

    @cached_property
    def led(self) -> Programme:
        """Return the same with the points of what moves."""
        rule, week = read_settings(SETTINGS)["change"], self.week
        stood: dict[tuple[Role, str], int] = {}
        for at in self.standing:
            stood[self.owners[at], self.part(at)] = at
        points = self.held.points.copy()
        for at, owner in enumerate(self.owners):
            role = week.choices[owner[0]].rhythm.roles[owner[1]]
            old = stood.get((owner, self.part(at)))
            moved = rule["thing"]
            if old is not None:
                is_same = self.candidate(at) == self.candidate(old)
                moved = -rule["thing"] * is_same + rule["portion"] * (is_same and at != old)
            points[at] += moved * len(role.occasions)
        return replace(self.held, points=points)

    def part(self, at: int) -> str:
        """Return the part that a binary of the table takes."""
        name = self.owners[at][0]
        return self.week.choices[name].choices[at - self.week.first[name]].part

    def candidate(self, at: int) -> str:
        """Return the id of the recipe or food of a binary of the table."""
        name = self.owners[at][0]
        return self.week.choices[name].candidate(at - self.week.first[name]).source_id

    def solved(self, effort: str, seed: int, *, is_new: bool) -> Option | None:
        """Return the binaries of the changed week; ``None`` where none was found.

        Parameters
        ----------
        effort, seed
            As of ``Bath``.
        is_new
            Whether something else is asked for, so that even a week that holds may become better.
        """
        x = self.held.taking(self.standing)
        is_kept = self.fixed <= set(self.standing) and not self.closed & set(self.standing)
        if is_kept and not self.opened and not self.held.broken(x):
            return self._better(effort) if is_new else self.standing
        for scope in self._scopes():
            found = self._within(scope, effort, seed)
            if found is not None:
                return found
        found = self._searched(effort, seed)
        return found if self.holds(found) else None

    def _searched(self, effort: str, seed: int) -> Option:
        """Return the best week that a search finds from anywhere."""
        decisions = [decision for decision in map(self.stay, self._every) if decision.options]
        return Bath(self.led, decisions, effort=effort).search(seed)

    def easier(self) -> Change:
        """Return the same with a price for habits, which give way to what stays."""
        return replace(self, week=replace(self.week, whole=self.week.whole.eased()))

    def in_the_way(self, seed: int) -> tuple[str, ...]:
        """Name the rows that the best week misses which a short search finds."""
        found = self._searched("quick", seed)
        return self.held.broken(self.held.taking(found))

    @property
    def decisions(self) -> Sequence[Decision]:
        """What is decided."""
        return self.week.decisions

    @property
    def _every(self) -> range:
        return range(len(self.decisions))

    @cached_property
    def members(self) -> Sequence[frozenset[int]]:
        """Return for each decision all binaries of its roles."""
        of_role: dict[Role, set[int]] = {}
        for at, role in enumerate(self.owners):
            of_role.setdefault(role, set()).add(at)
        found = []
        for decision in self.decisions:
            roles = {self.owners[at] for option in decision.options for at in option}
            found.append(frozenset[int]().union(*(of_role[role] for role in roles)))
        return found

    def _scopes(self) -> Iterator[set[int]]:
        """Return the decisions that are open: those that must change, or with them all.

        Before that with what stands beside the dishes of their days.
        """
        stand = set(self.standing)
        roles = self.opened | {
            self.owners[at] for at in (self.fixed - stand) | (self.closed & stand)
        }
        touched = self._of_roles(roles) or self._of_roles(self._counted())
        scopes = (touched, self.beside(touched))
        yield from (scope for scope in scopes if scope)
        yield set(self._every)

    def _open(self, scope: Collection[int]) -> frozenset[int]:
        """Return the binaries that some decisions leave open."""
        opened = frozenset[int]().union(*(self.members[number] for number in scope))
        return opened - self.fixed - self.closed

    def _is_few(self, opened: Collection[int]) -> bool:
        return len(opened) <= int(read_settings(SETTINGS)["change"]["proven"])

    def beside(self, touched: set[int]) -> set[int]:
        """Return some decisions with what stands beside the dishes of their days."""
        days = {day for number in touched for day in self.days(number)}
        near = (number for number in self._every if days.intersection(self.days(number)))
        return touched.union(number for number in near if not self.is_dish(number))

    def _of_roles(self, roles: Collection[Role]) -> set[int]:
        return {
            number
            for number, own in enumerate(self.members)
            if any(self.owners[at] in roles for at in own)
        }

    def _counted(self) -> set[Role]:
        """Return the roles that broken rows count, each with what it has or could have."""
        programme, stand = self.held, set(self.standing)
        missed = programme.missed(programme.taking(self.standing))
        out = np.flatnonzero(programme.is_hard & (missed > HELD * programme.scale))
        counted = set[int]()
        for row in out.tolist():
            here = set(programme.rows.of_row(row)[0].tolist())
            counted |= (here & stand) - self.fixed or here
        return {self.owners[at] for at in counted}

    def is_dish(self, number: int) -> bool:
        """Whether a decision is one of recipes for a meal."""
        names = {self.owners[at] for at in self.members[number]}
        roles = (self.week.choices[name].rhythm.roles[role] for name, role in names)
        return any(role.kind in (MAIN, BREAKFAST) for role in roles)

    def days(self, number: int) -> set[int]:
        """Return the days from 0 on which a decision is eaten."""
        found = set[int]()
        for name, role in {self.owners[at] for at in self.members[number]}:
            roles = self.week.choices[name].rhythm.roles
            found |= {occasion.day for occasion in roles[role].occasions}
        return found

    def _within(self, scope: set[int], effort: str, seed: int) -> Option | None:
        """Return the best week in which only some decisions differ.

        Of what a search has moved goes back what need not have.
        """
        opened, start = self._open(scope), self._start
        if self._is_few(opened):
            return self._proven(start, opened)
        decisions = [self.stay(n) if n in scope else self.stand(n) for n in self._every]
        known = [decision for decision in decisions if decision.options]
        repairs = None if len(scope) == len(self.decisions) else 1
        found = Bath(self.led, known, effort=effort).search(seed, start, repairs)
        if not self.holds(found):
            return None
        moved = set(start).symmetric_difference(found)
        dishes = {(self.owners[at], self.part(at), self.candidate(at)) for at in moved}
        alike = frozenset(
            at for at in opened if (self.owners[at], self.part(at), self.candidate(at)) in dishes
        )
        return self._proven(found, alike) or found

    def _proven(self, taken: Option, opened: frozenset[int]) -> Option | None:
        """Return the best week in which only some binaries differ."""
        scope = {n for n, own in enumerate(self.members) if own & opened}
        found = best_of_open(self.led, taken, opened, [*self._ties(scope)])
        return found if found is not None and self.holds(found) else None

    @cached_property
    def _start(self) -> Option:
        return tuple(sorted((set(self.standing) | self.fixed) - self.closed))

    def _better(self, effort: str) -> Option:
        """Return the week after cold sweeps alone: only what pays for moving moves."""
        bath = Bath(self.led, [*map(self.stay, self._every)], effort=effort)
        found = bath.cooled(self.standing)
        return found if self.holds(found) else self.standing

    def holds(self, taken: Sequence[int]) -> bool:
        """Whether a week has what is kept, and all rows that must hold."""
        is_kept = self.fixed <= set(taken) and not self.closed & set(taken)
        return is_kept and not self.held.broken(self.held.taking(taken))

    def stand(self, number: int) -> Decision:
        """Return a decision that has what stands alone."""
        own = tuple(at for at in self._start if at in self.members[number])
        return Decision(self.decisions[number].role, (own,), {})

    def stay(self, number: int) -> Decision:
        """Return a decision with the options that what is kept leaves, and what stands."""
        decision, fixed = self.decisions[number], self.fixed & self.members[number]
        options = dict[Option, None]()
        for option in decision.options:
            kept = self._with_fixed(option, fixed, decision)
            if kept is not None:
                options[kept] = None
        stands = self.stand(number).options[0]
        if fixed <= set(stands) and (stands or () in decision.options):
            options[stands] = None
        portions = {
            at: tuple(portion for portion in group if portion not in self.closed)
            for at, group in decision.portions.items()
            if not fixed.intersection(group)
        }
        return Decision(decision.role, tuple(options), portions)

    def same_dish(self, number: int) -> Decision:
        """Return a decision that has the dish that stands, in any portion with any sides."""
        decision, dish = self.stay(number), self._mains(self.stand(number).options[0])
        options = (option for option in decision.options if self._mains(option) == dish)
        return replace(decision, options=tuple(options))

    def _mains(self, option: Option) -> set[tuple[Role, str]]:
        return {(self.owners[at], self.candidate(at)) for at in option if self.part(at) == MAIN}

    def _with_fixed(
        self, option: Option, fixed: Collection[int], decision: Decision
    ) -> Option | None:
        """Return an option with what is fixed in its portions; ``None`` where it has no place."""
        made = set[int]()
        for at in option:
            group = decision.portions.get(at, (at,))
            held = [portion for portion in group if portion in fixed]
            able = [portion for portion in (at, *group) if portion not in self.closed]
            if not (held or able):
                return None
            made.add(held[0] if held else able[0])
        return tuple(sorted(made)) if made.issuperset(fixed) else None

    def _ties(self, scope: set[int]) -> Iterator[tuple[Option, Option]]:
        """Return for each dish and side of a shared role the binaries of two who share it."""
        for number in sorted(scope):
            if not self.decisions[number].portions:
                continue
            alike: dict[tuple[str, str], dict[str, list[int]]] = {}
            for at in sorted(self.members[number]):
                own = alike.setdefault((self.part(at), self.candidate(at)), {})
                own.setdefault(self.owners[at][0], []).append(at)
            names = list(dict.fromkeys(self.owners[at][0] for at in sorted(self.members[number])))
            for each in alike.values():
                first = tuple(each.get(names[0], ()))
                yield from ((first, tuple(each.get(name, ()))) for name in names[1:])
