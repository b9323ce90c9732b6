"""Packages that spoil before the week is over, in the compiled search: what is left of them.

What a package is opened for counts on the day that has it, and for a second meal on the day on
which its dish is cooked. What an eater leaves is counted anew only where something changed that
uses such a package.
"""

# mypy: disable-error-code="no-untyped-call,no-untyped-def,untyped-decorator"

from __future__ import annotations

from foods.openings import PARTS
from planner.search.compiled import compiled, inlined

ENTRY, COOKS, NEEDS, KEEPS = range(4)  # columns of ``Spots.shelf_option``
LAST_PART = PARTS - 1  # mask: parts left of the last package


@inlined
def is_on_shelf(options, option):
    """Whether an option changes what is left: by what it uses, cooks for later, or warms up."""
    uses = options[option, ENTRY] < options[option + 1, ENTRY]
    return uses or options[option, COOKS] >= 0 or options[option, NEEDS] >= 0


@inlined
def weigh_shelf(spots, week, spot, out):
    """Add points of what every option of an empty spot leaves of packages that spoil soon."""
    e, d, first = spots.eater[spot], spots.day[spot], spots.start[spot]
    shelf, options, used, left = spots.shelf, spots.shelf_option, week.used, week.left
    if week.counted[0] != e:
        week.total[0] = _count_used(spots, week, e, left)
        week.counted[0], week.counted[1] = e, _list_second_meals(spots, week, e)
    total = week.total[0]
    for option in range(first, spots.start[spot + 1]):
        dish, more = options[option, COOKS], 0.0
        if dish >= 0 and _is_carried(week, d, dish):
            week.state[spot] = option
            more = _count_used(spots, week, e, week.other) - total
            week.state[spot] = -1
            _count_used(spots, week, e, week.other)
        else:
            on = _cooked_on(week.cooked, options[option, NEEDS], d, options[option, KEEPS])
            for k in range(options[option, ENTRY], options[option + 1, ENTRY]):
                p = shelf[k, 0]
                used[p, d] += shelf[k, 1]
                used[p, on] += shelf[k, 2]
                parts = _left_over(used, p, spots.shelf_days[e, p]) - left[p]
                more += spots.shelf_points[e, p] * parts
                used[p, d] -= shelf[k, 1]
                used[p, on] -= shelf[k, 2]
        out[option - first] += more


@compiled
def _count_used(spots, week, e, left):
    """Count what an eater uses of packages that spoil soon; gives the points of what is left."""
    shelf, options, place, day_of = spots.shelf, spots.shelf_option, spots.shelf_place[e], spots.day
    state, used, cooked = week.state, week.used, week.cooked
    cooked[:] = -1
    used[:] = 0
    for spot in place:
        if spot >= 0 and state[spot] >= 0 and options[state[spot], COOKS] >= 0:
            cooked[day_of[spot]] = options[state[spot], COOKS]
    for spot in place:
        if spot >= 0 and state[spot] >= 0:
            option, d = state[spot], day_of[spot]
            on = _cooked_on(cooked, options[option, NEEDS], d, options[option, KEEPS])
            for k in range(options[option, ENTRY], options[option + 1, ENTRY]):
                used[shelf[k, 0], d] += shelf[k, 1]
                used[shelf[k, 0], on] += shelf[k, 2]
    total = 0.0
    for p in range(len(left)):
        left[p] = _left_over(used, p, spots.shelf_days[e, p])
        total += spots.shelf_points[e, p] * left[p]
    return total


@compiled
def _left_over(used, p, good):
    """Count the parts left over of a package, day by day."""
    left, rest, opened = 0, 0, 0
    for day in range(used.shape[1]):
        more = used[p, day]
        if more == 0:
            continue
        if day - opened > good:
            left += rest
            rest = 0
        if more > rest:
            opened = day
            rest = (rest - more) & LAST_PART
        else:
            rest -= more
    return left + rest


@compiled
def _cooked_on(cooked, dish, day, keeps):
    """Give the last day that cooks a dish which still keeps on ``day``; without one ``day``."""
    if dish >= 0:
        for earlier in range(day - 1, max(0, day - keeps) - 1, -1):
            if cooked[earlier] == dish:
                return earlier
    return day


@inlined
def _list_second_meals(spots, week, e):
    """List the second meals that an eater has: dish, day and days that it keeps; their number."""
    count = 0
    for spot in spots.shelf_place[e]:
        option = week.state[spot] if spot >= 0 else -1
        if option >= 0 and spots.shelf_option[option, NEEDS] >= 0:
            week.again[count, 0] = spots.shelf_option[option, NEEDS]
            week.again[count, 1] = spots.day[spot]
            week.again[count, 2] = spots.shelf_option[option, KEEPS]
            count += 1
    return count


@inlined
def _is_carried(week, d, dish):
    """Whether a second meal of a dish on a later day would be cooked on ``d``."""
    for k in range(week.counted[1]):
        if week.again[k, 0] == dish:
            later, keeps = week.again[k, 1], week.again[k, 2]
            on = _cooked_on(week.cooked, dish, later, keeps)
            if d < later <= d + keeps and (on == later or on < d):
                return True
    return False


@inlined
def shelf_points(spots, week):
    """Give the points of what all eaters leave of packages that spoil soon."""
    week.counted[0] = -1
    points = 0.0
    for e in range(len(spots.shelf_days)):
        points += _count_used(spots, week, e, week.left)
    return points


@inlined
def spoils_either(options, one, other):
    """Whether one of two options uses packages that spoil soon."""
    begin, end = options[one, ENTRY], options[one + 1, ENTRY]
    return begin < end or options[other, ENTRY] < options[other + 1, ENTRY]
