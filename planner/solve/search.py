"""Compose a whole week by annealing over the places of its days.

A week is one choice per day and place. A move takes one place (or two of one day) and draws its
new content from all that could stand there, with probability falling by e for each ``temperature``
points (a heat bath): no move is refused, and one numpy operation weighs some twenty to some hundred
alternatives. Rows that must hold are priced steeply, and steeper where they stay broken; whether
they hold is decided by an exact recomputation at the end, never by the price. The work is a fixed
number of sweeps, so that a seed gives the same week on any machine.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from planner.model.variety import Spacing
from planner.solve.arrays import Array, Rows, WeekArrays

HARD_POINTS = 40.0  # for a hard row broken by as much as its own limit
PAIR_OPTIONS = 8  # options of the second place in a move of two
SAME_MEAL = 4  # a second place of the same meal is drawn that much more often
LEAST_STRICT = 0.15  # share of the full price of hard rows while the search is hottest
STEEPER = 3.0  # factor for rows still broken after a round
TOLERANCE = 1e-7  # of a row's limit: rounding of sums, not a breach


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How much work the search does.

    Parameters
    ----------
    sweeps
        Visits to every place of every day in one round.
    rounds
        Rounds from a fresh temperature; the best week of all is kept.
    hot, cold
        First and last temperature [points].
    pairs
        Share of moves that draw two places of a day together.
    repair_rounds
        More rounds at most, while a hard row is broken.
    seed
        Seed of the draws.
    gap
        Proven gap that ends the search early; ``None`` does all the work.
    time_limit_s
        Safety net [s]: ends the search between rounds, so that the plan depends on the machine.
    """

    sweeps: int = 50
    rounds: int = 2
    hot: float = 1.0
    cold: float = 0.02
    pairs: float = 0.1
    repair_rounds: int = 4
    seed: int = 0
    gap: float | None = None
    time_limit_s: float | None = None


@dataclass(frozen=True, slots=True)
class FoundWeek:
    """A composed week.

    Parameters
    ----------
    choices
        For each day the chosen columns, ascending.
    objective
        Points, recomputed from scratch; counts priced rows, not hard ones.
    broken
        Names of the hard rows that do not hold.
    terms
        Rule of a priced row → its points.
    cut
        Whether the clock ended the search.
    """

    choices: tuple[tuple[int, ...], ...]
    objective: float
    broken: tuple[str, ...]
    terms: Mapping[str, float]
    cut: bool = False


@dataclass(slots=True)
class _WeekState:
    """A week under construction: options per day and place, rows less their limits, weights."""

    state: npt.NDArray[np.int64]
    day: Array
    link: Array
    day_weights: Array
    link_weights: Array
    kinds: Array
    hard_day: Array
    hard_link: Array
    soft_day: Array
    soft_link: Array

    def set_strictness(self, share: float) -> None:
        """Weigh hard rows by ``share`` of their full price: lightly while the search is hot."""
        self.day_weights = self.soft_day + share * self.hard_day
        self.link_weights = self.soft_link + share * self.hard_link


