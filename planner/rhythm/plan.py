"""The weeks of a request, each a dozen recipes in a rhythm, one after another."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from foods.openings import PARTS
from planner.candidates.candidate import Column
from planner.candidates.used_up import UsedUp
from planner.model.input import ModelInput
from planner.plan.outcome import TableOutcome, add_up, joined_weeks
from planner.request.request import SolveOptions
from planner.rhythm.bath import Bath
from planner.rhythm.choices import Also, Choices, list_choices, with_asked
from planner.rhythm.conflict import can_hold
from planner.rhythm.options import Option
from planner.rhythm.programme import Programme
from planner.rhythm.rhythms import SETTINGS, Rhythm, read_rhythm, rhythm_for, rhythm_of
from planner.rhythm.table import TableWeek
from planner.rhythm.week import days_of, outcome_of
from planner.settings import read_settings
from planner.targets.clinical import CARBOHYDRATE

if TYPE_CHECKING:
    from planner.table.prepare import PreparedTable

Searched = Callable[[TableWeek, SolveOptions], tuple[TableWeek, Option]]
"""A week of a table and how to solve it → what the week is held to, and the binaries taken."""
Adapted = Callable[[str, Rhythm, Also], tuple[Rhythm, Also]]
"""Eater, rhythm, and what may take its roles besides → both as a plan has them."""


def as_it_is(_: str, rhythm: Rhythm, also: Also) -> tuple[Rhythm, Also]:
    """Return a rhythm as it is."""
    return rhythm, also


@dataclass(frozen=True)
class FoundWeek:
    """A week of one eater: what its binaries mean, those taken, and whether all holds."""

    programme: Programme
    choices: Choices
    taken: tuple[int, ...]
    holds: bool

    @property
    def dishes(self) -> frozenset[str]:
        """Recipes that are in it."""
        eaten = (self.choices.candidate(at) for at in self.taken)
        return frozenset(candidate.source_id for candidate in eaten if candidate.traits.is_dish)


def plan_weeks(
    table: PreparedTable, started: float, *, is_trial: bool = False
) -> tuple[TableOutcome, str]:
    """Return the weeks of a table in its rhythm, and the name of that.

    Where the rhythm has no week within a budget, it is the cheapest that was found, whatever it
    costs; where it has none at all, a freer one is tried, and in the last habits give way. Without
    a week in any the outcome of that comes back.

    Parameters
    ----------
    table
        What everybody's weeks are made from.
    started
        Reading of ``time.perf_counter`` from which time is counted.
    is_trial
        Whether it is a way out of a refusal: nothing is searched where fractions of recipes do not
        hold, and nothing that costs more.
    """
    name, search = rhythm_of(table.request), search_possible if is_trial else None
    outcome, tried = plan_in_rhythm(table, name, started, search), [name]
    is_paid = not is_trial and any(eater.budget_per_week for eater in table.request.everybody)
    if not outcome.total.has_plan and is_paid:
        cheapest = plan_in_rhythm(table, name, started, search_cheapest)
        if cheapest.total.has_plan:
            return cheapest, name
    while not outcome.total.has_plan and (freer := read_rhythm(name).freer) not in ("", *tried):
        name = freer
        is_last = not read_rhythm(name).freer
        again = partial(search_eased, tries=1) if is_trial and is_last else search
        outcome, tried = plan_in_rhythm(table, name, started, again), [*tried, name]
    return outcome, name


def freest(name: str) -> str:
    """Return the last of the rhythms that are tried where one has no week."""
    freer = read_rhythm(name).freer
    return freest(freer) if freer else name


def plan_in_rhythm(
    table: PreparedTable, name: str, started: float, search: Searched | None = None
) -> TableOutcome:
    """Plan the weeks one after another: each begins with what the one before left at home.

    Parameters
    ----------
    table, name, started
        As of ``plan_weeks``, and the name of the rhythm.
    search
        Searches a week; when left out as it is asked for, in the last rhythm with habits eased.
    """
    search = search or (search_week if read_rhythm(name).freer else search_eased)
    weeks: list[TableOutcome] = []
    before: list[Mapping[str, FoundWeek]] = []
    for number in range(table.count):
        week = build_week(table, name, number, before)
        found = found_week(*search(week, table.request.solve))
        weeks.append(outcome_together(found, started))
        if not weeks[-1].total.has_plan:
            break
        before.append(found)
    return joined_weeks(weeks)


def search_week(week: TableWeek, solve: SolveOptions) -> tuple[TableWeek, Option]:
    """Search a week of everybody at a table; return it with the binaries that are taken."""
    return week, Bath(week.whole, week.decisions, effort=solve.effort).search(solve.seed)


def search_eased(
    week: TableWeek, solve: SolveOptions, tries: int | None = None
) -> tuple[TableWeek, Option]:
    """Search a week in which habits give way, in other starts until all else holds.

    Nothing is searched where not even fractions of recipes hold.
    """
    eased: TableWeek = replace(week, whole=week.whole.eased())
    taken: Option = ()
    tries = tries or read_settings(SETTINGS)["search"]["tries"]
    for seed in range(solve.seed, solve.seed + tries) if can_hold(eased) else ():
        _, taken = search_week(eased, replace(solve, seed=seed))
        if not eased.whole.broken(eased.whole.taking(taken)):
            break
    return eased, taken


def search_possible(week: TableWeek, solve: SolveOptions) -> tuple[TableWeek, Option]:
    """Search a week that is not proven impossible."""
    return search_week(week, solve) if can_hold(week) else (week, ())


def search_cheapest(week: TableWeek, solve: SolveOptions) -> tuple[TableWeek, Option]:
    """Search the cheapest week, held to no budget: with little weight on all but money.

    Then as much less draws it as weeks may yet be cheaper. No budget that is asked for changes what
    is found, so that one for its price finds it again.
    """
    rule, free = read_settings(SETTINGS)["cheapest"], week.whole.unpaid()

    def search(most_usd: float) -> Option:
        weighed = replace(free, budget_usd=most_usd).weighing(rule["others"])
        return Bath(weighed, week.decisions, effort=solve.effort).search(solve.seed)

    def rank(taken: Option) -> tuple[bool, float]:
        x = free.taking(taken)
        return bool(free.broken(x)), free.counted_usd(x)

    first = search(math.inf)
    drawn = search(rule["drawn"] * rank(first)[-1])
    return replace(week, whole=free), min(first, drawn, key=rank)


def build_week(
    table: PreparedTable,
    name: str,
    number: int,
    before: Sequence[Mapping[str, FoundWeek]],
    told: Adapted = as_it_is,
) -> TableWeek:
    """Build week ``number``, from 0, of everybody at a table in a rhythm.

    Parameters
    ----------
    table, name
        What is planned from, and the name of the rhythm.
    number, before
        The week, and those that were found before it.
    told
        Gives an eater's rhythm its roles, and what may take them besides.
    """
    choices = {}
    for eater, own in table.weeks.items():
        source = _knowing(own.sources[number], [week[eater] for week in before])
        rhythm, also = told(
            eater, *with_asked(source, rhythm_for(own.request, source, name, number))
        )
        choices[eater] = list_choices(source, rhythm, own.foods, also)
    return TableWeek.of(choices, table.shared)


def found_week(week: TableWeek, taken: Sequence[int]) -> dict[str, FoundWeek]:
    """Return what each eater has of the binaries of a table that are taken."""
    holds = not week.whole.broken(week.whole.taking(taken))
    return {
        eater: FoundWeek(week.programmes[eater], own, week.own(eater, taken), holds)
        for eater, own in week.choices.items()
    }


def outcome_together(found: Mapping[str, FoundWeek], started: float) -> TableOutcome:
    """Return what everybody at a table has as what came of solving; ``started`` as before."""
    each = {
        eater: outcome_of(week.programme, week.choices, week.taken, started, holds=week.holds)
        for eater, week in found.items()
    }
    return TableOutcome(add_up(each.values()), each)


def _knowing(source: ModelInput, before: Sequence[FoundWeek]) -> ModelInput:
    """Return a week what it knows of those before: their recipes, and what they left at home."""
    if not before:
        return source
    last, past = before[-1], [day for week in before for day in days_of(week.choices, week.taken)]
    left = last.programme.left(last.programme.taking(last.taken))
    sold = {
        name: replace(one, home=0 if one.spoils else int(left.get(name, 0.0) * PARTS) % PARTS)
        for name, one in source.sold.items()
    }
    eaten = [week.dishes for week in reversed(before)]
    uses = left_to_use(source.wishes.uses, past)
    wishes, known = replace(source.wishes, uses=uses), _known_days(source, past)
    history = (*eaten, *source.history)
    return replace(source, history=history, sold=sold, wishes=wishes, known_days=known)


def _known_days(
    source: ModelInput, past: Sequence[Sequence[Column]]
) -> dict[str, tuple[float, ...]]:
    """Return of what is to change little what each of some days has: of nutrients, and of meals."""
    keys = source.candidates.nutrients

    def amounts(key: str, slot: str = "") -> tuple[float, ...]:
        at = keys.index(key)
        own = ([column for column in day if slot in ("", column.slot)] for day in past)
        return tuple(sum(float(column.serving.amounts[at]) for column in day) for day in own if day)

    known = {key: amounts(key) for key in source.clinical.daily_spread}
    is_even = source.clinical.meal_carbohydrate_spread_g is not None
    slots = {column.slot for day in past for column in day} if is_even else set[str]()
    return known | {slot: amounts(CARBOHYDRATE, slot) for slot in sorted(slots)}


def left_to_use(uses: Iterable[UsedUp], past: Sequence[Sequence[Column]]) -> tuple[UsedUp, ...]:
    """Return what days that are past have not used up, and is still good."""

    def used_g(use: UsedUp) -> float:
        eaten = (column for day in past for column in day)
        return sum(
            use.taken_by(column.candidate.source_id, column.serving.portion.ingredients)
            for column in eaten
        )

    good = [use for use in uses if not use.is_leftover or (use.days or 0) > len(past)]
    left = [replace(use, mass_g=use.mass_g - used_g(use)) for use in good]
    return tuple(use for use in left if use.mass_g > 0)
