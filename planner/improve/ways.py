"""How far one, two, three changes get: for each number the ways that get farthest, gentlest first.

Each way is asked in two exact steps: how near the bands that are to be met can be brought, and then
the fewest and gentlest changes that bring them so near. So no way of as few changes gets farther,
and none that gets as far has fewer, or as few and gentler ones, among all that may be offered.

Further ways are for who dislikes something of the ways before them. A food that half of the ways
have that are asked for comes in no other; where nothing else is enough, a way at least avoids one
of the foods that all before it share, and the gentlest of such ways is taken. Each is as exact.

Changes that take milk, yogurt or cheese away, or help by nothing but less calcium, are the last
resort: they come only where without them no number of changes is enough. Where with them none is
either, the ways that get farthest with them stand behind those without.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import repeat

import pulp

from planner.bound.solver import SolverAnswer
from planner.diary.diary import Diary
from planner.improve.change import Choice, DietChange
from planner.improve.habits import rules
from planner.improve.model import ChangeModel, ask, build_model, chosen, leave_out
from planner.improve.offered import offered_changes
from planner.improve.rows import MAGNESIUM, Contents, HeldRow, clinical_rows, target_rows, that_help
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

    @property
    def is_last_resort(self) -> bool:
        """Whether one of its changes is the last resort."""
        return any(change.is_last_resort for change in self.changes)

    @property
    def subjects(self) -> frozenset[str]:
        """Ids of the foods and dishes that its changes are about."""
        return frozenset(change.subject for change in self.changes)


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
    left_out
        How many there are beside them that are the last resort.
    richest
        Of what is eaten, the changes of all days together that bring the most magnesium.
    """

    gap: float
    rungs: tuple[tuple[FewChanges, ...], ...]
    offered: int
    left_out: int
    richest: FewChanges | None = None

    @property
    def is_enough(self) -> bool:
        """Whether one of the ways meets all that is to be met."""
        return any(way.is_enough for ways in self.rungs for way in ways)


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

    @property
    def kept(self) -> Diary:
        """What is eaten without what may not stay."""
        return self.diary.emptied_of(self.choice.may_not_stay)

    def rows(self, changes: Sequence[DietChange]) -> tuple[HeldRow, ...]:
        """Give all that a changed diary must hold."""
        contents, targets, kept = Contents(self.choice.foods), self.targets, self.kept
        bands = target_rows(kept, changes, targets.targets, self.met, contents, self.taken)
        return (*bands, *clinical_rows(kept, changes, targets.clinical, contents))


def find_ways(question: Question, most: int, count: int) -> FoundWays:
    """Find the ways of one, two … ``most`` changes a day, ``count`` of each number.

    Where fewer ways than that are enough, ways of one change more follow that leave out something
    of each of them. Of a number that is not enough there are fewer ways.

    Raises
    ------
    SolverError
        When no solver works.
    """
    every = tuple(offered_changes(question.diary, question.choice))
    rows = question.rows(every)
    helpful = that_help(rows, len(every))
    gentle = [place for place in helpful if not every[place].is_last_resort]

    def rows_of(places: list[int]) -> tuple[HeldRow, ...]:
        return tuple(replace(row, coefficients=row.coefficients[places]) for row in rows)

    def among(places: list[int]) -> FoundWays:
        changes, left_out = [every[place] for place in places], len(helpful) - len(places)
        rungs = _rungs(question, changes, rows_of(places), most, count)
        return FoundWays(sum(row.missed for row in rows), rungs, len(changes), left_out)

    of_eaten = [place for place in gentle if every[place].gone and every[place].come]
    eaten = [every[place] for place in of_eaten]
    richest = _richest(question, eaten, rows_of(of_eaten), most)
    found = replace(among(gentle), richest=richest)
    if found.is_enough or found.gap <= REACHED or not found.left_out:
        return found
    last = among(helpful)
    return replace(last, richest=richest) if last.is_enough else _with_farther(found, last)


def _richest(
    question: Question, eaten: Sequence[DietChange], rows: Sequence[HeldRow], most: int
) -> FewChanges | None:
    """Give of changes of what is eaten those that bring the most magnesium, ``most`` in all."""
    model = build_model(question.diary, eaten, rows, question.choice, most)
    model.problem.addConstraint(pulp.lpSum(model.made) <= most, "in_all")
    contents = Contents(question.choice.foods)
    less = (
        contents.of(one.gone, MAGNESIUM, "total") - contents.of(one.come, MAGNESIUM, "total")
        for one in eaten
    )
    answer = ask(model, pulp.LpAffineExpression(dict(zip(model.made, less, strict=True))))
    made = chosen(model, answer) if answer.has_solution else ()
    return _way(made, answer.values["gap"], _is_proven(answer)) if made else None


