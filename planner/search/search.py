"""Compose weeks by annealing over whole meals, in generations.

A week is one listed meal for each meal of each day. A round begins with weeks drawn by chance and
cools them down: a meal at a time is drawn anew from all of its menu, with probability falling by e
for each ``temperature`` points. The first generation has many short rounds over all meals that are
listed. What its weeks are made of is all that the next one searches, so its rounds are longer for
the same work; and so on. Rows that must hold are priced, and dearer with each sweep that leaves
them broken; whether they hold is decided by an exact recomputation at the end, never by the price.
The work is a fixed number of sweeps, so that a seed gives the same week on any machine. The moves
themselves are compiled (``kernel.py``).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from planner.model.limits import usable_cores
from planner.plan.stop import flag_here, go_on
from planner.search.arrays import FREE, TablePrices
from planner.search.evaluate import FoundWeek, merged
from planner.search.flat import lay_out
from planner.search.layout import Layout
from planner.search.loading import call, compiled_moves
from planner.search.meals import Indices
from planner.search.menu import HARD_POINTS, ServedEater
from planner.search.work import Generation, HardRows, SearchOptions

BEYOND = 0.5  # of a search may lie beyond the deadline
Weeks = tuple[FoundWeek, ...]
"""The week of each eater."""


Progress = Callable[[int, FoundWeek, float], None]
"""Told the number of the search, the best week so far and the bound."""

Sight = Callable[[Weeks], object]
"""Shown weeks that hold while better ones are searched; what it does changes nothing of that."""

Served = list[Indices]
"""For each eater the number of the meal of each day and slot, in the menu of all that is listed."""


@dataclass(frozen=True, slots=True)
class _Pool:
    """What some rounds search: eaters with fewer meals, laid out, and which meals these are.

    Parameters
    ----------
    layout
        The eaters.
    numbers
        For each eater (class of days, slot) → the number of each meal in the menu of all.
    """

    layout: Layout
    numbers: list[dict[tuple[int, int], Indices]]

    @property
    def width(self) -> int:
        """Options of all spots."""
        meals = self.layout.meals
        return int(np.diff(meals.first)[meals.menu].sum())

    def served(self, state: Indices) -> Served:
        """Return the numbers of what is served."""
        each = zip(self.layout.eaters, self.numbers, self.layout.served(state), strict=True)
        return [
            np.array([
                [numbers[of_class, slot][own[day, slot]] for slot in range(own.shape[1])]
                for day, of_class in enumerate(eater.classes.of_day)
            ])
            for eater, numbers, own in each
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a round: the option on each spot, and the points of the hard rows it breaks."""

    state: Indices
    breach: float


@dataclass(frozen=True, slots=True)
class _Found:
    """What a round ended with: its weeks, how far hard rows are broken, and what is served."""

    weeks: Weeks
    total: FoundWeek
    breach: float
    served: Served


