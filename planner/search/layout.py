"""Lay the columns and rows of eaters out flat, as the compiled moves read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from foods.openings import PARTS
from planner.model.arrays import Array, Rows, WeekArrays
from planner.model.packages import Packages
from planner.model.variety import Order
from planner.search.evaluate import TOLERANCE, Between, Choices, FoundWeek, evaluate_week
from planner.search.spots import FIRST, SECOND, Spots
from planner.search.units import Seat, units_of

HARD_POINTS = 100.0  # for a hard row broken by as much as its own limit, and the like
SAME_MEAL = 4  # a second place of the same meal is drawn that much more often
LEAST_SCALE = 0.25  # of a row's largest coefficient: scale of rows with a small limit
LEAST_CHANCE = 0.002  # of each option at the start of a round
STEEPER = 3.0  # factor for rows still broken after a round

Indices = npt.NDArray[np.int64]
Places = Sequence[tuple[Sequence[int], bool]]


class Share:
    """What one eater may be served, and the rules of that eater's week.

    Parameters
    ----------
    arrays
        Rows and points over all columns.
    places
        For each place its columns and whether it must be filled.
    between
        Rules between single days.
    likely
        For each column how much of it the aggregated week takes on a day; a round starts from a
        draw by these.
    start
        Columns of the week that rounds start from, for each day that has one; of the other days,
        and without it, they start from a draw.
    pots
        Place that is shared → pot of each of its columns, -1 standing for nothing: a number that
        all sharers give to the same dish.
    whole_days
        Whether the only place is the day: second meals are then rows, and days are drawn in pairs.
    """

    def __init__(
        self,
        arrays: WeekArrays,
        places: Places,
        between: Between,
        likely: Array,
        start: Sequence[Sequence[int] | None] = (),
        pots: dict[str, dict[int, int]] | None = None,
        *,
        whole_days: bool = False,
    ) -> None:
        self.full = (arrays, between)
        self.columns = np.array(sorted({index for members, _ in places for index in members}))
        at = {int(index): number for number, index in enumerate(self.columns)}
        narrow = [([at[index] for index in members], required) for members, required in places]
        self.arrays = arrays = arrays.narrowed_to(self.columns)
        self.between = _narrow_between(between, self.columns)
        self.days = arrays.points.shape[0]
        self.day = _prune(arrays.day, narrow, 1)
        self.own_limits = _limits_by_day(arrays, narrow)
        link = _prune(arrays.link, narrow, self.days)
        self.alike = len(link.names)  # these rows count alike on all days, those that follow do not
        self.link, self.active = _with_windows(link, self.between, self.days)
        self.whole_days = whole_days
        self.dated: list[Array] = []
        if whole_days:
            self.dated = _second_meals_by_day(self.between.orders, self.days, len(self.columns))
            self.link, self.active = _with_dated(self.link, self.active, self.dated)
        self.names = [arrays.places[members[0]] for members, _ in narrow]
        self.options = [
            np.array(list(members) if required else [-1, *members]) for members, required in narrow
        ]
        self.chances = [_chances(likely[self.columns], options) for options in self.options]
        self.steep = np.ones(len(self.link.names) + len(self.day.names))
        self.begin = [self._options_of(chosen, at) for chosen in start]
        shared = pots or {}
        self.pots = [
            np.array([shared.get(name, {}).get(int(self.columns[o]) if o >= 0 else -1, -1)
                      for o in options])
            for name, options in zip(self.names, self.options, strict=True)
        ]  # fmt: skip

    @property
    def rows(self) -> int:
        """Number of rows: link rows, and own rows for each day."""
        return len(self.link.names) + self.own_limits.size

    def weights(self) -> tuple[Array, Array]:
        """Points per unit of breach of each row: of the priced ones, and of the hard ones."""
        hard, soft = [], []
        for rows in (self.link, self.day):
            largest = np.abs(rows.coefficients).max(axis=1, initial=0.0)
            scale = np.maximum(np.abs(rows.limits), LEAST_SCALE * largest)
            hard.append(np.where(rows.hard, HARD_POINTS / np.maximum(scale, TOLERANCE), 0.0))
            soft.append(rows.prices)
        links = len(self.link.names)
        hard = [hard[0] * self.steep[:links], np.tile(hard[1] * self.steep[links:], self.days)]
        soft = [soft[0], np.tile(soft[1], self.days)]
        return np.concatenate(soft), np.concatenate(hard)

    def limits(self) -> Array:
        """Limits of the rows, in their order."""
        own = np.where(np.isfinite(self.own_limits), self.own_limits, 0.0)  # no entries there
        return np.concatenate([self.link.limits, own.ravel()])

    def entries(self, day: int) -> tuple[Indices, Indices, Array]:
        """Rows of each column on a day: first entry of each column and the end, row, value."""
        links = len(self.link.names)
        block = np.vstack([self._links_on(day), self.day.coefficients])
        block[links:][~np.isfinite(self.own_limits[day])] = 0.0
        column, row = np.nonzero(block.T)
        value = block[row, column]
        row = np.where(row < links, row, row + day * len(self.day.names))
        first = np.searchsorted(column, np.arange(len(self.columns) + 1))
        return first, row, value

    def _links_on(self, day: int) -> Array:
        """Coefficients of the link rows on a day."""
        links: Array = self.link.coefficients * self.active[day][:, None]
        if self.dated:
            links[len(links) - len(self.dated[day]) :] = self.dated[day]
        return links

    def _lines_by_day(self, place: int) -> tuple[Array, list[tuple[Indices, Indices]]]:
        """Do what ``lines`` does where days share nothing."""
        blocks, rows_by_day, count = [], [], 0
        for day in range(self.days):
            here = np.vstack([self._links_on(day), self.day.coefficients])
            here = np.hstack([here, np.zeros((len(here), 1))])[:, self.options[place]]
            some = np.flatnonzero(here.any(axis=1))
            blocks.append(here[some])
            rows_by_day.append((some, count + np.arange(len(some))))
            count += len(some)
        return np.vstack(blocks), rows_by_day

    def lines(self, place: int) -> tuple[Array, list[tuple[Indices, Indices]]]:
        """Give the coefficients of a place's options, and for each day its rows and their lines.

        The coefficients are lines × options; days share a line where the row counts alike.
        """
        if self.dated:
            return self._lines_by_day(place)
        padded = np.hstack([np.vstack([self.link.coefficients, self.day.coefficients]),
                            np.zeros((len(self.steep), 1))])  # fmt: skip
        here = padded[:, self.options[place]]
        links, some = len(self.link.names), np.flatnonzero(here.any(axis=1))
        block, rows_by_day = [here[some]], []
        count = len(some)
        of_link = some < links
        for day in range(self.days):
            own = np.isfinite(self.own_limits[day])
            factor = np.append(self.active[day], 1.0)[np.minimum(some, links)]
            factor[~of_link] = own[some[~of_link] - links]
            line = np.arange(len(some))
            scaled = np.flatnonzero((factor != 0.0) & (factor != 1.0))
            block.append(here[some[scaled]] * factor[scaled][:, None])
            line[scaled] = count + np.arange(len(scaled))
            count += len(scaled)
            kept = factor != 0.0
            row = np.where(of_link, some, some + day * len(self.day.names))
            rows_by_day.append((row[kept], line[kept]))
        return np.vstack(block), rows_by_day

    def points(self, day: int, place: int) -> Array:
        """Points of each option of a place on a day; steep where the day has no room for it."""
        options = self.options[place]
        own = np.append(self.arrays.points[day], 0.0)[options]
        closed = np.append(self.arrays.closed[day], 0.0)[options]
        needed = self.names[place] in self.arrays.needed[day]
        gap = (options == -1) * float(needed)
        points: Array = own + HARD_POINTS * (closed + gap)
        return points

    def second_meals(self) -> tuple[int, int, list[Indices], Indices]:
        """Give first and second place (-1: none), dish per option of each place, days it keeps."""
        none = [np.full(len(options), -1) for options in self.options]
        orders = self.between.orders
        if not orders or self.whole_days:
            return -1, -1, none, np.zeros(0, dtype=np.int64)
        cooks = _dishes_on(orders, self.options, "earlier")
        needs = _dishes_on(orders, self.options, "later")
        first = next((n for n, one in enumerate(cooks) if (one >= 0).any()), -1)
        second = next((n for n, one in enumerate(needs) if (one >= 0).any()), -1)
        keeps = np.array([order.days for order in orders])
        if first < 0 or second < 0:
            return -1, -1, none, keeps
        dishes = list(none)
        dishes[first], dishes[second] = cooks[first], needs[second]
        return first, second, dishes, keeps

    def draw(self, rng: np.random.Generator) -> Indices:
        """Fill every place of every day as likely as the aggregated week does; option per spot."""
        state = np.array(
            [
                [rng.choice(len(chances), p=chances) for chances in self.chances]
                for _ in range(self.days)
            ]
        )
        for d, options in enumerate(self.begin[: self.days]):
            known = options >= 0
            state[d, known] = options[known]
        return state

    def choices(self, state: Indices) -> Choices:
        """Turn an option per day and place into the columns of each day."""
        return tuple(
            tuple(
                sorted(
                    int(self.columns[options[state[d, p]]])
                    for p, options in enumerate(self.options)
                    if options[state[d, p]] >= 0
                )
            )
            for d in range(self.days)
        )

    def evaluate(self, choices: Choices) -> FoundWeek:
        """Recompute a week from all rows of the model, from scratch."""
        return evaluate_week(*self.full, choices)

    def steepen(self, found: FoundWeek) -> None:
        """Weigh the rows that stayed broken more in the next rounds."""
        names = {name.split("@")[0] for name in found.broken}
        for at, name in enumerate((*self.link.names, *self.day.names)):
            if name in names:
                self.steep[at] *= STEEPER

    def _options_of(self, chosen: Sequence[int] | None, at: dict[int, int]) -> Indices:
        """Give the option of each place that puts ``chosen`` on a day, -1 where none does."""
        found = np.full(len(self.options), -1, dtype=np.int64)
        if chosen is None:
            return found
        wanted = {at[index] for index in chosen if index in at}
        for p, options in enumerate(self.options):
            held = [n for n, column in enumerate(options.tolist()) if column in wanted]
            if held:
                found[p] = held[0]
            elif options[0] == -1:
                found[p] = 0
        return found


@dataclass(frozen=True, slots=True)
class Layout:
    """Eaters laid out flat.

    Parameters
    ----------
    shares
        The eaters.
    spots
        What the moves read.
    first_spot, first_row
        First spot and row of each eater, and the end.
    """

    shares: tuple[Share, ...]
    spots: Spots
    first_spot: Indices
    first_row: Indices

    def weights(self) -> tuple[Array, Array]:
        """Points per unit of breach of every row: of the priced ones, and of the hard ones."""
        both = [share.weights() for share in self.shares]
        return np.concatenate([one[0] for one in both]), np.concatenate([one[1] for one in both])

    def draw(self, rng: np.random.Generator) -> Indices:
        """Draw a first option for every spot; what is shared is the same for all who share."""
        drawn = [share.draw(rng).ravel() for share in self.shares]
        state = np.concatenate(drawn) + self.spots.start[:-1]
        for group in range(len(self.spots.group_start) - 1):
            members = self.spots.member[
                self.spots.group_start[group] : self.spots.group_start[group + 1]
            ]
            pot = self.spots.pot[state[members[0]]]
            for spot in members[1:]:
                first, end = self.spots.start[spot], self.spots.start[spot + 1]
                same = np.flatnonzero(self.spots.pot[first:end] == pot)
                if state[spot] - first not in same:
                    state[spot] = first + same[0]
        return state

    def activity(self, state: Indices) -> tuple[Array, Indices]:
        """Sum up the rows, less their limits, and the kinds that each eater uses."""
        activity = -np.concatenate([share.limits() for share in self.shares])
        most = max(len(share.arrays.kinds) for share in self.shares)
        kinds = np.zeros((len(self.shares), most), dtype=np.int64)
        spots = self.spots
        for spot, option in enumerate(state.tolist()):
            span = slice(spots.entry[option], spots.entry[option + 1])
            np.add.at(activity, spots.row[span], spots.value[span])
            used = spots.kind[spots.kind_entry[option] : spots.kind_entry[option + 1]]
            kinds[spots.eater[spot], used] += 1
        return activity, kinds

    def found(self, state: Indices) -> tuple[FoundWeek, ...]:
        """Judge the week of each eater."""
        local = state - self.spots.start[:-1]
        weeks = []
        for number, share in enumerate(self.shares):
            mine = local[self.first_spot[number] : self.first_spot[number + 1]]
            weeks.append(share.evaluate(share.choices(mine.reshape(share.days, -1))))
        return tuple(weeks)


def lay_out(shares: Sequence[Share]) -> Layout:
    """Lay eaters out; spots of a shared place on the same day form a group."""
    first_spot = np.cumsum([0, *(share.days * len(share.options) for share in shares)])
    first_row = np.cumsum([0, *(share.rows for share in shares)])
    builder = _Builder(shares, first_spot)
    for number in range(len(shares)):
        builder.add(number, int(first_row[number]))
    return Layout(tuple(shares), builder.close(), first_spot, first_row)


class _Builder:
    """Gathers the flat arrays, eater by eater, day by day, place by place."""

    def __init__(self, shares: Sequence[Share], first_spot: Indices) -> None:
        self.shares, self.first_spot = shares, first_spot
        self.days = max(share.days for share in shares)
        self.sizes: list[int] = []
        self.points: list[Array] = []
        self.counts: list[Indices] = []
        self.rows: list[Indices] = []
        self.values: list[Array] = []
        self.alike: list[Indices] = []
        self.line_counts: list[int] = []
        self.line_rows: list[Indices] = []
        self.line_most: list[Array] = []
        self.line_at: list[Indices] = []
        self.block: list[Array] = []
        self.block_size = 0
        self.kind_counts: list[Indices] = []
        self.kinds: list[Indices] = []
        self.package_counts: list[Indices] = []
        self.packages: list[Indices] = []
        self.package_parts: list[Indices] = []
        self.shelf = _ShelfBuilder(shares, self.days)
        self.dishes: list[Indices] = []
        self.pots: list[Indices] = []
        self.role: list[int] = []
        self.day: list[int] = []
        self.place: list[str] = []
        self.eater: list[int] = []
        self.keeps: list[Indices] = []
        self.first_of = np.full((len(shares), self.days), -1, dtype=np.int64)
        self.second_of = np.full((len(shares), self.days), -1, dtype=np.int64)
        self.partners: list[list[int]] = []
        self.groups: dict[tuple[int, str], list[int]] = {}

    def add(self, number: int, first_row: int) -> None:
        share = self.shares[number]
        kept = sum(len(one) for one in self.keeps)
        first, second, dishes, keeps = share.second_meals()
        self.keeps.append(keeps)
        partners = _partners(share)
        kind_first, kind = _kinds_by_column(share)
        package_first, package, package_parts = _packages_by_column(share, self.days)
        self.shelf.begin(number)
        lines = [self._add_block(share, place) for place in range(len(share.options))]
        for d in range(share.days):
            entry, row, value = share.entries(d)
            here = int(self.first_spot[number]) + d * len(share.options)
            for p, options in enumerate(share.options):
                spot = here + p
                self.sizes.append(len(options))
                self.points.append(share.points(d, p))
                counts, taken = _gather(entry, options)
                self.counts.append(counts)
                self.rows.append(row[taken] + first_row)
                self.values.append(value[taken])
                option = np.repeat(np.arange(len(options)), counts)
                alike = option[row[taken] < share.alike]
                self.alike.append(np.bincount(alike, minlength=len(options)))
                line_row, most, at = lines[p][d]
                self.line_counts.append(len(line_row))
                self.line_rows.append(line_row + first_row)
                self.line_most.append(most)
                self.line_at.append(at)
                counts, taken = _gather(kind_first, options)
                self.kind_counts.append(counts)
                self.kinds.append(kind[taken])
                counts, taken = _gather(package_first, options)
                self.package_counts.append(counts)
                self.packages.append(package[taken])
                self.package_parts.append(package_parts[taken])
                self.shelf.add(options)
                self.dishes.append(np.where(dishes[p] >= 0, dishes[p] + kept, -1))
                self.pots.append(share.pots[p])
                self.role.append(FIRST if p == first else SECOND if p == second else 0)
                self.day.append(d)
                self.place.append(share.names[p])
                self.eater.append(number)
                others = [spot + (e - d) for e in range(share.days) if e != d]
                whole = share.whole_days
                self.partners.append(others if whole else [here + q for q in partners[p]])
                if (share.pots[p] >= 0).any():
                    self.groups.setdefault((d, share.names[p]), []).append(spot)
            if first >= 0:
                self.first_of[number, d], self.second_of[number, d] = here + first, here + second

    def _add_block(self, share: Share, place: int) -> list[tuple[Indices, Array, Indices]]:
        """Add the coefficients of a place; for each day rows, largest coefficient and begin."""
        block, rows_by_day = share.lines(place)
        begin = self.block_size
        self.block.append(block.ravel())
        self.block_size += block.size
        most = block.max(axis=1, initial=0.0)
        return [(row, most[line], begin + line * block.shape[1]) for row, line in rows_by_day]

    def close(self) -> Spots:
        groups = list(self.groups.values())
        group = np.full(len(self.sizes), -1, dtype=np.int64)
        for number, members in enumerate(groups):
            group[members] = number
        partners = [[q for q in many if group[q] < 0] for many in self.partners]
        pot = np.concatenate(self.pots)
        of_packages = np.concatenate(self.package_counts)
        entry = _starts(np.concatenate(self.counts))
        units = units_of(
            [
                Seat(*seat)
                for seat in zip(self.eater, self.day, self.place, group.tolist(), strict=True)
            ]
        )
        return Spots(
            start=_starts(self.sizes),
            points=np.concatenate(self.points),
            entry=entry,
            row=np.concatenate(self.rows).astype(np.uint32),
            value=np.concatenate(self.values),
            apart=entry[:-1] + np.concatenate(self.alike),
            line=_starts(self.line_counts),
            line_row=np.concatenate(self.line_rows).astype(np.uint32),
            line_most=np.concatenate(self.line_most),
            line_at=np.concatenate(self.line_at),
            block=np.concatenate(self.block),
            kind_entry=_starts(np.concatenate(self.kind_counts)),
            kind=np.concatenate(self.kinds).astype(np.uint32),
            dish=np.concatenate(self.dishes),
            role=np.array(self.role),
            day=np.array(self.day),
            eater=np.array(self.eater),
            days=self.days,
            keeps=np.concatenate(self.keeps).astype(np.int64),
            partner_start=_starts([len(many) for many in partners]),
            partner=np.array([q for many in partners for q in many], dtype=np.int64),
            group=group,
            group_start=_starts([len(members) for members in groups]),
            member=np.array([spot for members in groups for spot in members], dtype=np.int64),
            across=self._across(group),
            pot=pot,
            pots=int(pot.max(initial=-1)) + 1,
            kind_points=np.array([float(share.arrays.kind_points) for share in self.shares]),
            most_kinds=np.array([share.arrays.most_kinds for share in self.shares]),
            package_entry=_starts(of_packages),
            package=np.concatenate(self.packages).astype(np.uint32),
            package_parts=np.concatenate(self.package_parts),
            package_option=np.repeat(np.arange(len(of_packages)), of_packages),
            packages=max(len(share.arrays.packages.names) for share in self.shares),
            part_points=np.array([share.arrays.packages.points / PARTS for share in self.shares]),
            unit_start=units.start,
            unit_spot=units.spot,
            unit_like_start=units.like_start,
            unit_like=units.like,
            single_units=units.singles,
            **self.shelf.close(self.eater),
        )

    def _across(self, group: Indices) -> Indices:
        """Pairs of a meal and the next day's second meal, where neither is shared."""
        pairs = [
            (self.first_of[e, d], self.second_of[e, d + 1])
            for e, share in enumerate(self.shares)
            for d in range(share.days - 1)
            if self.first_of[e, d] >= 0
        ]
        free = [pair for pair in pairs if group[pair[0]] < 0 and group[pair[1]] < 0]
        return np.array(free, dtype=np.int64).reshape(len(free), 2)