def _with_farther(found: FoundWays, last: FoundWays) -> FoundWays:
    """Give ways that fall short, and behind them those that get farthest with last resorts."""
    gap = min((way.gap for ways in found.rungs for way in ways), default=found.gap)
    *_, farthest = [(), *last.rungs]
    farther = tuple(way for way in farthest if way.gap < gap - REACHED)
    if not farther:
        return found
    rungs = [*found.rungs, *repeat((), len(last.rungs) - len(found.rungs))]
    rungs[len(last.rungs) - 1] += farther
    return replace(found, rungs=tuple(rungs))


def _rungs(
    question: Question,
    changes: Sequence[DietChange],
    rows: Sequence[HeldRow],
    most: int,
    count: int,
) -> tuple[tuple[FewChanges, ...], ...]:
    """Give the ways of each number of changes, as long as more changes get farther."""
    gap = sum(row.missed for row in rows)
    few = min(count, int(rules()["meet"]["ways_short"]))
    rungs: list[tuple[FewChanges, ...]] = []
    enough: list[FewChanges] = []
    for number in range(1, most + 1):
        if gap <= REACHED or len(enough) >= count:
            break
        model = build_model(question.diary, changes, rows, question.choice, number)
        ways = _ways_that_are_enough(model, enough, count)
        if not ways and not enough:
            ways = _ways_that_fall_short(model, rungs[-1][0].gap if rungs else gap, few)
        if ways:
            rungs.append(ways)
            enough += [way for way in ways if way.is_enough]
    return tuple(rungs)


def _ways_that_are_enough(
    model: ChangeModel, enough: Sequence[FewChanges], count: int
) -> tuple[FewChanges, ...]:
    """Give ways of a model that are enough and differ from those of fewer changes."""
    ways: list[FewChanges] = []
    for number, known in enumerate(enough):
        leave_out(model, known.changes, f"fewer.{number}")
    while len(enough) + len(ways) < count:
        way = _another([*enough, *ways], count, lambda out: _gentlest(model, 0.0, True, out))
        if way is None:
            break
        ways.append(way)
        leave_out(model, way.changes, f"other.{len(ways)}")
    return tuple(ways)


def _ways_that_fall_short(model: ChangeModel, before: float, count: int) -> tuple[FewChanges, ...]:
    """Give the way that gets farthest, and others that gain nearly as much on fewer changes."""
    first = _nearest(model, ())
    if first is None or first.gap >= before - REACHED:
        return ()
    most = before - float(rules()["meet"]["short_share"]) * (before - first.gap)
    ways = [first]

    def unlike(out: Set[str]) -> FewChanges | None:
        return _nearest(model, out | _of_a_kind(model, ways))

    while len(ways) < count:
        way = _another(ways, count, unlike)
        if way is None or way.gap > most:
            break
        ways.append(way)
    return tuple(ways)


def _of_a_kind(model: ChangeModel, ways: Sequence[FewChanges]) -> frozenset[str]:
    """Give what may be added in the place of what is: other seeds are no other way on."""
    kinds = {change.kind for way in ways for change in way.changes} - {""}
    return frozenset(change.subject for change in model.changes if change.kind in kinds)


def _another(
    known: Sequence[FewChanges], count: int, find: Callable[[Set[str]], FewChanges | None]
) -> FewChanges | None:
    """Find a way that leaves out what most ways would have in common, as far as there is one.

    Parameters
    ----------
    known
        The ways before it.
    count
        Ways that are asked for in all.
    find
        Gives the best way without some foods and dishes; ``None`` where there is none.
    """
    uses = Counter(one for way in known for one in way.subjects)
    often = frozenset(one for one, number in uses.items() if number >= max(count // 2, 1))
    if (way := find(often)) is not None or not known:
        return way
    shared = frozenset.intersection(*(one.subjects for one in known))
    others = [way for one in sorted(shared) if (way := find({one})) is not None]
    if not others and len(known) < min(count, int(rules()["meet"]["ways_least"])):
        return find(frozenset())
    return min(others, key=lambda way: (way.gap, len(way.changes), way.points), default=None)


def _nearest(model: ChangeModel, without: Container[str]) -> FewChanges | None:
    """Give the way that gets farthest, the shortest and gentlest of these; ``None`` for none."""
    nearest = ask(model, model.gap + 0.0, without=without)
    if not nearest.has_solution:
        return None
    gap = max(nearest.objective or 0.0, 0.0)
    way = _gentlest(model, gap, _is_proven(nearest), without)
    return way or _way(chosen(model, nearest), gap, False)


def _gentlest(
    model: ChangeModel, gap: float, is_proven: bool, without: Container[str]
) -> FewChanges | None:
    """Give the shortest and gentlest way that gets so near; ``None`` for none."""
    answer = ask(model, model.length_and_points(), gap + REACHED, without)
    if not answer.has_solution:
        return None
    return _way(chosen(model, answer), gap, is_proven and _is_proven(answer))


def _way(changes: tuple[DietChange, ...], gap: float, is_proven: bool) -> FewChanges:
    return FewChanges(changes, gap, round(sum(one.points for one in changes), 6), is_proven)


def _is_proven(answer: SolverAnswer) -> bool:
    return answer.status == "optimal"
