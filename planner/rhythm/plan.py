"""Plan a request by a rhythm: each week a dozen recipes, judged and told as any other plan."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from foods.openings import PARTS
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.errors import NotBuiltError
from planner.explain.table_report import TableReport, with_notes
from planner.model.input import ModelInput
from planner.request.days import DAYS_PER_WEEK
from planner.request.request import PlanRequest
from planner.rhythm.bath import Bath
from planner.rhythm.build import build_programme
from planner.rhythm.choices import list_choices
from planner.rhythm.programme import Programme
from planner.rhythm.rhythms import Rhythm, read_rhythm
from planner.rhythm.week import outcome_of
from planner.solve.compose import TableOutcome, add_up
from planner.solve.outcome import Outcome
from planner.solve.weeks import joined
from planner.table.prepare import PreparedEater, prepare_table
from planner.table.report import report_table
from planner.table.whole_packages import as_recipes


def plan_rhythm(
    request: PlanRequest,
    rhythm: str,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
) -> TableReport:
    """Plan the meals of a request by a rhythm, or by the next freer one where that has no week.

    Parameters
    ----------
    request, foods, dishes
        As of ``planner.pipeline.plan_meals``.
    rhythm
        Name of a shipped rhythm.

    Raises
    ------
    UserFacingError
        When something in the request is to be mended, a safety rule refuses, or no rhythm of this
        name is shipped.
    """
    started = time.perf_counter()
    table = prepare_table(as_recipes(request), foods, dishes)
    if len(table.weeks) > 1:
        raise NotBuiltError("a rhythm for several eaters is not built yet", "--rhythm", "")
    name, tried = rhythm, list[str]()
    while True:
        own = next(iter(table.weeks.values()))
        outcome = _weeks(own, name, request.solve.seed, started)
        freer = read_rhythm(name).freer
        if outcome.has_plan or not freer or freer in (rhythm, *tried):
            break
        tried.append(name)
        name = freer
    each = dict.fromkeys(table.weeks, outcome)
    report = report_table(table, TableOutcome(add_up(each.values()), each))
    if tried and outcome.has_plan:
        report = with_notes(report, f"No week was found in the rhythm {tried[0]}: this is {name}.")
    return report


def _weeks(own: PreparedEater, name: str, seed: int, started: float) -> Outcome:
    """Plan the weeks one after another: each begins with what the one before left at home."""
    outcomes: list[Outcome] = []
    sources, before = own.horizon.weeks, list[tuple[Programme, tuple[int, ...]]]()
    for number, source in enumerate(sources):
        known = _knowing(source, before)
        rhythm = _rhythm(own, known, name, number)
        programme = build_programme(list_choices(known, rhythm, own.foods))
        taken = Bath(programme).search(seed)
        outcomes.append(outcome_of(programme, taken, started))
        if not outcomes[-1].has_plan:
            break
        before.append((programme, taken))
    return joined(outcomes)


def _rhythm(own: PreparedEater, source: ModelInput, name: str, week: int) -> Rhythm:
    start = own.request.week.start
    first = 0 if start is None else (start.weekday() + week * DAYS_PER_WEEK) % DAYS_PER_WEEK
    missed = [one.slots for one in source.absences]
    places = [place.place_id for place in source.rules.places]
    return read_rhythm(name, len(source.weekend), first, missed, places)


def _knowing(source: ModelInput, before: Sequence[tuple[Programme, tuple[int, ...]]]) -> ModelInput:
    """Give a week what it knows of those before: their recipes, and what they left at home."""
    if not before:
        return source
    eaten = [
        frozenset(
            one.candidate.source_id
            for at in taken
            for one in [programme.choices.plates[programme.choices.choices[at].plate]]
            if one.candidate.traits.is_dish
        )
        for programme, taken in reversed(before)
    ]
    programme, taken = before[-1]
    left = programme.left(programme.taking(taken))
    sold = {
        name: replace(one, home=0 if one.spoils else int(left.get(name, 0.0) * PARTS) % PARTS)
        for name, one in source.sold.items()
    }
    return replace(source, history=(*eaten, *source.history), sold=sold)
