"""Bands of nutrients, shares of energy and the calcium-to-magnesium ratio, per day and per week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from planner.model.board import Board, ColumnTable, Plate, Vector, Week
from planner.model.days import COUNTED_BASES, ENERGY, not_yet_on
from planner.model.keys import RowKey
from planner.model.sums import Sum
from planner.request.override import RATIO, kcal_per_g
from planner.standards.standard import PILL_BASES
from planner.targets.target import Target


def add_day_targets(
    plate: Plate, targets: Iterable[Target], prices: Mapping[str, float], weight: float
) -> None:
    """Add the daily bands to one day.

    Parameters
    ----------
    plate
        The day.
    targets
        All targets; those of other periods are passed over, and those on supplements where none
        can bring the nutrient.
    prices
        Points of ``objective.toml``, ``[soft_targets]``.
    weight
        Multiplier of the prices.
    """
    for target in targets:
        if target.period == "day" and _is_counted(plate.table, target):
            _add_day_band(plate, target, prices, weight)


def _add_day_band(plate: Plate, target: Target, prices: Mapping[str, float], weight: float) -> None:
    rule, part = _rule(target, "day"), _part(target, plate.absence.share)
    more = _more(target, plate.absence.planned_kcal)
    for side, bound, coefficients, full in _linear_rows(plate.table, target):
        limit = full * part + more
        expression = plate.total(coefficients)
        key = _key(rule, target, side, plate.day, soft=not target.hard)
        if target.hard:
            row = expression >= limit if side == "min" else expression <= limit
            plate.board.require(key, row)
        else:
            price = plate.price(weight * _full_price(target, bound, prices))
            _prefer(plate.board, key, expression, side, limit, price)
    for side, bound, coefficients, full in _linear_rows(plate.table, _preferred(target)):
        price = plate.price(weight * _preferred_price(target, bound, prices))
        key = _key(rule, target, side, plate.day, soft=True, preferred=True)
        _prefer(plate.board, key, plate.total(coefficients), side, full * part + more, price)


def add_week_targets(
    week: Week, targets: Iterable[Target], prices: Mapping[str, float], weight: float
) -> None:
    """Add the bands of the weekly means: sums over the days against days × bound.

    A day that is partly eaten elsewhere counts as the share of it that is planned; what some days
    need beside of energy is added to that of all.
    """
    past = not_yet_on(one.kind for one in week.plates)
    for target in targets:
        is_held = target.period == "week" and target.nutrient not in past
        if not is_held or not _is_counted(week.table, target):
            continue
        rule = _rule(target, "week")
        days = week.full_days if _part(target, 0.0) == 0.0 else week.days
        more = _more(target, week.more_kcal)
        for one in (target, _preferred(target)):
            soft = one is not target or not target.hard
            for side, bound, coefficients, limit in _linear_rows(week.table, one):
                key = _key(rule, target, side, soft=soft, preferred=one is not target)
                expression = week.total(coefficients)
                if not soft:
                    total = limit * days + more
                    row = expression >= total if side == "min" else expression <= total
                    week.board.require(key, row)
                else:
                    price = weight * _full_price(target, bound, prices) / week.days
                    _prefer(week.board, key, expression, side, limit * days + more, price)


def _prefer(board: Board, key: RowKey, total: Sum, side: str, limit: float, price: float) -> None:
    if side == "min":
        board.prefer_at_least(key, total, limit, price)
    else:
        board.prefer_at_most(key, total, limit, price)


def _part(target: Target, share: float) -> float:
    """Share of a target that holds where a ``share`` of the day is planned: of pills, all of it."""
    return 1.0 if target.basis in PILL_BASES else share


def _more(target: Target, kcal: float) -> float:
    """Give what is added to a bound where ``kcal`` more are needed: shares follow by themselves."""
    return kcal if target.nutrient == ENERGY else 0.0


def _is_counted(table: ColumnTable, target: Target) -> bool:
    if target.basis not in PILL_BASES:
        return target.basis in COUNTED_BASES
    return bool(table.counted(target.nutrient, "supplement").any())


def _key(
    rule: str, target: Target, side: str, day: int = 0, *, soft: bool, preferred: bool = False
) -> RowKey:
    """Name the row of a band: a basis of its own keeps it apart from the row on the total."""
    basis = target.basis if target.basis in (*PILL_BASES, "food") else ""
    return RowKey(rule, target.nutrient, side, day, soft, basis, preferred)


def _rule(target: Target, period: str) -> str:
    if target.nutrient == RATIO:
        return f"ratio_{period}"
    return f"share_{period}" if target.unit == "percent" else f"nutrient_{period}"


def _linear_rows(table: ColumnTable, target: Target) -> Iterable[tuple[str, float, Vector, float]]:
    """Return (side, bound, coefficients, right-hand side) of each side of the band that is set.

    Multiplied out where a share or ratio is not linear: both amounts are >= 0, so
    Ca / Mg <= hi is Ca - hi Mg <= 0, and f g / kcal <= p % is f g - p / 100 kcal <= 0.
    """

    def content(nutrient: str) -> Vector:
        return table.counted(nutrient, target.basis)

    for side, bound in (("min", target.lower), ("max", target.upper)):
        if bound is None:
            continue
        if target.nutrient == RATIO:
            row = content("calcium_mg") - bound * content("magnesium_mg")
            yield side, bound, row, 0.0
        elif target.unit == "percent":
            nutrient, factor = kcal_per_g(target.nutrient)
            share = bound / 100
            row = factor * content(nutrient) - share * content(ENERGY)
            yield side, bound, row, 0.0
        else:
            yield side, bound, content(target.nutrient), bound


def _preferred(target: Target) -> Target:
    """Turn the preferred band into a band of its own."""
    return replace(
        target,
        lower=target.preferred_lower,
        upper=target.preferred_upper,
        preferred_lower=None,
        preferred_upper=None,
    )


def _full_price(target: Target, bound: float, prices: Mapping[str, float]) -> float:
    """Points per unit, so that missing the whole bound costs ``per_full_shortfall``."""
    if target.nutrient == RATIO:
        return prices["ratio_preferred"] / prices["ratio_magnesium_mg"]
    if target.unit == "percent":  # a share row counts kcal
        return prices["per_full_shortfall"] / prices["share_energy_kcal"]
    return prices["per_full_shortfall"] / bound if bound > 0 else 0.0


def _preferred_price(target: Target, bound: float, prices: Mapping[str, float]) -> float:
    if target.nutrient == ENERGY:
        return prices["energy_preferred"] / bound
    return _full_price(target, bound, prices)
