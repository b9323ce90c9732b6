"""Make a found week better and prove more of it, as long as work or time is left.

In turn: warm the best week up a little and let it cool again, several times side by side; then put
whole days of all weeks seen so far together anew. Before the first turn menus are generated at the
prices of what links the days. What remains of the time goes into the bound.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.errors import SolverError
from planner.model.arrays import Array, WeekArrays
from planner.model.build import WeekModel
from planner.search.eater_rows import Places
from planner.search.evaluate import Between, Choices, FoundWeek, rank
from planner.search.layout import SearchedEater
from planner.search.least_day import ProofOptions
from planner.search.menus import DayMenus
from planner.search.proof import WeekProof
from planner.search.search import BEYOND, Progress, WeekSearch, is_close
from planner.search.work import ColumnOptions, SearchOptions

MAIN = ".main"  # end of the places of main dishes


@dataclass(slots=True)
class Improving:
    """A week that is being improved.

    Parameters
    ----------
    model, arrays, between
        The model, its rows, and the rules between single days.
    places, likely
        Columns that are searched, and how much the aggregated week takes of each column.
    best, bound
        The best week so far, and the points that no week can go below.
    options, deadline, progress
        As of ``WeekSearch.run``.
    round_s
        How long the last round of proving took [s].
    """

    model: WeekModel
    arrays: WeekArrays
    between: Between
    places: Places
    likely: Array
    best: FoundWeek
    bound: float
    options: SearchOptions
    deadline: float | None
    progress: Progress | None = None
    round_s: float = 0.0

    def run(self, seen: Sequence[Choices]) -> None:
        """Improve until the gap is reached, the work is done or the time is over.

        Parameters
        ----------
        seen
            Weeks whose days may be put together anew.
        """
        work, proof = self.options.columns, self.options.proof
        if work is None or proof is None or self._is_done():
            return
        try:
            self._run(work, proof, seen)
        except KeyboardInterrupt:
            self.best = replace(self.best, stopped=True)
        except SolverError:
            pass  # what was found and proven before holds without it
        if not self.best.stopped and self._is_late():
            self.best = replace(self.best, cut=True)

    def _run(self, work: ColumnOptions, more: ProofOptions, seen: Sequence[Choices]) -> None:
        menus = self._menus()
        menus.add_weeks([*seen, self.best.choices])
        proof = WeekProof(menus, more)
        self.bound = max(self.bound, proof.of_meals(self.best.choices, self.deadline))
        prices = menus.generate(work, self.options.seed, self.deadline, proof.prices)
        self._prove(proof, more.rounds)
        menus.vary(work, prices, self.options.seed, self.deadline)
        for number in range(1, work.turns + 1):
            found = menus.combine(self.best, work, self._menu_work(work, number), self.deadline)
            self._take(found, number)
            menus.add_weeks(self._warm_up(work, number))
            self._prove(proof, more.rounds_a_turn)
            if self._is_done():
                break

    def _menus(self) -> DayMenus:
        table = self.model.table.columns
        mains = [c.candidate.source_id if c.place.endswith(MAIN) else None for c in table]
        return DayMenus(
            self.model.source, self.arrays, self.between, self.places, self.likely, mains
        )

    def _warm_up(self, work: ColumnOptions, number: int) -> list[Choices]:
        """Search from the best week, warm; gives the weeks that were seen."""
        seed = self.options.seed + number * work.warm_rounds
        found, seen = self._search_from(self.best.choices, work.warm, work, seed)
        self._take(found, number)
        return seen

    def _menu_work(self, work: ColumnOptions, number: int) -> SearchOptions:
        """Give the work of putting menus together."""
        return replace(
            self.options, sweeps=work.menu_sweeps, hot=work.menu_hot, cold=work.menu_cold,
            pairs=work.menu_pairs, strict=1.0, rounds=self.options.together, repair_rounds=0,
            gap=None, columns=None, recorded=0, seed=self.options.seed + number,
        )  # fmt: skip

    def _search_from(
        self, start: Choices, hot: float, work: ColumnOptions, seed: int
    ) -> tuple[FoundWeek, list[Choices]]:
        """Search from a week, warm; gives the best week and those that were seen."""
        share = SearchedEater(self.arrays, self.places, self.between, self.likely, start)
        options = replace(
            self.options, sweeps=work.warm_sweeps, hot=hot, strict=1.0, rounds=work.warm_rounds,
            repair_rounds=0, gap=None, columns=None, seed=seed,
        )  # fmt: skip
        search = WeekSearch([share])
        (found,) = search.run(options, self.bound, self.deadline)
        return found, [*search.recorded(), found.choices]

    def _prove(self, proof: WeekProof, rounds: int) -> None:
        """Raise the bound, ``rounds`` times at most: the least days at each price are menus too.

        No round begins of which, as long as the last one, more than half would lie beyond the time.
        """
        for _ in range(rounds):
            begun = time.perf_counter()
            if self._is_done() or self._is_late(BEYOND * self.round_s) or not proof.of_days():
                break
            self.bound = max(self.bound, proof.bound)
            self.round_s = time.perf_counter() - begun

    def _take(self, found: FoundWeek | None, number: int) -> None:
        if found is not None and rank(found) < rank(self.best):
            self.best = replace(found, cut=False, stopped=False)
        if found is not None and found.stopped:
            raise KeyboardInterrupt  # a search inside took it for its own end
        if self.progress is not None:
            self.progress(number, self.best, self.bound)

    def _is_done(self) -> bool:
        """Whether the time is over, or the gap that was asked for is reached."""
        is_near = is_close(self.best.objective, self.bound, self.options.gap)
        return is_near or self._is_late()

    def _is_late(self, ahead_s: float = 0.0) -> bool:
        """Whether the time is over in so many seconds."""
        return self.deadline is not None and time.perf_counter() + ahead_s > self.deadline
