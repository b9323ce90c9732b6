"""What the judge says about guests: whether who was asked for is cooked for, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.plan.plan import Day
from planner.request.request import WeekOptions


def guest_faults(days: Sequence[Day], week: WeekOptions) -> Iterator[str]:
    """Say where guests who come get nothing, and where there is food for guests who do not.

    Parameters
    ----------
    days
        The days as printed.
    week
        What was asked for.
    """
    coming = {(one.day, one.slot): one.count for one in week.guests}
    for day in days:
        for meal in day.meals:
            served = {item.guests.count for item in meal.items if item.guests is not None}
            count = coming.pop((day.day, meal.slot), 0)
            if served - {count}:
                yield f"Day {day.day}, {meal.slot}: is for {max(served)} guests, not for {count}."
            elif count and not served:
                yield f"Day {day.day}, {meal.slot}: has nothing for {count} guests."
    for (number, slot), count in coming.items():
        yield f"Day {number}: no {slot} for {count} guests."
