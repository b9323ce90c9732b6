"""The moves of the search, compiled: everything here is loops over flat arrays.

Words: a *spot* is a meal of one day of one eater; an *option* is a whole meal that may be served
there; a *menu* lists the options of spots that are alike. The activity of every row is kept less
its limit, so a row is broken by what is above zero. The one move is a draw: a spot is emptied,
every option is weighed by the points that it would add, and one is drawn with probability falling
by e for each ``temperature`` points (a heat bath). Who eats together draws the dish together. Two
days may exchange a meal, too. Nothing here checks bounds: ``flat.py`` builds the arrays, and a test
runs the moves uncompiled, where numpy checks them. The moves make no array and count no owners;
they get ``ServedMeals`` and ``WeekState`` by pointer (``by_ref.py``). Arrays have a name before a
loop, and indices that are read from arrays are unsigned: numba would look up the address in each
step otherwise, and count negative ones from the end. What one place calls is inlined: the rest is
compiled by itself, and again in each caller. numba keeps all of it until this file changes: touch
it when fields of the tuples change places, or ``compiled.py`` changes.
"""

# mypy: disable-error-code="no-untyped-call,no-untyped-def,untyped-decorator"

from __future__ import annotations

import numpy as np

from foods.openings import PARTS
from planner.search.arrays import COOKING, FIRST, MAINS, NOON, PACKAGE, SECOND, SHELF
from planner.search.by_ref import by_ref
from planner.search.compiled import FAR, KEPT, compiled, draw, inlined, lean, shuffle, uniform

LAST_PART = PARTS - 1  # mask: parts left of the last package
COOKED, NEEDED, AGAIN, EARLY = range(4)  # of WeekState.meals: cooked on a FIRST spot; served again
# on a SECOND or NOON spot, and on a FIRST one (an evening off); cooked on a NOON spot
LEAST = 1e-300  # of a sum of chances
KIND, ITEM, OWN, LATER, DISH, KEEPS = range(6)  # columns of ServedMeals.use


# --- what an option changes ---------------------------------------------------------------------


@compiled
def _put(meals, week, spot, option, sign):
    """Serve an option on its spot (sign 1) or no longer (-1).

    Returns how many points the week has more, but for second meals and packages that spoil.
    """
    e, d, menu = meals.eater[spot], meals.day[spot], meals.menu[spot]
    week.state[spot] = option if sign > 0 else -1
    role = meals.role[spot]
    if role > 0:
        again = AGAIN if role == FIRST else NEEDED
        week.meals[e, again, d] = meals.needs[option] if sign > 0 else -1
        if role != SECOND:
            at = COOKED if role == FIRST else EARLY
            week.meals[e, at, d] = meals.cooks[option] if sign > 0 else -1
        week.counted[0] = -1
    points = sign * meals.points[option]
    activity, weights, windows, first = week.activity, week.weights, meals.windows, meals.line[menu]
    rows, steps, window = meals.line_row, meals.line_step, meals.line_window
    lines, values = meals.entry_line, meals.value
    for k in range(meals.entry[option], meals.entry[option + 1]):
        line = np.uint64(first + lines[k])
        r = np.uint64(rows[line] + steps[line] * d)
        before = activity[r]
        after = before + sign * values[k] * windows[np.uint64(window[line]), d]
        activity[r] = after
        points += weights[r] * (after - before + abs(after) - abs(before))
    before, after, kinds, kind, step = week.many[0], week.many[0], week.kinds, meals.kind, int(sign)
    for k in range(meals.kind_entry[option], meals.kind_entry[option + 1]):
        one = np.uint64(kind[k])
        kinds[one] += step
        if kinds[one] == int(sign > 0):
            after += step
    week.many[0] = after
    most = meals.most_kinds
    points += meals.kind_points * (max(after - most, 0) - max(before - most, 0))
    uses, used_of, first = meals.use, meals.use_of, meals.first_use[menu]
    packages, part_points = week.packages[e], meals.part_points[e]
    for k in range(meals.use_entry[option], meals.use_entry[option + 1]):
        use = uses[np.uint64(first + used_of[k])]
        item, own = np.uint64(use[ITEM]), step * use[OWN]
        if use[KIND] == PACKAGE:
            used = packages[item]
            packages[item] += own
            points += part_points[item] * ((-(used + own) & LAST_PART) - (-used & LAST_PART))
        elif use[KIND] == COOKING:
            points += _serve(meals, week, use[ITEM], e, d, sign, True)
        else:
            week.counted[0] = -1
    return points


