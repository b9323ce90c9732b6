"""No plan: which rules cannot hold together, and how far one of them would have to give way.

The aggregated week is a relaxation of every week, so what collides there collides in each. Its
rows get slacks; where the least sum of slacks is above 0, the rows with a price in that LP are a
proof of infeasibility (Farkas), and a deletion filter over them leaves a smallest set that cannot
hold together.
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from planner.bound.trials import TOUCHED, Group, RuleRows, Trials
from planner.errors import OutOfTimeError
from planner.model.keys import ASKED, MEAL, OFFERED, PLATE, RULES, rules_standing


@dataclass(frozen=True, slots=True)
class Core:
    """Groups that cannot hold together, each with its least change.

    ``is_smallest``: none of them can be left out; ``is_measured``: each change was looked for.
    """

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