class WeekSearch:
    """The search over the weeks of one eater, or of several who share dishes.

    Parameters
    ----------
    eaters
        What each eater may be served.
    prices
        Points of further dishes and sides of a meal of the table.
    beside
        Adds up these points in the weeks of all eaters; ``None`` where none cost points.
    """

    def __init__(
        self,
        eaters: Sequence[ServedEater],
        prices: TablePrices = FREE,
        beside: Callable[[Weeks], float] | None = None,
    ) -> None:
        self.eaters, self.prices, self.beside = tuple(eaters), prices, beside
        numbers = [
            {
                (of_class, slot): np.arange(len(menu))
                for of_class, own in enumerate(eater.menus)
                for slot, menu in enumerate(own)
            }
            for eater in eaters
        ]
        self.all = _Pool(lay_out(eaters, prices), numbers)
        self.stop = flag_here()
        self.sight: Sight | None = None
        self.seen = math.inf
        self.deadline: float | None = None
        self.work = 0
        """Sweeps times options of all spots, so far."""

    def run(
        self,
        options: SearchOptions,
        bound: float,
        deadline: float | None,
        progress: Progress | None = None,
        sight: Sight | None = None,
    ) -> Weeks:
        """Search for the work that ``options`` allow and return the best week of each eater.

        An interrupt from the keyboard ends the search too, as soon as there is a week that holds.

        Parameters
        ----------
        options
            Work to do.
        bound
            Points that no week can go below, of all eaters; with ``options.gap`` it ends the
            search early.
        deadline
            Reading of ``time.perf_counter``: no further search starts of which, as long as the last
            one, more than half would lie beyond. Until it no search for a first week is given up.
        progress
            Told the best week after each search; of several eaters all together.
        sight
            Shown better and better weeks on the way.

        Raises
        ------
        StoppedError
            When nobody waits for it any more.
        KeyboardInterrupt
            When it comes before a first week that holds.
        """
        best: _Found | None = None
        self.sight, self.deadline = sight, deadline
        begun = time.perf_counter()
        for number in range(options.searches):
            if best is not None and not best.total.broken:
                now = time.perf_counter()
                if is_close(best.total.objective, bound, options.gap):
                    break
                if deadline is not None and now + BEYOND * (now - begun) > deadline:
                    return tuple(replace(one, cut=True) for one in best.weeks)
                begun = now
            best = self._search(options, number, best)
            go_on()
            if self.stop[0]:
                return _stopped(best)
            if progress is not None:
                progress(number + 1, best.total, bound)
            if self._is_hopeless(best, options):
                break
        assert best is not None
        return best.weeks

    def _search(self, options: SearchOptions, number: int, best: _Found | None) -> _Found:
        """Search all generations once; where no week holds, go on from what came nearest."""
        pool, earlier = self.all, list[tuple[_Pool, list[Ended]]]()
        for at, generation in enumerate(options.generations):
            if earlier:  # what the rounds before ended with
                own = [pool.served(one.state) for one in earlier[-1][1]]
                pool = self._pool(self._numbers([*own, *([best.served] if best else [])]))
            ended = self._rounds(pool, generation, options, (number, at))
            earlier.append((pool, ended))
            if options.any_week or self.stop[0] or at + 1 == len(options.generations):
                best = self._best(best, pool, ended)
                if self.stop[0] or (options.any_week and not best.total.broken):
                    return best
        assert best is not None
        if best.total.broken:  # a shorter round may have what a longer one lost
            best = self._best_of(best, earlier[:-1])
        for at in range(0, options.repair.rounds, options.together):
            if not best.total.broken or self.stop[0] or self._is_hopeless(best, options):
                break
            rounds = replace(options.repair, rounds=options.together)
            best = self._from(best, rounds, options, (number, len(earlier) + at))
        if options.polish and not (best.total.broken or self.stop[0]):
            best = self._from(best, options.polish, options, (number, len(earlier)))
        return self._best_of(best, earlier[:-1])  # of short plans a shorter round may be better

    def _best_of(self, best: _Found, earlier: Sequence[tuple[_Pool, list[Ended]]]) -> _Found:
        for pool, ended in earlier:
            best = self._best(best, pool, ended)
        return best

    def _from(
        self, best: _Found, rounds: Generation, options: SearchOptions, number: tuple[int, int]
    ) -> _Found:
        """Go on from the best weeks so far, among all that is listed."""
        begin = self.all.layout.state(best.served)
        return self._best(best, self.all, self._rounds(self.all, rounds, options, number, begin))

    def _is_hopeless(self, best: _Found, options: SearchOptions) -> bool:
        """Whether no more is searched for a week that holds."""
        broken = len(best.total.broken)
        if not broken or (self.deadline is not None and time.perf_counter() < self.deadline):
            return False
        return broken > options.stuck or self.work >= options.most_work

    def _best(self, best: _Found | None, pool: _Pool, ended: Sequence[Ended]) -> _Found:
        """Judge what rounds ended with; of weeks that all break rows the nearest is best."""
        found = [best] if best is not None else []
        for one in ended:
            weeks = pool.layout.found(one.state)
            total = merged(weeks)
            if self.beside is not None:
                total = replace(total, objective=total.objective + self.beside(weeks))
            found.append(_Found(weeks, total, one.breach, pool.served(one.state)))
        return min(found, key=lambda one: (bool(one.total.broken), _cost(one)))

    def _show(self, pool: _Pool, ended: Sequence[Ended]) -> None:
        """Show the best of some weeks while others are searched, if it is the best so far."""
        go_on()
        best = self._best(None, pool, ended)
        if self.sight is not None and not best.total.broken and best.total.objective < self.seen:
            self.seen = best.total.objective
            self.sight(best.weeks)

    def _pool(self, numbers: list[dict[tuple[int, int], Indices]]) -> _Pool:
        eaters = [one.narrowed_to(own) for one, own in zip(self.eaters, numbers, strict=True)]
        return _Pool(lay_out(eaters, self.prices), numbers)

    def _numbers(self, weeks: Sequence[Served]) -> list[dict[tuple[int, int], Indices]]:
        """Gather the meals of weeks: for each eater (class of days, slot) → their numbers."""
        found = []
        for e, eater in enumerate(self.eaters):
            of_class = np.array(eater.classes.of_day)
            each = np.array([served[e] for served in weeks])
            found.append(
                {
                    (one, slot): np.unique(each[:, of_class == one, slot])
                    for one in range(len(eater.menus))
                    for slot in range(len(eater.slots))
                }
            )
        return found

    def _rounds(
        self,
        pool: _Pool,
        generation: Generation,
        options: SearchOptions,
        number: tuple[int, int],
        begin: Indices | None = None,
    ) -> list[Ended]:
        """Anneal the rounds of a generation, some side by side.

        ``begin``: what all of them begin with, hard rows at the price of the generation; else each
        begins with a draw.
        """
        self.work += generation.rounds * generation.sweeps * pool.width
        layout = pool.layout.with_further(generation.further)
        with ThreadPoolExecutor(usable_cores()) as threads:  # compiled code holds no lock
            tasks = []
            for at in range(generation.rounds):
                seeds = np.random.SeedSequence([options.seed, *number, at])
                state = layout.draw(np.random.default_rng(seeds)) if begin is None else begin
                seed = seeds.generate_state(1, np.uint64).astype(np.uint64)
                hard = options.hard_rows
                hard = hard if begin is None else replace(hard, strict=generation.strict)
                work = layout, state.copy(), generation, hard, options.exchanges, seed
                tasks.append(threads.submit(anneal_once, *work, self.stop))
            try:
                if self.sight is not None and generation in options.generations[:-1]:
                    wait(tasks[: options.look])
                    self._show(pool, [task.result() for task in tasks[: options.look]])
                wait(tasks)
            except KeyboardInterrupt:
                self.stop[0] = 1
        return [task.result() for task in tasks]


