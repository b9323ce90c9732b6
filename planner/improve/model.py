r"""The fewest and gentlest changes of a diary, and how far one, two, three get.

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

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import repeat

import pulp

from planner.diary.analysis import LEFT_OUT, Analysis, DiaryFinding
from planner.diary.diary import Diary, DiaryEntry
from planner.improve.change import ADD, REMOVE, Choice, DietChange, offered_changes, rules
from planner.improve.rows import (
    ENERGY,
    LOWER,
    MAGNESIUM,
    Contents,
    HeldRow,
    clinical_rows,
    is_held,
    target_rows,
    that_help,
)
from planner.model.solver import SolverAnswer, solve_problem
from planner.targets.derive import TargetSet

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
        """Return the number of changes first, then their points."""
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
    """Return the changes that an answer makes, in the order of the diary."""
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
        own = [change if change.day == day.number else None for change in model.changes]
        kcal, all_kcal = (
            sum(contents.of(entry, ENERGY, "total") for entry in diary_day.entries())
            for diary_day in (day, eaten_day)
        )
        room = (all_kcal - kcal) / (kcal or 1.0)
        gains = [
            contents.of(change.come, ENERGY, "total") - contents.of(change.gone, ENERGY, "total")
            if change else 0.0
            for change in own
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
        """Return all that a changed diary must hold."""
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
    """Return of changes of what is eaten those that bring the most magnesium, ``most`` in all."""
    model = build_model(question.diary, eaten, rows, question.choice, most)
    model.problem.addConstraint(pulp.lpSum(model.made) <= most, "in_all")
    contents = Contents(question.choice.foods)
    less = (
        contents.of(change.gone, MAGNESIUM, "total") - contents.of(change.come, MAGNESIUM, "total")
        for change in eaten
    )
    answer = ask(model, pulp.LpAffineExpression(dict(zip(model.made, less, strict=True))))
    made = chosen(model, answer) if answer.has_solution else ()
    return _way(made, answer.values["gap"], _is_proven(answer)) if made else None


def _with_farther(found: FoundWays, last: FoundWays) -> FoundWays:
    """Return ways that fall short, and behind them those that get farthest with last resorts."""
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
    """Return the ways of each number of changes, as long as more changes get farther."""
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
    """Return ways of a model that are enough and differ from those of fewer changes."""
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
    """Return the way that gets farthest, and others that gain nearly as much on fewer changes."""
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
    """Return what may be added in the place of what is: other seeds are no other way on."""
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
    uses = Counter(subject for way in known for subject in way.subjects)
    often = frozenset(use for use, number in uses.items() if number >= max(count // 2, 1))
    if (way := find(often)) is not None or not known:
        return way
    shared = frozenset.intersection(*(few_changes.subjects for few_changes in known))
    others = [way for subject in sorted(shared) if (way := find({subject})) is not None]
    if not others and len(known) < min(count, int(rules()["meet"]["ways_least"])):
        return find(frozenset())
    return min(others, key=lambda way: (way.gap, len(way.changes), way.points), default=None)


def _nearest(model: ChangeModel, without: Container[str]) -> FewChanges | None:
    """Return the way that gets farthest, the shortest and gentlest of these; ``None`` for none."""
    nearest = ask(model, model.gap + 0.0, without=without)
    if not nearest.has_solution:
        return None
    gap = max(nearest.objective or 0.0, 0.0)
    way = _gentlest(model, gap, _is_proven(nearest), without)
    return way or _way(chosen(model, nearest), gap, False)


def _gentlest(
    model: ChangeModel, gap: float, is_proven: bool, without: Container[str]
) -> FewChanges | None:
    """Return the shortest and gentlest way that gets so near; ``None`` for none."""
    answer = ask(model, model.length_and_points(), gap + REACHED, without)
    if not answer.has_solution:
        return None
    return _way(chosen(model, answer), gap, is_proven and _is_proven(answer))


def _way(changes: tuple[DietChange, ...], gap: float, is_proven: bool) -> FewChanges:
    return FewChanges(changes, gap, round(sum(change.points for change in changes), 6), is_proven)


def _is_proven(answer: SolverAnswer) -> bool:
    return answer.status == "optimal"


@dataclass(frozen=True, slots=True)
class Option:
    """A way with what the diary then holds.

    Parameters
    ----------
    most
        Most changes a day among which it is the best.
    way
        Its changes.
    after
        The changed diary, counted anew from its foods.
    is_enough
        Whether all that is to be met holds in it, by that count.
    """

    most: int
    way: FewChanges
    after: Analysis
    is_enough: bool


@dataclass(frozen=True, slots=True)
class Improvement:
    """What changes can do for a diary.

    Parameters
    ----------
    eaten
        The diary as it is eaten, held against its targets.
    before
        The same without what may not stay in it; ``eaten`` itself where all of it may.
    met
        Keys of what is to be met, in the order of nutrients.
    options
        By number of changes, the best of each first; none where nothing has to be changed, or
        nothing helps.
    most
        Most changes a day that were asked for.
    offered
        How many changes there are to choose from.
    left_out
        How many there are beside them that take calcium away, the last resort.
    richest
        The changes of what is eaten, of all days together, that bring the most magnesium.
    """

    eaten: Analysis
    before: Analysis
    met: tuple[str, ...]
    options: tuple[Option, ...]
    most: int
    offered: int
    left_out: int
    richest: Option | None = None

    @property
    def no_further(self) -> bool:
        """Whether more changes than those listed were tried, and get no nearer."""
        tried = max((option.most for option in self.options), default=self.most)
        return tried < self.most and not self.is_enough

    @property
    def is_enough(self) -> bool:
        """Whether one of the ways is."""
        return any(option.is_enough for option in self.options)

    @property
    def may_not_stay(self) -> tuple[str, ...]:
        """What of the diary is left out by diet, allergy, wish or safety, in sentences."""
        return tuple(advice.text for advice in self.eaten.advice if advice.code == LEFT_OUT)

    @property
    def is_met(self) -> bool:
        """Whether all that is to be met holds as it is eaten, without what may not stay."""
        return holds_all(self.before, self.met)

    def is_missed(self, finding: DiaryFinding) -> bool:
        """Whether a finding is about what is to be met, and does not hold."""
        return finding.target.nutrient in self.met and is_held(finding.target) and not finding.holds

    def gained(self, option: Option) -> tuple[str, ...]:
        """List the other hard targets that are missed as eaten and that this way would meet."""
        missed = {_key(one) for one in self.before.findings if not one.holds and one.target.hard}
        held = {_key(finding) for finding in option.after.findings if finding.holds}
        still = {finding.target.nutrient for finding in option.after.findings if not finding.holds}
        keys = [key for key, _basis, _period, _day in missed & held if key not in self.met]
        return tuple(sorted({key for key in keys if key not in still}))


def holds_all(analysis: Analysis, met: tuple[str, ...]) -> bool:
    """Whether all that is to be met holds, and nothing is left in it that is left out.

    What is too little known to say so does not hold.
    """
    if any(advice.code == LEFT_OUT for advice in analysis.advice):
        return False
    keys = set(met)
    held = (finding for finding in analysis.findings if is_held(finding.target))
    return all(finding.holds for finding in held if finding.target.nutrient in keys)


def _key(finding: DiaryFinding) -> tuple[str, str, str, int | None]:
    target = finding.target
    return target.nutrient, target.basis, target.period, finding.day