def _starts(counts: Sequence[int] | Indices) -> Indices:
    starts: Indices = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return starts


def _gather(first: Indices, options: Indices) -> tuple[Indices, Indices]:
    """Count the entries of each option, and say where they stand; nothing (-1) has none."""
    begin = np.where(options >= 0, first[options], 0)
    counts = np.where(options >= 0, first[options + 1] - begin, 0)
    taken = np.arange(counts.sum()) + np.repeat(begin - _starts(counts)[:-1], counts)
    return counts, taken


def _kinds_by_column(share: Share) -> tuple[Indices, Indices]:
    column, kind = np.nonzero(share.arrays.kinds.T)
    return np.searchsorted(column, np.arange(len(share.columns) + 1)), kind


class _ShelfBuilder:
    """Gathers what options use of packages that spoil before the week is over."""

    def __init__(self, shares: Sequence[Share], days: int) -> None:
        self.packages = [share.arrays.packages for share in shares]
        self.brief = [np.flatnonzero(_is_brief(one, days)) for one in self.packages]
        self.first_dish = np.cumsum([0, *(len(one.dish_days) for one in self.packages)])
        self.counts: list[Indices] = []
        self.entries: list[Indices] = []
        self.dishes: list[Indices] = []
        self.sizes: list[int] = []

    def begin(self, number: int) -> None:
        """Turn to the next eater."""
        packages, brief = self.packages[number], self.brief[number]
        parts, again = packages.parts[brief], packages.again[brief]
        column, package = np.nonzero(parts.T)
        self.first = np.searchsorted(column, np.arange(parts.shape[1] + 1))
        own = (parts - again)[package, column]
        self.of_column = np.column_stack([package, own, again[package, column]])
        cooks, needs = (
            np.where(dish >= 0, dish + self.first_dish[number], -1)
            for dish in (packages.cooks, packages.needs)
        )
        keeps = np.append(packages.dish_days, 0)[packages.needs]
        nothing = [[-1, -1, 0]]
        self.dishes_of_column = np.vstack([np.column_stack([cooks, needs, keeps]), nothing])

    def add(self, options: Indices) -> None:
        """Add the options of a spot."""
        counts, taken = _gather(self.first, options)
        self.counts.append(counts)
        self.entries.append(self.of_column[taken])
        self.dishes.append(self.dishes_of_column[options])
        self.sizes.append(int(counts.sum()))

    def close(self, eater: Sequence[int]) -> dict[str, Indices]:
        """Give the fields of ``Spots``."""
        mine = [
            [spot for spot, size in enumerate(self.sizes) if size and eater[spot] == number]
            for number in range(len(self.brief))
        ]
        dishes = np.vstack([*self.dishes, [[-1, -1, 0]]])
        return {
            "shelf": np.vstack(self.entries),
            "shelf_option": np.column_stack([_starts(np.concatenate(self.counts)), dishes]),
            "shelf_place": _padded(mine),
            "shelf_days": _padded(
                [one.keeps[brief] for one, brief in zip(self.packages, self.brief, strict=True)]
            ),
        }


