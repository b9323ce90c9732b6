"""No plan: which rules cannot hold together, and how far one of them would have to give way.

The aggregated week is a relaxation of every week, so what collides there collides in each. Its
rows get slacks; where the least sum of slacks is above 0, the rows with a price in that LP are a
proof of infeasibility (Farkas), and a deletion filter over them leaves a smallest set that cannot
hold together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pulp

from planner.model.build import ModelInput, WeekModel, build_aggregated_week
from planner.model.keys import RowKey
from planner.solve.solver import shadow_prices, solve_problem

PLATES = ("place", "components")  # what a table is; never in question
MEALS = (*PLATES, "starch", "bread", "sides", "cuisine", "food_meal", "kinds", "companion")
"""What a meal is: in question only where nothing else is in the way."""
PRICED = 1e-7  # price from which a row is part of the proof
TOUCHED = 1e-6  # least change that counts, relative to the row's limit


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule of a conflict.

    Parameters
    ----------
    key
        The row.
    limit
        Its right-hand side, in the unit of the row.
    change
        By how much it would have to give way if it alone did [unit of the row; a nutrient's per
        day]; ``None`` where that alone does not open a way.
    """

    key: RowKey
    limit: float
    change: float | None


def find_conflict(source: ModelInput) -> tuple[Breach, ...]:
    """Name a smallest set of rules that cannot hold together; empty when the LP has a solution.

    The rows of one rule on several classes of days count as one.

    Raises
    ------
    SolverError
        When the solver fails.
    """
    model = build_aggregated_week(source)
    rows = _Rows.of(model, MEALS)
    suspects = _priced_groups(rows)
    if suspects is None:
        rows = _Rows.of(model, PLATES)
        suspects = _priced_groups(rows) or []
    core = _deletion_filter(rows, suspects)
    return tuple(
        Breach(rows.key(group), -rows.rows[rows.last(group)].constant, _least_change(rows, group))
        for group in core
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a problem, gathered into groups of one rule, subject and side.

    Parameters
    ----------
    rows, keys
        Row name → row, and its key.
    groups
        Group → names of its rows, for all rows that are in question.
    structure
        Names of the rows that are never in question.
    days
        Days of the plan, over which rows of the week sum.
    """

    rows: Mapping[str, pulp.LpConstraint]
    keys: Mapping[str, RowKey]
    groups: Mapping[str, list[str]]
    structure: tuple[str, ...]
    days: int

    @classmethod
    def of(cls, model: WeekModel, structure_rules: tuple[str, ...]) -> _Rows:
        """Gather the rows of a model; those of ``structure_rules`` are not in question."""
        rows = {row.name: row for row in model.problem.constraints()}
        groups: dict[str, list[str]] = {}
        structure = []
        for name in rows:
            key = model.keys[name]
            if key.rule in structure_rules:
                structure.append(name)
            else:
                groups.setdefault(_group(key), []).append(name)
        return cls(rows, model.keys, groups, tuple(structure), len(model.source.weekend))

    def key(self, group: str) -> RowKey:
        """Give the key of a group, without a day."""
        return replace(self.keys[self.last(group)], day=0)

    def last(self, group: str) -> str:
        """Name of the row that speaks for a group: of the week where there is one."""
        return self.groups[group][-1]

    def problem(self, groups: Iterable[str], elastic: Iterable[str] = ()) -> pulp.LpProblem:
        """Make a problem of the structure and of ``groups``, those of ``elastic`` with a slack.

        The rows of an elastic group share one slack, priced relative to the group's limit; a row
        of the week sums over the days and gives way by as many times.
        """
        trial = pulp.LpProblem("trial", pulp.LpMinimize)
        elastic = set(elastic)
        objective: list[tuple[pulp.LpVariable, float]] = []
        for name in self.structure:
            trial.addConstraint(_compared(self.rows[name], []), name)
        for group in groups:
            slacks: list[tuple[pulp.LpVariable, float]] = []
            speaker = self.rows[self.last(group)]
            if group in elastic:
                scale = self.share(self.last(group)) / max(abs(speaker.constant), 1.0)
                sides = {1: (1.0,), -1: (-1.0,), 0: (1.0, -1.0)}[speaker.sense]
                for number, sign in enumerate(sides):
                    slack = trial.add_variable(f"give.{number}.{group}", lowBound=0)
                    slacks.append((slack, sign))
                    objective.append((slack, scale))
            for name in self.groups[group]:
                given = [(slack, sign * self.share(name)) for slack, sign in slacks]
                trial.addConstraint(_compared(self.rows[name], given), name)
        trial.setObjective(pulp.LpAffineExpression(objective))
        return trial

    def share(self, name: str) -> float:
        """How many days a row sums over, as far as its group mixes days and weeks."""
        return float(self.days) if self.keys[name].rule == "nutrient_week" else 1.0


def _group(key: RowKey) -> str:
    """Rows that give way together: of all days, and of day and week for one nutrient."""
    if key.rule in ("nutrient_day", "nutrient_week"):
        return f"nutrient.{key.subject}.{key.side}.{'soft' if key.soft else 'hard'}"
    return replace(key, day=0).name


def _compared(
    row: pulp.LpConstraint, slacks: list[tuple[pulp.LpVariable, float]]
) -> pulp.LpConstraint:
    """Copy a row with slacks added to its left side."""
    expression, limit = pulp.LpAffineExpression([*row.items(), *slacks]), -row.constant
    if row.sense == pulp.LpConstraintGE:
        return expression >= limit
    return expression <= limit if row.sense == pulp.LpConstraintLE else expression == limit


def _priced_groups(rows: _Rows) -> list[str] | None:
    """Name the groups with a price in the LP that minimises their relative slacks.

    ``None`` where the rows that are not in question already collide.
    """
    trial = rows.problem(rows.groups, elastic=rows.groups)
    answer = solve_problem(trial)
    if not answer.has_solution:
        return None
    if (answer.objective or 0.0) <= TOUCHED:
        return []
    prices = shadow_prices(trial)
    return [
        group
        for group, names in rows.groups.items()
        if any(abs(prices.get(name, 0.0)) > PRICED for name in names)
    ]


def _deletion_filter(rows: _Rows, suspects: list[str]) -> list[str]:
    """Drop every suspect without which the rest still cannot hold."""
    kept = list(suspects)
    for group in suspects:
        rest = [one for one in kept if one != group]
        if not solve_problem(rows.problem(rest)).has_solution:
            kept = rest
    return kept


def _least_change(rows: _Rows, group: str) -> float | None:
    """Give the least slack of ``group`` alone with which all rows hold [its unit, per day]."""
    answer = solve_problem(rows.problem(rows.groups, elastic=[group]))
    if not answer.has_solution:
        return None
    return sum(v for name, v in answer.values.items() if name.startswith("give."))
