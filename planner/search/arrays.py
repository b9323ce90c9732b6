"""What the compiled moves read, and the weeks that they change: tuples of flat arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planner.model.arrays import Array
from planner.search.meals import Indices

FIRST, SECOND, NOON = 1, 2, 3  # roles of a spot: its dish may be cooked for later; it may serve one
# again; both at a meal before that of FIRST
SHELF, PACKAGE, COOKING = range(3)  # uses: a package that spoils (first), one that keeps; a dish
MAINS = 2  # of a meal of a table: a third one costs points


class TablePrices(NamedTuple):
    """What eaters at one table pay for not having the same.

    Parameters
    ----------
    further
        Each different dish or side beyond the first that is cooked for a meal [points].
    third
        Each different main dish of a meal beyond the second, cooked or warmed up [points].
    """

    further: float = 0.0
    third: float = 0.0


FREE = TablePrices()
"""Nothing is paid."""


class ServedMeals(NamedTuple):
    """Spots, menus and their options.

    Parameters
    ----------
    eater, day, menu, role
        Of each spot; its role is ``FIRST``, ``SECOND`` or ``NOON``, 0 for none.
    like
        The next spot of a ring of spots that may exchange what they serve.
    days
        Most days of an eater.
    table, table_start, member
        Table of a spot, whose spots are drawn together, -1 for none; the spots of each.
    shares
        Of each menu, 1 where its eater has the dish of the table in any case.
    further_points, third_points
        Points of each different dish beyond the first that is cooked for a table, and of each main
        dish of a meal beyond the second.
    first
        First option of each menu, and the end.
    line, line_row, line_step, line_window
        First line of each menu and the end; a line is a row that some option counts in: its number
        on the first day, how far on that of the next day is, and its line of ``windows``.
    line_most, line_least, line_at, block
        Largest and least coefficient of each line, none below and above 0; its coefficients, one
        for each option, begin at ``line_at`` of ``block``.
    few_from, few
        Of a line that counts for few options, the first of these in ``few``; the end is that of the
        next line. Nothing else of such a line is read.
    windows
        How much rows of some days alone count on each day; the first line is 1 on all days.
    points
        Points of each option.
    entry, entry_line, value
        First entry of each option and the end; line in its menu and coefficient of each.
    kind_entry, kind
        First kind of food of each option and the end; the kinds.
    use_entry, use_of
        First use of each option and the end; its number among those of the menu.
    first_use, use
        First use of each menu and the end; what each is: kind, package or dish, parts used on the
        day, parts used where the dish of a second meal is cooked, that dish, days that it keeps.
    cooks, needs, keeps
        Dish that an option cooks for later, or serves again, -1 for none; days that each keeps.
    dish, dishes
        Main dish of an option that others at the table may have too, -1 for none; how many there
        are.
    main
        Main dish of an option where a third one costs points, cooked or warmed up; -1 for none.
    side_entry, side
        First side of each option and the end, of those that others may have too; the sides, each
        by a number of its own on each place.
    side_place
        Place of each side.
    kind_points, most_kinds
        Points of each kind beyond the most, which all buy together.
    part_points, shelf_points, shelf_days
        Points of each part of a package that is left over, eaters × packages; of those that spoil,
        and the days after its opening on which each is good.
    kept_days, kept_minutes, kept_points
        Of each dish that keeps the days, the work of cooking it [min] and points: dishes × days.
    work_row
        Row of the minutes of work of each day, -1 for none: eaters × days.
    """

    eater: Indices
    day: Indices
    menu: Indices
    role: Indices
    like: Indices
    days: int
    table: Indices
    table_start: Indices
    member: Indices
    shares: Indices
    further_points: float
    third_points: float
    first: Indices
    line: Indices
    line_row: Indices
    line_step: Indices
    line_window: Indices
    line_most: Array
    line_least: Array
    line_at: Indices
    block: Array
    few_from: Indices
    few: Indices
    windows: Array
    points: Array
    entry: Indices
    entry_line: Indices
    value: Array
    kind_entry: Indices
    kind: Indices
    use_entry: Indices
    use_of: Indices
    first_use: Indices
    use: Indices
    cooks: Indices
    needs: Indices
    keeps: Indices
    dish: Indices
    dishes: int
    main: Indices
    side_entry: Indices
    side: Indices
    side_place: Indices
    kind_points: float
    most_kinds: int
    part_points: Array
    shelf_points: Array
    shelf_days: Indices
    kept_days: Indices
    kept_minutes: Array
    kept_points: Array
    work_row: Indices


class WeekState(NamedTuple):
    """Weeks under construction, with room to compute in.

    Parameters
    ----------
    state
        Option on each spot.
    activity
        Activity of each row, less its limit.
    kinds, many
        How often each kind of food is used by all eaters, and how many kinds are: one number.
    packages
        Parts of each package that keeps which each eater uses.
    meals
        Dish cooked on the spot of role FIRST, dishes served again on SECOND or NOON and on FIRST,
        and dish cooked on NOON, -1 for none: eaters × 4 × days.
    served
        How many meals of each day have each dish that keeps: dishes × days.
    weights, steep
        Half the points per unit of breach of each row; times that a row counts that must hold.
    seed
        State of the random numbers, one uint64.
    order
        Every spot once, in the order of the sweep.
    out
        Points of the options of a spot, one line for each eater at a table.
    use_points
        Points of each use of a menu.
    dishes, least, sums
        Three numbers for each dish.
    used, left, other
        Parts used of each package that spoils, packages × days; two numbers for each.
    counted, total
        Eater of whom ``used`` and ``left`` are as the week is, -1 for none; points of what is left.
    """

    state: Indices
    activity: Array
    kinds: Indices
    many: Indices
    packages: Indices
    meals: Indices
    served: Indices
    weights: Array
    steep: Array
    seed: npt.NDArray[np.uint64]
    order: Indices
    out: Array
    use_points: Array
    dishes: Array
    least: Array
    sums: Array
    used: Indices
    left: Indices
    other: Indices
    counted: Indices
    total: Array
