"""Rounds of a search: a fixed amount of work, the best week of all, and when to stop earlier."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from planner.solve.evaluate import FoundWeek

LEAST_STRICT = 0.15  # share of the full price of hard rows while the search is hottest


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
    strict
        Least share of the full price of hard rows, at the highest temperature [0–1].
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
    strict: float = LEAST_STRICT

    def temperatures(self) -> Iterator[float]:
        """Give the temperature of each sweep, falling by the same factor."""
        cooling = (self.cold / self.hot) ** (1 / max(1, self.sweeps - 1))
        temperature = self.hot
        for _ in range(self.sweeps):
            yield temperature
            temperature *= cooling


Progress = Callable[[int, FoundWeek, float], None]
"""Told the number of the round, the best week so far and the bound."""


class Rounds(ABC):
    """A search that may be run in rounds."""

    @abstractmethod
    def one_round(self, rng: np.random.Generator, options: SearchOptions) -> FoundWeek:
        """Search once from a fresh start."""

    @abstractmethod
    def so_far(self) -> FoundWeek | None:
        """Give the week of the round under way; ``None`` before the first."""

    @abstractmethod
    def steepen(self, found: FoundWeek) -> None:
        """Weigh the rows that stayed broken more in the next round."""

    def run(
        self,
        options: SearchOptions,
        bound: float,
        deadline: float | None,
        progress: Progress | None = None,
    ) -> FoundWeek:
        """Search for the work that ``options`` allow and give the best week found.

        An interrupt from the keyboard ends the search too, as soon as there is a week that holds.

        Parameters
        ----------
        options
            Work to do.
        bound
            Points that no week can go below; with ``options.gap`` it ends the search early.
        deadline
            Reading of ``time.perf_counter`` after which no further round starts.
        progress
            Told the best week after each round.

        Raises
        ------
        KeyboardInterrupt
            When it comes before a first week that holds.
        """
        rng = np.random.default_rng(options.seed)
        best: FoundWeek | None = None
        for number in range(options.rounds + options.repair_rounds):
            enough = best is not None and not best.broken
            if enough and (number >= options.rounds or _is_close(best, bound, options.gap)):
                break
            if best is not None and deadline is not None and time.perf_counter() > deadline:
                return replace(best, cut=True)
            try:
                found = self.one_round(rng, options)
            except KeyboardInterrupt:
                return self._stopped(best)
            if best is None or _rank(found) < _rank(best):
                best = found
            if progress is not None:
                progress(number + 1, best, bound)
            if found.broken:
                self.steepen(found)
        assert best is not None
        return best

    def _stopped(self, best: FoundWeek | None) -> FoundWeek:
        """Give the best week so far, the one under way among them."""
        found = self.so_far()
        if found is not None:
            best = found if best is None or _rank(found) < _rank(best) else best
        if best is None or best.broken:
            raise KeyboardInterrupt
        return replace(best, stopped=True)


def _is_close(found: FoundWeek | None, bound: float, gap: float | None) -> bool:
    """Whether the week is proven to lie within ``gap`` of the best."""
    if found is None or gap is None:
        return False
    return found.objective - bound <= gap * found.objective


def _rank(found: FoundWeek) -> tuple[int, float]:
    return len(found.broken), found.objective
