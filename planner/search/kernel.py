"""The moves of the search, compiled: everything here is loops over flat arrays.

Words: a *spot* is one place of one day of one eater; an *option* is a column that may stand on a
spot, or nothing. The activity of every row is kept less its limit, so a row is broken by what is
above zero. Taking an option off a spot, weighing all options of that spot and putting one on are
the steps of every move. Options are drawn with probability falling by e for each ``temperature``
points (a heat bath), so no move is refused. Nothing here checks bounds: ``layout.py`` and
``week.py`` build the arrays, and a test runs the moves uncompiled, where numpy checks them. The
moves make no array and count no owners; they get ``Spots`` and ``Week`` by pointer (``by_ref.py``).
What is called from one place is inlined: the rest is compiled by itself, and again in each caller.
numba keeps all of it until this file changes: touch it when fields of the tuples change places, or
``compiled.py`` changes.
"""

# mypy: disable-error-code="no-untyped-call,no-untyped-def,untyped-decorator"

from __future__ import annotations

import numpy as np

from planner.search.by_ref import by_ref
from planner.search.compiled import FAR, KEPT, compiled, draw, inlined, lean, shuffle, uniform
from planner.search.cooking import serve
from planner.search.second_meals import note_meal, unmet, weigh_second_meals
from planner.search.shelf import (
    ENTRY,
    LAST_PART,
    is_on_shelf,
    shelf_points,
    spoils_either,
    weigh_shelf,
)


@compiled
def _put(spots, week, spot, option, sign):
    """Put an option on its spot (sign 1) or take it off (-1)."""
    role = spots.role[spot]
    e = spots.eater[spot]
    week.state[spot] = option if sign > 0 else -1
    if role > 0:
        note_meal(spots, week, spot, spots.dish[option] if sign > 0 else -1)
    for k in range(spots.entry[option], spots.entry[option + 1]):
        week.activity[spots.row[k]] += sign * spots.value[k]
    for k in range(spots.kind_entry[option], spots.kind_entry[option + 1]):
        week.kinds[e, spots.kind[k]] += int(sign)
    for k in range(spots.package_entry[option], spots.package_entry[option + 1]):
        week.packages[e, spots.package[k]] += int(sign) * spots.package_parts[k]
    if is_on_shelf(spots.shelf_option, option):
        week.counted[0] = -1
    if spots.kept[option] >= 0:
        serve(spots, week, option, spot, sign, True)


@inlined
def _weigh_alone(spots, week, spot, out):
    """Weigh every option of an empty spot by its own points, those of kinds and of packages."""
    e = spots.eater[spot]
    many = 0
    for k in range(week.kinds.shape[1]):
        if week.kinds[e, k] > 0:
            many += 1
    free = spots.most_kinds[e] - many
    first = spots.start[spot]
    size = spots.start[spot + 1] - first
    for i in range(size):
        out[i] = spots.points[first + i]
        new = 0
        for k in range(spots.kind_entry[first + i], spots.kind_entry[first + i + 1]):
            if week.kinds[e, spots.kind[k]] == 0:
                new += 1
        if new > 0:
            out[i] += spots.kind_points[e] * (max(new - free, 0) - max(-free, 0))
    for k in range(spots.package_entry[first], spots.package_entry[first + size]):
        used = week.packages[e, spots.package[k]]
        more = ((-used - spots.package_parts[k]) & LAST_PART) - (-used & LAST_PART)
        out[spots.package_option[k] - first] += spots.part_points[e, spots.package[k]] * more


@compiled
def _weigh(spots, week, spot, order_points, out):
    """Weigh every option of an empty spot: its points, and those of what it breaks."""
    _weigh_alone(spots, week, spot, out)
    first = spots.start[spot]
    size = spots.start[spot + 1] - first
    _weigh_rows(spots, week, spot, size, out)
    if order_points > 0.0:
        weigh_second_meals(spots, week.meals, spot, order_points, out)
    if spots.shelf_option[first, ENTRY] < spots.shelf_option[first + size, ENTRY]:
        weigh_shelf(spots, week, spot, out)
    if spots.table[spot] >= 0:
        _weigh_table(spots, week.state, spot, out)
    for i in range(size):
        if spots.kept[first + i] >= 0:
            out[i] += serve(spots, week, first + i, spot, 1.0, False)


