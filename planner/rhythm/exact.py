"""What can be proven of a week: PuLP writes the rows, HiGHS solves them.

With most roles as they stand few binaries are left, and HiGHS proves the best of them: the foods
and sides of the days, a swap, a repair. With all roles open and binaries let be fractions it gives
a bound that no week goes below.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import pulp

from planner.errors import SolverError
from planner.rhythm.options import Option
from planner.rhythm.programme import Programme, Sparse, Vector

_ONE = 0.5  # a binary above it is 1


def best_of_open(
    programme: Programme,
    taken: Sequence[int],
    opened: Collection[int],
    ties: Sequence[tuple[Option, Option]] = (),
) -> tuple[int, ...] | None:
    """Return the best week in which only ``opened`` binaries differ; ``None``: none holds.

    Parameters
    ----------
    programme, taken
        The week, and its binaries that are 1.
    opened
        Binaries that are decided anew.
    ties
        Binaries of which as many are taken as of others: the same dish for two who share it.

    Raises
    ------
    SolverError
        When HiGHS fails.
    """
    fixed = [at for at in taken if at not in set(opened)]
    problem = _Problem(programme, sorted(opened), fixed, is_whole=True)
    problem.tie(ties)
    if problem.solve() is None:
        return None
    chosen = (at for at, binary in problem.binaries.items() if (binary.value() or 0.0) > _ONE)
    return tuple(sorted((*fixed, *chosen)))


def lower_bound(programme: Programme) -> float | None:
    """Return points that no week goes below; ``None`` where even fractions of recipes fit none.

    Raises
    ------
    SolverError
        When HiGHS fails.
    """
    return _Problem(programme, range(len(programme.points)), (), is_whole=False).solve()


class _Problem:
    """A programme in PuLP, some binaries of which stand."""

    def __init__(
        self,
        programme: Programme,
        opened: Sequence[int],
        fixed: Sequence[int],
        *,
        is_whole: bool,
    ) -> None:
        self.programme, self.stands = programme, programme.taking(fixed)
        self.kind = pulp.LpInteger if is_whole else pulp.LpContinuous
        self.problem = pulp.LpProblem("week", pulp.LpMinimize)
        self.binaries = {at: self._variable(f"x{at}", 1.0, self.kind) for at in opened}
        self.points: list[tuple[pulp.LpVariable, float]] = []
        self.constant = float(programme.points @ self.stands)
        self.constant += programme.usd_points * float(programme.weighed_usd @ self.stands)
        for at, binary in self.binaries.items():
            usd = programme.usd_points * float(programme.weighed_usd[at])
            self.points.append((binary, float(programme.points[at]) + usd))
        self._add_rows()
        self._add_packages()
        self._add_things()

    def solve(self) -> float | None:
        """Solve to the end; return the points, or ``None`` where nothing holds."""
        self.problem.setObjective(pulp.LpAffineExpression(self.points))
        solver = pulp.HiGHS(msg=False, threads=1, gapRel=0.0)
        status = self.problem.solve(solver)
        if status == pulp.LpStatusInfeasible:
            return None
        if status != pulp.LpStatusOptimal:
            raise SolverError(f"HiGHS ends with {pulp.LpStatus[status]}")
        return self.constant + float(pulp.value(self.problem.objective) or 0.0)

    def tie(self, ties: Iterable[tuple[Option, Option]]) -> None:
        """Take as many of some binaries as of others."""
        for number, (first, second) in enumerate(ties):
            own, other = ([self.binaries[at] for at in option if at in self.binaries]
                          for option in (first, second))  # fmt: skip
            stand = sum(
                self.stands[list(one)].sum() * sign for one, sign in ((first, 1), (second, -1))
            )
            if own or other:
                self.problem.addConstraint(
                    pulp.lpSum(own) - pulp.lpSum(other) == -stand, f"tie{number}"
                )

    def _variable(
        self, name: str, upper: float | None = None, kind: str = pulp.LpContinuous
    ) -> pulp.LpVariable:
        return self.problem.add_variable(name, lowBound=0, upBound=upper, cat=kind)

    def _sum(self, rows: Sparse, number: int) -> list[tuple[pulp.LpVariable, float]]:
        index, value = rows.of_row(number)
        pairs = zip(index.tolist(), value.tolist(), strict=True)
        return [(self.binaries[at], amount) for at, amount in pairs if at in self.binaries]

    def _add_rows(self) -> None:
        """Hold every row that an open binary counts in, or that does not hold without them."""
        programme = self.programme
        held = programme.rows.times(self.stands)
        for number in range(len(programme.rows)):
            terms = self._sum(programme.rows, number)
            lower = float(programme.lower[number] - held[number])
            upper = float(programme.upper[number] - held[number])
            if not terms and lower <= 0.0 <= upper:
                continue
            least = most = pulp.LpAffineExpression(terms)
            price = float(programme.price[number])
            if not np.isnan(price):
                short = self._variable(f"short{number}")
                self.points.append((short, price))
                least, most = least + short, most - short
            if np.isfinite(lower):
                self.problem.addConstraint(least >= lower, f"least{number}")
            if np.isfinite(upper):
                self.problem.addConstraint(most <= upper, f"most{number}")

    def _add_packages(self) -> None:
        """Buy whole packages for what is used beyond what is at home."""
        programme = self.programme
        used: Vector = programme.packages.times(self.stands)
        counted = [(one, float(programme.weighed_usd[at])) for at, one in self.binaries.items()]
        stands_usd = float(programme.weighed_usd @ self.stands)
        for number in range(len(programme.packages)):
            terms = self._sum(programme.packages, number)
            needs = float(used[number] - programme.home[number])
            bought = self._variable(f"pack{number}", None, self.kind)
            self.problem.addConstraint(
                pulp.LpAffineExpression(terms) - bought <= -needs, f"p{number}"
            )
            kept_usd = float(programme.kept_usd[number])
            counted.append((bought, float(programme.package_usd[number]) - kept_usd))
            counted += [(binary, kept_usd * amount) for binary, amount in terms]
            stands_usd += kept_usd * needs
            left = float(programme.package_points[number])
            usd = programme.usd_points * float(programme.package_usd[number])
            self.points.append((bought, usd + left))
            self.points += [(binary, -left * amount) for binary, amount in terms]
            self.constant -= left * needs
        if np.isfinite(programme.budget_usd):
            row = pulp.LpAffineExpression(counted) <= programme.budget_usd - stands_usd
            self.problem.addConstraint(row, "budget")

    def _add_things(self) -> None:
        """Price each thing on the list."""
        programme = self.programme
        there = programme.things.times(self.stands) > 0
        self.constant += programme.thing_points * float(there.sum())
        for number in np.flatnonzero(~there).tolist():
            listed = self._variable(f"thing{number}", 1.0)
            self.points.append((listed, programme.thing_points))
            for binary, _ in self._sum(programme.things, number):
                self.problem.addConstraint(binary - listed <= 0, f"t{number}.{binary.name}")