@compiled
def _serve(meals, week, dish, e, day, sign, is_kept):
    """Return the points of serving a dish that keeps (sign 1) or no longer (-1), by its cookings.

    It is cooked on the first day that has it, and again when what was cooked is past its days.
    ``is_kept``: whether it stays so, in the days that have the dish and in the rows of work.
    """
    served = week.served[dish, day] + int(sign)
    more = 0.0
    if (served > 0) != (week.served[dish, day] > 0):
        days_before, days_after = 0, 0  # for which there is some
        for d in range(week.served.shape[1]):
            is_eaten = week.served[dish, d] > 0
            before = is_eaten and days_before == 0
            after = (served > 0 if d == day else is_eaten) and days_after == 0
            days_before = meals.kept_days[dish] if before else max(days_before - 1, 0)
            days_after = meals.kept_days[dish] if after else max(days_after - 1, 0)
            if before != after:
                more += _cook(meals, week, dish, e, d, 1.0 if after else -1.0, is_kept)
    if is_kept:
        week.served[dish, day] = served
    return more


@inlined
def _cook(meals, week, dish, e, day, sign, is_kept):
    """Return the points of cooking a dish on a day (sign 1) or not (-1), with those of its work."""
    more = sign * meals.kept_points[dish, day]
    row = meals.work_row[e, day]
    if row >= 0:
        before = week.activity[row]
        after = before + sign * meals.kept_minutes[dish]
        more += week.weights[row] * (after - before + abs(after) - abs(before))
        if is_kept:
            week.activity[row] = after
    return more


# --- second meals -------------------------------------------------------------------------------


@compiled
def _cooked_on(week, e, dish, day, keeps):
    """Return the last day that cooks a dish which still keeps on ``day``; without one ``day``."""
    if dish >= 0:
        cooked, early = week.meals[e, COOKED], week.meals[e, EARLY]
        for earlier in range(day - 1, max(0, day - keeps) - 1, -1):
            if cooked[np.uint64(earlier)] == dish or early[np.uint64(earlier)] == dish:
                return earlier
    return day


@inlined
def _is_cooked(meals, week, e, dish, day):
    """Return whether an earlier day of an eater cooks a dish that still keeps on ``day``."""
    return _cooked_on(week, e, dish, day, meals.keeps[dish]) < day


@inlined
def _weigh_second_meals(meals, week, spot, points, out):
    """Add points of each second meal that has no first one, for every option of an empty spot."""
    e, d, role = meals.eater[spot], meals.day[spot], meals.role[spot]
    first = meals.first[meals.menu[spot]]
    size = meals.first[meals.menu[spot] + 1] - first
    for again in (NEEDED, AGAIN):
        for later in range(week.meals.shape[2]):
            need = week.meals[e, again, later]
            if need < 0 or _is_cooked(meals, week, e, need, later):
                continue
            if role != SECOND and d < later <= d + meals.keeps[need]:
                for i in range(size):
                    if meals.cooks[first + i] == need:
                        out[i] -= points
    for i in range(size):
        need = meals.needs[first + i]
        if need >= 0 and not _is_cooked(meals, week, e, need, d):
            out[i] += points


# --- packages that spoil before the week is over --------------------------------------------------


