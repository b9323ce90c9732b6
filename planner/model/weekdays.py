"""What weekdays do not have: dishes that take longer than there is time for."""

from __future__ import annotations

from planner.model.board import ColumnTable, Plate, Vector


def too_long(table: ColumnTable, minutes: int | None) -> Vector:
    """1 for each column that takes more than ``minutes`` [min] on the day; ``None``: no limit."""
    if minutes is None:
        return table.where(lambda _: False)
    return table.where(lambda c: c.candidate.traits.minutes > minutes)


def add_weekday_minutes(plate: Plate, columns: Vector) -> None:
    """Serve none of ``columns`` on this day, a weekday."""
    if columns.any():
        plate.board.require(plate.key("weekday_minutes"), plate.total(columns) <= 0)
