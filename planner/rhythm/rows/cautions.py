"""Cautions: what conditions, medicines and single foods ask of meals and days."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import permutations

import numpy as np

from planner.candidates.beside import cup_places
from planner.request.days import DAYS_PER_WEEK
from planner.rhythm.choices import LINE_G, Plate
from planner.rhythm.programme import Vector
from planner.rhythm.rows.writer import INF, Writer
from planner.targets.clinical import CARBOHYDRATE, MAIN_SLOTS


def add_cautions(rows: Writer) -> None:
    """Hold few oxalate-rich greens, and what is asked of meals, days and a cautious plan."""
    _add_foods(rows)
    for day in range(rows.days):
        _add_meal_limits(rows, day)
        _add_even_meals(rows, day)
    _add_spreads(rows)
    _add_cautious(rows)


def _add_foods(rows: Writer) -> None:
    """Hold the calcium and the portions of oxalate-rich greens, and Brazil nuts."""
    cap, pieces = rows.source.caps["oxalate_greens"], rows.source.caps["brazil_nuts"]
    share = cap.share_of_day["calcium_mg"]
    greens = rows.per_plate(lambda one: one.serving.greens_calcium_mg)
    brazil = rows.per_plate(lambda one: one.serving.brazil_nuts)
    calcium, beside = rows.content("calcium_mg", "food")
    for day in range(rows.days):
        if greens.any():
            part = rows.on(greens - share * calcium, day)
            rows.add("greens", str(day + 1), part, -INF, share * beside)
        if pieces.pieces_per_day is not None:
            rows.add("pieces", str(day + 1), rows.on(brazil, day), -INF, pieces.pieces_per_day)
    if cap.portions_per_week is not None:
        held = rows.per_plate(lambda one: float(one.serving.greens_g >= LINE_G))
        most = math.ceil(cap.portions_per_week * rows.days / DAYS_PER_WEEK)
        rows.add("greens", "week", held * rows.all_days, -INF, most)


def _add_meal_limits(rows: Writer, day: int) -> None:
    """Hold the most of a nutrient at a meal, and portions of foods that share one."""
    clinical = rows.source.clinical
    for slot in rows.slots:
        for key, most in clinical.meal_upper.items():
            own, _ = rows.content(key)
            cups = _cups(rows, slot, key)
            name = f"{slot}.{key}.{day + 1}"
            for where in _sittings(rows, slot, clinical.sittings(slot, key)):
                rows.add("meal_upper", name, rows.on(own, day, *where), -INF, most - cups)
                cups = 0.0  # they are drunk with the first
        for name, most_g in clinical.meal_portions.items():
            own = rows.per_plate(partial(_portions, most_g=most_g))
            rows.add("meal_upper", f"{slot}.{name}.{day + 1}", rows.on(own, day, slot), -INF, 1)


def _sittings(rows: Writer, slot: str, count: int) -> list[list[str]]:
    """Return what is eaten at each sitting of a meal: its places in turn, or all where it is one.

    The plan shares out what is eaten so that the largest is as small as it can be: no larger.
    """
    if count == 1:
        return [[slot]]
    each = (at for role in rows.choices.rhythm.roles for at in role.occasions)
    places = list(dict.fromkeys(at.place for at in each if at.slot == slot))
    return [own for turn in range(count) if (own := places[turn::count])]


def _cups(rows: Writer, slot: str, key: str) -> float:
    """Return what cups drunk with a meal hold of a nutrient."""
    at = rows.keys[key]
    places = rows.choices.fixed
    return sum(
        float(serving.amounts[at])
        for place, _, serving in places
        if place.startswith(cup_places(slot))
    )


def _add_even_meals(rows: Writer, day: int) -> None:
    """Hold the carbohydrate of each main meal to at most so many times that of another."""
    times = rows.source.clinical.meal_carbohydrate_times
    if times is None:
        return
    away = rows.day_kinds[day].absence.slots
    here = [slot for slot in rows.slots if slot in MAIN_SLOTS and slot not in away]
    own, _ = rows.content(CARBOHYDRATE)
    for most, least in permutations(here, 2):
        apart = rows.on(own, day, most) - times * rows.on(own, day, least)
        room = times * _cups(rows, least, CARBOHYDRATE) - _cups(rows, most, CARBOHYDRATE)
        rows.add("meal_even", f"{most}.{least}.{day + 1}", apart, -INF, room)


def _add_spreads(rows: Writer) -> None:
    """Hold each day near the mean, where little change is asked for: of all weeks, as far as known.

    Of several weeks the first sets the mean, and each keeps a part of the room for the others.
    """
    source, clinical, part = rows.source, rows.source.clinical, rows.limit["spread_part"]
    for key, whole_share in clinical.daily_spread.items():
        share = whole_share * part if source.is_part else whole_share
        own, beside = rows.content(key)
        each = [rows.on(own, day) for day in range(rows.days)]
        mean: Vector = np.mean(each, axis=0)
        if before := source.known_days.get(key):
            aim = sum(before) / len(before)
            away, near = share * aim, (whole_share - share) * aim / 2
            rows.add("spread", f"{key}.mean", mean, aim - near - beside, aim + near - beside)
            for day, values in enumerate(each, start=1):
                low, high = aim - away - beside, aim + away - beside
                rows.add("spread", f"{key}.{day}", values, low, high)
            continue
        for day, values in enumerate(each, start=1):
            room = share * beside
            rows.add("spread", f"{key}.max.{day}", values - (1 + share) * mean, -INF, room)
            rows.add("spread", f"{key}.min.{day}", (1 - share) * mean - values, -INF, room)
    most_g = clinical.meal_carbohydrate_spread_g
    for slot in rows.slots if most_g is not None else ():
        own, _ = rows.content(CARBOHYDRATE)
        days = [d for d, kind in enumerate(rows.day_kinds) if slot not in kind.absence.slots]
        each = [rows.on(own, day, slot) for day in days]
        _add_near(rows, slot, days, each, (most_g or 0.0) / 2)
        if before := source.known_days.get(slot):
            cups = _cups(rows, slot, CARBOHYDRATE)
            low, high = max(before) - (most_g or 0.0) - cups, min(before) + (most_g or 0.0) - cups
            for day, values in zip(days, each, strict=True):
                rows.add("spread", f"{slot}.known.{day + 1}", values, low, high)


def _add_near(
    rows: Writer, slot: str, days: Sequence[int], each: Sequence[Vector], half: float
) -> None:
    mean: Vector = np.mean(each, axis=0) if each else rows.nothing()
    for day, values in zip(days, each, strict=True):
        rows.add("spread", f"{slot}.{day + 1}", values - mean, -half, half)


def _add_cautious(rows: Writer) -> None:
    """Hold floors on what oxalate leaves to be absorbed, where a cautious plan is asked for."""
    counted = rows.source.conservative
    for target in rows.source.targets:
        is_floor = target.hard and target.lower is not None and target.basis == "total"
        if target.nutrient not in counted or not is_floor:
            continue
        own = rows.per_plate(partial(_counted, content=counted[target.nutrient]))
        _, pills = rows.content(target.nutrient, "supplement")
        lower, shares = target.lower or 0.0, [kind.absence.share for kind in rows.day_kinds]
        if target.period == "week":
            least = lower * sum(shares) - pills * rows.days
            rows.add("cautious", target.nutrient, own * rows.all_days, least, INF)
        for day, share in enumerate(shares) if target.period == "day" else ():
            name = f"{target.nutrient}.{day + 1}"
            rows.add("cautious", name, rows.on(own, day), lower * share - pills, INF)


def _portions(plate: Plate, most_g: Mapping[str, float]) -> float:
    parts = plate.serving.portion.ingredients
    return sum(mass_g / most_g[food] for food, mass_g in parts if food in most_g)


def _counted(plate: Plate, content: Mapping[str, float]) -> float:
    parts = plate.serving.portion.ingredients
    return sum(mass_g * content.get(food, 0.0) / 100 for food, mass_g in parts)