@compiled
def _left_over(used, good):
    """Count the parts left over of a package, by its use of each day; ``good``: days it keeps."""
    left, rest, opened = 0, 0, 0
    for day in range(len(used)):
        more = used[day]
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
def _count_used(meals, week, e, left):
    """Count what an eater uses of packages that spoil; returns the points of what is left."""
    used, state, uses, used_of = week.used, week.state, meals.use, meals.use_of
    used[:] = 0
    for spot in range(len(state)):
        option = state[spot]
        if meals.eater[spot] != e or option < 0:
            continue
        d, first = meals.day[spot], meals.first_use[meals.menu[spot]]
        for k in range(meals.use_entry[option], meals.use_entry[option + 1]):
            use = uses[np.uint64(first + used_of[k])]
            if use[KIND] != SHELF:
                break  # those that spoil come first
            of_days = used[np.uint64(use[ITEM])]
            on = _cooked_on(week, e, use[DISH], d, use[KEEPS])
            of_days[d] += use[OWN]
            of_days[on] += use[LATER]
    total, days, points = 0.0, meals.shelf_days[e], meals.shelf_points[e]
    for p in range(len(left)):
        left[p] = _left_over(used[p], days[p])
        total += points[p] * left[p]
    return total


@compiled
def _shelf_points(meals, week, use, e, d):
    """Return the points of what one use of a package that spoils leaves more."""
    p = use[ITEM]
    used = week.used[p]
    on = _cooked_on(week, e, use[DISH], d, use[KEEPS])
    used[d] += use[OWN]
    used[on] += use[LATER]
    parts = _left_over(used, meals.shelf_days[e, p]) - week.left[p]
    used[d] -= use[OWN]
    used[on] -= use[LATER]
    return meals.shelf_points[e, p] * parts


@inlined
def _is_carried(meals, week, e, d, dish):
    """Return whether a second meal of a dish on a later day would be cooked on ``d``."""
    for again in (NEEDED, AGAIN):
        for later in range(d + 1, min(d + meals.keeps[dish] + 1, week.meals.shape[2])):
            if week.meals[e, again, later] == dish:
                on = _cooked_on(week, e, dish, later, meals.keeps[dish])
                if on == later or on < d:
                    return True
    return False


@inlined
def _weigh_carried(meals, week, spot, out):
    """Add, for what later second meals would be cooked on this day, the points of what is left.

    What such a meal uses of packages that spoil is then used on this day.
    """
    e, d = meals.eater[spot], meals.day[spot]
    at = COOKED if meals.role[spot] == FIRST else EARLY
    first = meals.first[meals.menu[spot]]
    for option in range(first, meals.first[meals.menu[spot] + 1]):
        dish = meals.cooks[option]
        if dish >= 0 and _is_carried(meals, week, e, d, dish):
            for k in range(meals.use_entry[option], meals.use_entry[option + 1]):
                use = meals.first_use[meals.menu[spot]] + meals.use_of[k]
                if meals.use[use, KIND] == SHELF:
                    out[option - first] -= week.use_points[meals.use_of[k]]
            week.state[spot], week.meals[e, at, d] = option, dish
            out[option - first] += _count_used(meals, week, e, week.other) - week.total[0]
            week.state[spot], week.meals[e, at, d] = -1, -1
            _count_used(meals, week, e, week.other)


# --- weighing all options of a spot -------------------------------------------------------------


@inlined
def _weigh_uses(meals, week, spot):
    """Weigh each use that options of an empty spot make of packages and of what is cooked once."""
    e, d, menu = meals.eater[spot], meals.day[spot], meals.menu[spot]
    if week.counted[0] != e:
        week.total[0] = _count_used(meals, week, e, week.left)
        week.counted[0] = e
    packages, part_points, use_points = week.packages[e], meals.part_points[e], week.use_points
    uses, first = meals.use, meals.first_use[menu]
    for at in range(meals.first_use[menu + 1] - first):
        use = uses[np.uint64(first + at)]
        item, kind = np.uint64(use[ITEM]), use[KIND]
        if kind == PACKAGE:
            used = packages[item]
            more = ((-used - use[OWN]) & LAST_PART) - (-used & LAST_PART)
            use_points[at] = part_points[item] * more
        elif kind == SHELF:
            use_points[at] = _shelf_points(meals, week, use, e, d)
        else:
            use_points[at] = _serve(meals, week, use[ITEM], e, d, 1.0, False)