class WeekSearch:
    """The search over one set of columns.

    Parameters
    ----------
    arrays
        Rows and points over all columns.
    places
        For each place its columns and whether it must be filled.
    spacings
        Rules between single days.
    """

    def __init__(
        self,
        arrays: WeekArrays,
        places: Sequence[tuple[Sequence[int], bool]],
        spacings: Sequence[Spacing],
    ) -> None:
        self.arrays = arrays
        self.days = arrays.points.shape[0]
        self.day = _prune(arrays.day, places, 1)
        self.link = _with_windows(_prune(arrays.link, places, self.days), spacings, self.days)
        self.options: list[npt.NDArray[np.int64]] = []
        for members, required in places:
            self.options.append(np.array(list(members) if required else [-1, *members]))
        self.partners = _partners([members for members, _ in places], arrays)
        self.full = (arrays, tuple(spacings))
        self.steep_day = np.ones(len(self.day.names))
        self.steep_link = np.ones(len(self.link.rows.names))
        self._lay_out()

    def _lay_out(self) -> None:
        """Put the coefficients of each place side by side, an empty place as zeros."""
        day, link = self.day.coefficients, self.link.rows.coefficients
        self.day_parts = [_take(day, options) for options in self.options]
        self.link_parts = [
            [_take(link, options) * self.link.active[d] for options in self.options]
            for d in range(self.days)
        ]
        self.kind_parts = [_take(self.arrays.kinds, options) for options in self.options]
        self.point_parts = [
            [_take(self.arrays.points[d][None, :], options)[:, 0] for options in self.options]
            for d in range(self.days)
        ]

    def run(self, options: SearchOptions, bound: float, deadline: float | None) -> FoundWeek:
        """Search for the work that ``options`` allow and give the best week found.

        Parameters
        ----------
        options
            Work to do.
        bound
            Points that no week can go below; with ``options.gap`` it ends the search early.
        deadline
            Reading of ``time.perf_counter`` after which no further round starts.
        """
        rng = np.random.default_rng(options.seed)
        best: FoundWeek | None = None
        for number in range(options.rounds + options.repair_rounds):
            enough = best is not None and not best.broken
            if enough and (number >= options.rounds or _is_close(best, bound, options.gap)):
                break
            if best is not None and deadline is not None and time.perf_counter() > deadline:
                return replace(best, cut=True)
            found = self.evaluate(self._chosen(self._anneal(rng, options)))
            if best is None or _rank(found) < _rank(best):
                best = found
            if found.broken:
                self._steepen(found)
        assert best is not None
        return best

    def _weights(self) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
        """Points per unit of breach: (hard, priced) for rows of a day and for link rows."""

        def weigh(rows: Rows, steep: Array) -> tuple[Array, Array]:
            largest = np.abs(rows.coefficients).max(axis=1, initial=0.0)
            scale = np.maximum(np.abs(rows.limits), 0.25 * largest)
            hard = np.where(rows.hard, HARD_POINTS / np.maximum(scale, 1e-9) * steep, 0.0)
            return hard, rows.prices

        return weigh(self.day, self.steep_day), weigh(self.link.rows, self.steep_link)

    def _anneal(self, rng: np.random.Generator, options: SearchOptions) -> npt.NDArray[np.int64]:
        places = len(self.options)
        week = self._start(rng)
        steps = self.days * places
        cooling = (options.cold / options.hot) ** (1 / max(1, options.sweeps - 1))
        temperature = options.hot
        for _ in range(options.sweeps):
            order = rng.permutation(steps).tolist()
            pair = (rng.random(steps) < options.pairs).tolist()
            partner = rng.random(steps).tolist()
            week.set_strictness(max(LEAST_STRICT, 1.0 - temperature / options.hot))
            for step in range(steps):
                d, p = divmod(order[step], places)
                if pair[step] and self.partners[p]:
                    q = self.partners[p][int(partner[step] * len(self.partners[p]))]
                    self._draw_pair(rng, week, d, p, q, temperature)
                else:
                    self._draw_one(rng, week, d, p, temperature)
            temperature *= cooling
        return week.state

    def _start(self, rng: np.random.Generator) -> _WeekState:
        """Fill every place by chance and sum up the rows."""
        sizes = [len(options) for options in self.options]
        state = np.array([rng.integers(sizes) for _ in range(self.days)])
        day = np.tile(-self.day.limits, (self.days, 1))
        link = -self.link.rows.limits
        for d in range(self.days):
            for p in range(len(self.options)):
                day[d] += self.day_parts[p][state[d, p]]
                link = link + self.link_parts[d][p][state[d, p]]
        kinds = np.zeros(self.arrays.kinds.shape[0])
        for d in range(self.days):
            for p in range(len(self.options)):
                kinds += self.kind_parts[p][state[d, p]]
        (hard_day, soft_day), (hard_link, soft_link) = self._weights()
        return _WeekState(
            state=state,
            day=day,
            link=link,
            day_weights=hard_day + soft_day,
            link_weights=hard_link + soft_link,
            kinds=kinds,
            hard_day=hard_day,
            hard_link=hard_link,
            soft_day=soft_day,
            soft_link=soft_link,
        )

    def _draw_one(
        self, rng: np.random.Generator, week: _WeekState, d: int, p: int, temperature: float
    ) -> None:
        """Draw place ``p`` of day ``d`` among all of its options."""
        day_part, link_part = self.day_parts[p], self.link_parts[d][p]
        old = week.state[d, p]
        day_rest = week.day[d] - day_part[old]
        link_rest = week.link - link_part[old]
        points = (
            self.point_parts[d][p]
            + np.maximum(day_part + day_rest, 0.0) @ week.day_weights
            + np.maximum(link_part + link_rest, 0.0) @ week.link_weights
        )
        kind_part = self.kind_parts[p]
        kind_rest = week.kinds - kind_part[old]
        points += kind_part[:, kind_rest == 0.0].sum(axis=1) * self.arrays.kind_points
        new = _draw(rng, points, temperature)
        week.state[d, p] = new
        week.day[d] = day_rest + day_part[new]
        week.link = link_rest + link_part[new]
        week.kinds = kind_rest + kind_part[new]

    def _draw_pair(
        self,
        rng: np.random.Generator,
        week: _WeekState,
        d: int,
        p: int,
        q: int,
        temperature: float,
    ) -> None:
        """Draw places ``p`` and ``q`` of day ``d`` together, ``q`` among a few of its options."""
        now, state = week, week.state
        size = len(self.options[q])
        few = rng.choice(size, PAIR_OPTIONS, replace=False) if size > PAIR_OPTIONS else None
        few = np.arange(size) if few is None else np.append(few, state[d, q])
        day_p, day_q = self.day_parts[p], self.day_parts[q][few]
        link_p, link_q = self.link_parts[d][p], self.link_parts[d][q][few]
        day_rest = now.day[d] - day_p[state[d, p]] - self.day_parts[q][state[d, q]]
        link_rest = now.link - link_p[state[d, p]] - self.link_parts[d][q][state[d, q]]
        day_both = (day_p + day_rest)[:, None, :] + day_q[None, :, :]
        link_both = (link_p + link_rest)[:, None, :] + link_q[None, :, :]
        points = (
            self.point_parts[d][p][:, None]
            + self.point_parts[d][q][few][None, :]
            + np.maximum(day_both, 0.0, out=day_both) @ now.day_weights
            + np.maximum(link_both, 0.0, out=link_both) @ now.link_weights
        )
        kind_p, kind_q = self.kind_parts[p], self.kind_parts[q][few]
        kind_rest = now.kinds - kind_p[state[d, p]] - self.kind_parts[q][state[d, q]]
        fresh = kind_rest == 0.0
        either = np.maximum(kind_p[:, None, fresh], kind_q[None, :, fresh])
        points += either.sum(axis=2) * self.arrays.kind_points
        i, j = divmod(_draw(rng, points.ravel(), temperature), points.shape[1])
        state[d, p], state[d, q] = i, few[j]
        now.day[d] = day_rest + day_p[i] + day_q[j]
        now.link = link_rest + link_p[i] + link_q[j]
        now.kinds = kind_rest + kind_p[i] + kind_q[j]

    def _chosen(self, state: npt.NDArray[np.int64]) -> tuple[tuple[int, ...], ...]:
        return tuple(
            tuple(
                sorted(
                    int(options[state[d, p]])
                    for p, options in enumerate(self.options)
                    if options[state[d, p]] >= 0
                )
            )
            for d in range(self.days)
        )

    def evaluate(self, choices: tuple[tuple[int, ...], ...]) -> FoundWeek:
        """Recompute a week from all rows of the model, from scratch."""
        arrays, spacings = self.full
        link = _with_windows(arrays.link, spacings, self.days)
        objective, broken = 0.0, []
        terms: dict[str, float] = {}
        link_sum = np.zeros(len(link.rows.names))
        for d, chosen in enumerate(choices):
            index = list(chosen)
            objective += float(arrays.points[d][index].sum())
            activity = arrays.day.coefficients[:, index].sum(axis=1)
            _add_terms(terms, arrays.day, activity)
            broken += [f"{name}@{d + 1}" for name in _broken(arrays.day, activity)]
            link_sum += link.rows.coefficients[:, index].sum(axis=1) * link.active[d]
        _add_terms(terms, link.rows, link_sum)
        used = self._kinds_used(choices)
        if used:
            terms["kinds"] = used * self.arrays.kind_points
        broken += _broken(link.rows, link_sum)
        return FoundWeek(choices, objective + sum(terms.values()), tuple(broken), terms)

    def _kinds_used(self, choices: tuple[tuple[int, ...], ...]) -> int:
        index = [column for chosen in choices for column in chosen]
        return int(self.arrays.kinds[:, index].any(axis=1).sum())

    def _steepen(self, found: FoundWeek) -> None:
        names = {name.split("@")[0] for name in found.broken}
        for rows, steep in ((self.day, self.steep_day), (self.link.rows, self.steep_link)):
            for at, name in enumerate(rows.names):
                if name in names:
                    steep[at] *= STEEPER


