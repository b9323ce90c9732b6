"""Lay the columns and rows of eaters out flat, as the compiled moves read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from planner.model.arrays import Array, WeekArrays
from planner.search.eater_rows import EaterRows, Places, dishes_on, narrow_between
from planner.search.evaluate import TOLERANCE, Between, Choices, FoundWeek, evaluate_week, merged
from planner.search.flat import (
    ByColumn,
    FlatEater,
    FlatSpot,
    join,
    kinds_of_columns,
    packages_of_columns,
    partners,
    shelf_of_columns,
)
from planner.search.spots import FIRST, SECOND, Spots

HARD_POINTS = 300.0  # for a hard row broken by as much as its own limit, and the like
LEAST_SCALE = 0.25  # of a row's largest coefficient: scale of rows with a small limit
LEAST_CHANCE = 0.002  # of each option at the start of a round

Indices = npt.NDArray[np.int64]


class SearchedEater:
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
    cooked
        Column → the dish that it is cooked as, a number that all eaters give to the same one, where
        different dishes for one meal of the table cost points.
    """

    def __init__(
        self,
        arrays: WeekArrays,
        places: Places,
        between: Between,
        likely: Array,
        start: Sequence[Sequence[int] | None] = (),
        pots: dict[str, dict[int, int]] | None = None,
        cooked: Mapping[int, int] | None = None,
    ) -> None:
        self.full = (arrays, between)
        self.columns = np.array(sorted({index for members, _ in places for index in members}))
        at = {int(index): number for number, index in enumerate(self.columns)}
        narrow = [([at[index] for index in members], required) for members, required in places]
        self.arrays = arrays = arrays.narrowed_to(self.columns)
        self.between = narrow_between(between, self.columns)
        self.days = arrays.points.shape[0]
        self.rows = EaterRows(arrays, self.between, narrow)
        self.names = [arrays.places[members[0]] for members, _ in narrow]
        self.options = [
            np.array(list(members) if required else [-1, *members]) for members, required in narrow
        ]
        self.chances = [_chances(likely[self.columns], options) for options in self.options]
        self.begin = [self._options_of(chosen, at) for chosen in start]
        self.dishes = cooked or {}
        self.cooked = [
            np.array([self.dishes.get(int(self.columns[o]) if o >= 0 else -1, -1) for o in options])
            for options in self.options
        ]
        shared = pots or {}
        self.pots = [
            np.array([shared.get(name, {}).get(int(self.columns[o]) if o >= 0 else -1, -1)
                      for o in options])
            for name, options in zip(self.names, self.options, strict=True)
        ]  # fmt: skip

    def weights(self) -> tuple[Array, Array]:
        """Points per unit of breach of each row: of the priced ones, and of the hard ones."""
        hard, soft = [], []
        for rows in (self.rows.link, self.rows.day):
            largest = np.abs(rows.coefficients).max(axis=1, initial=0.0)
            scale = np.maximum(np.abs(rows.limits), LEAST_SCALE * largest)
            hard.append(np.where(rows.hard, HARD_POINTS / np.maximum(scale, TOLERANCE), 0.0))
            soft.append(rows.prices)
        hard = [hard[0], np.tile(hard[1], self.days)]
        soft = [soft[0], np.tile(soft[1], self.days)]
        return np.concatenate(soft), np.concatenate(hard)

    def points(self, day: int, place: int) -> Array:
        """Points of each option of a place on a day; steep where the day has no room for it."""
        options = self.options[place]
        own = np.append(self.arrays.points[day], 0.0)[options]
        closed = np.append(self.arrays.closed[day] + self.arrays.kept_out[day], 0.0)[options]
        needed = self.names[place] in self.arrays.needed[day]
        gap = (options == -1) * float(needed)
        points: Array = own + HARD_POINTS * (closed + gap)
        return points

    def second_meals(self) -> tuple[int, int, list[Indices], Indices]:
        """Give first and second place (-1: none), dish per option of each place, days it keeps.

        On the first place a second meal of dish g, on an evening off, is -2 - g.
        """
        none = [np.full(len(options), -1) for options in self.options]
        orders = self.between.orders
        if not orders:
            return -1, -1, none, np.zeros(0, dtype=np.int64)
        cooks = dishes_on(orders, self.options, "earlier")
        needs = dishes_on(orders, self.options, "later")
        first = next((n for n, one in enumerate(cooks) if (one >= 0).any()), -1)
        some = (n for n, one in enumerate(needs) if n != first and (one >= 0).any())
        second = next(some, -1)
        keeps = np.array([order.days for order in orders])
        if first < 0 or second < 0:
            return -1, -1, none, keeps
        dishes = list(none)
        dishes[first] = np.where(needs[first] >= 0, -2 - needs[first], cooks[first])
        dishes[second] = needs[second]
        return first, second, dishes, keeps

    def draw(self, rng: np.random.Generator) -> Indices:
        """Fill every place of every day as likely as the aggregated week does; option per spot.

        Nothing stands where another dish is put.
        """
        state = np.array(
            [
                [rng.choice(len(chances), p=chances) for chances in self._chances_on(day)]
                for day in range(self.days)
            ]
        )
        for d, options in enumerate(self.begin[: self.days]):
            known = options >= 0
            state[d, known] = options[known]
        return state

    def _chances_on(self, day: int) -> Iterator[Array]:
        """Give the chances of the options of each place on a day."""
        out = np.append(self.arrays.kept_out[day], 0.0)
        for options, chances in zip(self.options, self.chances, strict=True):
            left = chances * (1.0 - out[options])
            yield left / left.sum() if out.any() and left.any() else chances

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

    shares: tuple[SearchedEater, ...]
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
        activity = -np.concatenate([share.rows.limits() for share in self.shares])
        most = max(len(share.arrays.kinds) for share in self.shares)
        kinds = np.zeros((len(self.shares), most), dtype=np.int64)
        spots = self.spots
        for spot, option in enumerate(state.tolist()):
            span = slice(spots.entry[option], spots.entry[option + 1])
            np.add.at(activity, spots.row[span], spots.value[span])
            used = spots.kind[spots.kind_entry[option] : spots.kind_entry[option + 1]]
            kinds[spots.eater[spot], used] += 1
        for number, share in enumerate(self.shares):
            cookings, choices = share.full[0].cookings, share.choices(self._own(number, state))
            minutes = cookings.minutes @ cookings.cooked(choices)[:, :, 0].T
            rows = spots.work_row[number, : share.days]
            activity[rows[rows >= 0]] += minutes[rows >= 0]
        return activity, kinds

    def _own(self, number: int, state: Indices) -> Indices:
        """Give the options of an eater, counted from the first of each place: days × places."""
        local = state - self.spots.start[:-1]
        mine = local[self.first_spot[number] : self.first_spot[number + 1]]
        return mine.reshape(self.shares[number].days, -1)

    def found(self, state: Indices) -> tuple[FoundWeek, ...]:
        """Judge the week of each eater."""
        each = enumerate(self.shares)
        return tuple(one.evaluate(one.choices(self._own(at, state))) for at, one in each)

    def together(self, weeks: Sequence[FoundWeek]) -> FoundWeek:
        """Give points and broken rows of all eaters together, with dishes cooked beside others."""
        found = merged(weeks)
        return replace(found, objective=found.objective + self.further(weeks))

    def further(self, weeks: Sequence[FoundWeek]) -> float:
        """Give the points of the dishes beyond the first that meals of the table are cooked."""
        cooked = (
            (day, share.full[0].places[column], share.dishes[column])
            for share, week in zip(self.shares, weeks, strict=True)
            for day, chosen in enumerate(week.choices)
            for column in share.dishes.keys() & set(chosen)
        )
        return beyond_first(cooked) * self.spots.further_points


