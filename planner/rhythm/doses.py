"""Which supplements a plan adds, in which dose: decided once, so that each day takes the same.

Food first: a week is searched without any. Where it misses what is asked of a nutrient, doses are
weighed beside it, and the one with the fewest points stands on its place every day; a bound that
must hold counts only where no week keeps it by food, which the linear program proves. Where it
turned out that no week is found so, magnesium is taken in its usual dose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from foods.table import FoodTable
from planner.candidates.beside import CHOSEN
from planner.candidates.candidate import Candidate, Serving
from planner.model.input import ModelInput
from planner.request.request import PlanRequest
from planner.rhythm.bath import Bath
from planner.rhythm.build import build_programme
from planner.rhythm.choices import list_choices
from planner.rhythm.exact import lower_bound
from planner.rhythm.options import list_decisions
from planner.rhythm.rhythms import SETTINGS, rhythm_for, rhythm_of
from planner.settings import read_settings

Pill = tuple[str, Candidate, Serving]
"""Place, supplement and dose."""


def settle_doses(source: ModelInput, request: PlanRequest, foods: FoodTable) -> ModelInput:
    """Return a week in which each supplement that may be chosen has its dose, or is not taken.

    Parameters
    ----------
    source
        The week, with all doses that are allowed.
    request, foods
        What is asked for, and what is planned from.

    Raises
    ------
    SolverError
        When HiGHS fails.
    """
    pills = _pills(source)
    decided: dict[str, Pill] = {}
    if request.food_falls_short:
        place = read_settings("supplements.toml")["falls_short"]["place"]
        decided = _usual(pills.pop(place, ()))
    if pills:
        week = _WeekByFood(_with_pills(source, decided), request, foods)
        for doses in pills.values():
            decided |= week.best(decided, doses)
    return _with_pills(source, decided)


def _pills(source: ModelInput) -> dict[str, tuple[Pill, ...]]:
    """Return place → the doses of supplements that may be chosen on it, the smallest first."""
    found: dict[str, list[Pill]] = {}
    for candidate in source.candidates.candidates:
        if candidate.traits.kind == CHOSEN:
            (place,) = candidate.places
            doses = ((place, candidate, dose) for dose in candidate.servings)
            found.setdefault(place, []).extend(doses)
    return {place: tuple(sorted(own, key=_order)) for place, own in found.items()}


def _order(pill: Pill) -> tuple[float, float, str]:
    _, candidate, dose = pill
    return float(dose.amounts.sum()), dose.cost_usd, candidate.candidate_id


def _usual(doses: tuple[Pill, ...]) -> dict[str, Pill]:
    """Return the usual dose where food falls short, or the next below it."""
    most = read_settings("supplements.toml")["falls_short"]["dose_mg"]
    fitting = [pill for pill in doses if _order(pill)[0] <= most]
    largest = max((_order(pill)[0] for pill in fitting), default=0.0)
    return {pill[0]: pill for pill in fitting[::-1] if _order(pill)[0] == largest}


def _with_pills(source: ModelInput, decided: Mapping[str, Pill]) -> ModelInput:
    """Return a week with these doses alone, each on its place every day."""
    doses = {candidate.candidate_id: dose for _, candidate, dose in decided.values()}
    candidates = [
        replace(one, servings=(doses[one.candidate_id],)) if one.candidate_id in doses else one
        for one in source.candidates.candidates
        if one.traits.kind != CHOSEN or one.candidate_id in doses
    ]
    given_up = _pills(source).keys() - decided.keys()
    places = [
        replace(place, required=place.required or place.place_id in decided)
        for place in source.rules.places
        if place.place_id not in given_up
    ]
    return replace(
        source,
        candidates=replace(source.candidates, candidates=tuple(candidates)),
        rules=replace(source.rules, places=tuple(places)),
    )


class _WeekByFood:
    """A week that was searched quickly with food alone, beside which doses are weighed."""

    def __init__(self, source: ModelInput, request: PlanRequest, foods: FoodTable) -> None:
        rhythm = rhythm_for(request, source, rhythm_of(request), 0)
        self.choices = list_choices(source, rhythm, foods)
        self.nutrients = source.candidates.nutrients
        self.programme = build_programme(self.choices)
        decisions = list_decisions(self.choices, self.programme.points.tolist())
        self.bath = Bath(self.programme, decisions, effort="quick")
        self.taken = self.bath.search(request.solve.seed)
        broken = self.programme.broken(self.programme.taking(self.taken))
        self.is_proven = bool(broken) and lower_bound(self.programme) is None

    def best(self, decided: Mapping[str, Pill], doses: tuple[Pill, ...]) -> dict[str, Pill]:
        """Return the dose with which the week is best; nothing where it is without."""
        if not self._may_help(doses):
            return {}
        ranks = [self._rank((*decided.values(), pill)) for pill in doses]
        best = min(range(len(doses)), key=lambda number: ranks[number])
        is_better = ranks[best] < self._rank(tuple(decided.values()))
        return {doses[best][0]: doses[best]} if is_better else {}

    def _may_help(self, doses: tuple[Pill, ...]) -> bool:
        """Whether the week misses something that is asked of what the doses hold."""
        held = np.max([dose.amounts for _, _, dose in doses], axis=0) > 0.0
        keys = {key for key, has in zip(self.nutrients, held, strict=True) if has}
        programme = self.programme
        missed = np.flatnonzero(programme.missed(programme.taking(self.taken)) > 0.0)
        return any(keys.intersection(programme.names[at].split(".")) for at in missed.tolist())

    def _rank(self, pills: tuple[Pill, ...]) -> tuple[float, float]:
        """Return how much the week with doses misses what must hold, and its points."""
        choices, price = self.choices, read_settings(SETTINGS)["prices"]
        programme = build_programme(replace(choices, fixed=(*choices.fixed, *pills)))
        x = programme.taking(self.taken)
        missed = float((programme.missed(x) / programme.scale)[programme.is_hard].sum())
        usd = sum(dose.cost_usd for _, _, dose in pills) * programme.usd_points
        points = sum(dose.portion.servings for _, _, dose in pills) * price["pill"] + usd
        points = programme.value(x) + points * len(choices.source.weekend)
        return missed if self.is_proven else 0.0, points
