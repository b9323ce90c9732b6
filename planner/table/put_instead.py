"""What is done instead of what is put where it cannot be: each as a flag that is typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from foods.embedded import read_lookup_foods
from planner.candidates.candidate import Candidate, CandidateSet
from planner.language.spoken import OR, Said, as_said, folded_said, mark, said
from planner.request.put import Put

_ELSEWHERE = mark(
    '{dish} does not belong to {slot}, it is for {meals}: put it there, {flag} "{where}={dish}"'
)
_NEAR = mark('of its kind there is: --put "{where}={name}"')
NO_MEAL = mark("no meal that is planned")


def slots_of(candidate: Candidate) -> list[str]:
    """Name the meals at which a candidate may stand."""
    return [place.split(".")[0] for place in candidate.places]


def elsewhere_said(put: Put, slots: Sequence[str]) -> Said:
    """Say at which meals what is put may stand, and put it at the first of them."""
    meals = folded_said(map(said, dict.fromkeys(slots)), OR) if slots else said(NO_MEAL)
    told: dict[str, Any] = {"dish": put.dish, "slot": said(put.slot), "meals": meals}
    if not slots:
        return said(mark("{dish} does not belong to {slot}, it is for {meals}"), **told)
    return said(_ELSEWHERE, **told, flag=put.flag, where=replace(put, slot=slots[0]).where)


def at_meal(put: Put, told: str) -> Said:
    """Say the same of the meal on which it is put."""
    text = as_said(told)
    values = {
        key: at_meal(put, one) if isinstance(one, Said) else one for key, one in text.values.items()
    }
    return said(text.pattern, **values | ({"where": put.where} if "where" in values else {}))


def nearest_said(put: Put, ids: Sequence[str], choices: Sequence[CandidateSet]) -> Said | None:
    """Put there what everybody may have and has most of what is of the kind of some foods."""
    foods = read_lookup_foods().foods
    groups = {foods[one].group for one in ids if one in foods}
    able = [{one.name for one in own.candidates if put.slot in slots_of(one)} for own in choices]
    held: dict[str, float] = defaultdict(float)
    for one in choices[0].candidates:
        for food_id, mass_g in one.servings[0].portion.ingredients:
            is_near = food_id in foods and foods[food_id].group in groups
            held[one.name] += mass_g * (is_near and all(one.name in own for own in able))
    name = max(sorted(held), key=held.__getitem__, default="")
    return said(_NEAR, where=put.where, name=name) if name and held[name] else None