def beyond_first(cooked: Iterable[tuple[int, str, int | str]]) -> int:
    """Count the dishes beyond the first of all meals: of a day, a place and a dish each."""
    meals: dict[tuple[int, str], set[int | str]] = {}
    for day, place, dish in cooked:
        meals.setdefault((day, place), set()).add(dish)
    return sum(len(dishes) - 1 for dishes in meals.values())


def lay_out(shares: Sequence[SearchedEater], further_points: float = 0.0) -> Layout:
    """Lay eaters out; spots of a shared place on the same day form a group.

    Each dish beyond the first that a meal of the table is cooked costs ``further_points``.
    """
    days = max(share.days for share in shares)
    return Layout(
        tuple(shares),
        join([_Flat(share, days).eater() for share in shares], further_points),
        np.cumsum([0, *(share.days * len(share.options) for share in shares)]),
        np.cumsum([0, *(share.rows.count for share in shares)]),
    )


class _Flat:
    """Makes the spots of one eater, of a table that plans for ``days``."""

    def __init__(self, share: SearchedEater, days: int) -> None:
        self.share = share
        self.first, self.second, self.dishes, self.keeps = share.second_meals()
        self.kinds = kinds_of_columns(share.arrays)
        self.packages = packages_of_columns(share.arrays.packages, days)
        self.shelf, self.shelf_dishes = shelf_of_columns(share.arrays.packages, days)
        self.partners = partners(share.names)
        self.blocks: list[Array] = []
        self.lines = [self._lines(options) for options in share.options]

    def eater(self) -> FlatEater:
        """Give all spots of the eater."""
        share, width = self.share, len(self.share.options)
        rows_by_day = [share.rows.on(day) for day in range(share.days)]
        spots = [self._spot(d, p, rows) for d, rows in enumerate(rows_by_day) for p in range(width)]
        pairs = [
            (d * width + self.first, (d + later) * width + place)
            for later, place in ((1, self.second), (2, self.first))
            for d in range(share.days - later)
        ]
        return FlatEater(
            spots,
            share.days,
            share.rows.count,
            pairs if self.first >= 0 else [],
            self.keeps,
            np.concatenate(self.blocks),
            [share.rows.work_on(day) for day in range(share.days)],
            share.arrays,
        )

    def _lines(self, options: Indices) -> list[tuple[Indices, Array, Indices]]:
        """Add the coefficients of a place; for each day rows, largest coefficient and begin."""
        block, rows_by_day = self.share.rows.lines(options)
        begin = sum(len(one) for one in self.blocks)
        self.blocks.append(block.ravel())
        most = block.max(axis=1, initial=0.0)
        return [(row, most[line], begin + line * block.shape[1]) for row, line in rows_by_day]

    def _spot(self, day: int, place: int, rows_of_columns: ByColumn) -> FlatSpot:
        share, options = self.share, self.share.options[place]
        rows = rows_of_columns.entries(options)
        option = np.repeat(np.arange(len(options)), rows.counts)
        return FlatSpot(
            day=day,
            place=share.names[place],
            role={self.second: SECOND, self.first: FIRST}.get(place, 0),
            points=share.points(day, place),
            dishes=self.dishes[place],
            pots=share.pots[place],
            cooked=share.cooked[place],
            rows=rows,
            alike=np.bincount(option[rows.held[0] < share.rows.alike], minlength=len(options)),
            lines=self.lines[place][day],
            kept=np.append(share.arrays.cookings.dish, -1)[options],
            kinds=self.kinds.entries(options),
            packages=self.packages.entries(options),
            shelf=self.shelf.entries(options),
            shelf_dishes=self.shelf_dishes[options],
            partners=[day * len(share.options) + q for q in self.partners[place]],
        )


def _chances(likely: Array, options: Indices) -> Array:
    """Chance of each option at the start: as the aggregated week has it, none too small."""
    padded = np.append(likely, 0.0)
    taken = padded[options]
    if options[0] == -1:
        taken[0] = max(0.0, 1.0 - taken.sum())
    taken = taken + LEAST_CHANCE
    chances: Array = taken / taken.sum()
    return chances