def _is_brief(packages: Packages, days: int) -> npt.NDArray[np.bool_]:
    """Whether each package spoils before the week is over; what costs nothing is not followed."""
    brief: npt.NDArray[np.bool_] = (packages.keeps < days - 1) & (packages.points > 0.0)
    return brief


def _padded(lists: Sequence[Sequence[int] | Indices]) -> Indices:
    """Give lists of numbers as rows, -1 after their ends."""
    rows = np.full((len(lists), max(map(len, lists))), -1, dtype=np.int64)
    for row, numbers in zip(rows, lists, strict=True):
        row[: len(numbers)] = numbers
    return rows


def _packages_by_column(share: Share, days: int) -> tuple[Indices, Indices, Indices]:
    packages = share.arrays.packages
    parts = np.where(_is_brief(packages, days)[:, None], 0, packages.parts)
    column, package = np.nonzero(parts.T)
    first = np.searchsorted(column, np.arange(len(share.columns) + 1))
    return first, package, parts[package, column]


def _partners(share: Share) -> list[list[int]]:
    """For each place the others of its day, those of its own meal more often."""
    slots = [name.split(".")[0] for name in share.names]
    count = len(slots)
    return [
        [q for q in range(count) if q != p and slots[q] == slots[p]] * SAME_MEAL
        + [q for q in range(count) if q != p and slots[q] != slots[p]]
        for p in range(count)
    ]


