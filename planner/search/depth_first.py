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
    """Return the least of ``values`` (options × columns) that the places from each on add up to."""
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
def _least(begin, end, points, use, rows, rest, rest_use, top, chosen, values):
    """Fill ``chosen`` and ``values``; gives how many there are, and points as ``least_choices``."""
    width, most, count = len(begin), len(values), 0
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
    return count, top


@lean
def least_choices(firsts, begin, end, points, use, rows, top, most):
    """Give the choices that cost less than ``top``, the cheapest where they are more than ``most``.

    Parameters
    ----------
    firsts
        Where the options of the first place are parted, its begin and end among them: the choices
        of each part are given by themselves.
    begin, end
        The options of each place: the first, and one past the last.
    points
        Points of each option, ascending on each place, of the first in each of its parts.
    use
        Options × rows.
    rows
        Limit, points per unit of breach and whether it must hold, of each row: three lines.
    top, most
        Points that a choice must stay below, and how many of each part are given: two or more.

    Returns
    -------
    tuple
        Choices × places of options, what each costs, how many there are of each part, and the
        points below which none of the last part is missing.
    """
    parts = len(firsts) - 1
    rest = _least_rest(begin, end, points.reshape(-1, 1))[:, 0]
    rest_use = _least_rest(begin, end, use)
    chosen, values = np.empty((parts * most, len(begin)), np.int64), np.empty(parts * most)
    counts, reached, total = np.empty(parts, np.int64), top, 0
    first, last = begin.copy(), end.copy()
    for part in range(parts):
        first[0], last[0] = firsts[part], firsts[part + 1]
        room = chosen[total : total + most], values[total : total + most]
        counts[part], reached = _least(first, last, points, use, rows, rest, rest_use, top, *room)
        total += counts[part]
    return chosen[:total], values[:total], counts, reached
