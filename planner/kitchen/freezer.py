"""What lies in the freezer: what goes in and comes out day by day, and how much it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from planner.candidates.used_up import UsedUp
from planner.kitchen.batch import Cooking
from planner.kitchen.errand import FreezerDay, ShoppingLine


def freezer_days(
    lines: Iterable[ShoppingLine], cook: Iterable[Cooking], starts: Sequence[int], last: int
) -> tuple[FreezerDay, ...]:
    """Tell the freezer evening by evening, each on which something goes in or comes out.

    Parameters
    ----------
    lines, starts
        A shopping list, and the first day of each trip: one shops on the day before.
    cook
        What is cooked double.
    last
        The last day; what is cooked for the freezer stays in it.
    """
    begins = min(starts, default=1) - 1
    boxes = [
        (one.made_day, last + 1, (one.name, 0))
        for one in cook
        if one.frozen_servings and not one.is_given
    ]
    for line in lines:
        bought = starts[line.trip - 1] - 1
        boxes += [(bought, day - 1, (line.name, day)) for day in line.freeze]
        boxes += [(begins, max(begins, day - 1), (line.name, day)) for day in line.stored]
    moved = {day for since, until, _what in boxes for day in (since, until)} - {last + 1}
    return tuple(
        FreezerDay(
            day,
            tuple(what for since, _until, what in boxes if since == day),
            tuple(what for _since, until, what in boxes if until == day),
            sum(since <= day < until for since, until, _what in boxes),
        )
        for day in sorted(moved)
    )


def fits_freezer(
    lines: Iterable[ShoppingLine],
    starts: Sequence[int],
    last: int,
    uses: Iterable[UsedUp],
    taken: Callable[[UsedUp], float],
    boxes: int | None,
) -> Callable[[Cooking, Sequence[Cooking]], bool]:
    """Give whether one more dish may be cooked for the freezer, beside others.

    It may where the freezer has room for it, and where it takes of what somebody has no more than
    the meals of the plan leave; of what was cooked before, none.

    Parameters
    ----------
    lines, starts, last
        As of ``freezer_days``, without what is cooked for the freezer.
    uses, taken
        What is to be used up, and how much of it the meals take [g].
    boxes
        How many boxes it holds; ``None``: nobody said.
    """
    left_g = [
        (use, 0.0 if use.is_leftover else use.mass_g - taken(use))
        for use in uses
        if not use.is_stock
    ]
    known = tuple(lines)

    def fits(more: Cooking, others: Sequence[Cooking]) -> bool:
        cook = (*others, more)
        for use, rest_g in left_g:
            own_g = [use.taken_by(one.dish_id, one.frozen_parts) for one in cook]
            if own_g[-1] and sum(own_g) > rest_g:
                return False
        told = freezer_days(known, cook, starts, last) if boxes is not None else ()
        return boxes is None or all(one.boxes <= boxes for one in told)

    return fits
