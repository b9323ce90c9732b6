"""How far one, two, three changes get: for each number the ways that get farthest, gentlest first.

Each way is asked in two exact steps: how near the bands that are to be met can be brought, and then
the fewest and gentlest changes that bring them so near. So no way of as few changes gets farther,
and none that gets as far has fewer, or as few and gentler ones, among all that may be offered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.bound.solver import SolverAnswer
from planner.diary.diary import Diary
from planner.improve.change import DietChange
from planner.improve.choice import Choice
from planner.improve.model import ChangeModel, ask, build_model, chosen, leave_out
from planner.improve.offered import offered_changes
from planner.improve.rows import LOWER, Contents, HeldRow, clinical_rows, target_rows, that_help
from planner.targets.derive import TargetSet

REACHED = 1e-6  # sum of slacks, as shares of bounds, that is none


@dataclass(frozen=True, slots=True)
class FewChanges:
    """Changes that are made together.

    Parameters
    ----------
    changes
        In the order of the diary; none where nothing is to be changed, or nothing helps.
    gap
        How far what is to be met is missed with them: sum over its bounds, each as a share.
    points
        What they ask.
    is_proven
        Whether the solver proved that no way before it in the order was passed over.
    """

    changes: tuple[DietChange, ...]
    gap: float
    points: float
    is_proven: bool

    @property
    def is_enough(self) -> bool:
        """Whether it meets all that is to be met."""
        return self.gap <= REACHED


@dataclass(frozen=True, slots=True)
class FoundWays:
    """What changes can do for a diary.

    Parameters
    ----------
    gap
        How far what is to be met is missed as it is eaten.
    rungs
        For at most one, two … changes a day: the ways, best first. The last one is enough, or as
        far as changes get.
    offered
        How many changes there are to choose from.
    """

    gap: float
    rungs: tuple[tuple[FewChanges, ...], ...]
    offered: int


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be brought about.

    Parameters
    ----------
    diary
        What is eaten.
    choice
        What may come.
    targets
        What it is held to.
    met
        Keys of the targets that are to be met; all others get no worse.
    taken
        Nutrient key → amount a day in supplements that stand in no line.
    """

    diary: Diary
    choice: Choice
    targets: TargetSet
    met: frozenset[str]
    taken: Mapping[str, float]

    def rows(self, changes: Sequence[DietChange]) -> tuple[HeldRow, ...]:
        """Give all that a changed diary must hold."""
        contents, targets = Contents(self.choice.foods), self.targets
        bands = target_rows(self.diary, changes, targets.targets, self.met, contents, self.taken)
        return (*bands, *clinical_rows(self.diary, changes, targets.clinical, contents))


def find_ways(question: Question, most: int, count: int) -> FoundWays:
    """Find the ways of one, two … ``most`` changes a day, ``count`` of each number.

    Where fewer ways than that are enough, ways of one change more follow that leave out something
    of each of them.

    Raises
    ------
    SolverError
        When no solver works.
    """
    every = offered_changes(question.diary, question.choice)
    rows = question.rows(every)
    helpful = that_help(rows, len(every))
    changes = [every[place] for place in helpful]
    rows = tuple(replace(row, coefficients=row.coefficients[helpful]) for row in rows)
    gap = sum(_missed(row) for row in rows)
    rungs: list[tuple[FewChanges, ...]] = []
    enough: list[FewChanges] = []
    for number in range(1, most + 1):
        if gap <= REACHED or len(enough) >= count:
            break
        model = build_model(question.diary, changes, rows, question.choice, number)
        found = _rung(model, enough, count - len(enough))
        known = [way.changes for ways in rungs for way in ways]
        ways = tuple(way for way in found if way.changes not in known)
        if ways and (enough or ways[0].gap < (rungs[-1][0].gap if rungs else gap) - REACHED):
            rungs.append(ways)
            enough += [way for way in ways if way.is_enough]
    return FoundWays(gap, tuple(rungs), len(changes))


def _missed(row: HeldRow) -> float:
    """Give how far a row that is to be met is missed without any change."""
    sign = 1.0 if row.side == LOWER else -1.0
    return max(sign * row.limit, 0.0) if row.is_met else 0.0


def _rung(model: ChangeModel, enough: Sequence[FewChanges], count: int) -> tuple[FewChanges, ...]:
    """Give the ways of a model that differ from those of fewer changes that are enough."""
    ways: list[FewChanges] = []
    for number, known in enumerate(enough):
        leave_out(model, known.changes, f"fewer.{number}")
    while len(ways) < count and (way := _next_way(model)) is not None:
        falls_short = not way.is_enough and (enough or _is_enough(ways))
        if not way.changes or falls_short:
            break
        ways.append(way)
        leave_out(model, way.changes, f"other.{len(ways)}")
    return tuple(ways)


def _is_enough(ways: Sequence[FewChanges]) -> bool:
    return bool(ways) and ways[0].is_enough


def _next_way(model: ChangeModel) -> FewChanges | None:
    """Give the way that gets farthest, the shortest and gentlest of these; ``None`` for none."""
    nearest = ask(model, model.gap + 0.0)
    if not nearest.has_solution:
        return None
    gap = max(nearest.objective or 0.0, 0.0)
    gentlest = ask(model, model.length_and_points(), gap + REACHED)
    changes = chosen(model, gentlest if gentlest.has_solution else nearest)
    return FewChanges(
        changes,
        gap,
        round(sum(change.points for change in changes), 6),
        all(_is_proven(one) for one in (nearest, gentlest)),
    )


def _is_proven(answer: SolverAnswer) -> bool:
    return answer.status == "optimal"
