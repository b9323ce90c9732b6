"""What the judge says about guests: whether who was asked for is cooked for, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.language.spoken import said
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
                yield said("Day {day}, {slot}: is for {served} guests, not for {count}.").format(
                    day=day.day, slot=said(meal.slot), served=max(served), count=count
                )
            elif count and not served:
                yield said("Day {day}, {slot}: has nothing for {count} guests.").format(
                    day=day.day, slot=said(meal.slot), count=count
                )
    for (number, slot), count in coming.items():
        yield said("Day {number}: no {slot} for {count} guests.").format(
            number=number, slot=said(slot), count=count
        )