@inlined
def _weigh_options(meals, week, spot, out):
    """Weigh every option of an empty spot by its points, its uses, and with others its kinds."""
    menu, table, kind_points = meals.menu[spot], meals.table[spot], meals.kind_points
    if table >= 0:
        kind_points /= meals.table_start[table + 1] - meals.table_start[table]
    free, first = meals.most_kinds - week.many[0], meals.first[menu]
    uses, use_points, use_entry = meals.use_of, week.use_points, meals.use_entry
    kinds, kind, kind_entry = week.kinds, meals.kind, meals.kind_entry
    own = meals.points
    for option in range(first, meals.first[menu + 1]):
        points, new = own[option], 0
        for k in range(use_entry[option], use_entry[option + 1]):
            points += use_points[np.uint64(uses[k])]
        for k in range(kind_entry[option], kind_entry[option + 1]):
            new += kinds[np.uint64(kind[k])] == 0
        out[option - first] = points + kind_points * (max(new - free, 0) - max(-free, 0))


@inlined
def _weigh_rows(meals, week, spot, out):
    """Add points of the rows that each option of an empty spot breaks."""
    d, menu = meals.day[spot], meals.menu[spot]
    size = meals.first[menu + 1] - meals.first[menu]
    activity, weights, block, few = week.activity, week.weights, meals.block, meals.few
    rows, steps, windows = meals.line_row, meals.line_step, meals.windows[:, d]
    window, most, least = meals.line_window, meals.line_most, meals.line_least
    begin, few_from = meals.line_at, meals.few_from
    for line in range(meals.line[menu], meals.line[menu + 1]):
        share = windows[np.uint64(window[line])]
        r = np.uint64(rows[line] + steps[line] * d)
        before = activity[r]
        if before + max(share * most[line], share * least[line]) <= 0.0:
            continue  # no option breaks this row
        # weights are halved: max(0, b) - max(0, a) is half of b - a + |b| - |a|
        weight, own = weights[r], block[begin[line] : begin[line] + size]
        if few_from[line] < few_from[line + 1]:
            for n in range(few_from[line], few_from[line + 1]):
                one = np.uint64(few[n])
                more = share * own[one]
                out[one] += weight * (more + abs(before + more) - abs(before))
        else:
            for i in range(size):
                more = share * own[i]
                out[i] += weight * (more + abs(before + more) - abs(before))


@compiled
def _weigh(meals, week, spot, order_points, out):
    """Weigh every option of an empty spot: by how many points the week would have more."""
    _weigh_uses(meals, week, spot)
    _weigh_options(meals, week, spot, out)
    _weigh_rows(meals, week, spot, out)
    if meals.role[spot] > 0:
        _weigh_second_meals(meals, week, spot, order_points, out)
    if meals.role[spot] == FIRST or meals.role[spot] == NOON:
        _weigh_carried(meals, week, spot, out)


# --- moves --------------------------------------------------------------------------------------


@inlined
def _move_alone(meals, week, spot, order_points, temperature):
    """Draw what is served on a spot."""
    _put(meals, week, spot, week.state[spot], -1.0)
    _weigh(meals, week, spot, order_points, week.out[0])
    menu = meals.menu[spot]
    size = meals.first[menu + 1] - meals.first[menu]
    option = meals.first[menu] + draw(week.seed, week.out[0], size, temperature)
    _put(meals, week, spot, option, 1.0)