def _dishes_on(orders: Sequence[Order], options: Sequence[Indices], which: str) -> list[Indices]:
    """For each place the dish of each option that comes earlier or later, -1 for none."""
    marks = np.array([getattr(order, which) for order in orders])
    padded = np.hstack([marks, np.zeros((len(orders), 1))])
    return [
        np.where(padded[:, members].any(axis=0), padded[:, members].argmax(axis=0), -1)
        for members in options
    ]


def _chances(likely: Array, options: Indices) -> Array:
    """Chance of each option at the start: as the aggregated week has it, none too small."""
    padded = np.append(likely, 0.0)
    taken = padded[options]
    if options[0] == -1:
        taken[0] = max(0.0, 1.0 - taken.sum())
    taken = taken + LEAST_CHANCE
    chances: Array = taken / taken.sum()
    return chances


def _with_windows(link: Rows, between: Between, days: int) -> tuple[Rows, Array]:
    """Append a row per spacing and window of days, and two per spread and day.

    Gives the rows, and how much each counts on each day: days × rows.
    """
    names, lines, limits = list[str](), list[Array](), list[float]()
    prices, factors = list[float](), list[Array]()
    for spacing in between.spacings:
        for first in spacing.windows(days):
            names.append(f"spacing.{spacing.name}.d{first + 1}")
            lines.append(spacing.columns)
            limits.append(1.0)
            prices.append(spacing.price or 0.0)
            inside = [float(first <= d < first + spacing.days) for d in range(days)]
            factors.append(np.array(inside))
    for spread in between.spreads:
        for key, by_day, limit in spread.rows(days):
            most = float(np.abs(by_day).max()) or 1.0  # what a row can reach is told by its line
            names.append(key.name)
            lines.append(spread.amounts * most)
            limits.append(limit)
            prices.append(0.0)
            factors.append(by_day / most)
    base = np.ones((days, len(link.names)))
    if not lines:
        return link, base
    rows = Rows(
        (*link.names, *names),
        np.vstack([link.coefficients, np.array(lines)]),
        np.concatenate([link.limits, limits]),
        np.concatenate([link.prices, prices]),
        np.concatenate([link.hard, np.array(prices) == 0.0]),
    )
    return rows, np.hstack([base, np.array(factors).T])


