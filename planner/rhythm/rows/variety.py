"""Variety: recipes once, sides and snacks seldom, families, fish, centers of vegans."""

from __future__ import annotations

import math
from functools import partial
from itertools import pairwise

import numpy as np

from planner.request.days import DAYS_PER_WEEK
from planner.rhythm.choices import FRUIT, SNACK, Plate, families
from planner.rhythm.programme import Vector
from planner.rhythm.rhythms import BREAKFAST, MAIN
from planner.rhythm.rows.writer import INF, Writer

_OILY_G = 25.0  # of a child's portion: a spoonful of anchovies is less
_DINNER = "dinner"


def add_variety(rows: Writer) -> None:
    """Add what keeps a week from being the same."""
    _add_times(rows)
    _add_families(rows)
    _add_words(rows)
    _add_apart(rows)


def _add_times(rows: Writer) -> None:
    """Take a recipe for one role, a side at few meals, a snack or a fruit on few days."""
    limit, whole = rows.limit, (MAIN, BREAKFAST)
    every = np.ones(len(rows.plate))

    def sort_of(at: int) -> str:
        return str(rows.kind_of[at] if rows.part[at] == MAIN else rows.part[at])

    def key(at: int) -> str:
        sort = sort_of(at)
        is_counted = sort in (*whole, SNACK, FRUIT) or rows.part[at] != MAIN
        sort = FRUIT if sort == SNACK else sort
        return f"{rows.choices.candidate(at).source_id}.{sort}" if is_counted else ""

    for name, held in rows.groups_of(key, every).items():
        if len({int(rows.role[at]) for at in held}) < 2:  # noqa: PLR2004
            continue
        values, sort = rows.nothing(), sort_of(held[0])
        values[held] = 1.0 if sort in whole else rows.all_days[held]
        most = limit["fruit_days" if sort in (SNACK, FRUIT) else "side_meals"]
        rows.add("times", name, values, -INF, 1.0 if sort in whole else most)


def _add_families(rows: Writer) -> None:
    """Hold families of protein and starch at few meals; fish, oily, at some; beans in few roles."""
    limit, known, part = rows.limit, rows.family, rows.days / DAYS_PER_WEEK
    own = rows.choices.candidate
    proteins = rows.groups_of(lambda at: families(own(at), known)[0], rows.is_main)
    starches = rows.groups_of(lambda at: families(own(at), known)[1], rows.is_main)
    early = rows.groups_of(lambda at: families(own(at), known)[1], rows.kind_of == BREAKFAST)
    for name, held in early.items():
        values = rows.nothing()
        values[held] = 1.0
        rows.add("family", f"breakfast.{name}", values, -INF, limit["breakfast_roles"])
    for word, groups in (("protein", proteins), ("starch", starches)):
        for name, held in groups.items():
            if name not in ("none", *known["pulses"]):
                values = rows.nothing()
                values[held] = rows.all_days[held]
                rows.add("family", f"{word}.{name}", values, -INF, limit[f"{word}_meals"])
    is_beside = bool(proteins.keys() - {"none", "nuts", *known["pulses"]})
    _add_centers(rows, limit["center_meals_beside" if is_beside else "center_meals"])
    if not is_beside:
        _add_bowls(rows)
        return
    pulses, main = rows.nothing(), rows.is_main.astype(float)
    pulses[[at for name in known["pulses"] for at in proteins.get(name, ())]] = 1.0
    rows.add("family", "pulses", pulses, -INF, limit["pulse_roles"])
    oily = main * rows.per_plate(lambda one: _is_oily(one, known["oily"]))
    least, price = math.floor(limit["fish_roles"] * part), rows.price["fish_missing"]
    if oily.any():
        rows.add("family", "oily fish", oily, least, INF, price)


def _add_centers(rows: Writer, most: int) -> None:
    """Have one bean or soy food, that most of a dish is of, at few meals."""
    groups = rows.source.groups

    def center(at: int) -> str:
        held = rows.choices.plate(at).serving.bases_g
        beans = {
            base: mass_g
            for base, mass_g in held.items()
            if groups.get(base, frozenset()) & {"legumes", "soy"} and mass_g >= rows.limit["bean_g"]
        }
        return max(beans, key=lambda base: beans[base]) if beans else ""

    for name, held in rows.groups_of(center, rows.is_main).items():
        values = rows.nothing()
        values[held] = rows.all_days[held]
        rows.add("family", f"center.{name}", values, -INF, most)


def _add_bowls(rows: Writer) -> None:
    """Have no two bowls of grain and beans a day."""
    bowl = rows.is_main * rows.per_plate(lambda one: _is_bowl(one, rows.family["grains"]))
    for day in range(rows.days):
        bowls = rows.on(bowl, day)
        rows.add("family", f"bowls.{day + 1}", bowls, -INF, rows.limit["bean_bowls"])


def _add_words(rows: Writer) -> None:
    """Have one chili, one curry, one bolognese a week."""
    for word in rows.family["words"]:
        named = rows.per_plate(partial(_named, word=word))
        rows.add("family", f"word.{word}", named * rows.is_main, -INF, 1.0)


def _add_apart(rows: Writer) -> None:
    """Have no two pastas and no two sheet pans at cooked meals running."""
    roles = rows.choices.rhythm.roles
    mains = [number for number, role in enumerate(roles) if role.kind == MAIN]
    mains.sort(key=lambda n: (roles[n].occasions[0].day, roles[n].occasions[0].slot == _DINNER))

    def alike(at: int) -> str:
        own = rows.choices.candidate(at)
        starch = families(own, rows.family)[1]
        if rows.family["sheet_pan"] in own.name.lower():
            return "sheet pan"
        return starch if starch in rows.family["apart"] else ""

    for word, held in rows.groups_of(alike, rows.is_main).items():
        marks = rows.nothing()
        marks[held] = 1.0
        for first, second in pairwise(mains):
            values: Vector = marks * ((rows.role == first) | (rows.role == second))
            rows.add("apart", f"{word}.{roles[first].name}", values, -INF, 1.0)


def _named(plate: Plate, word: str) -> float:
    return float(word in plate.candidate.name.lower())


def _is_oily(plate: Plate, bases: tuple[str, ...]) -> float:
    return float(sum(plate.serving.bases_g.get(base, 0.0) for base in bases) >= _OILY_G)


def _is_bowl(plate: Plate, grains: tuple[str, ...]) -> float:
    traits = plate.candidate.traits
    return float(traits.protein == "legume" and traits.starch in grains)
