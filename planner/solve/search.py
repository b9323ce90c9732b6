"""Compose a whole week by annealing over the places of its days.

A week is one choice per day and place. A move takes one place (or two of one day) and draws its
new content from all that could stand there, with probability falling by e for each ``temperature``
points (a heat bath): no move is refused, and one numpy operation weighs some twenty to some hundred
alternatives. Rows that must hold are priced steeply, and steeper where they stay broken; whether
they hold is decided by an exact recomputation at the end, never by the price. The work is a fixed
number of sweeps, so that a seed gives the same week on any machine.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from planner.model.variety import Order
from planner.solve.arrays import Array, Rows, WeekArrays
from planner.solve.evaluate import TOLERANCE, Between, Choices, FoundWeek, evaluate_week
from planner.solve.rounds import Progress as Progress
from planner.solve.rounds import Rounds
from planner.solve.rounds import SearchOptions as SearchOptions

HARD_POINTS = 100.0  # for a hard row broken by as much as its own limit
ACROSS_OPTIONS = 16  # options of each place in a move of two days
PAIR_OPTIONS = 8  # options of the second place in a move of two
SAME_MEAL = 4  # a second place of the same meal is drawn that much more often
LEAST_SCALE = 0.25  # of a row's largest coefficient: scale of rows with a small limit
LEAST_CHANCE = 0.002  # of each option at the start of a round
STEEPER = 3.0  # factor for rows still broken after a round


@dataclass(slots=True)
class WeekState:
    """A week under construction.

    Parameters
    ----------
    state
        Option per day and place.
    link, own
        Activities of the link rows and, for each day, of its own rows, less their limits.
    kinds
        How often each kind occurs.
    weights
        Points per unit of breach of each link row and each row of a day.
    order_points
        Points of a second meal whose first is missing.
    """

    state: npt.NDArray[np.int64]
    link: Array
    own: Array
    kinds: Array
    weights: Array
    order_points: float = HARD_POINTS


@dataclass(slots=True)
class Weighed:
    """What each option would come to.

    Parameters
    ----------
    points
        Points of each option, or of each pair of two places.
    rest, kinds
        Activities and kinds of the week without what stands there.
    """

    points: Array
    rest: Array
    kinds: Array


class WeekSearch(Rounds):
    """The search over one set of columns.

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
    joint
        Numbers of places that are never moved alone: others move them.
    """

    def __init__(
        self,
        arrays: WeekArrays,
        places: Sequence[tuple[Sequence[int], bool]],
        between: Between,
        likely: Array,
        start: Sequence[Sequence[int] | None] = (),
        joint: Collection[int] = (),
    ) -> None:
        self.full = (arrays, between)
        self.columns = np.array(sorted({index for members, _ in places for index in members}))
        at = {int(index): number for number, index in enumerate(self.columns)}
        places = [([at[index] for index in members], required) for members, required in places]
        self.arrays = arrays = arrays.narrowed_to(self.columns)
        between = _narrow_between(between, self.columns)
        self.days = arrays.points.shape[0]
        self.day = _prune(arrays.day, places, 1)
        self.own_limits = _limits_by_day(arrays, places)
        self.link = _with_windows(_prune(arrays.link, places, self.days), between, self.days)
        self.links = len(self.link.rows.names)
        self.options = [
            np.array(list(members) if required else [-1, *members]) for members, required in places
        ]
        self.alone = [place for place in range(len(places)) if place not in joint]
        self.partners = _partners([members for members, _ in places], arrays, joint)
        self.second_meals = _second_meals(self.options, between.orders)
        self.chances = [_chances(likely[self.columns], options) for options in self.options]
        self.steep = np.ones(self.links + len(self.day.names))
        self.begin = [self._options_of(chosen) for chosen in start]
        self.now: npt.NDArray[np.int64] | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        """Put the coefficients of each day and place side by side: link rows, then own rows."""
        link, own = self.link.rows.coefficients, self.day.coefficients
        self.parts = [
            [
                np.hstack([_take(link, options) * self.link.active[d], _take(own, options)])
                for options in self.options
            ]
            for d in range(self.days)
        ]
        self.kind_parts = [_take(self.arrays.kinds, options) for options in self.options]
        self.points = [
            [
                _take(self.arrays.points[d : d + 1], options)[:, 0]
                + HARD_POINTS * _take(self.arrays.closed[d : d + 1], options)[:, 0]
                + HARD_POINTS * self._is_gap(d, options)
                for options in self.options
            ]
            for d in range(self.days)
        ]
        self.scratch = [np.empty_like(part) for part in self.parts[0]]
        self.widest = max(len(one) for one in self.options)
        meals = self.second_meals
        self.moves_across = meals is not None and {meals.first, meals.second} <= {*self.alone}
        self.hard, self.soft = self._weights()

    def one_round(self, rng: np.random.Generator, options: SearchOptions) -> FoundWeek:
        """Anneal once from a fresh start."""
        return self.evaluate(self.chosen(self._anneal(rng, options)))

    def so_far(self) -> FoundWeek | None:
        """Give the week under way."""
        return None if self.now is None else self.evaluate(self.chosen(self.now))

    def _weights(self) -> tuple[Array, Array]:
        """Points per unit of breach: of the hard rows, and of the priced ones."""
        hard, soft = [], []
        for rows in (self.link.rows, self.day):
            largest = np.abs(rows.coefficients).max(axis=1, initial=0.0)
            scale = np.maximum(np.abs(rows.limits), LEAST_SCALE * largest)
            hard.append(np.where(rows.hard, HARD_POINTS / np.maximum(scale, TOLERANCE), 0.0))
            soft.append(rows.prices)
        return np.concatenate(hard), np.concatenate(soft)

    def _anneal(self, rng: np.random.Generator, options: SearchOptions) -> npt.NDArray[np.int64]:
        week = self.begin_at(self.draw_start(rng))
        self.now = week.state
        for temperature in options.temperatures():
            self.sweep(rng, week, options, temperature)
        return week.state

    def sweep(
        self,
        rng: np.random.Generator,
        week: WeekState,
        options: SearchOptions,
        temperature: float,
    ) -> None:
        """Visit each place of each day once, those of ``joint`` apart."""
        places = len(self.alone)
        steps = self.days * places
        order = rng.permutation(steps).tolist()
        pair = (rng.random(steps) < options.pairs).tolist()
        partner = rng.random(steps).tolist()
        noise = -np.log(rng.exponential(size=(steps, self.widest))) * temperature
        strict = max(options.strict, 1.0 - temperature / options.hot)
        week.weights = self.soft + strict * self.hard * self.steep
        week.order_points = strict * HARD_POINTS
        pairs_of_days = self.days - 1 if self.moves_across else 0
        across = rng.permutation(pairs_of_days)[: max(1, self.days // 3)]
        for d in across:
            self._draw_across(rng, week, int(d), temperature)
        for step in range(steps):
            d, number = divmod(order[step], places)
            p = self.alone[number]
            if pair[step] and self.partners[p]:
                q = self.partners[p][int(partner[step] * len(self.partners[p]))]
                self._draw_pair(rng, week, d, p, q, temperature)
            else:
                self._draw_one(week, d, p, noise[step])

    def draw_start(self, rng: np.random.Generator) -> npt.NDArray[np.int64]:
        """Fill every place as likely as the aggregated week does, or as a week given before."""
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

    def begin_at(self, state: npt.NDArray[np.int64]) -> WeekState:
        """Sum up the rows of a state."""
        link, kinds = -self.link.rows.limits, np.zeros(len(self.arrays.kinds))
        own = -self.own_limits
        for d in range(self.days):
            for p, option in enumerate(state[d]):
                part = self.parts[d][p][option]
                link = link + part[: self.links]
                own[d] += part[self.links :]
                kinds += self.kind_parts[p][option]
        return WeekState(state, link, own, kinds, self.soft + self.hard)

    def _options_of(self, chosen: Sequence[int] | None) -> npt.NDArray[np.int64]:
        """Give the option of each place that puts ``chosen`` on a day, -1 where none does."""
        found = np.full(len(self.options), -1, dtype=np.int64)
        if chosen is None:
            return found
        at = {int(index): number for number, index in enumerate(self.columns)}
        wanted = {at[index] for index in chosen if index in at}
        for p, options in enumerate(self.options):
            held = [n for n, column in enumerate(options.tolist()) if column in wanted]
            if held:
                found[p] = held[0]
            elif options[0] == -1:
                found[p] = 0
        return found

    def _draw_one(self, week: WeekState, d: int, p: int, noise: Array) -> None:
        """Draw place ``p`` of day ``d`` among all of its options.

        The option with the most noise less points is one drawn with probability falling by e for
        each temperature of points (the Gumbel maximum).
        """
        weighed = self.weigh(week, d, p)
        new = int((noise[: len(weighed.points)] - weighed.points).argmax())
        if new != week.state[d, p]:
            self.put(week, d, p, weighed, new)

    def weigh(self, week: WeekState, d: int, p: int) -> Weighed:
        """Weigh all options of place ``p`` of day ``d``."""
        part, scratch = self.parts[d][p], self.scratch[p]
        old = week.state[d, p]
        rest = np.concatenate((week.link, week.own[d]))
        rest -= part[old]
        np.add(part, rest, out=scratch)
        np.maximum(scratch, 0.0, out=scratch)
        points = scratch @ week.weights
        points += self.points[d][p]
        kind_part = self.kind_parts[p]
        kinds = week.kinds - kind_part[old]
        points += self._kind_points(kinds, kind_part[:, kinds == 0.0].sum(axis=1))
        meals = self.second_meals
        if meals is not None and p in (meals.first, meals.second):
            points += week.order_points * meals.unmet(week.state, d, p)
        return Weighed(points, rest, kinds)

    def put(self, week: WeekState, d: int, p: int, weighed: Weighed, new: int) -> None:
        """Put option ``new`` on place ``p`` of day ``d``, which was ``weighed`` just before."""
        rest = weighed.rest
        rest += self.parts[d][p][new]
        week.state[d, p] = new
        week.link, week.own[d] = rest[: self.links], rest[self.links :]
        week.kinds = weighed.kinds + self.kind_parts[p][new]

    def _draw_pair(
        self,
        rng: np.random.Generator,
        week: WeekState,
        d: int,
        p: int,
        q: int,
        temperature: float,
    ) -> None:
        """Draw places ``p`` and ``q`` of day ``d`` together, ``q`` among a few of its options."""
        few = self.pick_few(rng, week, d, q)
        weighed = self.weigh_pair(week, d, p, q, few)
        noise = -np.log(rng.exponential(size=weighed.points.shape)) * temperature
        i, j = divmod(int((noise - weighed.points).argmax()), weighed.points.shape[1])
        self.put_pair(week, d, (p, q), weighed, (i, int(few[j])))

    def pick_few(
        self, rng: np.random.Generator, week: WeekState, d: int, q: int
    ) -> npt.NDArray[np.int64]:
        """Pick a few options of the second place of a pair, the present one among them."""
        size = len(self.options[q])
        if size <= PAIR_OPTIONS:
            return np.arange(size)
        return np.append(rng.choice(size, PAIR_OPTIONS, replace=False), week.state[d, q])

    def weigh_pair(
        self, week: WeekState, d: int, p: int, q: int, few: npt.NDArray[np.int64]
    ) -> Weighed:
        """Weigh all options of ``p`` with those ``few`` of ``q``: a table of points."""
        state = week.state
        part_p, part_q = self.parts[d][p], self.parts[d][q][few]
        rest = np.concatenate((week.link, week.own[d]))
        rest -= part_p[state[d, p]] + self.parts[d][q][state[d, q]]
        both = (part_p + rest)[:, None, :] + part_q[None, :, :]
        np.maximum(both, 0.0, out=both)
        points = both @ week.weights
        points += self.points[d][p][:, None] + self.points[d][q][few][None, :]
        meals = self.second_meals
        if meals is not None and p in (meals.first, meals.second):
            points += week.order_points * meals.unmet(state, d, p)[:, None]
        if meals is not None and q in (meals.first, meals.second):
            points += week.order_points * meals.unmet(state, d, q)[few][None, :]
        kind_p, kind_q = self.kind_parts[p], self.kind_parts[q][few]
        kinds = week.kinds - kind_p[state[d, p]] - self.kind_parts[q][state[d, q]]
        fresh = kinds == 0.0
        either = np.maximum(kind_p[:, None, fresh], kind_q[None, :, fresh]).sum(axis=2)
        points += self._kind_points(kinds, either)
        return Weighed(points, rest, kinds)

    def put_pair(
        self, week: WeekState, d: int, at: tuple[int, int], weighed: Weighed, new: tuple[int, int]
    ) -> None:
        """Put options ``new`` on the places ``at`` of day ``d``, ``weighed`` just before."""
        parts = [self.parts[d][place][option] for place, option in zip(at, new, strict=True)]
        kinds = [self.kind_parts[place][option] for place, option in zip(at, new, strict=True)]
        rest = weighed.rest
        rest += parts[0] + parts[1]
        week.state[d, at[0]], week.state[d, at[1]] = new
        week.link, week.own[d] = rest[: self.links], rest[self.links :]
        week.kinds = weighed.kinds + kinds[0] + kinds[1]

    def _draw_across(
        self, rng: np.random.Generator, week: WeekState, d: int, temperature: float
    ) -> None:
        """Draw a dinner and the lunch of a later day together, as second meals need it."""
        meals = self.second_meals
        assert meals is not None
        first, second, e = meals.first, meals.second, d + 1
        state, links = week.state, self.links
        few_p, few_q = (
            self._few(rng, week, day, place) for day, place in ((d, first), (e, second))
        )
        part_p, part_q = self.parts[d][first][few_p], self.parts[e][second][few_q]
        old_p = self.parts[d][first][state[d, first]]
        old_q = self.parts[e][second][state[e, second]]
        link = week.link - old_p[:links] - old_q[:links]
        own_d, own_e = week.own[d] - old_p[links:], week.own[e] - old_q[links:]
        both = (part_p[:, :links] + link)[:, None, :] + part_q[None, :, :links]
        np.maximum(both, 0.0, out=both)
        points = both @ week.weights[:links]
        of_d = np.maximum(part_p[:, links:] + own_d, 0.0) @ week.weights[links:]
        of_e = np.maximum(part_q[:, links:] + own_e, 0.0) @ week.weights[links:]
        points += (of_d + self.points[d][first][few_p])[:, None]
        points += (of_e + self.points[e][second][few_q])[None, :]
        kind_p, kind_q = self.kind_parts[first][few_p], self.kind_parts[second][few_q]
        kinds = week.kinds - self.kind_parts[first][state[d, first]]
        kinds = kinds - self.kind_parts[second][state[e, second]]
        fresh = kinds == 0.0
        either = np.maximum(kind_p[:, None, fresh], kind_q[None, :, fresh]).sum(axis=2)
        points += self._kind_points(kinds, either)
        points += week.order_points * self._unmet_pair(week, d, few_p, few_q)
        noise = -np.log(rng.exponential(size=points.shape)) * temperature
        i, j = divmod(int((noise - points).argmax()), points.shape[1])
        state[d, first], state[e, second] = few_p[i], few_q[j]
        week.link = link + part_p[i, :links] + part_q[j, :links]
        week.own[d], week.own[e] = own_d + part_p[i, links:], own_e + part_q[j, links:]
        week.kinds = kinds + kind_p[i] + kind_q[j]

    def _unmet_pair(
        self,
        week: WeekState,
        d: int,
        few_p: npt.NDArray[np.int64],
        few_q: npt.NDArray[np.int64],
    ) -> Array:
        """Second meals left without a first, for each pair of a dinner and the next lunch."""
        meals = self.second_meals
        assert meals is not None
        kept = week.state[d + 1, meals.second]
        free = int(np.flatnonzero(meals.needs < 0)[0]) if (meals.needs < 0).any() else kept
        week.state[d + 1, meals.second] = free  # the next lunch is being drawn: it needs nothing
        later: Array = meals.unmet(week.state, d, meals.first)[few_p][:, None]
        week.state[d + 1, meals.second] = kept
        before = meals.unmet(week.state, d + 1, meals.second)[few_q][None, :]
        cooks, needs = meals.cooks[few_p][:, None], meals.needs[few_q][None, :]
        present = meals.cooks[week.state[d, meals.first]]
        # what the next lunch needs is met by tonight's dinner, or by an earlier one
        met_earlier = (before == 0.0) & (needs != present)
        unmet: Array = (needs >= 0) & (needs != cooks) & ~met_earlier
        return later + unmet

    def _few(
        self, rng: np.random.Generator, week: WeekState, d: int, p: int
    ) -> npt.NDArray[np.int64]:
        """Pick some options of a place, the present one among them."""
        size = len(self.options[p])
        if size <= ACROSS_OPTIONS:
            return np.arange(size)
        drawn = rng.choice(size, ACROSS_OPTIONS, replace=False)
        return np.append(drawn, week.state[d, p])

    def _is_gap(self, d: int, options: npt.NDArray[np.int64]) -> Array:
        """1 for the empty option of a place that day ``d`` must fill."""
        needed = self.arrays.places[options[-1]] in self.arrays.needed[d]
        gap: Array = (options == -1) * float(needed)
        return gap

    def _kind_points(self, kinds: Array, more: Array) -> Array:
        """Points of the kinds beyond the usual number, with ``more`` of them."""
        used = float((kinds > 0.0).sum()) - self.arrays.most_kinds
        points: Array = np.maximum(used + more, 0.0) * self.arrays.kind_points
        return points

    def chosen(self, state: npt.NDArray[np.int64]) -> Choices:
        """Give the columns that a state puts on each day."""
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
        """Weigh the rows that stayed broken more in the next round."""
        names = {name.split("@")[0] for name in found.broken}
        for at, name in enumerate((*self.link.rows.names, *self.day.names)):
            if name in names:
                self.steep[at] *= STEEPER


@dataclass(frozen=True, slots=True)
class _LinkRows:
    """Link rows and, for each day, how much it counts in each of them (days × rows)."""

    rows: Rows
    active: Array


def _with_windows(link: Rows, between: Between, days: int) -> _LinkRows:
    """Append a row per spacing and window of days, and two per spread and day."""
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
            names.append(key.name)
            lines.append(spread.amounts)
            limits.append(limit)
            prices.append(0.0)
            factors.append(by_day)
    base = np.ones((days, len(link.names)))
    if not lines:
        return _LinkRows(link, base)
    rows = Rows(
        (*link.names, *names),
        np.vstack([link.coefficients, np.array(lines)]),
        np.concatenate([link.limits, limits]),
        np.concatenate([link.prices, prices]),
        np.concatenate([link.hard, np.array(prices) == 0.0]),
    )
    return _LinkRows(rows, np.hstack([base, np.array(factors).T]))


@dataclass(frozen=True, slots=True)
class _SecondMeals:
    """Meals that need an earlier one, as the search sees them.

    Parameters
    ----------
    first, second
        Places of the cooked meal and of the second one.
    cooks, needs
        For each option of those places the number of its dish, -1 for none.
    keeps
        Days that each dish keeps.
    """

    first: int
    second: int
    cooks: npt.NDArray[np.int64]
    needs: npt.NDArray[np.int64]
    keeps: npt.NDArray[np.int64]

    def unmet(self, state: npt.NDArray[np.int64], d: int, place: int) -> Array:
        """1 for each option of ``place`` on day ``d`` that leaves a second meal without its first.

        On the second meal's place: its dish was not cooked, or too long ago. On the first one's:
        another dish than the one that a later day still needs.
        """
        cooked = self.cooks[state[:, self.first]].tolist()
        if place == self.second:
            kept = np.zeros(len(self.keeps) + 1, dtype=bool)
            for earlier, dish in enumerate(cooked[:d]):
                if dish >= 0 and d - earlier <= self.keeps[dish]:
                    kept[dish] = True
            unmet: Array = ((self.needs >= 0) & ~kept[self.needs]).astype(float)
            return unmet
        bad = np.zeros(len(self.cooks))
        needed = self.needs[state[:, self.second]].tolist()
        for later, dish in enumerate(needed):
            if later > d and dish >= 0 and later - d <= self.keeps[dish]:
                since = max(0, later - int(self.keeps[dish]))
                if dish not in (*cooked[since:d], *cooked[d + 1 : later]):
                    bad += self.cooks != dish
        return bad


def _second_meals(
    options: Sequence[npt.NDArray[np.int64]], orders: Sequence[Order]
) -> _SecondMeals | None:
    """Find the places of first and second meals; ``None`` where there are no second meals."""
    if not orders:
        return None

    def dishes_on(which: str) -> list[npt.NDArray[np.int64]]:
        marks = np.array([getattr(order, which) for order in orders])
        padded = np.hstack([marks, np.zeros((len(orders), 1))])
        return [
            np.where(padded[:, members].any(axis=0), padded[:, members].argmax(axis=0), -1)
            for members in options
        ]

    cooks, needs = dishes_on("earlier"), dishes_on("later")
    first = next((n for n, one in enumerate(cooks) if (one >= 0).any()), None)
    second = next((n for n, one in enumerate(needs) if (one >= 0).any()), None)
    if first is None or second is None:
        return None
    keeps = np.array([order.days for order in orders])
    return _SecondMeals(first, second, cooks[first], needs[second], keeps)


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


def _partners(
    places: Sequence[Sequence[int]], arrays: WeekArrays, joint: Collection[int]
) -> list[list[int]]:
    """For each place those that stand in a row of few places with it, its own meal first."""
    count = len(places)
    others = [q for q in range(count) if q not in joint]
    slots = [arrays.places[members[0]].split(".")[0] for members in places]
    return [
        [q for q in others if q != p and slots[q] == slots[p]] * SAME_MEAL
        + [q for q in others if q != p and slots[q] != slots[p]]
        for p in range(count)
    ]


def _take(coefficients: Array, options: npt.NDArray[np.int64]) -> Array:
    """Rows of coefficients per option; the empty option (-1) is zeros."""
    padded = np.hstack([coefficients, np.zeros((coefficients.shape[0], 1))])
    return np.ascontiguousarray(padded[:, options].T)


def _chances(likely: Array, options: npt.NDArray[np.int64]) -> Array:
    """Chance of each option at the start: as the aggregated week has it, none too small."""
    padded = np.append(likely, 0.0)
    taken = padded[options]
    if options[0] == -1:
        taken[0] = max(0.0, 1.0 - taken.sum())
    taken = taken + LEAST_CHANCE
    chances: Array = taken / taken.sum()
    return chances
