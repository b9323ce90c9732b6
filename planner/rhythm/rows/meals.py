"""Meals and days: their size, vegetables and fruit, few things beside, little work."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from planner.model.nutrients import ENERGY
from planner.rhythm.choices import EXTRA, MILK, Plate
from planner.rhythm.programme import Vector
from planner.rhythm.rhythms import BREAKFAST, MAIN
from planner.rhythm.rows.writer import INF, Writer

_COOKED_MEALS = ("lunch", "dinner")


def add_meals(rows: Writer) -> None:
    """Give each day that is not over meals of a usual size, and what a good day has."""
    greens = rows.per_plate(lambda one: one.serving.vegetables_g)
    energy, _ = rows.content(ENERGY)
    kcal = _mean_energy(rows)
    for day, kind in enumerate(rows.day_kinds):
        if kind.absence.is_eaten:
            continue
        for slot in rows.slots:
            if slot in kind.absence.slots or slot in kind.free:
                continue
            lower, upper = (share * kcal for share in rows.limit["meal_energy"][slot])
            name = f"{slot}.{day + 1}"
            rows.add("meal_energy", name, rows.on(energy, day, slot), lower, upper)
            if slot in _COOKED_MEALS:
                least_g = rows.limit["vegetables_meal_g"]
                rows.add("vegetables", name, rows.on(greens, day, slot), least_g, INF)
        least_g = rows.limit["vegetables_day_g"] * kind.absence.share
        rows.add("vegetables", str(day + 1), rows.on(greens, day), least_g, INF)
        _add_day(rows, day, is_whole=not kind.absence.slots)
        _add_foods(rows, day)
    _add_evenings(rows)


def _mean_energy(rows: Writer) -> float:
    bands = [one for one in rows.source.targets if one.nutrient == ENERGY and one.hard]
    known = [side for one in bands for side in (one.lower, one.upper) if side is not None]
    return sum(known) / max(1, len(known))


def _add_day(rows: Writer, day: int, *, is_whole: bool) -> None:
    """Give a day its fruit, not too many nuts, pulses and things beside, and something raw."""
    limit, at = rows.limit, str(day + 1)
    fruit = rows.per_plate(partial(_fruit, limit=limit))
    pulses = rows.per_plate(
        lambda one: sum(one.serving.groups_g.get(group, 0.0) for group in ("legumes", "soy"))
    )
    nuts = rows.per_plate(lambda one: one.serving.nuts_g)
    fresh = rows.per_plate(lambda one: float(one.candidate.traits.served in rows.family["fresh"]))
    extras = ((rows.kind_of == MILK) | (rows.kind_of == EXTRA)).astype(float)
    rows.add("fruit", at, rows.on(fruit, day), limit["fruits"] if is_whole else 0.0, INF)
    rows.add("nuts", at, rows.on(nuts, day), -INF, limit["nuts_g"])
    rows.add("pulses", at, rows.on(pulses, day), -INF, limit["pulses_g"])
    rows.add("extras", at, rows.on(extras, day), -INF, limit["extras"])
    if is_whole:
        rows.add("fresh", at, rows.on(fresh, day), 1.0, INF, rows.price["no_fresh"])


def _fruit(plate: Plate, limit: Mapping[str, float]) -> float:
    own = plate.serving
    is_dried = own.dried_fruit_g >= limit["dried_fruit_g"]
    return float(own.fruit_g >= limit["fruit_g"] or is_dried)


def _add_foods(rows: Writer, day: int) -> None:
    """Have a fruit, a nut or a seed once a day: peanut butter at breakfast, or as a snack."""
    foods: dict[str, list[int]] = {}
    once, least_g = set(rows.family["once"]), rows.limit["food_once_g"]
    often = {*rows.family["many"]}
    for number, plate in enumerate(rows.choices.plates):
        for base, mass_g in plate.serving.bases_g.items():
            is_once = rows.source.groups.get(base, frozenset()) & once
            if mass_g >= least_g and is_once and base not in often:
                foods.setdefault(base, []).append(number)
    for base, held in foods.items():
        marks = rows.choices.vector(lambda _: 0.0)
        marks[held] = 1.0
        values = rows.on(marks[rows.plate], day)
        if len(set(rows.role[values > 0].tolist())) > 1:
            rows.add("food_day", f"{base}.{day + 1}", values, -INF, 1.0)


def _add_evenings(rows: Writer) -> None:
    """Count all jobs of an evening together: dinner, and what is made for the next day."""
    work: dict[int, Vector] = {}
    roles, plates, free = rows.choices.rhythm.roles, rows.choices.plates, rows.source.weekend
    for at, choice in enumerate(rows.choices.choices):
        role, traits = roles[choice.role], plates[choice.plate].candidate.traits
        cooked, is_early = role.occasions[0], role.kind == BREAKFAST and traits.is_kept
        if role.kind == MAIN or is_early:
            is_before = (is_early or cooked.slot == "lunch") and not free[cooked.day]
            day = cooked.day - is_before
            work.setdefault(day, rows.nothing())[at] = traits.active_minutes
    for day, minutes in work.items():
        most = rows.limit["free_day" if day < 0 or free[day] else "evening"]
        rows.add("evening", str(day + 1), minutes, -INF, most)