def _second_meals_by_day(orders: Sequence[Order], days: int, width: int) -> list[Array]:
    """Write for each day the rows that second meals need a first one: days of rows × columns.

    Row (dish, day): second meals on that day less first ones on the days before that still keep.
    """
    dated = []
    for d in range(days):
        rows = [
            order.later * float(d == day) - order.earlier * float(day - order.days <= d < day)
            for order in orders
            for day in range(days)
        ]
        dated.append(np.array(rows).reshape(len(rows), width))
    return dated


def _with_dated(link: Rows, active: Array, dated: Sequence[Array]) -> tuple[Rows, Array]:
    """Append hard rows with limit 0 whose coefficients differ by day."""
    more, width = dated[0].shape
    largest = np.max([np.abs(one) for one in dated], axis=0)
    rows = Rows(
        (*link.names, *(f"leftover.{number}" for number in range(more))),
        np.vstack([link.coefficients, largest]).reshape(-1, width),
        np.concatenate([link.limits, np.zeros(more)]),
        np.concatenate([link.prices, np.zeros(more)]),
        np.concatenate([link.hard, np.ones(more, dtype=bool)]),
    )
    return rows, np.hstack([active, np.ones((len(active), more))])


def _narrow_between(between: Between, columns: npt.NDArray[np.int64]) -> Between:
    """Keep some columns of the rules between days, and the rules that have any left."""
    near = [replace(one, columns=one.columns[columns]) for one in between.spacings]
    after = [
        replace(one, later=one.later[columns], earlier=one.earlier[columns])
        for one in between.orders
    ]
    even = [replace(one, amounts=one.amounts[columns]) for one in between.spreads]
    return Between(
        [one for one in near if one.columns.any()],
        [one for one in after if one.later.any()],
        even,
    )


