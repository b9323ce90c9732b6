"""What is done instead of what is put where it cannot be: each as a flag that is typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from foods.embedded import read_lookup_foods
from planner.candidates.at_hand import eaten_out, gone_from
from planner.candidates.candidate import Candidate, CandidateSet
from planner.candidates.select import ANY_MEAL
from planner.request.put import Put
from planner.settings import read_settings

_ELSEWHERE = (
    '{dish} does not belong to {slot}, it is for {meals}: put it there, {flag} "{where}={dish}"'
)
_WITHOUT = (
    "; nobody here knows what is in it, and such dishes usually hold {word}. If it was asked for "
    'without, say so: {flag} "{where}={dish}"'
)
_NEAR = 'of its kind there is: --put "{where}={name}"'
NO_MEAL = "no meal that is planned"


def slots_of(candidate: Candidate) -> list[str]:
    """Name the meals at which a candidate may stand."""
    return [place.split(".")[0] for place in candidate.places]


def elsewhere_said(put: Put, slots: Sequence[str]) -> str:
    """Describe at which meals what is put may stand, and how to put it at the first of them."""
    meals = " or ".join(dict.fromkeys(slots)) if slots else NO_MEAL
    told: dict[str, Any] = {"dish": put.dish, "slot": put.slot, "meals": meals}
    if not slots:
        return f"{put.dish} does not belong to {put.slot}, it is for {meals}"
    return _ELSEWHERE.format(**told, flag=put.flag, where=replace(put, slot=slots[0]).where)


def at_meal(put: Put, told: str) -> str:
    """Return what is told of a food that is not served alone, for the meal on which it is put."""
    return told.replace(f'"{ANY_MEAL}=', f'"{put.where}=')


def without_said(put: Put, told: str) -> str:
    """Describe how to tell that what is eaten elsewhere was asked for without what forbids it."""
    settings = read_settings("meals/eaten_out.toml")
    named = [without for word, without in settings["avoided"].items() if word in told]
    known = sorted((one for one in settings["without"] if f" {one}" in told), key=len)
    if words := named[-1:] or known[-1:] if put.is_out else ():
        join = "and" if " without " in put.dish else "without"
        asked = replace(put, dish=f"{put.dish} {join} {words[0]}")
        (food,) = eaten_out([asked])
        if food.allergens.union(food.flags, food.contains).isdisjoint(gone_from(asked.dish)):
            return _WITHOUT.format(flag=put.flag, where=put.where, dish=asked.dish, word=words[0])
    return ""


def nearest_said(put: Put, ids: Sequence[str], choices: Sequence[CandidateSet]) -> str | None:
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
    return _NEAR.format(where=put.where, name=name) if name and held[name] else None
