"""The programme of a week, built from its choices: one adder for each family of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from foods.openings import PARTS
from planner.request.days import DAYS_PER_WEEK
from planner.rhythm.choices import Choices
from planner.rhythm.programme import BAND_KINDS, KINDS, Programme, Sparse, Vector
from planner.rhythm.rows.bands import add_bands
from planner.rhythm.rows.cautions import add_cautions
from planner.rhythm.rows.meals import add_meals
from planner.rhythm.rows.roles import add_roles
from planner.rhythm.rows.variety import add_variety
from planner.rhythm.rows.wishes import add_wishes
from planner.rhythm.rows.writer import INF, Writer

_LEAST_SCALE = 1e-9


def build_programme(choices: Choices) -> Programme:
    """Build the programme of a week from all that may take its roles."""
    rows = Writer(choices)
    add_roles(rows)
    add_bands(rows)
    add_cautions(rows)
    add_meals(rows)
    add_variety(rows)
    add_wishes(rows)
    return _programme(rows)


def _programme(rows: Writer) -> Programme:
    source, price = rows.source, rows.price
    packed, listed, weighed = _bought(rows.choices)
    names = tuple(sorted(packed))
    uses = _per_binary(rows, (packed[name] for name in names), rows.all_days)
    marks = (dict.fromkeys(listed[name], 1.0) for name in sorted(listed))
    things = _per_binary(rows, marks, np.ones(len(rows.plate)))
    kinds, titles, lower, upper, prices = zip(*rows.told, strict=True)
    sums = Sparse.of(rows.rows, len(rows.plate))
    low, high = np.array(lower), np.array(upper)
    sold = [source.sold[name] for name in names]
    usd = np.array([package.usd for package in sold])
    spoils = np.array([package.spoils for package in sold], dtype=bool)
    wishes, weights = source.wishes, source.weights
    is_band = np.isin(kinds, BAND_KINDS)
    has_till = wishes.budget_usd is not None and not wishes.only_eaten
    return Programme(
        points=np.array([choice.points for choice in rows.choices.choices]),
        rows=sums,
        lower=low,
        upper=high,
        price=np.array(prices) * np.where(is_band, weights.soft_targets, weights.variety),
        scale=_scales(sums, low, high),
        kind=np.array([KINDS.index(kind) for kind in kinds], dtype=np.intp),
        names=titles,
        packages=uses,
        package_names=names,
        package_usd=usd,
        package_points=np.where(spoils, price["spoiled_usd"], -price["carried"]) * usd,
        home=np.array([package.home / PARTS for package in sold]),
        weighed_usd=weighed[rows.plate] * rows.all_days,
        things=things,
        thing_names=tuple(sorted(listed)),
        thing_points=price["thing"] * weights.waste,
        kept_usd=np.where(spoils | (not wishes.rest_is_free), 0.0, usd),
        budget_usd=(wishes.budget_usd or 0.0) * rows.days / DAYS_PER_WEEK if has_till else INF,
        usd_points=price["usd"] * weights.cost,
    )


def _bought(
    choices: Choices,
) -> tuple[dict[str, dict[int, float]], dict[str, set[int]], Vector]:
    """Return packages and things on the list, each with its plates, and what is weighed [USD]."""
    source = choices.source
    packed: dict[str, dict[int, float]] = {}
    listed: dict[str, set[int]] = {}
    weighed = np.zeros(len(choices.plates))
    for number, plate in enumerate(choices.plates):
        for food, mass_g in plate.serving.portion.ingredients:
            name, per_g = source.packages.get(food, ("", 0.0))
            is_packed = bool(per_g) and name in source.sold
            if name and not (is_packed and source.sold[name].home):
                listed.setdefault(name, set()).add(number)
            if is_packed:
                own = packed.setdefault(name, {})
                own[number] = own.get(number, 0.0) + mass_g * per_g
            elif name:
                weighed[number] += choices.usd_per_g.get(food, 0.0) * mass_g
    return packed, listed, weighed


def _per_binary(rows: Writer, of: Iterable[Mapping[int, float]], times: Vector) -> Sparse:
    """Return amounts by plate as rows over the binaries, each as often as it is eaten."""
    made = []
    for amounts in of:
        per_plate = np.zeros(len(rows.choices.plates))
        per_plate[list(amounts)] = list(amounts.values())
        values = per_plate[rows.plate] * times
        index = np.flatnonzero(values)
        made.append((index, values[index]))
    return Sparse.of(made, len(rows.plate))


def _scales(rows: Sparse, lower: Vector, upper: Vector) -> Vector:
    """Return the size of what each row counts: of its bounds, or of its largest entry."""
    most = np.full(len(rows), _LEAST_SCALE)
    np.maximum.at(most, rows.row, np.abs(rows.value))
    bounds = [np.where(np.isfinite(side), np.abs(side), 0.0) for side in (lower, upper)]
    scale: Vector = np.maximum(np.maximum(*bounds), most)
    return scale
