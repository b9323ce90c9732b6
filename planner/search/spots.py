"""What may stand where, as flat arrays that compiled code reads."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FIRST, SECOND = 1, 2  # roles of a spot: a meal that is cooked for later, a meal that needs one


class Spots(NamedTuple):
    """Spots, their options, and the rows in which each option counts.

    Parameters
    ----------
    start
        First option of each spot, and the end.
    points
        Points of each option.
    entry, row, value
        First entry of each option and the end; row and coefficient of each entry.
    apart
        First entry of each option in a row that tells days apart: what a day alone must hold, and
        what counts on some days.
    line, line_row, line_most, line_at, block
        First line of each spot and the end; a line is a row in which some option of the spot
        counts, with its largest coefficient; its coefficients, one for each option, begin at
        ``line_at`` of ``block``.
    line_few, few
        Of a line that counts for few options, the first and the end of these in ``few``: their
        places among the options of the spot; nothing else of such a line is read.
    kind_entry, kind
        First kind of each option and the end; the kinds.
    dish
        Dish that an option cooks for later (on a spot of role FIRST) or needs (SECOND), else -1;
        -2 - g on a spot of role FIRST for what needs dish g.
    role, day, eater
        Of each spot.
    days
        Most days of an eater.
    keeps
        Days that each dish keeps.
    partner_start, partner
        Spots that may be drawn together with each spot.
    group, group_start, member
        Group of spots that are drawn together because they share a pot (-1 for none); members.
    across
        Pairs of spots of two days that are drawn together: a meal, and one that may be its second.
    pot
        What an option of a shared spot takes from the pot; -1 elsewhere.
    pots
        Number of different pots.
    table
        Meal of a day that a spot has a main dish of beside other eaters, -1 for none.
    table_start, table_spot
        First spot of each such meal and the end; the spots, one of each pot.
    cooked
        Dish that an option is cooked as for such a meal; -1 for none, and what is only warmed.
    further_points
        Points of each different dish beyond the first that such a meal is cooked.
    kind_points, most_kinds
        Per eater: points of each kind beyond the most.
    package_entry, package, package_parts, package_option
        First package of each option and the end; the packages, how many parts of one it uses, and
        the option; those that keep for the week.
    packages
        Number of different packages.
    part_points
        Points of each part of a package that is left over: eaters × packages.
    unit_start, unit_spot, unit_like_start, unit_like, single_units
        What days may exchange, as ``Units`` has it.
    kept, kept_days, kept_minutes, kept_points
        Dish that keeps of each option, -1 for none; of each such dish the days that it keeps, the
        work of cooking it [min], and its points: dishes × days.
    work_row
        Row of the minutes of work of each day, -1 for none: eaters × days.
    shelf
        Of packages that do not keep for the week, for each option of ``shelf_option``: the package,
        parts used on the day itself, and parts used where the dish of a second meal is cooked.
    shelf_option
        First row of ``shelf`` of each option and the end, dish that it cooks for later, dish that
        it is the second meal of (-1: none), and days that this one keeps: options × 4.
    shelf_place
        Spots with such an option, -1 for no more: eaters × some.
    shelf_days
        Days after the day of opening on which such a package is still good: eaters × packages.
    shelf_points
        Points of each part of it that is left over: eaters × packages.
    """

    start: Ints
    points: Floats
    entry: Ints
    row: Ints
    value: Floats
    apart: Ints
    line: Ints
    line_row: Ints
    line_most: Floats
    line_at: Ints
    block: Floats
    line_few: Ints
    few: Ints
    kind_entry: Ints
    kind: Ints
    dish: Ints
    role: Ints
    day: Ints
    eater: Ints
    days: int
    keeps: Ints
    partner_start: Ints
    partner: Ints
    group: Ints
    group_start: Ints
    member: Ints
    across: Ints
    pot: Ints
    pots: int
    table: Ints
    table_start: Ints
    table_spot: Ints
    cooked: Ints
    further_points: float
    kind_points: Floats
    most_kinds: Ints
    package_entry: Ints
    package: Ints
    package_parts: Ints
    package_option: Ints
    packages: int
    part_points: Floats
    unit_start: Ints
    unit_spot: Ints
    unit_like_start: Ints
    unit_like: Ints
    single_units: int
    kept: Ints
    kept_days: Ints
    kept_minutes: Floats
    kept_points: Floats
    work_row: Ints
    shelf: Ints
    shelf_option: Ints
    shelf_place: Ints
    shelf_days: Ints
    shelf_points: Floats
