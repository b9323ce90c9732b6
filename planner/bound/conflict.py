"""No plan: which rules cannot hold together, and how far one of them would have to give way.

The aggregated week is a relaxation of every week, so what collides there collides in each. Its
rows get slacks; where the least sum of slacks is above 0, the rows with a price in that LP are a
proof of infeasibility (Farkas), and a deletion filter over them leaves a smallest set that cannot
hold together.
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.bound.trials import TOUCHED, Group, RuleRows, Trials
from planner.errors import OutOfTimeError
from planner.model.board import HardBoard
from planner.model.build import build_hard_week
from planner.model.input import ModelInput
from planner.model.keys import ASKED, MEAL, OFFERED, PLATE, RULES, RowKey, rules_standing
from planner.model.limits import limit_s
from planner.model.table import build_table
from planner.request.preferences import HOME


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
        day]; ``None`` where that alone does not open a way, was not found in time, or is not asked
        for because a change of the rule is never offered.
    """

    key: RowKey
    limit: float
    change: float | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot hold together.

    Parameters
    ----------
    rules
        The rules; empty where all hold, or where none was found in time.
    is_smallest
        Whether none of them can be left out; not where the time was over first.
    is_measured
        Whether each change was looked for to its end.
    """

    rules: tuple[Breach, ...]
    is_smallest: bool = True
    is_measured: bool = True


def find_conflict(source: ModelInput) -> Conflict:
    """Name a smallest set of rules that cannot hold together; empty when the LP has a solution.

    The rows of one rule on several classes of days count as one.

    Raises
    ------
    SolverError
        When the solver fails.
    """
    rules = rules_of(source)
    core = find_core(rules, limit_s("conflict"))
    breaches = (
        Breach(rules.key(group), rules.speaker(group).limit, change)
        for group, change in core.groups
    )
    return Conflict(tuple(breaches), core.is_smallest, core.is_measured)


def rules_of(source: ModelInput) -> RuleRows:
    """Gather the rows of an average week that may collide."""
    model = build_hard_week(_alike({"": source})[""])
    return RuleRows.of(model.board, {"": model.keys}, len(source.weekend))


def can_hold(source: ModelInput) -> bool:
    """Whether the rows of an average week that must hold can.

    Raises
    ------
    OutOfTimeError
        When the time is over before that is known.
    SolverError
        When the solver fails.
    """
    rules = rules_of(source)
    return Trials(rules).give_way(rules.groups, ()) is not None


def _alike(sources: Mapping[str, ModelInput]) -> Mapping[str, ModelInput]:
    """Return all days the time of a weekday where that is no less: what must hold is then the same.

    The mean of a weekday and a day of the weekend that hold is a day that holds, so that one class
    of days tells what two do.
    """
    if any(
        one.wishes.max_minutes_weekday is not None or one.wishes.lunch != HOME
        for one in sources.values()
    ):
        return sources
    return {
        name: replace(one, weekend=(False,) * len(one.weekend)) for name, one in sources.items()
    }


@dataclass(frozen=True, slots=True)
class SharedConflict:
    """What cannot hold together because eaters share dishes.

    Parameters
    ----------
    places
        The shared places in whose way it is.
    each
        Name → the rules of that eater.
    is_smallest, is_measured
        As of ``Conflict``.
    """

    places: tuple[str, ...]
    each: Mapping[str, tuple[Breach, ...]]
    is_smallest: bool = True
    is_measured: bool = True


def find_shared_conflict(
    sources: Mapping[str, ModelInput], shared: Mapping[str, Sequence[str]]
) -> SharedConflict | None:
    """Name a smallest set of rules of several eaters that leave no common dishes.

    ``None`` where the linked average weeks exist.

    Raises
    ------
    SolverError
        When the solver fails.
    """
    model = build_table(_alike(sources), shared, build_hard_week, HardBoard("household"))
    keys = {"": model.keys, **{name: week.keys for name, week in model.each.items()}}
    rules = RuleRows.of(model.board, keys, len(next(iter(sources.values())).weekend))
    core = find_core(rules, limit_s("shared_conflict"))
    each: dict[str, list[Breach]] = {name: [] for name in sources}
    for (owner, group), change in core.groups:
        if owner:
            key, limit = rules.key((owner, group)), rules.speaker((owner, group)).limit
            each[owner].append(Breach(key, limit, change))
    places = dict.fromkeys(rules.key(group).place for group, _ in core.groups if not group[0])
    told = {name: tuple(own) for name, own in each.items() if own}
    if not core.groups and core.is_smallest:
        return None
    return SharedConflict(tuple(places), told, core.is_smallest, core.is_measured)


@dataclass(frozen=True, slots=True)
class Core:
    """Groups that cannot hold together, each with its least change; as of ``Conflict``."""

    groups: tuple[tuple[Group, float | None], ...]
    is_smallest: bool = True
    is_measured: bool = True


def find_core(rules: RuleRows, most_s: float = math.inf) -> Core:
    """Return a smallest set of groups that cannot hold together, each with its least change.

    Where ``most_s`` [s of wall time] are over first, it is what is known to collide by then.
    """
    trials = Trials(rules, time.perf_counter() + most_s)
    structure = rules.of_rules(rules_standing(PLATE, MEAL))
    try:
        suspects = _suspects(trials, rules, structure)
        if suspects is None:
            structure = rules.of_rules(rules_standing(PLATE))
            suspects = _suspects(trials, rules, structure) or []
    except OutOfTimeError:
        return Core((), is_smallest=False)
    suspects.sort(key=lambda group: RULES[rules.key(group).rule].standing == ASKED)
    core, is_smallest = _deletion_filter(trials, structure, suspects)
    changes, is_measured = list[tuple[Group, float | None]](), True
    for group in core:
        try:
            changes.append((group, _least_change(trials, rules, group)))
        except OutOfTimeError:
            changes.append((group, None))
            is_measured = False
    return Core(tuple(changes), is_smallest, is_measured)


def _suspects(trials: Trials, rules: RuleRows, structure: Collection[Group]) -> list[Group] | None:
    """Name the groups that prove that not all hold, none where they do.

    ``None`` where the rows that are not in question already collide.
    """
    in_question = [group for group in rules.groups if group not in set(structure)]
    least = trials.give_way(structure, in_question)
    if least is None:
        return None
    return _proof(trials, structure, in_question) if least > TOUCHED else []


def _proof(trials: Trials, structure: Collection[Group], groups: Sequence[Group]) -> list[Group]:
    """Keep what the last answer, which tells that ``groups`` collide, has a price for."""
    priced = trials.priced()
    kept = [group for group in groups if group in priced]
    # prices are rounded: what is left out for having none is looked at once more
    return kept if _collide(trials, structure, kept) else list(groups)


def _collide(trials: Trials, structure: Collection[Group], groups: Collection[Group]) -> bool:
    least = trials.give_way(structure, groups)
    return least is None or least > TOUCHED


def _deletion_filter(
    trials: Trials, structure: Collection[Group], suspects: Sequence[Group]
) -> tuple[list[Group], bool]:
    """Drop every suspect without which the rest still cannot hold; says whether all were tried."""
    kept = list(suspects)
    for group in suspects:
        rest = [one for one in kept if one != group]
        try:
            if len(rest) < len(kept) and _collide(trials, structure, rest):
                kept = _proof(trials, structure, rest)
        except OutOfTimeError:
            return kept, False
    return kept, True


def _least_change(trials: Trials, rules: RuleRows, group: Group) -> float | None:
    """Return the least slack of ``group`` alone with which all rows hold [its unit, per day].

    Only of rules that are changed by degrees.

    Raises
    ------
    OutOfTimeError
        When the time is over.
    """
    if OFFERED not in RULES[rules.key(group).rule].marks:
        return None
    others = [one for one in rules.groups if one != group]
    return None if trials.give_way(others, [group]) is None else trials.given(group)
