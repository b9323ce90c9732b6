"""What keeps, in the compiled search: on which days a dish is cooked, and what that costs.

A dish is cooked on the first day that has it, and again when what was cooked is past its days, as
``planner/model/cookings.py`` says. A cooking has points of its own, and adds its minutes to the row
of work of its day.
"""

# mypy: disable-error-code="no-untyped-call,no-untyped-def,untyped-decorator"

from __future__ import annotations

from planner.search.compiled import compiled, inlined


@compiled
def serve(spots, week, option, spot, sign, is_kept):
    """Give the points of serving a dish that keeps (sign 1) or no longer (-1), by its cookings.

    ``is_kept``: whether it stays so, in the days that have the dish and in the rows of work.
    """
    dish, day, e = spots.kept[option], spots.day[spot], spots.eater[spot]
    meals = week.served[dish, day] + int(sign)
    more = 0.0
    if (meals > 0) != (week.served[dish, day] > 0):
        days_before, days_after = 0, 0  # for which there is some
        for d in range(week.served.shape[1]):
            is_eaten = week.served[dish, d] > 0
            before = is_eaten and days_before == 0
            after = (meals > 0 if d == day else is_eaten) and days_after == 0
            days_before = spots.kept_days[dish] if before else max(days_before - 1, 0)
            days_after = spots.kept_days[dish] if after else max(days_after - 1, 0)
            if before != after:
                more += _cook(spots, week, dish, e, d, 1.0 if after else -1.0, is_kept)
    if is_kept:
        week.served[dish, day] = meals
    return more


@inlined
def _cook(spots, week, dish, e, day, sign, is_kept):
    """Give the points of cooking a dish on a day (sign 1) or not (-1), with those of its work."""
    more = sign * spots.kept_points[dish, day]
    row = spots.work_row[e, day]
    if row >= 0:
        before = week.activity[row]
        after = before + sign * spots.kept_minutes[dish]
        more += week.weights[row] * (after - before + abs(after) - abs(before))
        if is_kept:
            week.activity[row] = after
    return more
