"""What each wish costs everything else: the best mix with it, against the best mix without it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from foods.errors import UserFacingError
from foods.table import FoodTable
from planner.bound.priced import MovedRow
from planner.candidates.dish import Dish
from planner.candidates.names import find_left_out
from planner.explain.account import WishCost
from planner.model.arrays import Array
from planner.model.input import ModelInput, Wishes
from planner.model.keys import RowKey
from planner.model.variety import plain_word
from planner.request.phrases import FrequencyRule
from planner.request.preferences import HOME, Preferences
from planner.request.request import NAMELESS, PlanRequest
from planner.search.evaluate import Choices
from planner.solve.parts import build_week
from planner.table.prepare import prepare_table
from planner.why.ledger import Ledger

USUAL = Preferences()


@dataclass(frozen=True, slots=True)
class Base:
    """What an eater's wishes are priced against.

    Parameters
    ----------
    request
        That of the eater, who is planned for alone.
    foods, dishes
        What is planned from.
    ledger
        The average days of the first week, solved, with all wishes.
    choices
        The plan's first week.
    is_alone
        Whether nobody else is planned for.
    """

    request: PlanRequest
    foods: FoodTable
    dishes: Sequence[Dish]
    ledger: Ledger
    choices: Choices
    is_alone: bool


def cost_of_wishes(base: Base) -> Iterator[WishCost]:
    """Describe what each wish of one eater costs in the first week.

    What is left out for an allergy or for safety has no price.
    """
    if base.ledger.program.best is None:
        return
    yield from _by_number(base)
    for flag, wishes in _in_model(base):
        source = replace(base.ledger.parts.model.source, wishes=wishes)
        yield _compared(flag, base.ledger, _solved(source), base.choices)
    others = [*_in_preferences(base), *_asked_otherwise(base.request)]
    asked = base.ledger
    if others and not base.is_alone:
        alone = _planned(base.request)
        if alone is None:
            return
        asked = alone
    for flag, request in others:
        choices = base.choices if base.is_alone else None
        yield _compared(flag, asked, _planned(request), choices)


def _by_number(base: Base) -> Iterator[WishCost]:
    """BoundPrice what is one row of the program: a budget, and servings a week."""
    wanted, program = base.request.preferences, base.ledger.program
    best, last = program.best, len(program.placed) - 1
    assert best is not None
    rules = [one for one in wanted.per_week if one.sense != "<=" or one.count]
    flags = {"budget": f"--budget-per-week {wanted.budget_per_week or 0:g}"}
    flags |= {plain_word(one.name) + one.sense: _frequency_flag(one) for one in rules}
    model = base.ledger.parts.model
    for row, name in enumerate(program.placed[last].rows.names):
        key = model.keys[name]
        sense = {"min": ">=", "max": "<="}.get(key.side, "")
        flag = flags.get("budget" if key.rule == "budget" else key.subject + sense)
        if key.rule in ("budget", "frequency") and flag is not None:
            mix = program.moved([MovedRow(last, row, math.inf)])
            figures = base.ledger.figures
            yield WishCost(flag, None if mix is None else figures(best).less(figures(mix)))


def _frequency_flag(rule: FrequencyRule) -> str:
    return f'--per-week "{rule.name}{rule.sense}{rule.count}"'


def _in_model(base: Base) -> Iterator[tuple[str, Wishes]]:
    """Return what is wished for among the same candidates, and the wishes without it."""
    wishes, wanted = base.ledger.parts.model.source.wishes, base.request.preferences
    for liked in wishes.likes:
        rest = tuple(one for one in wishes.likes if one is not liked)
        yield f"--like {liked[0].name}:{liked[1]}", replace(wishes, likes=rest)
    for disliked in wishes.dislikes:
        rest = tuple(one for one in wishes.dislikes if one is not disliked)
        yield f"--dislike {disliked[0].name}:{disliked[1]}", replace(wishes, dislikes=rest)
    if wanted.max_minutes_weekday is not None:
        flag = f"--max-minutes-weekday {wanted.max_minutes_weekday}"
        yield flag, replace(wishes, max_minutes_weekday=None)
    if wanted.lunch_at != HOME:
        yield f"--lunch {wanted.lunch}", replace(wishes, lunch=HOME)


def _in_preferences(base: Base) -> Iterator[tuple[str, PlanRequest]]:
    """Return what decides who is a candidate, and the request without it."""
    request, wanted = base.request, base.request.preferences
    if wanted.diet != USUAL.diet:
        plain = replace(wanted, diet=USUAL.diet)
        yield f"--diet {wanted.diet}", replace(request, preferences=plain)
    for name in wanted.without:
        is_allergy = name in request.patient.names_left_out
        if not find_left_out(name, base.foods, base.dishes, is_allergy=is_allergy).is_allergen:
            plain = replace(wanted, without=tuple(one for one in wanted.without if one != name))
            yield f"--without {name}", replace(request, preferences=plain)
    for key in ("max_minutes_breakfast", "max_ingredients", "max_minutes"):
        most = getattr(wanted, key)
        if most is not None:
            less: dict[str, Any] = {key: None}
            flag = f"--{key.replace('_', '-')} {most}"
            yield flag, replace(request, preferences=replace(wanted, **less))


def _asked_otherwise(request: PlanRequest) -> Iterator[tuple[str, PlanRequest]]:
    """Return the bands set by hand, and the dishes put on meals."""
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


def _planned(request: PlanRequest) -> Ledger | None:
    """Solve the average days of a request; ``None`` where it cannot be planned."""
    try:
        table = prepare_table(request)
    except UserFacingError:
        return None
    return _solved(table.weeks[NAMELESS].horizon.weeks[0])


def _solved(source: ModelInput) -> Ledger | None:
    ledger = Ledger.of_week(build_week(source))
    return ledger if ledger.program.best is not None else None


def _compared(
    flag: str, asked: Ledger, without: Ledger | None, choices: Choices | None
) -> WishCost:
    """Return what the mix with a wish has more, but for what the wish itself counts."""
    if without is None:
        return WishCost(flag, None)
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
    return WishCost(flag, replace(found, points=found.points - more), paid)


def _own_points(asked: Ledger, without: Ledger) -> Array:
    """Return the points that columns have for a wish alone: days × columns."""
    known = {column.name: column.index for column in without.parts.model.table.columns}
    found = np.zeros_like(asked.parts.arrays.points)
    for column in asked.parts.model.table.columns:
        at = known.get(column.name)
        if at is not None:
            ours, plain = asked.parts.arrays.points, without.parts.arrays.points
            found[:, column.index] = ours[:, column.index] - plain[:, at]
    return found


def _missed(asked: Ledger, without: Ledger, taken: Array) -> float:
    """Return the points of what is liked and missing, for the wish alone."""
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
