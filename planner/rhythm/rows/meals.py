"""Meals and days: their size, vegetables and fruit, few things beside, little work."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import pairwise, product

import numpy as np

from planner.meals.patterns import DEFAULT_PATTERN
from planner.model.days import ENERGY
from planner.request.days import usual_share
from planner.rhythm.choices import EXTRA, MILK, Plate, mean_energy
from planner.rhythm.programme import Vector
from planner.rhythm.rhythms import BREAKFAST, MAIN
from planner.rhythm.rows.writer import INF, Writer

_COOKED_MEALS = ("lunch", "dinner")


def add_meals(rows: Writer) -> None:
    """Return each day that is not over meals of a usual size, and what a good day has."""
    greens = rows.per_plate(lambda one: one.serving.vegetables_g)
    energy, _ = rows.content(ENERGY)
    kcal, pattern = mean_energy(rows.source.targets), rows.source.rules.pattern
    is_usual = pattern.pattern_id == DEFAULT_PATTERN
    bands = rows.limit["meal_energy"] if is_usual else pattern.energy
    for day, kind in enumerate(rows.day_kinds):
        if kind.absence.is_eaten:
            continue
        here = [slot for slot in rows.slots if slot not in kind.absence.slots]
        larger = kind.absence.share / (usual_share(pattern.energy, here) or 1.0)
        for slot in rows.slots:
            if slot in kind.absence.slots or slot in kind.free:
                continue
            lower, upper = (share * kcal * larger for share in bands[slot])
            name = f"{slot}.{day + 1}"
            rows.add("meal_energy", name, rows.on(energy, day, slot), lower, upper)
            if slot in _COOKED_MEALS:
                least_g = rows.limit["vegetables_meal_g"]
                rows.add("vegetables", name, rows.on(greens, day, slot), least_g, INF)
        least_g = rows.source.rules.rules["vegetables_day"]["lower"] * kind.absence.share
        rows.add("vegetables", str(day + 1), rows.on(greens, day), least_g, INF)
        _add_day(rows, day, kcal, is_whole=not kind.absence.slots)
    _add_foods(rows)
    _add_runs(rows)
    _add_evenings(rows)


def _add_day(rows: Writer, day: int, kcal: float, *, is_whole: bool) -> None:
    """Return a day its fruit, not too many nuts, pulses and things beside, and something raw."""
    limit, at, rules = rows.limit, str(day + 1), rows.source.rules.rules
    fruit = rows.per_plate(partial(_fruit, limit=limit))
    pulses = rows.per_plate(
        lambda one: sum(one.serving.groups_g.get(group, 0.0) for group in ("legumes", "soy"))
    )
    nuts = rows.per_plate(lambda one: one.serving.nuts_g)
    fresh = rows.per_plate(lambda one: float(one.candidate.traits.served in rows.family["fresh"]))
    extras = ((rows.kind_of == MILK) | (rows.kind_of == EXTRA)).astype(float)
    rows.add("fruit", at, rows.on(fruit, day), limit["fruits"] if is_whole else 0.0, INF)
    rows.add("nuts", at, rows.on(nuts, day), -INF, rules["nuts"]["upper"])
    rows.add("pulses", at, rows.on(pulses, day), -INF, rules["pulses"]["upper_day"])
    beyond = max(0.0, kcal - limit["extra_from_kcal"]) / limit["extra_kcal"]
    rows.add("extras", at, rows.on(extras, day), -INF, limit["extras"] + math.ceil(beyond))
    if is_whole:
        rows.add("fresh", at, rows.on(fresh, day), 1.0, INF, rows.price["no_fresh"])


def _fruit(plate: Plate, limit: Mapping[str, float]) -> float:
    own = plate.serving
    is_dried = own.dried_fruit_g >= limit["dried_fruit_g"]
    return float(own.fruit_g >= limit["fruit_g"] or is_dried)


def _add_foods(rows: Writer) -> None:
    """Have a fruit, nut or seed once a day, a nut on few days, and nothing twice at one meal."""
    nuts = set(rows.family["nuts"])
    for base, own in _having(rows, rows.limit["food_once_g"], rows.family["once"]).items():
        for day in range(rows.days):
            values = rows.on(own, day)
            if _is_of_several(rows, values):
                rows.add("food_day", f"{base}.{day + 1}", values, -INF, 1.0)
        if rows.source.groups[base] & nuts:
            rows.add("food_week", base, own * rows.all_days, -INF, rows.limit["food_days"])
    every = np.ones(len(rows.plate))
    same = rows.groups_of(lambda at: rows.choices.candidate(at).source_id, every)
    several = {name: np.array(held) for name, held in same.items() if np.ptp(rows.role[held])}
    for day, slot in product(range(rows.days), rows.slots):
        here = rows.on(every, day, slot)
        for name, held in several.items():
            own = held[here[held] > 0]
            if own.size and np.ptp(rows.role[own]):
                marks = rows.nothing()
                marks[own] = 1.0
                rows.add("food_day", f"{name}.{slot}.{day + 1}", marks, -INF, 1.0)


def _add_runs(rows: Writer) -> None:
    """Keep a vegetable or bean apart: at two meals of two days running, what is warmed up too."""
    most, price = rows.limit["run_meals"], rows.price["run"]
    meals = [
        sum((rows.choices.times(day, slot) for slot in _COOKED_MEALS), rows.nothing())
        for day in range(rows.days)
    ]
    for base, marks in sorted(_having(rows, rows.limit["run_g"], rows.family["run"]).items()):
        for day, (own, other) in enumerate(pairwise(meals), start=1):
            values = marks * (own + other)
            if _is_of_several(rows, values):
                rows.add("apart", f"{base}.{day}", values, -INF, most, price)


def _having(rows: Writer, least_g: float, kept: Iterable[str]) -> dict[str, Vector]:
    """Return for each food of some groups, but those that come often, which binaries have it."""
    groups, many, asked = rows.source.groups, rows.family["many"], set(kept)
    foods: dict[str, list[int]] = {}
    for number, plate in enumerate(rows.choices.plates):
        for base, mass_g in plate.serving.bases_g.items():
            if mass_g >= least_g and groups.get(base, frozenset()) & asked and base not in many:
                foods.setdefault(base, []).append(number)
    marks = {}
    for base, held in foods.items():
        of_plate = np.zeros(len(rows.choices.plates))
        of_plate[held] = 1.0
        marks[base] = of_plate[rows.plate]
    return marks


def _is_of_several(rows: Writer, values: Vector) -> bool:
    """Whether a row counts binaries of more than one role: else it can miss nothing."""
    return bool(values.any() and np.ptp(rows.role[values > 0]))


def _add_evenings(rows: Writer) -> None:
    """Count all jobs of an evening together: dinner, and what is made for the next day."""
    work: dict[int, Vector] = {}
    roles, free = rows.choices.rhythm.roles, rows.source.weekend
    for at, choice in enumerate(rows.choices.choices):
        role, traits = roles[choice.role], rows.choices.candidate(at).traits
        is_early = role.kind == BREAKFAST and traits.is_kept
        if role.kind == MAIN or is_early:
            for cooked in role.occasions if role.anew else role.occasions[:1]:
                is_before = (is_early or role.box) and not free[cooked.day]
                minutes = work.setdefault(cooked.day - is_before, rows.nothing())
                minutes[at] += traits.active_minutes
    for day, minutes in work.items():
        most = rows.limit["free_day" if day < 0 or free[day] else "evening"]
        rows.add("evening", str(day + 1), minutes, -INF, most)
