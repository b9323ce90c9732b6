"""Time in the kitchen: what weekdays have none for, and work over a day."""

from __future__ import annotations

from planner.candidates.beside import BESIDE_SLOTS
from planner.model.board import ColumnTable, Plate, Vector


def add_work(plate: Plate, upper: float, price: float) -> None:
    """Ask for a day of little work [min], each minute more priced."""
    in_meals = plate.table.where(lambda c: c.slot not in BESIDE_SLOTS)
    columns = plate.table.columns
    minutes = plate.table.vector([float(c.candidate.traits.active_minutes) for c in columns])
    key = plate.key("work", soft=True)
    plate.board.prefer_at_most(key, plate.total(minutes * in_meals), upper, plate.price(price))


def too_long(table: ColumnTable, minutes: int | None) -> Vector:
    """1 for each column that takes more than ``minutes`` [min] on the day; ``None``: no limit."""
    if minutes is None:
        return table.where(lambda _: False)
    return table.where(lambda c: c.candidate.traits.minutes > minutes)


def add_weekday_minutes(plate: Plate, columns: Vector) -> None:
    """Serve none of ``columns`` on this day, a weekday."""
    if columns.any():
        plate.board.require(plate.key("weekday_minutes"), plate.total(columns) <= 0)
