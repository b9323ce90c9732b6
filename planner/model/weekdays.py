"""Time in the kitchen: what weekdays have none for, and work over a day."""

from __future__ import annotations

from planner.candidates.beside import BESIDE_SLOTS
from planner.model.board import Column, ColumnTable, Plate, Vector
from planner.model.sums import Sum


def add_work(plate: Plate, upper: float, price: float, cooked: Sum) -> None:
    """Ask for a day of little work [min], each minute more priced.

    ``cooked`` is the work of what keeps on the day that it is cooked.
    """
    minutes = plate.table.vector([own_minutes(column) for column in plate.table.columns])
    key = plate.key("work", soft=True)
    total = plate.total(minutes) + cooked
    plate.board.prefer_at_most(key, total, upper, plate.price(price))


def own_minutes(column: Column) -> float:
    """Return the work of a meal [min]; what keeps may have been cooked before."""
    traits = column.candidate.traits
    is_work = column.slot not in BESIDE_SLOTS and not traits.is_kept
    return float(traits.active_minutes * is_work)


def too_long(table: ColumnTable, minutes: int | None) -> Vector:
    """1 for each column that takes more than ``minutes`` [min] on the day; ``None``: no limit.

    How long an own meal takes nobody says, so that no limit is for it.
    """
    if minutes is None:
        return table.where(lambda _: False)
    return table.varied * table.where(lambda c: c.candidate.traits.minutes > minutes)


def add_weekday_minutes(plate: Plate, columns: Vector) -> None:
    """Serve none of ``columns`` on this day, a weekday."""
    if columns.any():
        plate.board.require(plate.key("weekday_minutes"), plate.total(columns) <= 0)