@inlined
def _add_sums(meals, week, spot, temperature, out):
    """Add to the points of each dish what an eater makes of it: of all meals, as a log of sums.

    Who shares the dish has a meal with it; others pay for cooking another one beside it.
    """
    menu = meals.menu[spot]
    first = meals.first[menu]
    size = meals.first[menu + 1] - first
    week.least[:] = np.inf
    week.sums[:] = 0.0
    every = out[0]
    for i in range(size):
        every = min(every, out[i])
        dish = meals.dish[first + i]
        if dish >= 0:
            week.least[dish] = min(week.least[dish], out[i])
    total, none = 0.0, 0.0
    for i in range(size):
        dish = meals.dish[first + i]
        if dish >= 0:
            week.sums[dish] += np.exp((week.least[dish] - out[i]) / temperature)
            total += np.exp((every - out[i]) / temperature)
        else:
            none += np.exp((every - out[i]) / temperature)
    toll = np.exp(-meals.further_points / temperature)
    for dish in range(len(week.dishes)):
        if meals.shares[menu] > 0:
            if week.least[dish] == np.inf:
                week.dishes[dish] = np.inf
            else:
                week.dishes[dish] += week.least[dish] - temperature * np.log(week.sums[dish])
        else:
            own = week.sums[dish] * np.exp((every - week.least[dish]) / temperature)
            all_of_them = own + none + max(total - own, 0.0) * toll
            week.dishes[dish] += every - temperature * np.log(max(all_of_them, LEAST))


@compiled
def _others_than(meals, week, dishes, begin, count, own):
    """Count the different dishes of the first ``count`` eaters of a table; -1 where one has it."""
    found = 0
    for m in range(count):
        other = dishes[week.state[meals.member[begin + m]]]
        if other == own:
            return -1
        is_new = other >= 0
        for n in range(m):
            is_new = is_new and dishes[week.state[meals.member[begin + n]]] != other
        found += is_new
    return found


@compiled
def _sides_beside(meals, week, begin, count, option):
    """Count the sides of an option that the first ``count`` eaters of a table do not have.

    What nobody has a side beside so far costs nothing.
    """
    more = 0
    for k in range(meals.side_entry[option], meals.side_entry[option + 1]):
        side, is_new, others = meals.side[k], True, False
        for m in range(count):
            other = week.state[meals.member[begin + m]]
            for n in range(meals.side_entry[other], meals.side_entry[other + 1]):
                if meals.side_place[meals.side[n]] == meals.side_place[side]:
                    others = True
                    is_new = is_new and meals.side[n] != side
        if others and is_new:
            more += 1
    return more


@inlined
def _move_table(meals, week, table, order_points, temperature):
    """Draw the dish of a table, and then the meal that each of its eaters has with it, or beside.

    The weight of a dish is the product over the eaters of the sum over their meals, so a dish is
    drawn as likely as all that may be eaten of it together. Sides are drawn one after the other.
    """
    begin, end = meals.table_start[table], meals.table_start[table + 1]
    week.dishes[:] = 0.0
    for m in range(end - begin):
        spot = meals.member[begin + m]
        _put(meals, week, spot, week.state[spot], -1.0)
        _weigh(meals, week, spot, order_points, week.out[m])
        _add_sums(meals, week, spot, temperature, week.out[m])
    dish = draw(week.seed, week.dishes, len(week.dishes), temperature)
    for m in range(end - begin):
        spot = meals.member[begin + m]
        menu = meals.menu[spot]
        first = meals.first[menu]
        size = meals.first[menu + 1] - first
        for i in range(size):
            own, main = meals.dish[first + i], meals.main[first + i]
            if own != dish:
                if meals.shares[menu] > 0:
                    week.out[m, i] = np.inf
                elif own >= 0 and _others_than(meals, week, meals.dish, begin, m, own) >= 0:
                    week.out[m, i] += meals.further_points
            if main >= 0 and _others_than(meals, week, meals.main, begin, m, main) >= MAINS:
                week.out[m, i] += meals.third_points
            sides = _sides_beside(meals, week, begin, m, first + i)
            week.out[m, i] += meals.further_points * sides
        option = first + draw(week.seed, week.out[m], size, temperature)
        _put(meals, week, spot, option, 1.0)


