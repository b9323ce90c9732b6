"""Compose weeks by annealing over the places of their days.

A week is one choice per day and place. A move takes one place (or two) and draws its new content
from all that could stand there, with probability falling by e for each ``temperature`` points (a
heat bath): no move is refused. What several eaters share is drawn once for all of them. Rows that
must hold are priced, and dearer with each sweep that leaves them broken; whether they hold is
decided by an exact recomputation at the end, never by the price. The work is a fixed number of
sweeps, so that a seed gives the same week on any machine. The moves themselves are compiled
(``kernel.py``).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from planner.model.arrays import Array
from planner.search.evaluate import FoundWeek, rank
from planner.search.layout import HARD_POINTS, Indices, Layout, SearchedEater, lay_out
from planner.search.loading import call, compiled_moves
from planner.search.mended import Beginning, begun_from
from planner.search.week import begin
from planner.search.work import SearchOptions

BEYOND = 0.5  # of a round may lie beyond the deadline
Weeks = tuple[FoundWeek, ...]
"""The week of each eater."""


Progress = Callable[[int, FoundWeek, float], None]
"""Told the number of the round, the best week so far and the bound."""


class WeekSearch:
    """The search over the weeks of one eater, or of several who share pots.

    Parameters
    ----------
    shares
        What each eater may be served.
    further_points
        Points of each dish beyond the first that a meal of the table is cooked.
    """

    def __init__(self, shares: Sequence[SearchedEater], further_points: float = 0.0) -> None:
        self.layout: Layout = lay_out(shares, further_points)
        self.stop = np.zeros(1, dtype=np.int64)

    def work_of(self, options: SearchOptions) -> tuple[int, int]:
        """Give the work of a round, and of a repair: sweeps times options of all places."""
        width = len(self.layout.spots.points)
        return options.sweeps * width, options.repair_sweeps * width

    def run(
        self,
        options: SearchOptions,
        bound: float,
        deadline: float | None,
        progress: Progress | None = None,
    ) -> Weeks:
        """Search for the work that ``options`` allow and give the best week of each eater.

        An interrupt from the keyboard ends the search too, as soon as there is a week that holds.

        Parameters
        ----------
        options
            Work to do.
        bound
            Points that no week can go below, of all eaters; with ``options.gap`` it ends the
            search early.
        deadline
            Reading of ``time.perf_counter``: no further round starts of which, as long as the last
            one, more than half would lie beyond.
        progress
            Told the best week after each round; of several eaters all together.

        Raises
        ------
        KeyboardInterrupt
            When it comes before a first week that holds.
        """
        best: Weeks | None = None
        state = np.zeros(0, dtype=np.int64)
        near: tuple[float, Indices] = math.inf, state
        hard, begun = self.layout.weights()[1], time.perf_counter()
        for wave in _waves(options):
            is_repair = wave.start >= options.rounds  # which waits for the usual rounds
            if best is not None and self._is_done(best, options, bound, is_repair=is_repair):
                break
            if best is not None and deadline is not None:
                now = time.perf_counter()
                if now + BEYOND * (now - begun) > deadline:
                    return tuple(replace(one, cut=True) for one in best)
                begun = now
            how, first = self._begun(options, best, state, near[1] if is_repair else None)
            rounds, stopped = self._side_by_side(wave, how, first)
            for at, (found, ended) in zip(wave, rounds, strict=True):
                breach = float(hard @ np.maximum(self.layout.activity(ended)[0], 0.0))
                near = min(near, (breach, ended), key=itemgetter(0))
                old = (ended, found) if best is None else (state, best)
                state, best = min(old, (ended, found), key=self._rank)
                if progress is not None and not stopped:
                    progress(at + 1, self.layout.together(best), bound)
            if stopped:
                return _stopped(best)
            if self._is_enough([one for one, _ in rounds], options):
                break
        assert best is not None
        return best

    def _begun(
        self, options: SearchOptions, best: Weeks | None, state: Indices, nearest: Indices | None
    ) -> tuple[SearchOptions, Beginning | None]:
        """Say how a round works, and from what; ``nearest`` is known to repairs alone."""
        if nearest is None:
            if best is None or options.any_week:
                return options, None
            return options, begun_from(self.layout.spots, best, state)
        short = replace(options, sweeps=options.repair_sweeps, hot=options.repair_warm)
        return replace(short, strict=1.0), Beginning(nearest)

    def _is_done(
        self, best: Weeks, options: SearchOptions, bound: float, *, is_repair: bool
    ) -> bool:
        known = self.layout.together(best)
        is_near = is_close(known.objective, bound, options.gap)
        return not known.broken and (is_near or is_repair)

    def _is_enough(self, rounds: Sequence[Weeks], options: SearchOptions) -> bool:
        least = min(len(self.layout.together(one).broken) for one in rounds)
        return least > options.stuck or (options.any_week and not least)

    def _rank(self, one: tuple[Indices, Weeks]) -> tuple[int, float]:
        return rank(self.layout.together(one[1]))

    def _side_by_side(
        self,
        wave: range,
        options: SearchOptions,
        first: Beginning | None,
    ) -> tuple[list[tuple[Weeks, Indices]], bool]:
        """Anneal rounds side by side, from ``first`` where that is for them.

        Gives the weeks and state of each, and whether the keyboard interrupted them.
        """
        states = [self.layout.draw(np.random.default_rng([options.seed, at])) for at in wave]
        stopped = False
        with ThreadPoolExecutor(len(wave)) as pool:
            tasks = []
            for state, at in zip(states, wave, strict=True):
                only = None
                if first is not None and first.is_for(at):
                    first.lay_over(state)
                    only = first.spots
                tasks.append(pool.submit(self._anneal, state, at, options, only))
            try:
                wait(tasks)
            except KeyboardInterrupt:
                stopped = True
                self.stop[0] = 1
        for task in tasks:
            task.result()
        self.stop[0] = 0
        return [(self.layout.found(state), state) for state in states], stopped

    def _anneal(
        self,
        state: Indices,
        number: int,
        options: SearchOptions,
        only: Indices | None,
    ) -> None:
        """Anneal one round in place, or ``only`` some spots."""
        drawn = np.random.SeedSequence([options.seed, number, 1]).generate_state(1, np.uint64)
        seed = drawn.astype(np.uint64)
        anneal_once(self.layout, state, options, seed, self.stop, only)


def anneal_once(
    layout: Layout,
    state: Indices,
    options: SearchOptions,
    seed: npt.NDArray[np.uint64],
    stop: Indices,
    only: Indices | None = None,
) -> None:
    """Anneal in place from a state by the compiled moves.

    Parameters
    ----------
    layout, state
        What may stand where, and an option for each spot.
    options
        Sweeps, temperatures, pairs and strictness.
    seed, stop
        One number that the draws start from, and one flag that ends the sweeps when set.
    only
        Spots that may change, where not all may; days then exchange nothing.
    """
    activity, kinds = layout.activity(state)
    spots = layout.spots
    exchanges = options.exchanges if only is None else 0.0
    shares = options.pairs, options.pot_pairs, exchanges, options.whole_meals, options.across
    week = begin(spots, state, activity, kinds, seed, options.few, options.strict)
    if only is not None:
        week = week._replace(order=only.copy())
        spots = spots._replace(across=spots.across[:0])
    prices = (
        options.strict * options.falls_to, options.most_strict, options.rising, options.falling,
        options.settled * options.sweeps, HARD_POINTS,
    )  # fmt: skip
    weights = layout.weights()
    call(compiled_moves(), spots, week, *weights, _schedule(options), shares, prices, stop)


def _waves(options: SearchOptions) -> Iterator[range]:
    """Give the rounds that run side by side: the usual ones, then repairs.

    Where any week is enough they come one after another, each with a repair of its own.
    """
    rounds, every = options.rounds, options.rounds + options.repair_rounds
    if not options.any_week:
        for first, end in ((0, rounds), (rounds, every)):
            for at in range(first, end, options.together):
                yield range(at, min(at + options.together, end))
        return
    for at in range(max(rounds, options.repair_rounds)):
        for one in (at, rounds + at):
            if one < (rounds if one == at else every):
                yield range(one, one + 1)


def _schedule(options: SearchOptions) -> Array:
    """Temperature of each sweep, falling by the same share each time [points]."""
    falling = np.linspace(0.0, 1.0, max(options.sweeps, 2))[: options.sweeps]
    temperatures: Array = options.hot * (options.cold / options.hot) ** falling
    return temperatures


def _stopped(best: Weeks | None) -> Weeks:
    """Give the best week so far, if there is one that holds."""
    if best is None or any(one.broken for one in best):
        raise KeyboardInterrupt
    return tuple(replace(one, stopped=True) for one in best)


def is_close(objective: float, bound: float, gap: float | None) -> bool:
    """Whether weeks of these points are proven to lie within ``gap`` of the best."""
    return gap is not None and objective - bound <= gap * objective
