"""A cautious plan: floors of magnesium and calcium on what oxalate leaves to be absorbed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.model.board import ColumnTable, Plate, Vector, Week
from planner.model.days import not_yet_on
from planner.model.keys import RowKey
from planner.targets.target import Target

Counted = Mapping[str, Mapping[str, float]]


def add_conservative_day(plate: Plate, targets: Iterable[Target], counted: Counted) -> None:
    """Hold each day's floors on the counted amounts as well.

    Parameters
    ----------
    plate
        The day.
    targets
        All targets; hard floors on total intake of the counted nutrients are taken.
    counted
        Nutrient -> food id -> content that counts [the nutrient's unit per 100 g]; empty: no rows.
    """
    for target in _floors(targets, counted, "day"):
        amounts = _amounts(plate.table, target.nutrient, counted[target.nutrient])
        key = plate.key("conservative", f"day.{target.nutrient}", "min")
        assert target.lower is not None
        plate.board.require(key, plate.total(amounts) >= target.lower * plate.absence.share)


def add_conservative_week(week: Week, targets: Iterable[Target], counted: Counted) -> None:
    """Hold the floors of the week's mean on the counted amounts as well."""
    past = not_yet_on(one.kind for one in week.plates)
    for target in _floors(targets, counted, "week"):
        if target.nutrient in past:
            continue
        amounts = _amounts(week.table, target.nutrient, counted[target.nutrient])
        key = RowKey("conservative", f"week.{target.nutrient}", "min")
        assert target.lower is not None
        week.board.require(key, week.total(amounts) >= target.lower * week.full_days)


def _floors(targets: Iterable[Target], counted: Counted, period: str) -> list[Target]:
    return [
        target
        for target in targets
        if target.nutrient in counted
        and (target.period, target.basis) == (period, "total")
        and target.hard
        and target.lower is not None
    ]


def _amounts(table: ColumnTable, nutrient: str, content: Mapping[str, float]) -> Vector:
    """Return what counts of each column; a supplement holds neither oxalate nor phytate."""
    return table.counted(nutrient, "supplement") + table.vector(
        [
            sum(
                mass * content.get(food_id, 0.0) / 100
                for food_id, mass in column.serving.portion.ingredients
            )
            for column in table.columns
        ]
    )
