"""Choose one option on each place, cheapest first, under rows: compiled, everything is loops.

Nothing here checks bounds; a test runs it uncompiled, where numpy checks them.
"""

# mypy: disable-error-code="no-untyped-call,no-untyped-def,untyped-decorator"

from __future__ import annotations

import numpy as np

from planner.search import compiled

lean = compiled.lean(_nrt=True, cache=compiled.KEPT)
BROKEN = -1.0


@lean
def _least_rest(begin, end, values):
    """Give the least of ``values`` (options × columns) that the places from each on add up to."""
    width = len(begin)
    rest = np.zeros((width + 1, values.shape[1]))
    for at in range(width - 1, -1, -1):
        for column in range(values.shape[1]):
            least = values[begin[at] : end[at], column].min()
            rest[at, column] = rest[at + 1, column] + least
    return rest


@lean
def _breach(before, after, use, rest, rows):
    """Add up an option's use; gives the points of rows broken in any case, or ``BROKEN``."""
    points = 0.0
    for row in range(len(use)):
        after[row] = before[row] + use[row]
        beyond = after[row] + rest[row] - rows[0, row]
        if beyond > 0.0:
            if rows[2, row] > 0.0:
                return BROKEN
            points += beyond * rows[1, row]
    return points


@lean
def least_choices(begin, end, points, use, rows, top, most):
    """Give the choices that cost less than ``top``, the cheapest where they are more than ``most``.

    Parameters
    ----------
    begin, end
        The options of each place: the first, and one past the last.
    points
        Points of each option, ascending on each place.
    use
        Options × rows.
    rows
        Limit, points per unit of breach and whether it must hold, of each row: three lines.
    top, most
        Points that a choice must stay below, and how many are given: two or more.

    Returns
    -------
    tuple
        Choices × places of options, what each costs, and the points below which none is missing.
    """
    width = len(begin)
    rest = _least_rest(begin, end, points.reshape(-1, 1))[:, 0]
    rest_use = _least_rest(begin, end, use)
    chosen, values, count = np.empty((most, width), np.int64), np.empty(most), 0
    used, paid = np.zeros((width + 1, len(rows[0]))), np.zeros(width + 1)
    option = begin.copy()
    at = 0
    while at >= 0:
        one = option[at]
        if one >= end[at] or paid[at] + points[one] + rest[at + 1] >= top:
            at -= 1  # options ascend: none that follows is cheaper
            if at >= 0:
                option[at] += 1
            continue
        cost = paid[at] + points[one]
        breach = _breach(used[at], used[at + 1], use[one], rest_use[at + 1], rows)
        if breach == BROKEN or cost + breach + rest[at + 1] >= top:
            option[at] += 1
        elif at < width - 1:
            paid[at + 1] = cost
            at += 1
            option[at] = begin[at]
        else:
            if count == most:  # the dearer half gives way
                order = np.argsort(values)
                count = most // 2
                top = values[order[count]]
                chosen[:count], values[:count] = chosen[order[:count]], values[order[:count]]
            if cost + breach < top:
                chosen[count], values[count] = option, cost + breach
                count += 1
            option[at] += 1
    return chosen[:count], values[:count], top
