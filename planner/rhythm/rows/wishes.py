"""Wishes: how often, how far apart, what is put on a meal, what is liked or to be used up."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import partial

import numpy as np

from planner.candidates.names import Meaning
from planner.candidates.used_up import UsedUp
from planner.model.days import PutDish
from planner.request.days import DAYS_PER_WEEK
from planner.rhythm.choices import Choices, Plate, serves
from planner.rhythm.programme import Vector
from planner.rhythm.rows.writer import INF, Writer


def add_wishes(rows: Writer) -> None:
    """Add what somebody asks for by its name."""
    _add_frequencies(rows)
    _add_spacings(rows)
    _add_budget(rows)
    wishes, price = rows.source.wishes, rows.price
    for number, (what, grade) in enumerate(wishes.likes, start=1):
        values = rows.per_plate(partial(_serves, what=what))
        if values.any():
            points = price["like_missing"][grade - 1]
            rows.add("liked", str(number), values, 1.0, INF, points)
    for number, use in enumerate(wishes.uses, start=1):
        values = rows.per_plate(partial(_taken, use=use)) * rows.all_days
        points = price["use_missing"] / use.mass_g
        rows.add("use", str(number), values, use.mass_g, INF, points)
    for day, kind in enumerate(rows.day_kinds):
        for put in rows.source.own_puts(kind.puts):
            values = rows.on(rows.per_plate(partial(_is_put, put=put)), day, put.slot)
            name = f"{put.slot}.{put.name}.{day + 1}"
            rows.add("put", name, values, 1.0, INF)
            for key in rows.source.constrained:  # of what is put little may be known, not of a day
                lacks = rows.on(rows.per_plate(partial(_lacks, rows=rows, key=key)), day)
                if (lacks[values > 0] > 0).any():
                    rows.add("put", name, lacks, -INF, 0.0)


def _serves(plate: Plate, what: Meaning) -> float:
    return float(serves(plate.candidate, plate.serving, what))


def _add_frequencies(rows: Writer) -> None:
    """Serve a thing as often a week as asked for, scaled to the days that are planned."""
    for number, wish in enumerate(rows.source.wishes.frequencies, start=1):
        if any(wish.name in kind.absence.not_yet for kind in rows.day_kinds):
            continue
        values = rows.per_plate(partial(_serves, what=wish.meaning)) * rows.all_days
        scaled = wish.count * rows.days / DAYS_PER_WEEK
        lower = math.floor(scaled) if wish.sense == ">=" else -INF
        upper = math.ceil(scaled) if wish.sense == "<=" else INF
        rows.add("frequency", str(number), values, lower, upper)


def _add_budget(rows: Writer) -> None:
    """Pay for what is eaten by the budget that counts no more; another stands beside the rows."""
    wishes, choices = rows.source.wishes, rows.choices
    if wishes.only_eaten and wishes.budget_usd is not None:
        beside = (serving.portion.ingredients for _, _, serving in choices.fixed)
        fixed_usd = sum(_price_of(choices, content) for content in beside)
        usd = rows.per_plate(lambda one: _price_of(choices, one.serving.portion.ingredients))
        most_usd = (wishes.budget_usd / DAYS_PER_WEEK - fixed_usd) * rows.days
        rows.add("budget", "eaten", usd * rows.all_days, -INF, most_usd)


def _price_of(choices: Choices, ingredients: Iterable[tuple[str, float]]) -> float:
    """Return the usual price of so much [USD]."""
    return sum(choices.usd_per_g.get(food, 0.0) * mass_g for food, mass_g in ingredients)


def _add_spacings(rows: Writer) -> None:
    """Keep servings of a thing so many days apart."""
    for number, (what, apart) in enumerate(rows.source.wishes.min_days_between, start=1):
        marks = rows.per_plate(partial(_serves, what=what))
        for first in range(max(1, rows.days - apart + 1)):
            window = rows.on_day[first : first + apart]
            values: Vector = marks * np.sum(window, axis=0)
            rows.add("spacing", f"{number}.{first + 1}", values, -INF, 1.0)


def _taken(plate: Plate, use: UsedUp) -> float:
    return use.taken_by(plate.candidate.source_id, plate.serving.portion.ingredients)


def _lacks(plate: Plate, rows: Writer, key: str) -> float:
    """Return the mass without a figure, beyond what a day may have [g]."""
    own, few = plate.serving, 1.0 - rows.source.least_coverage
    return float(own.unknown_g[rows.keys[key]] - few * own.food_g)


def _is_put(plate: Plate, put: PutDish) -> float:
    return float(plate.candidate.source_id in put.ids)