@inlined
def _weigh_rows(spots, week, spot, size, out):
    """Add points of the rows that each option of an empty spot breaks."""
    for k in range(spots.line[spot], spots.line[spot + 1]):
        r = spots.line_row[k]
        before = week.activity[r]
        if before <= 0.0 and before + spots.line_most[k] <= 0.0:
            continue  # no option breaks this row
        weight, at = week.weights[r], spots.line_at[k]
        # weights are halved: max(0, b) - max(0, a) is half of b - a + |b| - |a|
        if spots.line_few[k, 0] < spots.line_few[k, 1]:
            for n in range(spots.line_few[k, 0], spots.line_few[k, 1]):
                more = spots.block[at + spots.few[n]]
                out[spots.few[n]] += weight * (more + abs(before + more) - abs(before))
        else:
            for i in range(size):
                more = spots.block[at + i]
                out[i] += weight * (more + abs(before + more) - abs(before))


@inlined
def _weigh_table(spots, state, spot, out):
    """Add points of every option of an empty spot that is cooked beside another dish."""
    first, table = spots.start[spot], spots.table[spot]
    begin, end = spots.table_start[table], spots.table_start[table + 1]
    for option in range(first, spots.start[spot + 1]):
        dish, is_new, others = spots.cooked[option], True, False
        for k in range(begin, end):
            at = state[spots.table_spot[k]]
            if dish >= 0 and at >= 0 and spots.cooked[at] >= 0:
                others = True
                is_new = is_new and spots.cooked[at] != dish
        if others and is_new:
            out[option - first] += spots.further_points


@compiled
def _further_dishes(spots, state, table):
    """Count the different dishes beyond the first that a meal of the table is cooked."""
    count, begin = 0, spots.table_start[table]
    for k in range(begin, spots.table_start[table + 1]):
        at = state[spots.table_spot[k]]
        is_new = at >= 0 and spots.cooked[at] >= 0
        for m in range(begin, k):
            other = state[spots.table_spot[m]]
            if is_new and other >= 0 and spots.cooked[other] == spots.cooked[at]:
                is_new = False
        if is_new:
            count += 1
    return max(0, count - 1)


@inlined
def _move_one(spots, week, spot, order_points, temperature):
    """Draw what stands on a spot."""
    _put(spots, week, spot, week.state[spot], -1.0)
    _weigh(spots, week, spot, order_points if spots.role[spot] > 0 else 0.0, week.out)
    first = spots.start[spot]
    size = spots.start[spot + 1] - first
    week.state[spot] = first + draw(week.seed, week.out, size, temperature)
    _put(spots, week, spot, week.state[spot], 1.0)


@compiled
def _few(spots, week, spot, chosen):
    """Pick some options of a spot, the present one first; gives their number."""
    first, size = spots.start[spot], spots.start[spot + 1] - spots.start[spot]
    few = min(len(chosen), size)
    old = week.state[spot]
    chosen[0] = old
    found = 1
    if size <= few:
        for option in range(first, first + size):
            if option != old:
                chosen[found] = option
                found += 1
        return few
    while found < few:
        option = first + int(uniform(week.seed) * size)
        is_new = True
        for k in range(found):
            if chosen[k] == option:
                is_new = False
        if is_new:
            chosen[found] = option
            found += 1
    return few


@compiled
def _weigh_two(spots, week, p, q, order_points, chosen, few, table):
    """Weigh all options of ``p`` with each of a few of ``q``, both empty: few × options."""
    first_q = spots.start[q]
    size = spots.start[p + 1] - spots.start[p]
    if spots.role[p] == 0 and spots.role[q] == 0:
        order_points = 0.0
    _weigh(spots, week, q, 0.0, week.out)
    for k in range(few):
        table[k * size] = week.out[chosen[k] - first_q]
    for k in range(few):
        _put(spots, week, q, chosen[k], 1.0)
        _weigh(spots, week, p, order_points, week.out)
        of_q = table[k * size]
        for i in range(size):
            table[k * size + i] = of_q + week.out[i]
        _put(spots, week, q, chosen[k], -1.0)


