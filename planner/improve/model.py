r"""The fewest and gentlest changes of a diary, as a mixed-integer program in PuLP's notation.

Formulation
-----------
Changes :math:`j \in J`, each of a day :math:`d(j)`; what it brings of a nutrient less what it takes
away :math:`\delta_{ij}`; points :math:`p_j`. Rows :math:`r`: bands of targets over days, made
linear (``rows.py``) and scaled near one, :math:`a_r x \ge b_r` or :math:`\le`; those that are to be
met, and are missed as it is eaten, have a slack. Decide::

    x_j in {0, 1}            change j is made
    s_r >= 0                 how far a band that is to be met is missed, as a share of its bound

    a_r x + s_r >= b_r       (<=: - s_r)            for each row that is to be met and is missed
    a_r x >= b_r             (<=)                   for every other row: no worse than it is
    sum_{j in d} x_j <= k                           changes of a day
    sum_{j at e} x_j <= 1                           for each line e that is eaten
    sum_{j to m} x_j <= 1                           additions to each meal m, and of a kind a day
    sum_{j brings b} x_j <= 1                       for each food b and day; nuts are one
    sum_j delta_gj x_j <= max(G - g, 0)             for groups that have a most of G grams a day
    -e E_d <= sum_j delta_Ej x_j <= e E_d           energy of a day, within a share of what it is

Three questions follow on each other, each with the answers before it as rows: the least sum of
slacks; the fewest changes with it, and the gentlest of these, both in one objective
:math:`P \sum x_j + \sum p_j x_j` with :math:`P` above all points that any way can have. A further
way leaves out some theme of each way before it, and foods that these have (``ways.py``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Sequence
from dataclasses import dataclass

import pulp

from planner.bound.solver import SolverAnswer, solve_problem
from planner.diary.diary import Diary, DiaryEntry
from planner.improve.change import ADD, REMOVE, Choice, DietChange
from planner.improve.habits import rules
from planner.improve.rows import ENERGY, LOWER, Contents, HeldRow

MADE = 0.5  # an integer variable above it is 1


@dataclass(frozen=True, slots=True)
class ChangeModel:
    """A PuLP problem with what is needed to ask it again.

    Parameters
    ----------
    problem
        All rows; the objective is set with each question.
    made
        Whether each change is made.
    gap
        No less than the sum of all slacks.
    changes
        The changes, in the order of ``made``.
    """

    problem: pulp.LpProblem
    made: tuple[pulp.LpVariable, ...]
    gap: pulp.LpVariable
    changes: tuple[DietChange, ...]

    def length_and_points(self) -> pulp.LpAffineExpression:
        """Give the number of changes first, then their points."""
        span = sum(abs(change.points) for change in self.changes) + 1.0
        weights = (span + change.points for change in self.changes)
        return pulp.LpAffineExpression(dict(zip(self.made, weights, strict=True)))


def build_model(
    diary: Diary, changes: Sequence[DietChange], rows: Iterable[HeldRow], choice: Choice, most: int
) -> ChangeModel:
    """Build the problem of at most ``most`` changes a day."""
    problem = pulp.LpProblem("improve", pulp.LpMinimize)
    made = tuple(
        problem.add_variable(f"made.{number:05d}", cat=pulp.LpBinary)
        for number in range(len(changes))
    )
    gap = problem.add_variable("gap", 0)
    missed = [slack for row in rows if (slack := _add_row(problem, made, row)) is not None]
    problem.addConstraint(pulp.lpSum(missed) <= gap, "missed")
    model = ChangeModel(problem, made, gap, tuple(changes))
    _add_habits(model, choice, most)
    _add_limits(model, diary, choice)
    _add_wishes(model, choice)
    return model


def ask(
    model: ChangeModel,
    objective: pulp.LpAffineExpression,
    most_gap: float | None = None,
    without: Container[str] = (),
) -> SolverAnswer:
    """Ask for the least of an objective where no more than ``most_gap`` is missed.

    No change is made that is about one of the foods and dishes in ``without``. It is solved to the
    last digit, or until the clock ends it.
    """
    rule = rules()["solve"]
    model.gap.upBound = most_gap
    for var, change in zip(model.made, model.changes, strict=True):
        var.upBound = 0 if change.subject in without else 1
    model.problem.setObjective(objective)
    return solve_problem(
        model.problem, time_limit_s=rule["limit_s"], gap=0.0, tolerance=rule["tolerance"]
    )


def chosen(model: ChangeModel, answer: SolverAnswer) -> tuple[DietChange, ...]:
    """Give the changes that an answer makes, in the order of the diary."""
    pairs = zip(model.made, model.changes, strict=True)
    return tuple(change for var, change in pairs if answer.values[var.name] > MADE)


def leave_out(model: ChangeModel, way: Iterable[DietChange], name: str) -> None:
    """Ask of what follows that it leaves out some theme of a way."""
    themes = {change.theme for change in way}
    alike = (var for var, change in zip(model.made, model.changes, strict=True)
             if change.theme in themes)  # fmt: skip
    model.problem.addConstraint(pulp.lpSum(alike) <= len(themes) - 1, name)


def _add_row(
    problem: pulp.LpProblem, made: Sequence[pulp.LpVariable], row: HeldRow
) -> pulp.LpVariable | None:
    """Add a row; gives its slack, where it is to be met and is missed as it is eaten."""
    total, slack = _weighted(made, row.coefficients.tolist()), None
    if row.missed > 0:
        slack = problem.add_variable(f"missed.{row.name}", 0)
        total += slack if row.side == LOWER else -slack
    if total:
        bounded = total >= row.limit if row.side == LOWER else total <= row.limit
        problem.addConstraint(bounded, row.name)
    return slack


def _add_habits(model: ChangeModel, choice: Choice, most: int) -> None:
    """Add what one day, one meal and one line bear of changes."""
    nuts = frozenset(rules()["nuts"]["groups"])

    def brings_nuts(one: DietChange) -> bool:
        return one.action != REMOVE and _grams(one.come, nuts, choice) > 0

    once: dict[str, Callable[[DietChange], Hashable]] = {
        "line": lambda one: (one.day, one.meal, one.at) if one.at is not None else None,
        "added": lambda one: (one.day, one.meal) if one.action == ADD else None,
        "kind": lambda one: (one.day, one.kind) if one.action == ADD else None,
        "nuts": lambda one: one.day if brings_nuts(one) else None,
        "comes": lambda one: (one.day, one.come.item_id) if _is_new(one) and one.come else None,
    }
    for name, key_of in once.items():
        for number, alike in enumerate(_grouped(model, key_of)):
            model.problem.addConstraint(pulp.lpSum(alike) <= 1, f"{name}.{number}")
    for day, alike in enumerate(_grouped(model, lambda one: one.day)):
        model.problem.addConstraint(pulp.lpSum(alike) <= most, f"changes.{day}")


def _is_new(change: DietChange) -> bool:
    old = change.gone.item_id if change.gone else ""
    return change.come is not None and change.come.item_id != old


def _grouped(
    model: ChangeModel, key_of: Callable[[DietChange], Hashable]
) -> Iterable[list[pulp.LpVariable]]:
    groups: dict[Hashable, list[pulp.LpVariable]] = defaultdict(list)
    for var, change in zip(model.made, model.changes, strict=True):
        if (key := key_of(change)) is not None:
            groups[key].append(var)
    return groups.values()


def _add_limits(model: ChangeModel, diary: Diary, choice: Choice) -> None:
    """Add the most of some foods in a day, and how far the energy of a day may move.

    What may not stay makes room for what it brought.
    """
    contents = Contents(choice.foods)
    share = rules()["energy"]["share"]
    kept = diary.emptied_of(choice.may_not_stay)
    for day, eaten_day in zip(kept.days, diary.days, strict=True):
        own = [one if one.day == day.number else None for one in model.changes]
        kcal, all_kcal = (
            sum(contents.of(entry, ENERGY, "total") for entry in one.entries())
            for one in (day, eaten_day)
        )
        room = (all_kcal - kcal) / (kcal or 1.0)
        gains = [
            contents.of(one.come, ENERGY, "total") - contents.of(one.gone, ENERGY, "total")
            if one else 0.0
            for one in own
        ]  # fmt: skip
        moved = _weighted(model.made, [gain / (kcal or 1.0) for gain in gains])
        model.problem.addConstraint(moved <= share + room, f"energy.more.{day.number}")
        model.problem.addConstraint(moved >= -share, f"energy.less.{day.number}")
        for number, limit in enumerate(rules()["most"]):
            groups = frozenset(limit["groups"])
            eaten = sum(_grams(entry, groups, choice) for entry in day.entries())
            more = [
                _grams(one.come, groups, choice) - _grams(one.gone, groups, choice) if one else 0.0
                for one in own
            ]
            total = _weighted(model.made, [grams / limit["grams"] for grams in more])
            left = max(limit["grams"] - eaten, 0.0) / limit["grams"]
            if total:
                model.problem.addConstraint(total <= left, f"most.{number}.{day.number}")


def _add_wishes(model: ChangeModel, choice: Choice) -> None:
    """Add how many helpings of some foods may still come."""
    for number, one in enumerate(choice.at_most):
        brings = [
            float(_is_new(change) and change.come is not None and _holds(change.come, one.food_ids))
            for change in model.changes
        ]
        if total := _weighted(model.made, brings):
            model.problem.addConstraint(total <= one.count, f"wish.{number}")


def _holds(entry: DiaryEntry, food_ids: frozenset[str]) -> bool:
    return any(food_id in food_ids for food_id, _ in entry.ingredients)


def _grams(entry: DiaryEntry | None, groups: frozenset[str], choice: Choice) -> float:
    lines = entry.ingredients if entry else ()
    return sum(mass for food_id, mass in lines if choice.foods[food_id].group in groups)


def _weighted(made: Sequence[pulp.LpVariable], weights: Sequence[float]) -> pulp.LpAffineExpression:
    pairs = zip(made, weights, strict=True)
    return pulp.LpAffineExpression({var: weight for var, weight in pairs if weight})