@dataclass(frozen=True, slots=True)
class _LinkRows:
    """Link rows and, for each day, which of them it counts in (days × rows)."""

    rows: Rows
    active: Array


def _with_windows(link: Rows, spacings: Sequence[Spacing], days: int) -> _LinkRows:
    """Append a row per spacing and window of days."""
    lines, limits, prices, names, active = [], [], [], [], []
    for spacing in spacings:
        for first in spacing.windows(days):
            names.append(f"spacing.{spacing.name}.d{first + 1}")
            lines.append(spacing.columns)
            limits.append(1.0)
            prices.append(spacing.price or 0.0)
            active.append([float(first <= d < first + spacing.days) for d in range(days)])
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
    return _LinkRows(rows, np.hstack([base, np.array(active).T]))


def _prune(rows: Rows, places: Sequence[tuple[Sequence[int], bool]], days: int) -> Rows:
    """Keep the rows that these columns could break; bounds are drawn in a little.

    Bounds are tightened by a hair so that what the search holds, the exact test holds too.
    """
    most = np.zeros(len(rows.names))
    for members, required in places:
        part = rows.coefficients[:, list(members)].max(axis=1, initial=-np.inf)
        most += part if required else np.maximum(part, 0.0)
    keep = most * days > rows.limits + 1e-9 * np.abs(rows.limits)
    limits = rows.limits - np.where(rows.hard, 1e-6 * np.abs(rows.limits), 0.0)
    return Rows(
        tuple(name for name, kept in zip(rows.names, keep, strict=True) if kept),
        rows.coefficients[keep],
        limits[keep],
        rows.prices[keep],
        rows.hard[keep],
    )


