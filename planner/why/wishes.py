"""What each wish costs everything else: the best mix with it, against the best mix without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from foods.errors import UserFacingError
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.names import find_left_out
from planner.explain.account import Figures, WishCost
from planner.model.arrays import Array
from planner.model.keys import RowKey
from planner.request.preferences import Preferences
from planner.request.request import NAMELESS, PlanRequest
from planner.search.evaluate import Choices
from planner.solve.parts import build_week
from planner.table.prepare import prepare_table
from planner.why.ledger import Ledger

USUAL = Preferences()
Wish = tuple[str, PlanRequest]
"""The flag that asks for something, and the request without it."""


def wishes_of_eater(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]
) -> Iterator[Wish]:
    """Give what one eater wishes for; what is left out for an allergy or for safety has no price.

    Parameters
    ----------
    request
        That of one eater.
    foods, dishes
        What names may mean.
    """
    wanted = request.preferences

    def without(**fields: object) -> PlanRequest:
        return replace(request, preferences=replace(wanted, **fields))  # type: ignore[arg-type]  # fields of its own

    if wanted.diet != USUAL.diet:
        yield f"--diet {wanted.diet}", without(diet=USUAL.diet)
    for name in wanted.without:
        if not find_left_out(name, foods, dishes).is_allergen:
            rest = tuple(one for one in wanted.without if one != name)
            yield f"--without {name}", without(without=rest)
    for key, named in (("like", wanted.like), ("dislike", wanted.dislike)):
        for name, grade in named.items():
            others = {one: value for one, value in named.items() if one != name}
            yield f"--{key} {name}:{grade}", without(**{key: others})
    for rule in wanted.per_week:
        kept = tuple(one for one in wanted.per_week if one != rule)
        yield f'--per-week "{rule.name}{rule.sense}{rule.count}"', without(per_week=kept)
    for field in ("max_minutes", "max_minutes_weekday", "budget_per_week"):
        value = getattr(wanted, field)
        if value is not None:
            yield f"--{field.replace('_', '-')} {value:g}", without(**{field: None})
    yield from _asked_otherwise(request)


def _asked_otherwise(request: PlanRequest) -> Iterator[Wish]:
    """Give the bands set by hand, and the dishes put on meals."""
    for band in request.overrides:
        rest = tuple(one for one in request.overrides if one != band)
        for sign, bound in ((">=", band.lower), ("<=", band.upper)):
            if bound is not None:
                told = f'--target "{band.nutrient}{sign}{bound:g}"'
                yield told, replace(request, overrides=rest)
    for put in request.week.put:
        others = tuple(one for one in request.week.put if one != put)
        told = f'--put "{put.day}:{put.slot}={put.dish}"'
        yield told, replace(request, week=replace(request.week, put=others))


def cost_of_wishes(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish], choices: Choices | None
) -> Iterator[WishCost]:
    """Say what each wish of one eater costs, in the first week.

    Parameters
    ----------
    request
        That of one eater, who is planned for alone.
    foods, dishes
        What is planned from.
    choices
        The plan's week in the columns of this request; ``None`` where it is planned with others.
    """
    wishes = list(wishes_of_eater(request, foods, dishes))
    asked = _ledger(request, foods, dishes) if wishes else None
    for flag, plain in wishes:
        without = _ledger(plain, foods, dishes)
        if asked is None or without is None:
            yield WishCost(flag, None)
        else:
            more, paid = _cost(asked, without, choices)
            yield WishCost(flag, more, paid)


def _ledger(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> Ledger | None:
    """Solve the average days of a request; ``None`` where it has no mix or cannot be planned."""
    try:
        source = prepare_table(request, foods, dishes).weeks[NAMELESS].horizon.weeks[0]
    except UserFacingError:
        return None
    ledger = Ledger.of_week(build_week(source))
    return ledger if ledger.program.best is not None else None


def _cost(asked: Ledger, without: Ledger, choices: Choices | None) -> tuple[Figures, float]:
    """Give what the mix with a wish has more, but for what the wish itself counts."""
    mix, plain = asked.program.best, without.program.best
    assert mix is not None
    assert plain is not None
    more, more_by_day = 0.0, _own_points(asked, without)
    for lot in asked.lots:
        more += lot.count * float(more_by_day[lot.day] @ asked.taken(mix, lot))
    taken = [lot.count * asked.taken(mix, lot) for lot in asked.lots]
    more += _missed(asked, without, np.sum(taken, axis=0))
    found = asked.figures(mix).less(without.figures(plain))
    paid = 0.0
    if choices is not None:
        paid = sum(float(more_by_day[day][list(own)].sum()) for day, own in enumerate(choices))
        counts = np.bincount([at for own in choices for at in own], minlength=len(asked.columns))
        paid += _missed(asked, without, counts.astype(float))
    return replace(found, points=found.points - more), paid


def _own_points(asked: Ledger, without: Ledger) -> Array:
    """Give the points that columns have for a wish alone: days × columns."""
    known = {column.name: column.index for column in without.parts.model.table.columns}
    found = np.zeros_like(asked.parts.arrays.points)
    for column in asked.parts.model.table.columns:
        at = known.get(column.name)
        if at is not None:
            ours, plain = asked.parts.arrays.points, without.parts.arrays.points
            found[:, column.index] = ours[:, column.index] - plain[:, at]
    return found


def _missed(asked: Ledger, without: Ledger, taken: Array) -> float:
    """Give the points of what is liked and missing, for the wish alone."""
    link, known = asked.parts.arrays.link, _liked(without).values()
    points = link.breaches(link.coefficients @ taken) * link.prices
    subjects = {key.subject for key in known}
    return sum(
        float(points[row]) for row, key in _liked(asked).items() if key.subject not in subjects
    )


def _liked(ledger: Ledger) -> dict[int, RowKey]:
    keys = ledger.parts.model.keys
    names = enumerate(ledger.parts.arrays.link.names)
    return {row: keys[name] for row, name in names if keys[name].rule == "liked"}