def _prune(rows: Rows, places: Sequence[tuple[Sequence[int], bool]], days: int) -> Rows:
    """Keep the rows that these columns could break; bounds are drawn in a little.

    Bounds are tightened by a hair so that what the search holds, the exact test holds too.
    """
    keep = _breakable(rows, places, days)
    return Rows(
        tuple(name for name, kept in zip(rows.names, keep, strict=True) if kept),
        rows.coefficients[keep],
        _drawn_in(rows.limits, rows.hard)[keep],
        rows.prices[keep],
        rows.hard[keep],
    )


def _breakable(
    rows: Rows, places: Sequence[tuple[Sequence[int], bool]], days: int
) -> npt.NDArray[np.bool_]:
    """Whether these columns could break each row on ``days`` days together."""
    most = np.zeros(len(rows.names))
    for members, required in places:
        part = rows.coefficients[:, list(members)].max(axis=1, initial=-np.inf)
        most += part if required else np.maximum(part, 0.0)
    breakable: npt.NDArray[np.bool_] = most * days > rows.limits + 1e-9 * np.abs(rows.limits)
    return breakable


def _drawn_in(limits: Array, hard: npt.NDArray[np.bool_]) -> Array:
    """Tighten the limits of hard rows a little; a row that does not apply stays open."""
    drawn: Array = limits - np.where(hard & np.isfinite(limits), 1e-6 * np.abs(limits), 0.0)
    return drawn


def _limits_by_day(arrays: WeekArrays, places: Sequence[tuple[Sequence[int], bool]]) -> Array:
    """Give the limits of each day's own rows, of those that ``_prune`` keeps: days × rows."""
    keep = _breakable(arrays.day, places, 1)
    return _drawn_in(arrays.limits, arrays.day.hard)[:, keep]