def _partners(places: Sequence[Sequence[int]], arrays: WeekArrays) -> list[list[int]]:
    """For each place those that stand in a row of few places with it, its own meal first."""
    count = len(places)
    slots = [arrays.slots[members[0]] for members in places]
    return [
        [q for q in range(count) if q != p and slots[q] == slots[p]] * SAME_MEAL
        + [q for q in range(count) if q != p and slots[q] != slots[p]]
        for p in range(count)
    ]


def _take(coefficients: Array, options: npt.NDArray[np.int64]) -> Array:
    """Rows of coefficients per option; the empty option (-1) is zeros."""
    padded = np.hstack([coefficients, np.zeros((coefficients.shape[0], 1))])
    return np.ascontiguousarray(padded[:, options].T)


def _draw(rng: np.random.Generator, points: Array, temperature: float) -> int:
    """Draw an option with probability falling by e per ``temperature`` points (Gumbel maximum)."""
    noise = -np.log(rng.exponential(size=points.shape))
    return int(np.argmax(noise - points / temperature))


def _broken(rows: Rows, activity: Array) -> list[str]:
    allowed = TOLERANCE * np.maximum(1.0, np.abs(rows.limits))
    bad = rows.hard & (activity - rows.limits > allowed)
    return [rows.names[i] for i in np.flatnonzero(bad)]


def _add_terms(terms: dict[str, float], rows: Rows, activity: Array) -> None:
    """Add the points of the priced rows, by rule."""
    points = rows.breaches(activity) * rows.prices
    for at in np.flatnonzero(points):
        rule = rows.names[at].split(".")[0]
        terms[rule] = terms.get(rule, 0.0) + float(points[at])


def _is_close(found: FoundWeek | None, bound: float, gap: float | None) -> bool:
    """Whether the week is proven to lie within ``gap`` of the best."""
    if found is None or gap is None:
        return False
    return found.objective - bound <= gap * found.objective


def _rank(found: FoundWeek) -> tuple[int, float]:
    return len(found.broken), found.objective