@compiled
def _points_between(meals, week, spot, order_points):
    """Return the points that ``_put`` leaves out, of the eater of two spots."""
    points, e = 0.0, meals.eater[spot]
    for again in (NEEDED, AGAIN):
        for later in range(week.meals.shape[2]):
            need = week.meals[e, again, later]
            if need >= 0 and not _is_cooked(meals, week, e, need, later):
                points += order_points
    return points + _count_used(meals, week, e, week.other)


@compiled
def _swap(meals, week, p, q):
    """Exchange what two spots of one menu serve; returns the points as ``_put`` counts them."""
    one, two = week.state[p], week.state[q]
    points = _put(meals, week, p, one, -1.0) + _put(meals, week, q, two, -1.0)
    return points + _put(meals, week, p, two, 1.0) + _put(meals, week, q, one, 1.0)


@inlined
def _move_days(meals, week, order_points, temperature):
    """Exchange the meal of a spot, and of all at its table, with another day's."""
    pick = int(uniform(week.seed) * len(meals.like))
    other, table = meals.like[pick], meals.table[pick]
    for _ in range(int(uniform(week.seed) * meals.days)):
        other = meals.like[other]  # around the ring of days that are like this one
    begin, end = 0, 1
    if table >= 0:
        begin, end = meals.table_start[table], meals.table_start[table + 1]
    far, is_new = other - pick, False  # the same for all who eat on these days
    for k in range(begin, end):
        p = meals.member[k] if table >= 0 else pick
        is_new = is_new or week.state[p] != week.state[p + far]
    if far == 0 or not is_new:
        return
    points = 0.0
    for step in (-1, 0, 1):  # what it costs as it is, the exchange, and what it costs then
        for k in range(begin, end):
            p = meals.member[k] if table >= 0 else pick
            if step == 0:
                points += _swap(meals, week, p, p + far)
            else:
                points += step * _points_between(meals, week, p, order_points)
    if points > 0.0 and uniform(week.seed) >= np.exp(-min(points / temperature, FAR)):
        for k in range(begin, end):
            p = meals.member[k] if table >= 0 else pick
            _swap(meals, week, p, p + far)
    week.counted[0] = -1


@inlined
def _sweep(meals, week, order_points, temperature, exchanges):
    """Draw every spot once, in an order by chance, and exchange meals between days."""
    shuffle(week.seed, week.order)
    for spot in week.order:
        table = meals.table[spot]
        if table < 0:
            _move_alone(meals, week, spot, order_points, temperature)
        elif meals.member[meals.table_start[table]] == spot:
            _move_table(meals, week, table, order_points, temperature)
    for _ in range(int(exchanges * len(week.order))):
        _move_days(meals, week, order_points, temperature)


@lean(cache=KEPT)
def anneal(meals, week, soft, hard, schedule, prices, exchanges, stop):
    """Anneal weeks in place, one sweep over all spots for each temperature of ``schedule``.

    Parameters
    ----------
    meals, week
        What may be served where; what is served at first, and room to compute in, whose arrays
        Python holds.
    soft, hard
        Points per unit of breach of each row; those of ``hard`` count ``week.steep`` times.
    schedule
        Temperature of each sweep [points].
    prices
        Of rows that must hold: the least and the most ``steep``, its factors in sweeps that end
        with it broken or not, from when none falls; points of a second meal without a first one.
    exchanges
        Exchanges between two days, for each spot in a sweep.
    stop
        One flag, set from outside to end early.
    """
    meals, week = by_ref(meals), by_ref(week)
    least, most, up, down, settled, order_points = prices
    week.weights[:] = 0.0
    for spot in range(len(week.state)):
        _put(meals, week, spot, week.state[spot], 1.0)
    for sweep in range(len(schedule)):
        if stop[0] != 0:
            return
        for r in range(len(soft)):
            week.weights[r] = 0.5 * (soft[r] + week.steep[r] * hard[r])
        _sweep(meals, week, order_points, schedule[sweep], exchanges)
        for r in range(len(hard)):
            if week.activity[r] > 0.0:
                week.steep[r] = min(most, week.steep[r] * up)
            elif sweep < settled:
                week.steep[r] = max(least, week.steep[r] * down)
