"""What the judge says about own meals: each holds what was eaten; they are counted anew."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from planner.check.amounts import ENERGY, sum_content
from planner.check.dish_notes import DishNote
from planner.check.lines import JudgedTable
from planner.check.week import is_stated
from planner.language.spoken import said
from planner.request.request import PlanRequest

if TYPE_CHECKING:
    from planner.wire.plan_file import PlanFile
    from planner.wire.told import WrittenUsual

_SLACK_G = 1e-6  # masses of own meals are those of the diary, rounded once


def own_notes(printed: PlanFile) -> Mapping[str, DishNote]:
    """Return what the file says of own meals, by id: no folder has them."""
    dishes = printed.usual.dishes if printed.usual else ()
    return {
        one.dish_id: DishNote(
            one.dish_id, one.name, "", one.minutes, 0, frozenset(), one.active_minutes, one.masses_g
        )
        for one in dishes
    }


def usual_faults(
    usual: WrittenUsual | None, table: JudgedTable, request: PlanRequest
) -> Iterator[str]:
    """Say where own meals are not as they were eaten, or are not as many as is stated.

    Parameters
    ----------
    usual
        What the file says of the usual week; ``None`` where it says nothing.
    table, request
        What is on the table, and what was asked for.
    """
    if usual is None:
        return
    if request.usual is None:
        yield said("The plan states meals of a diary, and its request has none.")
    known, meals, own_kcal = {one.dish_id: one for one in usual.dishes}, set[tuple[int, str]](), 0.0
    for place in table.places:
        meal = known.get(place.item.item_id)
        if meal is None:
            continue
        if place.slot != meal.slot:
            yield said("{place}: is eaten at {slot}.").format(place=place, slot=said(meal.slot))
        if not _is_as_eaten(dict(place.item.ingredients), meal.masses_g):
            yield said("{place}: holds other amounts than the diary.").format(place=place)
        else:
            meals.add((place.day, place.slot))
            own_kcal += sum_content(table.lines_of(place), ENERGY) or 0.0
    kcal = sum_content(table.lines, ENERGY) or 0.0
    all_meals = {(one.day, one.slot) for one in table.places}
    found = {
        "own_meals": len(meals),
        "meals": len(all_meals),
        "energy_share": own_kcal / kcal if kcal else 0.0,
    }
    for key, value in found.items():
        stated = getattr(usual, key)
        if not is_stated(float(stated), float(value)):
            yield said(
                "The plan states {stated:.6g} as {key} of the diary, not {value:.6g}."
            ).format(stated=float(stated), key=key, value=float(value))


def _is_as_eaten(held: Mapping[str, float], eaten: Mapping[str, float]) -> bool:
    return held.keys() == eaten.keys() and all(
        math.isclose(held[food_id], mass_g, abs_tol=_SLACK_G) for food_id, mass_g in eaten.items()
    )