def anneal_once(
    layout: Layout,
    state: Indices,
    generation: Generation,
    hard_rows: HardRows,
    exchanges: float,
    seed: npt.NDArray[np.uint64],
    stop: Indices,
) -> Ended:
    """Anneal one round by the compiled moves.

    Parameters
    ----------
    layout, state
        What may be served where, and the option on each spot; changed in place.
    generation, hard_rows
        Sweeps and temperatures; how the prices of rows that must hold are found.
    exchanges
        Exchanges between two days, for each spot in a sweep.
    seed, stop
        One number that the draws start from, and one flag that ends the sweeps when set.
    """
    sweeps, how = max(1, generation.sweeps), hard_rows
    week = layout.begin(state, seed, how.strict)
    prices = (
        how.strict * how.falls_to, how.most_strict, math.exp(how.rising / sweeps),
        math.exp(-how.falling / sweeps), how.settled * sweeps, HARD_POINTS,
    )  # fmt: skip
    soft, hard = layout.weights()
    falling = np.linspace(0.0, 1.0, max(sweeps, 2))[: generation.sweeps]
    schedule = generation.hot * (generation.cold / generation.hot) ** falling
    call(compiled_moves(), layout.meals, week, soft, hard, schedule, prices, exchanges, stop)
    return Ended(week.state, float(hard @ np.maximum(week.activity, 0.0)))


def _cost(found: _Found) -> tuple[float, int, float]:
    """Order weeks that hold by points, and others by how far they are from holding."""
    broken = len(found.total.broken)
    return (found.breach if broken else 0.0), broken, found.total.objective


def _stopped(best: _Found) -> Weeks:
    """Return the best week so far, if there is one that holds."""
    if best.total.broken:
        raise KeyboardInterrupt
    return tuple(replace(one, stopped=True) for one in best.weeks)


def is_close(objective: float, bound: float, gap: float | None) -> bool:
    """Whether weeks of these points are proven to lie within ``gap`` of the best."""
    return gap is not None and objective - bound <= gap * objective