@compiled
def _move_two(spots, week, p, q, order_points, temperature):
    """Draw what stands on two spots together, on ``q`` among a few options."""
    few = _few(spots, week, q, week.chosen[0])
    _put(spots, week, p, week.state[p], -1.0)
    _put(spots, week, q, week.state[q], -1.0)
    table = week.table[0]
    _weigh_two(spots, week, p, q, order_points, week.chosen[0], few, table)
    size = spots.start[p + 1] - spots.start[p]
    drawn = draw(week.seed, table, few * size, temperature)
    week.state[q] = week.chosen[0, drawn // size]
    week.state[p] = spots.start[p] + drawn % size
    _put(spots, week, q, week.state[q], 1.0)
    _put(spots, week, p, week.state[p], 1.0)


@inlined
def _partner(spots, week, spot, share):
    """Give a spot to be drawn together with this one, by chance ``share``; else -1."""
    begin, end = spots.partner_start[spot], spots.partner_start[spot + 1]
    if end == begin or uniform(week.seed) >= share:
        return -1
    return spots.partner[begin + int(uniform(week.seed) * (end - begin))]


@inlined
def _add_log_sums(spots, week, spot, few, temperature, table):
    """Add to each pot what an eater makes of it: points of all that may be drawn with it."""
    first = spots.start[spot]
    size = spots.start[spot + 1] - first
    week.least[:] = np.inf
    for i in range(few * size):
        pot = spots.pot[first + i % size]
        week.least[pot] = min(week.least[pot], table[i])
    week.sums[:] = 0.0
    for i in range(few * size):
        pot = spots.pot[first + i % size]
        week.sums[pot] += np.exp(-(table[i] - week.least[pot]) / temperature)
    for pot in range(len(week.pots)):
        if week.least[pot] == np.inf:
            week.pots[pot] = np.inf
        else:
            week.pots[pot] += week.least[pot] - temperature * np.log(week.sums[pot])


@inlined
def _move_pot(spots, week, group, order_points, temperature, share):
    """Draw what stands in a pot, and then each eater's portion, some with another spot.

    The weight of a dish is the product over its eaters of the sum over their portions, so a dish is
    drawn as likely as all that may be eaten of it together.
    """
    begin, end = spots.group_start[group], spots.group_start[group + 1]
    others, fews = week.others, week.fews
    week.pots[:] = 0.0
    for m in range(end - begin):
        spot, table = spots.member[begin + m], week.table[m]
        other = _partner(spots, week, spot, share)
        others[m], fews[m] = other, 1
        if other >= 0:
            fews[m] = _few(spots, week, other, week.chosen[m])
            _put(spots, week, other, week.state[other], -1.0)
        _put(spots, week, spot, week.state[spot], -1.0)
        if other >= 0:
            _weigh_two(spots, week, spot, other, order_points, week.chosen[m], fews[m], table)
        else:
            _weigh(spots, week, spot, order_points, table)
        _add_log_sums(spots, week, spot, fews[m], temperature, table)
    drawn = draw(week.seed, week.pots, len(week.pots), temperature)
    for m in range(end - begin):
        spot, table = spots.member[begin + m], week.table[m]
        first = spots.start[spot]
        size = spots.start[spot + 1] - first
        for i in range(fews[m] * size):
            if spots.pot[first + i % size] != drawn:
                table[i] = np.inf
        at = draw(week.seed, table, fews[m] * size, temperature)
        week.state[spot] = first + at % size
        _put(spots, week, spot, week.state[spot], 1.0)
        if others[m] >= 0:
            week.state[others[m]] = week.chosen[m, at // size]
            _put(spots, week, others[m], week.state[others[m]], 1.0)


@compiled
def _put_apart(spots, week, spot, option, sign):
    """Put an option on its spot or take it off, in rows that tell days apart; gives the points."""
    role = spots.role[spot]
    if role > 0:
        note_meal(spots, week, spot, spots.dish[option] if sign > 0 else -1)
    more = sign * spots.points[option]
    for k in range(spots.apart[option], spots.entry[option + 1]):
        r = spots.row[k]
        before = week.activity[r]
        after = before + sign * spots.value[k]
        week.activity[r] = after
        more += week.weights[r] * (after - before + abs(after) - abs(before))
    if spots.kept[option] >= 0:
        more += serve(spots, week, option, spot, sign, True)
    return more


@inlined
def _exchange(spots, week, pairs, order_points, spoils):
    """Exchange what stands on pairs of spots of like places; gives the points.

    Sums over the week and kinds stay as they are, and packages that keep for the week.
    """
    before = _add_order(spots, week, order_points, spoils, -1.0, 0.0)
    before -= _table_points(spots, week, pairs)
    more = _swap(spots, week, pairs, before)
    more += _table_points(spots, week, pairs)
    return _add_order(spots, week, order_points, spoils, 1.0, more)


@compiled
def _table_points(spots, week, pairs):
    """Give the points of what is cooked beside another dish for meals that exchange something."""
    count = 0
    for i in range(pairs):
        for side in range(2):
            table, is_new = spots.table[week.exchanged[i, side]], True
            for earlier in range(i):
                if spots.table[week.exchanged[earlier, side]] == table:
                    is_new = False
            if table >= 0 and is_new:
                count += _further_dishes(spots, week.state, table)
    return spots.further_points * count


@compiled
def _add_order(spots, week, order_points, spoils, sign, more):
    """Add points of second meals without a first one, and of packages that spoil soon."""
    if order_points > 0.0:
        more += sign * order_points * unmet(spots, week.meals)
    if spoils:
        more += sign * shelf_points(spots, week)
    return more


@compiled
def _swap(spots, week, pairs, more):
    """Exchange what stands on pairs of spots; adds the points of rows that tell days apart."""
    week.counted[0] = -1
    for i in range(pairs):
        p, q = week.exchanged[i]
        more += _put_apart(spots, week, p, week.state[p], -1.0)
        more += _put_apart(spots, week, q, week.state[q], -1.0)
        at = week.state[p] - spots.start[p]
        week.state[p] = spots.start[p] + week.state[q] - spots.start[q]
        week.state[q] = spots.start[q] + at
    for i in range(pairs):
        p, q = week.exchanged[i]
        more += _put_apart(spots, week, p, week.state[p], 1.0)
        more += _put_apart(spots, week, q, week.state[q], 1.0)
    return more


@compiled  # not inlined, so that its numbers have one type each where they are used
def _differing(spots, week, u, v):
    """Find the pairs of spots of two units that differ, and whether order or packages matter."""
    first, other = spots.unit_start[u], spots.unit_start[v]
    pairs, needs_order, spoils = 0, False, False
    for k in range(spots.unit_start[u + 1] - first):
        p, q = spots.unit_spot[first + k], spots.unit_spot[other + k]
        if week.state[p] - spots.start[p] != week.state[q] - spots.start[q]:
            week.exchanged[pairs, 0], week.exchanged[pairs, 1] = p, q
            pairs += 1
            needs_order = needs_order or spots.role[p] > 0
            spoils = spoils or spoils_either(spots.shelf_option, week.state[p], week.state[q])
    return pairs, needs_order, spoils


@inlined
def _move_units(spots, week, order_points, temperature, whole):
    """Exchange a place between two days, or by chance ``whole`` a meal, if the points allow."""
    ones, units = spots.single_units, len(spots.unit_start) - 1
    if units == 0:
        return
    if ones == 0 or (units > ones and uniform(week.seed) < whole):
        u = ones + int(uniform(week.seed) * (units - ones))
    else:
        u = int(uniform(week.seed) * ones)
    v = spots.unit_like_start[u] + int(uniform(week.seed) * (spots.unit_like[u] - 1))
    if v >= u:
        v += 1
    pairs, needs_order, spoils = _differing(spots, week, u, v)
    if pairs == 0:
        return
    more = _exchange(spots, week, pairs, order_points if needs_order else 0.0, spoils)
    if more > 0.0 and uniform(week.seed) >= np.exp(-min(more / temperature, FAR)):
        _swap(spots, week, pairs, 0.0)


@inlined
def _sweep(spots, week, order_points, temperature, shares):
    """Draw every spot once, in this order, some together with another one; then exchange days."""
    pairs, pot_pairs, exchanges, whole, across = shares
    for i in range(len(spots.across)):
        if uniform(week.seed) < across:
            p, q = spots.across[i]
            _move_two(spots, week, p, q, order_points, temperature)
    for spot in week.order:
        group = spots.group[spot]
        if group >= 0:
            if spots.member[spots.group_start[group]] == spot:
                _move_pot(spots, week, group, order_points, temperature, pot_pairs)
            continue
        other = _partner(spots, week, spot, pairs)
        if other >= 0:
            _move_two(spots, week, spot, other, order_points, temperature)
        else:
            _move_one(spots, week, spot, order_points, temperature)
    for _ in range(int(exchanges * len(week.order))):
        _move_units(spots, week, order_points, temperature, whole)


@lean(cache=KEPT)
def anneal(spots, week, soft, hard, schedule, shares, prices, stop):
    """Anneal weeks in place, one sweep over all spots for each temperature of ``schedule``.

    Parameters
    ----------
    spots, week
        What may stand where; where to begin, and room to compute in, whose arrays Python holds.
    soft, hard
        Points per unit of breach of each row; those of ``hard`` count ``week.steep`` times.
    schedule
        Temperature of each sweep [points].
    shares
        Share of moves that draw two spots together, of all and of those of a pot; exchanges
        between days for each spot in a sweep, and the share of whole meals among them; chance of
        each pair across days to be drawn together in a sweep.
    prices
        Of rows that must hold: the least and the most ``steep``, its factors in sweeps that end
        with it broken or not, from when none falls; points of a second meal without a first one.
    stop
        One flag, set from outside to end early.
    """
    spots, week = by_ref(spots), by_ref(week)
    least, most, up, down, settled, order_points = prices
    for sweep in range(len(schedule)):
        if stop[0] != 0:
            return
        for r in range(len(soft)):
            week.weights[r] = 0.5 * (soft[r] + week.steep[r] * hard[r])
        shuffle(week.seed, week.order)
        _sweep(spots, week, order_points, schedule[sweep], shares)
        for r in range(len(hard)):
            if week.activity[r] > 0.0:
                week.steep[r] = min(most, week.steep[r] * up)
            elif sweep < settled:
                week.steep[r] = max(least, week.steep[r] * down)
